"""`import` of photographs into a post or a deed: the plan, the questions, and the writing."""

import re
from collections.abc import Mapping
from itertools import chain
from typing import Any

import click

from honorroll.checks import say
from honorroll.cli.arguments import Session, build_options
from honorroll.cli.import_documents import broken, may_ask, settle, tell


class Photos:
    """Photographs."""

    def takes(self, name: str, data: bytes) -> bool:
        """Whether a file is one of these, usable or not."""
        from honorroll.importer import into_pictures

        return into_pictures.is_picture(name, data)

    def run(self, session: Session, given: dict[str, Any], files: Mapping[str, bytes]) -> int:
        """Plan, ask and write; the exit code."""
        from honorroll import inputs
        from honorroll.importer import into_pictures
        from honorroll.model import agreed

        lang = session.lang
        before = inputs.read(session.root)
        today = build_options(session, given, dry=True).today
        campaign, _ = inputs.load(before[0], today)
        if campaign is None:
            return broken(session, given, before)
        target = into_pictures.target_of(campaign, given["to"])
        if target is None:
            raise click.UsageError(say("imp_to", lang, to=given["to"]))
        persons = [[id for id in re.split(r"[\s,，、]+", typed) if id] for typed in given["persons"]]
        unknown = [id for ids in persons for id in ids if id not in campaign.persons]
        if unknown:
            raise click.UsageError(say("imp_no_person", lang, ids="、".join(unknown)))
        alts = [*given["alt"]]
        plan = into_pictures.plan(files, target, alts, persons, before[0])
        if "imp_need_alt" in plan.missing and may_ask(given):
            names = [path.rpartition("/")[2] for path in plan.names[len(alts) :]]
            alts += [str(click.prompt(say("imd_ask_alt", lang, name=name))).strip() for name in names]
            if not persons:
                typed = str(click.prompt(say("imp_ask_persons", lang), default="", show_default=False)).strip()
                persons = [[id for id in re.split(r"[\s,，、]+", typed) if id in campaign.persons]] if typed else []
            plan = into_pictures.plan(files, target, alts, persons, before[0])
        click.echo(say("imp_plan", lang, number=len(plan.names), title=target.title, path=plan.path))
        for remark in plan.remarks:
            click.echo(f"  - {tell(remark, lang)}")
        if plan.missing:
            for key in plan.missing:
                click.echo(f"  {say(key, lang, number=len(plan.names))}", err=True)
            return 2
        people = agreed(campaign, today).persons
        if hidden := [id for id in dict.fromkeys(chain(*persons)) if not people[id].is_pictured]:
            click.echo(f"  - {say('imp_no_consent', lang, ids='、'.join(hidden))}")
        code = 1 if any(remark.key not in {"imp_known", "imp_elsewhere"} for remark in plan.remarks) else 0
        return max(code, settle(session, given, plan.change, before))

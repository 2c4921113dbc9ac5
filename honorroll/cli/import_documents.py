"""`import` of Word documents and web pages: the plan as people read it, the questions, and the writing."""

import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from honorroll.checks import say
from honorroll.cli import writing
from honorroll.cli.arguments import Session, build_options, color

if TYPE_CHECKING:
    from honorroll.checks import Finding
    from honorroll.editing import Change
    from honorroll.filesystem import Snapshot
    from honorroll.importer import documents, into_project

#: What a document may become.
KINDS = ("post", "deed", "notice")
#: So many new findings are shown.
_LISTED = 20
#: So many characters of a paragraph are shown, to find it by.
_BEGINNING = 12


class Documents:
    """Word documents and web pages."""

    def takes(self, name: str, data: bytes) -> bool:
        """Whether a file is one of these, readable or not."""
        from honorroll.importer import documents

        return documents.kind_of(name, data) != ""

    def run(self, session: Session, given: dict[str, Any], files: Mapping[str, bytes]) -> int:
        """Plan, ask and write; the exit code."""
        if given["to"] not in KINDS:
            raise click.UsageError(say("imd_to", session.lang, file=next(iter(files))))
        if len(files) > 1 and (given["id"] or given["title"]):
            raise click.UsageError(say("imd_one", session.lang))
        from honorroll.editing import Change, snapshot_with
        from honorroll.inputs import read

        before = read(session.root)
        now, code, changes = before[0], 0, list[Change]()
        for name, data in files.items():
            change = self._plan(session, given, name, data, now)
            if isinstance(change, int):
                code = max(code, change)
            elif change:
                now = snapshot_with(now, change)
                changes.append(change)
        if code and not changes:
            return code
        return max(code, settle(session, given, _as_one(changes), before))

    def _plan(
        self, session: Session, given: dict[str, Any], name: str, data: bytes, snapshot: "Snapshot"
    ) -> "Change | int | None":
        """What is to be done for a file, nothing, or an exit code where that cannot be."""
        from honorroll.importer import documents, into_project
        from honorroll.inputs import load

        found = documents.read(name, data, _beside(given["folders"].get(name, Path())))
        if not isinstance(found, documents.Document):
            click.echo(tell(found, session.lang), err=True)
            return 1
        campaign, _ = load(snapshot, build_options(session, given, dry=True).today)
        if campaign is None:
            return broken(session, given, (snapshot, []))
        wanted = _wanted(session, given)
        if may_ask(given):
            wanted = _asked(session, found, wanted)
        plan = into_project.plan(found, wanted, snapshot, campaign)
        _show(session, found, plan, wanted)
        if plan.missing:
            for key in plan.missing:
                click.echo(f"  {say(key, session.lang)}", err=True)
            return 2
        if plan.is_known:
            click.echo(say("imd_known", session.lang, id=plan.id), err=True)
            return 1
        if plan.change and (lines := writing.private(session, plan.change)):
            for line in _private(session, found) or lines:
                click.echo(line, err=True)
            return 1
        return plan.change


def _private(session: Session, found: "documents.Document") -> list[str]:
    """What in a document leads to one person, with the beginning of its line: in the document, nobody sees our lines."""
    from honorroll.privacy import KINDS as PRIVATE
    from honorroll.privacy import identifiers
    from honorroll.privacy import plain as in_plain_form

    told = list[str]()
    for number, block in enumerate((one for one in found.markup.blocks if not one.picture), 1):
        for line in block.text.split("\n"):
            form, end = in_plain_form(line), 0
            for one in identifiers.find(form.text):
                at = form.origin(one.start, one.end)[0]
                start = re.sub(r"[\\*|>#]|^\W+", "", line[end:at]).strip()[:_BEGINNING]
                end = form.origin(one.start, one.end)[1]
                rule, *words = PRIVATE[one.kind]
                what = words[session.lang == "en"]
                args = {"rule": rule, "file": found.name, "number": number, "start": start, "what": what}
                told.append(say("imd_private", session.lang, **args, mask=one.mask))
    return told


def _as_one(changes: Sequence["Change"]) -> "Change | None":
    """Several changes, one after another, as one that `undo` takes back whole."""
    from honorroll.editing import Change

    files = dict[str, tuple[bytes | None, bytes | None]]()
    for change in changes:
        for path, (old, new) in change.files.items():
            files[path] = files.get(path, (old, None))[0], new
    title = changes[0].title if len(changes) == 1 else f"导入 {len(changes)} 个文件"
    return Change(title, files) if files else None


def tell(remark: Any, lang: str) -> str:
    """What is said of a source, with its name in front."""
    return f"{remark.file}：{say(remark.key, lang, **remark.args)}"


def may_ask(given: Mapping[str, Any]) -> bool:
    """Whether somebody is there to be asked."""
    return not given["write"] and not given["as_json"] and sys.stdin.isatty() and sys.stdout.isatty()


def settle(session: Session, given: dict[str, Any], change: "Change | None", before: Any) -> int:
    """Show what a change would bring, and write it where that is wanted; the exit code."""
    if change is None:
        click.echo(say("imd_nothing", session.lang))
        return 0
    if found := writing.private(session, change):
        for line in found:
            click.echo(line, err=True)
        return 1
    click.echo(say("imd_files", session.lang, number=len(change.files)))
    for line in writing.marked(change):
        click.echo(line)
    new = writing.news(build_options(session, given, dry=True), before, change)
    if new:
        click.echo(say("imd_findings", session.lang, number=len(new)), err=True)
    code = show_findings(new, session.lang)
    asked = may_ask(given)
    if given["write"] or (asked and click.confirm(say("imd_ask", session.lang))):
        writing.write(session, change)
        click.echo(say("imd_written", session.lang))
        return code
    click.echo(say("imd_not_written" if asked else "imd_dry", session.lang))
    return code


def broken(session: Session, given: dict[str, Any], before: Any) -> int:
    """Say what is wrong with a campaign that cannot be loaded."""
    from honorroll.engine import pipeline

    show_findings(pipeline.build(build_options(session, given, dry=True), read=before).findings, session.lang)
    return 1


def show_findings(found: Sequence["Finding"], lang: str) -> int:
    """Show the first findings; 1 if one is an error."""
    from honorroll.checks import has_errors, number, text_report

    found = sorted(found, key=lambda finding: finding.severity)  # no error is hidden behind warnings
    for finding in found[:_LISTED]:
        click.echo(text_report.render(finding, lang, color=color()) + "\n", err=True, color=color())
    if len(found) > _LISTED:
        click.echo(say("more", lang, number=number(found) - _LISTED) + "\n", err=True)
    return 1 if has_errors(found) else 0


def values(session: Session, given: Mapping[str, Any]) -> dict[str, str]:
    """The fields that were given by flags."""
    found: dict[str, str] = {}
    for word in given["sets"]:
        name, sign, value = word.partition("=")
        if not (name.strip() and sign):
            raise click.UsageError(say("imd_bad_set", session.lang, value=word))
        found[name.strip()] = value.strip()
    return found


def _beside(folder: Path) -> Any:
    def one(address: str) -> bytes | None:
        from urllib.parse import unquote

        file = (folder / unquote(address.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0])).resolve()
        try:
            inside = file.is_relative_to(folder.resolve()) and file.is_file() and file.stat().st_size < 64 << 20
            return file.read_bytes() if inside else None
        except (OSError, ValueError):
            return None

    return one


def _wanted(session: Session, given: Mapping[str, Any]) -> "into_project.Wanted":
    from honorroll.importer import into_project

    if given["id"] and not re.fullmatch(r"[a-z0-9][a-z0-9-]*", given["id"]):
        raise click.UsageError(say("imd_bad_id", session.lang, id=given["id"]))
    day = given["date"].isoformat() if given["date"] else ""
    return into_project.Wanted(
        given["to"], given["id"], day, given["title"].strip(), values(session, given), given["alt"]
    )


def _asked(session: Session, found: "documents.Document", wanted: "into_project.Wanted") -> "into_project.Wanted":
    """Ask for what a document does not say."""
    from typing import get_args

    from msgspec.structs import replace

    from honorroll.importer import into_project
    from honorroll.inputs import plain
    from honorroll.model import DeedKind

    lang = session.lang

    def ask(key: str, **args: object) -> str:
        return str(click.prompt(say(key, lang, **args), default="", show_default=False, prompt_suffix=" ")).strip()

    if not (wanted.day or found.day or found.form):
        wanted = replace(wanted, day=plain(ask("imd_ask_day")))
    if wanted.kind == "deed" and not found.form and "kind" not in wanted.values:
        kind = click.prompt(say("imd_ask_kind", lang), type=click.Choice(get_args(DeedKind)), show_choices=True)
        wanted = replace(wanted, values={**wanted.values, "kind": kind})
    missing = into_project.unnamed(found)[len(wanted.alts) :]
    alts = [ask("imd_ask_alt", name=name) for name in missing] if wanted.kind != "notice" else []
    return replace(wanted, alts=[*wanted.alts, *alts])


def _show(
    session: Session, found: "documents.Document", plan: "into_project.Plan", wanted: "into_project.Wanted"
) -> None:
    lang = session.lang
    key = f"imd_as_{wanted.kind}"
    click.echo(say(key, lang, file=found.name, id=plan.id, path=plan.path))
    click.echo(say("imd_title", lang, title=plan.title, day=plan.day or "—"))
    if plan.pictures:
        click.echo(say("imd_pictures", lang, number=len(plan.pictures)))
    remarks = [*found.remarks, *plan.remarks]
    if remarks:
        click.echo(say("imd_told", lang))
    for remark in remarks:
        click.echo(f"  - {say(remark.key, lang, **remark.args)}")

"""The verb `takedown`: what it says and in which order it acts. `takedown.py` finds and plans."""

import shutil
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import click

from honorroll.checks import say
from honorroll.cli import takedown, upcoming, writing
from honorroll.cli.arguments import Session, build_options
from honorroll.model import Person


def run(
    session: Session, given: dict[str, Any], asked: str, day: date | None, *, write: bool, build: Callable[..., int]
) -> int:
    """Show what taking off a person (an id or a whole name) changes, and do it if `write`; the exit code.

    Args:
        session: the project and the language.
        given: the options of the command line.
        asked: whom.
        day: of the withdrawal; by default that of the build.
        write: whether to write the withdrawal, build, and look for what is left.
        build: the verb `build`, or with `dry` the verb `check`.
    """
    options = build_options(session, given, dry=False)
    found, before, campaign = takedown.people(options, asked)
    if campaign is None:
        return build(session, given, dry=True)  # which tells what is wrong with the data
    if len(found) != 1:
        ids = "、".join(person.id for person in found)
        key = "several_persons" if found else "no_person"
        raise click.UsageError(say(key, session.lang, asked=asked, ids=ids))
    plan = takedown.plan(found[0], campaign, before, day or options.today)
    effect = takedown.effect(options, plan, campaign, before)
    _tell_plan(session, plan, effect, day or options.today)
    if not write:
        click.echo(say("td_dry", session.lang))
        return 0
    if plan.by_hand:
        return 1
    writing.write(session, plan.change)
    writing.forget(session)  # what was written over names the person
    shutil.rmtree(session.root / ".cache", ignore_errors=True)  # what it forgot may still stand in it
    code = build(session, given | {"known": effect.known}, dry=False)
    names = takedown.names_of(campaign, plan.person)
    number, site, cache = takedown.left(session.root, options.out, names, plan.person)
    click.echo(say("td_left" if site else "td_clean", session.lang, number=number))
    _list_places(session, "td_site", site, plan.person)
    _list_places(session, "td_cache", cache, plan.person)
    return code or (1 if any(place.sure for place in site) else 0)


def _tell_plan(session: Session, plan: takedown.Takedown, effect: takedown.Effect, day: date) -> None:
    """Show what a takedown writes and changes."""
    for place in plan.places:
        click.echo(say("td_withdrawn", session.lang, place=place, day=day))
    for place in plan.by_hand:
        click.echo(say("td_by_hand", session.lang, place=place, day=day))
    if not (plan.places or plan.by_hand):
        click.echo(say("td_no_consent", session.lang, id=plan.person.id))
    click.echo(say("td_changes", session.lang, number=sum(map(len, effect.files.values()))))
    for kind, urls in effect.files.items():
        for url in urls:
            click.echo(f"  {upcoming.MARKS[kind]} {url}")
    _list_places(session, "td_texts", effect.texts, plan.person)


def _list_places(session: Session, key: str, places: Sequence[takedown.Place], person: Person) -> None:
    """List the files in which a person is named, if there are any."""
    if places:
        click.echo(say(key, session.lang, shown=person.unnamed))
    for path, line, sure in dict.fromkeys(places):
        click.echo(f"  {path}{f':{line}' if line else ''}" + ("" if sure else say("td_perhaps", session.lang)))

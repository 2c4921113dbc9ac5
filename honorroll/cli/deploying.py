"""`deploy`: build, and bring the site to where the public reads it; list what is there, go back, read it back."""

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import replace

from honorroll.checks import say
from honorroll.cli import arguments
from honorroll.cli.arguments import Session

if TYPE_CHECKING:
    from honorroll.deploy import DeployError, Plan, Target
    from honorroll.model import Campaign, DeployTarget

#: How many wrong addresses are told one by one.
_TOLD = 20
_FINE, _FAILED = 0, 1

Build = Callable[..., int]


def run(session: Session, given: dict[str, Any], name: str, build: Build) -> int:
    """Deploy to a target of `data/deploy.yaml`, or do what else was asked of it; the exit code."""
    from honorroll.deploy import DeployError, target

    campaign, declared = declared_target(session, name)
    try:
        there = target(declared, session.root)
        if given["listing"]:
            return _list(session, given, there)
        if given["rollback"] is not None:
            return _roll_back(session, there, given["rollback"])
        if given["read_back"]:
            return _read_back(session, there, declared.url or campaign.info.site.base_url)
        if campaign.info.sample and not given["really_sample"]:
            raise click.UsageError(say("de_sample", session.lang))
        options = {"drafts": False, "future": False, "base_url": None, "out": None, "verify": False, "why": False}
        asked = {"format": "text"} | given | options
        moment = arguments.build_options(session, asked, dry=False).now
        code = build(session, asked, dry=False)
        return code or _deploy(session, given, there, declared, replace(campaign, today=moment.date()), moment)
    except DeployError as error:
        click.echo(_sentence(session, error), err=True)
        return _FAILED


def declared_target(session: Session, name: str) -> "tuple[Campaign, DeployTarget]":
    """The campaign and the target of this name, or the only one. Raises `UsageError` where there is none."""
    from honorroll import inputs

    campaign, found = inputs.load(inputs.read(session.root)[0], arguments.now(session).date())
    if campaign is None or campaign.faulty.get("deploy"):
        raise click.UsageError(say("de_faulty", session.lang, number=len(found)))
    known = campaign.deploy
    if not name and len(known) == 1:
        (name,) = known
    if name not in known:
        names = say("de_known", session.lang, names="、".join(known)) if known else ""
        raise click.UsageError(say("de_none", session.lang, name=name, known=names))
    return campaign, known[name]


def _sentence(session: Session, error: "DeployError") -> str:
    state = error.values.get("state")
    more = "\n" + say(str(state), session.lang, **error.values) if state else ""
    return say("de_error", session.lang, text=say(error.key, session.lang, **error.values)) + more


def _list(session: Session, given: dict[str, Any], there: "Target") -> int:
    from honorroll.deploy import listed

    found = listed(there)
    if given["as_json"]:
        click.echo(json.dumps([{"id": one.id, "at": one.at, "files": one.files, "shown": one.shown} for one in found]))
        return _FINE
    for one in found:
        mark = "*" if one.shown else " "
        click.echo(say("de_row", session.lang, mark=mark, id=one.id, at=one.at, files=one.files))
    if not found:
        click.echo(say("de_empty", session.lang))
    return _FINE


def _roll_back(session: Session, there: "Target", id: str) -> int:
    from honorroll.deploy import roll_back

    shown = roll_back(there, id)
    click.echo(say("de_back", session.lang, id=shown.id, at=shown.at))
    return _FINE


def _deploy(
    session: Session,
    given: dict[str, Any],
    there: "Target",
    declared: "DeployTarget",
    campaign: "Campaign",
    moment: datetime,
) -> int:
    from honorroll.deploy import Site, carry_out, look

    start, at = time.perf_counter(), datetime.now(UTC).isoformat(timespec="seconds")
    site = Site(session.root / "site", _beside(declared, campaign))
    sent = [0]
    with there.held():
        forget = given["forget"]
        planned, shown = look(there, site, at, declared=campaign.info.site.foreign, carry=not forget)
        _show_plan(session, given, planned)
        if given["dry_run"]:
            return _FINE
        if not planned.is_empty or (forget and planned.release.files != (shown.files if shown else {})):
            with _bar(session, sum(site.size(path) for path in planned.sent)) as move:

                def told(size: int) -> None:
                    sent[0] += size
                    move(size)

                carry_out(there, planned, shown, site, 1 if forget else declared.keep, told)
        elif forget:
            there.drop([id for id in there.releases() if shown and id != shown.id])
        public = shown if planned.is_empty and shown else planned.release
        recorded = not declared.trial
        code = _record(session, campaign, site.files, moment, public.id, declared.id) if recorded else _FINE
    if not planned.is_empty and not given["quiet"]:
        values = {"id": planned.release.id, "sent": len(planned.sent), "removed": len(planned.removed)}
        size, seconds = sent[0] // 1000, f"{time.perf_counter() - start:.1f}"
        more = {"size": size, "seconds": seconds, "command": arguments.command(), "target": declared.id}
        click.echo(say("de_done", session.lang, **values, **more), err=True)
    if forget:
        click.echo(say("de_forgot", session.lang), err=True)
    return code


def _record(
    session: Session, campaign: "Campaign", files: Iterable[str], moment: datetime, release: str, target: str
) -> int:
    """Record in the project what is public now, if it is new; the exit code."""
    from honorroll.record import add_edition, facts

    try:
        told = facts(campaign, files)
        path = add_edition(session.root, told, moment, release, target, sample=campaign.info.sample)
    except OSError as error:
        click.echo(say("de_unrecorded", session.lang, why=error.strerror), err=True)
        return _FAILED
    if path:
        click.echo(say("de_recorded", session.lang, path=path), err=True)
    return _FINE


def _beside(declared: "DeployTarget", campaign: "Campaign") -> dict[str, bytes]:
    """Files for the host itself, where it reads any."""
    from honorroll.deploy import pages_files

    if declared.kind != "Git分支":
        return {}
    moved = {redirect.old: redirect.to for redirect in campaign.redirects if redirect.to}
    return pages_files(campaign.info.site.base_url, moved, declared.url)


def configure(session: Session, server: str, root: str | None, *, hsts: bool) -> int:
    """Print the configuration of a web server; the exit code."""
    from honorroll import inputs
    from honorroll.deploy import SERVERS, configuration

    if server not in SERVERS:
        raise click.UsageError(say("ho_unknown", session.lang, name=server, known="、".join(SERVERS)))
    campaign, found = inputs.load(inputs.read(session.root)[0], arguments.now(session).date())
    if campaign is None:
        raise click.UsageError(say("de_faulty", session.lang, number=len(found)))
    address = campaign.info.site.base_url
    if not address:
        raise click.UsageError(say("ve_no_url", session.lang))
    place = _place(session, campaign, server) if root is None else root
    click.echo(configuration(server, address, place, hsts=hsts), nl=False)
    return _FINE


def _place(session: Session, campaign: "Campaign", server: str) -> str:
    """The folder that a server shows, or the prefix in a bucket, by the first target that fits."""
    for one in campaign.deploy.values():
        if server == "storage" and one.kind == "对象存储":
            return "".join(f"{part}/" for part in one.to.removeprefix("s3://").split("/")[1:] if part)
        if server != "storage" and one.kind == "文件夹":
            return str((session.root / one.to).resolve())
        if server != "storage" and one.kind == "服务器":
            return one.to.partition(":")[2].rstrip("/")
    return "" if server == "storage" else "/srv/www/honor"


def _show_plan(session: Session, given: dict[str, Any], planned: "Plan") -> None:
    if given["as_json"]:
        paths = {"sent": planned.sent, "removed": planned.removed}
        click.echo(json.dumps({"release": planned.release.id, **paths}, ensure_ascii=False))
        return
    if given["quiet"]:
        return
    if planned.is_empty:
        click.echo(say("de_same", session.lang), err=True)
        return
    if given["dry_run"]:
        click.echo("\n".join([*(f"  + {path}" for path in planned.sent), *(f"  - {path}" for path in planned.removed)]))
    values = {"id": planned.release.id, "sent": len(planned.sent), "removed": len(planned.removed)}
    click.echo(say("de_plan", session.lang, **values, files=len(planned.release.files)), err=True)


def _read_back(session: Session, there: "Target", address: str) -> int:
    from honorroll.deploy import verify

    if not address:
        raise click.UsageError(say("ve_no_url", session.lang))
    with there.held():
        id = there.current()
        release = there.release(id) if id else None
    if release is None:
        raise click.UsageError(say("de_empty", session.lang))
    with _bar(session, len(release.files)) as move:
        report = verify(address.rstrip("/") + "/", release, move)
    for one in report.wrong[:_TOLD]:
        click.echo(say(one.key, session.lang, **one.values), err=True)
    if len(report.wrong) > _TOLD:
        click.echo(say("ve_more", session.lang, number=len(report.wrong) - _TOLD), err=True)
    if report.caching:
        click.echo(say("ve_cache", session.lang, number=len(report.caching), **report.caching[0].values), err=True)
    if report.wrong:
        click.echo(say("ve_bad", session.lang, number=report.read, bad=len(report.wrong)), err=True)
        return _FAILED
    click.echo(say("ve_good", session.lang, number=report.read, id=release.id, compressed=report.compressed))
    return _FINE


@contextmanager
def _bar(session: Session, total: int) -> Iterator[Callable[[int], None]]:
    """A bar where a terminal shows it; what moves it on."""
    if not sys.stderr.isatty():
        yield lambda size: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(say("de_travel", session.lang), total=total)
        yield lambda size: progress.advance(task, size)

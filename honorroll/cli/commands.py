"""The command line: the only module that prints or exits."""

import gc
import json
import os
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from typing import Any, NoReturn

import click

from honorroll import __version__
from honorroll.checks import say
from honorroll.cli import arguments, new_campaign, writing
from honorroll.cli.arguments import SELECT, TALK, Session, Verbs, build_options, color, language, options, translate
from honorroll.filesystem import own_files

#: How many findings people are shown at once.
LISTED = 50

#: Exit codes.
FINE, CONTENT, USAGE, INTERNAL, INTERRUPTED = 0, 1, 2, 3, 130


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="honorroll %(version)s")
def verbs() -> None:
    pass


@verbs.command
@options(*SELECT, "out", "why", "verify", "upcoming", "executor", "format", *TALK)
@click.pass_obj
def build(session: Session, /, upcoming: int | None, **given: Any) -> int:
    arguments.must_be_project(session)
    return _run(session, given, dry=False) if upcoming is None else _upcoming(session, given, upcoming)


@verbs.command
@options(*SELECT, "explain", "schema", "report", "fix", "write", "format", *TALK)
@click.pass_obj
def check(
    session: Session,
    /,
    explain: str | None,
    schema: str | None,
    report: Path | None,
    fix: bool,
    write: bool,
    **given: Any,
) -> int:
    if explain is not None:
        return _explain(session, explain)
    if schema is not None:
        return _write_schemas(session, schema)
    if report is not None:
        from honorroll.cli import compliance

        if compliance.misplaced(report, session.root):
            raise click.UsageError(say("report_place", session.lang, file=report))
    arguments.must_be_project(session)
    if write and not fix:
        raise click.UsageError(say("write_what", session.lang))
    if fix:
        _fix(session, given, write=write)
    return _run(session, given, dry=True, report=report)


@verbs.command
@options(*SELECT, "port", "no_open", "poll", *TALK)
@click.pass_obj
def serve(session: Session, /, port: int | None, no_open: bool, poll: bool, **given: Any) -> int:
    arguments.must_be_project(session)
    try:
        _preview(session, given, port, browser=not no_open, poll=poll)
    except KeyboardInterrupt:
        click.echo(say("stopped", session.lang), err=True)
    return FINE


@verbs.command
@options("out", "lang")
@click.pass_obj
def clean(session: Session, /, out: Path | None) -> int:
    from honorroll.publish import remove

    arguments.must_be_project(session)
    outcome = remove(out or session.root / "site")
    if not isinstance(outcome, int):
        from honorroll.checks import settle
        from honorroll.filesystem import Snapshot

        _show(session, settle([outcome], Snapshot({})), {})
        return CONTENT
    shutil.rmtree(session.root / ".cache", ignore_errors=True)
    click.echo(say("cleaned", session.lang, number=outcome))
    return FINE


@verbs.command
@click.argument("person")
@options("date", "write", "out", *SELECT, *TALK)
@click.pass_obj
def takedown(session: Session, /, person: str, date: Any, write: bool, **given: Any) -> int:
    from honorroll.cli import taking_down

    arguments.must_be_project(session)
    return taking_down.run(session, given, person, date, write=write, build=_run)


@verbs.command
@options("out", *SELECT, "json", "lang")
@click.pass_obj
def status(session: Session, /, **given: Any) -> int:
    from honorroll.cli import status

    arguments.must_be_project(session)
    options = build_options(session, given | {"jobs": None}, dry=True)
    found = status.status(options, session.lang)
    click.echo(
        json.dumps(found.as_json(), ensure_ascii=False) if given["as_json"] else status.text(found, session.lang)
    )
    return CONTENT if found.errors else FINE


@verbs.command("new KIND")
@click.argument("kind", type=click.Choice([*arguments.RECORDS]), metavar="")
@click.argument("title", default="")
@options("set", "id", "day", *SELECT, *TALK)
@click.pass_obj
def new_record(session: Session, /, kind: str, title: str, sets: Sequence[str], id: str, day: str, **given: Any) -> int:
    from honorroll.cli import new_record

    arguments.must_be_project(session)
    build = build_options(session, given, dry=True)
    return new_record.new(session, build, kind, title, sets, id, day, lambda found: _show(session, found, given))


@verbs.command
@click.argument("kind", type=click.Choice([*arguments.ALL_KINDS]))
@click.argument("old")
@click.argument("new")
@options("write", *SELECT, *TALK)
@click.pass_obj
def rename(session: Session, /, kind: str, old: str, new: str, write: bool, **given: Any) -> int:
    from honorroll.cli import rename

    arguments.must_be_project(session)
    build = build_options(session, given, dry=True)
    return rename.rename(session, build, kind, old, new, lambda found: _show(session, found, given), write=write)


@verbs.command
@options("lang")
@click.pass_obj
def undo(session: Session, /) -> int:
    arguments.must_be_project(session)
    return writing.undo(session)


@verbs.command
@click.argument("folder", type=click.Path(path_type=Path))
@options(*new_campaign.OPTIONS, "lang")
@click.pass_obj
def new(session: Session, /, folder: Path, **given: Any) -> int:
    return new_campaign.make(session, folder, given)


@verbs.command(name="import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@options("kind", "map", "set", "hidden", "to", "id", "date", "title", "alt", "persons", "write", *SELECT, *TALK)
@click.pass_obj
def import_(session: Session, /, files: tuple[Path, ...], **given: Any) -> int:
    from honorroll.cli import imports

    arguments.must_be_project(session)
    return imports.run(session, given, files)


@verbs.command
@options("xlsx", "only", "lang")
@click.pass_obj
def export(session: Session, /, xlsx: Path, only: str | None) -> int:
    from honorroll.cli import exports

    arguments.must_be_project(session)
    return exports.run(session, xlsx, only)


@verbs.command
@click.argument("target", default="")
@options("dry_run", "listing", "rollback", "read_back", "really_sample", "forget", "strict", "today", "now", *TALK)
@click.pass_obj
def deploy(session: Session, /, target: str, **given: Any) -> int:
    from honorroll.cli import deploying

    arguments.must_be_project(session)
    return deploying.run(session, given, target, build=_run)


@verbs.command
@click.argument("server", metavar="SERVER")
@options("root", "hsts", "lang")
@click.pass_obj
def hosting(session: Session, /, server: str, root: str | None, hsts: bool) -> int:
    from honorroll.cli import deploying

    arguments.must_be_project(session)
    return deploying.configure(session, server, root, hsts=hsts)


@verbs.command
@click.argument("way", type=click.Choice(["cron", "systemd", "actions"]), metavar="cron|systemd|actions")
@click.argument("target", default="")
@options("out", "lang")
@click.pass_obj
def schedule(session: Session, /, way: str, target: str, out: Path | None) -> int:
    from honorroll.cli import schedule as files

    arguments.must_be_project(session)
    return files.run(session, way, target, out)


def _explain(session: Session, asked: str) -> int:
    from honorroll.checks import RULES, explain
    from honorroll.diagnostics import closest

    id = asked.upper()
    if id not in RULES:
        near = closest(id, RULES)
        hint = say("near", session.lang, near=near) if near else ""
        raise click.UsageError(say("no_rule", session.lang, id=asked) + hint)
    click.echo(explain.page(RULES[id], session.lang))
    return FINE


def _write_schemas(session: Session, folder: str) -> int:
    from honorroll.inputs import json_schema

    target = Path(folder or session.root / json_schema.FOLDER)
    try:
        if folder:
            target.mkdir(parents=True, exist_ok=True)
        else:
            own_files.make_folder(target.parent)
            own_files.make_folder(target)
        for name, text in json_schema.schemas().items():
            own_files.put(target / name, text.encode())
    except OSError as error:
        raise click.UsageError(
            say("not_written", session.lang, file=target, why=arguments.reason(session, error))
        ) from None
    click.echo(say("wrote", session.lang, file=target))
    return FINE


def _write(session: Session, file: Path, text: str) -> None:
    """Write a file that was asked for by name."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", errors="replace", newline="\n")
    except OSError as error:
        raise click.UsageError(
            say("not_written", session.lang, file=file, why=arguments.reason(session, error))
        ) from None


def _run(session: Session, given: dict[str, Any], *, dry: bool, report: Path | None = None) -> int:
    from honorroll.incremental import file_stat

    start = time.perf_counter()
    with (
        file_stat.beside(str(arguments.output(session, given))) if arguments.jobs(given) > 1 else nullcontext() as seen
    ):
        from honorroll.engine import up_to_date  # loads while the other process looks

        with _progress(session, given) as progress:
            options = build_options(session, given, dry=dry, **progress)
            result = up_to_date.build(options, seen)
    code = _conclude(session, result, given, time.perf_counter() - start)
    if report:
        from honorroll.cli import compliance

        _write(session, report, compliance.page(result, options.today))
        click.echo(say("wrote", session.lang, file=report), err=True)
    return code


def _fix(session: Session, given: dict[str, Any], *, write: bool) -> None:
    """Show what masks would change, or write them into the files."""
    from honorroll.editing import Change
    from honorroll.engine import pipeline
    from honorroll.privacy import fixes

    result = pipeline.build(build_options(session, given, dry=True))
    found = fixes([finding.diagnostic for finding in result.findings], result.read[0]) if result.read else []
    change = Change("遮盖隐私信息", {fix.source.path: (fix.before, fix.after) for fix in found})
    for line in writing.lines(change) if _format(given) == "text" else ():
        click.echo(line)
    if write:
        writing.write(session, change)
    key = "fixed" if write else "fixable"
    click.echo(say(key, session.lang, number=sum(fix.masks for fix in found), files=len(found)) + "\n", err=True)


def _upcoming(session: Session, given: dict[str, Any], days: int) -> int:
    from honorroll.chinese import iso
    from honorroll.cli import upcoming

    options, lang, form, found = build_options(session, given, dry=True), session.lang, _format(given), False
    gc.enable()  # what many builds leave behind adds up
    for moment, files, result in upcoming.changes(options, days):
        found, day = bool(files), iso(moment)[:16].replace("T", " ")
        if result.counts is None:
            if moment > options.now:
                click.echo(say("upcoming_fails", lang, day=day), err=True)
            return _conclude(session, result, given, 0)
        if form == "json" and files:
            click.echo(json.dumps({"day": day[:10], "time": f"{moment:%H:%M}"} | files))
        elif files:
            click.echo(say("upcoming_day", lang, day=day, **{name: len(urls) for name, urls in files.items()}))
            click.echo("\n".join(f"  {upcoming.MARKS[name]} {url}" for name, urls in files.items() for url in urls))
    if not (found or form == "json"):
        click.echo(say("upcoming_none", lang, start=options.today, days=days))
    return FINE


@contextmanager
def _progress(session: Session, given: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Bars for long work, as an option of the build, where a terminal shows them."""
    if sys.stderr.isatty() and not given["quiet"] and _format(given) == "text":
        from honorroll.cli.progress import bars

        with bars(session.lang) as progress:
            yield {"progress": progress}
    else:
        yield {}


def _preview(session: Session, given: dict[str, Any], port: int | None, *, browser: bool, poll: bool) -> None:
    from honorroll import preview

    def show(built: preview.Built) -> None:
        if built.result:
            _conclude(session, built.result, given, built.seconds)

    def fail() -> None:
        click.echo(say("internal", session.lang, log=arguments.kept_traceback(session.root)), err=True)

    new = preview.Preview(lambda: build_options(session, given, dry=False), session.lang, fail)
    with preview.listen(port) as here, closing(new) as site:
        if not here:
            raise click.UsageError(say("port_taken", session.lang, port=port))
        with _progress(session, given) as progress:
            first = site.build(**progress)
        site.put(first)
        gc.freeze()  # what is there now stays, and need not be walked over again and again
        gc.enable()
        show(first)
        address = site.address(here)
        if not port and f":{preview.PORT}/" not in address:
            click.echo(say("port_moved", session.lang, port=preview.PORT), err=True)
        click.echo(say("serving", session.lang, address=address), err=True)
        if browser:
            preview.open_browser(address)
        given["verbose"] = False  # once was enough
        site.run(here, show, poll=poll)


def _show(session: Session, findings: Any, given: dict[str, Any]) -> str:
    """Show findings, for people and as JSON on standard error; in words, how many there are if one is an error.

    What is `known` to have been there before and is no error, people are not shown.
    """
    from honorroll.checks import has_errors, machine_reports, number, text_report
    from honorroll.diagnostics import Severity

    form = _format(given)
    if form in machine_reports.DOCUMENTS:
        text = machine_reports.DOCUMENTS[form](findings, session.lang)
        click.echo(text, nl=bool(text))
    known = given.get("known", ())
    shown = [
        finding
        for finding in findings
        if finding.severity is Severity.ERROR or not (given.get("quiet") or writing.known_as(finding) in known)
    ]
    for finding in findings if form == "json" else ():
        click.echo(text_report.as_json(finding, session.lang), err=True)
    if len(shown) > LISTED:
        shown.sort(key=lambda finding: finding.severity)  # no error is hidden behind warnings
    for finding in shown[:LISTED] if form == "text" else ():
        click.echo(text_report.render(finding, session.lang, color=color()) + "\n", err=True, color=color())
    if form == "text" and len(shown) > LISTED:
        click.echo(say("more", session.lang, number=number(shown) - LISTED) + "\n", err=True)
    return text_report.count(findings, session.lang) if has_errors(findings) else ""


def _format(given: dict[str, Any]) -> str:
    return "json" if given.get("as_json") else given.get("format", "text")


def _conclude(session: Session, result: Any, given: dict[str, Any], seconds: float) -> int:
    """Show all findings and one line of figures; the exit code."""
    counts, lang, form = result.counts, session.lang, _format(given)
    failed = _show(session, result.findings, given) if result.findings or form == "sarif" else ""
    figures: dict[str, object] = {"pages": result.pages, "seconds": f"{seconds:.2f}"}
    if form == "json":
        figures |= {"drafts": result.drafts, "later": result.later}
    if counts:
        figures |= {"written": counts.written, "unchanged": counts.unchanged, "removed": counts.removed}
        if counts.unchanged and "fresh" in result.reasons.values():
            click.echo(say("fresh_note", lang), err=True)
    if given.get("why"):
        figures |= {"reasons": dict(result.reasons)} if form == "json" else {}
        for url, reason in sorted(result.reasons.items()) if form == "text" else ():
            click.echo(f"{url}  {say(f'because_{reason}', lang)}")
    if form == "json":
        click.echo(json.dumps({"ok": not failed, **figures, "seconds": round(seconds, 3)}))
    elif failed:
        click.echo(say("failed", lang, count=failed), err=True)
    elif not given["quiet"]:
        _say_passed(session, result, figures, err=form != "text")
    if given["verbose"]:
        click.echo(say("versions", lang, version=__version__, python=sys.version.split()[0]), err=True)
    return CONTENT if failed else FINE


def _say_passed(session: Session, result: Any, figures: dict[str, object], *, err: bool) -> None:
    """One line of figures, and one on posts that are not shown."""
    click.echo(say("built" if result.counts else "checked", session.lang, **figures), err=err)
    if result.drafts or result.later:
        click.echo(say("not_shown", session.lang, drafts=result.drafts, later=result.later), err=True)


def main(args: Sequence[str] | None = None, root: Path | None = None) -> int:
    """Run a verb and return the exit code. `root` is the project's folder, by default the current one."""
    args = sys.argv[1:] if args is None else args
    session = Session(root or Path.cwd(), language(args))
    translate(verbs, session.lang)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        code = verbs.main(args=list(args), obj=session, standalone_mode=False, prog_name="honorroll")
        return code if isinstance(code, int) else FINE
    except click.ClickException as error:
        click.echo(say("usage", session.lang, message=arguments.complaint(error, session.lang)), err=True)
        return USAGE
    except (KeyboardInterrupt, click.Abort):
        click.echo(say("interrupted", session.lang), err=True)
        return INTERRUPTED
    except Exception:  # noqa: BLE001  # the last net: no traceback ever reaches a user
        click.echo(say("internal", session.lang, log=arguments.kept_traceback(session.root)), err=True)
        return INTERNAL


def run(args: Sequence[str] | None = None, root: Path | None = None) -> NoReturn:
    """Entry point of the `honorroll` command. Leaves at once: to clear a large memory takes as long as a small build."""
    gc.disable()  # a build after an edit is over before it pays; one that makes much turns it on
    gc.set_threshold(100_000, 50, 100)  # most of that stays, and need not be walked over so often
    os._exit(main(args, root))  # what is said was written out at once

"""The command line: the only module that prints or exits."""

import json
import os
import re
import shutil
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from honorroll import __version__
from honorroll.words import say

#: Exit codes.
FINE, CONTENT, USAGE, INTERNAL, INTERRUPTED = 0, 1, 2, 3, 130


class _Day(click.ParamType):
    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(say("not_a_date", _language(), value=value), param, ctx)


class _Address(click.ParamType):
    name = "url"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", value):
            self.fail(say("not_an_address", _language(), value=value), param, ctx)
        return str(value)


class _Verbs(click.Group):
    """`build` is the default verb: options without a verb are its options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0].startswith("-") and args[0] not in ("--help", "-h", "--version")):
            args = ["build", *args]
        return super().parse_args(ctx, args)


def _language() -> str:
    """The language of messages: `--lang`, else `HONORROLL_LANG`, else Chinese."""
    arguments = sys.argv[1:] if _arguments is None else list(_arguments)
    for at, word in enumerate(arguments):
        if word == "--lang" and arguments[at + 1 : at + 2] in (["zh"], ["en"]):
            return arguments[at + 1]
        if word in ("--lang=zh", "--lang=en"):
            return word[-2:]
    return "en" if os.environ.get("HONORROLL_LANG", "zh").startswith("en") else "zh"


_arguments: Sequence[str] | None = None


def _options(*names: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The named options, in this order, as one decorator."""
    table: dict[str, Callable[[Any], Any]] = {
        "strict": click.option("--strict", is_flag=True, help=say("o_strict")),
        "drafts": click.option("--drafts", is_flag=True, help=say("o_drafts")),
        "future": click.option("--future", is_flag=True, help=say("o_future")),
        "today": click.option("--today", type=_Day(), metavar="DATE", help=say("o_today")),
        "base_url": click.option("--base-url", type=_Address(), metavar="URL", help=say("o_base_url")),
        "out": click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help=say("o_out")),
        "jobs": click.option("--jobs", type=click.IntRange(1, 64), metavar="N", help=say("o_jobs")),
        "json": click.option("--json", "as_json", is_flag=True, help=say("o_json")),
        "quiet": click.option("-q", "--quiet", is_flag=True, help=say("o_quiet")),
        "verbose": click.option("-v", "--verbose", is_flag=True, help=say("o_verbose")),
        "lang": click.option("--lang", type=click.Choice(["zh", "en"]), expose_value=False, help=say("o_lang")),
        "port": click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help=say("o_port")),
    }

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        for name in reversed(names):
            function = table[name](function)
        return function

    return decorate


_SELECT = ("strict", "drafts", "future", "today", "base_url")
_TALK = ("jobs", "json", "quiet", "verbose", "lang")


@click.group(cls=_Verbs, help=say("h_main"), context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="honorroll %(version)s")
def verbs() -> None:
    pass


@verbs.command(help=say("h_build"))
@_options(*_SELECT, "out", *_TALK)
@click.pass_obj
def build(root: Path, **given: Any) -> int:
    return _run(root, given, dry=False)


@verbs.command(help=say("h_check"))
@_options(*_SELECT, *_TALK)
@click.pass_obj
def check(root: Path, **given: Any) -> int:
    return _run(root, given, dry=True)


@verbs.command(help=say("h_serve"))
@_options("drafts", "future", "today", "out", "port", "lang")
@click.pass_obj
def serve(root: Path, port: int, **given: Any) -> int:
    from honorroll.serve import serve as run

    run(_build_options(root, given, dry=False), port, _show)
    return FINE


@verbs.command(help=say("h_clean"))
@_options("out", "lang")
@click.pass_obj
def clean(root: Path, out: Path | None) -> int:
    from honorroll.publish import remove

    number = remove(out or root / "site")
    shutil.rmtree(root / ".cache", ignore_errors=True)
    click.echo(say("cleaned", _language(), number=number))
    return FINE


@verbs.command(help=say("h_new"))
@click.argument("folder", type=click.Path(path_type=Path))
@_options("lang")
def new(folder: Path) -> int:
    from honorroll.source import theme_root

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise click.UsageError(say("not_empty", _language(), folder=folder))
    for part in ("content", "data"):
        shutil.copytree(theme_root() / part, folder / part)
    click.echo(say("created", _language(), folder=folder))
    return FINE


def _build_options(root: Path, given: dict[str, Any], *, dry: bool) -> Any:
    from honorroll.pipeline import Options

    return Options(
        root=root,
        out=given.get("out") or root / "site",
        today=given["today"] or _today(),
        drafts=given["drafts"],
        future=given["future"],
        strict=given.get("strict", False),
        dry=dry,
        base_url=given.get("base_url"),
        jobs=given.get("jobs") or os.cpu_count() or 1,
    )


def _today() -> date:
    """The day in China: of `SOURCE_DATE_EPOCH` where it is set, else of the clock."""
    from honorroll.model.base import CHINA

    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() else datetime.now(UTC)
    return moment.astimezone(CHINA).date()


def _run(root: Path, given: dict[str, Any], *, dry: bool) -> int:
    from dataclasses import replace

    from honorroll import pipeline
    from honorroll.findings import has_errors

    start = time.perf_counter()
    options = _build_options(root, given, dry=dry)
    quiet, as_json = given["quiet"], given["as_json"]
    if sys.stderr.isatty() and not quiet and not as_json:
        from honorroll.progress import bars

        with bars(_language()) as progress:
            result = pipeline.build(replace(options, progress=progress))
    else:
        result = pipeline.build(options)
    _show(result, as_json=as_json, quiet=quiet)
    failed = has_errors(result.findings)
    _conclude(result, failed, as_json, quiet, given["verbose"], time.perf_counter() - start)
    return CONTENT if failed else FINE


def _show(result: Any, *, as_json: bool = False, quiet: bool = False) -> None:
    """All findings, on standard error."""
    from honorroll import report
    from honorroll.diagnostics import Severity

    lang = _language()
    for finding in result.findings:
        if as_json:
            click.echo(report.as_json(finding, lang), err=True)
        elif not quiet or finding.severity is Severity.ERROR:
            click.echo(report.render(finding, lang, color=_color()) + "\n", err=True, color=_color())


def _color() -> bool:
    """Whether to colour messages: `NO_COLOR`, `FORCE_COLOR`, else when a terminal reads them."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stderr.isatty()


def _conclude(result: Any, failed: bool, as_json: bool, quiet: bool, verbose: bool, seconds: float) -> None:
    from honorroll import report

    counts, lang = result.counts, _language()
    if as_json:
        numbers = {"written": counts.written, "unchanged": counts.unchanged, "removed": counts.removed} if counts else {}
        click.echo(json.dumps({"ok": not failed, "pages": result.pages, **numbers, "seconds": round(seconds, 3)}))
        return
    if failed:
        click.echo(say("failed", lang, count=report.count(result.findings, lang)), err=True)
    elif quiet:
        return
    elif counts:
        values = {"written": counts.written, "unchanged": counts.unchanged, "removed": counts.removed}
        click.echo(say("built", lang, pages=result.pages, seconds=f"{seconds:.2f}", **values))
    else:
        click.echo(say("checked", lang, pages=result.pages, seconds=f"{seconds:.2f}"))
    if verbose:
        click.echo(say("versions", lang, version=__version__, python=sys.version.split()[0]), err=True)


def main(args: Sequence[str] | None = None, root: Path | None = None) -> int:
    """Run a verb and return the exit code. `root` is the project's folder, by default the current one."""
    global _arguments
    _arguments = args
    root = root or Path.cwd()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        code = verbs.main(args=list(args) if args is not None else None, obj=root, standalone_mode=False, prog_name="honorroll")
        return code if isinstance(code, int) else FINE
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return USAGE
    except click.ClickException as error:
        click.echo(say("usage", _language(), message=_plain(error)), err=True)
        return USAGE
    except (KeyboardInterrupt, click.Abort):
        click.echo(say("interrupted", _language()), err=True)
        return INTERRUPTED
    except Exception:  # the last net: no traceback ever reaches a user
        click.echo(say("internal", _language(), log=_log(root)), err=True)
        return INTERNAL


def _plain(error: click.ClickException) -> str:
    """A usage error in the user's language."""
    lang = _language()
    if isinstance(error, click.NoSuchOption):
        near = "、".join(error.possibilities or ())
        return say("no_option", lang, name=error.option_name) + (say("near", lang, near=near) if near else "")
    return error.format_message()


def _log(root: Path) -> str:
    """Keep the traceback where a developer finds it; the place, for people."""
    for folder in (root / ".cache", Path.home()):
        try:
            folder.mkdir(exist_ok=True)
            log = folder / "honorroll-error.log"
            log.write_text(traceback.format_exc(), encoding="utf-8")
        except OSError:
            continue
        return str(log)
    return "-"

"""What the command line understands: its values, options and default verb."""

import errno
import os
import re
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, time
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from honorroll.checks import say
from honorroll.chinese import CHINA, YEARS
from honorroll.filesystem import own_files

if TYPE_CHECKING:
    from honorroll.cluster import Cluster

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?", re.ASCII)


#: The kinds of records that `new` makes and `rename` knows, by the word on the command line; with their tables.
RECORDS = {
    "post": "posts",
    "deed": "deeds",
    "team": "teams",
    "person": "persons",
    "award": "awards",
    "notice": "notices",
    "org": "orgs",
    "project": "projects",
    "cycle": "cycles",
    "figure": "figures",
    "tag": "tags",
}
#: The same with the pages that nobody makes by a command, which `rename` knows, too.
ALL_KINDS = {**RECORDS, "page": "articles"}


class Session(NamedTuple):
    """Where the project is, and the language of messages."""

    root: Path
    lang: str


#: Faults of the system that editors meet, and can do something about.
_FAULTS = frozenset(
    {errno.ENOENT, errno.EACCES, errno.EPERM, errno.EISDIR, errno.ENOTDIR, errno.ENOSPC, errno.EROFS, errno.EBUSY}
)


def reason(session: Session, error: OSError) -> str:
    """Why the system does not let us, in the language of the run; the system's own words where we have none."""
    if error.errno in _FAULTS:
        return say(f"os_{errno.errorcode[error.errno]}", session.lang)
    return error.strerror or str(error)


class _Day(click.ParamType[date]):
    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            self.fail(_say(ctx, "not_a_date", value=value), param, ctx)
        try:
            day = date.fromisoformat(value)
        except ValueError:
            self.fail(_say(ctx, "not_a_date", value=value), param, ctx)
        if day.year not in YEARS:
            self.fail(_say(ctx, "not_a_date", value=value), param, ctx)
        return day


class _Moment(click.ParamType[datetime]):
    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """In China's time, which also holds where no offset is given."""
        try:
            moment = datetime.fromisoformat(value if _ISO.fullmatch(value) else "")
            moment = (moment if moment.tzinfo else moment.replace(tzinfo=CHINA)).astimezone(CHINA)
        except (ValueError, OverflowError):
            self.fail(_say(ctx, "not_a_moment", value=value), param, ctx)
        if moment.year not in YEARS:
            self.fail(_say(ctx, "not_a_moment", value=value), param, ctx)
        return moment


class _Address(click.ParamType[str]):
    name = "url"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", value):
            self.fail(_say(ctx, "not_an_address", value=value), param, ctx)
        return str(value)


class _Executor(click.ParamType["Cluster"]):
    name = "executor"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> "Cluster":
        """The cluster at an address. Nothing is sent there yet."""
        match = re.fullmatch(r"dask://([\w.-]+|\[[\da-fA-F:]+\]):(\d{1,5})", value)
        if not match or not 0 < int(match[2]) < 1 << 16:
            self.fail(_say(ctx, "not_an_executor", value=value), param, ctx)
        if not find_spec("distributed"):
            self.fail(_say(ctx, "no_cluster_extra"), param, ctx)
        from honorroll.cluster import Cluster

        return Cluster(value.removeprefix("dask://"))


def _say(ctx: click.Context | None, key: str, **values: object) -> str:
    return say(key, ctx.obj.lang if ctx else "zh", **values)


class Verbs(click.Group):
    """Options may stand before the verb; without one they are those of `build`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        at = self._verb(args)
        if at is not None:
            verb, rest = args[at], [*args[:at], *args[at + 1 :]]
            if verb == "new" and rest[self._first(rest) :][:1] in ([kind] for kind in RECORDS):
                verb = "new KIND"  # a word that is a kind means a record, and no folder of that name
            return super().parse_args(ctx, [verb, *rest])
        own = [option for option in args if option in {"--help", "-h", "--version"}]
        return super().parse_args(ctx, own[:1] or ["build", *args])

    def _verb(self, args: list[str]) -> int | None:
        """Where the verb stands: the first word that is neither an option nor the value of one."""
        options = [option for command in self.commands.values() for option in command.params]
        must_have_value = {
            name: option.to_info_dict()["flag_value"] is None
            for option in options
            if isinstance(option, click.Option) and not option.is_flag
            for name in option.opts
        }
        for at, (before, word) in enumerate(pairwise(["", *args])):
            is_value = before in must_have_value and (must_have_value[before] or word not in self.commands)
            if not (is_value or word.startswith("-")):
                return at
        return None

    def _first(self, args: list[str]) -> int:
        """Where the first word stands that is no option, nor the language."""
        words = pairwise(["", *args])
        return next(
            (at for at, (before, word) in enumerate(words) if before != "--lang" and word[:1] != "-"), len(args)
        )

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Raises `UsageError` for a verb that there is not."""
        if args[0] not in self.commands:
            from honorroll.diagnostics import closest

            near = closest(args[0], self.commands)
            ctx.fail(_say(ctx, "no_verb", name=args[0]) + (_say(ctx, "near", near=near) if near else ""))
        return super().resolve_command(ctx, args)


_OPTIONS: dict[str, Callable[[Any], Any]] = {
    "strict": click.option("--strict", is_flag=True),
    "drafts": click.option("--drafts", is_flag=True),
    "future": click.option("--future", is_flag=True),
    "today": click.option("--today", type=_Day(), metavar="DATE"),
    "now": click.option("--now", type=_Moment(), metavar="MOMENT"),
    "base_url": click.option("--base-url", type=_Address(), metavar="URL"),
    "out": click.option("--out", type=click.Path(path_type=Path), metavar="DIR"),
    "jobs": click.option("--jobs", type=click.IntRange(1, 64), metavar="N"),
    "executor": click.option("--executor", type=_Executor(), metavar="dask://HOST:PORT"),
    "json": click.option("--json", "as_json", is_flag=True),
    "format": click.option("--format", type=click.Choice(["text", "json", "github", "sarif"]), default="text"),
    "why": click.option("--explain", "why", is_flag=True),
    "verify": click.option("--verify", is_flag=True),
    "upcoming": click.option(
        "--upcoming", type=click.IntRange(1, 4000), is_flag=False, flag_value=400, metavar="[DAYS]"
    ),
    "explain": click.option("--explain", metavar="RULE"),
    "schema": click.option("--schema", is_flag=False, flag_value="", metavar="[FOLDER]"),
    "report": click.option("--report", type=click.Path(path_type=Path), metavar="FILE.html"),
    "fix": click.option("--fix", is_flag=True),
    "date": click.option("--date", type=_Day(), metavar="DATE"),
    "day": click.option("--date", "day", default="", metavar="DATE"),
    "set": click.option("--set", "sets", multiple=True, metavar="FIELD=VALUE"),
    "id": click.option("--id", default="", metavar="ID"),
    "write": click.option("--write", is_flag=True),
    "kind": click.option("--as", "kind", metavar="KIND"),
    "map": click.option("--map", "map_", multiple=True, metavar="HEADER=FIELD"),
    "hidden": click.option("--hidden", is_flag=True),
    "xlsx": click.option("--xlsx", type=click.Path(path_type=Path), metavar="FILE.xlsx", required=True),
    "only": click.option("--only", metavar="KIND,..."),
    "quiet": click.option("-q", "--quiet", is_flag=True),
    "verbose": click.option("-v", "--verbose", is_flag=True),
    "lang": click.option("--lang", type=click.Choice(["zh", "en"], case_sensitive=False), expose_value=False),
    "port": click.option("--port", type=click.IntRange(1, 65535), metavar="N"),
    "no_open": click.option("--no-open", is_flag=True),
    "poll": click.option("--poll", is_flag=True),
    "title": click.option("--title", default="", metavar="TEXT"),
    "organiser": click.option("--organiser", "--organizer", "organiser", multiple=True, metavar="NAME[=KIND]"),
    "start": click.option("--start", default="", metavar="DATE"),
    "end": click.option("--end", default="", metavar="DATE"),
    "parts": click.option("--with", "parts", default="", metavar="PARTS"),
    "limit": click.option("--limit", multiple=True, metavar="NAME=NUMBER"),
    "theme": click.option("--theme", default="", metavar="TEXT"),
    "to": click.option("--to", default="", metavar="KIND"),
    "alt": click.option("--alt", multiple=True, metavar="TEXT"),
    "persons": click.option("--persons", multiple=True, metavar="ID,..."),
    "sample": click.option("--sample", is_flag=True),
    "root": click.option("--root", metavar="FOLDER"),
    "hsts": click.option("--hsts", is_flag=True),
    "dry_run": click.option("--dry-run", is_flag=True),
    "listing": click.option("--list", "listing", is_flag=True),
    "rollback": click.option("--rollback", is_flag=False, flag_value="", metavar="[RELEASE]"),
    "read_back": click.option("--verify", "read_back", is_flag=True),
    "really_sample": click.option("--sample", "really_sample", is_flag=True),
    "forget": click.option("--forget", is_flag=True),
    "no_git": click.option("--no-git", is_flag=True),
}


def options(*names: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The named options, in this order, as one decorator. Their help texts are set by `translate`."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        for name in reversed(names):
            function = _OPTIONS[name](function)
        return function

    return decorate


SELECT = ("strict", "drafts", "future", "today", "now", "base_url")
TALK = ("jobs", "json", "quiet", "verbose", "lang")


def language(args: Sequence[str]) -> str:
    """`--lang` wherever it stands, else `HONORROLL_LANG`, else Chinese. Needed before options are parsed."""
    asked = re.search(r"--lang[= ](zh|en)\b", " ".join(args), re.IGNORECASE)
    return asked[1].lower() if asked else "en" if os.environ.get("HONORROLL_LANG", "").startswith("en") else "zh"


def translate(verbs: click.Group, lang: str) -> None:
    """Give verbs and options their help texts in the user's language."""
    verbs.help = say("h_main", lang)
    for name, command in verbs.commands.items():
        command.help = say(f"h_{name}", lang, kinds="|".join(RECORDS))
        for option in command.params:
            if isinstance(option, click.Option):
                option.help = say(f"o_{(option.name or '').rstrip('_')}", lang)


#: What is said of each verb whose argument is missing.
_MISSING = {"takedown": "missing_person", "import": "missing_file"}
#: The words of click for more arguments than a verb takes, which has no class of its own for it.
_EXTRA = re.compile(r"Got unexpected extra arguments? \((.*)\)", re.DOTALL)


def _why(kind: object, lang: str) -> str:
    """What a value of one of click's own types must be; empty for ours, which say so themselves."""
    if isinstance(kind, click.Choice):
        return say("not_a_choice", lang, choices="、".join(kind.choices) if lang == "zh" else ", ".join(kind.choices))
    if isinstance(kind, click.IntRange):
        return say("not_in_range", lang, low=kind.min, high=kind.max)
    return ""


def complaint(error: click.ClickException, lang: str) -> str:
    """A usage error in the user's language."""
    if isinstance(error, click.NoSuchOption):
        near = "、".join(error.possibilities or ())
        return say("no_option", lang, name=error.option_name) + (say("near", lang, near=near) if near else "")
    context = error.ctx if isinstance(error, click.UsageError) else None
    verb = context.info_name if context else ""
    if isinstance(error, click.MissingParameter):
        return say(_MISSING.get(verb or "", "missing"), lang, verb=verb, command=command())
    if isinstance(error, click.BadParameter) and error.param:
        return say("bad_value", lang, name=error.param.opts[-1], why=_why(error.param.type, lang) or error.message)
    if isinstance(error, click.BadOptionUsage):
        return say("no_value" if "requires" in error.message else "takes_no_value", lang, name=error.option_name)
    if extra := _EXTRA.fullmatch(error.message):
        return say("too_many", lang, verb=verb, extra=extra[1])
    return error.format_message().rstrip(".")


def output(session: Session, given: dict[str, Any]) -> Path:
    """Where the site goes."""
    folder: Path = given.get("out") or session.root / "site"
    return folder


#: What starts Python: that of python.org is `py` on Windows.
PYTHON = "py" if sys.platform == "win32" else "python3"


def is_clone() -> bool:
    """Whether this program was run by a `build.py`, its own or that of a project."""
    return Path(sys.argv[0]).name == "build.py"


def command() -> str:
    """What to type to run this program as it was run now."""
    program = Path(sys.argv[0])
    if is_clone():
        beside = os.environ.get(
            "HONORROLL_BUILD"
        )  # the small one of a project, which handed over to that of the program
        file = Path(beside) if beside else program.resolve()
        return f"{PYTHON} {'build.py' if file.parent == Path.cwd() else _quoted(str(file))}"
    return f"{PYTHON} -m honorroll" if program.name == "__main__.py" else "honorroll"


def _quoted(path: str) -> str:
    return f'"{path}"' if " " in path else path


def must_be_project(session: Session) -> None:
    """Raises `UsageError` in a folder that is none, before anything is written there."""
    if not any(os.path.lexists(session.root / folder) for folder in ("data", "content")):
        raise click.UsageError(say("no_project", session.lang, folder=session.root, command=command()))


def jobs(given: dict[str, Any]) -> int:
    """How many processes may work at once."""
    return given["jobs"] or os.cpu_count() or 1


def build_options(session: Session, given: dict[str, Any], *, dry: bool, **more: Any) -> Any:
    """What a verb was asked to do, as the engine takes it."""
    from honorroll.engine import Options

    day, moment = given["today"], given["now"]
    if day and moment:
        raise click.UsageError(say("today_and_now", session.lang))
    moment = moment or now(session)
    return Options(
        root=session.root,
        out=output(session, given),
        today=day or moment.date(),
        clock=time.max if day else moment.time(),
        drafts=given["drafts"],
        future=given["future"],
        strict=given["strict"],
        dry=dry,
        verify=given.get("verify", False),
        base_url=given["base_url"],
        jobs=jobs(given),
        cluster=given.get("executor"),
        **more,
    )


def now(session: Session) -> datetime:
    """The moment in China: of `SOURCE_DATE_EPOCH` where it is set, else of the clock.

    Raises:
        UsageError: it is set to what is no moment.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return datetime.now(CHINA)
    with suppress(ValueError, OverflowError, OSError):
        moment = datetime.fromtimestamp(int(epoch), UTC).astimezone(CHINA)
        if moment.year in YEARS:
            return moment
    raise click.UsageError(say("not_an_epoch", session.lang, value=epoch))


def color() -> bool:
    """Whether to colour messages: `NO_COLOR`, `FORCE_COLOR`, else when a terminal reads them."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stderr.isatty()


def kept_traceback(root: Path) -> str:
    """Keep the traceback where a developer finds it; the place, for people."""
    for folder in (root / ".cache", Path.home()):
        log = folder / "honorroll-error.log"
        try:
            if folder != Path.home():
                own_files.make_folder(folder)
            own_files.put(log, traceback.format_exc().encode("utf-8", "replace"))
        except OSError:
            continue
        return str(log)
    return "-"

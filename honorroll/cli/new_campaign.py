"""`new FOLDER`: a new campaign from flags or a few questions, or the sample's."""

import re
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from honorroll.checks import say
from honorroll.chinese import YEARS
from honorroll.cli import arguments
from honorroll.cli.arguments import Session
from honorroll.filesystem import file_names

#: The options of the verb, in `arguments`.
OPTIONS = ("title", "organiser", "start", "end", "parts", "limit", "theme", "base_url", "sample", "no_git")


def make(session: Session, folder: Path, given: dict[str, Any]) -> int:
    """Make the folder and tell what to do next; the exit code.

    Raises:
        UsageError: it cannot be made there, or answers are missing and nobody is there to be asked.
    """
    from honorroll.new_project import Place, campaign_files, commit, sample_files, write

    _must_be_free(session, folder)
    program = _program()
    command = f"{arguments.PYTHON} build.py" if program else arguments.command()
    place = Place(folder, command, program, git=not given["no_git"])
    answers = None if given["sample"] else _answers(session, given)
    files = campaign_files(answers, place) if answers else sample_files(place)
    try:
        write(folder, files)
    except OSError as error:
        why = arguments.reason(session, error)
        raise click.UsageError(say("not_written", session.lang, file=folder, why=why)) from None
    key = "created" if given["sample"] else "created_campaign"
    click.echo(say(key, session.lang, folder=folder, number=len(files)))
    if answers and answers.end < arguments.now(session).date():
        click.echo(say("created_over", session.lang))
    if not given["no_git"]:
        made = commit(folder, say("first_commit", session.lang))
        click.echo(say(f"git_{made.replace(' ', '_')}", session.lang))
    click.echo(say("created_next", session.lang, folder=_quoted(str(folder)), command=command))
    return 0


def _program() -> Path | None:
    """The `build.py` that was run, which the new folder's own is to hand over to; none of an installed program."""
    from honorroll.inputs import theme_root

    file = theme_root() / "build.py"
    return file.resolve() if arguments.is_clone() and file.is_file() else None


def _quoted(path: str) -> str:
    return path if re.fullmatch(r"[\w./\\:~+-]+", path) else f'"{path}"'


def _must_be_free(session: Session, folder: Path) -> None:
    for part in folder.parts:
        if part not in {folder.anchor, ".", ".."} and (found := file_names.fault(part)):
            args = found.args
            why = args["why_zh"] if session.lang == "zh" else args["why"]
            raise click.UsageError(say("bad_folder", session.lang, name=part, why=why))
    try:
        taken = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    except OSError as error:
        raise click.UsageError(
            say("not_written", session.lang, file=folder, why=arguments.reason(session, error))
        ) from None
    if taken:
        raise click.UsageError(say("not_empty", session.lang, folder=folder))


def _answers(session: Session, given: dict[str, Any]) -> Any:
    """What was answered by flags and, on a terminal, to questions. Raises `UsageError` for all that is missing at once."""
    from honorroll.new_project import Answers, limits_of, suggested_limits

    form = _Form(session, asks=sys.stdin.isatty() and sys.stderr.isatty())
    title = form.take("title", given["title"], _line)
    organisers = form.take("organiser", "、".join(given["organiser"]), _organisers)
    start = form.take("start", given["start"], _day)
    end = form.take(
        "end", given["end"], lambda text: day if (day := _day(text)) and not (start and day < start) else None
    )
    base_url = given["base_url"] or form.optional("base_url")
    chosen = form.take("parts", given["parts"], _parts)
    limits = dict[str, str]()
    typed = dict(item.partition("=")[::2] for item in given["limit"])
    names = limits_of(chosen or ())
    for name in typed.keys() - {*names}:
        form.wrong(say("new_no_limit", session.lang, name=name))
    usual = suggested_limits()
    for name in names:
        value = form.limit(name, typed.get(name, ""), usual.get(name, ""))
        limits[name] = value or ""
    form.settle()
    return Answers(title, organisers, start, end, chosen, limits, theme=_line(given["theme"]) or "", base_url=base_url)


class _Form:
    """Answers as they are taken; what is missing or wrong of them is told at the end, all at once."""

    def __init__(self, session: Session, *, asks: bool) -> None:
        self.session, self.asks = session, asks
        self._missing: list[str] = []
        self._wrong: list[str] = []
        self._limits: list[str] = []

    def take(self, name: str, typed: str, read: Callable[[str], Any]) -> Any:
        """An answer: of a flag, else of a question; none where it is missing or cannot be read."""
        lang = self.session.lang
        while not typed and self.asks:
            typed = self._ask(say(f"ask_{name}", lang))
            if typed and read(typed) is None:
                click.echo(say(f"new_bad_{name}", lang, value=typed), err=True)
                typed = ""
        if not typed:
            self._missing.append(f"{say(f'new_{name}', lang)}（{_FLAGS[name]}）")
            return None
        if (value := read(typed)) is None:
            self.wrong(say(f"new_bad_{name}", lang, value=typed))
        return value

    def optional(self, name: str) -> str:
        """An answer that may be left out."""
        while self.asks:
            typed = self._ask(say(f"ask_{name}", self.session.lang))
            if not typed or re.fullmatch(r"https?://[^\s/]+(/\S*)?", typed):
                return typed
            click.echo(say("not_an_address", self.session.lang, value=typed), err=True)
        return ""

    def limit(self, name: str, typed: str, usual: str) -> str | None:
        """One of the campaign's numbers. `usual` is what the sample campaign says."""
        from honorroll.model import Thresholds
        from honorroll.new_project import number

        lang, title = self.session.lang, Thresholds.fields()[name].title
        while not typed and self.asks:
            typed = self._ask(say("ask_limit", lang, title=title, usual=usual)) or usual
            if number(name, typed) is None:
                click.echo(say("new_bad_limit", lang, name=title, value=typed), err=True)
                typed = ""
        if not typed:
            self._missing.append(title)
            self._limits.append(f"--limit {name}={usual}")
            return None
        if (value := number(name, typed)) is None:
            self.wrong(say("new_bad_limit", lang, name=name, value=typed))
        return value

    def wrong(self, sentence: str) -> None:
        """Have this told at the end."""
        self._wrong.append(sentence)

    def settle(self) -> None:
        """Raises `UsageError` if something is missing or wrong."""
        lang = self.session.lang
        if self._missing:
            self._wrong.insert(0, say("new_missing", lang, what="、".join(self._missing)))
        if self._limits:
            self._wrong.append(say("new_limits", lang, limits=" ".join(self._limits)))
        if self._wrong:
            raise click.UsageError("；".join(self._wrong) if lang == "zh" else "; ".join(self._wrong))

    def _ask(self, question: str) -> str:
        return str(click.prompt(question, default="", show_default=False, prompt_suffix=" ", err=True)).strip()


_FLAGS = {"title": "--title", "organiser": "--organiser", "start": "--start", "end": "--end", "parts": "--with"}


def _line(text: str) -> str | None:
    return re.sub(r"\s+", " ", text).strip() or None


def _day(text: str) -> date | None:
    from honorroll.inputs import plain

    try:
        day = date.fromisoformat(plain(text))
    except ValueError:
        return None
    return day if day.year in YEARS else None


def _parts(text: str) -> Sequence[str] | None:
    from honorroll.new_project import parts

    found, unknown = parts(text)
    return found if found and not unknown else None


def _organisers(text: str) -> Sequence[Any] | None:
    from typing import get_args

    from honorroll.model import Org
    from honorroll.new_project import Organiser

    kinds = get_args(Org.__annotations__["kind"])
    found = [Organiser.read(name) for name in re.split(r"[、；;,，\n]+", text) if name.strip()]
    return found if found and all(org.name and org.kind in kinds for org in found) else None

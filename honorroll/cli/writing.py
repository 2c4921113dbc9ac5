"""Writing a change into the project, and putting the last one back, with what people are told of it."""

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from honorroll.checks import say
from honorroll.cli.arguments import Session, reason
from honorroll.filesystem import MovedError

if TYPE_CHECKING:
    from honorroll.checks import Finding
    from honorroll.editing import Change
    from honorroll.engine import Options
    from honorroll.inputs import Read


#: What no contact of an organisation ever is, so that nothing is to be weighed.
_NEVER = frozenset({"identity", "mobile", "plate", "card", "paper", "account", "home", "birth"})
#: How each file is marked that comes, changes or goes.
_COMES, _CHANGES, _GOES = "+", "~", "-"


def write(session: Session, change: "Change") -> None:
    """Write a change. Raises `UsageError` where a file was edited meanwhile or cannot be written; then nothing is.

    Warns if the project is the program's own sample: an editor has probably not changed to the campaign's folder.
    """
    from honorroll.editing import apply
    from honorroll.inputs import theme_root

    if not change.files:
        return
    try:
        apply(session.root, change)
    except MovedError as error:
        raise click.UsageError(say("file_moved", session.lang, file=error)) from None
    except OSError as error:
        raise _not_written(session, error, ", ".join(change.files)) from None
    if session.root.resolve() == theme_root().resolve():
        click.echo(say("own_sample", session.lang, folder=session.root), err=True)


def private(session: Session, change: "Change") -> list[str]:
    """What a change would bring into the data that leads to one person, in words, with the place and a mask.

    The gate looks at what is published, and only where nothing else is wrong; this may not even be written.
    """
    from honorroll.inputs import FORMATS
    from honorroll.privacy import KINDS, identifiers, plain

    told = list[str]()
    for path, (old, new) in change.files.items():
        if not path.endswith((".md", *FORMATS)) or new is None or not identifiers.may(new):
            continue
        before, after = ((data or b"").decode("utf-8", "replace") for data in (old, new))
        known = {(found.kind, found.value) for found in identifiers.find(plain(before).text)}
        form = plain(after)
        for found in identifiers.find(form.text):
            if found.kind in _NEVER and (found.kind, found.value) not in known:
                line = after.count("\n", 0, form.origin(found.start, found.end)[0]) + 1
                rule, *words = KINDS[found.kind]
                what = words[session.lang == "en"]
                told.append(say("private", session.lang, rule=rule, place=f"{path}:{line}", what=what, mask=found.mask))
    return told


def news(options: "Options", before: "Read", change: "Change", same: Iterable[tuple[str, str]] = ()) -> "list[Finding]":
    """What a change leads to: the findings that the project has with it and not without. Nothing is written.

    Args:
        options: of the build.
        before: the project as it is.
        change: what is to be done.
        same: words that mean the same before and after it, such as an id and the new one.
    """
    from honorroll.editing import snapshot_with
    from honorroll.engine import pipeline

    dry = replace(options, dry=True)
    old = {known_as(finding, same) for finding in pipeline.build(dry, read=before).findings}
    after = pipeline.build(dry, read=(snapshot_with(before[0], change), before[1])).findings
    return [finding for finding in after if known_as(finding, same) not in old]


def known_as(finding: "Finding", same: Iterable[tuple[str, str]] = ()) -> tuple[str, str, str]:
    """What a finding is before and after a change: its lines do not count, nor the words that mean the same."""
    one = finding.diagnostic
    words = f"{one.place.keys} {one.args}"
    for old, new in same:
        words = words.replace(repr(new), repr(old))
    return one.rule, one.place.path, words


def undo(session: Session) -> int:
    """Put back the last change and say what came back; the exit code."""
    from honorroll.editing import undo as put_back

    try:
        change = put_back(session.root)
    except MovedError as error:
        raise click.UsageError(say("undo_moved", session.lang, file=error)) from None
    except OSError as error:
        raise _not_written(session, error, str(session.root)) from None
    if change is None:
        click.echo(say("undo_none", session.lang))
        return 0
    click.echo(say("undone", session.lang, title=change.title, number=len(change.files)))
    for line in marked(change):
        click.echo(line)
    return 0


def forget(session: Session) -> None:
    """Let the last change not be put back any more."""
    from honorroll.editing import FOLDER
    from honorroll.editing import forget as let_go

    try:
        let_go(session.root)
    except OSError as error:
        raise _not_written(session, error, FOLDER) from None


def marked(change: "Change") -> list[str]:
    """The files of a change, a line each with the sign of what becomes of it."""
    return [
        f"  {_COMES if old is None else _GOES if new is None else _CHANGES} {path}"
        for path, (old, new) in change.files.items()
    ]


def lines(change: "Change") -> list[str]:
    """The lines of text files that a change replaces, as a difference between the two."""
    from difflib import unified_diff

    from honorroll.checks import plain
    from honorroll.inputs import FORMATS

    told = list[str]()
    for path, (old, new) in change.files.items():
        if path.endswith((".md", *FORMATS)) and old is not None and new is not None:
            before, after = (data.decode("utf-8", "replace").splitlines(keepends=True) for data in (old, new))
            told += [plain(line.rstrip("\r\n")) for line in unified_diff(before, after, f"a/{path}", f"b/{path}", n=0)]
    return told


def agreed(session: Session) -> bool:
    """Whether somebody at a terminal says yes to what was shown; no where there is nobody to ask."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    return click.confirm(say("write_now", session.lang), err=True)


def _not_written(session: Session, error: OSError, files: str) -> click.UsageError:
    return click.UsageError(say("not_written", session.lang, file=error.filename or files, why=reason(session, error)))

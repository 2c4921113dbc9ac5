"""Writing a change into the project, and putting the last one back, with what people are told of it."""

from typing import TYPE_CHECKING

import click

from honorroll.checks import say
from honorroll.cli.arguments import Session
from honorroll.filesystem import MovedError

if TYPE_CHECKING:
    from honorroll.editing import Change

#: How each file is marked that comes, changes or goes.
_COMES, _CHANGES, _GOES = "+", "~", "-"


def write(session: Session, change: "Change") -> None:
    """Write a change. Raises `UsageError` where a file was edited meanwhile or cannot be written; then nothing is."""
    from honorroll.editing import apply

    if not change.files:
        return
    try:
        apply(session.root, change)
    except MovedError as error:
        raise click.UsageError(say("file_moved", session.lang, file=error)) from None
    except OSError as error:
        raise _not_written(session, error, ", ".join(change.files)) from None


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


def _not_written(session: Session, error: OSError, files: str) -> click.UsageError:
    return click.UsageError(say("not_written", session.lang, file=error.filename or files, why=error.strerror or error))

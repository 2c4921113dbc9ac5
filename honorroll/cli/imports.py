"""`import`: what a file is, its bytes say; each kind of source is one class that plans, asks and writes."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import click

from honorroll.checks import say
from honorroll.cli.arguments import Session, reason
from honorroll.cli.import_documents import Documents
from honorroll.cli.import_photos import Photos
from honorroll.cli.import_sheets import Sheets

#: More is not read to tell what a file is, in bytes.
_LARGEST = 512 << 20


class Source(Protocol):
    """A kind of source."""

    def takes(self, name: str, data: bytes) -> bool:
        """Whether a file is one of these."""
        ...

    def run(self, session: Session, given: dict[str, Any], files: Mapping[str, bytes]) -> int:
        """Plan, ask and write; the exit code. The files are those that it takes, by name; `given["folders"]` says where each lay."""
        ...


#: In the order in which they are asked. What none of them takes goes to the first, which says what is wrong with it.
SOURCES: tuple[Source, ...] = (Sheets(), Photos(), Documents())


def run(session: Session, given: dict[str, Any], files: Sequence[Path]) -> int:
    """Import files; the exit code."""
    found: dict[int, dict[str, bytes]] = {}
    folders = given["folders"] = dict[str, Path]()
    code = 0
    for file in files:
        try:
            if file.stat().st_size > _LARGEST:
                raise OSError(0, say("im_too_large_inside", session.lang))
            data = file.read_bytes()
        except OSError as error:
            click.echo(f"{file}：{say('im_not_there', session.lang, why=reason(session, error))}", err=True)
            code = 1
            continue
        at = next((at for at, source in enumerate(SOURCES) if source.takes(file.name, data)), 0)
        name = _name(file.name, folders)
        folders[name] = file.parent
        found.setdefault(at, {})[name] = data
    for at, taken in found.items():
        code = max(code, SOURCES[at].run(session, given, taken))
    return code


def _name(name: str, taken: Mapping[str, object]) -> str:
    """A name for each file; two folders may hold one of the same name."""
    number = 2
    unique = name
    while unique in taken:
        unique, number = f"{name} ({number})", number + 1
    return unique

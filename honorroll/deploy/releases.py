"""A release: one state of the site at a target, and what has to travel to make it.

Its record (`RELEASE`) and the list of its files (`LIST` of `publish`, in the format of `sha256sum`, so that the target itself can check it)
stand in each release.
"""

import errno
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256

import msgspec
from msgspec import Struct

from honorroll.deploy import headers
from honorroll.publish import order, parse, text

#: The record of a release, in the release.
RELEASE = ".honorroll.release"

#: Reads a file of the site that is to travel.
Get = Callable[[str], bytes]
#: Is told the number of bytes that have travelled.
Told = Callable[[int], None]


class DeployError(Exception):
    """Why a deployment ended, as the key of a sentence of `checks/messages.py` and its values."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key, self.values = key, values


#: Sentences for what the system says; `de_failed` for the rest.
_FAULTS = dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), "de_full")
_FAULTS |= dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), "de_denied")


def refused(error: OSError) -> DeployError:
    """What the system says, as a sentence of ours."""
    why = error.strerror or str(error)
    return DeployError(_FAULTS.get(error.errno or 0, "de_failed"), where=str(error.filename or ""), why=why)


class Release(Struct, frozen=True):
    """One state of the site at a target."""

    id: str
    """Its number among the releases of the target, so that no clock decides, and the beginning of its fingerprint."""
    at: str
    """When it was deployed: UTC in ISO format, by the clock of the machine that did it."""
    files: Mapping[str, str]
    """SHA-256 by address, of everything that the public can ask for."""
    carried: tuple[str, ...] = ()
    """Those of the files that only pages of the release before load: browsers may still show one."""
    foreign: tuple[str, ...] = ()
    """Those that we did not make, and were declared to stay."""
    compressed: str = ""
    """With what the compressed files were made; empty where there are none."""

    def record(self) -> bytes:
        """What is written of it, without the files: they stand in the list."""
        return msgspec.json.format(msgspec.json.encode(msgspec.structs.replace(self, files={}))) + b"\n"

    def listing(self) -> bytes:
        """The list of its files."""
        return text(self.files)


def read(record: bytes, listing: bytes) -> Release | None:
    """A release by its record and its list; none where the record is damaged."""
    try:
        found = msgspec.json.decode(record, type=Release)
    except msgspec.DecodeError:
        return None
    return msgspec.structs.replace(found, files=parse(listing))


def number(id: str) -> int:
    """The number of a release by its id; zero for what is no id."""
    head, dash, total = id.partition("-")
    return int(head) if dash and head.isdecimal() and len(total) == 8 else 0


class Plan(Struct, frozen=True):
    """What makes a release of the one that the public sees."""

    release: Release
    sent: tuple[str, ...]
    """Files that travel, in the order in which they may be seen: what pages load, pages, lists of pages; new before changed."""
    removed: tuple[str, ...]
    """Files that the new release has no more, in the order in which they may go."""
    brought: tuple[str, ...] = ()
    """Files of others that were in no release before."""

    @property
    def is_empty(self) -> bool:
        return not (self.sent or self.removed or self.brought)


def plan(
    before: Release | None,
    wanted: Mapping[str, str],
    known: Iterable[str],
    at: str,
    *,
    foreign: Mapping[str, str] | None = None,
    compressed: str = "",
    edited: Iterable[str] = (),
    carry: bool = True,
) -> Plan:
    """The next release.

    Args:
        before: the release that the public sees.
        wanted: SHA-256 by address of the files of the site.
        known: ids of all releases at the target.
        at: the time, for people.
        foreign: the same of files at the target that were declared to stay.
        compressed: with what the compressed files among those wanted were made.
        edited: files that the public sees and that are not those of the release before: somebody has changed them there.
        carry: whether what the pages of the release before load stays for one release more.
    """
    foreign = foreign or {}
    old = dict(before.files) if before else {}
    for path in edited:
        old[path] = ""
    carried = _carried(before, wanted) if before and carry else {}
    files = {**foreign, **carried, **wanted}
    total = sha256(text(files)).hexdigest()
    last = max(map(number, known), default=0)
    release = Release(
        f"{last + 1:04}-{total[:8]}", at, files, tuple(sorted(carried)), tuple(sorted(foreign)), compressed
    )
    sent = [path for path in wanted if old.get(path) != wanted[path]]
    removed = old.keys() - files.keys()
    return Plan(
        release,
        tuple(sorted(sent, key=lambda path: (*_order(path)[:2], path in old, path))),
        tuple(sorted(removed, key=_order, reverse=True)),
        tuple(sorted(foreign.keys() - old.keys())),
    )


def _order(path: str) -> tuple[bool, bool, str]:
    return order(path.removesuffix(".gz").removesuffix(".br"))


def _carried(before: Release, wanted: Mapping[str, str]) -> dict[str, str]:
    """Of the release before, what its own pages load under an address that no other file gets. One release later it goes."""
    gone = before.files.keys() - wanted.keys() - {*before.carried} - {*before.foreign}
    return {
        path: before.files[path] for path in gone if headers.is_immutable(path.removesuffix(".gz").removesuffix(".br"))
    }

"""Which files of a folder are ours: the list, and during a publication the journal.

The list (`.honorroll`, in the format of `sha256sum`) names every published file. The journal is
there from before the first change until after the last, and names what the publication adds,
changes and removes. So a run that was killed at any point is known to the next one, which tells by
it what is ours, and puts the list in order with what stands there (`recover`).
"""

import os
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from hashlib import sha256

from honorroll.filesystem import atomic
from honorroll.incremental import file_stat

#: The list, the journal, and what these two are written to before they are moved into place.
LIST = file_stat.LIST
JOURNAL = ".honorroll.journal"
FRESH = ".honorroll.new"

#: The checksum that the journal gives to a file that is to be removed.
GONE = "0" * 64

#: What stands in no address: control characters, backslashes, and parts that are empty or lead elsewhere.
_ODD = re.compile(r"[\x00-\x1f\\]|(?:^.{64}  |/)(?:\.{0,2})(?:/|$)")
#: A list holds one of these where any address is odd. To look for them takes a sixth of the time of the pattern.
_SIGNS = (b"\\", b"//", b"/.", b"/\n", b"  /", b"  .", b"  \n")
_CONTROLS = bytes({*range(0x20)} - {0x0A})

_HEAD = b"# A publication is under way, or was cut off and the next one will mend it. By "


def checksum(data: bytes) -> str:
    """SHA-256 of a published file, in hexadecimal."""
    return sha256(data).hexdigest()


def text(sums: Mapping[str, str]) -> bytes:
    """A list of files: a line each, by address."""
    return "".join([f"{sums[url]}  {url}\n" for url in sorted(sums)]).encode()


def patched(listed: bytes, sums: Mapping[str, str]) -> bytes | None:
    """A list with other checksums for some of its files; none where one of them is not found."""
    data, at = bytearray(listed), 0
    for url in sorted(sums):
        at = data.find(f"  {url}\n".encode(), at)
        if at < 64 or (at > 64 and data[at - 65] != ord("\n")):
            return None
        data[at - 64 : at] = sums[url].encode()
    return bytes(data)


def parse(data: bytes | None) -> dict[str, str]:
    """Checksums by address, in the order of the lines.

    Lines that are damaged count as missing, and so do addresses that lead out of the folder: what is on a list is deleted.
    """
    whole = (data or b"").replace(b"\r\n", b"\n") + b"\n"
    lines = whole.decode("utf-8", "replace").split("\n")
    if any(sign in whole for sign in _SIGNS) or len(whole.translate(None, _CONTROLS)) < len(whole):
        lines = [line for line in lines if not _ODD.search(line)]
    return {line[66:]: line[:64] for line in lines if line[64:66] == "  "}


def temporaries(urls: Iterable[str]) -> list[str]:
    """What each of the files of a journal is written to first: beside it, and short enough for every name."""
    return [f"{folder}{slash}{LIST}.{n}" for n, (folder, slash, _) in enumerate(url.rpartition("/") for url in urls)]


def begin(out: str, sums: Mapping[str, str]) -> None:
    """Write the journal. The order of `sums` gives the temporary names."""
    from platform import node

    head = _HEAD + f"PID {os.getpid()} @ {node()}\n".encode("utf-8", "replace")
    _put(out, JOURNAL, head + "".join([f"{total}  {url}\n" for url, total in sums.items()]).encode())


def end(out: str, listed: bytes) -> None:
    """Put the list into place, then take the journal away."""
    if atomic.read(f"{out}/{LIST}") != listed:
        _put(out, LIST, listed)
    with suppress(FileNotFoundError):  # somebody removed it
        atomic.remove(f"{out}/{JOURNAL}")


def _put(out: str, name: str, data: bytes) -> None:
    atomic.write(f"{out}/{FRESH}", data, sync=True)
    atomic.move(f"{out}/{FRESH}", f"{out}/{name}")


def holder(out: str) -> str:
    """Who is publishing: process, machine, and since when; a question mark before the journal is there."""
    from datetime import UTC, datetime

    data = atomic.read(f"{out}/{JOURNAL}") or b""
    who = data.removeprefix(_HEAD).partition(b"\n")[0].decode("utf-8", "replace") if data.startswith(_HEAD) else ""
    try:
        since = datetime.fromtimestamp(os.lstat(f"{out}/{JOURNAL}").st_mtime, UTC).astimezone()
    except OSError:
        return who or "?"
    return f"{who or '?'}, {since:%Y-%m-%d %H:%M:%S}"


def recover(out: str, known: Mapping[str, str] | None = None) -> None:
    """Put a folder in order after a publication that was cut off; quick when none was.

    `known` is what its journal said, for when that has been removed with part of the folder.

    Its temporaries and empty folders go, and the list says what stands there. A file that was
    to be added is ours if it holds the bytes that the journal tells, or none (cut power); any
    other one has come from elsewhere since. The journal goes last, so this too may be cut off.
    """
    found = _read_journal(out)
    sums = known if found is None else found
    if sums is None:
        return
    ours = atomic.folders(sums)
    seen = atomic.survey(out, ours)
    for path in (*temporaries(sums), FRESH):
        if path in seen.files:
            atomic.remove(f"{out}/{path}")
    owned = parse(atomic.read(f"{out}/{LIST}"))
    for url, total in sums.items():
        data = atomic.read(f"{out}/{url}") if url in seen.files else None
        if data is None:
            owned.pop(url, None)
        elif url in owned or checksum(data) == total or not data.strip(b"\0"):
            owned[url] = checksum(data)
    atomic.drop_empty(out, ours & seen.folders)
    end(out, text(owned))


def _read_journal(out: str) -> dict[str, str] | None:
    """The journal's checksums by address. A run that was killed while it wrote its journal has changed nothing."""
    data = atomic.read(f"{out}/{JOURNAL}")
    if data is not None and data.startswith(_HEAD):
        return parse(data)
    torn = atomic.read(f"{out}/{FRESH}")
    if torn is not None and _HEAD.startswith(torn[: len(_HEAD)]):
        atomic.remove(f"{out}/{FRESH}")
    return None

"""What a publication has to do to a folder, and what speaks against it. Nothing is written here."""

import os
from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from itertools import islice

from msgspec import Struct

from honorroll.diagnostics import Diagnostic, Place
from honorroll.filesystem import atomic
from honorroll.publish.manifest import FRESH, GONE, JOURNAL, LIST, checksum, parse, patched, temporaries, text

#: How many foreign files a finding names.
_NAMED = 5


class Change(Struct, frozen=True):
    """What is to be done, in this order."""

    first: list[str]
    """No longer wanted, and standing where something new must be."""
    new: list[str]
    changed: list[str]
    gone: list[str]
    """No longer wanted."""
    left: set[str]
    """Folders that go when nothing is left in them."""
    sums: Mapping[str, str]
    """Checksums of what is written."""
    listing: bytes
    """The list in the end."""
    needed: bool
    """Whether there is anything to do."""

    @property
    def written(self) -> list[str]:
        """New and changed files, in the order of their temporaries."""
        return [*self.new, *self.changed]

    @property
    def journal(self) -> dict[str, str]:
        """What the journal is to say."""
        return {url: self.sums[url] for url in self.written} | dict.fromkeys((*self.first, *self.gone), GONE)


class _Facts(Struct, frozen=True):
    """How the folder is, beside how it is to be."""

    out: str
    wanted: Mapping[str, str]
    owned: Mapping[str, str]
    """What is `wanted`, where that names the same files."""
    seen: atomic.Survey
    new: list[str]
    changed: list[str]
    gone: AbstractSet[str]
    left: set[str]
    """Folders of files that are no longer wanted."""
    twins: AbstractSet[str]
    """New files that the system finds already: it ignores case or Unicode form."""


def compare(
    out: str, files: Mapping[str, bytes], kept: Mapping[str, str], last: str = "", declared: Collection[str] = ()
) -> Change | Diagnostic:
    """What makes the folder hold `files` and `kept`; PUB-01, PUB-05 or PUB-06 if it must not be done.

    Only the folders of files that may change are looked into. A list with the checksum `last` names these files, and
    `kept` with these checksums; so it need be neither read nor written line by line.
    """
    sums = {url: checksum(data) for url, data in files.items()}
    wanted = {**kept, **sums}
    listed = atomic.read(f"{out}/{LIST}")
    listing = patched(listed, sums) if listed and last == checksum(listed) else None
    if listing is None:
        listing = text(wanted)
        owned = wanted if listing == listed else parse(listed)
    else:
        owned = wanted
    unwanted = owned.keys() - wanted.keys() if owned is not wanted else set()
    places = atomic.folders([*files, *unwanted])
    seen = atomic.survey(out, places, None if unwanted else _names(files, places))
    there = {url for url in files if url in seen.files}  # of few files, and many are seen
    changed = sorted((url for url in there if not atomic.is_same(f"{out}/{url}", files[url])), key=order)
    new = sorted(files.keys() - there, key=order)
    left = atomic.folders(unwanted) & seen.folders
    facts = _Facts(out, wanted, owned, seen, new, changed, unwanted & seen.files, left, _twins(out, new, seen))

    known = None if listed is not None else (kept.keys() | there) - set(changed)
    problem = _clash(facts) or _stale(facts, kept) or _foreign(facts, known, declared)
    if problem:
        return problem
    first = _first(facts)
    return Change(
        first=sorted(first, key=order, reverse=True),
        new=new,
        changed=changed,
        gone=sorted(facts.gone - first, key=order, reverse=True),
        left=left,
        sums=sums,
        listing=listing,
        needed=bool(new or changed or listing != listed),
    )


def _names(files: Iterable[str], places: AbstractSet[str]) -> set[str]:
    """The names that matter where these files are to be written and none is to go."""
    urls = [*files]
    paths = (*urls, *places, *temporaries(urls), JOURNAL, FRESH, LIST)
    return {path.rpartition("/")[2] for path in paths}


def order(url: str) -> tuple[bool, bool, str]:
    """What is linked to comes before what links to it: pictures and styles, pages, lists of pages."""
    return url.endswith("index.html"), url.endswith(".html"), url


def _fold(path: str) -> str:
    """A path as a system that ignores case and Unicode form sees it."""
    if path.isascii():
        return path.lower()
    from unicodedata import normalize

    return normalize("NFC", normalize("NFC", path).casefold())


def _twins(out: str, new: Iterable[str], seen: atomic.Survey) -> set[str]:
    """Raises `OSError` for a path that is too long, before anything is written."""
    found = set()
    for url in new:
        try:
            os.lstat(f"{out}/{url}")
        except (FileNotFoundError, NotADirectoryError):
            continue
        if url not in seen:
            found.add(url)
    return found


def _first(facts: _Facts) -> set[str]:
    """Our files that must go before the new ones come: a file in place of a folder, or the other way, or a twin."""
    new, places, spelt = set(facts.new), atomic.folders(facts.new), {_fold(url) for url in facts.twins}
    return {url for url in facts.gone if url in places or _fold(url) in spelt or new & atomic.folders([url])}


def _clash(facts: _Facts) -> Diagnostic | None:
    """PUB-05 when two addresses, or their folders, are one on some systems. What was published once has been asked."""
    if not facts.new:
        return None
    seen: dict[str, str] = {}
    folders = {folder: f"{folder}/" for folder in sorted(atomic.folders(facts.wanted) - {""})}
    for path, name in (*folders.items(), *((url, url) for url in sorted(facts.wanted))):
        key = _fold(path)
        if key in seen:
            return Diagnostic("PUB-05", Place(facts.out), {"one": seen[key], "other": name})
        seen[key] = name
    return None


def _stale(facts: _Facts, kept: Mapping[str, str]) -> Diagnostic | None:
    """PUB-06 when a file that is to be kept is another by now: somebody published while this build was at work."""
    if facts.owned is facts.wanted:
        return None
    for url in sorted(url for url, total in kept.items() if facts.owned.get(url) != total):
        data = atomic.read(f"{facts.out}/{url}")
        if data is None or checksum(data) != kept[url]:
            return Diagnostic("PUB-06", Place(f"{facts.out}/{url}"))
    return None


def is_declared(path: str, declared: Collection[str]) -> bool:
    """Whether a file, or a folder that holds it, is among those that somebody else made and that are to stay."""
    names = {name.strip("/") for name in declared}
    return not names.isdisjoint((path, *atomic.folders([path])))


def _foreign(facts: _Facts, known: AbstractSet[str] | None, declared: Collection[str]) -> Diagnostic | None:
    """PUB-01 when something that is not ours would be lost.

    `known` is for a folder without a list: the files that are as we would write them. Nothing is
    lost by taking them over, but any other file there means that the folder is not ours, unless it is declared.
    """
    found = () if known is None else (path for path in atomic.walk(facts.out) if path not in known)
    strangers = (path for path in found if not is_declared(path, declared))
    names = set(islice(strangers, _NAMED)) or _in_the_way(facts)
    outermost = sorted(name for name in names if not names & atomic.folders([name]))
    return Diagnostic("PUB-01", Place(facts.out), {"names": "、".join(outermost[:_NAMED])}) if names else None


def _in_the_way(facts: _Facts) -> set[str]:
    """What is not ours and stands where we write."""
    seen, written = facts.seen, [*facts.new, *facts.changed]
    places = atomic.folders(written)
    blocked = {path for path in (JOURNAL, FRESH, *temporaries(written)) if path in seen}
    blocked |= {LIST} - seen.files if LIST in seen else set()
    blocked |= places.union(written) & seen.others
    blocked |= (places & seen.files) - facts.gone
    blocked |= set(facts.changed) - facts.owned.keys()
    blocked |= {url for url in facts.twins - facts.owned.keys() if _fold(url) not in map(_fold, facts.gone)}
    for url in seen.folders.intersection(written):
        blocked |= seen.below(url) - facts.gone - facts.left or {url} - facts.left
    return blocked

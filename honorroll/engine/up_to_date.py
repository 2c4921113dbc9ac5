"""A build that has nothing to do ends here, before anything large is imported.

If the inputs, the options and this program are those of the last build, that build had nothing
to say, no post has appeared since by its time of the day, and every file of the site is as it was left,
then its result holds.
"""

import marshal
from collections.abc import Callable

from msgspec import Struct

from honorroll.chinese import Holds
from honorroll.engine.options import Options, Result
from honorroll.filesystem import Snapshot, atomic
from honorroll.fingerprint import fingerprint
from honorroll.incremental import DamagedError, State, version
from honorroll.inputs import scan
from honorroll.publish import JOURNAL, LIST, Counts, Folder, parse

#: The key of the one value of each table here.
LAST = "last"


class LastResult(Struct, frozen=True):
    """The result of a build that had nothing to say."""

    asked: str
    """Fingerprint of its inputs, its options and this program."""
    pages: int
    listed: str
    """Fingerprint of the list of the site's files."""
    holds: Holds
    drafts: int
    later: int


class LastLook(Struct, frozen=True):
    """How all files of the site were seen when each was as it should be."""

    seen: str
    """Fingerprint of their states."""
    files: int


def build(options: Options, seen: Callable[[], dict[str, State]] | None = None) -> Result:
    """`pipeline.build` into the folder `options.out`, unless the last result still holds.

    `seen` gives the states of its files, if somebody has already looked.
    """
    store = Folder(options.out, options.root / ".cache", options.verify, options.dry, seen)
    database, read, asked, files = store.database, None, "", 0
    try:
        read = scan.read(options.root, database)
        asked = _asked(options, read[0])
        last = None if options.dry or read[1] else database.table("last result", LastResult).get(LAST)
        if last and last.asked == asked and last.holds.at(options.now):
            files = _whole(store, last.listed)
        if last and files:
            database.save()
            return Result((), last.pages, Counts(0, files, 0), drafts=last.drafts, later=last.later)
    except DamagedError:
        database.discard()

    from honorroll.engine import pipeline

    result = pipeline.build(options, store, read)
    if result.counts and result.holds and not result.findings and result.read:
        listed = atomic.read(f"{options.out}/{LIST}") or b""
        asked = _asked(options, result.read[0])
        last = LastResult(asked, result.pages, fingerprint(listed), result.holds, result.drafts, result.later)
        database.table("last result", LastResult).put(LAST, last)
        database.save()
    return result


def _asked(options: Options, snapshot: Snapshot) -> str:
    """Fingerprint of what the result depends on, apart from the time of the day."""
    names = [name for name in options.__struct_fields__ if name not in {"clock", "cluster", "jobs", "progress"}]
    words = [version(), *(f"{name}={getattr(options, name)}" for name in names)]
    words += [f"{path}={file.fingerprint}" for path, file in snapshot.files.items()]
    return fingerprint("\n".join(words).encode("utf-8", "surrogateescape"))


def _whole(store: Folder, last: str) -> int:
    """How many files the site has, if the list of them and each of them is as the last build left it."""
    listed = atomic.read(f"{store.out}/{LIST}") or b""
    if fingerprint(listed) != last or atomic.read(f"{store.out}/{JOURNAL}") is not None:
        return 0
    looks, seen = store.database.table("last look", LastLook), store.look()
    total, known = f"{last} {fingerprint(marshal.dumps(seen, 2))}", looks.get(LAST)  # 2: equal bytes for equal values
    if known and seen and known.seen == total:
        return known.files
    owned = parse(listed)
    before, _ = store.before()
    left = {url: before[url] for url, own in owned.items() if url in before and before[url].checksum == own}
    kept = store.kept(left, seen)
    if not len(left) == len(owned) == len(kept):
        return 0
    if all(seen.get(url) == trace.state for url, trace in kept.items()):
        looks.put(LAST, LastLook(total, len(owned)))
    return len(owned)

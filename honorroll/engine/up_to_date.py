"""A build that has nothing to do ends here, before anything large is imported.

If the inputs, the options and this program are those of the last build, that build had nothing
to say, no post has appeared since by its time of the day, and every file of the site is as it was left,
then its result holds.
"""

import marshal
from collections.abc import Callable

from honorroll.chinese import Holds
from honorroll.engine.options import Options, Result
from honorroll.filesystem import Snapshot, atomic
from honorroll.fingerprint import digest
from honorroll.incremental import Shelf, State, version
from honorroll.inputs import scan
from honorroll.publish import JOURNAL, LIST, Counts, Folder, parse


def build(options: Options, seen: Callable[[], dict[str, State]] | None = None) -> Result:
    """`pipeline.build` into the folder `options.out`, unless the last result still holds.

    `seen` gives the states of its files, if somebody has already looked.
    """
    store = Folder(options.out, options.root / ".cache", options.verify, options.dry, seen)
    read = scan.read(options.root, store.memos.shelf("inputs"))
    asked = _asked(options, read[0])
    shelf = store.memos.shelf("settled")
    last = None if options.dry or read[1] else shelf.get("last")
    is_same = last and last[0] == asked and Holds(*last[3]).at(options.now)
    files = _whole(store, last[2], shelf) if last and is_same else 0
    if last and files:
        store.memos.save()
        return Result((), last[1], Counts(0, files, 0))

    from honorroll.engine import pipeline

    result = pipeline.build(options, store, read)
    if result.counts and result.holds and not result.findings:
        listed = atomic.read(f"{options.out}/{LIST}") or b""
        shelf.put("last", (asked, result.pages, digest(listed), tuple(result.holds)))
        store.memos.save()
    return result


def _asked(options: Options, snapshot: Snapshot) -> str:
    """Digest of what the result depends on, apart from the time of the day."""
    names = [name for name in options.__struct_fields__ if name not in {"clock", "jobs", "progress"}]
    words = [version(), *(f"{name}={getattr(options, name)}" for name in names)]
    words += [f"{path}={file.digest}" for path, file in snapshot.files.items()]
    return digest("\n".join(words).encode("utf-8", "surrogateescape"))


def _whole(store: Folder, last: str, shelf: Shelf) -> int:
    """How many files the site has, if the list of them and each of them is as the last build left it.

    On the shelf lies how all of them were seen when each was compared last, which tells it at once.
    """
    listed = atomic.read(f"{store.out}/{LIST}") or b""
    if digest(listed) != last or atomic.read(f"{store.out}/{JOURNAL}") is not None:
        return 0
    seen = store.look()
    total, known = f"{last} {digest(marshal.dumps(seen, 2))}", shelf.get("seen")  # 2: equal bytes for equal values
    if known and seen and known[0] == total:
        return int(known[1])
    owned = parse(listed)
    before = store.memos.shelf("traces").of(owned)
    left = {url: before[url] for url, own in owned.items() if url in before and before[url].checksum == own}
    kept = store.kept(left, seen)
    if not len(left) == len(owned) == len(kept):
        return 0
    if all(seen.get(url) == trace.state for url, trace in kept.items()):
        shelf.put("seen", (total, len(owned)))
    return len(owned)

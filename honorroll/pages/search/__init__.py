"""The search of the public site: its index, as files of the site that rebuild like pages.

A *document* is a page that can be found. Its number says where it stands in time, so that of two the newer has the
higher one. A *shard* holds for some pairs of characters the numbers of the documents in which they occur
(`postings.py`); a *block* holds the words of a few documents with neighbouring numbers, for titles and excerpts.
All follows from the documents alone, in whatever order these came.

What a document says is kept by its page's key. So after an edit only the pages that changed are read, and only
the shards of the pairs that they gained or lost, and their blocks, are made anew.
"""

from array import array
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from itertools import filterfalse, groupby
from math import isqrt
from typing import Any, NamedTuple

import msgspec

from honorroll import parallel
from honorroll.content import Texts
from honorroll.fingerprint import fingerprint
from honorroll.incremental import DamagedError, Database
from honorroll.pages.contexts import FOUND
from honorroll.pages.page import Raw
from honorroll.pages.planning import Page, Plan
from honorroll.pages.search.documents import NOWHERE, Document, document, pairs_of
from honorroll.pages.search.postings import encode
from honorroll.pages.search.shards import Shards, script

#: How many documents share a block.
BLOCK = 4
#: The numbers of a month are a multiple of this, so that most months keep theirs when another gains a document.
ROOM = 64
#: How many characters of a text are kept for excerpts. All of it is found.
KEPT = 2000


class Known(NamedTuple):
    """What is stored of a document."""

    key: str
    """Fingerprint of what its page is made from."""
    day: str
    number: int
    total: str
    """Its own fingerprint."""


_NONE = Known("", "", -1, "")

_pack, _unpack = msgspec.json.Encoder().encode, msgspec.json.Decoder(Document).decode


def extended(plan: Plan, texts: Texts, database: Database, jobs: int, cluster: parallel.Workers | None = None) -> Plan:
    """The plan with the files of the search; the words of many pages are read by so many processes, or a cluster. Raises `MovedError`."""
    return _Search(plan, texts, database, partial(parallel.each, jobs=jobs, picklable=True, cluster=cluster)).extended()


def _pairs(packed: str) -> tuple[Collection[int], ...]:
    """The pairs of a document that is there, in the form that passes fastest from process to process."""
    return tuple([array("Q", found) for found in pairs_of(_unpack(packed))]) if packed else NOWHERE


def numbered(days: Mapping[str, str]) -> dict[str, int]:
    """The number of each document by its address and day: by month, day and address, those without a day first."""
    numbers: dict[str, int] = {}
    start = 0
    for _, month in groupby(sorted((day, url) for url, day in days.items()), key=lambda item: item[0][:7]):
        urls_of_month = [url for _, url in month]
        numbers |= {url: start + at for at, url in enumerate(urls_of_month)}
        start += -(-len(urls_of_month) // ROOM) * ROOM
    return numbers


class _File(Raw, frozen=True):
    """A file of the index, made when it is asked for; `Plan.plus` is told its fingerprint."""

    make: Callable[[str], str]

    def text(self) -> str:
        return self.make(self.url)


class _Search:
    """The index of one build, and what is kept of it for the next."""

    def __init__(self, plan: Plan, texts: Texts, database: Database, each: Callable[..., Iterator[Any]]) -> None:
        self._plan, self._texts, self._database, self._each = plan, texts, database, each
        self._known, self._files = database.table("search documents", Known), database.table("search files", str)
        self._counts = database.table("search", int)
        self._fresh: dict[str, str] = {}
        self._made: dict[str, str] = {}
        """Documents that are not stored yet, as JSON."""
        self._keys = {url: plan.fingerprints[url] for url, page in plan.pages.items() if page.template in FOUND}
        self._count = 1 << (isqrt(64 * len(self._keys))).bit_length()
        self._by_number: dict[int, str] = {}

    def extended(self) -> Plan:
        """The plan with one more page for each file of the index."""
        known = {**self._known.values}
        self._update(known if self._counts.get("shards") == self._count else {})
        return self._plan.plus({**self._files.values}, "raw.txt", self._page)

    def _page(self, url: str) -> Page:
        return Page(url, _File(url, self._text))

    def _text(self, url: str) -> str:
        name = url.removeprefix("search/").removesuffix(".js")
        if name.startswith("d"):
            return self._block(name)
        if name in self._fresh:
            return self._fresh[name]
        return self._database.load(_memo(url), str(self._files.get(url))) or self._again(name)

    def _again(self, name: str) -> str:
        self._update({})
        return self._fresh[name]

    def _update(self, known: Mapping[str, Known]) -> None:
        """Bring what is kept up to date, from nothing if nothing is known. Raises `MovedError`."""
        self._now, self._by_number = known, {}
        fresh = [url for url, key in self._keys.items() if known.get(url, _NONE)[0] != key]
        gone = {*filterfalse(self._keys.__contains__, known)}
        if known and not fresh and not gone:
            return
        old = {url: self._last(url, known[url]) for url in (*fresh, *gone) if url in known}
        new = {url: self._new(url, old.get(url)) for url in fresh}
        if not gone and all(url in known and known[url][1] == day for url, (day, _) in new.items()):
            numbers = {url: known[url][2] for url in fresh}
            changed = {}
        else:
            days = {url: item[1] for url, item in known.items() if url not in gone}
            numbers = numbered(days | {url: day for url, (day, _) in new.items()})
            moved = {url: item for url, item in known.items() if item[2] != numbers.get(url) and url not in old}
            old |= {url: self._last(url, item) for url, item in moved.items()}
            new |= {url: (day, total) for url, (_, day, _, total) in moved.items()}
            changed = {"index": script("index", self._head(numbers))}
        now = {url: Known(self._keys[url], day, numbers[url], total) for url, (day, total) in new.items()}
        shards, blocks = self._noted(known, old, now)
        changed |= shards.changed(self._shard, every=not known)

        # Nothing fails from here on, so that what is stored is of one piece.
        self._now = {url: item for url, item in {**known, **now}.items() if url not in gone}
        self._by_number = {}
        if not known:
            self._known.clear()
            self._files.clear()
        for url, packed in self._made.items():
            self._database.store(_memo(url), self._keys[url], packed)
        self._made = {}
        for url, item in now.items():
            self._known.put(url, item)
        for url in gone:
            self._known.drop(url)
        for name, text in changed.items():
            self._keep(name, text)
        for block in blocks:
            self._keep_block(f"d{block}")
        self._counts.put("shards", self._count)
        self._database.retain({*self._texts.stored, *map(_memo, self._keys), *map(_memo, self._files.values)})

    def _noted(
        self, known: Mapping[str, Known], old: Mapping[str, Document], now: Mapping[str, Known]
    ) -> tuple[Shards, set[int]]:
        """What documents gain and lose that were `old` and stand as `now`; and the blocks that this concerns."""
        shards, blocks = Shards(self._count), set()
        ordered = sorted({*old, *now}, key=lambda url: now[url][2] if url in now else -1)
        moved = [url for url in ordered if known.get(url, _NONE)[2:] != now.get(url, _NONE)[2:]]
        packed = (self._packed(url) if url in now else "" for url in moved)
        for url, there in zip(moved, self._each(_pairs, packed, len(moved)), strict=True):
            was, new = known.get(url, _NONE).number, now.get(url, _NONE).number
            shards.note(pairs_of(old[url]) if url in old else NOWHERE, was, there, new)
            blocks |= {number // BLOCK for number in (was, new) if number >= 0}
        return shards, blocks

    def _keep(self, name: str, text: str) -> None:
        url, total = _url(name), fingerprint(text.encode())
        self._files.put(url, total)
        self._database.store(_memo(url), total, text)
        self._fresh[name] = text

    def _keep_block(self, name: str) -> None:
        members = self._members(name)
        if members:
            total = fingerprint(repr([(*each, self._now[each[1]][3]) for each in members]).encode())
            self._files.put(_url(name), total)
        else:
            self._files.drop(_url(name))

    def _shard(self, name: str) -> str:
        url = _url(name)
        text = self._database.load(_memo(url), str(self._files.get(url)))
        if text is None:
            raise DamagedError(url)
        return text

    def _last(self, url: str, known: Known) -> Document:
        text = self._database.load(_memo(url), known[0])
        if text is None:
            raise DamagedError(url)
        return _unpack(text)

    def _new(self, url: str, last: Document | None = None) -> tuple[str, str]:
        """The day and the fingerprint of a document that is made anew."""
        found = document(self._plan.page(url), self._texts, last)
        packed = _pack(found)
        if self._now:
            self._made[url] = packed.decode()  # while the tables name the last one, that one stays
        else:
            self._database.store(_memo(url), self._keys[url], packed.decode())
        return found.day, fingerprint(packed)

    def _document(self, url: str) -> Document:
        return _unpack(self._packed(url))

    def _packed(self, url: str) -> str:
        """The document of a page, as JSON."""
        text = self._made.get(url) or self._database.load(_memo(url), self._keys[url])
        return text or _pack(document(self._plan.page(url), self._texts)).decode()

    def _head(self, numbers: Mapping[str, int]) -> dict[str, object]:
        """What the search must know before anything else."""
        kinds: dict[str, list[int]] = {}
        for url, number in numbers.items():
            kinds.setdefault(self._kind(url), []).append(number)
        return {"shards": self._count, "block": BLOCK, "kinds": {kind: encode(found) for kind, found in kinds.items()}}

    def _kind(self, url: str) -> str:
        template = self._plan.pages[url].template
        assert template
        return FOUND[template]

    @property
    def _places(self) -> dict[int, str]:
        """The addresses of the documents by number."""
        if not self._by_number:
            self._by_number = {number: url for url, (_, _, number, _) in self._now.items()}
        return self._by_number

    def _members(self, name: str) -> list[tuple[int, str]]:
        """The numbers and addresses of the documents in a block."""
        start = int(name[1:]) * BLOCK
        return [(number, self._places[number]) for number in range(start, start + BLOCK) if number in self._places]

    def _block(self, name: str) -> str:
        rows = []
        for number, url in self._members(name):
            found, kind = self._document(url), self._kind(url)
            words, whole = found.text[:KEPT], int(len(found.text) <= KEPT)
            rows.append((number, url, kind, found.title, found.day, found.note, found.initials, words, whole))
        return script(name, rows)


def _url(name: str) -> str:
    """Address of a file of the index: `index`, a shard `b7` or a block `d12`."""
    return f"search/{name}.js"


def _memo(url: str) -> str:
    """The key under which a file, or the document of a page, is stored."""
    return f"search {url}"

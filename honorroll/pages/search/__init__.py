"""The search of the public site: its index, as files of the site that rebuild like pages.

A *document* is a page that can be found. Its number says where it stands in time, so that of two the newer has the
higher one. A *shard* holds for some pairs of characters the numbers of the documents in which they occur
(`postings.py`); a *block* holds the words of a few documents with neighbouring numbers, for titles and excerpts.
All follows from the documents alone, in whatever order these came.

What a document says is kept by its page's key. So after an edit only the pages that changed are read, and only
the shards of the pairs that they gained or lost, and their blocks, are made anew.
"""

from collections.abc import Callable, Collection, Mapping
from itertools import filterfalse, groupby
from math import isqrt

import msgspec
from msgspec import Struct, field

from honorroll.content import Texts
from honorroll.fingerprint import digest
from honorroll.incremental import SEARCHED, Memos, differences
from honorroll.pages.page import Raw
from honorroll.pages.planning import Page, Plan
from honorroll.pages.search.documents import KINDS, NOWHERE, Document, document, pairs_of
from honorroll.pages.search.postings import encode
from honorroll.pages.search.shards import LostError, Shards, script

#: How many documents share a block.
BLOCK = 4
#: The numbers of a month are a multiple of this, so that most months keep theirs when another gains a document.
ROOM = 64
#: How many characters of a text are kept for excerpts. All of it is found.
KEPT = 2000
#: What is kept of a document: the digest of what its page is made from, its day, its number, its own digest.
Known = tuple[str, str, int, str]

_NONE: Known = "", "", -1, ""

_pack, _unpack = msgspec.json.Encoder().encode, msgspec.json.Decoder(Document).decode


class Last(Struct):
    """The documents of the last build. None, where a store keeps nothing from build to build."""

    contents: Mapping[str, str] = field(default_factory=dict)
    """Of all pages."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Digest of what a document is made from, by address."""
    places: dict[int, str] = field(default_factory=dict)
    """Addresses by number."""


def extended(plan: Plan, texts: Texts, memos: Memos, last: Last | None = None) -> Plan:
    """The plan with the files of the search. Raises `MovedError`."""
    return _Search(plan, texts, memos, last or Last()).extended()


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

    def __init__(self, plan: Plan, texts: Texts, memos: Memos, last: Last) -> None:
        self._plan, self._texts, self._memos, self._before = plan, texts, memos, last
        self._known, self._files = memos.shelf("search"), memos.shelf("search files")
        self._fresh: dict[str, str] = {}
        self._moved, gone = differences(plan.contents, last.contents)
        self._keys = {**last.keys}
        for url in (*self._moved, *gone) if self._keys else ():
            self._keys.pop(url, None)
        self._keys |= {url: plan.contents[url] for url in self._moved if plan.pages[url].template in KINDS}
        self._count = 1 << (isqrt(64 * len(self._keys))).bit_length()

    def extended(self) -> Plan:
        """The plan with one more page for each file of the index."""
        known: Mapping[str, Known] = self._known.of(self._keys)
        state = self._count, len(known), len(self._files)
        try:
            self._update(known if self._files.get("") == state else {})
        except LostError:
            self._update({})
        last = self._before
        last.contents, last.keys = self._plan.contents, self._keys
        files = {**self._files.of(self._files)}
        del files[""]
        return self._plan.plus(files, "raw.txt", self._page)

    def _page(self, url: str) -> Page:
        return Page(url, _File(url, self._text))

    def _text(self, url: str) -> str:
        name = url.removeprefix("search/").removesuffix(".js")
        if name.startswith("d"):
            return self._block(name)
        if name in self._fresh:
            return self._fresh[name]
        return self._memos.get(_memo(url), str(self._files.get(url))) or self._again(name)

    def _again(self, name: str) -> str:
        self._update({})
        return self._fresh[name]

    def _update(self, known: Mapping[str, Known]) -> None:
        """Bring what is kept up to date, from nothing if nothing is known. Raises `LostError` and `MovedError`."""
        self._now = known
        if not known:
            self._before.places = {}
        fresh = self._new_or_other(known)
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
        now = {url: (self._keys[url], day, numbers[url], total) for url, (day, total) in new.items()}
        shards, blocks = self._noted(known, old, now)
        changed |= shards.changed(self._shard, every=not known)

        # Nothing fails from here on, so that what is kept is of one piece.
        places = self._places
        for url in known.keys() & [*now, *gone]:
            del places[known[url][2]]
        places |= {item[2]: url for url, item in now.items()}
        self._now = (
            {url: item for url, item in {**known, **now}.items() if url not in gone} if gone else {**known, **now}
        )
        if not known:
            self._known.clear()
            self._files.clear()
        for url, item in now.items():
            self._known.put(url, item)
        for url in gone:
            self._known.drop(url)
        for name, text in changed.items():
            self._keep(name, text)
        for block in blocks:
            self._keep_block(f"d{block}")
        self._files.put("", (self._count, len(self._known), len(self._files) + ("" not in self._files)))

    def _new_or_other(self, known: Mapping[str, Known]) -> list[str]:
        """The addresses of the documents that are not what is known of them."""
        asked: Collection[str] = self._moved if known and self._before.keys else self._keys
        return [url for url in asked if url in self._keys and known.get(url, _NONE)[0] != self._keys[url]]

    def _noted(
        self, known: Mapping[str, Known], old: Mapping[str, Document], now: Mapping[str, Known]
    ) -> tuple[Shards, set[int]]:
        """What documents gain and lose that were `old` and stand as `now`; and the blocks that this concerns."""
        shards, blocks = Shards(self._count), set()
        for url in sorted({*old, *now}, key=lambda url: now[url][2] if url in now else -1):
            here, there = known.get(url, _NONE), now.get(url, _NONE)
            if here[2:] != there[2:]:
                was = pairs_of(old[url]) if url in old else NOWHERE
                shards.note(was, here[2], pairs_of(self._document(url)) if url in now else NOWHERE, there[2])
                blocks |= {number // BLOCK for number in (here[2], there[2]) if number >= 0}
        return shards, blocks

    def _keep(self, name: str, text: str) -> None:
        url, total = _url(name), digest(text.encode())
        self._files.put(url, total)
        self._memos.put(_memo(url), total, text)
        self._fresh[name] = text

    def _keep_block(self, name: str) -> None:
        members = self._members(name)
        if members:
            total = digest(repr([(*each, self._now[each[1]][3]) for each in members]).encode())
            self._files.put(_url(name), total)
        else:
            self._files.drop(_url(name))

    def _shard(self, name: str) -> str:
        url = _url(name)
        text = self._memos.get(_memo(url), str(self._files.get(url)))
        if text is None:
            raise LostError
        return text

    def _last(self, url: str, known: Known) -> Document:
        text = self._memos.get(_memo(url), known[0])
        if text is None:
            raise LostError
        return _unpack(text)

    def _new(self, url: str, last: Document | None = None) -> tuple[str, str]:
        """The day and the digest of a document that is made anew and kept."""
        found = document(self._plan.page(url), self._texts, last)
        packed = _pack(found)
        self._memos.put(_memo(url), self._keys[url], packed.decode())
        return found.day, digest(packed)

    def _document(self, url: str) -> Document:
        text = self._memos.get(_memo(url), self._keys[url])
        return document(self._plan.page(url), self._texts) if text is None else _unpack(text)

    def _head(self, numbers: Mapping[str, int]) -> dict[str, object]:
        """What the search must know before anything else."""
        kinds: dict[str, list[int]] = {}
        for url, number in numbers.items():
            kinds.setdefault(self._kind(url), []).append(number)
        return {"shards": self._count, "block": BLOCK, "kinds": {kind: encode(found) for kind, found in kinds.items()}}

    def _kind(self, url: str) -> str:
        template = self._plan.pages[url].template
        assert template
        return KINDS[template][0]

    @property
    def _places(self) -> dict[int, str]:
        """The addresses of the documents by number."""
        if not self._before.places:
            self._before.places = {number: url for url, (_, _, number, _) in self._now.items()}
        return self._before.places

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
    """Under which key a file, or the document of a page, is kept."""
    return f"{SEARCHED}{url}"

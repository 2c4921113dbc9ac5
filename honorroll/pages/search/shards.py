"""The index by pairs of characters, in shards, each the text of a file that the search loads as a script."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial

import msgspec

from honorroll.pages.search.documents import Pairs
from honorroll.pages.search.fold import shard, spelled
from honorroll.pages.search.postings import decode, encode

_pack = msgspec.json.Encoder(order="sorted").encode


def script(name: str, content: object) -> str:
    """A file that hands `content` to the search under its name."""
    plain = _pack(content).decode().replace("<", "\\u003c")  # so that nobody can take it for a page
    return f'honorrollSearch.put("{name}",{plain});\n'


class Shards:
    """What documents gained and lost, until the shards that it concerns are written anew."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._gained = [_postings() for _ in range(5)]
        self._lost = [_postings() for _ in range(5)]

    def note(self, before: Pairs, old: int, after: Iterable[Collection[int]], new: int) -> None:
        """A document had the pairs `before` under the number `old`, and has `after` under `new`."""
        for gained, lost, was, now in zip(self._gained, self._lost, before, after, strict=True):
            if was and now and old == new:
                was, now = was.difference(now), {*now} - was  # noqa: PLW2901  # what stays needs no word
            for pair in was:
                lost[pair].append(old)
            for pair in now:
                gained[pair].append(new)

    def changed(self, last: Callable[[str], str], *, every: bool = False) -> Iterator[tuple[str, str]]:
        """The name and the new text of each shard that has changed, or of all; `last` gives the old one."""
        concerned: dict[int, list[tuple[int, str]]] = {number: [] for number in range(self._count)} if every else {}
        for pair in set().union(*self._gained, *self._lost):
            text = spelled(pair)
            if " " not in text:
                concerned.setdefault(shard(text, self._count), []).append((pair, text))
        for number, pairs in concerned.items():
            name = f"b{number}"
            old = "" if every else last(name)
            held = msgspec.json.decode(old[old.index(",") + 1 : -3], type=dict[str, str]) if old else {}
            for pair, text in pairs:
                held[text] = self._patched(pair, held.get(text, ""))
            yield name, script(name, {text: lists for text, lists in held.items() if lists})

    def _patched(self, pair: int, lists: str) -> str:
        old = lists.split("|") if lists else []
        old += [""] * (5 - len(old))
        for at, text in enumerate(old):
            gained, lost = self._gained[at].get(pair), self._lost[at].get(pair)
            if gained or lost:
                old[at] = encode({*decode(text)}.difference(lost or ()).union(gained or ()) if text else gained or ())
        return "|".join(old).rstrip("|")


def _postings() -> "defaultdict[int, array[int]]":
    return defaultdict(partial(array, "I"))

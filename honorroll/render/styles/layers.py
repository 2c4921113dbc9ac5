"""Cascade layers as specificity: how much stronger the selectors of each must be than those of the layers below."""

import re
from collections.abc import Iterator, Sequence

from honorroll.render.styles import selectors
from honorroll.render.styles.sheet import Block

#: Rules that hold rules.
OPENS_BLOCK = re.compile(r"@(?:media|supports|container|starting-style|scope|document|-moz-document)\b")
_ANY = re.compile(r":-(?:webkit|moz)-any\(")
_GROUPED = re.compile(r"[][()\"'\\\\]")

Layer = tuple[str, ...]
"""The names of a layer and of the layers that it lies in, outermost first. Nothing, for what lies in none."""


class Layers:
    """The layers of a site."""

    def __init__(self) -> None:
        self._ids: dict[Layer, int] = {}
        """The most ids that a selector of a layer has, -1 without any selector; in the order of first mention."""

    def read(self, items: Sequence[Block | str], layer: Layer = ()) -> None:
        """Take up the layers of some rules, which stand inside a layer."""
        for item in items:
            if isinstance(item, str):
                for inner in named(item, layer):
                    self._mention(inner)
            elif item.head.startswith("@layer"):
                inner = next(named(item.head, layer))
                self._mention(inner)
                self.read(item.items, inner)
            elif OPENS_BLOCK.match(item.head):
                self.read(item.items, layer)
            elif item.head[0] != "@":
                ids = max(map(selectors.ids_of, listed(item.head)), default=-1)
                self._mention(layer)
                self._ids[layer] = max(self._ids[layer], ids)

    def _mention(self, layer: Layer) -> None:
        for end in range(1, len(layer) + 1):
            self._ids.setdefault(layer[:end], -1)
        self._ids.setdefault(layer, -1)

    def strengths(self, *, important: bool = False) -> dict[Layer, int]:
        """By how many ids a layer's selectors must be stronger; among important declarations the order is turned."""
        place = {layer: at for at, layer in enumerate(self._ids)}

        def rank(layer: Layer) -> list[int]:  # what a layer holds itself is stronger than the layers inside
            return [*(place[layer[: end + 1]] for end in range(len(layer))), len(place)]

        found: dict[Layer, int] = {}
        needed = 0
        for layer in sorted(place, key=rank, reverse=important):
            found[layer] = needed
            needed += self._ids[layer] + 1
        return found


def named(text: str, layer: Layer) -> Iterator[Layer]:
    """The layers that a statement or the head of a block names, inside a layer."""
    if text.startswith("@layer"):
        for name in text.removeprefix("@layer").split(","):
            yield (*layer, *name.strip().split("."))


def listed(head: str) -> list[str]:
    """The selectors of a rule, without those that the library adds for browsers that have another name for `:is()`."""
    parts = selectors.split(head) if _GROUPED.search(head) else head.split(",")
    return [part for part in parts if not _ANY.search(part)]

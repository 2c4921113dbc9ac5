r"""Style sheets as they are published: CSS of today rewritten for the browsers of the floor, `FLOOR`.

`lightningcss` undoes nesting, ranges in media queries, colours and most logical properties, adds prefixes and leaves
out white space. What it does not do is done here:

- cascade layers become specificity: each selector gets as many `:not(#\#)`, which match anything, as its layer needs
  to be stronger than all below. So a browser without layers does not lose all style. All style sheets of a site are
  taken together, since layers belong to a page, not to a file; what is in no layer is strongest.
- `:is()` is written out, and a selector that old browsers do not know never stands in a list with others, which they
  would drop too.
- logical shorthands with `var()` in them are split; a `var()` is taken for one value.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from honorroll.filesystem import Source
from honorroll.render.styles import selectors
from honorroll.render.styles.declarations import declared
from honorroll.render.styles.faults import faults
from honorroll.render.styles.layers import OPENS_BLOCK, Layer, Layers, listed, named
from honorroll.render.styles.sheet import FLOOR, Block, lowered, parsed

__all__ = ["FLOOR", "faults", "publish"]


def publish(*sources: Source) -> list[bytes]:
    """All style sheets of a site as they are published. They must have no fault; a `Source` may raise `MovedError`."""
    return _published(tuple(source.text for source in sources))


@lru_cache(maxsize=8)  # of a preview that goes back and forth, and of many builds in one process
def _published(texts: tuple[str, ...]) -> list[bytes]:
    sheets = [parsed(lowered(text), number) for number, text in enumerate(texts)]
    layers = Layers()
    for sheet in sheets:
        layers.read(sheet)
    writer = _Writer(layers.strengths(), layers.strengths(important=True))
    return [writer.rules(sheet).encode() for sheet in sheets]


class _Writer(NamedTuple):
    """Writes rules without layers, by the strengths of these."""

    strengths: dict[Layer, int]
    important: dict[Layer, int]

    def rules(self, items: Sequence[Block | str], layer: Layer = ()) -> str:
        """Rules that stand inside a layer."""
        return "".join(self._rule(item, layer) for item in items)

    def _rule(self, item: Block | str, layer: Layer) -> str:
        if isinstance(item, str):
            return "" if item.startswith("@layer") else f"{item};"
        if item.head.startswith("@layer"):
            return self.rules(item.items, next(named(item.head, layer)))
        if OPENS_BLOCK.match(item.head):
            inner = self.rules(item.items, layer)
            return f"{item.head}{{{inner}}}" if inner else ""
        if item.head[0] == "@":
            return _unchanged(item)
        normal, important = list[str](), list[str]()
        for declaration in item.items:
            if isinstance(declaration, str):
                (important if declaration.endswith("!important") else normal).extend(declared(declaration))
        return "".join(
            _style(item.head, declarations, strengths[layer])
            for declarations, strengths in ((normal, self.strengths), (important, self.important))
            if declarations
        )


def _style(head: str, declarations: Sequence[str], strength: int) -> str:
    """A rule, or several: what old browsers do not know stands alone."""
    known, unknown = dict[str, None](), dict[str, None]()
    for selector in listed(head):
        for text, is_known in selectors.rewritten(selector, strength):
            (known if is_known else unknown)[text] = None
    heads = [",".join(known)] if known else []
    inside = ";".join(declarations)
    return "".join(f"{each}{{{inside}}}" for each in (*heads, *unknown))


def _unchanged(block: Block) -> str:
    """A rule that has no selectors, such as `@page`."""
    items = [f"{item};" if isinstance(item, str) else _unchanged(item) for item in block.items]
    return f"{block.head}{{{''.join(items).removesuffix(';')}}}"

"""Which pages are planned from a cell (`reads.py`): what must be planned again when it has changed."""

from collections import defaultdict
from collections.abc import Iterable

from honorroll.incremental import Shelf

#: Stands for no cell: under it, how many pieces the shelf has.
COUNT = ""


class Lookers:
    """Pages by the cells that they look at, and perhaps by some that they looked at once: that costs a planning in vain.

    They are many, and an edit asks for few.
    """

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._new: dict[str, list[str]] = defaultdict(list)

    @property
    def are_whole(self) -> bool:
        """Whether nothing of what was kept is lost, as far as it was asked for."""
        return self._shelf.some([COUNT]).get(COUNT) == self._shelf.pieces and not self._shelf.is_damaged

    def of(self, cells: Iterable[str]) -> set[str]:
        """The addresses of the pages that look at any of these."""
        cells = {*cells} - {COUNT}
        known = self._shelf.some(cells)
        return {url for cell in cells for url in known.get(cell, ())}

    def put(self, url: str, cells: Iterable[str]) -> None:
        """A page looks at these cells; told by the next `keep`."""
        for cell in cells:
            self._new[cell].append(url)

    def keep(self) -> None:
        """Keep what was put."""
        before = self._shelf.some(self._new)
        for cell, urls in self._new.items():
            known = before.get(cell, ())
            if not {*urls} <= {*known}:
                self._shelf.put(cell, tuple(sorted({*urls, *known})))
        self._shelf.put(COUNT, 0)  # its own piece counts, too
        self._shelf.put(COUNT, 0 if self._shelf.is_damaged else self._shelf.pieces)

    def clear(self) -> None:
        """Forget all."""
        self._shelf.clear()

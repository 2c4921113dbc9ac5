"""Which pages are planned from a cell (`reads.py`): what must be planned again when it has changed."""

from collections import defaultdict
from collections.abc import Iterable

from honorroll.shelf import Shelf

#: Stands for no cell: under it, how many entries the shelf has.
COUNT = ""


class Lookers:
    """Pages by the cells that they look at, and perhaps by some that they looked at once: that costs a planning in vain."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf, self._known = shelf, shelf.of(shelf)
        self._new: dict[str, list[str]] = defaultdict(list)

    @property
    def are_whole(self) -> bool:
        """Whether nothing of what was kept is lost."""
        return self._shelf.get(COUNT) == len(self._shelf)

    def of(self, cells: Iterable[str]) -> set[str]:
        """The addresses of the pages that look at any of these."""
        return {url for cell in cells if cell != COUNT for url in self._known.get(cell, ())}

    def put(self, url: str, cells: Iterable[str]) -> None:
        """A page looks at these cells; told by the next `keep`."""
        for cell in cells:
            self._new[cell].append(url)

    def keep(self) -> None:
        """Keep what was put."""
        for cell, urls in self._new.items():
            known = self._known.get(cell, ())
            if not {*urls} <= {*known}:
                self._shelf.put(cell, tuple(sorted({*urls, *known})))
        self._shelf.put(COUNT, len(self._shelf) + (COUNT not in self._shelf))

    def clear(self) -> None:
        """Forget all."""
        self._shelf.clear()

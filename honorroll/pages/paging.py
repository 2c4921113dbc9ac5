"""Long lists in pages. They are numbered from the oldest, so a full page never changes what it holds.

The front page of the list has the highest number. It holds the newest: a full page's worth and what has not yet
filled one.
"""

from collections.abc import Iterator, Sequence
from posixpath import dirname
from typing import NamedTuple

from honorroll.pages.parts import Link

#: How many pages of a list before and after one it leads to by number.
NEAR = 2


class Ways(NamedTuple):
    """Ways from one page of a list to the others; the names are those of the contexts."""

    number: int
    pages: tuple[Link, ...]
    newest: str
    oldest: str
    newer: str
    older: str


def stretches(ids: Sequence[str], size: int) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """The pages of a list by the `ids` of its records, oldest first: number, how many there are, and its own ids.

    How many there are says only a page that lies near the newest: so no other changes when there is one more.
    """
    count = max(1, len(ids) // size)
    for number in range(1, count + 1):
        end = number * size if number < count else len(ids)
        yield number, min(count, number + NEAR + 1), tuple(ids[(number - 1) * size : end])


def url(front: str, number: int, count: int) -> str:
    """Address of a page of the list whose front page is `front`."""
    return f"{dirname(front)}/page/{number}.html" if number < count else front


def ways(front: str, number: int, count: int) -> Ways:
    """The ways on from a page."""
    newest, oldest = min(count, number + NEAR), max(1, number - NEAR)
    return Ways(
        number=number,
        pages=tuple(Link(str(other), url(front, other, count)) for other in range(newest, oldest - 1, -1)),
        newest=front if newest < count else "",
        oldest=url(front, 1, count) if oldest > 1 else "",
        newer=url(front, number + 1, count) if number < count else "",
        older=url(front, number - 1, count) if number > 1 else "",
    )


def which(number: int, count: int) -> str:
    """What is added to the title of a page; nothing to that of the front page."""
    return f"（第{number}页）" if number < count else ""

"""Related posts: where a reader goes on who wants more of the same.

Only the nearest in time are asked: of each award, deed, project, team and tag that a post names,
the next newer and the next older post that names it too; of these the three that share most. So
the work for a post depends on what it names, never on how many posts there are.
"""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from honorroll.model import Post

#: What one shared thing counts: the rarer it is, the more it says.
WEIGHTS = {"awards": 3, "deeds": 3, "projects": 2, "teams": 2, "tags": 1}
BEST = 3


@dataclass(frozen=True)
class Related:
    """Looked up by the page builders. `group` gives the posts of a group that share a key, newest first."""

    noted: Mapping[str, Post]
    """All posts; a look is noted (`reads.py`)."""
    newest: Sequence[Post]
    """All posts, newest first; not noted, nor is `group`."""
    group: Callable[[str, str], Sequence[Post]]

    @cached_property
    def _ranks(self) -> dict[str, int]:
        return {post.id: rank for rank, post in enumerate(self.newest)}

    def to(self, post: Post, shown: Collection[str | None] = ()) -> list[Post]:
        """The posts that share most with a post, without those `shown` beside it: the next newer and older of all.

        Equals go by nearness in time, then the older first, then by id.
        """
        found = {id: self.noted[id] for side in self._sides(post) if (id := _first(side, shown))}
        return sorted(
            found.values(),
            key=lambda other: (-_shared(post, other), abs(post.date - other.date), other.date, other.id),
        )[:BEST]

    def touched(self, cells: Collection[str]) -> set[str]:
        """The cells of the posts that may find a changed one from now on; those that found it before noted it."""
        names = [cell.partition("/") for cell in cells]
        changed = [self._ranks[id] for table, _, id in names if table == "posts" and id in self._ranks]
        return {f"posts/{other.id}" for rank in changed for side in self._sides(self.newest[rank]) for other in side}

    def _sides(self, post: Post) -> Iterator[Sequence[Post]]:
        """Of each group of a post, the two next newer and the two next older, nearest first."""
        rank = self._ranks[post.id]
        for field in WEIGHTS:
            for key in getattr(post, field):
                group = self.group(f"posts by {field}", key)
                at = bisect_left(group, rank, key=lambda other: self._ranks[other.id])
                yield group[max(at - 2, 0) : at][::-1]
                yield group[at + 1 : at + 3]


def _first(side: Sequence[Post], shown: Collection[str | None]) -> str | None:
    return next((other.id for other in side if other.id not in shown), None)


def _shared(one: Post, other: Post) -> int:
    fields = WEIGHTS.items()
    return sum(weight * len({*getattr(one, field)} & {*getattr(other, field)}) for field, weight in fields)

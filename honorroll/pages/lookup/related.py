"""Related posts: where a reader goes on who wants more of the same.

Only the nearest in time are asked: of each award, deed, project, team and tag that a post names,
the next newer and the next older post that names it too; of these the three that share most. So
the work for a post depends on what it names, never on how many posts there are.
"""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter

from msgspec import Struct

from honorroll.model import Post

#: What one shared thing counts: the rarer it is, the more it says.
WEIGHTS = {"awards": 3, "deeds": 3, "projects": 2, "teams": 2, "tags": 1}
BEST = 3

#: By when something happened, then by `id`.
age = attrgetter("date", "id")


class Related(Struct, frozen=True):
    """Looked up by the page builders."""

    posts: Mapping[str, Post]
    """All posts; reads are not recorded."""
    tracked: Mapping[str, Post]
    """The same; reads are recorded."""
    group: Callable[[str, str], Sequence[Post]]
    """The posts of a group that share a key, newest first; reads are not recorded."""

    def to(self, post: Post, shown: Collection[str | None] = ()) -> list[Post]:
        """The posts that share most with a post, without those `shown` beside it: the next newer and older of all.

        Equals go by nearness in time, then the older first, then by id.
        """
        found = {id: self.tracked[id] for side in self._sides(post) if (id := _first(side, shown))}
        return sorted(
            found.values(),
            key=lambda other: (-_shared(post, other), abs(post.date - other.date), other.date, other.id),
        )[:BEST]

    def touched(self, dependencies: Iterable[str]) -> set[str]:
        """The dependencies of the posts that may find a changed one from now on; those that found it before read it."""
        names, posts = [name.partition("/") for name in dependencies], self.posts
        changed = [posts[id] for table, _, id in names if table == "posts" and id in posts]
        return {f"posts/{other.id}" for post in changed for side in self._sides(post) for other in side}

    def _sides(self, post: Post) -> Iterator[Sequence[Post]]:
        """Of each thing that a post names, the two next newer and the two next older that name it too, nearest first."""
        own = age(post)
        for name in WEIGHTS:
            for key in getattr(post, name):
                group = self.group(f"posts by {name}", key)
                at = bisect_left(group, True, key=lambda other: age(other) <= own)
                yield group[max(at - 2, 0) : at][::-1]
                yield group[at + 1 : at + 3]


def _first(side: Sequence[Post], shown: Collection[str | None]) -> str | None:
    return next((other.id for other in side if other.id not in shown), None)


def _shared(one: Post, other: Post) -> int:
    fields = WEIGHTS.items()
    return sum(weight * len({*getattr(one, field)} & {*getattr(other, field)}) for field, weight in fields)

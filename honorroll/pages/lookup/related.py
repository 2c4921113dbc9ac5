"""Related posts: where a reader goes on who wants more of the same.

Only the nearest in time are asked: of each award, deed, project, team and tag that a post names,
the next newer and the next older post that names it too; of these the three that share most. So
the work for a post depends on what it names, never on how many posts there are.
"""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import compress, repeat
from operator import attrgetter, contains

from msgspec import Struct, field

from honorroll.model import Post

#: What one shared thing counts: the rarer it is, the more it says.
WEIGHTS = {"awards": 3, "deeds": 3, "projects": 2, "teams": 2, "tags": 1}
BEST = 3

#: For how many posts all are gone through where nobody has sorted and grouped them, which takes three times as long.
FEW = 4

#: By when something happened, then by `id`.
age = attrgetter("date", "id")


class Mates(Struct):
    """Who shares something with a post. `group` gives the posts of a group that share a key, newest first."""

    posts: Mapping[str, Post]
    """All posts; not noted, nor is `group`."""
    group: Callable[[str, str], Sequence[Post]]
    grouped: bool = False
    """Whether all posts are sorted and grouped, or will be in any case."""
    _found: dict[str, list[Sequence[Post]]] = field(default_factory=dict)

    def of(self, post: Post) -> Sequence[Sequence[Post]]:
        """For each thing that a post names, the posts that name it too, newest first."""
        names = [(name, key) for name in WEIGHTS for key in getattr(post, name)]
        if post.id not in self._found:
            self.grouped |= len(self._found) == FEW
            if self.grouped:
                return [self.group(f"posts by {name}", key) for name, key in names]
            self._found[post.id] = self._gathered(names)
        return self._found[post.id]

    def _gathered(self, names: Collection[tuple[str, str]]) -> list[Sequence[Post]]:
        posts = self.posts.values()
        found = (compress(posts, map(contains, map(attrgetter(name), posts), repeat(key))) for name, key in names)
        return [sorted(group, key=age, reverse=True) for group in found]


class Related(Struct, frozen=True):
    """Looked up by the page builders."""

    noted: Mapping[str, Post]
    """All posts; a look is noted (`reads.py`)."""
    mates: Mates

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
        names, posts = [cell.partition("/") for cell in cells], self.mates.posts
        changed = [posts[id] for table, _, id in names if table == "posts" and id in posts]
        self.mates.grouped = True  # they are on their way to be planned again, with all lists of posts
        return {f"posts/{other.id}" for post in changed for side in self._sides(post) for other in side}

    def _sides(self, post: Post) -> Iterator[Sequence[Post]]:
        """Of each group of a post, the two next newer and the two next older, nearest first."""
        own = age(post)
        for group in self.mates.of(post):
            at = bisect_left(group, True, key=lambda other: age(other) <= own)
            yield group[max(at - 2, 0) : at][::-1]
            yield group[at + 1 : at + 3]


def _first(side: Sequence[Post], shown: Collection[str | None]) -> str | None:
    return next((other.id for other in side if other.id not in shown), None)


def _shared(one: Post, other: Post) -> int:
    fields = WEIGHTS.items()
    return sum(weight * len({*getattr(one, field)} & {*getattr(other, field)}) for field, weight in fields)

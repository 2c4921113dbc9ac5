"""Related posts: which they are, how few are asked, and that an edit finds exactly those that it concerns."""

import random
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from conftest import Project

from honorroll.chinese.typography import CHINA
from honorroll.model import Post
from honorroll.pages.lookup.related import Related
from honorroll.pages.lookup.tracked import grouped


def post(at: int, **names: list[str]) -> Post:
    when = datetime(2022, 9, 1, tzinfo=CHINA) + timedelta(hours=at)
    fields = {name: tuple(values) for name, values in names.items()}
    return Post.usual(id=f"p{at}", title=f"第{at}篇", date=when, **fields)


class Asked(dict[str, Post]):
    """The posts, and which were looked up."""

    def __init__(self, posts: list[Post]) -> None:
        super().__init__({post.id: post for post in posts})
        self.ids: list[str] = []

    def __getitem__(self, id: str) -> Post:
        self.ids.append(id)
        return super().__getitem__(id)


def lookup(posts: list[Post]) -> tuple[Related, Asked]:
    newest, asked = posts[::-1], Asked(posts)
    groups: dict[str, dict[str, list[Post]]] = {}

    def group(name: str, key: str) -> list[Post]:
        if name not in groups:
            groups[name] = grouped(name, newest)
        return groups[name].get(key, [])

    return Related({post.id: post for post in posts}, asked, group), asked


def ids(posts: list[Post]) -> list[str]:
    return [post.id for post in posts]


def test_who_shares_more_comes_first_and_then_who_is_nearer() -> None:
    posts = [
        post(1, tags=["甲"]),
        post(2, tags=["甲"], teams=["t1"]),
        post(3, awards=["a1"]),
        post(4, tags=["乙"]),
        post(5, tags=["甲"], teams=["t1"], awards=["a1"]),
        post(6, tags=["甲"]),
        post(9, tags=["甲"], teams=["t1"]),
    ]
    related, _ = lookup(posts)
    assert ids(related.to(posts[4])) == ["p3", "p2", "p9"]
    assert ids(related.to(posts[4], shown=("p6", "p4"))) == ["p3", "p2", "p9"]
    assert ids(related.to(posts[0])) == ["p2"]
    assert ids(related.to(posts[3])) == []
    assert ids(related.to(posts[5], shown=("p9", "p5"))) == ["p2"]  # beside it stand p9 and p5: one further is asked


def test_equals_are_ordered_by_age_and_id() -> None:
    posts = [post(1, tags=["甲"]), post(3, tags=["甲"]), post(5, tags=["甲"])]
    related, _ = lookup(posts)
    assert ids(related.to(posts[1])) == ["p1", "p5"]


def test_ten_thousand_posts_with_the_same_ten_tags_ask_for_twenty_others_at_most() -> None:
    tags = [f"标签{n}" for n in range(10)]
    posts = [post(at, tags=tags, teams=[f"t{at % 7}"]) for at in range(10_000)]
    related, asked = lookup(posts)
    for one in posts[::997]:
        asked.ids.clear()
        assert len(related.to(one)) == 3 or one is posts[0]
        assert len(asked.ids) <= 2 * (len(tags) + 1)
    assert len(related.touched({"posts/p5000"})) <= 4 * (len(tags) + 1)


def text(title: str, day: int, tags: str, teams: str = "") -> str:
    return f"---\ntitle: {title}\ndate: 2022-09-{day:02}\ntags: [{tags}]\nteams: [{teams}]\n---\n\n雨。\n"


def path(n: int) -> str:
    return f"content/news/p{n:02}.md"


@pytest.fixture
def many(project: Project) -> Project:
    """Twelve posts, one a day; every third is of the team, every second has the tag."""
    project.write("data/tags.yaml", project.read("data/tags.yaml") + "- id: er\n  name: 二\n")
    for n in range(3, 15):
        project.write(path(n), text(f"第{n}篇", n, "二" if n % 2 else "", "t01" if n % 3 == 0 else ""))
    assert project.build().counts
    return project


def news(project: Project) -> set[str]:
    """The posts that a build renders again."""
    return {url for url in project.build().reasons if url.startswith("news/p") and "page" not in url}


def test_a_title_is_told_to_those_beside_it_and_those_who_list_it_alone(many: Project) -> None:
    listing = {
        p.relative_to(many.site).as_posix()
        for p in many.site.glob("news/p*.html")
        if "第9篇" in p.read_text(encoding="utf-8")
    }
    assert listing >= {"news/p07.html", "news/p08.html", "news/p09.html", "news/p10.html", "news/p11.html"}
    assert len(listing) < 12
    many.replace(path(9), "第9篇", "第九篇")
    assert news(many) == listing


def test_a_text_is_told_to_nobody(many: Project) -> None:
    many.write(path(9), many.read(path(9)) + "\n后来停了。\n")
    assert news(many) == {"news/p09.html"}


EDITS: dict[str, Callable[[Project], object]] = {
    "a tag more": lambda p: p.replace(path(8), "tags: []", "tags: [二]"),
    "a tag less": lambda p: p.replace(path(9), "tags: [二]", "tags: []"),
    "another team": lambda p: p.replace(path(6), "t01", "t02"),
    "another day": lambda p: p.replace(path(9), "2022-09-09", "2022-09-13 08:00"),
    "gone": lambda p: p.remove(path(9)),
    "two gone": lambda p: (p.remove(path(9)), p.remove(path(7))),
    "new in between": lambda p: p.write("content/news/new.md", text("新", 8, "二", "t01")),
    "a draft": lambda p: p.replace(path(11), "tags:", "draft: 是\ntags:"),
}


@pytest.mark.parametrize("name", EDITS)
def test_after_an_edit_all_is_as_a_clean_build_makes_it(many: Project, tmp_path: Path, name: str) -> None:
    EDITS[name](many)
    assert many.build().counts
    after = many.output()
    clean = Project(tmp_path / "clean")
    shutil.copytree(many.root, clean.root, ignore=shutil.ignore_patterns("site", ".cache"))
    assert clean.build().counts
    assert {url for url in after.keys() | clean.output().keys() if after.get(url) != clean.output().get(url)} == set()


def test_random_edits_touch_everyone_who_now_finds_another() -> None:
    """Whoever's related posts change was either told (`touched`) or had looked at what is gone."""
    r = random.Random(7)  # noqa: S311  # a seeded generator is wanted
    for _ in range(150):
        posts = [post(at, tags=r.sample(["甲", "乙", "丙"], r.randint(0, 3))) for at in range(r.randint(3, 14))]
        before, asked = lookup(posts)
        old = {}
        for at, one in enumerate(posts):
            asked.ids.clear()
            beside = tuple(posts[n].id for n in (at - 1, at + 1) if 0 <= n < len(posts))
            old[one.id] = (ids(before.to(one, beside)), beside, set(asked.ids))
        changed = r.randrange(len(posts))
        gone = r.random() < 0.3
        edited = [one for at, one in enumerate(posts) if not gone or at != changed]
        if not gone:
            edited[changed] = post(changed, tags=r.sample(["甲", "乙", "丙"], r.randint(0, 3)))
        after, _ = lookup(edited)
        told = after.touched({f"posts/p{changed}"}) | {f"posts/p{changed}"}
        for at, one in enumerate(edited):
            beside = tuple(edited[n].id for n in (at - 1, at + 1) if 0 <= n < len(edited))
            found, shown, looked = old[one.id]
            if ids(after.to(one, beside)) != found:
                planned_again = beside != shown or f"posts/{one.id}" in told or f"p{changed}" in {*looked, *shown}
                assert planned_again, (changed, gone, one.id)

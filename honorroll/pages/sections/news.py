"""News: the list in pages, posts, archive by month, tags."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from honorroll.chinese import china_day
from honorroll.content import TextKey
from honorroll.model import Post, urls
from honorroll.pages import paging
from honorroll.pages.cards import Headline, PostCard
from honorroll.pages.contexts import Said, found_as, template
from honorroll.pages.files import sharing
from honorroll.pages.lookup.index import Index
from honorroll.pages.page import Entry, Page, Section, Shown, TextInputs, article, entry, listing, made, section
from honorroll.pages.parts import ArticleTags, Fact, Group, Image, Link, Share

NEWS = Link("新闻动态", urls.index("news"))
ARCHIVE = Link("往期新闻", "news/archive/index.html")


@template("news_index.html")
class NewsIndexPage(NamedTuple):
    """One page of the news list. Pages are numbered from the oldest, so old pages stay put."""

    posts: tuple[PostCard, ...]
    """Posts of this page, newest first."""
    number: int
    """Number of this page; the front page of the list has the highest."""
    pages: tuple[Link, ...]
    """This page and those next to it, newest first; titles are their numbers."""
    newest: str
    """Address of the newest page where that is further away, or empty."""
    oldest: str
    """Address of the oldest page, likewise."""
    newer: str
    """Address of the next newer page, or empty."""
    older: str
    """Address of the next older page, or empty."""
    tags: tuple[Link, ...]
    """All tags in use."""


@found_as("新闻")
@template("post.html")
class PostPage(NamedTuple):
    """A news post."""

    title: str
    """Title of the post."""
    date: datetime
    """When it was published, China time."""
    updated: datetime | None
    """When it was changed after that, where readers are told so."""
    change: str
    """What was changed then."""
    source: str
    """Where it comes from."""
    author: str
    """Who wrote it."""
    tags: tuple[Link, ...]
    """Its tags."""
    body: TextKey
    """The text."""
    image: Image | None
    """Its lead picture, when the text itself does not show it."""
    mentions: tuple[Link, ...]
    """Teams, deeds, projects and awards that it tells of."""
    related: tuple[Headline, ...]
    """The posts that share most with it, at most three."""
    newer: Link | None
    """The next newer post."""
    older: Link | None
    """The next older post."""
    share: Share
    """Its poster and cover, where they are drawn."""

    def said(self, _: str) -> Said:
        return Said(words=(*(tag.title for tag in self.tags), self.source, self.author))


@template("archive.html")
class ArchivePage(NamedTuple):
    """All months with posts."""

    years: tuple[Group[Fact], ...]
    """Years, newest first, each with its months: name, number of posts, address."""


@template("month.html")
class MonthPage(NamedTuple):
    """All posts of a month, as titles."""

    days: tuple[Group[Headline], ...]
    """Its days, newest first."""
    newer: Link | None
    """The next later month with posts."""
    older: Link | None
    """The month with posts before it."""


@template("tag.html")
class TagPage(NamedTuple):
    """All posts with one tag."""

    tag: str
    """Name of the tag."""
    posts: tuple[PostCard, ...]
    """Posts with the tag, newest first."""


@template("tags.html")
class TagsPage(NamedTuple):
    """All tags."""

    tags: tuple[Fact, ...]
    """Name, number of posts and address of each tag."""


def pages(index: Index) -> Iterator[Entry]:
    """All pages of the news section; none without posts."""
    if not index.posts:
        return
    yield from _list(index)
    changed = {post.id: post.changed.date() for post in index.posts}
    ids = [*changed]
    for id, newer, older in zip(ids, [*ids[1:], None], [None, *ids], strict=False):
        yield entry(urls.page("news", id), _post_page, id, newer, older, day=changed[id])
    yield from sharing.pages(index, "news", ids)
    yield from _archive(index)
    yield from _tags(index)


def _list(index: Index) -> Iterator[Entry]:
    size, tags, posts = index.campaign.info.site.posts_per_page, tuple(_used_tags(index)), index.posts
    days = {post.id: post.date for post in posts}
    for number, count, ids in paging.stretches([*days], size):
        day = days[ids[-1]].date()
        yield entry(paging.url(NEWS.url, number, count), _list_page, number, count, ids, tags, day=day)


def _list_page(index: Index, number: int, count: int, ids: tuple[str, ...], tags: tuple[str, ...]) -> Page:
    context = NewsIndexPage(
        posts=tuple([index.post_card(index.campaign.posts[id]) for id in reversed(ids)]),
        **paging.ways(NEWS.url, number, count)._asdict(),
        tags=tuple([index.tag_links[name] for name in tags]),
    )
    page = paging.which(number, count)
    description = f"{index.campaign.info.short_title}的新闻{page}"
    return section(NEWS, context, description, url=paging.url(NEWS.url, number, count), title=f"{NEWS.title}{page}")


def _post_page(index: Index, id: str, newer: str | None, older: str | None) -> Page:
    post = index.campaign.posts[id]
    inputs = _Post(
        post=post,
        tags=tuple([index.tag_links[name] for name in post.tags]),
        image=index.image(post.image, post) if post.image else None,
        mentions=_mentions(index, post),
        related=tuple([index.headline(other) for other in index.related.to(post, (newer, older))]),
        newer=_beside(index, newer),
        older=_beside(index, older),
        share=sharing.shared(index, "news", post),
    )
    return Page(urls.page("news", id), inputs, post)


def _beside(index: Index, id: str | None) -> Link | None:
    return Link(index.campaign.posts[id].title, urls.page("news", id)) if id else None


class _Post(TextInputs, frozen=True, kw_only=True):
    shows = PostPage
    post: Post
    tags: tuple[Link, ...]
    image: Image | None
    mentions: tuple[Link, ...]
    related: tuple[Headline, ...]
    newer: Link | None
    older: Link | None
    share: Share

    def shown(self, text: TextKey) -> Shown:
        post, image = self.post, self.image
        in_text = image and any(picture and picture.url == image.url for _, picture in text.pictures)
        context = PostPage(
            title=post.title,
            date=post.date,
            updated=post.updated,
            change=post.change,
            source=post.source,
            author=post.author,
            tags=self.tags,
            body=text,
            image=None if in_text else image,
            mentions=self.mentions,
            related=self.related,
            newer=self.newer,
            older=self.older,
            share=self.share,
        )
        own = ArticleTags(post.date, post.source, post.author, ",".join(post.tags), post.updated)
        about, picture = post.summary or post.title, self.share.cover or image
        return article(NEWS, text.url, post.title, about, tags=own, image=picture), context


def _mentions(index: Index, post: Post) -> tuple[Link, ...]:
    """What the post tells of and is public."""
    named = [index.link(table, id) for table in ("teams", "projects", "deeds", "awards") for id in getattr(post, table)]
    return tuple([link for link in named if link])


def _archive(index: Index) -> Iterator[Entry]:
    newest = {(post.date.year, post.date.month): post.date.date() for post in index.posts}  # the last of each month
    months = [*newest]
    yield entry(ARCHIVE.url, _archive_page, tuple(months), day=newest[months[-1]])
    for month, older, newer in zip(months, [None, *months], [*months[1:], None], strict=False):
        yield entry(_month(month).url, _month_page, month, newer, older, day=newest[month])


def _month(month: tuple[int, int]) -> Link:
    return Link(f"{month[0]}年{month[1]}月", f"news/archive/{_key(month)}.html")


def _key(month: tuple[int, int]) -> str:
    return f"{month[0]:04}-{month[1]:02}"


def _archive_page(index: Index, months: tuple[tuple[int, int], ...]) -> Page:
    years = {year: [month for month in reversed(months) if month[0] == year] for year, _ in reversed(months)}
    context = ArchivePage(
        tuple(Group(f"{year}年", "", tuple([_count(index, month) for month in own])) for year, own in years.items())
    )
    return section(NEWS, context, "按年月查看全部新闻", url=ARCHIVE.url, title=ARCHIVE.title)


def _count(index: Index, month: tuple[int, int]) -> Fact:
    return Fact(f"{month[1]}月", str(len(index.by("posts by month", _key(month)))), _month(month).url)


def _month_page(
    index: Index, month: tuple[int, int], newer: tuple[int, int] | None, older: tuple[int, int] | None
) -> Page:
    lines = [index.headline(post) for post in index.by("posts by month", _key(month))]
    days = tuple(Group(china_day(day), "", tuple(own)) for day, own in groupby(lines, lambda line: line.date.date()))
    context = MonthPage(days, _month(newer) if newer else None, _month(older) if older else None)
    title, url = _month(month)
    meta = listing(NEWS, f"{title}的新闻，共{len(lines)}篇", url=url, title=f"{title}新闻")
    return made(meta._replace(crumbs=(*meta.crumbs, ARCHIVE)), context)


def _used_tags(index: Index) -> dict[str, date]:
    """The tags of posts, in their own order, with the day of the newest post of each."""
    newest = {name: post.date for post in index.posts for name in post.tags}
    return {tag.name: newest[tag.name].date() for tag in index.campaign.tags.values() if tag.name in newest}


def _tags(index: Index) -> Iterator[Entry]:
    used = _used_tags(index)
    if used:
        yield entry(urls.index("tag"), _tags_page, day=max(used.values()))
    for name, day in used.items():
        yield entry(index.tag_links[name].url, _tag_page, name, day=day)


def _tags_page(index: Index) -> Page:
    links = [index.tag_links[name] for name in _used_tags(index)]
    facts = tuple(Fact(link.title, str(len(index.by("posts by tags", link.title))), link.url) for link in links)
    return section(NEWS, TagsPage(facts), "全部标签", url=urls.index("tag"), title="标签")


def _tag_page(index: Index, name: str) -> Page:
    context = TagPage(name, index.posts_of("tags", name))
    return section(NEWS, context, f"标签“{name}”下的新闻", url=index.tag_links[name].url, title=f"标签：{name}")


SECTION = Section(pages, order=10, menu=NEWS, has_content=lambda campaign: campaign.posts)

"""News: the list in pages, posts, tags."""

from collections.abc import Iterator

from honorroll import urls
from honorroll.chinese import summarise
from honorroll.model import Post
from honorroll.pages.contexts import NewsIndexPage, PostPage, TagPage, TagsPage
from honorroll.pages.index import Index
from honorroll.pages.page import Page, article, section
from honorroll.pages.parts import ArticleTags, Fact, Link
from honorroll.pages.sections import NEWS


def pages(index: Index) -> Iterator[Page]:
    """All pages of the news section; none without posts."""
    if not index.posts:
        return
    yield from _list(index)
    for at, post in enumerate(index.posts):
        older = index.posts[at - 1] if at else None
        newer = index.posts[at + 1] if at + 1 < len(index.posts) else None
        yield _post(index, post, older, newer)
    yield from _tags(index)


def _list(index: Index) -> Iterator[Page]:
    """Pages are numbered from the oldest, so a full page never changes its posts.

    The front page holds the newest posts: a full page's worth and what has not yet filled one.
    """
    size = index.campaign.info.site.posts_per_page
    count = max(1, len(index.posts) // size)
    starts = [number * size for number in range(count)]
    addresses = [f"news/page/{number}.html" for number in range(1, count)] + [NEWS.url]
    links = tuple(Link(str(number), addresses[number - 1]) for number in range(count, 0, -1))
    tags = _used_tags(index)
    for number, start in enumerate(starts, start=1):
        end = start + size if number < count else len(index.posts)
        context = NewsIndexPage(
            posts=tuple(index.post_card(post) for post in reversed(index.posts[start:end])),
            number=number,
            pages=links,
            newer=addresses[number] if number < count else "",
            older=addresses[number - 2] if number > 1 else "",
            tags=tags,
        )
        title = NEWS.title if number == count else f"{NEWS.title}（第{number}页）"
        description = f"{index.campaign.info.short_title}的新闻"
        yield section(NEWS, context, description, url=addresses[number - 1], title=title)


def _post(index: Index, post: Post, older: Post | None, newer: Post | None) -> Page:
    url = urls.page("news", post.id)
    image = index.image(post.image, post)
    shown = any(picture.url == image.url for _, picture in index.texts.by_url[url].prose.pictures) if image else False
    context = PostPage(
        title=post.title,
        date=post.date,
        source=post.source,
        author=post.author,
        tags=tuple(index.tag_links[name] for name in post.tags),
        body=index.texts.by_url[url].prose,
        image=None if shown else image,
        related=tuple(_related(index, post)),
        newer=_link(newer),
        older=_link(older),
    )
    tags = ArticleTags(post.date, post.source, post.author, ",".join(post.tags))
    description = post.summary or summarise(post.body)
    return article(NEWS, url, post.title, description, context, post.at(), tags=tags, image=image)


def _link(post: Post | None) -> Link | None:
    return Link(post.title, urls.page("news", post.id)) if post else None


def _related(index: Index, post: Post) -> Iterator[Link]:
    campaign = index.campaign
    yield from (Link(campaign.teams[id].name, urls.page("team", id)) for id in post.teams)
    yield from (Link(campaign.projects[id].name, urls.page("project", id)) for id in post.projects)
    yield from (Link(campaign.deeds[id].title, urls.page("deed", id)) for id in post.deeds if id in campaign.deeds)
    for award in (campaign.awards[id] for id in post.awards if id in campaign.awards):
        yield Link(f"{award.title}：{index.recipient(award)}", urls.page("award", award.id))


def _used_tags(index: Index) -> tuple[Link, ...]:
    return tuple(index.tag_links[tag.name] for tag in index.campaign.tags.values() if index.posts_of("tags", tag.name))


def _tags(index: Index) -> Iterator[Page]:
    links = _used_tags(index)
    if not links:
        return
    facts = tuple(Fact(link.title, str(len(index.posts_of("tags", link.title))), link.url) for link in links)
    home = Link("标签", urls.index("tag"))
    yield section(NEWS, TagsPage(facts), "全部标签", url=home.url, title=home.title)
    for link in links:
        context = TagPage(link.title, index.posts_of("tags", link.title))
        yield section(NEWS, context, f"标签“{link.title}”下的新闻", url=link.url, title=f"标签：{link.title}")

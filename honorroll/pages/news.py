"""News: the list in pages, posts, tags."""

from collections.abc import Iterator

from honorroll import urls
from honorroll.markup import TextKey
from honorroll.model import Post
from honorroll.pages.contexts import NewsIndexPage, PostPage, TagPage, TagsPage
from honorroll.pages.index import Index
from honorroll.pages.page import Page, Shown, article, section
from honorroll.pages.parts import ArticleTags, Fact, Image, Link
from honorroll.pages.sections import NEWS


def pages(index: Index) -> Iterator[Page]:
    """All pages of the news section; none without posts."""
    if not index.posts:
        return
    yield from _list(index)
    yield from _posts(index)
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
            posts=tuple(index.post_cards[post.id] for post in reversed(index.posts[start:end])),
            number=number,
            pages=links,
            newer=addresses[number] if number < count else "",
            older=addresses[number - 2] if number > 1 else "",
            tags=tags,
        )
        title = NEWS.title if number == count else f"{NEWS.title}（第{number}页）"
        description = f"{index.campaign.info.short_title}的新闻"
        yield section(NEWS, context, description, url=addresses[number - 1], title=title)


def _posts(index: Index) -> Iterator[Page]:
    links: list[Link | None] = [Link(post.title, urls.page("news", post.id)) for post in index.posts]
    for post, link, newer, older in zip(index.posts, links, [*links[1:], None], [None, *links], strict=False):
        url = link.url if link else ""
        tags = tuple([index.tag_links[name] for name in post.tags])
        image = index.image(post.image, post) if post.image else None
        inputs = (post, tags, image, _related(index, post), newer, older)
        yield Page(url, "post.html", _post, inputs, post, has_text=True)


def _post(
    text: TextKey,
    post: Post,
    tags: tuple[Link, ...],
    image: Image | None,
    related: tuple[Link, ...],
    newer: Link | None,
    older: Link | None,
) -> Shown:
    shown = image and any(picture and picture.url == image.url for _, picture in text.pictures)
    context = PostPage(
        title=post.title,
        date=post.date,
        source=post.source,
        author=post.author,
        tags=tags,
        body=text,
        image=None if shown else image,
        related=related,
        newer=newer,
        older=older,
    )
    own = ArticleTags(post.date, post.source, post.author, ",".join(post.tags))
    return article(NEWS, text.url, post.title, post.summary, tags=own, image=image), context


def _related(index: Index, post: Post) -> tuple[Link, ...]:
    """What the post tells of and is public."""
    named = [(table, id) for table in ("teams", "projects", "deeds", "awards") for id in getattr(post, table)]
    return tuple([index.links[table][id] for table, id in named if id in index.links[table]])


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

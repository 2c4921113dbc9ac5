"""Feeds: the newest of the site, for programs that follow many sites; and in Atom, those of a section.

The main feed tells of posts and notices, in three formats. An entry's id is its page's address, which never changes. A
correction or revocation is a notice of its own, so it is news as well.

They hold summaries, not whole texts: what a reader's program has fetched cannot be taken back when a
consent is withdrawn or an award revoked, a page can. RSS and JSON Feed ask for absolute addresses,
so there are none without a base.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from honorroll.chinese import CHINA
from honorroll.commonmark import summarise
from honorroll.model import Deed, Notice, Post, urls
from honorroll.pages.contexts.machine import FeedPage, RawPage, RssPage
from honorroll.pages.files.syndication import FeedEntry, FeedLink
from honorroll.pages.frame import DEEDS, JSON, RSS
from honorroll.pages.lookup.index import Index
from honorroll.pages.page import HOME, Entry, Page, Shown, made
from honorroll.pages.parts import PageMeta

#: How many entries a feed holds.
ENTRIES = 20


def pages(feeds: tuple[FeedLink, ...], base_url: str) -> Iterator[Entry]:
    """The given feeds."""
    for feed in feeds:
        yield Entry(feed.url, _json_feed if feed.type == JSON else _xml_feed, (*feed, base_url))


def _xml_feed(index: Index, *values: str) -> Page:
    feed = FeedLink(*values[:-1])
    entries = _entries(index, feed)
    meta, updated = PageMeta(feed.url, urls.root(feed.url), feed.title, ""), entries[0].date
    if feed.type == RSS:
        return made(meta, RssPage(entries, updated))
    return made(meta, FeedPage(feed.section or HOME.url, entries, updated))


def _entries(index: Index, feed: FeedLink) -> tuple[FeedEntry, ...]:
    if feed.section == DEEDS.url:
        return tuple([_deed(index, deed) for deed in index.deeds[:ENTRIES]])
    notices = [_notice(index, notice) for notice in index.notices[:ENTRIES]]
    if feed.section:
        return tuple(notices)
    posts = [_post(post) for post in index.posts[: -ENTRIES - 1 : -1]]
    # a notice has a day and no time: on its day it comes after the posts
    return tuple(sorted([*posts, *notices], key=lambda entry: entry.date, reverse=True)[:ENTRIES])


def _post(post: Post) -> FeedEntry:
    url = urls.page("news", post.id)
    return FeedEntry(url, post.title, post.date, post.summary, post.author or post.source, post.tags)


def _deed(index: Index, deed: Deed) -> FeedEntry:
    card = index.deed_card(deed)
    return FeedEntry(card.url, card.title, _moment(card.date), card.summary, "", (card.kind,))


def _notice(index: Index, notice: Notice) -> FeedEntry:
    issuers = "、".join(index.orgs(notice.issuers))
    url = urls.page("notice", notice.id)
    return FeedEntry(url, notice.title, _moment(notice.date), summarise(notice.body), issuers, (notice.kind,))


def _moment(day: date) -> datetime:
    """A day, for a format that asks for a time as well."""
    return datetime.combine(day, time(), CHINA)


def _json_feed(index: Index, *values: str) -> Page:
    feed, base_url, info = FeedLink(*values[:-1]), values[-1], index.campaign.info
    about = (info.site.name, info.summary, index.orgs(info.organisers))
    return Page(feed.url, "raw.txt", _json, (feed.url, base_url, *about, _entries(index, feed)), info)


def _json(
    url: str, base: str, name: str, summary: str, organisers: tuple[str, ...], entries: tuple[FeedEntry, ...]
) -> Shown:
    """JSON Feed 1.1 (jsonfeed.org/version/1.1): an item's id is its address, an empty value is left out."""
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": name,
        "home_page_url": base,
        "feed_url": base + url,
        "description": summary,
        "language": "zh-CN",
        "authors": [{"name": organiser} for organiser in organisers],
        "items": [_item(base, entry) for entry in entries],
    }
    return PageMeta(url, "", name, ""), RawPage(json.dumps(document, ensure_ascii=False, indent=1) + "\n")


def _item(base: str, entry: FeedEntry) -> dict[str, Any]:
    item = {
        "id": base + entry.url,
        "url": base + entry.url,
        "title": entry.title,
        "content_text": entry.summary or entry.title,
        "date_published": entry.date.isoformat(),
        "tags": list(entry.tags),
        "authors": [{"name": entry.author}] if entry.author else [],
    }
    return {key: value for key, value in item.items() if value}

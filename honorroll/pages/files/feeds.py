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
from typing import Any, NamedTuple

from honorroll.chinese import CHINA
from honorroll.commonmark import summarise
from honorroll.model import Deed, Notice, Post, urls
from honorroll.pages.contexts import template
from honorroll.pages.corrections import Change, changes
from honorroll.pages.files.syndication import FeedEntry, FeedLink
from honorroll.pages.lookup.index import Index
from honorroll.pages.page import HOME, Entry, Page, Raw, entry, made
from honorroll.pages.parts import PageMeta
from honorroll.pages.site_parts import CHANGES, DEEDS, JSON, RSS

#: How many entries a feed holds.
ENTRIES = 20


@template("feed.xml")
class FeedPage(NamedTuple):
    """A feed in Atom; its title is the page's."""

    home: str
    """Address of the page whose news these are."""
    entries: tuple[FeedEntry, ...]
    """The newest, newest first."""
    updated: datetime
    """When the last of them was published or changed."""


@template("rss.xml")
class RssPage(NamedTuple):
    """Posts and notices in RSS 2.0."""

    entries: tuple[FeedEntry, ...]
    """The newest, newest first."""
    updated: datetime
    """Date of the newest."""


def pages(feeds: tuple[FeedLink, ...], base_url: str) -> Iterator[Entry]:
    """The given feeds."""
    for feed in feeds:
        if feed.type == JSON:
            yield entry(feed.url, _json_feed, feed.url, base_url)
        else:
            yield entry(feed.url, _xml_feed, *feed)


def _xml_feed(index: Index, url: str, type: str, title: str, section: str) -> Page:
    entries = _entries(index, section)
    meta = PageMeta(url, urls.root(url), title, "")
    if type == RSS:
        return made(meta, RssPage(entries, entries[0].date))
    updated = max((each.changed for each in entries), default=_moment(index.campaign.info.start))
    return made(meta, FeedPage(section or HOME.url, entries, updated))


def _entries(index: Index, section: str = "") -> tuple[FeedEntry, ...]:
    if section == DEEDS.url:
        return tuple([_deed(index, deed) for deed in index.deeds[:ENTRIES]])
    if section == CHANGES.url:
        return tuple(_change(change) for change in changes(index)[:ENTRIES] if change.when)
    notices = [_notice(index, notice) for notice in index.notices[:ENTRIES]]
    if section:
        return tuple(notices)
    posts = [_post(post) for post in index.posts[: -ENTRIES - 1 : -1]]
    # a notice has a day and no time: on its day it comes after the posts
    return tuple(sorted([*posts, *notices], key=lambda each: each.date, reverse=True)[:ENTRIES])


def _post(post: Post) -> FeedEntry:
    url = urls.page("news", post.id)
    return FeedEntry(url, post.title, post.date, post.summary, post.author or post.source, post.tags, post.updated)


def _deed(index: Index, deed: Deed) -> FeedEntry:
    card = index.deed_card(deed)
    return FeedEntry(card.url, card.title, _moment(card.date), card.summary, "", (card.kind,))


def _notice(index: Index, notice: Notice) -> FeedEntry:
    issuers = "、".join(index.orgs(notice.issuers))
    url = urls.page("notice", notice.id)
    return FeedEntry(url, notice.title, _moment(notice.date), summarise(notice.body), issuers, (notice.kind,))


def _change(change: Change) -> FeedEntry:
    """It leads to the page, which names who is concerned as far as it may on the day that it is read."""
    url, day = f"{CHANGES.url}#{change.id}", change.when or date.min
    return FeedEntry(url, change.title, _moment(day), change.why, "", (change.kind,))


def _moment(day: date) -> datetime:
    """A day, for a format that asks for a time as well."""
    return datetime.combine(day, time(), CHINA)


def _json_feed(index: Index, url: str, base_url: str) -> Page:
    info = index.campaign.info
    inputs = _JsonFeed(
        url=url,
        base=base_url,
        name=info.site.name,
        summary=info.summary,
        organisers=index.orgs(info.organisers),
        entries=_entries(index),
    )
    return Page(url, inputs, info)


class _JsonFeed(Raw, frozen=True, kw_only=True):
    """JSON Feed 1.1 (jsonfeed.org/version/1.1): an item's id is its address, an empty value is left out."""

    base: str
    name: str
    summary: str
    organisers: tuple[str, ...]
    entries: tuple[FeedEntry, ...]

    def text(self) -> str:
        document = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.name,
            "home_page_url": self.base,
            "feed_url": self.base + self.url,
            "description": self.summary,
            "language": "zh-CN",
            "authors": [{"name": organiser} for organiser in self.organisers],
            "items": [_item(self.base, each) for each in self.entries],
        }
        return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _item(base: str, of: FeedEntry) -> dict[str, Any]:
    item = {
        "id": base + of.url,
        "url": base + of.url,
        "title": of.title,
        "content_text": of.summary or of.title,
        "date_published": of.date.isoformat(),
        "date_modified": of.updated.isoformat() if of.updated else "",
        "tags": list(of.tags),
        "authors": [{"name": of.author}] if of.author else [],
    }
    return {key: value for key, value in item.items() if value}

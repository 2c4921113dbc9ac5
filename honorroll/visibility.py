"""What the public may see on a given day."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from honorroll import urls
from honorroll.load import UNREAD, Campaign
from honorroll.texts import Texts

#: The table of each kind of page.
_TABLES = {
    "news": "posts",
    "team": "teams",
    "deed": "deeds",
    "project": "projects",
    "award": "awards",
    "notice": "notices",
}


def visible(campaign: Campaign, today: date, *, drafts: bool, future: bool) -> Campaign:
    """The campaign without drafts and without posts dated after `today`, unless asked for."""
    posts = {
        id: post
        for id, post in campaign.posts.items()
        if (drafts or not post.draft) and (future or post.date.date() <= today)
    }
    return replace(campaign, posts=posts)


def plausible(campaign: Campaign, texts: Texts) -> Callable[[str], bool]:
    """While other errors keep pages from being planned: whether an address may exist.

    Addresses of pages with a text are known, and those of records in the tables; any other is
    given the benefit of the doubt and checked once the rest is right.
    """
    whole = [kind for kind, table in _TABLES.items() if UNREAD not in campaign.faulty.get(table, ())]
    prefixes = tuple(urls.FOLDERS[kind] + "/" for kind in whole)
    known = set(texts.by_url)
    for kind, table in _TABLES.items():
        known |= {urls.page(kind, id) for id in (*campaign.table(table), *campaign.faulty.get(table, ()))}

    def exists(url: str) -> bool:
        return url in known or not url.startswith(prefixes) or url.endswith("/index.html") or "/page/" in url

    return exists

"""What the public may see on a given day."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from honorroll import urls
from honorroll.load import UNREAD, Campaign
from honorroll.model import Award
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


def visible(campaign: Campaign, *, drafts: bool, future: bool) -> Campaign:
    """The campaign as of its `today`: without drafts and without anything dated later, unless asked for.

    A document appears on its day; an award waits for the first of its documents. No ledger tells
    of a duty still to come, asked for or not (PAT-07).
    """

    def due(day: date) -> bool:
        return future or day <= campaign.today

    posts = {id: post for id, post in campaign.posts.items() if due(post.date.date()) and (drafts or not post.draft)}
    notices = {id: notice for id, notice in campaign.notices.items() if due(notice.date)}

    def announced(award: Award) -> bool:
        documents = {award.notice, award.decision} - {None}
        return not documents or bool(documents & notices.keys())

    return replace(
        campaign,
        posts=posts,
        notices=notices,
        deeds={id: deed for id, deed in campaign.deeds.items() if due(deed.date)},
        awards={id: award for id, award in campaign.awards.items() if announced(award)},
        figures={id: figure for id, figure in campaign.figures.items() if due(figure.as_of)},
        patrols=tuple(patrol for patrol in campaign.patrols if patrol.date <= campaign.today),
        inspections=tuple(i for i in campaign.inspections if i.date <= campaign.today),
    )


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

"""The URL table: every page of the site, with what it shows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from honorroll.diagnostics import Diagnostic
from honorroll.load import Campaign
from honorroll.memos import Memos
from honorroll.pages import (
    companies,
    contest,
    feeds,
    finding,
    home,
    honours,
    ledger,
    look,
    machine,
    news,
    opendata,
    people,
    plaques,
    reads,
    results,
    sections,
    sharing,
    timeline,
    wrap_up,
)
from honorroll.pages.contexts import TEMPLATES
from honorroll.pages.index import Index
from honorroll.pages.page import Entry, Page, Planned, canonical
from honorroll.pages.parts import Site
from honorroll.source import digest
from honorroll.texts import Texts

__all__ = ["TEMPLATES", "Page", "Plan", "plan"]


@dataclass(frozen=True)
class Plan:
    """What is to be published: the part that all pages share, and the pages by address."""

    site: Site
    pages: Mapping[str, Planned]
    _entries: Mapping[str, Entry | Page]
    _index: Index

    def page(self, url: str) -> Page:
        """A page, to be made."""
        return _page(self._index, self._entries[url])

    def plus(self, pages: Mapping[str, Planned], entries: Mapping[str, Entry]) -> "Plan":
        """The plan with more pages."""
        return Plan(self.site, {**self.pages, **pages}, {**self._entries, **entries}, self._index)


def plan(campaign: Campaign, texts: Texts, memos: Memos, base_url: str | None = None) -> tuple[Plan, list[Diagnostic]]:
    """All pages of a campaign; reports URL-01 where two claim one address.

    A page is planned when something that it is planned from has changed; see `reads.py`.
    """
    site, shelf = sections.site(campaign, base_url), memos.shelf("plan")
    cells, keep = reads.changed(
        campaign, reads.ground(campaign, base_url, sharing.edition(campaign)), memos.shelf("cells")
    )
    index = Index(campaign, texts, site.base_url)
    if cells:
        cells |= index.related.touched(cells)
    table: dict[str, Entry | Page] = {}
    problems = [*plaques.check(campaign, site.base_url), *sharing.check(campaign, site.base_url)]
    for entry in _pages(index, site):
        other = table.setdefault(entry.url.casefold(), entry)
        if other is not entry:
            problems.append(_clash(index, entry, other))
    entries = {entry.url: entry for entry in table.values()}
    pages: dict[str, Planned] = {}
    for url, entry in entries.items():
        by = (entry.plan.__name__, *entry.values) if isinstance(entry, Entry) else ()
        known: Planned | None = shelf.get(url)
        if not known or not by or known.by != by or cells is None or not cells.isdisjoint(known.cells):
            last, known = known, planned_from(index, entry, by)
            if known != last:
                shelf.put(url, known)
        pages[url] = known
    for url in [url for url in shelf if url not in entries]:
        shelf.drop(url)
    keep()  # last: what could not be planned must not pass for one that holds
    return Plan(site, pages, entries, index), problems


def planned_from(index: Index, entry: Entry | Page, by: tuple[Any, ...]) -> Planned:
    """Plan a page, and note what it is planned from."""
    page, cells = index.notes.kept(lambda: _page(index, entry))
    path = page.place.path if page.has_text else ""  # the links of a text are read from there
    return Planned(
        by, page.template, digest(canonical((page.url, path, page.inputs))), page.has_text, tuple(sorted(cells))
    )


def _page(index: Index, entry: Entry | Page) -> Page:
    return entry if isinstance(entry, Page) else entry.plan(index, *entry.values)


def _clash(index: Index, entry: Entry | Page, other: Entry | Page) -> Diagnostic:
    here, there = _page(index, entry).place, _page(index, other).place
    if here.path.startswith("templates/"):  # only an editor's file can be renamed
        here, there = there, here
    return Diagnostic("URL-01", here, {"url": entry.url, "other": there})


def _pages(index: Index, site: Site) -> Iterator[Entry | Page]:
    """All pages. A sitemap needs absolute addresses, so there is none without a base."""
    addresses: list[str] = []
    for page in _content_pages(index, site.base_url):
        if site.base_url and page.url.endswith(".html") and page.url != "404.html":
            addresses.append(page.url)
        yield page
    yield from feeds.pages(site.feeds, site.base_url)
    yield from look.pages(index)
    yield from machine.pages(addresses)


def _content_pages(index: Index, base_url: str) -> Iterator[Entry | Page]:
    yield from home.pages(index, urlsplit(base_url).path or "/")
    yield from news.pages(index)
    yield from honours.pages(index, base_url)
    yield from people.pages(index)
    yield from contest.pages(index)
    yield from companies.pages(index)
    yield from results.pages(index)
    yield from ledger.pages(index)
    yield from wrap_up.pages(index)
    yield from timeline.pages(index)
    yield from finding.pages(index)
    yield from opendata.pages(index, base_url)

"""The URL table: every page of the site, with what it shows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from honorroll.diagnostics import Diagnostic
from honorroll.load import Campaign
from honorroll.pages import contest, home, honours, machine, news, people, sections
from honorroll.pages.contexts import TEMPLATES
from honorroll.pages.index import Index
from honorroll.pages.page import Page
from honorroll.pages.parts import Site
from honorroll.texts import Texts

__all__ = ["TEMPLATES", "Page", "Plan", "plan"]


@dataclass(frozen=True)
class Plan:
    """What is to be published: the part that all pages share, and the pages by address."""

    site: Site
    pages: dict[str, Page]
    digests: dict[str, str] = field(default_factory=dict)
    """Of the pages' inputs, as far as somebody has asked for them."""


def plan(campaign: Campaign, texts: Texts, base_url: str | None = None) -> tuple[Plan, list[Diagnostic]]:
    """All pages of a campaign; reports URL-01 where two claim one address."""
    site = sections.site(campaign, base_url)
    table: dict[str, Page] = {}
    problems: list[Diagnostic] = []
    for page in _pages(Index(campaign, texts), site.base_url):
        other = table.setdefault(page.url.casefold(), page)
        if other is not page:
            ours = page.place.path.startswith("templates/")  # only an editor's file can be renamed
            here, there = (other.place, page.place) if ours else (page.place, other.place)
            problems.append(Diagnostic("URL-01", here, {"url": page.url, "other": there}))
    return Plan(site, {page.url: page for page in table.values()}), problems


def _pages(index: Index, base_url: str) -> Iterator[Page]:
    """All pages. A sitemap needs absolute addresses, so there is none without a base."""
    addresses: list[str] = []
    for page in _content_pages(index, urlsplit(base_url).path or "/"):
        if base_url and page.url != "404.html":
            addresses.append(page.url)
        yield page
    yield from machine.pages(index, addresses)


def _content_pages(index: Index, base_path: str) -> Iterator[Page]:
    yield from home.pages(index, base_path)
    yield from news.pages(index)
    yield from honours.pages(index)
    yield from people.pages(index)
    yield from contest.pages(index)

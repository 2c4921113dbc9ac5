"""Redirects: at each address that has moved, a small page that leads on, also from a folder and without scripts."""

from collections.abc import Container, Iterator
from typing import NamedTuple

from honorroll.diagnostics import Diagnostic, Place
from honorroll.model import Campaign, Redirect, urls
from honorroll.pages.contexts import template
from honorroll.pages.lookup.index import Index
from honorroll.pages.page import Entry, Made, Page, Section, entry
from honorroll.pages.parts import PageMeta
from honorroll.record import edition_path, is_comparable


@template("redirect.html")
class RedirectPage(NamedTuple):
    """An address that has moved."""

    target: str
    """Where it leads, relative to this page."""
    canonical: str
    """The absolute address of that; empty where the site's own is not known."""


def check(campaign: Campaign, pages: Container[str]) -> Iterator[Diagnostic]:
    """URL-03 and URL-04: redirects to no page, and to another redirect (or to themselves). REC-05: addresses that vanished."""
    old = {redirect.old for redirect in campaign.redirects}
    for redirect in campaign.redirects:
        if redirect.to in old:
            yield Diagnostic("URL-04", redirect.at("to"), {"url": redirect.to})
        elif redirect.to and redirect.to not in pages:
            yield Diagnostic("URL-03", redirect.at("to"), {"url": redirect.to})
    published = campaign.published
    if published.editions and is_comparable(campaign):
        for (kind, url), told in (*published.facts.items(), *published.gone.items()):
            if kind == "page" and url not in pages and url not in old:
                yield Diagnostic("REC-05", Place(edition_path(told.edition), line=told.line, column=1), {"id": url})


def _pages(index: Index) -> Iterator[Entry]:
    for number, redirect in enumerate(index.campaign.redirects):
        if redirect.to:
            yield entry(redirect.old, _redirect, number)


def _redirect(index: Index, number: int) -> Page:
    redirect: Redirect = index.campaign.redirects[number]
    meta = PageMeta(redirect.old, urls.root(redirect.old), "网址已更换", "")
    to = redirect.to or ""
    shown = RedirectPage(meta.root + to, urls.canonical(to, index.base_url))
    return Page(redirect.old, Made(meta, shown), redirect)


SECTION = Section(pages=_pages, order=900)

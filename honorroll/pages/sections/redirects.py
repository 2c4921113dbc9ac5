"""Redirects: at each address that has moved, a small page that leads on, also from a folder and without scripts."""

from collections.abc import Container, Iterator
from typing import NamedTuple

from honorroll.diagnostics import Diagnostic
from honorroll.model import Campaign, Redirect, urls
from honorroll.pages.contexts import template
from honorroll.pages.lookup.index import Index
from honorroll.pages.page import Entry, Made, Page, Section, entry
from honorroll.pages.parts import PageMeta


@template("redirect.html")
class RedirectPage(NamedTuple):
    """An address that has moved."""

    target: str
    """Where it leads, relative to this page."""
    canonical: str
    """The absolute address of that; empty where the site's own is not known."""


def check(campaign: Campaign, pages: Container[str]) -> Iterator[Diagnostic]:
    """URL-03 and URL-04: redirects to no page, and to another redirect (or to themselves)."""
    old = {redirect.old for redirect in campaign.redirects}
    for redirect in campaign.redirects:
        if redirect.to in old:
            yield Diagnostic("URL-04", redirect.at("to"), {"url": redirect.to})
        elif redirect.to not in pages:
            yield Diagnostic("URL-03", redirect.at("to"), {"url": redirect.to})


def _pages(index: Index) -> Iterator[Entry]:
    for number, redirect in enumerate(index.campaign.redirects):
        yield entry(redirect.old, _redirect, number)


def _redirect(index: Index, number: int) -> Page:
    redirect: Redirect = index.campaign.redirects[number]
    meta = PageMeta(redirect.old, urls.root(redirect.old), "网址已更换", "")
    shown = RedirectPage(meta.root + redirect.to, urls.canonical(redirect.to, index.base_url))
    return Page(redirect.old, Made(meta, shown), redirect)


SECTION = Section(pages=_pages, order=900)

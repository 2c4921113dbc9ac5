"""The URL table: every page of the site, with what it shows."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache, cached_property, partial
from importlib import import_module
from itertools import chain
from typing import Any

from msgspec import Struct, field

from honorroll.diagnostics import Diagnostic
from honorroll.fingerprint import digest
from honorroll.incremental import Memos, Shelf, differences
from honorroll.model import Campaign
from honorroll.pages import frame
from honorroll.pages.contexts import TEMPLATES
from honorroll.pages.contexts.machine import Dated
from honorroll.pages.files import certificates, share_picture, sharing
from honorroll.pages.lookup import cells
from honorroll.pages.lookup.index import Index
from honorroll.pages.lookup.lookers import Lookers
from honorroll.pages.lookup.reads import Notes
from honorroll.pages.page import Entry, Page, Planned, canonical, standing
from honorroll.pages.parts import Site

__all__ = ["TEMPLATES", "Page", "Plan", "look_up", "plan"]


#: The modules that list and plan pages of the campaign's records, in this order; each is loaded when it has to.
SECTIONS = "home news notices honours people contest companies results ledger wrap_up timeline finding opendata".split()

#: The package of the functions that list and plan pages.
_PACKAGE = "honorroll.pages"

#: How many pages that were planned are kept until they are rendered.
FEW = 100

#: Stands for no page: under it, digest of all that every page is planned from, and how many pages there are.
WHOLE = ""


class Plan(Struct, frozen=True, dict=True):
    """What is to be published: the part that all pages share, and the pages by address."""

    site: Site
    pages: Mapping[str, Planned]
    contents: Mapping[str, str]
    """By address, digest of all that a page is made from, its text included."""
    _index: Index
    _known: dict[str, Page] = field(default_factory=dict)
    """Pages that have been planned in this build: the search asks for them and the engine too."""
    _more: Mapping[str, Callable[[str], Page]] = field(default_factory=dict)

    def page(self, url: str) -> Page:
        """A page, to be made."""
        if url in self._more:
            return self._more[url](url)
        page = self._known.get(url)
        if page is None:
            by = self.pages[url].by
            page = _planner(by[0])(self._index, *by[1:]) if by else self._made[url]
            _keep(self._known, page)
        return page

    @cached_property
    def _made(self) -> Mapping[str, Page]:
        """The pages that are made where they are listed."""
        return {entry.url: entry for entry in _pages(self._index, self.site) if isinstance(entry, Page)}

    def plus(self, contents: Mapping[str, str], template: str, page: Callable[[str], Page]) -> "Plan":
        """The plan with more pages of one template, each made by its address."""
        planned = dict.fromkeys(contents, Planned((), template, "", has_text=False))
        more = dict.fromkeys(contents, page)
        pages, contents = {**self.pages, **planned}, {**self.contents, **contents}
        return Plan(self.site, pages, contents, self._index, self._known, more)


def look_up(
    campaign: Campaign, base_url: str | None = None, notes: Notes | None = None, *, own_share: bool = False
) -> Index:
    """The index of a campaign; `own_share` says that its project brings a share picture."""
    return Index(campaign, frame.base(campaign, base_url), notes, own_share=own_share)


class Last(Struct):
    """The pages planned last, their texts and contents. None, where a store keeps nothing from build to build."""

    pages: Mapping[str, Planned] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    contents: Mapping[str, str] = field(default_factory=dict)

    def contents_of(self, pages: Mapping[str, Planned], texts: Mapping[str, str]) -> Mapping[str, str]:
        """By address, digest of all that a page is made from. What was made of the same is the same."""
        other, gone = differences(pages, self.pages)
        moved = dict.fromkeys([*other, *differences(texts, self.texts)[0]]) if self.pages else pages
        new = {
            url: page.content + texts[url] if page.has_text else page.content
            for url in moved
            if (page := pages.get(url))
        }
        contents = {**self.contents, **new}
        for url in gone:
            del contents[url]
        self.pages, self.texts, self.contents = pages, texts, contents
        return contents


def plan(index: Index, memos: Memos, last: Last | None = None) -> tuple[Plan, list[Diagnostic]]:
    """All pages of a campaign; reports URL-01 where two claim one address.

    A page is planned when something that it is planned from has changed; see `reads.py`.
    """
    campaign, shelf = index.whole, memos.shelf("plan")
    own = index.own_share
    site = frame.site(campaign, index.base_url, own_share=own)
    problems = [*certificates.check(campaign, site.base_url), *sharing.check(campaign, site.base_url)]
    problems += share_picture.check(campaign, own=own)
    editions = sharing.edition(campaign), share_picture.edition(campaign, own=own)
    ground = cells.ground(campaign, index.base_url, editions, site.feeds, site.share)
    totals = cells.totals(campaign)
    whole = digest("\n".join([ground, *totals.values()]).encode())
    known, made = shelf.get(WHOLE), dict[str, Page]()
    if known == (whole, len(shelf)):
        pages = {**shelf.of(shelf)}
    else:
        shelf.put(WHOLE, ("", 0))
        changed, keep = cells.changed(campaign, ground, totals, memos)
        is_complete = known is not None and known[1] == len(shelf)
        pages, found = _planned(index, site, changed if is_complete else None, memos, made)
        keep()  # last: what could not be planned must not pass for one that holds
        problems += found
        shelf.put(WHOLE, ("" if found else whole, len(shelf)))
    pages.pop(WHOLE, None)
    return Plan(site, pages, (last or Last()).contents_of(pages, index.texts.totals), index, made), problems


def _planned(
    index: Index, site: Site, changed: set[str] | None, memos: Memos, made: dict[str, Page]
) -> tuple[dict[str, Planned], list[Diagnostic]]:
    """Plan the pages for which something was looked up that has changed, and take the others from the shelf.

    Where each section lists what it listed the last time, the URL table is the same. What is planned goes to `made`.
    """
    shelf, lookers, lists = memos.shelf("plan"), Lookers(memos.shelf("lookers")), memos.shelf("lists")
    index.notes.begin(changed)
    if changed:
        changed |= index.related.touched(changed)
    stale = lookers.of(changed or ())
    if changed is None or not lookers.are_whole:
        changed = None
        lookers.clear()
    known: Mapping[str, Planned] = shelf.of(shelf)
    pages, problems = ({**known} if changed is not None else {}), list[Diagnostic]()
    stale &= known.keys()
    again: list[Entry | Page] = []
    if _lists_hold(index, changed, lists):
        by = {url: known[url].by for url in sorted(stale)}
        again += [Entry(url, _planner(name), tuple(values)) for url, (name, *values) in by.items()]
    else:
        table, problems = _table(index, site)
        fit = pages.keys() - stale
        pages = {url: pages[url] for url, entry in table.items() if url in fit and _by(entry) == pages[url].by != ()}
        again += [entry for url, entry in table.items() if url not in pages]
        for url in known.keys() - table.keys() - {WHOLE}:
            shelf.drop(url)
    for entry in again:
        url = entry.url
        page, pages[url], own = planned_from(index, entry, _by(entry))
        _keep(made, page)
        last = known.get(url)
        if changed is None or last is None or last.cells != pages[url].cells:
            lookers.put(url, own)
        if pages[url] != last:
            shelf.put(url, pages[url])
    if problems:
        lists.clear()  # they are to be found again
    lookers.keep()
    index.notes.end()
    return pages, problems


def _keep(made: dict[str, Page], page: Page) -> None:
    """Keep a page that will be asked for again, as long as they are few: what many show would fill the memory."""
    if len(made) < FEW:
        made[page.url] = page


def _lists_hold(index: Index, changed: set[str] | None, lists: Shelf) -> bool:
    """Whether each section lists the pages that it listed the last time, in that order and with the same days."""
    hold = changed is not None
    for name in SECTIONS:
        last: tuple[tuple[str, ...], str] | None = lists.get(name)
        if changed is None or last is None or not changed.isdisjoint(last[0]):
            entries, own = index.notes.kept(partial(_listed, index, name))
            total = digest(canonical([(entry.url, _by(entry), entry.day) for entry in entries]))
            hold &= last is not None and last[1] == total
            lists.put(name, (tuple(sorted(own)), total))
    return hold


def _table(index: Index, site: Site) -> tuple[dict[str, Entry | Page], list[Diagnostic]]:
    """All pages by address; URL-01 where two claim one."""
    table: dict[str, Entry | Page] = {}
    problems = []
    for entry in _pages(index, site):
        other = table.setdefault(entry.url.casefold(), entry)
        if other is not entry:
            problems.append(_clash(index, entry, other))
    return {entry.url: entry for entry in table.values()}, problems


def planned_from(index: Index, entry: Entry | Page, by: tuple[Any, ...]) -> tuple[Page, Planned, set[str]]:
    """Plan a page; and what is kept of it, and the cells that it is planned from (`reads.py`)."""
    page, cells = index.notes.kept(lambda: _page(index, entry))
    path = page.place.path if page.has_text else ""  # the links of a text are read from there
    content = digest(canonical((page.url, page.template, path, standing(page.inputs))))
    names = digest("\n".join(sorted(cells)).encode("utf-8", "surrogatepass"))
    return page, Planned(by, page.template, content, page.has_text, names), cells


def _page(index: Index, entry: Entry | Page) -> Page:
    return entry if isinstance(entry, Page) else entry.plan(index, *entry.values)


def _by(entry: Entry | Page) -> tuple[Any, ...]:
    """What is kept of how a page is planned; nothing of one that is made where it is listed."""
    return (_name(entry.plan), *entry.values) if isinstance(entry, Entry) else ()


@cache
def _name(plan: Callable[..., Page]) -> str:
    """The name of a function that plans pages, below this package: it tells which one on a shelf."""
    return f"{plan.__module__.removeprefix(_PACKAGE)}.{plan.__name__}"


@cache
def _planner(name: str) -> Callable[..., Page]:
    """The function of that name."""
    module, _, function = name.rpartition(".")
    found: Callable[..., Page] = getattr(import_module(_PACKAGE + module), function)
    return found


def _clash(index: Index, entry: Entry | Page, other: Entry | Page) -> Diagnostic:
    here, there = _page(index, entry).place, _page(index, other).place
    if here.path.startswith("templates/"):  # only an editor's file can be renamed
        here, there = there, here
    return Diagnostic("URL-01", here, {"url": entry.url, "other": there})


def _pages(index: Index, site: Site) -> Iterator[Entry | Page]:
    """All pages. A sitemap needs absolute addresses, so there is none without a base."""
    from honorroll.pages.files import feeds, machine, palette  # like the sections

    addresses: list[Dated] = []
    today = index.campaign.today
    for page in chain.from_iterable(_listed(index, name) for name in SECTIONS):
        if site.base_url and page.url.endswith(".html") and page.url != "404.html":
            addresses.append(Dated(page.url, page.day if page.day and page.day <= today else None))
        yield page
    yield from feeds.pages(site.feeds, site.base_url)
    yield from palette.pages(index)
    yield from share_picture.pages(index)
    yield from machine.pages(addresses)


def _listed(index: Index, name: str) -> list[Entry]:
    """What a section lists of the campaign's records, which is the same while they are."""
    return index.notes.once(name, lambda: [*import_module(f"{_PACKAGE}.sections.{name}").pages(index)])

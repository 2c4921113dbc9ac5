"""The URL table: every page of the site, with what it shows."""

from collections.abc import Callable, Mapping
from functools import partial
from itertools import chain

from msgspec import Struct, field

from honorroll.content import Texts
from honorroll.diagnostics import Diagnostic
from honorroll.fingerprint import fingerprint
from honorroll.incremental import Database, Dependents, Table, changed
from honorroll.model import Campaign
from honorroll.pages import frame
from honorroll.pages.contexts import TEMPLATES
from honorroll.pages.files import calendar, certificates, feeds, machine, palette, share_picture, sharing
from honorroll.pages.lookup.index import Index
from honorroll.pages.lookup.tracked import shared, tables
from honorroll.pages.page import Entry, Page, Planned, canonical, standing
from honorroll.pages.parts import Site
from honorroll.pages.sections import SECTIONS, redirects

__all__ = ["TEMPLATES", "Page", "Plan", "look_up", "plan"]


#: Stands beside the sections for the files that tell of all pages or of none.
FILES = "files"


class Plan(Struct, frozen=True, dict=True):
    """What is to be published: the part that all pages share, and the pages by address."""

    site: Site
    pages: Mapping[str, Planned]
    fingerprints: Mapping[str, str]
    """By address, fingerprint of all that a page is made from, its text included."""
    _index: Index
    _listed: dict[str, Mapping[str, Entry | Page]] = field(default_factory=dict)
    _known: dict[str, Page] = field(default_factory=dict)
    """Pages that have been planned in this build: the search asks for them and the engine too."""
    _more: Mapping[str, Callable[[str], Page]] = field(default_factory=dict)

    def page(self, url: str) -> Page:
        """A page, to be made."""
        if url in self._more:
            return self._more[url](url)
        if url not in self._known:
            self._known[url] = _page(self._index, self._entries(self.pages[url].section)[url])
        return self._known[url]

    def _entries(self, section: str) -> Mapping[str, Entry | Page]:
        """What a section lists, by address."""
        if section not in self._listed:
            self._listed[section] = {entry.url: entry for entry in _list(self._index, self.site, section)}
        return self._listed[section]

    def plus(self, fingerprints: Mapping[str, str], template: str, page: Callable[[str], Page]) -> "Plan":
        """The plan with more pages of one template, each made by its address."""
        planned = dict.fromkeys(fingerprints, Planned("", "", template, "", has_text=False))
        more = dict.fromkeys(fingerprints, page)
        pages, fingerprints = {**self.pages, **planned}, {**self.fingerprints, **fingerprints}
        return Plan(self.site, pages, fingerprints, self._index, self._listed, self._known, more)


def look_up(campaign: Campaign, texts: Texts, base_url: str | None = None, *, own_share: bool = False) -> Index:
    """The index of a campaign; `own_share` says that its project brings a share picture."""
    return Index(campaign, texts, frame.base(campaign, base_url), own_share=own_share)


def plan(index: Index, database: Database) -> tuple[Plan, list[Diagnostic]]:
    """All pages of a campaign; reports URL-01 where two claim one address.

    A page is planned again when something that it read has changed (`incremental/dependencies.py`).
    """
    campaign, own = index.whole, index.own_share
    site = frame.site(campaign, index.base_url, own_share=own)
    problems = [*certificates.check(campaign, site.base_url), *sharing.check(campaign, site.base_url)]
    problems += share_picture.check(campaign, own=own)
    editions = sharing.edition(campaign), share_picture.edition(campaign, own=own)
    # What every page may read without recording it; when it changes, all are planned again.
    shared_by_all = repr(
        (index.base_url, editions, site.feeds, site.share, campaign.info.fingerprint, str(campaign.today))
    )
    made_from = fingerprint(f"{shared_by_all} {campaign.fingerprint}".encode("utf-8", "surrogatepass"))
    last, stored = database.table("plan", str), database.table("pages", Planned)
    planned = dict[str, Page]()
    if last.get("made from") != made_from:
        clashes = _plan(index, site, database, planned, every=last.get("shared by all") != shared_by_all)
        problems += clashes
        last.put("shared by all", "" if clashes else shared_by_all)  # they are to be found again
        last.put("made from", "" if clashes else made_from)
    pages, totals = {**stored.values}, index.texts.totals
    problems += redirects.check(campaign, pages)
    fingerprints = {url: page.inputs + totals[url] if page.has_text else page.inputs for url, page in pages.items()}
    return Plan(site, pages, fingerprints, index, {}, planned), problems


def _plan(index: Index, site: Site, database: Database, planned: dict[str, Page], *, every: bool) -> list[Diagnostic]:
    """Plan the pages that read something that has changed, or `every` page, and store what came of it.

    Returns URL-01 where two pages claim one address. Pages that are planned go to `planned`, too, for whoever renders them.
    """
    stored, dependents = database.table("pages", Planned), Dependents(database.table("readers", tuple[str, ...]))
    by_table = [changed(database, name, rows, shared(name)) for name, rows in tables(index.whole).items()]
    every |= None in by_table
    dependencies = {dependency for found in by_table for dependency in found or ()}
    dependencies |= set() if every else index.related.touched(dependencies)
    stale = dependents.of(dependencies)
    sections = [name for name in SECTIONS if _list_of(name) in stale]
    if every or not all(_is_listed(index, site, stored, dependents, name) for name in sections):
        entries, clashes = _table(index, site, dependents)
        for url in [url for url in stored.values if url not in entries]:
            stored.drop(url)
    else:
        clashes = []
        sections = sorted({stored.values[url].section for url in stale if url in stored.values})
        listed = ((section, entry) for section in sections for entry in _list(index, site, section))
        entries = {entry.url: (section, entry) for section, entry in listed if entry.url in stale}
    for url, (section, entry) in entries.items():
        known = stored.get(url)
        # A page that is made where it is listed is compared anew: nobody records what its listing read.
        if (
            every
            or known is None
            or url in stale
            or isinstance(entry, Page)
            or known.entry != _entry_fingerprint(entry)
        ):
            page, new, own = planned_from(index, section, entry)
            planned[url] = page
            if every or known is None or known.reads != new.reads:
                dependents.put(url, own)
            if new != known:
                stored.put(url, new)
    dependents.store()
    return clashes


def _list_of(section: str) -> str:
    """What the list of a section is called among the dependents."""
    return f"list of {section}"


def _is_listed(index: Index, site: Site, stored: Table[Planned], dependents: Dependents, section: str) -> bool:
    """Whether a section lists what is stored of it."""
    entries, reads = index.reads.of(partial(_list, index, site, section))
    dependents.put(_list_of(section), reads)
    known = {url: page.entry for url, page in stored.values.items() if page.section == section}
    # Of two entries with one address a mapping holds only the last.
    return len(entries) == len(known) and {entry.url: _entry_fingerprint(entry) for entry in entries} == known


def _table(
    index: Index, site: Site, dependents: Dependents
) -> tuple[dict[str, tuple[str, Entry | Page]], list[Diagnostic]]:
    """All pages with their sections, by address; URL-01 where two claim one."""
    table: dict[str, tuple[str, Entry | Page]] = {}
    problems = []
    for section in (*SECTIONS, FILES):
        entries, reads = index.reads.of(partial(_list, index, site, section))
        dependents.put(_list_of(section), reads)
        for entry in entries:
            _, other = table.setdefault(entry.url.casefold(), (section, entry))
            if other is not entry:
                problems.append(_clash(index, entry, other))
    return {entry.url: (section, entry) for section, entry in table.values()}, problems


def planned_from(index: Index, section: str, entry: Entry | Page) -> tuple[Page, Planned, set[str]]:
    """Plan a page; what is stored of it, and the dependencies that it read."""
    page, reads = index.reads.of(lambda: _page(index, entry))
    path = page.place.path if page.has_text else ""  # the links of a text are read from there
    inputs = fingerprint(canonical((page.url, page.template, path, standing(page.inputs))))
    names = fingerprint("\n".join(sorted(reads)).encode("utf-8", "surrogatepass"))
    return page, Planned(section, _entry_fingerprint(entry), page.template, inputs, page.has_text, names), reads


def _page(index: Index, entry: Entry | Page) -> Page:
    return entry if isinstance(entry, Page) else entry.plan(index, *entry.values)


def _entry_fingerprint(entry: Entry | Page) -> str:
    """Fingerprint of how a page is listed; of one that is made there, none."""
    if isinstance(entry, Page):
        return ""
    words = entry.plan.__module__, entry.plan.__name__, entry.values, entry.day
    return fingerprint(canonical(words))


def _clash(index: Index, entry: Entry | Page, other: Entry | Page) -> Diagnostic:
    here, there = _page(index, entry).place, _page(index, other).place
    if here.path.startswith("templates/"):  # only an editor's file can be renamed
        here, there = there, here
    return Diagnostic("URL-01", here, {"url": entry.url, "other": there})


def _list(index: Index, site: Site, section: str) -> list[Entry | Page]:
    """What a section lists; `FILES` are those that tell of all pages or of none."""
    if section != FILES:
        return index.reads.once(section, lambda: [*SECTIONS[section].pages(index)])
    addresses: list[machine.Dated] = []
    today = index.campaign.today
    for page in chain.from_iterable(_list(index, site, name) for name in SECTIONS if name != "redirects"):
        if site.base_url and page.url.endswith(".html") and page.url != "404.html":
            day = page.day if isinstance(page, Entry) else None
            addresses.append(machine.Dated(page.url, day if day and day <= today else None))
    return [
        *feeds.pages(site.feeds, site.base_url),
        *calendar.pages(),
        *palette.pages(index),
        *share_picture.pages(index),
        *machine.pages(addresses),  # a sitemap needs absolute addresses, so there is none without a base
    ]

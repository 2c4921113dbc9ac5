"""The public change log: what was corrected, revoked or taken down. On every site: that nothing was, is to be said as well."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from honorroll.pages.contexts import template
from honorroll.pages.corrections import Change, changes
from honorroll.pages.lookup.index import Index
from honorroll.pages.page import Entry, Page, Section, entry, section
from honorroll.pages.parts import Group
from honorroll.pages.site_parts import CHANGES


@template("changes.html")
class ChangesPage(NamedTuple):
    """What of published facts was corrected, revoked or taken down."""

    years: tuple[Group[Change], ...]
    """By year, newest first; last what has no date. None where nothing was changed."""


def pages(index: Index) -> Iterator[Entry]:
    """One page, on every site."""
    found = changes(index)
    yield entry(CHANGES.url, _page, day=found[0].when if found else None)


def _page(index: Index) -> Page:
    years = groupby(changes(index), key=lambda change: f"{change.when.year}年" if change.when else "日期没有记下的")
    context = ChangesPage(tuple(Group(title, "", tuple(own)) for title, own in years))
    return section(CHANGES, context, "公布以后更正、撤销、撤下了什么：哪一天，为什么，都写在这里")


SECTION = Section(pages, order=130)

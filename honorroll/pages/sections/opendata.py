"""Open data: the page that describes them, and their files as CSV, as JSON and as JSON Schema.

Rows are made of what the pages show on the same day and nothing else: the visible campaign, and people by public name.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import msgspec

from honorroll.model import urls
from honorroll.pages import sections
from honorroll.pages.cards import DatasetCard
from honorroll.pages.contexts import template
from honorroll.pages.files.datasets import Envelope, License, Row, address
from honorroll.pages.lookup.index import Index
from honorroll.pages.page import Entry, Page, Raw, Section, entry, section
from honorroll.pages.site_parts import OPEN_DATA


@template("data.html")
class OpenDataPage(NamedTuple):
    """What open data there are, and how to read them."""

    datasets: tuple[DatasetCard, ...]
    """The data sets that have any rows."""
    license: str
    """Under what terms the data may be used; empty when there are none."""
    license_url: str
    """Where these terms stand; empty when unknown."""


def pages(index: Index) -> Iterator[Entry]:
    """The page about the data, and three files for each data set that has any rows."""
    names, base = sections.datasets(index.campaign), index.base_url
    if names:
        yield entry(OPEN_DATA.url, _about, base)
    for name in names:
        yield entry(f"data/{name}.csv", _csv_file, name, base)
        yield entry(f"data/{name}.json", _json_file, name, base)
        yield entry(_schema_url(name), _schema_file, name, base)


def _about(index: Index, base: str) -> Page:
    from honorroll.pages.files.exports import fields  # takes long to load, and seldom is anything of this new

    tables = [(sections.DATASETS[name], _rows(index, name, base)) for name in sections.datasets(index.campaign)]
    cards = tuple(
        DatasetCard(dataset.name, dataset.title, len(rows), _as_of(index, rows), tuple(fields(dataset)))
        for dataset, rows in tables
    )
    terms = index.campaign.info.license
    context = OpenDataPage(cards, terms.name if terms else "", terms.url if terms else "")
    return section(OPEN_DATA, context, "荣誉名单、评比项目、先进事迹和活动战果的数据文件，供下载和再利用")


def _csv_file(index: Index, name: str, base: str) -> Page:
    url = f"data/{name}.csv"
    return Page(url, _Csv(url, name, _rows(index, name, base)))


def _json_file(index: Index, name: str, base: str) -> Page:
    info, dataset, rows, url = (
        index.campaign.info,
        sections.DATASETS[name],
        _rows(index, name, base),
        f"data/{name}.json",
    )
    document = dataset.envelope(
        dataset=name,
        title=dataset.title,
        site=info.site.name,
        home=base or None,
        publishers=index.orgs(info.organisers),
        license=License(info.license.name, info.license.url or None) if info.license else None,
        as_of=_as_of(index, rows),
        sample=info.sample,
        about=address(OPEN_DATA.url, base),
        schema=address(_schema_url(name), base),
        rows=rows,
    )
    return Page(url, _Json(url, document))


def _schema_file(_: Index, name: str, base: str) -> Page:
    url = _schema_url(name)
    return Page(url, _Schema(url, name, urls.canonical(url, base)))


def _schema_url(name: str) -> str:
    return f"data/{name}.schema.json"


def _rows(index: Index, name: str, base: str) -> tuple[Row, ...]:
    """The rows of a data set; they stand in two files and are counted on a page."""
    return index.reads.once(("rows", name), lambda: tuple(sections.DATASETS[name].rows(index, base)))


class _Csv(Raw, frozen=True):
    name: str
    rows: tuple[Row, ...]

    def text(self) -> str:
        from honorroll.pages.files.exports import csv_text  # likewise

        return csv_text(sections.DATASETS[self.name].row, self.rows)


class _Json(Raw, frozen=True):
    document: Envelope[Row]

    def text(self) -> str:
        from honorroll.pages.files.exports import json_text  # likewise

        return json_text(self.document)


class _Schema(Raw, frozen=True):
    name: str
    address: str

    def text(self) -> str:
        from honorroll.pages.files.exports import schema_text  # likewise

        return schema_text(sections.DATASETS[self.name], self.address)


def _as_of(index: Index, rows: tuple[Row, ...]) -> date:
    """The newest day that the rows tell of and that has come; the end of a notice may be still to come."""
    told = (value for row in rows for value in msgspec.structs.astuple(row) if isinstance(value, date))
    return max((day for day in told if day <= index.campaign.today), default=index.campaign.info.start)


SECTION = Section(pages, order=140)

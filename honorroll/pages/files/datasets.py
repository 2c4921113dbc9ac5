"""The open data: how a section declares a data set of its own.

The class of its rows is at once the CSV file's columns, the JSON rows, their JSON Schema and the table of fields that people read.
The names of fields are a promise to re-users: fields may be added at the end, none is renamed or removed.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Annotated, Any, Generic, NamedTuple, TypeVar

import msgspec

from honorroll.model import urls
from honorroll.pages.lookup.index import Index

Row_co = TypeVar("Row_co", covariant=True)


def means(title: str, description: str, **keywords: Any) -> msgspec.Meta:
    """What a field means: in Chinese for the site, in English for the schema."""
    return msgspec.Meta(title=title, description=description, extra_json_schema=keywords or None)


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """What every row begins with."""

    id: Annotated[str, means("编号", "Permanent identifier.")]
    page: Annotated[
        str,
        means("网页", "The page that tells of it; relative to the site without a known one.", format="uri-reference"),
    ]
    sample: Annotated[bool, means("是否示例", "True: invented for demonstration, nobody's real result.")]


class License(msgspec.Struct, frozen=True):
    """Under what terms the data may be used."""

    name: str
    url: str | None


class Envelope(msgspec.Struct, Generic[Row_co], frozen=True, kw_only=True):
    """A data set as JSON: its rows, and what one must know about them."""

    dataset: Annotated[str, means("数据集", "Name of the data set.")]
    title: Annotated[str, means("标题", "Title of the data set.")]
    site: Annotated[str, means("网站", "Name of the site that it comes from.")]
    home: Annotated[str | None, means("网址", "Address of that site, where it is known.", format="uri")]
    publishers: Annotated[tuple[str, ...], means("发布单位", "The campaign's organisers.")]
    license: Annotated[
        License | None, means("许可", "Under what terms the data may be used; null: no licence was given.")
    ]
    as_of: Annotated[date, means("截至日期", "The newest date that the rows tell, not that of the download.")]
    sample: Annotated[bool, means("是否示例", "True: invented for demonstration, nobody's real results.")]
    about: Annotated[str, means("说明", "The page that describes the data.", format="uri-reference")]
    schema: Annotated[str, means("模式", "The JSON Schema that this document follows.", format="uri-reference")]
    rows: Annotated[tuple[Row_co, ...], means("记录", "The records.")]


class Dataset(NamedTuple):
    """One of the published tables, as the section that tells of it declares it."""

    name: str
    title: str
    row: type[Row]
    rows: Callable[[Index, str], Iterable[Row]]
    """Makes the rows; it is given the address of the site, which may be empty."""

    @property
    def envelope(self) -> Any:
        """The type of its JSON document."""
        return Envelope[self.row]  # type: ignore[name-defined]  # known at run time only


def common(index: Index, id: str, url: str, base: str) -> dict[str, Any]:
    """What every row begins with, for `Row`."""
    return {"id": id, "page": address(url, base), "sample": index.campaign.info.sample}


def address(url: str, base: str) -> str:
    """Absolute where it can be."""
    return urls.canonical(url, base) or url

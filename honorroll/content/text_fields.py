"""Which records of the campaign hold a text or name a picture, and where a text says something."""

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from msgspec.structs import replace

from honorroll.content.document import Spot
from honorroll.diagnostics import Diagnostic, Place
from honorroll.filesystem import Snapshot
from honorroll.inputs import front_matter, reader
from honorroll.model import KINDS, LINKED, Campaign, Photo, Record, urls


class Text(NamedTuple):
    """A text, by the page that shows it: the record that holds it, and its field; none for a Markdown file's own text."""

    url: str
    record: Record
    field: str

    @property
    def place(self) -> Place:
        """Where it was written."""
        return self.record.at(self.field) if self.field else self.record.at()


def photos(campaign: Campaign) -> Iterator[tuple[Photo, Place, str]]:
    """The pictures that records name outside a text, where they stand, and what the record is called in findings."""
    for table, field in ((table, kind.photo_field) for table, kind in KINDS.items() if kind.photo_field):
        for record in campaign.table(table).values():
            own: Photo | tuple[Photo, ...] | None = getattr(record, field)
            if isinstance(own, Photo):
                yield own, record.at(field), name(record)
            elif own:
                yield from ((photo, record.at(field, at), name(record)) for at, photo in enumerate(own))


def name(record: Any) -> str:
    """What a record is called in findings."""
    return f"{record.label[0]}“{getattr(record, 'title', '') or record.name}”"


def records(campaign: Campaign) -> dict[str, Record]:
    """The records that hold a text, by the page that shows it."""
    found: dict[str, Record] = {f"{id}.html": article for id, article in campaign.articles.items()}
    for link, name in LINKED.items():
        if KINDS[name].is_document or KINDS[name].text_field:
            table = campaign.table(name)
            found |= zip(urls.pages(link, table), table.values(), strict=True)
    return found


def finder(place: Place, snapshot: Snapshot) -> Callable[[Spot], Place]:
    """What tells where a spot of one text stands in its file; it is `place`, that of the whole text, where that is not known.

    Args:
        place: the Markdown file, or the field of a YAML file that holds the text.
        snapshot: the files.
    """
    source = snapshot.files.get(place.path)
    if source is None:
        return lambda _: place
    if place.keys:
        above, indent = _block(place, source.text)
    else:
        parts = front_matter.split(place.path, source.text)
        above, indent = (0 if isinstance(parts, Diagnostic) else parts.body_line - 1), 0

    def found(spot: Spot) -> Place:
        if not spot.line or above < 0:
            return place
        line, column = above + spot.line, indent + spot.column
        return replace(place, keys=(), line=line, column=column, length=spot.length)

    return found


def _block(place: Place, text: str) -> tuple[int, int]:
    """The line above a text in YAML and its indentation, where it stands in a block that keeps lines (`|`); else -1."""
    lines = text.split("\n")
    at, column, _ = reader(place.path).locate(text, place.keys, on_key=False)
    block = re.match(r"\|[+-]?(\d?)[+-]?\s*(#.*)?$", lines[at][column:]) if at < len(lines) else None
    first = next((number for number, line in enumerate(lines[at + 1 :], start=at + 1) if line.strip()), 0)
    if not block or not first:
        return -1, 0
    if block[1]:  # columns beyond those of the mapping that the field is in
        return first, len(re.match(r"[ -]*", lines[at])[0]) + int(block[1])  # type: ignore[index]  # it matches always
    return first, len(lines[first]) - len(lines[first].lstrip(" "))

"""Which records of the campaign hold a text or name a picture, and where a text says something."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from msgspec.structs import replace

from honorroll.content.document import Spot
from honorroll.diagnostics import Diagnostic, Place
from honorroll.filesystem import Snapshot
from honorroll.inputs import front_matter, reader
from honorroll.model import Campaign, Deed, Notice, Photo, Post, Record, urls


class Text(NamedTuple):
    """A text, by the page that shows it: the record that holds it, and its field; none for a Markdown file's own text."""

    url: str
    record: Record
    field: str

    @property
    def place(self) -> Place:
        """Where it was written."""
        return self.record.at(self.field) if self.field else self.record.at()


#: The tables of which records hold a text, or name pictures outside one.
TEXTS = ("articles", "posts", "deeds", "notices")
PHOTOS = ("posts", "deeds", "teams")


def photos(records: Iterable[Any]) -> Iterator[tuple[Photo, Place, str]]:
    """The pictures that posts, deeds and teams name outside a text."""
    for record in records:
        if isinstance(record, Post):
            if record.image:
                yield record.image, record.at("image"), name(record)
        else:
            yield from ((photo, record.at("photos", at), name(record)) for at, photo in enumerate(record.photos))


def name(record: Any) -> str:
    """What a record is called in findings."""
    return f"{record.label[0]}“{getattr(record, 'title', '') or record.name}”"


#: Which field of a record holds its text, where it has no Markdown file of its own.
FIELDS: dict[type[Record], str] = {Deed: "story", Notice: "body"}


def records(campaign: Campaign) -> dict[str, Record]:
    """The records that hold a text, by the page that shows it."""
    found: dict[str, Record] = {f"{id}.html": article for id, article in campaign.articles.items()}
    for kind, table in (("news", campaign.posts), ("deed", campaign.deeds), ("notice", campaign.notices)):
        found |= zip(urls.pages(kind, table), table.values(), strict=True)
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

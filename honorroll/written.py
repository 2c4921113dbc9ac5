"""Which records of the campaign hold a text or name a picture, and where a text says something."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from msgspec.structs import replace

from honorroll import urls
from honorroll.campaign import Campaign
from honorroll.diagnostics import Place
from honorroll.model import Deed, Notice, Post, Record
from honorroll.model.stories import Photo
from honorroll.source import Snapshot


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


def find(place: Place, needle: str, snapshot: Snapshot) -> Place:
    """Where a link target stands in the file of `place`; `place` itself when it cannot be found."""
    source = snapshot.files.get(place.path)
    if source is None:
        return place
    for number, line in enumerate(source.text.split("\n"), start=1):
        match = re.search(rf"\]\(<?({re.escape(needle)})(?=[\s)>])", line)
        if match:
            return replace(place, keys=(), line=number, column=match.start(1) + 1, length=len(needle))
    return place

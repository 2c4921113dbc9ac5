"""What is kept of a Markdown text that was converted, from build to build."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from operator import attrgetter

import msgspec
from msgspec import Struct, field

from honorroll.content import text_fields
from honorroll.content.document import Outline
from honorroll.content.image_probe import Picture
from honorroll.diagnostics import Place
from honorroll.filesystem import Source
from honorroll.fingerprint import digest
from honorroll.incremental import Shelf, differences
from honorroll.model import Campaign, Photo, Record

#: Stands for no text: under it, where all texts on the shelf lead.
LEADS = ""


class Known(msgspec.Struct, frozen=True, gc=False):
    """What the checks of every build need of a text: what it was made from, and where its links lead.

    The rest of its outline is wanted for few texts, so it stays packed.
    """

    path: str
    digest: str
    pictures: tuple[tuple[str, Picture | None], ...]
    leads: tuple[tuple[str, str], ...]
    """The addresses and fragments that must be there; an empty address for a link that cannot be right."""
    has_remarks: bool
    packed: bytes

    @property
    def total(self) -> str:
        """Digest of all that the HTML depends on, beside its address, its path and this program."""
        return self.digest + digest(repr(self.pictures).encode()) if self.pictures else self.digest

    @property
    def outline(self) -> Outline:
        """Headings, number of words, links."""
        return unpack(self.packed)


pack, unpack = msgspec.msgpack.Encoder().encode, msgspec.msgpack.Decoder(Outline).decode


class Made(Struct):
    """What the last build made of which texts. Nothing, where a store keeps nothing from build to build."""

    campaign: Campaign | None = None
    files: Mapping[str, Source] = field(default_factory=dict)
    by_url: Mapping[str, Record] = field(default_factory=dict)
    photos: Mapping[str, Sequence[tuple[Photo, Place, str]]] = field(default_factory=dict)
    """By table."""
    known: Mapping[str, Known] = field(default_factory=dict)
    totals: Mapping[str, str] = field(default_factory=dict)
    targets: set[str] = field(default_factory=set)
    """The addresses to which links of all texts lead, and perhaps those to which links led that are no more."""
    fragments: set[tuple[str, str]] = field(default_factory=set)
    """Likewise, the addresses and fragments of links that have one."""
    _sorted: Mapping[str, Known] = field(default_factory=dict)
    _documents: dict[str, str] = field(default_factory=dict)
    """The addresses of texts by the Markdown file that each is."""
    _pictured: set[str] = field(default_factory=set)

    def holds(self, campaign: Campaign) -> set[str]:
        """The tables with texts or pictures that are those of the last build."""
        tables = (*text_fields.TEXTS, *text_fields.PHOTOS) if self.campaign else ()
        return {table for table in tables if getattr(campaign, table) is getattr(self.campaign, table)}

    def concerned(self, files: Iterable[str]) -> set[str]:
        """The addresses of the texts that are these files, and of all texts with pictures: these may have changed."""
        other, gone = differences(self.known, self._sorted)
        texts = {url: self.known[url] for url in other}
        self._documents |= {known.path: url for url, known in texts.items()}
        self._pictured -= {*other, *gone}
        self._pictured |= {url for url, known in texts.items() if known.pictures}
        self._sorted = self.known
        return self._pictured | {self._documents[path] for path in files if path in self._documents}

    def recall(self, shelf: Shelf) -> bool:
        """Take over from the shelf where all its texts lead, where nothing is known of a last build."""
        leads = None if self.known else shelf.get(LEADS)
        if leads:
            self.targets, self.fragments = {*leads[0]}, {*leads[1]}
        return bool(leads)

    def keep(self, shelf: Shelf) -> None:
        """Keep there where all texts lead, if that is not what is kept: of the two, one holds all of the other."""
        kept = shelf.get(LEADS)
        if not kept or (len(kept[0]), len(kept[1])) != (len(self.targets), len(self.fragments)):
            shelf.put(LEADS, (tuple(sorted(self.targets)), tuple(sorted(self.fragments))))

    def note(self, texts: Mapping[str, Known]) -> None:
        """Keep where some texts lead."""
        leads = {*chain.from_iterable(map(attrgetter("leads"), texts.values()))}
        self.targets |= {url for url, _ in leads}
        self.fragments |= {lead for lead in leads if lead[1]}

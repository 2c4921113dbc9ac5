"""What page contexts are made of: links, cards, steps, and what every page shows."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Generic, NamedTuple, TypeVar

from honorroll.content import image_probe
from honorroll.pages.files.syndication import FeedLink

Card_co = TypeVar("Card_co", covariant=True)


class Link(NamedTuple):
    """A titled address inside the site."""

    title: str
    url: str


class Image(NamedTuple):
    """A picture of the site."""

    url: str
    alt: str
    width: int
    height: int
    caption: str = ""
    stem: str = ""
    """What the addresses of its sizes begin with; `url` is the largest. Empty where there is but one."""

    def srcset(self, kind: str, root: str) -> str:
        return image_probe.srcset(self.stem, self.width, kind, root)


class Share(NamedTuple):
    """Pictures of a page that are drawn to be shared."""

    poster: Image | None = None
    cover: Image | None = None


class Site(NamedTuple):
    """What every page shows: names, navigation, footer."""

    id: str
    """Id of the campaign."""
    name: str
    """Name of the site."""
    base_url: str
    """Absolute address of the site's root, ending in a slash; empty when unknown."""
    domain: str
    """Host name of `base_url`, for the public-sector tag `SiteDomain`."""
    id_code: str
    """Site identification code (`SiteIDCode`); empty when there is none."""
    campaign: str
    """Short title of the campaign."""
    theme: str
    """Theme of the campaign."""
    organisers: tuple[str, ...]
    """Full names of the organisers."""
    feeds: tuple[FeedLink, ...]
    """The feeds: the main one in each format, Atom first, then those of sections."""
    nav: tuple[Link, ...]
    """Main navigation: only sections that have content."""
    datasets: tuple[str, ...]
    """Names of the open data that there are: awards, projects, deeds, results."""
    sample: bool
    """Whether the data are sample data; shows the banner and keeps robots out."""
    icp: str
    """ICP filing number; empty when there is none."""
    police: str
    """Police filing number as displayed; empty when there is none."""
    police_digits: str
    """The digits of the police filing number, for its link."""
    logo: str
    """Address of the association's own logo; empty where the theme's stands."""
    colours: str
    """Address of the style sheet with the association's own colours; empty where the theme's hold."""
    main_colour: str
    """The darkest of them, for the browser's frame."""
    share: str
    """Address of the picture that stands for pages without one of their own; empty where `static/share.png` does."""
    footer: tuple[str, ...]
    """Lines of the association's own."""
    links: tuple[Link, ...]
    """Other sites; their addresses are absolute."""


class ArticleTags(NamedTuple):
    """Values of the public-sector tags of an article page."""

    published: datetime | date
    source: str
    author: str
    keywords: str
    modified: datetime | None = None
    """When it was changed after that, where readers are told so."""


class Column(NamedTuple):
    """Values of the public-sector tags of a section page."""

    name: str
    description: str
    keywords: str
    type: str


class PageMeta(NamedTuple):
    """Who this page is: address, title, place in the site."""

    url: str
    """Address relative to the site's root, such as `news/2022-09-01-x.html`."""
    root: str
    """What leads from this page to the site's root: empty, `../` or `../../`."""
    title: str
    """Title of the page; empty on the home page."""
    description: str
    """One or two sentences."""
    section: str = ""
    """Address of the section in the navigation that this page belongs to."""
    crumbs: tuple[Link, ...] = ()
    """Way from home to this page, without the page itself."""
    column: Column | None = None
    """Set on section pages."""
    article: ArticleTags | None = None
    """Set on article pages."""
    image: Image | None = None
    """Picture for `og:image`."""


class Group(NamedTuple, Generic[Card_co]):
    """Cards under a heading."""

    title: str
    note: str
    cards: tuple[Card_co, ...]
    id: str = ""
    """Of its place on the page; empty where nothing leads there."""


class Step(NamedTuple):
    """One step of a course of events. `done` says whether it has been reached; `url` leads to its evidence."""

    title: str
    when: date | None
    note: str
    done: bool
    url: str = ""


class Check(NamedTuple):
    """One condition of the contest: what is asked for, what is there, and whether that will do."""

    name: str
    wanted: str
    actual: str
    met: bool


class Cell(NamedTuple):
    """A value in a table, with the address of where it comes from."""

    text: str
    url: str = ""


class Table(NamedTuple):
    """Numbers in rows. The first cell of a row names it, and the first column of `head` the rows."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    foot: tuple[str, ...] = ()
    """The sums of the columns; empty when there are none."""
    words: int = 1
    """How many columns are words; the others are numbers."""


class Fact(NamedTuple):
    """A labelled value."""

    name: str
    value: str
    url: str = ""


def values(facts: Iterable[Fact]) -> tuple[str, ...]:
    """What labelled values say."""
    return tuple(fact.value for fact in facts)


class Field(NamedTuple):
    """A field of a data set: its name there, what it means in Chinese and in English, its type in Chinese."""

    name: str
    title: str
    kind: str
    description: str

"""A page: a unit of output. Its address, its template and what it is made from.

Nothing is read while a page is made: its inputs are one frozen struct of records, cards, text, numbers
and dates, and what its template is shown follows from them alone. So the inputs tell whether a page is
up to date, and its context is made only when it is not.
"""

from abc import abstractmethod
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Generic, NamedTuple, TypeVar, TypeVarTuple

import msgspec
from msgspec import Struct

from honorroll.content import TextKey, Texts, posters
from honorroll.diagnostics import Place
from honorroll.model import Campaign, Record, urls
from honorroll.pages.contexts import Context, RawPage, template_of
from honorroll.pages.files.datasets import Dataset
from honorroll.pages.lookup.index import Index
from honorroll.pages.parts import ArticleTags, Column, Image, Link, PageMeta

Values = TypeVarTuple("Values")
Drawn = TypeVar("Drawn")

HOME = Link("首页", "index.html")

#: What a template sees beside the site.
Shown = tuple[PageMeta, Context]


class _Inputs(Struct, frozen=True):
    """What a rendered page is made from. A subclass declares its fields; mypy checks what they are given."""

    @property
    @abstractmethod
    def shows(self) -> type[Context]:
        """The class of the context that it makes, which names its template."""

    @property
    def template(self) -> str:
        """Name of the template."""
        return template_of(self.shows)


class Inputs(_Inputs, frozen=True):
    """What a page is made from that has no Markdown text."""

    @abstractmethod
    def shown(self) -> Shown:
        """What the template is shown: a function of the fields and nothing else."""


class TextInputs(_Inputs, frozen=True):
    """What a page with a Markdown text is made from. The text is one more input, with a fingerprint of its own."""

    @abstractmethod
    def shown(self, text: TextKey) -> Shown:
        """What the template is shown: a function of the text and the fields and nothing else."""


class Drawing(Struct, Generic[Drawn], frozen=True):
    """A file that is drawn, not rendered: the bytes are what `make` returns for `drawn`."""

    make: Callable[[Drawn], bytes]
    """At the top of its module (`artifact_cache.py`)."""
    drawn: Drawn


class Page(Struct, frozen=True):
    """A page that can be made, and the record that it is about."""

    url: str
    """Address relative to the site's root."""
    inputs: Inputs | TextInputs | Drawing[posters.Sheet] | Drawing[posters.Card]
    origin: Record | None = None
    """None where only its template tells of it."""

    @property
    def template(self) -> str | None:
        """Name of its template; none of a drawing."""
        return None if isinstance(self.inputs, Drawing) else self.inputs.template

    @property
    def has_text(self) -> bool:
        """Whether it has a Markdown text."""
        return isinstance(self.inputs, TextInputs)

    def shown(self, texts: Texts) -> Shown:
        """What its template is shown. It is no drawing."""
        assert not isinstance(self.inputs, Drawing)
        return self.inputs.shown(texts.key(self.url)) if isinstance(self.inputs, TextInputs) else self.inputs.shown()

    @property
    def place(self) -> Place:
        """Where what it shows stands in the data."""
        return self.origin.at() if self.origin else Place(f"templates/{self.template}")


class Entry(NamedTuple):
    """A page of the URL table that need not be planned to be known: `plan` makes it from the index and plain values.

    `entry` makes one, and mypy checks the values.
    """

    url: str
    plan: Callable[..., Page]
    values: tuple[Any, ...] = ()
    day: date | None = None
    """The newest day of the records that it shows, for the sitemap; none where they have none."""


def entry(url: str, plan: Callable[[Index, *Values], Page], *values: *Values, day: date | None = None) -> Entry:
    """An entry whose `values` are what `plan` takes after the index."""
    return Entry(url, plan, values, day)


class Section(Struct, frozen=True):
    """What a module of `sections/` says of itself: its pages, and where else they show up."""

    pages: Callable[[Index], Iterable[Entry]]
    """Lists its pages."""
    order: int
    """Its place among the sections, and in the menu."""
    menu: Link | None = None
    """Its front page, where it stands in the menu."""
    has_content: Callable[[Campaign], object] = bool
    """Whether there is anything to show; else it is not in the menu and offers no data."""
    data: tuple[Dataset, ...] = ()
    """Its open data."""


class Planned(Struct, frozen=True, gc=False, array_like=True):
    """What is stored of a page that was planned: enough to tell whether it is up to date."""

    section: str
    """The section that lists it."""
    entry: str
    """Fingerprint of the entry by which it does."""
    template: str | None
    inputs: str
    """Fingerprint of its inputs, without its text."""
    has_text: bool
    reads: str = ""
    """Fingerprint of the names of the dependencies that were read to plan it."""


class Made(Inputs, frozen=True):
    """What the template is shown is there already."""

    meta: PageMeta
    context: Context

    @property
    def shows(self) -> type[Context]:
        return type(self.context)

    def shown(self) -> Shown:
        return self.meta, self.context


class Raw(Inputs, frozen=True):
    """A file at `url` that holds one text and nothing else."""

    shows = RawPage
    url: str

    @abstractmethod
    def text(self) -> str:
        """All of it: a function of the fields and nothing else."""

    def shown(self) -> Shown:
        return PageMeta(self.url, urls.root(self.url), "", ""), RawPage(self.text())


def made(meta: PageMeta, context: Context, origin: Record | None = None) -> Page:
    """A page whose context is there already."""
    return Page(meta.url, Made(meta, context), origin)


def section(nav: Link, context: Context, description: str, *, url: str = "", title: str = "") -> Page:
    """A list page of the section `nav`, at `url` if it is not the section's front page."""
    return made(listing(nav, description, url=url, title=title), context)


def listing(nav: Link, description: str, *, url: str = "", title: str = "") -> PageMeta:
    """What is said of a list page of the section `nav`, at `url` if it is not the section's front page."""
    own = url or nav.url
    return PageMeta(
        url=own,
        root=urls.root(own),
        title=title or nav.title,
        description=description,
        section=nav.url,
        crumbs=(HOME, nav) if url and url != nav.url else (HOME,),
        column=Column(nav.title, description, nav.title, nav.title),
    )


def article(
    nav: Link | None,
    url: str,
    title: str,
    description: str,
    *,
    tags: ArticleTags | None = None,
    image: Image | None = None,
) -> PageMeta:
    """What is said of a page about one thing, in the section `nav`."""
    return PageMeta(
        url=url,
        root=urls.root(url),
        title=title,
        description=description,
        section=nav.url if nav else "",
        crumbs=(HOME, nav) if nav and nav.url != url else (HOME,),
        article=tags,
        image=image,
    )


def standing(inputs: Struct) -> tuple[Any, ...]:
    """The inputs of a page in the order of their fields, with what each record was read from in its stead.

    Of records there may be lists.
    """
    values = (inputs.drawn,) if isinstance(inputs, Drawing) else msgspec.structs.astuple(inputs)
    return tuple([_stands_for(value) for value in values])


def _stands_for(value: Any) -> Any:
    if isinstance(value, Record):
        return value.fingerprint
    return (
        [each.fingerprint for each in value]
        if isinstance(value, tuple) and value and isinstance(value[0], Record)
        else value
    )


#: The canonical form of named tuples, tuples, text, numbers and dates.
canonical = msgspec.json.Encoder().encode

"""A page: a unit of output. Its address, its template, what it is made from, and how.

Nothing is read while a page is made: `make` is a plain function of `inputs`, which are records,
cards, text, numbers and dates. So the inputs tell whether a page is up to date, and its context
is made only when it is not.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

import msgspec

from honorroll.diagnostics import Place
from honorroll.model import Record, urls
from honorroll.pages.contexts import TEMPLATES, Context
from honorroll.pages.parts import ArticleTags, Column, Image, Link, PageMeta

HOME = Link("首页", "index.html")

#: Stands in place of a template for a page whose `make` gives bytes: a drawing (see `derived.py`).
BYTES = ""

#: What a template sees beside the site.
Shown = tuple[PageMeta, Context]

_NAMES = {context: name for name, context in TEMPLATES.items()}


class Page(NamedTuple):
    """A page that can be made, and the record that it is about."""

    url: str
    """Address relative to the site's root."""
    template: str
    make: Callable[..., Any]
    """Gives what the template is shown, `Shown`; or bytes."""
    inputs: tuple[Any, ...]
    origin: Record | Place
    has_text: bool = False
    """Whether its Markdown text is one more input, the first; it has its own life."""

    @property
    def place(self) -> Place:
        """Where what it shows stands in the data."""
        return self.origin.at() if isinstance(self.origin, Record) else self.origin


class Entry(NamedTuple):
    """A page of the URL table that need not be planned to be known: `plan` makes it from the index and plain values."""

    url: str
    plan: Callable[..., Page]
    values: tuple[Any, ...] = ()
    day: date | None = None
    """The newest day of the records that it shows, for the sitemap; none where they have none."""


class Planned(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What is stored of a page that was planned: enough to tell whether it is up to date."""

    section: str
    """The section that lists it."""
    listed: str
    """Fingerprint of how it is listed there."""
    template: str
    content: str
    """Fingerprint of its inputs."""
    has_text: bool
    reads: str = ""
    """Fingerprint of the names of the dependencies that were read to plan it."""


def made(meta: PageMeta, context: Context, origin: Record | Place | None = None) -> Page:
    """A page whose context is there already."""
    template = _NAMES[type(context)]
    return Page(meta.url, template, _made, (meta, context), origin or Place(f"templates/{template}"))


def _made(meta: PageMeta, context: Context) -> Shown:
    return meta, context


def section(nav: Link, context: Context, description: str, *, url: str = "", title: str = "") -> Page:
    """A list page of the section `nav`, at `url` if it is not the section's front page."""
    own = url or nav.url
    meta = PageMeta(
        url=own,
        root=urls.root(own),
        title=title or nav.title,
        description=description,
        section=nav.url,
        crumbs=(HOME, nav) if url and url != nav.url else (HOME,),
        column=Column(nav.title, description, nav.title, nav.title),
    )
    return made(meta, context)


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


def standing(inputs: tuple[Any, ...]) -> tuple[Any, ...]:
    """The inputs of a page, with what each record was read from in its stead; of records there may be lists."""
    return tuple([_stands_for(value) for value in inputs])


def _stands_for(value: Any) -> Any:
    if isinstance(value, Record):
        return value.digest
    return (
        [each.digest for each in value]
        if isinstance(value, tuple) and value and isinstance(value[0], Record)
        else value
    )


#: The canonical form of named tuples, tuples, text, numbers and dates.
canonical = msgspec.json.Encoder().encode

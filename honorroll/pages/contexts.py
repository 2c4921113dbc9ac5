"""What each page shows, and nothing more: the frozen context of a template.

A context is a named tuple beside the code that makes it. A template sees exactly `site`, `page` and the fields of its
context, under these names. Addresses are relative to the site's root; a template writes `{{ page.root }}{{ link.url }}`.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple, Protocol, TypeVar

from msgspec import Struct

#: A value of one of the classes that `template` is told of.
Context = tuple[Any, ...]

Kind = TypeVar("Kind", bound=Context)

#: Every template that is rendered, and the context that it sees. All are there once `planning.py` is loaded.
TEMPLATES: dict[str, type[Context]] = {}
_NAMES: dict[type[Context], str] = {}

#: What the pages of a template are called among the results of the search. Of others it knows nothing.
FOUND: dict[str, str] = {}


class Said(Struct, frozen=True):
    """What a page says to the search, beside its title and its Markdown text."""

    note: str = ""
    """What kind of thing it is, more closely."""
    words: tuple[str, ...] = ()
    people: str = ""
    """Names of people, with 、 between them."""
    day: date | None = None
    """Its date, where it is no article."""


class Findable(Protocol):
    """A context whose pages the search knows."""

    def said(self, description: str, /) -> Said:
        """What a page says to the search; `description` is the page's own."""


Found = TypeVar("Found", bound=Findable)


def template(name: str) -> Callable[[type[Kind]], type[Kind]]:
    """Name the template that shows a context."""

    def declared(context: type[Kind]) -> type[Kind]:
        TEMPLATES[name] = context
        _NAMES[context] = name
        return context

    return declared


def found_as(kind: str) -> Callable[[type[Found]], type[Found]]:
    """Let the search find the pages of a context, which stands under its `template`; `kind` is what it calls them."""

    def declared(context: type[Found]) -> type[Found]:
        FOUND[template_of(context)] = kind  # type: ignore[arg-type]  # a named tuple, as `template` has seen to
        return context

    return declared


def template_of(context: type[Context]) -> str:
    """The name of the template that shows a context."""
    return _NAMES[context]


@template("raw.txt")
class RawPage(NamedTuple):
    """A file that is written as it is, such as the open data."""

    text: str
    """All of it."""

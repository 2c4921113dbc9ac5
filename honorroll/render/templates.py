"""Rendering alone: the templates of a theme and the addresses of its static files, as one value that can be sent elsewhere."""

from collections.abc import Callable, Mapping
from typing import Any

import jinja2

from honorroll.content import Rendered, TextKey
from honorroll.pages import Context, PageMeta, Site
from honorroll.render.template_analysis import environment


class Templates:
    """Compiled templates.

    Args:
        sources: by name, the path and the text of each template.
        addresses: by name, the address of each static file relative to the root of the site.
    """

    def __init__(self, sources: Mapping[str, tuple[str, str]], addresses: Mapping[str, str]) -> None:
        self._sources, self._addresses = sources, addresses
        self._environment = environment(jinja2.FunctionLoader(self._load), self._asset, self._prose)
        self._text: Callable[[str], Rendered | None]

    def __reduce__(self) -> tuple[Any, ...]:
        return Templates, (self._sources, self._addresses)

    def render(
        self, name: str, site: Site, page: PageMeta, context: Context, text: Callable[[str], Rendered | None]
    ) -> str:
        """A page's text. `text` gives the Markdown of an address. Raises whatever a template does wrong."""
        self._environment.begin(site, page._asdict())
        self._text = text
        values = dict(zip(fields(type(context)), context, strict=True))
        return self._environment.get_template(name).render(values)

    def _load(self, name: str) -> tuple[str, str, None] | None:
        path, text = self._sources.get(name, ("", ""))
        return (text, path, None) if path else None

    @jinja2.pass_context
    def _asset(self, context: jinja2.runtime.Context, name: str) -> str:
        return f"{context['page'].root}{self._addresses[name]}"

    def _prose(self, key: TextKey) -> Rendered | None:
        """What became of a Markdown text."""
        return self._text(key.url)


def fields(named: type) -> tuple[str, ...]:
    """The names of a named tuple's values."""
    names: tuple[str, ...] = named._fields  # type: ignore[attr-defined]  # the type checker has no type of named tuples
    return names

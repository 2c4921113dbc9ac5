"""A page: a unit of output. Its address, its context, and where its record was written."""

from dataclasses import dataclass

from honorroll import urls
from honorroll.diagnostics import Place
from honorroll.pages.contexts import Context
from honorroll.pages.parts import ArticleTags, Column, Image, Link, PageMeta

HOME = Link("首页", "index.html")


@dataclass(frozen=True, slots=True)
class Page:
    """Who the page is, what it shows, and where that stands in the data."""

    meta: PageMeta
    context: Context
    origin: Place

    @property
    def url(self) -> str:
        """Address relative to the site's root."""
        return self.meta.url


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
    return Page(meta, context, Place(f"templates/{context.template}"))


def article(
    nav: Link | None,
    url: str,
    title: str,
    description: str,
    context: Context,
    origin: Place,
    *,
    tags: ArticleTags | None = None,
    image: Image | None = None,
) -> Page:
    """A page about one thing, in the section `nav`."""
    crumbs = (HOME, nav) if nav and nav.url != url else (HOME,)
    meta = PageMeta(
        url=url,
        root=urls.root(url),
        title=title,
        description=description,
        section=nav.url if nav else "",
        crumbs=crumbs,
        article=tags,
        image=image,
    )
    return Page(meta, context, origin)

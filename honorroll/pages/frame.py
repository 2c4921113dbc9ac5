"""What stands around each page, and its address: names, menu, footer."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from honorroll.model import Campaign, Colours
from honorroll.pages.files import palette, share_picture
from honorroll.pages.files.syndication import FeedLink
from honorroll.pages.parts import Link, Site
from honorroll.pages.sections import datasets, menu
from honorroll.pages.site_parts import ATOM, CHANGES, DEEDS, JSON, NOTICES, RSS


def base(campaign: Campaign, base_url: str | None = None) -> str:
    """The site's address. `base_url` overrides the campaign's own."""
    given = campaign.info.site.base_url if base_url is None else base_url
    return given and given.rstrip("/") + "/"


def site(campaign: Campaign, base: str, *, own_share: bool) -> Site:
    """What every page shows; `own_share` says that the project brings a share picture."""
    info, police = campaign.info, campaign.info.filings.police
    return Site(
        id=info.id,
        name=info.site.name,
        base_url=base,
        domain=urlsplit(base).hostname or "",
        id_code=info.site.id_code,
        campaign=info.short_title,
        theme=info.theme,
        organisers=tuple(campaign.orgs[id].name for id in info.organisers),
        feeds=tuple(_feeds(campaign, base)),
        nav=tuple(menu(campaign)),
        datasets=datasets(campaign),
        sample=info.sample,
        icp=info.filings.icp,
        police=police,
        police_digits="".join(c for c in police if c.isdigit()),
        logo=info.look.logo and f"static/{info.look.logo}",
        colours=palette.address(info.look.colours) if info.look.colours else "",
        main_colour=(info.look.colours or Colours.usual()).main,
        share=share_picture.address(campaign, own=own_share),
        footer=info.look.footer,
        links=tuple(Link(link.title, link.url) for link in info.look.links),
    )


def _feeds(campaign: Campaign, base: str) -> Iterator[FeedLink]:
    """The feeds of what there is; RSS and JSON Feed need absolute addresses."""
    name = campaign.info.site.name
    if campaign.posts or campaign.notices:
        yield FeedLink("feed.xml", ATOM, name)
    if (campaign.posts or campaign.notices) and base:
        yield FeedLink("rss.xml", RSS, f"{name}（RSS）")
        yield FeedLink("feed.json", JSON, f"{name}（JSON Feed）")
    if campaign.deeds:
        yield FeedLink("deeds/feed.xml", ATOM, f"{name} · {DEEDS.title}", DEEDS.url)
    if campaign.notices:
        yield FeedLink("notices/feed.xml", ATOM, f"{name} · {NOTICES.title}", NOTICES.url)
    yield FeedLink("changes/feed.xml", ATOM, f"{name} · {CHANGES.title}", CHANGES.url)

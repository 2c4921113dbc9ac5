"""The site's sections: their names, addresses and whether they have anything to show."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from honorroll.model import Campaign, Colours, urls
from honorroll.pages.files import palette, share_picture
from honorroll.pages.files.syndication import FeedLink
from honorroll.pages.page import HOME
from honorroll.pages.parts import Link, Site

NEWS = Link("新闻动态", urls.index("news"))
NOTICES = Link("公示公告", urls.index("notice"))
TEAMS = Link("队伍风采", urls.index("team"))
DEEDS = Link("先进事迹", urls.index("deed"))
CONTEST = Link("项目评比", urls.index("project"))
AWARDS = Link("光荣榜", urls.index("award"))
RESULTS = Link("活动战果", "results.html")
OPEN_DATA = Link("开放数据", "data/index.html")
#: Not in the menu: the results and the front page lead there.
WRAP_UP = Link("活动总结", "wrap-up.html")
TIMELINE = Link("活动大事记", "timeline.html")

#: Media types of the feeds.
ATOM, RSS, JSON = "application/atom+xml", "application/rss+xml", "application/feed+json"


def navigation(campaign: Campaign) -> Iterator[Link]:
    """The sections that have content, in the order of the menu."""
    yield HOME
    sections = (
        (NEWS, campaign.posts),
        (NOTICES, campaign.notices),
        (AWARDS, campaign.awards),
        (DEEDS, campaign.deeds),
        (CONTEST, campaign.projects),
        (TEAMS, campaign.teams),
        (RESULTS, has_results(campaign)),
    )
    yield from (link for link, content in sections if content)
    yield from (Link(page.nav, f"{page.id}.html") for page in campaign.articles.values() if page.nav)


def has_results(campaign: Campaign) -> bool:
    """Whether there is any number to show."""
    return bool(campaign.patrols or campaign.inspections or campaign.figures)


def datasets(campaign: Campaign) -> tuple[str, ...]:
    """The names of the open data that have any rows."""
    tables = {
        "awards": campaign.awards,
        "projects": campaign.projects,
        "deeds": campaign.deeds,
        "results": has_results(campaign),
    }
    return tuple(name for name, rows in tables.items() if rows)


def cycle_part(id: str) -> str:
    """The fragment of a cycle's part of the award list, and of the contest's page."""
    return f"cycle-{id}"


def has_timeline(campaign: Campaign) -> bool:
    """Whether there are phases or documents to tell of."""
    return bool(campaign.info.stages or campaign.notices)


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


def is_over(campaign: Campaign) -> bool:
    """Whether there is a wrap-up: from the day after the end on."""
    return campaign.info.end < campaign.today and has_results(campaign)


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
        nav=tuple(navigation(campaign)),
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

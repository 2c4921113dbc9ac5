"""Names and addresses of sections that others lead to, and whether there is anything in them."""

from honorroll.model import Campaign, urls
from honorroll.pages.parts import Link

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
#: Only in the footer.
PRIVACY = Link("个人信息保护", "privacy.html")
CHANGES = Link("更正与撤销", "changes.html")

#: Media types of the feeds.
ATOM, RSS, JSON = "application/atom+xml", "application/rss+xml", "application/feed+json"


def has_results(campaign: Campaign) -> bool:
    """Whether there is any number to show."""
    return bool(campaign.patrols or campaign.inspections or campaign.figures)


def cycle_part(id: str) -> str:
    """The fragment of a cycle's part of the award list, and of the contest's page."""
    return f"cycle-{id}"


def has_timeline(campaign: Campaign) -> bool:
    """Whether there are phases or documents to tell of."""
    return bool(campaign.info.stages or campaign.notices)


def is_over(campaign: Campaign) -> bool:
    """Whether there is a wrap-up: from the day after the end on."""
    return campaign.info.end < campaign.today and has_results(campaign)

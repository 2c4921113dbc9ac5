"""What each page shows, and nothing more: the frozen context of every template.

A template sees exactly `site`, `page` and the fields of its context class, under these names.
Addresses are relative to the site's root; a template writes `{{ page.root }}{{ link.url }}`.
"""

from typing import Any

from honorroll.pages.contexts.honours import (
    AwardPage,
    AwardsPage,
    CertificatePage,
    CompanyPage,
    ContestPage,
    NoticePage,
    NoticesPage,
    ProjectPage,
    QrCode,
)
from honorroll.pages.contexts.machine import FeedPage, OpenDataPage, RawPage, RobotsPage, RssPage, SitemapPage
from honorroll.pages.contexts.news import (
    ArchivePage,
    ArticlePage,
    HomePage,
    MonthPage,
    NewsIndexPage,
    NotFoundPage,
    PostPage,
    TagPage,
    TagsPage,
)
from honorroll.pages.contexts.people import DeedPage, DeedsPage, TeamPage, TeamsPage
from honorroll.pages.contexts.results import LedgerPage, ResultsPage, TimelinePage, WrapUpPage
from honorroll.pages.contexts.search_page import NamesPage, SearchPage

#: A value of one of these classes.
Context = tuple[Any, ...]

#: Every template that is rendered, and the context that it sees.
TEMPLATES: dict[str, type[Context]] = {
    "home.html": HomePage,
    "news_index.html": NewsIndexPage,
    "archive.html": ArchivePage,
    "month.html": MonthPage,
    "post.html": PostPage,
    "tag.html": TagPage,
    "tags.html": TagsPage,
    "article.html": ArticlePage,
    "teams.html": TeamsPage,
    "team.html": TeamPage,
    "deeds.html": DeedsPage,
    "deed.html": DeedPage,
    "contest.html": ContestPage,
    "project.html": ProjectPage,
    "company.html": CompanyPage,
    "awards.html": AwardsPage,
    "award.html": AwardPage,
    "certificate.html": CertificatePage,
    "qr.svg": QrCode,
    "notices.html": NoticesPage,
    "notice.html": NoticePage,
    "results.html": ResultsPage,
    "data.html": OpenDataPage,
    "raw.txt": RawPage,
    "ledger.html": LedgerPage,
    "wrap_up.html": WrapUpPage,
    "timeline.html": TimelinePage,
    "search.html": SearchPage,
    "names.html": NamesPage,
    "404.html": NotFoundPage,
    "feed.xml": FeedPage,
    "rss.xml": RssPage,
    "sitemap.xml": SitemapPage,
    "robots.txt": RobotsPage,
}

"""The wrap-up: work done, results, typical cases, winners. It stands beside the post that `wrap_up` names."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from honorroll.model import Deed, Orders, urls
from honorroll.pages import progress_steps
from honorroll.pages.cards import AwardCard, DeedCard, FigureCard, StageCard
from honorroll.pages.charts import Strip
from honorroll.pages.contexts import template
from honorroll.pages.lookup.index import Index
from honorroll.pages.page import Entry, Inputs, Page, Section, Shown, article, entry
from honorroll.pages.parts import Group, Link, PageMeta
from honorroll.pages.sections import results
from honorroll.pages.sections.honours import in_order, newest_honours
from honorroll.pages.site_parts import RESULTS, WRAP_UP, is_over

#: How many cases are told.
CASES = 6


@template("wrap_up.html")
class WrapUpPage(NamedTuple):
    """What has become of the campaign; there is none before its end."""

    title: str
    """Title of the campaign."""
    start: date
    """First day of the campaign."""
    end: date
    """Last day of the campaign."""
    stages: tuple[StageCard, ...]
    """The work in its phases."""
    totals: tuple[FigureCard, ...]
    """Sums of the ledgers."""
    strip: Strip | None
    """The calendar of inspections or patrols."""
    figures: tuple[FigureCard, ...]
    """Published figures with their sources."""
    deeds: tuple[DeedCard, ...]
    """Typical cases: those that the wrap-up post tells of, else the newest of each kind."""
    awards_title: str
    """Heading of the winners."""
    awards: tuple[Group[AwardCard], ...]
    """Winners of the newest cycle by title."""
    post: Link | None
    """The wrap-up post."""


def pages(index: Index) -> Iterator[Entry]:
    """The wrap-up, once the campaign is over and has anything to tell."""
    if is_over(index.campaign):
        yield entry(WRAP_UP.url, _wrap_up)


def _wrap_up(index: Index) -> Page:
    campaign, info = index.campaign, index.campaign.info
    post = campaign.posts.get(info.wrap_up or "")
    honours, awards, by = newest_honours(index)
    context = WrapUpPage(
        title=info.title,
        start=info.start,
        end=info.end,
        stages=progress_steps.stages(index),
        totals=tuple(results.totals(index)),
        strip=results.calendar(index),
        figures=tuple(results.figure_card(index, figure) for figure in campaign.figures.values() if figure.key),
        deeds=tuple(index.deed_card(deed) for deed in _cases(index, post.deeds if post else ())),
        awards_title=honours.title,
        awards=awards,
        post=Link(post.title, urls.page("news", post.id)) if post else None,
    )
    meta = article(RESULTS, WRAP_UP.url, WRAP_UP.title, f"{info.title}的工作、战果、典型事例和荣誉名单")
    return Page(WRAP_UP.url, _WrapUp(meta, context, by), info)


class _WrapUp(Inputs, frozen=True):
    shows = WrapUpPage
    meta: PageMeta
    context: WrapUpPage
    by: Orders

    def shown(self) -> Shown:
        return self.meta, self.context._replace(awards=in_order(self.context.awards, self.by))


def _cases(index: Index, named: tuple[str, ...]) -> list[Deed]:
    """The deeds that the wrap-up post names; without one the newest of each kind."""
    deeds = [index.campaign.deeds[id] for id in named if id in index.campaign.deeds]
    if not deeds:
        deeds = list({deed.kind: deed for deed in reversed(index.deeds)}.values())
    return deeds[:CASES]


SECTION = Section(pages, order=110)

"""The wrap-up: work done, results, typical cases, winners. It stands beside the post that `wrap_up` names."""

from collections.abc import Iterator

from honorroll.model import Deed, urls
from honorroll.pages.contexts.results import WrapUpPage
from honorroll.pages.lookup.index import Index
from honorroll.pages.page import Entry, Page, article, entry
from honorroll.pages.parts import Link
from honorroll.pages.sections import progress_steps, results
from honorroll.pages.sections.honours import Ordered, newest_honours
from honorroll.pages.site_parts import RESULTS, WRAP_UP, is_over

#: How many cases are told.
CASES = 6


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
    return Page(WRAP_UP.url, Ordered(meta, context, by), info)


def _cases(index: Index, named: tuple[str, ...]) -> list[Deed]:
    """The deeds that the wrap-up post names; without one the newest of each kind."""
    deeds = [index.campaign.deeds[id] for id in named if id in index.campaign.deeds]
    if not deeds:
        deeds = list({deed.kind: deed for deed in reversed(index.deeds)}.values())
    return deeds[:CASES]

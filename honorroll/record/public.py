"""The public facts of a campaign on its day, each a short line: what the site says of it that must not change silently.

No fact holds a name: records go by their ids and pages by their addresses, which are permanent and in ASCII. So a
takedown leaves nothing to be taken out of the record, which can stay what it is.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from honorroll.model import Award, AwardState, Campaign, Figure, Key, Notice, revoked_on, state

#: Stands for a part that is not known.
NONE = "-"
#: Pages that are no address to keep: what a host shows for others, and stretches of long lists.
_PASSING = ("404.html",)
_STRETCH = "/page/"


def facts(campaign: Campaign, pages: Iterable[str] = ()) -> dict[Key, str]:
    """The public facts.

    Args:
        campaign: the whole or the visible campaign; what has no date by its day is not told.
        pages: addresses of all files of the site.

    Returns:
        By kind and id what is said: of an award its state with day and document, of a document its kind, date, period
        and number, of a figure its value, unit, day and the day of its last change; of a page nothing but its address.
    """
    return dict(_facts(campaign, pages))


def is_comparable(campaign: Campaign) -> bool:
    """Whether what was published says anything of this build: not of an earlier day, nor the sample's of the campaign itself."""
    published = campaign.published
    return published.day is not None and published.day <= campaign.today and published.sample is campaign.info.sample


def _facts(campaign: Campaign, pages: Iterable[str]) -> Iterator[tuple[Key, str]]:
    today = campaign.today
    for award in campaign.awards.values():
        now = state(campaign, award)
        if now != "未公示":
            yield ("award", award.id), _words(now, *_document(campaign, award, now))
    for notice in campaign.notices.values():
        if notice.date <= today:
            yield ("notice", notice.id), _notice(notice)
    for figure in campaign.figures.values():
        if figure.as_of <= today:
            yield ("figure", figure.id), _figure(figure, today)
    for page in sorted(pages):
        if page.endswith(".html") and page not in _PASSING and _STRETCH not in f"/{page}":
            yield ("page", page), ""


def _document(campaign: Campaign, award: Award, now: AwardState) -> tuple[date | None, str | None]:
    """The day from which an award has its state, and the document that says so."""
    revoked = award.revoked
    if now == "已撤销" and revoked:
        return revoked_on(campaign, award), revoked.notice
    refused = award.refused.notice if award.refused else None
    id = award.decision if now == "已授予" else (now == "未授予" and refused) or award.notice or award.decision
    document = campaign.notices.get(id or "")
    return document.date if document else None, id


def _notice(notice: Notice) -> str:
    period = f"{notice.start or NONE}/{notice.end or NONE}" if notice.start or notice.end else None
    return _words(notice.kind, notice.date, period, notice.number)


def _figure(figure: Figure, today: date) -> str:
    updated = figure.updated if figure.updated and figure.updated <= today else None
    return _words(f"{figure.value}{figure.approximate}", figure.unit, figure.as_of, updated)


def _words(*parts: object) -> str:
    """The parts as one line, none with a space."""
    return " ".join("".join(str(part or NONE).split()) or NONE for part in parts)

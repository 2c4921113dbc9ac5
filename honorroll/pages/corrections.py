"""What of published facts was corrected, revoked or taken down: when, and why, newest first.

It names nobody: awards go by their titles, pages that were taken down by their kind alone, as an address may spell a
name. Who is concerned, the pages say that it leads to, as far as they may.
"""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from honorroll.commonmark import summarise
from honorroll.model import KINDS, LINKED, Award, Figure, Notice, revoked_on, urls
from honorroll.pages.lookup.index import Index
from honorroll.pages.parts import Link
from honorroll.pages.site_parts import RESULTS


class Change(NamedTuple):
    """Something that was published and does not stand any more as it did."""

    id: str
    """The anchor on the page; permanent."""
    when: date | None
    """None where nobody wrote it down."""
    kind: str
    """更正, 撤销, 数据更正 or 网页撤下."""
    title: str
    why: str
    before: str
    """What a figure was published as, where the record of publications knows."""
    links: tuple[Link, ...]
    """What it concerns."""
    url: str
    """The document that says so, or where the figure stands; empty where there is none."""


def changes(index: Index) -> tuple[Change, ...]:
    """All of them, newest first; last those without a date."""
    found = [*_revoked(index), *_figures(index), *_gone(index)]
    told = {change.url for change in found}
    found += (_notice(index, notice) for notice in index.notices if _corrects(notice, told))
    known = [change for change in found if change.when is None or change.when <= index.campaign.today]
    return tuple(sorted(known, key=lambda change: (change.when or date.min, change.id), reverse=True))


def _corrects(notice: Notice, told: set[str]) -> bool:
    return notice.kind == "更正" or (notice.kind == "撤销" and urls.page("notice", notice.id) not in told)


def _notice(index: Index, notice: Notice) -> Change:
    about = [index.link("notices", notice.corrects), *(index.link("awards", id) for id in notice.awards)]
    links, url = tuple(link for link in about if link), urls.page("notice", notice.id)
    return Change(f"notice-{notice.id}", notice.date, notice.kind, notice.title, summarise(notice.body), "", links, url)


def _revoked(index: Index) -> Iterator[Change]:
    """Awards that were taken back, those of one day, document and reason together."""

    def act(award: Award) -> tuple[date, str, str, str]:
        assert award.revoked
        day = revoked_on(index.campaign, award) or date.max
        return day, award.revoked.notice, award.title, award.revoked.reason

    awards = [award for award in index.campaign.awards.values() if index.ties.state(award) == "已撤销"]
    for (day, notice, title, reason), own in groupby(sorted(awards, key=act), key=act):
        together = tuple(own)
        number = f"{len(together)}项" if len(together) > 1 else ""
        url = urls.page("notice", notice) if notice in index.campaign.notices else ""
        links = tuple(link for award in together if (link := index.link("awards", award.id)))
        yield Change(f"award-{together[0].id}", day, "撤销", f"撤销{number}“{title}”称号", reason, "", links, url)


def _figures(index: Index) -> Iterator[Change]:
    for figure in index.campaign.figures.values():
        if figure.updated:
            id, url = f"figure-{figure.id}-{figure.updated}", f"{RESULTS.url}#{figure.id}"
            now = f"{figure.value}{figure.approximate}{figure.unit}"
            title = f"{figure.name}，现为{now}"
            yield Change(id, figure.updated, "数据更正", title, figure.change, _before(index, figure), (), url)


def _before(index: Index, figure: Figure) -> str:
    """As what a figure was published last that was something else, of the same day."""
    now = f"{figure.value}{figure.approximate}", figure.unit, str(figure.as_of)
    found = [past.value.split() for past in index.campaign.superseded if past.key == ("figure", figure.id)]
    other = ["".join(then[:2]) for then in found if then[2] == now[2] and tuple(then[:2]) != now[:2]]
    return other[-1] if other else ""


def _gone(index: Index) -> Iterator[Change]:
    """Pages that were taken down, those of one day and kind together."""
    days = {id: past.day for past in index.campaign.superseded for kind, id in [past.key] if kind == "page"}
    gone = []
    for redirect in index.campaign.redirects:
        if not redirect.to:
            day = redirect.date or days.get(redirect.old, date.min)
            gone.append((day, redirect.old.rpartition("/")[0], redirect.reason))
    for (day, folder), own in groupby(sorted(gone), key=itemgetter(0, 1)):
        reasons = [reason for _, _, reason in own]
        id = f"gone-{day if day > date.min else 'before'}-{folder or 'page'}"
        title, why = (
            f"撤下{_LABELS.get(folder, '')}网页{len(reasons)}个",
            "；".join(filter(None, dict.fromkeys(reasons))),
        )
        yield Change(id, day if day > date.min else None, "网页撤下", title, why, "", (), "")


#: What the pages of a folder are about.
_LABELS = {folder: KINDS[LINKED[kind]].label[0] for kind, folder in urls.FOLDERS.items() if kind in LINKED}

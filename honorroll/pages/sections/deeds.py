"""Deeds: the list by kind, and one page a deed."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, NamedTuple, get_args

from honorroll.chinese import china_day
from honorroll.commonmark import summarise
from honorroll.content import TextKey
from honorroll.model import Deed, DeedKind, urls
from honorroll.pages.cards import AwardCard, DeedCard, PostCard
from honorroll.pages.contexts import Said, found_as, template
from honorroll.pages.files import sharing
from honorroll.pages.files.datasets import Dataset, Row, common, means
from honorroll.pages.lookup.index import Index
from honorroll.pages.page import Entry, Page, Section, Shown, TextInputs, article, entry, section
from honorroll.pages.parts import ArticleTags, Fact, Group, Image, Link, Share, values
from honorroll.pages.site_parts import DEEDS

_DEED_NOTES = {
    "战果": "巡逻巡查中取得的实绩。",
    "好人好事": "岗位内外的热心与担当。",
    "先进事迹": "长期坚守、值得学习的人和队伍。",
    "见义勇为": "危急时刻挺身而出，同时保护好自己。",
}


@template("deeds.html")
class DeedsPage(NamedTuple):
    """All deeds."""

    groups: tuple[Group[DeedCard], ...]
    """Deeds by kind, newest first."""


@found_as("事迹")
@template("deed.html")
class DeedPage(NamedTuple):
    """One deed."""

    title: str
    """Title of the deed."""
    kind: str
    """战果, 好人好事, 先进事迹 or 见义勇为."""
    facts: tuple[Fact, ...]
    """Date, people, team, project, place."""
    body: TextKey
    """The story."""
    evidence: tuple[str, ...]
    """What proves it."""
    images: tuple[Image, ...]
    """Photographs."""
    awards: tuple[AwardCard, ...]
    """Awards to those of whom it tells."""
    posts: tuple[PostCard, ...]
    """Posts that tell of it."""
    share: Share
    """Its poster and cover, where they are drawn."""

    def said(self, _: str) -> Said:
        who = next((fact.value for fact in self.facts if fact.name == "人物"), "")
        return Said(self.kind, values(self.facts), who)


def pages(index: Index) -> Iterator[Entry]:
    """The list, and one page a deed with its poster; none without deeds."""
    if index.campaign.deeds:
        dates = {deed.id: deed.date for deed in index.deeds}
        yield entry(DEEDS.url, _deeds, day=max(dates.values()))
        yield from (entry(urls.page("deed", id), _deed_page, id, day=day) for id, day in dates.items())
        yield from sharing.pages(index, "deed", dates)


def _deeds(index: Index) -> Page:
    groups = []
    for kind in get_args(DeedKind):
        cards = tuple(index.deed_card(deed) for deed in index.deeds if deed.kind == kind)
        if cards:
            groups.append(Group(kind, _DEED_NOTES[kind], cards))
    return section(DEEDS, DeedsPage(tuple(groups)), "活动中的战果、好人好事、先进事迹和见义勇为")


def _deed_page(index: Index, id: str) -> Page:
    deed = index.campaign.deeds[id]
    inputs = _Deed(
        deed=deed,
        who=index.people(deed),
        team=index.link("teams", deed.team),
        project=index.link("projects", deed.project),
        images=index.images(deed),
        source=index.org(index.campaign.info.organisers[-1]),
        awards=tuple([index.award_card(award) for award in index.ties.awards_of_deed(deed)]),
        posts=index.posts_of("deeds", deed.id),
        share=sharing.shared(index, "deed", deed),
    )
    return Page(urls.page("deed", id), inputs, deed)


class _Deed(TextInputs, frozen=True, kw_only=True):
    shows = DeedPage
    deed: Deed
    who: str
    team: Link | None
    project: Link | None
    images: tuple[Image, ...]
    source: str
    awards: tuple[AwardCard, ...]
    posts: tuple[PostCard, ...]
    share: Share

    def shown(self, text: TextKey) -> Shown:
        deed, team, project = self.deed, self.team, self.project
        called = deed.incident.called if deed.incident else None
        rows = (
            Fact("日期", china_day(deed.date)),
            Fact("人物", self.who),
            Fact("队伍", team.title, team.url) if team else Fact("队伍", ""),
            Fact("项目", project.title, project.url) if project else Fact("项目", ""),
            Fact("地点", deed.place),
            Fact("报警时间", f"{called.hour}时{called.minute:02}分" if called else ""),
        )
        context = DeedPage(
            title=deed.title,
            kind=deed.kind,
            facts=tuple(row for row in rows if row.value),
            body=text,
            evidence=deed.evidence,
            images=self.images,
            awards=self.awards,
            posts=self.posts,
            share=self.share,
        )
        tags = ArticleTags(deed.date, self.source, "", deed.kind)
        about, image = summarise(deed.story) or deed.title, self.share.cover or next(iter(self.images), None)
        return article(DEEDS, text.url, deed.title, about, tags=tags, image=image), context


class DeedRow(Row, frozen=True, kw_only=True):
    """A result, a good deed, an exemplary story or an act of courage."""

    kind: Annotated[DeedKind, means("类别", "Kind of deed.")]
    title: Annotated[str, means("标题", "Title.")]
    date: Annotated[date, means("日期", "Day of the deed.")]
    persons: Annotated[
        str | None, means("人物（以、分隔）", "The people, named as far as they consent, separated by 、.")
    ]
    team: Annotated[str | None, means("队伍编号", "Identifier of the team.")]
    team_name: Annotated[str | None, means("队伍", "Name of the team.")]
    project: Annotated[str | None, means("项目编号", "Identifier in the data set projects.")]
    project_name: Annotated[str | None, means("项目", "Name of the project.")]
    place: Annotated[str | None, means("地点", "Place, down to the street.")]
    summary: Annotated[str, means("摘要", "How the story begins; the page has all of it.")]
    evidence: Annotated[str | None, means("佐证（以；分隔）", "What proves it, separated by ；.")]


def _deed_row(index: Index, deed: Deed, base: str) -> DeedRow:
    card, team = index.deed_card(deed), index.link("teams", deed.team)
    project = index.link("projects", deed.project)
    return DeedRow(
        **common(index, deed.id, card.url, base),
        kind=deed.kind,
        title=deed.title,
        date=deed.date,
        persons=card.who or None,
        team=deed.team if team else None,
        team_name=team.title if team else None,
        project=deed.project if project else None,
        project_name=project.title if project else None,
        place=deed.place or None,
        summary=card.summary,
        evidence="；".join(deed.evidence) or None,
    )


def _rows(index: Index, base: str) -> Iterator[DeedRow]:
    return (_deed_row(index, deed, base) for deed in index.deeds)


SECTION = Section(
    pages,
    order=50,
    menu=DEEDS,
    has_content=lambda campaign: campaign.deeds,
    data=(Dataset("deeds", "先进事迹", DeedRow, _rows),),
)

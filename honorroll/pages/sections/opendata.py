"""Open data: the page that describes them, and their files as CSV, as JSON and as JSON Schema.

Rows are made of what the pages show on the same day and nothing else: the visible campaign, and people by public name.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

import msgspec

from honorroll.model import LEDGERS, Award, Deed, Ledger, Project, total, urls
from honorroll.pages.cards import DatasetCard
from honorroll.pages.contexts.machine import OpenDataPage
from honorroll.pages.files.datasets import DATASETS, AwardRow, DeedRow, Envelope, License, ProjectRow, ResultRow, Row
from honorroll.pages.files.exports import csv_text, fields, json_text, schema_text
from honorroll.pages.lookup.index import Index
from honorroll.pages.page import Entry, Page, Raw, entry, section
from honorroll.pages.site_parts import OPEN_DATA, RESULTS, datasets

#: What a ledger's total is called in data.
LEDGER_IDS: dict[Ledger, str] = {
    "巡逻时长": "ledger:patrol-hours",
    "巡逻": "ledger:patrols",
    "巡查点位": "ledger:inspected-points",
    "发现隐患": "ledger:hazards-found",
    "整改隐患": "ledger:hazards-closed",
    "上报事迹": "ledger:deeds",
}


def pages(index: Index) -> Iterator[Entry]:
    """The page about the data, and three files for each data set that has any rows."""
    names, base = datasets(index.campaign), index.base_url
    if names:
        yield entry(OPEN_DATA.url, _about, base)
    for name in names:
        yield entry(f"data/{name}.csv", _csv_file, name, base)
        yield entry(f"data/{name}.json", _json_file, name, base)
        yield entry(_schema_url(name), _schema_file, name, base)


def _about(index: Index, base: str) -> Page:
    tables = [(DATASETS[name], _rows(index, name, base)) for name in datasets(index.campaign)]
    cards = tuple(
        DatasetCard(dataset.name, dataset.title, len(rows), _as_of(index, rows), tuple(fields(dataset)))
        for dataset, rows in tables
    )
    terms = index.campaign.info.license
    context = OpenDataPage(cards, terms.name if terms else "", terms.url if terms else "")
    return section(OPEN_DATA, context, "荣誉名单、评比项目、先进事迹和活动战果的数据文件，供下载和再利用")


def _csv_file(index: Index, name: str, base: str) -> Page:
    url = f"data/{name}.csv"
    return Page(url, _Csv(url, name, _rows(index, name, base)))


def _json_file(index: Index, name: str, base: str) -> Page:
    info, dataset, rows, url = index.campaign.info, DATASETS[name], _rows(index, name, base), f"data/{name}.json"
    document = dataset.envelope(
        dataset=name,
        title=dataset.title,
        site=info.site.name,
        home=base or None,
        publishers=index.orgs(info.organisers),
        license=License(info.license.name, info.license.url or None) if info.license else None,
        as_of=_as_of(index, rows),
        sample=info.sample,
        about=_address(OPEN_DATA.url, base),
        schema=_address(_schema_url(name), base),
        rows=rows,
    )
    return Page(url, _Json(url, document))


def _schema_file(_: Index, name: str, base: str) -> Page:
    url = _schema_url(name)
    return Page(url, _Schema(url, name, urls.canonical(url, base)))


def _schema_url(name: str) -> str:
    return f"data/{name}.schema.json"


def _rows(index: Index, name: str, base: str) -> tuple[Row, ...]:
    """The rows of a data set; they stand in two files and are counted on a page."""
    return index.reads.once(("rows", name), lambda: tuple(_ROWS[name](index, base)))


class _Csv(Raw, frozen=True):
    name: str
    rows: tuple[Row, ...]

    def text(self) -> str:
        return csv_text(DATASETS[self.name].row, self.rows)


class _Json(Raw, frozen=True):
    document: Envelope[Row]

    def text(self) -> str:
        return json_text(self.document)


class _Schema(Raw, frozen=True):
    name: str
    address: str

    def text(self) -> str:
        return schema_text(DATASETS[self.name], self.address)


def _address(url: str, base: str) -> str:
    """Absolute where it can be."""
    return urls.canonical(url, base) or url


def _as_of(index: Index, rows: tuple[Row, ...]) -> date:
    """The newest day that the rows tell of and that has come; the end of a notice may be still to come."""
    told = (value for row in rows for value in msgspec.structs.astuple(row) if isinstance(value, date))
    return max((day for day in told if day <= index.campaign.today), default=index.campaign.info.start)


def _common(index: Index, id: str, url: str, base: str) -> dict[str, Any]:
    return {"id": id, "page": _address(url, base), "sample": index.campaign.info.sample}


def _award(index: Index, award: Award, base: str) -> AwardRow:
    campaign, card = index.campaign, index.award_card(award)
    cycle, notices = campaign.cycles[award.cycle], campaign.notices
    notice, decision = notices.get(award.notice or ""), notices.get(award.decision or "")
    revoked = award.revoked if card.state == "已撤销" else None
    company = index.ties.company_of(award) if award.kind != "公司" else None
    return AwardRow(
        **_common(index, award.id, card.url, base),
        cycle=cycle.id,
        cycle_title=cycle.title,
        year=cycle.year,
        kind=award.kind,
        title=award.title,
        recipient=card.recipient,
        company=campaign.orgs[company].name if company else None,
        project=award.project,
        state=card.state,
        notice_number=notice.number or None if notice else None,
        notice_start=notice.start if notice else None,
        notice_end=notice.end if notice else None,
        decision_number=decision.number or None if decision else None,
        decision_date=decision.date if decision else None,
        revoked_on=revoked.date if revoked else None,
        revoked_reason=revoked.reason or None if revoked else None,
        citation=award.citation or None,
    )


def _project(index: Index, project: Project, base: str) -> ProjectRow:
    orgs, recommended = index.campaign.orgs, project.recommendation
    visits = [inspection.date for inspection, _ in index.visits(project.id)]
    return ProjectRow(
        **_common(index, project.id, urls.page("project", project.id), base),
        cycle=project.cycle,
        cycle_title=index.campaign.cycles[project.cycle].title,
        name=project.name,
        site_kind=project.site_kind,
        company=orgs[project.company].name,
        client=orgs[project.client].name,
        guards=project.guards,
        certified=project.certified,
        status=index.ties.status(project),
        applied=project.applied,
        client_agreed=project.consent,
        inspected=min(visits, default=None),
        inspections=len(visits),
        recommended=recommended.date if recommended else None,
        recommended_by=orgs[recommended.org].name if recommended else None,
    )


def _deed(index: Index, deed: Deed, base: str) -> DeedRow:
    card, team = index.deed_card(deed), index.link("teams", deed.team)
    project = index.link("projects", deed.project)
    return DeedRow(
        **_common(index, deed.id, card.url, base),
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


def _results(index: Index, base: str) -> Iterator[ResultRow]:
    """Figures as they were published, then the ledgers' sums, each exactly that of the records of this site (SUM-01)."""
    for figure in index.campaign.figures.values():
        post = index.campaign.posts.get(figure.post or "")
        yield ResultRow(
            **_common(index, figure.id, RESULTS.url, base),
            kind="公布数据",
            name=figure.name,
            value=figure.value,
            approximate=figure.approximate or None,
            unit=figure.unit,
            as_of=figure.as_of,
            source=figure.source,
            source_page=_address(urls.page("news", post.id), base) if post else None,
        )
    for ledger, id in LEDGER_IDS.items():
        value, as_of = total(index.campaign, ledger, index.campaign.today)
        if value and as_of:
            yield ResultRow(
                **_common(index, id, RESULTS.url, base),
                kind="台账合计",
                name=ledger,
                value=int(value) if value == int(value) else value,
                approximate=None,
                unit=LEDGERS[ledger][0],
                as_of=as_of,
                source="本站台账",
                source_page=None,
            )


#: How the rows of each data set are made.
_ROWS: dict[str, Callable[[Index, str], Iterable[Row]]] = {
    "awards": lambda index, base: (_award(index, award, base) for award in index.campaign.awards.values()),
    "projects": lambda index, base: (_project(index, project, base) for project in index.campaign.projects.values()),
    "deeds": lambda index, base: (_deed(index, deed, base) for deed in index.deeds),
    "results": _results,
}

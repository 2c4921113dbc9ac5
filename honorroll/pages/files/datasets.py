"""The open data: what a row of each data set holds.

A class here is at once the CSV file's columns, the JSON rows, their JSON Schema and the table of fields that people read.
The names of fields are a promise to re-users: fields may be added at the end, none is renamed or removed.
"""

from datetime import date
from typing import Annotated, Any, Generic, Literal, NamedTuple, TypeVar

import msgspec

from honorroll.model import AwardKind, AwardState, DeedKind, SiteKind, Status

Row_co = TypeVar("Row_co", covariant=True)


def _is(title: str, description: str, **keywords: Any) -> msgspec.Meta:
    """What a field means: in Chinese for the site, in English for the schema."""
    return msgspec.Meta(title=title, description=description, extra_json_schema=keywords or None)


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """What every row begins with."""

    id: Annotated[str, _is("编号", "Permanent identifier.")]
    page: Annotated[
        str, _is("网页", "The page that tells of it; relative to the site without a known one.", format="uri-reference")
    ]
    sample: Annotated[bool, _is("是否示例", "True: invented for demonstration, nobody's real result.")]


class AwardRow(Row, frozen=True, kw_only=True):
    """An honour given, on public notice or revoked."""

    cycle: Annotated[str, _is("届次编号", "Identifier of the contest's running.")]
    cycle_title: Annotated[str, _is("届次", "Name of the contest's running.")]
    year: Annotated[int, _is("年份", "Year of the contest's running.")]
    kind: Annotated[AwardKind, _is("类别", "Who is honoured: a project, a company or a guard.")]
    title: Annotated[str, _is("称号", "Title awarded.")]
    recipient: Annotated[str, _is("获得者", "Who receives it, named as far as they consent.")]
    company: Annotated[str | None, _is("所属单位", "Company of the project or guard.")]
    project: Annotated[str | None, _is("项目编号", "Identifier in the data set projects.")]
    state: Annotated[AwardState, _is("状态", "How far it has come. Only 已授予 is an honour in force.")]
    notice_number: Annotated[str | None, _is("公示文号", "Number of the public notice.")]
    notice_start: Annotated[date | None, _is("公示开始", "First day of the public notice.")]
    notice_end: Annotated[date | None, _is("公示结束", "Last day of the public notice.")]
    decision_number: Annotated[str | None, _is("决定文号", "Number of the decision.")]
    decision_date: Annotated[date | None, _is("决定日期", "Date of the decision.")]
    revoked_on: Annotated[date | None, _is("撤销日期", "Day of the revocation.")]
    revoked_reason: Annotated[str | None, _is("撤销原因", "Why it was revoked.")]
    citation: Annotated[str | None, _is("颁奖词", "What it is given for.")]


class ProjectRow(Row, frozen=True, kw_only=True):
    """A guarding project in the contest."""

    cycle: Annotated[str, _is("届次编号", "Identifier of the contest's running.")]
    cycle_title: Annotated[str, _is("届次", "Name of the contest's running.")]
    name: Annotated[str, _is("项目名称", "Name of the project.")]
    site_kind: Annotated[SiteKind, _is("服务场所", "Kind of place that is guarded.")]
    company: Annotated[str, _is("保安公司", "Security company.")]
    client: Annotated[str, _is("客户单位", "Client.")]
    guards: Annotated[int, _is("保安员人数", "Number of guards.")]
    certified: Annotated[int, _is("持证人数", "Number of certified guards.")]
    status: Annotated[Status, _is("状态", "How far it has come.")]
    applied: Annotated[date | None, _is("报名日期", "When the company applied.")]
    client_agreed: Annotated[date | None, _is("客户同意日期", "When the client agreed.")]
    inspected: Annotated[date | None, _is("首次检查日期", "First inspection on record.")]
    inspections: Annotated[int, _is("检查次数", "Number of inspections on record.")]
    recommended: Annotated[date | None, _is("推荐日期", "When the bureau recommended it.")]
    recommended_by: Annotated[str | None, _is("推荐单位", "The bureau that recommended it.")]


class DeedRow(Row, frozen=True, kw_only=True):
    """A result, a good deed, an exemplary story or an act of courage."""

    kind: Annotated[DeedKind, _is("类别", "Kind of deed.")]
    title: Annotated[str, _is("标题", "Title.")]
    date: Annotated[date, _is("日期", "Day of the deed.")]
    persons: Annotated[
        str | None, _is("人物（以、分隔）", "The people, named as far as they consent, separated by 、.")
    ]
    team: Annotated[str | None, _is("队伍编号", "Identifier of the team.")]
    team_name: Annotated[str | None, _is("队伍", "Name of the team.")]
    project: Annotated[str | None, _is("项目编号", "Identifier in the data set projects.")]
    project_name: Annotated[str | None, _is("项目", "Name of the project.")]
    place: Annotated[str | None, _is("地点", "Place, down to the street.")]
    summary: Annotated[str, _is("摘要", "How the story begins; the page has all of it.")]
    evidence: Annotated[str | None, _is("佐证（以；分隔）", "What proves it, separated by ；.")]


class ResultRow(Row, frozen=True, kw_only=True):
    """A published figure, or what the ledgers of the site add up to."""

    kind: Annotated[
        Literal["公布数据", "台账合计"], _is("类别", "A published figure, or a sum over this site's ledgers.")
    ]
    name: Annotated[str, _is("名称", "What is counted.")]
    value: Annotated[float, _is("数值", "The number.")]
    approximate: Annotated[
        Literal["余", "多"] | None, _is("约数", "Set where the number is approximate: somewhat more than this value.")
    ]
    unit: Annotated[str, _is("单位", "Unit of the number.")]
    as_of: Annotated[date, _is("截至日期", "Last day that is counted.")]
    source: Annotated[str, _is("来源", "Where the number comes from.")]
    source_page: Annotated[
        str | None,
        _is("来源网页", "The post that tells of it, addressed like the page of the row.", format="uri-reference"),
    ]


class License(msgspec.Struct, frozen=True):
    """Under what terms the data may be used."""

    name: str
    url: str | None


class Envelope(msgspec.Struct, Generic[Row_co], frozen=True, kw_only=True):
    """A data set as JSON: its rows, and what one must know about them."""

    dataset: Annotated[str, _is("数据集", "Name of the data set.")]
    title: Annotated[str, _is("标题", "Title of the data set.")]
    site: Annotated[str, _is("网站", "Name of the site that it comes from.")]
    home: Annotated[str | None, _is("网址", "Address of that site, where it is known.", format="uri")]
    publishers: Annotated[tuple[str, ...], _is("发布单位", "The campaign's organisers.")]
    license: Annotated[
        License | None, _is("许可", "Under what terms the data may be used; null: no licence was given.")
    ]
    as_of: Annotated[date, _is("截至日期", "The newest date that the rows tell, not that of the download.")]
    sample: Annotated[bool, _is("是否示例", "True: invented for demonstration, nobody's real results.")]
    about: Annotated[str, _is("说明", "The page that describes the data.", format="uri-reference")]
    schema: Annotated[str, _is("模式", "The JSON Schema that this document follows.", format="uri-reference")]
    rows: Annotated[tuple[Row_co, ...], _is("记录", "The records.")]


class Dataset(NamedTuple):
    """One of the published tables."""

    name: str
    title: str
    row: type[Row]

    @property
    def envelope(self) -> Any:
        """The type of its JSON document."""
        return Envelope[self.row]  # type: ignore[name-defined]  # known at run time only


DATASETS = {
    dataset.name: dataset
    for dataset in (
        Dataset("awards", "荣誉名单", AwardRow),
        Dataset("projects", "评比项目", ProjectRow),
        Dataset("deeds", "先进事迹", DeedRow),
        Dataset("results", "活动战果", ResultRow),
    )
}

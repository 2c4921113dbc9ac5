"""The contest: cycles, projects, awards and the notices that announce them."""

from typing import Annotated, Literal

from pydantic import Field

from honorroll.model.base import Count, Day, Id, Record, Reference, Text, YesNo
from honorroll.model.campaign import Thresholds

SiteKind = Literal["学校", "医院", "小区", "商超", "园区", "机关", "车站", "景点", "金融网点", "工地"]
ActivityKind = Literal["训练", "演练", "隐患排查", "宣传"]
#: Activities that each project must have on record (CON-06).
REQUIRED: tuple[ActivityKind, ...] = ("训练", "演练", "隐患排查")
VetoKind = Literal["责任事故或负面舆情", "纠纷警情", "保安员违法犯罪"]
MeritKind = Literal["属地公安肯定", "客户书面表扬", "感人事迹"]
AwardKind = Literal["项目", "公司", "保安员"]
ExitKind = Literal["未入选", "已退出"]
Outcome = Literal["成立", "不成立"]
Order = Literal["笔画", "拼音", "原序"]
NoticeKind = Literal["公示", "表彰决定", "通报", "更正", "撤销"]


class CycleThresholds(Record):
    """What one running of the contest asks for where that is not what the campaign does."""

    projects_per_company: Count | None = Field(None, title="每家公司最多项目数")
    project_guards: Count | None = Field(None, title="项目最少保安员数")
    certified_percent: Count | None = Field(None, title="持证率", le=100)
    notice_working_days: Count | None = Field(None, title="公示最少工作日")


class Cycle(Record):
    """One running of the contest."""

    label = ("届次", "cycle")

    id: Id = Field(title="编号")
    title: Text = Field(title="名称")
    year: Count = Field(title="年份")
    award_title: Text = Field(title="授予称号")
    other_titles: tuple[Text, ...] = Field((), title="公司和个人的称号")
    approval: str = Field("", title="批准文号")
    inspected: YesNo = Field(True, title="项目须经检查")
    thresholds: CycleThresholds = Field(default_factory=CycleThresholds, title="本届标准")
    order: Order = Field("原序", title="名单排序")
    person_order: Order | None = Field(None, title="个人排序")
    order_note: str = Field("", title="原序说明")
    summary: str = Field("", title="说明")

    def limits(self, usual: Thresholds) -> Thresholds:
        """The campaign's thresholds as they stand for this cycle."""
        own = {name: value for name, value in self.thresholds if value is not None}
        return Thresholds.model_construct(**dict(usual) | own) if own else usual


class Activity(Record):
    """A training, drill or hazard check held in a project."""

    kind: ActivityKind = Field(title="类别")
    date: Day = Field(title="日期")
    note: Text = Field(title="内容")


class Veto(Record):
    """An event that bars a project from the title."""

    kind: VetoKind = Field(title="类别")
    date: Day = Field(title="日期")
    note: Text = Field(title="情况")


class Complaint(Record):
    """A complaint about a project that was reported."""

    date: Day = Field(title="日期")
    note: Text = Field(title="情况")


class Merit(Record):
    """Evidence that speaks for a project."""

    kind: MeritKind = Field(title="类别")
    date: Day = Field(title="日期")
    evidence: Text = Field(title="依据")
    deed: Annotated[Id, Reference("deeds")] | None = Field(None, title="相关事迹")


class Recommendation(Record):
    """The local bureau's recommendation, after a visit and a paper review."""

    org: Annotated[Id, Reference("orgs")] = Field(title="推荐单位")
    visit: Day | None = Field(None, title="实地走访日期")
    review: Day | None = Field(None, title="资料审核日期")
    date: Day = Field(title="推荐日期")


class Exit(Record):
    """How and when a project left the contest without the title."""

    kind: ExitKind = Field(title="去向")
    date: Day = Field(title="日期")
    note: str = Field("", title="情况")


class Project(Record):
    """A guarding project that takes part in the contest."""

    label = ("评比项目", "project")

    id: Id = Field(title="编号")
    name: Text = Field(title="名称")
    cycle: Annotated[Id, Reference("cycles")] = Field(title="届次")
    site_kind: SiteKind = Field(title="服务场所")
    company: Annotated[Id, Reference("orgs")] = Field(title="保安公司")
    client: Annotated[Id, Reference("orgs")] = Field(title="客户单位")
    guards: Count = Field(title="保安员人数")
    certified: Count = Field(title="持证人数")
    data_accurate: YesNo = Field(False, title="监管系统信息准确")
    complaints: tuple[Complaint, ...] = Field((), title="投诉举报")
    applied: Day = Field(title="报名日期")
    consent: Day | None = Field(None, title="客户同意日期")
    activities: tuple[Activity, ...] = Field((), title="活动开展")
    vetoes: tuple[Veto, ...] = Field((), title="一票否决情形")
    merits: tuple[Merit, ...] = Field((), title="加分依据")
    recommendation: Recommendation | None = Field(None, title="推荐")
    exit: Exit | None = Field(None, title="退出评比")
    about: str = Field("", title="简介")


class Objection(Record):
    """An objection to an award, as far as it may be told: never by whom."""

    received: Day = Field(title="收到日期")
    about: Text = Field(title="反映的问题（不写反映人）")
    closed: Day | None = Field(None, title="核查结束日期")
    outcome: Outcome | None = Field(None, title="核查结论")


class Refusal(Record):
    """The decision that leaves out an award that had been on notice, and why."""

    notice: Annotated[Id, Reference("notices")] = Field(title="决定文件")
    reason: Text = Field(title="不予授予原因")


class Revocation(Record):
    """Why and when an award was taken back."""

    date: Day | None = Field(None, title="撤销日期")
    reason: str = Field("", title="撤销原因")
    notice: Annotated[Id, Reference("notices")] = Field(title="撤销文件")


class Award(Record):
    """One honour for one project, company or guard. Never deleted. How far it has come, its dates tell (`standing`)."""

    label = ("荣誉", "award")

    id: Id = Field(title="编号")
    cycle: Annotated[Id, Reference("cycles")] = Field(title="届次")
    kind: AwardKind = Field(title="类别")
    title: Text = Field(title="称号")
    project: Annotated[Id, Reference("projects")] | None = Field(None, title="获奖项目")
    org: Annotated[Id, Reference("orgs")] | None = Field(None, title="获奖单位")
    person: Annotated[Id, Reference("persons")] | None = Field(None, title="获奖个人")
    notice: Annotated[Id, Reference("notices")] | None = Field(None, title="公示")
    objections: tuple[Objection, ...] = Field((), title="异议")
    decision: Annotated[Id, Reference("notices")] | None = Field(None, title="表彰决定")
    refused: Refusal | None = Field(None, title="不予授予")
    citation: str = Field("", title="颁奖词")
    sort_as: str = Field("", title="排序用字")
    revoked: Revocation | None = Field(None, title="撤销")


class Notice(Record):
    """A document that the organisers publish about awards."""

    label = ("公告", "notice")

    id: Id = Field(title="编号")
    kind: NoticeKind = Field(title="类别")
    title: Text = Field(title="标题")
    number: str = Field("", title="文号")
    date: Day = Field(title="发文日期")
    start: Day | None = Field(None, title="公示开始")
    end: Day | None = Field(None, title="公示结束")
    issuers: tuple[Annotated[Id, Reference("orgs")], ...] = Field(title="发文单位", min_length=1)
    basis: str = Field("", title="依据")
    corrects: Annotated[Id, Reference("notices")] | None = Field(None, title="更正的文件")
    awards: tuple[Id, ...] = Field((), title="涉及荣誉")  # no Reference: of a lost award AWD-09 knows more to say
    body: Text = Field(title="正文")

"""The contest: cycles, projects, awards and the notices that announce them."""

from typing import Annotated, Literal

from honorroll.model.base import Record, field
from honorroll.model.campaign import Thresholds
from honorroll.model.field_types import Count, Day, Id, Reference, Text, Year, YesNo

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

    projects_per_company: Count | None = field(None, title="每家公司最多项目数")
    project_guards: Count | None = field(None, title="项目最少保安员数")
    certified_percent: Count | None = field(None, title="持证率", le=100)
    notice_working_days: Count | None = field(None, title="公示最少工作日")


class Cycle(Record):
    """One running of the contest."""

    label = ("届次", "cycle")

    id: Id = field(title="编号")
    title: Text = field(title="名称")
    year: Year = field(title="年份")
    award_title: Text = field(title="授予称号")
    other_titles: tuple[Text, ...] = field((), title="公司和个人的称号")
    approval: str = field("", title="批准文号")
    inspected: YesNo = field(True, title="项目须经检查")
    thresholds: CycleThresholds = field(CycleThresholds.usual(), title="本届标准")
    order: Order = field("原序", title="名单排序")
    person_order: Order | None = field(None, title="个人排序")
    order_note: str = field("", title="原序说明")
    summary: str = field("", title="说明")

    def limits(self, usual: Thresholds) -> Thresholds:
        """The campaign's thresholds as they stand for this cycle."""
        own = {name: value for name, value in self.thresholds.values().items() if value is not None}
        return usual.with_values(**own) if own else usual


class Activity(Record):
    """A training, drill or hazard check held in a project."""

    kind: ActivityKind = field(title="类别")
    date: Day = field(title="日期")
    note: Text = field(title="内容")


class Veto(Record):
    """An event that bars a project from the title."""

    kind: VetoKind = field(title="类别")
    date: Day = field(title="日期")
    note: Text = field(title="情况")


class Complaint(Record):
    """A complaint about a project that was reported."""

    date: Day = field(title="日期")
    note: Text = field(title="情况")


class Merit(Record):
    """Evidence that speaks for a project."""

    kind: MeritKind = field(title="类别")
    date: Day = field(title="日期")
    evidence: Text = field(title="依据")
    deed: Annotated[Id, Reference("deeds")] | None = field(None, title="相关事迹")


class Recommendation(Record):
    """The local bureau's recommendation, after a visit and a paper review."""

    org: Annotated[Id, Reference("orgs")] = field(title="推荐单位")
    visit: Day | None = field(None, title="实地走访日期")
    review: Day | None = field(None, title="资料审核日期")
    date: Day = field(title="推荐日期")


class Exit(Record):
    """How and when a project left the contest without the title."""

    kind: ExitKind = field(title="去向")
    date: Day = field(title="日期")
    note: str = field("", title="情况")


class Project(Record):
    """A guarding project that takes part in the contest."""

    label = ("评比项目", "project")
    link, folder = "project", "contest"

    id: Id = field(title="编号")
    name: Text = field(title="名称")
    cycle: Annotated[Id, Reference("cycles")] = field(title="届次")
    site_kind: SiteKind = field(title="服务场所")
    company: Annotated[Id, Reference("orgs")] = field(title="保安公司")
    client: Annotated[Id, Reference("orgs")] = field(title="客户单位")
    guards: Count = field(title="保安员人数")
    certified: Count = field(title="持证人数")
    data_accurate: YesNo = field(False, title="监管系统信息准确")
    complaints: tuple[Complaint, ...] = field((), title="投诉举报")
    applied: Day = field(title="报名日期")
    consent: Day | None = field(None, title="客户同意日期")
    activities: tuple[Activity, ...] = field((), title="活动开展")
    vetoes: tuple[Veto, ...] = field((), title="一票否决情形")
    merits: tuple[Merit, ...] = field((), title="加分依据")
    recommendation: Recommendation | None = field(None, title="推荐")
    exit: Exit | None = field(None, title="退出评比")
    about: str = field("", title="简介")


class Objection(Record):
    """An objection to an award, as far as it may be told: never by whom."""

    received: Day = field(title="收到日期")
    about: Text = field(title="反映的问题（不写反映人）")
    closed: Day | None = field(None, title="核查结束日期")
    outcome: Outcome | None = field(None, title="核查结论")


class Refusal(Record):
    """The decision that leaves out an award that had been on notice, and why."""

    notice: Annotated[Id, Reference("notices")] = field(title="决定文件")
    reason: Text = field(title="不予授予原因")


class Revocation(Record):
    """Why and when an award was taken back."""

    date: Day | None = field(None, title="撤销日期")
    reason: str = field("", title="撤销原因")
    notice: Annotated[Id, Reference("notices")] = field(title="撤销文件")


class Award(Record):
    """One honour for one project, company or guard. Never deleted. How far it has come, its dates tell (`standing`)."""

    label = ("荣誉", "award")
    link, folder = "award", "awards"

    id: Id = field(title="编号")
    cycle: Annotated[Id, Reference("cycles")] = field(title="届次")
    kind: AwardKind = field(title="类别")
    title: Text = field(title="称号")
    project: Annotated[Id, Reference("projects")] | None = field(None, title="获奖项目")
    org: Annotated[Id, Reference("orgs")] | None = field(None, title="获奖单位")
    person: Annotated[Id, Reference("persons")] | None = field(None, title="获奖个人")
    notice: Annotated[Id, Reference("notices")] | None = field(None, title="公示")
    objections: tuple[Objection, ...] = field((), title="异议")
    decision: Annotated[Id, Reference("notices")] | None = field(None, title="表彰决定")
    refused: Refusal | None = field(None, title="不予授予")
    citation: str = field("", title="颁奖词")
    sort_as: str = field("", title="排序用字")
    revoked: Revocation | None = field(None, title="撤销")


class Notice(Record):
    """A document that the organisers publish about awards."""

    label = ("公告", "notice")
    link, folder = "notice", "notices"
    text_field = "body"
    public_from = "date"

    id: Id = field(title="编号")
    kind: NoticeKind = field(title="类别")
    title: Text = field(title="标题")
    number: str = field("", title="文号")
    date: Day = field(title="发文日期")
    start: Day | None = field(None, title="公示开始")
    end: Day | None = field(None, title="公示结束")
    issuers: tuple[Annotated[Id, Reference("orgs")], ...] = field(title="发文单位", min_length=1)
    basis: str = field("", title="依据")
    corrects: Annotated[Id, Reference("notices")] | None = field(None, title="更正的文件")
    awards: tuple[Id, ...] = field((), title="涉及荣誉")  # no Reference: of a lost award AWD-09 knows more to say
    body: Text = field(title="正文")

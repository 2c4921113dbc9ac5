"""The campaign itself: what `data/campaign.yaml` says."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from honorroll.model.base import Record, field
from honorroll.model.field_types import Count, Day, Hours, Id, Reference, Text, YesNo
from honorroll.model.patrols import Shift

#: On a map drawn with characters: water, and what belongs to no district.
WATER, NOWHERE = "～", "＿"

#: What the records of this site add up to.
Ledger = Literal["巡逻时长", "巡逻", "巡查点位", "发现隐患", "整改隐患", "上报事迹"]


class SiteSettings(Record):
    """How the site is published."""

    name: Text = field(title="网站名称")
    base_url: str = field("", title="网站地址", pattern=r"^(https?://[^\s/]+(/\S*)?)?$")
    id_code: str = field("", title="网站标识码")
    posts_per_page: Count = field(10, title="每页新闻、公告数", ge=1, le=100)
    posters: YesNo = field(False, title="绘制分享海报")
    foreign: tuple[Text, ...] = field((), title="网站里不是本程序生成、要保留的文件")
    """Files, or folders of them, such as a host wants to see: they stay where the site is written and deployed to."""


class Colours(Record):
    """The three main colours. What else is coloured follows from them (`pages/files/palette.py`)."""

    main: str = field("#0a1c38", title="主色", pattern=r"^#[0-9A-Fa-f]{6}$")
    honour: str = field("#e6bd62", title="荣誉色", pattern=r"^#[0-9A-Fa-f]{6}$")
    accent: str = field("#b23318", title="强调色", pattern=r"^#[0-9A-Fa-f]{6}$")


class FooterLink(Record):
    """Another site that the footer leads to."""

    title: Text = field(title="名称")
    url: Text = field(title="网址", pattern=r"^https?://\S+$")


class Look(Record):
    """What makes the site its association's own."""

    logo: str = field("", title="标志（static 文件夹里的图片）")
    colours: Colours | None = field(None, title="颜色")
    footer: tuple[Text, ...] = field((), title="页脚文字")
    links: tuple[FooterLink, ...] = field((), title="页脚链接")


class Filings(Record):
    """Registrations that the footer must show; empty ones are left out."""

    icp: str = field("", title="ICP 备案号")
    police: str = field("", title="公安备案号")


class License(Record):
    """Under what terms the open data may be used."""

    name: Text = field(title="名称")
    url: str = field("", title="网址", pattern=r"^(https?://\S+)?$")


class Contact(Record):
    """Where the public reaches an organiser. Declared here, so it may be published."""

    org: Annotated[Id, Reference("orgs")] = field(title="单位")
    phone: Text = field(title="电话")
    mail: Text = field(title="邮箱")
    address: str = field("", title="地址")
    hours: str = field("", title="受理时间")


class Stage(Record):
    """One phase of the campaign, for the timeline."""

    id: Id = field(title="编号")
    title: Text = field(title="名称")
    start: Day = field(title="开始日期")
    end: Day = field(title="结束日期")
    summary: str = field("", title="说明")


class Arrangement(Record):
    """One year's public holidays and make-up days, as the State Council's office announces them.

    Needed for years that the program does not know yet. What stands here goes before what the program knows.
    """

    year: Count = field(title="年份", ge=2000, le=2999)
    holidays: tuple[Day, ...] = field((), title="放假日期")
    workdays: tuple[Day, ...] = field((), title="调休上班日期")


class Thresholds(Record):
    """The campaign's numbers. Rules and pages read them here; code has none of its own.

    Those that may be missing are needed only by a campaign that has what they measure (CAM-06).
    """

    mobile_squad_guards: Count | None = field(None, title="应急机动队人数")
    mobile_squad_groups: Count | None = field(None, title="应急机动队组数")
    patrol_group_guards: Count | None = field(None, title="巡逻小组最少人数")
    patrol_hours: Hours | None = field(None, title="每日巡逻最少小时数")
    patrol_equipment: tuple[Text, ...] = field((), title="巡逻队伍统一装备")
    inspection_group_min: Count | None = field(None, title="巡查组最少人数")
    inspection_group_max: Count | None = field(None, title="巡查组最多人数")
    inspection_equipment: tuple[Text, ...] = field((), title="巡查组统一装备")
    inspection_shifts: tuple[Shift, ...] = field((), title="每日巡查班次")
    inspection_points: Count | None = field(None, title="每日巡查最少点位数")
    projects_per_company: Count | None = field(None, title="每家公司最多项目数")
    project_guards: Count | None = field(None, title="项目最少保安员数")
    certified_percent: Count | None = field(None, title="持证率", le=100)
    min_age: Count | None = field(None, title="最低年龄")
    max_age: Count | None = field(None, title="最高年龄")
    notice_working_days: Count | None = field(None, title="公示最少工作日")
    notice_first_day: YesNo = field(True, title="公示首日计入")
    report_days: Count | None = field(None, title="事迹上报期限（天）")
    answer_days: Count = field(15, title="个人信息申请答复期限（天）", ge=1)
    police_call_minutes: Count | None = field(None, title="严重情况报警时限（分钟）")


#: The numbers that a campaign needs, by what it has: a type of team, or what is recorded.
NEEDED: Mapping[str, tuple[str, ...]] = {
    "应急机动队": ("mobile_squad_guards", "mobile_squad_groups", "min_age", "max_age"),
    "巡逻小组": ("patrol_group_guards", "patrol_hours", "min_age", "max_age"),
    "巡查组": ("inspection_group_min", "inspection_group_max"),
    "巡逻": ("patrol_hours",),
    "巡查": ("inspection_shifts", "inspection_points"),
    "评比": ("projects_per_company", "project_guards", "certified_percent", "notice_working_days"),
    "公示": ("notice_working_days",),
    "事迹": ("report_days",),
    "严重情况": ("police_call_minutes",),
}


class Waiver(Record):
    """A rule that the campaign need not keep for a while, and why."""

    rule: Text = field(title="规则")
    record: str = field("", title="记录")
    reason: Text = field(title="原因")
    until: Day = field(title="截止日期")


class CampaignInfo(Record):
    """Title, period, organisers, numbers and contacts of the campaign."""

    label = ("活动", "campaign")
    rules: ClassVar[Mapping[str, str]] = {"title": "CAM-01", "start": "CAM-02", "end": "CAM-02", "organisers": "CAM-04"}

    id: Id = field(title="编号")
    title: Text = field(title="活动名称")
    short_title: Text = field(title="活动简称")
    theme: Text = field(title="活动主题")
    contest_theme: str = field("", title="评比主题")
    summary: Text = field(title="活动简介")
    start: Day = field(title="开始日期")
    end: Day = field(title="结束日期")
    sample: YesNo = field(False, title="示例数据")
    organisers: tuple[Annotated[Id, Reference("orgs")], ...] = field(title="主办单位", min_length=1)
    site: SiteSettings = field(title="网站")
    look: Look = field(Look.usual(), title="外观")
    filings: Filings = field(Filings.usual(), title="备案")
    license: License | None = field(None, title="数据许可")
    contacts: tuple[Contact, ...] = field((), title="联系方式")
    thresholds: Thresholds = field(Thresholds.usual(), title="活动标准")
    calendar: tuple[Arrangement, ...] = field((), title="节假日安排")
    stages: tuple[Stage, ...] = field((), title="活动阶段")
    map: str = field("", title="区县示意图")
    wrap_up: Annotated[Id, Reference("posts")] | None = field(None, title="活动总结")
    waivers: tuple[Waiver, ...] = field((), title="豁免")


class Tag(Record):
    """A subject that posts may carry. Posts name it by `name`; its URL comes from `id`."""

    label = ("标签", "tag")
    link, folder = "tag", "tags"

    id: Id = field(title="编号")
    name: Text = field(title="名称")


class Figure(Record):
    """A published result with its source: told from outside, or added up from a ledger or other figures of this site."""

    label = ("数据", "figure")
    public_from = "as_of"

    id: Id = field(title="编号")
    name: Text = field(title="名称")
    value: Count = field(title="数值")
    approximate: Literal["", "余", "多"] = field("", title="约数")
    unit: Literal["起", "名", "人次", "处", "小时", "件", "个", "场", "次"] = field(title="单位")
    as_of: Day = field(title="截至日期")
    source: Text = field(title="来源")
    ledger: Ledger | None = field(None, title="台账")
    parts: tuple[Annotated[Id, Reference("figures")], ...] = field((), title="由哪几项相加")
    post: Annotated[Id, Reference("posts")] | None = field(None, title="相关新闻")
    key: YesNo = field(False, title="首页显示")
    updated: Day | None = field(None, title="更新日期")
    change: str = field("", title="更新说明（改了什么，读者看得到）")

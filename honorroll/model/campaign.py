"""The campaign itself: what `data/campaign.yaml` says."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from honorroll.model.base import Count, Day, Hours, Id, Record, Reference, Text, YesNo
from honorroll.model.duty import Shift

#: On a map drawn with characters: water, and what belongs to no district.
WATER, NOWHERE = "～", "＿"

#: What the records of this site add up to.
Ledger = Literal["巡逻时长", "巡逻", "巡查点位", "发现隐患", "整改隐患", "上报事迹"]


class SiteSettings(Record):
    """How the site is published."""

    name: Text = Field(title="网站名称")
    base_url: str = Field("", title="网站地址", pattern=r"^(https?://[^\s/]+(/\S*)?)?$")
    id_code: str = Field("", title="网站标识码")
    posts_per_page: Count = Field(10, title="每页新闻数", ge=1, le=100)
    posters: YesNo = Field(False, title="绘制分享海报")


class Colours(Record):
    """The three main colours. What else is coloured follows from them (`pages/look.py`)."""

    main: str = Field("#0a1c38", title="主色", pattern=r"^#[0-9A-Fa-f]{6}$")
    honour: str = Field("#e6bd62", title="荣誉色", pattern=r"^#[0-9A-Fa-f]{6}$")
    accent: str = Field("#b23318", title="强调色", pattern=r"^#[0-9A-Fa-f]{6}$")


class FooterLink(Record):
    """Another site that the footer leads to."""

    title: Text = Field(title="名称")
    url: Text = Field(title="网址", pattern=r"^https?://\S+$")


class Look(Record):
    """What makes the site its association's own."""

    logo: str = Field("", title="标志（static 文件夹里的图片）")
    colours: Colours | None = Field(None, title="颜色")
    footer: tuple[Text, ...] = Field((), title="页脚文字")
    links: tuple[FooterLink, ...] = Field((), title="页脚链接")


class Filings(Record):
    """Registrations that the footer must show; empty ones are left out."""

    icp: str = Field("", title="ICP 备案号")
    police: str = Field("", title="公安备案号")


class License(Record):
    """Under what terms the open data may be used."""

    name: Text = Field(title="名称")
    url: str = Field("", title="网址", pattern=r"^(https?://\S+)?$")


class Contact(Record):
    """Where the public reaches an organiser. Declared here, so it may be published."""

    org: Annotated[Id, Reference("orgs")] = Field(title="单位")
    phone: Text = Field(title="电话")
    mail: Text = Field(title="邮箱")
    address: str = Field("", title="地址")
    hours: str = Field("", title="受理时间")


class Stage(Record):
    """One phase of the campaign, for the timeline."""

    id: Id = Field(title="编号")
    title: Text = Field(title="名称")
    start: Day = Field(title="开始日期")
    end: Day = Field(title="结束日期")
    summary: str = Field("", title="说明")


class Arrangement(Record):
    """One year's public holidays and make-up days, as the State Council's office announces them.

    Needed for years that the program does not know yet. What stands here goes before what the program knows.
    """

    year: Count = Field(title="年份", ge=2000, le=2999)
    holidays: tuple[Day, ...] = Field((), title="放假日期")
    workdays: tuple[Day, ...] = Field((), title="调休上班日期")


class Thresholds(Record):
    """The campaign's numbers. Rules and pages read them here; code has none of its own.

    Those that may be missing are needed only by a campaign that has what they measure (CAM-06).
    """

    mobile_squad_guards: Count | None = Field(None, title="应急机动队人数")
    mobile_squad_groups: Count | None = Field(None, title="应急机动队组数")
    patrol_group_guards: Count = Field(title="巡逻小组最少人数")
    patrol_hours: Hours = Field(title="每日巡逻最少小时数")
    patrol_equipment: tuple[Text, ...] = Field((), title="巡逻队伍统一装备")
    inspection_group_min: Count | None = Field(None, title="巡查组最少人数")
    inspection_group_max: Count | None = Field(None, title="巡查组最多人数")
    inspection_equipment: tuple[Text, ...] = Field((), title="巡查组统一装备")
    inspection_shifts: tuple[Shift, ...] = Field((), title="每日巡查班次")
    inspection_points: Count | None = Field(None, title="每日巡查最少点位数")
    projects_per_company: Count = Field(title="每家公司最多项目数")
    project_guards: Count = Field(title="项目最少保安员数")
    certified_percent: Count = Field(title="持证率", le=100)
    min_age: Count = Field(title="最低年龄")
    max_age: Count = Field(title="最高年龄")
    notice_working_days: Count = Field(title="公示最少工作日")
    notice_first_day: YesNo = Field(True, title="公示首日计入")
    report_days: Count = Field(title="事迹上报期限（天）")
    police_call_minutes: Count | None = Field(None, title="严重情况报警时限（分钟）")


class Waiver(Record):
    """A rule that the campaign need not keep for a while, and why."""

    rule: Text = Field(title="规则")
    record: str = Field("", title="记录")
    reason: Text = Field(title="原因")
    until: Day = Field(title="截止日期")


class CampaignInfo(Record):
    """Title, period, organisers, numbers and contacts of the campaign."""

    label = ("活动", "campaign")
    rules: ClassVar[Mapping[str, str]] = {"title": "CAM-01", "start": "CAM-02", "end": "CAM-02", "organisers": "CAM-04"}

    id: Id = Field(title="编号")
    title: Text = Field(title="活动名称")
    short_title: Text = Field(title="活动简称")
    theme: Text = Field(title="活动主题")
    contest_theme: str = Field("", title="评比主题")
    summary: Text = Field(title="活动简介")
    start: Day = Field(title="开始日期")
    end: Day = Field(title="结束日期")
    sample: YesNo = Field(False, title="示例数据")
    organisers: tuple[Annotated[Id, Reference("orgs")], ...] = Field(title="主办单位", min_length=1)
    site: SiteSettings = Field(title="网站")
    look: Look = Field(default_factory=Look, title="外观")
    filings: Filings = Field(default_factory=Filings, title="备案")
    license: License | None = Field(None, title="数据许可")
    contacts: tuple[Contact, ...] = Field((), title="联系方式")
    thresholds: Thresholds = Field(title="活动标准")
    calendar: tuple[Arrangement, ...] = Field((), title="节假日安排")
    stages: tuple[Stage, ...] = Field((), title="活动阶段")
    map: str = Field("", title="区县示意图")
    wrap_up: Annotated[Id, Reference("posts")] | None = Field(None, title="活动总结")
    waivers: tuple[Waiver, ...] = Field((), title="豁免")


class Tag(Record):
    """A subject that posts may carry. Posts name it by `name`; its URL comes from `id`."""

    label = ("标签", "tag")

    id: Id = Field(title="编号")
    name: Text = Field(title="名称")


class Figure(Record):
    """A published result with its source: told from outside, or added up from a ledger or other figures of this site."""

    label = ("数据", "figure")

    id: Id = Field(title="编号")
    name: Text = Field(title="名称")
    value: Count = Field(title="数值")
    approximate: Literal["", "余", "多"] = Field("", title="约数")
    unit: Literal["起", "名", "人次", "处", "小时", "件", "个", "场", "次"] = Field(title="单位")
    as_of: Day = Field(title="截至日期")
    source: Text = Field(title="来源")
    ledger: Ledger | None = Field(None, title="台账")
    parts: tuple[Annotated[Id, Reference("figures")], ...] = Field((), title="由哪几项相加")
    post: Annotated[Id, Reference("posts")] | None = Field(None, title="相关新闻")
    key: YesNo = Field(False, title="首页显示")

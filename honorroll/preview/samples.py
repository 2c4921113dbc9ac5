"""Invented values for the page of all parts: short and long, with and without a picture, each state."""

from datetime import date, datetime
from typing import NamedTuple, get_args

from markupsafe import Markup

from honorroll.chinese import CHINA
from honorroll.content import Heading, Outline, Rendered
from honorroll.model import AwardState
from honorroll.pages import (
    AwardCard,
    Cell,
    ContactCard,
    DeedCard,
    DistrictMap,
    Event,
    Fact,
    FigureCard,
    Group,
    Headline,
    Image,
    Link,
    NoticeCard,
    PostCard,
    ProjectCard,
    Share,
    StageCard,
    Step,
    Table,
    TeamCard,
    charts,
    district_map,
    drawn,
)

DAY, LATER, HERE = date(2022, 9, 1), date(2022, 9, 9), "index.html"
_MOMENT = datetime(2022, 9, 1, 9, 30, tzinfo=CHINA)
_LONG = "一个特别长的标题，长到在手机上要折成好几行，用来看看排版是不是还稳当：第二批优秀保安服务项目、公司和保安员名单"
_SUMMARY = "示例摘要。" * 30
_PICTURE = Image("static/skyline.svg", "示例图片：夜色里亮着灯的楼群", 1600, 360, "示例图片的说明。")
_SIGNS = {"甲": "甲区", "乙": "乙区", "丙": "丙县"}


def _award(
    state: AwardState, name: str = "江畔校园护学项目", note: str = "示例保安公司", kind: str = "项目"
) -> AwardCard:
    return AwardCard(HERE, name, kind, "优秀保安服务项目", note, state, name)


class Samples(NamedTuple):
    """What the page of all parts sees."""

    link: Link
    several: tuple[Link, ...]
    pages: tuple[Link, ...]
    picture: Image
    uncaptioned: Image
    share: Share
    posts: tuple[PostCard, ...]
    headline: Headline
    deeds: tuple[DeedCard, ...]
    teams: tuple[TeamCard, ...]
    projects: tuple[ProjectCard, ...]
    awards: tuple[AwardCard, ...]
    rolls: tuple[Group[AwardCard], ...]
    notices: tuple[NoticeCard, ...]
    figures: tuple[FigureCard, ...]
    facts: tuple[Fact, ...]
    contacts: tuple[ContactCard, ...]
    events: tuple[Event, ...]
    stages: tuple[StageCard, ...]
    steps: tuple[Step, ...]
    asides: tuple[Fact, ...]
    opened: Table
    closed: Table
    strips: tuple[charts.Strip | None, ...]
    bars: tuple[charts.Bars | None, ...]
    stairs: charts.Steps | None
    map: DistrictMap
    text: Rendered
    start: date
    end: date
    days: tuple[str, ...]


def samples() -> Samples:
    """The values."""
    link, team = Link("示例链接", HERE), Link("示例巡逻小组", HERE)
    table = Table(
        "示例数据",
        ("区县", "巡查点位（处）"),
        tuple((Cell(name), Cell("3")) for name in _SIGNS.values()),
        ("合计", "9"),
    )
    counted = {date(2022, 9, day): float(day % 7 * 4) for day in range(1, 25) if day % 7}
    rows = [("示例巡逻小组", "3名", (30.0, 12.0)), (_LONG, "", (8.0, 0.0))]
    places = {"甲区": 30.0, "乙区": 8.0}
    return Samples(
        link=link,
        several=(link, Link("另一个", HERE), Link("名字很长很长的第三个链接", HERE)),
        pages=tuple(Link(number, HERE) for number in "123"),
        picture=_PICTURE,
        uncaptioned=_PICTURE._replace(caption=""),
        share=Share(poster=_PICTURE),
        posts=(
            PostCard(HERE, "短标题", _MOMENT, "", (), None),
            PostCard(HERE, _LONG, _MOMENT, _SUMMARY, (link, link), _PICTURE),
        ),
        headline=Headline(HERE, _LONG, _MOMENT),
        deeds=(
            DeedCard(HERE, "拾到钱包等失主", "好人好事", DAY, "张某某", team, _SUMMARY, _PICTURE),
            DeedCard(HERE, _LONG, "见义勇为", DAY, "一名保安员", None, _SUMMARY, None),
            DeedCard(HERE, "短", "战果", DAY, "", None, "", None),
        ),
        teams=(
            TeamCard(
                HERE, "示例应急机动队", "应急机动队", "示例保安公司", 10, 2, ("甲区一街", "乙区二街"), "120.5", 36
            ),
            TeamCard(HERE, "刚成立的队", "巡查组", "示例保安公司", 2, 1, (), "0", 0),
        ),
        projects=tuple(
            ProjectCard(HERE, name, "学校", "示例保安公司", "示例学校", 12, state, step, 6)
            for name, state, step in (
                ("江畔校园护学项目", "已推荐", 4),
                (_LONG, "公示中", 5),
                ("示例小区", "已授予", 6),
            )
        ),
        awards=tuple(_award(state, name) for name in ("江畔校园护学项目", _LONG) for state in get_args(AwardState)),
        rolls=(
            Group("优秀保安服务项目", "项目", (*map(_award, get_args(AwardState)), _award("已授予", _LONG))),
            Group("优秀保安公司", "公司", (_award("已授予", "示例保安服务有限公司", "", "公司"),)),
            Group(
                "优秀保安员",
                "保安员",
                tuple(_award("已授予", name, "", "保安员") for name in ("张某某", "李某", "王某某")),
            ),
        ),
        notices=(
            NoticeCard(HERE, "正在公示的名单", "公示", "示例〔2022〕1号", LATER, DAY),
            NoticeCard(HERE, "已经结束的公示", "公示", "", None, DAY),
            NoticeCard(HERE, _LONG, "表彰决定", "示例〔2022〕2号", None, DAY),
            NoticeCard(HERE, "撤销一项荣誉", "撤销", "示例〔2022〕3号", None, DAY),
        ),
        figures=(
            FigureCard("巡逻时长", "1234.5", "小时", DAY, "巡逻记录", HERE, "figure-1"),
            FigureCard(
                "服务群众",
                "2700余",
                "人次",
                LATER,
                "示例来源",
                HERE,
                "figure-2",
                (Link("指路 1900余", HERE), link),
                LATER,
                "更正了人次",
            ),
        ),
        facts=(
            Fact("所属单位", "示例保安公司", HERE),
            Fact("任务区域", "甲区一街、乙区二街、丙县三镇"),
            Fact("人数", "10人"),
        ),
        contacts=(
            ContactCard("示例协会", "000-0000000", "xiehui@example.org", "示例地址", "工作日 8:30—17:30"),
            ContactCard("只有电话的单位", "000-0000001", "", "", ""),
        ),
        events=(
            Event(DAY, "阶段", "动员部署", "印发方案。", "", state="已结束"),
            Event(DAY, "见义勇为", _LONG, "", HERE),
            Event(LATER, "阶段", "总结表彰", "还没有到的阶段。", "", ahead=True, state="未开始"),
        ),
        stages=tuple(
            StageCard(f"{state}的阶段", DAY, LATER, note, state)
            for state, note in (("已结束", "示例说明。"), ("进行中", _SUMMARY), ("未开始", ""))
        ),
        steps=(
            Step("申报", DAY, "申报表", True, HERE),
            Step("检查", None, "", True),
            Step("推荐", None, _LONG, False),
        ),
        asides=(Fact("检查", "不合格的，退出评比"),),
        opened=table._replace(name="打开的表"),
        closed=table._replace(name="收起的表"),
        strips=(
            charts.strip("示例日历", "处", DAY, counted, 10),
            charts.strip("没有标准的日历", "处", DAY, counted, 0),
        ),
        bars=(
            charts.bars("两个系列", "处", rows, series=("发现", "整改")),
            charts.bars("很多行", "件", [(f"第{at}行", "", (float(at),)) for at in range(1, 16)]),
        ),
        stairs=charts.steps("示例累计", "处", ("发现", "整改"), counted, {date(2022, 9, 20): 40.0}),
        map=district_map(
            drawn("甲甲～乙乙\n甲甲～乙乙\n丙丙丙丙＿\n丙丙丙丙＿", _SIGNS), "巡查点位", "处", places, table
        ),
        text=Rendered(Markup(), Outline(tuple(Heading(level, name, name) for level, name in _HEADINGS), 1234, ())),
        start=DAY,
        end=LATER,
        days=("2022-09-01", "2022-09-02"),
    )


_HEADINGS = ((2, "第一部分"), (3, "其中的一节"), (2, "第二部分，标题长到要折行的那一种，看看目录里怎么排"))

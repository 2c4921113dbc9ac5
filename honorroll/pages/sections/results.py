"""The results: what the ledgers add up to, what of, and the published figures."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import date
from typing import Annotated, Generic, Literal, NamedTuple, TypeVar, get_args

from honorroll.chinese import china_day
from honorroll.model import (
    ELSEWHERE,
    LEDGERS,
    SEVERAL,
    WATER,
    Addend,
    DeedKind,
    Figure,
    Ledger,
    decimal,
    districts,
    roll_up,
    signs,
    total,
    urls,
)
from honorroll.pages import charts
from honorroll.pages.cards import FigureCard
from honorroll.pages.contexts import template
from honorroll.pages.district_map import district_map, drawn
from honorroll.pages.files.datasets import Dataset, Row, address, common, means
from honorroll.pages.lookup.index import Index
from honorroll.pages.page import Entry, Page, Section, entry, section
from honorroll.pages.participation import Exhibit, participation
from honorroll.pages.parts import Cell, Link, Table
from honorroll.pages.site_parts import DEEDS, RESULTS, WRAP_UP, has_results, is_over

Key = TypeVar("Key", bound=Hashable)

#: The part of the page that shows what each ledger's sum is made of.
_PARTS: dict[Ledger, str] = {
    "巡逻时长": "teams",
    "巡逻": "days",
    "巡查点位": "days",
    "发现隐患": "hazards",
    "整改隐患": "hazards",
    "上报事迹": "deeds",
}
_DUTY: tuple[Ledger, ...] = ("巡逻时长", "巡逻", "巡查点位", "发现隐患", "整改隐患")
#: What the map of the districts tells, the first of them by its light.
_MAPPED: tuple[Ledger, ...] = ("巡查点位", "巡逻", "上报事迹")
_SOURCES = {"patrols": "巡逻记录", "inspections": "巡查记录", "deeds": "事迹记录"}


@template("results.html")
class ResultsPage(NamedTuple):
    """Results: figures, and what the ledgers add up to."""

    totals: tuple[FigureCard, ...]
    """Sums of the ledgers of this site."""
    exhibits: tuple[Exhibit, ...]
    """What they are made of: only what there is anything to show of."""
    figures: tuple[FigureCard, ...]
    """Published figures with their sources."""
    wrap_up: Link | None
    """The wrap-up, once the campaign is over."""


def pages(index: Index) -> Iterator[Entry]:
    """The results, when there are any."""
    if has_results(index.campaign):
        days = [*index.ledger_days.values(), *(_told_on(figure) for figure in index.campaign.figures.values())]
        days += [deed.date for deed in index.deeds[:1]]
        yield entry(RESULTS.url, _results, day=max(days))


def _results(index: Index) -> Page:
    figures = tuple(figure_card(index, figure) for figure in index.campaign.figures.values())
    exhibits = tuple(exhibit for exhibit in _exhibits(index) if exhibit)
    wrap_up = WRAP_UP if is_over(index.campaign) else None
    context = ResultsPage(tuple(totals(index)), exhibits, figures, wrap_up)
    return section(RESULTS, context, "巡逻、巡查和事迹的各项数据及其来源")


def figure_card(index: Index, figure: Figure) -> FigureCard:
    """A published number with its source: a post, this site's ledger, or else the words on the results page."""
    figures = index.campaign.figures
    parts = [figures[id] for id in figure.parts if id in figures]
    post = index.campaign.posts.get(figure.post or "")
    place = _PARTS[figure.ledger] if figure.ledger else f"figure-{figure.id}"
    return FigureCard(
        name=figure.name,
        value=_value(figure),
        unit=figure.unit,
        as_of=figure.as_of,
        source=figure.source,
        url=urls.page("news", post.id) if post else f"{RESULTS.url}#{place}",
        id=f"figure-{figure.id}",
        parts=tuple(Link(f"{part.name} {_value(part)}", f"{RESULTS.url}#figure-{part.id}") for part in parts),
        updated=figure.updated,
        change=figure.change,
    )


def _told_on(figure: Figure) -> date:
    """When readers were last told something new of it."""
    return max(figure.as_of, figure.updated or figure.as_of)


def _value(figure: Figure) -> str:
    return f"{figure.value}{figure.approximate}"


def totals(index: Index) -> Iterator[FigureCard]:
    """Sums of the ledgers; each is exactly the sum of the records of this site (SUM-01)."""
    for name, (unit, table, _) in LEDGERS.items():
        value, as_of = total(index.campaign, name, index.campaign.today)
        if value and as_of:
            yield FigureCard(name, decimal(value), unit, as_of, _SOURCES[table], f"{RESULTS.url}#{_PARTS[name]}")


def _exhibits(index: Index) -> Iterator[Exhibit | None]:
    daily = _sums(index, lambda addend: addend.day)
    yield _days(index, daily)
    yield _teams(index)
    yield _districts(index)
    yield participation(index)
    yield _hazards(daily)
    yield _deeds(index)


class _Sums(NamedTuple, Generic[Key]):
    """The sums of ledgers by one key: those that hold anything."""

    ledgers: dict[Ledger, dict[Key, float]]

    def get(self, ledger: Ledger) -> dict[Key, float]:
        return self.ledgers.get(ledger, {})

    def only(self, ledgers: Iterable[Ledger]) -> "_Sums[Key]":
        return _Sums({ledger: self.ledgers[ledger] for ledger in ledgers if ledger in self.ledgers})

    def names(self) -> set[Key]:
        return {key for sums in self.ledgers.values() for key in sums}

    def table(self, name: str, first: str, rows: Iterable[tuple[Key, Cell]]) -> Table:
        """One column a ledger, with its total."""
        head = (first, *(f"{ledger}（{LEDGERS[ledger][0]}）" for ledger in self.ledgers))
        lines = [(cell, *(Cell(decimal(sums.get(key, 0))) for sums in self.ledgers.values())) for key, cell in rows]
        foot = ("合计", *(decimal(round(sum(sums.values()), 2)) for sums in self.ledgers.values()))
        return Table(name, head, tuple(lines), foot)


def _sums(index: Index, key: Callable[[Addend], Key], ledgers: tuple[Ledger, ...] = _DUTY) -> _Sums[Key]:
    found = {name: roll_up(index.campaign, name, key) for name in ledgers}
    return _Sums({name: sums for name, sums in found.items() if sums})


def calendar(index: Index) -> charts.Strip | None:
    """The days of inspections beside the campaign's number of points; without inspections, of patrols."""
    info = index.campaign.info
    points, hours = (_days_of(index, ledger) for ledger in ("巡查点位", "巡逻时长"))
    if points:
        return charts.strip("每日巡查点位", "处", info.start, points, info.thresholds.inspection_points or 0)
    return charts.strip("每日巡逻时长", "小时", info.start, hours, 0)


def _days_of(index: Index, ledger: Ledger) -> dict[date, float]:
    return roll_up(index.campaign, ledger, lambda addend: addend.day)


def _days(index: Index, daily: _Sums[date]) -> Exhibit | None:
    strip = calendar(index)
    if not strip:
        return None
    rows = [(day, Cell(china_day(day), urls.ledger(day))) for day in sorted(index.ledger_days)]
    table = daily.table("每日数据", "日期", rows)
    points = daily.get("巡查点位")
    note = "每行一个月，每格一天，颜色越醒目，当天越多；点开表格里的日期，可以看到当天的每一条记录。"
    if strip.bar:
        met = sum(value >= strip.bar for value in points.values())
        note = f"{len(points)}天有巡查记录，{met}天达到每日不少于{strip.bar}处的要求。" + note
        told = [
            (*row, Cell(_met(points.get(day, 0), strip.bar))) for (day, _), row in zip(rows, table.rows, strict=True)
        ]
        table = table._replace(head=(*table.head, "是否达标"), rows=tuple(told), foot=(*table.foot, f"{met}天达标"))
    return Exhibit("days", strip.title, note, table, strip=strip)


def _met(points: float, bar: int) -> str:
    return "达标" if points >= bar else "未达标"


def _teams(index: Index) -> Exhibit | None:
    by_team = _sums(index, lambda addend: addend.team)
    teams = [team for team in index.campaign.teams.values() if team.id in by_team.names()]
    rows = [(team.id, Cell(team.name, urls.page("team", team.id))) for team in teams]
    if not rows:
        return None
    drawn = tuple(_pair(by_team, [(team.id, team.name) for team in teams], "支队伍"))
    note = "数字由各队逐条登记的记录相加。"
    return Exhibit("teams", "各队记录", note, by_team.table("各队记录", "队伍", rows), bars=drawn)


def _districts(index: Index) -> Exhibit | None:
    campaign = index.campaign
    sums = _sums(index, districts(campaign), (*_DUTY, "上报事迹"))
    if not sums.names() - {SEVERAL, ELSEWHERE}:
        return None
    boxes, mapped = drawn(campaign.info.map, signs(campaign)), sums.only(_MAPPED)
    on_map = {name for name in boxes if name != WATER} if mapped.ledgers else set()
    first: Ledger = next(iter(mapped.ledgers), "巡逻时长") if on_map else "巡逻时长"
    of = sums.get(first)
    names = sorted(sums.names() | on_map, key=lambda name: (name in (SEVERAL, ELSEWHERE), -of.get(name, 0), name))
    rows = [(name, Cell(name)) for name in names]
    table = sums.table("各区县记录", "区县", rows)
    note = (
        "巡逻和巡查按所到的街道、乡镇归入区县，参评项目按客户所在地；记录里没有写明的按队伍的任务区域，"
        f"不止一个区县的（如视频抽查）记入“{SEVERAL}”。"
    )
    if not on_map:
        bars = tuple(_pair(sums, [(name, name) for name in names], "个区县", ordered=False))
        return Exhibit("districts", "各区县记录", note, table, bars=bars)
    map = district_map(boxes, first, LEDGERS[first][0], of, mapped.table("各区县主要数据", "区县", rows))
    return Exhibit("districts", "各区县记录", f"示意图，不表示实际边界和面积。{note}", table, map=map)


def _pair(
    sums: _Sums[Key], names: Sequence[tuple[Key, str]], counted: str, *, ordered: bool = True
) -> Iterator[charts.Bars]:
    """Patrolled hours and inspected points of the same, each drawn when there are any."""
    pair: tuple[Ledger, ...] = ("巡逻时长", "巡查点位")
    for ledger in pair:
        of = sums.get(ledger)
        rows = [(name, "", (of[key],)) for key, name in names if of.get(key)]
        drawn = charts.bars(ledger, LEDGERS[ledger][0], rows, counted=counted, ordered=ordered)
        if drawn:
            yield drawn


def _hazards(daily: _Sums[date]) -> Exhibit | None:
    found, mended = daily.get("发现隐患"), daily.get("整改隐患")
    drawn = charts.steps("累计", "处", ("发现", "整改"), found, mended)
    if not drawn:
        return None
    rows: list[tuple[Cell, ...]] = []
    left = 0.0
    for day in sorted({*found, *mended}):
        left += found.get(day, 0) - mended.get(day, 0)
        numbers = (found.get(day, 0), mended.get(day, 0), left)
        rows.append((Cell(china_day(day), urls.ledger(day)), *(Cell(decimal(number)) for number in numbers)))
    sums = (sum(found.values()), sum(mended.values()), left)
    head = ("日期", "发现隐患（处）", "整改隐患（处）", "待整改（处）")
    table = Table("隐患发现与整改", head, tuple(rows), ("合计", *(decimal(number) for number in sums)))
    note = f"累计发现{decimal(sums[0])}处，已整改{decimal(sums[1])}处，待整改{decimal(left)}处。整改从销号那一天算起。"
    return Exhibit("hazards", "隐患发现与整改", note, table, steps=drawn)


def _deeds(index: Index) -> Exhibit | None:
    counted = dict.fromkeys(get_args(DeedKind), 0)
    for deed in index.deeds:
        counted[deed.kind] += deed.date <= index.campaign.today
    kinds = [(kind, number) for kind, number in counted.items() if number]
    drawn = charts.bars("按类别", "件", [(kind, "", (number,)) for kind, number in kinds])
    if not drawn:
        return None
    rows = tuple((Cell(kind, f"{DEEDS.url}#{kind}"), Cell(str(number))) for kind, number in kinds)
    table = Table("上报事迹", ("类别", "件数"), rows, ("合计", str(sum(counted.values()))))
    return Exhibit("deeds", "上报事迹", "按类别统计，每一件都有单独的页面。", table, bars=(drawn,))


class ResultRow(Row, frozen=True, kw_only=True):
    """A published figure, or what the ledgers of the site add up to."""

    kind: Annotated[
        Literal["公布数据", "台账合计"], means("类别", "A published figure, or a sum over this site's ledgers.")
    ]
    name: Annotated[str, means("名称", "What is counted.")]
    value: Annotated[float, means("数值", "The number.")]
    approximate: Annotated[
        Literal["余", "多"] | None, means("约数", "Set where the number is approximate: somewhat more than this value.")
    ]
    unit: Annotated[str, means("单位", "Unit of the number.")]
    as_of: Annotated[date, means("截至日期", "Last day that is counted.")]
    source: Annotated[str, means("来源", "Where the number comes from.")]
    source_page: Annotated[
        str | None,
        means("来源网页", "The post that tells of it, addressed like the page of the row.", format="uri-reference"),
    ]
    updated: Annotated[date | None, means("更新日期", "When the figure was changed after its publication.")]
    change: Annotated[str | None, means("更新说明", "What was changed.")]


#: What a ledger's total is called in data.
LEDGER_IDS: dict[Ledger, str] = {
    "巡逻时长": "ledger:patrol-hours",
    "巡逻": "ledger:patrols",
    "巡查点位": "ledger:inspected-points",
    "发现隐患": "ledger:hazards-found",
    "整改隐患": "ledger:hazards-closed",
    "上报事迹": "ledger:deeds",
}


def _rows(index: Index, base: str) -> Iterator[ResultRow]:
    """Figures as they were published, then the ledgers' sums, each exactly that of the records of this site (SUM-01)."""
    for figure in index.campaign.figures.values():
        post = index.campaign.posts.get(figure.post or "")
        yield ResultRow(
            **common(index, figure.id, RESULTS.url, base),
            kind="公布数据",
            name=figure.name,
            value=figure.value,
            approximate=figure.approximate or None,
            unit=figure.unit,
            as_of=figure.as_of,
            source=figure.source,
            source_page=address(urls.page("news", post.id), base) if post else None,
            updated=figure.updated,
            change=figure.change or None,
        )
    for ledger, id in LEDGER_IDS.items():
        value, as_of = total(index.campaign, ledger, index.campaign.today)
        if value and as_of:
            yield ResultRow(
                **common(index, id, RESULTS.url, base),
                kind="台账合计",
                name=ledger,
                value=int(value) if value == int(value) else value,
                approximate=None,
                unit=LEDGERS[ledger][0],
                as_of=as_of,
                source="本站台账",
                source_page=None,
                updated=None,
                change=None,
            )


SECTION = Section(
    pages,
    order=90,
    menu=RESULTS,
    has_content=has_results,
    data=(Dataset("results", "活动战果", ResultRow, _rows),),
)

"""The results as the public can follow them: every number on the pages is the sum of the ledgers, down to the day."""

import json
import re
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest
from conftest import MINIMAL, Project
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from reference import Element, Page, Site, build, copy_project, text_of

from honorroll.engine.options import Options
from honorroll.engine.pipeline import build as run
from honorroll.model.stories import DeedKind
from honorroll.pages.district_map import drawn, outline
from honorroll.publish.targets import Memory

BASE = "https://honor.example.org/"
SVG = "{http://www.w3.org/2000/svg}"
FIRST, TODAY = date(2022, 9, 1), date(2022, 10, 1)
TEAMS = [f"t{number:02}" for number in range(1, 19)]
#: Courage needs a call to the police, which is another story.
KINDS = [kind for kind in get_args(DeedKind) if kind != "见义勇为"]

#: One team, as a line of the data.
TEAM = (
    "- {{id: {}, name: {}队, type: 巡逻小组, org: c01, headcount: 5, areas: {},"
    " certified: 是, insured: 是, age_checked: 是}}\n"
)

Row = dict[str, Any]

#: Few, so that several records fall on one; some are of days to come.
days = st.sampled_from([-1, 0, 1, 2, 3, 29, 30, 31, 45]).map(lambda number: FIRST + timedelta(number))
hours = st.integers(1, 2400).map(lambda number: f"{number / 100:.2f}")
patrols = st.fixed_dictionaries(
    {
        "date": days,
        "team": st.sampled_from(TEAMS),
        "hours": hours,
        "area": st.sampled_from(["江南区一街", "江北区", "外"]),
    }
)
hazards = st.fixed_dictionaries(
    {"what": st.just("灯不亮"), "state": st.sampled_from(["已整改", "整改中"])}, optional={"closed": days}
)
points = st.lists(st.integers(1, 30).map(lambda n: {"kind": "学校", "count": n}), min_size=1, max_size=3)
inspections = st.fixed_dictionaries(
    {
        "date": days,
        "shift": st.sampled_from(["白天", "晚上"]),
        "team": st.sampled_from(TEAMS),
        "points": points,
        "hazards": st.lists(hazards, max_size=3),
        "area": st.sampled_from(["", "江北区二街"]),
    }
)
deeds = st.fixed_dictionaries({"date": days, "kind": st.sampled_from(KINDS)})
ledgers = st.tuples(st.lists(patrols, max_size=25), st.lists(inspections, max_size=20), st.lists(deeds, max_size=6))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project of eighteen teams in two districts, whose projects need no inspection."""
    project = Project(tmp_path_factory.mktemp("results") / "project")
    shutil.copytree(MINIMAL, project.root)
    project.write("data/cycles.yaml", project.read("data/cycles.yaml") + "  inspected: 否\n")
    bureaus = "".join(
        f"- {{id: {id}, name: {name}分局, kind: 分县局, region: {name}}}\n"
        for id, name in (("b1", "江南区"), ("b2", "江北区"))
    )
    project.write("data/orgs.yaml", project.read("data/orgs.yaml") + bureaus)
    project.write("data/campaign.yaml", project.read("data/campaign.yaml") + "map: |\n  南南～北\n  ＿南～北\n")
    areas = ["[江南区一街]", "[江南区一街, 江北区二街]", "[]"]
    project.replace("data/projects.yaml", "org: zd", "org: b1")
    names = project.read("data/teams.yaml")
    names += "".join(TEAM.format(id, id, areas[at % 3]) for at, id in enumerate(TEAMS[2:]))
    project.write("data/teams.yaml", names)
    return project


def told(project: Project, patrols: list[Row], inspections: list[Row], deeds: list[Row]) -> Site:
    """The site that these ledgers make."""
    deed = {"id": "d01", "title": "事", "story": "事。", "kind": "战果", "date": "2099-01-01"}
    rows = [deed, *({**deed, **row, "id": f"x{at}"} for at, row in enumerate(deeds))]
    for name, data in (("patrols", patrols), ("inspections", inspections), ("deeds", rows)):
        project.write(f"data/{name}.yaml", json.dumps(data, default=str, ensure_ascii=False))
    memory = Memory()
    result = run(Options(root=project.root, out=project.site, today=TODAY), memory)
    assert result.counts is not None, [finding.message("en") for finding in result.findings]
    pages = {url: Kept(url, data) for url, data in memory.files.items() if url.endswith(".html")}
    return Site(project.site, BASE, pages)


class Kept(Page):
    """A page of a site in memory."""

    def __init__(self, url: str, data: bytes) -> None:
        super().__init__(url, Path())
        self.__dict__["text"] = data.decode()


def number(text: str) -> Decimal:
    return Decimal(text)


def rows_of(table: Element) -> tuple[list[str], list[list[str]], list[str]]:
    """Head, rows and foot of a table."""
    cells = [[text_of(cell) for cell in row if cell.tag in ("th", "td")] for row in table.iter("tr")]
    foot = table.find("tfoot") is not None
    return cells[0], cells[1 : len(cells) - foot], cells[-1] if foot else []


def part(site: Site, id: str) -> Element | None:
    found = [e for e in site.pages["results.html"].find("section") if e.get("id") == id]
    return found[0] if found else None


def columns(site: Site, id: str) -> dict[str, dict[str, Decimal]]:
    """The columns of numbers of a part's tables: by head, by row. Each adds up to its foot."""
    section = part(site, id)
    if section is None:
        return {}
    found = {}
    for table in section.iter("table"):
        head, rows, foot = rows_of(table)
        for at, name in enumerate(head[1:], 1):
            if re.fullmatch(r"[\d.]+", rows[0][at]):
                found[name.partition("（")[0]] = {row[0]: number(row[at]) for row in rows}
                if name != "待整改（处）":
                    assert sum(number(row[at]) for row in rows) == number(foot[at]), (id, name)
    return found


def added(rows: Iterator[tuple[str, Decimal]]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for key, amount in rows:
        sums[key] += amount
    return {key: amount for key, amount in sums.items() if amount}


def filled(column: dict[str, Decimal] | None) -> dict[str, Decimal]:
    return {key: amount for key, amount in (column or {}).items() if amount}


def totals(site: Site) -> dict[str, Decimal]:
    numbers = next(iter(numbers_of(site.pages["results.html"])), [])
    return {text_of(e.find("dt")): number(text_of(e.find("dd/b"))) for e in numbers}


def chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def mended(inspection: Row, hazard: Row) -> date | None:
    return hazard.get("closed", inspection["date"]) if hazard["state"] == "已整改" else None


#: Without shrinking: a site takes its time, and the first wrong one is small enough.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)


@settings(max_examples=20, deadline=None, phases=PHASES)
@given(ledgers)
def test_every_total_is_the_sum_of_its_ledger(small: Project, data: tuple[list[Row], list[Row], list[Row]]) -> None:
    site = told(small, *data)
    patrols, inspections = ([row for row in rows if row["date"] <= TODAY] for rows in data[:2])
    seen = [row for row in data[2] if row["date"] <= TODAY]

    def by(key: Callable[[Row], str]) -> dict[str, dict[str, Decimal]]:
        """What every ledger adds up to by a key of patrols and inspections."""
        closed = [(i, h) for i in data[1] for h in i["hazards"] if i["date"] <= TODAY]
        ends = [({**i, "date": day}, h) for i, h in closed if (day := mended(i, h)) and day <= TODAY]
        return {
            "巡逻时长": added((key(row), number(row["hours"])) for row in patrols),
            "巡逻": added((key(row), Decimal(1)) for row in patrols),
            "巡查点位": added((key(row), Decimal(point["count"])) for row in inspections for point in row["points"]),
            "发现隐患": added((key(row), Decimal(len(row["hazards"]))) for row in inspections),
            "整改隐患": added((key(row), Decimal(1)) for row, _ in ends),
        }

    whole = {name: sums[""] for name, sums in by(lambda _: "").items() if sums}
    whole |= {"上报事迹": Decimal(len(seen))} if seen else {}
    assert totals(site) == whole

    wanted = by(lambda row: chinese(row["date"]))
    shown = columns(site, "days")
    assert {name: filled(shown.get(name)) for name in wanted} == wanted
    names = {page.url: text_of(page.root.find(".//h1")) for page in site.pages.values()}
    wanted = by(lambda row: names[f"teams/{row['team']}.html"])
    shown = columns(site, "teams")
    assert {name: filled(shown.get(name)) for name in wanted} == wanted
    for name, column in columns(site, "districts").items():
        assert sum(column.values()) == whole[name]
    assert filled(columns(site, "deeds").get("件数")) == added((row["kind"], Decimal(1)) for row in seen)
    hazards_shown = columns(site, "hazards")
    for name, head in (("发现隐患", "发现隐患"), ("整改隐患", "整改隐患")):
        assert filled(hazards_shown.get(head)) == filled(by(lambda row: chinese(row["date"]))[name])

    held_by_the_day(site, by(lambda row: row["date"].isoformat()))
    for row in {row["team"]: row for row in (*patrols, *inspections)}.values():
        page = site.pages[f"teams/{row['team']}.html"]
        values = {text_of(e.find("dt")): number(text_of(e.find("dd/b"))) for e in next(iter(numbers_of(page)))}
        for label, name in (("巡逻时长", "巡逻时长"), ("巡查点位", "巡查点位")):
            assert values.get(label, Decimal(0)) == by(lambda r: r["team"])[name].get(row["team"], Decimal(0))


def numbers_of(page: Page) -> list[Element]:
    return [e for e in page.find("dl") if e.get("class") == "numbers"]


def held_by_the_day(site: Site, wanted: dict[str, dict[str, Decimal]]) -> None:
    """Each day has a page, with the same numbers at its head and in its rows; no other day has one."""
    all_days = {day for sums in wanted.values() for day in sums}
    assert {f"ledger/{day}.html" for day in all_days} == {url for url in site.pages if url.startswith("ledger/")}
    for day in all_days:
        page = site.pages[f"ledger/{day}.html"]
        shown = {text_of(e.find("dt")): number(text_of(e.find("dd/b"))) for e in numbers_of(page)[0]}
        assert shown == {name: sums[day] for name, sums in wanted.items() if day in sums}
        for table in page.find("table"):
            _, rows, foot = rows_of(table)
            assert sum(number(row[-1]) for row in rows) == number(foot[-1]) == shown["巡逻时长"]
        counts = [e for e in page.find("span") if e.get("class") == "count"]
        assert sum(int(text_of(e).removesuffix("处")) for e in counts) == shown.get("巡查点位", 0)


# Pictures


def plots(page: Page) -> list[Element]:
    return [e for e in page.elements if e.tag == f"{SVG}svg" and e.get("role") in ("img", "group")]


@pytest.fixture(scope="module")
def reference(site: Site) -> Site:
    return site


def test_every_picture_has_a_name_a_description_and_a_table(reference: Site) -> None:
    found = 0
    for page in reference.pages.values():
        for plot in plots(page):
            name, words = (plot.find(f"{SVG}{tag}") for tag in ("title", "desc"))
            assert text_of(name), page.url
            assert re.search(r"\d", text_of(words)), page.url
            assert (plot.get("aria-labelledby"), plot.get("aria-describedby")) == (name.get("id"), words.get("id"))
            found += 1
        loose = [e for e in page.elements if e.tag == f"{SVG}svg" and not e.get("role")]
        inside = {e for plot in plots(page) for e in plot.iter()}
        keys = {e for ul in page.find("ul") if ul.get("aria-hidden") == "true" for e in ul.iter()}
        assert all(e in inside or e in keys for e in loose), page.url
    assert found >= 7 + len(list(reference.folder.glob("teams/t*.html")))
    results = reference.pages["results.html"]
    drawn = [e for e in results.find("section") if any(child in plots(results) for child in e.iter())]
    assert [e.get("id") for e in drawn] == ["days", "teams", "districts", "companies", "hazards", "deeds"]
    assert all(e.find(".//details//table") is not None for e in drawn)


def test_every_number_leads_to_where_it_comes_from(reference: Site) -> None:
    for url in ("results.html", "wrap-up.html", "index.html"):
        for numbers in numbers_of(reference.pages[url]):
            assert all(e.find("dt/a") is not None for e in numbers), url
    results = reference.pages["results.html"]
    for section in results.find("section"):
        for row in section.findall(".//tbody/tr"):
            if section.get("id") not in ("districts", None):
                assert row.find(".//a") is not None, text_of(row)
    sources = next(e for e in results.find("dl") if e.get("class") == "sources")
    for figure in sources:
        assert re.search(r"截至\s*2022年\d+月\d+日，来源：\S", text_of(figure)), text_of(figure)


def test_the_map_says_what_the_table_beside_it_says(reference: Site) -> None:
    """Each district leads to its row, and is as bright as its number; of duties to come there is neither place nor time."""
    section = part(reference, "districts")
    assert section is not None
    (plot,) = [e for e in section.iter(f"{SVG}svg") if e.get("role") == "group"]
    _, rows, _ = rows_of(section.find(".//figure//table"))
    lines = {e.get("id"): text_of(e.find("td")) for e in section.find(".//figure//tbody")}
    shown = {}
    for link in plot.iter(f"{SVG}a"):
        name, number_and_unit = (text_of(e) for e in link.iter(f"{SVG}tspan"))
        assert link.get("aria-label") == f"{name} {number_and_unit}"
        assert lines[link.get("href").removeprefix("#")] == number_and_unit.removesuffix("处")
        shown[name] = int(lines[f"district-{name}"]), link.find(f".//{SVG}path").get("class")
    assert set(shown) == {"花山区", "雨山区", "博望区", "当涂县", "含山县", "和县"}
    assert [row[0] for row in rows if row[0] not in shown] == ["跨区县"]
    assert [level for _, level in sorted(shown.values())] == ["w2", "w2", "w3", "w3", "w4", "w4"]
    assert text_of(plot.find(f"{SVG}desc")).startswith("；".join(f"{row[0]} {row[1]} 处" for row in rows))
    assert "不表示实际边界" in text_of(section.find(".//figcaption"))


@pytest.mark.parametrize(
    ("layout", "path"),
    [
        ("南", "M0 0H1V1H0V0z"),
        ("南南\n南＿", "M0 0H2V1H1V2H0V0z"),
        ("南＿\n＿南", "M0 0H1V1H0V0zM1 1H2V2H1V1z"),
        ("南南南\n南＿南\n南南南", "M0 0H3V3H0V0zM1 1V2H2V1H1z"),
    ],
)
def test_boxes_of_a_district_become_its_outline(layout: str, path: str) -> None:
    """As one piece, as several, with a hole."""
    assert outline(drawn(layout, {"南": "江南区"})["江南区"]) == path


def test_a_sum_of_approximate_figures_stays_approximate(project: Project) -> None:
    """As published, with its parts; and nobody can publish it as an exact number."""
    figure = "- {{id: {}, name: {}, value: {}, approximate: '{}', unit: 人次, as_of: 2022-09-30, source: 登记{}}}\n"
    parts = figure.format("f1", "指路", 1900, "余", "") + figure.format("f2", "搀扶", 800, "多", "")
    for about, rules in (("", ["SUM-03"]), ("余", []), ("多", [])):
        whole = figure.format("f3", "服务", 2700, about, ", parts: [f1, f2], key: 是")
        project.write("data/figures.yaml", parts + whole)
        result = project.build()
        assert [f.diagnostic.rule for f in result.findings] == rules
        if not rules:
            site = Site.read(project.site, BASE)
            (shown,) = [e for e in site.pages["results.html"].find("div") if e.get("id") == "figure-f3"]
            assert text_of(shown.find("dd/b")) == f"2700{about}"
            assert [text_of(a) for a in shown.findall("dd/a")] == ["指路 1900余", "搀扶 800多"]
            assert text_of(numbers_of(site.pages["index.html"])[0].find("div/dd")) == f"2700{about} 人次"


# From the first day to long after


def test_the_wrap_up_waits_for_the_end(tmp_path: Path) -> None:
    root = copy_project(tmp_path / "project")
    last = Site.read(build(root, tmp_path / "last", date(2022, 10, 31)), BASE)
    after = Site.read(build(root, tmp_path / "after", date(2022, 11, 1)), BASE)
    assert "wrap-up.html" not in last.pages
    assert not any("wrap-up.html" in page.text for page in last.pages.values())
    page = after.pages["wrap-up.html"]
    assert [text_of(e) for e in page.find("h2")] == ["行动进程", "工作", "战果", "典型事例", *winners(page)]
    assert "wrap-up.html" in after.pages["results.html"].text


def winners(page: Page) -> list[str]:
    return [text_of(e) for e in page.find("h2") if "评比" in text_of(e)]


def test_a_hazard_is_told_as_mended_from_its_day_on(project: Project) -> None:
    for day, words in ((date(2022, 9, 1), "整改中"), (date(2022, 9, 2), "已整改")):
        project.build(today=day)
        site = Site.read(project.site, BASE)
        (state,) = [e for e in site.pages["ledger/2022-09-01.html"].find("span") if "state" in (e.get("class") or "")]
        assert text_of(state).startswith(words)
        assert ("ledger/2022-09-02.html" in site.pages) == (words == "已整改")
        assert totals(site).get("整改隐患", 0) == (words == "已整改")


@pytest.mark.parametrize("count", [1, 400])
def test_a_campaign_of_one_day_and_of_more_than_a_year(small: Project, count: int) -> None:
    several = [
        {"date": TODAY - timedelta(at), "team": TEAMS[at % 18], "hours": "4", "area": "江南区一街"}
        for at in range(count)
    ]
    site = told(small, several, [], [])
    (strip, *_) = plots(site.pages["results.html"])
    windows = [e for e in strip.iter(f"{SVG}rect") if e.get("class") != "w0"]
    assert len(windows) == count
    assert len([e for e in strip.iter(f"{SVG}text") if e.get("class") == "month"]) == (15 if count == 400 else 2)


def test_hundreds_of_teams_are_a_table_and_a_dozen_bars(small: Project) -> None:
    teams = small.read("data/teams.yaml")
    many = [f"m{at:04}" for at in range(300)]
    extra = "".join(TEAM.format(id, id, "[江北区二街]") for id in many)
    try:
        small.write("data/teams.yaml", teams + extra)
        several = [
            {"date": FIRST, "team": id, "hours": f"{4 + at / 100:.2f}", "area": "江北区"} for at, id in enumerate(many)
        ]
        site = told(small, several, [], [])
    finally:
        small.write("data/teams.yaml", teams)
    section = part(site, "teams")
    assert section is not None
    assert len(section.findall(".//tbody/tr")) == 300
    (plot,) = [e for e in plots(site.pages["results.html"]) if e in set(section.iter())]
    values = [number(text_of(e)) for e in plot.iter(f"{SVG}text") if e.get("class") == "value"]
    assert values == [Decimal(699 - at) / 100 for at in range(12)]
    (rest,) = [text_of(e) for e in plot.iter(f"{SVG}text") if e.get("class") == "note"]
    whole = sum(number(row["hours"]) for row in several)
    assert rest == f"其余288支队伍合计 {(whole - sum(values)).normalize():f} 小时"


def test_what_is_empty_does_not_show(small: Project) -> None:
    site = told(small, [], [], [])
    shown = [e.get("id") for e in site.pages["results.html"].find("section")]
    assert shown == ["companies", None]
    assert not [url for url in site.pages if url.startswith("ledger/")]


def test_districts_are_where_it_was_then_where_the_team_works(small: Project) -> None:
    """By the record's own area, else by the areas of the team: one district, several, or none that is known."""
    patrol = {"date": FIRST, "team": "t03", "hours": "1"}
    inspection = {"date": FIRST, "shift": "白天", "points": [{"kind": "学校", "count": 2}], "hazards": []}
    site = told(
        small,
        [patrol | {"area": "江北区二街", "hours": "3"}, patrol | {"area": "外"}],
        [inspection | {"team": id} for id in ("t03", "t04", "t05")] + [inspection | {"team": "t04", "area": "江北区"}],
        [],
    )
    shown = columns(site, "districts")
    assert filled(shown["巡逻时长"]) == {"江北区": Decimal(3), "江南区": Decimal(1)}
    wanted = {"江南区": 2, "跨区县": 2, "其他": 2, "江北区": 2}
    assert filled(shown["巡查点位"]) == {name: Decimal(points) for name, points in wanted.items()}

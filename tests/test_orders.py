"""Award lists on pages: in the order that their cycle declares, with the note that follows from it."""

import re
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import yaml
from conftest import MINIMAL, Project
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from honorroll.chinese.collation import pinyin_key, stroke_key
from honorroll.chinese.personal_names import masked
from honorroll.model.award_order import Orders

ORDERS = st.sampled_from(["笔画", "拼音", "原序"])
NAMES = st.text("王文吕刘李张单解曾区欧阳司马一乙大明江征", min_size=2, max_size=4)
PERSONS = st.lists(st.tuples(NAMES, st.sampled_from(["全名", "隐名", "匿名"])), min_size=1, max_size=9)
COMPANIES = st.lists(NAMES, min_size=1, max_size=6, unique=True)
UNNAMED = "一名保安员"


def award(id: str, kind: str, title: str, **recipient: str) -> dict[str, str]:
    return {"id": id, "cycle": "y2022", "kind": kind, "title": title, "notice": "n01", **recipient}


def listed(page: str, title: str) -> list[str]:
    """The recipients below a heading."""
    _, _, below = page.partition(f">{title}</h3>")
    return re.findall(r'<li class="laurel[^"]*">\s*<a[^>]*>([^<]+)</a>', below.partition("</ul>")[0])


def sorted_by(order: str, names: list[str], *, persons: bool) -> list[str]:
    """The same by `sorted` and the plain keys; who is not named stands at the end, who is called the same as given."""
    key = {"笔画": stroke_key, "拼音": pinyin_key}.get(order)
    if key is None:
        return names
    return [
        *sorted((n for n in names if n != UNNAMED), key=lambda n: key(n, persons=persons)),
        *(n for n in names if n == UNNAMED),
    ]


def made(root: Path, order: str, person_order: str, persons: list[tuple[str, str]], companies: list[str]) -> Project:
    project = Project(root)
    for file in MINIMAL.rglob("*.*"):
        project.write(file.relative_to(MINIMAL).as_posix(), file.read_bytes())
    tables: dict[str, list[dict[str, object]]] = {
        "orgs": [{"id": f"c1{n}", "name": name, "kind": "保安公司"} for n, name in enumerate(companies)],
        "persons": [{"id": f"r1{n}", "name": name, "mask": mask} for n, (name, mask) in enumerate(persons)],
        "consents": [
            {"person": f"r1{n}", "purposes": ["姓名"], "given": "2022-09-02", "how": "书面"}
            for n in range(len(persons))
        ],
        "awards": [
            *(award(f"a1{n}", "公司", "平安公司", org=f"c1{n}") for n in range(len(companies))),
            *(award(f"a2{n}", "保安员", "平安之星", person=f"r1{n}") for n in range(len(persons))),
        ],
    }
    for name, rows in tables.items():
        old = project.read(f"data/{name}.yaml")
        project.write(f"data/{name}.yaml", old + yaml.safe_dump(rows, allow_unicode=True))
    orders = f"  other_titles: [平安公司, 平安之星]\n  order: {order}\n  person_order: {person_order}\n"
    note = "  order_note: 按报名先后为序\n" if "原序" in (order, person_order) else ""
    project.replace("data/cycles.yaml", "  order_note: 排名不分先后\n", orders + note)
    return project


@settings(max_examples=25, deadline=None, phases=[Phase.generate])  # each is a build: too slow to shrink
@given(order=ORDERS, person_order=ORDERS, persons=PERSONS, companies=COMPANIES)
def test_lists_stand_as_their_cycle_declares(
    order: str, person_order: str, persons: list[tuple[str, str]], companies: list[str]
) -> None:
    hidden = [name for name, mask in persons if mask != "全名"]
    assume(not any(name in company for name in hidden for company in companies))  # which must not be told there either
    shown = [{"全名": name, "隐名": masked(name), "匿名": UNNAMED}[mask] for name, mask in persons]
    with TemporaryDirectory() as place:
        project = made(Path(place), order, person_order, persons, companies)
        result = project.build()
        assert result.counts, result.findings
        page, notice = project.read("site/awards/index.html"), project.read("site/notices/n01.html")
    wanted = sorted_by(order, companies, persons=False), sorted_by(person_order, shown, persons=True)
    assert (listed(page, "平安公司"), listed(page, "平安之星")) == wanted
    concerned = re.findall(
        r"<li(?: class=\"won\")?><a[^>]*>([^<]+)</a>", notice.partition('<ul class="awards">')[2].partition("</ul>")[0]
    )
    assert [name for name in concerned if name != "一小护校项目"] == [*chain(*wanted)]
    (note,) = re.findall(r'<p class="board-note">([^<]+为序)</p>', page)
    said = {"笔画": ("按名称笔画", "按姓氏笔画"), "拼音": ("按名称拼音", "按姓氏拼音"), "原序": ("按报名先后",) * 2}
    assert said[order][0] in note
    assert said[person_order][1] in note
    assert ("笔画" in note, "拼音" in note) == tuple(word in (order, person_order) for word in ("笔画", "拼音"))


@pytest.mark.parametrize(
    ("sort_as", "expected"), [("", ["刘望川", "张守江", "陈𰀀"]), ("吕英", ["陈𰀀", "刘望川", "张守江"])]
)
def test_a_name_stands_where_its_award_says(tmp_path: Path, sort_as: str, expected: list[str]) -> None:
    persons = [("张守江", "全名"), ("陈𰀀", "全名"), ("刘望川", "全名")]
    project = made(tmp_path, "拼音", "笔画", persons, ["长堤"])
    if sort_as:
        project.replace("data/awards.yaml", "person: r11\n", f"person: r11\n  sort_as: {sort_as}\n")
    project.build()
    assert listed(project.read("site/awards/index.html"), "平安之星") == expected


def test_a_hidden_name_does_not_tell_its_place(tmp_path: Path) -> None:
    """Both are shown as 王某某, so that they stay as given, whatever follows the surname."""
    project = made(tmp_path, "拼音", "笔画", [("王懿", "隐名"), ("王一", "隐名"), ("文一", "匿名")], ["长堤"])
    project.build()
    page = project.read("site/awards/index.html")
    assert re.findall(r'href="../awards/(a2\d).html"', page) == ["a20", "a21", "a22"]
    assert listed(page, "平安之星") == ["王某某", "王某某", UNNAMED]


def test_without_an_order_nothing_is_sorted() -> None:
    assert Orders().place("公司", "长堤") == Orders().place("保安员", "王一") == ()

"""The schema decides what typed text means, explains every misfit, and no input makes it fail."""

import copy
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from conftest import MINIMAL
from hypothesis import given, settings
from hypothesis import strategies as st

from honorroll import model
from honorroll.checks import rules, text_report
from honorroll.checks.catalog import RULES
from honorroll.checks.findings import settle
from honorroll.chinese.typography import CHINA
from honorroll.diagnostics import Diagnostic, Keys, Place, closest
from honorroll.filesystem.source_file import Snapshot, Source
from honorroll.fingerprint import fingerprint
from honorroll.incremental.database import Database
from honorroll.inputs import validation
from honorroll.inputs.loader import load
from honorroll.inputs.yaml_reader import YamlReader
from honorroll.model.campaign import Tag

PLACE = Place("data/x.yaml")


def raw_of(path: str) -> Any:
    return YamlReader().decode(path, (MINIMAL / path).read_text(encoding="utf-8"))[0]


CAMPAIGN, FIGURE, PATROL = raw_of("data/campaign.yaml"), raw_of("data/figures.yaml")[0], raw_of("data/patrols.yaml")[0]
TEAM, TAG = raw_of("data/teams.yaml")[0], raw_of("data/tags.yaml")[0]
POST = {"id": "p", "title": "标题", "date": "2022-09-02"}


def made(kind: type[model.Record], raw: Any) -> Any:
    record, faults = validation.validate(kind, raw, PLACE)
    assert faults == []
    return record


def refused(kind: type[model.Record], raw: Any) -> list[tuple[str, Keys]]:
    record, faults = validation.validate(kind, raw, PLACE)
    assert record is None
    return [(fault.rule, fault.place.keys) for fault in faults]


@pytest.mark.parametrize("typed", ["12:30", "010", "no", "1.10", "2022-09-01", "是", "1e3", "<b>", "null and void"])
def test_text_stays_as_typed(typed: str) -> None:
    (raw,), _ = YamlReader().decode("data/tags.yaml", f"- id: a\n  name: {typed}\n")
    assert made(Tag, raw).name == typed


@pytest.mark.parametrize(("typed", "meant"), [("0", 0), ("010", 10), (" 7 ", 7), ("999999999", 999999999)])
def test_a_count_is_digits(typed: str, meant: int) -> None:
    assert made(model.Figure, FIGURE | {"value": typed}).value == meant


@pytest.mark.parametrize(
    "typed", ["", "-1", "+1", "1.0", "1,200", "1e3", "１２", "五", "12人", "1 0", "0x1F", "9999999999"]
)
def test_anything_else_is_no_count(typed: str) -> None:
    assert refused(model.Figure, FIGURE | {"value": typed}) == [("SCH-07", ("value",))]


@pytest.mark.parametrize(("typed", "meant"), [("4", 4.0), ("1.10", 1.1), ("0.25", 0.25), ("24", 24.0)])
def test_hours_have_at_most_two_decimals(typed: str, meant: float) -> None:
    assert made(model.Patrol, PATROL | {"hours": typed}).hours == meant


@pytest.mark.parametrize("typed", ["", "4,5", ".5", "4.", "1.125", "nan", "inf", "12:30", "-1", "4小时", "1000"])
def test_anything_else_is_no_number_of_hours(typed: str) -> None:
    assert refused(model.Patrol, PATROL | {"hours": typed}) == [("SCH-07", ("hours",))]


@pytest.mark.parametrize("typed", ["0", "0.00", "24.01", "999"])
def test_a_day_has_more_than_no_hours_and_at_most_24(typed: str) -> None:
    assert refused(model.Patrol, PATROL | {"hours": typed}) == [("SCH-11", ("hours",))]


@pytest.mark.parametrize(
    "typed", ["", "2022-9-1", "2022/09/01", "2022-02-30", "2022-13-01", "0000-01-01", "20220901", "２022-09-01", "今天"]
)
def test_a_day_is_written_in_one_way(typed: str) -> None:
    assert made(model.Patrol, PATROL | {"date": " 2022-09-01 "}).date == date(2022, 9, 1)
    assert refused(model.Patrol, PATROL | {"date": typed}) == [("SCH-05", ("date",))]


@pytest.mark.parametrize(
    ("typed", "hour", "minute"),
    [
        ("2022-09-02", 0, 0),
        ("2022-09-02 09:30", 9, 30),
        ("2022-09-02T23:59", 23, 59),
        ("2022-09-02 09:30:15", 9, 30),
        ("2022-09-02T09:30:00+08:00", 9, 30),
    ],
)
def test_a_moment_is_in_china(typed: str, hour: int, minute: int) -> None:
    moment = made(model.Post, POST | {"date": typed}).date
    assert moment == datetime(2022, 9, 2, hour, minute, tzinfo=CHINA)
    assert moment.tzinfo is CHINA


@pytest.mark.parametrize(
    "typed", ["", "2022-09-02 9:30", "2022-09-02 24:00", "2022-09-02T09:30Z", "2022-09-02 09:30+09:00", "09:30", "昨天"]
)
def test_anything_else_is_no_moment(typed: str) -> None:
    assert refused(model.Post, POST | {"date": typed}) == [("SCH-06", ("date",))]


@pytest.mark.parametrize("typed", ["是", "有", "yes", "Yes", "true", "TRUE", "on"])
def test_yes_is_yes(typed: str) -> None:
    assert made(model.Team, TEAM | {"voluntary": typed}).voluntary is True


@pytest.mark.parametrize("typed", ["否", "无", "no", "No", "false", "off"])
def test_no_is_no_where_a_choice_is_asked_for(typed: str) -> None:
    assert made(model.Team, TEAM | {"voluntary": typed}).voluntary is False


@pytest.mark.parametrize("typed", ["", "1", "0", "没有", "不", "y", "对"])
def test_anything_else_is_neither_yes_nor_no(typed: str) -> None:
    assert refused(model.Team, TEAM | {"voluntary": typed}) == [("SCH-08", ("voluntary",))]


@pytest.mark.parametrize("typed", ["a", "0", "t01", "2022-09-01-xunluo", "a" * 64])
def test_an_id_is_fit_for_an_address(typed: str) -> None:
    assert made(Tag, TAG | {"id": typed}).id == typed


@pytest.mark.parametrize(
    "typed",
    ["", "T01", "巡逻", "a_b", "a.b", "a b", "a/b", "-a", "é", "１", "a" * 65, "..", "con", "nul", "index", "page"],
)
def test_anything_else_is_no_id(typed: str) -> None:
    assert refused(Tag, TAG | {"id": typed}) == [("SCH-09", ("id",))]


@pytest.mark.parametrize("typed", ["", "https://a.cn", "http://a.cn:80/b/?c", "https://例子.cn/"])
def test_an_address_may_be_left_out(typed: str) -> None:
    site = CAMPAIGN["site"] | {"base_url": typed}
    assert made(model.CampaignInfo, CAMPAIGN | {"site": site}).site.base_url == typed


@pytest.mark.parametrize(
    "typed", ["a.cn", "ftp://a.cn", "javascript:alert(1)", "https://", "https://a b", "HTTPS://a.cn"]
)
def test_anything_else_is_no_address(typed: str) -> None:
    site = CAMPAIGN["site"] | {"base_url": typed}
    assert refused(model.CampaignInfo, CAMPAIGN | {"site": site}) == [("SCH-12", ("site", "base_url"))]


def test_all_reasons_are_told_at_once_each_in_its_place() -> None:
    raw = TEAM | {"type": "巡逻组", "headcount": "0", "areas": ["", ["x"]], "nmae": "x", "equipment": "腰带"}
    del raw["org"]
    assert sorted(refused(model.Team, raw)) == [
        ("SCH-01", ()),
        ("SCH-02", ("nmae",)),
        ("SCH-03", ("areas", 1)),
        ("SCH-03", ("equipment",)),
        ("SCH-04", ("type",)),
        ("SCH-10", ("areas", 0)),
        ("SCH-11", ("headcount",)),
    ]


def test_a_list_is_not_called_empty_for_a_faulty_item() -> None:
    assert refused(model.CampaignInfo, CAMPAIGN | {"organisers": []}) == [("CAM-04", ("organisers",))]
    assert refused(model.CampaignInfo, CAMPAIGN | {"organisers": ["X"]}) == [("SCH-09", ("organisers", 0))]


def test_a_misspelled_key_inside_a_record_is_guessed_from_that_records_keys() -> None:
    raw = CAMPAIGN | {
        "site": CAMPAIGN["site"] | {"post_per_page": "10"},
        "stages": [CAMPAIGN["stages"][0] | {"titel": "x"}],
    }
    faults = validation.validate(model.CampaignInfo, raw, PLACE)[1]
    assert [(f.place.keys, f.near and closest(*f.near)) for f in faults] == [
        (("site", "post_per_page"), "posts_per_page"),
        (("stages", 0, "titel"), "title"),
    ]
    assert faults[1].args["known"] == "end、id、start、summary、title"


def test_a_word_that_is_no_choice_is_guessed() -> None:
    (fault,) = validation.validate(model.Team, TEAM | {"type": "巡罗小组"}, PLACE)[1]
    assert fault.near
    assert (closest(*fault.near), fault.args["choices"]) == ("巡逻小组", "应急机动队、巡逻小组、巡查组")


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ({"name": "甲", "title": "乙", "id": "c"}, "队伍“甲”"),
        ({"name": "", "title": ["乙"], "id": "c"}, "队伍“c”"),
        ({"date": date(2022, 9, 1)}, "队伍“2022-09-01”"),
        ({}, "队伍"),
        ([], "队伍"),
        (None, "队伍"),
    ],
)
def test_a_record_is_called_by_its_best_name(raw: Any, name: str) -> None:
    assert validation.record_name(model.Team, raw) == name


def test_a_record_cannot_be_changed_and_knows_its_place() -> None:
    tag = made(Tag, TAG)
    with pytest.raises(AttributeError):
        tag.name = "x"
    assert tag.at("name") == Place("data/x.yaml", ("name",))


def shown(faults: list[Diagnostic], snapshot: Snapshot) -> None:
    """Every fault has a rule and can be told in both languages."""
    for finding in settle(faults, snapshot):
        for lang in ("zh", "en"):
            assert finding.diagnostic.rule in RULES
            assert finding.message(lang).strip() == finding.message(lang)
            assert text_report.render(finding, lang)
            assert text_report.as_json(finding, lang)


def variants(raw: Any) -> Iterator[Any]:
    """A record with each of its values, at any depth, replaced by things that may not fit."""
    for bad in (None, "", "x", "：", "a：b", "字" * 500, [], ["x"], [None], [[]], {}, {"x": "y"}):
        yield bad
    for key in raw if isinstance(raw, dict) else range(len(raw)) if isinstance(raw, list) else ():
        for bad in variants(raw[key]):
            changed = copy.copy(raw)
            changed[key] = bad
            yield changed


#: Records of the tables that commands write, of which the small project has none.
WRITTEN = {
    "redirects": {"old": "teams/t01.html", "to": "teams/t02.html"},
    "deploy": {
        "id": "web",
        "kind": "服务器",
        "to": "user@example.org:/srv",
        "url": "https://example.org/",
        "keep": "3",
    },
    "imports": {
        "form": "0123456789abcdef",
        "kind": "teams",
        "title": "队伍",
        "columns": [{"header": "单位", "means": "org"}, {"header": "备注", "means": "-"}],
    },
}


@pytest.mark.parametrize("name", ["campaign", *model.TABLES])
def test_a_misfit_anywhere_in_a_record_is_explained(name: str) -> None:
    raw = [WRITTEN[name]] if name in WRITTEN else raw_of(f"data/{name}.yaml")
    kind = model.TABLES.get(name, model.CampaignInfo)
    faulty = 0
    for changed in variants(raw if name == "campaign" else raw[0]):
        record, faults = validation.validate(kind, changed, PLACE)
        assert (record is None) == bool(faults)
        shown(faults, Snapshot({}))
        faulty += record is None
    assert faulty > 20


FILES = {path.relative_to(MINIMAL).as_posix(): path.read_bytes() for path in sorted(MINIMAL.rglob("*.*"))}
PIECES = [
    *"\t\n\r \"'#&*!|>%@`{}[],:-?：\0\x1b\u2028\ufeff\ud800",
    "---\n",
    "- ",
    ": ",
    "<<: ",
    "&a ",
    "*a",
    "!!int ",
    '"\\ud800"',
    "\n...\n",
]
EDITS = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 12), st.one_of(st.sampled_from(PIECES), st.text(max_size=8))),
    min_size=1,
    max_size=6,
)


@pytest.fixture(scope="module")
def database() -> Iterator[Database]:
    found = Database()
    yield found
    found.close()


@settings(max_examples=200, deadline=None)
@given(path=st.sampled_from(sorted(FILES)), edits=EDITS)
def test_no_change_of_a_file_makes_the_reader_fail(
    path: str, edits: list[tuple[float, int, str]], database: Database
) -> None:
    text = FILES[path].decode()
    for where, length, piece in edits:
        at = int(where * len(text))
        text = text[:at] + piece + text[at + length :]
    data = text.encode(errors="ignore")
    files = FILES | {path: data}
    snapshot = Snapshot({name: Source(name, content, fingerprint(content)) for name, content in files.items()})
    campaign, problems = load(snapshot, date(2022, 12, 1), database)
    shown(problems + (rules.check(campaign) if campaign else []), snapshot)
    assert campaign or problems

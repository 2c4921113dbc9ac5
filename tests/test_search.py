"""The index of the public search: what is in it and what is not, how it is written, and what an edit touches."""

import json
import re
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import Project
from hypothesis import given
from hypothesis import strategies as st
from reference import ROOT, build, built, load_yaml

from honorroll.chinese.collation import initials
from honorroll.chinese.personal_names import DOTS
from honorroll.pages.search import ROOM, numbered
from honorroll.pages.search.fold import fold, pairs, shard, spelled
from honorroll.pages.search.postings import decode, encode

POST = "content/news/2022-09-02-first.md"


def content(data: bytes) -> Any:
    """What a file of the index hands over."""
    text = data.decode()
    return json.loads(text[text.index(",") + 1 : -3])


def index(files: dict[str, bytes]) -> dict[str, Any]:
    return {url[7:-3]: content(data) for url, data in files.items() if url.startswith("search/")}


def found(files: dict[str, bytes], words: str) -> set[str]:
    """The addresses of all pages with these words in text or title, by the index alone."""
    held = index(files)
    rows = {row[0]: row for name, block in held.items() if name[0] == "d" for row in block}
    numbers = set(rows)
    for pair in (text for text in map(spelled, pairs(fold(words))) if " " not in text):
        lists = held[f"b{shard(pair, held['index']['shards'])}"].get(pair, "").split("|")
        numbers &= {number for text in lists[:2] for number in decode(text)}
    return {rows[number][1] for number in numbers}


@pytest.fixture(scope="module")
def reference() -> dict[str, bytes]:
    site = built(date(2022, 12, 10))
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


@given(st.sets(st.integers(0, 40_000)) | st.sets(st.integers(0, 300), max_size=300))
def test_numbers_come_back_as_they_were(numbers: set[int]) -> None:
    assert decode(encode(numbers)) == sorted(numbers)


@given(st.lists(st.integers(0, 9000), unique=True, min_size=1))
def test_a_list_of_numbers_is_never_longer_than_its_bitmap(numbers: list[int]) -> None:
    assert len(encode(numbers)) <= 2 + (max(numbers) // 8 + 1) * 4 / 3 + 2 * len(numbers) / 6


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＳＡ１２号，Ｗｅ Ｃｈａｔ", "sa12号 we chat"),
        ("买买提·某某", "买买提某某"),
        ("平安、同行。", "平安 同行"),
        ("（保安）\u3000公司", "保安 公司"),
        ("王　伟、李 娜", "王伟 李娜"),  # blanks between Han characters mean nothing
        ("王　小　明", "王小明"),
        ("欧阳\u00a0长河", "欧阳长河"),
        ("王\u200b　\u200b伟", "王伟"),
        ("王伟\n　　李娜", "王伟李娜"),
        ("A 王 B 伟", "a 王 b 伟"),
        ("王 。伟", "王 伟"),
        ("馬英傑 歐陽脩", "马英杰欧阳脩"),
        ("龐欒藺闞鞏鄺酈鈕諶賁郟鈄於", "庞栾蔺阚巩邝郦钮谌贲郏钭于"),  # surnames
        ("瑋嫻錕楓瀾灝贇賡騁礪鯤線爲産", "玮娴锟枫澜灏赟赓骋砺鲲线为产"),
        ("澹臺 閭丘 萬俟 鈕祜祿 愛新覺羅 顓孫 壤駟", "澹台闾丘万俟钮祜禄爱新觉罗颛孙壤驷"),
        ("钱锺书 錢鍾書 魏徵", "钱钟书钱钟书魏征"),
        ("乾隆 覆查 著名", "乾隆覆查著名"),  # characters of their own
        ("买买提．艾力 J. Smith 3.5", "买买提艾力 j smith 3 5"),
        ("买买提.艾力，约翰・F・史密斯", "买买提艾力 约翰f史密斯"),
        ("", ""),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("dot", DOTS)
def test_every_dot_of_a_name_is_passed_over(dot: str) -> None:
    assert fold(f"买买提{dot}艾力") == "买买提艾力"


#: A name as it stands on the site, and what people type to find it.
TYPED = [
    ("王　伟", "王伟 王　伟 王\u2003伟"),
    ("王伟", "王　伟 王\u200b伟"),
    ("欧阳　娜", "欧阳娜 歐陽娜 阳娜"),
    ("王　小　明", "王小明 小明"),
    ("买买提·艾力", "买买提艾力 买买提•艾力 买买提・艾力 买买提‧艾力 买买提．艾力 買買提·艾力"),
    ("馬　國強", "马国强 馬国強 国强"),
    ("马国强", "馬國強 馬国强"),
    ("Ｊｏｈｎ　Ｓｍｉｔｈ", "john SMITH Ｓｍｉｔｈ"),
    ("鍾離　春", "钟离春 鐘離春"),
    ("於　瑋", "於玮 于玮 於瑋"),
]


@pytest.mark.parametrize(("name", "queries"), TYPED)
def test_names_are_found_as_people_type_them(name: str, queries: str, project: Project) -> None:
    project.replace("data/persons.yaml", "name: 王守江", f"name: {name}")
    assert project.build().counts
    for query in queries.split(" "):
        assert "deeds/d01.html" in found(project.output(), query), query


def test_wide_punctuation_is_passed_over_early_and_folding_stays_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    every = "a".join(map(chr, range(0x2E80, 0x10000)))
    early = fold(every)
    monkeypatch.setattr("honorroll.pages.search.fold._STOPS", re.compile("(?!)"))
    assert fold(every) == early


def test_pairs_do_not_go_across_words() -> None:
    assert {text for text in map(spelled, pairs(fold("平安。同行"))) if " " not in text} == {"平安", "同行"}
    assert {*map(spelled, pairs("abc\U00020000"))} == {"ab", "bc", "c\U00020000"}
    assert pairs("") == pairs("a") == set()
    assert {*map(spelled, pairs("第77期"))} >= {"第7", "77", "7期", "第\ue002", "\ue002期"}


def test_initials() -> None:
    assert initials("段简明", persons=True) == "djm"
    assert (initials("单春和", persons=True), initials("单春和")) == ("sch", "dch")
    assert initials("第7期·平安") == "d7qpa"


def test_newer_documents_have_higher_numbers_and_another_month_keeps_its_own() -> None:
    days = {f"p{n:03}": f"2022-{1 + n // 50:02}-{1 + n % 25:02}" for n in range(200)} | {"team": ""}
    numbers = numbered(days)
    assert sorted(numbers, key=lambda url: (days[url], url)) == sorted(numbers, key=lambda url: numbers[url])
    more = numbered(days | {"p050x": "2022-02-10"})
    moved = {url for url in numbers if numbers[url] != more[url]}
    assert moved
    assert {days[url][:7] for url in moved} == {"2022-02"}
    assert all(number % ROOM == 0 for number in (numbers["team"], numbers["p000"], numbers["p050"]))


def test_every_kind_of_page_is_found(reference: dict[str, bytes]) -> None:
    kinds = index(reference)["index"]["kinds"]
    assert set(kinds) == {"新闻", "事迹", "荣誉", "项目", "队伍", "单位", "公告", "专页"}
    pages = {
        url
        for url in reference
        if re.fullmatch(r"(news|deeds|teams|awards|notices|companies|contest)/[^/]+\.html", url)
    }
    pages = {url for url in pages if not url.endswith(("index.html", ".certificate.html"))} | {
        "plan.html",
        "report.html",
    }
    rows = {row[1] for name, block in index(reference).items() if name[0] == "d" for row in block}
    assert rows == pages


def test_any_part_of_a_title_is_found(reference: dict[str, bytes]) -> None:
    for table, folder, field in (
        ("teams", "teams", "name"),
        ("projects", "contest", "name"),
        ("deeds", "deeds", "title"),
    ):
        for record in load_yaml(ROOT / "data" / f"{table}.yaml"):
            words = max(fold(record[field]).split(), key=len)
            url = f"{folder}/{record['id']}.html"
            for at in range(len(words) - 1):
                assert url in found(reference, words[at : at + 3]), (url, words[at : at + 3])


def secrets() -> set[str]:
    """Names of the sample data that no page shows."""
    persons = load_yaml(ROOT / "data" / "persons.yaml")
    agreed = {c["person"] for c in load_yaml(ROOT / "data" / "consents.yaml") if "withdrawn" not in c}
    return {p["name"] for p in persons if p.get("mask") != "全名" or p["id"] not in agreed}


def test_what_the_pages_hold_back_cannot_be_found(reference: dict[str, bytes]) -> None:
    held, names = b"\n".join(data for url, data in reference.items() if url.startswith("search/")).decode(), secrets()
    assert len(names) > 2
    shown = "\n".join(data.decode() for url, data in reference.items() if url.endswith(".html"))
    for name in names:
        assert name not in held, name
        assert name in shown or not found(reference, name), name


def test_drafts_and_what_is_to_come_cannot_be_found(project: Project) -> None:
    head = "---\ntitle: {}\ndate: {}\n{}---\n\n{}\n"
    project.write("content/news/draft.md", head.format("草稿甲乙", "2022-09-05", "draft: 是\n", "未定稿之文"))
    project.write("content/news/later.md", head.format("将来丙丁", "2022-11-02", "", "明日之文"))
    assert project.build().counts
    for words in ("草稿甲乙", "未定稿", "将来丙丁", "明日之文", "丙丁"):
        assert not found(project.output(), words)
    held = b"".join(data for url, data in project.output().items() if url.startswith("search/")).decode()
    assert not re.search("草稿|未定|将来|明日", held)
    assert project.build(today=date(2022, 11, 2)).counts
    assert found(project.output(), "明日之文") == {"news/later.html"}


def test_a_consent_that_is_withdrawn_takes_the_name_out(project: Project) -> None:
    assert project.build().counts
    assert found(project.output(), "王守江")
    project.replace("data/consents.yaml", "given: 2022-09-02", "given: 2022-09-02\n  withdrawn: 2022-10-01")
    assert project.build().counts
    held = {url: data for url, data in project.output().items() if url.startswith("search/") or url == "names.html"}
    assert not found(project.output(), "王守江")
    assert not any("王守江".encode() in data or b'"wsj' in data for data in held.values())


def test_a_number_is_told_from_longer_ones(project: Project) -> None:
    for number in (77, 7127):
        project.write(f"content/news/n{number}.md", f"---\ntitle: 第{number}期\ndate: 2022-09-05\n---\n\n。\n")
    assert project.build().counts
    assert found(project.output(), "第77期") == {"news/n77.html"}


def test_an_edit_writes_the_shards_of_what_it_brings_and_one_block(project: Project) -> None:
    assert project.build().counts
    project.write(POST, project.read(POST) + "\n甲乙丙。\n")
    assert project.build().counts
    count = index(project.output())["index"]["shards"]
    project.write(POST, project.read(POST) + "\n甲乙丁。\n")
    seen = {url for url in project.build().reasons if url.startswith("search/")}
    blocks = {url for url in seen if url.startswith("search/d")}
    assert len(blocks) == 1
    assert seen - blocks == {f"search/b{shard('乙丁', count)}.js"}
    assert project.build(today=date(2022, 11, 2)).reasons == {}


def test_a_lost_cache_of_the_index_costs_time_only(project: Project) -> None:
    import sqlite3
    from contextlib import closing

    assert project.build().counts
    before = project.output()
    for sql in (
        "DELETE FROM large WHERE key LIKE 'search %'",
        "DELETE FROM shard WHERE name LIKE 'search%' AND shard % 2",
    ):
        with closing(sqlite3.connect(project.root / ".cache" / "cache.db")) as database:
            database.execute(sql)
            database.commit()
        project.write(POST, project.read(POST) + "\n甲乙丙。\n")
        assert project.build().counts
        assert found(project.output(), "甲乙丙") == {"news/2022-09-02-first.html"}
        project.write(POST, project.read(POST).replace("\n甲乙丙。\n", ""))
        assert project.build().counts
        assert project.output() == before


def test_a_query_loads_little(tmp_path: Path) -> None:
    sys.path.append(str(ROOT / "benchmarks"))
    from corpus import generate

    generate(600, tmp_path / "project")
    site = build(tmp_path / "project", tmp_path / "site", date(2023, 1, 1))
    sizes = {path.stem: path.stat().st_size for path in (site / "search").iterdir()}
    shards, blocks = (sorted((s for n, s in sizes.items() if n[0] == kind), reverse=True) for kind in "bd")
    assert sizes["index"] + sum(shards[:7]) + sum(blocks[:6]) < 150_000

"""The search in Chromium: 30 queries, by keyboard, in a folder, without scripts, and how little it loads."""

import time
import unicodedata
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from conftest import Project
from selenium.webdriver.common.keys import Keys
from test_search import TYPED

from browser.chrome import Browser
from honorroll.pages.search.fold import fold, forms, shard
from honorroll.pages.search.postings import encode

#: A query, and the address and title of what must come first; none where nothing is to be found.
QUERIES = {
    "王守田": "awards/a2022-13.html",
    "守田": "awards/a2022-13.html",
    "wst": "awards/a2022-13.html",
    "WST": "awards/a2022-13.html",
    "吕征": "awards/a2022-18.html",
    "lz": "awards/a2022-18.html",
    "单春和": "awards/a2022-04.html",
    "sch": "awards/a2022-04.html",
    "江滩": "deeds/d14.html",
    "姑溪河小学": "awards/a2020-01.html",
    "gxhxx": "awards/a2020-01.html",
    "ＧＸＨＸＸ": "awards/a2020-01.html",
    "褒山医院": "awards/a2020-02.html",
    "消防栓": "deeds/d18.html",
    "王守田 平安": "awards/a2022-13.html",
    "拾金不昧": "report.html",
    "不存在的词": "",
    "李桂香": "",  # shown as 李某某
    "仇立冬": "",  # shown as 仇某某
    "zzqq": "",
    "公示的公告": "",
    "应急机动队": "teams/t01.html",
    "活动方案": "plan.html",
    "胰岛素": "deeds/d13.html",
    "长堤保安": "companies/c03.html",
    "养老钱": "deeds/d05.html",
    "视频抽查组": "teams/t12.html",
    "２０２０年马鞍山": "notices/n2020-02.html",
    "十八名保安员": "news/2022-11-09-correction.html",
    "巡查三组（当涂）": "teams/t10.html",
    "Ｓｃｈ": "awards/a2022-04.html",
}

RESULTS = """return Array.from(document.querySelectorAll(".hits li")).map(item => ({
  url: item.querySelector("a").getAttribute("href"), title: item.querySelector("a").textContent,
  marks: Array.from(item.querySelectorAll("mark")).map(mark => mark.textContent),
  text: item.lastElementChild.textContent, kind: item.querySelector(".kind").textContent}))"""


def told(browser: Browser) -> str:
    """What the page says of the count, once it says anything."""
    until(browser, lambda: browser.run("return document.getElementById('search-count').textContent"))
    return str(browser.run("return document.getElementById('search-count').textContent"))


def until(browser: Browser, met: Callable[[], object]) -> None:
    end = time.monotonic() + 10
    while not met():
        assert time.monotonic() < end, browser.run(RESULTS)
        time.sleep(0.02)


def ask(browser: Browser, address: str, words: str) -> str:
    browser.open(f"{address}search.html?q={quote(words)}")
    return told(browser)


def test_thirty_queries(browser: Browser, address: str) -> None:
    wrong = []
    for words, first in QUERIES.items():
        count, hits = ask(browser, address, words), browser.run(RESULTS)
        if (hits[0]["url"] if hits else "") != first or count.startswith("没有找到") == bool(first):
            wrong.append((words, count, hits[:2]))
    assert not wrong
    assert browser.complaints() == []


#: What is typed, and the words that are looked for.
ASKED = {
    "王 伟": ["王伟"],
    "王　伟": ["王伟"],
    "王\u00a0小\u3000明": ["王小明"],
    "王 伟 巡逻": ["王伟", "巡逻"],
    "巡逻 王": ["巡逻"],
    "欧阳 长河": ["欧阳", "长河"],
    "買買提•艾力": ["买买提艾力"],
    "买买提.艾力": ["买买提艾力"],
    "歐陽　ＪＯＨＮ": ["欧阳", "john"],
    "王,伟": ["王伟"],
    "王": [],
    "　": [],
}


def test_a_blank_in_a_query_parts_words_but_not_names(browser: Browser, address: str) -> None:
    browser.open(f"{address}search.html")
    assert browser.run("return arguments[0].map(honorrollSearch.words)", list(ASKED)) == list(ASKED.values())


def test_the_script_knows_the_forms_of_the_table(browser: Browser, address: str) -> None:
    browser.open(f"{address}search.html")
    signs = "".join(map(chr, forms()))
    assert browser.run("return honorrollSearch.fold(arguments[0])", signs) == "".join(forms().values())
    texts = [
        "王　伟、李 娜",
        "买买提．艾力 J. Smith 3.5",
        "王\u200b　\u200b伟",
        "A 王 B 伟",
        "王 。伟",
        "王 .伟",
        "甲.乙.丙 丁\t戊",
    ]
    assert browser.run("return arguments[0].map(honorrollSearch.fold)", texts) == [fold(text) for text in texts]


@pytest.mark.parametrize(("name", "queries"), TYPED, ids=[name for name, _ in TYPED])
def test_names_are_found_as_people_type_them(name: str, queries: str, project: Project, browser: Browser) -> None:
    project.replace("data/persons.yaml", "name: 王守江", f"name: {name}")
    assert project.build().counts
    for query in (*queries.split(" "), name, "\u3000".join(name) if len(name) < 4 else name):
        said = ask(browser, f"{project.site.as_uri()}/", query)
        hits = browser.run(RESULTS)
        assert "deeds/d01.html" in [hit["url"] for hit in hits], (query, said)
        assert any(hit["marks"] for hit in hits), query


def test_hits_say_where_the_words_stand(browser: Browser, address: str) -> None:
    assert ask(browser, address, "消防栓") == "找到2条"
    hit = browser.run(RESULTS)[0]
    assert hit["marks"] == ["消防栓"]
    assert hit["kind"] == "事迹"
    assert "消防栓" in hit["text"]
    assert hit["text"].startswith("…")
    assert ask(browser, address, "视") == "请至少输入两个字。"


def test_words_are_never_taken_for_markup(browser: Browser, address: str) -> None:
    ask(browser, address, "<img src=x onerror=alert(1)>无此事")
    assert browser.run("return document.querySelectorAll('#search-box img').length") == 0
    assert browser.complaints() == []


def test_a_kind_can_be_chosen(browser: Browser, address: str) -> None:
    ask(browser, address, "手语")
    kinds = browser.run("return Array.from(document.querySelectorAll('#search-kinds button')).map(b => b.textContent)")
    assert kinds[0] == f"全部 {len(browser.run(RESULTS))}"
    browser.run("document.querySelectorAll('#search-kinds button')[1].click()")
    until(browser, lambda: {hit["kind"] for hit in browser.run(RESULTS)} == {kinds[1].split()[0]})
    assert browser.run("return document.activeElement.getAttribute('aria-pressed')") == "true"


def test_more_hits_are_shown_on_demand(browser: Browser, address: str) -> None:
    ask(browser, address, "保安")
    first = len(browser.run(RESULTS))
    assert 0 < first <= 10
    browser.run("document.getElementById('search-more').click()")
    until(browser, lambda: len(browser.run(RESULTS)) > first)
    until(
        browser,
        lambda: browser.run(
            "return document.activeElement.closest('li') === document.querySelectorAll('.hits li')[arguments[0]]", first
        ),
    )


def test_by_keyboard(browser: Browser, address: str) -> None:
    browser.open(f"{address}search.html")
    focused = "return document.activeElement.id || document.activeElement.getAttribute('href')"
    assert browser.run(focused) == "q"
    browser.press("王守田")
    told(browser)
    urls = [hit["url"] for hit in browser.run(RESULTS)]
    for key, where in (
        (Keys.ARROW_DOWN, urls[0]),
        (Keys.ARROW_DOWN, urls[1]),
        (Keys.ARROW_UP, urls[0]),
        (Keys.ESCAPE, "q"),
    ):
        browser.press(key)
        assert browser.run(focused) == where
    browser.press(Keys.ESCAPE)
    assert browser.run("return document.getElementById('q').value") == ""
    browser.press("王守田", Keys.ENTER)
    until(browser, lambda: browser.run(RESULTS))
    assert browser.run("return location.search") == f"?q={quote('王守田')}"
    browser.press(Keys.ARROW_DOWN, Keys.ENTER)
    browser.arrive(address + urls[0])


def test_from_a_folder(browser: Browser, folder: Path) -> None:
    assert ask(browser, f"{folder.as_uri()}/", "王守田").startswith("找到")
    assert browser.run(RESULTS)[0]["url"] == "awards/a2022-13.html"


def test_without_scripts_the_lists_lead_everywhere(browser: Browser, address: str, folder: Path) -> None:
    browser.scripts(on=False)
    browser.open(f"{address}search.html?q=x")
    assert browser.run("return document.getElementById('search-box').offsetHeight") == 0
    shown = browser.run("return document.querySelector('main').innerText")
    assert "关闭了 JavaScript" in shown
    links = set(
        browser.run("return Array.from(document.querySelectorAll('main .tags a')).map(a => a.getAttribute('href'))")
    )
    assert {"names.html", "awards/index.html", "teams/index.html", "deeds/index.html"} <= links
    assert all((folder / link).is_file() for link in links)


def test_the_script_is_loaded_where_it_is_needed_only(browser: Browser, address: str) -> None:
    for page in ("index.html", "names.html"):
        browser.open(address + page)
    assert not [url for url in browser.asked() if "search" in url]


def test_the_script_folds_and_finds_as_the_index_does(browser: Browser, address: str) -> None:
    """Every character of the basic plane and some of the next that both know."""
    browser.open(f"{address}search.html")
    signs = [
        chr(code)
        for code in (
            *range(0x20, 0xD800),
            *range(0xE000, 0x10000),
            *range(0x1F100, 0x1F200),
            *range(0x20000, 0x20400),
            *range(0x2F800, 0x2FA20),
        )
    ]
    signs = [sign for sign in signs if unicodedata.category(sign) != "Cn"]
    theirs = browser.run("return arguments[0].map(sign => honorrollSearch.fold('a' + sign + 'b'))", signs)
    assert [s for s, folded in zip(signs, theirs, strict=True) if fold(f"a{s}b") != folded] == []
    two = ["段简", "a1", "\U00020000们", "们\U00020000"]
    assert browser.run("return arguments[0].map(pair => honorrollSearch.shard(pair, 512))", two) == [
        shard(p, 512) for p in two
    ]
    lists = [[], [0], [3, 4, 900], list(range(5, 200)), list(range(0, 40000, 1111))]
    found = browser.run(
        "return arguments[0].map(t => honorrollSearch.decode(t).sort((a, b) => a - b))",
        [encode(numbers) for numbers in lists],
    )
    assert found == lists


def test_what_a_query_loads(browser: Browser, address: str, folder: Path) -> None:
    ask(browser, address, "平安守护优秀保安员")
    loaded = {urlsplit(url).path.rpartition("/")[2] for url in browser.asked() if "/search/" in url}
    assert sum((folder / "search" / name).stat().st_size for name in loaded) < 150_000

"""The reference site as a reader meets it in Chromium."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from conftest import sample

from browser.chrome import Browser
from honorroll.pages.planning import TEMPLATES

WIDTHS = (320, 360, 768, 1280)

#: Where the pages of each template are. Of many, the longest and the shortest are looked at.
TYPES = {
    "404.html": "404.html",
    "archive.html": "news/archive/index.html",
    "article.html": "plan.html",
    "award.html": "awards/a*[0-9].html",
    "awards.html": "awards/index.html",
    "certificate.html": "awards/*.certificate.html",
    "company.html": "companies/c*.html",
    "contest.html": "contest/index.html",
    "data.html": "data/index.html",
    "deed.html": "deeds/d*.html",
    "deeds.html": "deeds/index.html",
    "home.html": "index.html",
    "ledger.html": "ledger/2*.html",
    "month.html": "news/archive/2*.html",
    "names.html": "names.html",
    "news_index.html": "news/index.html",
    "notice.html": "notices/n*.html",
    "notices.html": "notices/index.html",
    "post.html": "news/2*.html",
    "changes.html": "changes.html",
    "privacy.html": "privacy.html",
    "project.html": "contest/p*.html",
    "results.html": "results.html",
    "search.html": "search.html",
    "tag.html": "tags/[!i]*.html",
    "tags.html": "tags/index.html",
    "team.html": "teams/t*.html",
    "teams.html": "teams/index.html",
    "timeline.html": "timeline.html",
    "wrap_up.html": "wrap-up.html",
}
EXTRA = {"article.html": ["report.html"], "news_index.html": ["news/page/1.html"]}


def each_type(test: Callable[..., None]) -> Callable[..., None]:
    """For pages of many types, others for each test and in each run (`conftest.sample`)."""
    return pytest.mark.parametrize("template", sample(TYPES, 10, test.__name__))(test)


def pages_of(folder: Path, template: str) -> list[str]:
    """The addresses of the longest and the shortest page of a template."""
    paths = sorted(folder.glob(TYPES[template]), key=lambda path: (path.stat().st_size, path.name))
    found = [path.relative_to(folder).as_posix() for path in (paths[-1], paths[0])]
    if template == "award.html":
        states = ("revoked", "pending")
        found += [
            next(p.relative_to(folder).as_posix() for p in paths if f'certificate {s}"' in p.read_text("utf-8"))
            for s in states
        ]
    return list(dict.fromkeys(found + EXTRA.get(template, [])))


def test_every_template_is_looked_at() -> None:
    """But for the page that leads on from an old address, which nobody sees; `test_rename.py` follows it."""
    assert set(TYPES) == {name for name in TEMPLATES if name.endswith(".html")} - {"redirect.html"}


# Size

#: What reaches beyond the right edge of the window, unless it scrolls in a box of its own.
BEYOND = """
const width = document.documentElement.clientWidth, found = [];
for (const e of document.body.querySelectorAll("*")) {
  const box = e.getBoundingClientRect();
  if (box.right > width + 1 && box.width > 1 && !e.closest(".scroll, .hide, svg")) {
    found.push(e.tagName + "." + e.className + " " + Math.round(box.right));
  }
}
return [document.documentElement.scrollWidth, found.slice(0, 5)];
"""


def overflow(browser: Browser, *widths: int, **look: Any) -> list[str]:
    found = []
    for width in widths:
        browser.show(width, **look)
        reach, elements = browser.run(BEYOND)
        found += [f"{width}: scrolls to {reach} {elements}"] if reach > width else []
    return found


@each_type
def test_no_page_scrolls_sideways(browser: Browser, address: str, folder: Path, template: str) -> None:
    for url in pages_of(folder, template):
        browser.open(address + url)
        assert overflow(browser, *WIDTHS) == [], url
        browser.run("document.documentElement.classList.add('large')")
        assert overflow(browser, *reversed(WIDTHS)) == [], f"{url} in large text"


def test_the_open_menu_stays_in_the_window(browser: Browser, address: str) -> None:
    browser.open(address)
    browser.run("document.querySelector('.menu').open = true")
    assert overflow(browser, 320, 360) == []
    assert browser.run("return document.querySelector('.menu nav').getBoundingClientRect().height") > 100


@pytest.mark.parametrize("width", [1280, 1440])
def test_however_many_sections_there_are_the_tools_stand_beside_the_name(
    browser: Browser, address: str, width: int
) -> None:
    rows = """const middle = e => { const box = e.getBoundingClientRect(); return box.top + box.height / 2; };
        const seen = [...document.querySelectorAll(".brand, .find, .zoom, .theme")].map(middle);
        const nav = [...document.querySelectorAll(".nav li")].map(middle);
        return [Math.max(...seen) - Math.min(...seen), Math.max(...nav) - Math.min(...nav), nav.length];"""
    more = "document.querySelector('.nav ul').append(document.querySelector('.nav li').cloneNode(true))"
    fewer = "document.querySelector('.nav li').remove();"
    browser.show(width)
    for change, count in (("", 10), (more, 11), (fewer, 9), (fewer * 2, 8)):
        browser.open(address)
        browser.run(change)
        tools, sections, shown = browser.run(rows)
        assert shown == count
        assert max(tools, sections) < 4, count


# Requests and complaints


@each_type
def test_pages_ask_no_other_host_and_raise_no_complaint(
    browser: Browser, address: str, folder: Path, template: str
) -> None:
    for url in pages_of(folder, template):
        browser.open(address + url)
        assert browser.wait(PICTURES) == [], url
        assert browser.complaints() == [], url
        asked = browser.asked()
        assert address + url in asked
        assert [place for place in asked if not place.startswith(address)] == []


#: Every picture, also one further down, that does not arrive.
PICTURES = """
const done = arguments[0], images = [...document.images];
images.forEach(image => { image.loading = "eager"; });
Promise.allSettled(images.map(image => image.decode())).then(() =>
  done(images.filter(image => !image.naturalWidth).map(image => image.src)));
"""


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(
    "url", ["index.html", "news/2022-09-07-night-patrol.html", "awards/index.html", "results.html"]
)
def test_pages_work_from_the_file_system(browser: Browser, folder: Path, url: str, *, dark: bool) -> None:
    browser.open((folder / url).as_uri())
    browser.show(360, dark=dark)
    assert browser.wait(PICTURES) == []
    assert overflow(browser, 360, dark=dark) == []
    assert browser.run("return getComputedStyle(document.body).display") == "flex", "no styles"
    assert browser.run("return document.documentElement.classList.contains('js')"), "no script"
    browser.run("document.querySelector('.foot nav li:nth-child(2) a').click()")
    browser.arrive((folder / "news" / "index.html").as_uri())
    assert browser.complaints() == []
    assert {urlsplit(place).scheme for place in browser.asked()} <= {"file", "data"}


def test_an_unknown_address_shows_the_page_for_it_with_styles_and_ways_on(browser: Browser, address: str) -> None:
    unknown = address + "no/such/deep/page.html"
    browser.open(unknown)
    assert browser.run("return document.querySelector('h1').textContent") == "没有找到这一页"
    assert browser.run("return getComputedStyle(document.body).display") == "flex", "no styles"
    assert [line for line in browser.complaints() if not line.startswith(unknown)] == []
    browser.run("document.querySelector('main a').click()")
    browser.arrive(address + "index.html")


# Without JavaScript


@pytest.mark.parametrize("template", sorted(TYPES.keys() - {"search.html"}))  # a tool, not a text; see test_search.py
def test_without_javascript_the_same_is_told(browser: Browser, address: str, folder: Path, template: str) -> None:
    words = "document.querySelectorAll('.share button, .read-aloud').forEach(tool => tool.remove());"
    words += "return [document.documentElement.classList.contains('js'), document.body.innerText]"
    told = []
    for on in (True, False):
        browser.scripts(on=on)
        browser.open(address + pages_of(folder, template)[0])
        told.append(browser.run(words))
    assert [on for on, _ in told] == [True, False]
    assert told[0][1] == told[1][1]
    assert len(told[0][1]) > 200


@pytest.mark.parametrize("on", [True, False])
def test_large_text_is_large(browser: Browser, address: str, *, on: bool) -> None:
    """18 px and up, with room between the lines and targets of 60 px; without JavaScript too."""
    browser.scripts(on=on)
    browser.open(address)
    for width in (360, 1280):
        browser.show(width)
        normal, large = (measure(browser, press=press) for press in (False, True))
        assert normal["size"] >= 16
        assert large["size"] >= max(18, normal["size"] + 2)
        assert min(large["smallest"], normal["smallest"]) >= 12
        assert large["line"] / large["size"] >= 1.3
        assert normal["target"] >= 44, width
        assert large["target"] >= 60, width
        measure(browser, press=True)


def measure(browser: Browser, *, press: bool) -> dict[str, float]:
    if press:
        browser.run("document.querySelector('.zoom').click()")
    found: dict[str, float] = browser.run("""
        const of = e => getComputedStyle(e), body = of(document.querySelector(".lead"));
        const seen = [...document.querySelectorAll(".top a, .top summary, .zoom, .theme select, .foot a, .all, .button")]
            .map(e => e.getBoundingClientRect().height).filter(Boolean);
        const sizes = [...document.querySelectorAll("main *")].filter(e => e.innerText).map(e => parseFloat(of(e).fontSize));
        return {size: parseFloat(body.fontSize), line: parseFloat(body.lineHeight), target: Math.min(...seen),
                smallest: Math.min(...sizes)};
    """)
    return found


def test_large_text_is_remembered(browser: Browser, address: str) -> None:
    checked = "return [document.documentElement.classList.contains('large'), document.getElementById('large').checked]"
    browser.open(address)
    browser.run("document.getElementById('large').click()")
    assert browser.run(checked) == [True, True]
    browser.open(address + "plan.html")
    assert browser.run(checked) == [True, True]
    browser.run("document.getElementById('large').click()")
    browser.open(address)
    assert browser.run(checked) == [False, False]


@pytest.mark.parametrize(
    ("clock", "words"),
    [
        ("2022-11-27T23:59+08:00", ""),
        ("2022-11-28T00:01+08:00", "按本机日期，含今天还剩6个工作日"),
        ("2022-12-03T12:00+08:00", "按本机日期，含今天还剩1个工作日"),
        ("2022-12-05T23:59+08:00", "按本机日期，含今天还剩1个工作日"),
        ("2022-12-06T00:00+08:00", ""),
        ("1970-01-01T00:00+00:00", ""),
    ],
)
def test_the_clock_adds_what_is_left_of_a_notice_and_takes_nothing_away(
    browser: Browser, address: str, clock: str, words: str
) -> None:
    set_clock = f"Date.now = () => new Date({clock!r}).valueOf()"
    script = browser.tell("Page.addScriptToEvaluateOnNewDocument", source=set_clock)
    try:
        browser.open(address + "notices/n2022-07.html")
        text = browser.run("return document.querySelector('.period').innerText")
    finally:
        browser.tell("Page.removeScriptToEvaluateOnNewDocument", identifier=script["identifier"])
    assert text.split("\n") == ["2022年11月28日至12月5日，共6个工作日。", words][: 1 + bool(words)]


# Dark and on paper

#: Of the text and what lies behind it, how light each is: 0 to 1.
LIGHT = """
const light = text => { const [r, g, b] = text.match(/[\\d.]+/g).map(Number); return (r * .3 + g * .59 + b * .11) / 255; };
const style = getComputedStyle(document.body);
return [light(style.color), light(style.backgroundColor)];
"""


@each_type
def test_dark_is_dark_and_paper_is_white(browser: Browser, address: str, folder: Path, template: str) -> None:
    browser.open(address + pages_of(folder, template)[0])
    for look, dark in (({}, False), ({"dark": True}, True), ({"dark": True, "medium": "print"}, False)):
        browser.show(1280, **look)
        ink, paper = browser.run(LIGHT)
        assert (ink > 0.7, paper < 0.2) == (dark, dark), look
        assert abs(ink - paper) > 0.7, look
    assert browser.complaints() == []


#: What is shown of these, when printed.
SHOWN = """
return arguments[0].filter(name => [...document.querySelectorAll(name)].some(e => e.checkVisibility()));
"""


@each_type
def test_pages_print(browser: Browser, address: str, folder: Path, template: str) -> None:
    browser.open(address + pages_of(folder, template)[0])
    browser.show(794, medium="print")
    assert browser.run(SHOWN, ["nav", ".top", ".foot", ".skip", ".zoom", ".sample", "h1"]) == [".sample", "h1"]
    paper = browser.paper()
    assert paper.startswith(b"%PDF-")
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", paper)
    sheet = (842, 595) if template == "certificate.html" else (595, 842)
    assert {(round(float(width)), round(float(height))) for width, height in boxes} == {sheet}
    assert browser.complaints() == []

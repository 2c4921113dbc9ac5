"""The preview as an editor sees it in Chromium."""

import time
from collections.abc import Callable
from typing import Any

from conftest import Project
from previewing import PLAN, TEAMS, Served, add, serving

from browser.chrome import Browser
from browser.test_axe import AXE
from browser.test_pages import BEYOND
from honorroll.preview.answers import FAULTS

#: What a reader sees of the page: its text, and whether findings lie over it.
PAGE = "return document.body ? document.body.innerText : ''"
OVER = "return Boolean(document.getElementById('honorroll-faults'))"


def until(meets: Callable[[], Any], what: str) -> None:
    end = time.monotonic() + 15
    while True:
        try:
            if meets():
                return
        except Exception as error:  # noqa: BLE001  # the page is just being replaced
            what = f"{what} ({error})"[:500]
        assert time.monotonic() < end, what
        time.sleep(0.02)


def sees(browser: Browser, words: str) -> None:
    until(lambda: words in browser.run(PAGE), f"the page never said {words}")


def visit(browser: Browser, served: Served, path: str) -> None:
    browser.open(f"{served.address}{path}")
    until(lambda: browser.run("return Boolean(window.LiveReload)"), "livereload never came")


def findings(browser: Browser) -> str:
    """What stands in the frame over the page."""
    driver = browser.driver
    driver.switch_to.frame(driver.find_element("css selector", "#honorroll-faults iframe"))
    try:
        return str(driver.find_element("css selector", "body").text)
    finally:
        driver.switch_to.default_content()


def test_a_saved_file_shows_at_once_and_the_reader_stays_in_place(
    project: Project, browser: Browser, served: Served
) -> None:
    for number in range(80):
        add(project, f"段a{number}")
    served.shows("/plan.html", "段a79")
    visit(browser, served, "/plan.html")
    browser.run("scrollTo(0, 500)")
    add(project, "刚刚写的一句")
    sees(browser, "刚刚写的一句")
    until(lambda: browser.run("return scrollY") == 500, "the page jumped")
    assert browser.complaints() == []


def test_a_new_style_shows_at_once(project: Project, browser: Browser, served: Served) -> None:
    visit(browser, served, "/")
    project.write("static/style.css", "body { background: rgb(1, 2, 3) }")
    color = "return getComputedStyle(document.body).backgroundColor"
    until(lambda: browser.run(color) == "rgb(1, 2, 3)", "the style never came")


def test_an_error_lies_over_the_last_good_page_until_it_is_mended(
    project: Project, browser: Browser, served: Served
) -> None:
    visit(browser, served, "/plan.html")
    assert not browser.run(OVER)
    project.replace(TEAMS, "headcount: 5", "headcount: 五个")
    until(lambda: browser.run(OVER), "no overlay")
    assert "守好江城" in browser.run(PAGE)
    until(lambda: "SCH-07" in findings(browser), "no findings")
    told = findings(browser)
    for words in ("data/teams.yaml:5:14", "headcount: 五个", "只写半角数字"):
        assert words in told
    frame = "const r = document.querySelector('#honorroll-faults').getBoundingClientRect(); return [r.left, r.right, r.bottom]"
    left, right, bottom = browser.run(frame)
    width, height = browser.run("return [document.documentElement.clientWidth, innerHeight]")
    assert (left, right, bottom) == (0, width, height)

    visit(browser, served, "/teams/")  # every page has it
    assert browser.run(OVER)
    project.replace(TEAMS, "headcount: 五个", "headcount: 6")
    until(lambda: not browser.run(OVER), "the overlay stays")
    assert browser.complaints() == []


def test_the_overlay_can_be_folded_away_and_hides_nothing(project: Project, browser: Browser, served: Served) -> None:
    project.replace(TEAMS, "headcount: 5", "headcount: 五个")
    visit(browser, served, "/plan.html")
    until(lambda: browser.run(OVER), "no overlay")
    height = "return document.getElementById('honorroll-faults').getBoundingClientRect().height"
    until(lambda: browser.run(height) > 200, "the overlay has no height")
    browser.run("scrollTo(0, document.documentElement.scrollHeight)")
    end = "return document.querySelector('footer').getBoundingClientRect().bottom"
    top = "return document.getElementById('honorroll-faults').getBoundingClientRect().top"
    until(lambda: browser.run(end) <= browser.run(top), "the end of the page is hidden")
    # Asked for again, since the page may be loaded once more by the change that it shows already.
    fold = "document.querySelector('#honorroll-faults[open] > summary')?.click();"
    height = "return document.getElementById('honorroll-faults')?.getBoundingClientRect().height ?? 999"
    until(lambda: browser.run(fold + height) < 60, "the overlay does not fold")


def test_an_error_runs_no_script(project: Project, browser: Browser, served: Served) -> None:
    visit(browser, served, "/plan.html")
    evil = "<script>top.document.title='x'</script><img src=x onerror=top.document.title='x'>"
    project.replace(TEAMS, "headcount: 5", f'headcount: "{evil}"')
    until(lambda: browser.run(OVER) and "onerror" in findings(browser), "no findings")
    title = browser.run("return document.title")
    assert title != "x"
    asked = browser.asked()
    assert not [address for address in asked if address.endswith("/x")]
    browser.open(f"{served.address}{FAULTS}")
    assert browser.run("return document.title") != "x"


def test_a_first_build_that_fails_is_told_and_mends_itself(project: Project, browser: Browser) -> None:
    project.replace(TEAMS, "headcount: 5", "headcount: 五个")
    with serving(project) as served:
        visit(browser, served, "/plan.html")
        sees(browser, "data/teams.yaml:5:14")
        project.replace(TEAMS, "headcount: 五个", "headcount: 5")
        sees(browser, "守好江城")
    refused = [told for told in browser.complaints() if "503" not in told]
    assert refused == []


def test_two_hundred_saves_end_with_the_last_on_the_page(project: Project, browser: Browser, served: Served) -> None:
    visit(browser, served, "/plan.html")
    text = project.read(PLAN)
    for number in range(200):
        project.write(PLAN, text + f"\n保存v{number}\n")
        time.sleep(0.005)
    sees(browser, "保存v199")
    served.settled()
    time.sleep(0.3)
    assert "保存v199" in browser.run(PAGE)
    assert not browser.run(OVER)
    assert not served.failures
    assert not [told for told in browser.complaints() if "WebSocket" not in told]


def test_a_deleted_page_turns_into_the_sites_own_notice(project: Project, browser: Browser, served: Served) -> None:
    visit(browser, served, "/news/2022-09-02-first.html")
    project.remove("content/news/2022-09-02-first.md")
    sees(browser, "没有找到")


def test_a_preview_that_was_started_anew_finds_its_pages_again(project: Project, browser: Browser) -> None:
    with serving(project) as first:
        visit(browser, first, "/plan.html")
        port = first.port
    add(project, "停下时写的")
    with serving(project, port=port):
        sees(browser, "停下时写的")


def test_another_site_cannot_listen_or_look(browser: Browser, served: Served, address: str) -> None:
    """A page from another origin of this machine: the site of the other tests."""
    browser.open(address)
    listen = """const [url, done] = arguments; const line = new WebSocket(url);
        line.onopen = () => done('open'); line.onerror = () => done('refused')"""
    assert browser.wait(listen, f"ws://127.0.0.1:{served.port}/livereload") == "refused"
    look = """const [url, done] = arguments; const picture = new Image();
        picture.onload = () => done('seen'); picture.onerror = () => done('refused'); picture.src = url"""
    assert browser.wait(look, f"{served.address}/static/share.png") == "refused"
    read = "const [url, done] = arguments; fetch(url).then(() => done('read'), () => done('refused'))"
    assert browser.wait(read, f"{served.address}/") == "refused"
    browser.complaints()


def test_axe_finds_no_barrier_in_any_part(browser: Browser, served: Served, axe: str) -> None:
    browser.open(f"{served.address}/_components/")
    browser.run(axe)
    for dark in (False, True):
        for width in (360, 768, 1280):
            browser.show(width, dark=dark)
            assert browser.wait(AXE)[1] == [], (dark, width)
    assert browser.run(BEYOND)[0] <= 1280
    browser.show(320)
    assert browser.run(BEYOND)[0] <= 320, browser.run(BEYOND)
    assert browser.complaints() == []


def test_nothing_is_asked_of_anybody_else(browser: Browser, served: Served) -> None:
    visit(browser, served, "/")
    asked = [url for url in browser.asked() if not url.startswith(("chrome", "about:", "data:"))]
    assert asked
    assert {url for url in asked if not url.startswith(served.address)} == set()

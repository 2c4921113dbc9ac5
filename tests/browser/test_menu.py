"""The menu of a telephone: how it closes, with scripts and without."""

import time
from collections.abc import Callable

import pytest
from selenium.webdriver.common.keys import Keys

from browser.chrome import Browser

OPEN = "return document.querySelector('.menu').open"
#: The middle of the first element that a selector finds, scrolled into the window.
MIDDLE = """
const e = document.querySelector(arguments[0]);
if (!e.closest(".top")) e.scrollIntoView({block: "end"});
const box = e.getBoundingClientRect();
return [box.left + box.width / 2, box.top + box.height / 2];
"""


def tap(browser: Browser, x: float, y: float) -> None:
    for kind, points in (("touchStart", [{"x": x, "y": y}]), ("touchEnd", [])):
        browser.tell("Input.dispatchTouchEvent", type=kind, touchPoints=points)


def click(browser: Browser, x: float, y: float) -> None:
    for kind in ("mousePressed", "mouseReleased"):
        browser.tell("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)


@pytest.fixture
def phone(browser: Browser, address: str) -> Browser:
    browser.show(360)
    browser.open(address + "news/index.html")
    return browser


@pytest.mark.parametrize("on", [True, False])
@pytest.mark.parametrize("press", [tap, click])
@pytest.mark.parametrize(
    "behind", [".foot nav a", "main .card-title a", ".brand", ".find", "#theme", ".zoom", "main h1"]
)
def test_a_tap_outside_closes_it_and_does_nothing_else(
    phone: Browser, behind: str, press: Callable[[Browser, float, float], None], *, on: bool
) -> None:
    before = phone.driver.current_url
    phone.scripts(on=on)
    phone.open(before)
    place = phone.run(MIDDLE, behind)
    phone.run("document.querySelector('.menu').open = true")
    menu = phone.run("const b = document.querySelector('.menu nav').getBoundingClientRect(); return [b.top, b.bottom]")
    if menu[0] <= place[1] <= menu[1]:
        place = phone.run("scrollTo(0, 0); return [180, innerHeight - 30]")
    press(phone, *place)
    time.sleep(0.2)  # a link would be followed by then; without scripts nothing on the page can tell
    assert not phone.run(OPEN)
    assert phone.driver.current_url == before
    assert not phone.run("return document.documentElement.classList.contains('large')")
    assert not phone.run("return document.getElementById('large').checked")


@pytest.mark.parametrize("press", [tap, click])
def test_its_own_links_and_its_button_work(
    phone: Browser, address: str, press: Callable[[Browser, float, float], None]
) -> None:
    press(phone, *phone.run(MIDDLE, ".menu summary"))
    assert phone.run(OPEN)
    press(phone, *phone.run(MIDDLE, ".menu summary"))
    assert not phone.run(OPEN)
    press(phone, *phone.run(MIDDLE, ".menu summary"))
    press(phone, *phone.run(MIDDLE, ".menu nav li:nth-child(2) a"))
    phone.arrive(address + "news/index.html")
    assert not phone.run(OPEN)


@pytest.mark.parametrize("steps", [0, 1, 3])
def test_escape_closes_it_and_returns_to_its_button(phone: Browser, steps: int) -> None:
    phone.run("document.querySelector('.menu summary').focus()")
    phone.press(Keys.ENTER, *[Keys.TAB] * steps)
    assert phone.run(OPEN)
    phone.press(Keys.ESCAPE)
    assert not phone.run(OPEN)
    assert phone.run("return document.activeElement.matches('.menu summary')")
    phone.press(Keys.ESCAPE)
    assert not phone.run(OPEN)
    phone.press(Keys.ENTER)
    assert phone.run(OPEN)


def test_it_closes_when_the_focus_goes_on_to_the_page(phone: Browser) -> None:
    phone.run("document.querySelector('.menu summary').focus()")
    phone.press(Keys.ENTER)
    links = phone.run("return document.querySelectorAll('.menu nav a').length")
    phone.press(*[Keys.TAB] * links)
    assert phone.run(OPEN)
    phone.press(Keys.TAB)
    assert not phone.run(OPEN)
    assert phone.run("return !document.activeElement.closest('.menu')")


def test_where_there_is_no_menu_escape_does_what_it_did(browser: Browser, address: str) -> None:
    browser.open(address + "search.html")
    browser.press("夜巡")
    browser.press(Keys.ESCAPE)
    assert browser.run("return document.activeElement.value") == ""

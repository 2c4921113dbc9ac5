"""The reference site by keyboard alone: everything is reached, seen and used."""

from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
from conftest import sample
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from browser.chrome import Browser
from browser.test_pages import PICTURES, TYPES, each_type, pages_of

#: The element with the focus: its name, whether it is seen, and whether something marks it.
FOCUS = """
const e = document.activeElement, box = e.getBoundingClientRect();
const marked = style => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
const around = [e, e.parentElement, e.parentElement && e.parentElement.parentElement].filter(Boolean);
return {
  name: e.tagName + (e.id ? "#" + e.id : "") + " " + (e.getAttribute("href") || e.innerText || "").trim(),
  path: around.map(x => x.tagName + "." + x.className).join(" < "),
  seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  marked: marked(getComputedStyle(e)) || marked(getComputedStyle(e, "::after"))
    || around.slice(1).some(x => x.tagName === "LABEL" && marked(getComputedStyle(x))),
};
"""

#: All that a reader can act on or scroll, as far as it is shown.
STOPS = """
return [...document.querySelectorAll("a[href], input, select, summary, button, [tabindex='0']")]
  .filter(e => e.checkVisibility() && !e.closest("details:not([open]) > :not(summary)")).length;
"""


#: Where a reader is on arrival; the search begins in its field.
AT_TOP = "const b = document.body; b.tabIndex = -1; b.focus(); b.removeAttribute('tabindex')"


#: From now on the page notes where each press of the tab key has led, so that many can be sent at once.
NOTE = f"""
window.tabbed = [];
addEventListener("keyup", event => {{ if (event.key === "Tab") tabbed.push((() => {{ {FOCUS} }})()); }}, true);
"""


def stops(browser: Browser) -> list[dict[str, Any]]:
    """Where the tab key leads, from the top of the page to its end."""
    browser.run(NOTE)
    browser.press(Keys.TAB * (browser.run(STOPS) + 5))
    found: list[dict[str, Any]] = browser.run("return tabbed")
    return [*takewhile(lambda here: not here["name"].startswith(("BODY", "HTML")), found)]


@each_type
@pytest.mark.parametrize("width", [360, 1280])
def test_the_tab_key_reaches_everything_and_is_seen_where_it_is(
    browser: Browser, address: str, folder: Path, template: str, width: int
) -> None:
    browser.show(width)
    browser.open(address + pages_of(folder, template)[0])
    browser.wait(PICTURES)
    browser.run(AT_TOP)
    found = stops(browser)
    assert len(found) == browser.run(STOPS)
    assert found[0]["name"] == "A #main"
    assert [stop["name"] + " " + stop["path"] for stop in found if not stop["seen"]] == []
    assert [stop["name"] + " " + stop["path"] for stop in found if not stop["marked"]] == []


@pytest.mark.parametrize("on", [True, False])
def test_the_skip_link_leads_to_the_text(browser: Browser, address: str, *, on: bool) -> None:
    browser.scripts(on=on)
    browser.open(address + "news/2022-09-07-night-patrol.html")
    browser.press(Keys.TAB)
    first = browser.run(FOCUS)
    assert first["seen"]
    assert first["name"] == "A #main"
    browser.press(Keys.ENTER)
    assert browser.run("return location.hash") == "#main"
    browser.press(Keys.TAB)
    assert browser.run("return document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("on", [True, False])
def test_the_menu_opens_by_keyboard(browser: Browser, address: str, *, on: bool) -> None:
    browser.scripts(on=on)
    browser.show(360)
    browser.open(address)
    for _ in range(6):
        browser.press(Keys.TAB)
        if browser.run("return document.activeElement.tagName") == "SUMMARY":
            break
    assert browser.run("return document.activeElement.innerText") == "菜单"
    browser.press(Keys.ENTER)
    browser.press(Keys.TAB)
    assert browser.run("return document.activeElement.matches('.menu nav li:first-child a')")
    assert browser.run(FOCUS)["seen"]
    browser.press(Keys.TAB, Keys.ENTER)
    browser.arrive(address + "news/index.html")


#: Once an element has the focus, the tab key leads no further, so that many presses can be sent at once.
STAY = """
window.wanted = arguments[0];
window.staying ||= addEventListener("keydown", event => {
  if (event.key === "Tab" && !event.shiftKey && wanted && document.activeElement.matches(wanted)) event.preventDefault();
}, true) || true;
"""
THERE = "const there = document.activeElement.matches(wanted); if (there) wanted = ''; return there"


def tab_to(browser: Browser, selector: str, *, most: int = 400) -> None:
    """Press the tab key until it leads to an element."""
    browser.run(STAY, selector)
    for _ in range(0, most, 20):
        browser.press(Keys.TAB * min(20, most))
        if browser.run(THERE):
            assert browser.run(FOCUS)["seen"], selector
            return
    pytest.fail(f"the tab key does not lead to {selector}")


@pytest.mark.parametrize(
    ("width", "template"), sample([((360, 1280)[at % 2], name) for at, name in enumerate(TYPES)], 12, "keyboard alone")
)
def test_a_page_is_used_by_keyboard_alone(
    browser: Browser, address: str, folder: Path, template: str, width: int
) -> None:
    """Large text, theme, menu and search, in the order of the page, with nothing but keys. All pages have the same head, so each is tried at one width."""
    browser.show(width)
    browser.open(address + pages_of(folder, template)[0])
    browser.run(AT_TOP)
    root = "return document.documentElement.classList.contains(arguments[0])"
    tab_to(browser, "#large")
    browser.press(Keys.SPACE)
    assert browser.run(root, "large")
    browser.press(Keys.SPACE)
    assert not browser.run(root, "large")
    tab_to(browser, "#theme", most=1)
    for name in ("light", "dark"):
        browser.press(Keys.ARROW_DOWN)
        assert browser.run(root, name)
    browser.press(Keys.ARROW_UP, Keys.ARROW_UP)
    assert not browser.run(root, "light")
    assert not browser.run(root, "dark")
    if width == 360:
        tab_to(browser, ".menu summary", most=1)
        browser.press(Keys.ENTER)
        tab_to(browser, ".menu nav li:first-child a", most=1)
        ActionChains(browser.driver).key_down(Keys.SHIFT).send_keys(Keys.TAB).key_up(Keys.SHIFT).perform()
        browser.press(Keys.ENTER)
        assert not browser.run("return document.querySelector('.menu').open")
    tab_to(browser, ".find")
    browser.press(Keys.ENTER)
    browser.arrive(address + "search.html")
    browser.press("夜巡")
    browser.wait(
        "const done = arguments[0]; (function look() { document.querySelector('.hits a') ? done() : setTimeout(look, 20) })()"
    )
    browser.press(Keys.ARROW_DOWN)
    target = browser.run("return document.activeElement.closest('.hits') && document.activeElement.href")
    browser.press(Keys.ENTER)
    browser.arrive(target)

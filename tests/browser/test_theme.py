"""The theme that a reader chooses: before the device's own, with and without JavaScript, in any association's colours."""

import time
from collections.abc import Generator
from itertools import product
from pathlib import Path

import pytest
from conftest import Project
from reference import copy_project
from selenium.webdriver.common.keys import Keys
from test_look import write_example

from browser.chrome import Browser, served
from browser.test_axe import AXE
from browser.test_first_view import SHIFTS
from browser.test_pages import LIGHT, each_type, pages_of
from honorroll.model.campaign import Colours
from honorroll.pages.files.palette import tokens

SCHEME = "return getComputedStyle(document.documentElement).colorScheme"


def is_dark(browser: Browser) -> bool:
    """Whether text is light on dark, and the browser's own parts with it."""
    ink, ground = browser.run(LIGHT)
    assert abs(ink - ground) > 0.7
    assert browser.run(SCHEME) == ("dark" if ground < 0.2 else "light")
    return bool(ground < 0.2)


def choose(browser: Browser, name: str) -> None:
    """As a reader does it by keyboard."""
    browser.run("document.getElementById('theme').focus()")
    browser.press(*(Keys.ARROW_UP,) * 2, *(Keys.ARROW_DOWN,) * ("auto", "light", "dark").index(name))
    assert browser.run("return document.getElementById('theme').value") == name


@pytest.mark.parametrize("scripts", [True, False])
def test_a_choice_goes_before_the_device(browser: Browser, address: str, *, scripts: bool) -> None:
    browser.scripts(on=scripts)
    browser.open(address)
    for device, (name, chosen) in product((False, True), (("light", False), ("dark", True), ("auto", None))):
        browser.show(1280, dark=device)
        choose(browser, name)
        assert is_dark(browser) == (device if chosen is None else chosen), (name, device)
        browser.show(1280, dark=device, medium="print")
        assert not is_dark(browser), (name, device)


@pytest.mark.parametrize(("device", "name"), [(True, "light"), (False, "dark")])
def test_a_choice_is_remembered_from_the_first_painting_on(
    browser: Browser, address: str, device: bool, name: str
) -> None:
    browser.show(1280, dark=device)
    browser.open(address)
    choose(browser, name)
    # When the body begins, long before the page is whole, the look is already chosen.
    early = """new MutationObserver((_, it) => { if (document.body) { it.disconnect();
        window.early = getComputedStyle(document.documentElement).colorScheme; } }).observe(document, {childList: true, subtree: true})"""
    script = browser.tell("Page.addScriptToEvaluateOnNewDocument", source=early)
    try:
        browser.open(address + "plan.html")
    finally:
        browser.tell("Page.removeScriptToEvaluateOnNewDocument", identifier=script["identifier"])
    assert browser.run("return window.early") == name
    assert is_dark(browser) == (name == "dark")
    assert browser.run("return document.getElementById('theme').value") == name
    assert browser.wait(SHIFTS) == []
    choose(browser, "auto")
    browser.open(address)
    assert is_dark(browser) == device


def test_going_back_shows_what_was_chosen_since(browser: Browser, address: str) -> None:
    browser.open(address)
    browser.run("location.href = 'plan.html'")
    browser.arrive(address + "plan.html")
    choose(browser, "dark")
    browser.run("setTimeout(() => history.back(), 100)")  # a driver that is asked for it waits for a page that is gone
    time.sleep(0.5)
    browser.arrive(address)
    assert is_dark(browser)


def test_a_closed_storage_forgets_and_does_no_harm(browser: Browser, address: str) -> None:
    closed = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('closed'); }})"
    script = browser.tell("Page.addScriptToEvaluateOnNewDocument", source=closed)
    try:
        browser.open(address)
        choose(browser, "dark")
        assert is_dark(browser)
        browser.open(address + "plan.html")
        assert not is_dark(browser)
    finally:
        browser.tell("Page.removeScriptToEvaluateOnNewDocument", identifier=script["identifier"])
    assert browser.complaints() == []


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_the_switch_is_large_enough_and_moves_nothing(browser: Browser, address: str, width: int) -> None:
    browser.show(width)
    browser.open(address)
    places = "return [...document.querySelectorAll('.top .wrap > *, h1')].map(e => Object.values(e.getBoundingClientRect().toJSON()))"
    for least in (44, 60):
        box = browser.run("return document.getElementById('theme').getBoundingClientRect()")
        assert min(box["width"], box["height"]) >= least
        found = []
        for name in ("auto", "light", "dark"):
            choose(browser, name)
            found.append(browser.run(places))
        assert found[0] == found[1] == found[2]
        rows = {round(box[1]) for box in browser.run(places)[:1] + browser.run(places)[2:6] if box[3]}
        assert least == 60 or max(rows) - min(rows) < 20, "the tools of the header stand in one row"
        browser.run("document.getElementById('large').click()")


@each_type
def test_axe_finds_no_barrier_in_a_chosen_theme(
    browser: Browser, address: str, folder: Path, axe: str, template: str
) -> None:
    """The device is of the other kind."""
    browser.open(address + pages_of(folder, template)[0])
    browser.run(axe)
    for name, width in (("dark", 360), ("light", 1280)):
        choose(browser, name)
        browser.show(width, dark=name == "light")
        assert is_dark(browser) == (name == "dark")
        assert browser.wait(AXE)[1] == [], name


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    """The reference site with the look of `docs/theming.md`."""
    project = Project(copy_project(tmp_path_factory.mktemp("own") / "project"))
    write_example(project)
    assert project.build().counts
    with served(project.site, "/") as place:
        yield place


@pytest.mark.parametrize("url", ["index.html", "awards/index.html", "results.html", "join.html"])
def test_own_colours_follow_the_same_choice(browser: Browser, own: str, axe: str, url: str) -> None:
    browser.open(own + url)
    browser.run(axe)
    grounds = []
    for device, name in ((True, "light"), (False, "dark"), (True, "auto"), (False, "auto")):
        choose(browser, name)
        browser.show(1280, dark=device)
        assert is_dark(browser) == (name == "dark" or (device and name == "auto"))
        assert browser.wait(AXE)[1] == [], (device, name)
        grounds.append(browser.run("return getComputedStyle(document.body).backgroundColor"))
    light, dark = (
        "rgb({}, {}, {})".format(*bytes.fromhex(one["bg"][1:])) for one in tokens(Colours.usual(main="#123524"))
    )
    assert grounds == [light, dark, dark, light]
    choose(browser, "auto")

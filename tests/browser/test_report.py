"""The editor's report in a real browser: from the disk, at every width, on paper and for everybody."""

import re
from datetime import date
from pathlib import Path

import pytest
from reference import copy_project

from browser.chrome import Browser
from browser.test_axe import AXE
from browser.test_pages import WIDTHS, overflow
from honorroll.cli import compliance
from honorroll.engine import pipeline
from honorroll.engine.options import Options


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on a campaign with errors of several kinds, on a day on which things are due."""
    place = tmp_path_factory.mktemp("report")
    root = copy_project(place / "project")
    for path, old, new in (
        ("data/teams.yaml", "headcount: 10", "headcount: 十"),
        ("data/teams.yaml", "liaison: zd", "liaison: " + "zd" * 60),
        ("content/news/2022-09-30-first-notice.md", "awards:", "awrads:"),
    ):
        text = (root / path).read_text(encoding="utf-8")
        (root / path).write_text(text.replace(old, new), encoding="utf-8")
    today = date(2022, 10, 10)
    result = pipeline.build(Options(root=root, out=place / "site", today=today, dry=True))
    file = place / "report.html"
    file.write_text(compliance.page(result, today), encoding="utf-8")
    return file


def test_it_fits_every_width_and_asks_for_nothing(browser: Browser, report: Path) -> None:
    browser.open(report.as_uri())
    assert overflow(browser, *WIDTHS) == []
    assert browser.complaints() == []
    assert {place.partition("#")[0] for place in browser.asked()} == {report.as_uri()}


def test_a_rule_is_one_click_away(browser: Browser, report: Path) -> None:
    browser.open(report.as_uri())
    browser.run("document.documentElement.style.scrollBehavior = 'auto'")
    browser.run("document.querySelector('#wrong .id').click()")
    top = browser.run("return document.querySelector(':target').getBoundingClientRect().top")
    assert 0 <= top < 400


def test_it_prints_on_a4_without_colour_behind_it(browser: Browser, report: Path) -> None:
    browser.open(report.as_uri())
    browser.show(794, medium="print", dark=True)
    assert browser.run("return getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    rules = "return [...document.querySelectorAll('.rule')].filter(rule => rule.checkVisibility()).map(rule => rule.id)"
    assert browser.run(rules) == ["SCH-02", "SCH-07", "SCH-09"], "of the rules only those that were broken"
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", browser.paper())
    assert {(round(float(width)), round(float(height))) for width, height in boxes} == {(595, 842)}


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_no_barrier_in_it(
    browser: Browser, report: Path, axe: str, dark: bool
) -> None:  # pytest passes the fixture
    browser.open(report.as_uri())
    browser.run(axe)
    for width in (360, 1280):
        browser.show(width, dark=dark)
        assert browser.wait(AXE)[1] == [], width

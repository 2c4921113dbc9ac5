"""What stands in a row fills it."""

from pathlib import Path

import pytest

from browser.chrome import Browser

#: Of each element: where it begins, where it ends and its top, in whole pixels.
BOXES = """
return [...document.querySelectorAll(arguments[0])].map(e => {
  const box = e.getBoundingClientRect();
  return [box.left, box.right, box.top].map(Math.round);
});
"""


def single(folder: Path, *, pictured: bool) -> str:
    """The address of a team with one deed, with a picture or without."""
    for path in sorted(folder.glob("teams/t*.html")):
        text = path.read_text("utf-8")
        if text.count('class="deed-card') == 1 and ("with-picture" in text) == pictured:
            return path.relative_to(folder).as_posix()
    raise AssertionError("no team has a single deed")


@pytest.mark.parametrize("pictured", [True, False])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_card_alone_takes_the_whole_row(
    browser: Browser, address: str, folder: Path, width: int, *, pictured: bool
) -> None:
    browser.show(width)
    browser.open(address + single(folder, pictured=pictured))
    (card,), (grid,) = browser.run(BOXES, ".deed-card"), browser.run(BOXES, ".grid")
    assert card == grid
    if pictured and width == 1280:
        (image,), (body,) = browser.run(BOXES, ".deed-card img"), browser.run(BOXES, ".deed-card .card-body")
        assert image[1] <= body[0]
        assert image[2] == body[2]


def test_charts_stand_side_by_side_where_there_is_room(browser: Browser, address: str) -> None:
    for width, side_by_side in ((1280, True), (768, False)):
        browser.show(width)
        browser.open(address + "results.html")
        one, other = browser.run(BOXES, "#teams .chart")
        assert (one[2] == other[2] and one[1] < other[0]) == side_by_side


def test_headings_are_balanced_but_on_telephones(browser: Browser, address: str) -> None:
    for width, wrap in ((360, "pretty"), (1280, "balance")):
        browser.show(width)
        browser.open(address + "deeds/d18.html")
        assert browser.run("return getComputedStyle(document.querySelector('h1')).textWrapStyle") == wrap


@pytest.mark.parametrize("width", [768, 1280])
def test_the_three_deeds_of_home_leave_no_gap(browser: Browser, address: str, width: int) -> None:
    browser.show(width)
    browser.open(address)
    cards, (grid,) = browser.run(BOXES, ".home-deeds .deed-card"), browser.run(BOXES, ".home-deeds .grid")
    assert len(cards) == 3
    assert cards[2][1] == grid[1]


def test_a_unit_stands_whole_beside_its_number(browser: Browser, address: str) -> None:
    """The key figures of home, in any width of a tablet."""
    lines = "return [...document.querySelectorAll('.numbers dd span')].map(e => e.getBoundingClientRect().height)"
    for width in range(600, 1000, 40):
        browser.show(width)
        browser.open(address)
        heights = browser.run(lines)
        assert heights
        assert max(heights) < 1.5 * min(heights), width

"""Several pictures of a deed or of a team: shown side by side, and each opens by keyboard."""

from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys

from browser.chrome import Browser

#: Of each picture with a link: its address, the name that is read out, and where it stands, in pixels.
OPENING = """
return [...document.querySelectorAll(arguments[0])].map(link => {
  const box = link.getBoundingClientRect();
  return [link.href, link.querySelector("img").alt, box.left, box.top, box.right];
});
"""

#: The address of the picture that has the focus, if one has.
FOCUSED = "return document.activeElement.querySelector('img') && document.activeElement.href"


@pytest.fixture(params=[("deeds/d18.html", 3), ("teams/t01.html", 2)], ids=["deed", "team"])
def page(request: pytest.FixtureRequest, address: str) -> tuple[str, int]:
    """A page with several pictures, and their number."""
    url, number = request.param
    return address + url, number


@pytest.mark.parametrize("width", [360, 1280])
def test_pictures_stand_side_by_side_where_there_is_room(browser: Browser, page: tuple[str, int], width: int) -> None:
    browser.show(width)
    browser.open(page[0])
    found = browser.run(OPENING, ".gallery a")
    assert len(found) >= 2
    lefts, tops = {round(left) for *_, left, _, _ in found}, {round(top) for *_, top, _ in found}
    assert (len(lefts), len(tops)) == ((1, len(found)) if width == 360 else (len(found), 1))
    assert max(right for *_, right in found) <= width


def test_each_opens_by_keyboard_at_its_largest(browser: Browser, page: tuple[str, int], folder: Path) -> None:
    url, number = page
    browser.open(url)
    links = browser.run(OPENING, "main figure a:has(img)")
    assert len(links) == number
    assert all(name for _, name, *_ in links)
    for target, *_ in links:
        browser.open(url)
        for _ in range(100):
            browser.press(Keys.TAB)
            if browser.run(FOCUSED) == target:
                break
        assert browser.run("return getComputedStyle(document.activeElement).outlineStyle") == "solid"
        browser.press(Keys.ENTER)
        browser.arrive(target)
        stem, _, width = target.rpartition("-")
        sizes = folder.glob(f"pictures/{stem.rpartition('/')[2]}-*.jpg")
        assert int(width.removesuffix(".jpg")) == max(int(path.stem.rpartition("-")[2]) for path in sizes)

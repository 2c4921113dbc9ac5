"""Lists on paper: few sheets, no card torn over two of them, and no dark ground."""

import shutil
from pathlib import Path

import pytest

from browser.chrome import Browser
from browser.test_print import printed

#: Of each card of a list: how its title begins, and how its last line does.
CARDS = """
return [...document.querySelectorAll(".deed-card, .team-card, .project-card")].map(card =>
  [card.querySelector("h3"), card.querySelector(".card-by span") ?? [...card.querySelectorAll("p")].at(-1)].map(
    e => e.innerText.replace(/\\s/g, "").slice(0, 4)));
"""


@pytest.mark.parametrize("url", ["index.html", "deeds/index.html", "teams/index.html", "contest/index.html"])
def test_nothing_is_torn_wherever_a_sheet_ends(browser: Browser, folder: Path, tmp_path: Path, url: str) -> None:
    """Each list begins ever further down, so that the sheets end at ever other places."""
    shutil.copytree(folder / "static", tmp_path / "static")
    page = tmp_path / url
    page.parent.mkdir(exist_ok=True)
    text = (folder / url).read_text("utf-8")
    for lines in range(0, 24, 6):
        page.write_text(text.replace("<main", "<br>" * lines + "<main", 1), "utf-8")
        sheets = printed(browser, page.as_uri(), tmp_path)
        headings = browser.run("return [...document.querySelectorAll('h2')].map(e => e.innerText)")
        assert not [sheet.lines[-1].text for sheet in sheets if sheet.lines[-1].text in headings], lines
        cards = browser.run(CARDS)
        assert cards
        for title, last in cards:
            assert any(title in sheet.text and last in sheet.text for sheet in sheets), (lines, title, last)


@pytest.mark.parametrize(("url", "most"), [("index.html", 3), ("deeds/index.html", 3), ("results.html", 5)])
def test_lists_take_few_sheets(browser: Browser, folder: Path, tmp_path: Path, url: str, most: int) -> None:
    assert len(printed(browser, (folder / url).as_uri(), tmp_path)) <= most


@pytest.mark.parametrize("url", ["index.html", "deeds/index.html"])
def test_cards_have_no_ground(browser: Browser, address: str, url: str) -> None:
    browser.open(address + url)
    browser.show(794, medium="print")
    ground = "return [...document.querySelectorAll('.deed-card')].map(e => getComputedStyle(e).backgroundImage)"
    assert set(browser.run(ground)) == {"none"}

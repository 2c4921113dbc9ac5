"""Numbers stay with their measure words wherever a template says so, and the words around them flow on."""

from pathlib import Path

from browser.chrome import Browser
from browser.test_pages import each_type, pages_of

#: Numbers that are broken over lines, and those that are boxes of their own in a row of boxes.
BROKEN = """
return [...document.querySelectorAll("main .nb")].filter(e => e.checkVisibility()).filter(e =>
  e.getClientRects().length > 1 || /flex|grid/.test(getComputedStyle(e.parentElement).display)
).map(e => e.innerText + " in " + e.parentElement.tagName + "." + e.parentElement.className);
"""


@each_type
def test_no_number_is_broken(browser: Browser, address: str, folder: Path, template: str) -> None:
    """In large text, where lines are the shortest."""
    browser.show(360)
    for url in pages_of(folder, template):
        browser.open(address + url)
        browser.run("document.documentElement.classList.add('large')")
        assert browser.run(BROKEN) == [], url


def test_there_are_such_numbers(browser: Browser, address: str) -> None:
    browser.open(address)
    assert browser.run("return document.querySelectorAll('main .nb').length") > 3
    browser.run("document.querySelector('.lead').style.display = 'flex'")
    assert browser.run(BROKEN)

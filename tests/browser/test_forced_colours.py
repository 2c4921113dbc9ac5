"""With colours forced by the system, as in Windows' high contrast: everything is still seen."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from browser.chrome import SETTLED, Browser
from browser.test_pages import PICTURES, each_type, overflow, pages_of

#: What is pressed and not a link in a text, without any border, outline or underline to be seen by.
BARE = """
const seen = s => ["Top", "Bottom"].some(side => parseFloat(s["border" + side + "Width"]) >= 1 && s["border" + side + "Style"] !== "none");
return [...document.querySelectorAll(".button, button, summary, select, input:not([type=checkbox]), .zoom, .find, .tags a, .pages a")]
  .filter(e => e.checkVisibility() && !seen(getComputedStyle(e)) && !getComputedStyle(e).textDecorationLine.includes("underline"))
  .map(e => e.tagName + "." + e.className + " " + e.innerText.trim());
"""

#: Where the focus is not seen.
UNMARKED = """
const marked = s => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2;
return [...document.querySelectorAll("a[href], button, summary, select, input")].filter(e => e.checkVisibility()).filter(e => {
  e.focus({ focusVisible: true, preventScroll: true });
  if (document.activeElement !== e) return false;
  const label = e.closest("label");
  return !(marked(getComputedStyle(e)) || marked(getComputedStyle(e, "::after")) || label && marked(getComputedStyle(label)));
}).map(e => e.tagName + "." + e.className + " " + e.innerText.trim());
"""

#: Shapes and words of a chart that are hardly told from what they stand on: the page, or the ground that a chart keeps.
FAINT = """
const shine = color => {
  const [r, g, b, a] = color.match(/[\\d.]+/g).map(Number);
  if (a === 0) return null;
  const part = v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  return .2126 * part(r) + .7152 * part(g) + .0722 * part(b);
};
const ground = e => {
  for (let up = e; up; up = up.parentElement) {
    if (up.matches(".wall")) return shine("rgb(13, 40, 80)");
    const found = shine(getComputedStyle(up).backgroundColor);
    if (found !== null) return found;
  }
  return 1;
};
const ratio = (one, two) => (Math.max(one, two) + .05) / (Math.min(one, two) + .05);
return [...document.querySelectorAll("svg.plot text, svg.plot rect.s1, svg.plot rect.s2, svg.plot circle, .districts .name")]
  .filter(e => e.checkVisibility() && !e.closest(".wall .counts, .districts"))
  .filter(e => ratio(shine(getComputedStyle(e).fill), ground(e)) < 3)
  .map(e => e.tagName + "." + e.getAttribute("class") + " " + e.textContent + getComputedStyle(e).fill);
"""


@pytest.fixture
def forced(browser: Browser) -> Iterator[Browser]:
    yield browser
    browser.tell("Emulation.setEmulatedMedia", media="", features=[{"name": "forced-colors", "value": "none"}])


def force(browser: Browser, *, dark: bool) -> None:
    scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    browser.tell(
        "Emulation.setEmulatedMedia", media="", features=[{"name": "forced-colors", "value": "active"}, scheme]
    )
    browser.wait(SETTLED)


@each_type
def test_everything_is_seen(forced: Browser, address: str, folder: Path, template: str) -> None:
    for width, dark in ((360, True), (1280, False)):
        forced.show(width, dark=dark)
        forced.open(address + pages_of(folder, template)[0])
        forced.wait(PICTURES)
        force(forced, dark=dark)
        assert forced.run("return matchMedia('(forced-colors: active)').matches")
        assert forced.run(BARE) == []
        assert forced.run(FAINT) == []
        assert forced.run(UNMARKED) == []


def test_what_has_no_border_would_be_seen(forced: Browser, address: str) -> None:
    forced.open(address)
    force(forced, dark=False)
    assert forced.run(BARE) == []
    forced.run("document.querySelector('.button').style.border = '0'")
    assert len(forced.run(BARE)) == 1


@pytest.mark.parametrize("width", [320, 360, 600, 768, 1024, 1280, 1600])
def test_each_step_of_the_diagram_is_joined_to_the_next(browser: Browser, address: str, width: int) -> None:
    """Beside it in a row; from row to row, below it."""
    browser.show(width)
    browser.open(address + "contest/index.html")
    found = browser.run("""return [...document.querySelectorAll(".flow > li")].map(e => {
      const s = getComputedStyle(e, "::after"), b = e.getBoundingClientRect();
      return {top: b.top, left: b.left, bottom: b.bottom, shown: s.content !== "none", across: parseFloat(s.borderTopWidth) > 0 && parseFloat(s.width) > 0,
        down: parseFloat(s.height) > 10 && (s.backgroundImage !== "none" || s.backgroundColor !== "rgba(0, 0, 0, 0)")};
    })""")
    assert len(found) > 3
    assert not found[-1]["shown"]
    for here, after in pairwise(found):
        assert here["shown"]
        assert here["across" if abs(here["top"] - after["top"]) < 2 else "down"], (here, after)
    assert overflow(browser, width) == []

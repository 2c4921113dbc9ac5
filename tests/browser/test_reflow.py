"""Pages that are magnified, or set with more space between lines and characters, lose nothing and grow downwards only."""

from pathlib import Path

from browser.chrome import SETTLED, Browser
from browser.test_pages import BEYOND, each_type, overflow, pages_of

#: The settings of WCAG 2.2, 1.4.12, made as a reader's own style sheet would be.
SPACED = """
const sheet = new CSSStyleSheet();
sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
  p { margin-bottom: 2em !important }`);
document.adoptedStyleSheets.push(sheet);
"""

#: Words that reach out of the element that they stand in, or that an element around them cuts off. An excerpt of so
#: many lines is an excerpt in any case, what scrolls can be read, and pictures of data have tables beside them.
CUT = """
const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
const told = (e, by, words) => found.push(e.tagName + "." + e.className + " by " + Math.round(by) + ": " + words.trim().slice(0, 20));
for (let node; (node = walker.nextNode());) {
  const own = node.parentElement;
  if (!node.data.trim() || !own.checkVisibility() || own.closest("svg, .hide, .skip, .scroll")) continue;
  range.selectNodeContents(node);
  const words = range.getBoundingClientRect();
  for (let e = own; e !== document.body; e = e.parentElement) {
    const style = getComputedStyle(e), box = e.getBoundingClientRect();
    if (style.webkitLineClamp !== "none" || /auto|scroll/.test(style.overflow)) break;
    if (style.display === "inline" || e !== own && style.overflow === "visible") continue;
    const by = Math.max(words.right - box.right, box.left - words.left, words.bottom - box.bottom, box.top - words.top);
    if (by > 6) { told(e, by, node.data); break; } // less is the space after the last character
  }
}
return found;
"""


def zoomed(browser: Browser) -> None:
    """A window of 1280 by 1024 at 400 %."""
    browser.show(320, 256)
    browser.tell("Emulation.setDeviceMetricsOverride", width=320, height=256, deviceScaleFactor=4, mobile=False)
    browser.wait(SETTLED)


@each_type
def test_at_four_hundred_per_cent_pages_scroll_only_down(
    browser: Browser, address: str, folder: Path, template: str
) -> None:
    for url in pages_of(folder, template):
        browser.open(address + url)
        zoomed(browser)
        for look in ("normal", "large"):
            reach, elements = browser.run(BEYOND)
            assert reach <= 320, f"{url}, {look}: {elements}"
            assert browser.run(CUT) == [], f"{url}, {look}"
            browser.run("document.getElementById('large').click()")


@each_type
def test_readers_may_set_more_space(browser: Browser, address: str, folder: Path, template: str) -> None:
    browser.open(address + pages_of(folder, template)[0])
    browser.run(SPACED)
    for large in (False, True):
        assert overflow(browser, 320, 1280) == [], large
        for width in (320, 768, 1280):
            browser.show(width)
            assert browser.run(CUT) == [], f"{width} {large}"
        browser.run("document.getElementById('large').click()")


def test_what_is_cut_off_would_be_seen(browser: Browser, address: str) -> None:
    browser.open(address + "plan.html")
    assert browser.run(CUT) == []
    browser.run("document.querySelector('.prose p').style.cssText = 'height: 1em; overflow: hidden'")
    assert len(browser.run(CUT)) == 1

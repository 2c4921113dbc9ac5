"""The published style sheet says what its source says, and still says it where a browser does not know what is new."""

import re
from pathlib import Path

import pytest
from conftest import sample
from reference import ROOT

from browser.chrome import SETTLED, Browser
from browser.test_pages import PICTURES, TYPES, each_type, overflow, pages_of

#: Of each element, and of what is generated before and after it, a number that stands for all its computed values.
STYLES = """
const names = [...getComputedStyle(document.body)].filter(name => !name.startsWith("--")), found = [];
const moved = new Set(names.filter(name => name.startsWith("background-position")));
for (const e of document.querySelectorAll("body, body *"))
  for (const part of ["", "::before", "::after"]) {
    const style = getComputedStyle(e, part || undefined);
    if (part && style.content === "none") continue;
    let hash = 0;
    for (const name of names) {
      const value = style.getPropertyValue(name);
      const text = moved.has(name) ? value.replace(/0px/g, "0%") : value; // `background: 0 0` is shorter than `none`
      for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
    }
    found.push(e.tagName + "." + (e.getAttribute("class") || "") + part + " " + hash);
  }
return found;
"""

#: Another style sheet in place of the published one. Its rules with one of the words are left out, as by a browser that
#: does not know them.
INSTEAD = """
const [text, words] = arguments, sheet = new CSSStyleSheet();
document.querySelector("link[rel=stylesheet]").disabled = true;
sheet.replaceSync(text);
const prune = rules => {
  for (let at = rules.cssRules.length; at--;) {
    const rule = rules.cssRules[at];
    if (words.some(word => (rule.selectorText || "").includes(word)) || rule instanceof CSSSupportsRule) rules.deleteRule(at);
    else if (rule.cssRules && rule.cssRules.length && !rule.selectorText) prune(rule);
  }
};
if (words.length) prune(sheet);
document.adoptedStyleSheets = [sheet];
"""

VIEWS = {"dark": (360, True, ""), "1280": (1280, False, ""), "print": (794, False, "print")}


#: Each type of page in one view, the richest in all.
SEEN = [
    (template, view)
    for number, template in enumerate(TYPES)
    for at, view in enumerate(VIEWS)
    if at == number % len(VIEWS) or template in {"home.html", "award.html", "results.html", "post.html"}
]


@pytest.mark.parametrize(("template", "view"), sample(SEEN, 16, "published"))
def test_the_published_style_sheet_says_what_its_source_says(
    browser: Browser, address: str, folder: Path, template: str, view: str
) -> None:
    width, dark, medium = VIEWS[view]
    browser.show(width, dark=dark, medium=medium)
    browser.open(address + pages_of(folder, template)[0])
    browser.wait(PICTURES)
    published = browser.run(STYLES)
    assert len(published) > 50
    browser.run(INSTEAD, (ROOT / "static" / "style.css").read_text("utf-8"), [])
    browser.wait(SETTLED)
    source = browser.run(STYLES)
    assert len(published) == len(source)
    assert [(one, other) for one, other in zip(published, source, strict=True) if one != other] == []


def old(css: str) -> str:
    """The style sheet as far as Chrome 83 knows it."""
    unknown = (
        "inset|inset-[-a-z]+|margin-inline|margin-block|padding-inline|padding-block|border-inline|border-block|aspect-ratio"
        "|text-wrap|text-autospace|text-spacing-trim|text-underline-offset|text-decoration-thickness|accent-color"
        "|container-type|page|mask-image|print-color-adjust|hanging-punctuation"
    )
    assert "@layer" not in css
    css = re.sub(rf"(?<=[{{;])(?:{unknown}):[^;}}]*;?", "", css)
    return re.sub(r"(?<=[{;])overflow:clip;?", "", css)


@each_type
@pytest.mark.parametrize("width", [360, 1280])
def test_a_page_has_its_style_in_chrome_83(
    browser: Browser, address: str, folder: Path, template: str, width: int
) -> None:
    """As far as a new one can play it: rules and declarations that it does not know are taken out."""
    browser.show(width)
    browser.open(address + pages_of(folder, template)[0])
    browser.wait(PICTURES)
    css = old(next((folder / "static").glob("style.*.css")).read_text("utf-8"))
    browser.run(INSTEAD, css, [":has(", ":focus-visible", ":is(", ":where(", "::marker"])
    browser.wait(SETTLED)
    head = browser.run(
        "const s = getComputedStyle(document.querySelector('.top')); return [s.position, s.backgroundColor]"
    )
    assert head == ["relative", "rgb(255, 255, 255)"]
    assert browser.run("return getComputedStyle(document.querySelector('.foot')).backgroundColor") == "rgb(10, 28, 56)"
    assert browser.run("return getComputedStyle(document.querySelector('.wrap')).marginLeft") != "0px"
    assert overflow(browser, width) == []


def test_what_is_not_the_same_is_seen(browser: Browser, address: str) -> None:
    browser.open(address)
    published = browser.run(STYLES)
    source = (ROOT / "static" / "style.css").read_text("utf-8")
    browser.run(INSTEAD, source.replace("--gutter:", "--no-gutter:"), [])
    assert browser.run(STYLES) != published

"""axe-core over every page type, in every look that a reader can choose, and on a telephone, a tablet and a desk."""

from pathlib import Path

from browser.chrome import Browser
from browser.test_pages import each_type, pages_of

AXE = """
const done = arguments[0];
axe.run(document, {rules: {"target-size": {enabled: true}}, resultTypes: ["violations"]}).then(
  result => done([result.testEngine.version, result.violations.flatMap(v => v.nodes.map(n => v.id + " " + n.target.join(" ") + ": " + n.failureSummary))]),
  error => done([String(error), []]));
"""

#: Of the longest page of a type, and of its others: each look and each width, but not each with each, since axe takes long.
VIEWS = (
    (("light", 360), ("light", 1280), ("dark", 768), ("large", 360)),
    (("dark", 1280), ("large", 360)),
)


@each_type
def test_axe_finds_no_barrier(browser: Browser, address: str, folder: Path, axe: str, template: str) -> None:
    for rank, url in enumerate(pages_of(folder, template)):
        browser.open(address + url)
        browser.run(axe)
        for look, width in VIEWS[min(rank, 1)]:
            if look == "large":
                browser.run("document.getElementById('large').click()")
            browser.show(width, dark=look == "dark")
            version, found = browser.wait(AXE)
            assert version[0].isdigit(), version
            assert found == [], f"{url} {look} {width}"
        browser.run("document.getElementById('large').click()")


def test_axe_would_find_a_barrier(browser: Browser, address: str, axe: str) -> None:
    browser.open(address + "plan.html")
    browser.run(axe)
    browser.run(
        "document.querySelector('main .prose p').style.color = '#bbb'; document.documentElement.removeAttribute('lang')"
    )
    assert {"html-has-lang", "color-contrast"} <= {line.split()[0] for line in browser.wait(AXE)[1]}

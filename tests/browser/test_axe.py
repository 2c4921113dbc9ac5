"""axe-core over every page type, in every look that a reader can choose, on a telephone, a tablet and a desk."""

from pathlib import Path

from browser.chrome import Browser
from browser.test_pages import each_type, pages_of

AXE = """
const done = arguments[0];
axe.run(document, {rules: {"target-size": {enabled: true}}, resultTypes: ["violations"]}).then(
  result => done([result.testEngine.version, result.violations.flatMap(v => v.nodes.map(n => v.id + " " + n.target.join(" ") + ": " + n.failureSummary))]),
  error => done([String(error), []]));
"""

LOOKS = ("light", "dark", "large")


@each_type
def test_axe_finds_no_barrier(browser: Browser, address: str, folder: Path, axe: str, template: str) -> None:
    """The longest page of the type in all nine combinations, its other pages in two."""
    for rank, url in enumerate(pages_of(folder, template)):
        browser.open(address + url)
        browser.run(axe)
        for look in LOOKS:
            if look == "large":
                browser.run("document.getElementById('large').click()")
            for width in (360, 768, 1280):
                if rank and (look, width) not in {("large", 360), ("dark", 1280)}:
                    continue
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

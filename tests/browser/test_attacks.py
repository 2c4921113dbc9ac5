"""Texts that attack whoever shows them stand in every field of every kind of record, and in Markdown: nothing of them runs.

Chromium itself reads every page and tells what elements and addresses it made of it. The largest pages of each kind are shown in it
as well, without the pages' own content policy, so that escaping alone is looked at; `test_content_policy.py` holds the policy.
"""

import csv
import json
import re
from collections import defaultdict
from collections.abc import Generator
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from attacks import ATTACKS, GROUPS, attacked_campaign, attacked_records, in_markdown, is_publishable, is_refused, taken
from conftest import Project
from reference import build

from browser.chrome import Browser, chromium, programs, served
from honorroll.content import markdown

#: Every page notes what runs on it that is none of its own.
TRAP = """
window.hits = [];
for (const name of ["alert", "confirm", "prompt", "print", "open"]) {
  window[name] = (...values) => { window.hits.push(name + "(" + values + ")"); };
}
"""

#: What Chromium makes of a page, that must not be there: elements, handlers, and addresses that run or fetch.
LOOK = r"""
const FORBIDDEN = ["iframe", "object", "embed", "applet", "base", "frame", "frameset", "math", "foreignObject", "animate", "set", "style"];
const wrong = (page, address) => {
  const found = [], note = element => found.push(element.outerHTML.slice(0, 200));
  for (const element of page.querySelectorAll("*")) {
    if (FORBIDDEN.includes(element.localName)) note(element);
    if (element.localName === "script" && !/^(application\/ld\+json|application\/json)$/.test(element.type)
        && !/^[./a-z0-9-]*static\/[a-z]+\.[0-9a-f]{8}\.js$/.test(element.getAttribute("src") || "-")) note(element);
    if (element.localName === "meta" && /refresh/i.test(element.httpEquiv)) note(element);
    for (const {name, value} of element.attributes) {
      if (/^on|^style$|^srcdoc$|^ping$|^background$/i.test(name)) note(element);
      if (/^(href|src|srcset|action|formaction|data|poster|xlink:href)$/i.test(name)) {
        let to;
        try { to = new URL(value.split(" ")[0], address); } catch { note(element); continue; }
        if (!["http:", "https:", "mailto:", "tel:"].includes(to.protocol)) note(element);
        if (element.localName !== "a" && name !== "action" && to.host !== new URL(address).host
            && !(element.localName === "link" && element.rel === "canonical")) note(element);
      }
    }
  }
  return found;
};
"""

READ = (
    LOOK
    + r"""
const [addresses, done] = arguments;
Promise.all(addresses.map(async address => {
  const text = await (await fetch(address)).text();
  return [address, wrong(new DOMParser().parseFromString(text, "text/html"), address).join("\n")];
})).then(all => done(all.filter(each => each[1])));
"""
)

SHOW = r"""
const [addresses, done] = arguments;
document.body.replaceChildren();
Promise.all(addresses.map(address => new Promise(resolve => {
  const frame = document.createElement("iframe");
  frame.onload = () => setTimeout(() => {
    const view = frame.contentWindow, found = frame.contentDocument ? [...view.hits] : ["is elsewhere"];
    if (frame.contentDocument && view.location.href !== address) found.push("went to " + view.location.href);
    if (frame.contentDocument && typeof view.pwned !== "undefined" || typeof pwned !== "undefined") found.push("pwned");
    resolve([address, found.join("\n")]);
  }, 20);
  frame.src = address;
  document.body.append(frame);
}))).then(all => done(all.filter(each => each[1])));
"""

#: So many texts in Markdown stand on one page.
TEXTS = 20


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two sites side by side, with attacks in the campaign's own record and in all others; and pages of texts in Markdown."""
    place = tmp_path_factory.mktemp("attacked")
    for name, made in (("campaign", attacked_campaign), ("records", attacked_records)):
        made(place / name)
        build(place / name, place / "site" / name, date(2022, 12, 10))
    (place / "site" / "texts").mkdir()
    for at in range(0, len(ATTACKS), TEXTS):
        made = [
            markdown.render(in_markdown(each), "content/x.md", "x.html", {}).html for each in ATTACKS[at : at + TEXTS]
        ]
        (place / "site" / "texts" / f"{at}.html").write_text(
            "<!DOCTYPE html><title>x</title>" + "<hr>".join(made), "utf-8"
        )
    (place / "site" / "empty.html").write_text("<!DOCTYPE html><title>x</title><body>", "utf-8")
    return place / "site"


@pytest.fixture(scope="module")
def trapped(attacked: Path) -> Generator[tuple[Browser, str]]:
    """A browser of its own, since what it is told to do cannot be taken back, on an empty page beside the attacked ones."""
    if not programs():
        pytest.skip("there is no chromium with its chromedriver on this machine")
    with chromium() as browser, served(attacked, "/") as address:
        browser.tell("Page.enable")
        browser.tell("Page.setBypassCSP", enabled=True)
        browser.tell("Page.addScriptToEvaluateOnNewDocument", source=TRAP)
        browser.open(f"{address}empty.html")
        browser.asked()
        yield browser, address


def pages(folder: Path, *, largest: bool = False) -> list[str]:
    """The pages of a folder; or of each kind the largest."""
    kinds = defaultdict[str, list[Path]](list)
    for path in folder.rglob("*.html"):
        kinds[re.sub(r"[a-z]*[0-9].*", "0", path.relative_to(folder).as_posix())].append(path)
    found = [
        sorted(paths, key=lambda path: (-path.stat().st_size, path.name))[: 1 if largest else None]
        for paths in kinds.values()
    ]
    return sorted(path.relative_to(folder).as_posix() for paths in found for path in paths)


def foreign(browser: Browser, address: str) -> list[str]:
    """What was asked of others since the last call."""
    return [one for one in browser.asked() if not one.startswith((address, "data:", "about:"))]


def test_chromium_makes_nothing_of_any_page_that_could_run(attacked: Path, trapped: tuple[Browser, str]) -> None:
    browser, address = trapped
    found = pages(attacked)
    assert len(found) > 300
    assert browser.wait(READ, [f"{address}{path}" for path in found]) == []


def test_nothing_runs_where_pages_are_shown(attacked: Path, trapped: tuple[Browser, str]) -> None:
    """Of texts that are refused as well: their findings keep them from being published, and the HTML made of them does no harm."""
    browser, address = trapped
    chosen = [path for path in pages(attacked, largest=True) if not path.startswith("texts/")]
    assert len(chosen) > 40
    chosen += [path for path in pages(attacked) if path.startswith("texts/")]
    assert browser.wait(SHOW, [f"{address}{path}" for path in chosen]) == []
    assert foreign(browser, address) == []


@pytest.mark.parametrize(
    "bad",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg><set onbegin=pwned=1 attributeName=x></svg>",
        "<img src=//evil.invalid/x>",
        "<script>location = 'empty.html'</script>",
        "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
    ],
)
def test_what_runs_would_be_seen(attacked: Path, trapped: tuple[Browser, str], bad: str) -> None:
    browser, address = trapped
    browser.open(f"{address}empty.html")
    (attacked / "bad.html").write_text(f"<!DOCTYPE html><title>x</title><body>{bad}", "utf-8")
    assert browser.wait(READ, [f"{address}bad.html"])
    assert browser.wait(SHOW, [f"{address}bad.html"]) or foreign(browser, address)


def values(document: Any) -> list[str]:
    """Every text in a JSON document."""
    if isinstance(document, dict):
        return [text for value in document.values() for text in values(value)]
    if isinstance(document, list):
        return [text for value in document for text in values(value)]
    return [document] if isinstance(document, str) else []


def test_every_file_can_be_read(attacked: Path) -> None:
    """As XML, JSON and CSV; what stands in pages and scripts as JSON, too."""
    kinds = defaultdict[str, int](int)
    for path in (path for path in attacked.rglob("*") if path.is_file()):
        if path.suffix in {".xml", ".svg"}:
            root = ET.parse(path).getroot()  # noqa: S314  # we have just written it
            assert {element.tag.partition("}")[2] or element.tag for element in root.iter()} <= XML, path
        elif path.suffix in {".json", ".webmanifest"}:
            json.loads(path.read_bytes())
        elif path.suffix == ".csv":
            rows = list(csv.reader(StringIO(path.read_bytes().decode("utf-8-sig"), newline=""), strict=True))
            assert len({len(row) for row in rows}) == 1, path
            assert [
                cell for row in rows for cell in row if re.match(r"\s*[=+@＝＋－＠-](?!\d+$)|[\t\r\n]", cell)
            ] == [], path
        elif path.suffix == ".html":
            for text in re.findall(
                r'<script type="application/ld\+json">(.*?)</script>', path.read_bytes().decode(), re.DOTALL
            ):
                json.loads(text)
                kinds["ld"] += 1
        kinds[path.suffix] += 1
    assert min(kinds[kind] for kind in (".xml", ".svg", ".json", ".csv", ".html", "ld")) >= 2


#: Elements of feeds, the sitemap and QR codes.
XML = set(
    "feed id title subtitle updated author name link rights entry published summary category rss channel description language "
    "copyright pubDate item guid creator urlset url loc lastmod svg path rect g".split()
)


def test_what_is_shown_is_what_was_typed(attacked: Path) -> None:
    """Nothing was taken for a template, an entity or markup and lost: the open data say the texts again, letter by letter."""
    told = "\n".join(
        text
        for path in (attacked / "records" / "data").glob("*.json")
        for text in values(json.loads(path.read_bytes()))
    )
    for attack in GROUPS["template"] + GROUPS["csv"] + GROUPS["entity"]:
        assert " ".join(attack.split()) in " ".join(told.split()), attack


def test_a_text_that_no_file_may_hold_is_refused_at_its_place(project: Project) -> None:
    """Control characters and what turns a text around; as an escape in YAML they are no more welcome."""
    refused = [attack for attack in ATTACKS if is_refused(attack)]
    assert len(refused) >= 15
    for at, attack in enumerate(refused):
        project.write(f"data/teams/a{at}.yaml", f"- id: x\n  name: {json.dumps(attack)}\n")
        project.write(f"content/a{at}.md", f"---\ntitle: 题\nupdated: 2022-09-01\n---\n\n{attack}\n")
    found = {f.span.path: f for f in project.build().findings if f.diagnostic.rule in {"SRC-08", "SRC-13"}}
    for at, attack in enumerate(refused):
        assert found[f"data/teams/a{at}.yaml"].span.line == 2, attack
        assert found[f"content/a{at}.md"].span.line >= 6, attack
    assert not project.site.exists()


def test_there_are_enough_of_them() -> None:
    assert len(set(ATTACKS)) == len(ATTACKS) >= 500
    assert len([attack for attack in taken() if is_publishable(attack)]) > 450

"""The reference campaign's markup: what holds on every page, and what the Nu HTML checker says."""

import json
import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image
from reference import CAMPAIGN, Element, Site, text_of


def test_markup_is_what_a_browser_makes_of_it(site: Site) -> None:
    assert not [f"{page.url}: {error}" for page in site.pages.values() for error in page.errors]


def test_ids_are_unique_and_names_lead_to_them(site: Site) -> None:
    wrong = []
    for page in site.pages.values():
        wrong += [f"{page.url}: id {id} stands {n} times" for id, n in Counter(page.ids).items() if n > 1]
        wrong += [f"{page.url}: id {id!r}" for id in page.ids if not id or re.search(r"\s", id)]
        for element in page.elements:
            for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls", "headers", "list"):
                wrong += [f"{page.url}: {name}={id}" for id in (element.get(name) or "").split() if id not in page.ids]
    assert not wrong


def test_one_title_and_no_heading_level_is_left_out(site: Site) -> None:
    wrong = []
    for page in site.pages.values():
        levels = [int(e.tag[1]) for e in page.find("h1", "h2", "h3", "h4", "h5", "h6")]
        if levels.count(1) != 1:
            wrong.append(f"{page.url}: {levels.count(1)} h1")
        wrong += [f"{page.url}: h{a} → h{b}" for a, b in pairwise(levels) if b > a + 1]
        if not text_of(page.root.find(".//title")).endswith(CAMPAIGN["site"]["name"]):
            wrong.append(f"{page.url}: title")
    assert not wrong


def test_titles_tell_pages_apart(site: Site) -> None:
    titles = Counter(text_of(page.root.find(".//title")) for page in site.pages.values())
    assert not [title for title, number in titles.items() if number > 1]


FILLED = "section article ul ol dl li dt dd table tbody tr th p h1 h2 h3 h4 h5 h6 figure figcaption nav aside header"
REPLACED = {"img", "input", "{http://www.w3.org/2000/svg}svg"}


def is_filled(element: Element) -> bool:
    return bool(text_of(element)) or any(child.tag in REPLACED for child in element.iter())


def test_nothing_is_empty(site: Site) -> None:
    names = {*FILLED.split(), "a", "blockquote", "address", "summary", "caption", "time", "title"}
    empty = [
        f"{page.url}: {element.tag} {element.attrib}"
        for page in site.pages.values()
        for element in page.elements
        if element.tag in names and not is_filled(element)
    ]
    assert not empty


SECTIONING = {"main", "section", "article", "nav", "aside"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


def outline(element: Element) -> Iterator[tuple[str, int, str]]:
    """What stands in an element: begin and end of sections, headings, and any other content."""
    for child in element:
        classes = (child.get("class") or "").split()
        if not isinstance(child.tag, str) or "group-note" in classes:
            pass
        elif child.tag in HEADINGS or "head" in classes:
            # The title of a card is a link to what it is about; nothing needs to follow it.
            heading = child if child.tag in HEADINGS else next(e for e in child if e.tag in HEADINGS)
            yield ("card" if heading.find(".//a") is not None else "heading"), int(heading.tag[1]), text_of(heading)
        elif child.tag in SECTIONING:
            yield "begin", 0, ""
            yield from outline(child)
            yield "end", 0, ""
        else:
            if child.tag in REPLACED or (child.text or "").strip():
                yield "content", 0, ""
            yield from outline(child)
        if isinstance(child.tail, str) and child.tail.strip():
            yield "content", 0, ""


def is_followed(level: int, rest: list[tuple[str, int, str]]) -> bool:
    """Whether something comes before the section ends or the next heading of the same weight."""
    depth = 0
    for kind, other, _ in rest:
        depth += (kind == "begin") - (kind == "end")
        if depth < 0 or (kind == "heading" and other <= level):
            return False
        if kind in {"content", "card"}:
            return True
    return False


def test_no_heading_stands_over_nothing(site: Site) -> None:
    bare = []
    for page in site.pages.values():
        parts = list(outline(page.main))
        for at, (kind, level, words) in enumerate(parts):
            if kind == "heading" and not is_followed(level, parts[at + 1 :]):
                bare.append(f"{page.url}: {words}")
    assert not bare


def test_images_have_an_alternative_and_their_true_size(site: Site) -> None:
    wrong = []
    for page in site.pages.values():
        for image in page.find("img"):
            place = site.inner(page.url, image.get("src"))
            if place is None or image.get("alt") is None:
                wrong.append(f"{page.url}: {image.attrib}")
            elif not place[0].endswith(".svg"):
                with Image.open(site.folder / place[0]) as picture:
                    if [image.get("width"), image.get("height")] != [str(side) for side in picture.size]:
                        wrong.append(f"{page.url}: {place[0]} is {picture.size}")
        shown = [image for figure in page.find("figure") for image in figure.iter("img")]
        wrong += [f"{page.url}: {image.get('src')} needs words" for image in shown if not image.get("alt")]
    assert not wrong


def test_each_page_says_its_language_and_that_it_is_a_sample(site: Site) -> None:
    for page in site.pages.values():
        assert page.root.get("lang") == "zh-CN", page.url
        assert page.text.startswith("<!DOCTYPE html>"), page.url
        assert [text_of(e) for e in page.find("aside") if e.get("class") == "sample"] != [], page.url
        assert "示例数据" in text_of(page.root.find(".//aside")), page.url
        assert page.meta("robots") == "noindex, nofollow", page.url
        assert page.meta("viewport") == "width=device-width, initial-scale=1", page.url


# The Nu HTML checker


#: What the checker says wrongly. It takes data for scripts, and no file of a folder for the page's own: that pages keep
#: their policy is held by test_content_policy.py and by Chromium. It does not know container queries (2023) yet.
MISTAKEN = re.compile(
    r"violates Content Security Policy"
    r"|CSS: “container(-type|-name)?”: Property “container(-type|-name)?” doesn't exist"
    r"|CSS: “--u”: Parse Error"  # 100cqw
    r"|CSS: “width”: Unknown dimension"  # 1cqw, which `@supports` asks for
)


def test_nu_checker_finds_no_error(site: Site, tmp_path: Path) -> None:
    """No error and no warning in any page or style sheet."""
    jar, java = os.environ.get("VNU_JAR", ""), shutil.which("java")
    if not jar or not Path(jar).is_file() or not java:
        pytest.skip("VNU_JAR does not name the Nu HTML checker's vnu.jar" if java else "there is no Java")
    # Files with a fault of their own show that the checker is looking.
    (tmp_path / "broken.html").write_text("<!DOCTYPE html><html lang=zh><title>坏</title><p><ul></p>", "utf-8")
    (tmp_path / "broken.css").write_text("p { colour: red }", "utf-8")
    files = [str(site.folder / url) for url in site.pages] + [str(path) for path in site.folder.rglob("*.css")]
    command = [java, "-jar", jar, "--also-check-css", "--format", "json", "--exit-zero-always", "--stdout"]
    broken = [str(tmp_path / "broken.html"), str(tmp_path / "broken.css")]
    run = subprocess.run([*command, *files, *broken], capture_output=True, check=True, timeout=300)
    messages = json.loads(run.stdout)["messages"]
    found = [f"{m['url'].rpartition('/site/')[2]}:{m.get('lastLine')}: {m['message']}" for m in messages]
    assert {name for name in ("broken.html", "broken.css") if any(name in line for line in found)} == {
        "broken.html",
        "broken.css",
    }
    assert not [line for line in found if "broken." not in line and not MISTAKEN.search(line)]

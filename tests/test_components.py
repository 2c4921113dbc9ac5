"""The page of all parts of the theme, which the preview shows and nobody publishes."""

import re
import shutil
from pathlib import Path

import pytest
from conftest import Project
from previewing import Served, serving

from honorroll.inputs.scan import theme_root

ADDRESS = "/_components/"
TEMPLATES = theme_root() / "templates"
PARTS = sorted((TEMPLATES / "parts").glob("*.html"))

#: What stands in every page's head and has no look.
UNSEEN = {"head", "linked"}


def test_it_is_served_below_the_root_of_the_site_and_never_published(project: Project) -> None:
    project.build()
    assert not [url for url in project.output() if "component" in url]
    project.replace("data/campaign.yaml", "base_url: ", "base_url: https://example.org/honor/ # ")
    with serving(project) as served:
        answer = served.get("/honor/_components/")
        assert answer.status == 200
        assert "<h2>cards</h2>" in answer.text
        assert "livereload.js" in answer.text
        assert "default-src 'none'; script-src 'self'" in answer.text
        head = served.get("/honor/_components/", method="HEAD")
        assert (head.status, head.body) == (200, b"")
        assert served.get("/_components/").status == 404
        assert served.get("/honor/news/_components/").status == 404
        assert not served.failures


@pytest.mark.parametrize("path", PARTS, ids=lambda path: path.stem)
def test_every_part_is_shown(path: Path) -> None:
    """A new file, and a new macro in an old one, must be added to the page; one that others of its kind call is seen there."""
    page = (TEMPLATES / "components.html").read_text(encoding="utf-8")
    if path.stem in UNSEEN:
        assert f"{path.stem} " in page
        return
    base = (TEMPLATES / "base.html").read_text(encoding="utf-8")
    name = re.search(rf'"parts/{path.name}" as (\w+)', page + base)
    assert name, f"{path.name} is not on the page"
    assert f'head("{path.stem}")' in page or path.stem in {"band", "mast", "contacts"}
    shown = page + base if path.stem == "links" else page
    others = [other.read_text(encoding="utf-8") for other in PARTS]
    for macro in re.findall(r"{%-? macro (\w+)\(", path.read_text(encoding="utf-8")):
        calls = [rf"\b{name[1]}\.{macro}\(", *([rf"(?<!macro )\b{macro}\("] if path.stem in macro else [])]
        inside = sum(len(re.findall(rf"(?<!macro )(?<!\w){macro}\(", text)) for text in others)
        assert any(re.search(call, shown) for call in calls) or inside, f"{macro} of {path.name} is not on the page"


def test_it_shows_every_state(served: Served) -> None:
    text = served.get(ADDRESS).text
    for state in (
        "公示中",
        "公示期满",
        "异议核查中",
        "已授予",
        "未授予",
        "已撤销",
        "进行中",
        "未到此步",
        "分享海报",
        "公示到",
    ):
        assert state in text, state
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))


def test_it_is_made_from_the_theme_as_it_is_now(project: Project, served: Served) -> None:
    part = "templates/parts/facts.html"
    project.write(part, (theme_root() / part).read_text(encoding="utf-8") + "{# #}")
    project.replace(part, '<dl class="facts">', '<dl class="facts mine">')
    assert 'class="facts mine"' in served.get(ADDRESS).text


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("{{ 1 / 0 }}", "TPL-05"),
        ("{{ nobody }}", "TPL-02"),
        ("{% if %}", "TPL-01"),
        ('{{ asset("no.png") }}', "TPL-06"),
    ],
)
def test_an_error_in_a_part_is_told(project: Project, served: Served, written: str, rule: str) -> None:
    part = "templates/parts/contacts.html"
    text = (theme_root() / part).read_text(encoding="utf-8")
    project.write(part, text.replace("<address>", f"<address>{written}"))
    answer = served.get(ADDRESS)
    assert answer.status == 503
    assert f"{rule} " in answer.text
    assert f"{part}:9" in answer.text
    assert "Traceback" not in answer.text
    project.write(part, text)
    assert served.get(ADDRESS).status == 200
    assert not served.failures


def test_an_error_in_the_data_is_told(project: Project, served: Served) -> None:
    project.replace("data/teams.yaml", "headcount: 5", "headcount: 五个")
    assert "SCH-07" in served.get(ADDRESS).text
    shutil.rmtree(project.root / "data")
    assert served.get(ADDRESS).status == 503

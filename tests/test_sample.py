"""What is left of the sample in a campaign of one's own."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from conftest import Project
from reference import ROOT, copy_project

from honorroll.checks import sample
from honorroll.inputs import scan
from honorroll.inputs.loader import load

TABLE = ROOT / "honorroll" / "checks" / "sample.txt"


def test_the_table_is_that_of_the_sample(regenerate: bool) -> None:
    snapshot, _ = scan.read(ROOT)
    campaign, _ = load(snapshot, date(2022, 12, 31))
    assert campaign
    text = sample.table(campaign, snapshot)
    if regenerate:
        TABLE.write_text(text, encoding="utf-8", newline="\n")
    assert TABLE.read_text(encoding="utf-8") == text, "run this test with --regenerate"
    for kind, number in {"text": 20, "picture": 5, "record": 30}.items():
        assert text.count(f"{kind} ") >= number


def told(project: Project) -> list[tuple[str, int]]:
    findings = [one for one in project.check().findings if one.diagnostic.rule == "SRC-15"]
    assert all(one.severity.name == "WARNING" for one in findings)
    return [(one.span.path, one.span.line) for one in findings]


@pytest.fixture
def real(project: Project) -> Project:
    """A campaign of one's own."""
    project.replace("data/campaign.yaml", "sample: 是", "sample: 否")
    return project


def first_line(text: str) -> int:
    """The line where the text below the front matter begins."""
    lines = text.replace("\r\n", "\n").split("\n")
    start = lines.index("---", 1) + 1
    return next(number for number, line in enumerate(lines[start:], start + 1) if line.strip())


EDITS: list[Callable[[str], str]] = [
    lambda text: text,
    lambda text: text.replace("\n", "\r\n"),
    lambda text: text.replace("。\n", "。  \n"),
    lambda text: text.replace("\n\n", "\n\n\n"),
    lambda text: text.rstrip("\n"),
    lambda text: text + "\n\n\u3000\n",
    lambda text: text.replace("title: ", "title: 新的", 1).replace("updated: 2022-08-22", "updated: 2025-01-01"),
    lambda text: "\ufeff" + text,
]


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("name", ["plan", "report"])
def test_an_article_of_the_sample_is_found(name: str, edit: Callable[[str], str], real: Project) -> None:
    text = edit((ROOT / "content" / f"{name}.md").read_text(encoding="utf-8"))
    assert told(real) == []
    real.write(f"content/{name}.md", text)
    assert told(real) == [(f"content/{name}.md", first_line(text))]


def test_an_article_is_found_under_another_name_and_a_post_under_its_own(real: Project) -> None:
    plan, post = ROOT / "content" / "plan.md", next((ROOT / "content" / "news").glob("2022-*.md"))
    real.write("content/about.md", plan.read_bytes())
    real.write(f"content/news/{post.name}", post.read_bytes())
    assert [path for path, _ in told(real)] == ["content/about.md", f"content/news/{post.name}"]


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text.replace("。", "！"),
        lambda text: text + "\n一句自己的话。\n",
        lambda _: "---\ntitle: 空\n---\n",
    ],
)
def test_a_text_of_ones_own_passes(edit: Callable[[str], str], real: Project) -> None:
    real.write("content/plan.md", edit((ROOT / "content" / "plan.md").read_text(encoding="utf-8")))
    assert told(real) == []


def test_a_picture_is_found_under_any_name(real: Project) -> None:
    picture = next((ROOT / "content" / "pictures").glob("*.jpg"))
    real.write("content/pictures/mine.jpg", picture.read_bytes())
    assert told(real) == [("content/pictures/mine.jpg", 0)]


def test_the_sample_itself_passes_and_a_copy_that_says_it_is_none_does_not(tmp_path: Path) -> None:
    project = Project(copy_project(tmp_path / "copy"))
    assert told(project) == []
    project.replace("data/campaign.yaml", "sample: 是", "sample: 否")
    found = {path.split("/")[0] + "/" + path.split("/")[1] for path, _ in told(project)}
    assert found >= {"content/plan.md", "content/report.md", "content/news", "content/pictures", "data/persons.yaml"}
    assert "data/orgs.yaml" not in found


def test_it_is_told_with_a_warm_cache_and_again(real: Project) -> None:
    assert real.build().findings == ()
    real.write("content/report.md", (ROOT / "content" / "report.md").read_bytes())
    for _ in range(2):
        rules = [one.diagnostic.rule for one in real.build().findings]
        assert rules.count("SRC-15") == 1

"""What is read of a text's file when only a part of it has changed."""

from datetime import date

import pytest
from conftest import Project

from honorroll.incremental.database import Database
from honorroll.inputs import scan
from honorroll.inputs.loader import load
from honorroll.inputs.yaml_reader import YamlReader

POST = "content/news/2022-09-02-first.md"
PAGE = "news/2022-09-02-first.html"


def page(project: Project) -> str:
    assert project.build().counts
    return (project.site / PAGE).read_text(encoding="utf-8")


def test_a_new_end_of_a_text_needs_no_yaml(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    page(project)
    project.write(POST, project.read(POST) + "\n\n又及：雨停了。\n")
    monkeypatch.delattr(YamlReader, "decode")
    assert "又及：雨停了。" in page(project)


def test_a_new_beginning_is_a_new_summary(project: Project) -> None:
    head, _, _ = project.read(POST).partition("\n---\n")
    head = "\n".join(line for line in head.split("\n") if not line.startswith("summary:"))
    for words in ("早上下雨。", "早上放晴。"):
        project.write(POST, f"{head}\n---\n{words}\n\n照常巡逻。\n")
        assert words in page(project).partition("</head>")[0]


def test_new_front_matter_is_read(project: Project) -> None:
    page(project)
    project.replace(POST, "title: ", "title: 新的")
    assert "<title>新的" in page(project)


EDITS: list[dict[str, bytes | tuple[str, str]]] = [
    {POST: ("街上", "路上")},
    {POST: ("title: ", "title: 新")},
    {"content/plan.md": ("title: ", "title: 新"), "data/teams.yaml": ("name: ", "name: 新")},
    {"data/patrols.yaml": ("date: ", "note: 新\n  date: "), "content/news/pic.png": b"other"},
    {"data/campaign.yaml": ("title: ", "title: 新")},
    {POST: ("title: ", "titel: ")},
    {"data/teams.yaml": ("name: ", "name: \0")},
    {"data/teams.yaml": b"- id: t01\n- id: t01\n"},
    {"data/more.yaml": b"[]"},
    {"content/news/second.md": b"---\ntitle: a\ndate: 2022-09-09\n---\n\na\n"},
]


@pytest.mark.parametrize("edits", EDITS, ids=" ".join)
def test_what_is_loaded_again_is_what_loading_all_gives(
    project: Project, edits: dict[str, bytes | tuple[str, str]]
) -> None:
    project.write("content/news/pic.png", b"one")
    database = Database()

    def same() -> None:
        snapshot, day = scan.read(project.root, database)[0], date(2022, 11, 1)
        campaign, problems = load(snapshot, day, database)
        clean, clean_problems = load(snapshot, day)
        assert campaign == clean
        assert problems == clean_problems
        assert (campaign and campaign.fingerprint) == (clean and clean.fingerprint)

    same()
    before = {path: (project.root / path).read_bytes() for path in edits if (project.root / path).exists()}
    for path, edit in edits.items():
        project.write(path, edit) if isinstance(edit, bytes) else project.replace(path, *edit)
    same()
    same()
    for path, content in before.items():
        project.write(path, content)
    same()

"""What is read of a text's file when only a part of it has changed."""

import pytest
from conftest import Project

from honorroll import yaml_source

POST = "content/news/2022-09-02-first.md"
PAGE = "news/2022-09-02-first.html"


def page(project: Project) -> str:
    assert project.build().counts
    return (project.site / PAGE).read_text(encoding="utf-8")


def test_a_new_end_of_a_text_needs_no_yaml(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    page(project)
    project.write(POST, project.read(POST) + "\n\n又及：雨停了。\n")
    monkeypatch.delattr(yaml_source, "decode")
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

"""Links and odd files among the inputs: only what lies in a folder of the project is read through it, with and without a cache."""

import os
import socket
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from conftest import Project
from diagnostics.cases import picture

from honorroll.engine import up_to_date
from honorroll.engine.options import Options

Told = list[tuple[str, str]]


def told(project: Project) -> Told:
    return [(f.diagnostic.rule, f.span.path) for f in project.build().findings]


def linked(path: str, target: str) -> Callable[[Project], None]:
    """Put a link there, in the place of what there is."""

    def put(project: Project) -> None:
        file = project.root / path
        if file.is_dir():
            file.rename(project.root.parent / "aside")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.unlink(missing_ok=True)
        file.symlink_to(target)

    return put


def prepared(project: Project) -> None:
    """What must not be published."""
    for path in (".git/config", ".cache/secret.css", "private/list.txt", "static/.env", "static/x/.key"):
        project.write(path, "SECRET")
    project.write("static/base.css", "a {}")
    project.write("content/pictures/gate.jpg", picture())


#: Links that lead where they must not, and where the finding is.
OUT = {
    "a system folder for static": ("static", "/etc"),
    "a system folder for templates": ("templates", "/etc"),
    "a folder of the project for static": ("static", "private"),
    "the project itself for static": ("static", "."),
    "a folder beside for content": ("content", "../elsewhere"),
    "a folder beside for data": ("data", "../elsewhere"),
    "a folder that is not there": ("static", "nowhere"),
    "git": ("static/config.txt", "../.git/config"),
    "the folder of git": ("static/git", "../.git"),
    "data": ("static/tags.yaml", "../data/tags.yaml"),
    "the folder of data": ("static/data", "../data"),
    "a text": ("static/first.md", "../content/news/2022-09-02-first.md"),
    "the cache": ("static/a.css", "../.cache/secret.css"),
    "private": ("static/a.txt", "../private/list.txt"),
    "private in content": ("content/pictures/a.jpg", "../../private/list.txt"),
    "data in content": ("content/news/a.md", "../../data/tags.yaml"),
    "data in templates": ("templates/a.html", "../data/tags.yaml"),
    "content in data": ("data/teams/a.yaml", "../../content/plan.md"),
    "a hidden file beside": ("static/env.txt", ".env"),
    "a hidden file in a folder": ("static/key.txt", "x/.key"),
    "the folder above": ("static/up", ".."),
    "the folder itself": ("static/self", "."),
    "absolute": ("static/passwd.txt", "/etc/passwd"),
    "a device": ("static/zero.txt", "/dev/zero"),
    "a process": ("static/maps.txt", "/proc/self/environ"),
}


@pytest.mark.parametrize("name", OUT)
@pytest.mark.parametrize("built", [False, True], ids=["cold", "warm"])
def test_a_link_that_leads_out_is_told_and_nothing_published(
    project: Project, name: str, built: bool
) -> None:  # a parameter of the test
    path, target = OUT[name]
    prepared(project)
    (project.root.parent / "elsewhere").mkdir()
    if built:
        assert project.build().counts
    linked(path, target)(project)
    before = project.output() if built else {}
    found = told(project)
    assert ("SRC-03", path) in found
    if "/" in path:
        assert found == [("SRC-03", path)]
    assert told(project) == found
    assert (project.output() if built else {}) == before


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("static/again.css", "base.css"),
        ("static/more/again.css", "../base.css"),
        ("static/again", "x"),
        ("content/pictures/other.jpg", "gate.jpg"),
        ("content/news/pictures", "../pictures"),
        ("data/teams/more.yaml", "../none.yaml"),
    ],
)
def test_a_link_within_its_folder_is_followed(project: Project, path: str, target: str) -> None:
    prepared(project)
    project.write("static/x/plain.txt", "x")
    if target.endswith("none.yaml"):
        project.write("data/spare.md", "")  # what it leads to must be there, and is of no table
        target = "../spare.md"
        linked(path, target)(project)
        assert told(project) == [("SRC-07", "data/spare.md")]
        return
    linked(path, target)(project)
    assert told(project) == []


def fifo(file: Path) -> None:
    os.mkfifo(file)


def listening(file: Path) -> None:
    """A socket; its path must be short, and it stays when it is closed."""
    here = Path.cwd()
    os.chdir(file.parent)
    try:
        with socket.socket(socket.AF_UNIX) as opened:
            opened.bind(file.name)
    finally:
        os.chdir(here)


def link_to_itself(file: Path) -> None:
    file.symlink_to(file.name)


def link_to_nothing(file: Path) -> None:
    file.symlink_to("nothing")


@pytest.mark.parametrize("make", [fifo, listening, link_to_itself, link_to_nothing])
@pytest.mark.parametrize("path", ["static/a.css", "content/news/a.md", "templates/tags.html", "data/teams/a.yaml"])
@pytest.mark.parametrize("built", [False, True], ids=["cold", "warm"])
def test_what_is_no_plain_file_is_told(
    project: Project, make: Callable[[Path], None], path: str, built: bool
) -> None:  # as above
    if built:
        assert project.build().counts
    file = project.write(path, "")
    file.unlink()
    make(file)
    found = told(project)
    assert found == [("SRC-01", path)]
    assert told(project) == found


#: Contents that no template can have, and the rule.
BAD_TEMPLATES = {
    "GBK": ("SRC-05", "<p>标签".encode("gbk")),
    "UTF-16": ("SRC-05", "<p>标签".encode("utf-16")),
    "NUL": ("SRC-08", b"<p>\0"),
    "escape": ("SRC-08", b"<p>\x1b[2J"),
    "cut off": ("SRC-05", "<p>标签".encode()[:-1]),
    "33 MB": ("SRC-02", b"x" * (33 << 20)),
    "300 KB": ("SRC-02", b"{{ page.title }}" * (300 << 6)),
}


@pytest.mark.parametrize("name", BAD_TEMPLATES)
@pytest.mark.parametrize(
    "path", ["templates/tags.html", "templates/base.html", "templates/parts/head.html", "templates/mine.html"]
)
def test_a_template_that_cannot_be_read_has_one_finding_with_and_without_a_cache(
    project: Project, name: str, path: str
) -> None:
    rule, data = BAD_TEMPLATES[name]
    project.write(path, data)
    assert told(project) == [(rule, path)]
    project.remove(path)
    assert project.build().counts
    before = project.output()
    project.write(path, data)
    for _ in range(2):
        assert told(project) == [(rule, path)]
    result = up_to_date.build(Options(root=project.root, out=project.site, today=date(2022, 11, 1)))
    assert [f.diagnostic.rule for f in result.findings] == [rule]
    assert project.output() == before

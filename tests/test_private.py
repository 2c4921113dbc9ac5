"""Private values stay where they are: in `private/`, or, if they stand in the wrong place, out of all that is said of it."""

from pathlib import Path

import pytest
from conftest import Project

from honorroll.cli import commands

ROOT = Path(__file__).parent.parent
CANARIES = {
    "birth_date": "1987-06-05",
    "identity_number": "340503198706052317",
    "telephone": "13855599887",
    "home": "湖东路金丝雀里9号",
}


def run(project: Project, capsys: pytest.CaptureFixture[str], *args: str) -> str:
    """What a run says, whole."""
    commands.main([str(project.root / one) if one.endswith(".html") else one for one in args], project.root)
    said = capsys.readouterr()
    return said.out + said.err


def everything(project: Project) -> bytes:
    """All that a run leaves, beside the inputs."""
    left = [
        path
        for path in project.root.rglob("*")
        if path.is_file() and path.parts[len(project.root.parts)] not in ("private", "data")
    ]
    return b"\n".join(path.read_bytes() + str(path).encode() for path in left)


def plant(project: Project) -> None:
    lines = "".join(f"  {key}: {value}\n" for key, value in CANARIES.items())
    project.write("private/persons.yaml", f"- person: r01\n{lines}")
    project.write("private/broken.yaml", f"[{lines}")
    project.write("private/list.md", f"---\ntitle: {CANARIES['home']}\n---\n{lines}")


@pytest.mark.parametrize(
    "args",
    [
        ("build",),
        ("check", "--json"),
        ("check", "--report", "report.html"),
        ("takedown", "r01", "--write"),
        ("build", "--upcoming", "30"),
    ],
)
def test_what_is_private_is_never_read(
    args: tuple[str, ...], project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    plant(project)
    project.replace("data/teams.yaml", "headcount: 5", "headcount: x") if args[0] == "check" else None
    said = run(project, capsys, *args, *(("--today", "2022-11-01")))
    for canary in CANARIES.values():
        assert canary not in said
        assert canary.encode() not in everything(project)


def test_no_template_reaches_it(project: Project) -> None:
    plant(project)
    project.write(
        "templates/404.html",
        '{% extends "base.html" %}{% block main %}{% include "../private/persons.yaml" %}{% endblock %}',
    )
    assert not project.build().counts
    project.write(
        "templates/404.html",
        '{% extends "base.html" %}{% block main %}{{ asset("../private/persons.yaml") }}{% endblock %}',
    )
    assert not project.build().counts


@pytest.mark.parametrize(
    "form", [(), ("--json",), ("--format", "github"), ("--format", "sarif"), ("--report", "report.html")]
)
def test_no_finding_repeats_a_private_value(
    form: tuple[str, ...], project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = "".join(f"  {key}: {value}\n" for key, value in CANARIES.items())
    project.replace("data/persons.yaml", "  mask: 全名\n", f"  mask: 全名\n{lines}")
    project.write(
        "data/orgs.yaml",
        project.read("data/orgs.yaml")
        + f"- id: {CANARIES['identity_number']}\n  name: x\n  kind: {CANARIES['telephone']}\n",
    )
    project.replace("data/teams.yaml", "headcount: 5", f"headcount: {CANARIES['telephone']}")
    said = run(project, capsys, "check", *form)
    assert "PRV-21" in said
    for canary in CANARIES.values():
        assert canary not in said
        assert canary.encode() not in everything(project)


def test_git_leaves_it_alone(tmp_path: Path) -> None:
    assert "/private/" in (ROOT / ".gitignore").read_text().split()
    assert commands.main(["new", "--sample", str(tmp_path / "fresh")], tmp_path) == commands.FINE
    assert "/private/" in (tmp_path / "fresh" / ".gitignore").read_text().split()

"""The wheel: it carries theme and starter, names all it needs, and builds a site away from the repository."""

import ast
import re
import shutil
import subprocess
import sys
import zipfile
from email.parser import Parser
from importlib.metadata import packages_distributions, requires
from pathlib import Path

import pytest
from reference import FOLDERS, ROOT, TODAY, built, clean_environment, differing, tree

#: What pip says when it cannot fetch hatchling, which builds the wheel.
OFFLINE = re.compile(r"No matching distribution found for hatchling|NewConnectionError|ConnectionError|Name or service")

PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    if subprocess.run([*PIP, "--version"], capture_output=True, check=False).returncode:
        pytest.skip("this Python has no pip")
    command = [*PIP, "--retries", "1", "--timeout", "20", "wheel", str(ROOT), "--no-deps", "--wheel-dir", str(folder)]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)
    if run.returncode and OFFLINE.search(run.stdout + run.stderr):
        pytest.skip("hatchling, which builds the wheel, cannot be fetched: no network?")
    assert run.returncode == 0, run.stdout + run.stderr
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with honorroll alone, as the wheel brings it."""
    target = tmp_path_factory.mktemp("installed")
    command = [*PIP, "install", "--no-deps", "--no-index", "--target", str(target), str(wheel)]
    subprocess.run(command, capture_output=True, check=True)
    return target


def plain(requirement: str) -> str:
    """The package that a requirement names, as the index spells it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", requirement)[0]).lower()


def members(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def test_it_carries_the_program_the_theme_and_the_starter_and_nothing_else(wheel: Path) -> None:
    inside = members(wheel)
    starter = {
        f"honorroll/starter/{path.relative_to(ROOT).as_posix()}": path.read_bytes()
        for folder in (*FOLDERS, ".vscode")
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    }
    program = {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for path in (ROOT / "honorroll").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    brought = {name: data for name, data in inside.items() if ".dist-info/" not in name}
    assert differing(brought, starter | program) == []
    assert len(starter) > 60


def test_it_names_every_package_that_is_imported(wheel: Path) -> None:
    inside = members(wheel)
    (metadata,) = (data.decode() for name, data in inside.items() if name.endswith(".dist-info/METADATA"))
    lines = Parser().parsestr(metadata).get_all("Requires-Dist", [])
    required = {plain(line) for line in lines if "extra ==" not in line}
    optional = {plain(line) for line in lines} - required
    imported = set()
    for name, data in inside.items():
        for node in ast.walk(ast.parse(data)) if name.endswith(".py") else ():
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                imported.add(node.module.partition(".")[0])
    foreign = imported - sys.stdlib_module_names - {"honorroll"}
    assert {"jinja2", "yaml", "msgspec"} <= foreign
    needed = {plain(packages_distributions()[name][0]) for name in foreign}
    # What a required package brings along for its own sake may be used too.
    brought = {plain(line) for name in required for line in requires(name) or () if "extra ==" not in line}
    assert needed <= required | brought | optional
    assert required <= needed


def test_it_says_who_it_is(wheel: Path) -> None:
    inside = members(wheel)
    (entry,) = (data.decode() for name, data in inside.items() if name.endswith("entry_points.txt"))
    assert "honorroll = honorroll.cli:run" in entry
    assert [name for name in inside if name.endswith("LICENSE")]


def test_a_new_project_builds_the_very_site_of_the_repository(installed: Path, tmp_path: Path) -> None:
    program = shutil.which("honorroll", path=str(installed / "bin"))
    assert program
    env = clean_environment(PYTHONPATH=str(installed), PYTHONNOUSERSITE="1")

    def honorroll(folder: Path, *words: str) -> None:
        run = subprocess.run([program, *words], cwd=folder, env=env, capture_output=True, check=False)
        assert run.returncode == 0, run.stderr.decode(errors="replace")

    honorroll(tmp_path, "new", "X", "--sample", "--no-git")
    project = tmp_path / "X"
    assert sorted(path.name for path in project.iterdir()) == [
        ".gitignore",
        ".vscode",
        "README.md",
        "content",
        "data",
        "static",
    ]
    honorroll(project, "build", "--today", TODAY.isoformat())
    assert differing(tree(project / "site"), tree(built())) == []
    assert [*(project / "site" / "static").glob("style.*.css")]


@pytest.mark.parametrize("verb", ["serve", "build", "check", "clean"])
def test_where_there_is_no_project_it_says_so_and_makes_nothing(verb: str, installed: Path, tmp_path: Path) -> None:
    program = shutil.which("honorroll", path=str(installed / "bin"))
    assert program
    env = clean_environment(PYTHONPATH=str(installed), PYTHONNOUSERSITE="1")
    run = subprocess.run([program, verb], cwd=tmp_path, env=env, capture_output=True, check=False, timeout=60)
    assert run.returncode == 2
    assert b"honorroll new" in run.stderr
    assert [*tmp_path.iterdir()] == []


def test_the_installed_program_is_not_that_of_the_repository(installed: Path, tmp_path: Path) -> None:
    code = "import honorroll, honorroll.inputs as s; print(honorroll.__file__); print(s.theme_root())"
    env = clean_environment(PYTHONPATH=str(installed))
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, check=True, text=True
    )
    assert [Path(line).resolve().is_relative_to(installed.resolve()) for line in run.stdout.split("\n")[:2]] == [
        True
    ] * 2

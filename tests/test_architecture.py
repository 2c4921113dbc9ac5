"""What ARCHITECTURE.md promises of the code: faces, and who may print or look at the clock."""

import ast
import sys
from importlib import import_module
from pathlib import Path

import pytest

from honorroll.incremental.program import LIBRARIES

PACKAGE = Path(__file__).parent.parent / "honorroll"
MODULES = sorted(PACKAGE.rglob("*.py"))

OTHERS = [PACKAGE.parent / "build.py", *(PACKAGE.parent / "benchmarks").glob("*.py")]
PACKAGES = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}


def inside(path: Path) -> str:
    """A module's name below the package, with slashes."""
    return path.relative_to(PACKAGE).with_suffix("").as_posix()


@pytest.mark.parametrize("path", MODULES, ids=inside)
def test_a_package_is_used_through_its_face_only(path: Path) -> None:
    """So the face tells what others rely on. That imports point one way is held by import-linter (`pyproject.toml`)."""
    own = inside(path).partition("/")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("honorroll."):
            _, package, *deeper = node.module.split(".")
            assert package == own or package not in PACKAGES or not deeper, (
                f"line {node.lineno}: use honorroll.{package}"
            )


@pytest.mark.parametrize("name", sorted(PACKAGES))
def test_a_face_names_nothing_that_nobody_uses(name: str) -> None:
    face = PACKAGE / name / "__init__.pyi"
    if face.exists():
        named = {
            alias.name
            for node in ast.parse(face.read_text()).body
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        used = {
            alias.name
            for path in (*MODULES, *OTHERS)
            if path in OTHERS or inside(path).partition("/")[0] != name
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.ImportFrom) and node.module == f"honorroll.{name}"
            for alias in node.names
        }
        assert named - {"main", "run"} == used - {"main", "run"}  # the entry points


@pytest.mark.parametrize(
    "path", [p for p in MODULES if not inside(p).startswith(("cli/", "__main__", "engine/up_to_date"))], ids=inside
)
def test_only_the_command_line_prints_exits_or_knows_the_time(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            assert name not in {"print", "exit", "sys.exit", "click.echo"}
            assert not name.endswith((".now", ".today", ".utcnow", "time.time")), name


def test_models_do_no_input_or_output() -> None:
    for path in (PACKAGE / "model").glob("*.py"):
        modules = {
            (node.module or "") if isinstance(node, ast.ImportFrom) else node.names[0].name
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, (ast.Import, ast.ImportFrom))
        }
        assert not modules & {"os", "pathlib", "io", "sys", "shutil"}


def test_what_is_kept_holds_for_the_libraries_that_have_a_say_in_it() -> None:
    """All but those that only import, show, wait, watch or guess at a misspelt word."""
    found: set[str] = set()
    for path in (
        path
        for path in MODULES
        if not inside(path).startswith(
            (
                "cli/",
                "cluster",
                "deploy/",
                "importer/",
                "new_project/",
                "preview/",
                "filesystem/lock",
                "checks/text_report",
            )
        )
    ):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.partition(".")[0])
    assert found - sys.stdlib_module_names - {"honorroll", "click", "lazy_loader", "rapidfuzz"} == {*LIBRARIES}


@pytest.mark.parametrize("name", sorted(PACKAGES))
def test_all_that_a_face_names_is_there(name: str) -> None:
    package = import_module(f"honorroll.{name}")
    assert all(hasattr(package, each) for each in getattr(package, "__all__", ()))


def test_every_package_is_named_in_the_architecture() -> None:
    told = (PACKAGE.parent / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for name in PACKAGES:
        assert f"{name}/" in told, name

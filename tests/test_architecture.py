"""The house as ARCHITECTURE.md tells it: layers, and who may print or look at the clock."""

import ast
import sys
from pathlib import Path

import pytest

from honorroll.traces import LIBRARIES

PACKAGE = Path(__file__).parent.parent / "honorroll"
MODULES = sorted(PACKAGE.rglob("*.py"))

#: Lowest first: a module imports from its own layer or one below.
LAYERS = (
    (
        "__init__",
        "chinese",
        "collation",
        "commonmark",
        "diagnostics",
        "differences",
        "names",
        "states",
        "urls",
        "contrast",
        "invisible",
        "slips",
        "typeface",
        "words",
    ),
    ("dates",),
    (
        "calendar",
        "catalog",
        "model",
        "front_matter",
        "summaries",
        "yaml_source",
        "spool",
        "template_compiler",
        "template_filters",
    ),
    ("sandbox",),
    ("shelf", "typesetting"),
    ("file_bytes", "file_names", "own_files"),
    ("source",),
    ("traces", "derived", "styles"),
    ("memos",),
    ("variants",),
    ("posters",),
    ("campaign", "inputs", "template_source", "pictures", "schema", "editing", "totals"),
    ("load", "findings", "report", "formats", "progress"),
    ("ledgers", "orders", "sample", "standing", "figures", "prose"),
    ("written",),
    ("markup", "rules", "kept_texts", "texts", "waivers"),
    ("disk", "lock"),
    ("journal",),
    ("changes",),
    ("pages", "visibility", "templates", "publish"),
    ("store", "options"),
    ("search",),
    ("engine",),
    ("pipeline",),
    ("settled", "compliance", "upcoming"),
    ("preview",),
    ("arguments",),
    ("cli",),
    ("__main__",),
)
RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("honorroll"):
            parts = node.module.split(".")
            found |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("honorroll.")}
    return found - {"__version__"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_point_one_way(path: Path) -> None:
    assert room(path) in RANK, f"say in LAYERS where {room(path)} belongs"
    upward = {name for name in imports(path) if RANK[name] > RANK[room(path)]}
    assert not upward


def test_most_files_are_near_a_hundred_lines() -> None:
    lengths = sorted(len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES)
    assert lengths[len(lengths) // 2] <= 130


@pytest.mark.parametrize(
    "path", [p for p in MODULES if room(p) not in {"cli", "arguments", "__main__", "progress", "settled"}], ids=str
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
    """All but those that only show, wait, watch or guess at a misspelt word; pydantic brings the one core that it works with."""
    found: set[str] = set()
    for path in (
        path for path in MODULES if room(path) not in {"arguments", "cli", "lock", "preview", "progress", "report"}
    ):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.partition(".")[0])
    assert found - sys.stdlib_module_names - {"honorroll", "pydantic_core", "rapidfuzz"} == {*LIBRARIES}


def test_every_room_is_named_in_the_architecture() -> None:
    told = (PACKAGE.parent / "ARCHITECTURE.md").read_text(encoding="utf-8")
    small = {"__init__", "__main__", "diagnostics", "catalog", "slips", "progress", "preview"}
    for name in RANK.keys() - small:
        assert f"{name}.py" in told or f"{name}/" in told, name

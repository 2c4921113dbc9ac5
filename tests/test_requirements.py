"""What is installed from elsewhere: each package at one version, by the digests of its files, and under a known licence."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LICENCES = ROOT / "docs" / "licences.md"
LISTS = ["requirements", "requirements-test"]

PINNED = re.compile(
    r"(?P<name>[\w.-]+)(?:\[\w+\])?==(?P<version>[\w.]+)(?: ; [^\\]+)?(?P<digests>(?: \\\n    --hash=sha256:[0-9a-f]{64})+)\n"
)

#: Licences of packages that other platforms than this may need.
ELSEWHERE = {"colorama": "BSD-3-Clause"}

INTRO = """# Licences of what is installed

Every package that `requirements.txt` (to run) and `requirements-test.txt` (to test besides) install, with the licence that it
names itself. `tests/test_requirements.py` writes this page with `--regenerate`. None of it is copied into this project.

| package | licence | for |
|---|---|---|
"""


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned(name: str) -> dict[str, str]:
    """The version of each package in a list, which holds nothing else."""
    text = (ROOT / f"{name}.txt").read_text(encoding="utf-8")
    assert PINNED.sub("", text) == ""
    return {plain(found["name"]): found["version"] for found in PINNED.finditer(text)}


def asked(name: str) -> set[str]:
    lines = (ROOT / f"{name}.in").read_text(encoding="utf-8").splitlines()
    return {plain(line.partition("[")[0]) for line in lines if not line.startswith(("#", "-"))}


def licence(name: str) -> str:
    """The licence that a package names; what it says in many ways, in one."""
    try:
        found = metadata(name)
    except PackageNotFoundError:
        return ELSEWHERE[name]
    classified = [line.rpartition(" :: ")[2] for line in found.get_all("Classifier", []) if line.startswith("License")]
    said = found.get("License-Expression") or (found.get("License") or "").strip()
    return said if said and "\n" not in said and len(said) < 60 else "; ".join(classified) or "?"


@pytest.mark.parametrize("name", LISTS)
def test_every_package_has_one_version_and_digests(name: str) -> None:
    """And no other line, so no option that names an index, and no address."""
    assert len(pinned(name)) > 15


def test_all_that_is_asked_for_is_there_and_tests_run_with_what_users_have() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    ours = project["dependencies"] + extras["office"] + extras["deploy"]
    assert {plain(re.split(r"[^\w.-]", line)[0]) for line in ours} == asked("requirements")
    run, test = map(pinned, LISTS)
    assert asked("requirements") <= run.keys()
    assert asked("requirements-test") <= test.keys()
    assert run.items() <= test.items()


def test_a_compiled_package_is_there_for_all_platforms() -> None:
    """At least Linux, macOS and Windows, of which each has several files."""
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    many = {plain(found["name"]): found["digests"].count("--hash") for found in PINNED.finditer(text)}
    for name in (
        "lightningcss",
        "markupsafe",
        "msgspec",
        "nh3",
        "pillow",
        "pyyaml",
        "rapidfuzz",
        "tornado",
        "watchfiles",
    ):
        assert many[name] >= 6, name


def test_the_licences_are_listed(regenerate: bool) -> None:
    run, test = map(pinned, LISTS)
    rows = [f"| {name} | {licence(name)} | {'running' if name in run else 'tests'} |\n" for name in sorted(test)]
    assert "?" not in "".join(rows)
    if regenerate:
        LICENCES.write_text(INTRO + "".join(rows), encoding="utf-8")
    assert LICENCES.read_text(encoding="utf-8") == INTRO + "".join(rows)


def test_packages_are_listed_with_the_extras_that_others_ask_for() -> None:
    """Else pip looks for their newest version, of which no digest is listed."""
    text = (ROOT / "requirements-test.txt").read_text(encoding="utf-8")
    for name in pinned("requirements-test"):
        try:
            needed = metadata(name).get_all("Requires-Dist", [])
        except PackageNotFoundError:
            continue
        for match in filter(None, (re.match(r"([\w.-]+\[\w+\])(?!.*extra ==)", line) for line in needed)):
            assert f"\n{match[1]}==" in text, f"{name} needs {match[1]}"

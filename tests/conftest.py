"""What all tests share: a small valid project, golden files, and no silent skips."""

import os
import random
import re
import shutil
import tempfile
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import pytest

from honorroll.engine import pipeline
from honorroll.engine.pipeline import Options, Result

TESTS = Path(__file__).parent
MINIMAL = TESTS / "sites" / "minimal"

Case = TypeVar("Case")


@dataclass(frozen=True)
class Project:
    """A project folder that a test edits and builds."""

    root: Path

    @property
    def site(self) -> Path:
        return self.root / "site"

    def write(self, path: str, content: str | bytes) -> Path:
        """Write a file, text as UTF-8 with the line ends as given."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def read(self, path: str) -> str:
        return (self.root / path).read_bytes().decode()

    def replace(self, path: str, old: str, new: str) -> None:
        """Edit a file; `old` must stand in it."""
        text = self.read(path)
        assert old in text, f"{path} has no {old!r}"
        self.write(path, text.replace(old, new))

    def remove(self, path: str) -> None:
        (self.root / path).unlink()

    def build(self, **options: Any) -> Result:
        """Build on 2022-11-01 into `site/`, unless the options say otherwise."""
        defaults: dict[str, Any] = {"root": self.root, "out": self.site, "today": date(2022, 11, 1)}
        return pipeline.build(Options(**defaults | options))

    def check(self, **options: Any) -> Result:
        """Find all faults; write nothing."""
        return self.build(dry=True, **options)

    def output(self, folder: Path | None = None) -> dict[str, bytes]:
        """Every file of the built site."""
        site = folder or self.site
        return {
            path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()
        }


def published(path: str, urls: Iterable[str]) -> str:
    """Among these addresses, that of a style sheet or script, which has its fingerprint in it."""
    stem, dot, suffix = path.rpartition(".")
    (found,) = (url for url in urls if re.fullmatch(rf"{re.escape(stem)}\.[0-9a-f]{{8}}{dot}{suffix}", url))
    return found


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A small valid project, made for this test alone."""
    root = tmp_path / "project"
    shutil.copytree(MINIMAL, root)
    return Project(root)


@pytest.fixture
def served(project: Project) -> Generator[Any]:
    """The preview of the small project."""
    from previewing import serving  # it needs this module

    with serving(project) as running:
        yield running


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Generator[Any]:
    """A preview that no test changes anything of, with an error over its pages."""
    from previewing import TEAMS, serving

    from honorroll.preview.answers import FAULTS

    project = Project(tmp_path_factory.mktemp("quiet") / "project")
    shutil.copytree(MINIMAL, project.root)
    with serving(project) as running:
        project.replace(TEAMS, "headcount: 5", "headcount: <script>alert(1)</script>")
        running.wait(FAULTS, lambda answer: answer.status == 200)
        yield running


@pytest.fixture(scope="session")
def site() -> Any:
    """The built site of the reference campaign, with everything shown."""
    from reference import site  # it reads HTML, which few tests do

    return site()


@pytest.fixture
def regenerate(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be rewritten."""
    return bool(request.config.getoption("--regenerate"))


def sample(cases: Iterable[Case], number: int, name: str) -> list[Case]:
    """So many of many like cases, in their order: others in each run, and all of them with `HONORROLL_ALL=1`.

    For sweeps whose cases nearly always pass or fail together. `name` is the sweep's, so that two do not take the same ones.
    """
    found = [*cases]
    if os.environ.get("HONORROLL_ALL") == "1" or len(found) <= number:
        return found
    chance = random.Random(f"{os.environ['HONORROLL_SEED']} {name}")  # noqa: S311  # not for secrets
    return [found[at] for at in sorted(chance.sample(range(len(found)), number))]


def pytest_report_header() -> str:
    return f"samples of sweeps: HONORROLL_SEED={os.environ['HONORROLL_SEED']} (all cases: HONORROLL_ALL=1)"


def pytest_configure(config: pytest.Config) -> None:
    """Give all processes of a test run one folder in common, and the same samples."""
    if "HONORROLL_SEED" not in os.environ:
        os.environ["HONORROLL_SEED"] = str(random.randrange(10_000))  # noqa: S311  # likewise
        config.add_cleanup(lambda: os.environ.pop("HONORROLL_SEED"))
    if "HONORROLL_SHARED" not in os.environ:
        folder = os.environ["HONORROLL_SHARED"] = tempfile.mkdtemp()
        config.add_cleanup(lambda: shutil.rmtree(folder))
        config.add_cleanup(lambda: os.environ.pop("HONORROLL_SHARED"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regenerate", action="store_true", help="rewrite golden files with what comes out now")


def _as_failure(report: Any) -> Any:
    """Where everything must run, a skipped test is a failed one."""
    if os.environ.get("HONORROLL_REQUIRE_ALL") == "1" and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped although everything must run: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, Any, Any]:
    return _as_failure((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, Any, Any]:
    return _as_failure((yield))

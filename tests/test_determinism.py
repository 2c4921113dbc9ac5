"""The same inputs and the same day give the same bytes, wherever, whenever and by whomever they are built."""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from reference import FOLDERS, ROOT, TODAY, build, copy_project, differing, share_drawings, tree

MINIMAL = Path(__file__).parent / "sites" / "minimal"

#: What `build.py` does, with a project that is not the program's own folder.
START = "import sys, pathlib, honorroll.cli as c; sys.exit(c.main(sys.argv[2:], root=pathlib.Path(sys.argv[1])))"

#: The same, with a pool of processes for any number of texts; says how often it was used.
POOLED = """
import concurrent.futures as futures
import honorroll.parallel as parallel
if __name__ == "__main__":
    import os, sys, pathlib, honorroll.cli as c
    parallel.MANY, Pool, used = 1, futures.ProcessPoolExecutor, []
    futures.ProcessPoolExecutor = lambda jobs, *more: used.append(jobs) or Pool(jobs, *more)
    here, work, done = os.getpid(), parallel._work, []
    def killed(batch):
        done.append(batch)
        if os.getpid() != here and len(done) > 1 and os.environ.get("KILLED"):
            os.kill(os.getpid(), 9)
        return work(batch)
    killed.__module__, killed.__qualname__ = parallel.__name__, "_work"
    parallel._work = killed
    code = c.main(sys.argv[2:], root=pathlib.Path(sys.argv[1]))
    print("pools:", *used)
    sys.exit(code)
"""

#: What has one: posts, articles, texts, words for the search, pages.
POOLS = 5


@dataclass(frozen=True)
class World:
    """Circumstances of a build that must not matter."""

    env: dict[str, str] = field(default_factory=dict)
    flags: tuple[str, ...] = ()
    cwd: str | None = None
    umask: int = 0o022
    seed: int = 0
    options: tuple[str, ...] = ("--jobs", "1")


WORLDS = {
    "yesterday, in the far east, in Turkish": World(
        {"SOURCE_DATE_EPOCH": "0", "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "2"}, seed=2
    ),
    "in the far future, in the west, in old Chinese": World(
        {"SOURCE_DATE_EPOCH": "4102444800", "TZ": "America/Los_Angeles", "LC_ALL": "zh_CN.GB2312"}, seed=3
    ),
    "in a world of ASCII": World(
        {"LC_ALL": "C", "LANG": "", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "TZ": "UTC0"}, umask=0o077, seed=4
    ),
    "in Chinese, from another folder, optimised, with two jobs": World(
        {"LANG": "zh_CN.UTF-8", "TZ": "Asia/Shanghai", "PYTHONHASHSEED": "3"},
        ("-OO", "-X", "utf8"),
        cwd="/",
        umask=0o002,
        seed=5,
        options=("--jobs", "2", "-q", "--lang", "en"),
    ),
}


#: The one in which pictures are drawn anew. That takes longer than all the rest, and depends on Pillow alone.
DRAWN = "in Chinese, from another folder, optimised, with two jobs"


@pytest.fixture(scope="module")
def locales(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The locales that are asked for, where this machine can make them; else their names mean `C`."""
    folder = tmp_path_factory.mktemp("locales")
    program = shutil.which("localedef")
    for name, charset in (("zh_CN", "GB2312"), ("tr_TR", "UTF-8"), ("zh_CN", "UTF-8")) if program else ():
        command = [str(program), "-i", name, "-f", charset, str(folder / f"{name}.{charset}")]
        subprocess.run(command, check=False, capture_output=True)
    return folder


def scattered(target: Path, seed: int) -> Path:
    """A copy of the reference campaign, its files made in another order and at other times."""
    order = random.Random(seed)  # noqa: S311  # not for secrets
    paths = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*")) if path.is_file()]
    order.shuffle(paths)
    for path in paths:
        copy = target / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
        moment = order.randrange(10**9)
        os.utime(copy, (moment, moment))
    return target


def run(
    root: Path, world: World, *options: str, program: tuple[str, ...] = ("-c", START), out: Path | None = None
) -> str:
    """Build in a process of its own; what it printed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON", "TZ"))}
    kept.pop("SOURCE_DATE_EPOCH", None)
    env = kept | {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0"} | world.env
    command = [sys.executable, *world.flags, *program, str(root), "build", "--out", str(out or root / "site")]
    other: dict[str, Any] = {} if sys.platform == "win32" else {"umask": world.umask}
    result = subprocess.run(
        [*command, *world.options, *options], env=env, cwd=world.cwd or root, capture_output=True, check=False, **other
    )
    assert result.returncode == 0, result.stderr.decode(errors="replace")
    return result.stdout.decode(errors="replace")


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The site as it comes out in plain circumstances."""
    root = copy_project(tmp_path_factory.mktemp("usual"))
    run(root, World(), "--today", TODAY.isoformat())
    return tree(root / "site")


@pytest.mark.parametrize("name", WORLDS)
def test_circumstances_do_not_change_a_byte(usual: dict[str, bytes], locales: Path, tmp_path: Path, name: str) -> None:
    world = replace(WORLDS[name], env=WORLDS[name].env | {"LOCPATH": str(locales)})
    root = scattered(tmp_path / "项目 project", world.seed)
    if name != DRAWN:
        share_drawings(root)
    run(root, world, "--today", TODAY.isoformat(), out=tmp_path / "out")
    assert len(usual) > 100
    assert differing(usual, tree(tmp_path / "out")) == []


@pytest.fixture
def pooled(tmp_path: Path) -> tuple[str, ...]:
    """A program that gives even a few items to other processes."""
    program = tmp_path / "pooled.py"
    program.write_text(POOLED, encoding="utf-8")
    return (str(program),)


@pytest.mark.parametrize("env", [{}, {"KILLED": "1"}], ids=["two processes", "killed processes"])
def test_the_number_of_processes_does_not_change_a_byte(
    usual: dict[str, bytes], pooled: tuple[str, ...], tmp_path: Path, env: dict[str, str]
) -> None:
    root = copy_project(tmp_path / "project")
    said = run(root, World(env, options=("--jobs", "2")), "--today", TODAY.isoformat(), program=pooled)
    assert f"pools: {' '.join('2' * POOLS)}" in said
    assert differing(usual, tree(root / "site")) == []


class Shuffled:
    """A folder's entries in an order that no file system promises against."""

    def __init__(self, entries: Iterator[Any], order: random.Random) -> None:
        shuffled = list(entries)
        order.shuffle(shuffled)
        self.entries = iter(shuffled)

    def __enter__(self) -> Iterator[Any]:
        return self.entries

    def __exit__(self, *error: object) -> None:
        pass

    def __iter__(self) -> Iterator[Any]:
        return self.entries

    def __next__(self) -> Any:
        return next(self.entries)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_folders_does_not_change_a_byte(
    usual: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    root = copy_project(tmp_path / "project")
    order = random.Random(seed)  # noqa: S311  # not for secrets
    scandir, listdir = os.scandir, os.listdir
    seen = []

    def scan(path: Any = ".") -> Shuffled:
        seen.append(path)
        with scandir(path) as entries:
            return Shuffled(entries, order)

    def listed(path: Any = ".") -> list[str]:
        names = listdir(path)
        order.shuffle(names)
        return names

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", scan)
        patch.setattr(os, "listdir", listed)
        out = build(root, tmp_path / "out")
    assert len(seen) > 4
    assert differing(usual, tree(out)) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no umask")
@pytest.mark.parametrize("umask", [0o022, 0o027, 0o002])
def test_files_get_the_modes_that_the_umask_asks_for(tmp_path: Path, umask: int) -> None:
    root = shutil.copytree(MINIMAL, tmp_path / "project")
    run(root, World(umask=umask), "--today", "2022-11-01")
    modes = {path.stat().st_mode & 0o777 for path in (root / "site").rglob("*") if path.is_file()}
    assert modes == {0o666 & ~umask}


# The day


FUTURE = "---\ntitle: 明天的事\ndate: 2022-10-15 00:00\nsource: 江城保安协会\n---\n\n明天再说。\n"


def epoch(text: str) -> str:
    """Seconds since 1970 of a moment in UTC."""
    return str(int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()))


@pytest.fixture
def waiting(tmp_path: Path) -> Path:
    """A small project with a post of 15 October 2022."""
    root = shutil.copytree(MINIMAL, tmp_path / "project")
    (root / "content" / "news" / "2022-10-15-later.md").write_text(FUTURE, encoding="utf-8")
    return root


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Kiritimati"])
@pytest.mark.parametrize(("moment", "shown"), [("2022-10-14T15:59:59", False), ("2022-10-14T16:00:00", True)])
def test_without_a_day_the_epoch_decides_by_the_clock_of_china(
    waiting: Path, zone: str, moment: str, *, shown: bool
) -> None:
    run(waiting, World({"SOURCE_DATE_EPOCH": epoch(moment), "TZ": zone}))
    site = tree(waiting / "site")
    assert ("news/2022-10-15-later.html" in site) == shown
    assert any("明天的事".encode() in data for data in site.values()) == shown
    run(waiting, World(), "--today", "2022-10-15" if shown else "2022-10-14", out=waiting / "other")
    assert differing(site, tree(waiting / "other")) == []


def test_without_a_day_and_an_epoch_the_clock_decides(waiting: Path) -> None:
    run(waiting, World())
    assert (waiting / "site" / "news" / "2022-10-15-later.html").is_file()


def test_a_given_day_goes_before_the_epoch(waiting: Path) -> None:
    run(waiting, World({"SOURCE_DATE_EPOCH": epoch("2022-10-20T00:00:00")}), "--today", "2022-10-14")
    assert not (waiting / "site" / "news" / "2022-10-15-later.html").exists()


def test_a_later_build_stamps_no_page_anew(waiting: Path) -> None:
    run(waiting, World(), "--today", "2022-11-01")  # the last phase is over
    before = tree(waiting / "site")
    run(waiting, World(), "--today", "2029-11-01", out=waiting / "later")
    assert differing(before, tree(waiting / "later")) == []

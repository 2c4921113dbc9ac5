"""How long a build takes from the command line: `python benchmarks/run.py [--posts 1000 10000] [--rounds 5]`.

For each size: a clean build, one post edited, a team renamed, nothing changed; the median of
the rounds in seconds of wall time, each as a whole process, and its peak memory in megabytes.
"""

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from corpus import generate

ROOT = Path(__file__).resolve().parent.parent


def run(project: Path) -> float:
    """Seconds of one build."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "honorroll", "-q", "--today", "2023-01-01"]
    subprocess.run(command, cwd=project, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=True)
    return time.perf_counter() - start


def forget(project: Path, _: int) -> None:
    shutil.rmtree(project / "site", ignore_errors=True)
    shutil.rmtree(project / ".cache", ignore_errors=True)


def edit(project: Path, number: int) -> None:
    path = project / "content" / "news" / "p00007.md"
    path.write_text(path.read_text(encoding="utf-8") + f"\n第{number}次修改。\n", encoding="utf-8")


def rename(project: Path, number: int) -> None:
    path = project / "data" / "teams.yaml"
    lines = path.read_text(encoding="utf-8").split("\n")
    lines[1] = f"  name: 改名{number}组"
    path.write_text("\n".join(lines), encoding="utf-8")


def nothing(_: Path, number: int) -> None:
    """What was built rests a moment, so that the file system's clock has moved on."""
    time.sleep(0.1 * (number >= 0))


STEPS: dict[str, Callable[[Path, int], None]] = {
    "clean build": forget,
    "nothing changed": nothing,
    "one post edited": edit,
    "a team renamed": rename,
}


def measure(posts: int, rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        generate(posts, project)
        time.sleep(2.1)
        run(project)
        for name, change in STEPS.items():
            times = []
            for number in range(1 if name == "clean build" else rounds):
                change(project, number)
                time.sleep(0.1)
                times.append(run(project))
            print(f"{posts:>7}  {name:<16} {statistics.median(times):8.3f} s  ({min(times):.3f} to {max(times):.3f})")
            if name == "clean build":
                run(project)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{posts:>7}  {'peak memory':<16} {peak:8.0f} MB  of the largest process so far")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, nargs="+", default=[1000, 10000])
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    for size in given.posts:
        measure(size, given.rounds)

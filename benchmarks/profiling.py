"""The most expensive functions of a build: `python benchmarks/profiling.py [--posts 1000] [--step clean|post|team|nothing]`.

Builds in this process alone, so that all work is seen, and lists the functions that take most time
themselves, in percent of the whole. The profiler makes calls dearer than they are: what is told is where
to look, not how much is won.
"""

import argparse
import cProfile
import os
import sys
import tempfile
from contextlib import redirect_stdout
from pathlib import Path
from types import CodeType

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from corpus import generate
from run import edit, rename

from honorroll.cli.commands import main

BUILD = ["build", "-q", "--jobs", "1", "--today", "2023-01-01"]


def profiled(posts: int, step: str) -> cProfile.Profile:
    """The profile of one step on a campaign of so many posts."""
    profile = cProfile.Profile()
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        generate(posts, project)
        if step != "clean":
            main(BUILD, project)
            if step != "nothing":
                {"post": edit, "team": rename}[step](project, 1).save()
        with redirect_stdout(Path(os.devnull).open("w", encoding="utf-8")):
            profile.runcall(main, BUILD, project)
    return profile


def rows(profile: cProfile.Profile, count: int) -> list[tuple[float, int, str]]:
    """Share of the time in percent, number of calls and name of the most expensive functions."""
    found = sorted(profile.getstats(), key=lambda one: one.inlinetime, reverse=True)
    total = sum(one.inlinetime for one in found)
    return [(100 * one.inlinetime / total, one.callcount, _name(one.code)) for one in found[:count]]


def _name(code: CodeType | str) -> str:
    """Where a function stands; of one of Python's own, what it is called."""
    if isinstance(code, str):
        return code
    return f"{'/'.join(Path(code.co_filename).parts[-3:])}:{code.co_firstlineno} {code.co_name}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=1000)
    parser.add_argument("--step", choices=("clean", "post", "team", "nothing"), default="clean")
    parser.add_argument("--count", type=int, default=10)
    given = parser.parse_args()
    for share, calls, name in rows(profiled(given.posts, given.step), given.count):
        print(f"{share:5.1f} %  {calls:>9} calls  {name}")

"""The first commit of a new project, where Git is there. Nothing outside the folder is changed or asked for."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Literal

#: What became of it: there is no Git, the folder lies in a repository of somebody else, it was made, or Git refused.
Commit = Literal["no git", "inside another", "made", "failed"]

#: Of the environment of a hook or another repository, nothing may lead Git elsewhere.
_FOREIGN = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR", "GIT_PREFIX")


def commit(folder: Path, message: str) -> Commit:
    """Make a repository of the folder, and all that Git does not ignore there its first commit.

    The name of a user who has set none is that of the program, for this commit only.
    """
    if not shutil.which("git"):
        return "no git"
    if _git(folder, "rev-parse", "--is-inside-work-tree")[1].strip() == "true":
        return "inside another"
    who: list[str] = []
    for key, usual in (("user.name", "honorroll"), ("user.email", "honorroll@localhost")):
        if not _git(folder, "config", key)[1].strip():
            who += ["-c", f"{key}={usual}"]
    quiet = ["-c", "commit.gpgsign=false", "-c", "core.safecrlf=false"]
    steps = (
        ["-c", "init.defaultBranch=main", "init", "--quiet", "--template="],
        ["add", "--all"],
        [*who, *quiet, "commit", "--quiet", "--no-verify", "--message", message],
    )
    for step in steps:
        if not _git(folder, *step)[0]:
            return "failed"
    return "made"


def _git(folder: Path, *words: str) -> tuple[bool, str]:
    """Whether it went well, and what it said."""
    env = {name: value for name, value in os.environ.items() if name not in _FOREIGN} | {"GIT_TERMINAL_PROMPT": "0"}
    try:
        done = subprocess.run(  # noqa: S603  # git with words of our own
            ["git", *words],  # noqa: S607  # whichever the user has
            cwd=folder,
            env=env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return False, ""
    return done.returncode == 0, done.stdout.decode("utf-8", "replace")

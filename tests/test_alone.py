"""A build opens no connection and starts no program but this one: another process that looks at the site's files, and a pool that converts texts."""

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Project

ROOT = Path(__file__).parent.parent

#: Runs the command line under an audit hook: Python asks it before any of these, and nobody can take it away again.
WATCHED = """
import os, sys

EVENTS = ("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.spawn", "os.system", "os.fork", "os.startfile", "pty.", "urllib.",
          "http.", "ftplib.", "smtplib.", "webbrowser.")

def is_own(event, values):
    frame = sys._getframe(2)
    while frame:
        if frame.f_globals.get("__name__", "").startswith("multiprocessing."):
            return True  # of this program, from Python's own library
        frame = frame.f_back
    return event == "os.posix_spawn" and values[0] == sys.executable and values[1][3].endswith("incremental/file_stat.py")

def hook(event, values):
    if event.startswith(EVENTS):
        os.write(2, f"{'OWN' if is_own(event, values) else 'FOREIGN'} {event} {values!r}\\n".encode("utf-8", "replace"))

sys.addaudithook(hook)
before = sys.argv.pop(1)
exec(before)
from honorroll.cli import run
from pathlib import Path
raise SystemExit(run(sys.argv[1:], root=Path.cwd()))
"""

#: Lets the small project's few texts and pages go to other processes.
POOL = "import honorroll.parallel as parallel; parallel.MANY = 1"


def watched(project: Project, *arguments: str, before: str = POOL) -> tuple[set[str], list[str]]:
    """The events that are the program's own, and all others."""
    command = [sys.executable, "-c", WATCHED, before, *arguments, "--today", "2022-11-01"]
    done = subprocess.run(
        command, cwd=project.root, env={"PYTHONPATH": str(ROOT)}, capture_output=True, check=False, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    lines = done.stderr.splitlines()
    own = {line.split()[1] for line in lines if line.startswith("OWN ")}
    return own, [line for line in lines if line.startswith("FOREIGN ")]


def test_a_build_and_a_check_are_alone(project: Project) -> None:
    project.replace("data/campaign.yaml", "base_url:", "posters: 是\n  base_url:")
    own, foreign = watched(project, "build", "--jobs", "2")
    assert foreign == []
    assert own  # so the hook sees what there is
    assert project.site.exists()
    project.replace("data/tags.yaml", "巡逻防控", "巡逻")
    project.replace("content/news/2022-09-02-first.md", "巡逻防控", "巡逻")
    for arguments in (["check", "--strict"], ["build", "--verify"], ["build"]):
        assert watched(project, *arguments)[1] == []


@pytest.mark.parametrize(
    "added",
    [
        "subprocess.run([sys.executable, '-c', ''])",
        "os.system('true')",
        "os.posix_spawn('/bin/true', ['true'], {})",
        "socket.socket().connect_ex(('127.0.0.1', 9))",
        "socket.getaddrinfo('127.0.0.1', 80)",
        "socket.socket(socket.AF_UNIX).connect_ex('nowhere')",
        "with contextlib.suppress(OSError): urllib.request.urlopen('http://127.0.0.1:9/')",
    ],
)
def test_one_that_is_added_is_seen(project: Project, added: str) -> None:
    before = f"""
import contextlib, os, socket, subprocess, urllib.request
from honorroll.inputs import scan
read = scan.read
def reading(*values):
    {added}
    return read(*values)
scan.read = reading
"""
    assert watched(project, "check", before=before)[1]

"""`schedule`: the files that deploy a site each day are what cron, systemd and GitHub read, and their commands deploy."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from conftest import Project

from honorroll.cli.commands import main

TARGET = "- {id: web, kind: 文件夹, to: ../www}\n"
#: Minute, hour, day, month, day of the week, command.
CRON = re.compile(r"(?:(?:\*|\*/\d+|\d+) ){5}(\S.*)\n")


@pytest.fixture
def ready(project: Project) -> Project:
    project.write("data/deploy.yaml", TARGET)
    return project


def run(command: str, folder: Path) -> None:
    """Run a command as the machine would, `honorroll` being the program that is tested."""
    command = command.replace("honorroll deploy", f"{sys.executable} -m honorroll deploy")
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)}
    subprocess.run(["sh", "-ec", command], cwd=folder, env=environment, check=True)


def test_the_line_of_cron_deploys(ready: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schedule", "cron", "web"], ready.root) == 0
    found = CRON.fullmatch(capsys.readouterr().out)
    assert found
    run(found[1], tmp_path)
    assert list(ready.root.parent.glob("www/**/index.html"))


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_reads_service_and_timer(ready: Project, tmp_path: Path) -> None:
    assert main(["schedule", "systemd", "web", "--out", str(tmp_path / "units")], ready.root) == 0
    units = sorted(str(path) for path in (tmp_path / "units").iterdir())
    assert [Path(unit).name for unit in units] == ["honorroll-web.service", "honorroll-web.timer"]
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True)  # noqa: PLW1510
    assert "honorroll-web" not in done.stderr
    when = re.search(r"OnCalendar=(.+)", Path(units[1]).read_text("utf-8"))
    assert when
    assert subprocess.run(["systemd-analyze", "calendar", when[1]], capture_output=True).returncode == 0  # noqa: PLW1510


def test_the_workflow_deploys_and_keeps_the_record(
    ready: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["schedule", "actions", "web"], ready.root) == 0
    workflow = yaml.safe_load(capsys.readouterr().out)
    assert workflow[True]["schedule"] == [{"cron": "5 16 * * *"}]  # YAML 1.1 reads `on` so
    run(
        f"git init -q --bare -b main {tmp_path}/origin.git; git init -q -b main .; printf '/site\\n/.cache\\n' > .gitignore",
        ready.root,
    )
    run(
        "git -c user.name=a -c user.email=a@localhost add -A; git -c user.name=a -c user.email=a@localhost commit -qm a",
        ready.root,
    )
    run(f"git remote add origin {tmp_path}/origin.git; git push -qu origin main", ready.root)
    for step in workflow["jobs"]["deploy"]["steps"]:
        if "run" in step and "pip install" not in step["run"]:
            run(step["run"], ready.root)
    told = subprocess.check_output(
        ["git", "-C", f"{tmp_path}/origin.git", "ls-tree", "-r", "--name-only", "main"], text=True
    )
    assert "data/published/0001.txt" in told


def test_a_target_that_there_is_not_is_told(ready: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schedule", "cron", "nowhere"], ready.root) == 2
    assert "nowhere" in capsys.readouterr().err

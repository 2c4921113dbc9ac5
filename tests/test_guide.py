"""The editors' guide from an empty folder to a site: each of its commands is run, in its order, with the files of an office."""

import re
import shlex
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from reference import ROOT, clean_environment

GUIDE = ROOT / "docs" / "editors.zh-CN.md"
OFFICE = ROOT / "tests" / "office"

#: The files that the guide's reader has on the desk.
FILES = {"队伍名单.xlsx": OFFICE / "forty.xlsx", "文稿.docx": OFFICE / "documents" / "report.docx"}
PICTURE = ROOT / "content" / "pictures" / "night-patrol.jpg"

#: What a word of the answer tells that a command has done what the guide says.
SAYS = {
    "new ../": "已在 ",
    "import 队伍名单.xlsx": "新增 ",
    "--to post": "已写入",
    "new post": "已写入 content/news/2026-11-21-xunluo.md",
    "照片.jpg": "已写入",
    "check": "",
    "build": "",
    "status": "草稿“第一天巡逻”",
    "export": "",
    "undo": "",
}


def commands() -> list[str]:
    """Those of the guide that can be run without somebody who answers, in its order."""
    found = re.findall(r"^    (python3 build\.py .+)$", GUIDE.read_text("utf-8"), re.MULTILINE)
    return [line for line in found if not line.endswith(("serve", "new ../江城平安行动"))]


def prepared(folder: Path) -> Path:
    """A desk with the files of an office; what the guide makes comes to stand there."""
    folder.mkdir()
    return folder / "江城平安行动"


def run(command: str, project: Path) -> str:
    """Run a command of the guide where the guide runs it, and give its answer."""
    words = shlex.split(command)[2:]
    words = [str(project) if word.startswith("../") else word for word in words]
    where = project if project.exists() else ROOT
    if project.exists():
        for name, file in FILES.items():
            shutil.copyfile(file, project / name)
        shutil.copyfile(PICTURE, project / "照片.jpg")
    done = subprocess.run(
        [sys.executable, "-m", "honorroll", *words],
        cwd=where,
        env=clean_environment(PYTHONPATH=str(ROOT), PYTHONIOENCODING="utf-8"),
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, (command, done.stdout, done.stderr)
    return done.stdout + done.stderr


@cache
def _verbs() -> list[str]:
    return [command.split()[2] for command in commands()]


def test_the_way_is_whole() -> None:
    assert {"new", "import", "check", "build", "status", "export", "undo"} == {*_verbs()}
    typed = [command for command in commands() if "import 队伍名单" in command and "--write" in command]
    assert len(typed) == 1


def test_each_command_does_what_the_guide_says(tmp_path: Path) -> None:
    project = prepared(tmp_path / "desk")
    for command in commands():
        said = run(command, project)
        expected = next(word for part, word in SAYS.items() if part in command)
        assert expected in said, (command, said)
        if command.endswith("check"):
            assert "检查通过" in said
    teams = (project / "site" / "teams" / "index.html").read_text("utf-8")
    assert teams.count("号巡逻小组") >= 30
    assert "青禾1号巡逻小组" in teams
    news = [*(project / "site" / "news").glob("2026-11-20-kaishi*")]
    assert news


def test_its_pictures_are_there() -> None:
    for name in re.findall(r"\]\((images/[^)]+)\)", GUIDE.read_text("utf-8")):
        assert (GUIDE.parent / name).is_file(), name

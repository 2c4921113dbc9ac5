"""The files of a new project, and how they come into a folder: all, or none."""

import os
import shutil
from collections.abc import Iterable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from honorroll.content import fonts, posters
from honorroll.inputs import theme_root
from honorroll.model import CampaignInfo, Thresholds
from honorroll.new_project.answers import PARTS, Answers

_SKELETON = Path(__file__).parent / "skeleton"

#: Tables that every campaign has.
_ALWAYS = ("orgs", "persons", "consents")

#: What Git keeps of a project: no site, no cache, and nothing private.
_IGNORED = "/site/\n/.cache/\n/private/\n"

_BY_GIT = """- 文件夹由 Git 保管。每做完一件事存一次：`git add -A`，`git commit -m "做了什么"`。
  看存过什么：`git log`；一个文件改坏了、还没有存，退回上次存的样子：`git restore 文件名`；
  退回更早的一次：`git log --oneline 文件名` 找到编号，再 `git restore --source=编号 文件名`。
- Git 只在这台电脑上。另存一份：把整个文件夹拷到移动硬盘，或用 `git push` 推到单位的仓库。"""
_BY_HAND = """- 每周把整个文件夹拷贝一份，文件夹名写上日期，存到移动硬盘。要退回去，就从那一份里把文件拷回来。
  装了 Git 的，可以改由 Git 保管：`git init`，`git add -A`，`git commit -m "第一次"`。"""


class Place(NamedTuple):
    """Where the project will lie, and what runs the program there."""

    folder: Path
    command: str
    program: Path | None
    """What its `build.py` hands over to; none where `command` is one of the system."""
    git: bool


def suggested_limits() -> Mapping[str, str]:
    """The numbers of the sample campaign, as an editor typed them."""
    info = yaml.load((theme_root() / "data" / "campaign.yaml").read_bytes(), yaml.BaseLoader)  # noqa: S506  # the safe one
    limits: dict[str, Any] = info["thresholds"]
    return {name: ",".join(value) if isinstance(value, list) else value for name, value in limits.items()}


def campaign_files(answers: Answers, place: Place) -> dict[str, bytes]:
    """All files of a new campaign, by path."""
    tables = dict.fromkeys((*_ALWAYS, *(table for part in answers.parts for table in PARTS[part][1])))
    ids = [f"o{at}" for at in range(1, len(answers.organisers) + 1)]
    words = {
        "start": answers.start.isoformat(),
        "end": answers.end.isoformat(),
        "notice_end": (answers.end + timedelta(days=14)).isoformat(),
        "year": answers.start.year,
        "organisers": ", ".join(ids),
    }
    files = {f"data/{table}.yaml": _table(table, words) for table in tables}
    files["data/orgs.yaml"] += "".join(
        f"- id: {id}\n  name: {_scalar(org.name)}\n  kind: {org.kind}\n"
        for id, org in zip(ids, answers.organisers, strict=True)
    )
    files["data/campaign.yaml"] = _campaign(answers, ids)
    files["content/news/.gitkeep"] = ""
    made = {path: text.encode() for path, text in files.items()}
    if not fonts.edition():  # a campaign's own is drawn with each build, but for that it takes typefaces
        made["static/share.png"] = posters.share(posters.Card("", "", "", (), posters.Colours(), ""))
    return made | _around(place, answers.title, words["start"])


def sample_files(place: Place) -> dict[str, bytes]:
    """All files of the sample campaign, by path."""
    made = _copied(("content", "data", "static/files"))
    title = yaml.load(made["data/campaign.yaml"], yaml.BaseLoader)["title"]  # noqa: S506  # the safe one
    return made | _around(place, title, "2022-12-10")


def _around(place: Place, title: str, start: object) -> dict[str, bytes]:
    """What stands beside data and content."""
    readme = (_SKELETON / "README.md.txt").read_text(encoding="utf-8")
    values = {"title": title, "command": place.command, "start": start, "git": _BY_GIT if place.git else _BY_HAND}
    made = {"README.md": readme.format(**values).encode(), ".gitignore": _IGNORED.encode(), **_copied((".vscode",))}
    if place.program:
        text = (_SKELETON / "build.py.txt").read_text(encoding="utf-8")
        made["build.py"] = text.format(program=str(place.program), beside=_beside(place.program, place.folder)).encode()
    return made


def _beside(program: Path, folder: Path) -> str:
    try:
        return os.path.relpath(program, folder.resolve())
    except ValueError:  # on another drive
        return str(program)


def _copied(folders: Iterable[str]) -> dict[str, bytes]:
    root = theme_root()
    paths = (path for folder in folders for path in sorted((root / folder).rglob("*")) if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


def _table(name: str, words: Mapping[str, object]) -> str:
    text = (_SKELETON / f"{name}.yaml").read_text(encoding="utf-8").format(**words)
    return f"# yaml-language-server: $schema=../.vscode/schemas/{name}.json\n{text}"


def _scalar(text: str) -> str:
    """A text as one line of YAML."""
    plain: str = yaml.safe_dump(text, allow_unicode=True, width=float("inf"))
    return plain.removesuffix("\n").removesuffix("\n...")


def _campaign(answers: Answers, ids: list[str]) -> str:
    names = "、".join(org.name for org in answers.organisers)
    start, end = answers.start, answers.end
    until = f"{end.year}年" * (end.year != start.year) + f"{end.month}月{end.day}日"
    summary = f"{answers.title}由{names}主办，时间为{start.year}年{start.month}月{start.day}日至{until}。"
    titles = Thresholds.fields()
    limits = [f"  {name}: {value}      # {titles[name].title}" for name, value in answers.limits.items()]
    info = CampaignInfo.fields()
    lines = [
        "# yaml-language-server: $schema=../.vscode/schemas/campaign.json",
        "# 活动信息：名称、起止日期、主办单位、各项标准和联系方式。直接改右边的文字；日期写成 2026-08-20 这样。",
        "",
        f"id: c{start.year}",
        f"title: {_scalar(answers.title)}",
        f"short_title: {_scalar(answers.title)}      # {info['short_title'].title}，可以写短些",
        f"theme: {_scalar(answers.theme or answers.title)}      # {info['theme'].title}，首页的大字",
        f"summary: {_scalar(summary)}",
        f"start: {start}",
        f"end: {end}",
        f"organisers: [{', '.join(ids)}]      # 单位的编号，名称在 orgs.yaml",
        "",
        "site:",
        f"  name: {_scalar(answers.title)}",
        f"  base_url: {_scalar(answers.base_url)}      # 网站的完整地址，以 https:// 开头；还没有就留空",
        "",
        "# 备案号会显示在网页底部；有了就去掉行首的 # 和空格。",
        "# filings:",
        "#   icp: 备案号",
        "",
        "# 公众联系主办单位的办法；有了就去掉行首的 # 和空格。",
        "# contacts:",
        "#   - org: o1",
        "#     phone: 区号-号码",
        "#     mail: 邮箱",
        "",
        "# 各项标准。检查程序和网页都从这里取数。增加了别的队伍或评比，检查会提示还要写哪几项。",
        *(["thresholds:", *limits] if limits else ["# thresholds:"]),
    ]
    return "\n".join(lines) + "\n"


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files into a folder that is empty or not there; after an error nothing of it is left. Raises `OSError`."""
    before = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        for path, data in files.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
    except OSError:
        if before:
            shutil.rmtree(before[-1], ignore_errors=True)
        else:
            for entry in folder.iterdir():
                shutil.rmtree(entry, ignore_errors=True) if entry.is_dir() else entry.unlink(missing_ok=True)
        raise

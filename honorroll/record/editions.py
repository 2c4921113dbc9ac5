"""The files of the record. Each holds what is new (`+`) and gone (`-`) since those before, and their checksum; a change is both.

    # 公布记录 ……
    number: 2
    time: 2022-11-12T09:00:00+08:00
    release: 0007-1f2e3d4c
    target: web
    before: (SHA-256 of the file before, as `sha256sum` tells it)

    - award a01 已授予 2022-09-20 n02
    + award a01 已撤销 2022-11-11 n05

    checksum: (SHA-256 of all lines above)

So a file that was edited, left out or put elsewhere is noticed, but for the last one left out: Git remembers it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from honorroll.diagnostics import Diagnostic, Place
from honorroll.filesystem import Source, atomic
from honorroll.fingerprint import fingerprint
from honorroll.model import Key, Published, Superseded, Told

FOLDER = "data/published"
_NAME = re.compile(rf"{FOLDER}/([0-9]{{4,}})\.txt")
_COMMENT = "# 公布记录：由 deploy 写入，只增不改，请和数据一起保存。 Record of what was published: written by deploy, never edited.\n"
_END = "checksum: "
#: What each file says at its top, in this order, and what may stand there.
_HEAD = {
    "number": r"[1-9][0-9]*",
    "time": r"[0-9]{4}-[0-9]{2}-[0-9]{2}T\S+",
    "release": r"\S+",
    "target": r"\S+",
    "before": r"-|[0-9a-f]{64}",
}
#: Kinds of facts whose earlier values are told to readers.
_KEPT = ("figure", "page")
_SAMPLE = "sample: 是\n"
_FACT = re.compile(r"([+-]) ([a-z]+) (\S+)(?: (.+))?")


class Damaged(NamedTuple):
    """What is wrong with a file, at a line, in Chinese and English."""

    line: int
    why: tuple[str, str]


def edition_path(edition: int) -> str:
    """The file of this number."""
    return f"{FOLDER}/{edition:04}.txt"


def is_edition(path: str) -> bool:
    """Whether a file is one of the record."""
    return _NAME.fullmatch(path) is not None


def read_editions(sources: Iterable[Source]) -> tuple[Published, list[Diagnostic]]:
    """What the files of the record add up to.

    Reports REC-01 for the first file that is not as it was written; what it and those after it say is left out.
    """
    files = sorted((int(found[1]), source) for source in sources if (found := _NAME.fullmatch(source.path)))
    state = _State()
    for number, source in files:
        damaged = state.missing(number) or state.take(source.text)
        if damaged:
            place = Place(source.path, line=damaged.line, column=1)
            zh, en = damaged.why
            return state.published(files), [Diagnostic("REC-01", place, {"why_zh": zh, "why": en})]
    return state.published(files), []


def add_edition(
    root: Path, facts: Mapping[Key, str], moment: datetime, release: str, target: str, *, sample: bool
) -> str:
    """Write a file with what is new since those that are there; nothing where nothing is.

    Returns its path, or an empty string. Raises `OSError`, which is a `FileExistsError` where another deployment has
    just written one; nothing is ever written over.
    """
    files = [Source(f"{FOLDER}/{file.name}", file.read_bytes(), "") for file in (root / FOLDER).glob("*.txt")]
    before, _ = read_editions(files)
    known = {key: told.value for key, told in before.facts.items()} if before.sample is sample else {}
    lines = [*_changes(known, facts)]
    if not lines:
        return ""
    number = before.editions + 1
    values = number, moment.isoformat(timespec="seconds"), release, target, before.checksum or "-"
    head = "".join(f"{name}: {value}\n" for name, value in zip(_HEAD, values, strict=True))
    text = f"{_COMMENT}{head}{_SAMPLE if sample else ''}\n" + "".join(f"{line}\n" for line in lines) + "\n"
    text += f"{_END}{_sum(text)}\n"
    (root / FOLDER).mkdir(parents=True, exist_ok=True)
    atomic.write(str(root / edition_path(number)), text.encode(), sync=True)
    return edition_path(number)


def _changes(before: Mapping[Key, str], after: Mapping[Key, str]) -> Iterator[str]:
    for key in sorted(before.keys() | after.keys()):
        for sign, values in (("-", before), ("+", after)):
            if key in values and before.get(key) != after.get(key):
                yield " ".join((sign, *key, values[key])).rstrip()


def _sum(text: str) -> str:
    return sha256(text.encode()).hexdigest()


class _State:
    """What the files read so far add up to."""

    def __init__(self) -> None:
        self.number, self.day, self.sample, self.checksum = 0, date.min, False, ""
        self.facts: dict[Key, Told] = {}
        self.first: dict[Key, int] = {}
        self.gone: dict[Key, Told] = {}
        self.past: list[Superseded] = []

    def missing(self, number: int) -> Damaged | None:
        """What is wrong where a file has this number and follows the last one."""
        if number == self.number + 1:
            return None
        lost = f"{edition_path(self.number + 1)}"
        return Damaged(1, (f"前面的 {lost} 不见了", f"{lost}, which comes before it, is gone"))

    def take(self, text: str) -> Damaged | None:
        """Add what a file says; what is wrong with it."""
        body, end, checksum = text.rpartition(_END)
        lines = text.split("\n")
        if not end or checksum.strip() != _sum(body):
            at = max(1, text.count("\n", 0, len(body)) + 1) if end else len(lines)
            return Damaged(at, ("内容和文件末尾的校验值不符", "it does not match the checksum at its end"))
        head, values = text.removeprefix(_COMMENT).split("\n"), dict[str, str]()
        for at, (name, form) in enumerate(_HEAD.items()):
            line = head[at] if at < len(head) else ""
            found, value = line.partition(": ")[0] == name, line.partition(": ")[2]
            if not found or not re.fullmatch(form, value):
                return Damaged(at + 2, (f"这一行应当是 {name}", f"this line should be `{name}`"))
            values[name] = value
        if int(values["number"]) != self.number + 1:
            return Damaged(2, ("文件名和里面的编号不一样", "its name and its number differ"))
        if values["before"] != (self.checksum or "-"):
            return Damaged(6, ("上一个文件和当时的不一样", "the file before it is not the one that it followed"))
        try:
            self.day = datetime.fromisoformat(values["time"]).date()
        except ValueError:
            return Damaged(3, ("时间看不懂", "the time is none"))
        sample = f"\n{_SAMPLE}" in text[: text.find("\n\n") + 1]
        if sample is not self.sample:  # a sample was published, and now the campaign itself
            self.facts, self.gone, self.first, self.past, self.sample = {}, {}, {}, [], sample
        self.number, self.checksum = self.number + 1, _sum(text)
        return self._take_facts(lines)

    def _take_facts(self, lines: list[str]) -> Damaged | None:
        for at, line in enumerate(lines, 1):
            if line[:2] not in ("+ ", "- "):
                continue
            found = _FACT.fullmatch(line)
            if not found:
                return Damaged(at, ("这一行看不懂", "this line is no fact"))
            sign, kind, id, value = found[1], found[2], found[3], found[4] or ""
            key, told = (kind, id), Told(value, self.number, at)
            if sign == "+" and key not in self.facts:
                self.facts[key] = told
                self.first.setdefault(key, self.number)
                self.gone.pop(key, None)
            elif sign == "-" and key in self.facts and self.facts[key].value == value:
                del self.facts[key]
                if kind in _KEPT:
                    self.past.append(Superseded(key, value, self.day, self.number, at))
                if kind == "page":
                    self.gone[key] = told
            else:
                return Damaged(at, ("和前面记的对不上", "it does not follow from what is recorded before"))
        return None

    def published(self, files: list[tuple[int, Source]]) -> Published:
        total = fingerprint("".join(f"{source.path} {source.fingerprint}\n" for _, source in files).encode())
        return Published(
            self.number,
            self.day if self.number else None,
            self.sample,
            self.checksum,
            self.facts,
            self.first,
            self.gone,
            tuple(self.past),
            total if files else "",
        )

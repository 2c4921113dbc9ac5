"""The texts of `attacks.txt`, and projects that hold them wherever a record holds a text."""

import re
import shutil
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from conftest import MINIMAL
from reference import copy_project

from honorroll.checks.catalog import RULES
from honorroll.content import markdown
from honorroll.diagnostics import Severity
from honorroll.filesystem import reading
from honorroll.filesystem.hidden_characters import turning
from honorroll.model import DOCUMENTS, TABLES, Many, Record, Scalar
from honorroll.model.campaign import CampaignInfo

FILE = Path(__file__).with_suffix(".txt")

_SIGNS = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "\\": "\\"}

#: Texts that name another record, a file, a rule or a scale, or are compared with the calendar's, and so are checked as such.
_NAMES = {"src", "rule", "record", "logo", "map", "base_url", "url", "id_code", "sort_as", "equipment"}

#: Fields that hold Markdown.
_MARKDOWN = (".story", ".body")

#: What the small project does not say of itself.
_MORE = """
contest_theme: 评比主题
look: {footer: [页脚], links: [{title: 链接, url: "https://example.org/"}]}
license: {name: 许可, url: "https://example.org/"}
filings: {icp: 备案, police: 公安}
waivers: [{rule: CAM-05, reason: 原因, until: 2022-12-31}]
"""


def _plain(line: str) -> str:
    return re.sub(r"\\(?:u(\w{4})|(.))", lambda found: chr(int(found[1], 16)) if found[1] else _SIGNS[found[2]], line)


def _groups() -> dict[str, list[str]]:
    found = defaultdict[str, list[str]](list)
    name = ""
    for line in FILE.read_text(encoding="utf-8").split("\n"):
        if line.startswith("## "):
            name = line[3:].partition(":")[0]
        elif line and name:
            found[name].append(_plain(line))
    return found


#: By their kind.
GROUPS = _groups()
ATTACKS = [attack for group in GROUPS.values() for attack in group]


def is_refused(text: str) -> bool:
    """Whether no text may hold it at all, wherever it stands."""
    return bool(turning(text)) or reading.fault("x", text.encode()) is not None


@cache
def taken() -> list[str]:
    """Those that are not; the formulas first, since they work at the beginning of a text only."""
    return [attack for attack in dict.fromkeys(GROUPS["csv"] + ATTACKS) if not is_refused(attack)]


def in_markdown(attack: str) -> str:
    """A text in which the attack stands in every place that Markdown has."""
    line = attack.replace("\n", " ").replace("\r", " ")
    address = re.sub(r"\s", "", line)
    return "\n\n".join(
        [
            attack,
            f"# {line}",
            f"> {line}",
            f"- {line}\n- [x] {line}",
            f"| {line} | b |\n|---|---|\n| {line} | `{line}` |",
            f"`{line}`",
            f"```{line}\n{line}\n```",
            f"**{line}** ~~{line}~~ _{line}_",
            f'[{line}](https://example.org/ "{line}")',
            f"[x]({address})",
            f"[x](<{line}>)",
            f"<{address}>",
            f"![{line}](p.jpg '{line}')",
            f"![x]({address})",
            f"[y]\n\n[y]: {address} ({line})",
            f"x[^{address}]\n\n[^{address}]: {line}",
            f"{line}\n: {line}",
            f"<b>{line}</b>",
            f"\\{line}",
        ]
    )


def is_publishable(text: str) -> bool:
    """Whether a Markdown text may be published: its links lead somewhere, for instance."""
    outline = markdown.render(text, "content/x.md", "x.html", {}).outline
    rules = [remark.rule for remark in outline.remarks] + [link.rule for link in outline.links]
    return not any(not rule or RULES[rule].severity == Severity.ERROR for rule in rules)


def body() -> str:
    """One Markdown text with all attacks that may stand in one, each in its own block."""
    blocks = [f"{attack}\n\n> {attack}\n\n`{attack}`\n\n## {attack}" for attack in taken()]
    return "\n\n---\n\n".join(block for block in blocks if is_publishable(block))


class _Filled:
    """Puts attacks into raw records: one text stays one text, wherever it stands."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.fields: dict[str, list[str]] = {}
        """By field, the texts that were in it."""

    def values(self, kind: type[Record], raw: Any, name: str, act: Callable[[str, str], str]) -> Any:
        """The record with `act` done on each of its texts."""
        if not isinstance(raw, dict):
            return raw
        fields = kind.fields()
        return {
            key: self._value(fields[key].type, value, f"{name}.{key}", act)
            if key not in _NAMES and key in fields and not fields[key].pattern
            else value
            for key, value in raw.items()
        }

    def _value(self, type: Any, value: Any, name: str, act: Callable[[str, str], str]) -> Any:
        if isinstance(type, Many):
            return [self._value(type.item, each, name, act) for each in value]
        if isinstance(type, Scalar):
            if type.refers == "tags" and act == self.put:
                return self.texts[value]
            return act(name, value) if type.rule in {"SCH-03", "SCH-10"} and not type.refers else value
        return self.values(type, value, name, act) if hasattr(type, "fields") else value

    def note(self, name: str, value: str) -> str:
        """Note that the field holds this text."""
        known = self.fields.setdefault(name, [])
        if value not in known:
            known.append(value)
        return value

    def share(self) -> None:
        """Divide the attacks among the texts of each field. A text of several fields belongs to the one that has fewest."""
        for name, values in sorted(self.fields.items(), key=lambda item: len(item[1])):
            own = [value for value in values if value not in self.texts]
            attacks = [attack for attack in taken() if not name.endswith(_MARKDOWN) or is_publishable(attack)]
            for at, value in enumerate(own):
                text = ("\n\n" if name.endswith(_MARKDOWN) else "　").join(attacks[at :: len(own)])
                self.texts[value] = (
                    f"{value} {text}" if name == "orgs.region" else text
                )  # the map shows it by its first sign

    def put(self, _: str, value: str) -> str:
        """What comes in the place of a text."""
        return self.texts[value]


def fill(root: Path, tables: dict[str, type[Record]], *, texts: bool) -> dict[str, list[str]]:
    """Put attacks into all texts of the project's records; the fields that hold them, with what was in them."""
    filled = _Filled()
    found: list[tuple[Path, type[Record], str, Any, str]] = []
    for name, kind in tables.items():
        for file in [*root.glob(f"data/{name}.yaml"), *root.glob(f"data/{name}/*.yaml")]:
            raw = yaml.load(file.read_bytes(), yaml.CBaseLoader)  # noqa: S506  # it makes no types at all
            found.append((file, kind, name, raw, ""))
    for file in sorted(root.glob("content/**/*.md")) if texts else ():
        _, head, rest = file.read_text("utf-8").split("---\n", 2)
        kind = DOCUMENTS["posts" if "news" in file.parts else "articles"]
        found.append((file, kind, kind.__name__, yaml.load(head, yaml.CBaseLoader), rest))  # noqa: S506  # likewise
    for act in (filled.note, filled.put):
        for file, kind, name, raw, rest in found:
            rows = [filled.values(kind, row, name, act) for row in (raw if isinstance(raw, list) else [raw])]
            text = yaml.dump(
                rows if isinstance(raw, list) else rows[0],
                Dumper=yaml.CSafeDumper,
                allow_unicode=True,
                default_style='"',
                width=10**9,
                sort_keys=False,
            )
            if act == filled.put:
                file.write_text(f"---\n{text}---\n{rest}" if rest else text, encoding="utf-8", newline="\n")
        if act == filled.note:
            filled.share()
    return filled.fields


def attacked_records(root: Path) -> dict[str, list[str]]:
    """The reference campaign with attacks in all records but its own, and in two texts."""
    copy_project(root)
    for name, date in (
        ("content/attacked.md", "updated: 2022-09-16"),
        ("content/news/attacked.md", "date: 2022-09-16 09:00"),
    ):
        (root / name).write_text(f"---\ntitle: 攻击\n{date}\n---\n\n{body()}\n", encoding="utf-8", newline="\n")
    return fill(root, TABLES, texts=True)


def attacked_campaign(root: Path) -> dict[str, list[str]]:
    """The small project with attacks in its campaign's own record."""
    shutil.copytree(MINIMAL, root)
    file = root / "data" / "campaign.yaml"
    told = file.read_text("utf-8").replace("    phone:", "    address: 地址\n    hours: 时间\n    phone:")
    file.write_text(
        told.replace("    title: 巡逻巡查", "    title: 巡逻巡查\n    summary: 说明") + _MORE, encoding="utf-8"
    )
    return fill(root, {"campaign": CampaignInfo}, texts=False)

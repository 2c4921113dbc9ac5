"""A Markdown file's two parts: the YAML between `---` lines, and the text below."""

from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from honorroll.diagnostics import Diagnostic, Keys, Place

#: In how many lines the YAML must have ended.
MAX_LINES = 1_000


class Parts(Struct, frozen=True):
    """The YAML (which starts in line 2) and the text, with the number of its first line."""

    yaml: str
    body: str
    body_line: int


def split(path: str, text: str) -> Parts | Diagnostic:
    """Take a file apart, or say why that cannot be done (FMT-01, FMT-02)."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return Diagnostic("FMT-01", Place(path, line=1, column=1))
    for number, line in enumerate(lines[1:MAX_LINES], start=1):
        if _meant(line):
            return Diagnostic("FMT-02", Place(path, line=number + 1, column=1, length=len(line)))
        if line.rstrip() == "---":
            return Parts("\n".join(lines[1:number]) + "\n", "\n".join(lines[number + 1 :]), number + 2)
    from honorroll.inputs import yaml_hints

    end = next((number for number, line in enumerate(lines[1:MAX_LINES], start=2) if yaml_hints.is_fence(line)), 0)
    return Diagnostic("FMT-02", Place(path, line=end or 1, column=1, length=len(lines[end - 1]) if end else 3))


def body(text: str) -> str:
    """The text below; empty in a file that cannot be taken apart."""
    parts = split("", text)
    return "" if isinstance(parts, Diagnostic) else parts.body


def _meant(line: str) -> bool:
    """Whether a line at the margin is a mistyped `---`: there it would be no YAML. Most are told by their first letter."""
    if line[:1].isascii() and not line.startswith("-"):
        return False
    from honorroll.inputs import yaml_hints

    return yaml_hints.is_fence(line)


class MarkdownReader:
    """Reads what stands in front of a text (a `Reader`)."""

    def __init__(self) -> None:
        """Load the reader of YAML."""
        from honorroll.inputs.yaml_reader import YamlReader  # takes long to load, and mostly nothing is new

        self._yaml = YamlReader()

    def decode(self, path: str, text: str) -> tuple[Any, list[Diagnostic]]:
        """The value of the YAML, and what is wrong with it or with the lines around it."""
        parts = split(path, text)
        if isinstance(parts, Diagnostic):
            return None, [parts]
        value, faults = self._yaml.decode(path, parts.yaml)
        return value, [replace(fault, place=replace(fault.place, line=fault.place.line + 1)) for fault in faults]

    def locate(self, text: str, keys: Keys, on_key: bool) -> tuple[int, int, int]:
        """Where a value of the YAML stands; without YAML, where the text begins."""
        parts = split("", text)
        if isinstance(parts, Diagnostic):
            return 0, 0, 1
        line, column, length = self._yaml.locate(parts.yaml, keys, on_key)
        return line + 1, column, length

    def items(self, text: str) -> tuple[str, ...]:  # noqa: ARG002  # a text is one record
        """None: a file is one record."""
        return ()

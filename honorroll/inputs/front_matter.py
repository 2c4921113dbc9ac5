"""A Markdown file's two parts: the YAML between `---` lines, and the text below."""

from msgspec import Struct
from msgspec.structs import replace

from honorroll.diagnostics import Diagnostic, Place


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
    for number, line in enumerate(lines[1:], start=1):
        if _meant(line):
            return Diagnostic("FMT-02", Place(path, line=number + 1, column=1, length=len(line)))
        if line.rstrip() == "---":
            return Parts("\n".join(lines[1:number]) + "\n", "\n".join(lines[number + 1 :]), number + 2)
    from honorroll.inputs import yaml_hints

    end = next((number for number, line in enumerate(lines[1:], start=2) if yaml_hints.is_fence(line)), 0)
    return Diagnostic("FMT-02", Place(path, line=end or 1, column=1, length=len(lines[end - 1]) if end else 3))


def _meant(line: str) -> bool:
    """Whether a line at the margin is a mistyped `---`: there it would be no YAML. Most are told by their first letter."""
    if line[:1].isascii() and not line.startswith("-"):
        return False
    from honorroll.inputs import yaml_hints

    return yaml_hints.is_fence(line)


def shift(fault: Diagnostic) -> Diagnostic:
    """A YAML fault, found in the front matter, at its line in the whole file."""
    return replace(fault, place=replace(fault.place, line=fault.place.line + 1))

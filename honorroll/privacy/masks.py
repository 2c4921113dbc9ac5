"""Masks in the place of what the gate found: only where that is safe, and every other byte of a file stays."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from honorroll.diagnostics import Diagnostic
from honorroll.filesystem import Snapshot, Source
from honorroll.inputs import front_matter, reader
from honorroll.privacy import identifiers
from honorroll.privacy.found import KINDS, Found
from honorroll.privacy.plain_text import plain

#: Kinds with a mask that everybody knows; a home or a day of birth is better told in other words.
_MASKED = frozenset({"identity", "mobile", "landline", "plate", "card", "paper", "mail", "account"})
#: Fields of data files that hold Markdown.
_MARKDOWN = frozenset({"story", "body"})
_FIELD = re.compile(r"^[ -]*([a-z_]+):", re.MULTILINE)
#: Markup of which one part may not go without the other.
_PAIRS = ("**", "*", "~~", "`", "[", "]", "(", ")", '"', "'")
_FENCE = re.compile(r"^[ >]*(?:```|~~~)", re.MULTILINE)
_IN_ADDRESS = re.compile(r"://\S*$")
_TAG = re.compile(r"<(/?)[A-Za-z][^<>]*>")


class Fix(NamedTuple):
    """A file of a project, as it is and with masks, and how many these are."""

    source: Source
    before: bytes
    after: bytes
    masks: int


def fixes(diagnostics: Iterable[Diagnostic], snapshot: Snapshot) -> list[Fix]:
    """What to write into the files in which the gate found something. What is waived stays."""
    wanted: dict[str, set[tuple[str, int, int]]] = {}
    for one in diagnostics:
        place = one.place
        if place.line and not one.waived and place.path.startswith(("data/", "content/")):
            wanted.setdefault(place.path, set()).add((one.rule, place.line, place.column))
    found = (_fix(snapshot.files[path], spots) for path, spots in wanted.items() if path in snapshot.files)
    return [fix for fix in found if fix]


def _fix(source: Source, wanted: set[tuple[str, int, int]]) -> Fix | None:
    before = source.data
    text = before.decode()
    parts, last, masks = list[str](), 0, 0
    for found, start, end in _safe(text):
        if _is_literal(source.path, text, start):
            continue
        margin = text.rfind("\n", 0, start) + 1
        column = start - max(margin, len(text) - len(text.removeprefix("\ufeff"))) + 1
        if (KINDS[found.kind].rule, text.count("\n", 0, start) + 1, column) in wanted:
            mask = re.sub(r"\*", r"\\*", found.mask) if _is_markdown(source.path, text, start) else found.mask
            parts += [text[last:start], mask]
            last, masks = end, masks + 1
    after = "".join([*parts, text[last:]])
    return Fix(source, before, after.encode(), masks) if masks and _is_whole(source.path, after) else None


def _safe(text: str) -> Iterator[tuple[Found, int, int]]:
    """What may be masked: it is read and leads nowhere, stands in one line, and takes no half of any markup with it."""
    form = plain(text)
    for found in sorted(identifiers.find(form.text), key=lambda one: form.origin(one.start, one.end)):
        start, end = form.origin(found.start, found.end)
        raw = text[start:end]
        tags = [match[1] for match in _TAG.finditer(raw)]
        halves = any(raw.count(sign) % 2 for sign in _PAIRS if sign not in "[]()") or raw.count("[") != raw.count("]")
        if (
            found.kind in _MASKED
            and form.is_read(found.start)
            and not (halves or "\n" in raw or "](" in raw or raw.count("(") != raw.count(")"))
            and tags.count("") == tags.count("/")
        ):
            yield found, start, end


def _is_literal(path: str, text: str, at: int) -> bool:
    """Whether a place is inside of code or of an address, where a mask would be wrong or lead nowhere."""
    before = text[text.rfind("\n", 0, at) + 1 : at]
    fences = _FENCE.findall(text, 0, at)
    is_indented = path.endswith(".md") and before.startswith(("    ", "\t"))
    in_code = before.count("`") % 2 or is_indented or len(fences) % 2
    return bool(in_code or _IN_ADDRESS.search(before))


def _is_markdown(path: str, text: str, at: int) -> bool:
    """Whether stars are markup there."""
    if path.endswith(".md"):
        parts = front_matter.split(path, text.removeprefix("\ufeff").replace("\r\n", "\n"))
        return isinstance(parts, Diagnostic) or text.count("\n", 0, at) + 1 >= parts.body_line
    fields = _FIELD.findall(text, 0, at)
    return bool(fields) and fields[-1] in _MARKDOWN


def _is_whole(path: str, text: str) -> bool:
    """Whether a file can still be read."""
    _, faults = reader(path).decode(path, text.removeprefix("\ufeff").replace("\r\n", "\n"))
    return not faults

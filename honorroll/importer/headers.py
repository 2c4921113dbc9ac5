"""Where in a sheet the table stands, of which kind it is, and what its columns mean."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from honorroll.fingerprint import fingerprint
from honorroll.importer import kinds
from honorroll.importer.cells import text
from honorroll.importer.remarks import Remark
from honorroll.importer.workbooks import Sheet

#: Titles, notes and addressees may stand above a header, in rows.
_ABOVE = 30
#: The mapping of a column that a person wants left out.
SKIP = "-"
#: Sheets that an export adds; the first cell of each says so.
OWN_SHEETS = ("填写说明", "下拉选项")


class Known(Struct, frozen=True):
    """What a person chose for sheets with these headers."""

    kind: str
    columns: Mapping[str, str]
    """By header: the key of a column, or `SKIP`."""


class Found(Struct):
    """A table in a sheet."""

    sheet: Sheet
    kind: str
    form: str
    """Fingerprint of its headers."""
    first: int
    """The first row below the header, from 0."""
    headers: dict[int, str]
    """By column: what stands above it."""
    mapped: dict[int, str]
    """By column: the key of the column of the kind."""
    left: list[int] = field(default_factory=list)
    """Columns that nobody knows yet."""
    skipped: list[int] = field(default_factory=list)
    top: int = 0
    """The first row of the header, from 0."""
    chosen: dict[str, str] = field(default_factory=dict)
    """What a person chose in this run, by header."""
    is_asked: bool = False
    """Whether a person named the kind."""
    passed: int = -1
    """The row of a header above, whose rows are not read; negative for none."""


class Choices(Struct, frozen=True):
    """What the person who runs it has said."""

    kind: str = ""
    mapped: Mapping[str, str] = {}
    """By plain header: a key, a title, or `SKIP`."""
    known: Mapping[str, Known] = {}
    """By the fingerprint of headers: what was chosen before."""


def find(sheet: Sheet, choices: Choices) -> Found | Remark | None:
    """The table of a sheet; a remark where there is none that is understood, nothing where the sheet is empty."""
    if sheet.name in OWN_SHEETS and sheet.rows and text(next(iter(sheet.rows[0]), "")) == sheet.name:
        return None
    top = [row for row in range(min(_ABOVE, len(sheet.rows))) if any(text(value) for value in sheet.rows[row])]
    if not top:
        return None
    candidates: list[tuple[float, Found]] = []
    title = f"{sheet.name} {' '.join(text(v) for row in top[:3] for v in sheet.rows[row][:3])[:80]} {sheet.file}"
    for row in top:
        for headers, first in _headers(sheet, row):
            candidates += _as_kinds(sheet, row, first, headers, title, choices)
    if not candidates and choices.kind:
        candidates = [(0, _as_asked(sheet, top, choices))]
    if not candidates:
        return Remark("im_no_table", {"kind": choices.kind} if choices.kind else {}, sheet.file, sheet.name)
    candidates.sort(key=lambda one: -one[0])
    score, best = candidates[0]
    rival = next((one for other, one in candidates if one.kind != best.kind and other > score - 0.5), None)
    if rival and not choices.kind:
        kinds_told = {"kinds": (best.kind, rival.kind)}
        return Remark("im_two_kinds", kinds_told, sheet.file, sheet.name)
    best.passed = min((one.top for _, one in candidates if one.first < best.top), default=-1)
    return best


def _as_asked(sheet: Sheet, top: Sequence[int], choices: Choices) -> Found:
    """A table of the kind that a person named, with headers that nobody knows: the row with the most words holds them."""
    row = max(top, key=lambda at: (sum(isinstance(value, str) and bool(text(value)) for value in sheet.rows[at]), -at))
    headers = {at: [found] for at, value in enumerate(sheet.rows[row]) if (found := text(value))}
    joined = {at: words[0] for at, words in headers.items()}
    mapped, left, skipped, chosen = _mapped(choices.kind, headers, joined, choices.known.get(_form(joined)), choices)
    return Found(sheet, choices.kind, _form(joined), row + 1, joined, mapped, left, skipped, row, chosen, is_asked=True)


def _form(joined: Mapping[int, str]) -> str:
    """Fingerprint of headers."""
    return fingerprint("\n".join(map(kinds.plain_header, joined.values())).encode())[:16]


def _headers(sheet: Sheet, row: int) -> Iterator[tuple[dict[int, list[str]], int]]:  # noqa: C901  # a rule a line
    """What a header that begins in a row would say by column, from the outermost; and the row below it."""
    upper = {at: found for at, value in enumerate(sheet.rows[row]) if (found := text(value))}
    if len(upper) < 2:
        return
    yield {at: [found] for at, found in upper.items()}, row + 1
    if row + 1 >= len(sheet.rows):
        return
    spans = {at: at for at in upper}
    tall = set[int]()
    for (r0, c0), (r1, c1) in sheet.merged:
        if r0 == row and c0 in upper:
            spans |= dict.fromkeys(range(c0, c1 + 1), c0)
            tall |= {*range(c0, c1 + 1)} if r1 > row else set()
    below = {at: found for at, value in enumerate(sheet.rows[row + 1]) if at not in tall and (found := text(value))}
    if not below or any(_is_value(sheet.rows[row + 1][at]) for at in below):
        return
    if not sheet.merged:  # a CSV tells no spans: a heading reaches over the blanks that follow it
        last = -1
        for at in range(max(below) + 1):
            last = at if at in upper else last
            if at in below and last >= 0:
                spans.setdefault(at, last)
    if not any(at not in upper or at not in below for at in {*upper, *below}):
        return
    both = {at: [upper[spans[at]]] if at in spans and spans[at] in upper else [] for at in {*upper, *below}}
    for at, found in below.items():
        both[at] = [*both.get(at, []), found]
    yield both, row + 2


def _is_value(value: Any) -> bool:
    return not isinstance(value, str) or bool(re.fullmatch(r"[\d.,:/年月日\-]+", value.strip()))


def _as_kinds(
    sheet: Sheet, row: int, first: int, headers: Mapping[int, list[str]], title: str, choices: Choices
) -> Iterator[tuple[float, Found]]:
    joined = {at: " ".join(dict.fromkeys(words)) for at, words in sorted(headers.items()) if words}
    form = _form(joined)
    known = choices.known.get(form)
    asked = choices.kind or (known.kind if known else "")
    for kind in (asked,) if asked else kinds.KINDS:
        mapped, left, skipped, chosen = _mapped(kind, headers, joined, known, choices)
        keys = {*mapped.values()}
        share = len(keys) / len(joined)
        wanted = 2 if asked else 3 if len(joined) > 2 else 2
        if (
            len(keys) < min(wanted, len(joined))
            or share < 0.3
            or not (kinds.is_of(kind, keys) or (asked and share > 0.5))
        ):
            continue
        needed = {key for key, column in kinds.columns(kind).items() if column.field.required and "." not in key} - {
            "id"
        }
        said = sum(1.5 for word in kinds.TITLES[kind] if word in title)
        if kind in kinds.BY_TITLE and not (asked or said):
            continue
        score = len(keys) + 2 * len(needed & keys) / max(1, len(needed)) + min(said, 3) + (100 if known else 0)
        score -= 0.01 * row
        yield score, Found(sheet, kind, form, first, joined, mapped, left, skipped, row, chosen, bool(choices.kind))


def _mapped(
    kind: str, headers: Mapping[int, list[str]], joined: Mapping[int, str], known: Known | None, choices: Choices
) -> tuple[dict[int, str], list[int], list[int], dict[str, str]]:
    """What the columns mean; which nobody knows, which are left out on purpose, and what was chosen in this run."""
    mapped: dict[int, str] = {}
    left, skipped, now = list[int](), list[int](), dict[str, str]()
    said = {at: _said(kind, [header, *headers[at]], choices) for at, header in joined.items()}
    chosen = {at: word or (known.columns.get(joined[at], "") if known else "") for at, word in said.items()}
    for at in sorted(joined, key=lambda at: not chosen[at]):  # what a person chose comes before what is guessed
        words = headers[at]
        if said[at]:
            now[joined[at]] = said[at]
        key = chosen[at] or _guess(kind, words)
        if key == SKIP or (not key and kinds.plain_header(words[-1]) in kinds.UNHEEDED):
            skipped.append(at)
        elif not key or key in mapped.values():
            left.append(at)
        else:
            mapped[at] = key
    return dict(sorted(mapped.items())), sorted(left), skipped, now


def _guess(kind: str, words: Sequence[str]) -> str:
    return next(filter(None, (kinds.meant(kind, form) for form in _forms(words))), "")


def _forms(words: Sequence[str]) -> Iterator[str]:
    """The last word tells most; then all of them together, and the one above."""
    yield words[-1]
    yield "".join(words)
    yield from re.split(r"[/／或]", words[-1])[:2] if re.search(r"[/／或]", words[-1]) else ()
    yield from reversed(words[:-1])


def _said(kind: str, headers: Sequence[str], choices: Choices) -> str:
    for header in headers:
        said = choices.mapped.get(kinds.plain_header(header))
        if said:
            return said if said == SKIP or said in kinds.columns(kind) else kinds.meant(kind, said)
    return ""


def open_columns(found: Found) -> list[int]:
    """Columns that nobody knows and that hold something that is not private: a person may say what they mean."""
    from honorroll.importer import private_cells

    asked = list[int]()
    for at in found.left:
        values = [row[at] for row in found.sheet.rows[found.first :] if at < len(row) and row[at] not in ("", None)]
        if values and not private_cells.is_header(found.headers[at]) and not private_cells.found(values):
            asked.append(at)
    return asked


def examples(found: Found, at: int) -> list[str]:
    """The first values of a column, for people."""
    rows = found.sheet.rows[found.first : found.first + 20]
    values = [text(row[at])[:20] for row in rows if at < len(row)]
    return [*dict.fromkeys(filter(None, values))][:3]


def choose(found: Found, at: int, key: str) -> None:
    """Take a person's word for a column."""
    found.left.remove(at)
    found.chosen[found.headers[at]] = key
    if key == SKIP:
        found.skipped.append(at)
    else:
        found.mapped[at] = key

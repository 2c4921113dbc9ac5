"""What a workbook holds beside the values that the eye sees: hidden parts, comments, errors, formulas without a value.

`python-calamine` reads values alone, and `openpyxl` knows the rest only by building a whole workbook of objects: 4.7 s for 50,000
rows of six cells, where reading the XML as a stream takes 2.1 s, and 1.0 s where it holds nothing but values. `xlrd` tells it of `.xls`.
"""

import re
from collections.abc import Callable, Iterator
from io import BytesIO, StringIO
from posixpath import dirname, join, normpath
from typing import Any
from xml.parsers import expat
from zipfile import ZipFile

from msgspec import Struct, field

#: The largest XML of a workbook that is read, unpacked, in bytes: sixty times what 50,000 rows take.
MAX_UNPACKED = 512 << 20


class TooLargeError(Exception):
    """A workbook that would fill the memory."""


class Unseen(Struct):
    """Of one sheet. Rows and columns count from 0."""

    rows: set[int] = field(default_factory=set)
    """Hidden rows that hold something."""
    columns: set[int] = field(default_factory=set)
    comments: list[tuple[int, int]] = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    """Cells with an error, such as `#REF!`."""
    unsaved: set[tuple[int, int]] = field(default_factory=set)
    """Formulas whose value was not saved with them."""
    merged: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)
    """Only of `.ods`; of others, calamine tells."""
    end: tuple[int, int] = (0, 0)
    """The last row and column that hold something."""


class Beside(Struct):
    """Of a workbook."""

    sheets: dict[str, Unseen] = field(default_factory=dict)
    is_1904: bool = False
    has_macros: bool = False


def of_xlsx(data: bytes) -> Beside:  # noqa: C901  # one decision a part of the package
    """What is beside the values of an `.xlsx` or `.xlsm`.

    Raises:
        TooLargeError: it would fill the memory.
        ExpatError, KeyError, ValueError, BadZipFile: it is damaged.
    """
    with ZipFile(BytesIO(data)) as archive:
        names = {name.lower(): name for name in archive.namelist()}
        _check_size(archive)

        def read(path: str) -> bytes:
            return archive.read(names[path.lower()])

        found = Beside(has_macros="xl/vbaproject.bin" in names)
        sheets: list[tuple[str, str]] = []

        def workbook(name: str, attributes: dict[str, str]) -> None:
            if name == "workbookPr":
                found.is_1904 = attributes.get("date1904") in {"1", "true"}
            elif name == "sheet":
                sheets.append((attributes["name"], attributes.get("id", "")))

        _parse(read("xl/workbook.xml"), workbook)
        targets = _relations(read("xl/_rels/workbook.xml.rels"), "xl")
        for title, id in sheets:
            path = targets[id][1]
            if path.lower() not in names:
                continue
            unseen = found.sheets[title] = Unseen()
            with archive.open(names[path.lower()]) as file:
                if not _is_plain(file, unseen):
                    file.seek(0)
                    _sheet(file, unseen)
            rels = f"{dirname(path)}/_rels/{path.rpartition('/')[2]}.rels"
            if rels.lower() in names:
                for kind, target in _relations(read(rels), dirname(path)).values():
                    if kind.endswith(("/comments", "/threadedComment")) and target.lower() in names:
                        _comments(read(target), unseen)
        return found


def _check_size(archive: ZipFile) -> None:
    texts = [info for info in archive.infolist() if info.filename.lower().endswith((".xml", ".rels"))]
    if sum(info.file_size for info in texts) > MAX_UNPACKED:
        raise TooLargeError


def _relations(data: bytes, folder: str) -> dict[str, tuple[str, str]]:
    """By id: type and path of what a part of the package names."""
    found: dict[str, tuple[str, str]] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
            found[attributes["Id"]] = attributes.get("Type", ""), path

    _parse(data, start)
    return found


#: What a sheet has, in any order of attributes, that has more than values.
_MORE = re.compile(rb"hidden|=[\"']e[\"']|<f|<\w+:|\sht=[\"']0|\swidth=[\"']0|<!")
_CELLS, _ROWS = re.compile(rb"<c [^>]*?r=\"([A-Z]{1,3})[0-9]"), re.compile(rb"<row [^>]*?r=\"([0-9]{1,7})\"")
#: A larger sheet is not held in memory for a quick look, in bytes; and more cells need a closer one.
_QUICK, _CELLS_AT_ONCE = 64 << 20, 4_000_000


def _is_plain(file: Any, unseen: Unseen) -> bool:
    """Whether a sheet holds values and nothing else: three times as fast as to walk through it. Notes its end."""
    data = file.read(_QUICK)
    if len(data) == _QUICK or _MORE.search(data):
        return False
    cells, rows = _CELLS.findall(data), _ROWS.findall(data)
    if data.count(b"<row ") != len(rows) or data.count(b"<c ") != len(cells):
        return False  # some do not say where they stand
    unseen.end = (
        max(map(int, rows), default=1) - 1,
        max((_position(f"{name.decode()}1")[1] for name in {*cells}), default=0),
    )
    return (unseen.end[0] + 1) * (unseen.end[1] + 1) <= _CELLS_AT_ONCE


def _sheet(file: Any, unseen: Unseen) -> None:  # noqa: C901  # one decision an element
    """Walk through the cells of a sheet; `state` is what the walk has come to."""
    row, column, kind, text = -1, -1, "", ""
    has_formula = has_value = is_hidden = in_value = is_error = False
    spans: list[tuple[int, int]] = []
    columns: dict[str, int] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal row, column, kind, text, has_formula, has_value, is_hidden, in_value, is_error
        if name == "c":
            column, kind, text, has_formula, has_value = column + 1, attributes.get("t", ""), "", False, False
            if "r" in attributes:
                letters = attributes["r"].rstrip("0123456789")
                if letters not in columns:
                    columns[letters] = _position(f"{letters}1")[1]
                column = columns[letters]
        elif name == "f":
            has_formula = True
        elif name in {"v", "is"}:
            in_value, is_error, has_value = name == "v", kind == "e", name == "is" or has_value
        elif name == "row":
            row, column = int(attributes.get("r", row + 2)) - 1, -1
            is_hidden = attributes.get("hidden") in {"1", "true"} or attributes.get("ht") in {"0", "0.0"}
        elif name == "col" and (attributes.get("hidden") in {"1", "true"} or attributes.get("width") in {"0", "0.0"}):
            spans.append((int(attributes["min"]) - 1, int(attributes["max"])))

    def end(name: str) -> None:
        nonlocal in_value
        if name == "c":
            if has_formula and not has_value:
                unseen.unsaved.add((row, column))
            if has_value:
                if row > unseen.end[0] or column > unseen.end[1]:
                    unseen.end = max(unseen.end[0], row), max(unseen.end[1], column)
                if is_hidden:
                    unseen.rows.add(row)
                if kind == "e":
                    unseen.errors[row, column] = text or "#?"
        elif name == "v":
            in_value = False

    def data(characters: str) -> None:
        nonlocal text, has_value
        has_value = has_value or (in_value and bool(characters))
        if in_value and is_error:
            text += characters

    _parse(file, start, end, data)
    for first, last in spans:
        unseen.columns |= {*range(first, min(last, unseen.end[1] + 1))}


def _comments(data: bytes, unseen: Unseen) -> None:
    def start(name: str, attributes: dict[str, str]) -> None:
        if name in {"comment", "threadedComment"} and "ref" in attributes:
            at = _position(attributes["ref"])
            if at not in unseen.comments:
                unseen.comments.append(at)

    _parse(data, start)


def _position(cell: str) -> tuple[int, int]:
    match = re.fullmatch(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})", cell, re.ASCII)
    if not match:
        raise ValueError(cell)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def of_ods(data: bytes) -> Beside:
    """What is beside the values of an `.ods`. Raises the same as `of_xlsx`."""
    with ZipFile(BytesIO(data)) as archive:
        _check_size(archive)
        found, walk = Beside(), _OdsWalk()
        _parse(archive.read("content.xml"), walk.start, walk.end, walk.data)
        found.sheets = walk.sheets
        return found


class _OdsWalk:
    """Rows and columns that are alike are written once, with a number."""

    def __init__(self) -> None:
        self.sheets: dict[str, Unseen] = {}
        self._unseen = Unseen()
        self._row = self._column = self._at = 0
        self._rows = self._columns = 1
        self._hidden = self._filled = self._noted = self._faulty = False
        self._span = (1, 1)
        self._text = ""
        self._spans: list[tuple[int, int]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table":
            self._unseen = self.sheets[attributes.get("name", "")] = Unseen()
            self._row = self._at = 0
            self._spans = []
        elif name == "table-column":
            number = int(attributes.get("number-columns-repeated", "1"))
            if attributes.get("visibility") in {"collapse", "filter"}:
                self._spans.append((self._at, self._at + number))
            self._at += number
        elif name == "table-row":
            self._rows, self._column = int(attributes.get("number-rows-repeated", "1")), 0
            self._hidden = attributes.get("visibility") in {"collapse", "filter"}
        elif name in {"table-cell", "covered-table-cell"}:
            self._columns = int(attributes.get("number-columns-repeated", "1"))
            self._filled, self._noted, self._text = "value-type" in attributes, False, ""
            self._faulty = attributes.get("value-type") == "error"
            self._span = (
                int(attributes.get("number-rows-spanned", "1")),
                int(attributes.get("number-columns-spanned", "1")),
            )
        elif name == "annotation":
            self._noted = True

    def end(self, name: str) -> None:
        if name in {"table-cell", "covered-table-cell"}:
            here = self._row, self._column
            if self._filled:
                last = self._row + self._rows - 1, self._column + self._columns - 1
                self._unseen.end = max(self._unseen.end[0], last[0]), max(self._unseen.end[1], last[1])
                if self._hidden:
                    self._unseen.rows |= {*range(self._row, last[0] + 1)}
            if self._faulty or self._text.startswith(("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "Err:")):
                self._unseen.errors[here] = self._text or "#?"
            if self._noted:
                self._unseen.comments.append(here)
            if self._span != (1, 1):
                self._unseen.merged.append((here, (here[0] + self._span[0] - 1, here[1] + self._span[1] - 1)))
            self._column += self._columns
        elif name == "table-row":
            self._row += self._rows
        elif name == "table":
            for begin, stop in self._spans:
                self._unseen.columns |= {*range(begin, min(stop, self._unseen.end[1] + 1))}

    def data(self, characters: str) -> None:
        if not self._noted and len(self._text) < 20:
            self._text += characters.strip()


def of_xls(data: bytes) -> Beside | None:
    """What is beside the values of an `.xls`; none where that cannot be told."""
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=StringIO())
        found = Beside(is_1904=book.datemode == 1, has_macros=b"_\0V\0B\0A\0_\0P\0R\0O\0J\0E\0C\0T" in data)
        for sheet in book.sheets():
            unseen = found.sheets[sheet.name] = Unseen()
            unseen.columns = {
                at for at, info in sheet.colinfo_map.items() if (info.hidden or not info.width) and at < sheet.ncols
            }
            unseen.rows = {
                at for at, info in sheet.rowinfo_map.items() if info.hidden and at < sheet.nrows and _filled(sheet, at)
            }
            unseen.comments = sorted(sheet.cell_note_map)
            unseen.end = max(0, sheet.nrows - 1), max(0, sheet.ncols - 1)
            unseen.errors = {
                (row, column): xlrd.error_text_from_code.get(int(sheet.cell_value(row, column)), "#?")
                for row in range(sheet.nrows)
                for column, kind in enumerate(sheet.row_types(row))
                if kind == xlrd.XL_CELL_ERROR
            }
    except Exception:  # noqa: BLE001  # it raises anything at files that Excel still reads; the values are read elsewhere
        return None
    return found


def _filled(sheet: Any, row: int) -> bool:
    return any(sheet.row_values(row))


def _parse(
    source: Any,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    data: Callable[[str], None] | None = None,
) -> None:
    """Walk through XML by the local names of elements and attributes. Declarations of entities are refused."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def begin(name: str, attributes: dict[str, str]) -> None:
        if ":" in "".join(attributes):
            attributes = {_local(key): value for key, value in attributes.items()}
        start(_local(name), attributes)

    def refuse(*_: object) -> None:
        raise ValueError("declarations")

    parser.StartElementHandler = begin
    parser.EntityDeclHandler = refuse
    if end:
        parser.EndElementHandler = lambda name: end(_local(name))
    if data:
        parser.CharacterDataHandler = data
    for part in _parts(source):
        parser.Parse(part, False)
    parser.Parse(b"", True)


def _local(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2] if ":" in name else name


def _parts(source: Any) -> Iterator[bytes]:
    if isinstance(source, bytes):
        yield source
        return
    while part := source.read(1 << 20):
        yield part

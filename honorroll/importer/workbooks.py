"""Workbooks and CSV files as rows of values. What a file is, its bytes say; its name may be wrong."""

import csv
import re
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from msgspec import Struct, field

from honorroll.filesystem import size
from honorroll.importer.remarks import Remark, cell_name, column_letters, in_runs

#: The largest file that is read, in bytes, and the most cells that a sheet may span.
MAX_FILE, MAX_CELLS = 32 << 20, 8_000_000

_SUFFIXES = {
    "text": ("csv", "txt", "tsv"),
    "xlsx": ("xlsx", "xlsm", "xltx", "xltm", "et"),
    "xlsb": ("xlsb",),
    "xls": ("xls", "xlt", "et"),
    "ods": ("ods",),
}
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|table|meta|head|\?xml|script|style|div)", re.IGNORECASE
)


class Sheet(Struct):
    """A sheet, without what is hidden unless that was asked for."""

    file: str
    name: str
    rows: list[list[Any]]
    """Values as a program holds them; what is hidden is empty. The first row and column are those of the sheet."""
    merged: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    unsaved: set[tuple[int, int]] = field(default_factory=set)
    is_1904: bool = False


class Book(Struct):
    """What was read of a file, and what is to be told of it first."""

    sheets: list[Sheet]
    remarks: list[Remark]


def kind_of(data: bytes) -> str:
    """What the bytes of a file are.

    Returns:
        `xlsx` (with or without macros), `xlsb`, `xls`, `ods`, `locked` (by a password), `word`, `slides`, `markup`,
        `text`, `empty`, `damaged` (begins like an office's file and is none) or `unknown`.
    """
    if not data.strip(b"\0\r\n\t "):
        return "empty"
    if data.startswith(_ZIP):
        return _in_zip(data)
    if data.startswith(_OLE):
        names = {"locked": "EncryptedPackage", "xls": "Workbook", "word": "WordDocument", "slides": "PowerPoint"}
        for kind, name in names.items():
            if name.encode("utf-16-le") in data:
                return kind
        return "xls" if "Book".encode("utf-16-le") in data else "damaged"
    if _MARKUP.match(data[:400]):
        return "markup"
    return "text" if text_of(data) is not None else "unknown"


def is_sheet(name: str, data: bytes) -> bool:
    """Whether a file is a workbook by its bytes, or is named like a sheet."""
    suffix = name.rpartition(".")[2].lower()
    if suffix in {one for names in _SUFFIXES.values() for one in names} - {"txt"}:
        return True
    kind = kind_of(data[:MAX_FILE])
    return kind in {"xlsx", "xlsb", "xls", "ods"} or (
        kind == "text" and suffix == "txt" and "\t" in (text_of(data) or "")
    )


def _in_zip(data: bytes) -> str:
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = {name.lower() for name in archive.namelist()}
            mime = archive.read("mimetype")[:80] if "mimetype" in names else b""
    except (BadZipFile, OSError, ValueError, KeyError, NotImplementedError, RuntimeError):
        return "damaged"
    if b"spreadsheet" in mime:
        return "ods"
    for kind, start in (
        ("xlsx", "xl/workbook.xml"),
        ("xlsb", "xl/workbook.bin"),
        ("word", "word/"),
        ("slides", "ppt/"),
    ):
        if any(name.startswith(start) for name in names):
            return kind
    return "unknown"


def text_of(data: bytes) -> str | None:
    """The text of a file in UTF-8, UTF-16 or GBK (GB 18030); none where it is no text."""
    codes = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for code in codes:
        try:
            text = data.decode(code)
        except UnicodeDecodeError:
            continue
        return None if re.search(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]", text) else text
    return None


def read_sheets(name: str, data: bytes, *, hidden: bool = False) -> Book | Remark:
    """The sheets of a file, or the one reason why there are none.

    Args:
        name: of the file, for people.
        data: its bytes.
        hidden: whether to read hidden sheets, rows and columns, too.
    """
    if len(data) > MAX_FILE:
        return Remark("im_too_large", {"size": size(len(data)), "limit": size(MAX_FILE)}, name)
    kind = kind_of(data)
    if kind not in {"text", "xlsx", "xlsb", "xls", "ods"}:
        return Remark(f"im_{kind}", {}, name)
    book = _text(name, data) if kind == "text" else _workbook(name, data, kind, hidden=hidden)
    suffix = name.rpartition(".")[2].lower()
    if isinstance(book, Book) and suffix not in _SUFFIXES[kind]:
        book.remarks.insert(0, Remark("im_renamed", {"suffix": suffix, "kind": _SUFFIXES[kind][0]}, name))
    return book


def _workbook(name: str, data: bytes, kind: str, *, hidden: bool) -> Book | Remark:  # noqa: PLR0911  # one a reason
    try:
        import python_calamine as calamine
        import xlrd  # noqa: F401  # wanted for .xls only, but to be told of at once

        from honorroll.importer import unseen
    except ModuleNotFoundError:
        return Remark("im_no_extra", {}, name)
    damaged = Remark("im_damaged", {}, name)
    try:
        beside = {"xlsx": unseen.of_xlsx, "ods": unseen.of_ods, "xls": unseen.of_xls}.get(kind, lambda _: None)(data)
    except unseen.TooLargeError:
        return Remark("im_too_large_inside", {}, name)
    except Exception:  # noqa: BLE001  # a damaged file raises anything; one sentence tells of it
        return damaged
    wide = [sheet for sheet in (beside.sheets.values() if beside else ()) if _span(sheet.end) > MAX_CELLS]
    if wide:
        return Remark("im_too_large_inside", {}, name)
    try:
        with calamine.CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            return _sheets(name, book, beside, hidden=hidden)
    except calamine.PasswordError:
        return Remark("im_locked", {}, name)
    except (calamine.CalamineError, calamine.XmlError, calamine.ZipError, OSError, ValueError):
        return damaged
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # of the library's Rust; it is no Exception
            return damaged
        raise


def _span(end: tuple[int, int]) -> int:
    return (end[0] + 1) * (end[1] + 1)


def _sheets(name: str, book: Any, beside: Any, *, hidden: bool) -> Book:
    found = Book([], [])
    if beside is None:
        found.remarks.append(Remark("im_unseen_unknown", {}, name))
    elif beside.has_macros:
        found.remarks.append(Remark("im_macros", {}, name))
    for at, meta in enumerate(book.sheets_metadata):
        if str(meta.typ).rpartition(".")[2] != "WorkSheet":
            continue
        is_hidden = str(meta.visible).rpartition(".")[2] != "Visible"
        if is_hidden:
            key = "im_hidden_sheet_read" if hidden else "im_hidden_sheet"
            found.remarks.append(Remark(key, {"name": meta.name}, name))
            if not hidden:
                continue
        source = book.get_sheet_by_index(at)
        unseen = beside.sheets.get(meta.name) if beside else None
        sheet = Sheet(name, meta.name, source.to_python(skip_empty_area=False), source.merged_cell_ranges or [])
        found.sheets.append(sheet)
        if unseen:
            sheet.is_1904 = beside.is_1904
            sheet.errors, sheet.unsaved = unseen.errors, unseen.unsaved
            sheet.merged = sheet.merged or unseen.merged
            found.remarks += _told(name, sheet, unseen, hidden=hidden)
            if not hidden:
                _leave_out(sheet, unseen)
    return found


def _told(name: str, sheet: Sheet, unseen: Any, *, hidden: bool) -> Iterator[Remark]:
    if unseen.rows:
        rows = in_runs([row + 1 for row in unseen.rows])
        key = "im_hidden_rows_read" if hidden else "im_hidden_rows"
        yield Remark(key, {"number": len(unseen.rows), "rows": rows}, name, sheet.name)
    if unseen.columns:
        columns = "、".join(column_letters(column) for column in sorted(unseen.columns)[:20])
        yield Remark(
            "im_hidden_columns_read" if hidden else "im_hidden_columns", {"columns": columns}, name, sheet.name
        )
    if unseen.comments:
        cells = "、".join(cell_name(*at) for at in unseen.comments[:8]) + ("…" if len(unseen.comments) > 8 else "")
        yield Remark("im_comments", {"number": len(unseen.comments), "cells": cells}, name, sheet.name)


def _leave_out(sheet: Sheet, unseen: Any) -> None:
    """Empty what is hidden, so that all else keeps its place."""
    for row in unseen.rows:
        if row < len(sheet.rows):
            sheet.rows[row] = [""] * len(sheet.rows[row])
    for row_values in sheet.rows if unseen.columns else ():
        for column in unseen.columns:
            if column < len(row_values):
                row_values[column] = ""
    sheet.errors = {
        at: one for at, one in sheet.errors.items() if at[0] not in unseen.rows and at[1] not in unseen.columns
    }
    sheet.unsaved = {at for at in sheet.unsaved if at[0] not in unseen.rows and at[1] not in unseen.columns}


def _text(name: str, data: bytes) -> Book | Remark:
    text = text_of(data) or ""
    head = [line for line in text.splitlines()[:40] if line.strip()]
    separator = max("\t,;，；", key=lambda sign: sum(min(line.count(sign), 40) for line in head))
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=separator, strict=False))
    except csv.Error:
        return Remark("im_damaged", {}, name)
    if (at := _open_quote(text, separator)) is not None:
        return Remark("im_open_quote", {"row": at}, name)
    return Book([Sheet(name, "", [[*row] for row in rows])], [])


def _open_quote(text: str, separator: str) -> int | None:
    """The line of a quotation mark that is never closed, so that all rows to the end would be one cell; none where there is none."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 0
    try:
        for _ in reader:
            line = reader.line_num
    except csv.Error as error:
        return line + 1 if "unexpected end of data" in str(error) else None
    return None

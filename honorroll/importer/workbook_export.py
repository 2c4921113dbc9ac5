"""The tables of a campaign as a workbook to be mailed, filled in and imported again.

What an import reads of a cell that was left alone is what the record says, so only what was filled in becomes a change.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from honorroll.importer import kinds, values
from honorroll.importer.headers import OWN_SHEETS
from honorroll.importer.kinds import PRIVATE_KINDS, Column
from honorroll.importer.records import joined
from honorroll.importer.references import Names
from honorroll.model import TABLES, Campaign, Record, Scalar

#: So many blank rows below the records have drop-downs, too.
_FREE = 300
#: The longest text that a cell holds.
_LONGEST = 32767
_INTRO = (
    "{mark}",
    "{title}",
    "1. 每张表第一行是表头，不要改；把光标放在表头上有说明。",
    "2. 灰色的编号不能改：它是网址的一部分。新增的行编号空着，导入时自动编。",
    "3. 有下拉箭头的格从里面选。日期写 {day}。一格里有几个的，用顿号隔开。",
    "4. 空着的格表示不改。删掉一行不会删掉记录。",
    "5. 不要加身份证号、电话、出生日期，导入时会去掉。",
)


def workbook_of(campaign: Campaign, only: Sequence[str]) -> tuple[bytes, int]:
    """A workbook with these kinds, and how many records it holds."""
    book, names, number = Workbook(), Names(campaign), 0
    intro = book.active
    assert intro is not None
    intro.title = OWN_SHEETS[0]
    for line in _INTRO:
        intro.append([_cell(line.format(mark=OWN_SHEETS[0], title=campaign.info.title, day=campaign.info.start))])
    intro.column_dimensions["A"].width = 90
    lists = _Lists(campaign, names)
    for kind in kinds.KINDS:
        if kind in only:
            sheet = book.create_sheet(kinds.label(kind)[0])
            number += _fill(sheet, kind, campaign, names, lists)
    lists.write(book.create_sheet(OWN_SHEETS[1]))
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue(), number


class _Lists:
    """The words of drop-downs, each list in a column of a sheet of its own: in a cell's own rule only 255 characters fit."""

    def __init__(self, campaign: Campaign, names: Names) -> None:
        self._campaign, self._names = campaign, names
        self._columns: dict[tuple[str, ...], str] = {}

    def rule(self, column: Column) -> DataValidation | None:
        """What a cell of a column may hold."""
        words = self._words(column)
        if words:
            letter = self._columns.setdefault(words, get_column_letter(len(self._columns) + 1))
            rule = DataValidation(type="list", formula1=f"'{OWN_SHEETS[1]}'!${letter}$2:${letter}${len(words) + 1}")
            rule.showErrorMessage = not column.many and not column.refers
        elif isinstance(column.item, Scalar) and column.item.rule == "SCH-07" and column.key != "hours":
            rule = DataValidation(type="whole", operator="greaterThanOrEqual", formula1=f"{column.field.ge or 0:g}")
            rule.showErrorMessage = True
        else:
            return None
        rule.allow_blank, rule.error, rule.errorTitle = True, _note(column), column.title
        return rule

    def _words(self, column: Column) -> tuple[str, ...]:
        if column.refers and column.refers not in PRIVATE_KINDS and column.refers in TABLES:
            table = self._campaign.table(column.refers)
            return tuple(_clean(self._names.unique(column.refers, id)) for id in table)
        if isinstance(column.item, Scalar):
            return ("是", "否") if column.item.rule == "SCH-08" else ()
        return kinds.choices(column)

    def write(self, sheet: Any) -> None:
        """Write all lists."""
        for words, letter in self._columns.items():
            for row, word in enumerate((OWN_SHEETS[1], *words), 1):
                _put(sheet[f"{letter}{row}"], word)


def _fill(sheet: Any, kind: str, campaign: Campaign, names: Names, lists: _Lists) -> int:
    """Fill the sheet of a kind; how many records it holds."""
    columns = [*kinds.columns(kind).values()]
    rows, records = _records(kind, campaign, columns, names)
    for at, column in enumerate(columns, 1):
        head = sheet.cell(1, at, column.title)
        head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor="DDE8DD")
        letter = get_column_letter(at)
        hint = DataValidation(
            allow_blank=True, showInputMessage=True, promptTitle=column.title[:32], prompt=_note(column)
        )
        hint.add(f"{letter}1")
        sheet.add_data_validation(hint)
        sheet.column_dimensions[letter].width = (
            40 if column.key in {"story", "about", "body", "note", "evidence"} else max(12, 2 * len(column.title) + 4)
        )
        rule = lists.rule(column)
        if rule:
            rule.add(f"{letter}2:{letter}{len(rows) + 1 + _FREE}")
            sheet.add_data_validation(rule)
    for number, row in enumerate(rows, 2):
        for at, column in enumerate(columns, 1):
            _put(sheet.cell(number, at), row.get(column.key), column)
    for at, column in enumerate(columns, 1):
        letter = get_column_letter(at)
        sheet.column_dimensions[letter].protection = Protection(locked=False)  # of cells that are not there yet
        for number in range(1, len(rows) + 2):
            is_locked = number == 1 or column.key == "id"
            sheet.cell(number, at).protection = Protection(locked=is_locked)
            if is_locked and number > 1:
                sheet.cell(number, at).fill = PatternFill("solid", fgColor="EEEEEE")
    sheet.freeze_panes = "C2"
    sheet.protection.sheet = True
    for allowed in ("formatColumns", "formatRows", "formatCells", "sort", "autoFilter", "insertRows"):
        setattr(sheet.protection, allowed, False)  # in this format, False means that it is not forbidden
    return records


def _records(
    kind: str, campaign: Campaign, columns: Sequence[Column], names: Names
) -> tuple[list[dict[str, Any]], int]:
    """The rows of all records of a kind, and how many records these are."""
    table = getattr(campaign, kinds.table_of(kind))
    records: list[Record] = [*(table.values() if isinstance(table, Mapping) else table)]
    if kind not in kinds.LISTS:
        return [row for record in records for row in _rows(kind, record, columns, names)], len(records)
    first, *own = columns
    rows = [
        {first.key: _shown(first, getattr(record, "id", ""), names)} | row
        for record in records
        for item in getattr(record, kind)
        for row in _rows(kind, item, own, names)
    ]
    return rows, len(rows)


def _rows(kind: str, record: Record, columns: Sequence[Column], names: Names) -> Iterator[dict[str, Any]]:
    """A record by key of column; of a record with several parts, one row a part."""
    parts = kinds.PARTS.get(kind, ())
    head = {
        column.key: _value(column, record, names) for column in columns if column.key.partition(".")[0] not in parts
    }
    items = {name: getattr(record, name) for name in parts}
    for at in range(max([1, *map(len, items.values())])):
        row = dict(head)
        for column in columns:
            name, _, sub = column.key.partition(".")
            if name in parts and at < len(items[name]):
                row[column.key] = _shown(column, getattr(items[name][at], sub), names)
        yield row


def _value(column: Column, record: Record, names: Names) -> Any:
    name, _, sub = column.key.partition(".")
    value = getattr(record, name)
    return _shown(column, getattr(value, sub) if sub and value is not None else value, names)


def _shown(column: Column, value: Any, names: Names) -> Any:
    """A value as its cell holds it."""
    if value in {None, "", ()}:
        return None
    if isinstance(value, tuple):
        return joined([str(_shown(column, item, names)) for item in value])
    if column.refers and column.refers not in PRIVATE_KINDS and column.refers in TABLES:
        return names.unique(column.refers, str(value))
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, bool):
        return values.canonical(value)
    return value if isinstance(value, date | int | float) else str(value)


def _put(cell: Any, value: Any, column: Column | None = None) -> None:
    """Put a value into a cell; a text stays one, whatever it begins with."""
    if isinstance(value, str):
        if len(value) > _LONGEST:
            return  # a cell that is left empty changes nothing
        cell.value = _clean(value)
        cell.data_type = "s"
        if column and column.key in {"story", "about", "body", "note", "evidence", "points.finding"}:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    elif value is not None:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"


def _clean(text: str) -> str:
    return str(ILLEGAL_CHARACTERS_RE.sub("", text))


def _cell(text: str) -> str:
    return _clean(text).lstrip("=")


def _note(column: Column) -> str:
    """What a header tells of its column."""
    words = kinds.choices(column)
    parts = [column.field.title, "必填" if column.field.required and column.key != "id" else ""]
    parts += [f"可填：{'、'.join(words)}" if words else ""]
    parts += ["几个之间用顿号隔开" if column.many else ""]
    parts += ["新增的行空着，自动编号" if column.key == "id" else ""]
    return re.sub(r"[{}]", "", "。".join(filter(None, parts)))[:250]

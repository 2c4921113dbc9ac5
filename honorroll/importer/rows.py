"""Rows of a table as values by column: what is left out on purpose, and what is not understood."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec import Struct, field

from honorroll.importer import kinds, private_cells, values
from honorroll.importer.cells import folded, text
from honorroll.importer.headers import Found
from honorroll.importer.kinds import Column
from honorroll.importer.references import Names
from honorroll.importer.remarks import Remark, cell_name, column_letters
from honorroll.model import TABLES, Campaign

_TOTAL = re.compile(r"(?:合|总|小|共)\s*计.{0,6}|本页小计|汇总")
_FOOT = re.compile(
    r"(?:填表|填报|制表|审核|审批|负责|经办|联系|复核|统计|报送|盖章|单位盖章|负责人|分管领导|抄送|备注|注|说明|备考)[^:：]{0,8}[:：（(]"
    r"|(?:注|备注|说明|填表说明)\s*\d?[:：.、]|日期[:：]|\d{4}年\d{1,2}月\d{1,2}日$"
)
#: How offices write that nothing was found.
_NONE = re.compile(
    r"[/\\\-－—–―×]+|[暂均]?无|没有|[暂均]?(?:没有|无|未发现|未查出|未见)(?:安全|明显|任何|重大)*(?:隐患|问题|异常|情况)|未发现|(?:一切|均)?正常"
)
#: So many rows of a table are gone through between two steps of the bar.
STEP = 500


class Row(Struct):
    """What was read of a row."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    is_faulty: bool = False


class NewOrg(Struct, frozen=True):
    """An organisation that a cell names and the campaign does not know."""

    id: str
    name: str
    kind: str
    sheet: str
    cell: str
    file: str
    row: int


class Told(Struct):
    """What is told of all tables of a run."""

    remarks: list[Remark] = field(default_factory=list)
    """What is told first."""
    faults: list[Remark] = field(default_factory=list)
    """What was not understood; its row is left out."""
    orgs: dict[str, NewOrg] = field(default_factory=dict)
    """By id."""


class Rows:
    """Reads the rows of one table."""

    def __init__(self, found: Found, campaign: Campaign, names: Names, told: Told, step: Callable[[], None]) -> None:
        self._found, self._names, self._told, self._step = found, names, told, step
        self._sheet, self._kind = found.sheet, found.kind
        self._columns = kinds.columns(found.kind)
        self._mapped = dict(found.mapped)
        self._context = values.Context(campaign.info.start, campaign.info.end, self._sheet.is_1904)
        self._read: dict[tuple[str, Any, type], values.Reading] = {}
        self._notes: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        self._private: dict[str, str] = {}

    def read(self) -> list[Row]:
        """The rows that are to be records; those with a fault are told and marked."""
        self._fill_merged()
        cells = self._sheet.rows[self._found.first :]
        self._look_at_columns(cells)
        first = self._found.first
        rows = [row for at, one in enumerate(cells) if (row := self._row(at + first, one))]
        return [*self._grouped(rows)] if self._kind in kinds.PARTS else rows

    def close(self) -> None:
        """Tell how words were taken, each once with its cells."""
        for (key, word, meant), cells in self._notes.items():
            named = "、".join(cells[:5]) + ("…" if len(cells) > 5 else "")
            self._remark(key, {"word": word, "value": meant, "number": len(cells)}, named)

    def title(self, key: str) -> str:
        """What a field is called."""
        column = self._columns.get(key)
        whole = column.title if column else kinds.model(self._kind).fields()[key.partition(".")[0]].title
        return column.title if column else re.sub(r"（.*", "", whole)

    def note(self, key: str, word: str, value: str, cell: str) -> None:
        """Tell of a word that was taken for another one."""
        self._notes[key, word, value].append(cell)

    # What is told of columns

    def _look_at_columns(self, rows: list[list[Any]]) -> None:
        """Leave out private columns, and numbers that only count the rows."""
        for at in sorted(self._found.headers):
            header = self._found.headers[at]
            filled = [row[at] for row in rows if at < len(row) and row[at] not in ("", None)]
            key = self._mapped.get(at, "")
            held = private_cells.found(filled)
            hits = sum(private_cells.shown(value) in held for value in filled) if held else 0
            if (
                private_cells.is_header(header) and not (key and key in self._columns and self._is_plain(key, filled))
            ) or (hits and hits * 2 >= len(filled)):
                self._leave(at, "im_private_column", filled)
            elif key:
                self._private |= held
                if key == "id" and self._only_counts(filled):
                    self._leave(at, "im_serial_column", filled)
            elif at in self._found.left and filled and at not in self._found.skipped:
                self._tell_left(at, header)

        self._look_beside(rows)
        if self._found.passed >= 0:
            args = {"row": self._found.passed + 1, "header": self._found.top + 1}
            self._remark("im_table_above", args)

    def _look_beside(self, rows: list[list[Any]]) -> None:
        """Tell of columns that hold something and that nothing heads."""
        bare = Counter[int]()
        for row in rows:
            filled = [at for at, value in enumerate(row) if value not in ("", None) and text(value)]
            if sum(at in self._mapped for at in filled) > 1:
                bare.update(at for at in filled if at not in self._found.headers)
        for at, number in sorted(bare.items()):
            self._remark("im_bare_column", {"number": number}, column_letters(at))

    def _tell_left(self, at: int, header: str) -> None:
        """Tell of a column that is left out: nobody knows it, or another one is taken for the same."""
        key = kinds.meant(self._kind, header) or kinds.meant(self._kind, header.rsplit(" ", maxsplit=1)[-1])
        taken = next((self._found.headers[one] for one, other in self._found.mapped.items() if other == key), "")
        args = {"header": header, "other": taken, "title": self.title(key) if taken else "", "field": key}
        self._remark("im_second_column" if taken else "im_unknown_column", args, column_letters(at))

    def _is_plain(self, key: str, filled: list[Any]) -> bool:
        """Whether a column with a private header (年龄) holds no more than a yes or no."""
        column = self._columns[key]
        return (
            not column.many
            and not column.refers
            and getattr(column.item, "rule", "") == "SCH-08"
            and all(not self._reading(column, value).fault for value in filled[:50])
        )

    def _only_counts(self, filled: list[Any]) -> bool:
        words = [folded(text(value)) for value in filled]
        taken = self._names.ids(self._kind)
        return words == [str(number + 1) for number in range(len(words))] and not taken & {*words}

    def _leave(self, at: int, key: str, filled: list[Any]) -> None:
        self._mapped.pop(at, None)
        self._remark(key, {"header": self._found.headers[at], "number": len(filled)}, column_letters(at))

    def _remark(self, key: str, args: Mapping[str, Any], cell: str = "") -> None:
        self._told.remarks.append(Remark(key, dict(args), self._sheet.file, self._sheet.name, cell))

    def _fill_merged(self) -> None:
        """Give all rows of a merged cell its value."""
        filled = list[str]()
        for (r0, c0), (r1, c1) in self._sheet.merged:
            if r0 >= self._found.first and r1 > r0 and c0 in self._mapped and r1 < len(self._sheet.rows):
                value = self._sheet.rows[r0][c0]
                for row in range(r0 + 1, r1 + 1):
                    self._sheet.rows[row][c0] = value
                filled.append(f"{cell_name(r0, c0)}:{cell_name(r1, c1)}")
        if filled:
            cells = "、".join(filled[:5]) + ("…" if len(filled) > 5 else "")
            self._remark("im_merged", {"number": len(filled)}, cells)

    # Rows

    def _row(self, number: int, cells: list[Any]) -> Row | None:
        """A row that is to be a record; none for blank rows, notes, totals and headers once more."""
        filled = {at: found for at, value in enumerate(cells) if value not in ("", None) and (found := text(value))}
        if number % STEP == 0:
            self._step()
        bad = [at for at in self._mapped if (number, at) in self._sheet.errors or (number, at) in self._sheet.unsaved]
        if not filled and not bad:
            return None
        ours = [at for at in filled if at in self._mapped]
        if self._is_header(filled):
            self._notes["im_repeated_header", "", ""].append(str(number + 1))
            return None
        if self._is_note(filled, ours) and not bad:
            first = next(iter(filled.values()))
            held = private_cells.found([first])
            self._notes["im_no_record", "" if held else re.split(r"[:：\n]", first)[0][:20], ""].append(str(number + 1))
            return None
        if not ours and not bad:
            return None
        row = Row(number)
        passed = self._no_hazard(filled)
        for at, key in self._mapped.items():
            value = cells[at] if at < len(cells) else ""
            if (number, at) in self._sheet.errors:
                self.fault(row, at, "im_error_cell", self._sheet.errors[number, at])
            elif (number, at) in self._sheet.unsaved:
                self.fault(row, at, "im_unsaved", "=")
            elif at in filled and at not in passed:
                self._cell(row, at, key, value, filled[at])
        return row

    def _no_hazard(self, filled: Mapping[int, str]) -> set[int]:
        """The columns of a hazard where a row says that there was none: they are no part of its record."""
        own = {at: key for at, key in self._mapped.items() if key.startswith("hazards.") and at in filled}
        what = [filled[at] for at, key in own.items() if key == "hazards.what"] or [*(filled[at] for at in own)]
        return {*own} if own and all(_NONE.fullmatch(re.sub(r"[\s。.]", "", one)) for one in what) else set()

    def _is_header(self, filled: Mapping[int, str]) -> bool:
        headers = self._found.headers
        same = sum(
            kinds.plain_header(headers[at]).endswith(kinds.plain_header(found))
            for at, found in filled.items()
            if at in headers and len(found) <= len(headers[at]) + 2
        )
        return same >= 2 and same * 3 >= len(filled) * 2

    def _is_note(self, filled: Mapping[int, str], ours: list[int]) -> bool:
        first = next(iter(filled.values()), "")
        few = len(ours) * 2 <= len(self._mapped) or len(filled) <= 2
        if _TOTAL.fullmatch(re.sub(r"\s", "", first)):
            return True
        if few and _FOOT.match(re.sub(r"\s", "", first)):
            return True
        signs = {at for at, key in self._mapped.items() if key in {"id", *kinds.NATURAL[self._kind]}}
        alone = len(filled) == 1 and len(self._mapped) > 2
        return alone and (not ours or len(first) > 30 or not signs & {*ours} or self._is_wide(filled))

    def _is_wide(self, filled: Mapping[int, str]) -> bool:
        """Whether the only cell of a row reaches over others, as the heading of a group does."""
        return (
            False
            if not filled
            else any(c0 in filled and c1 > c0 for (r0, c0), (_, c1) in self._sheet.merged if r0 >= self._found.first)
            and min(filled) == 0
        )

    def _cell(self, row: Row, at: int, key: str, value: Any, found: str) -> None:
        """Read a cell, of which a person sees what was found, into its row."""
        shown = private_cells.shown(value) if isinstance(value, float) else found
        if shown in self._private:
            self.fault(row, at, "im_private_cell", self._private[shown])
            return
        row.cells[key] = cell_name(row.number, at)
        if key not in self._columns:
            self._special(row, at, key, value)
            return
        column = self._columns[key]
        reading = self._reading(column, value)
        if key == "value" and self._kind == "figures" and reading.fault:
            reading = self._approximate(row, value) or reading
        if reading.fault:
            self.fault(row, at, reading.fault, shown, reading.args)
            return
        if reading.note:
            self.note(reading.note, "" if reading.note == "im_year_taken" else shown, reading.meant, row.cells[key])
        if column.refers and reading.value:
            self._refer(row, at, column, reading.value)
        elif reading.value:
            row.values[key] = reading.value

    def _special(self, row: Row, at: int, key: str, value: Any) -> None:
        """Read a cell of a column that is no field: a recipient of any kind, or how many points of a kind there were."""
        if key == "recipient":
            row.values[key] = text(value)
            return
        reading = self._reading(self._columns["points.count"], value)
        if folded(text(value)) in {"0", "-", "—", "/"}:
            return
        if reading.fault:
            self.fault(row, at, reading.fault, text(value), reading.args)
        else:
            row.values[key] = {"kind": kinds.wide_point(key), "count": reading.value}

    def _approximate(self, row: Row, value: Any) -> values.Reading | None:
        """1200余名 as its three parts."""
        match = re.fullmatch(
            r"(\d[\d,]*)\s?(余|多)?\s?(起|名|人次|处|小时|件|个|场|次)?\s?(余|多)?", folded(text(value))
        )
        if not match:
            return None
        for key, found in (("approximate", match[2] or match[4]), ("unit", match[3])):
            if found:
                row.values.setdefault(key, found)
        return values.Reading(match[1].replace(",", ""))

    def _reading(self, column: Column, value: Any) -> values.Reading:
        key = column.key, value, type(value)
        try:
            if key not in self._read:
                self._read[key] = values.read(column, value, self._context)
            return self._read[key]
        except TypeError:
            return values.read(column, value, self._context)

    def fault(self, row: Row, at: int, key: str, value: str, args: Mapping[str, str] | None = None) -> None:
        row.is_faulty = True
        column = self._columns.get(self._mapped.get(at, "").partition("@")[0])
        told = {
            "title": column.title if column else self._found.headers.get(at, ""),
            "field": column.key if column else "",
        }
        shown = value if len(value) <= 24 else value[:23] + "…"
        self._told.faults.append(
            Remark(
                key,
                {**told, "value": shown, "day": self._context.start, **(args or {})},
                self._sheet.file,
                self._sheet.name,
                cell_name(row.number, at),
            )
        )

    def row_fault(self, row: Row, key: str, args: Mapping[str, Any]) -> None:
        row.is_faulty = True
        cell = next(iter(row.cells.values()), str(row.number + 1))
        self._told.faults.append(Remark(key, dict(args), self._sheet.file, self._sheet.name, cell))

    # References

    def _refer(self, row: Row, at: int, column: Column, value: Any) -> None:
        if not column.many:
            id = self._resolve(row, at, column, str(value))
            if id:
                row.values[column.key] = id
            return
        words = [*value]
        if column.refers == "persons" and len(words) == 1 and " " in words[0]:
            parts = words[0].split()
            if not self._names.find("persons", words[0]).id and len(parts) > 1 and all(len(p) > 1 for p in parts):
                words = parts
        found = [self._resolve(row, at, column, word) for word in words]
        if all(found):
            row.values[column.key] = [*dict.fromkeys(filter(None, found))]

    def _resolve(self, row: Row, at: int, column: Column, word: str) -> str:
        """The id that a word means; empty where it means none, which is then told."""
        table, names = column.refers, self._names
        answer = names.find(table, word)
        if answer.id:
            if not answer.exact:
                self.note("im_read_as", word, names.name(table, answer.id), cell_name(row.number, at))
            return answer.id
        if answer.several:
            self.fault(row, at, "im_several", word, {"ids": "、".join(answer.several)})
            return ""
        if table == "tags":
            return word
        kind = kind_of_org(column.key, word) if table == "orgs" else ""
        like = self._names.like(word) if kind else ""
        if like:
            self.fault(
                row, at, "im_near_org", word, {"other": like, "word": word, "id": names.find("orgs", like).id or like}
            )
            return ""
        if not kind:
            label = TABLES[table].label if table in TABLES else ("新闻", "post")
            self.fault(
                row, at, "im_unknown_reference", word, {"label": label[0], "label_en": label[1], "guess": answer.guess}
            )
            return ""
        typed = {"name": word, "kind": kind}
        id = names.next_id("orgs", typed)
        names.add("orgs", id, typed)
        here = cell_name(row.number, at)
        self._told.orgs[id] = NewOrg(id, word, kind, self._sheet.name, here, self._sheet.file, row.number)
        self.note("im_new_org", word, f"{id}（{kind}）", here)
        return id

    def _grouped(self, rows: list[Row]) -> Iterator[Row]:
        """Rows of one shift as one; rows that give points alone belong to the row above."""
        made: dict[tuple[str, ...], Row] = {}
        head = kinds.NATURAL[self._kind]
        last: Row | None = None
        for row in rows:
            if last and not any(key in row.values for key in (*head, "mode")) and not row.is_faulty:
                for key in (*head, "mode"):
                    if key in last.values:
                        row.values[key], row.cells[key] = last.values[key], last.cells.get(key, "")
            last = row
            shift = tuple(str(row.values.get(name, "")) for name in head)
            whole = made.setdefault(
                shift, Row(row.number, {n: v for n, v in row.values.items() if "." not in n}, dict(row.cells))
            )
            whole.is_faulty = whole.is_faulty or row.is_faulty
            for part in kinds.PARTS[self._kind]:
                own = {
                    n.partition(".")[2]: v for n, v in row.values.items() if n.startswith(f"{part}.") and "@" not in n
                }
                wide = [v for n, v in row.values.items() if n.startswith(f"{part}.") and "@" in n]
                if wide and own and "kind" not in own:
                    wide[0] |= {n: v for n, v in own.items() if n != "count"}
                    own = {}
                items = [*([own] if own else []), *wide]
                if items:
                    whole.values[part] = [*whole.values.get(part, []), *items]
        yield from made.values()


def kind_of_org(key: str, name: str) -> str:
    """Of which kind an organisation must be that is not there yet; empty where nothing tells."""
    if re.search(r"支队$", name):
        return "支队"
    if re.search(r"(?:公安局|分局|大队|派出所)$", name):
        return "分县局"
    if re.search(r"(?:协会|联合会)$", name):
        return "协会"
    if key == "client":
        return "客户单位"
    if "保安" in name or (key in {"org", "company"} and re.search(r"(?:公司|集团)$", name)):
        return "保安公司"
    return ""

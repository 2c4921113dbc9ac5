"""Rows of tables to records: new ones, changed ones, and those that are there already."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from msgspec import Struct, field

from honorroll.diagnostics import Keys
from honorroll.importer import kinds, values
from honorroll.importer.headers import Found
from honorroll.importer.kinds import Column
from honorroll.importer.references import Names
from honorroll.importer.rows import Row, Rows, Told, kind_of_org
from honorroll.model import TABLES, Campaign, Record, is_id

#: The field that names the recipient of an award, by the kind of the award; and the table of each.
_RECIPIENTS = {"项目": "project", "公司": "org", "保安员": "person"}
_TABLES = {"project": "projects", "org": "orgs", "person": "persons"}
#: Fields by which records of one name are told apart, though usually the name does: each company has a first team.
_OWNER: Mapping[str, tuple[str, ...]] = {"teams": ("org",)}


class Changed(Struct, frozen=True):
    """A value that a sheet has otherwise than the data."""

    key: str
    old: Any
    new: Any
    cell: str = ""


class Entry(Struct):
    """A record of a sheet."""

    kind: str
    state: str
    """`new`, `changed` or `same`."""
    id: str
    """Empty in ledgers."""
    name: str
    """What it is called."""
    file: str
    sheet: str
    row: int
    """From 0."""
    values: dict[str, Any]
    """By field, as typed: all of a new record, what is to be set of a changed one."""
    cells: dict[str, str]
    """By key of a column."""
    changes: list[Changed] = field(default_factory=list)
    path: str = ""
    is_implied: bool = False
    """Whether it is only there because others name it."""
    keys: Keys = ()
    """Where the record stands in the data, or that to whose list it comes; of another new one, empty."""
    behind: int = 0
    """How many items the list has to which it comes."""
    host: "Entry | None" = None
    """The new record to whose list it belongs, and with which it is written."""

    @property
    def cell(self) -> str:
        """Where it begins in its sheet."""
        return min(self.cells.values(), key=lambda name: (len(name), name), default=f"{self.row + 1}")


class Records:
    """What comes of all tables of a run; later tables may refer to records of earlier ones."""

    def __init__(
        self, campaign: Campaign, constants: Mapping[str, str], step: Callable[[], None], words: Mapping[str, str]
    ) -> None:
        self.entries: list[Entry] = []
        self.told = Told()
        self.gone: dict[str, list[str]] = {}
        """By kind, names of records that the data has and the sheets have not."""
        self.names = Names(campaign, words)
        self.campaign, self.constants, self.step = campaign, constants, step
        self.seen: dict[tuple[str, str], Entry] = {}
        """By kind and id, or what else a record is known by."""
        self.meant = set[tuple[str, str]]()
        self._existing: dict[tuple[str, ...], dict[str, Any]] = {}

    def take(self, found: Found) -> None:
        """Read a table."""
        _Table(self, found).take()

    def existing(self, kind: str, by: tuple[str, ...] = ()) -> dict[str, Any]:
        """The records of the campaign by id; of ledgers by these fields and how often the same came before."""
        if (kind, *by) not in self._existing:
            rows = [] if kind in kinds.LISTS else getattr(self.campaign, kind)
            if isinstance(rows, Mapping):
                self._existing[kind,] = dict(rows)
            else:
                count, made = Counter[str](), dict[str, Any]()
                for record, id in self._items(kind) if kind in kinds.LISTS else ((row, "") for row in rows):
                    own = {kinds.owner(kind): id}
                    key = "\n".join(_key(own.get(name) or values.canonical(getattr(record, name))) for name in by)
                    made[f"{key}\n{count[key]}"] = record
                    count[key] += 1
                self._existing[kind, *by] = made
        return self._existing[kind, *by]

    def _items(self, kind: str) -> Iterator[tuple[Record, str]]:
        """The items of a list of all records of its table, each with the id of its record."""
        for id, record in self.campaign.table(kinds.LISTS[kind]).items():
            for at, item in enumerate(getattr(record, kind)):
                yield item.placed(record.at(kind, at), ""), id

    def finish(self) -> None:
        """Make the organisations that new records name, and find what the sheets no longer have."""
        named = {word for entry in self.entries for word in texts(entry.values)}
        made = [
            Entry(
                "orgs",
                "new",
                org.id,
                org.name,
                org.file,
                org.sheet,
                org.row,
                {"id": org.id, "name": org.name, "kind": org.kind},
                {"name": org.cell},
                is_implied=True,
            )
            for org in self.told.orgs.values()
            if org.id in named
        ]
        self.entries = [*made, *self.entries]
        for kind in dict.fromkeys(entry.kind for entry in self.entries):
            there = {entry.id for entry in self.entries if entry.kind == kind and entry.state != "new"}
            if there - {""}:
                table = self.campaign.table(kind)
                self.gone[kind] = [f"{id} {self.names.name(kind, id)}" for id in table if id not in there]


def records_of(
    campaign: Campaign,
    tables: Iterable[Found],
    constants: Mapping[str, str] = MappingProxyType({}),
    step: Callable[[], None] = lambda: None,
    words: Mapping[str, str] = MappingProxyType({}),
) -> Records:
    """The records of all tables of a run.

    Args:
        campaign: what is there.
        tables: of all files.
        constants: by key of a column, a value for new records whose row has none.
        step: called every `STEP` rows.
        words: further ones that mean organisations (`references.Names`).
    """
    records = Records(campaign, constants, step, words)
    for found in sorted(tables, key=lambda one: kinds.KINDS.index(one.kind)):
        records.take(found)
    records.finish()
    return records


class _Table:
    """One table of a sheet, and the records that its rows mean."""

    def __init__(self, records: Records, found: Found) -> None:
        self._records, self._found = records, found
        self._kind, self._sheet = found.kind, found.sheet
        self._columns = kinds.columns(found.kind)
        self._constants = {key: value for key, value in records.constants.items() if key in self._columns}
        self._rows = Rows(found, records.campaign, records.names, records.told, records.step)
        known = {*found.mapped.values(), *self._constants}
        required = (name for name, own in kinds.model(self._kind).fields().items() if own.required and name != "id")
        self._needed = (*filter(None, [kinds.owner(self._kind)]), *required)
        """What must be typed; of a list also the record that an item is of."""
        self._by = tuple(name for name in kinds.NATURAL[self._kind] if name in known)

    def take(self) -> None:
        """Make entries of its rows; those with a fault are left out."""
        for row in self._rows.read():
            entry = None if row.is_faulty else self._entry(row)
            if entry is not None:
                self._records.entries.append(entry)
        self._rows.close()

    def _entry(self, row: Row) -> Entry | None:
        record = self._match(row)
        if row.is_faulty:
            return None
        if record is None:
            self._add_usual(row)
        typed = _nested(row)
        entry = self._changed(row, record, typed) if record else self._new(row, typed)
        return entry if self._is_right(row, entry) else None

    def _is_right(self, row: Row, entry: Entry) -> bool:
        return not row.is_faulty and not self._is_twin(row, entry)

    def _is_twin(self, row: Row, entry: Entry) -> bool:
        """Whether a record of the run is the same as an earlier one; it is told."""
        if not entry.id:
            return False
        names = [str(entry.values.get(name, "")) for name in kinds.NATURAL[self._kind]]
        key, words = (self._kind, entry.id), (self._kind, "\n".join(names))
        twin = self._records.seen.get(key) or (self._records.seen.get(words) if entry.state == "new" else None)
        if twin:
            args = {"id": entry.id, "name": entry.name, "other": f"{twin.sheet} {twin.cell}".strip()}
            self._rows.row_fault(row, "im_twin" if twin.id == entry.id else "im_same_twice", args)
            return True
        self._records.seen[key] = entry
        if entry.state == "new":
            self._records.seen[words] = entry
            self._records.names.add(self._kind, entry.id, entry.values)
        return False

    def _match(self, row: Row) -> Record | None:
        """The record of the data that a row means; none for a new one."""
        if "id" not in self._columns:
            owner = kinds.owner(self._kind)
            return self._in_ledger(row) if not owner or owner in {*row.values, *self._constants} else None
        table: Mapping[str, Record] = self._records.existing(self._kind)
        names, id = self._records.names, row.values.get("id", "")
        name = str(row.values.get(next(iter(set(kinds.NATURAL[self._kind]) & {"name", "title"}), ""), ""))
        same = self._called(row, name)
        if id:
            if not is_id(id):
                self._rows.row_fault(row, "im_bad_id", {"id": id})
                return None
            if id in table:
                return table[id]
            if same:
                self._rows.row_fault(row, "im_moved_id", {"id": id, "old": same, "name": name})
                return None
            if id in names.ids(self._kind) and (self._kind, id) not in self._records.seen:
                self._rows.row_fault(row, "im_faulty_record", {"id": id})
            return None
        return table[same] if same else None

    def _in_ledger(self, row: Row) -> Record | None:
        """The ledger entry that a row matches: an identical one, else the first with the same key that no row has matched."""
        words = [_key(row.values.get(name, self._constants.get(name))) for name in self._by]
        table, number, free = self._records.existing(self._kind, self._by), 0, list[str]()
        while (key := "\n".join((*words, str(number)))) in table:
            free += [key] if (self._kind, key) not in self._records.meant else []
            number += 1
        owner = kinds.owner(self._kind)
        typed = {name: value for name, value in row.values.items() if "." not in name and name != owner}
        same = (
            key
            for key in free
            if all(values.canonical(getattr(table[key], name)) == value for name, value in typed.items())
        )
        key = next(same, free[0] if free else "")
        self._records.meant.add((self._kind, key))
        found: Record | None = table.get(key)
        return found

    def _called(self, row: Row, name: str) -> str:  # noqa: PLR0911  # one a way to be sure or not
        """The id of the record of the data with the same natural key; empty where it is new or not sure."""
        table, kind = self._records.existing(self._kind), self._kind
        if kind == "awards":
            return self._award(row)
        if not name:
            return ""
        answer = self._records.names.find(kind, name)
        ids = [id for id in (answer.several or (answer.id,)) if id in table]
        further = [
            key for key in (*kinds.NATURAL[kind], *_OWNER.get(kind, ())) if key in {*row.values} - {"name", "title"}
        ]
        ids = [id for id in ids if answer.exact or len(ids) == 1]
        fits = [
            id for id in ids if all(values.canonical(getattr(table[id], key)) == row.values[key] for key in further)
        ]
        if len(ids) == 1 and not fits and kind in _OWNER:
            self._other_owner(row, name, ids[0], table[ids[0]])
            return ""
        if len(ids) == 1 and not answer.exact and "id" not in row.values:
            shown = getattr(table[ids[0]], "name", None) or getattr(table[ids[0]], "title", "")
            if _near(str(shown), name) or kind == "orgs":
                return ids[0]
            return ""
        if len(fits) == 1:
            return fits[0]
        if len(ids) > 1 and "id" not in row.values:
            self._rows.row_fault(row, "im_several_records", {"name": name, "ids": "、".join(ids)})
            return ""
        return ids[0] if len(ids) == 1 and kind not in {"persons", "deeds", "projects"} else ""

    def _other_owner(self, row: Row, name: str, id: str, record: Record) -> None:
        """Tell of a record of that name that belongs to another organisation; a row with an id of its own is a further one."""
        if "id" not in row.values:
            owner = self._records.names.name("orgs", str(getattr(record, "org", "")))
            other = self._records.names.name("orgs", row.values["org"])
            self._rows.row_fault(row, "im_other_owner", {"name": name, "id": id, "owner": owner, "other": other})

    def _award(self, row: Row) -> str:
        """The same for awards, which go by what they are given for, and to whom."""
        self._set_recipient(row)
        keys = [key for key in kinds.NATURAL["awards"] if key in row.values]
        if not _TABLES.keys() & {*keys}:
            return ""
        for id, award in self._records.existing("awards").items():
            if all(str(getattr(award, key) or "") == row.values[key] for key in keys):
                return str(id)
        return ""

    def _set_recipient(self, row: Row) -> None:
        """A recipient of any kind: the first table that knows the word."""
        word, cell = row.values.pop("recipient", ""), row.cells.pop("recipient", "")
        if not word:
            return
        field = _RECIPIENTS.get(row.values.get("kind", ""), "")
        for name in [field] if field else _TABLES:
            answer = self._records.names.find(_TABLES[name], word)
            if answer.id:
                row.values[name], row.cells[name] = answer.id, cell
                return
        row.cells = {"recipient": cell, **row.cells}
        self._rows.row_fault(row, "im_no_recipient", {"value": word})

    def _add_usual(self, row: Row) -> None:
        """What was said for all rows, and what follows from the others."""
        made, first = row.values, next(iter(row.cells.values()), "")
        for key, value in self._constants.items():
            made.setdefault(key, value)
        if self._kind == "teams" and "type" not in made and "name" in made:
            self._take_for(row, "type", values.type_in(self._columns["type"], made["name"]), first)
        if self._kind == "orgs" and "kind" not in made:
            self._take_for(row, "kind", kind_of_org("", made.get("name", "")), first)
        if "cycle" in self._columns and "cycle" not in made:
            cycles, year = self._records.campaign.cycles, self._records.campaign.info.start.year
            own = [id for id, cycle in cycles.items() if len(cycles) == 1 or cycle.year == year]
            self._take_for(row, "cycle", own[0] if len(own) == 1 else "", first)
        if self._kind == "awards":
            made.setdefault("kind", next((word for word, name in _RECIPIENTS.items() if name in made), ""))
            if not made["kind"]:
                del made["kind"]

    def _take_for(self, row: Row, key: str, value: str, cell: str) -> None:
        """Take a value for what a row does not say, and tell."""
        if value:
            row.values[key] = value
            self._rows.note("im_taken", self._rows.title(key), value, cell)

    def _missing(self, row: Row, typed: Mapping[str, Any]) -> None:
        """Tell what is missing in a new record."""
        fields = kinds.model(self._kind).fields()
        missing = [self._rows.title(name) for name in self._needed if name not in typed]
        for name, value in typed.items():
            for part in value if isinstance(value, list) else [value]:
                if isinstance(part, dict):
                    inner: Any = fields[name].type
                    inner = getattr(inner, "item", inner)
                    missing += [
                        self._rows.title(f"{name}.{sub}")
                        for sub, own in inner.fields().items()
                        if own.required and sub not in part
                    ]
        if missing:
            self._rows.row_fault(row, "im_missing", {"titles": "、".join(dict.fromkeys(missing))})

    def _new(self, row: Row, typed: dict[str, Any]) -> Entry:
        self._missing(row, typed)
        names, kind = self._records.names, self._kind
        ordered = {name: typed[name] for name in kinds.model(kind).fields() if name in typed}
        id = ""
        if "id" in self._columns:
            id = typed.get("id") or ("?" if row.is_faulty else names.next_id(kind, typed))
            ordered = {"id": id, **ordered}
        entry = Entry(
            kind, "new", id, self._label(typed), self._sheet.file, self._sheet.name, row.number, ordered, row.cells
        )
        if kind in kinds.LISTS and not row.is_faulty:
            self._into_list(row, entry, str(typed[kinds.owner(kind)]))
        return entry

    def _into_list(self, row: Row, entry: Entry, id: str) -> None:
        """Find the list that a new item comes to: that of a record of the data, or of one that is new itself."""
        table = kinds.LISTS[self._kind]
        record = self._records.existing(table).get(id)
        if record:
            entry.path, entry.keys, entry.behind = record.path, record.keys, len(getattr(record, self._kind))
            return
        entry.host = self._records.seen.get((table, id))
        if entry.host is None:
            args = {"value": id, "label": TABLES[table].label[0], "label_en": TABLES[table].label[1]}
            self._rows.row_fault(row, "im_unknown_reference", args)
        else:
            entry.host.values.setdefault(self._kind, []).append(entry.values)

    def _changed(self, row: Row, record: Record, typed: dict[str, Any]) -> Entry:
        old = values.canonical(record) or {}
        changes, sets = list[Changed](), dict[str, Any]()
        for name, value in typed.items():
            before = old.get(name)
            if (
                name in {"id", kinds.owner(self._kind)}
                or value == before
                or self._is_usual(record, name, value, before)
            ):
                continue
            if isinstance(value, dict):
                merged = {**(before or {}), **value}
                inner: Any = record.fields()[name].type
                told = [sub for sub in value if value[sub] != (before or {}).get(sub)]
                lost = [
                    self._rows.title(f"{name}.{sub}")
                    for sub, own in inner.fields().items()
                    if own.required and sub not in merged
                ]
                if lost:
                    self._rows.row_fault(row, "im_missing", {"titles": "、".join(lost)})
                for sub in told:
                    changes.append(
                        Changed(
                            f"{name}.{sub}", (before or {}).get(sub), value[sub], row.cells.get(f"{name}.{sub}", "")
                        )
                    )
                    sets[f"{name}.{sub}" if before else name] = value[sub] if before else merged
            else:
                cell = row.cells.get(name) or next((c for k, c in row.cells.items() if k.startswith(f"{name}.")), "")
                changes.append(Changed(name, before, value, cell))
                sets[name] = value
        label = self._label({**old, **typed})
        return Entry(
            self._kind,
            "changed" if changes else "same",
            str(getattr(record, "id", "")),
            label,
            self._sheet.file,
            self._sheet.name,
            row.number,
            sets,
            row.cells,
            changes,
            record.path,
            keys=record.keys,
        )

    def _is_usual(self, record: Record, name: str, value: Any, before: Any) -> bool:
        """Whether a value says what holds anyway: the usual one where none was typed, or a text that only lacks blanks."""
        if before is None:
            return bool(value == values.canonical(record.fields()[name].default))
        if isinstance(value, list) and all(isinstance(item, dict) for item in value):
            parts: Any = record.fields()[name].type
            inner = parts.item
            return [_full(inner, item) for item in value] == [_full(inner, item) for item in before]
        column = self._columns.get(name)
        if isinstance(value, str) and isinstance(before, str):
            old = values.in_lines(column, before.strip()) if column else before
            return re.sub(r"\s+", " ", value).strip() == re.sub(r"\s+", " ", old).strip()
        return bool(column and column.many and isinstance(before, list) and same_list(column, value, before))

    def _label(self, typed: Mapping[str, Any]) -> str:
        """What people call a record."""
        names = self._records.names
        if self._kind == "awards":
            who = next((names.name(table, typed[name]) for name, table in _TABLES.items() if typed.get(name)), "")
            return f"{typed.get('title', '')} {who}".strip()
        own = str(typed.get("name") or typed.get("title") or "")
        if own or "team" in self._columns:
            words = [str(typed.get(key, "")) for key in ("date", "shift")]
            return own or " ".join(filter(None, [*words, names.name("teams", str(typed.get("team", "")))]))
        keys = [key for key in kinds.NATURAL[self._kind] if typed.get(key)]
        refers = {key: self._columns[key].refers for key in keys}
        return " ".join(names.name(refers[key], typed[key]) if refers[key] else str(typed[key]) for key in keys)


def _nested(row: Row) -> dict[str, Any]:
    """The values of a row as a record has them."""
    typed: dict[str, Any] = {}
    for key, value in row.values.items():
        name, _, sub = key.partition(".")
        if sub:
            typed.setdefault(name, {})[sub] = value
        else:
            typed[name] = value
    return typed


def _key(value: Any) -> str:
    """A value as records are told apart by it: blanks do not count."""
    return re.sub(r"\s+", "", str(value or ""))


def texts(value: Any) -> Iterator[str]:
    """All texts in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for inner in value.values() if isinstance(value, Mapping) else value:
            yield from texts(inner)


def same_list(column: Column, value: list[str], before: list[str]) -> bool:
    """Whether a cell says what an export writes for a list, so that items with commas in them come back whole."""
    return value == values.split(column, joined(before))


def joined(items: Iterable[str]) -> str:
    """A list in a cell."""
    items = [*items]
    return ("\n" if any(re.search(r"[、，,；;/|\n]", item) for item in items) else "、").join(items)


def _full(kind: Any, typed: Mapping[str, Any]) -> dict[str, Any]:
    """A part with the usual values of what it does not say."""
    usual = {name: values.canonical(own.default) for name, own in kind.fields().items() if not own.required}
    return {name: value for name, value in {**usual, **typed}.items() if value is not None}


def _near(one: str, other: str) -> bool:
    from rapidfuzz import fuzz

    return bool(fuzz.ratio(one, other) >= 80)

"""REF-01: every reference resolves."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from operator import attrgetter
from typing import Any

from honorroll.diagnostics import Diagnostic, Keys
from honorroll.inputs import record_name
from honorroll.model import UNREAD, Campaign, Choice, Many, Record, Scalar


def references(campaign: Campaign) -> Iterator[Diagnostic]:
    """Report every reference to no record."""
    known: dict[str, Collection[str]] = {
        name: rows for name in campaign.__struct_fields__ if isinstance(rows := getattr(campaign, name), Mapping)
    }
    known["tags"] = {tag.name for tag in campaign.tags.values()}
    for name in known.keys() & campaign.faulty.keys():
        known[name] = {*known[name], *campaign.faulty[name]}  # there, with errors of its own: one finding is enough
    lost = {name for name, ids in campaign.faulty.items() if UNREAD in ids}
    if all(all(map(known[kind].__contains__, values)) for kind, values in _all([*campaign.records()])):
        return
    from honorroll.inputs import plain

    for record in campaign.records():
        name = ""
        for keys, table, value in _values(record):
            if table not in lost and value not in known[table]:
                name = name or record_name(type(record), record.values())
                args = {"value": value, "table": table}
                yield Diagnostic("REF-01", record.at(*keys), args, name, near=(plain(value[:200]), known[table]))


def _all(records: Sequence[Record]) -> Iterator[tuple[str, set[str]]]:
    """All values that refer to a kind of record, without their places: quick, where nothing is wrong."""
    by_type: dict[type[Record], list[Record]] = {}
    for record in records:
        by_type.setdefault(type(record), []).append(record)
    for model, rows in by_type.items():
        for name, table in _fields(model):
            values = map(attrgetter(name), rows)
            if table is None:
                yield from _all([*_flat(values)])
            else:
                yield table, {*_flat({*values})}  # twice, since most are the same in many records


def _flat(values: Iterable[Any]) -> Iterator[Any]:
    """One by one, whether a field holds one or several."""
    return chain.from_iterable(value if isinstance(value, tuple) else (value,) for value in values if value)


def _values(record: Record) -> Iterator[tuple[Keys, str, str]]:
    """Where a record refers to a table, which one, and the value."""
    for name, table in _fields(type(record)):
        value = getattr(record, name)
        if not value:
            continue
        many = isinstance(value, tuple)
        for index, item in enumerate(value if many else (value,)):
            keys: Keys = (name, index) if many else (name,)
            if table is not None:
                yield keys, table, item
            else:
                for inner, other, target in _values(item):
                    yield (*keys, *inner), other, target


@cache
def _fields(model: type[Record]) -> tuple[tuple[str, str | None], ...]:
    """The fields that refer to a table, with its name, and (with `None`) those that hold records with such fields."""
    found: list[tuple[str, str | None]] = []
    for name, field in model.fields().items():
        type = field.type.item if isinstance(field.type, Many) else field.type
        if isinstance(type, Scalar):
            found += [(name, type.refers)] if type.refers else []
        elif not isinstance(type, Choice | Many) and _fields(type):
            found.append((name, None))
    return tuple(found)

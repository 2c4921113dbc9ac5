"""REF-01: every reference resolves."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from itertools import chain
from operator import attrgetter
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from honorroll.diagnostics import Diagnostic, Keys
from honorroll.inputs import record_name
from honorroll.model import UNREAD, Campaign, Record, Reference


def references(campaign: Campaign) -> Iterator[Diagnostic]:
    """Report every value marked as a `Reference` that names no record."""
    known: dict[str, Collection[str]] = {name: campaign.table(name) for name in _TARGETS}
    known["tags"] = {tag.name for tag in campaign.tags.values()}
    for name in known.keys() & campaign.faulty.keys():
        known[name] = {*known[name], *campaign.faulty[name]}  # there, with errors of its own: one finding is enough
    lost = {name for name, ids in campaign.faulty.items() if UNREAD in ids}
    if all(all(map(known[kind].__contains__, values)) for kind, values in _all([*campaign.records()])):
        return
    from honorroll.inputs import plain

    for record in campaign.records():
        name = ""
        for keys, reference, value in _values(record):
            if reference.kind not in lost and value not in known[reference.kind]:
                name = name or record_name(type(record), record.values())
                args = {"value": value, "table": reference.kind}
                yield Diagnostic(
                    "REF-01", record.at(*keys), args, name, near=(plain(value[:200]), known[reference.kind])
                )


_TARGETS = ("orgs", "teams", "persons", "cycles", "projects", "deeds", "awards", "notices", "posts", "figures")


def _all(records: Sequence[Record]) -> Iterator[tuple[str, set[str]]]:
    """All values that refer to a kind of record, without their places: quick, where nothing is wrong."""
    by_type: dict[type[Record], list[Record]] = {}
    for record in records:
        by_type.setdefault(type(record), []).append(record)
    for model, rows in by_type.items():
        for name, reference in _fields(model):
            values = map(attrgetter(name), rows)
            if reference is None:
                yield from _all([*_flat(values)])
            else:
                yield reference.kind, {*_flat({*values})}  # twice, since most are the same in many records


def _flat(values: Iterable[Any]) -> Iterator[Any]:
    """One by one, whether a field holds one or several."""
    return chain.from_iterable(value if isinstance(value, tuple) else (value,) for value in values if value)


def _values(record: Record) -> Iterator[tuple[Keys, Reference, str]]:
    for name, reference in _fields(type(record)):
        value = getattr(record, name)
        if not value:
            continue
        many = isinstance(value, tuple)
        for index, item in enumerate(value if many else (value,)):
            keys: Keys = (name, index) if many else (name,)
            if reference is not None:
                yield keys, reference, item
            else:
                for inner, mark, target in _values(item):
                    yield (*keys, *inner), mark, target


@cache
def _fields(model: type[Record]) -> tuple[tuple[str, Reference | None], ...]:
    """The fields that are references, and (with `None`) those that hold models with references."""
    found: list[tuple[str, Reference | None]] = []
    typed = model.fields()
    for name, hint in get_type_hints(model, include_extras=True).items():
        if name not in typed:
            continue
        mark = next(_marks(hint), None)
        if mark is not None or any(_fields(inner) for inner in _models(hint)):
            found.append((name, mark))
    return tuple(found)


def _marks(hint: Any) -> Iterator[Reference]:
    if get_origin(hint) is Annotated:
        yield from (part for part in hint.__metadata__ if isinstance(part, Reference))
    for part in get_args(hint):
        yield from _marks(part)


def _models(hint: Any) -> Iterator[type[Record]]:
    if isinstance(hint, type) and issubclass(hint, Record):
        yield hint
    for part in get_args(hint):
        yield from _models(part)

"""Which cells (`reads.py`) hold something else than at the last planning: what is kept of each record, and compared.

Of each table one digest is compared first, so what is kept of one that says the same is not even read.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from honorroll.fingerprint import digest
from honorroll.incremental import Memos, Shelf, table_total
from honorroll.model import Campaign, Record
from honorroll.pages.lookup.reads import GROUND, GROUPS, LEDGERS, TABLES

#: What is kept of a record: its digest, its path and the cells that it shares with others.
Fact = tuple[str, str, tuple[str, ...]]

#: Stands for no record: under it, the names of all in their order.
ORDER = ""


def totals(campaign: Campaign) -> dict[str, str]:
    """By table or ledger that has cells, the digest of what its records say, in their files and order."""
    return {table: table_total(table, getattr(campaign, table)) for table in (*TABLES, *LEDGERS)}


def changed(
    campaign: Campaign, ground: str, totals: Mapping[str, str], memos: Memos
) -> tuple[set[str] | None, Callable[[], None]]:
    """The cells that differ from those that are kept, and how to keep the new ones, when all has been planned.

    None of them can be told, and all may differ, where the ground or the order of records does, the last planning
    was cut off or a part of what was kept is lost.
    """
    shelf = memos.shelf("cells")
    whole = shelf.get("ground") != ground
    shelf.put("ground", "")
    tables = {table: memos.shelf(f"cells of {table}") for table in totals if shelf.get(table) != totals[table]}
    changes = [_change(table, _rows(table, getattr(campaign, table)), own) for table, own in tables.items()]

    def keep() -> None:
        for (table, own), change in zip(tables.items(), changes, strict=True):
            for id, fact in change.facts.items():
                own.put(id, fact)
            for id in change.gone:
                own.drop(id)
            own.put(ORDER, change.order)
            shelf.put(table, totals[table])
        shelf.put("ground", ground)

    whole = whole or any(change.cells is None for change in changes)
    return (None if whole else {cell for change in changes for cell in change.cells or ()}), keep


class _Change(NamedTuple):
    """In what a table differs from what is kept of it."""

    cells: set[str] | None
    facts: dict[str, Fact]
    """Of what is new or has changed."""
    gone: set[str]
    order: tuple[str, ...]


def _change(table: str, rows: Mapping[str, Record], shelf: Shelf) -> _Change:
    known, before, order = shelf.of(rows), shelf.get(ORDER), tuple(rows)
    facts: dict[str, Fact] = {}
    for id, record in rows.items():
        old = known.get(id)
        if old is None or old[0] != record.digest or old[1] != record.path:
            facts[id] = record.digest, record.path, tuple(_shared(table, record))
    if before is None:
        return _Change(None, facts, set(), order)
    gone = {*before} - rows.keys()
    moved = {*facts, *gone}
    stayed = [[id for id in ids if id not in moved] for ids in (before, order)]
    is_lost = any(id in moved and id not in known for id in before)
    if is_lost or stayed[0] != stayed[1]:
        return _Change(None, facts, gone, order)
    last = [known[id] for id in moved if id in known]
    shared = {cell for fact in (*facts.values(), *last) for cell in fact[2]}
    which = {f"{table}/#"} if before != order else set()
    return _Change({f"{table}/*", *which, *(f"{table}/{id}" for id in moved), *shared}, facts, gone, order)


def _rows(table: str, rows: Any) -> Mapping[str, Record]:
    """The rows of a table by id; those of a ledger by their place."""
    return rows if table in TABLES else {f"{row.path} {row.keys}": row for row in rows}


def _shared(table: str, record: Record) -> Iterator[str]:
    for name, group in GROUPS.items():
        if group.table == table:
            yield from (f"{name}/{key}" for key in group.keys(record) if key is not None)


def ground(campaign: Campaign, *more: object) -> str:
    """Digest of the ground, and of `more` that stands behind all pages."""
    records = [campaign.info, *(record for name in GROUND for record in getattr(campaign, name).values())]
    words = [repr(more), str(campaign.today), *(record.digest for record in records)]
    return digest("\n".join(words).encode("utf-8", "surrogatepass"))

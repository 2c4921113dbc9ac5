"""One digest a table: one look tells whether all its records say what they said."""

from collections.abc import Iterable, Mapping
from operator import is_
from typing import Any

from honorroll.fingerprint import digest

#: By table, the rows that were asked about last, their records and their digest. They are frozen, and mostly all that is
#: there is visible, too, and in the preview most tables are the same at the next build.
_last: dict[str, tuple[Any, list[Any], str]] = {}


def table_total(table: str, rows: Mapping[str, Any] | Iterable[Any]) -> str:
    """The digest of what the records of a table (or of anything else with path and digest) say, in their files and order."""
    before, known, found = _last.get(table, (None, [], ""))
    if before is rows:
        return found
    records = [*(rows.values() if isinstance(rows, Mapping) else rows)]
    if not found or len(known) != len(records) or not all(map(is_, known, records)):
        words = [f"{record.path} {record.digest}" for record in records]
        found = digest("\n".join(words).encode("utf-8", "surrogatepass"))
    _last[table] = rows, records, found
    return found

"""How open data are written: as CSV that a spreadsheet opens, as JSON, and the JSON Schema of that JSON."""

import csv
import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from io import StringIO
from typing import Any

import msgspec

from honorroll.pages.files.datasets import Dataset, Envelope, Row
from honorroll.pages.parts import Field

DIALECT = "https://json-schema.org/draft/2020-12/schema"

#: What a spreadsheet may take for a formula, and our own mark of that (OWASP, "CSV Injection", with the full-width forms).
_RISKY = re.compile(r"['\t\r\n]|\s*[=+\-@＝＋－＠]")


def csv_text(kind: type[Row], rows: Iterable[Row]) -> str:
    """RFC 4180 with a byte order mark, by which Excel knows UTF-8.

    A text that a spreadsheet might run as a formula gets an apostrophe before it, and so does one that begins with an
    apostrophe: who drops the first apostrophe of a cell has the text again. What is not there is an empty cell.
    """
    file = StringIO()
    writer = csv.writer(file, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(kind.__struct_fields__)
    writer.writerows([_cell(value) for value in msgspec.structs.astuple(row)] for row in rows)
    return "\ufeff" + file.getvalue()


def _cell(value: object) -> str | int | float:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return value
        case date():
            return value.isoformat()
        case _:
            text = str(value)
            return "'" + text if _RISKY.match(text) else text


def json_text(document: Envelope[Row]) -> str:
    """The data with what one must know about them."""
    return msgspec.json.format(msgspec.json.encode(document), indent=1).decode() + "\n"


def schema_text(dataset: Dataset, address: str) -> str:
    """JSON Schema 2020-12 of the JSON document. `address` is its own, where it is known."""
    (reference,), parts = msgspec.json.schema_components((dataset.envelope,))
    for part in parts.values():
        part.pop("description", None)  # a docstring, which Python may have been told to leave out
    own = parts.pop(reference["$ref"].rpartition("/")[2])
    head = {"$schema": DIALECT} | ({"$id": address} if address else {})
    return json.dumps(head | own | {"title": dataset.title, "$defs": parts}, ensure_ascii=False, indent=1) + "\n"


_KINDS = {
    "string": "文本",
    "integer": "整数",
    "number": "数值",
    "boolean": "是否",
    "date": "日期",
    "uri-reference": "网址",
}


def fields(dataset: Dataset) -> Iterator[Field]:
    """The fields of a data set in the order of their columns."""
    _, parts = msgspec.json.schema_components((dataset.row,))
    for name, field in parts[dataset.row.__name__]["properties"].items():
        yield Field(name, field["title"], _kind(field), field["description"])


def _kind(field: dict[str, Any]) -> str:
    ways = field.get("anyOf", [field])
    may_be_empty = {"type": "null"} in ways
    choices = [value for way in ways for value in way.get("enum", ())]
    way = next(way for way in ways if way != {"type": "null"})
    kind = "、".join(choices) or _KINDS[field.get("format") or way.get("format") or way["type"]]
    return kind + ("，可空" if may_be_empty else "")

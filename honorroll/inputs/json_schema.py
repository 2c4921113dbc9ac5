"""JSON Schemas of what an editor types, so that a common editor completes fields and marks mistakes.

They say what the text of a YAML file may be, not what the model makes of it: a date is a text of
a certain form, yes is 是, and an empty value counts as not written. Rules between fields and
between records are not theirs to know.
"""

import json
from typing import Any

from honorroll.model import DOCUMENTS, TABLES, CampaignInfo, Choice, Field, Many, Record, Scalar, Type

#: Where a project keeps them; the data files and `.vscode/settings.json` name them there.
FOLDER = ".vscode/schemas"

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NOTHING = {"type": "null"}

Schema = dict[str, Any]


def schemas() -> dict[str, str]:
    """The text of every schema by file name: of the campaign, of each table, and of each kind of Markdown file."""
    documents = {"campaign": _document(CampaignInfo)}
    documents |= {name: _table(name, kind) for name, kind in TABLES.items()}
    documents |= {name: _document(kind) for name, kind in DOCUMENTS.items()}
    return {f"{name}.json": json.dumps(made, ensure_ascii=False, indent=1) + "\n" for name, made in documents.items()}


def _document(kind: type[Record]) -> Schema:
    """Of a file of one record."""
    parts: dict[str, Schema] = {}
    made = _record(kind, parts)
    return {"$schema": _DIALECT} | ({"$defs": dict(sorted(parts.items()))} if parts else {}) | made


def _table(name: str, kind: type[Record]) -> Schema:
    """Of a file of records, which may have none yet."""
    parts: dict[str, Schema] = {}
    made = _or_nothing(_type(Many(kind), parts))
    title = f"{kind.label[0]}（data/{name}.yaml）"
    return {"$schema": _DIALECT, "title": title, "$defs": dict(sorted(parts.items()))} | made


def _record(kind: type[Record], parts: dict[str, Schema]) -> Schema:
    """Of a record. The schemas of the records inside it are put into `parts`, by the names of their classes."""
    typed = {name: field for name, field in kind.fields().items() if name not in kind.derived}
    return {
        "additionalProperties": False,
        "properties": {name: _field(field, parts) for name, field in typed.items()},
        "required": [name for name, field in typed.items() if field.required],
        **({} if kind.label is Record.label else {"title": kind.label[0]}),
        "type": "object",
    }


def _field(field: Field, parts: dict[str, Schema]) -> Schema:
    made = _type(field.type, parts)
    if field.pattern:
        made |= {"type": "string", "pattern": field.pattern}
    bounds = {
        "minimum": field.ge,
        "exclusiveMinimum": field.gt,
        "maximum": field.le,
        "minItems": field.min_length or None,
    }
    made |= {key: bound for key, bound in bounds.items() if bound is not None}
    if not field.required:
        made = _or_nothing(made)
        if isinstance(field.default, bool):
            made["default"] = "是" if field.default else "否"
        elif field.default and not isinstance(field.default, Record):
            made["default"] = field.default
    return dict(sorted((made | {"title": field.title}).items()))


def _type(type: Type, parts: dict[str, Schema]) -> Schema:
    if isinstance(type, Scalar):
        what = "name" if type.refers == "tags" else "id"
        return {**type.schema} | ({"description": f"{type.refers} 里的 {what}"} if type.refers else {})
    if isinstance(type, Choice):
        return {"enum": [*type.words], "type": "string"}
    if isinstance(type, Many):
        return {"items": dict(sorted(_type(type.item, parts).items())), "type": "array"}
    if type.__name__ not in parts:
        parts[type.__name__] = _record(type, parts)
    return {"$ref": f"#/$defs/{type.__name__}"}


def _or_nothing(made: Schema) -> Schema:
    """The same, or nothing at all."""
    if "anyOf" in made:
        return made | {"anyOf": [*made["anyOf"], _NOTHING]}
    if "type" not in made:
        return {"anyOf": [made, _NOTHING]}
    types = made["type"] if isinstance(made["type"], list) else [made["type"]]
    made = made | {"type": [*types, "null"]}
    return made | {"enum": [*made["enum"], None]} if "enum" in made else made

"""JSON Schemas of what an editor types, so that a common editor completes fields and marks mistakes.

They say what the text of a YAML file may be, not what the model makes of it: a date is a text of
a certain form, yes is 是, and an empty value counts as not written. Rules between fields and
between records are not theirs to know.
"""

import json
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from honorroll.model import TABLES, Article, CampaignInfo, Post, Record

#: Where a project keeps them; the data files and `.vscode/settings.json` name them there.
FOLDER = ".vscode/schemas"


def schemas() -> dict[str, str]:
    """The text of every schema by file name: of the campaign, of each table, of posts and of articles."""
    documents = {"campaign": _schema(CampaignInfo)}
    documents |= {name: _table(name, kind) for name, kind in TABLES.items()}
    documents |= {"posts": _schema(Post), "articles": _schema(Article)}
    return {f"{name}.json": json.dumps(made, ensure_ascii=False, indent=1) + "\n" for name, made in documents.items()}


def _schema(kind: type[Record]) -> dict[str, Any]:
    return {"$schema": _Schema.schema_dialect, **TypeAdapter(kind).json_schema(schema_generator=_Schema)}


def _table(name: str, kind: type[Record]) -> dict[str, Any]:
    """Of a file of records, which may have none yet."""
    made = TypeAdapter(list[kind]).json_schema(schema_generator=_Schema)  # type: ignore[valid-type]  # known at run time only
    return {"$schema": _Schema.schema_dialect, "title": f"{kind.label[0]}（data/{name}.yaml）", **_or_nothing(made)}


class _Schema(GenerateJsonSchema):
    """pydantic's schemas, of the text instead of the value."""

    def str_schema(self, schema: Any) -> JsonSchemaValue:
        """Any scalar is a text, unless it has a form: to an editor, `title: 2022` is a number."""
        made = super().str_schema(schema)
        if "pattern" in made:
            return made
        made |= {"type": ["string", "number", "boolean"]}
        return made | {"pattern": r"\S"} if made.pop("minLength", 0) else made

    def nullable_schema(self, schema: Any) -> JsonSchemaValue:
        return _or_nothing(self.generate_inner(schema["schema"]))

    def default_schema(self, schema: Any) -> JsonSchemaValue:
        made = _or_nothing(self.generate_inner(schema["schema"]))
        value = schema.get("default")
        if isinstance(value, bool):
            value = "是" if value else "否"
        return made | {"default": value} if value else made

    def model_schema(self, schema: Any) -> JsonSchemaValue:
        kind: type[Record] = schema["cls"].__record__
        made = super().model_schema(schema)
        made["properties"] = {key: value for key, value in made["properties"].items() if key not in kind.derived}
        made["required"] = [key for key in made.get("required", ()) if key not in kind.derived]
        for key in ("title", "description"):
            made.pop(key, None)  # they are for programmers
        return made if kind.label is Record.label else made | {"title": kind.label[0]}


def _or_nothing(made: JsonSchemaValue) -> JsonSchemaValue:
    """The same, or nothing at all."""
    if "enum" in made:
        made = made | {"enum": [*dict.fromkeys([*made["enum"], None])]}
    if "type" in made:
        types = made["type"] if isinstance(made["type"], list) else [made["type"]]
        return made | {"type": [*dict.fromkeys([*types, "null"])]}
    nothing, ways = {"type": "null"}, made.pop("anyOf", None)
    return made | {"anyOf": [*(way for way in ways if way != nothing), nothing]} if ways else {"anyOf": [made, nothing]}

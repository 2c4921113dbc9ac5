"""JSON Schemas for editors: up to date, right for the reference data, and of one mind with the model."""

import copy
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import MINIMAL
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from reference import ROOT
from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor

from honorroll import model
from honorroll.diagnostics import Place
from honorroll.inputs import front_matter, json_schema, validation
from honorroll.inputs.front_matter import Parts
from honorroll.inputs.yaml_reader import YamlReader
from honorroll.model import Record

KINDS: dict[str, type[Record]] = {
    "campaign": model.CampaignInfo,
    **model.TABLES,
    **model.DOCUMENTS,
}
DOCUMENTS = ("campaign", *model.DOCUMENTS)
MODELINE = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")


class Editor(SafeConstructor):
    """Dates stay text, as they do in the editors' own parser."""


Editor.add_constructor("tag:yaml.org,2002:timestamp", lambda _, node: node.value)


def read(text: str, version: str = "1.2") -> Any:
    """YAML as an editor reads it, by a parser that is not ours."""
    loader = YAML(typ="safe", pure=True)
    loader.Constructor = Editor
    loader.version = version
    return loader.load(text)


def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads(json_schema.schemas()[f"{name}.json"]), format_checker=FormatChecker())


VALIDATORS = {name: validator(name) for name in KINDS}


def table_of(path: Path, project: Path) -> str:
    return path.relative_to(project / "data").parts[0].removesuffix(".yaml")


def texts(project: Path) -> Iterator[tuple[str, Path, str]]:
    """Every YAML text of a project with the name of its schema."""
    for path in sorted((project / "data").rglob("*.yaml")):
        yield table_of(path, project), path, path.read_text(encoding="utf-8")
    for path in sorted((project / "content").rglob("*.md")):
        parts = front_matter.split(path.name, path.read_text(encoding="utf-8"))
        assert isinstance(parts, Parts)
        yield "articles" if path.parent == project / "content" else "posts", path, parts.yaml
    if not (project / "data" / "redirects.yaml").exists():  # only a campaign that has renamed something has one
        yield "redirects", project / "data" / "redirects.yaml", "- old: teams/t01.html\n  to: teams/t09.html\n"
    yield (
        "deploy",
        project / "data" / "deploy.yaml",
        "- {id: web, kind: 文件夹, to: ../www, keep: 3}\n",
    )
    text = "- form: 0f6b7ea9\n  kind: teams\n  title: 周报\n  columns:\n    - header: 班组\n      means: name\n"
    yield "imports", project / "data" / "imports.yaml", text  # these have imported nothing


def test_the_schemas_in_the_project_are_up_to_date(regenerate: bool) -> None:
    folder = ROOT / json_schema.FOLDER
    for name, text in json_schema.schemas().items():
        if regenerate:
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
        assert (folder / name).read_text(encoding="utf-8") == text
    assert {path.name for path in folder.iterdir()} == set(json_schema.schemas())


@pytest.mark.parametrize("name", KINDS)
def test_a_schema_is_a_schema(name: str) -> None:
    Draft202012Validator.check_schema(VALIDATORS[name].schema)


@pytest.mark.parametrize("version", ["1.1", "1.2"])
@pytest.mark.parametrize("project", [ROOT, MINIMAL], ids=["reference", "minimal"])
def test_an_editor_marks_nothing_in_right_data(project: Path, version: str) -> None:
    seen = set()
    for name, path, text in texts(project):
        seen.add(name)
        errors = list(VALIDATORS[name].iter_errors(read(text, version)))
        assert not errors, (path, errors[:1])
    assert seen == set(KINDS)


def test_each_data_file_names_its_schema() -> None:
    for path in sorted((ROOT / "data").rglob("*.yaml")):
        line = MODELINE.match(path.read_text(encoding="utf-8"))
        assert line, path
        assert (path.parent / line[1]).resolve() == (
            ROOT / json_schema.FOLDER / f"{table_of(path, ROOT)}.json"
        ).resolve()


def test_the_editors_settings_give_each_table_its_schema(regenerate: bool) -> None:
    file = ROOT / ".vscode" / "settings.json"
    settings = json.loads(file.read_text(encoding="utf-8"))
    expected = {f"{json_schema.FOLDER}/campaign.json": ["data/campaign.yaml"]} | {
        f"{json_schema.FOLDER}/{name}.json": [f"data/{name}.yaml", f"data/{name}/*.yaml"] for name in model.TABLES
    }
    if regenerate:
        text = json.dumps(settings | {"yaml.schemas": expected}, ensure_ascii=False, indent=2) + "\n"
        file.write_text(text, encoding="utf-8", newline="\n")
    assert json.loads(file.read_text(encoding="utf-8"))["yaml.schemas"] == expected


def fields(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield from node.get("properties", {}).values()
        for inner in node.values():
            yield from fields(inner)


@pytest.mark.parametrize("name", KINDS)
def test_every_field_has_a_chinese_title(name: str) -> None:
    found = list(fields(VALIDATORS[name].schema))
    assert found
    for field in found:
        assert re.search(r"[\u4e00-\u9fff]", field["title"]), field


def test_what_an_editor_offers() -> None:
    team = VALIDATORS["teams"].schema["$defs"]["Team"]["properties"]
    assert team["type"]["enum"] == ["应急机动队", "巡逻小组", "巡查组"]
    assert team["voluntary"]["anyOf"][0] == {"enum": ["是", "否"]}
    assert team["voluntary"]["default"] == "否"
    assert team["groups"]["default"] == 1
    assert team["liaison"]["description"] == "orgs 里的 id"
    limits = VALIDATORS["cycles"].schema["$defs"]["CycleThresholds"]["properties"]
    assert limits["certified_percent"]["maximum"] == 100
    assert not {"id", "body"} & VALIDATORS["posts"].schema["properties"].keys()  # from the file's name and text


# Of one mind with the model


@cache
def rights() -> list[tuple[str, Any]]:
    """Every right record, with the name of its schema."""
    return [
        (name, record)
        for name, _, text in texts(ROOT)
        for record in ([read(text)] if name in DOCUMENTS else read(text))
    ]


def paths(value: Any, keys: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The keys that lead to every value inside."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inner:
        yield (*keys, key)
        yield from paths(item, (*keys, key))


def holder(record: Any, keys: tuple[Any, ...]) -> Any:
    for key in keys[:-1]:
        record = record[key]
    return record


def typed(value: Any) -> Any:
    """A value as our own reader hands it on."""
    raw, faults = YamlReader().decode("x.yaml", yaml.safe_dump(value, allow_unicode=True))
    assert not faults
    return raw


def seen(value: Any) -> Any:
    """A value as an editor sees it."""
    return read(yaml.safe_dump(value, allow_unicode=True))


def the_model_refuses(name: str, raw: Any) -> bool:
    kind = KINDS[name]
    raw = raw | dict.fromkeys(kind.derived, "x") if isinstance(raw, dict) else raw
    return validation.validate(kind, raw, Place("x.yaml"))[0] is None


def the_schema_refuses(name: str, record: Any) -> bool:
    return not VALIDATORS[name].is_valid(record if name in DOCUMENTS else [record])


def refused_by_the_model(name: str, record: Any) -> bool:
    return the_model_refuses(name, typed(record))


def refused_by_the_schema(name: str, record: Any) -> bool:
    return the_schema_refuses(name, seen(record))


#: Values of every kind, right in some fields and wrong in others. A bound of a quoted number is not the schema's to know.
VALUES = [
    "",
    "  ",
    "文字",
    "是",
    "YES",
    "maybe",
    "t01",
    "T01",
    "index",
    "2022-09-01",
    "2022-9-1",
    "2022-13-01",
    "1,200",
]
VALUES += [
    "2022-09-01 09:30",
    "2022-09-01 24:00",
    "https://example.org/",
    "7",
    7,
    -1,
    0,
    4.5,
    10_000_000_000,
    None,
    [],
    {},
]
VALUES += [[None], ["文字"], ["t01", "t02"], {"zzz": "1"}, [{"zzz": "1"}], [[]], True, False]


def disagreement(record: Any, keys: tuple[Any, ...], value: Any) -> bool:
    """Where the two may differ: to an editor `id: true` is no text, and blanks are not nothing."""
    if value == "  " and keys[-1] in ("base_url", "url"):
        return True
    return isinstance(value, bool) and isinstance(holder(record, keys)[keys[-1]], str)


@cache
def every_field() -> dict[tuple[str, ...], tuple[Any, tuple[Any, ...]]]:
    """Each field of each kind of record, with a record that has it and the way to it."""
    found: dict[tuple[str, ...], tuple[Any, tuple[Any, ...]]] = {}
    for name, record in rights():
        for keys in paths(record):
            found.setdefault((name, *("*" if isinstance(key, int) else key for key in keys)), (record, keys))
    return found


def changed(record: Any, keys: tuple[Any, ...], value: Any) -> Any:
    """The record with another value there; nothing typed is no key at all."""
    record = copy.deepcopy(record)
    inside = holder(record, keys)
    inside[keys[-1]] = value
    if value is None and isinstance(inside, dict):
        del inside[keys[-1]]
    return record


def test_both_are_of_one_mind_on_every_value_in_every_field() -> None:
    values = [(value, typed(value), seen(value)) for value in VALUES]
    apart = []
    for (name, *field), (record, keys) in every_field().items():
        raw = typed(record)
        for value, to_the_model, to_an_editor in values:
            if disagreement(record, keys, value):
                continue
            model_says = the_model_refuses(name, changed(raw, keys, to_the_model))
            inside = holder(marked := copy.deepcopy(record), keys)
            inside[keys[-1]] = to_an_editor
            if model_says != the_schema_refuses(name, marked):
                apart.append((name, *field, value, model_says))
    assert len(every_field()) > 120
    assert not apart


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_what_the_model_refuses_an_editor_marks_and_nothing_else(data: st.DataObject) -> None:
    name, right = data.draw(st.sampled_from(rights()))
    record = copy.deepcopy(right)
    keys = data.draw(st.sampled_from(list(paths(record))))
    what = data.draw(st.sampled_from(["drop", "add", "change"]))
    inside = holder(record, keys)
    if what == "drop":
        del inside[keys[-1]]
    elif what == "add" and isinstance(inside, dict):
        inside["zzz"] = data.draw(st.sampled_from(["1", []]))
    else:
        value = data.draw(st.sampled_from(VALUES))
        if disagreement(record, keys, value):
            return
        inside[keys[-1]] = value
    assert refused_by_the_model(name, record) == refused_by_the_schema(name, record)


@pytest.mark.parametrize("name", KINDS)
def test_every_required_field_and_no_unknown_one(name: str) -> None:
    right = next(record for kind, record in rights() if kind == name)
    for key in right:
        without = {other: value for other, value in right.items() if other != key}
        assert (
            refused_by_the_schema(name, without)
            == (KINDS[name].fields()[key].default is ...)
            == refused_by_the_model(name, without)
        )
    assert refused_by_the_schema(name, right | {"titel": "x"})
    assert not refused_by_the_schema(name, right)


def test_a_day_that_no_month_has_is_marked() -> None:
    name, right = next((name, record) for name, record in rights() if name == "figures")
    assert refused_by_the_schema(name, right | {"as_of": "2022-02-30"})

"""A file format is one class: with one more in the table, data in that format are read like those in YAML."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from conftest import Project

from honorroll.diagnostics import Diagnostic, Keys, Place
from honorroll.inputs import front_matter, layout, readers
from honorroll.inputs.yaml_reader import YamlReader


class JsonReader(readers.Reader):
    """JSON with each item of the list in a line."""

    def decode(self, path: str, text: str) -> tuple[Any, list[Diagnostic]]:
        try:
            return json.loads(text, parse_int=str, parse_float=str), []
        except json.JSONDecodeError as error:
            why = {"why": error.msg, "why_zh": error.msg}
            return None, [Diagnostic("YML-01", Place(path, line=error.lineno, column=error.colno), why)]

    def locate(self, text: str, keys: Keys, on_key: bool) -> tuple[int, int, int]:
        line = 1 + int(keys[0]) if keys else 0
        key = next((key for key in reversed(keys) if isinstance(key, str)), "")
        found = re.search(rf'("{key}"): *("[^"]*"|\w+)', text.split("\n")[line])
        start, end = found.span(1 if on_key else 2) if found else (0, 1)
        return line, start, end - start


@pytest.fixture
def with_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(readers.FORMATS, ".json", JsonReader)


def in_json(project: Project) -> Project:
    """The same project, its tables in JSON."""
    for path in sorted((project.root / "data").rglob("*.yaml")):
        if path.name != "campaign.yaml":
            rows = YamlReader().decode("", path.read_text(encoding="utf-8"))[0]
            text = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
            path.with_suffix(".json").write_text(f"[\n{text}\n]\n", encoding="utf-8")
            path.unlink()
    return project


def pages(project: Project) -> dict[str, bytes]:
    result = project.build()
    assert result.counts, result.findings
    return project.output()


@pytest.mark.usefixtures("with_json")
def test_data_in_another_format_make_the_same_site(project: Project) -> None:
    assert pages(project) == pages(in_json(project))


@pytest.mark.usefixtures("with_json")
def test_what_is_wrong_in_another_format_is_found_at_its_place(project: Project) -> None:
    in_json(project).build()
    project.replace("data/teams.json", '"headcount": "5"', '"headcount": "五个", "nmae": "x"')
    found = {finding.diagnostic.rule: finding.span for finding in project.check().findings}
    assert found.keys() == {"SCH-07", "SCH-02"}
    for rule, text in {"SCH-07": '"五个"', "SCH-02": '"nmae"'}.items():
        span = found[rule]
        assert (span.path, span.text[span.column - 1 :][: span.length]) == ("data/teams.json", text)


@pytest.mark.usefixtures("with_json")
@pytest.mark.parametrize(
    ("path", "data", "rule"),
    [
        ("data/tags.json", b"[\n{]", "YML-01"),
        ("data/tags.json", b"{}", "FMT-03"),
        ("data/tags.json", '["\u6807"]'.encode("gbk"), "SRC-05"),
        ("data/tag.json", b"[]", "SRC-07"),
    ],
)
def test_a_file_of_another_format_may_be_faulty(project: Project, path: str, data: bytes, rule: str) -> None:
    in_json(project).write(path, data)
    assert rule in {finding.diagnostic.rule for finding in project.check().findings}


def test_a_format_that_nothing_reads_is_told(project: Project) -> None:
    project.write("data/tags.json", "[]")
    (finding,) = project.check().findings
    assert (finding.diagnostic.rule, finding.span.path) == ("SRC-07", "data/tags.json")
    with pytest.raises(KeyError):
        readers.reader("data/tags.json")


@pytest.mark.parametrize("path", ["data/a.yaml", "data/a.yml", "content/a.md"])
def test_a_reader_is_chosen_by_suffix(path: str) -> None:
    kind = front_matter.MarkdownReader if path.endswith(".md") else YamlReader
    assert isinstance(readers.reader(path), kind)
    assert layout.is_of_table(path, "a") == path.startswith("data/")


def test_places_in_front_matter_count_from_the_first_line_of_the_file() -> None:
    reader, text = front_matter.MarkdownReader(), "---\ntitle: 题\ntags: [a, b]\n---\n\n正文\n"
    assert reader.decode("x.md", text) == ({"title": "题", "tags": ["a", "b"]}, [])
    assert reader.locate(text, ("tags", 1), False) == (2, 10, 1)
    assert reader.locate(text, ("tags",), True) == (2, 0, 4)
    assert reader.locate("正文", ("tags",), True) == (0, 0, 1)
    (fault,) = reader.decode("x.md", text.replace("[a", "[a: b: c"))[1]
    assert fault.place.line == 3


def test_no_other_module_names_the_suffixes_of_data() -> None:
    """But for what a folder may not be called."""
    package = Path(readers.__file__).parent.parent
    named = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if re.search(r"""["']\.?yml["']""", path.read_text(encoding="utf-8"))
    }
    assert named == {"inputs/readers.py", "filesystem/file_names.py"}

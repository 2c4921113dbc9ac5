"""Open data: CSV and JSON tell the same, each program reads them back as they were, and their fields stay."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from conftest import Project
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from reference import BASE_URL, ROOT, Site, build, copy_project, load_yaml, text_of

from honorroll.model.campaign import Ledger
from honorroll.pages.files.datasets import Dataset
from honorroll.pages.files.exports import csv_text, fields, schema_text
from honorroll.pages.sections import DATASETS
from honorroll.pages.sections.deeds import DeedRow
from honorroll.pages.sections.results import LEDGER_IDS

GOLDEN = Path(__file__).parent / "opendata"
DOCUMENT = ROOT / "docs" / "open-data.md"
BOM = b"\xef\xbb\xbf"

each = pytest.mark.parametrize("dataset", DATASETS.values(), ids=DATASETS)

#: What makes spreadsheets and parsers stumble; one is in each text of the hostile file.
AWKWARD = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    " =1",
    "＝1+1",
    "'已有单引号",
    "''",
    "'",
    '他说："好"，走了；',
    "第一行\n第二行，“引号”\n\n第四行",
    "a,b;c\td|e",
    '"',
    ",",
    "007",
    "1e5",
    "2022-09-01",
    "TRUE",
    "真",
    "，。、；：？！“”‘’（）《》…—·〔2022〕１２３",
    "𠮷野家 é🙂",
    "=HYPERLINK(\"http://example.org/\",\"点\")",
    "  两边有空格  ",
]  # fmt: skip


def decoded(cell: str, field: dict[str, Any]) -> Any:
    """A cell as the documents say that it is read."""
    ways = field.get("anyOf", [field])
    kinds = {way.get("type", "string") for way in ways}
    if cell == "" and "null" in kinds:
        return None
    if kinds & {"integer", "number"}:
        return float(cell)
    if "boolean" in kinds:
        return {"true": True, "false": False}[cell]
    return cell.removeprefix("'")


def read_csv(data: bytes, dataset: Dataset) -> list[dict[str, Any]]:
    assert data.startswith(BOM)
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    properties = json.loads(schema_text(dataset, ""))["$defs"][dataset.row.__name__]["properties"]
    assert rows[0] == list(properties)
    return [
        {name: decoded(cell, properties[name]) for name, cell in zip(rows[0], row, strict=True)} for row in rows[1:]
    ]


def document(site: Site | Path, name: str) -> Any:
    folder = site if isinstance(site, Path) else site.folder
    return json.loads((folder / "data" / f"{name}.json").read_bytes())


# The files


@each
def test_the_json_follows_its_schema(site: Site, dataset: Dataset) -> None:
    schema = json.loads((site.folder / "data" / f"{dataset.name}.schema.json").read_bytes())
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    made = document(site, dataset.name)
    assert not list(validator.iter_errors(made))
    assert made["schema"] == schema["$id"] == f"{BASE_URL}data/{dataset.name}.schema.json"
    assert list(made) == list(schema["properties"])
    row = schema["$defs"][dataset.row.__name__]
    assert all(list(found) == list(row["properties"]) == row["required"] for found in made["rows"])
    broken = made | {"rows": [made["rows"][0] | {"id": 7}]}
    assert not validator.is_valid(broken)
    assert not validator.is_valid(made | {"as_of": "gestern"})


@each
def test_the_csv_tells_the_same_rows(site: Site, dataset: Dataset) -> None:
    data = (site.folder / "data" / f"{dataset.name}.csv").read_bytes()
    rows = document(site, dataset.name)["rows"]
    assert read_csv(data, dataset) == rows
    assert rows
    assert data.endswith(b"\r\n")
    assert data.count(b"\r\n") == len(rows) + 1  # no story has a line break of its own


@each
def test_what_comes_with_the_rows(site: Site, dataset: Dataset) -> None:
    made = document(site, dataset.name)
    told = re.findall(r"\d{4}-\d\d-\d\d", json.dumps([list(row.values())[3:] for row in made["rows"]]))
    assert made["as_of"] == max(told)
    assert made["sample"] is True
    assert all(row["sample"] is True for row in made["rows"])
    assert made["license"] == {
        "name": "知识共享 署名 4.0（CC BY 4.0）",
        "url": "https://creativecommons.org/licenses/by/4.0/deed.zh-hans",
    }
    assert made["home"] == BASE_URL
    assert made["about"] == f"{BASE_URL}data/"
    assert len({row["id"] for row in made["rows"]}) == len(made["rows"])


@each
def test_every_row_leads_to_its_page(site: Site, dataset: Dataset) -> None:
    rows = document(site, dataset.name)["rows"]
    canonical = {page.link("canonical") for page in site.pages.values()}
    assert {row["page"] for row in rows} <= canonical
    if dataset.name != "results":
        assert all(row["page"].endswith(f"/{row['id']}.html") for row in rows)


def test_all_public_records_are_there(site: Site) -> None:
    for name, folder in (("awards", "awards"), ("projects", "contest"), ("deeds", "deeds")):
        pages = {url for url in site.pages if re.fullmatch(rf"{folder}/(?!index)[^./]+\.html", url)}
        assert {row["page"].removeprefix(BASE_URL) for row in document(site, name)["rows"]} == pages
    results = {row["name"]: row for row in document(site, "results")["rows"] if row["kind"] == "台账合计"}
    numbers = site.pages["results.html"].find("dl")[0]
    shown = {text_of(div[0]): text_of(div[1]) for div in numbers}
    assert {name: f"{row['value']:g} {row['unit']}" for name, row in results.items()} == shown


def test_every_ledger_has_a_name_in_data() -> None:
    assert list(LEDGER_IDS) == list(get_args(Ledger))


def test_the_state_of_an_award_is_that_of_its_page(site: Site) -> None:
    states = set()
    for row in document(site, "awards")["rows"]:
        page = site.pages[row["page"].removeprefix(BASE_URL)]
        (stated,) = (text_of(e) for e in page.main.iter() if "state" in (e.get("class") or "").split())
        assert row["state"] in stated
        assert bool(row["revoked_reason"]) == (row["state"] == "已撤销")
        states.add(row["state"])
    assert {"已授予", "已撤销"} <= states


# What may be told on a day


def test_the_data_say_of_an_award_what_the_day_allows(tmp_path: Path) -> None:
    root, states = copy_project(tmp_path / "project"), []
    for today in (date(2022, 9, 29), date(2022, 10, 10), date(2022, 10, 15)):
        early = Site.read(build(root, tmp_path / today.isoformat(), today), BASE_URL)
        (row,) = [r for r in document(early, "awards")["rows"] if r["id"] == "a2022-01"] or [{"state": None}]
        states.append((row["state"], row.get("decision_number"), row.get("citation") is not None))
    assert states == [(None, None, False), ("公示中", None, False), ("已授予", "示例〔2022〕2号", True)]


@pytest.mark.parametrize("today", [date(2022, 9, 5), date(2022, 10, 10), date(2022, 10, 15)])
def test_nothing_is_told_before_its_day(tmp_path: Path, today: date) -> None:
    root = copy_project(tmp_path / "project")
    early = Site.read(build(root, tmp_path / "site", today), BASE_URL)
    assert document(early, "deeds")["rows"]
    for path in (early.folder / "data").glob("*.json"):
        made = json.loads(path.read_bytes())
        if "rows" in made:
            assert made["as_of"] <= today.isoformat(), path
            assert {row["page"] for row in made["rows"]} <= {p.link("canonical") for p in early.pages.values()}


def test_a_day_on_which_nothing_happens_changes_no_byte(project: Project) -> None:
    assert project.build().counts
    before = {url: data for url, data in project.output().items() if url.startswith("data/")}
    assert len(before) == 13
    assert project.build(today=date(2022, 12, 24), out=project.root / "later").counts
    assert {url: d for url, d in project.output(project.root / "later").items() if url.startswith("data/")} == before


def test_a_withdrawn_consent_takes_the_name_out_of_the_data(project: Project) -> None:
    assert project.build().counts
    name = load_yaml(project.root / "data" / "persons.yaml")[0]["name"]
    assert document(project.site, "deeds")["rows"][0]["persons"] == name
    project.replace("data/consents.yaml", "given: 2022-09-02", "given: 2022-09-02\n  withdrawn: 2022-09-03")
    assert project.build().counts
    assert document(project.site, "deeds")["rows"][0]["persons"] == "一名保安员"
    assert not [url for url, data in project.output().items() if url.startswith("data/") and name.encode() in data]


def test_where_there_is_nothing_there_are_no_files_and_no_links(project: Project) -> None:
    assert project.build(today=date(2022, 8, 31)).counts
    files = {url for url in project.output() if url.startswith("data/")}
    assert not {url for url in files if "awards" in url or "deeds" in url or "results" in url}
    text = "".join(path.read_text("utf-8") for path in project.site.rglob("*.html"))
    assert not re.search(r"data/(awards|deeds|results)\.", text)


def test_a_campaign_without_licence_address_or_sample(project: Project) -> None:
    project.replace("data/campaign.yaml", "sample: 是", "sample: 否")
    assert project.build(base_url="").counts
    made = document(project.site, "awards")
    assert made["license"] is None
    assert made["home"] is None
    assert made["sample"] is made["rows"][0]["sample"] is False
    assert made["rows"][0]["page"] == "awards/a01.html"
    assert made["schema"] == "data/awards.schema.json"
    schema = json.loads((project.site / "data" / "awards.schema.json").read_bytes())
    assert "$id" not in schema
    assert not list(Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(made))
    assert "许可：" not in (project.site / "data" / "index.html").read_text("utf-8")


# The page and the links to it


def test_pages_link_to_their_data(site: Site) -> None:
    pages = {"awards/index.html": "awards", "contest/index.html": "projects", "deeds/index.html": "deeds"}
    for url, name in (pages | {"results.html": "results"}).items():
        targets = {site.inner(url, target) for _, target in site.pages[url].addresses()}
        assert {(f"data/{name}.csv", ""), (f"data/{name}.json", ""), ("data/index.html", name)} <= targets
    for page in site.pages.values():
        foot = [e for e in page.find("footer") if e.get("class") == "foot"]
        assert "开放数据" in [text_of(a) for a in foot[0].iter("a")], page.url
    about = site.pages["data/index.html"]
    targets = {site.inner(about.url, target) for _, target in about.addresses()}
    for name in DATASETS:
        assert {(f"data/{name}.{suffix}", "") for suffix in ("csv", "json", "schema.json")} <= targets


def test_the_page_tells_every_field(site: Site) -> None:
    tables = site.pages["data/index.html"].find("table")
    shown = [[tuple(text_of(cell) for cell in row) for row in table.iter("tr")][1:] for table in tables]
    assert shown == [[tuple(field) for field in map(_in_order, fields(dataset))] for dataset in DATASETS.values()]


def _in_order(field: Any) -> tuple[str, ...]:
    return field.name, field.title, field.kind, field.description


# Names that stay


@each
def test_the_schemas_are_those_that_were_promised(dataset: Dataset, regenerate: bool) -> None:
    """A field that goes or is renamed breaks the programs of others: add, never take away."""
    path = GOLDEN / f"{dataset.name}.schema.json"
    if regenerate:
        path.write_text(schema_text(dataset, ""), encoding="utf-8", newline="\n")
    assert path.read_text(encoding="utf-8") == schema_text(dataset, "")


MARK = "<!-- Written from the source by `python3 build.py test --regenerate`. -->\n"


def test_the_fields_are_documented(regenerate: bool) -> None:
    lines = []
    for dataset in DATASETS.values():
        lines += [
            f"\n### `{dataset.name}` {dataset.title}\n",
            "| field 字段 | 含义 | 类型 | meaning |",
            "|---|---|---|---|",
        ]
        lines += [f"| `{f.name}` | {f.title} | {f.kind} | {f.description} |" for f in fields(dataset)]
    told = DOCUMENT.read_text(encoding="utf-8").split(MARK)[0] + MARK + "\n".join(lines) + "\n"
    if regenerate:
        DOCUMENT.write_text(told, encoding="utf-8", newline="\n")
    assert DOCUMENT.read_text(encoding="utf-8") == told


# Awkward texts


def deed(text: str) -> DeedRow:
    return DeedRow(
        id="d01", page="deeds/d01.html", sample=False, kind="战果", title=text, date=date(2022, 9, 1), persons=text or None,
        team=None, team_name=text or None, project=None, project_name=None, place=text or None, summary=text,
        evidence=text or None,
    )  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(AWKWARD) | st.from_regex(r"[=+\-@'\t\r\n ]+.*")
)
@example("'=1")
@example("\r\n")
@example("\ufeff")
def test_any_text_comes_back_and_none_is_a_formula(text: str) -> None:
    written = csv_text(DeedRow, [deed(text)])
    (row,) = read_csv(written.encode(), DATASETS["deeds"])
    assert row["title"] == row["summary"] == text
    assert row["place"] == row["persons"] == (text or None)
    cells = next(rows := csv.reader(io.StringIO(written[1:], newline=""))) and next(rows)
    assert not [cell for cell in cells if re.match(r"[\t\r\n]|\s*[=+\-@＝＋－＠]", cell)]


#: Comma, quotes, UTF-8, from the first line, quoted fields are text, nothing else is guessed.
AS_TEXT = "CSV:44,34,76,1,,0,true,false"
#: The same on the way out.
BACK = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    program = shutil.which("soffice")
    if not program:
        pytest.skip("there is no LibreOffice")
    return tmp_path_factory.mktemp("office")


def convert(office: Path, to: str, files: list[Path], *options: str) -> None:
    """By LibreOffice without a window, with a profile of its own."""
    profile = f"-env:UserInstallation={(office / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", *options, "--convert-to", to, "--outdir", str(office / to[:4])]
    run = subprocess.run(
        [*command, *map(str, files)],
        capture_output=True,
        check=False,
        timeout=240,
        env=os.environ | {"HOME": str(office)},
    )
    assert run.returncode == 0, run.stderr


@pytest.fixture(scope="module")
def tables(office: Path, site: Site) -> list[Path]:
    """The published files, and one of awkward texts."""
    hostile = office / "hostile.csv"
    hostile.write_bytes(csv_text(DeedRow, [deed(text) for text in AWKWARD]).encode())
    return [*sorted((site.folder / "data").glob("*.csv")), hostile]


def test_libreoffice_reads_the_same_rows(office: Path, tables: list[Path]) -> None:
    convert(office, BACK, tables, f"--infilter={AS_TEXT}")
    for path in tables:
        dataset = DATASETS.get(path.stem, DATASETS["deeds"])
        back = (office / "csv:" / path.name).read_bytes()
        back = back if back.startswith(BOM) else BOM + back
        assert read_csv(back, dataset) == read_csv(path.read_bytes(), dataset), path.name


def test_libreoffice_guesses_what_cells_are_and_finds_no_formula(office: Path, tables: list[Path]) -> None:
    """Without a window it knows no byte order mark and must be told UTF-8; the rest is as when a file is opened."""
    formula = office / "formula.csv"
    formula.write_bytes(BOM + b'"a"\r\n=1+1\r\n')
    convert(office, "xlsx", [*tables, formula], "--infilter=CSV:44,34,76")
    for path in [*tables, formula]:
        with zipfile.ZipFile(office / "xlsx" / path.with_suffix(".xlsx").name) as book:
            sheet = book.read("xl/worksheets/sheet1.xml").decode()
            strings = book.read("xl/sharedStrings.xml").decode()
        assert bool(re.search(r"<f[ >]", sheet)) == (path == formula), path.name
        assert path == formula or re.search("[，（]", strings), path.name

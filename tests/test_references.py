"""REF-01: every reference of every kind of record is checked, and only once."""

import pytest
from conftest import Project
from diagnostics.cases import picture

from honorroll.model import Many, Record, Scalar

POST = "content/news/2022-09-02-first.md"

#: Each field that refers to a record: its file, the line as it is right and wrong, and where it leads.
CASES = [
    ("data/campaign.yaml", "organisers: [zd, xh]", "organisers: [zd, xx]", "orgs"),
    ("data/campaign.yaml", "wrap_up: 2022-09-02-first", "wrap_up: xx", "posts"),
    ("data/campaign.yaml", "- org: xh", "- org: xx", "orgs"),
    ("data/teams.yaml", "org: c01", "org: xx", "orgs"),
    ("data/teams.yaml", "liaison: zd", "liaison: xx", "orgs"),
    ("data/persons.yaml", "org: c01", "org: xx", "orgs"),
    ("data/consents.yaml", "person: r01", "person: xx", "persons"),
    ("data/patrols.yaml", "team: t01", "team: xx", "teams"),
    ("data/patrols.yaml", "assigned_by: zd", "assigned_by: xx", "orgs"),
    ("data/inspections.yaml", "team: t02", "team: xx", "teams"),
    ("data/inspections.yaml", "project: p01", "project: xx", "projects"),
    ("data/projects.yaml", "cycle: y2022", "cycle: xx", "cycles"),
    ("data/projects.yaml", "company: c01", "company: xx", "orgs"),
    ("data/projects.yaml", "client: k01", "client: xx", "orgs"),
    ("data/projects.yaml", "deed: d01", "deed: xx", "deeds"),
    ("data/projects.yaml", "org: zd", "org: xx", "orgs"),
    ("data/deeds.yaml", "persons: [r01]", "persons: [xx]", "persons"),
    ("data/deeds.yaml", "alt: 书包, persons: [r01]", "alt: 书包, persons: [xx]", "persons"),
    ("data/deeds.yaml", "team: t01", "team: xx", "teams"),
    ("data/deeds.yaml", "project: p01", "project: xx", "projects"),
    ("data/deeds.yaml", "to: [zd, xh]", "to: [xx, xh]", "orgs"),
    ("data/awards.yaml", "cycle: y2022", "cycle: xx", "cycles"),
    ("data/awards.yaml", "project: p01", "project: xx", "projects"),
    ("data/awards.yaml", "org: c01", "org: xx", "orgs"),
    ("data/awards.yaml", "person: r01", "person: xx", "persons"),
    ("data/awards.yaml", "notice: n01", "notice: xx", "notices"),
    ("data/awards.yaml", "decision: n02", "decision: xx", "notices"),
    ("data/awards.yaml", "notice: n03}", "notice: xx}", "notices"),
    ("data/awards.yaml", "refused: {notice: n02", "refused: {notice: xx", "notices"),
    ("data/notices.yaml", "issuers: [zd, xh]", "issuers: [zd, xx]", "orgs"),
    ("data/notices.yaml", "corrects: n01", "corrects: xx", "notices"),
    ("data/figures.yaml", "post: 2022-09-02-first", "post: xx", "posts"),
    ("data/figures.yaml", "parts: [f02]", "parts: [xx]", "figures"),
    (POST, "tags: [巡逻防控]", "tags: [xx]", "tags"),
    (POST, "teams: [t01]", "teams: [t01, xx]", "teams"),
    (POST, "deeds: [d01]", "deeds: [xx]", "deeds"),
    (POST, "projects: [p01]", "projects: [xx]", "projects"),
    (POST, "awards: [a01]", "awards: [xx]", "awards"),
]


@pytest.fixture
def full(project: Project) -> Project:
    """A valid project in which each field that refers to a record is used."""
    project.replace("data/patrols.yaml", "  area:", "  assigned_by: zd\n  area:")
    project.write("content/bag.jpg", picture())
    photo = "  photos: [{src: bag.jpg, alt: 书包, persons: [r01]}]\n"
    project.replace("data/deeds.yaml", "  place:", f"{photo}  project: p01\n  place:")
    project.replace("data/campaign.yaml", "stages:", "wrap_up: 2022-09-02-first\nstages:")
    project.replace("data/figures.yaml", "  key:", "  post: 2022-09-02-first\n  key:")
    whole = "  parts: [f02]\n  key: 是\n- {id: f02, name: 名单, value: 200, approximate: 余, unit: 名, as_of: 2022-09-30, source: 报名表（示例）}"
    project.replace("data/figures.yaml", "  key: 是", whole)
    project.replace(POST, "teams: [t01]", "teams: [t01]\ndeeds: [d01]\nprojects: [p01]\nawards: [a01]")
    award = "- {{id: {}, cycle: y2022, kind: {}, title: 称号, {}, notice: n01, decision: n02{}}}\n"
    revoked = ", revoked: {date: 2022-10-01, reason: 有误, notice: n03}"
    more = award.format("a02", "公司", "org: c01", "") + award.format("a03", "保安员", "person: r01", revoked)
    more += award.format("a04", "公司", "org: c01", "").replace("decision: n02", "refused: {notice: n02, reason: 不符}")
    project.write("data/awards.yaml", project.read("data/awards.yaml") + more)
    project.replace("data/cycles.yaml", "  order_note:", "  other_titles: [称号]\n  order_note:")
    project.replace("data/notices.yaml", "awards: [a01]", "awards: [a01, a02, a03]")
    third = (
        "- {id: n03, kind: 撤销, title: 撤销, date: 2022-10-01, issuers: [zd, xh], awards: [a03], body: 撤销一项。}\n"
    )
    third += "- {id: n04, kind: 更正, title: 更正, date: 2022-09-14, issuers: [zd], corrects: n01, body: 更正。}\n"
    project.write("data/notices.yaml", project.read("data/notices.yaml") + third)
    return project


def test_a_project_with_all_kinds_of_references_is_right(full: Project) -> None:
    assert full.check().findings == ()


@pytest.mark.parametrize(("path", "right", "wrong", "table"), CASES)
def test_a_reference_to_nothing_is_found(full: Project, path: str, right: str, wrong: str, table: str) -> None:
    text = full.read(path)
    full.write(path, text.replace(right, wrong, 1))
    (finding,) = full.check().findings
    assert finding.diagnostic.rule == "REF-01"
    assert finding.diagnostic.args == {"value": "xx", "table": table}
    assert finding.span.path == path
    assert finding.span.text[finding.span.column - 1 :].startswith("xx")
    assert finding.span.length == 2


def test_every_reference_of_the_model_has_a_case() -> None:
    def below(kind: type[Record]) -> set[type[Record]]:
        return {kind}.union(*(below(inner) for inner in kind.__subclasses__()))

    types = [field.type for model in below(Record) for field in model.fields().values()]
    scalars = [type.item if isinstance(type, Many) else type for type in types]
    assert sum(isinstance(scalar, Scalar) and bool(scalar.refers) for scalar in scalars) == len(CASES)


@pytest.mark.parametrize(
    ("path", "right", "wrong", "guess"),
    [
        ("data/teams.yaml", "org: c01", "org: c1", "c01"),
        ("data/figures.yaml", "2022-09-02-first", "2022-09-02-frist", "2022-09-02-first"),
        (POST, "巡逻防控", "巡逻防空", "巡逻防控"),
        ("data/teams.yaml", "org: c01", "org: qqq", ""),
    ],
)
def test_the_nearest_id_or_name_is_offered(full: Project, path: str, right: str, wrong: str, guess: str) -> None:
    full.replace(path, right, wrong)
    (finding,) = full.check().findings
    assert finding.diagnostic.guess == guess


def test_a_tag_is_named_by_its_name_and_not_by_its_id(project: Project) -> None:
    project.replace(POST, "巡逻防控", "xunluo")
    (finding,) = project.check().findings
    assert (finding.diagnostic.rule, finding.diagnostic.args["table"]) == ("REF-01", "tags")


def test_a_finding_names_its_record(project: Project) -> None:
    project.replace("data/patrols.yaml", "t01", "t09")
    project.replace("data/persons.yaml", "org: c01", "org: c09")
    patrol, person = project.check().findings
    assert patrol.diagnostic.record == "巡逻记录“2022-09-01”"
    assert person.diagnostic.record == "人员“王守江”"


def test_a_reference_to_a_record_with_faults_of_its_own_is_no_second_finding(full: Project) -> None:
    full.replace("data/teams.yaml", "headcount: 5", "headcount: 五")
    (finding,) = full.check().findings
    assert finding.diagnostic.rule == "SCH-07"


def test_a_reference_to_a_post_with_faults_of_its_own_is_no_second_finding(full: Project) -> None:
    full.replace(POST, "date: 2022-09-02 09:30", "date: 今天")
    (finding,) = full.check().findings
    assert finding.diagnostic.rule == "SCH-06"


@pytest.mark.parametrize(
    "content", ["- id: 'c01\n", "id: c01\n", "- - c01\n", "- name: 某公司\n  kind: 保安公司\n", "-\n"]
)
def test_references_into_a_table_that_cannot_be_read_are_not_told(full: Project, content: str) -> None:
    full.write("data/orgs.yaml", content)
    found = {(f.diagnostic.rule, f.span.path) for f in full.check().findings}
    assert len(found) == 1
    assert "REF-01" not in {rule for rule, _ in found}


def test_references_into_a_table_that_is_not_there_are_told(full: Project) -> None:
    full.remove("data/figures.yaml")
    full.remove("data/tags.yaml")
    (finding,) = full.check().findings
    assert (finding.diagnostic.rule, finding.span.path) == ("REF-01", POST)


def test_drafts_and_posts_of_the_future_may_be_referred_to(full: Project) -> None:
    full.replace(POST, "source:", "draft: 是\nsource:")
    result = full.build()
    assert result.findings == ()
    assert not any(b"2022-09-02-first" in data for path, data in full.output().items() if path != ".honorroll")


def test_ids_are_known_across_the_files_of_a_table(project: Project) -> None:
    text = project.read("data/orgs.yaml")
    project.remove("data/orgs.yaml")
    project.write("data/orgs/one.yaml", text[: text.index("- id: c01")])
    project.write("data/orgs/two.yml", text[text.index("- id: c01") :])
    assert project.check().findings == ()

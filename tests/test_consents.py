"""What the ledger of consents lets be shown, on each day, in every file of the site."""

from datetime import date, timedelta
from typing import Any

import pytest
from conftest import Project
from diagnostics.cases import picture

from honorroll.cli import upcoming
from honorroll.engine.pipeline import Options

PERSONS, CONSENTS, DEEDS = "data/persons.yaml", "data/consents.yaml", "data/deeds.yaml"
POST = "content/news/2022-09-02-first.md"
NAME = "王守江"
TODAY = date(2022, 11, 1)


def naming(project: Project, name: str = NAME) -> list[str]:
    """The files that hold a name, in themselves or in what they are called."""
    return [url for url, data in project.output().items() if name.encode() in data or name in url]


def told(result: Any) -> list[tuple[str, str, int]]:
    return [(one.diagnostic.rule, one.span.path, one.span.line) for one in result.findings]


@pytest.mark.parametrize(
    ("ledger", "named", "in_deeds"),
    [
        ("", False, False),
        ("- {person: r01, purposes: [姓名, 事迹], given: 2022-09-02, how: 书面}\n", True, True),
        ("- {person: r01, purposes: [姓名], given: 2022-09-02, how: 书面}\n", True, False),
        ("- {person: r01, purposes: [事迹, 照片], given: 2022-09-02, how: 书面}\n", False, False),
        ("- {person: r01, purposes: [姓名, 事迹], given: 2099-01-01, how: 书面}\n", False, False),
        ("- {person: r01, purposes: [姓名, 事迹], given: 2022-09-02, how: 书面, until: 2022-10-31}\n", False, False),
        ("- {person: r01, purposes: [姓名, 事迹], given: 2022-09-02, how: 书面, until: 2022-11-01}\n", True, True),
        (
            "- {person: r01, purposes: [姓名, 事迹], given: 2022-09-02, how: 书面, withdrawn: 2022-10-01}\n",
            False,
            False,
        ),
        (
            # agreed anew, to less
            (
                "- {person: r01, purposes: [姓名, 事迹], given: 2022-09-02, how: 书面, withdrawn: 2022-10-01}\n"
                "- {person: r01, purposes: [姓名], given: 2022-10-05, how: 录音}\n"
            ),
            True,
            False,
        ),
    ],
)
def test_the_ledger_alone_says_what_is_shown(ledger: str, named: bool, in_deeds: bool, project: Project) -> None:
    project.write(CONSENTS, ledger)
    project.write(
        "data/awards.yaml",
        project.read("data/awards.yaml")
        + "- {id: a09, cycle: y2022, kind: 保安员, title: 平安之星, person: r01, notice: n01}\n",
    )
    project.replace(
        "data/cycles.yaml", "  order_note: 排名不分先后", "  order_note: 排名不分先后\n  other_titles: [平安之星]"
    )
    assert project.build(today=TODAY).counts
    assert (NAME in project.output()["awards/a09.html"].decode()) == named
    assert ("deeds/d01.html" in naming(project)) == in_deeds
    if not named:
        assert naming(project) == []


@pytest.mark.parametrize(("guardian", "named"), [("", False), ("  guardian: 母亲\n", True)])
def test_for_a_minor_a_guardian_agrees(guardian: str, named: bool, project: Project) -> None:
    project.replace(PERSONS, "  mask: 全名\n", "  mask: 全名\n  minor: 是\n")
    project.write(CONSENTS, project.read(CONSENTS) + guardian)
    assert project.build().counts
    assert bool(naming(project)) == named
    assert named or "一名未成年人" in project.output()["deeds/d01.html"].decode()


@pytest.mark.parametrize(
    ("edit", "shown"),
    [
        ((CONSENTS, "how: 书面", "how: 书面"), True),
        ((CONSENTS, "[姓名, 照片, 事迹]", "[姓名, 事迹]"), False),
        ((CONSENTS, "how: 书面", "how: 书面\n  withdrawn: 2022-10-01"), False),
        ((PERSONS, "mask: 全名", "mask: 匿名"), False),
        ((PERSONS, "mask: 全名", "mask: 全名\n  minor: 是"), False),
    ],
)
def test_a_photo_is_shown_if_all_in_it_agree(edit: tuple[str, str, str], shown: bool, project: Project) -> None:
    project.write("content/pictures/gate.jpg", picture())
    photo = "  photos:\n    - {src: pictures/gate.jpg, alt: 石狮旁的人, persons: [r01]}\n"
    project.replace(DEEDS, "  story:", photo + "  story:")
    project.replace(*edit)
    assert project.build().counts
    assert any(url.startswith("pictures/") for url in project.output()) == shown
    assert ("石狮旁的人" in project.output()["deeds/d01.html"].decode()) == shown


#: Where a name may be typed, and the file and line that tell of it.
PLACES = [
    (POST, "title: ", "title: 王守江同志", 2),
    (POST, "\n---\n\n", "\n---\n\n感谢王 守 江和**王守**江。\n\n", 0),
    (DEEDS, "  story: ", "  story: 王守江说。", 0),
    ("content/plan.md", "\n---\n\n", "\n---\n\n![王守江在岗](pictures/gate.jpg)\n\n", 0),
    ("data/notices.yaml", "  body: ", "  body: 王&#23432;江。", 0),
]


WITHDRAWN = CONSENTS, "how: 书面", "how: 书面\n  withdrawn: 2022-10-01"


@pytest.mark.parametrize(
    ("rule", "edit", "path", "old", "new", "line"),
    [
        *(("PRV-06", WITHDRAWN, *place) for place in PLACES),
        ("PRV-05", (CONSENTS, "2022-09-02", "2022-12-02"), *PLACES[0]),
        ("PRV-05", (PERSONS, "mask: 全名", "mask: 隐名"), *PLACES[1]),
        ("PRV-08", (PERSONS, "mask: 全名", "mask: 匿名"), *PLACES[2]),
        ("PRV-04", (PERSONS, "mask: 全名", "mask: 全名\n  minor: 是"), *PLACES[3]),
    ],
)
def test_who_must_not_be_named_is_named_nowhere(
    rule: str, edit: tuple[str, str, str], path: str, old: str, new: str, line: int, project: Project
) -> None:
    project.write("content/pictures/gate.jpg", picture())
    text = project.read(path)
    assert old in text
    project.write(path, text.replace(old, new, 1))
    assert project.build().counts  # with the consent, it may be
    project.replace(*edit)
    found = [one for one in told(project.build()) if one[0] != "PRV-22"]
    line = line or text[: text.index(old)].count("\n") + new[: new.index("王")].count("\n") + 1
    assert {*found} == {(rule, path, line)}
    assert project.check().findings  # also by another build, of what is known


def test_a_consent_in_the_list_of_people_is_an_entry_of_the_ledger(project: Project) -> None:
    (project.root / CONSENTS).unlink()
    project.replace(PERSONS, "mask: 全名", "mask: 全名\n  consent: {given: 2022-09-02}")
    result = project.build(strict=True)
    assert result.counts
    assert [rule for rule, _, _ in told(result)] == ["PRV-20"]
    assert "deeds/d01.html" in naming(project)
    project.replace(PERSONS, "given: 2022-09-02", "given: 2022-09-02, withdrawn: 2022-10-01")
    assert project.build().counts
    assert naming(project) == []


def test_a_photo_that_is_withheld_is_shown_nowhere(project: Project) -> None:
    project.write("content/pictures/gate.jpg", picture())
    photo = "  photos:\n    - {src: pictures/gate.jpg, alt: 石狮旁的人, persons: [r01]}\n"
    project.write(DEEDS, project.read(DEEDS) + photo)
    project.write(POST, project.read(POST) + "\n![岗亭](../pictures/gate.jpg)\n")
    assert project.build().counts
    project.replace(CONSENTS, "[姓名, 照片, 事迹]", "[姓名, 事迹]")
    assert {rule for rule, _, _ in told(project.build())} == {"PRV-25"}
    assert [path for _, path, _ in told(project.build())] == [POST]


def test_what_is_sure_in_the_site_is_an_error_however_it_was_typed(project: Project) -> None:
    project.write(POST, project.read(POST) + "\n这是王<!-- x -->守江。\n\n王-守江\n")
    project.replace(*WITHDRAWN)
    assert {"PRV-06"} <= {rule for rule, _, _ in told(project.build())} <= {"PRV-06", "PRV-23", "MDN-06"}


@pytest.mark.parametrize(
    "name",
    [
        "José García",
        "Müller Hans",
        "Иван Петров",
        "Anna O'Neil",
        "J.R. Smith",
        "Madonna",
        "王〇",
        "大卫·Smith",
        "王 Shoujiang",
    ],
)
def test_a_name_in_other_letters_is_found(name: str, project: Project) -> None:
    project.replace(PERSONS, "name: 王守江", f'name: "{name}"')
    project.replace(*WITHDRAWN)
    assert project.build(strict=True).counts
    project.write(
        POST, project.read(POST).replace("title: ", f"title: 表彰{name}同志，", 1) + f"\n保安{name}同志救人。\n"
    )
    assert {rule for rule, _, _ in told(project.build())} == {"PRV-06"}


def test_a_file_name_names_somebody(project: Project) -> None:
    project.write("static/王守江.jpg", picture())
    project.write(CONSENTS, "")
    assert ("PRV-05", "static/王守江.jpg", 0) in told(project.check())


def test_a_post_that_is_not_public_yet_is_not_blamed(project: Project) -> None:
    """The editor mends what is published; a draft and a post of next month tell nobody anything."""
    text = project.read(POST)
    project.write(CONSENTS, project.read(CONSENTS) + "  withdrawn: 2022-10-01\n")
    for name, front in (("draft", "draft: 是\ndate: 2022-09-02 09:30"), ("later", "date: 2022-12-02 09:30")):
        said = text.replace("date: 2022-09-02 09:30", front) + f"\n感谢{NAME}。\n"
        project.write(f"content/news/2022-09-03-{name}.md", said)
    assert told(project.build()) == []
    project.write(POST, text + f"\n感谢{NAME}。\n")
    assert [(rule, path) for rule, path, _ in told(project.build())] == [("PRV-06", POST)]


def test_of_namesakes_one_may_be_named(project: Project) -> None:
    project.write(PERSONS, project.read(PERSONS) + "- id: r02\n  name: 王守江\n  mask: 匿名\n")
    assert project.build().counts  # the deed's own facts name the one who agreed
    project.write(POST, project.read(POST) + "\n王守江来了。\n")
    assert {rule for rule, _, _ in told(project.build())} == {"PRV-23"}
    project.replace(DEEDS, "  story: ", "  story: 王守江说。")  # of the deed of r01
    assert [path for _, path, _ in told(project.build())] == [POST]


def test_a_warning_outlives_an_edit_that_was_refused_and_undone(project: Project) -> None:
    project.write(PERSONS, project.read(PERSONS) + "- id: r02\n  name: 王守江\n  mask: 匿名\n")
    project.write(POST, project.read(POST) + "\n王守江来了。\n")
    warned = told(project.build())
    assert [rule for rule, _, _ in warned] == ["PRV-23"]
    right = project.read(POST)
    project.write(POST, right + "\n电话13800138000。\n")
    assert {rule for rule, _, _ in told(project.build())} == {"PRV-02", "PRV-23"}
    project.write(POST, right)
    assert told(project.build()) == warned
    assert told(project.build()) == warned


def test_a_withdrawal_that_is_undone_leaves_nothing_behind(project: Project) -> None:
    project.write(POST, project.read(POST) + "\n王守江来了。\n")
    assert project.build().counts
    right = project.read(CONSENTS)
    project.replace(*WITHDRAWN)
    assert {rule for rule, _, _ in told(project.build())} == {"PRV-06"}
    project.write(CONSENTS, right)
    for _ in range(2):
        assert told(project.build()) == []
    project.replace(*WITHDRAWN)
    assert {rule for rule, _, _ in told(project.build())} == {"PRV-06"}


def test_the_index_of_pairs_names_nobody(project: Project) -> None:
    project.write(
        PERSONS, project.read(PERSONS) + "- {id: r02, name: 王明, mask: 匿名}\n- {id: r03, name: 王 明, mask: 匿名}\n"
    )
    project.write(POST, project.read(POST) + "\n国王明天来。\n")
    assert told(project.build()) == []


def test_a_person_who_is_gone_is_missed(project: Project) -> None:
    project.write(PERSONS, "")
    found = told(project.check())
    assert {(rule, path) for rule, path, _ in found} == {("REF-01", CONSENTS), ("REF-01", DEEDS)}


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("实验小学三年级二班的李小雨同学送来锦旗。", True),
        ("花山中学初二（3）班学生周子涵扶起老人。", True),
        ("实验小学三年级二班的一名同学送来锦旗。", False),
        ("实验小学三年级二班的李某某同学送来锦旗。", False),
        ("第一小学放学时，三年级的孩子们排队出校门。", False),
        ("李小雨同学送来锦旗。", False),
    ],
)
def test_a_phrase_that_tells_a_minor_is_a_warning(text: str, is_told: bool, project: Project) -> None:
    project.write(POST, project.read(POST) + f"\n{text}\n")
    assert {rule for rule, _, _ in told(project.build())} == ({"PRV-24"} if is_told else set())


def test_the_site_changes_on_the_days_of_the_ledger(project: Project) -> None:
    """Builds day by day, one upon the other, equal clean ones; and the list of days to come knew them."""
    project.write(
        CONSENTS,
        "- {person: r01, purposes: [姓名, 事迹], given: 2022-11-03, how: 书面, until: 2022-11-05}\n"
        "- {person: r01, purposes: [姓名, 照片], given: 2022-11-08, how: 书面, until: 2022-11-09}\n",
    )
    options = Options(root=project.root, out=project.site, today=TODAY)
    listed = [str(moment.date()) for moment, files, _ in upcoming.changes(options, 12) if files]
    assert listed == ["2022-11-03", "2022-11-06"]  # to the name alone: there is no award to show it
    seen = []
    for number in range(12):
        today = TODAY + timedelta(days=number)
        assert project.build(today=today).counts
        if number in (1, 2, 5, 8):
            clean = project.root / f"clean{number}"
            assert project.build(today=today, out=clean).counts
            assert project.output() == project.output(clean)
        if naming(project):
            seen.append(today.day)
    assert seen == [3, 4, 5]


def test_no_file_of_the_program_names_anybody(project: Project) -> None:
    """Else nobody of that name could be on the list: no editor can mend a script of ours."""
    names = "王伟 王芳 李伟 李娜 张敏 王静 李静 张强 张伟 刘洋 李强 王磊 石强 张静 张三 李四 王五 赵六 王小明 欧阳长河 司马超".split()
    new = "".join(f"- id: x{at:02}\n  name: {name}\n  org: c01\n" for at, name in enumerate(names))
    project.write(PERSONS, project.read(PERSONS) + new)
    found = project.build().findings
    assert not [
        one
        for one in found
        if one.diagnostic.rule.startswith("PRV") and one.diagnostic.place.path.startswith("static/")
    ]

"""The record of what was published: a file each time something new is public, and what is told when it changes silently."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from conftest import Project
from hypothesis import given, settings
from hypothesis import strategies as st

from honorroll import record
from honorroll.chinese import CHINA
from honorroll.cli.commands import main
from honorroll.diagnostics import Severity
from honorroll.filesystem.source_file import Source
from honorroll.model.published import Key

MOMENT = datetime(2022, 10, 20, 9, tzinfo=CHINA)
TARGET = "- {id: web, kind: 文件夹, to: ../www}\n"


@pytest.fixture
def published(project: Project) -> Project:
    """The small project, published once."""
    publish(project)
    return project


def publish(project: Project, moment: datetime = MOMENT) -> str:
    result = project.build(today=moment.date())
    assert result.campaign
    facts = record.facts(result.campaign, project.output())
    return record.add_edition(project.root, facts, moment, "0001-aaaaaaaa", "web", sample=True)


def found(project: Project, **options: object) -> list[tuple[str, Severity]]:
    return [(one.diagnostic.rule, one.severity) for one in project.build(**options).findings]


def told(project: Project) -> set[str]:
    return {rule for rule, _ in found(project)}


def test_what_stays_as_it_was_published_is_not_told(published: Project) -> None:
    assert found(published) == []
    assert publish(published) == ""


def test_a_record_is_read_by_people_and_names_nobody(published: Project) -> None:
    text = published.read("data/published/0001.txt")
    assert "+ award a01 已授予 2022-09-20 n02\n" in text
    assert "+ notice n01 公示 2022-09-13 2022-09-13/2022-09-19 示例〔2022〕1号\n" in text
    assert "+ figure f01 200余 名 2022-09-30 -\n" in text
    assert "+ page teams/t01.html\n" in text
    assert "404.html" not in text
    assert not any(name in text for name in ("一小", "江边"))


def no_award(project: Project) -> None:
    """The award goes together with its documents, as if it never had been."""
    project.write("data/awards.yaml", "[]\n")
    project.write("data/notices.yaml", "[]\n")


def other_date(project: Project) -> None:
    project.replace("data/notices.yaml", "date: 2022-09-20", "date: 2022-09-21")


def other_number(project: Project) -> None:
    project.replace("data/notices.yaml", "〔2022〕2号", "〔2022〕3号")


def other_figure(project: Project) -> None:
    project.replace("data/figures.yaml", "value: 200", "value: 300")


def no_decision(project: Project) -> None:
    project.replace("data/awards.yaml", "  decision: n02\n", "")
    project.replace("data/notices.yaml", "  awards: [a01]\n", "")


def no_team_page(project: Project) -> None:
    project.remove("content/news/2022-09-02-first.md")


SILENT: list[tuple[Callable[[Project], None], str]] = [
    (no_award, "REC-02"),
    (no_decision, "REC-02"),
    (other_date, "REC-03"),
    (other_number, "REC-03"),
    (other_figure, "REC-04"),
    (no_team_page, "REC-05"),
]


@pytest.mark.parametrize(("edit", "rule"), SILENT, ids=[edit.__name__ for edit, _ in SILENT])
def test_a_silent_change_of_what_was_published_is_told(
    edit: Callable[[Project], None], rule: str, project: Project
) -> None:
    edit(project)
    assert rule not in told(project)  # nothing was published yet
    for path in ("data/awards.yaml", "data/notices.yaml", "data/figures.yaml", "content/news/2022-09-02-first.md"):
        project.write(path, (Path(__file__).parent / "sites" / "minimal" / path).read_bytes())
    publish(project)
    edit(project)
    assert rule in told(project)
    assert rule not in {
        name for name, _ in found(project, today=date(2022, 10, 19))
    }  # of an earlier day nothing is known


CORRECTION = """
- {id: n03, kind: 更正, title: 更正, date: 2022-10-25, issuers: [zd], corrects: n02, body: 日期有误。}
"""


def test_a_new_correction_explains_a_changed_decision_but_not_the_next_change(published: Project) -> None:
    other_date(published)
    published.write("data/notices.yaml", published.read("data/notices.yaml") + CORRECTION)
    assert "REC-03" not in told(published)
    assert publish(published, datetime(2022, 10, 26, 9, tzinfo=CHINA)) == "data/published/0002.txt"
    published.replace("data/notices.yaml", "date: 2022-09-21", "date: 2022-09-22")
    assert "REC-03" in told(published)


def test_a_figure_says_that_it_was_changed_or_is_of_a_later_day(published: Project) -> None:
    other_figure(published)
    text = published.read("data/figures.yaml")
    published.write("data/figures.yaml", text + "  updated: 2022-10-25\n  change: 补上一队\n")
    assert "REC-04" not in told(published)
    published.write("data/figures.yaml", text.replace("2022-09-30", "2022-10-30"))
    assert "REC-04" not in told(published)


def test_a_figure_may_be_renamed_but_not_given_up(published: Project) -> None:
    assert main(["rename", "figure", "f01", "f09", "--write", "--today", "2022-10-20"], published.root) == 0
    assert "REC-04" not in told(published)
    published.replace("data/figures.yaml", "value: 200", "value: 300")
    assert "REC-04" in told(published)


@pytest.mark.parametrize("to", ["", " teams/t01.html"])
def test_a_page_that_is_gone_says_where_to_or_that_it_was_taken_down(to: str, published: Project) -> None:
    no_team_page(published)
    gone = [one.diagnostic.args["id"] for one in published.build().findings if one.diagnostic.rule == "REC-05"]
    assert "news/2022-09-02-first.html" in gone
    assert publish(published, datetime(2022, 10, 26, 9, tzinfo=CHINA))
    assert "REC-05" in told(published)  # also after it was published without it
    published.write("data/redirects.yaml", "".join(f"- old: {old}\n  to:{to}\n" for old in gone))
    assert found(published) == []
    assert (published.site / "news/2022-09-02-first.html").exists() is bool(to)


@pytest.mark.parametrize(
    ("edit", "waiver"),
    [
        (other_figure, "rule: REC-04, record: f01"),
        (other_date, "rule: REC-03, record: n02"),
    ],
)
def test_a_waiver_lets_it_pass(edit: Callable[[Project], None], waiver: str, published: Project) -> None:
    edit(published)
    text = published.read("data/campaign.yaml")
    published.write("data/campaign.yaml", f"{text}waivers:\n  - {{{waiver}, reason: 另行说明, until: 2022-12-31}}\n")
    assert {severity for _, severity in found(published)} == {Severity.INFO}


def test_a_waiver_names_a_page_that_vanished(published: Project) -> None:
    no_team_page(published)
    gone = {one.diagnostic.args["id"] for one in published.build().findings if one.diagnostic.rule == "REC-05"}
    rows = "".join(f"  - {{rule: REC-05, record: {url}, reason: 另行说明, until: 2022-12-31}}\n" for url in gone)
    published.write("data/campaign.yaml", published.read("data/campaign.yaml") + f"waivers:\n{rows}")
    assert {severity for _, severity in found(published)} == {Severity.INFO}


def test_the_sample_says_nothing_of_the_campaign_that_follows_it(published: Project) -> None:
    published.replace("data/campaign.yaml", "sample: 是\n", "")
    other_figure(published)
    assert not {rule for rule in told(published) if rule.startswith("REC")}


def edited(folder: Path) -> None:
    file = folder / "0001.txt"
    file.write_text(file.read_text("utf-8").replace("200余", "300余"), "utf-8")


def last_edited(folder: Path) -> None:
    file = folder / "0003.txt"
    file.write_text(file.read_text("utf-8").replace("2022-10-22 -", "2022-10-23 -"), "utf-8")


def lost(folder: Path) -> None:
    (folder / "0002.txt").unlink()


def first_lost(folder: Path) -> None:
    (folder / "0001.txt").unlink()


def swapped(folder: Path) -> None:
    (folder / "0002.txt").rename(folder / "x")
    (folder / "0003.txt").rename(folder / "0002.txt")
    (folder / "x").rename(folder / "0003.txt")


def cut(folder: Path) -> None:
    file = folder / "0003.txt"
    file.write_bytes(file.read_bytes()[:-20])


def emptied(folder: Path) -> None:
    (folder / "0002.txt").write_bytes(b"")


def from_elsewhere(folder: Path) -> None:
    """A whole and right first file, but not the one that the second followed."""
    (folder / "0001.txt").unlink()
    for name in ("0002.txt", "0003.txt"):
        (folder / name).rename(folder / f"{name}.kept")
    record.add_edition(folder.parent.parent, {("page", "a.html"): ""}, MOMENT, "r", "t", sample=True)
    for name in ("0002.txt", "0003.txt"):
        (folder / f"{name}.kept").rename(folder / name)


TAMPERED = [
    (edited, "0001.txt"),
    (last_edited, "0003.txt"),
    (lost, "0003.txt"),
    (first_lost, "0002.txt"),
    (swapped, "0002.txt"),
    (cut, "0003.txt"),
    (emptied, "0002.txt"),
    (from_elsewhere, "0002.txt"),
]


@pytest.mark.parametrize(("harm", "where"), TAMPERED, ids=[harm.__name__ for harm, _ in TAMPERED])
def test_a_record_that_was_tampered_with_is_told(harm: Callable[[Path], None], where: str, published: Project) -> None:
    for day in (21, 22):
        published.replace(
            "data/figures.yaml", f"as_of: 2022-{'09-30' if day == 21 else '10-21'}", f"as_of: 2022-10-{day}"
        )
        assert publish(published, datetime(2022, 10, day, 9, tzinfo=CHINA))
    assert found(published) == []
    harm(published.root / "data" / "published")
    (finding,) = [one for one in published.build().findings if one.diagnostic.rule == "REC-01"]
    assert finding.span.path == f"data/published/{where}"
    assert finding.span.line > 0
    assert finding.severity is Severity.ERROR


def test_line_ends_of_windows_change_nothing(published: Project) -> None:
    text = published.read("data/published/0001.txt")
    published.write("data/published/0001.txt", text.replace("\n", "\r\n"))
    assert found(published) == []


KEYS = st.sampled_from([("award", "a"), ("award", "b"), ("figure", "f"), ("page", "a.html"), ("page", "b.html")])
FACTS = st.dictionaries(KEYS, st.sampled_from(["", "已授予 2022-09-20 n02", "200余 名"]))


@settings(deadline=None, max_examples=30)  # the disk may be slow
@given(st.lists(FACTS, max_size=6))
def test_the_files_add_up_to_what_was_published_last(states: list[dict[Key, str]]) -> None:
    with TemporaryDirectory() as name:
        root, last = Path(name), dict[Key, str]()
        for facts in states:
            assert bool(record.add_edition(root, facts, MOMENT, "r", "t", sample=False)) is (facts != last)
            last = facts
        files = sorted(root.glob("data/published/*.txt"))
        sources = [Source(file.relative_to(root).as_posix(), file.read_bytes(), "") for file in files]
        published, problems = record.read_editions(sources)
        assert problems == []
        assert {key: one.value for key, one in published.facts.items()} == last
        assert set(published.gone) == {key for facts in states for key in facts if key[0] == "page"} - set(last)


def test_deploy_adds_a_file_when_something_new_is_public(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(MOMENT.timestamp())))
    project.write("data/deploy.yaml", TARGET)
    arguments = ["deploy", "web", "--sample", "--quiet"]

    def files() -> list[str]:
        return sorted(path.name for path in project.root.glob("data/published/*"))

    assert main([*arguments, "--dry-run"], project.root) == 0
    assert files() == []
    for _ in range(2):
        assert main(arguments, project.root) == 0
        assert files() == ["0001.txt"]
    project.replace("data/figures.yaml", "2022-09-30", "2022-10-10")
    assert main(arguments, project.root) == 0
    assert files() == ["0001.txt", "0002.txt"]
    text = project.read("data/published/0002.txt")
    assert "- figure f01 200余 名 2022-09-30 -\n+ figure f01 200余 名 2022-10-10 -\n" in text
    other_figure(project)
    assert main(arguments, project.root) == 1  # REC-04 keeps it from being published
    assert files() == ["0001.txt", "0002.txt"]


def test_what_a_trial_target_shows_is_not_recorded(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(MOMENT.timestamp())))
    project.write("data/deploy.yaml", "- {id: try, kind: 文件夹, to: ../try, trial: 是}\n")
    assert main(["deploy", "try", "--sample", "--quiet"], project.root) == 0
    assert list(project.root.parent.glob("try/**/index.html"))
    assert not list(project.root.glob("data/published/*"))

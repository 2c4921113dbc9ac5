"""`rename`: an id, whatever refers to it, the files that bear it, and a way from the old address to the new one."""

from datetime import date

import pytest
from conftest import Project
from reference import ROOT

from honorroll.cli import commands, rename
from honorroll.cli.arguments import ALL_KINDS
from honorroll.editing import snapshot_with
from honorroll.filesystem import Snapshot
from honorroll.inputs import load, read
from honorroll.model import Campaign

DAY = ("--today", "2022-11-01")
POST, SECOND = "content/news/2022-09-02-first.md", "content/news/2022-09-03-second.md"
REDIRECTS = "data/redirects.yaml"


def run(project: Project, capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str]:
    capsys.readouterr()
    code = commands.main(["rename", *args, *DAY], project.root)
    said = capsys.readouterr()
    return code, said.out + said.err


def files(project: Project) -> dict[str, bytes]:
    inputs = [*(project.root / "data").rglob("*"), *(project.root / "content").rglob("*")]
    return {path.relative_to(project.root).as_posix(): path.read_bytes() for path in inputs if path.is_file()}


@pytest.fixture
def linked(project: Project) -> Project:
    """A project with every way to refer to a team."""
    project.write(
        SECOND,
        "---\ntitle: 第二班\ndate: 2022-09-03 09:30\nteams: [ \"t01\" ]  # 队伍\n---\n\n"
        "[队](team:t01)、[队](<team:t01>)、[队](/teams/t01.html#x)、[队][1]，别处的 https://example.org/teams/t01.html\n"
        "[外](https://example.org/teams/t01.html)，[不同](team:t012 \"x\")\n\n[1]: ../teams/t01.html\n",
    )  # fmt: skip
    return project


def test_all_that_refers_to_it_follows(linked: Project, capsys: pytest.CaptureFixture[str]) -> None:
    before = files(linked)
    code, said = run(linked, capsys, "team", "t01", "t09")
    assert code == commands.FINE
    assert "  ~ data/teams.yaml" in said
    assert "+- id: t09" in said
    assert files(linked) == before  # a trial
    code, said = run(linked, capsys, "team", "t01", "t09", "--write")
    assert code == commands.FINE
    text = linked.read(SECOND)
    assert text == before[SECOND].decode().replace('"t01"', '"t09"').replace("team:t01)", "team:t09)").replace(
        "<team:t01>", "<team:t09>"
    ).replace("(/teams/t01", "(/teams/t09").replace("../teams/t01", "../teams/t09")
    assert "- id: t09\n" in linked.read("data/teams.yaml")
    assert "t01" not in linked.read("data/patrols.yaml")
    assert linked.read(REDIRECTS).endswith("- old: teams/t01.html\n  to: teams/t09.html\n")
    assert commands.main(["undo"], linked.root) == commands.FINE
    assert files(linked) == before


def test_the_old_address_leads_on(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """Relative, so under any path and from a folder; not in the sitemap, and named by nobody else."""
    assert run(project, capsys, "team", "t01", "t09", "--write")[0] == commands.FINE
    assert project.build().counts
    page = (project.site / "teams/t01.html").read_text()
    assert '<meta http-equiv="refresh" content="0; url=../teams/t09.html">' in page
    assert '<a href="../teams/t09.html">' in page
    assert '<meta name="robots" content="noindex">' in page
    assert '<link rel="canonical" href="https://honor.example.org/teams/t09.html">' in page
    site = project.output()
    naming = {url for url, data in site.items() if b"teams/t01.html" in data}
    assert naming <= {".honorroll"}
    assert b"teams/t09.html" in site["sitemap.xml"]
    assert run(project, capsys, "team", "t09", "t10", "--write")[0] == commands.FINE
    assert project.build().counts
    assert b"url=../teams/t10.html" in (project.site / "teams/t01.html").read_bytes()  # no chain
    assert run(project, capsys, "team", "t10", "t01", "--write")[0] == commands.FINE
    assert project.build().counts
    assert b'http-equiv="refresh"' not in (project.site / "teams/t01.html").read_bytes()
    assert b"url=../teams/t01.html" in (project.site / "teams/t09.html").read_bytes()


def test_a_post_moves_with_its_folder(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = "content/news/2022-09-03-second", "content/news/2022-09-03-other"
    project.write(f"{old}/index.md", "---\ntitle: 二\ndate: 2022-09-03 09:30\n---\n\n![图](a.jpg)\n")
    project.write(f"{old}/a.jpg", (ROOT / "content/pictures/training.jpg").read_bytes())
    project.write(SECOND.replace("second", "third"), "---\ntitle: 三\ndate: 2022-09-03 10:30\n---\n\n[二](2022-09-03-second/index.md)、[二](news:2022-09-03-second)\n")  # fmt: skip
    assert run(project, capsys, "post", "2022-09-03-second", "2022-09-03-other", "--write")[0] == commands.FINE
    found = files(project)
    assert {f"{new}/index.md", f"{new}/a.jpg"} <= found.keys()
    assert not (project.root / old).exists()
    assert b"[\xe4\xba\x8c](2022-09-03-other/index.md)" in found[SECOND.replace("second", "third")]
    assert b"news:2022-09-03-other" in found[SECOND.replace("second", "third")]
    assert project.build().counts


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("team", "t91", "t92"), "t91"),
        (("team", "t01", "t01"), "t01"),
        (("team", "t01", "T 2"), "T 2"),
        (("post", "2022-09-02-first", "page"), "page"),
    ],
)
def test_what_cannot_be_is_said(
    project: Project, capsys: pytest.CaptureFixture[str], args: tuple[str, ...], told: str
) -> None:
    before = files(project)
    code, said = run(project, capsys, *args, "--write")
    assert code == commands.USAGE
    assert told in said
    assert files(project) == before


def test_nothing_is_renamed_where_a_reference_may_be_missed(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.replace("data/patrols.yaml", "hours: ", "hours: x")
    before = files(project)
    assert run(project, capsys, "team", "t01", "t09", "--write")[0] == commands.CONTENT
    assert files(project) == before


@pytest.fixture(scope="module")
def reference() -> tuple[Snapshot, Campaign]:
    snapshot, _ = read(ROOT)
    campaign, _ = load(snapshot, date(2026, 11, 23))
    assert campaign
    return snapshot, campaign


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_there_and_back_every_byte_is_as_it_was(kind: str, reference: tuple[Snapshot, Campaign]) -> None:
    """For each kind of the reference data; the data never refers to what is not there."""
    from honorroll.checks import rules

    snapshot, campaign = reference
    table = ALL_KINDS[kind]
    old = next(iter(campaign.table(table)))
    there = snapshot_with(snapshot, rename.plan(campaign, snapshot, table, old, "zzz-1"))
    after, faults = load(there, campaign.today)
    assert after
    assert not faults
    assert {*after.table(table)} == {*campaign.table(table)} - {old} | {"zzz-1"}
    assert not [found for found in rules.check(after) if found.rule == "REF-01"]
    back = snapshot_with(there, rename.plan(after, there, table, "zzz-1", old))
    kept = {path: source.fingerprint for path, source in back.files.items() if path != REDIRECTS}
    assert kept == {path: source.fingerprint for path, source in snapshot.files.items()}

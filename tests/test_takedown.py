"""A person is taken off the site: what is shown beforehand, written, and proved."""

import re
from datetime import date
from pathlib import Path

import pytest
from conftest import Project
from diagnostics.cases import picture
from hypothesis import given
from hypothesis import strategies as st
from reference import copy_project

from honorroll import editing
from honorroll.cli import commands, takedown
from honorroll.engine.pipeline import Options, build
from honorroll.filesystem import MovedError
from honorroll.incremental.artifact_cache import Cache
from honorroll.inputs import reader
from honorroll.publish.targets import Memory

CONSENTS, PERSONS, DEEDS = "data/consents.yaml", "data/persons.yaml", "data/deeds.yaml"
POST = "content/news/2022-09-02-first.md"
NAME = "王守江"
DAY = ("--today", "2022-11-01")

LEDGER = """\
# 台账 \u3000
- person: r01   # 本人
  purposes: [姓名,  '事迹']   # 两样

  "given": "2022-09-02"  # 当天
  how:   书面
# 完
"""


def run(project: Project, capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str]:
    code = commands.main(["takedown", *args, *DAY], project.root)
    said = capsys.readouterr()
    return code, said.out + said.err


def files(project: Project) -> dict[str, bytes]:
    return {
        str(path): path.read_bytes()
        for path in project.root.rglob("*")
        if path.is_file() and ".cache" not in path.parts
    }


def test_a_trial_shows_what_will_change_and_writes_nothing(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert project.build().counts
    before = files(project)
    code, said = run(project, capsys, "r01")
    assert code == commands.FINE
    assert f"{CONSENTS}:1  写上 withdrawn: 2022-11-01" in said
    listed = {line.split()[1] for line in said.splitlines() if line.startswith(("  ~ ", "  - ", "  + "))}
    assert files(project) == before
    project.write(CONSENTS, project.read(CONSENTS) + "  withdrawn: 2022-11-01\n")
    old = project.output()
    assert project.build().counts
    new = project.output()
    assert listed == {url for url in old.keys() | new.keys() if old.get(url) != new.get(url)} - {".honorroll"}
    assert {"names.html", "deeds/d01.html"} < listed


def test_it_is_done_and_nothing_is_left(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.write(CONSENTS, LEDGER)
    assert project.build().counts
    code, said = run(project, capsys, NAME, "--date", "2022-10-30", "--write")
    assert code == commands.FINE
    assert "网站上没有留下姓名" in said
    assert project.read(CONSENTS) == LEDGER.replace("书面\n", "书面\n  withdrawn: 2022-10-30\n")
    assert [url for url, data in project.output().items() if NAME.encode() in data or NAME in url] == []
    assert ".cache/cache.db" in said  # which holds a copy of the list of people, and is told of
    again, said = run(project, capsys, "r01", "--write")
    assert again == commands.FINE
    assert "没有还算数的同意" in said


@pytest.mark.parametrize("form", ["consent: {given: 2022-09-02}", "consent:\n    given: 2022-09-02  # 书面"])
def test_a_consent_in_the_list_of_people_is_withdrawn_there(
    form: str, project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    (project.root / "data/consents.yaml").unlink()
    project.replace("data/persons.yaml", "mask: 全名", f"mask: 全名\n  {form}")
    assert project.build().counts
    before = project.read("data/persons.yaml")
    assert commands.main(["takedown", "r01", "--write", "--today", "2022-11-01"], project.root) == 0
    after = project.read("data/persons.yaml")
    assert re.sub(r"(, |\n    )withdrawn: 2022-11-01", "", after) == before != after
    assert not [url for url, data in project.output().items() if "王守江".encode() in data]
    capsys.readouterr()


def test_texts_that_name_the_person_are_told_of(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert project.build().counts
    project.write(POST, project.read(POST) + "\n王 **守** 江好样的。\n")
    project.replace(DEEDS, "  story: ", "  story: 王守江说。")
    assert project.build().counts
    line = project.read(POST).count("\n")
    code, said = run(project, capsys, "r01")
    assert f"  {POST}:{line}\n" in said
    assert f"  {DEEDS}:" in said
    code, said = run(project, capsys, "r01", "--write")
    assert code == commands.CONTENT
    assert "PRV-06" in said
    assert "网站上还有姓名" in said  # the last site is still there, and says so
    assert "  deeds/d01.html:" in said
    project.write(POST, project.read(POST).replace("王 **守** 江", "一名保安员"))
    project.replace(DEEDS, "王守江说。", "一名保安员说。")
    code, said = run(project, capsys, "r01", "--write")
    assert code == commands.FINE
    assert "网站上没有留下姓名" in said


def test_names_in_foreign_files_are_found(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """What the site holds beside the pages: a file name, metadata of a picture, other encodings."""
    assert project.build().counts
    project.write("site/old/王守江.txt", "")
    project.write("site/old/list.csv", NAME.encode("gb18030"))
    project.write("site/old/photo.jpg", picture() + NAME.encode("utf-16-le"))
    code, said = run(project, capsys, "r01", "--write")
    assert code == commands.CONTENT
    for name in ("王守江.txt", "list.csv", "photo.jpg"):
        assert f"  old/{name}" in said


@pytest.mark.parametrize(("asked", "word"), [("r77", "没有 r77"), ("王守江", "r01、r02")])
def test_whom_nobody_knows(asked: str, word: str, project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.write(PERSONS, project.read(PERSONS) + "- {id: r02, name: 王守江}\n")
    before = files(project)
    code, said = run(project, capsys, asked, "--write")
    assert (code, files(project)) == (commands.USAGE, before)
    assert word in said


def test_the_file_keeps_its_permissions(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    file = project.root / CONSENTS
    file.chmod(0o640)
    assert run(project, capsys, "r01", "--write")[0] == commands.FINE
    assert file.stat().st_mode & 0o777 == 0o640


BLOCKS = [
    "- person: r01\n  given: 2022-09-02\n",
    "- given: 2022-09-02   # x\n  person: r01",
    "-   given: '2022-09-02'\n    person: r01\n",
    "- given:\n    2022-09-02\n  person: r01\n",
    "- {person: r01, given: 2022-09-02}\n",
    "- {given: 2022-09-02, person: r01 } # 尾\n",
    "- person: r01\n  given: 2022-09-02\n  withdrawn:\n",
    "- person: r01\n  given: 2022-09-02\n  withdrawn: # 空\n",
    "- person: r01\n  given: 2022-09-02\n  withdrawn: ~\n",
    "- &a\n  person: r01\n  given: 2022-09-02\n",
    "-\n  person: r01\n\n  given: 2022-09-02\n",
]


@given(
    st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=4), st.data(), st.sampled_from(["\n", "\r\n"]), st.booleans()
)
def test_a_value_is_added_and_nothing_else(blocks: list[str], data: st.DataObject, end: str, mark: bool) -> None:
    """All other bytes stay; what cannot be done for sure is left to people."""
    text = "".join(block if block.endswith("\n") else block + "\n" for block in blocks[:-1]) + blocks[-1]
    raw = (b"\xef\xbb\xbf" if mark else b"") + ("# 头\n" + text).replace("\n", end).encode()
    at = data.draw(st.integers(0, len(blocks) - 1))
    new = editing.set_values("data/consents.yaml", raw, (at,), {"withdrawn": "2022-11-01"})
    if new is None:
        assert "&a" in text
        return
    before, after = (
        reader("x.yaml").decode("x.yaml", one.decode("utf-8-sig").replace("\r\n", "\n"))[0] for one in (raw, new)
    )
    assert after == [{**row, "withdrawn": "2022-11-01"} if number == at else row for number, row in enumerate(before)]
    rest = iter(new)
    assert all(byte in rest for byte in raw.replace(b"~", b""))  # nothing went
    assert len(new) - len(raw) <= len("withdrawn: 2022-11-01") + 10
    assert new.count(b"\r\n") - raw.count(b"\r\n") == (new.count(b"\n") - raw.count(b"\n") if end == "\r\n" else 0)


def test_an_edit_in_the_meantime_is_not_lost(project: Project) -> None:
    options = Options(root=project.root, out=project.site, today=date(2022, 11, 1))
    found, before, campaign = takedown.people(options, "r01")
    assert campaign
    plan = takedown.plan(found[0], campaign, before, options.today)
    edited = project.read(CONSENTS) + "# 同事刚加的\n"
    project.write(CONSENTS, edited)
    with pytest.raises(MovedError):
        editing.apply(project.root, plan.change)
    assert project.read(CONSENTS) == edited


def test_every_file_of_the_reference_site_forgets_a_person(tmp_path: Path) -> None:
    """By withdrawal, end, a day to come, removal of the entry; and texts must be written anew before."""
    project, name = Project(copy_project(tmp_path / "project")), "吕长河"
    store = Memory(derived=Cache(project.root / ".cache" / "derived"))
    options = Options(root=project.root, out=project.site, today=date(2022, 12, 1))
    ledger = project.read(CONSENTS)
    entry = "- person: r03\n  purposes: [姓名, 照片, 事迹]\n  given: 2022-09-05\n  how: 书面\n"
    assert entry in ledger

    def naming() -> list[str]:
        return [url for url, data in store.files.items() if name.encode() in data]

    assert build(options, store).counts
    assert len(naming()) > 20
    project.write(CONSENTS, ledger.replace(entry, entry + "  withdrawn: 2022-11-20\n"))
    result = build(options, store)
    assert result.counts is None
    assert {one.diagnostic.rule for one in result.findings} == {"PRV-06"}
    told = {one.span.path for one in result.findings}
    texts = [*project.root.glob("content/**/*.md"), *project.root.glob("data/*.yaml")]
    for path in (path for path in texts if path.name not in ("persons.yaml", "consents.yaml")):
        text = path.read_text(encoding="utf-8")
        assert (name in text) == (path.relative_to(project.root).as_posix() in told), path
        path.write_text(text.replace(name, "一名保安员"), encoding="utf-8")
    for change, is_named in (
        (entry + "  withdrawn: 2022-11-20\n", False),
        (entry.replace("2022-09-05", "2099-01-01"), False),
        (entry, True),
        (entry + "  until: 2022-11-30\n", False),
        ("", False),
    ):
        project.write(CONSENTS, ledger.replace(entry, change))
        assert build(options, store).counts
        assert (len(naming()) > 10) == is_named
        assert is_named or naming() == []


def test_findings_that_have_nothing_to_do_with_it_are_not_shown(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.replace(POST, "tags: ", "change: 更正了人数\ntags: ")
    assert commands.main(["check", *DAY], project.root) == commands.FINE
    assert "CAM-07" in capsys.readouterr().err
    code, said = run(project, capsys, "r01", "--write")
    assert code == commands.FINE
    assert "CAM-07" not in said
    assert "网站上没有留下姓名" in said

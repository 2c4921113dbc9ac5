"""Reading a project: every input once, and nothing of a strange file system stops the others."""

import os
import random
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import MINIMAL, Project

from honorroll.diagnostics import Diagnostic
from honorroll.filesystem.source_file import Snapshot, Source
from honorroll.incremental.database import Database
from honorroll.inputs import front_matter, scan
from honorroll.inputs.loader import load

TEXTS = sorted(path.relative_to(MINIMAL).as_posix() for path in MINIMAL.rglob("*.*"))


def read(project: Project) -> tuple[Snapshot, dict[str, str]]:
    """What was read, and the rule that each faulty path broke."""
    snapshot, problems = scan.read(project.root)
    return snapshot, {problem.place.path: problem.rule for problem in problems}


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(b"\n", b"\r\n"),
        lambda text: text.replace(b"\n", b"\r"),
        lambda text: b"\xef\xbb\xbf" + text,
        lambda text: b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"),
    ],
    ids=["CRLF", "CR", "BOM", "BOM and CRLF"],
)
def test_line_ends_and_a_byte_order_mark_change_no_byte_of_the_site(
    project: Project, change: Callable[[bytes], bytes]
) -> None:
    project.build()
    clean = project.output()
    for path in TEXTS:
        project.write(path, change((project.root / path).read_bytes()))
    again = project.root / "again"
    assert project.build(out=again).findings == ()
    assert project.output(again) == clean


def test_places_in_a_file_with_windows_line_ends_are_right(project: Project) -> None:
    text = project.read("data/teams.yaml").replace("org: xh", "org: hx")
    project.write("data/teams.yaml", "\ufeff" + text.replace("\n", "\r\n"))
    (finding,) = project.check().findings
    assert (finding.span.line, finding.span.column, finding.span.text) == (15, 8, "  org: hx")


def test_inputs_come_in_the_order_of_their_paths_whatever_the_folder_says(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, _ = read(project)
    assert list(plain.files) == sorted(plain.files)
    scan = os.scandir

    def backwards(path: Any) -> Iterator[os.DirEntry[str]]:
        return iter(sorted(scan(path), key=lambda entry: entry.name, reverse=True))

    monkeypatch.setattr(os, "scandir", backwards)
    assert list(read(project)[0].files) == list(plain.files)


def test_a_file_is_read_once_and_its_digest_is_of_those_bytes(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[str] = []
    plain = scan.contents

    def counted(path: Path, limit: int) -> tuple[os.stat_result, bytes | None]:
        reads.append(str(path))
        return plain(path, limit)

    monkeypatch.setattr(scan, "contents", counted)
    snapshot, _ = read(project)
    assert len(reads) == len(set(reads)) == len(snapshot.files)
    monkeypatch.undo()
    for path in TEXTS:
        assert snapshot.files[path].fingerprint == scan.fingerprint((project.root / path).read_bytes())
    assert len({file.fingerprint for file in snapshot.files.values()}) == len({f.data for f in snapshot.files.values()})


def test_only_the_folders_of_a_project_are_read(project: Project) -> None:
    for path in ("notes.md", "site/index.html", "docs/a.md", ".git/config"):
        project.write(path, "x")
    folders = {path.split("/")[0] for path in read(project)[0].files}
    assert folders == {"data", "content", "templates", "static"}


@pytest.mark.parametrize(
    "name",
    [".DS_Store", "Thumbs.db", "desktop.ini", "~$x.md", "x.md~", ".x.md.swp", "x.tmp", "x.bak", "#x.md#", "__MACOSX/a"],
)
def test_what_editors_leave_behind_is_no_input(project: Project, name: str) -> None:
    project.write(f"data/{name}", "\0")
    snapshot, rules = read(project)
    assert rules == {}
    assert f"data/{name}" not in snapshot.files


def test_a_file_of_the_project_replaces_that_of_the_theme(project: Project) -> None:
    project.write("templates/tag.html", "ours")
    files = read(project)[0].files
    assert files["templates/tag.html"].data == b"ours"
    assert files["templates/post.html"].data == (scan.theme_root() / "templates/post.html").read_bytes()


def test_a_faulty_file_of_the_project_is_not_shown_as_that_of_the_theme(project: Project) -> None:
    project.write("templates/tag.html", "标签".encode("gbk"))
    project.write("static/style.css", "标签".encode("gbk"))
    result = project.check()
    assert [(f.diagnostic.rule, f.span.path, f.span.text) for f in result.findings] == [
        ("SRC-05", "static/style.css", ""),
        ("SRC-05", "templates/tag.html", ""),
    ]


def test_links_inside_a_folder_of_the_project_are_followed(project: Project) -> None:
    project.write("data/spare/more.yaml", "- id: t03\n")
    project.write("content/shared/more.txt", "x")
    (project.root / "data" / "teams").mkdir()
    (project.root / "data" / "teams" / "more.yaml").symlink_to("../spare/more.yaml")
    (project.root / "content" / "linked").symlink_to("shared", target_is_directory=True)
    snapshot, rules = read(project)
    assert rules == {}
    assert snapshot.files["data/teams/more.yaml"].data == b"- id: t03\n"
    assert "content/linked/more.txt" in snapshot.files


def test_a_folder_that_is_a_link_out_or_to_its_own_parent_is_not_entered(project: Project) -> None:
    (project.root.parent / "outside").mkdir()
    (project.root.parent / "outside" / "x.md").write_bytes(b"secret")
    (project.root / "content" / "out").symlink_to(project.root.parent / "outside", target_is_directory=True)
    (project.root / "content" / "up").symlink_to(".", target_is_directory=True)
    snapshot, rules = read(project)
    assert rules == {"content/out": "SRC-03", "content/up": "SRC-03"}
    assert all(b"secret" not in file.data for file in snapshot.files.values())


def test_a_project_that_is_itself_reached_by_a_link_is_read(project: Project) -> None:
    link = project.root.parent / "link"
    link.symlink_to(project.root, target_is_directory=True)
    there, here = scan.read(link), scan.read(project.root)
    assert {path: file.fingerprint for path, file in there[0].files.items()} == {
        p: f.fingerprint for p, f in here[0].files.items()
    }
    assert there[1] == here[1]


def refuse(*paths: str) -> Callable[[Path, int], tuple[os.stat_result, bytes | None]]:
    plain = scan.contents

    def contents(path: Path, limit: int) -> tuple[os.stat_result, bytes | None]:
        if path.as_posix().endswith(paths):
            raise PermissionError(13, "Permission denied", str(path))
        return plain(path, limit)

    return contents


@pytest.mark.parametrize(
    "path", ["data/campaign.yaml", "data/orgs.yaml", "data/tags.yaml", "content/news/2022-09-02-first.md"]
)
def test_an_unreadable_file_is_one_finding_and_no_more(
    project: Project, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.replace("data/figures.yaml", "  key: 是", "  key: 是\n  post: 2022-09-02-first")
    project.replace("data/notices.yaml", "决定表彰", "决定：见[新闻](news:2022-09-02-first)，表彰")
    monkeypatch.setattr(scan, "contents", refuse(path))
    (finding,) = project.check().findings
    assert (finding.diagnostic.rule, finding.span.path) == ("SRC-01", path)
    assert "Permission denied" in finding.message("en")


def test_an_unreadable_folder_is_told_and_the_rest_is_read(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    names = os.listdir

    def refusing(path: Any) -> Any:
        if Path(path).name == "news":
            raise PermissionError(13, "Permission denied", str(path))
        return names(path)

    monkeypatch.setattr(os, "listdir", refusing)
    snapshot, rules = read(project)
    assert rules == {"content/news": "SRC-01"}
    assert "data/orgs.yaml" in snapshot.files


def test_the_largest_allowed_file_is_read_and_a_larger_one_is_not(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan, "MAX_TEXT", 1 << 20)
    monkeypatch.setattr(scan, "MAX_FILE", 2 << 20)
    for path, size in {"a.md": 1 << 20, "b.md": (1 << 20) + 1, "a.jpg": 2 << 20, "b.jpg": (2 << 20) + 1}.items():
        project.write(f"content/{path}", b" " * size)
    snapshot, rules = read(project)
    assert rules == {"content/b.md": "SRC-02", "content/b.jpg": "SRC-02"}
    assert {"content/a.md", "content/a.jpg"} <= set(snapshot.files)


def test_bytes_that_are_no_text_are_right_where_no_text_is_asked_for(project: Project) -> None:
    project.write("content/pictures/gate.jpg", b"\xff\xd8\0\x1b")
    project.write("static/script.js", b'const bell = "\x07";')
    assert read(project)[1] == {}


@pytest.mark.parametrize(
    "character", ["\0", "\x08", "\x0b", "\x0c", "\x1f", "\x7f", "\x80", "\x9f", "\ufffe", "\uffff"]
)
def test_a_control_character_is_found_to_the_column(project: Project, character: str) -> None:
    project.write("content/news/x.md", f"---\r\ntitle: 巡{character}逻\r\n---\r\n".encode())
    snapshot, problems = scan.read(project.root)
    assert [(p.rule, p.place.path, p.place.line, p.place.column) for p in problems] == [
        ("SRC-08", "content/news/x.md", 2, 9)
    ]
    assert "content/news/x.md" in snapshot.files
    assert "content/news/x.md" not in {file.path for file in snapshot.below("content")}


@pytest.mark.parametrize("path", ["data/campaign.yaml", "data/tags.yaml", "content/news/2022-09-02-first.md"])
def test_a_file_with_a_control_character_has_no_other_finding(project: Project, path: str) -> None:
    project.write(path, project.read(path) + "\n\tid: [\0\n")
    assert [(f.diagnostic.rule, f.span.path) for f in project.check().findings] == [("SRC-08", path)]


@pytest.mark.parametrize("character", ["\t", "\x85", "\xa0", "\u3000", "\u2028", "👮"])
def test_other_characters_are_text(project: Project, character: str) -> None:
    project.replace("content/news/2022-09-02-first.md", "街上", f"街{character}上")
    assert project.check().findings == ()


def test_names_that_one_system_takes_for_the_same_clash() -> None:
    names = ["a/X.md", "a/x.md", "b/caf\u00e9", "b/cafe\u0301", "c/ß", "c/SS", "d/ok"]
    found = scan._clashes({name: Source(name, b"", "") for name in names})  # noqa: SLF001  # some systems cannot hold such files
    assert [(d.rule, d.place.path, d.args["other"]) for d in found] == [
        ("SRC-04", "a/x.md", "a/X.md"),
        ("SRC-04", "b/cafe\u0301", "b/caf\u00e9"),
        ("SRC-04", "c/SS", "c/ß"),
    ]


def test_a_key_written_twice_in_the_campaign_hides_nothing(project: Project) -> None:
    project.replace("data/campaign.yaml", "theme:", "title: 又一个名称\ntheme:")
    project.replace("data/patrols.yaml", "t01", "t09")
    assert [f.diagnostic.rule for f in project.check().findings] == ["YML-02", "REF-01"]


def test_an_empty_folder_has_one_finding(tmp_path: Path) -> None:
    snapshot, problems = scan.read(tmp_path)
    assert problems == []
    campaign, problems = load(snapshot, date(2022, 12, 1))
    assert campaign is None
    assert [problem.rule for problem in problems] == ["SRC-06"]


@pytest.mark.parametrize("fence", ["---", "---  ", "---\t"])
def test_front_matter_ends_at_the_first_fence(fence: str) -> None:
    parts = front_matter.split("x.md", f"{fence}\ntitle: a\n{fence}\n\nText\n\n---\n\nmore")
    assert parts == front_matter.Parts("title: a\n", "\nText\n\n---\n\nmore", 4)


def test_empty_front_matter_is_front_matter() -> None:
    assert front_matter.split("x.md", "---\n---") == front_matter.Parts("\n", "", 3)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "FMT-01"),
        ("\n---\n---\n", "FMT-01"),
        (" ---\n---\n", "FMT-01"),
        ("----\n", "FMT-01"),
        ("---\n--\n", "FMT-02"),
    ],
)
def test_anything_else_is_no_front_matter(text: str, rule: str) -> None:
    parts = front_matter.split("x.md", text)
    assert isinstance(parts, Diagnostic)
    assert parts.rule == rule


@pytest.mark.parametrize("part", [1, 4, 256])
def test_what_is_kept_of_a_folder_serves_for_a_while(
    tmp_path: Path, part: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be of an earlier state: what differs is read again, as often as it takes."""
    monkeypatch.setattr(scan, "PART", part)
    monkeypatch.setattr(scan, "theme_root", lambda: tmp_path)  # nothing else is read
    monkeypatch.setattr(scan, "is_settled", lambda *_: True)  # each change shows here, in the size
    database, draw, kept = Database(), random.Random(part), 0  # noqa: S311  # no secret
    folder = tmp_path / "data"
    folder.mkdir()
    for number in range(200):
        file = folder / f"{draw.randrange(30)}.yaml"
        if file.exists() and draw.random() < 0.3:
            file.unlink()
        else:
            file.write_text("x" * (number + 1), "utf-8")
        listings = database.table("files", scan.Listing)
        before = listings.get(str(folder))
        assert scan.read(tmp_path, database) == scan.read(tmp_path)
        kept += listings.get(str(folder)) is not before
    assert (kept == 200) == (part == 256)


@pytest.mark.parametrize(
    "path",
    [
        "content/news/x.md",
        "content/news/2022-09-02-first.md",
        "content/plan.md",
        "content/X.MD",
        "content/pictures/gate.jpg",
        "data/tags.yaml",
        "data/tags/more.yml",
        "data/campaign.yaml",
        "data/patrols.yaml",
        "static/style.css",
    ],
)
@pytest.mark.parametrize("inside", [[], ["tags.yaml"], ["a/b.md", "c.txt"]], ids=len)
def test_a_folder_with_a_files_name_is_the_one_cause(path: str, inside: list[str], project: Project) -> None:
    project.build()  # so that the cache is warm
    folder = project.root / path
    folder.unlink(missing_ok=True)
    folder.mkdir(parents=True)
    for name in inside:
        project.write(f"{path}/{name}", "- id: a\n  name: 甲\n")
    for _ in range(2):
        result = project.build()
        assert [(one.diagnostic.rule, one.span.path) for one in result.findings] == [("SRC-14", path)]
        assert result.counts is None


def test_a_folder_may_have_a_point_in_its_name(project: Project) -> None:
    project.write("static/lib.js/min.js", "1")
    project.write("content/pictures/2022.9/note", "x")
    assert project.build().findings == ()

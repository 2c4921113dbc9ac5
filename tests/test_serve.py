"""The preview: what it shows, when it changes, and whom it answers."""

import asyncio
import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from conftest import TESTS, Project
from previewing import Answer, Served, serving
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from honorroll import arguments, cli, pipeline, preview
from honorroll.pages import TEMPLATES
from honorroll.preview import overlay, watch
from honorroll.preview.answers import FAULTS, SCRIPT, STYLE

ROOT = TESTS.parent
PLAN = "content/plan.md"
TEAMS = "data/teams.yaml"


@pytest.fixture
def served(project: Project) -> Generator[Served]:
    with serving(project) as running:
        yield running


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Generator[Served]:
    """A preview that no test changes anything of, with an error over its pages."""
    project = Project(tmp_path_factory.mktemp("quiet") / "project")
    shutil.copytree(TESTS / "sites" / "minimal", project.root)
    with serving(project) as running:
        project.replace(TEAMS, "headcount: 5", "headcount: <script>alert(1)</script>")
        running.wait(FAULTS, lambda answer: answer.status == 200)
        yield running


def add(project: Project, words: str) -> None:
    project.write(PLAN, project.read(PLAN) + f"\n{words}\n")


def without_addition(answer: Answer) -> bytes:
    page, number = re.subn(rb"<script src=\"/livereload\.js\?[^>]+></script>\n(?=</body>)", b"", answer.body)
    assert number == 1
    return page


# What is shown


def test_what_is_served_is_what_would_be_published(project: Project) -> None:
    project.build(out=project.root.parent / "published")
    published = Project(project.root.parent / "published")
    shutil.rmtree(project.root / ".cache")
    with serving(project) as served:
        files = {p.relative_to(published.root).as_posix(): p for p in published.root.rglob("*") if p.is_file()}
        for url in files.keys() - {".honorroll"}:
            answer = served.get(f"/{url}")
            assert (without_addition(answer) if url.endswith(".html") else answer.body) == files[url].read_bytes(), url
    assert not project.site.exists()
    assert not (project.root / ".cache").exists()


def test_folders_lead_to_their_index(served: Served) -> None:
    assert served.get("/").body == served.get("/index.html").body
    assert served.get("/teams/").body == served.get("/teams/index.html").body
    away = served.get("/teams")
    assert (away.status, away.headers["location"]) == (302, "/teams/")


def test_an_unknown_address_gets_the_sites_own_page(served: Served) -> None:
    for path in ("/nothing", "/teams/t99.html", "/teams//index.html", "/%e4%b8%ad", "/%ff", "/teams/t01.html/"):
        answer = served.get(path)
        assert answer.status == 404
        assert without_addition(answer) == served.preview.shown.files["404.html"]


@pytest.mark.parametrize("address", ["https://example.org/mas-2022", "https://example.org/%E5%B8%82/mas-2022/"])
def test_the_site_lies_below_the_path_of_its_own_address(project: Project, address: str) -> None:
    project.replace("data/campaign.yaml", "https://honor.example.org/", address)
    base = address.removeprefix("https://example.org").rstrip("/")
    with serving(project) as served:
        assert served.get("/").headers["location"] == f"{base}/"
        assert served.get(base).headers["location"] == f"{base}/"
        assert served.get(f"{base}/teams").headers["location"] == f"{base}/teams/"
        assert served.get(f"{base}/").status == 200
        assert served.get("/index.html").status == 404
        project.replace("data/campaign.yaml", address, "https://example.org/")
        served.wait("/", lambda answer: answer.status == 200)


def test_an_address_given_on_the_command_line_counts(project: Project) -> None:
    with serving(project, base_url="https://example.org/other/") as served:
        assert served.get("/").headers["location"] == "/other/"


def test_a_site_without_an_address_is_at_the_root(project: Project) -> None:
    project.replace("data/campaign.yaml", "https://honor.example.org/", '""')
    with serving(project) as served:
        assert served.get("/").status == 200


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/static/style.css", "text/css; charset=utf-8"),
        ("/static/site.js", "text/javascript; charset=utf-8"),
        ("/static/icon.svg", "image/svg+xml; charset=utf-8"),
        ("/static/share.png", "image/png"),
        ("/feed.xml", "application/xml; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        (SCRIPT, "text/javascript; charset=utf-8"),
        (STYLE, "text/css; charset=utf-8"),
    ],
)
def test_answers_say_what_they_are_and_are_not_kept(quiet: Served, path: str, kind: str) -> None:
    answer, head = quiet.get(path), quiet.get(path, method="HEAD")
    assert (answer.status, head.status) == (200, 200)
    assert answer.headers["content-type"] == kind
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-length"] == head.headers["content-length"] == str(len(answer.body))
    assert head.body == b""
    assert "etag" not in answer.headers


def test_drafts_and_the_day_are_those_of_the_build(project: Project) -> None:
    project.replace("content/news/2022-09-02-first.md", "title:", "draft: 是\ntitle:")
    with serving(project) as served:
        assert served.get("/news/2022-09-02-first.html").status == 404
    with serving(project, drafts=True) as served:
        assert served.get("/news/2022-09-02-first.html").status == 200


def test_the_day_is_asked_for_before_each_build(project: Project) -> None:
    asked: list[int] = []

    def options() -> Any:
        asked.append(1)
        return pipeline.Options(root=project.root, out=project.site, today=arguments.today())

    shown = preview.Preview(options, "zh", lambda: None)
    before = len(asked)
    with closing(shown):
        shown.build()
        shown.build()
    assert len(asked) == before + 2


# Changes


def edit(project: Project) -> None:
    add(project, "改过了")


def edit_by_renaming(project: Project) -> None:
    project.write(".new", project.read(PLAN) + "\n改过了\n").replace(project.root / PLAN)


def edit_with_the_old_times(project: Project) -> None:
    """As `cp -p`, `unzip` and `rsync` do."""
    file = project.root / PLAN
    seen = file.stat()
    project.write("old", project.read(PLAN) + "\n改过了\n")
    os.utime(project.root / "old", ns=(seen.st_atime_ns, seen.st_mtime_ns - 10**15))
    shutil.copy2(project.root / "old", file)


def edit_without_a_trace(project: Project) -> None:
    """The same size, and the same time of writing."""
    file = project.root / PLAN
    seen = file.stat()
    project.replace(PLAN, "守好江", "改过了")
    os.utime(file, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (seen.st_size, seen.st_mtime_ns)


def edit_in_a_new_folder(project: Project) -> None:
    text = project.read(PLAN).replace("守好江城", "改过了")
    shutil.rmtree(project.root / "content")
    project.write(PLAN, text)


def edit_in_a_folder_moved_in(project: Project) -> None:
    text = project.read(PLAN).replace("守好江城", "改过了")
    (project.root / "content").rename(project.root / "content-old")
    project.write("content-new/plan.md", text)
    (project.root / "content-new").rename(project.root / "content")


EDITS = [
    edit,
    edit_by_renaming,
    edit_with_the_old_times,
    edit_without_a_trace,
    edit_in_a_new_folder,
    edit_in_a_folder_moved_in,
]


@pytest.mark.parametrize("change", EDITS)
@pytest.mark.parametrize("poll", [False, True], ids=["told", "polled"])
def test_every_way_to_save_is_seen(
    project: Project, change: Callable[[Project], None], poll: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "POLL", 0.05)
    with serving(project, poll=poll) as served:
        served.settled()
        assert "改过了" not in served.get("/plan.html").text
        change(project)
        served.shows("/plan.html", "改过了")
        served.settled()
        add(project, "又改过了")
        served.shows("/plan.html", "又改过了")
        assert not served.failures


def test_files_that_come_go_and_move_are_seen(project: Project, served: Served) -> None:
    post = project.read("content/news/2022-09-02-first.md")
    project.write("content/news/2022-09-03-second.md", post.replace("第一班", "第二班"))
    served.shows("/news/2022-09-03-second.html", "第二班巡逻")
    (project.root / "content/news/2022-09-03-second.md").rename(project.root / "content/news/2022-09-04-third.md")
    served.shows("/news/2022-09-04-third.html", "第二班巡逻")
    assert served.get("/news/2022-09-03-second.html").status == 404
    project.remove("content/news/2022-09-04-third.md")
    served.wait("/news/2022-09-04-third.html", lambda answer: answer.status == 404)


def test_a_tree_of_new_folders_is_watched_to_its_leaves(project: Project, served: Served) -> None:
    served.settled()
    for number in range(20):
        project.write(f"static/a{number}/b/c/deep.txt", "甲")
    served.settled()
    for number in range(20):
        project.write(f"static/a{number}/b/c/deep.txt", "乙")
        served.shows(f"/static/a{number}/b/c/deep.txt", "乙")


def test_an_input_folder_that_was_missing_is_seen(project: Project, served: Served) -> None:
    served.settled()
    assert not (project.root / "static").exists()
    project.write("static/extra.txt", "甲")
    served.shows("/static/extra.txt", "甲")
    served.settled()
    project.write("static/extra.txt", "乙")
    served.shows("/static/extra.txt", "乙")


def test_the_project_may_vanish_and_come_back(project: Project, served: Served) -> None:
    away = project.root.with_name("away")
    project.root.rename(away)
    served.wait(FAULTS, lambda answer: answer.status == 200)
    assert served.get("/plan.html").status == 200
    away.rename(project.root)
    served.wait(FAULTS, lambda answer: answer.status == 404)
    add(project, "回来了")
    served.shows("/plan.html", "回来了")


def test_a_broken_link_in_the_inputs_does_not_end_the_watch(project: Project) -> None:
    (project.root / "content" / "nowhere.md").symlink_to("missing.md")
    (project.root / "content" / "loop").symlink_to("loop")
    for poll in (False, True):
        with serving(project, poll=poll) as served:
            assert served.get("/").status == 503
            served.settled()
            names = [project.root / "content" / name for name in ("nowhere.md", "loop")]
            links = [name.readlink() for name in names]
            for name in names:
                name.unlink()
            served.wait("/plan.html", lambda answer: answer.status == 200)
            for name, link in zip(names, links, strict=True):
                name.symlink_to(link)


def test_two_hundred_saves_end_with_the_last(project: Project, served: Served) -> None:
    text = project.read(PLAN)
    for number in range(200):
        project.write(PLAN, text + f"\n第 {number} 次保存\n")
        time.sleep(0.001)
    served.shows("/plan.html", "第 199 次保存")
    served.settled()
    assert "第 199 次保存" in served.get("/plan.html").text
    assert not served.failures
    assert len(served.builds) < 150  # together, not one after the other
    assert not any(built.faults for built in served.builds)  # no half-saved file was taken for a fault


def test_changes_during_a_build_lead_to_exactly_one_more(
    project: Project, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    served.settled()
    begun, go, calls = threading.Event(), threading.Event(), []
    real = pipeline.build

    def slow(*args: Any) -> Any:
        calls.append(1)
        result = real(*args)
        begun.set()
        assert go.wait(10)
        return result

    monkeypatch.setattr(pipeline, "build", slow)
    add(project, "第一句")
    assert begun.wait(10)
    for number in range(20):
        add(project, f"后来的 {number}")
        time.sleep(0.01)
    assert "后来的" not in served.get("/plan.html").text  # answers while it builds
    go.set()
    served.shows("/plan.html", "后来的 19")
    served.settled()
    assert len(calls) == 2


def test_a_save_that_changes_nothing_is_no_news(project: Project, served: Served) -> None:
    told, version = served.settled(), served.preview.shown.version
    project.write(PLAN, project.read(PLAN))
    project.write("content/.swp", "x")
    project.write("site/index.html", "x")
    project.write(".cache/x", "x")
    assert served.settled() == told
    assert served.preview.shown.version == version


def test_where_the_system_has_no_watches_left_files_are_looked_at(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> Any:
        raise OSError(28, "OS file watch limit reached")

    monkeypatch.setattr(watch.watchfiles, "watch", refuse)
    monkeypatch.setattr(watch, "POLL", 0.05)
    with serving(project) as served:
        add(project, "改过了")
        served.shows("/plan.html", "改过了")


# Errors


def test_an_error_lies_over_the_last_good_page(project: Project, served: Served) -> None:
    add(project, "还是好的")
    served.shows("/plan.html", "还是好的")
    project.replace(TEAMS, "headcount: 5", "headcount: 五个")
    page = served.wait("/plan.html", lambda answer: FAULTS in answer.text)
    assert "还是好的" in page.text
    findings = served.get(FAULTS)
    for word in ("SCH-07", "data/teams.yaml:5:14", "<i>5</i>  headcount: <mark>五个</mark>", "只写半角数字"):
        assert word in findings.text
    assert served.builds[-1].result
    assert served.builds[-1].result.findings

    project.replace(TEAMS, "headcount: 五个", "headcount: 六个")
    served.wait(FAULTS, lambda answer: "六个" in answer.text)
    project.replace(TEAMS, "headcount: 六个", "headcount: 5")
    served.wait("/plan.html", lambda answer: FAULTS not in answer.text)
    assert served.get(FAULTS).status == 404


def test_a_first_build_that_fails_shows_why_until_it_is_mended(project: Project) -> None:
    project.replace(TEAMS, "headcount: 5", "headcount: 五个")
    with serving(project) as served:
        for path in ("/", "/plan.html", "/anything"):
            page = served.get(path)
            assert page.status == 503
            assert "data/teams.yaml:5:14" in page.text
            assert SCRIPT in page.text
            assert "script-src 'self'" in page.headers["content-security-policy"]
        project.replace(TEAMS, "headcount: 五个", "headcount: 5")
        served.wait("/plan.html", lambda answer: answer.status == 200)


def test_warnings_lie_over_a_page_only_if_they_are_errors(project: Project) -> None:
    project.remove("content/plan.md")
    project.write("content/plan.md", "---\ntitle: 方案\nnav: 方案\n---\n\n![ ](x.png)\n")
    with serving(project) as served:
        errors = served.get("/").status == 503
        assert errors == bool(served.get(FAULTS).status == 200)


def test_a_bug_of_ours_does_not_end_the_preview(
    project: Project, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Any:
        raise RuntimeError("a bug in " + str(project.root))

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "build", broken)
        add(project, "甲")
        page = served.wait("/plan.html", lambda answer: FAULTS in answer.text)
        assert "程序内部出错" in page.text
        findings = served.get(FAULTS).text
        assert str(project.root) not in findings
        assert "a bug" not in findings
        assert served.failures
    add(project, "乙")
    assert FAULTS not in served.shows("/plan.html", "乙").text


def test_what_ends_the_watch_ends_the_preview(project: Project) -> None:
    def refuse(_: object) -> None:
        raise BrokenPipeError

    options = pipeline.Options(root=project.root, out=project.site, today=arguments.today())
    shown = preview.Preview(lambda: options, "zh", lambda: None)
    with preview.listen() as sockets, closing(shown), pytest.raises(BrokenPipeError):
        shown.run(sockets, refuse)


def test_long_lists_and_long_lines_are_cut(project: Project) -> None:
    many = "".join(f"- id: z{number}\n  name: 某\n  kind: 无\n" for number in range(60))
    project.write("data/orgs.yaml", project.read("data/orgs.yaml") + many + f"- id: z99\n  kind: {'长' * 5000}\n")
    found = project.check().findings
    faults = overlay.faults(found, "zh", project.root)
    text = faults.document.decode()
    assert text.count("<section") == overlay.LIMIT
    assert f"还有 {len(found) - overlay.LIMIT} 条" in text
    long = overlay.faults([f for f in found if "长" in f.span.text], "en", project.root).document.decode()
    assert len(long) < 12_000
    assert "…" in long
    assert 'lang="en"' in long


# Whom it answers


def test_it_listens_on_this_machine_only() -> None:
    with preview.listen() as sockets:
        assert [each.getsockname()[0] for each in sockets] == ["127.0.0.1"]


@pytest.mark.parametrize("path", ["/", "/plan.html", "/nothing", "/livereload", SCRIPT, STYLE, FAULTS])
@pytest.mark.parametrize(
    "host",
    [
        "",
        "127.0.0.1",
        "127.0.0.1:1",
        "evil.example",
        "evil.example:{port}",
        "127.0.0.1:{port}.evil.example",
        "127.0.0.1.nip.io:{port}",
        "localhost.:{port}",
        "evil@127.0.0.1:{port}",
        "0.0.0.0:{port}",
        "127.0.0.1:{port}, evil.example",
    ],
)
def test_a_foreign_name_for_this_machine_is_refused(quiet: Served, path: str, host: str) -> None:
    answer = quiet.get(path, Host=host.format(port=quiet.port))
    assert answer.status in {400, 421}
    assert answer.body in {b"421\n", b""}


def test_the_names_of_this_machine_are_answered(quiet: Served) -> None:
    for host in ("127.0.0.1", "localhost", "LocalHost", "[::1]"):
        assert quiet.get("/", Host=f"{host}:{quiet.port}").status == 200


def test_a_request_without_a_host_is_refused(quiet: Served) -> None:
    for request in (b"GET / HTTP/1.0\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"GET http://evil.example/ HTTP/1.1\r\n\r\n"):
        with socket.create_connection(("127.0.0.1", quiet.port), 5) as line:
            line.sendall(request)
            assert line.recv(1000).split(b" ")[1] in {b"400", b"421"}


async def connect(served: Served, origin: str | None) -> WebSocketClientConnection:
    headers = {"Origin": origin} if origin is not None else {}
    return await websocket_connect(HTTPRequest(f"ws://127.0.0.1:{served.port}/livereload", headers=headers))


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "",
        "null",
        "http://evil.example",
        "http://evil.example:{port}",
        "https://127.0.0.1:{port}",
        "http://127.0.0.1",
        "http://127.0.0.1:1",
        "http://127.0.0.1:{port}.evil.example",
        "127.0.0.1:{port}",
    ],
)
def test_pages_of_other_sites_cannot_listen(quiet: Served, origin: str | None) -> None:
    with pytest.raises(HTTPClientError) as refused:
        asyncio.run(connect(quiet, origin and origin.format(port=quiet.port)))
    assert refused.value.code == 403


def test_strange_messages_end_the_line_and_nothing_else(quiet: Served) -> None:
    async def say(message: str | bytes) -> object:
        line = await connect(quiet, quiet.address)
        await line.write_message(message, binary=isinstance(message, bytes))
        try:
            return await asyncio.wait_for(line.read_message(), 5)
        finally:
            await hang_up(line)

    for message in ("", "no json", "[]", "1", "null", "{}", b"\xff\xfe", "x" * 100_000):
        assert asyncio.run(say(message)) is None, message
    assert quiet.get("/").status == 200
    assert not quiet.failures


@pytest.mark.parametrize("path", ["/forcereload", "/forcereload?path=*", "/livereload/forcereload", "/__honorroll__/"])
def test_nobody_can_force_a_reload(quiet: Served, path: str) -> None:
    version = quiet.preview.shown.version
    assert quiet.get(path).status == 404
    assert quiet.preview.shown.version == version


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH", "X"])
def test_only_reading_is_answered(quiet: Served, method: str) -> None:
    for path in ("/", "/livereload", FAULTS):
        assert quiet.get(path, method=method).status == 405


def test_a_request_that_is_too_large_is_not_waited_for(quiet: Served) -> None:
    for request in ("POST / HTTP/1.1\r\nContent-Length: 1000000000\r\n", f"GET / HTTP/1.1\r\nX: {'x' * 70_000}\r\n"):
        with socket.create_connection(("127.0.0.1", quiet.port), 5) as line:
            line.sendall(f"{request}Host: 127.0.0.1:{quiet.port}\r\n\r\n".encode())
            answer = line.recv(1000)
            assert b" 400 " in answer or answer == b""


TRAVERSALS = [
    "/../data/campaign.yaml",
    "/../../../../etc/passwd",
    "/%2e%2e/data/campaign.yaml",
    "/..%2fdata%2fcampaign.yaml",
    "/%2e%2e%2f%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "/%252e%252e/data/campaign.yaml",
    "/..%5cdata%5ccampaign.yaml",
    "/..\\data\\campaign.yaml",
    "/static/../../data/campaign.yaml",
    "/static/%2e%2e/%2e%2e/data/campaign.yaml",
    "/%c0%ae%c0%ae/data/campaign.yaml",
    "/....//data/campaign.yaml",
    "//etc/passwd",
    "/%2fetc/passwd",
    "/data/campaign.yaml",
    "/content/plan.md",
    "/.cache/memos.db",
    "/.git/config",
    "/plan.html%00.md",
    "/plan.html::$DATA",
    "/C:/Windows/win.ini",
]


@pytest.mark.parametrize("path", TRAVERSALS)
def test_nothing_but_the_site_can_be_read(quiet: Served, path: str) -> None:
    answer = quiet.get(path)
    assert answer.status == 404
    assert b"base_url" not in answer.body
    assert b"root:" not in answer.body


def test_redirects_stay_here(project: Project) -> None:
    project.replace("data/campaign.yaml", "https://honor.example.org/", "https://honor.example.org//evil.example/")
    with serving(project) as served:
        for path in ("/", "//evil.example/teams", "/evil.example/teams", "//evil.example", "/evil.example"):
            target = served.get(path).headers.get("location", "/")
            assert target.startswith("/")
            assert not target.startswith("//")


def test_links_out_of_the_project_are_not_followed(project: Project, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("geheim")
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "more.txt").write_text("geheim")
    with serving(project) as served:
        project.write("static/fine.txt", "fine")
        served.shows("/static/fine.txt", "fine")
        (project.root / "static" / "out.txt").symlink_to(tmp_path / "secret.txt")
        (project.root / "static" / "out").symlink_to(tmp_path / "secrets")
        findings = served.wait(FAULTS, lambda answer: answer.text.count("SRC-03") == 2)
        assert "geheim" not in findings.text
        assert served.get("/static/out.txt").status == 404
        assert served.get("/static/out/more.txt").status == 404


def test_markup_in_an_error_is_shown_and_not_run(quiet: Served) -> None:
    findings = quiet.get(FAULTS)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in findings.text
    assert "<script" not in findings.text
    policy = findings.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "sandbox" in policy
    assert "frame-ancestors 'self'" in policy


def test_every_part_of_an_error_is_escaped(project: Project) -> None:
    evil = "<img src=x onerror=alert(1)>"
    project.replace(TEAMS, "name: 江边巡逻小组", f"name: '{evil}'")
    project.replace(TEAMS, "liaison: zd\n  equipment: [反光", f"liaison: '{evil}'\n  equipment: [反光")
    project.write("data/<b>.yaml", "x")
    project.write("data/\u202etxt.yaml", "x")
    with serving(project) as served:
        text = served.get("/").text
        assert "&lt;img src=x onerror=alert(1)&gt;" in text
        assert "<img" not in text
        assert "<b>" not in text
        assert "\u202e" not in text
        assert "&lt;b&gt;" in text


def test_answers_cannot_be_taken_into_other_sites(quiet: Served) -> None:
    for path in ("/", "/nothing", SCRIPT, STYLE, FAULTS):
        headers = quiet.get(path).headers
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["x-frame-options"] == "SAMEORIGIN"
        assert headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in headers


def places(project_root: Path) -> list[bytes]:
    import tornado

    parts = (project_root, ROOT, Path(sys.prefix), Path(tornado.__file__).parent, Path.home() / "x")
    return [os.fsencode(part) for part in parts] + [b"Traceback", b"ornado"]


def test_no_answer_tells_of_this_machine(quiet: Served, tmp_path: Path) -> None:
    del tmp_path
    root = quiet.preview._root  # noqa: SLF001  # what must not leak
    paths = ["/", "/teams", FAULTS, STYLE, "/livereload", *TRAVERSALS, *(f"/{name}" for name in TEMPLATES)]
    answers = [quiet.get(path) for path in paths]
    answers += [quiet.get("/", Host="evil.example"), quiet.get("/", method="POST")]
    for answer in answers:
        everything = answer.body + json.dumps(answer.headers).encode()
        for place in places(root):
            assert place not in everything, (place, everything)
        assert "server" not in answer.headers


def test_a_place_in_a_finding_is_taken_out(project: Project) -> None:
    project.site.symlink_to(project.root / "data")
    with serving(project) as served:
        text = served.get("/").text
        assert "PUB-03" in text
        assert str(project.root) not in text


def test_a_bug_while_answering_is_told_and_tells_nothing(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> str:
        raise RuntimeError("/secret/place")

    monkeypatch.setattr("honorroll.preview.answers._script", broken)
    answer = served.get("/")
    assert (answer.status, answer.body) == (500, b"500\n")
    assert served.failures


# livereload's protocol


HELLO = {"command": "hello", "protocols": ["http://livereload.com/protocols/official-7"]}


async def join(served: Served, version: str) -> WebSocketClientConnection:
    line = await connect(served, served.address)
    await line.write_message(json.dumps({**HELLO, "extver": version}))
    assert json.loads(str(await line.read_message()))["command"] == "hello"
    await line.write_message(json.dumps({"command": "info", "url": served.address, "plugins": {}}))
    return line


async def hang_up(line: WebSocketClientConnection) -> None:
    """Close a line and wait until its socket is closed too."""
    line.close()
    with contextlib.suppress(TimeoutError):
        while await asyncio.wait_for(line.read_message(), 2) is not None:
            pass
    await asyncio.sleep(0.02)


async def told(line: WebSocketClientConnection, seconds: float = 5) -> str | None:
    try:
        return str(json.loads(str(await asyncio.wait_for(line.read_message(), seconds)))["command"])
    except TimeoutError:
        return None


def version_of(answer: Answer) -> str:
    found = re.search(r"extver=([\w-]+)", answer.text)
    assert found
    return found[1]


def test_pages_are_told_when_the_new_version_is_in_place(project: Project, served: Served) -> None:
    async def watch_on() -> None:
        served.settled()
        line = await join(served, version_of(served.get("/plan.html")))
        assert await told(line, 0.2) is None
        add(project, "改过了")
        assert await told(line) == "reload"
        assert "改过了" in served.get("/plan.html").text
        assert await told(line, 0.3) is None
        project.write(PLAN, project.read(PLAN))
        assert await told(line, 0.3) is None
        project.replace(TEAMS, "headcount: 5", "headcount: 五个")
        assert await told(line) == "reload"
        project.replace(TEAMS, "headcount: 五个", "headcount: 5")
        assert await told(line) == "reload"
        await hang_up(line)

    asyncio.run(watch_on())


def test_a_page_that_was_overtaken_while_it_loaded_is_told_at_once(project: Project, served: Served) -> None:
    async def arrive_late() -> None:
        version = version_of(served.get("/plan.html"))
        add(project, "改过了")
        served.shows("/plan.html", "改过了")
        line = await join(served, version)
        assert await told(line) == "reload"
        await hang_up(line)

    asyncio.run(arrive_late())


def test_a_page_of_an_earlier_preview_is_told_at_once(project: Project) -> None:
    with serving(project) as first:
        version, port = version_of(first.get("/")), first.port
    with serving(project, port=port) as second:

        async def come_back() -> None:
            line = await join(second, version)
            assert await told(line) == "reload"
            await hang_up(line)

        asyncio.run(come_back())


# The command


def start(project: Project, *args: str, **env: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "honorroll", "serve", "--today", "2022-11-01", *args],
        cwd=project.root,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"} | env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def read_until(process: subprocess.Popen[str], word: str) -> str:
    """Lines of standard error up to one with a word."""
    assert process.stderr
    lines = []
    for line in process.stderr:
        lines.append(line)
        if word in line:
            return "".join(lines)
    pytest.fail("".join(lines))


def end(process: subprocess.Popen[str]) -> tuple[str, str]:
    process.send_signal(signal.SIGINT)
    return process.communicate(timeout=10)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as line:
        return int(line.getsockname()[1])


def test_the_command_serves_tells_of_each_build_and_ends_cleanly(project: Project) -> None:
    port = free_port()
    process = start(project, "--port", str(port), "--no-open", "--drafts", "--future")
    try:
        assert f"http://127.0.0.1:{port}/" in read_until(process, "Ctrl+C")
        served = Served(None, port)  # type: ignore[arg-type]  # asked over the network only
        add(project, "新加的一句。")
        served.shows("/plan.html", "新加的一句。")
        project.replace(TEAMS, "headcount: 5", "headcount: 五个")
        assert "错误[SCH-07]" in read_until(process, "网站没有改动")
        project.replace(TEAMS, "headcount: 五个", "headcount: 5")
        served.wait(FAULTS, lambda answer: answer.status == 404)
        time.sleep(0.1)
    finally:
        out, err = end(process)
    assert process.returncode == cli.FINE
    assert err.splitlines() == ["预览结束。"]
    lines = out.splitlines()
    assert len(lines) == 3
    assert all("页" in line and "秒" in line for line in lines)
    assert not project.site.exists()


def test_an_interrupt_with_a_page_open_is_clean(project: Project) -> None:
    port = free_port()
    process = start(project, "--port", str(port), "--no-open", "-q", "--lang", "en")
    read_until(process, "Ctrl+C")

    async def stay() -> tuple[str, str]:
        line = await join(Served(None, port), "x")  # type: ignore[arg-type]  # likewise
        out_and_err = await asyncio.to_thread(end, process)
        assert await told(line) == "reload"  # it was another version
        assert await line.read_message() is None
        await hang_up(line)
        return out_and_err

    assert asyncio.run(stay()) == ("", "Preview stopped.\n")
    assert process.returncode == cli.FINE


def test_a_port_that_was_asked_for_and_is_taken_is_an_error(project: Project) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        process = start(project, "--port", str(taken.getsockname()[1]), "--no-open")
        out, err = process.communicate(timeout=10)
    assert (process.returncode, out) == (cli.USAGE, "")
    assert str(taken.getsockname) not in err
    assert "已被占用" in err
    assert len(err.splitlines()) == 1


def test_without_a_port_the_next_free_one_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setattr(preview, "PORT", taken.getsockname()[1])
        with preview.listen() as sockets:
            assert sockets[0].getsockname()[1] > preview.PORT
        monkeypatch.setattr(preview, "TRIES", 1)
        with preview.listen() as sockets:
            assert sockets


def test_the_next_port_is_told_of(project: Project, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setattr(preview.Preview, "run", lambda *_, **__: None)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setattr(preview, "PORT", taken.getsockname()[1])
        assert cli.main(["serve", "--no-open"], project.root) == cli.FINE
    assert f"端口 {preview.PORT} 已被占用" in capsys.readouterr().err


@pytest.mark.parametrize(("screen", "calls"), [({}, 0), ({"DISPLAY": ":0"}, 1), ({"BROWSER": "x"}, 1)])
def test_the_browser_is_opened_where_there_is_a_screen(
    project: Project, monkeypatch: pytest.MonkeyPatch, screen: dict[str, str], calls: int
) -> None:
    opened: list[str] = []
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    for name, value in screen.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(preview.webbrowser, "open", opened.append)
    monkeypatch.setattr(preview.Preview, "run", lambda *_, **__: time.sleep(0.05))
    project.replace("data/campaign.yaml", "https://honor.example.org/", "https://example.org/mas/")
    assert cli.main(["serve"], project.root) == cli.FINE
    assert len(opened) == calls
    assert all(re.fullmatch(r"http://127\.0\.0\.1:\d+/mas/", address) for address in opened)
    assert cli.main(["serve", "--no-open"], project.root) == cli.FINE
    assert len(opened) == calls


def test_an_internal_error_is_told_and_kept(project: Project, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(pipeline, "build", broken)
    monkeypatch.setattr(preview.Preview, "run", lambda *_, **__: None)
    assert cli.main(["serve", "--no-open"], project.root) == cli.FINE
    assert "程序内部出错" in capsys.readouterr().err
    assert "a bug" in (project.root / ".cache" / "honorroll-error.log").read_text(encoding="utf-8")


def test_an_interrupt_of_the_first_build_is_clean(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "build", interrupted)
    assert cli.main(["serve", "--no-open"], project.root) == cli.FINE
    assert capsys.readouterr().err == "预览结束。\n"

"""Whom the preview answers, and what it tells nobody."""

import asyncio
import json
import os
import socket
import sys
from pathlib import Path

import pytest
from conftest import TESTS, Project
from previewing import TEAMS, Served, connect, hang_up, serving
from tornado.httpclient import HTTPClientError

from honorroll import preview
from honorroll.pages.planning import TEMPLATES
from honorroll.preview.answers import FAULTS, SCRIPT, STYLE

ROOT = TESTS.parent


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

    long = json.dumps({"command": "info", "url": "x" * 70_000, "plugins": {}})
    for message in ("", "no json", "[]", "1", "null", "{}", b"\xff\xfe", long):
        assert asyncio.run(say(message)) is None, message
    assert asyncio.run(say(long.replace("x", ""))) is not None
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
    for request in ("POST / HTTP/1.1\r\nContent-Length: 70000\r\n", f"GET / HTTP/1.1\r\nX: {'x' * 70_000}\r\n"):
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
    "/.cache/cache.db",
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

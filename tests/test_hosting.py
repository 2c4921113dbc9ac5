"""A deployed site as web servers show it with the configuration that `hosting` prints; and while it is being deployed."""

import http.client
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Generator
from pathlib import Path

import pytest
from conftest import Project
from hosting import apache, caddy, free_port, links, need, nginx

from honorroll.cli.commands import main
from honorroll.deploy import pages_files

BASE = "/honor/2022/"
TODAY = ("--today", "2022-11-01")


@pytest.fixture
def deployed(project: Project) -> tuple[Project, int]:
    """The small project, to be shown by a server of this machine below a path."""
    port = free_port()
    text = project.read("data/campaign.yaml")
    at = text.index("base_url:")
    old = text[at : text.index("\n", at)]
    project.write("data/campaign.yaml", text.replace(old, f"base_url: http://127.0.0.1:{port}{BASE}"))
    project.write("data/deploy.yaml", "- {id: web, kind: 文件夹, to: ../www}\n")
    project.write("data/redirects.yaml", "- {old: teams/t00.html, to: teams/t01.html}\n")
    assert main(["deploy", "-q", "--sample", *TODAY], project.root) == 0
    return project, port


@pytest.fixture(params=["nginx", "caddy", "apache"])
def server(
    request: pytest.FixtureRequest, deployed: tuple[Project, int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Generator[tuple[Project, int]]:
    project, port = deployed
    capsys.readouterr()
    assert main(["hosting", request.param], project.root) == 0
    config = capsys.readouterr().out
    with {"nginx": nginx, "caddy": caddy, "apache": apache}[request.param](tmp_path / "server", config, port):
        yield project, port


def ask(port: int, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    line.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = line.getresponse()
    found = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    line.close()
    return found


def test_a_server_with_the_printed_configuration_shows_all_as_it_should(
    server: tuple[Project, int], capsys: pytest.CaptureFixture[str]
) -> None:
    project, port = server
    assert main(["deploy", "--verify", "--lang", "en"], project.root) == 0, capsys.readouterr().err
    streams = capsys.readouterr()
    assert "were read back" in streams.out
    assert streams.err == ""  # not even a word on caching
    status, said, _ = ask(port, BASE, Accept_Encoding="gzip")
    assert (status, said["content-encoding"]) == (200, "gzip")
    assert said["x-content-type-options"] == "nosniff"
    assert said["cache-control"] == "public, max-age=60"
    assert ask(port, f"{BASE}.honorroll")[0] == 404
    assert ask(port, BASE.rstrip("/"))[0] in {301, 302}
    status, _, body = ask(port, f"{BASE}no/such/page.html")
    assert (status, body) == (404, (project.site / "404.html").read_bytes())
    assert b"t01.html" in ask(port, f"{BASE}teams/t00.html")[2]
    sheet = next(path for path in (project.site / "static").glob("style.*.css"))
    assert "immutable" in ask(port, f"{BASE}static/{sheet.name}")[1]["cache-control"]


def test_a_host_that_nobody_reaches_is_told_of_in_one_sentence(
    deployed: tuple[Project, int], capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["deploy", "--verify", "--lang", "en"], deployed[0].root) == 1
    said = capsys.readouterr().err
    assert said.startswith("error: http://127.0.0.1:")
    assert said.count("\n") == 1


def test_what_a_host_shows_otherwise_is_told(
    deployed: tuple[Project, int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A server with a configuration of its own: another type, downloads, no page for unknown addresses; and an edited page."""
    project, port = deployed
    config = f"""server {{ listen 127.0.0.1:{port}; location {BASE} {{ alias {tmp_path}/www/current/; index index.html;
        location ~ csv$ {{ add_header Content-Disposition attachment; }} location ~ \\.js$ {{ types {{ }} default_type text/plain; }} }} }}"""
    (tmp_path / "www" / "current" / "plan.html").write_text("edited")
    capsys.readouterr()
    with nginx(tmp_path / "nginx", config, port):
        assert main(["deploy", "--verify", "--lang", "en"], project.root) == 1
    said = capsys.readouterr().err
    assert f"http://127.0.0.1:{port}{BASE}plan.html: other bytes than were deployed" in said
    assert "its type is text/plain instead of text/javascript" in said
    assert "an unknown address does not show 404.html" in said
    assert "another Cache-Control than advised" in said


@pytest.mark.parametrize(
    ("target", "server", "said"),
    [
        ("- {id: a, kind: 服务器, to: 'me@host:/srv/b/'}", "nginx", "alias /srv/b/current/;"),
        ("- {id: a, kind: 文件夹, to: /srv/c}", "caddy", "root * /srv/c/current"),
        ("- {id: a, kind: 对象存储, to: 's3://bucket/d/e/'}", "storage", "<Key>d/e/404.html</Key>"),
        ("- {id: a, kind: 对象存储, to: 's3://bucket'}", "storage", "<Key>404.html</Key>"),
        ("- {id: a, kind: Git分支, to: x.git}", "apache", 'Alias "/" "/srv/www/honor/current/"'),
    ],
)
def test_a_configuration_shows_what_the_target_holds(
    target: str, server: str, said: str, project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.write("data/deploy.yaml", f"{target}\n")
    assert main(["hosting", server], project.root) == 0
    assert said in capsys.readouterr().out


def test_an_unknown_server_is_told_with_those_that_are_known(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["hosting", "iis", "--lang", "en"], project.root) == 2
    assert "`iis`; there are nginx、caddy、apache、storage" in capsys.readouterr().err


def test_hsts_is_said_only_on_request(deployed: tuple[Project, int], capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    for server in ("nginx", "caddy", "apache", "storage"):
        for more, is_said in ((), False), (("--hsts",), True):
            assert main(["hosting", server, *more], deployed[0].root) == 0
            assert ("Strict-Transport-Security" in capsys.readouterr().out) == is_said


def test_hosts_of_branches_are_told_of_caching_and_moved_pages() -> None:
    found = pages_files("https://example.org/honor/", {"teams/t00.html": "teams/t01.html"})
    assert found[".nojekyll"] == b""
    assert b"/honor/teams/t00.html /honor/teams/t01.html 301" in found["_redirects"]
    assert b"/honor/pictures/*\n  Cache-Control: public, max-age=31536000, immutable" in found["_headers"]
    assert {"_redirects", "CNAME"}.isdisjoint(pages_files("https://example.org/", {}))


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://honor.example.org/", b"honor.example.org\n"),
        ("https://honor.example.org", b"honor.example.org\n"),
        ("https://bao-an.github.io/", None),  # the host's own
        ("https://example.org/honor/", None),  # a folder of another site
        ("", None),
    ],
)
def test_a_domain_of_its_own_is_told_to_the_host_of_a_branch(url: str, domain: bytes | None) -> None:
    assert pages_files("https://elsewhere.example.org/", {}, url).get("CNAME") == domain


GUIDE = Path(__file__).parent.parent / "docs" / "hosting.md"


def test_a_newcomer_reaches_a_running_site_with_the_commands_of_the_guide_alone(tmp_path: Path) -> None:
    """They are copied from the guide as they stand; only the three values are chosen that it lets one choose.

    What would change this machine does nothing or stays below the folder of the test: `apt`, `sudo`, and nginx, which runs
    with a configuration that reads other folders. The fresh clone is given the Python environment of these tests.
    """
    root, port = GUIDE.parent.parent, free_port()
    ready = subprocess.run([sys.executable, root / "build.py", "--version"], capture_output=True, check=False)
    if sys.prefix == sys.base_prefix or not (Path(sys.prefix) / "honorroll-ready").exists() or ready.returncode:
        pytest.skip("the tests run in no environment of build.py")
    section = GUIDE.read_text("utf-8").partition("## 从头到一个 nginx 网站\n")[2].partition("\n## ")[0]
    commands = "\n".join(line[4:] for line in section.splitlines() if line.startswith("    "))
    url, web = f"http://localhost:{port}/honor/", tmp_path / "srv"
    chosen = {"REPO": tmp_path / "repository", "WWW": web / "honor", "URL": url}
    for name, value in chosen.items():
        commands, number = re.subn(rf"(?m)^{name}=.*", f"{name}={value}", commands)
        assert number == 1
    commands = commands.replace("/etc/nginx/conf.d/", f"{tmp_path}/conf.d/")
    _repository(root, tmp_path / "repository")
    shims = {
        "apt": "exit 0",
        "sudo": 'exec "$@"',
        "nginx": f'exec {need("nginx")} -c {tmp_path}/nginx/nginx.conf -e {tmp_path}/nginx/error.log "$@"',
        "git": f'{need("git")} "$@" && {need("ln")} -s {sys.prefix} honor/.venv',
    }
    (tmp_path / "bin").mkdir()
    for name, line in shims.items():
        (tmp_path / "bin" / name).write_text(f"#!/bin/sh\n{line}\n")
        (tmp_path / "bin" / name).chmod(0o755)
    (tmp_path / "home").mkdir()
    (tmp_path / "conf.d").mkdir()
    env = {"HOME": f"{tmp_path}/home", "PATH": f"{tmp_path}/bin:{os.environ['PATH']}", "LANG": "C.UTF-8"}
    waiting = free_port()
    config = f"include {tmp_path}/conf.d/*.conf; server {{ listen 127.0.0.1:{waiting}; }}"
    with nginx(tmp_path / "nginx", config, waiting):
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", commands],
            cwd=tmp_path / "home",
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert "都读了一遍" in done.stdout.splitlines()[-1]
        for path in ("", "teams/index.html", "search.html"):
            status, said, body = ask(port, f"/honor/{path}", Host=f"localhost:{port}")
            assert (status, said["content-type"]) == (200, "text/html; charset=utf-8")
            assert body.rstrip().endswith(b"</html>")
        assert ask(port, "/honor/none.html", Host=f"localhost:{port}")[0] == 404


def _repository(root: Path, folder: Path) -> None:
    """The project as it stands, as somebody would clone it."""
    git = [need("git"), "-C"]
    listed = subprocess.run(
        [*git, root, "ls-files", "-z", "-co", "--exclude-standard"], capture_output=True, check=False
    )
    names = [*filter(None, listed.stdout.decode().split("\0"))]
    if listed.returncode:  # the tests run on no clone, or on that of somebody else
        made = (".git", ".venv", ".cache", "site", "private", "__pycache__", ".hypothesis")
        paths = [path.relative_to(root) for path in root.rglob("*")]
        names = [str(path) for path in paths if path.parts[0] not in made and path.parent.name not in made]
    for name in names:
        if (root / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(root / name, folder / name)
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    for words in (["init", "-q"], ["add", "-A"], [*who, "commit", "-q", "-m", "all"]):
        subprocess.run([*git, folder, *words], check=True)


#: So many answers are read while releases are deployed.
ANSWERS = int(os.environ.get("HONORROLL_ANSWERS", "20000"))


def test_readers_get_whole_pages_while_releases_are_deployed(
    deployed: tuple[Project, int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each page is read with all that it loads, over and over, while one release after another takes its place."""
    project, port = deployed
    capsys.readouterr()
    main(["hosting", "nginx"], project.root)
    config = capsys.readouterr().out
    pages = sorted(path for path in project.output() if path.endswith(".html") and path != "404.html")
    counted, wrong, over = [0], list[str](), threading.Event()

    def read(first: int) -> None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)

        def get(path: str) -> tuple[int, bytes]:
            line.request("GET", BASE + path)
            answer = line.getresponse()
            body = answer.read()
            counted[0] += 1
            return answer.status, body

        at = first
        while not over.is_set():
            at += 1
            page = pages[at % len(pages)]
            status, body = get(page)
            if status != 200 or not body.rstrip().endswith(b"</html>"):
                wrong.append(f"{page}: {status}")
                continue
            for to in sorted({to for _, to in links({page: body}) if not to.endswith(".html")}):
                if get(to)[0] != 200:
                    wrong.append(f"{page} -> {to}")
        line.close()

    with nginx(tmp_path / "nginx", config, port):
        readers = [threading.Thread(target=read, args=(at * 7,)) for at in range(4)]
        for reader in readers:
            reader.start()
        number = 0
        while (counted[0] < ANSWERS or number < 5) and not wrong:
            number += 1
            project.write("static/style.css", f"body {{ color: rgb({number % 250} 0 0) }}\n")
            assert main(["deploy", "-q", "--sample", *TODAY], project.root) == 0
        over.set()
        for reader in readers:
            reader.join()
    assert wrong == []

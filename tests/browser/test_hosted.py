"""A site at each kind of target, as people see it in Chromium: deployed, edited, deployed again, and taken back."""

import os
import shutil
import subprocess
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from conftest import MINIMAL, Project
from hosting import Branch, Place, Releases, Storage, ask_storage, caddy, free_port, nginx, ssh_server, storage_server

from browser.chrome import Browser
from browser.test_search import RESULTS, told
from honorroll import deploy
from honorroll.deploy import Site, configuration

BASE = "/honor/2022/"
#: The name of a team, before and after the edit.
OLD, NEW = "江边巡逻小组", "长堤夜巡小组"


@dataclass(frozen=True)
class Hosted:
    """A target with the address that a real server shows it at."""

    place: Place
    address: str
    refresh: Callable[[], object] = lambda: None
    """What the host does by itself once something has been deployed."""
    knows_404: bool = True


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The small site, which has a page of each kind, before and after an edit; by the name of a team."""
    project, found = Project(tmp_path_factory.mktemp("sites") / "project"), {}
    shutil.copytree(MINIMAL, project.root)
    for name in (OLD, NEW):
        project.write("data/teams.yaml", project.read("data/teams.yaml").replace(OLD, name))
        assert project.build().counts
        found[name] = Path(shutil.copytree(project.site, project.root.parent / name))
    return found


@contextmanager
def _releases(kind: str, root: Path, to: str) -> Iterator[Hosted]:
    port, folder = free_port(), root / "www"
    address = f"http://127.0.0.1:{port}{BASE}"
    with nginx(root / "nginx", configuration("nginx", address, str(folder)), port):
        yield Hosted(Releases(kind, root, f"{to}{folder}", folder), address)


@contextmanager
def _folder(root: Path) -> Iterator[Hosted]:
    with _releases("文件夹", root, "") as hosted:
        yield hosted


@contextmanager
def _server(root: Path) -> Iterator[Hosted]:
    with ssh_server(root / "ssh") as command, pytest.MonkeyPatch.context() as patch:
        patch.setenv("HONORROLL_SSH", command)
        with _releases("服务器", root, f"{os.environ.get('USER', 'root')}@127.0.0.1:") as hosted:
            yield hosted


@contextmanager
def _branch(root: Path) -> Iterator[Hosted]:
    """A host that checks the branch out whenever it is pushed to, as Pages hosts do."""
    repository, shown, port = root / "site.git", root / "www" / "current", free_port()
    subprocess.run(["git", "init", "-q", "--bare", repository], check=True)
    address = f"http://127.0.0.1:{port}{BASE}"

    def refresh() -> None:
        if not shown.exists():
            subprocess.run(["git", "clone", "-q", "-b", "pages", repository, shown], check=True)
        for words in ("fetch -q origin pages", "reset -q --hard FETCH_HEAD"):
            subprocess.run(["git", "-C", shown, *words.split()], check=True)

    with caddy(root / "caddy", configuration("caddy", address, str(root / "www")), port):
        yield Hosted(Branch(root, repository), address, refresh)


@contextmanager
def _storage(root: Path) -> Iterator[Hosted]:
    """Storage that is asked itself, below the bucket and a prefix."""
    pytest.importorskip("obstore")
    pytest.importorskip("moto")
    with storage_server() as endpoint, pytest.MonkeyPatch.context() as patch:
        website = configuration("storage", endpoint, "2022/", hsts=True)
        ask_storage(f"{endpoint}/honor?website", website.encode())
        assert b"<Key>2022/404.html</Key>" in ask_storage(f"{endpoint}/honor?website")
        patch.setenv("AWS_ACCESS_KEY_ID", "a")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "b")
        yield Hosted(Storage(root, "2022", endpoint), f"{endpoint}/honor/2022/", knows_404=False)


@pytest.fixture(params=[_folder, _server, _branch, _storage], ids=["folder", "server", "branch", "storage"])
def hosted(request: pytest.FixtureRequest, tmp_path: Path) -> Generator[Hosted]:
    with request.param(tmp_path) as found:
        yield found


def deployed(hosted: Hosted, folder: Path) -> tuple[set[str], int]:
    """Deploy a built site; the files that travelled, and their bytes."""
    site, target, sent = Site(folder), hosted.place.target(), [0]

    def count(size: int) -> None:
        sent[0] += size

    with target.held():
        planned, shown = deploy.look(target, site, "2026-01-01T00:00:00+00:00")
        deploy.carry_out(target, planned, shown, site, 3, count)
    hosted.refresh()
    return {*planned.sent}, sent[0]


def look(browser: Browser, hosted: Hosted, name: str, other: str) -> None:
    """See a page with its style, follow a link, and search: as somebody who was never there."""
    browser.tell("Network.clearBrowserCache")
    browser.complaints()
    browser.asked()
    browser.open(f"{hosted.address}index.html")
    sheets = "return Array.from(document.styleSheets, sheet => sheet.cssRules.length)"
    assert min(browser.run(sheets)) > 10
    assert browser.run("return getComputedStyle(document.querySelector('h1')).fontFamily") != "serif"
    browser.run("document.querySelector('a[href=\"teams/index.html\"]').click()")
    browser.arrive(f"{hosted.address}teams/index.html")
    browser.run("Array.from(document.links).find(link => link.textContent.includes(arguments[0])).click()", name)
    browser.arrive(f"{hosted.address}teams/t01.html")
    assert name in browser.run("return document.querySelector('h1').textContent")
    for words, is_there in ((name, True), (other, False)):
        browser.open(f"{hosted.address}search.html?q={quote(words)}")
        told(browser)
        assert any(hit["url"] == "teams/t01.html" for hit in browser.run(RESULTS)) == is_there
    assert browser.complaints() == []
    assert {url.startswith(hosted.address) for url in browser.asked()} == {True}


def test_what_is_deployed_edited_and_taken_back_is_what_people_see(
    hosted: Hosted, sites: dict[str, Path], opened: Browser
) -> None:
    target = hosted.place.target()
    _, whole = deployed(hosted, sites[OLD])
    look(opened, hosted, OLD, NEW)

    sent, size = deployed(hosted, sites[NEW])
    files = [{path: (folder / path).read_bytes() for path in Site(folder).files} for folder in sites.values()]
    changed = {path for path, data in files[1].items() if files[0].get(path) != data}
    assert {path for path in sent if not path.endswith((".gz", ".br"))} == changed
    assert sum(len(files[1][path]) for path in changed) <= size < whole / 3  # compressed ones and records come on top
    look(opened, hosted, NEW, OLD)

    shown = deploy.roll_back(target, "")
    hosted.refresh()
    look(opened, hosted, OLD, NEW)
    report = deploy.verify(hosted.address, shown, lambda size: None)
    assert report.read >= len(files[0]) - 1
    assert [one.key for one in report.wrong] == ([] if hosted.knows_404 else ["ve_404"])
    assert report.caching == []

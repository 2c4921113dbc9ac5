"""`deploy`: to a folder, a server of OpenSSH, a Git branch and storage that speaks S3, all of them real.

Whatever is cut off and wherever, the public sees no page whose links or pictures are missing, and the next deployment mends it.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Generator
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import Project
from hosting import Branch, Cutter, Place, Releases, Storage, broken, ssh_server, storage_server

from honorroll import deploy
from honorroll.cli.commands import main
from honorroll.deploy import DeployError, Plan, Site
from honorroll.deploy.holders import me

#: Where a program of its own finds the tests and the program.
PATH = os.pathsep.join([str(Path(__file__).parent), str(Path(__file__).parent.parent)])
KINDS = ("folder", "server", "branch", "storage")


@pytest.fixture(scope="module")
def ssh(tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    with ssh_server(tmp_path_factory.mktemp("ssh") / "server") as command:
        yield command


@pytest.fixture(scope="module")
def storage() -> Generator[str]:
    pytest.importorskip("obstore")
    pytest.importorskip("moto")
    with storage_server() as address:
        yield address


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path, project: Project, monkeypatch: pytest.MonkeyPatch) -> Place:
    """An empty target of each kind, for the small project."""
    return make(request.param, request, tmp_path, project, monkeypatch)


def make(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path, project: Project, monkeypatch: pytest.MonkeyPatch
) -> Place:
    if kind == "folder":
        return Releases("文件夹", project.root, str(tmp_path / "www"), tmp_path / "www")
    if kind == "server":
        monkeypatch.setenv("HONORROLL_SSH", request.getfixturevalue("ssh"))
        folder = tmp_path / "srv" / "it's www"
        return Releases("服务器", project.root, f"{os.environ.get('USER', 'root')}@127.0.0.1:{folder}", folder)
    if kind == "branch":
        subprocess.run(["git", "init", "-q", "--bare", tmp_path / "site.git"], check=True)
        return Branch(project.root, tmp_path / "site.git")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "b")
    return Storage(project.root, tmp_path.name, request.getfixturevalue("storage"))


def run(
    place: Place,
    *,
    declared: tuple[str, ...] = (),
    carry: bool = True,
    keep: int = 3,
    at: str = "2026-01-01T00:00:00+00:00",
) -> tuple[Plan, int]:
    """Deploy what is built; the plan, and the bytes that travelled."""
    target, sent = place.target(), [0]
    site = Site(place.root / "site")

    def told(size: int) -> None:
        sent[0] += size

    with target.held():
        planned, shown = deploy.look(target, site, at, declared=declared, carry=carry)
        if not planned.is_empty:
            deploy.carry_out(target, planned, shown, site, keep, told)
    return planned, sent[0]


def built(project: Project) -> dict[str, bytes]:
    """The site as it is built now, without the list of its files."""
    assert project.build().counts
    files = project.output()
    del files[".honorroll"]
    return files


def plain(files: dict[str, bytes]) -> dict[str, bytes]:
    """Without the compressed ones."""
    return {path: data for path, data in files.items() if not path.endswith((".gz", ".br"))}


def rename(project: Project, number: int = 1) -> None:
    text = project.read("data/teams.yaml").splitlines()
    at = next(n for n, line in enumerate(text) if line.strip().startswith("name:"))
    text[at] = f"  name: 改名{number}队"
    project.write("data/teams.yaml", "\n".join(text) + "\n")


def test_a_site_is_deployed_then_only_what_changed(place: Place, project: Project) -> None:
    first = built(project)
    planned, whole = run(place)
    assert plain(place.files()) == first
    assert not broken(place.files())
    assert planned.release.id.startswith("0001-")
    assert run(place)[0].is_empty
    rename(project)
    second = built(project)
    planned, sent = run(place)
    assert plain(place.files()) == second
    changed = {path for path, data in second.items() if first.get(path) != data}
    assert {*plain(dict.fromkeys(planned.sent, b""))} == changed
    assert 0 < sent < whole / 3


def test_what_pages_load_travels_before_the_pages(place: Place, project: Project) -> None:
    built(project)
    sent = run(place)[0].sent
    order = [(path.split("/")[-1].split(".")[0] == "index", ".html" in path) for path in sent]
    pages = [at for at, (_, is_page) in enumerate(order) if is_page]
    assert max(at for at, (_, is_page) in enumerate(order) if not is_page) < min(pages)
    assert [is_list for is_list, is_page in order if is_page] == sorted(
        is_list for is_list, is_page in order if is_page
    )


def test_a_page_that_is_gone_goes_last_and_its_pictures_a_release_later(place: Place, project: Project) -> None:
    import io

    from PIL import Image

    data = io.BytesIO()
    Image.new("RGB", (900, 600), "navy").save(data, "JPEG")
    project.write("content/news/2022-09-02-first/pic.jpg", data.getvalue())
    (project.root / "content/news/2022-09-02-first.md").rename(project.root / "content/news/2022-09-02-first/index.md")
    text = project.read("content/news/2022-09-02-first/index.md")
    project.write("content/news/2022-09-02-first/index.md", text + "\n![合影](pic.jpg)\n")
    before = built(project)
    run(place)
    pictures = {path for path in before if path.startswith("pictures/")}
    assert pictures
    project.write("content/news/2022-09-02-first/index.md", text)
    project.remove("content/news/2022-09-02-first/pic.jpg")
    after = built(project)
    assert not pictures & after.keys()
    run(place)
    assert plain(place.files()) == after | {path: before[path] for path in pictures}
    rename(project)
    after = built(project)
    run(place)
    assert plain(place.files()) == after


def test_one_can_go_back_and_forth(place: Place, project: Project) -> None:
    """Though each release comes from a computer whose clock is a day behind that of the one before."""
    sites = [built(project)]
    run(place, at="2026-01-03T00:00:00+00:00")
    for number in (1, 2):
        rename(project, number)
        sites.append(built(project))
        run(place, at=f"2026-01-0{3 - number}T00:00:00+00:00")
    target = place.target()
    ids = [one.id for one in reversed(deploy.listed(target))]
    assert len(ids) == 3
    deploy.roll_back(target, "")
    assert plain(place.files()) == sites[1]
    assert [one.id for one in deploy.listed(target) if one.shown] == [ids[1]]
    deploy.roll_back(target, ids[0])
    assert plain(place.files()) == sites[0]
    with pytest.raises(DeployError, match="de_no_earlier"):
        deploy.roll_back(target, "")
    with pytest.raises(DeployError, match="de_no_release"):
        deploy.roll_back(target, "0099-abcdefgh")
    run(place)
    assert plain(place.files()) == sites[2]


def test_only_some_releases_are_kept_and_none_after_a_takedown(place: Place, project: Project) -> None:
    for number in range(5):
        rename(project, number)
        built(project)
        run(place)
    target = place.target()
    assert len(deploy.listed(target)) == 3
    rename(project, 9)
    site = built(project)
    run(place, carry=False, keep=1)
    assert [one.shown for one in deploy.listed(target)] == [True]
    assert plain(place.files()) == site


def test_files_of_others_are_refused_until_they_are_declared_and_then_stay(place: Place, project: Project) -> None:
    built(project)
    run(place)
    place.write("MP_verify_1.txt", b"ours")
    rename(project)
    site = built(project)
    with pytest.raises(DeployError, match="de_foreign") as refused:
        run(place)
    assert "MP_verify_1.txt" in str(refused.value.values)
    assert plain(place.files()) != site
    for number, held in ((2, b"ours"), (3, b"renewed")):
        place.write("MP_verify_1.txt", held)
        run(place, declared=("MP_verify_1.txt",))
        assert plain(place.files()) == site | {"MP_verify_1.txt": held}
        rename(project, number)
        site = built(project)
    deploy.roll_back(place.target(), "")
    assert place.files()["MP_verify_1.txt"] in {b"ours", b"renewed"}
    project.write("static/files/form.txt", "ours")
    place.write("static/files/form.txt", b"theirs")
    built(project)
    with pytest.raises(DeployError, match="de_both"):
        run(place, declared=("MP_verify_1.txt", "static/files"))


@pytest.mark.parametrize("kind", ["folder", "server"])
def test_declared_files_of_a_web_root_come_along_with_the_first_release(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = make(kind, request, tmp_path, project, monkeypatch)
    assert isinstance(place, Releases)
    (place.folder / ".well-known" / "x").mkdir(parents=True)
    (place.folder / ".well-known" / "x" / "key").write_text("1")
    (place.folder / "MP_verify_1.txt").write_text("2")
    site = built(project)
    for number in range(2):
        run(place, declared=("MP_verify_1.txt", ".well-known/"))
        assert plain(place.files()) == site | {"MP_verify_1.txt": b"2", ".well-known/x/key": b"1"}
        rename(project, number)
        site = built(project)


def test_a_web_root_with_a_declared_file_is_built_into_and_cleaned(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "www"
    out.mkdir()
    (out / "MP_verify_1.txt").write_text("theirs")
    asked = ["build", "-q", "--today", "2022-11-01", "--out", str(out), "--lang", "en"]
    assert main(asked, project.root) == 1
    said = capsys.readouterr().err
    assert "MP_verify_1.txt" in said
    assert "under `site` in data/campaign.yaml: `foreign: [NAME]`" in said
    project.replace("data/campaign.yaml", "site:\n", "site:\n  foreign: [MP_verify_1.txt]\n")
    assert main(asked, project.root) == 0
    assert (out / "index.html").exists()
    assert main(["clean", "--out", str(out)], project.root) == 0
    assert [path.name for path in out.iterdir()] == ["MP_verify_1.txt"]
    (out / "index.html").write_text("theirs")
    project.replace("data/campaign.yaml", "1.txt]", "1.txt, index.html]")
    assert main(asked, project.root) == 1  # one that the site has itself
    assert (out / "index.html").read_text() == "theirs"
    project.write("data/deploy.yaml", "- {id: web, kind: 文件夹, to: ../other}\n")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "MP_verify_1.txt").write_text("theirs")
    assert main(["deploy", "-q", "--sample", "--today", "2022-11-01"], project.root) == 0
    assert (tmp_path / "other" / "current" / "MP_verify_1.txt").read_text() == "theirs"


def test_a_place_with_files_of_others_is_not_taken(place: Place, project: Project) -> None:
    built(project)
    if isinstance(place, Releases):
        (place.folder / "blog").mkdir(parents=True)
        (place.folder / "blog" / "index.html").write_text("mine")
    elif isinstance(place, Branch):
        blob = place.git("hash-object", "-w", "--stdin", data=b"mine").decode().strip()
        tree = place.git("mktree", data=f"100644 blob {blob}\tindex.html\n".encode()).decode().strip()
        place.git("update-ref", "refs/heads/pages", place.git("commit-tree", tree, "-m", "x").decode().strip())
    else:
        place.write("index.html", b"mine")
    with pytest.raises(DeployError, match="de_foreign"):
        run(place)


def test_what_somebody_changed_at_the_target_is_mended(place: Place, project: Project) -> None:
    site = built(project)
    run(place)
    place.write("index.html", b"hacked")
    assert place.files()["index.html"] == b"hacked"
    planned, _ = run(place)
    assert "index.html" in planned.sent
    assert plain(place.files()) == site
    assert run(place)[0].is_empty


def test_of_two_at_once_the_second_is_refused(place: Place, project: Project) -> None:
    built(project)
    first, second = place.target(), place.target()
    site = Site(place.root / "site")
    with first.held():
        if place.kind == "Git分支":  # nobody holds a repository: whoever pushes first has won
            planned, shown = deploy.look(first, site, "x")
            run(place)
            with pytest.raises(DeployError, match="de_busy"):
                deploy.carry_out(first, planned, shown, site, 3, lambda size: None)
            return
        with pytest.raises(DeployError, match="de_busy"), second.held():
            pass
    with second.held():
        pass


def test_a_lock_of_storage_is_taken_from_the_dead_only(
    request: pytest.FixtureRequest, tmp_path: Path, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = make("storage", request, tmp_path, project, monkeypatch)
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    living = me().replace(f" {os.getpid()}", " 1")
    for holder, is_refused in (
        ("x@elsewhere 1", True),
        (living, True),
        (me().rpartition(" ")[0] + f" {dead.pid}", False),
    ):
        place.write(".honorroll/lock", holder.encode())
        if is_refused:
            with pytest.raises(DeployError, match="de_busy"), place.target().held():
                pass
        else:
            with place.target().held():
                pass


def test_a_site_that_changes_meanwhile_is_not_deployed(place: Place, project: Project) -> None:
    before = built(project)
    run(place)
    rename(project)
    built(project)
    target, site = place.target(), Site(place.root / "site")
    with target.held():
        planned, shown = deploy.look(target, site, "x")
        page = next(path for path in planned.sent if path.endswith(".html"))
        (project.site / page).write_bytes(b"another build")
        with pytest.raises(DeployError, match="de_moved") as refused:
            deploy.carry_out(target, planned, shown, site, 3, lambda size: None)
    assert refused.value.values["state"] == "de_state_old"
    assert plain(place.files()) == before


# What is cut off


def cut_folder(place: Place, at: int) -> bool:
    """Kill the process at its nth act on the file system; whether it came so far."""
    code = """
import sys, os
left = [int(sys.argv[1])]
def watch(event, values):
    if event in {"os.rename", "os.link", "os.symlink", "os.remove", "os.mkdir", "os.rmdir"} or (event == "open" and values[2] & os.O_CREAT):
        left[0] -= 1
        if left[0] < 0: os._exit(9)
from test_deploy import run, again
place = again(*sys.argv[2:])
sys.addaudithook(watch)
run(place)
"""
    words = [sys.executable, "-c", code, str(at), place.kind, str(place.root), place.declared.to]
    done = subprocess.run(words, env={**os.environ, "PYTHONPATH": PATH}, capture_output=True, text=True, check=False)
    assert done.returncode in {0, 9}, done.stderr
    return done.returncode == 9


def again(kind: str, root: str, to: str, endpoint: str = "") -> Place:
    return Place(kind, Path(root), to, endpoint=endpoint, path_style=True)


def apart(place: Place, endpoint: str = "", **environment: str) -> bool:
    """Deploy by a process of its own, in another environment; whether it was cut off."""
    code = "import sys; from test_deploy import *\ntry: run(again(*sys.argv[1:]))\nexcept DeployError as error: print(error.key)"
    words = [sys.executable, "-c", code, place.kind, str(place.root), place.declared.to, endpoint]
    env = os.environ | {"PYTHONPATH": PATH} | environment
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=True)
    assert done.stdout.strip() in {"", "de_unreachable", "de_failed", "de_busy", "de_damaged"}, done.stdout
    return bool(done.stdout)


def cut_calls(place: Place, at: int, name: str, real: str, folder: Path) -> bool:
    """Let the nth call of a program carry half of what it is given, and no later one anything; whether it came so far."""
    counter, script = folder / "calls", folder / name
    counter.write_text("0")
    script.write_text(
        f"#!/bin/sh\nn=$(($(cat {counter}) + 1)); echo $n > {counter}\n"
        f'[ $n -gt {at} ] && {{ echo "Connection reset" >&2; exit 255; }}\n'
        f'if [ $n -eq {at} ]; then head -c 20000 | {real} "$@"; echo "Connection reset" >&2; exit 255; fi\nexec {real} "$@"\n'
    )
    script.chmod(0o755)
    if name == "ssh":
        return apart(place, HONORROLL_SSH=str(script))
    return apart(place, PATH=f"{folder}{os.pathsep}{os.environ['PATH']}")


def cut_storage(place: Place, at: int, cutter: Cutter) -> bool:
    """Break every line after the nth request; whether it came so far."""
    cutter.left = at
    was_cut = apart(place, f"http://127.0.0.1:{cutter.port}", HONORROLL_RETRIES="0")
    cutter.left = 1 << 30
    return was_cut


@pytest.mark.parametrize("kind", KINDS)
def test_wherever_it_is_cut_off_pages_are_whole_and_the_next_one_mends_it(
    kind: str,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place = make(kind, request, tmp_path, project, monkeypatch)
    (tmp_path / "bin").mkdir()
    cutter = Cutter(int(request.getfixturevalue("storage").rpartition(":")[2])) if kind == "storage" else None
    ssh, git = os.environ.get("HONORROLL_SSH", ""), shutil.which("git") or ""
    cut: dict[str, Callable[[int], bool]] = {
        "folder": lambda at: cut_folder(place, at),
        "server": lambda at: cut_calls(place, at, "ssh", ssh, tmp_path / "bin"),
        "branch": lambda at: cut_calls(place, at, "git", git, tmp_path / "bin"),
        "storage": lambda at: bool(cutter) and cut_storage(place, at, cutter),
    }
    old = built(project)
    run(place)
    step = {"folder": 61, "server": 1, "branch": 2, "storage": 11}[kind]
    step *= 1 if os.environ.get("HONORROLL_ALL") == "1" else 2
    tried, at = 0, 1 + int(os.environ["HONORROLL_SEED"]) % step  # elsewhere in each run
    while True:
        rename(project, at)
        if not tried % 2:  # a page comes and goes as well
            project.write("content/news/2022-09-20-more.md", "---\ntitle: 更多\ndate: 2022-09-20\n---\n\n正文。\n")
        else:
            project.remove("content/news/2022-09-20-more.md")
        new = built(project)
        was_cut = cut[kind](at)
        seen = plain(place.files())
        assert not broken(seen), (at, broken(seen))
        assert seen in (old, new) or kind == "storage", at
        assert all(data in {old.get(path), new.get(path)} for path, data in seen.items()), at
        run(place)
        assert plain(place.files()) == new, at
        assert run(place)[0].is_empty, at
        old, tried = new, tried + was_cut
        if not was_cut:
            break
        at += step
    assert tried >= {"folder": 4, "server": 2, "branch": 2, "storage": 4}[kind]


@pytest.mark.parametrize("is_first", [True, False])
def test_of_two_that_show_a_release_of_storage_the_second_is_told(
    request: pytest.FixtureRequest, tmp_path: Path, project: Project, monkeypatch: pytest.MonkeyPatch, *, is_first: bool
) -> None:
    """Though both think that they hold the lock: what is shown is recorded only if nobody else has done so meanwhile."""
    import obstore

    from honorroll.deploy import object_storage

    place = make("storage", request, tmp_path, project, monkeypatch)
    assert isinstance(place, Storage)
    built(project)
    if not is_first:
        run(place)
        rename(project, 1)
        built(project)
    target, site, others = place.target(), Site(project.site), list[str]()
    real = object_storage.StorageTarget._put  # noqa: SLF001  # the moment between two of its requests

    def put(self: object_storage.StorageTarget, path: str, data: bytes, **named: object) -> str:
        if self is target and path.endswith("journal") and not others:
            obstore.delete(place.store, ".honorroll/lock")  # as if it had been held for too long
            rename(project, 2)
            built(project)
            others.append(run(place)[0].release.id)
        return real(self, path, data, **named)

    monkeypatch.setattr(object_storage.StorageTarget, "_put", put)
    with target.held():
        planned, shown = deploy.look(target, site, "x")
        with pytest.raises(DeployError, match="de_busy") as refused:
            deploy.carry_out(target, planned, shown, site, 3, lambda size: None)
    assert refused.value.values["state"] == "de_state_between"
    assert place.target().current() == others[0]
    assert not broken(place.files())
    run(place)
    assert plain(place.files()) == {path: data for path, data in project.output().items() if path != ".honorroll"}


def test_a_full_disk_changes_nothing_and_is_told(project: Project, tmp_path: Path) -> None:
    """Of a folder; a limit on the size of files stands for the disk."""
    built(project)
    words = [
        "prlimit",
        "--fsize=4096",
        sys.executable,
        "-c",
        "import sys; from test_deploy import *\ntry: run(again(*sys.argv[1:]))\nexcept DeployError as error: print(error.key, error.values['state'])",
    ]
    done = subprocess.run(
        [*words, "文件夹", str(project.root), str(tmp_path / "www")],
        env={**os.environ, "PYTHONPATH": PATH, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "de_full de_state_old\n", done.stderr
    assert not (tmp_path / "www" / "current").exists()


def meddled(folder: Path, at: int, before: str) -> str:
    """A command for `HONORROLL_SSH` that from its nth call on lets something else be done on the server first."""
    folder.mkdir(exist_ok=True)
    (folder / "calls").write_text("0")
    (folder / "ssh").write_text(f"""#!/bin/bash
n=$(($(cat {folder}/calls) + 1)); echo $n > {folder}/calls
case "${{@: -1}}" in *" honorroll "*) [ $n -lt {at} ] || set -- "${{@:1:$#-1}}" "{before} ${{@: -1}}" ;; esac
exec {os.environ["HONORROLL_SSH"]} "$@"
""")
    (folder / "ssh").chmod(0o755)
    return str(folder / "ssh")


def refused(place: Place, endpoint: str = "", allowed: int = 1 << 30, **environment: str) -> list[str]:
    """Deploy by a process of its own, which may move or make so many files, and be refused: why, and what the public sees."""
    code = """
import errno, sys
from test_deploy import DeployError, again, run
place, left = again(*sys.argv[2:]), [int(sys.argv[1])]
def watch(event, values):
    if event in {"os.rename", "os.link", "os.mkdir"}:
        left[0] -= 1
        if left[0] < 0: raise PermissionError(errno.EACCES, "Permission denied", values[1])
sys.addaudithook(watch)
try:
    run(place)
except DeployError as error:
    print(error.key, error.values.get("state", ""))
"""
    words = [sys.executable, "-c", code, str(allowed), place.kind, str(place.root), place.declared.to, endpoint]
    env = os.environ | {"PYTHONPATH": PATH} | environment
    return subprocess.run(words, env=env, capture_output=True, text=True, check=True).stdout.split()


@pytest.mark.parametrize(
    ("kind", "at", "state"),
    [
        ("folder", 30, "de_state_old"),
        ("server", 2, "de_state_old"),
        ("server", 3, "de_state_old"),
        ("server", 4, "de_state_between"),
        ("branch", 1, "de_state_old"),
        ("branch", 2, "de_state_between"),
        ("storage", 12, "de_state_old"),
        ("storage", 60, "de_state_between"),
    ],
)
def test_when_permission_is_lost_halfway_pages_are_whole_and_the_next_one_mends_it(
    kind: str,
    at: int,
    state: str,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of a folder the system is made to refuse; a server goes on as another user; a branch is protected; keys no longer hold."""
    place = make(kind, request, tmp_path, project, monkeypatch)
    old = built(project)
    run(place)
    rename(project)
    new = built(project)
    if kind == "folder":
        said = refused(place, allowed=at)
    elif kind == "server":
        user = "setpriv --reuid=65534 --clear-groups --inh-caps=+dac_read_search --ambient-caps=+dac_read_search --"
        said = refused(place, HONORROLL_SSH=meddled(tmp_path / "bin", at, user))
    elif kind == "branch":
        hook = tmp_path / "site.git" / "hooks" / "update"
        closed = "refs/honorroll/*" if at == 1 else "refs/heads/*"
        hook.write_text(f"#!/bin/sh\ncase $1 in {closed}) echo protected >&2; exit 1 ;; esac\n")
        hook.chmod(0o755)
        said = refused(place)
        hook.unlink()
    else:
        cutter = Cutter(int(request.getfixturevalue("storage").rpartition(":")[2]), refuses=True)
        cutter.left = at
        said = refused(place, f"http://127.0.0.1:{cutter.port}")
    assert said == ["de_login" if kind == "storage" else "de_denied", state]
    seen = plain(place.files())
    assert not broken(seen)
    assert all(data in {old.get(path), new.get(path)} for path, data in seen.items())
    run(place)
    assert plain(place.files()) == new


def test_a_full_server_shows_what_it_showed_until_there_is_room(
    request: pytest.FixtureRequest, tmp_path: Path, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A small disk of its own, where this machine lets one be mounted; else files may not become large there."""
    place = make("server", request, tmp_path, project, monkeypatch)
    assert isinstance(place, Releases)
    place.folder.parent.mkdir()
    disk = ["mount", "-t", "tmpfs", "-o", "size=8m", "honorroll", place.folder.parent]
    is_mounted = subprocess.run(disk, capture_output=True, check=False).returncode == 0
    try:
        old = built(project)
        run(place)
        rename(project)
        new = built(project)
        rest = place.folder.parent / "rest"
        for room in (0, 40_000):  # not even for the lock; for some of the files
            if is_mounted:
                fill(rest, room)
                said = refused(place)
            else:
                said = refused(place, HONORROLL_SSH=meddled(tmp_path / "bin", 3, "ulimit -f 8;"))
            assert said[0] == "de_full"
            assert said[1:] in ([], ["de_state_old"])
            assert plain(place.files()) == old
            rest.unlink(missing_ok=True)
        run(place)
        assert plain(place.files()) == new
    finally:
        if is_mounted:
            subprocess.run(["umount", place.folder.parent], check=True)


def fill(file: Path, room: int) -> None:
    """Leave only so many bytes on a disk."""
    with suppress(OSError), file.open("wb", buffering=0) as rest:
        while True:
            rest.write(bytes(4096))
    os.truncate(file, file.stat().st_size - room)


@pytest.mark.parametrize(
    ("kind", "to", "key"),
    [
        ("文件夹", "/proc/www", "de_"),
        ("服务器", "nobody-there@127.0.0.1:/x", "de_login"),
        ("服务器", "x@no-such-host.invalid:/x", "de_unreachable"),
        ("服务器", "-oProxyCommand=x:/x", "de_address"),
        ("服务器", "host", "de_address"),
        ("Git分支", "/nowhere/site.git", "de_unreachable"),
        ("Git分支", "--upload-pack=x", "de_address"),
        ("对象存储", "bucket", "de_address"),
        ("对象存储", "s3://honor", "de_unreachable"),
    ],
)
def test_a_target_that_cannot_be_reached_is_told_of(
    request: pytest.FixtureRequest, project: Project, monkeypatch: pytest.MonkeyPatch, kind: str, to: str, key: str
) -> None:
    if kind == "服务器":
        monkeypatch.setenv("HONORROLL_SSH", request.getfixturevalue("ssh"))
    monkeypatch.setenv("HONORROLL_RETRIES", "0")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "b")
    built(project)
    more = {"endpoint": "http://127.0.0.1:9/403"} if kind == "对象存储" else {}  # 403 is no answer there
    with pytest.raises(DeployError) as refused:
        run(Place(kind, project.root, to, **more))
    assert refused.value.key.startswith(key)


@pytest.mark.parametrize(("code", "key"), [("AccessDenied", "de_login"), ("RequestTimeTooSkewed", "de_clock")])
def test_wrong_keys_and_clocks_are_told_of_by_storage(
    code: str, key: str, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    from http.server import BaseHTTPRequestHandler, HTTPServer
    from threading import Thread

    class Refuses(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            said = f"<Error><Code>{code}</Code></Error>".encode()
            self.send_response(403)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        do_PUT = do_HEAD = do_DELETE = do_POST = do_GET  # noqa: N815  # names of the library

        def log_message(self, *_: object) -> None:
            pass

    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wrong")
    built(project)
    with HTTPServer(("127.0.0.1", 0), Refuses) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        with pytest.raises(DeployError, match=key):
            run(Place("对象存储", project.root, "s3://honor", endpoint=address, path_style=True))
        server.shutdown()


def test_compressed_files_are_the_same_each_time_and_smaller(project: Project) -> None:
    import gzip

    brotli = pytest.importorskip("brotli")
    files = built(project)
    made = []
    for _ in range(2):
        site = Site(project.site)
        site.compress(None)
        made.append(dict(site.files))
        packed = {path: site.read(path) for path in site.files if path.endswith((".gz", ".br"))}
    assert made[0] == made[1]
    assert {f"{path}.gz" for path, data in files.items() if path.endswith(".html") and len(data) > 300} <= packed.keys()
    for path, data in packed.items():
        assert len(data) < len(files[path[:-3]])
        assert (gzip.decompress(data) if path.endswith(".gz") else brotli.decompress(data)) == files[path[:-3]]


# The command


TARGET = "- id: web\n  kind: 文件夹\n  to: ../www\n"


def test_the_command_builds_and_deploys(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.write("data/deploy.yaml", TARGET)
    asked = ["deploy", "--today", "2022-11-01", "--lang", "en"]
    assert main(asked, project.root) == 2
    assert "sample" in capsys.readouterr().err
    asked.append("--sample")
    assert main([*asked, "--dry-run"], project.root) == 0
    assert "+ index.html" in capsys.readouterr().out
    shown = project.root.parent / "www" / "current"
    assert not shown.exists()
    assert main(asked, project.root) == 0
    assert "Deployed 0001-" in capsys.readouterr().err
    assert (shown / "index.html").read_bytes() == (project.site / "index.html").read_bytes()
    assert main(asked, project.root) == 0
    assert "up to date" in capsys.readouterr().err
    assert main(["deploy", "web", "--list"], project.root) == 0
    assert capsys.readouterr().out.startswith("* 0001-")
    assert main(["deploy", "nowhere", "--lang", "en"], project.root) == 2
    assert "no target `nowhere`. It has: web." in capsys.readouterr().err


def test_what_check_refuses_is_not_deployed(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.write("data/deploy.yaml", TARGET)
    project.replace("data/teams.yaml", "headcount: 5", "headcount: x")
    assert main(["deploy", "--sample", "--today", "2022-11-01"], project.root) == 1
    assert "headcount" in capsys.readouterr().err
    assert not (project.root.parent / "www").exists()


def test_after_a_takedown_no_earlier_release_is_left(project: Project) -> None:
    project.write("data/deploy.yaml", TARGET)
    asked = ["deploy", "--sample", "-q"]
    for day in ("2022-09-14", "2022-11-01"):
        assert main([*asked, "--today", day], project.root) == 0
    releases = project.root.parent / "www" / "releases"
    assert len([*releases.iterdir()]) == 2
    assert main([*asked, "--today", "2022-11-01", "--forget"], project.root) == 0
    assert len([*releases.iterdir()]) == 1

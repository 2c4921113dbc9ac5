"""A build by a real dask cluster on this machine: the same bytes, whatever becomes of its workers."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hosting import free_port

ROOT = Path(__file__).parent.parent
sys.path.append(str(ROOT / "benchmarks"))
from corpus import generate  # noqa: E402

ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT)}

#: Enough that texts and pages go to the cluster, and several batches of each.
POSTS = 220


class Local:
    """A scheduler and its workers, processes of this machine."""

    def __init__(self) -> None:
        self.port = free_port()
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", str(self.port))
        self.workers: list[subprocess.Popen[bytes]] = []

    def add(self, **environment: str) -> subprocess.Popen[bytes]:
        """Start a worker."""
        options = ("--nthreads", "1", "--no-nanny", "--host", "127.0.0.1")
        self.workers.append(self._start("worker", f"tcp://127.0.0.1:{self.port}", *options, **environment))
        return self.workers[-1]

    @staticmethod
    def _start(*words: str, **environment: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "dask", *words, "--no-dashboard"],
            env=ENVIRONMENT | environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def stop(self) -> None:
        for process in (*self.workers, self.scheduler):
            with suppress(ProcessLookupError):
                process.send_signal(signal.SIGCONT)
            process.kill()
            process.wait()


@pytest.fixture
def local() -> Iterator[Local]:
    found = Local()
    yield found
    found.stop()


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("campaign")
    generate(POSTS, root)
    page = (ROOT / "templates" / "base.html").read_text(encoding="utf-8")
    (root / "templates").mkdir()
    slow = page.replace(
        "</body>", "{% for _ in [0] * 30000 %}{% endfor %}</body>"
    )  # so that all ends in the middle of work
    (root / "templates" / "base.html").write_text(slow, encoding="utf-8")
    assert ended(command(root)) == (0, "")
    (root / "site").rename(root.parent / "expected")
    return root


def command(root: Path, *options: str) -> "subprocess.Popen[str]":
    words = [sys.executable, "-m", "honorroll", "-q", "--lang", "en", "--today", "2023-01-01", *options]
    return subprocess.Popen(words, cwd=root, env=ENVIRONMENT, stderr=subprocess.PIPE, text=True)


def by(root: Path, local: Local) -> "subprocess.Popen[str]":
    """A clean build by the cluster, which has begun."""
    for folder in ("site", ".cache"):
        shutil.rmtree(root / folder, ignore_errors=True)
    return command(root, "--executor", f"dask://127.0.0.1:{local.port}")


def ended(build: "subprocess.Popen[str]") -> tuple[int, str]:
    """The exit code of a build, and what it told."""
    _, told = build.communicate(timeout=100)
    return build.returncode, told


def files(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}


def spent(process: "subprocess.Popen[bytes]") -> float:
    """Seconds of processor time."""
    words = Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def stop_at_work(worker: "subprocess.Popen[bytes]", build: "subprocess.Popen[str]", idle: float) -> None:
    """Wait until a worker has worked for a while, and stop it there."""
    while spent(worker) < idle + 0.3:
        assert build.poll() is None, "it ended before"
        time.sleep(0.01)
    worker.send_signal(signal.SIGSTOP)


def when_ready(local: Local, number: int) -> None:
    """Wait until so many workers are there."""
    from distributed import Client

    with Client(f"tcp://127.0.0.1:{local.port}", timeout=30, set_as_default=False) as client:
        while len(client.nthreads()) < number:
            time.sleep(0.05)


def test_a_cluster_makes_the_same_bytes_also_when_a_worker_dies(campaign: Path, local: Local) -> None:
    first, _ = local.add(), local.add()
    when_ready(local, 2)
    idle = spent(first)
    assert ended(by(campaign, local)) == (0, "")
    assert files(campaign / "site") == files(campaign.parent / "expected")
    assert spent(first) > idle + 0.2  # it had its share

    idle = spent(first)
    build = by(campaign, local)
    stop_at_work(first, build, idle)
    first.kill()
    assert ended(build) == (0, "")
    assert files(campaign / "site") == files(campaign.parent / "expected")


@pytest.mark.parametrize(("lost", "why"), [("scheduler", "connection lost|no answer"), ("worker", "no worker")])
def test_a_lost_cluster_is_told_and_the_site_stays(campaign: Path, local: Local, lost: str, why: str) -> None:
    worker = local.add()
    when_ready(local, 1)
    assert ended(by(campaign, local)) == (0, "")
    before = files(campaign / "site")
    for post in (campaign / "content" / "news").glob("*.md"):
        post.write_text(post.read_text("utf-8") + "\n改动。\n", encoding="utf-8")
    idle = spent(worker)
    build = command(campaign, "--executor", f"dask://127.0.0.1:{local.port}")
    stop_at_work(worker, build, idle)
    (local.scheduler if lost == "scheduler" else worker).kill()
    code, told = ended(build)
    assert code == 1
    assert re.search(rf"error\[PUB-12\] the cluster cannot be reached or was lost \(({why})\)", told), told
    assert f"--> dask://127.0.0.1:{local.port}" in told
    assert "Traceback" not in told
    assert files(campaign / "site") == before


def test_a_scheduler_without_workers_is_told(campaign: Path, local: Local) -> None:
    when_ready(local, 0)
    build = by(campaign, local)
    code, told = ended(build)
    assert code == 1
    assert "error[PUB-12] the cluster cannot be reached or was lost (no worker)" in told


def test_a_worker_of_another_kind_is_refused(campaign: Path, local: Local, tmp_path: Path) -> None:
    """Its program differs in one comment."""
    shutil.copytree(ROOT / "honorroll", tmp_path / "honorroll", ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "honorroll" / "fingerprint.py").open("a", encoding="utf-8") as file:
        file.write("# another\n")
    local.add(PYTHONPATH=str(tmp_path))
    when_ready(local, 1)
    build = by(campaign, local)
    code, told = ended(build)
    assert code == 1
    assert "error[PUB-13] a worker of the cluster is not like this machine (tcp://127.0.0.1:" in told
    assert re.search(r": honorroll \w{12} ≠ \w{12}\)", told), told
    assert not (campaign / "site").exists()


def test_without_its_package_it_is_told_how_to_install_it(campaign: Path, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\nclass Lost:\n    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'distributed': sys.meta_path[:] = [each for each in sys.meta_path if each is self]\n"
        "sys.meta_path.insert(0, Lost())\n"
    )
    words = [sys.executable, "-m", "honorroll", "--lang", "en", "--executor", "dask://127.0.0.1:1"]
    env = ENVIRONMENT | {"PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])}
    done = subprocess.run(words, cwd=campaign, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert 'a cluster needs one more package: pip install "honorroll[cluster]"' in done.stderr


@pytest.mark.parametrize(
    "address", ["127.0.0.1:8786", "dask://", "dask://host", "dask://a b:1", "dask://h:99999", "http://h:1"]
)
def test_an_address_that_is_none_is_told(campaign: Path, address: str) -> None:
    build = command(campaign, "--executor", address)
    code, told = ended(build)
    assert code == 2
    assert "is no address of a cluster; write dask://127.0.0.1:8786" in told

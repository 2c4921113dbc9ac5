"""`build.py` in real folders, with a stub honorroll and packages that need no network."""

import ast
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

BUILD = Path(__file__).parent.parent / "build.py"

STUB = """
import json, os, sys

def run(args, root):
    if args[:1] == ["interrupt"]:
        raise KeyboardInterrupt
    facts = {"args": args, "root": str(root), "cwd": os.getcwd(), "prefix": sys.prefix, "path": sys.path}
    print(json.dumps(facts))
    if args[:1] == ["say"]:
        print("保安")
    raise SystemExit(int(args[1]) if args[:1] == ["exit"] else 0)
"""

PYTEST_STUB = """
import json, os
def main(args):
    print(json.dumps({"args": args, "cwd": os.getcwd()}))
    return 5
"""


@dataclass(frozen=True)
class Run:
    code: int
    out: str
    err: str

    @property
    def facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = json.loads(self.out.splitlines()[0])
        return facts


@dataclass(frozen=True)
class Checkout:
    """A project folder with `build.py`."""

    root: Path

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    @property
    def packages(self) -> Path:
        return next(self.venv.glob("lib/python*/site-packages"))

    def require(self, *names: str, file: str = "requirements.txt", before: str = "") -> None:
        """Require version 1 of the packages, by the digests of their wheels."""
        lines = [before, *(f"{name}==1 --hash=sha256:{self.digest(name)}" for name in names)]
        (self.root / file).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")

    def digest(self, name: str) -> str:
        wheel = self.root / "wheels" / f"{name}-1-py3-none-any.whl"
        return sha256(wheel.read_bytes() if wheel.exists() else b"").hexdigest()

    def environment(self, **extra: str) -> dict[str, str]:
        """Ours without what would steer pip or Python, and with no index to ask."""
        ours = {
            name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON", "HONORROLL"))
        }
        wheels = (self.root / "wheels").as_uri()
        return ours | {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": wheels} | extra

    def start(
        self, *args: str, python: str = sys.executable, cwd: Path | None = None, **extra: str
    ) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [python, str(self.root / "build.py"), *args],
            cwd=cwd or self.root,
            env=self.environment(**extra),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
        )

    def run(self, *args: str, python: str = sys.executable, cwd: Path | None = None, **extra: str) -> Run:
        return finish(self.start(*args, python=python, cwd=cwd, **extra))

    def run_patched(self, patch: str) -> Run:
        """Run `build.py` after the statements of `patch`."""
        code = f"import runpy, sys\n{patch}\nrunpy.run_path('build.py', run_name='__main__')"
        command = [sys.executable, "-c", code]
        done = subprocess.run(
            command, check=False, cwd=self.root, env=self.environment(), capture_output=True, encoding="utf-8"
        )
        return Run(done.returncode, done.stdout, done.stderr)


def finish(process: subprocess.Popen[str]) -> Run:
    out, err = process.communicate(timeout=120)
    assert "Traceback" not in err
    return Run(process.returncode, out, err)


def wheel(folder: Path, name: str, code: str) -> None:
    """A package of one module, which pip installs without building it, and a line for Python's start."""
    folder.mkdir(exist_ok=True)
    info = f"{name}-1.dist-info"
    with zipfile.ZipFile(folder / f"{name}-1-py3-none-any.whl", "w") as archive:
        archive.writestr(f"{name}.py", code)
        archive.writestr(f"{name}.pth", f"import sys; sys.path.append('{name} from the start')")
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(
            f"{info}/RECORD", f"{name}.py,,\n{name}.pth,,\n{info}/METADATA,,\n{info}/WHEEL,,\n{info}/RECORD,,\n"
        )


def lay_out(root: Path) -> Checkout:
    root.mkdir()
    shutil.copy(BUILD, root)
    (root / "honorroll").mkdir()
    (root / "honorroll" / "__init__.py").touch()
    (root / "honorroll" / "cli.py").write_text(STUB, encoding="utf-8")
    wheel(root / "wheels", "demo", "")
    wheel(root / "wheels", "pytest", PYTEST_STUB)
    checkout = Checkout(root)
    checkout.require()
    checkout.require("pytest", before="-r requirements.txt", file="requirements-test.txt")
    return checkout


@pytest.fixture
def new(tmp_path: Path) -> Checkout:
    """A checkout whose folder name has a space and Chinese letters, never run."""
    return lay_out(tmp_path / "荣誉 roll")


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Checkout, Run]:
    """A checkout after its first run, and that run. Tests that change it use `made`."""
    checkout = lay_out(tmp_path_factory.mktemp("first") / "项目 folder")
    return checkout, checkout.run("list", "--all", "保安", cwd=checkout.root.parent)


@pytest.fixture
def made(first: tuple[Checkout, Run], tmp_path: Path) -> Checkout:
    """A copy of a checkout that was run once."""
    checkout = Checkout(tmp_path / "copy")
    shutil.copytree(first[0].root, checkout.root, symlinks=True)
    return checkout


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def assert_stopped(run: Run, *words: str) -> None:
    """One sentence that says `words`, and the exit code of a set-up that failed."""
    assert run.code == 3
    assert run.out == ""
    assert len(run.err.splitlines()) == 1
    for word in words:
        assert word in run.err


def assert_would_remake(checkout: Checkout) -> None:
    """A run gets as far as making `.venv`, which takes seconds and is not done here."""
    assert_stopped(checkout.run_patched("sys.modules['venv'] = None"), "缺少 venv")


def test_first_run_announces_sets_up_and_runs(first: tuple[Checkout, Run]) -> None:
    checkout, run = first
    assert run.code == 0
    assert "首次运行" in run.err
    assert run.facts["args"] == ["list", "--all", "保安"]
    assert run.facts["root"] == str(checkout.root)
    assert run.facts["cwd"] == str(checkout.root.parent)
    assert run.facts["prefix"] == str(checkout.venv)
    assert run.facts["path"][0] == str(checkout.root)


def test_later_run_is_silent_and_needs_no_pip(made: Checkout) -> None:
    shutil.rmtree(made.packages / "pip")
    run = made.run("exit", "7")
    assert (run.code, run.err) == (7, "")
    assert run.facts["args"] == ["exit", "7"]
    assert not list(made.venv.glob("honorroll-test*"))


def test_python_of_our_venv_runs_at_once(made: Checkout) -> None:
    run = made.run("list", python=str(made.venv / "bin" / "python"))
    assert (run.code, run.err) == (0, "")
    assert run.facts["prefix"] == str(made.venv)


def test_python_of_our_venv_sets_up_too(made: Checkout) -> None:
    made.require("demo")
    run = made.run("list", python=str(made.venv / "bin" / "python"))
    assert run.code == 0
    assert "demo from the start" in run.facts["path"]


def test_venv_whose_python_is_gone_is_remade_until_it_is_whole(made: Checkout) -> None:
    for name in made.venv.glob("bin/python*"):
        name.unlink()
    (made.venv / "bin" / "python").symlink_to("/nowhere/python3")
    left = made.packages / "left"
    left.touch()
    made.require("no-such-package")
    run = made.run("list")
    assert run.code == 3
    assert "重新创建" in run.err
    assert not left.exists()
    made.require("demo")
    run = made.run("list")
    assert run.code == 0
    assert "重新创建" in run.err
    assert made.run("list").err == ""


def test_venv_without_valid_stamp_is_to_be_remade(made: Checkout) -> None:
    stamp = made.venv / "honorroll-ready"
    was = stamp.read_text(encoding="utf-8")
    stamp.write_text(was.replace("cpython ", "cpython 9"), encoding="utf-8")
    assert_would_remake(made)
    stamp.write_text(was, encoding="utf-8")
    assert made.run("list").err == ""
    stamp.unlink()
    assert_would_remake(made)
    stamp.write_text(was, encoding="utf-8")
    (made.venv / "pyvenv.cfg").unlink()
    assert_stopped(made.run("list"), "不是虚拟环境")


def test_changed_requirements_are_installed_into_the_same_venv(made: Checkout) -> None:
    made.require("demo")
    left = made.packages / "left"
    left.touch()
    run = made.run("list", PIP_USER="1")
    assert run.code == 0
    assert "requirements.txt" in run.err
    assert left.exists()
    assert (made.packages / "demo.py").exists()
    assert made.run("list").err == ""


def test_impossible_requirement_is_one_sentence_after_the_lines_of_pip(made: Checkout) -> None:
    made.require("no-such-package")
    run = made.run("list")
    assert run.code == 3
    assert "no-such-package" in run.err
    assert run.err.splitlines()[-1].startswith("安装软件包失败")
    assert not list(made.venv.glob("honorroll-*"))


@pytest.mark.parametrize("line", ["demo==1", f"demo==1 --hash=sha256:{'0' * 64}"], ids=["no digest", "another digest"])
def test_a_package_of_other_bytes_than_those_listed_is_not_installed(made: Checkout, line: str) -> None:
    made.require(before=line)
    run = made.run("list")
    assert run.code == 3
    assert run.err.splitlines()[-1].startswith("安装软件包失败")
    assert not (made.packages / "demo.py").exists()


def test_interrupted_set_up_says_so_and_recovers(new: Checkout) -> None:
    process = new.start("list")
    wait_for((new.venv / "bin" / "python").exists)
    os.killpg(process.pid, signal.SIGINT)
    run = finish(process)
    assert run.code == 130
    assert run.err.endswith("已中断。\n")
    run = new.run("list")
    assert run.code == 0
    assert "重新创建" in run.err


def test_first_runs_at_the_same_time_share_one_set_up(new: Checkout) -> None:
    runs = [new.start("test")]
    wait_for(new.venv.exists)
    runs += [new.start("list"), new.start("list")]
    tests, *others = [finish(process) for process in runs]
    assert tests.code == 5
    for run in others:
        assert run.code == 0
        assert run.err == "另一个进程正在准备 .venv，请稍候……\n"


def test_interrupt_while_running_has_no_traceback(made: Checkout) -> None:
    assert made.run("interrupt").code == 130


def test_tests_are_set_up_apart_and_run_in_the_project(made: Checkout, tmp_path: Path) -> None:
    left = made.packages / "left"
    left.touch()
    assert not (made.packages / "pytest.py").exists()
    run = made.run("test", "-k", "some words", "--lang", "en", cwd=tmp_path)
    assert run.code == 5
    assert "requirements-test.txt" in run.err
    assert run.facts["args"][0] == "-ra"
    assert run.facts["args"][1:] == ["-k", "some words"]
    assert run.facts["cwd"] == str(made.root)
    assert left.exists()
    assert made.run("test").err == ""
    assert made.run("list").err == ""
    made.require("pytest", "demo", before="-r requirements.txt", file="requirements-test.txt")
    assert made.run("list").err == ""
    assert "requirements-test.txt" in made.run("test").err


def test_file_in_place_of_venv(new: Checkout) -> None:
    new.venv.write_text("mine", encoding="utf-8")
    assert_stopped(new.run("list"), str(new.venv), "不是虚拟环境")
    assert new.venv.read_text(encoding="utf-8") == "mine"


def test_folder_that_is_no_venv_is_left_alone(new: Checkout) -> None:
    new.venv.mkdir()
    (new.venv / "diary.txt").touch()
    assert_stopped(new.run("list", "--lang=en"), "not a virtual environment")
    assert (new.venv / "diary.txt").exists()


def test_what_the_system_refuses_is_one_sentence(new: Checkout) -> None:
    (new.root / ".venv.lock").mkdir()  # even root cannot write there
    assert_stopped(new.run("list"), "无法准备 .venv", "权限")


@pytest.mark.parametrize("version", ["(2, 7, 18)", "(3, 6, 0)", "(3, 10, 99)"])
def test_old_python(new: Checkout, version: str) -> None:
    assert_stopped(new.run_patched(f"sys.version_info = {version}"), "3.11", ".".join(version[1:-1].split(", ")[:2]))
    assert not new.venv.exists()


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_python_without_venv_module(new: Checkout, module: str) -> None:
    assert_stopped(new.run_patched(f"sys.modules[{module!r}] = None"), "apt install python3-venv")
    assert not new.venv.exists()


def test_console_without_chinese_letters(made: Checkout) -> None:
    run = made.run("say", PYTHONIOENCODING="cp1252")
    assert run.code == 0
    assert run.out.splitlines()[-1] == "??"
    shutil.rmtree(made.venv)
    made.venv.touch()
    assert_stopped(made.run("list", PYTHONIOENCODING="ascii"), "not a virtual environment")


@pytest.mark.parametrize(("args", "variable"), [(["--lang", "en"], ""), (["--lang=en"], "zh"), ([], "en")])
def test_language_of_messages(new: Checkout, args: list[str], variable: str) -> None:
    new.venv.touch()
    assert_stopped(new.run(*args, HONORROLL_LANG=variable), "not a virtual environment")


def test_old_pythons_can_read_it() -> None:
    tree = ast.parse(BUILD.read_text(encoding="utf-8"), feature_version=(3, 6))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert {str(name).split(".")[0] for name in imported} - sys.stdlib_module_names == {"honorroll", "pytest"}

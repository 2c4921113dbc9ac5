"""Run honorroll: `python3 build.py [VERB ...]`, or its tests: `python3 build.py test [ARG ...]`.

The first run sets up `.venv` beside this file; later runs find its stamp and start at once. This
file keeps to the standard library and to what Python 3.6 can read, so that an old Python gets a
sentence instead of a traceback.
"""

import argparse
import contextlib
import errno
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
MADE_BY = "{} {}.{}\n".format(sys.implementation.name, *sys.version_info[:2])

#: A stamp, and the requirements files it stands for, the one to install last. A stamp is written
#: when they are installed, and removed before anything in `.venv` changes.
RUN = (VENV / "honorroll-ready", ["requirements.txt"])
TEST = (VENV / "honorroll-test-ready", ["requirements.txt", "requirements-test.txt"])

#: All tests, on all processors; some wait for a browser or a server, and some take much longer than others.
EVERYTHING = ["-n", str((os.cpu_count() or 1) + 1), "--dist", "worksteal"]

_PARSER = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
_PARSER.add_argument("--lang", nargs="?", default=os.environ.get("HONORROLL_LANG"))
OPTIONS, WORDS = _PARSER.parse_known_args()


def say(chinese: str, english: str) -> None:
    """Print one sentence, in English on request or where Chinese cannot be shown."""
    text = english if OPTIONS.lang == "en" else chinese
    try:
        text.encode(getattr(sys.stderr, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        text = english
    print(text, file=sys.stderr, flush=True)


def stop(chinese: str, english: str) -> NoReturn:
    say(chinese, english)
    raise SystemExit(3)


def content(files: "list[str]") -> str:
    """What the stamp of these requirements files says."""
    return MADE_BY + hashlib.sha256(b"".join((ROOT / name).read_bytes() for name in files)).hexdigest()


def stamped(stamp: Path) -> str:
    """What the stamp says; nothing if `.venv` cannot run."""
    whole = PYTHON.exists() and (VENV / "pyvenv.cfg").exists() and stamp.exists()
    return stamp.read_text(encoding="utf-8", errors="replace") if whole else ""


def taken(lock_file: int) -> bool:
    """Whether we now have the lock; as well true on a file system that has no locks."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(lock_file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(lock_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in (errno.EAGAIN, errno.EACCES)
    return True


@contextlib.contextmanager
def lock() -> "Iterator[None]":
    """Hold `.venv.lock`. The system frees it when a run is killed."""
    with (ROOT / ".venv.lock").open("a") as handle:
        waiting = False
        while not taken(handle.fileno()):
            if not waiting:
                say("另一个进程正在准备 .venv，请稍候……", "Another run is setting up .venv; waiting for it ...")
            waiting = True
            time.sleep(0.2)
        yield


def make_venv() -> None:
    """Make `.venv` anew. Its pyvenv.cfg comes first and is never removed, to know it again."""
    try:
        import ensurepip  # noqa: F401
        import venv
    except ImportError:
        stop(
            "这个 Python 缺少 venv 模块：请安装它（Debian、Ubuntu：apt install python3-venv），再运行一次。",
            "This Python lacks the venv module: install it (Debian, Ubuntu: apt install python3-venv), run again.",
        )
    mark = VENV / "pyvenv.cfg"
    if not os.path.lexists(str(VENV)):
        say("首次运行：正在创建 .venv……", "First run: making .venv ...")
        VENV.mkdir()
    elif VENV.is_symlink() or not VENV.is_dir() or (any(VENV.iterdir()) and not mark.exists()):
        stop(
            f"{VENV} 不是虚拟环境：请把它移走或删除，再运行一次。",
            f"{VENV} is not a virtual environment: move it away or delete it, and run again.",
        )
    else:
        say(
            ".venv 没有装完，或由别的 Python 创建：正在重新创建……",
            ".venv is unfinished or was made by another Python: making it anew ...",
        )
    mark.touch()
    for entry in VENV.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(str(entry))
        elif entry != mark:
            entry.unlink()
    venv.create(str(VENV), symlinks=sys.platform != "win32", with_pip=True)


def set_up(testing: bool) -> None:
    """Install what is required, in a `.venv` made anew unless a stamp shows it to be sound."""
    sound = stamped(RUN[0]).startswith(MADE_BY)
    for stamp, _ in (RUN, TEST):
        if stamp.exists():
            stamp.unlink()
    if not sound:
        make_venv()
    wanted = (TEST if testing else RUN)[1][-1]
    say(
        f"正在安装 {wanted} 列出的软件包（需要联网）……",
        f"Installing the packages of {wanted} (this needs the network) ...",
    )
    command = [str(PYTHON), "-I", "-X", "utf8", "-m", "pip", "install", "--quiet", "--no-input", "--no-user"]
    command += ["--disable-pip-version-check", "--require-hashes", "--requirement", str(ROOT / wanted)]
    pip = subprocess.run(
        command, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if pip.returncode:
        print(*pip.stdout.decode("utf-8", "replace").splitlines()[-8:], sep="\n", file=sys.stderr)
        stop(
            "安装软件包失败，原因见上面 pip 的输出：首次运行要访问一次软件包索引，请检查网络后再运行一次。",
            "Installing packages failed, see pip's lines above: the first run needs the package index once; "
            "check the network and run again.",
        )
    # Compiled now, since some systems let no later run keep what it compiled, and would start slowly for ever.
    compiling = [str(PYTHON), "-I", "-m", "compileall", "-q", str(ROOT / "honorroll")]
    subprocess.run(compiling, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for stamp, files in (RUN, TEST) if testing else (RUN,):
        stamp.write_text(content(files), encoding="utf-8")


def hand_over(testing: bool) -> int:
    """Run honorroll or its tests. Only the Python of a finished `.venv` gets here."""
    sys.path.insert(0, str(ROOT))
    if testing:
        import pytest

        os.chdir(str(ROOT))
        return int(pytest.main(["-ra", *(WORDS[1:] or EVERYTHING)]))
    from honorroll.cli import run

    here, beside = Path.cwd(), os.environ.get("HONORROLL_BUILD")  # the small build.py of a project that handed over
    if beside:
        return run(sys.argv[1:], root=Path(beside).parent)
    return run(sys.argv[1:], root=here if (here / "data" / "campaign.yaml").is_file() else ROOT)


def main() -> int:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    if sys.version_info[:2] < OLDEST:
        versions = OLDEST + tuple(sys.version_info[:2])
        stop(
            "需要 Python {}.{} 或更新版本，而这里是 {}.{}：请安装新版本，再用它运行 build.py。".format(*versions),
            "Python {}.{} or newer is needed and this is {}.{}: install it and run build.py with it.".format(*versions),
        )
    testing = WORDS[:1] == ["test"]
    stamp, files = TEST if testing else RUN
    try:
        ready = stamped(stamp) == content(files)
        if not ready:
            with lock():
                if stamped(stamp) != content(files):
                    set_up(testing)
        inside = PYTHON.parent.samefile(Path(sys.executable).parent)
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        stop(
            f"无法准备 .venv（{error}）：请检查文件夹权限和磁盘空间，再运行一次。",
            f"Cannot set up .venv ({error}): check folder permissions and disk space, run again.",
        )
    if ready and inside:
        return hand_over(testing)
    os.environ.pop("PYTHONHOME", None)
    command = [str(PYTHON), str(ROOT / "build.py"), *sys.argv[1:]]
    if sys.platform == "win32":  # its execv returns to the shell at once
        return subprocess.call(command)
    return os.execv(command[0], command)


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except KeyboardInterrupt:
        say("已中断。", "Interrupted.")
        raise SystemExit(130) from None

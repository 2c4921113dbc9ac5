"""The command that previews: its output, its port, its end."""

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
import time
from typing import Any

import pytest
from conftest import TESTS, Project
from previewing import TEAMS, Served, add, hang_up, join, told

from honorroll import preview
from honorroll.cli import commands
from honorroll.engine import pipeline
from honorroll.preview.answers import FAULTS

ROOT = TESTS.parent


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
    assert process.returncode == commands.FINE
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
    assert process.returncode == commands.FINE


def test_a_port_that_was_asked_for_and_is_taken_is_an_error(project: Project) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        process = start(project, "--port", str(taken.getsockname()[1]), "--no-open")
        out, err = process.communicate(timeout=10)
    assert (process.returncode, out) == (commands.USAGE, "")
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
        assert commands.main(["serve", "--no-open"], project.root) == commands.FINE
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
    assert commands.main(["serve"], project.root) == commands.FINE
    assert len(opened) == calls
    assert all(re.fullmatch(r"http://127\.0\.0\.1:\d+/mas/", address) for address in opened)
    assert commands.main(["serve", "--no-open"], project.root) == commands.FINE
    assert len(opened) == calls


def test_an_internal_error_is_told_and_kept(project: Project, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(pipeline, "build", broken)
    monkeypatch.setattr(preview.Preview, "run", lambda *_, **__: None)
    assert commands.main(["serve", "--no-open"], project.root) == commands.FINE
    assert "程序内部出错" in capsys.readouterr().err
    assert "a bug" in (project.root / ".cache" / "honorroll-error.log").read_text(encoding="utf-8")


def test_an_interrupt_of_the_first_build_is_clean(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "build", interrupted)
    assert commands.main(["serve", "--no-open"], project.root) == commands.FINE
    assert capsys.readouterr().err == "预览结束。\n"

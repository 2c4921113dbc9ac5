"""A preview in a thread of the test's own process, asked over real sockets."""

import asyncio
import contextlib
import http.client
import json
import re
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from conftest import Project
from tornado.httpclient import HTTPRequest
from tornado.netutil import bind_sockets
from tornado.websocket import WebSocketClientConnection, websocket_connect

from honorroll.engine.options import Options
from honorroll.preview import Built, Preview

#: Files that tests edit.
PLAN, TEAMS = "content/plan.md", "data/teams.yaml"

#: How a page begins to speak with livereload.
HELLO = {"command": "hello", "protocols": ["http://livereload.com/protocols/official-7"]}


def add(project: Project, words: str) -> None:
    project.write(PLAN, project.read(PLAN) + f"\n{words}\n")


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Served:
    """A running preview, and what it has told."""

    preview: Preview
    port: int
    builds: list[Built] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, *, method: str = "GET", **headers: str) -> Answer:
        """Ask for a path exactly as it is written."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in {"Host": f"127.0.0.1:{self.port}", **headers}.items():
                connection.putheader(name.replace("_", "-"), value)
            connection.endheaders()
            answer = connection.getresponse()
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def wait(self, path: str, meets: Callable[[Answer], bool]) -> Answer:
        """Ask until the answer is the one that is waited for."""
        end = time.monotonic() + 10
        while not meets(answer := self.get(path)):
            assert time.monotonic() < end, (answer.status, answer.body[-2000:])
            time.sleep(0.005)
        return answer

    def shows(self, path: str, word: str) -> Answer:
        """Wait until a page has a word."""
        return self.wait(path, lambda answer: answer.status == 200 and word in answer.text)

    def settled(self) -> int:
        """How many builds were told of once nothing happens any more."""
        last, since = len(self.builds), time.monotonic()
        while time.monotonic() - since < 0.25:
            if len(self.builds) != last:
                last, since = len(self.builds), time.monotonic()
            time.sleep(0.02)
        return last


@contextmanager
def serving(project: Project, *, port: int = 0, poll: bool = False, **options: Any) -> Generator[Served]:
    """The preview of a project on 2022-11-01, until the end of the block."""
    given = {"root": project.root, "out": project.site, "today": date(2022, 11, 1)} | options
    sockets = bind_sockets(port, "127.0.0.1")
    failures: list[str] = []
    preview = Preview(lambda: Options(**given), "zh", lambda: failures.append("failed"))
    served = Served(preview, sockets[0].getsockname()[1], failures=failures)
    served.builds.append(preview.build())
    preview.put(served.builds[0])
    raised: list[BaseException] = []

    def run() -> None:
        try:
            preview.run(sockets, served.builds.append, poll=poll)
        except Exception as error:  # noqa: BLE001  # told at the end
            raised.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield served
    finally:
        preview.stop()
        thread.join(10)
        preview.close()
        for each in sockets:
            each.close()
    assert not thread.is_alive()
    assert not raised


async def connect(served: Served, origin: str | None) -> WebSocketClientConnection:
    headers = {"Origin": origin} if origin is not None else {}
    return await websocket_connect(HTTPRequest(f"ws://127.0.0.1:{served.port}/livereload", headers=headers))


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

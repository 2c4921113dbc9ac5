"""The preview: the same engine on memory, shown to the browsers of this machine, which reload after each change.

One thread watches and builds, so changes during a build lead to exactly one more. The other,
Tornado's loop, answers browsers and never waits for a build.
"""

import asyncio
import os
import re
import secrets
import sys
import threading
import time
import webbrowser
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from html import unescape
from socket import create_server, socket
from typing import Any
from urllib.parse import unquote, urlsplit

from msgspec import Struct
from msgspec.structs import replace

from honorroll.checks import Finding, has_errors
from honorroll.chinese import Holds
from honorroll.engine import Options, Result, pipeline
from honorroll.inputs import scan
from honorroll.preview import overlay
from honorroll.preview.answers import Shown
from honorroll.preview.components import components
from honorroll.preview.server import Server
from honorroll.preview.watch import Moved, changes
from honorroll.publish import Memory

#: Where the preview is, and how many ports after it are tried.
HOST, PORT, TRIES = "127.0.0.1", 8000, 20


class Built(Struct, frozen=True):
    """What came of one build: no result after an internal error."""

    result: Result | None
    faults: overlay.Faults | None
    seconds: float


class Preview:
    """A site in memory, what a browser is shown of it, and how it is kept up to date.

    `options` is asked before each build, since a preview may last for days; `fail` is told of
    an internal error while it is being handled.
    """

    def __init__(self, options: Callable[[], Options], lang: str, fail: Callable[[], None]) -> None:
        self._options, self._lang, self._fail = options, lang, fail
        self._root = options().root
        self._built: tuple[date, Holds | None] = options().today, None
        self._store = Memory()
        self._findings: tuple[Finding, ...] | None = None
        self._read: scan.Read | None = None
        self._hinted = False
        self._run, self._count = secrets.token_hex(4), 0
        self._stopped = threading.Event()
        self._error: Exception | None = None
        self.shown = Shown(self._version())

    def _version(self) -> str:
        """A name for what is shown, other than that of every preview before."""
        self._count += 1
        return f"{self._run}-{self._count}"

    def build(self, moved: Moved = None, **changed: Any) -> Built:
        """Build into memory, looking at no more files than what may have `moved`. With errors the last good site stays."""
        start = time.perf_counter()
        result: Result | None = None
        faults: overlay.Faults | None = overlay.internal(self._lang)
        read, self._hinted = None, False
        try:
            if self._read and moved:
                read = scan.again(self._root, self._read, moved)
                self._hinted = read is not None
            options = replace(self._options(), **changed)
            self._built = options.today, None
            result = pipeline.build(options, self._store, read)
            self._built = options.today, result.holds
        except Exception:  # noqa: BLE001  # a bug must not end a preview: the next save may get round it
            self._fail()
        else:
            failed = has_errors(result.findings)
            faults = overlay.faults(result.findings, self._lang, self._root) if failed else None
        self._read = result.read if result else None
        return Built(result, faults, time.perf_counter() - start)

    def look(self, **changed: Any) -> Built | None:
        """While all is quiet: build again if a post is due, a new day has come, or files are not as the last build took them.

        They are looked at if that trusted in what it was told.
        """
        if self._is_over():
            return self.build(**changed)
        if not self._hinted:
            return None
        self._hinted, last = False, self._read
        with suppress(Exception):  # a bug: the build meets it again, and tells
            self._read = scan.read(self._root, self._store.database)
            if self._read == last:
                return None
        return self.build(**changed)

    def _is_over(self) -> bool:
        """Whether the moment of the last build has gone, and what was visible then with it."""
        options = self._options()
        day, holds = self._built
        return options.today != day or (holds is not None and not holds.at(options.now))

    def put(self, built: Built) -> bool:
        """Show what came of a build. Whether there is anything new to tell."""
        result, version = built.result, self.shown.version
        counts, findings = (result.counts, result.findings) if result else (None, None)
        if built.faults != self.shown.faults or (counts and (counts.written or counts.removed)):
            files = self._store.files
            self.shown = Shown(self._version(), files, _base(files), built.faults)
        told, self._findings = self._findings, findings
        return self.shown.version != version or findings != told

    def address(self, sockets: list[socket]) -> str:
        """Where the site's home page is."""
        return f"http://{HOST}:{sockets[0].getsockname()[1]}{self.shown.base}"

    def run(self, sockets: list[socket], show: Callable[[Built], None], *, poll: bool = False) -> None:
        """Serve, watch and build again until `stop` or an interrupt. `show` is told of all that is new."""
        asyncio.run(self._serve(sockets, show, poll=poll))
        if self._error:
            raise self._error

    def stop(self) -> None:
        """End `run`, from any thread."""
        self._stopped.set()

    def close(self) -> None:
        """Let go of what was kept between builds."""
        self._store.database.close()

    async def _serve(self, sockets: list[socket], show: Callable[[Built], None], *, poll: bool) -> None:
        server = Server(lambda: self.shown, lambda: components(self._options(), self._lang), self._fail, sockets)
        loop, over = asyncio.get_running_loop(), asyncio.Event()

        def tell(what: Callable[[], None]) -> None:
            with suppress(RuntimeError):  # the loop has ended before the build
                loop.call_soon_threadsafe(what)

        worker = threading.Thread(target=self._work, args=(server, show, tell, over, poll), daemon=True)
        worker.start()
        try:
            await over.wait()
        finally:
            self.stop()
            await server.close()
            await asyncio.to_thread(worker.join, 2)

    def _work(
        self,
        server: Server,
        show: Callable[[Built], None],
        tell: Callable[[Callable[[], None]], None],
        over: asyncio.Event,
        poll: bool,
    ) -> None:
        held: Built | None = None
        try:
            for moved in changes(self._root, self._stopped, poll=poll):
                quiet = moved is not None and not moved
                new = self.look(jobs=1) if quiet else self.build(moved, jobs=1)  # no pool is forked beside threads
                built, held = new or held, new if new and new.faults else None
                if not built or held:  # a file may be half saved: errors wait until all is quiet
                    continue
                version = self.shown.version
                news = self.put(built)
                if self.shown.version != version:
                    tell(server.reload)
                if news:
                    show(built)
        except Exception as error:  # noqa: BLE001  # `run` raises it
            self._error = error
        tell(over.set)


def _base(files: Mapping[str, bytes]) -> str:
    """The path that the pages were made for, as their home page says it: `/` or `/honor/`."""
    home = files.get("index.html", b"").decode("utf-8", "replace")
    canonical = re.search(r'<link rel="canonical" href="([^"]*)"', home)
    path = unquote(urlsplit(unescape(canonical[1])).path).strip("/") if canonical else ""
    return f"/{path}/" if path else "/"


@contextmanager
def listen(port: int | None = None) -> Iterator[list[socket]]:
    """Sockets at `port`, by default at the first free one from 8000 on; none when `port` is taken."""
    sockets: list[socket] = []
    for number in (port,) if port else (*range(PORT, PORT + TRIES), 0):
        with suppress(OSError):
            sockets = [create_server((HOST, number))]
            break
    for each in sockets:
        each.setblocking(False)
    try:
        yield sockets
    finally:
        for each in sockets:
            each.close()


def open_browser(address: str) -> None:
    """Open the browser where there is a screen; a browser inside the terminal would only be in the way."""
    if sys.platform in {"win32", "darwin"} or os.environ.keys() & {"DISPLAY", "WAYLAND_DISPLAY", "BROWSER"}:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

"""The preview's server, and the line by which pages learn of a new version.

livereload carries the news: its handler, its protocol, its script. A page says by `extver` which
version it is, so one that was overtaken while it loaded, or whose preview was started anew,
hears of it as soon as it is connected.
"""

import asyncio
import logging
import re
from collections.abc import Callable
from socket import socket
from types import SimpleNamespace
from typing import Any

from livereload.handlers import LiveReloadHandler
from tornado import escape, web
from tornado.httpserver import HTTPServer

from honorroll.preview import overlay
from honorroll.preview.answers import FAULTS, SCRIPT, STYLE, Components, Faults, Guarded, Pages, Script, Shown, Style
from honorroll.preview.components import ADDRESS

#: The largest body of a request and the largest message from a page, in bytes; Tornado lets a head be as large.
_LIMIT = 1 << 16


class Socket(Guarded, LiveReloadHandler):  # type: ignore[misc]  # livereload ships no types
    """livereload's own end of the line, for pages of ours."""

    watcher = SimpleNamespace(filepath="")  # what livereload's watcher would say; ours is elsewhere
    SUPPORTED_METHODS: tuple[str, ...] = ("GET",)
    version: str | None = None

    def prepare(self) -> None:
        super().prepare()
        if not self.check_origin(self.request.headers.get("Origin", "")):
            raise web.HTTPError(403)

    def check_origin(self, origin: str) -> bool:
        return origin.removeprefix("http://") in self.hosts and origin.startswith("http://")

    def on_message(self, message: str | bytes) -> None:
        try:
            said = escape.json_decode(message)
            super().on_message(message)
            if said["command"] == "hello":
                self.version = said.get("extver")
            elif said["command"] == "info" and self.version != self.shown().version:
                self.write_message({"command": "reload", "path": "*"})
        except (ValueError, TypeError, KeyError, AttributeError):  # no page of ours speaks like this
            self.close()

    def write_message(self, message: Any, binary: bool = False) -> Any:  # noqa: FBT002
        sent = super().write_message(message, binary)
        sent.add_done_callback(lambda done: done.cancelled() or done.exception())  # a page that has just gone
        return sent


class Server:
    """Answers at `sockets` until it is closed. Made inside a running event loop."""

    def __init__(
        self,
        shown: Callable[[], Shown],
        components: Callable[[], bytes | overlay.Faults],
        fail: Callable[[], None],
        sockets: list[socket],
    ) -> None:
        logging.getLogger("tornado").addHandler(logging.NullHandler())  # strange requests are no news
        port = sockets[0].getsockname()[1]
        hosts = [f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")]
        hosts += [host.removesuffix(":80") for host in hosts if port == 80]
        given = {"shown": shown, "fail": fail, "hosts": frozenset(hosts)}
        routes = [("/livereload", Socket), (SCRIPT, Script), (FAULTS, Faults), (STYLE, Style)]
        application = web.Application(
            [
                *((re.escape(path), room, given) for path, room in routes),
                (f".*/{ADDRESS}", Components, {**given, "components": components}),
                (".*", Pages, given),
            ],
            log_function=lambda _: None,
            websocket_max_message_size=_LIMIT,
        )
        self._http = HTTPServer(application, max_body_size=_LIMIT)
        self._http.add_sockets(sockets)

    def reload(self) -> None:
        """Let all pages load anew."""
        Socket.reload_waiters("*")

    async def close(self) -> None:
        """End all connections."""
        self._http.stop()
        for page in Socket.waiters.copy():
            page.close()
        await asyncio.sleep(0)
        await self._http.close_all_connections()

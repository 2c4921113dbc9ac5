"""What the preview answers: pages from memory, for this machine's own browsers and nobody else.

The bytes are those that would be published; the script that reloads and the findings over a page
are added on the way out.
"""

import asyncio
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from posixpath import splitext
from typing import Any
from urllib.parse import quote, unquote

import livereload
from msgspec import Struct, field
from msgspec.structs import replace
from tornado import web

from honorroll.preview import overlay
from honorroll.preview.components import ADDRESS

#: Addresses of our own; no page's, since pages' addresses end in a known suffix.
SCRIPT, FAULTS, STYLE = "/livereload.js", "/__honorroll__/faults", "/__honorroll__/style.css"

#: Kinds of files by suffix: the same on every system, whatever its own table says.
_KINDS = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml; charset=utf-8",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".pdf": "application/pdf",
    ".mp4": "video/mp4",
}


class Shown(Struct, frozen=True):
    """What a browser is shown. It is replaced as a whole, so that no answer mixes two versions."""

    version: str
    files: Mapping[str, bytes] = field(default_factory=dict)
    base: str = "/"
    """The path of the site's root."""
    faults: overlay.Faults | None = None


class Guarded(web.RequestHandler):
    """Answers only who asked for this very address, and tells nothing of itself.

    A foreign name that has been made to lead to this machine stands in `Host` (DNS rebinding).
    """

    SUPPORTED_METHODS: tuple[str, ...] = ("GET", "HEAD")

    def initialize(self, shown: Callable[[], Shown], fail: Callable[[], None], hosts: frozenset[str]) -> None:
        self.shown, self.fail, self.hosts = shown, fail, hosts

    def prepare(self) -> None:
        if self.request.headers.get("Host", "").lower() not in self.hosts:
            raise web.HTTPError(421)

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        self.set_header("Cache-Control", "no-store")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("X-Frame-Options", "SAMEORIGIN")

    def compute_etag(self) -> None:
        """None: browsers keep nothing."""

    def log_exception(self, kind: Any, error: BaseException | None, trace: Any) -> None:  # noqa: ARG002
        if not isinstance(error, web.HTTPError):
            self.fail()

    def write_error(self, status_code: int, **_: Any) -> None:
        self.answer(f"{status_code}\n".encode(), ".txt")

    def answer(self, data: bytes, suffix: str) -> None:
        self.set_header("Content-Type", _KINDS.get(suffix, "application/octet-stream"))
        self.finish(data)

    def head(self) -> None:
        self.get()


class Pages(Guarded):
    """The site, and in its stead what keeps it from being built for the first time."""

    def get(self) -> None:
        shown, path = self.shown(), unquote(self.request.path)
        inner = path.removeprefix(shown.base) + ("index.html" if path.endswith("/") else "")
        if not shown.files:
            self._alone(shown)
        elif path == "/" != shown.base or f"{path}/" == shown.base:
            self.redirect(quote(shown.base))
        elif path.startswith(shown.base) and f"{inner}/index.html" in shown.files:
            self.redirect(quote(f"{path}/"))
        elif path.startswith(shown.base) and inner in shown.files:
            self._file(shown, inner)
        else:
            self.set_status(404)
            self._file(shown, "404.html")

    def _file(self, shown: Shown, url: str) -> None:
        data, suffix = shown.files.get(url, b"404\n"), splitext(url)[1].lower()
        if suffix == ".html":
            data = _with(_framing(data) if shown.faults else data, _script(shown) + _frame(shown))
        self.answer(data, suffix)

    def _alone(self, shown: Shown) -> None:
        """There is no site yet: what keeps it from being built."""
        self.set_status(503)
        self.set_header("Content-Security-Policy", overlay.alone_policy(self.request.host))
        self.answer(_with(shown.faults.document if shown.faults else b"", _script(shown)), ".html")


def _with(page: bytes, more: str) -> bytes:
    """The page with something added at its end."""
    end = page.rfind(b"</body>")
    end = len(page) if end < 0 else end
    return page[:end] + more.encode() + page[end:]


def _framing(page: bytes) -> bytes:
    """The page with a policy that lets it frame the findings, and is otherwise the published one."""
    return page.replace(b"default-src 'none'", b"default-src 'none'; frame-src 'self'", 1)


def _script(shown: Shown) -> str:
    return f'<script src="{SCRIPT}?extver={shown.version}&amp;mindelay=500&amp;maxdelay=5000" async></script>\n'


def _frame(shown: Shown) -> str:
    if not shown.faults:
        return ""
    title = escape(shown.faults.title)
    return (
        f'<link rel="stylesheet" href="{STYLE}">\n<details id="honorroll-faults" open>'
        f'<summary>{title}</summary><iframe src="{FAULTS}" title="{title}"></iframe></details>\n'
    )


class Components(Pages):
    """All parts of the theme; anywhere but below the root of the site, a page like others."""

    def initialize(  # type: ignore[override]  # Tornado gives each route its own values
        self, components: Callable[[], bytes | overlay.Faults], **given: Any
    ) -> None:
        super().initialize(**given)
        self.components = components

    async def get(self) -> None:  # type: ignore[override]  # Tornado takes both
        shown = self.shown()
        if unquote(self.request.path) != shown.base + ADDRESS:
            super().get()
            return
        made = await asyncio.to_thread(self.components)
        if isinstance(made, bytes):
            self.answer(_with(made, _script(shown)), ".html")
        else:
            self._alone(replace(shown, faults=made))

    async def head(self) -> None:  # type: ignore[override]  # the same
        await self.get()


class Faults(Guarded):
    """The findings, for the frame over a page."""

    def get(self) -> None:
        faults = self.shown().faults
        if not faults:
            raise web.HTTPError(404)
        self.set_header("Content-Security-Policy", overlay.FRAME_POLICY)
        self.answer(faults.framed, ".html")


class Style(Guarded):
    """How that frame lies on the page."""

    def get(self) -> None:
        self.answer(overlay.FRAME_STYLE.encode(), ".css")


class Script(Guarded):
    """livereload's own script."""

    def get(self) -> None:
        self.answer((Path(livereload.__file__).parent / "vendors" / "livereload.js").read_bytes(), ".js")

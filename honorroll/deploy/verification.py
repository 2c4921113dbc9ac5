"""Reading a deployed site back as the public does: every address, its bytes, and what the host says of it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from urllib.parse import quote

import urllib3
from msgspec import Struct

from honorroll.deploy import headers
from honorroll.deploy.releases import DeployError, Release, Told

#: Requests at once, and seconds that one may take.
_AT_ONCE, _PATIENCE = 8, 30.0
#: Files for the host itself, which it does not send.
_HOSTS = {".nojekyll", "_headers", "_redirects", "CNAME"}
#: An address that no site has.
_UNKNOWN = "no-such-page-00000000.html"


class Wrong(Struct, frozen=True):
    """What is wrong with an address: the key of a sentence, and its values."""

    key: str
    values: dict[str, object]


class Report(Struct, frozen=True):
    """What was read back."""

    read: int
    compressed: int
    """How many were sent compressed."""
    wrong: list[Wrong]
    caching: list[Wrong]
    """Files that browsers may keep for another time than is advised, which does no harm in itself."""


def verify(address: str, release: Release, told: Told) -> Report:
    """Read every file of a release from the host.

    Args:
        address: of the site, with a slash at its end.
        release: what was deployed.
        told: is told of each file.

    Raises:
        DeployError: there is nobody at that address.
    """
    pool = urllib3.PoolManager(maxsize=_AT_ONCE, retries=urllib3.Retry(2, backoff_factor=0.2), timeout=_PATIENCE)
    paths = [
        path for path in release.files if not path.endswith((".gz", ".br")) and path not in {*release.foreign, *_HOSTS}
    ]

    try:
        pool.request("GET", address)
    except urllib3.exceptions.HTTPError as error:
        raise DeployError("de_unreachable", where=address, why=_reason(error)) from None

    def look(path: str) -> tuple[list[Wrong], list[Wrong], bool]:
        try:
            return _look(pool, address, path, release.files[path])
        finally:
            told(1)

    with ThreadPoolExecutor(_AT_ONCE) as threads:
        found = list(threads.map(look, paths))
    wrong = [one for each, _, _ in found for one in each]
    caching = [one for _, each, _ in found for one in each]
    wrong = [*_unknown(pool, address, release), *wrong]
    return Report(len(paths), sum(is_packed for _, _, is_packed in found), wrong, caching)


def _look(pool: urllib3.PoolManager, address: str, path: str, total: str) -> tuple[list[Wrong], list[Wrong], bool]:
    url = address + quote(path)
    if path == "404.html":  # many hosts send it with its own status
        return [], [], False
    try:
        answer = pool.request("GET", url, headers={"Accept-Encoding": "gzip"})
    except urllib3.exceptions.HTTPError as error:
        return [Wrong("ve_reached", {"url": url, "why": _reason(error)})], [], False
    if answer.status != 200:
        return [Wrong("ve_status", {"url": url, "status": answer.status, "wanted": 200})], [], False
    said, wrong, caching = answer.headers, list[Wrong](), list[Wrong]()
    if sha256(answer.data).hexdigest() != total:
        wrong.append(Wrong("ve_bytes", {"url": url}))
    wanted = headers.content_type(path)
    if not _same_type(said.get("Content-Type", ""), wanted):
        wrong.append(Wrong("ve_type", {"url": url, "found": said.get("Content-Type", "-"), "wanted": wanted}))
    if "attachment" in said.get("Content-Disposition", "").lower():
        wrong.append(Wrong("ve_download", {"url": url}))
    kept, advised = said.get("Cache-Control", ""), headers.cache_control(path)
    if kept.replace(" ", "") != advised.replace(" ", ""):
        caching.append(Wrong("ve_cache", {"url": url, "found": kept, "wanted": advised}))
    return wrong, caching, "Content-Encoding" in said


#: Names that hosts use for one type.
_NAMES = {
    "application/javascript": "text/javascript",
    "text/xml": "application/xml",
    "image/vnd.microsoft.icon": "image/x-icon",
}


def _same_type(found: str, wanted: str) -> bool:
    """Whether a host's type does; text must be UTF-8, or say nothing."""
    kind, _, rest = found.lower().partition(";")
    alike = _NAMES.get(kind.strip(), kind.strip()) == wanted.partition(";")[0]
    return alike and ("charset" not in rest or "utf-8" in rest)


def _unknown(pool: urllib3.PoolManager, address: str, release: Release) -> Iterator[Wrong]:
    """An unknown address shows the page for it, with its status."""
    try:
        answer = pool.request("GET", address + _UNKNOWN)
    except urllib3.exceptions.HTTPError:
        return
    if answer.status != 404 or sha256(answer.data).hexdigest() != release.files.get("404.html"):
        yield Wrong("ve_404", {})


def _reason(error: BaseException) -> str:
    inner = getattr(error, "reason", None) or error
    return str(inner).rpartition(": ")[2] or type(inner).__name__

"""The site's addresses. They come from ids, never from names, and never change.

All are relative to the site's root and name a file, so that the site works under any sub-path
and from `file://`.
"""

import re
from collections.abc import Container, Iterable
from datetime import date
from posixpath import dirname, join, normpath
from unicodedata import normalize
from urllib.parse import unquote

from honorroll.model.tables import KINDS

#: The folder of each kind of record that has a page; the key is what links are written with.
FOLDERS = {kind.link: kind.folder for kind in KINDS.values() if kind.link}


def page(kind: str, id: str) -> str:
    """Address of a record's page: `page("team", "t01")` is `teams/t01.html`."""
    return f"{FOLDERS[kind]}/{id}.html"


def pages(kind: str, ids: Iterable[str]) -> list[str]:
    """The addresses of many of them."""
    folder = FOLDERS[kind]
    return [f"{folder}/{id}.html" for id in ids]


def ledger(day: date | str) -> str:
    """Address of what the ledgers say of a day that is over; the day may be given as `YYYY-MM-DD`."""
    return f"ledger/{day}.html"


def index(kind: str) -> str:
    """Address of the list of all records of a kind."""
    return f"{FOLDERS[kind]}/index.html"


def qr_code(award: str) -> str:
    """Address of the QR code that leads to an award's page."""
    return f"{FOLDERS['award']}/{award}.qr.svg"


def certificate(award: str) -> str:
    """Address of the certificate of an award."""
    return f"{FOLDERS['award']}/{award}.certificate.html"


def poster(kind: str, id: str) -> str:
    """Address of the share poster of a record's page."""
    return f"{FOLDERS[kind]}/{id}.poster.png"


def cover(kind: str, id: str) -> str:
    """Address of the cover of a record's page, 1200 by 630 pixels."""
    return f"{FOLDERS[kind]}/{id}.cover.jpg"


def canonical(url: str, base: str) -> str:
    """Absolute address of a page: a folder's front page goes by the folder's. Empty without a base."""
    return base + re.sub(r"(^|/)index\.html$", r"\1", url) if base else ""


def root(url: str) -> str:
    """What leads from an address to the site's root: empty, `../` or `../../`."""
    return "../" * url.count("/")


def beside(path: str, target: str) -> str:
    """The input path that `target` means in the Markdown or YAML file `path`.

    A post's pictures lie in a folder with the post's name; other files name them from `content/`.
    """
    folder = dirname(path) if path.startswith("content/") else "content"
    return normpath(join(folder, target))


def picture_paths(path: str, target: str) -> tuple[str, ...]:
    """The input paths that a picture's address in the Markdown or YAML file `path` may mean, the likeliest first.

    As typed; with percent codes decoded, as browsers copy them; with the backslashes of Windows. A name's accents may be
    composed or not.
    """
    plain = [target, unquote(target)]
    plain += [typed.replace("\\", "/") for typed in plain]
    return tuple(dict.fromkeys([beside(path, form) for typed in plain for form in (typed, normalize("NFC", typed))]))


def picture(path: str, target: str, known: Container[str]) -> str:
    """The input path, of those `known`, of the picture that `target` in the file `path` means; else the likeliest."""
    paths = picture_paths(path, target)
    return next((each for each in paths if each in known), paths[0])


def published(path: str) -> str:
    """Address of the page that a Markdown file below `content/` becomes."""
    return path.removeprefix("content/").removesuffix(".md").removesuffix("/index") + ".html"

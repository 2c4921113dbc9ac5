"""What a host is to say of each file: its type, and how long a browser may keep it. Host configurations are written from the same tables."""

import re

#: Content types by suffix. Text says how it is encoded, so that no host guesses.
TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "ico": "image/x-icon",
    "woff2": "font/woff2",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "zip": "application/zip",
}
OTHER = "application/octet-stream"

#: Suffixes of text that is worth compressing; the other formats are compressed in themselves.
TEXTS = ("html", "css", "js", "json", "csv", "xml", "txt", "ics", "svg")

#: Files whose address changes with their bytes: made pictures, and what templates name by its fingerprint.
IMMUTABLE = (r"pictures/[0-9a-f]{16}-[0-9]+\.[a-z0-9]+$", r"static/(?:.+/)?[^/]+\.[0-9a-f]{8}\.[a-z0-9]+$")
_IMMUTABLE = re.compile("|".join(IMMUTABLE))

#: For how long a browser may keep a file: for good, a day (pictures and documents), or a minute (what an edit changes).
FOR_GOOD = "public, max-age=31536000, immutable"
A_DAY = "public, max-age=86400"
A_MINUTE = "public, max-age=60"

#: What a host says of every file, beside what the pages say of themselves.
SAFETY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Frame-Options": "SAMEORIGIN",
}


def suffix(path: str) -> str:
    """The suffix of a file in small letters, without the dot."""
    return path.rpartition("/")[2].rpartition(".")[2].lower()


def content_type(path: str) -> str:
    """The type of a file by its suffix."""
    return TYPES.get(suffix(path), OTHER)


def is_immutable(path: str) -> bool:
    """Whether the address of a file changes with its bytes."""
    return bool(_IMMUTABLE.match(path))


def cache_control(path: str) -> str:
    """How long a browser, or what lies between, may keep a file."""
    if is_immutable(path):
        return FOR_GOOD
    return A_MINUTE if suffix(path) in TEXTS and not path.startswith("static/") else A_DAY

"""The text of files of Word, Excel, PowerPoint, OpenDocument and PDF, as far as the privacy gate needs it.

Lists of this kind, published as they came from a desk, are how personal data mostly leaks. Hidden sheets, comments and
properties of documents are parts of the text here, since whoever downloads the file has them.
"""

import re
import zlib
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from honorroll.privacy.signs import BREAK

#: So much text of one file is read, in bytes; more than a person has typed.
LIMIT = 32 << 20
#: So many pages of a PDF are read.
PAGES = 500

_ENDS = re.compile(
    r"</(?:w:p|a:p|text:p|text:h|si|c|row|comment|table:table-cell|dc:\w+|cp:\w+)>|<w:(?:br|tab)\b[^>]*>"
)
_TAG = re.compile(r"<[^>]*>")


def text(data: bytes) -> bytes | None:
    """What the file says, one line for each paragraph or cell; none where it is no such file or cannot be read."""
    if data.startswith(b"PK\x03\x04"):
        return _joined(_of_package(data))
    if data.startswith(b"%PDF-"):
        return _joined(_of_pdf(data))
    return None


def _joined(parts: Iterator[str]) -> bytes:
    found, size = list[str](), 0
    for part in parts:
        found.append(part)
        size += len(part)
        if size > LIMIT:
            break
    return f"\n{BREAK}\n".join(found).encode("utf-8", "replace")


def _of_package(data: bytes) -> Iterator[str]:
    """The XML of a ZIP archive without its tags. Of a damaged one, what comes before the damage."""
    try:
        with ZipFile(BytesIO(data)) as package:
            for name in package.namelist():
                if name.endswith((".xml", ".rels", ".txt", ".csv")):
                    with package.open(name) as member:
                        raw = member.read(LIMIT).decode("utf-8", "replace")
                    yield unescape(_TAG.sub("", _ENDS.sub("\n", raw)))
                yield name
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        return


def _of_pdf(data: bytes) -> Iterator[str]:
    """The text layer of a PDF. A scanned page has none."""
    try:
        from pypdf import PdfReader  # an extra, and slow to load
    except ImportError:
        return
    try:
        reader = PdfReader(BytesIO(data))
        yield from (str(value) for value in (reader.metadata or {}).values())
        for page in reader.pages[:PAGES]:
            yield page.extract_text()
    except Exception:  # noqa: BLE001  # damaged in one of countless ways; what was read so far counts
        return

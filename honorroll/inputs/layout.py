"""Which file of a snapshot holds what: tables, news, articles, pictures; and what nobody would look for in its place."""

from collections.abc import Iterable, Iterator

from honorroll.diagnostics import Diagnostic, Place, closest
from honorroll.filesystem import Snapshot, Source
from honorroll.inputs.readers import FORMATS
from honorroll.model import TABLES
from honorroll.record import is_edition

NEWS = "content/news/"
#: The record of what was published (`honorroll.record`).
PUBLISHED = "data/published"
#: Suffixes of pictures; some of them are known only to be refused.
PICTURES = tuple(f".{kind}" for kind in "jpg jpeg jpe jfif png webp avif gif heic heif bmp tif tiff svg".split())
#: What an editor may have written an article in; of these, only `.md` becomes a page.
TEXTS = (".md", ".markdown", ".txt", ".doc", ".docx", ".wps", ".rtf", ".odt", ".html", ".htm")


def table_files(snapshot: Snapshot, name: str) -> Iterator[Source]:
    """The files of a table: `data/NAME.yaml` (or another of the `FORMATS`), and those in `data/NAME/`."""
    return (source for source in snapshot.below("data") if is_of_table(source.path, name))


def is_of_table(path: str, name: str) -> bool:
    """Whether a path is that of a file of the table."""
    stem, _, suffix = path.rpartition(".")
    stem = stem.removeprefix("data/")
    return f".{suffix}" in FORMATS and (stem == name or (stem.startswith(name + "/") and stem.count("/") == 1))


def unknown_files(snapshot: Snapshot) -> Iterator[Diagnostic]:
    """SRC-07: files in `data/` that are of no table."""
    known = {*TABLES, "campaign"}
    for source in snapshot.below("data"):
        if source.path.startswith(f"{PUBLISHED}/") and is_edition(source.path):
            continue
        parts = source.path.removeprefix("data/").split("/")
        name, _, suffix = parts[0].partition(".") if len(parts) == 1 else (parts[0], "", parts[-1].rpartition(".")[2])
        if name not in known or len(parts) > 2 or f".{suffix}" not in FORMATS:
            guess = f"{name}.yaml" if name in known and len(parts) == 1 else closest(name, known - {name})
            yield Diagnostic("SRC-07", Place(source.path), {"known": "、".join(sorted(known))}, guess=guess)


def posts(snapshot: Snapshot) -> list[Source]:
    """The file of each post."""
    return [source for source in snapshot.below("content/news") if source.path.endswith(".md")]


def post_id(path: str) -> str:
    """What the name of a file, or of its folder, says."""
    return path.removeprefix(NEWS).removesuffix(".md").removesuffix("/index")


def beside_posts(snapshot: Snapshot) -> list[Source]:
    """All other files below `content/`."""
    return [s for s in snapshot.below("content") if not (s.path.endswith(".md") and s.path.startswith(NEWS))]


def unshown_texts(sources: Iterable[Source]) -> Iterator[Diagnostic]:
    """SRC-11: those of the files beside the posts that hold a text and become no page."""
    for path in (source.path for source in sources):
        if path.lower().endswith(TEXTS) and not is_article(path):
            yield Diagnostic("SRC-11", Place(path))


def is_article(path: str) -> bool:
    """Whether a file becomes a page of its own."""
    return path.startswith("content/") and path.endswith(".md") and path.count("/") == 1


def article_id(path: str) -> str:
    """What the name of its file says."""
    return path.removeprefix("content/").removesuffix(".md")

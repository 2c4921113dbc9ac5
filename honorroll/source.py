"""Every input file, read once, with the digest of those very bytes."""

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from honorroll.diagnostics import Diagnostic, Place

#: Folders of a project that are inputs, in the order in which they are read.
FOLDERS = ("data", "content", "templates", "static")

#: The largest text file that is read, and the largest file at all, in bytes.
MAX_TEXT, MAX_FILE = 32 << 20, 64 << 20

TEXT_SUFFIXES = frozenset({".yaml", ".yml", ".md", ".html", ".xml", ".txt", ".css", ".js", ".svg"})

#: What editors, file managers and synchronisers leave behind.
_LITTER = frozenset({"thumbs.db", "desktop.ini", "__macosx"})


@dataclass(frozen=True, slots=True)
class Source:
    """One input file: its path below the project (`/` between parts), bytes and their digest."""

    path: str
    data: bytes
    digest: str

    @property
    def text(self) -> str:
        """The text with plain line feeds and without a byte-order mark. Raises `UnicodeDecodeError`."""
        return self.data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All inputs of one build, by path and in the order of their paths."""

    files: Mapping[str, Source]

    def below(self, folder: str) -> Iterator[Source]:
        """The files of a folder and its subfolders."""
        return (source for path, source in self.files.items() if path.startswith(folder + "/"))


def digest(data: bytes) -> str:
    """The digest that stands for these bytes everywhere: BLAKE2b, 128 bits, in hexadecimal."""
    return blake2b(data, digest_size=16).hexdigest()


def theme_root() -> Path:
    """Where the built-in theme and starter lie: inside the installed package, else beside it."""
    package = Path(__file__).parent
    installed = package / "starter"
    return installed if installed.is_dir() else package.parent


def read(root: Path) -> tuple[Snapshot, list[Diagnostic]]:
    """Read a project. Theme files that the project does not have come from the built-in theme.

    Reports SRC-01 (unreadable or not UTF-8), SRC-02 (too large), SRC-03 (a link that leads out)
    and SRC-04 (two names that some systems hold for one).
    """
    files: dict[str, Source] = {}
    problems: list[Diagnostic] = []
    theme = theme_root()
    if theme.resolve() != root.resolve():
        for folder in ("templates", "static"):
            _read_folder(theme, folder, files, problems)
    for folder in FOLDERS:
        _read_folder(root, folder, files, problems)
    problems += _clashes(files)
    return Snapshot(MappingProxyType(dict(sorted(files.items())))), problems


def _read_folder(root: Path, folder: str, files: dict[str, Source], problems: list[Diagnostic]) -> None:
    pending = [folder]
    while pending:
        here = pending.pop()
        try:
            entries = sorted(os.scandir(root / here), key=lambda entry: entry.name)
        except FileNotFoundError:
            continue
        except OSError as error:
            problems.append(Diagnostic("SRC-01", Place(here), {"why": error.strerror}))
            continue
        for entry in entries:
            path = f"{here}/{entry.name}"
            if _is_litter(entry.name):
                continue
            if entry.is_symlink() and not _stays_inside(root, entry):
                problems.append(Diagnostic("SRC-03", Place(path)))
            elif entry.is_dir():
                pending.append(path)
            else:
                source = _read_file(entry, path, problems)
                if source:
                    files[path] = source


def _is_litter(name: str) -> bool:
    return name.startswith((".", "~$", "#")) or name.endswith(("~", ".swp", ".tmp", ".bak")) or name.lower() in _LITTER


def _stays_inside(root: Path, entry: os.DirEntry[str]) -> bool:
    """Whether a link leads to a file of the project, or to a folder that does not hold the link itself."""
    target, place = Path(entry.path).resolve(), Path(entry.path).parent.resolve()
    return target.is_relative_to(root.resolve()) and not place.is_relative_to(target)


def _read_file(entry: os.DirEntry[str], path: str, problems: list[Diagnostic]) -> Source | None:
    is_text = PurePosixPath(path).suffix.lower() in TEXT_SUFFIXES
    try:
        info = entry.stat()
        if not stat.S_ISREG(info.st_mode):
            raise OSError(0, "not a regular file")
        limit = MAX_TEXT if is_text else MAX_FILE
        if info.st_size > limit:
            problems.append(Diagnostic("SRC-02", Place(path), {"size": info.st_size >> 20, "limit": limit >> 20}))
            return None
        data = Path(entry.path).read_bytes()
    except OSError as error:
        problems.append(Diagnostic("SRC-01", Place(path), {"why": error.strerror}))
        return None
    source = Source(path, data, digest(data))
    if is_text and not data.isascii():
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            problems.append(Diagnostic("SRC-05", Place(path, line=line, column=1)))
            return None
    return source


def _clashes(files: Mapping[str, Source]) -> Iterator[Diagnostic]:
    """Names that differ only in case or Unicode form are one file on Windows and macOS."""
    from unicodedata import normalize

    seen: dict[str, str] = {}
    for path in files:
        plain = path.lower() if path.isascii() else normalize("NFC", path).casefold()
        if plain in seen:
            yield Diagnostic("SRC-04", Place(path), {"other": seen[plain]})
        seen[plain] = path

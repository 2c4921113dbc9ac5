"""Every input file, read once, with the digest of those very bytes."""

import os
import re
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

#: What Windows does not allow in a file's name.
_BAD_NAME = frozenset('\\:*?"<>|')

#: What no text may hold: control characters but tab and line ends, and what Unicode calls no characters.
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x84\x86-\x9f]|\xef\xbf[\xbe\xbf]")


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
    unread: frozenset[str] = frozenset()
    """Paths of inputs that are there and cannot be used; each has a finding of its own."""

    def below(self, folder: str) -> Iterator[Source]:
        """The usable files of a folder and its subfolders."""
        return (s for path, s in self.files.items() if path.startswith(folder + "/") and path not in self.unread)


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

    Reports SRC-01 (unreadable), SRC-02 (too large), SRC-03 (a link that leads out), SRC-04 (two
    names that some systems hold for one), SRC-05 (not UTF-8), SRC-08 (control characters) and
    SRC-09 (a name that some systems refuse).
    """
    files: dict[str, Source] = {}
    problems: list[Diagnostic] = []
    theme = theme_root()
    if theme.resolve() != root.resolve():
        for folder in ("templates", "static"):
            _read_folder(theme, folder, files, problems)
    for folder in FOLDERS:
        _read_folder(root, folder, files, problems)
    unread = frozenset(problem.place.path for problem in problems)
    problems += _clashes(files)
    return Snapshot(MappingProxyType(dict(sorted(files.items()))), unread), problems


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
            if not entry.name.isprintable() or not _BAD_NAME.isdisjoint(entry.name):
                problems.append(Diagnostic("SRC-09", Place(path)))
            elif entry.is_symlink() and not _stays_inside(root, entry):
                problems.append(Diagnostic("SRC-03", Place(path)))
            elif _is_folder(entry):
                pending.append(path)
            else:
                source = _read_file(entry, path, problems)
                files.pop(path, None)  # of the theme
                if source:
                    files[path] = source


def _is_litter(name: str) -> bool:
    return name.startswith((".", "~$", "#")) or name.endswith(("~", ".swp", ".tmp", ".bak")) or name.lower() in _LITTER


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _stays_inside(root: Path, entry: os.DirEntry[str]) -> bool:
    """Whether a link leads to a file of the project, or to a folder that does not hold the link itself."""
    try:
        target, place = Path(entry.path).resolve(), Path(entry.path).parent.resolve()
    except (OSError, RuntimeError):  # a link that leads to itself: reading it says so
        return True
    return target.is_relative_to(root.resolve()) and not place.is_relative_to(target)


def _read_file(entry: os.DirEntry[str], path: str, problems: list[Diagnostic]) -> Source | None:
    is_text = PurePosixPath(path).suffix.lower() in TEXT_SUFFIXES
    try:
        info = entry.stat()
        if not stat.S_ISREG(info.st_mode):
            raise OSError(0, "not a regular file")
        limit = MAX_TEXT if is_text else MAX_FILE
        if info.st_size > limit:
            problems.append(Diagnostic("SRC-02", Place(path), {"size": -(-info.st_size >> 20), "limit": limit >> 20}))
            return None
        data = Path(entry.path).read_bytes()
    except OSError as error:
        problems.append(Diagnostic("SRC-01", Place(path), {"why": error.strerror}))
        return None
    if is_text and not data.isascii():
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            problems.append(Diagnostic("SRC-05", _position(path, data, error.start)))
            return None
    control = _CONTROL.search(data) if is_text and not path.startswith("static/") else None
    if control:
        problems.append(Diagnostic("SRC-08", _position(path, data, control.start())))
    return Source(path, data, digest(data))


def _position(path: str, data: bytes, start: int) -> Place:
    """The place of a byte; lines and columns count as in `Source.text`."""
    before = data[:start].replace(b"\r\n", b"\n").replace(b"\r", b"\n").decode("utf-8-sig")
    return Place(path, line=before.count("\n") + 1, column=len(before) - before.rfind("\n"))


def _clashes(files: Mapping[str, Source]) -> Iterator[Diagnostic]:
    """Names that differ only in case or Unicode form are one file on Windows and macOS."""
    from unicodedata import normalize

    seen: dict[str, str] = {}
    for path in files:
        plain = path.lower() if path.isascii() else normalize("NFC", path).casefold()
        if plain in seen:
            yield Diagnostic("SRC-04", Place(path), {"other": seen[plain]})
        seen[plain] = path

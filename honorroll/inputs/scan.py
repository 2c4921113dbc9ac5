"""Every input file, read once, with the fingerprint of those very bytes."""

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath
from time import time_ns
from types import MappingProxyType
from typing import NamedTuple

from honorroll.diagnostics import Diagnostic, Place
from honorroll.filesystem import Snapshot, Source, contents, fault, file_names, size
from honorroll.fingerprint import fingerprint
from honorroll.incremental import Database, State, Table, is_settled, state, states
from honorroll.inputs.readers import FORMATS

#: Folders of a project that are inputs, in the order in which they are read.
FOLDERS = ("data", "content", "templates", "static")

#: Files that readers download. They are a project's own: those of the built-in theme belong to the sample campaign.
DOWNLOADS = "static/files"

#: The largest template, style sheet, other text file and file at all that is read, in bytes. To compile a style sheet takes 100 times its size.
MAX_TEMPLATE, MAX_STYLE, MAX_TEXT, MAX_FILE = 128 << 10, 1 << 20, 8 << 20, 64 << 20

#: The listing of a folder is stored again when more than one file in so many differs: to read fewer again takes less time.
PART = 256


Read = tuple[Snapshot, list[Diagnostic]]
"""What was read of a project, and what is wrong with it."""


def theme_root() -> Path:
    """Where the built-in theme and starter lie: inside the installed package, else beside it."""
    package = Path(__file__).parent.parent
    installed = package / "starter"
    return installed if installed.is_dir() else package.parent


def read(root: Path, database: Database | None = None) -> Read:
    """Read a project. Theme files that the project does not have come from the built-in theme.

    A file whose state is stored in `database` holds the same bytes, and is not read again.

    Reports SRC-01 (unreadable), SRC-02 (too large), SRC-03 (a link that leads out), SRC-04 (two
    names that some systems hold for one), SRC-05 (not UTF-8), SRC-08 (control characters), SRC-09 (a
    name that some systems refuse), SRC-14 (a folder where a file belongs) and SRC-16 (an SVG that does more than draw).
    """
    reader = _Reader(database.table("files", Listing) if database else None)
    theme = theme_root()
    if theme.resolve() != root.resolve():
        for folder in ("templates", "static"):
            reader.read_folder(theme, folder, but=DOWNLOADS)
    for folder in FOLDERS:
        reader.read_folder(root, folder)
    files, problems = reader.files, reader.problems
    unread = frozenset(problem.place.path for problem in problems)
    problems += _clashes(files)
    return Snapshot(MappingProxyType(dict(sorted(files.items()))), unread), problems


def again(root: Path, last: Read, moved: Collection[str]) -> Read | None:
    """What is in a project if at most the files of the paths `moved` are others than when it was read `last`.

    None where these files alone do not tell: when one came or went, or something is wrong.
    """
    files, reader, folders = last[0].files, _Reader(None), list[str]()
    if last[1]:
        return None
    for path in moved:
        if path in files:
            here, _, name = path.rpartition("/")
            reader.read_files(root, here, [name], folders)
        elif not any(map(file_names.is_litter, path.split("/"))) and (
            last[0].below(path) or os.path.lexists(root / path)
        ):
            return None
    if reader.problems or folders:
        return None
    return Snapshot(MappingProxyType({**files, **reader.files})), []


class Listing(NamedTuple):
    """What is known of a folder: the state of each file that is right, and what it holds."""

    states: dict[str, State]
    """By name."""
    files: dict[str, Source]
    """By path."""


class _Reader:
    """What has been read so far, and what is wrong with it."""

    def __init__(self, known: Table[Listing] | None) -> None:
        self.files: dict[str, Source] = {}
        self.problems: list[Diagnostic] = []
        self._known = known
        self._now = time_ns()
        self._states: dict[str, State] = {}
        """Of the folder at hand: the files that need not be looked at as long as they keep this state."""
        self._root = ""
        """Where the folder at hand lies, as one text for all its files."""
        self._stored: dict[str, str] = {}
        """Of files whose paths are not ASCII: the path as the file system has it."""

    def read_folder(self, root: Path, folder: str, but: str = "") -> None:
        """Read one of the folders of a project, but for one inside of it."""
        if _is((root / folder).is_symlink):
            self.problems.append(Diagnostic("SRC-03", Place(folder), {"folder": folder}))
            return
        pending = [folder]
        while pending:
            here = pending.pop()
            if here == but:
                continue
            try:
                names = os.listdir(root / here)  # noqa: PTH208  # of ten thousand names no paths are made
            except FileNotFoundError:
                continue
            except OSError as error:
                self.problems.append(Diagnostic("SRC-01", Place(here), {"why": error.strerror}))
                continue
            self.read_files(root, here, names, pending)

    def read_files(self, root: Path, here: str, names: list[str], pending: list[str]) -> None:
        """Take the files of a folder; those in a known state from what is known."""
        key = str(root / here)
        before, files = (self._known and self._known.get(key)) or Listing({}, {})
        found = dict(zip(names, states(key, names), strict=True))
        same = found if found == before else {n: state for n, state in found.items() if before.get(n) == state}
        others = len(found) - len(same) + len(before.keys() - found.keys())
        if len(same) < len(before):
            files = dict(files)
            for name in before.keys() - same.keys():
                del files[file_names.form(f"{here}/{name}")]
        self.files |= files  # as they were; they were right then
        self._note(files)
        self._states, self._root, new = same, str(root), {}
        for name in sorted(found.keys() - same.keys()):
            path = f"{here}/{name}"
            if not file_names.is_litter(name):
                self._look(root, root / path, path, pending)
            if name in same:
                path = file_names.form(path)
                new[path] = self.files[path]
        if self._known is not None and others > len(found) // PART:
            self._known.put(key, Listing(same, files | new))

    def _note(self, files: Mapping[str, Source]) -> None:
        """Take note of where files lie."""
        if not "".join(files).isascii():
            self._stored |= {path: source.stored or path for path, source in files.items() if not path.isascii()}

    def _look(self, root: Path, file: Path, stored: str, pending: list[str]) -> None:
        """Take a file, or note a folder as pending, or say what is wrong with it."""
        path, top = file_names.form(stored), stored.partition("/")[0]
        problem = file_names.fault(path)
        if problem:
            self.problems.append(problem)
        elif _is(file.is_symlink) and not _stays_inside(root / top, file):
            self.problems.append(Diagnostic("SRC-03", Place(path), {"folder": top}))
        elif _is(file.is_dir):
            if file_names.is_mistaken(path) or path in self.files:
                self.problems.append(Diagnostic("SRC-14", Place(path)))
            else:
                pending.append(stored)
        elif self._stored.get(path, stored) != stored:
            self.problems.append(Diagnostic("SRC-04", Place(path), {"other": path}))
        else:
            self.files.pop(path, None)  # of the theme
            source = self._read_file(file, path, stored)
            if source:
                self.files[path] = source
                self._note({path: source})

    def _read_file(self, file: Path, path: str, stored: str) -> Source | None:
        suffix = PurePosixPath(path).suffix.lower()
        is_text = suffix in file_names.TEXT_SUFFIXES or suffix in FORMATS
        limit = MAX_STYLE if suffix == ".css" else MAX_TEXT if is_text else MAX_FILE
        limit = MAX_TEMPLATE if path.startswith("templates/") else limit
        try:
            info, data = contents(file, limit)
        except OSError as error:
            self.problems.append(Diagnostic("SRC-01", Place(path), {"why": error.strerror}))
            return None
        if data is None:
            args = {"size": size(info.st_size), "limit": size(limit)}
            self.problems.append(Diagnostic("SRC-02", Place(path), args))
            return None
        problem = fault(path, data) if is_text else None
        if suffix == ".svg" and not problem:
            from honorroll.inputs import drawings  # seldom new

            problem = drawings.fault(path, data)
        if problem:
            self.problems.append(problem)
            return None if problem.rule == "SRC-05" else Source(path, data, fingerprint(data))
        if is_settled(info, self._now):
            self._states[file.name] = state(info)
        return Source(path, None, fingerprint(data), self._root, "" if stored == path else stored)


def _is(question: Callable[[], bool]) -> bool:
    """The answer; no where the system refuses one: reading the file says so."""
    with suppress(OSError):
        return question()
    return False


def _stays_inside(top: Path, link: Path) -> bool:
    """Whether a link leads to what may be read in its place anyway: in the same folder of the project, and not hidden there.

    So no link publishes what is private (`.git`, `.cache`, data). Nor may it lead to a folder that holds the link itself.
    """
    try:
        target, place = link.resolve(), link.parent.resolve()
    except (OSError, RuntimeError):  # a link that leads to itself: reading it says so
        return True
    inner = target.relative_to(top.resolve()).parts if target.is_relative_to(top.resolve()) else (".",)
    return not any(map(file_names.is_litter, inner)) and not place.is_relative_to(target)


def _clashes(files: Mapping[str, Source]) -> Iterator[Diagnostic]:
    """Names that differ only in case or Unicode form are one file on Windows and macOS."""
    if len({path.lower() for path in files}) == len(files) and "".join(files).isascii():
        return
    from unicodedata import normalize

    seen: dict[str, str] = {}
    for path in files:
        plain = path.lower() if path.isascii() else normalize("NFC", path).casefold()
        if plain in seen:
            yield Diagnostic("SRC-04", Place(path), {"other": seen[plain]})
        seen[plain] = path

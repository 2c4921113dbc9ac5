"""Which names of files and folders are litter, cannot be had everywhere, or belong to the other of the two."""

from pathlib import PurePosixPath

TEXT_SUFFIXES = frozenset({".yaml", ".yml", ".md", ".html", ".xml", ".txt", ".css", ".js", ".svg"})

#: What a file's name ends in, and a folder's only by mistake.
_FILES = TEXT_SUFFIXES | {".jpg", ".jpeg", ".png", ".webp", ".gif"}

#: What editors, file managers and synchronisers leave behind.
_LITTER = frozenset({"thumbs.db", "desktop.ini", "__macosx"})

#: What Windows does not allow in a file's name.
_BAD = frozenset('\\:*?"<>|')


def is_litter(name: str) -> bool:
    """Whether a file or folder of this name is no input."""
    return name.startswith((".", "~$", "#")) or name.endswith(("~", ".swp", ".tmp", ".bak")) or name.lower() in _LITTER


def is_bad(name: str) -> bool:
    """Whether some systems refuse the name, or nobody sees all of it."""
    return not name.isprintable() or not _BAD.isdisjoint(name)


def is_mistaken(folder: str) -> bool:
    """Whether a folder is named as only a file should be; what is published as it is may have any name."""
    return PurePosixPath(folder).suffix.lower() in _FILES and not folder.startswith("static/")

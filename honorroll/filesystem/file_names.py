"""Names of input files: which are passed over, which are refused, and the one form in which all of them are known."""

import re
from pathlib import PurePosixPath
from unicodedata import category, name, normalize

from honorroll.diagnostics import Diagnostic, Place

TEXT_SUFFIXES = frozenset({".yaml", ".yml", ".md", ".html", ".xml", ".txt", ".css", ".js", ".svg"})

#: What a file's name ends in, and a folder's only by mistake.
_SUFFIXES = TEXT_SUFFIXES | {".jpg", ".jpeg", ".png", ".webp", ".gif"}

#: What editors, file managers and synchronisers leave behind.
_LITTER = frozenset({"thumbs.db", "desktop.ini", "__macosx"})

#: What Windows does not allow in a file's name, and what it is called.
_SIGNS = {
    "\\": ("反斜杠", "a backslash"),
    ":": ("半角冒号", "a colon"),
    "*": ("星号", "an asterisk"),
    "?": ("半角问号", "a question mark"),
    '"': ("半角双引号", "a double quote"),
    "<": ("小于号", "a less-than sign"),
    ">": ("大于号", "a greater-than sign"),
    "|": ("竖线", "a vertical bar"),
}

#: What cannot be seen, and what it is called where people know it.
_UNSEEN = {
    "\n": ("换行", "a line feed"),
    "\r": ("回车", "a carriage return"),
    "\t": ("制表符", "a tab"),
    "\u00ad": ("软连字符", "a soft hyphen"),
    "\u200b": ("零宽空格", "a zero-width space"),
    "\u200d": ("零宽连接符", "a zero-width joiner"),
    "\u200e": ("书写方向标记", "a left-to-right mark"),
    "\u200f": ("书写方向标记", "a right-to-left mark"),
    "\u202e": ("书写方向标记", "a right-to-left override"),
    "\ufeff": ("字节顺序标记", "a byte-order mark"),
}

#: Kinds of characters that no name may hold: controls, signs that only steer others, halves of a pair, line separators.
_REFUSED = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})

#: Names that Windows keeps for devices, with any suffix.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³]) *(?:\.|$)", re.IGNORECASE)


def is_litter(file: str) -> bool:
    """Whether a file or folder of this name is passed over."""
    return (
        file.startswith((".", "~$"))
        or file.endswith(("~", ".swp", ".tmp", ".bak"))
        or (file.startswith("#") and file.endswith("#"))  # what Emacs saves by itself
        or file.lower() in _LITTER
    )


def is_mistaken(folder: str) -> bool:
    """Whether a folder is named as only a file should be; what is published as it is may have any name."""
    return PurePosixPath(folder).suffix.lower() in _SUFFIXES and not folder.startswith("static/")


def form(path: str) -> str:
    """A path as everybody writes it (NFC). macOS hands out names with letters and their marks apart."""
    return path if path.isascii() else normalize("NFC", path)


def fault(path: str) -> Diagnostic | None:
    """SRC-09: the last part of a path is a name that some systems refuse, or that holds what cannot be seen."""
    file = path.rpartition("/")[2]
    if file.isascii() and file.isprintable() and not _SIGNS.keys() & {*file}:
        found = None
    else:
        found = next(((at, sign) for at, sign in enumerate(file) if _is_refused(file, at, sign)), None)
    if found:
        at, sign = found[0] + 1, _called(found[1])
        why = f"的第 {at} 个字符是{sign[0]}", f"has {sign[1]} as character {at}"
    elif file[-1:] in {" ", "."}:
        why = (
            f"以{'空格' if file[-1] == ' ' else '句点'}结尾",
            f"ends in a {'blank' if file[-1] == ' ' else 'full stop'}",
        )
    elif device := _DEVICES.match(file):
        word = device[0].rstrip(" .")
        why = f"是 Windows 留给设备的“{word}”", f"is `{word}`, which Windows keeps for a device"
    else:
        return None
    return Diagnostic("SRC-09", Place(path), {"why_zh": why[0], "why": why[1]})


def _is_refused(file: str, at: int, sign: str) -> bool:
    if sign in _SIGNS:
        return True
    if sign == "\u200d" and 0 < at < len(file) - 1:  # it joins pictographs to one, as in a family
        return file[at - 1] < "\u2190" or file[at + 1] < "\u2190"
    return category(sign) in _REFUSED or ord(sign) & 0xFFFE == 0xFFFE or "\ufdd0" <= sign <= "\ufdef"


def _called(sign: str) -> tuple[str, str]:
    """What a character is called, in Chinese and in English."""
    if sign in _SIGNS:
        zh, en = _SIGNS[sign]
        return f"{zh}“{sign}”", f"{en} `{sign}`"
    number = ord(sign)
    if 0xDC80 <= number <= 0xDCFF:
        return f"不合 UTF-8 的字节 0x{number - 0xDC00:02X}", f"the byte 0x{number - 0xDC00:02X}, which is no UTF-8,"
    zh, en = _UNSEEN.get(
        sign, ("看不见的字符", f"an invisible character ({name(sign, 'a control character').lower()})")
    )
    return f"{zh}（U+{number:04X}）", f"{en} (U+{number:04X})"

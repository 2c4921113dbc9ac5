"""Edits of data files, with all else left as it was typed: comments, order, quotes, line ends."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from honorroll.diagnostics import Keys
from honorroll.filesystem import MovedError, own_files
from honorroll.inputs.readers import reader


def with_value(path: str, data: bytes, keys: Keys, key: str, value: str, *, behind: str) -> bytes | None:
    """The bytes of a file of records with one more value in one of them; none where that cannot be done for sure.

    Args:
        path: of the file.
        data: its bytes.
        keys: what leads to the mapping in it: which of its records, and where in that.
        key: of the new value. It may stand there already, with nothing behind it.
        value: a text that needs no quotes.
        behind: the key of a value that the record has; the new line follows it.
    """
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    plain = _plain(text)
    before, faults = reader(path).decode(path, plain)
    if faults or not isinstance(before, list):
        return None
    new = _spliced(path, text, keys, key, value, behind)
    if new is None:
        return None
    inner: Any = before
    for one in keys:
        inner = inner[one]
    if not isinstance(inner, dict):
        return None
    inner[key] = value
    after, faults = reader(path).decode(path, _plain(new))
    return None if faults or after != before else new.encode()


def _plain(text: str) -> str:
    """As a source gives it (`Source.text`)."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _spliced(path: str, text: str, inside: Keys, key: str, value: str, behind: str) -> str | None:
    """The text with the value put where it seems to belong; whoever asks reads it again."""
    plain, lines = _plain(text), _lines(text)
    mark = text[: len(text) - len(text.removeprefix("\ufeff"))]

    def spot(*keys: str | int, on_key: bool = False) -> tuple[int, int, int, str]:
        line, column, length = reader(path).locate(plain, keys, on_key)
        return line, column, column + length, lines[line][column : column + length]

    line, _, end, typed = spot(*inside, key, on_key=True)
    if typed.strip("\"'") == key:
        colon = lines[line].find(":", end) + 1
        lines[line] = f"{lines[line][:colon]} {value}{lines[line][colon:]}"
        return mark + "".join(lines) if colon else None
    _, column, _, _ = spot(*inside, behind, on_key=True)
    line, _, end, _ = spot(*inside, behind)
    if spot(*inside)[3] == "{":
        lines[line] = f"{lines[line][:end]}, {key}: {value}{lines[line][end:]}"
        return mark + "".join(lines)
    ending = "\r\n" if lines[0].endswith("\r\n") else "\n"
    is_last = not lines[line].endswith(("\n", "\r"))
    new = f"{' ' * column}{key}: {value}"
    lines.insert(line + 1, f"{ending}{new}" if is_last else f"{new}{ending}")
    return mark + "".join(lines)


def _lines(text: str) -> list[str]:
    """The lines without a byte-order mark, with their ends."""
    plain, lines, start = text.removeprefix("\ufeff"), [], 0
    while start < len(plain):
        found = [at for at in (plain.find("\n", start), plain.find("\r", start)) if at >= 0]
        end = min(found, default=len(plain) - 1)
        end += 2 if plain[end : end + 2] == "\r\n" else 1
        lines.append(plain[start:end])
        start = end
    return lines


def write(root: Path, edits: Mapping[str, tuple[bytes, bytes]]) -> None:
    """Write edited files, each in one step and with the mode that it has.

    Args:
        root: the project's folder.
        edits: by path, the bytes that were read and the new ones.

    Raises:
        MovedError: somebody has edited one of them meanwhile; nothing was written.
        OSError: one cannot be written.
    """
    for path, (old, _) in edits.items():
        if (root / path).read_bytes() != old:
            raise MovedError(path)
    for path, (_, new) in edits.items():
        file = (root / path).resolve()  # a link stays one
        mode = file.stat().st_mode
        own_files.put(file, new)
        file.chmod(mode)

"""Edits of YAML with all else left as it was typed: comments, order, quotes, blank lines, indentation, line ends.

The values are found at the parser's marks, and only their characters are replaced. Whatever comes of it is read again
with the project's own reader and compared with what was meant.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any, NamedTuple, cast

import yaml

from honorroll.diagnostics import Diagnostic, Keys
from honorroll.editing.as_typed import (
    Style,
    Value,
    behind_key,
    field_lines,
    in_line,
    item_lines,
    lines_of,
    normal,
    style_of,
)
from honorroll.inputs import front_matter, reader

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
#: Line ends for YAML, but for no editor: our reader takes them for blanks.
_BLANKS = str.maketrans("\x85\u2028\u2029", "   ")


#: Of a longer list only so many items at its end are parsed to add others.
_TAIL = 50


class More(list[Value]):
    """Items that come behind those which a list has."""


class _Splice(NamedTuple):
    """What takes the place of some characters of the plain text."""

    start: int
    end: int
    text: str


class _UnsureError(Exception):
    """An edit is better left to people."""


def set_values(path: str, data: bytes, keys: Keys, values: Mapping[str, Value | None]) -> bytes | None:
    """The bytes of a data file or Markdown file with other values for some fields of one mapping.

    Args:
        path: of the file; its suffix tells the format.
        data: its bytes.
        keys: what leads to the mapping, such as `(3,)` for the fourth record, `(3, "reported")` for a part of it, or
            `()` for front matter.
        values: by field. A field that is there stays in its place, a new one comes last; `None` removes one.

    Returns:
        The new bytes; none where that cannot be done for sure.
    """
    return set_all(path, data, [(keys, values)])


def set_all(path: str, data: bytes, edits: Sequence[tuple[Keys, Mapping[str, Value | None]]]) -> bytes | None:
    """The same for several mappings of a file at once; for each, its keys before the edit."""
    file = _File.of(path, data)
    if file is None:
        return None
    meant = file.value()
    try:
        splices = [splice for keys, values in edits for splice in _Mapping(file, keys).splices(values)]
    except _UnsureError:
        return None
    for keys, values in edits:
        if not keys and meant is None:
            meant = {}
        inner: Any = meant
        for key in keys:
            inner = inner[key]
        for key, value in values.items():
            if value is None:
                inner.pop(key, None)
            elif isinstance(value, More):
                inner[key] = [*(inner.get(key) or []), *value]
            else:
                inner[key] = value
    return file.with_splices(splices, meant)


def set_texts(path: str, data: bytes, texts: Sequence[tuple[Keys, str]]) -> bytes | None:
    """The bytes of a file with other texts in the place of some that stand there, such as an id in a list.

    Args:
        path: of the file.
        data: its bytes.
        texts: what leads to each, and the new text, in one line.
    """
    file = _File.of(path, data)
    if file is None:
        return None
    meant, splices = file.value(), []
    try:
        for keys, text in texts:
            node, around, holder = file.root, False, meant
            for key in keys:
                around = around or bool(isinstance(node, yaml.CollectionNode) and node.flow_style)
                node = _inside(node, key)
            for key in keys[:-1]:
                holder = holder[key]
            if (
                not isinstance(node, yaml.ScalarNode)
                or node.style in {"|", ">"}
                or not isinstance(holder[keys[-1]], str)
            ):
                return None
            holder[keys[-1]] = text
            typed = in_line(text, flow=around)
            quote = node.style or ""
            typed = f"{quote}{text}{quote}" if quote and typed == text else typed
            splices.append(_Splice(_mark(node.start_mark), _mark(node.end_mark), typed))
    except _UnsureError:
        return None
    return file.with_splices(splices, meant)


def without(path: str, data: bytes, number: int) -> bytes | None:
    """The bytes of a file of records without one of them, the first being 0. A comment above it stays.

    Args:
        path: of the file.
        data: its bytes.
        number: which one; the last that is left cannot be taken out for sure unless it stands alone in its lines.
    """
    file = _File.of(path, data)
    if file is None or not isinstance(file.root, yaml.SequenceNode) or file.root.flow_style:
        return None
    node, text = file.root.value[number], file.front
    start = text.rfind("\n", 0, node.start_mark.index) + 1
    if text[start : node.start_mark.index].strip() != "-":
        return None
    end = min(file.end_of_line(_end(text, node)) + 1, len(text))
    meant = file.value()
    del meant[number]
    return file.with_splices([_Splice(start, end, "" if meant else "[]\n")], meant)


def append(path: str, data: bytes | None, records: Sequence[Mapping[str, Value]]) -> bytes | None:
    """The bytes of a file of records with new ones at its end.

    Args:
        path: of the file.
        data: its bytes; none for a new file.
        records: by field what is typed there, in the order of the fields.

    Returns:
        The new bytes; none where that cannot be done for sure.
    """
    if path.endswith(".md"):
        return None
    if not records:
        return data
    if data and (made := _behind(path, data, records)):
        return made
    file = _File.of(path, data or b"")
    if file is None:
        return None
    before, root = file.value(), file.root
    if before is not None and not isinstance(before, list):
        return None
    splice = _in_flow(file, root, records) if isinstance(root, yaml.SequenceNode) and root.flow_style else None
    splice = splice or _at_end(file, root, records)
    return file.with_splices([splice], [*(before or []), *records])


def _behind(path: str, data: bytes, records: Sequence[Mapping[str, Value]]) -> bytes | None:
    """The same for a long file, of which only the end is parsed: its items stand apart plainly. None where they do not."""
    try:
        raw = data.decode()
    except UnicodeDecodeError:
        return None
    one = reader(path)
    before = one.items(plain := _plain(raw))
    if len(before) <= _TAIL or not plain.endswith("\n"):
        return None
    end = "".join(before[-_TAIL:]).encode()
    made = append(path, end, records)
    if made is None or not made.startswith(end):
        return None
    ending = "\r\n" if "\r\n" in raw else "\n" if "\n" in raw else "\r"
    new = raw + made[len(end) :].decode().replace("\n", ending)
    after = one.items(_plain(new))
    return (
        new.encode() if after[: len(before) - 1] == before[:-1] and len(after) == len(before) + len(records) else None
    )


def _plain(raw: str) -> str:
    """The text as a source gives it (`Source.text`)."""
    return raw.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def document(values: Mapping[str, Value], body: str) -> bytes:
    """A new Markdown file: the values in front of the text, and the text."""
    front = "\n".join(lines_of(values, 0, Style()))
    text = normal(body)
    return (f"---\n{front}\n---\n" + (f"\n{text}\n" if text else "")).encode()


class _File:
    """A file that is edited: its text with plain line ends, its YAML's nodes, and what its bytes were."""

    def __init__(self, path: str, data: bytes) -> None:
        """Read a file. Raises `_UnsureError` for one that is not right."""
        self.path = path
        try:
            raw = data.decode()
        except UnicodeDecodeError:
            raise _UnsureError from None
        self.mark = raw[: len(raw) - len(raw.removeprefix("\ufeff"))]
        self.lines: list[str] = _LINES.findall(raw.removeprefix("\ufeff"))
        self.ending = next((line[len(line.rstrip("\r\n")) :] for line in self.lines), "") or "\n"
        plain = [line.rstrip("\r\n") + ("\n" if line[-1] in "\r\n" else "") for line in self.lines]
        self.text = "".join(plain)
        self.starts = [0, *accumulate(map(len, plain))]
        self.reader = reader(path)
        value, faults = self.reader.decode(path, self.text)
        self.offset, front = 0, self.text
        if path.endswith(".md"):
            parts = front_matter.split(path, self.text)
            if isinstance(parts, Diagnostic):
                raise _UnsureError
            self.offset = self.starts[1]
            front = self.text[self.offset : self.starts[parts.body_line - 2]]
        if faults:
            raise _UnsureError
        self._value = value
        self.front = front.translate(_BLANKS)
        try:
            self.root: yaml.Node | None = yaml.compose(self.front, Loader=_LOADER)
        except yaml.YAMLError:  # such as one anchor twice, which our reader lets pass
            raise _UnsureError from None
        self.style = style_of(self.root)

    @classmethod
    def of(cls, path: str, data: bytes) -> "_File | None":
        """A file, if it is right."""
        try:
            return cls(path, data)
        except _UnsureError:
            return None

    def value(self) -> Any:
        """What the file says, for the caller to change."""
        return _copy(self._value)

    def end_of_line(self, at: int) -> int:
        """Where the line of a place in the YAML ends, before its line feed."""
        end = self.front.find("\n", at)
        return len(self.front) if end < 0 else end

    def with_splices(self, splices: Iterable[_Splice], meant: Any) -> bytes | None:
        """The new bytes, if they say what is meant."""
        made, last = [self.mark], 0
        for start, end, text in sorted(splices, key=lambda one: one[:2]):
            if start + self.offset < last:
                return None
            made += [self._raw(last, start + self.offset), text.replace("\n", self.ending)]
            last = end + self.offset
        made.append(self._raw(last, len(self.text)))
        new = "".join(made)
        value, faults = self.reader.decode(self.path, _plain(new))
        return None if faults or normal(value) != normal(meant) else new.encode()

    def _raw(self, start: int, end: int) -> str:
        """The text between two places, as it was typed."""
        if start >= end:
            return ""
        first, last = bisect_right(self.starts, start) - 1, bisect_right(self.starts, end) - 1
        if last >= len(self.lines):
            raw, tail = "".join(self.lines[first:]), ""
        else:
            raw, tail = "".join(self.lines[first:last]), self.lines[last][: end - self.starts[last]]
        return (raw + tail)[start - self.starts[first] :]


def _copy(value: Any) -> Any:
    """A copy without anything shared."""
    if isinstance(value, dict):
        return {key: _copy(inner) for key, inner in value.items()}
    return [_copy(inner) for inner in value] if isinstance(value, list) else value


class _Mapping:
    """The mapping that is edited."""

    def __init__(self, file: _File, keys: Keys) -> None:
        """Find it. Raises `_UnsureError` where there is none."""
        self.file, node = file, file.root
        for key in keys:
            node = _inside(node, key)
        if not (isinstance(node, yaml.MappingNode) or (node is None and not keys)):
            raise _UnsureError
        self.node = node
        self.pairs: list[tuple[yaml.Node, yaml.Node]] = node.value if isinstance(node, yaml.MappingNode) else []

    def splices(self, values: Mapping[str, Value | None]) -> list[_Splice]:
        """What has to be replaced."""
        known = {key.value: (key, value) for key, value in self.pairs}
        gone = {key for key in known if key in values and values[key] is None}
        new = {key: value for key, value in values.items() if key not in known and value is not None}
        if gone and len(gone) == len(known) and self.node:
            raise _UnsureError  # an empty mapping is no record
        made = [self._removed(number, gone) for number, (key, _) in enumerate(self.pairs) if key.value in gone]
        for key, value in values.items():
            if key in known and isinstance(value, More) and getattr(known[key][1], "value", None):
                made.append(self._extended(known[key][1], value))
            elif key in known and value is not None:
                made.append(self._changed(*known[key], value))
        if new:
            made.append(self._added(new, gone))
        return made

    def _flow(self) -> bool:
        return bool(self.node and self.node.flow_style)

    def _changed(self, key: yaml.Node, node: yaml.Node, value: Value) -> _Splice:
        text = self.file.front
        colon = text.find(":", _mark(key.end_mark)) + 1
        if not colon or node.start_mark.index < colon - 1:
            raise _UnsureError
        start, end = max(node.start_mark.index, colon), max(_end(text, node), colon)
        is_empty = isinstance(node, yaml.ScalarNode) and not node.value and start >= end
        if self._flow():
            typed = in_line(value, flow=True)
            return _Splice(colon, colon, f" {typed}") if is_empty else _Splice(start, end, typed)
        first, rest = behind_key(key.value, value, key.start_mark.column, self._style(node))
        if is_empty:
            start = end = colon
        is_below = "\n" in text[colon:start]
        if is_below:
            comment, gap = text[colon : self.file.end_of_line(colon)].rstrip(), " "
            if isinstance(node, yaml.CollectionNode) and not node.flow_style:
                end = self.file.end_of_line(end)  # a comment there is the last item's
        else:
            gap = text[colon:start] or " "
            is_block = isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}
            comment = "" if is_block else text[end : self.file.end_of_line(end)]
            end = end if is_block else self.file.end_of_line(end)
        comment = comment if comment.strip() else ""
        head = (gap if first else "") + first + comment
        return _Splice(colon, end, "\n".join([head, *rest]))

    def _extended(self, node: yaml.Node, more: More) -> _Splice:
        """New items behind the last one of a list."""
        if not isinstance(node, yaml.SequenceNode):
            raise _UnsureError
        if node.flow_style:
            at = _end(self.file.front, node.value[-1])
            return _Splice(at, at, "".join(f", {in_line(item, flow=True)}" for item in more))
        at, column, last = self.file.end_of_line(_end(self.file.front, node)), node.start_mark.column, node.value[-1]
        if isinstance(last, yaml.MappingNode) and last.flow_style:
            lines = [f"{' ' * column}- {in_line(item, flow=True)}" for item in more]
        else:
            lines = [line for item in more for line in item_lines(item, column, self.file.style)]
        return _Splice(at, at, "".join(f"\n{line}" for line in lines))

    def _style(self, node: yaml.Node) -> Style:
        """The file's style, where this value's own does not tell."""
        style, own = self.file.style, style_of_value(node)
        if own is None:
            return style
        names = frozenset(key.value for key, value in self.pairs if value is node)
        return (
            Style(style.blocks | names, style.flows - names, style.step)
            if own
            else Style(style.blocks - names, style.flows | names, style.step)
        )

    def _added(self, new: Mapping[str, Value], gone: set[str]) -> _Splice:
        text = self.file.front
        kept = [(key, value) for key, value in self.pairs if key.value not in gone]
        if self.node is None:
            lines = lines_of(new, 0, self.file.style)
            start = len(text)
            return _Splice(start, start, ("\n" if text and not text.endswith("\n") else "") + "\n".join(lines) + "\n")
        if self._flow():
            typed = in_line(new, flow=True)[1:-1]
            at = _end(text, kept[-1][1]) if kept else self.node.start_mark.index + 1
            colon = text.find(":", _mark(kept[-1][0].end_mark)) + 1 if kept else 0
            at = max(at, colon)
            return _Splice(at, at, f", {typed}" if kept else typed)
        key, value = kept[-1]
        column = self.pairs[0][0].start_mark.column
        at = self.file.end_of_line(max(_end(text, value), _mark(key.end_mark)))
        lines = [line for name, one in new.items() for line in field_lines(name, one, column, self.file.style)]
        return _Splice(at, at, "".join(f"\n{line}" for line in lines))

    def _removed(self, number: int, gone: set[str]) -> _Splice:
        text = self.file.front
        key, value = self.pairs[number]
        end = max(_end(text, value), _mark(key.end_mark))
        following = self.pairs[number + 1][0].start_mark.index if number + 1 < len(self.pairs) else None
        if self._flow():
            if following is not None:
                return _Splice(key.start_mark.index, following, "")
            before = self.pairs[number - 1]
            if before[0].value in gone:
                raise _UnsureError
            return _Splice(max(_end(text, before[1]), _mark(before[0].end_mark)), end, "")
        start = text.rfind("\n", 0, key.start_mark.index) + 1
        if text[start : key.start_mark.index].strip():  # behind the dash of a list
            between = text[self.file.end_of_line(end) : following] if following is not None else "#"
            if between.strip():
                raise _UnsureError
            return _Splice(key.start_mark.index, following or 0, "")
        return _Splice(start, min(self.file.end_of_line(end) + 1, len(text)), "")


def style_of_value(node: yaml.Node) -> bool | None:
    """Whether a value is written in lines of its own; none where it says nothing of how the next one is to be."""
    if isinstance(node, yaml.SequenceNode) and node.value:
        return not node.flow_style
    return node.style in {"|", ">"} if isinstance(node, yaml.ScalarNode) and node.value else None


def _inside(node: yaml.Node | None, key: str | int) -> yaml.Node:
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and 0 <= key < len(node.value):
        return cast(yaml.Node, node.value[key])
    if isinstance(node, yaml.MappingNode):
        for one, value in node.value:
            if one.value == key:
                return cast(yaml.Node, value)
    raise _UnsureError


def _mark(mark: Any) -> int:
    at: int = mark.index
    return at


def _end(text: str, node: yaml.Node) -> int:
    """Where a node's own characters end, without the blank lines and comments that the parser counts in."""
    if isinstance(node, yaml.ScalarNode):
        typed = text[node.start_mark.index : node.end_mark.index]
        if node.style not in {"|", ">"}:
            return _mark(node.end_mark)
        end = node.start_mark.index + len(typed.rstrip())
        stop = text.find("\n", end)
        return len(text) if stop < 0 else stop
    if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
        return _mark(node.end_mark)
    last = node.value[-1]
    return (
        _end(text, last) if isinstance(node, yaml.SequenceNode) else max(_end(text, last[1]), _mark(last[0].end_mark))
    )


def _in_flow(file: _File, root: yaml.SequenceNode, records: Sequence[Mapping[str, Value]]) -> _Splice | None:
    """New items of a list in brackets; an empty one becomes a list of lines."""
    text, start, end = file.front, _mark(root.start_mark), _mark(root.end_mark)
    if root.value:
        at = _end(text, root.value[-1])
        return _Splice(at, at, "".join(f", {in_line(record, flow=True)}" for record in records))
    before = text[text.rfind("\n", 0, start) + 1 : start]
    if before or text[end : file.end_of_line(end)].strip():
        return _Splice(start + 1, end - 1, ", ".join(in_line(record, flow=True) for record in records))
    lines = [line for record in records for line in item_lines(record, 0, file.style)]
    return _Splice(start, end, "\n".join(lines))


def _at_end(file: _File, root: yaml.Node | None, records: Sequence[Mapping[str, Value]]) -> _Splice:
    """New records below all that a file holds."""
    text, column, is_apart = file.front, 0, False
    if isinstance(root, yaml.SequenceNode):
        column = root.start_mark.column
        if len(root.value) > 1:
            ends = file.end_of_line(_end(text, root.value[-2]))
            is_apart = text[ends : root.value[-1].start_mark.index].startswith("\n\n")
    groups = [item_lines(record, column, file.style) for record in records]
    typed = ("\n\n" if is_apart else "\n").join("\n".join(lines) for lines in groups)
    start = "" if not text or text.endswith("\n") else "\n"
    if is_apart and not (text + start).endswith("\n\n"):
        start += "\n"
    return _Splice(len(text), len(text), f"{start}{typed}\n")

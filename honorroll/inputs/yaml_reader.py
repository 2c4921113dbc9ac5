"""YAML to plain values, and the place of each.

The text is read from the parser's events with an explicit stack, so no nesting can exhaust
Python's own. Scalars stay the text that was typed; what it means is for the schema to say.
Nothing of a place is kept: `locate` reads the file once more when a finding needs one.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import yaml
from msgspec import Struct, field

from honorroll.diagnostics import Diagnostic, Keys, Place
from honorroll.filesystem import hidden_characters
from honorroll.inputs import yaml_hints

#: No campaign needs more; a document beyond these is a mistake or an attack.
MAX_DEPTH, MAX_ALIASES, MAX_EXPANDED = 30, 100, 100_000

#: The most values and keys of one document, some 15,000 records: as many are read in seconds.
MAX_VALUES = 200_000

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

#: What an escape such as `\\0` may not smuggle in.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
#: Line ends for YAML, but for no editor: they would shift every place below them.
_LINE_ENDS = ("\x85", "\u2028", "\u2029")

Marks = dict[tuple[Keys, bool], tuple[int, int, int]]


class _Open(Struct):
    """A list or mapping that is being read."""

    value: Any
    keys: Keys
    anchor: str | None
    start: int
    flow: bool = False
    key: str | None = None
    known: set[str] = field(default_factory=set)


class _Document:
    """Builds one document from events."""

    def __init__(self, path: str, text: str) -> None:
        self.path, self.text = path, text
        self.slipped = False
        self.problems: list[Diagnostic] = []
        self.marks: Marks = {}
        self.stack: list[_Open] = []
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.nodes = self.aliases = 0
        self.root: Any = None

    def report(self, rule: str, mark: Any, length: int = 1, **args: object) -> None:
        self.problems.append(
            Diagnostic(rule, Place(self.path, line=mark.line + 1, column=mark.column + 1, length=length), args)
        )

    def next_keys(self) -> Keys:
        if not self.stack:
            return ()
        top = self.stack[-1]
        return (*top.keys, len(top.value) if isinstance(top.value, list) else top.key or "")

    def take(self, value: Any) -> None:
        """Put a finished value where it belongs."""
        if not self.stack:
            self.root = value
            return
        top = self.stack[-1]
        if isinstance(top.value, list):
            top.value.append(value)
            return
        if top.key is not None:
            if value is not None:  # a key without a value counts as not written
                top.value.setdefault(top.key, value)
            top.key = None

    def scalar(self, event: yaml.ScalarEvent) -> None:
        self.nodes += 1
        text: str = event.value
        mark: Any = event.start_mark  # the parser always sets both marks, whatever the stubs say
        end: Any = event.end_mark
        length = max(1, end.column - mark.column) if end.line == mark.line else 1
        if event.style == '"':
            self.escaped(text, mark, end, length)
        top = self.stack[-1] if self.stack else None
        is_key = top is not None and isinstance(top.value, dict) and top.key is None
        if not event.style:
            listed = top is not None and top.flow and isinstance(top.value, list)
            slip = yaml_hints.in_block(self.text, mark.index) if end.line > mark.line and not is_key else None
            self.slip(
                slip or (yaml_hints.in_key(text) if is_key else yaml_hints.in_text(text, listed=listed)), text, mark
            )
            if not is_key and (at := yaml_hints.cut(self.text, end.index)) >= 0:
                self.slipped = True
                place = Place(self.path, line=end.line + 1, column=end.column + at - end.index + 1)
                self.problems.append(Diagnostic("YML-13", place))
        if top is not None and is_key:
            if text in top.known:
                self.report("YML-02", mark, length, key=text)
            top.known.add(text)
            top.key = text
            self.marks.setdefault(((*top.keys, text), True), (mark.line, mark.column, length))
            return
        self.marks.setdefault((self.next_keys(), False), (mark.line, mark.column, length))
        value = None if not event.style and text in _NULL else text
        if event.anchor:
            self.anchors[event.anchor] = (value, 1)
        self.take(value)

    def escaped(self, text: str, mark: Any, end: Any, length: int) -> None:
        """Report what an escape smuggles in; what was typed as it is was seen by whoever read the file."""
        if _CONTROL.search(text):
            self.report("SRC-08", mark, length)
        turning = hidden_characters.turning(text)
        if turning and turning not in self.text[mark.index : end.index]:
            self.report("SRC-13", mark, length, **hidden_characters.called(turning))

    def slip(self, slip: yaml_hints.Slip | None, value: str, mark: Any) -> None:
        """Report a slip in a plain value at its character, which may stand in a later line."""
        if slip is None:
            return
        self.slipped = True
        at = self.text.find(value[slip.start], mark.index)
        line = self.text.count("\n", mark.index, at)
        column = mark.column + at - mark.index if not line else at - self.text.rindex("\n", 0, at) - 1
        self.problems.append(
            Diagnostic(slip.rule, Place(self.path, line=mark.line + line + 1, column=column + 1), slip.args)
        )

    def open(self, event: yaml.CollectionStartEvent, value: Any) -> bool:
        """Begin a list or mapping; false when the document goes too deep."""
        self.nodes += 1
        top = self.stack[-1] if self.stack else None
        if len(self.stack) >= MAX_DEPTH:
            self.report("YML-04", event.start_mark, limit=MAX_DEPTH)
            return False
        if top is not None and isinstance(top.value, dict) and top.key is None:
            self.report("YML-09", event.start_mark)
            return False
        keys = self.next_keys()
        mark: Any = event.start_mark
        self.marks.setdefault((keys, False), (mark.line, mark.column, 1))
        self.stack.append(_Open(value, keys, event.anchor, self.nodes, bool(event.flow_style)))
        return True

    def close(self) -> None:
        done = self.stack.pop()
        if done.anchor:
            self.anchors[done.anchor] = (done.value, self.nodes - done.start + 1)
        self.take(done.value)

    def alias(self, event: yaml.AliasEvent) -> bool:
        value, size = self.anchors.get(event.anchor or "", (None, 0))
        self.aliases += 1
        self.nodes += size
        top = self.stack[-1] if self.stack else None
        if top is not None and isinstance(top.value, dict) and top.key is None:
            self.report("YML-09", event.start_mark)
            return False
        if not size:
            self.report("YML-10", event.start_mark, name=event.anchor)
            return False
        if self.aliases > MAX_ALIASES or self.nodes > MAX_EXPANDED:
            self.report("YML-03", event.start_mark, limit=MAX_ALIASES)
            return False
        self.take(value)
        return True

    def feed(self, event: yaml.Event) -> bool:
        """Take one event; false to stop reading."""
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event)
        if self.nodes > MAX_VALUES:
            self.report("YML-14", event.start_mark, limit=MAX_VALUES)
            return False
        tag = getattr(event, "tag", None)
        if isinstance(event, yaml.NodeEvent) and tag not in (None, "!"):
            self.report("YML-08", event.start_mark, tag=tag)
            return False
        if isinstance(event, yaml.ScalarEvent):
            self.scalar(event)
        elif isinstance(event, yaml.MappingStartEvent):
            return self.open(event, {})
        elif isinstance(event, yaml.SequenceStartEvent):
            return self.open(event, [])
        elif isinstance(event, yaml.CollectionEndEvent):
            self.close()
        return True


#: What makes an item depend on others, or may do so: further documents and directives, in a line of their own; and
#: aliases and anchors. Looked at from the sign backwards, since a search for what stands before it looks at each character.
_TIED = re.compile(r"\n(?:%|---|\.\.\.)"), re.compile(r"[&*](?<![^\s\[{,][&*])")


class YamlReader:
    """Reads YAML (a `Reader`)."""

    def decode(self, path: str, text: str) -> tuple[Any, list[Diagnostic]]:
        """The document's value, and what is wrong with it (YML rules).

        Lists and mappings are plain `list` and `dict`; scalars are `str`, or `None` where nothing
        was typed. After a fault that stops reading, or a slip that YAML takes for text, the value is `None`.
        """
        return _read(path, text)[:2]

    def locate(self, text: str, keys: Keys, on_key: bool) -> tuple[int, int, int]:
        """Line, column (both from 0) and length of a value or key; of the nearest outer one if it is not there."""
        marks = _marks(text)
        return next((marks[outer] for outer in _outwards(keys, on_key) if outer in marks), (0, 0, 1))

    def items(self, text: str) -> tuple[str, ...]:
        """The items of a list, each a document of its own; none where the text does not show them plainly."""
        lines = f"\n{text}"
        if any(tie.search(lines) for tie in _TIED):
            return ()
        head, *parts = lines.split("\n- ")
        if any(line and not line.startswith("#") for line in head.split("\n")):
            return ()
        return tuple([f"- {part}\n" for part in parts[:-1]] + [f"- {part}" for part in parts[-1:]])


def _read(path: str, text: str) -> tuple[Any, list[Diagnostic], Marks]:
    """The document's value, what is wrong with it, and the marks of its values."""
    count = 0
    for end in _LINE_ENDS:
        text = text.replace(end, " ")
    document = _Document(path, text)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            if isinstance(event, yaml.DocumentStartEvent):
                count += 1
                if count > 1:
                    document.report("YML-07", event.start_mark, 3)
                    return None, document.problems, document.marks
            if not document.feed(event):
                return None, document.problems, document.marks
    except yaml.YAMLError as error:
        told = [] if document.slipped else [_syntax(path, text, error)]  # a slip before is what it stumbled over
        return None, [*document.problems, *told], document.marks
    return None if document.slipped else document.root, document.problems, document.marks


def _syntax(path: str, text: str, error: yaml.YAMLError) -> Diagnostic:
    """The parser's complaint as the mistake that most likely caused it."""
    why = getattr(error, "problem", None) or str(error)
    mark: Any = getattr(error, "problem_mark", None)
    start: Any = getattr(error, "context_mark", None)
    lines = text.split("\n")
    opened = lines[start.line][start.column : start.column + 1] if start and start.line < len(lines) else ""
    if opened and mark and opened in "[{":
        closing = yaml_hints.unclosed(lines[start.line : mark.line + 1], opened)
        if closing and closing[0]:  # those in its own line are looked at below
            return closing[1].at(path, start.line + closing[0] + 1)
    if start and (mark is None or (mark.line > start.line and re.match("found unexpected|.*expected .* or '", why))):
        mark = start  # a quote or bracket was opened and never closed: show where
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    if line > len(lines):  # the parser noticed at the end, which it takes for a line of its own
        line, column = len(lines), len(lines[-1]) + 1
    slip = yaml_hints.near(lines[:line], column)
    if slip:
        return slip[1].at(path, slip[0])
    here = lines[line - 1]
    indent = here[: len(here) - len(here.lstrip())]
    if "\t" in indent or "\t" in here[column - 1 : column]:
        return Diagnostic("YML-05", Place(path, line=line, column=here.index("\t") + 1))
    return Diagnostic("YML-01", Place(path, line=line, column=column), {"why": why, "why_zh": yaml_hints.explain(why)})


@lru_cache(maxsize=64)
def _marks(text: str) -> Marks:
    return _read("", text)[2]


def _outwards(keys: Keys, on_key: bool) -> Iterator[tuple[Keys, bool]]:
    if on_key:
        yield keys, True
    for end in range(len(keys), -1, -1):
        yield keys[:end], False

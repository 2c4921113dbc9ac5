"""Values written as YAML the way a person would type them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

import yaml
from msgspec import Struct, field

from honorroll.inputs import reader

#: A text as an editor would type it (blanks at its ends mean nothing), a list, or a mapping.
Value = str | Sequence["Value"] | Mapping[str, "Value"]

#: A longer text or list is not written in one line, unless the file does so.
LONG_TEXT, LONG_LIST = 100, 60

#: What needs no quotes for sure, and what programs other than ours take for a date or a number as it is typed.
_WORD = re.compile(r"[a-z\u4e00-\u9fff](?:[a-z0-9/\u4e00-\u9fff（）。“”·-]*[a-z0-9\u4e00-\u9fff（）。“”])?")
_FIGURE = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?|[0-9]{4}-[0-9]{2}-[0-9]{2}(?: [0-9]{2}:[0-9]{2})?")
#: What YAML takes for yes, no or nothing, but no text.
_TAKEN = frozenset("true false yes no on off y n null".split())
_PLAIN, _RESOLVER = "tag:yaml.org,2002:str", cast(Any, yaml.resolver.Resolver)()
_ESCAPED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
#: Blanks and line ends that an eye or an editor's program takes for others.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\xa0\u00ad\u2028\u2029\ufeff]")


class Style(Struct, frozen=True):
    """How a file writes the fields of a name, as far as that is to be kept."""

    blocks: frozenset[str] = field(default_factory=frozenset)
    """Texts that begin with `|`, and lists with a line for each item."""
    flows: frozenset[str] = field(default_factory=frozenset)
    """Lists in brackets."""
    step: int = 2
    """By how much the items of a list stand in."""


def normal(value: Any) -> Any:
    """A value as our reader gives it; of texts, what a schema does not look at is left out."""
    if isinstance(value, str):
        if "\n" not in value and "\r" not in value:
            return value.strip()
        text = value.replace("\r\n", "\n").replace("\r", "\n").rstrip().lstrip("\n")
        return text if "\n" in text else text.lstrip()
    if isinstance(value, dict | Mapping):  # most are the first, which is quicker to see
        return {key: normal(inner) for key, inner in value.items() if inner is not None}
    return value if value is None else [normal(inner) for inner in value]


def in_line(value: Value, *, flow: bool = False) -> str:
    """A value in one line; inside brackets with `flow`."""
    if isinstance(value, str):
        return _scalar(normal(value), flow)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(key)}: {in_line(inner, flow=True)}" for key, inner in value.items()) + "}"
    return "[" + ", ".join(in_line(inner, flow=True) for inner in value) + "]"


def behind_key(key: str, value: Value, indent: int, style: Style) -> tuple[str, list[str]]:
    """A value after its key and colon: the rest of that line, and the lines below.

    Args:
        key: its name, by which the file's style is known.
        value: the value.
        indent: in how far the key stands.
        style: of the file.
    """
    if isinstance(value, str):
        return _text(normal(value), indent + 2, is_block=key in style.blocks)
    if isinstance(value, Mapping):
        return ("", lines_of(value, indent + 2, style)) if value else ("{}", [])
    short = in_line(value)
    is_plain = all(isinstance(item, str) for item in value)
    wanted = key in style.flows or (key not in style.blocks and len(short) <= LONG_LIST)
    if not value or (is_plain and wanted and "\\n" not in short):
        return short, []
    column = indent + style.step
    return "", [line for item in value for line in item_lines(item, column, style)]


def lines_of(values: Mapping[str, Value], indent: int, style: Style) -> list[str]:
    """A mapping, a field a line or more."""
    return [line for key, value in values.items() for line in field_lines(key, value, indent, style)]


def field_lines(key: str, value: Value, indent: int, style: Style) -> list[str]:
    """A key with its value."""
    first, rest = behind_key(key, value, indent, style)
    return [f"{' ' * indent}{_key(key)}:{' ' if first else ''}{first}", *rest]


def item_lines(value: Value, indent: int, style: Style) -> list[str]:
    """An item of a list, with its dash."""
    dash = " " * indent + "- "
    if isinstance(value, Mapping) and value:
        lines = lines_of(value, indent + 2, style)
        return [dash + lines[0][indent + 2 :], *lines[1:]]
    if isinstance(value, str):
        first, rest = _text(normal(value), indent + 2, is_block=False)
        return [dash + first, *rest]
    return [dash + in_line(value)]


def style_of(root: yaml.Node | None) -> Style:
    """The style of a file; of two styles for one field the last one."""
    found, steps = dict[str, bool](), list[int]()
    for node in _mappings(root):
        for key, value in node.value:
            if isinstance(value, yaml.SequenceNode) and value.value:
                found[key.value] = not value.flow_style
                if not (value.flow_style or node.flow_style):
                    steps.append(value.start_mark.column - key.start_mark.column)
            elif isinstance(value, yaml.ScalarNode):
                found[key.value] = value.style in {"|", ">"}
    blocks = frozenset(key for key, is_block in found.items() if is_block)
    return Style(blocks, frozenset(found) - blocks, 0 if steps and steps[-1] == 0 else 2)


def _mappings(root: yaml.Node | None) -> Iterator[yaml.MappingNode]:
    pending, seen = [root], set[int]()
    while pending:
        node = pending.pop()
        if node is None or id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            yield node
            pending += [value for _, value in reversed(node.value)]
        elif isinstance(node, yaml.SequenceNode):
            pending += reversed(node.value)


def _key(key: str) -> str:
    return in_line(key)


def _text(text: str, indent: int, *, is_block: bool) -> tuple[str, list[str]]:
    """A text behind a key or a dash: in its line, or as a block of lines that stand in so far."""
    if "\n" in text or is_block or len(text) > LONG_TEXT:
        lines = [" " * indent + line if line else "" for line in text.split("\n")]
        sign = "|2" if text.startswith(" ") else "|"
        if (
            text
            and not _UNSEEN.search(text.replace("\n", ""))
            and _is_read("\n".join([f"{' ' * (indent - 2)}k: {sign}", *lines]), text, "k")
        ):
            return sign, lines
    return _scalar(text, flow=False), []


@lru_cache(maxsize=10_000)
def _scalar(text: str, flow: bool) -> str:  # a key of the cache
    """A text in one line: plain where everybody reads it so, else quoted."""
    if (_WORD.fullmatch(text) and text not in _TAKEN) or _FIGURE.fullmatch(text):
        return text
    if not _UNSEEN.search(text) and _RESOLVER.resolve(yaml.ScalarNode, text, (True, False)) == _PLAIN:
        typed = f"- k: [{text}]" if flow else f"- k: {text}"
        if _is_read(typed, [text] if flow else text, 0, "k"):
            return text
    if '"' in text and "'" not in text and not _UNSEEN.search(text):
        return f"'{text}'"
    return '"' + re.sub(r'["\\]|' + _UNSEEN.pattern, _escaped, text) + '"'


def _escaped(found: re.Match[str]) -> str:
    return _ESCAPED.get(found[0]) or f"\\u{ord(found[0]):04x}"


def _is_read(typed: str, meant: Any, *keys: Any) -> bool:
    """Whether our reader finds the value there and nothing to complain of, and YAML's own the same."""
    found, faults = reader("x.yaml").decode("x.yaml", typed + "\n")
    for key in keys:
        found = found[key] if found else None
    return not faults and normal(found) == meant

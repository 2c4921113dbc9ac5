"""Inline structure: the text of a block becomes elements, by the algorithm of CommonMark's appendix.

One pass from left to right collects *items*: text, finished elements, and runs of `*`, `_` and `~~`. Where a link or the text ends, runs are
paired to emphasis. Each step costs time in proportion to the text: what was searched in vain is not searched again.

Beside CommonMark: footnote marks `[^1]`, GitHub's strikethrough with two tildes (one is a range, as in `3~5`), and emphasis beside
Chinese text, where CommonMark wants blanks: a Han character beside a run counts as a blank does, and full-width punctuation as a letter.
Raw HTML is text; comments are dropped.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from unicodedata import category
from xml.etree.ElementTree import Element, SubElement

from honorroll.commonmark.blocks import Line, Places, Problem
from honorroll.commonmark.references import (
    ENTITY,
    ESCAPABLE,
    LABEL,
    Definition,
    encode,
    entity,
    inline_target,
    normal_label,
)

#: Emphasis nests at most so deep.
MAX_DEPTH = 40

_SPECIAL = re.compile(r"[\n\\`&<*_~\[\]]|!\[|[】］](?=\()")
_TICKS = re.compile(r"`+")
_URL = re.compile(r"<([A-Za-z][A-Za-z0-9.+-]{1,31}:[^\x00-\x20<>]*)>")
_MAIL = re.compile(
    r"<([a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
    r"(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*)>"
)
_TAG = re.compile(
    r"</?(?:[A-Za-z][A-Za-z0-9-]*)(?:\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:[^\s\"'=<>`]+|'[^']*'|\"[^\"]*\"))?)*\s*/?>",
    re.ASCII,
)
#: Other raw HTML, with what ends it: processing instructions, declarations, CDATA.
_OTHERS = ((re.compile(r"<\?"), "?>"), (re.compile(r"<!\[CDATA\["), "]]>"), (re.compile(r"<![A-Za-z]"), ">"))
_NOTE = re.compile(r"\[\^([^\]\[\s^]{1,200})\]")

#: As much of a tag is shown in a message.
_SHOWN = 30

#: What stands in parentheses, of either width, behind a closing bracket that ends no link.
_NEARLY = re.compile(r"[(（]([^()（）\n]{0,200})")
#: What makes that look like an address: a part, a kind or scheme, a path in Latin letters, a suffix.
_ADDRESS = re.compile(
    r"^\s*(?:#\S|[A-Za-z]+:\S|[\w.%-]*[/\\][A-Za-z0-9])|\.(?:jpe?g|png|gif|webp|heic|md|html?|com|cn|org|net)\b",
    re.ASCII | re.IGNORECASE,
)


class _Run:
    """A run of one delimiter, and the tags that it opens and closes, innermost first."""

    __slots__ = ("can_close", "can_open", "char", "closes", "count", "length", "opens")

    def __init__(self, char: str, length: int, *, can_open: bool, can_close: bool) -> None:
        self.char, self.length, self.count = char, length, length
        self.can_open, self.can_close = can_open, can_close
        self.opens: list[str] = []
        self.closes: list[str] = []


class _Bracket:
    """An opening bracket that may begin a link or a picture."""

    __slots__ = ("is_followed", "is_picture", "item", "run", "text_start")

    def __init__(self, item: int, run: int, text_start: int, *, is_picture: bool) -> None:
        self.item, self.run, self.text_start = item, run, text_start
        self.is_picture, self.is_followed = is_picture, False


Item = str | Element | _Run


class InlineParser:
    """Fills elements with the inline markup of texts of one document.

    Attributes:
        targets: of each link and picture, the address with escapes resolved, and where it is typed.
        notes: of each footnote that is referred to, its references.
        noted: the labels of these footnotes, in the order of their first references.
        problems: what is to be told.
    """

    def __init__(self, definitions: Mapping[str, Definition], notes: frozenset[str]) -> None:
        self._definitions, self._known_notes = definitions, notes
        self.used: set[str] = set()
        """The labels of definitions that a link names."""
        self.targets: dict[Element, tuple[str, tuple[int, int, int]]] = {}
        self.notes: dict[str, list[Element]] = {}
        self.noted: list[str] = []
        self.problems: list[Problem] = []

    def fill(self, element: Element, lines: Sequence[Line]) -> None:
        """Parse the text of these lines into `element`."""
        text = "\n".join([line.text for line in lines]).rstrip(" \t")
        if not _SPECIAL.search(text):
            element.text = text
            return
        items = _Text(self, text, lines).parse()
        if _build(element, items):
            self.problems.append(Problem("MDN-10", lines[0].number, lines[0].column))

    def definition(self, label: str) -> Definition | None:
        """The definition of a link's label."""
        known = normal_label(label)
        self.used.add(known)
        return self._definitions.get(known)

    def note(self, label: str) -> Element | None:
        """A new reference to a footnote, if there is one of that name."""
        if label not in self._known_notes:
            return None
        reference = Element("sup")
        if label not in self.notes:
            self.notes[label] = []
            self.noted.append(label)
        self.notes[label].append(reference)
        return reference


class _Text:
    """One text while it is parsed."""

    def __init__(self, parser: InlineParser, text: str, lines: Sequence[Line]) -> None:
        self._parser, self._text, self._where = parser, text, Places(lines)
        self._items: list[Item] = []
        self._runs: list[_Run] = []
        self._brackets: list[_Bracket] = []
        self._inactive = 0
        """Of so many first brackets, those that are no picture's begin no link: one inside them does."""
        self._missing: set[str] = set()
        """What does not stand in the rest of the text."""
        self._ticks: dict[int, list[int]] | None = None

    def parse(self) -> list[Item]:
        """The items of the text, with runs paired."""
        text, items, at = self._text, self._items, 0
        while match := _SPECIAL.search(text, at):
            here = match.start()
            if here > at:
                items.append(text[at:here])
            char = match[0]
            if char == "\n":
                at = self._line_end(here)
            elif char == "\\":
                at = self._escape(here)
            elif char == "`":
                at = self._code(here)
            elif char == "&":
                found = ENTITY.match(text, here)
                items.append(entity(found) if found else "&")
                at = found.end() if found else here + 1
            elif char == "<":
                at = self._angle(here)
            elif char in "*_~":
                at = self._run(here, char)
            elif char == "]":
                at = self._close_bracket(here)
            elif char in "】］":
                self._tell_nearly(here)
                items.append(char)
                at = here + 1
            else:
                at = self._open_bracket(here, char)
        items.append(text[at:])
        _pair(self._runs)
        return items

    def _line_end(self, at: int) -> int:
        """A soft line break, or a hard one behind two blanks."""
        before = self._items[-1] if self._items else ""
        if isinstance(before, str) and before.endswith((" ", "\t")):
            self._items[-1] = before.rstrip(" \t")
            if before.endswith("  "):
                self._items.append(Element("br"))
        self._items.append("\n")
        return at + 1

    def _escape(self, at: int) -> int:
        after = self._text[at + 1 : at + 2]
        if after == "\n":
            self._items += [Element("br"), "\n"]
            return at + 2
        self._items.append(after if after in ESCAPABLE else "\\")
        return at + 2 if after in ESCAPABLE else at + 1

    def _code(self, at: int) -> int:
        """A code span: up to the next run of as many backticks."""
        if self._ticks is None:
            self._ticks = defaultdict(list)
            for match in reversed([*_TICKS.finditer(self._text)]):
                self._ticks[len(match[0])].append(match.start())
        opening = _TICKS.match(self._text, at)
        assert opening
        length, start = len(opening[0]), opening.end()
        closings = self._ticks[length]
        while closings and closings[-1] < start:
            closings.pop()
        if not closings:
            self._items.append(opening[0])
            return start
        code = self._text[start : closings[-1]].replace("\n", " ")
        if len(code) > 1 and code[0] == code[-1] == " " and code.strip(" "):
            code = code[1:-1]
        element = Element("code")
        element.text = code
        self._items.append(element)
        return closings[-1] + length

    def _angle(self, at: int) -> int:
        """An address in angle brackets, a comment, or raw HTML, which is text."""
        text = self._text
        if match := _URL.match(text, at) or _MAIL.match(text, at):
            typed = match[1]
            address = typed if match.re is _URL else f"mailto:{typed}"
            link = Element("a", {"href": encode(address)})
            link.text = typed
            self._place(link, address, at + 1, match.end() - 1)
            self._items.append(link)
            return match.end()
        if text.startswith("<!--", at):
            return self._comment(at)
        if match := _TAG.match(text, at):
            return self._raw(at, match.end(), is_told=match[0][1] != "/")
        for opening, ending in _OTHERS:
            if (match := opening.match(text, at)) and ending not in self._missing:
                end = text.find(ending, match.end())
                if end >= 0:
                    return self._raw(at, end + len(ending), is_told=True)
                self._missing.add(ending)
        self._items.append("<")
        return at + 1

    def _comment(self, at: int) -> int:
        for short in ("<!-->", "<!--->"):
            if self._text.startswith(short, at):
                return at + len(short)
        end = self._text.find("-->", at + 4) if "-->" not in self._missing else -1
        if end < 0:
            if "-->" not in self._missing:
                self._problem("MDN-09", at, 4, "<!--")
            self._missing.add("-->")
            self._items.append("<")
            return at + 1
        self._problem("MDN-06", at, 4, "<!--")
        return end + 3

    def _raw(self, start: int, end: int, *, is_told: bool) -> int:
        """Raw HTML, which is text; told of where it is not a closing tag."""
        typed = self._text[start:end]
        self._items.append(typed)
        if is_told:
            self._problem("MDN-07", start, end - start, " ".join(typed[:_SHOWN].split()) + "…" * (len(typed) > _SHOWN))
        return end

    def _run(self, at: int, char: str) -> int:
        """A run of delimiters, and whether it can open or close."""
        text, end = self._text, at + 1
        while text[end : end + 1] == char:
            end += 1
        length = end - at
        if char == "~" and length != 2:
            self._items.append(text[at:end])
            return end
        before, after = _kind(text[at - 1 : at] if at else ""), _kind(text[end : end + 1])
        opens = after != "blank" and (after != "mark" or before != "letter")
        closes = before != "blank" and (before != "mark" or after != "letter")
        if char == "_":
            opens, closes = (
                opens and (not closes or before in ("mark", "wide mark")),
                closes and (not opens or after in ("mark", "wide mark")),
            )
        run = _Run(char, length, can_open=opens, can_close=closes)
        self._items.append(run)
        self._runs.append(run)
        return end

    def _open_bracket(self, at: int, char: str) -> int:
        if char == "[":
            match = _NOTE.match(self._text, at)
            reference = self._parser.note(match[1]) if match else None
            if match and reference is not None:
                self._items.append(reference)
                return match.end()
            if match and not self._text.startswith(("(", "["), match.end()):
                self._problem("MDN-12", at, len(match[0]), match[0])
        if self._brackets:
            self._brackets[-1].is_followed = True
        start = at + len(char)
        self._brackets.append(_Bracket(len(self._items), len(self._runs), start, is_picture=char == "!["))
        self._items.append(char)
        return start

    def _close_bracket(self, at: int) -> int:
        """A closing bracket: the end of a link or a picture, or text."""
        bracket = self._brackets.pop() if self._brackets else None
        is_inactive = len(self._brackets) < self._inactive
        self._inactive = min(self._inactive, len(self._brackets))
        if bracket is None or (is_inactive and not bracket.is_picture):
            self._items.append("]")
            return at + 1
        found = self._inline(at) or self._reference(bracket, at)
        if found is None:
            self._tell_nearly(at, is_picture=bracket.is_picture)
            self._items.append("]")
            return at + 1
        address, title, place, end = found
        inside = self._items[bracket.item + 1 :]
        _pair(self._runs[bracket.run :])
        del self._items[bracket.item :], self._runs[bracket.run :]
        inside, notes = self._without_notes(inside)
        element = Element("img" if bracket.is_picture else "a")
        if bracket.is_picture:
            element.attrib = {"src": encode(address), "alt": _plain(inside)}
            for item in inside:  # of which only the words are left
                for gone in item.iter() if isinstance(item, Element) else ():
                    self._parser.targets.pop(gone, None)
        else:
            element.set("href", encode(address))
            _build(element, inside)
            self._inactive = len(self._brackets)
        if title:
            element.set("title", title)
        self._parser.targets[element] = address, place
        self._items += [element, *notes]
        return end

    @staticmethod
    def _without_notes(items: Sequence[Item]) -> tuple[list[Item], list[Item]]:
        """Items without footnote marks, which are links themselves, and these; they come behind the link or picture."""
        notes = [item for item in items if isinstance(item, Element) and item.tag == "sup"]
        return [item for item in items if item not in notes] if notes else [*items], [*notes]

    def _inline(self, at: int) -> tuple[str, str, tuple[int, int, int], int] | None:
        """The `(address "title")` behind a closing bracket."""
        found = inline_target(self._text, at + 1) if self._text.startswith("(", at + 1) else None
        if found is None:
            return None
        target, end = found
        return target.address, target.title, self._span(target.start, target.end), end

    def _reference(self, bracket: _Bracket, at: int) -> tuple[str, str, tuple[int, int, int], int] | None:
        """The definition that a label behind a closing bracket names, or the link's own words."""
        end = at + 1
        match = LABEL.match(self._text, end)
        if match:
            end = match.end()
        if match and match[1]:
            label = match[1]
        elif bracket.is_followed or at - bracket.text_start > 999:
            return None
        else:
            label = self._text[bracket.text_start : at]
        known = self._parser.definition(label) if label.strip() else None
        return (known.address, known.title, (known.line, known.column, known.length), end) if known else None

    def _tell_nearly(self, at: int, *, is_picture: bool = False) -> None:
        """Tell of `[words](address)` that is no link: for a blank in the address, full-width marks or a missing one."""
        match = _NEARLY.match(self._text, at + 1)
        if match and (is_picture or _ADDRESS.search(match[1])):
            self._problem("MDN-08", at + 1, max(match.end() - at - 1, 1), match[1].strip() or match[0])
        elif is_picture and self._text.startswith("[", at + 1):
            self._problem("MDN-08", at + 1, 1, self._text[at + 1 : at + 41].partition("\n")[0])

    def _place(self, element: Element, address: str, start: int, end: int) -> None:
        self._parser.targets[element] = address, self._span(start, end)

    def _span(self, start: int, end: int) -> tuple[int, int, int]:
        """Line, column and length of a part of one line."""
        line, column = self._where(start)
        return line, column, self._where(end)[1] - column

    def _problem(self, rule: str, at: int, length: int, what: str) -> None:
        self._parser.problems.append(Problem(rule, *self._where(at), length, what))


@cache
def _kind(char: str) -> str:
    """What a character beside a run is: a `blank` (as are the ends of the text), a `mark`, a `letter`; `wide`, or a `wide mark`."""
    if not char or char.isspace():
        return "blank"
    is_mark = category(char)[0] in "PS"
    if "\u2e80" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or "\ufe30" <= char <= "\ufe4f":
        return "wide mark" if is_mark else "wide"
    if "\uff00" <= char <= "\uffef" or "\U00020000" <= char <= "\U0003ffff" or char in "“”‘’…—·":
        return "wide mark" if is_mark else "wide"
    return "mark" if is_mark else "letter"


def _pair(runs: Sequence[_Run]) -> None:
    """Pair runs that open with runs that close."""
    openers: list[_Run] = []
    bottoms: dict[tuple[str, bool, int], int] = {}
    for run in runs:
        key = run.char, run.can_open, run.length % 3
        while run.can_close and run.count:
            at = next((n for n in range(len(openers) - 1, bottoms.get(key, 0) - 1, -1) if _match(openers[n], run)), -1)
            if at < 0:
                bottoms[key] = len(openers)
                break
            opener = openers[at]
            count = 2 if opener.count >= 2 <= run.count else 1
            tag = "del" if run.char == "~" else "strong" if count == 2 else "em"
            opener.opens.append(tag)
            run.closes.append(tag)
            opener.count -= count
            run.count -= count
            del openers[at + 1 if opener.count else at :]
            for known, bottom in bottoms.items():
                bottoms[known] = min(bottom, len(openers))
        if run.can_open and run.count:
            openers.append(run)


def _match(opener: _Run, closer: _Run) -> bool:
    """Whether a run closes another: rules 9 and 10 of CommonMark's emphasis."""
    if opener.char != closer.char:
        return False
    both = opener.can_close or closer.can_open
    return not both or closer.length % 3 == 0 == opener.length % 3 or (opener.length + closer.length) % 3 != 0


def _build(element: Element, items: Sequence[Item]) -> bool:
    """Put items into an element. Whether emphasis nested too deep, and was left out."""
    stack, pieces, too_deep = [element], list[str](), False

    def flush() -> None:
        if pieces:
            add_text(stack[-1], "".join(pieces))
            pieces.clear()

    for item in items:
        if isinstance(item, str):
            pieces.append(item)
        elif isinstance(item, Element):
            flush()
            stack[-1].append(item)
        else:
            for _ in item.closes:
                flush()
                stack.pop()
            pieces.append(item.char * item.count)
            for tag in reversed(item.opens):
                flush()
                deep = len(stack) > MAX_DEPTH
                too_deep |= deep
                stack.append(stack[-1] if deep else SubElement(stack[-1], tag))
    flush()
    return too_deep


def add_text(element: Element, text: str | None) -> None:
    """Put text at the end of an element."""
    if not text:
        return
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _plain(items: Sequence[Item]) -> str:
    """The words of items, as the text that stands for a picture."""
    pieces = list[str]()
    for item in items:
        if isinstance(item, str):
            pieces.append(item)
        elif isinstance(item, Element):
            pieces += _words(item)
        else:
            pieces.append(item.char * item.count)
    return "".join(pieces).replace("\n", " ")


def _words(element: Element) -> Iterator[str]:
    yield element.get("alt") or element.text or ""
    for child in element:
        yield from _words(child)
        yield child.tail or ""

"""Block structure: lines of Markdown become a tree of blocks.

The algorithm is that of CommonMark's appendix "A parsing strategy": for each line, first the open blocks that it
continues are found, then the blocks that it opens, then the rest of the line goes to the innermost one. Beyond
CommonMark there are GitHub's tables, footnotes (`[^1]: …`) and definition lists (`: …` below a term). Raw HTML is
text here, except comments, which are dropped. A line costs time in proportion to its length and to the depth of nesting, which is
limited.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from honorroll.commonmark.references import Definition, definition, unescape

#: Blocks nest at most so deep. People nest three or four levels; a level of a list is two blocks.
MAX_DEPTH = 60

#: A table has at most so many cells, those included that short rows lack. GitHub has a like limit.
MAX_CELLS = 20_000

_FENCE = re.compile(r"(`{3,})([^`]*)$|(~{3,})(.*)$")
_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|$)")
_HEADING_END = re.compile(r"(?:^|[ \t])#+$")
_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*$")
_MARKER = re.compile(r"(?:[*+-]|([0-9]{1,9})[.)])(?=[ \t]|$)")
_NOTE = re.compile(r"\[\^([^\]\[\s^]{1,200})\]:[ \t]*")
_DETAIL = re.compile(r":[ \t]+(?=\S)")
#: Lines that people take for headings and items. `#1` is a number, `#话题#` a topic, `-5` a figure.
_HEADING_SLIP = re.compile(r"#{1,6}(?=[^\W\d]|[\u3000\xa0])[^#]*$|＃{1,6}[^＃#]+$|\[\^[^\]\s]+\]：")
_ITEM_SLIP = re.compile(r"(?:[-*+]|[0-9]{1,2}[.)])(?=[\u4e00-\u9fff\u3000\xa0])(?![^*]*\*)|｜.*｜")

#: A text has at most so many blocks. A post has some dozens, a long report some hundreds.
MAX_BLOCKS = 20_000

#: With one of these begins all that is no paragraph, and all that `_HEADING_SLIP` and `_ITEM_SLIP` find.
_MARKS = frozenset(">#`~<=-*_+:|[0123456789")
_SLIPS = frozenset("#＃[-*+0123456789｜")

_TASKS = {"[ ] ": "未完成", "[x] ": "已完成", "[X] ": "已完成"}
_PIPE = re.compile(r"\\.|\|")
_DELIMITER_CELL = re.compile(r"[ \t]*(:?)-+(:?)[ \t]*")


class Line(NamedTuple):
    """A piece of a source line: its text, and where that begins (line and column from 1).

    `gaps` are the offsets of characters before which a backslash is left out.
    """

    text: str
    number: int
    column: int
    gaps: tuple[int, ...] = ()


class Problem(NamedTuple):
    """What is wrong in a text, or to be told of it: a rule of the catalogue, and where (line and column from 1)."""

    rule: str
    line: int
    column: int
    length: int = 1
    what: str = ""


class Block:
    """A block. Which attributes mean something depends on its kind."""

    __slots__ = ("children", "data", "end", "indent", "kind", "lines", "number", "start", "width")

    def __init__(self, kind: str, start: int) -> None:
        self.kind = kind
        self.start = self.end = start
        self.children: list[Block] = []
        self.lines: list[Line] = []
        self.data: str = ""
        """Info string of a fence, marker of a list, state of a task, alignments of a table, label of a footnote."""
        self.number = 0
        """Level of a heading, first number of a list, length of a fence."""
        self.indent = 0
        self.width = 0
        """Columns that continue an item."""

    def is_tight(self) -> bool:
        """Whether no blank line separates the items of this list, or the blocks of one of them."""
        for item, after in zip(self.children, [*self.children[1:], None], strict=True):
            if after and item.end != after.start - 1:
                return False
            if any(one.end != two.start - 1 for one, two in zip(item.children, item.children[1:], strict=False)):
                return False
        return True


_TEXTS = frozenset({"paragraph", "table"})
_LITERALS = frozenset({"fence", "indented", "comment"})
_GROUPS = {"list": "item", "terms": "details"}


class BlockParser:
    """Takes lines one by one. `document` is the tree so far; blocks in `open` may still grow."""

    def __init__(self) -> None:
        self.document = Block("document", 1)
        self.open = [self.document]
        self.definitions: dict[str, Definition] = {}
        self.notes: list[Block] = []
        self.problems: list[Problem] = []
        self._told: set[str] = set()
        self._number = self._count = 0
        self._typed = ""
        self._marks = self._shift = 0
        """How long its marks and indentation are with tabs as spaces, and by how much that is longer."""

    def feed(self, typed: str) -> None:
        """Take the next line, without its line end."""
        self._number += 1
        if (len(self.open) == 1 and not typed.strip()) or self._count > MAX_BLOCKS:
            return
        self._typed = typed
        line, self._marks = _expand(typed) if "\t" in typed else (typed, 0)
        self._shift = len(line) - len(typed)
        depth, at = self._continued(line)
        if depth:
            self._take(line, at, depth)

    def finish(self) -> None:
        """Close what is open."""
        self._number += 1
        self._close(1)

    def _continued(self, line: str) -> tuple[int, int]:
        """How many open blocks the line continues, and the offset behind their marks. 0 if the line is used up."""
        at = 0
        start, blank = _first(line, at)
        for depth in range(1, len(self.open)):
            block = self.open[depth]
            kind = block.kind
            indent = start - at
            if kind == "quote":
                if indent > 3 or line[start : start + 1] != ">":
                    return depth, at
                at = start + 1
                at += line[at : at + 1] == " "
            elif kind in ("item", "note", "details"):
                if blank:
                    if not block.children:
                        return depth, at
                    at = start
                elif indent >= block.width:
                    at += block.width
                else:
                    return depth, at
            elif kind == "fence":
                closing = line[start:].rstrip(" \t")
                if indent < 4 and len(closing) >= block.number and not closing.strip(block.data[0]):
                    self._close(depth, self._number)
                    return 0, at
                at = min(start, at + block.indent)
            elif kind == "indented":
                if indent < 4 and not blank:
                    return depth, at
                at = min(start, at + 4)
            elif kind in _TEXTS and blank:
                return depth, at
            elif kind == "comment":
                return len(self.open), at
            start, blank = _first(line, at)
        return len(self.open), at

    def _take(self, line: str, at: int, depth: int) -> None:
        """Open the blocks that the rest of a line begins, and add its text to the innermost."""
        opened = False
        while self.open[depth - 1].kind not in _LITERALS:
            start, blank = _first(line, at)
            if blank:
                break
            if start - at >= 4:
                if self.open[-1].kind != "paragraph" and self.open[depth - 1].kind != "table":
                    self._push(depth, Block("indented", self._number))
                    at, opened = at + 4, True
                break
            if len(self.open) > MAX_DEPTH and line[start] in ">*+-0123456789[:":
                self._problem("MDN-10", start)
                break
            begun = self._begin(line, at, start, depth)
            if begun is None:
                break
            at, depth = begun
            if not depth:
                return
            opened = True
        start, blank = _first(line, at)
        tip = self.open[-1]
        if not opened and depth < len(self.open) and not blank and tip.kind == "paragraph":
            tip.lines.append(self._line(start))  # a lazy continuation
            return
        if not opened:
            self._close(depth)
        self._add_text(line, at, start, blank=blank)

    def _add_text(self, line: str, at: int, start: int, *, blank: bool) -> None:
        block = self.open[-1]
        if block.kind in ("fence", "indented"):
            block.lines.append(self._literal(at))
        elif block.kind == "comment":
            self._comment(block, line, at)
        elif blank:
            return
        elif block.kind == "table":
            self._add_row(block, [*_cells(self._line(start))])
        else:
            if block.kind != "paragraph":
                block = self._push(len(self.open), Block("paragraph", self._number))
            block.lines.append(self._line(start))

    def _begin(self, line: str, at: int, start: int, depth: int) -> tuple[int, int] | None:
        """Open the block that begins at `start`: the offset behind its mark, and the new depth; depth 0 if the line is used up."""
        char = line[start]
        if char not in _MARKS:
            return None
        rest, inside = line[start:], self.open[depth - 1]
        if char == ">":
            self._push(depth, Block("quote", self._number))
            at = start + 1
            return at + (line[at : at + 1] == " "), len(self.open)
        if char == "#" and (match := _HEADING.match(rest)):
            self._heading(depth, start, match)
            return at, 0
        if char in "`~" and (match := _FENCE.match(rest)):
            self._fence(depth, start - at, match)
            return at, 0
        if char == "<" and rest.startswith("<!--") and self._is_comment(rest):
            block = self._push(depth, Block("comment", self._number))
            block.indent = self._typed_at(start)[0]
            self._comment(block, line, start)
            return at, 0
        if inside.kind == "paragraph" and _UNDERLINE.match(rest) and self._underline(rest, depth):
            return at, 0
        if char in "*-_" and _is_break(rest, char):
            self._push(depth, Block("break", self._number))
            self._close(len(self.open) - 1, self._number)
            return at, 0
        if (match := _MARKER.match(rest)) and (begun := self._item(line, at, start, depth, match)):
            return begun, len(self.open)
        if inside.kind == "paragraph" and (aligns := _delimiters(rest)) and self._table(depth, aligns):
            return at, 0
        if char == "[" and (match := _NOTE.match(rest)):
            note = self._push(depth, Block("note", self._number))
            note.data, note.width = match[1], 4
            self.notes.append(note)
            return start + match.end(), len(self.open)
        if char == ":" and (match := _DETAIL.match(rest)):
            return self._detail(start, depth, match)
        return None

    def _heading(self, depth: int, start: int, match: re.Match[str]) -> None:
        block = self._push(depth, Block("heading", self._number))
        block.number = len(match[1])
        text, number, column, _ = self._line(start + match.end())
        block.lines = [Line(_HEADING_END.sub("", text.rstrip(" \t")).rstrip(" \t"), number, column)]
        self._close(len(self.open) - 1, self._number)

    def _fence(self, depth: int, indent: int, match: re.Match[str]) -> None:
        block = self._push(depth, Block("fence", self._number))
        mark, info = (match[1], match[2]) if match[1] else (match[3], match[4])
        block.data, block.number, block.indent = mark[0] + unescape(info.strip()), len(mark), indent

    def _underline(self, rest: str, depth: int) -> bool:
        """Make the open paragraph a heading, if it has any text."""
        paragraph = self.open[depth - 1]
        self._define(paragraph)
        if not paragraph.lines:
            return False
        paragraph.kind, paragraph.number = "heading", 1 if rest[0] == "=" else 2
        self._close(depth - 1, self._number)
        return True

    def _table(self, depth: int, aligns: str) -> bool:
        """Make the last line of the open paragraph the head of a table, if it has as many cells."""
        paragraph = self.open[depth - 1]
        head = [*_cells(paragraph.lines[-1])] if paragraph.lines else []
        if len(head) != len(aligns):
            return False
        paragraph.lines.pop()
        if paragraph.lines:
            self._close(depth - 1, self._number - 2)
        else:
            self.open.pop()
            self.open[-1].children.pop()
        table = self._push(depth - 1, Block("table", self._number - 1))
        table.data = aligns
        self._add_row(table, head)
        return True

    def _add_row(self, table: Block, cells: list[Line]) -> None:
        columns = len(table.data)
        table.number += columns
        if table.number > MAX_CELLS:
            self._problem("MDN-10", 0)
            return
        if any(cell.text for cell in cells[columns:]):
            self.problems.append(Problem("MDN-12", self._number, cells[columns].column, 1, cells[columns].text[:20]))
        row = Block("row", self._number)
        row.lines = [*cells[:columns], *[Line("", self._number, 1)] * (columns - len(cells))]
        table.children.append(row)

    def _item(self, line: str, at: int, start: int, depth: int, match: re.Match[str]) -> int:
        """Open a list item, and its list if need be: the offset of its text, or 0 where no list can begin."""
        inside = self.open[depth - 1]
        empty = not line[start + match.end() :].strip()
        if inside.kind == "paragraph" and (empty or (match[1] and int(match[1]) != 1)):
            return 0
        behind = start + match.end()
        text, _ = _first(line, behind)
        gap = text - behind
        gap = 1 if gap > 4 or empty else gap
        mark = match[0][-1]
        if inside.kind != "list" or inside.data != mark:
            around = self._push(depth, Block("list", self._number))
            around.data, around.number = mark, int(match[1]) if match[1] else 0
            depth = len(self.open)
        item = self._push(depth, Block("item", self._number))
        item.width = start - at + match.end() + gap
        return min(behind + gap, len(line))

    def _detail(self, start: int, depth: int, match: re.Match[str]) -> tuple[int, int] | None:
        """Open a definition below its terms, which are the lines of the paragraph so far."""
        inside = self.open[depth - 1]
        if inside.kind == "paragraph" and inside.lines:
            terms = Block("terms", inside.start)
            parent = self.open[depth - 2]
            parent.children.remove(inside)
            before = parent.children[-1] if parent.children else None
            if before and before.kind == "terms":
                parent.children.pop()
                terms = before
            for line in inside.lines:
                term = Block("term", line.number)
                term.lines = [line]
                terms.children.append(term)
            self.open[depth - 1 :] = []
            self._push(depth - 1, terms)
            depth = len(self.open)
        elif inside.kind != "terms":
            last = inside.children[-1] if inside.children else None
            if last is None or last.kind != "terms":
                return None
            self._close(depth)
            self.open.append(last)
            depth += 1
        details = self._push(depth, Block("details", self._number))
        details.width = min(match.end(), 4)
        return start + match.end(), len(self.open)

    def _is_comment(self, rest: str) -> bool:
        """Whether nothing but a comment stands in its first line; one among words is left to the inline parser."""
        if rest.startswith(("<!-->", "<!--->")):
            return not rest.partition(">")[2].strip()
        _, closed, after = rest[4:].partition("-->")
        return not after.strip() if closed else True

    def _comment(self, block: Block, line: str, at: int) -> None:
        begins = block.start == self._number
        _, closed, after = line[at + 4 * begins :].partition("-->")
        if not closed and not (begins and line[at:].startswith(("<!-->", "<!--->"))):
            return
        block.data = "closed"
        self._close(len(self.open) - 1, self._number)
        if after.strip():
            self._push(len(self.open), Block("paragraph", self._number)).lines.append(
                self._line(len(line) - len(after.lstrip(" \t")))
            )

    def _push(self, depth: int, block: Block) -> Block:
        """Close what lies below `depth`, or cannot hold the block, and open the block there."""
        while (kind := self.open[depth - 1].kind) in _TEXTS or _GROUPS.get(kind, block.kind) != block.kind:
            depth -= 1
        self._close(depth)
        self.open[-1].children.append(block)
        self.open.append(block)
        self._count += 1
        if self._count > MAX_BLOCKS:
            self._problem("MDN-10", 0)  # and the rest of the text is not read
        return block

    def _close(self, depth: int, last: int = 0) -> None:
        """Close all open blocks but the first `depth`; `last` is their last line, by default the one before this."""
        while len(self.open) > depth:
            block = self.open.pop()
            block.end = last or self._number - 1
            if block.kind == "paragraph":
                self._define(block)
                self._tell_slips(block)
                if not block.lines:
                    self._drop(block)
                elif self.open[-1].kind == "item" and self.open[-1].children[0] is block:
                    _take_task(self.open[-1], block)
            elif block.kind == "indented":
                while block.lines and not block.lines[-1].text.strip(" \t"):
                    block.lines.pop()
                block.end = block.lines[-1].number if block.lines else block.start
            elif block.kind in ("item", "list", "details", "terms"):
                block.end = block.children[-1].end if block.children else block.start
            elif block.kind == "comment":
                self.problems.append(
                    Problem("MDN-06" if block.data else "MDN-09", block.start, block.indent + 1, 4, "<!--")
                )

    def _drop(self, block: Block) -> None:
        """Take a block out of the innermost open one, of which it is nearly always the last."""
        children = self.open[-1].children
        if children[-1] is block:
            children.pop()
        else:
            children.remove(block)

    def _tell_slips(self, paragraph: Block) -> None:
        """Tell of lines that look like headings or lists but lack the blank that makes them such."""
        lines = [line for line in paragraph.lines if line.text[:1] in _SLIPS]
        items = [line for line in lines if _ITEM_SLIP.match(line.text)]
        slips = [line for line in lines if _HEADING_SLIP.match(line.text)]
        slips += items[:1] if len(items) > 1 else []
        self.problems += [Problem("MDN-11", line.number, line.column, 1, line.text[:20]) for line in slips]

    def _define(self, paragraph: Block) -> None:
        """Take the link definitions at its beginning out of a paragraph."""
        lines = paragraph.lines
        if not lines or not lines[0].text.startswith("["):
            return
        text, at, where = "\n".join([line.text for line in lines]), 0, Places(lines)
        while text.startswith("[", at) and (found := definition(text, at)):
            label, target, at = found
            known = Definition(target.address, target.title, *where(target.start), target.end - target.start)
            self.definitions.setdefault(label, known)
        del lines[: len(lines) if at == len(text) else text.count("\n", 0, at)]

    def _line(self, at: int) -> Line:
        """The rest of this line from `at` on, as it was typed."""
        offset, _ = self._typed_at(at) if self._shift else (at, 0)
        return Line(self._typed[offset:], self._number, offset + 1)

    def _literal(self, at: int) -> Line:
        """The rest of this line as code: tabs behind the marks of containers are kept."""
        offset, left = self._typed_at(at)
        return Line(" " * left + self._typed[offset:], self._number, offset + 1)

    def _typed_at(self, at: int) -> tuple[int, int]:
        """The offset in the line as typed that an offset in the expanded one is, and how many spaces of a tab are left there."""
        if at >= self._marks:
            return at - self._shift, 0
        column = 0
        for offset, char in enumerate(self._typed):
            if column >= at:
                return offset, column - at
            column += 4 - column % 4 if char == "\t" else 1
        return len(self._typed), column - at

    def _problem(self, rule: str, start: int) -> None:
        if rule not in self._told:
            self._told.add(rule)
            self.problems.append(Problem(rule, self._number, self._typed_at(start)[0] + 1))


def parse(text: str) -> BlockParser:
    """The blocks of a whole text."""
    parser = BlockParser()
    for line in lines_of(text):
        parser.feed(line)
    parser.finish()
    return parser


def lines_of(text: str) -> list[str]:
    """The lines of a text, with any kind of line end."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\0", "\ufffd").removesuffix("\n").split("\n")


class Places:
    """Where the characters of some lines stand, by their offsets into the joined text."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._starts: list[int] = []

    def __call__(self, offset: int) -> tuple[int, int]:
        """Line and column, from 1."""
        if not self._starts:
            self._starts = [0, *accumulate(len(line.text) + 1 for line in self._lines[:-1])]
        at = bisect_right(self._starts, offset) - 1
        line, offset = self._lines[at], offset - self._starts[at]
        return line.number, line.column + offset + bisect_right(line.gaps, offset)


def _first(line: str, at: int) -> tuple[int, bool]:
    """The offset of the first character behind `at` that is no space, and whether there is none."""
    length = len(line)
    while at < length and line[at] in " \t":
        at += 1
    return at, at == length or (line[at] > "\x7f" and not line[at:].strip())


def _expand(line: str) -> tuple[str, int]:
    """The line with the tabs among its marks and indentation as spaces, to stops of four columns, and how long these are."""
    end = len(line) - len(line.lstrip(" \t>*+-.)0123456789"))
    marks = line[:end].expandtabs(4)
    return marks + line[end:], len(marks)


def _take_task(item: Block, paragraph: Block) -> None:
    """Take the mark of a task off the first paragraph of an item."""
    text, number, column, _ = paragraph.lines[0]
    item.data = _TASKS.get(text[:4], "")
    if item.data:
        rest = text[4:].lstrip(" \t")
        paragraph.lines[0] = Line(rest, number, column + len(text) - len(rest))


def _is_break(rest: str, char: str) -> bool:
    return not rest.strip(char + " \t") and rest.count(char) >= 3


def _delimiters(rest: str) -> str:
    """The alignments of a table's delimiter row, a letter each column (`l`, `c`, `r`, `-`); empty if it is none."""
    if "-" not in rest or ("|" not in rest and ":" not in rest) or rest.strip("|:- \t"):
        return ""
    cells = rest.strip(" \t").removeprefix("|").removesuffix("|").split("|")
    matches = [_DELIMITER_CELL.fullmatch(cell) for cell in cells]
    if not all(matches):
        return ""
    return "".join(["-lrc"[bool(match[1]) + 2 * bool(match[2])] for match in matches if match])


def _cells(line: Line) -> Iterator[Line]:
    """The cells of a table's row. A pipe behind a backslash is text."""
    text = line.text.rstrip(" \t")
    start = 1 if text.startswith("|") else 0
    for pipe in _PIPE.finditer(text, start):
        if pipe[0] == "|":
            yield _cell(line, start, pipe.start())
            start = pipe.end()
    if start < len(text):
        yield _cell(line, start, len(text))


def _cell(line: Line, start: int, end: int) -> Line:
    text = line.text[start:end].lstrip(" \t")
    column = line.column + end - len(text)
    pieces = text.rstrip(" \t").split("\\|")
    gaps = accumulate(len(piece) + 1 for piece in pieces[:-1])
    return Line("|".join(pieces), line.number, column, tuple(gap - 1 for gap in gaps))

"""HTML → our Markdown dialect. A tree is walked once; tables stay tables, and what cannot be written is listed."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct, field

from honorroll.chinese import is_han
from honorroll.importer.html_tree import Node, is_hidden
from honorroll.importer.word import END, START

_BLOCKS = frozenset(
    "body p div section article main header footer nav aside h1 h2 h3 h4 h5 h6 ul ol li table thead tbody tfoot tr td th"
    " caption blockquote pre hr figure figcaption dl dt dd form".split()
)
#: A table of more columns is cut off.
_WIDEST = 60
_FRAME = frozenset({"nav", "aside", "form"})
_PLAYED = {"video": "视频", "audio": "音频", "iframe": "嵌入的网页", "object": "嵌入的内容", "embed": "嵌入的内容"}
_HEADING = re.compile(r"h([1-6])")
_COUNT = re.compile(f"{START}(\\d+){END}")
_NOTE = re.compile(r"#(?:.*-)?((?:foot|end)note)-(\d+)")
#: A line that is a number in a text of official form, and so a heading where no style says so.
_NUMBERED = re.compile(r"[一二三四五六七八九十]{1,3}、[^。；，！？：]{1,40}")
#: What stands below a picture.
_CAPTION = re.compile(r"(?:图|照片)\s*\d{0,3}\s*[:：、.\s]?\s*(\S.{1,60})")


#: What stands around text of a kind.
_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "s": "~~", "strike": "~~", "del": "~~"}
#: Digits above and below the line.
_RAISED = {"sup": str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"), "sub": str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")}


class _Piece(Struct):
    """Text of one mark."""

    text: str
    mark: str = ""


class Picture(Struct):
    """A picture where it stands in the text: its address in the HTML, and the words for it."""

    src: str
    alt: str = ""


class Block(Struct):
    """A block of the result: its Markdown, and what it is."""

    text: str
    kind: str = "text"
    level: int = 0
    picture: Picture | None = None


class Markup(Struct):
    """What became of a tree."""

    blocks: list[Block] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    """Footnotes by their number."""
    left_out: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    tables: list[list[list[Node]]] = field(default_factory=list)
    """Rows of cells of the tables at the top, for forms."""

    def title(self) -> str:
        """The first heading, if nothing but pictures stands before it; it is taken out of the text."""
        for at, block in enumerate(self.blocks):
            if block.kind == "heading":
                del self.blocks[at]
                return _unmarked(block.text)
            if block.kind != "picture":
                break
        return ""

    def markdown(self, address: Callable[[Picture], str | None]) -> str:
        """The text. `address` says how a picture is to be named; none leaves it out."""
        lines, level, shift = list[str](), 1, 0
        levels = [block.level for block in self.blocks if block.kind == "heading"]
        shift = 2 - min(levels, default=2)
        for block in self.blocks:
            if block.picture:
                name = address(block.picture)
                if name is not None:
                    alt = re.sub(r"([\[\]\\])", r"\\\1", block.picture.alt)
                    lines.append(f"![{alt}]({name})")
            elif block.kind == "heading":
                level = min(block.level + shift, level + 1, 6)
                lines.append(f"{'#' * level} {block.text}")
            else:
                lines.append(block.text)
        lines += [f"[^{number}]: {text}" for number, text in self.notes.items()]
        return "\n\n".join(lines)


def convert(root: Node) -> Markup:
    """Convert a tree."""
    writer = _Writer()
    writer.blocks(root)
    return _tidied(writer.made)


def cell_text(node: Node) -> str:
    """The text of a cell of a form: its paragraphs, with a blank line between them."""
    made = convert(Node("body", {}, list(node.children)))
    return made.markdown(lambda _: None)


class _Writer:
    """Collects blocks."""

    def __init__(self) -> None:
        self.made = Markup()
        self._deep = 0

    def blocks(self, node: Node) -> None:
        """Write all that is in an element."""
        run: list[Node | str] = []
        for child in node.children:
            if isinstance(child, Node) and (child.tag in _BLOCKS or _holds_block(child)):
                self._paragraph(run)
                run = []
                self._block(child)
            else:
                run.append(child)
        self._paragraph(run)

    def _block(self, node: Node) -> None:  # noqa: C901  # one decision a tag
        tag = node.tag
        if is_hidden(node):
            self._leave("hidden", node.text)
        elif tag in _FRAME:
            self._leave("frame", node.text)
        elif found := _HEADING.fullmatch(tag):
            self._heading(node, int(found[1]))
        elif tag in {"ul", "ol"}:
            if not self._notes(node):
                self.made.blocks.append(Block(self._list(node), "list"))
        elif tag == "table":
            self._table(node)
        elif tag == "blockquote":
            inner = _Writer()
            inner.blocks(node)
            self._take(inner)
            text = "\n\n".join(block.text for block in inner.made.blocks if not block.picture)
            if text:
                self.made.blocks.append(Block("\n".join(f"> {line}".rstrip() for line in text.split("\n")), "quote"))
        elif tag == "pre":
            body = node.text.strip("\n")
            fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", body)), default=0))
            if body.strip():
                self.made.blocks.append(Block(f"{fence}\n{body}\n{fence}", "code"))
        elif tag == "hr":
            self.made.blocks.append(Block("---", "rule"))
        else:
            self.blocks(node)

    def _heading(self, node: Node, level: int) -> None:
        pictures = [each for each in node.walk() if each.tag == "img"]
        text = re.sub(r"\s*\\?\n\s*", " ", self._inline(node.children, plain=True)).strip()
        if text:
            self.made.blocks.append(Block(text, "heading", level))
        for picture in pictures:
            self._picture(picture)

    def _paragraph(self, run: Sequence[Node | str]) -> None:
        """Write what stands in a line; pictures become blocks of their own."""
        part: list[Node | str] = []
        for each in _flat_pictures(run):
            if isinstance(each, Node) and each.tag == "img":
                self._text(part)
                part = []
                self._picture(each)
            else:
                part.append(each)
        self._text(part)

    def _text(self, run: Sequence[Node | str]) -> None:
        text = self._inline(run)
        for part in re.split(r"(?:\s*\\\n\s*){2,}", text):
            body = re.sub(r"^(?:\s*\\\n)+|(?:\\\n\s*|\s)+$", "", part).strip()
            body = "\n".join(_at_margin(line.strip()) for line in body.split("\n"))
            if _unmarked(body).strip():
                self.made.blocks.append(Block(body))

    def _picture(self, node: Node) -> None:
        src = node.attributes.get("data-src") or node.attributes.get("src", "")
        local = node.attributes.get("src", "")
        if local and not re.match(r"https?:|//", local) and not local.startswith("data:image/svg"):
            src = local
        if src:
            alt = re.sub(r"\s+", " ", node.attributes.get("alt", "")).strip()
            if re.fullmatch(
                r"(?i)图片|图像|image\d*|[\w-]+\.(jpe?g|png|gif|webp)|图片 ?\d+|picture ?\d+|.*Description.*generated.*",
                alt,
            ):
                alt = ""  # what programs write of themselves says nothing
            self.made.blocks.append(Block("", "picture", picture=Picture(src, alt)))

    # In a line

    def _inline(self, children: Sequence[Node | str], *, plain: bool = False) -> str:
        pieces = _joined(self._pieces(children, ""))
        for one, other in pairwise(pieces):  # two marks that touch are read as one
            if one.mark and other.mark and not (one.text[-1:].isspace() or other.text[:1].isspace()):
                (other if one.mark == "**" else one).mark = ""
        done = _joined(pieces)
        text = "".join(
            piece.text if plain and piece.mark != "~~" else _marked(piece.text, piece.mark) for piece in done
        )
        return re.sub(r"[ \t]+", " ", text)

    def _pieces(self, children: Sequence[Node | str], mark: str) -> Iterator[_Piece]:
        """The text in its parts; of several marks around a part the outermost but for bold counts."""
        for child in children:
            if isinstance(child, str):
                yield _Piece(escaped(_spaced(child)), mark)
            elif is_hidden(child):
                self._leave("hidden", child.text)
            elif child.tag == "br":
                yield _Piece("\\\n")
            elif child.tag in _PLAYED:
                address = child.attributes.get("src") or child.attributes.get("data-src", "")
                self._leave("played", f"{_PLAYED[child.tag]} {address}".strip())
            elif note := _note(child):
                yield _Piece(f"[^{note}]")
            elif child.tag == "a":
                yield _Piece(self._link(child, self._inline(child.children, plain=True)), mark)
            elif child.tag in _RAISED and child.text.isdecimal():
                yield _Piece(child.text.translate(_RAISED[child.tag]), mark)
            else:
                own = _MARKS.get(child.tag, "")
                yield from self._pieces(child.children, own if own == "**" or not mark else mark)

    def _link(self, node: Node, inner: str) -> str:
        href = node.attributes.get("href", "").strip()
        if re.match(r"(?:https?://|mailto:)\S+$", href) and _unmarked(inner).strip():
            before, after = re.match(r"\s*", inner), re.search(r"\s*$", inner)
            address = href.replace("(", "%28").replace(")", "%29").replace("<", "%3C").replace(">", "%3E")
            return f"{before[0] if before else ''}[{inner.strip()}]({address}){after[0] if after else ''}"
        if href and not href.startswith(("#", "javascript:")):
            self._leave("links", f"{_unmarked(inner).strip()} {href}")
        return inner

    # Lists, tables, notes

    def _list(self, node: Node) -> str:
        start = re.fullmatch(r"\d{1,9}", node.attributes.get("start", "").strip())
        lines, count, stop = list[str](), int(start[0]) - 1 if start else 0, "."
        for item in node.children:
            if not isinstance(item, Node):
                if item.strip():
                    lines.append(f"- {_at_margin(escaped(_spaced(item)).strip())}")
                continue
            first = _COUNT.search(item.text)
            last, count = count, int(first[1]) if first and node.tag == "ol" else count + 1
            if last and lines and count != last + 1:  # a list of its own, told apart by another sign
                stop = ")" if stop == "." else "."
                lines.append("")
            mark = "-" if node.tag == "ul" else f"{count}{stop}"
            inner = _Writer()
            inner.blocks(item)
            self._take(inner)
            texts = [block for block in inner.made.blocks if not block.picture]
            if not texts:
                continue
            tight = (
                all(block.kind in {"text", "list"} for block in texts)
                and len([block for block in texts if block.kind == "text"]) <= 1
            )
            text = ("\n" if tight else "\n\n").join(
                f"**{block.text}**" if block.kind == "heading" else block.text for block in texts
            )
            indent = " " * (len(mark) + 1)
            first_line, *others = text.split("\n")
            lines += [f"{mark} {first_line}", *(f"{indent}{line}" if line else "" for line in others)]
        return "\n".join(lines)

    def _take(self, inner: "_Writer") -> None:
        """What was found inside of a list, quotation or cell and stands for itself."""
        for block in inner.made.blocks:
            if block.picture:
                self.made.blocks.append(block)
        for kind, words in inner.made.left_out.items():
            for each in words:
                self._leave(kind, each)

    def _notes(self, node: Node) -> bool:
        """Whether a list is that of the footnotes."""
        items = [item for item in node.children if isinstance(item, Node)]
        if not items or not all(re.search(r"(foot|end)note-\d+$", item.attributes.get("id", "")) for item in items):
            return False
        for item in items:
            found = re.search(r"(foot|end)note-(\d+)$", item.attributes["id"])
            inner = _Writer()
            inner.blocks(item)
            text = " ".join(block.text for block in inner.made.blocks if not block.picture)
            if found:
                name = found[2] if found[1] == "foot" else f"e{found[2]}"
                self.made.notes[name] = re.sub(r"\s*(\[?↑\]?(\(#[^)]*\))?)\s*$", "", text)
        return True

    def _table(self, node: Node) -> None:
        rows = [row for row in node.walk() if row.tag == "tr" and _owner(node, row)]
        grid = _grid(rows)
        self.made.tables.append(grid)
        if not grid:
            return
        width = max(map(len, grid))
        if width == 1:  # a frame around text
            for (cell,) in (row for row in grid if row):
                self.blocks(cell)
            return
        texts = [[self._cell(cell) for cell in row] + [""] * (width - len(row)) for row in grid]
        texts = [row for row in texts if any(row)]
        if not texts:
            return
        if any(
            int(cell.attributes.get("colspan", "1") or 1) > 1 or int(cell.attributes.get("rowspan", "1") or 1) > 1
            for row in rows
            for cell in row.children
            if isinstance(cell, Node) and _is_number(cell)
        ):
            self._leave("merged", " | ".join(filter(None, texts[0])))
        lines = [f"| {' | '.join(row)} |" for row in texts]
        lines.insert(1, f"|{' --- |' * width}")
        self.made.blocks.append(Block("\n".join(lines), "table"))

    def _cell(self, cell: Node) -> str:
        inner = _Writer()
        inner.blocks(cell)
        self._take(inner)
        parts = [
            re.sub(r"(?m)^ *(-|\d+[.)]) ", "", block.text).replace("\n", "；") if block.kind == "list" else block.text
            for block in inner.made.blocks
            if not block.picture
        ]
        text = ""
        for part in parts:
            line = re.sub(r"\s*\\?\n\s*", " ", part)
            text += ("" if not text else "" if text[-1] in "。；！？，、：" else "；") + line
        return text.replace("|", "\\|")

    def _leave(self, kind: str, words: str) -> None:
        text = re.sub(r"\s+", " ", _COUNT.sub("", words)).strip()
        if text and text not in self.made.left_out[kind]:
            self.made.left_out[kind].append(text)


def escaped(text: str) -> str:
    """A text in which no sign means anything to Markdown."""
    text = _COUNT.sub("", text)
    text = re.sub(r"([\\`*_\[\]<>])", r"\\\1", text)
    text = text.replace("~~", "\\~\\~")
    return re.sub(r"&(?=#?\w+;)", r"\\&", text)


def _at_margin(line: str) -> str:
    """A line whose first signs begin no list, heading or quotation."""
    line = re.sub(r"^(#{1,6}|[-+])(?=\s|$)", r"\\\1", line)
    line = re.sub(r"^(\d{1,9})([.)])(?=\s|$)", r"\1\\\2", line)
    line = re.sub(r"^([:~])(?=\s)", r"\\\1", line)
    return re.sub(r"^(=+|-{2,}|\|)", r"\\\1", line)


def _spaced(text: str) -> str:
    """A text with the blanks that a browser shows: a line feed between two Han characters is none."""
    text = text.replace("\u00a0", " ").replace("\u200b", "").replace("\ufeff", "").replace("\u00ad", "")

    def one(found: re.Match[str]) -> str:
        before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
        return "" if before and after and is_han(before) and is_han(after) else " "

    return re.sub(r"[ \t]*[\r\n]+[ \t\r\n]*", one, text).replace("\u3000", " " if text.strip("\u3000 ") else "")


def _marked(inner: str, mark: str) -> str:
    """A text between marks, with the blanks outside of them."""
    body = inner.strip()
    if not mark or not _unmarked(body).strip():
        return inner
    start = inner.index(body)
    return f"{inner[:start]}{mark}{body}{mark}{inner[start + len(body) :]}"


def _unmarked(text: str) -> str:
    """The words of a Markdown text of one line."""
    return re.sub(r"\\(\W)", r"\1", re.sub(r"(?<!\\)(\*\*|\*|~~)", "", text))


def _joined(pieces: Iterable[_Piece]) -> list[_Piece]:
    """Neighbours of the same mark as one, since Word parts a bold sentence at every correction. Blanks have any mark."""
    done: list[_Piece] = []
    for piece in pieces:
        last = done[-1] if done else None
        if last and (last.mark == piece.mark or (not piece.text.strip() and piece.text != "\\\n")):
            last.text += piece.text
        elif piece.text:
            done.append(_Piece(piece.text, piece.mark))
    return done


def _flat_pictures(run: Sequence[Node | str]) -> list[Node | str]:
    """The parts of a line, with its pictures between them and no longer inside of marks."""
    done: list[Node | str] = []
    for each in run:
        if isinstance(each, Node) and each.tag != "img" and any(inner.tag == "img" for inner in each.walk()):
            for part in _flat_pictures(each.children):
                is_picture = isinstance(part, Node) and part.tag == "img"
                done.append(part if is_picture else Node(each.tag, each.attributes, [part]))
        else:
            done.append(each)
    return done


def _holds_block(node: Node) -> bool:
    return any(inner.tag in _BLOCKS for inner in node.walk())


def _note(sup: Node) -> str:
    for node in sup.walk() if sup.tag == "sup" else ():
        found = _NOTE.fullmatch(node.attributes.get("href", "")) if node.tag == "a" else None
        if found:
            return found[2] if found[1] == "footnote" else f"e{found[2]}"
    return ""


def _owner(table: Node, row: Node) -> bool:
    """Whether a row belongs to this table, and not to one inside of it."""

    def rows(node: Node) -> "list[Node]":
        found: list[Node] = []
        for child in node.children:
            if isinstance(child, Node) and child.tag != "table":
                found += [child] if child.tag == "tr" else rows(child)
        return found

    return any(row is one for one in rows(table))


def _is_number(cell: Node) -> bool:
    return all(cell.attributes.get(name, "1").isdecimal() for name in ("colspan", "rowspan"))


def _grid(rows: Sequence[Node]) -> list[list[Node]]:
    """The cells of a table; where one goes over others, these are empty."""
    grid: list[list[Node]] = []
    below: dict[int, int] = {}
    for row in rows[:2000]:
        line: list[Node] = []
        for cell in (each for each in row.children if isinstance(each, Node) and each.tag in {"td", "th"}):
            while below.get(len(line), 0):
                below[len(line)] -= 1
                line.append(Node("td"))
            across, down = (
                min(int(cell.attributes.get(name, "1") or 1), 100) if _is_number(cell) else 1
                for name in ("colspan", "rowspan")
            )
            if len(line) >= _WIDEST:
                break
            for at in range(across):
                if down > 1:
                    below[len(line)] = down - 1
                line.append(cell if at == 0 else Node("td"))
        while below.get(len(line), 0):
            below[len(line)] -= 1
            line.append(Node("td"))
        grid.append(line)
    return grid


def _tidied(made: Markup) -> Markup:
    """Captions go to their pictures; numbered lines of official texts become headings where there are none."""
    blocks: list[Block] = []
    for block in made.blocks:
        last = blocks[-1] if blocks else None
        if last and last.picture and block.kind == "text" and (found := _CAPTION.fullmatch(_unmarked(block.text))):
            last.picture.alt = last.picture.alt or found[1].strip()
            continue
        blocks.append(block)
    if not any(block.kind == "heading" and block.level > 1 for block in blocks):
        for block in blocks:
            if block.kind == "text" and _NUMBERED.fullmatch(_unmarked(block.text)):
                block.kind, block.level, block.text = "heading", 2, re.sub(r"(?<!\\)\*\*", "", block.text)
    made.blocks = blocks
    return made

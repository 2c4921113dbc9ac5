"""Slips of an input method in YAML: what only looks like a blank, and full-width signs where YAML wants its own.

One policy: nothing is corrected in silence. Where YAML, a date, a number or an id wants an ASCII character, another
one is a finding at its own line and column. In a text all of them are right. YAML's own freedoms stay: a tab after a
colon, and any blank around a text.
"""

import re
from functools import cache
from unicodedata import normalize

from msgspec import Struct

from honorroll.diagnostics import Diagnostic, Place
from honorroll.filesystem import called

#: What looks like a blank, or like nothing, and is no blank to YAML.
BLANKS = "\u00a0\u00ad\u034f\u061c\u1680\u180e\u2000-\u200f\u202f\u205f-\u2064\u3000\u3164\ufeff\uffa0"
_COLONS, _DASHES, _HASHES = "：﹕︓∶꞉", "－—–−‐‑‒―﹣﹘•·・●", "＃﹟"
_QUOTES = "“”„‟‘’‚‛＂＇「」『』〝〞"
_OPEN, _CLOSE = "［【〔（｛", "］】〕）｝"
_COMMAS = "，、；､﹐﹑﹔"
_BARS, _FOLDS = "｜│┃￨∣❘︱", "＞﹥"

#: What a sign is typed for.
_WANTED = {
    **dict.fromkeys(_COLONS, ":"),
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys(_HASHES, "#"),
    **dict.fromkeys(_QUOTES, '"'),
    **dict.fromkeys("［【〔（", "["),
    **dict.fromkeys("］】〕）", "]"),
    "｛": "{",
    "｝": "}",
    **dict.fromkeys(_COMMAS, ","),
    **dict.fromkeys(_BARS, "|"),
    **dict.fromkeys(_FOLDS, ">"),
}

_GAP = f"[ {BLANKS}]*"
_KEY = r"[A-Za-z_][A-Za-z0-9_-]*"
_KEYED = rf"[{_QUOTES}]?[A-Za-z_][A-Za-z0-9_{BLANKS}-]*[{_QUOTES}]?{_GAP}[:{_COLONS}]"
#: What may stand before a key or an item.
_BEFORE = r" *(?:- +)*"

#: The slips of a line, each after what may stand before a key, as groups `blank`, `sign` and `missing`.
_LINES = (
    rf"(?P<blank>[{BLANKS}]){_GAP}(?:[-#{_DASHES}{_HASHES}]|{_KEYED})",
    rf"-(?P<blank>[{BLANKS}])",
    rf"(?<! )(?=[-{_DASHES}]{{2,}}{_GAP}$|[-{_DASHES}]{{3}})-*(?P<sign>[{_DASHES}])[-{_DASHES}]*(?:[ {BLANKS}]|$)",
    rf"(?P<sign>[{_DASHES}])(?:[ {BLANKS}]|{_KEYED})",
    rf"(?P<missing>-){_KEYED}(?:\s|[{BLANKS}]|$)",
    rf"(?P<sign>[{_HASHES}])",
    rf"(?P<sign>[{_QUOTES}]){_KEYED}",
    rf"[\"']?{_KEY}(?P<sign>[{_QUOTES}]){_GAP}[:{_COLONS}]",
    rf"{_KEY} *(?P<blank>[{BLANKS}])[A-Za-z0-9_{BLANKS} -]*[:{_COLONS}]",
    rf"[\"']?{_KEY}[\"']? *(?P<sign>[{_COLONS}])",
    rf"{_KEY} *:(?P<blank>[{BLANKS}])",
    rf"(?:{_KEY} *:[ \t]+)?(?P<sign>[{_BARS}{_FOLDS}])[-+0-9]*{_GAP}(?:#|$)",
    r"[a-z_]+ *(?P<missing>:)(?!//)\S",
)
_ALONE = re.compile(_KEY)
_TO_VALUE = re.compile(rf"{_BEFORE}(?:{_KEY} *:[ \t]+)?")
_RIGHT = re.compile(rf"{_BEFORE}{_KEY}:([ \t]|$)")
#: Those of a value that YAML does not understand, by its first character.
_VALUES = (
    rf"(?P<sign>[{_QUOTES}{_OPEN}])",
    rf"[|>][-+0-9]*(?P<blank>[{BLANKS}])",
    rf"\"(?:[^\"\\]|\\.)*(?P<sign>[{_QUOTES}])[^\"]*$|'[^']*(?P<sign2>[{_QUOTES}])[^']*$",
    rf"(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|\[[^\]]*\]|\{{[^}}]*\}}) *(?:(?P<sign>[{_HASHES}])|(?P<blank>[{BLANKS}]))",
    rf"[\[{{](?:[^\"'{_OPEN}{_CLOSE}{_QUOTES}{_COMMAS}]|\"[^\"]*\"|'[^']*')*(?P<sign>[{_OPEN}{_CLOSE}{_QUOTES}{_COMMAS}])",
    rf"\{{(?:[^\"'{_COLONS}]|\"[^\"]*\"|'[^']*')*(?P<sign>[{_COLONS}])",
    rf"\{{(?:[^\"'{BLANKS}]|\"[^\"]*\"|'[^']*')*:(?P<blank>[{BLANKS}])",
)
#: A comment that YAML takes for a part of the text.
_COMMENT = re.compile(
    rf"(?P<blank>[{BLANKS}])#(?![A-Za-z0-9]|[^\s#{BLANKS}]+#)|[ {BLANKS}](?P<sign>[{_HASHES}])[ {BLANKS}]"
)
#: A comment that cuts a text: nothing between `#` and a word, or one more `#` in the line.
_CUT = re.compile(r"[ \t]+(#+(?!#)(?:\S|[^#\n]*#))")
#: The first line of a value that is nothing but a sign for a text in the lines below.
_BLOCK = re.compile(rf"(?P<sign>[{_BARS}{_FOLDS}])[-+0-9]*{_GAP}\n")
_COMMA = re.compile(f"(?P<sign>[{_COMMAS}])")
#: In these a comma belongs to the text.
_ENCLOSED = re.compile("（[^）]*）|“[^”]*”|‘[^’]*’|《[^》]*》|「[^」]*」|『[^』]*』|【[^】]*】|［[^］]*］|〔[^〕]*〕")
#: How much of a line is looked at, in characters, and how many lines above a parser's complaint.
_LONGEST, _MOST = 2000, 100

_PROBLEMS = {
    "mapping values are not allowed in this context": "这里不能有冒号：可能缩进没有对齐；文字里有“: ”时，整句要加引号",
    "could not find expected ':'": "少了冒号",
    "found unexpected end of stream": "引号没有成对",
    "found unexpected document indicator": "引号没有成对",
    "did not find expected ',' or ']'": "方括号没有成对，或少了逗号",
    "did not find expected ',' or '}'": "花括号没有成对，或少了逗号",
    "did not find expected '-' indicator": "缩进没有对齐，或少了“-”",
    "did not find expected key": "缩进没有对齐，或引号、括号后面还有文字",
    "did not find expected <document start>": "缩进没有对齐",
    "did not find expected node content": "这里缺少内容，或多了符号",
    "block sequence entries are not allowed in this context": "列表要另起一行",
    "found character that cannot start any token": "文字不能以 @、%、` 开头，要加引号",
    "did not find expected alphabetic or numeric character": "文字不能以 *、& 开头，要加引号",
    "did not find expected whitespace or line break": "文字不能以 ! 开头，要加引号",
    "did not find expected comment or line break": "“|”“>”后面不能再写文字",
    "found invalid Unicode character escape code": "双引号里的反斜杠写法不对",
    "found unknown escape character": "双引号里的反斜杠写法不对",
}


def explain(problem: str) -> str:
    """The parser's complaint in Chinese; as it is when we have no words for it."""
    return _PROBLEMS.get(problem, problem)


class Slip(Struct, frozen=True):
    """A slip: the rule, how many characters stand before it in its line or value, and what goes into the rule's sentences."""

    rule: str
    start: int
    args: dict[str, str]

    def at(self, path: str, line: int, column: int = 0) -> Diagnostic:
        """The finding in a line (from 1), where its text begins after so many characters."""
        return Diagnostic(self.rule, Place(path, line=line, column=column + self.start + 1), self.args)


def in_line(line: str) -> Slip | None:
    """The first slip in a line whose meaning is wanted: in its signs, or in those of a value that YAML does not understand."""
    return _in_signs(line) or _in_value(line)


def _in_signs(line: str) -> Slip | None:
    matches = (pattern.match(line[:_LONGEST]) for pattern in _patterns()[0])
    return next((_slip(found) for found in matches if found), None)


def _in_value(line: str) -> Slip | None:
    before = _TO_VALUE.match(line)
    start = before.end() if before else 0
    matches = (pattern.match(line[start:_LONGEST]) for pattern in _patterns()[1])
    return next((_slip(found, start) for found in matches if found), None)


def in_list(text: str) -> Slip | None:
    """The first slip in a text where a list is wanted: a dash or bracket of another kind, or what follows the dash."""
    if text[:1] in (*_DASHES, *_OPEN):
        return Slip("YML-06", 0, {"found": text[0], "wanted": _WANTED[text[0]]})
    return in_line(text) if text.startswith("-") else None


def in_key(key: str) -> Slip | None:
    """The slip in a key that YAML understood otherwise than it was meant."""
    return None if _ALONE.fullmatch(key) else in_line(f"{key}: ")


def in_text(text: str, *, listed: bool) -> Slip | None:
    """A comment in a plain value that YAML takes for text, or, where it is `listed` in brackets, a comma of another kind."""
    if text.isascii():
        return None
    found = _COMMENT.search(text)
    if listed and not found:
        found = _COMMA.search(_ENCLOSED.sub(lambda enclosed: "-" * len(enclosed[0]), text))
    return _slip(found) if found else None


def cut(text: str, end: int) -> int:
    """Where the comment begins that cuts off a part of the plain value which ends there in a text; -1 for none."""
    found = _CUT.match(text, end)
    return found.start(1) if found else -1


def in_block(text: str, start: int) -> Slip | None:
    """The sign of another kind than `|` or `>` that a plain value of several lines begins with."""
    found = _BLOCK.match(text, start)
    return _slip(found, -start) if found else None


def unclosed(lines: list[str], opened: str) -> tuple[int, Slip] | None:
    """The line (from 0) and slip of the first bracket of another kind that was to close what was `opened` there."""
    for number, line in enumerate(lines):
        for match in re.finditer(f"(?P<sign>[{_CLOSE}])", line[:_LONGEST]):
            before, sign = line[: match.end()], match[0]
            mate = _OPEN[_CLOSE.index(sign)]
            if (sign == "｝") == (opened == "{") and before.count(sign) > before.count(mate):
                return number, _slip(match)
    return None


def near(lines: list[str], column: int) -> tuple[int, Slip] | None:
    """The line (from 1) and slip by which a parser stumbled in the last of these lines, at a column from 1.

    Looked for in that line, and above it as far as no `key: value` is right; then at the very character.
    """
    for number in range(len(lines), max(0, len(lines) - _MOST), -1):
        line, is_last = lines[number - 1], number == len(lines)
        if slip := in_line(line) if is_last else _in_signs(line):
            return number, slip
        if not is_last and _RIGHT.match(line):
            break
    last = lines[-1] if lines else ""
    for at in (column - 1, column - 2):
        if 0 <= at < len(last) and (found := re.match(rf"(?P<blank>[{BLANKS}])|(?P<sign>[{_HASHES}])", last[at])):
            return len(lines), _slip(found, at)
    return None


def plain(text: str) -> str:
    """A date, number or id as it would be typed in ASCII: without quotes, odd blanks and full-width forms."""
    folded = re.sub(rf"[{BLANKS}{_QUOTES}]+", " ", text)
    folded = re.sub(f"[{_DASHES}]", "-", re.sub(f"[{_COLONS}]", ":", folded))
    folded = normalize("NFKC", folded).strip()
    day = re.fullmatch(
        r"(\d{4}) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2}) ?日?(?:[ T]+(\d{1,2}):(\d{2}))?", folded, re.ASCII
    )
    if day:
        year, month, number, hour, minute = day.groups()
        return f"{year}-{month:0>2}-{number:0>2}" + (f" {hour:0>2}:{minute}" if hour else "")
    return re.sub(r"(?<=\d),(?=\d{3}(\D|$))", "", folded)


def is_fence(line: str) -> bool:
    """Whether a line is meant for the `---` around front matter, but mistyped."""
    marks = re.sub(rf"[ {BLANKS}]", "", line)
    return line.rstrip() != "---" and bool(re.fullmatch(rf"---|[-{_DASHES}]*[{_DASHES}][-{_DASHES}]*", marks))


@cache
def _patterns() -> tuple[list[re.Pattern[str]], list[re.Pattern[str]]]:
    """Those of lines and of values, compiled where something is wrong: that takes longer than to import this module."""
    return [re.compile(_BEFORE + slip) for slip in _LINES], [re.compile(slip) for slip in _VALUES]


def _slip(found: re.Match[str], start: int = 0) -> Slip:
    groups = {name: value for name, value in found.groupdict().items() if value}
    kind, character = next(iter(groups.items()))
    start += found.start(kind)
    if kind == "blank":
        return Slip("YML-11", start, called(character))
    if kind == "missing":
        return Slip("YML-12", start, {"sign": character})
    wanted = "'" if kind == "sign2" else _WANTED[character]
    return Slip("YML-06", start, {"found": character, "wanted": wanted})

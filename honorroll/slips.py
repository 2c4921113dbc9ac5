"""Slips of typing that turn YAML into something else, in words that editors know."""

import re

_COLON = re.compile(r"^(\s*(?:- +)*[A-Za-z_][\w-]*)\s*：")
_KEY = re.compile(r"^\s*(?:- +)*[A-Za-z_][\w-]*:(\s|$)")

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


def full_width_colon(lines: list[str]) -> tuple[int, int] | None:
    """Line and column (from 1) of a `key：value` typed with a full-width colon.

    Looked for in the last line, and above it as far as no `key: value` is right.
    """
    for number in range(len(lines), 0, -1):
        match = _COLON.match(lines[number - 1])
        if match:
            return number, match.end(1) + 1
        if number < len(lines) and _KEY.match(lines[number - 1]):
            return None
    return None

"""CSS selectors: their specificity, and `:is()` written out as a list for browsers that do not know it.

Selectors are given as `lightningcss` prints them when it minifies: no comments, no blanks but the descendant combinator.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

#: Identifiers, ids, classes and functions of any script, with escapes.
_NAME = r"(?:\\[0-9a-fA-F]{1,6}\s?|\\.|[-\w]|[^\x00-\x7f])+"
_STRING = r'"(?:\\[\s\S]|[^"\\])*"|\'(?:\\[\s\S]|[^\'\\])*\''
_PIECE = re.compile(
    rf"(?P<pseudo>::?{_NAME})(?P<opens>\()?|(?P<simple>[.#]{_NAME}|\[(?:{_STRING}|[^\]\"'])*\])"
    rf"|(?P<type>(?:(?:{_NAME}|\*)?\|)?(?:{_NAME}|\*)|&)|(?P<combinator>\s*(?:[>+~]|\|\|)\s*|\s+)"
)
_MARK = re.compile(rf"{_STRING}|\\[\s\S]|[][(){{}}]|[,\s]+")

#: Matches everything, with the specificity of an id.
_ALWAYS = r":not(#\#)"

#: Pseudo-elements that may be written with one colon.
_OLD_ELEMENTS = frozenset({"before", "after", "first-line", "first-letter"})

#: What browsers of the floor (`styles.FLOOR`) know. Any other name makes them drop a whole rule, so it gets its own.
KNOWN = frozenset(
    """
    active after before checked default disabled empty enabled first-child first-letter first-line first-of-type focus
    focus-within hover in-range indeterminate invalid lang last-child last-of-type link not nth-child nth-last-child
    nth-last-of-type nth-of-type only-child only-of-type optional out-of-range placeholder placeholder-shown read-only
    read-write required root selection target valid visited
    """.split()
)

#: What a selector has none of that needs to be taken apart before it can be made stronger or written out.
_SPECIAL = re.compile(r":(?:is|not)\(|:(?:before|after|first-l)|::|[*|\\&]")
_PSEUDO = re.compile(r":([-\w]+)")

#: A selector whose `:is()` would become more than this many is left as it is.
MOST = 256


class Specificity(NamedTuple):
    """How strong a selector is: its ids; its classes, attributes and pseudo-classes; its types and pseudo-elements."""

    ids: int = 0
    classes: int = 0
    types: int = 0

    def plus(self, other: "Specificity") -> "Specificity":
        """The sum."""
        return Specificity(*(one + two for one, two in zip(self, other, strict=True)))


class Compound(NamedTuple):
    """Simple selectors for one element, and the combinator before them; none before the first."""

    combinator: str
    simple: tuple[str, ...]


Complex = tuple[Compound, ...]
"""Compounds joined by combinators."""


class UnreadableError(ValueError):
    """Not a selector that this module understands."""


def split(text: str, separator: str = ",") -> list[str]:
    """Cut a text at a comma or at white space that stands in no brackets, string or escape."""
    parts, start, depth = [], 0, 0
    for match in _MARK.finditer(text):
        sign = match[0]
        if sign in "([{":
            depth += 1
        elif sign in ")]}":
            depth -= 1
        elif depth == 0 and sign[0] not in "\"'\\" and (("," in sign) if separator == "," else sign.isspace()):
            parts.append(text[start : match.start()])
            start = match.end()
    return [part.strip() for part in (*parts, text[start:]) if part.strip()]


def rewritten(text: str, ids: int) -> list[tuple[str, bool]]:
    """What a selector is written as, made stronger by so many ids, and whether browsers of the floor know it."""
    if not _SPECIAL.search(text):  # most have nothing that needs a closer look
        return [(text + _ALWAYS * ids, KNOWN.issuperset(_PSEUDO.findall(text)))]
    try:
        return [(joined(stronger(one, ids)), is_known(one)) for one in written_out(parsed(text))]
    except UnreadableError:
        return [(text, False)]


def ids_of(text: str) -> int:
    """How many ids count in the specificity of a selector."""
    try:
        return specificity(parsed(text)).ids if "#" in text else 0
    except UnreadableError:
        return 0


def parsed(text: str) -> Complex:
    """A selector without commas as compounds. Raises `UnreadableError`."""
    found: list[Compound] = []
    combinator, simple, at = "", list[str](), 0
    text = text.strip()
    while at < len(text):
        match = _PIECE.match(text, at)
        if not match:
            raise UnreadableError(text)
        at = match.end()
        if match["opens"]:
            at = _closing(text, at)
        if match["combinator"]:
            if simple or found:
                found.append(Compound(combinator, tuple(simple)))
            combinator, simple = match[0].strip() or " ", []
        else:
            simple.append(text[match.start() : at])
    return (*found, Compound(combinator, tuple(simple)))


def _closing(text: str, at: int) -> int:
    """Where the function ends whose opening parenthesis stands before `at`."""
    depth = 1
    for match in _MARK.finditer(text, at):
        depth += (match[0] in "([{") - (match[0] in ")]}")
        if depth == 0:
            return match.end()
    raise UnreadableError(text)


def joined(selector: Complex) -> str:
    """The text of a selector."""
    return "".join(compound.combinator + "".join(compound.simple) for compound in selector)


def specificity(selector: Complex) -> Specificity:
    """Of a whole selector. Raises `UnreadableError` for what is inside a function."""
    total = Specificity()
    for compound in selector:
        for simple in compound.simple:
            total = total.plus(_of_simple(simple))
    return total


def _of_simple(simple: str) -> Specificity:
    if simple[0] != ":":
        is_type = simple[0] not in "#.[" and simple.rpartition("|")[2] not in {"*", "&"}
        return Specificity(int(simple[0] == "#"), int(simple[0] in ".["), int(is_type))
    if _is_element(simple):
        return Specificity(types=1)
    name, arguments = _function(simple)
    if name in {"is", "not", "has", "-webkit-any", "-moz-any"}:
        return _strongest(arguments)
    if name == "where":
        return Specificity()
    if name in {"nth-child", "nth-last-child"} and " of " in arguments:
        return Specificity(classes=1).plus(_strongest(arguments.partition(" of ")[2]))
    return Specificity(classes=1)


def _strongest(listed: str) -> Specificity:
    return max((specificity(parsed(part)) for part in split(listed)), default=Specificity())


def _function(simple: str) -> tuple[str, str]:
    """A pseudo-class's name and, where it is a function, what is in its parentheses."""
    name, _, arguments = simple.lstrip(":").partition("(")
    return name.lower(), arguments[:-1]


def is_known(selector: Complex) -> bool:
    """Whether browsers of the floor know all of a selector."""
    for simple in _simple(selector):
        if simple[0] == ":":
            name, arguments = _function(simple)
            if name not in KNOWN or (name == "not" and not _is_simple_and_known(arguments)):
                return False
            if name.startswith("nth-") and " of " in arguments:
                return False
    return True


def _is_simple_and_known(text: str) -> bool:
    """Whether it may stand in `:not()` for browsers of the floor, which take one simple selector."""
    selectors = [parsed(part) for part in split(text)]
    return len(selectors) == 1 and _is_one(selectors[0]) and is_known(selectors[0])


def _is_one(selector: Complex) -> bool:
    return len(selector) == 1 and len(selector[0].simple) == 1


def _simple(selector: Complex) -> Iterator[str]:
    for compound in selector:
        yield from compound.simple


def written_out(selector: Complex) -> list[Complex]:
    """The selectors that match the same elements with the same specificity and have no `:is()`.

    `:not()` with a list becomes several, whose specificity is their sum, which cannot be helped. What cannot be
    written without `:is()` is left: one that is not in the leftmost compound and holds a combinator.
    """
    pending, done = [_with_plain_not(selector)], list[Complex]()
    while pending:
        here = pending.pop()
        branches = _branches(here)
        if branches is None:
            done.append(here)
        else:
            pending += reversed(branches)
        if len(pending) + len(done) > MOST:
            return [selector]
    return done


def _with_plain_not(selector: Complex) -> Complex:
    """With one `:not()` for each selector of its list, where that is possible."""
    found = []
    for compound in selector:
        simple = list[str]()
        for each in compound.simple:
            simple += _plain_not(each)
        found.append(Compound(compound.combinator, tuple(simple)))
    return tuple(found)


def _plain_not(simple: str) -> list[str]:
    name, arguments = _function(simple) if simple.startswith(":not(") else ("", "")
    if not name:
        return [simple]
    inner = list[str]()
    for part in split(arguments):
        only = parsed(part)
        is_list = _is_one(only) and only[0].simple[0].startswith(":is(")
        inner += split(_function(only[0].simple[0])[1]) if is_list else [part]
    return [f":not({part})" for part in inner] if all(_is_one(parsed(part)) for part in inner) else [simple]


def _branches(selector: Complex) -> list[Complex] | None:
    """The selectors that its first `:is()` stands for; None where there is none, or it has to stay."""
    for at, compound in enumerate(selector):
        for place, simple in enumerate(compound.simple):
            if simple.startswith(":is("):
                arguments = [parsed(part) for part in split(_function(simple)[1])]
                if any(len(argument) > 1 and at > 0 for argument in arguments):
                    return None
                most = max(map(specificity, arguments), default=Specificity())
                merged = (_merged(compound, place, argument, most) for argument in arguments)
                return [(*selector[:at], *inner, *selector[at + 1 :]) for inner in merged if inner]
    return None


def _merged(compound: Compound, place: int, argument: Complex, most: Specificity) -> Complex:
    """A compound with one argument in place of its `:is()`; nothing if no element can match both."""
    own = argument[-1].simple
    before, after = compound.simple[:place], compound.simple[place + 1 :]
    types = [simple for simple in (*before[:1], *own[:1]) if simple[0] not in ".#[:"]
    named = {simple for simple in types if simple != "*"}
    if len(named) > 1:
        return ()
    rest = tuple(simple for simple in (*before, *own) if simple not in types)
    first = tuple(named) or tuple(types[:1])
    last = Compound(argument[-1].combinator or compound.combinator, (*first, *rest, *_padding(argument, most), *after))
    if len(argument) == 1:
        return (Compound(compound.combinator, last.simple),)
    return (Compound(compound.combinator, argument[0].simple), *argument[1:-1], last)


def _padding(argument: Complex, most: Specificity) -> Iterator[str]:
    """What matches anything and brings an argument up to the strength of the strongest."""
    own = specificity(argument)
    for sign, mine, wanted in zip((r"#\#", r".\#", r"\#"), own, most, strict=True):
        yield from [f":not({sign})"] * (wanted - mine)


def stronger(selector: Complex, ids: int) -> Complex:
    """A selector that matches the same and is stronger by so many ids."""
    *others, last = selector
    simple = last.simple
    end = next((at for at, each in enumerate(simple) if _is_element(each)), len(simple))
    start = simple[:end] if simple[:end] != ("*",) or not ids else ()
    return (*others, Compound(last.combinator, (*start, *[_ALWAYS] * ids, *simple[end:])))


def _is_element(simple: str) -> bool:
    return simple.startswith("::") or (simple[0] == ":" and _function(simple)[0] in _OLD_ELEMENTS)

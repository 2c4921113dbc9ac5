"""What an SVG may hold to be published: lines, colours and words, but nothing that runs, fetches or leads elsewhere.

An SVG is a document, not a picture: whoever opens its address runs its scripts as those of the site. So elements and
addresses are allowed by name. What other programs note beside the drawing, in namespaces of their own, no browser looks at.
"""

import re
from xml.parsers import expat

from honorroll.diagnostics import Diagnostic, Place

_SVG = "http://www.w3.org/2000/svg"
_XHTML = "http://www.w3.org/1999/xhtml"
_XML = "http://www.w3.org/XML/1998/namespace"

#: Elements of SVG that draw, or say how.
_ELEMENTS = frozenset(
    "svg g defs symbol use switch view title desc metadata style path rect circle ellipse line polyline polygon image text "
    "tspan textPath marker pattern mask clipPath linearGradient radialGradient stop filter feBlend feColorMatrix "
    "feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood "
    "feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight "
    "feSpecularLighting feSpotLight feTile feTurbulence".split()
)

#: What an address may be: a part of the same drawing, or a picture inside it.
_INNER = re.compile(r"\s*(?:#|data:image/(?:png|jpeg|gif|webp);base64,|$)")

#: What a style may not say: anything from elsewhere. Escapes could spell it otherwise.
_STYLE = re.compile(
    r"@import|\\|url\(\s*['\"]?\s*(?!['\"#\s])|image-set|expression|-moz-binding|javascript:", re.IGNORECASE
)

#: No drawing lies deeper in itself, or has more elements.
_MAX_DEPTH, _MAX_ELEMENTS = 100, 100_000


class _FoundError(Exception):
    """What is not allowed, its line and its column from 0, which only the handler is told rightly."""


class _Drawing:
    """Follows the parser, which knows the place."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.ProcessingInstructionHandler = self.instruction
        self.parser.buffer_text = True
        self.depth = self.number = 0
        self.style: list[str] = []
        self.in_style = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, name = tag.rpartition(" ")
        self.depth, self.number = self.depth + 1, self.number + 1
        if self.in_style or space == _XHTML or (space in {"", _SVG} and name not in _ELEMENTS):
            msg = f"<{name}>"
            raise self.refused(msg)
        if self.depth > _MAX_DEPTH or self.number > _MAX_ELEMENTS:
            msg = f"<{name}> × {self.number}"
            raise self.refused(msg)
        self.in_style, self.style = space in {"", _SVG} and name == "style", []
        for full, value in attributes.items():
            inside, _, word = full.rpartition(" ")
            if (
                word.lower().startswith("on")
                or (word in {"href", "src"} and not _INNER.match(value))
                or (inside == _XML and word == "base")
                or _STYLE.search(value)
            ):
                msg = f"{word}="
                raise self.refused(msg)

    def refused(self, what: str) -> _FoundError:
        return _FoundError(what, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber)

    def end(self, _: str) -> None:
        self.depth -= 1
        if self.in_style and _STYLE.search("".join(self.style)):
            raise self.refused("<style>")
        self.in_style = False

    def text(self, text: str) -> None:
        if self.in_style:
            self.style.append(text)

    def doctype(self, *values: object) -> None:
        if values[-1]:  # it declares things of its own
            raise self.refused("<!DOCTYPE [")

    def instruction(self, target: str, _: str) -> None:
        msg = f"<?{target}"
        raise self.refused(msg)


def fault(path: str, data: bytes) -> Diagnostic | None:
    """SRC-16: the first thing in an SVG that is not allowed, or where it is no XML."""
    try:
        _Drawing().parser.Parse(data, True)
    except _FoundError as found:
        what, line, column = found.args
    except expat.ExpatError as error:
        what, line, column = f"XML: {expat.ErrorString(error.code)}", error.lineno, error.offset
    else:
        return None
    before = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")[line - 1][:column]
    return Diagnostic(
        "SRC-16", Place(path, line=line, column=len(before.decode("utf-8", "replace")) + 1), {"what": what}
    )

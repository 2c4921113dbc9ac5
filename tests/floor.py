"""What the published style sheets may use: an allow-list by the browsers of the floor, Chrome 83 and Safari 13.1.

By MDN's compatibility data. A name that is in no list here is a finding, so that a feature of tomorrow cannot slip in.
"""

import re
from collections.abc import Iterator
from typing import Any

import tinycss2

#: What the browsers of the floor know.
PROPERTIES = frozenset(
    """
    align-content align-items align-self animation background background-color border border-block-end border-block-start
    border-bottom border-collapse border-color border-inline-end border-inline-start border-inline-start-color
    border-inline-start-width border-left border-radius border-style border-top border-top-color border-top-width bottom
    box-shadow box-sizing clip-path color color-scheme column-gap content counter-increment counter-reset cursor display fill
    flex flex-basis flex-direction flex-flow flex-wrap font font-family font-size font-style font-variant-numeric font-weight
    gap stroke-dasharray grid-area grid-column grid-row grid-template-columns grid-template-rows height isolation justify-content left
    letter-spacing line-break line-height list-style list-style-position margin margin-block-end margin-block-start
    margin-bottom margin-inline-end margin-inline-start margin-left margin-right margin-top max-height max-width min-height
    min-width object-fit object-position opacity order orphans outline outline-color outline-offset outline-style outline-width
    overflow overflow-wrap overflow-x overflow-y padding padding-block-end padding-block-start padding-bottom
    padding-inline-end padding-inline-start padding-top place-items pointer-events position right row-gap size stroke
    stroke-width text-align text-anchor text-decoration text-decoration-color text-indent top transform transform-origin
    transition vertical-align visibility white-space widows width word-break z-index
    break-after break-before break-inside
    """.split()
)

#: What they do not know and can do without.
EXTRAS = {
    "accent-color": "a check box keeps the system's colour",
    "appearance": "with prefixes beside it",
    "aspect-ratio": "pictures have a width and a height",
    "container-type": "only for `cqw`, which has a fallback",
    "forced-color-adjust": "for browsers that know forced colours",
    "hanging-punctuation": "finer type",
    "mask-image": "with prefix beside it",
    "page": "paper gets the plain margins",
    "print-color-adjust": "with prefix beside it",
    "scroll-behavior": "jumps instead of gliding",
    "scroll-margin-top": "ends a little higher",
    "scroll-padding-top": "ends a little higher",
    "text-autospace": "finer type",
    "text-decoration-thickness": "the browser's own",
    "text-size-adjust": "with prefix beside it",
    "text-spacing-trim": "finer type",
    "text-underline-offset": "the browser's own",
    "text-wrap": "finer type",
}

SELECTORS = frozenset(
    """
    after before checked disabled empty first-child first-letter first-of-type focus focus-within hover last-child
    last-of-type link not nth-child nth-of-type only-child root target visited
    """.split()
)

#: They lose a rule with one of these, and no other with it.
EXTRA_SELECTORS = frozenset({"focus-visible", "has", "marker", "-webkit-details-marker"})

UNITS = frozenset("deg em rem fr mm pt px vh vw s ms".split())
FUNCTIONS = frozenset(
    "calc clamp counter inset linear-gradient max min minmax repeat rotate scalex url var translate rgb rgba attr".split()
)
RULES = frozenset({"media", "supports", "page", "font-face", "keyframes", "bottom-center"})
MEDIA = frozenset(
    """
    screen print all and not only or min-width max-width min-height max-height prefers-color-scheme dark light
    prefers-reduced-motion reduce no-preference forced-colors active
    """.split()
)


def above(css: str) -> list[str]:
    """What a style sheet uses that browsers of the floor neither know nor can do without."""
    return [*_rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True))]


def _rules(rules: list[Any], *, asked: bool = False) -> Iterator[str]:
    for rule in rules:
        if rule.type == "at-rule":
            name, prelude = rule.lower_at_keyword, tinycss2.serialize(rule.prelude)
            if name not in RULES:
                yield f"@{name}"
            if name == "media":
                yield from (
                    f"@media {word}"
                    for word in re.findall(r"[a-z][-a-z]*|[<>]", prelude)
                    if word not in MEDIA | {"rem", "px"}
                )
            if name in {"media", "supports"}:
                inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
                yield from _rules(inner, asked=asked or name == "supports")
            else:
                yield from _declarations(rule.content or [], asked=asked)
        elif rule.type == "qualified-rule":
            yield from _selectors(tinycss2.serialize(rule.prelude))
            yield from _declarations(rule.content, asked=asked)
        else:
            yield f"{rule.type}: {rule.message}"


def _selectors(prelude: str) -> Iterator[str]:
    plain = re.sub(r'"[^"]*"|:not\((?:[.#]?\\#)\)', "", prelude)
    names = set(re.findall(r":([-\w]+)", plain))
    yield from (f":{name}" for name in sorted(names - SELECTORS - EXTRA_SELECTORS))
    if names & EXTRA_SELECTORS and "," in re.sub(r"\([^()]*(?:\([^()]*\)[^()]*)*\)", "", plain):
        yield f"in a list: {prelude}"
    elif not names & EXTRA_SELECTORS and re.search(r":not\([^()]*[, >+~][^()]*\)|:not\([^()]+[.:#\[]", plain):
        yield f"more than one simple selector: {prelude}"


def _declarations(content: list[Any], *, asked: bool) -> Iterator[str]:
    before = set[str]()
    for each in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if each.type == "at-rule":
            yield from _rules([each], asked=asked)
        elif each.type != "declaration":
            yield f"{each.type}: {tinycss2.serialize([each]) if each.type == 'qualified-rule' else each.message}"
        else:
            name = each.lower_name
            if not name.startswith("-") and name not in PROPERTIES and name not in EXTRAS:
                yield name
            if not asked and name not in before:  # what they do not know comes after what they know
                yield from _values(each.value, name)
            before.add(name)


def _values(tokens: list[Any], name: str) -> Iterator[str]:
    for token in tokens:
        if token.type == "function":
            yield from [] if token.lower_name in FUNCTIONS else [f"{name}: {token.lower_name}()"]
            yield from _values(token.arguments, name)
        elif token.type == "dimension":
            yield from [] if token.lower_unit in UNITS else [f"{name}: {token.lower_unit}"]
        elif token.type == "ident" and (name, token.lower_value) in {
            ("overflow", "clip"),
            ("overflow-wrap", "anywhere"),
        }:
            yield f"{name}: {token.lower_value}"
        elif getattr(token, "content", None):
            yield from _values(token.content, name)

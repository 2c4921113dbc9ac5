"""A rule told on a page of its own."""

from collections import defaultdict
from collections.abc import Iterator
from textwrap import indent

from honorroll.checks.catalog.rule import Rule
from honorroll.checks.messages import say


def title(rule: Rule, lang: str) -> str:
    """What a finding of the rule says, with dots for what depends on the case."""
    return _open(rule.message[lang == "en"])


def hint(rule: Rule, lang: str) -> str:
    """How to mend a breach, with dots likewise."""
    return _open(rule.hint[lang == "en"])


def page(rule: Rule, lang: str) -> str:
    """All there is to say about a rule, as plain text."""
    head = f"{rule.id}  {say(rule.severity.name, lang)}  {title(rule, lang)}"
    return "\n".join([head, *(f"\n{name}\n{indent(text, '  ')}" for name, text in _sections(rule, lang))])


def _sections(rule: Rule, lang: str) -> Iterator[tuple[str, str]]:
    texts = {
        "x_why": rule.explanation[lang == "en"],
        "x_clause": rule.clause,
        "x_bad": rule.bad.strip("\n"),
        "x_good": rule.good.strip("\n"),
        "x_hint": hint(rule, lang),
    }
    return ((say(key, lang), text) for key, text in texts.items() if text)


class _Dots:
    """Stands for any value in any format."""

    def __format__(self, form: str) -> str:
        return "…"


def _open(sentence: str) -> str:
    return sentence.format_map(defaultdict(_Dots))

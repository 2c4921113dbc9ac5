"""The shape of a rule."""

from dataclasses import dataclass

from honorroll.diagnostics import Severity

Pair = tuple[str, str]

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its id, how bad a breach is, what to say and how to mend it.

    `message` and `hint` are pairs of Chinese and English sentences; `{names}` are filled from
    the diagnostic's `args`. `explanation` is a pair of paragraphs on what the rule is for; `clause`
    names the part of the plan that asks for it; `bad` and `good` are YAML or Markdown that breaks
    and keeps it.
    """

    id: str
    severity: Severity
    message: Pair
    hint: Pair
    explanation: Pair = ("", "")
    clause: str = ""
    bad: str = ""
    good: str = ""

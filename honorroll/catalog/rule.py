"""The shape of a rule."""

from dataclasses import dataclass

from honorroll.diagnostics import Severity

Pair = tuple[str, str]

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its id, how bad a breach is, what to say and how to mend it.

    `message` and `hint` are pairs of Chinese and English sentences; `{names}` are filled from
    the diagnostic's `args`.
    """

    id: str
    severity: Severity
    message: Pair
    hint: Pair

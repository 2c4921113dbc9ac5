"""How a rule about a record says what it found."""

from collections.abc import Iterable

from honorroll.diagnostics import Diagnostic, Place
from honorroll.inputs import record_name
from honorroll.model import Record


def breach(
    rule: str,
    record: Record,
    *keys: str | int,
    why: tuple[str, str] | None = None,
    related: Iterable[Place] = (),
    guess: str = "",
    **args: object,
) -> Diagnostic:
    """What is wrong with a record, at one of its values.

    `args`, and the Chinese and English `why`, go into the rule's sentences.
    """
    name = record_name(type(record), record.values())
    reason = dict(zip(("why_zh", "why"), why or (), strict=False))
    return Diagnostic(rule, record.at(*keys), args | reason, name, guess, tuple(related))

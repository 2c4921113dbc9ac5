"""Rules between records: one file an area, one small function a rule."""

from collections.abc import Iterator
from importlib import import_module

from honorroll.checks.rules.references import references
from honorroll.diagnostics import Diagnostic
from honorroll.model import Campaign

#: The modules of this package, in the order in which their rules are asked.
MODULES = "campaign teams patrols inspections contest awards notices orders people deeds results published look".split()


def check(campaign: Campaign) -> list[Diagnostic]:
    """All findings of all rules."""
    return [*references(campaign), *(finding for module in MODULES for finding in _found(module, campaign))]


def _found(module: str, campaign: Campaign) -> Iterator[Diagnostic]:
    for rule in import_module(f"{__name__}.{module}").RULES:
        yield from rule(campaign)

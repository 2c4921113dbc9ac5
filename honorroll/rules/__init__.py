"""Rules between records: one file an area, one small function a rule."""

from collections.abc import Callable, Iterator

from honorroll.campaign import Campaign
from honorroll.diagnostics import Diagnostic
from honorroll.rules import awards, contest, deeds, inspections, look, notices, orders, patrols, results, teams
from honorroll.rules import campaign as campaigns
from honorroll.rules.references import references
from honorroll.shelf import Shelf

#: Every rule that looks at the whole campaign, but the one on references, which comes first.
RULES: tuple[Callable[[Campaign], Iterator[Diagnostic]], ...] = (
    *campaigns.RULES,
    *teams.RULES,
    *patrols.RULES,
    *inspections.RULES,
    *contest.RULES,
    *awards.RULES,
    *notices.RULES,
    *orders.RULES,
    *deeds.RULES,
    *results.RULES,
    *look.RULES,
)


def check(campaign: Campaign, shelf: Shelf | None = None) -> list[Diagnostic]:
    """All findings of all rules. On the shelf lies what `references` need not look for again."""
    return [*references(campaign, shelf), *(finding for rule in RULES for finding in rule(campaign))]

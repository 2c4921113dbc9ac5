"""Rules between records: one file an area, one small function a rule."""

from collections.abc import Callable, Iterator

from honorroll.diagnostics import Diagnostic
from honorroll.load import Campaign
from honorroll.rules import awards, contest, notices
from honorroll.rules.references import references

#: Every rule that looks at the whole campaign.
RULES: tuple[Callable[[Campaign], Iterator[Diagnostic]], ...] = (
    references,
    contest.projects_per_company,
    contest.guards,
    contest.certified,
    contest.supervision,
    contest.consent,
    contest.activities,
    awards.vetoes,
    awards.merits,
    awards.inspected,
    awards.recommended,
    awards.granted,
    notices.not_yet_granted,
    notices.approval,
    notices.notice_period,
    notices.revoked,
    notices.kept,
    notices.listed,
)


def check(campaign: Campaign) -> list[Diagnostic]:
    """All findings of all rules."""
    return [finding for rule in RULES for finding in rule(campaign)]

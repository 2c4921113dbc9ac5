"""Rules between records: one file an area, one small function a rule."""

from collections.abc import Iterator
from importlib import import_module

from honorroll.checks.rules.references import references
from honorroll.diagnostics import Diagnostic
from honorroll.incremental import Shelf
from honorroll.model import Campaign

#: By area, the tables that its rules look at. They are shown no others, so while these say the same, so do the rules.
AREAS: dict[str, tuple[str, ...]] = {
    "campaign": ("teams", "deeds", "patrols", "inspections"),
    "teams": ("orgs", "teams"),
    "patrols": ("teams", "deeds", "patrols", "inspections"),
    "inspections": ("inspections",),
    "contest": ("orgs", "cycles", "projects", "awards", "notices", "inspections"),
    "awards": ("orgs", "cycles", "projects", "awards", "notices", "inspections"),
    "notices": ("cycles", "projects", "awards", "notices"),
    "orders": ("orgs", "persons", "cycles", "projects", "awards"),
    "people": ("persons",),
    "deeds": ("orgs", "deeds"),
    "results": ("orgs", "projects", "deeds", "figures", "posts", "patrols", "inspections"),
    "look": ("orgs", "deeds", "posts"),
}


def check(campaign: Campaign, shelf: Shelf | None = None) -> list[Diagnostic]:
    """All findings of all rules. On the shelf lies what need not be looked for again."""
    shelf = Shelf({}) if shelf is None else shelf
    return [*references(campaign, shelf), *(finding for area in AREAS for finding in _found(area, campaign, shelf))]


def _found(area: str, campaign: Campaign, shelf: Shelf) -> Iterator[Diagnostic]:
    """What an area's rules find. They are not asked, nor even loaded, where they found nothing in the same tables."""
    tables, key = AREAS[area], f"nothing found by {area}"
    total, is_clean = campaign.total(tables), True
    if shelf.get(key) == total:
        return
    seen = campaign.only(tables)
    for rule in import_module(f"{__name__}.{area}").RULES:
        for finding in rule(seen):
            is_clean = False
            yield finding
    if is_clean:
        shelf.put(key, total)

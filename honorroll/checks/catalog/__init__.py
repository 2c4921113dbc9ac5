"""What each rule is called and says. Every diagnostic names one of these by its id."""

from honorroll.checks.catalog import (
    awards,
    campaign,
    contest,
    inputs,
    look,
    outputs,
    people,
    pictures,
    records,
    results,
    teams,
    templates,
    yaml_syntax,
)
from honorroll.checks.catalog.rule import AREAS, Rule

_AREAS = (
    inputs,
    yaml_syntax,
    records,
    campaign,
    teams,
    contest,
    people,
    awards,
    results,
    pictures,
    look,
    templates,
    outputs,
)

#: Every rule by its id.
RULES: dict[str, Rule] = {rule.id: rule for area in _AREAS for rule in area.RULES}

__all__ = ["AREAS", "RULES", "Rule"]

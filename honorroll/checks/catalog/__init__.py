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
    privacy,
    published,
    records,
    results,
    teams,
    templates,
    yaml_syntax,
)
from honorroll.checks.catalog.rule import PREFIXES, Rule

_MODULES = (
    inputs,
    yaml_syntax,
    records,
    campaign,
    teams,
    contest,
    people,
    privacy,
    awards,
    results,
    published,
    pictures,
    look,
    templates,
    outputs,
)

#: Every rule by its id.
RULES: dict[str, Rule] = {rule.id: rule for module in _MODULES for rule in module.RULES}

__all__ = ["PREFIXES", "RULES", "Rule"]

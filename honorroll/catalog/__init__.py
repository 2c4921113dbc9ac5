"""What each rule is called and says. Every diagnostic names one of these by its id."""

from honorroll.catalog import awards, contest, inputs, outputs, records
from honorroll.catalog.rule import Rule

_AREAS = (inputs, records, contest, awards, outputs)

#: Every rule by its id.
RULES = {rule.id: rule for area in _AREAS for rule in area.RULES}

__all__ = ["RULES", "Rule"]

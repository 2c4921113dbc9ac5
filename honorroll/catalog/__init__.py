"""What each rule is called and says. Every diagnostic names one of these by its id."""

from honorroll.catalog import awards, contest, inputs, outputs, records
from honorroll.catalog.rule import Rule

#: Every rule by its id.
RULES = {rule.id: rule for rule in (*inputs.RULES, *records.RULES, *contest.RULES, *awards.RULES, *outputs.RULES)}

__all__ = ["RULES", "Rule"]

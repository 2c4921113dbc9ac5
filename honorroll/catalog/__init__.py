"""What each rule is called and says. Every diagnostic names one of these by its id."""

from honorroll.catalog import inputs, outputs, records, yaml_syntax
from honorroll.catalog.rule import AREAS, Rule

#: Every rule by its id.
RULES = {rule.id: rule for rule in (*inputs.RULES, *yaml_syntax.RULES, *records.RULES, *outputs.RULES)}

__all__ = ["AREAS", "RULES", "Rule"]

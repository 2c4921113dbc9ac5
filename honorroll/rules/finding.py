"""How a rule of the campaign tells of a record."""

from collections.abc import Iterable

from honorroll.diagnostics import Diagnostic, Place
from honorroll.load import Campaign
from honorroll.model import Record
from honorroll.schema import record_name


def finding(rule: str, record: Record, *keys: str | int, related: Iterable[Place] = (), **args: object) -> Diagnostic:
    """A breach of `rule` by `record`, at its value `keys`; `args` fill the rule's sentences."""
    return Diagnostic(rule, record.at(*keys), args, record_name(type(record), record.__dict__), related=tuple(related))


def title(record: Record, field: str) -> str:
    """What a field of a record is called in Chinese."""
    return type(record).model_fields[field].title or field


def whole(campaign: Campaign, *tables: str) -> bool:
    """Whether all records of these tables were read: a sum over some of them would be wrong."""
    return not any(campaign.faulty.get(table) for table in tables)


def number(value: float) -> str:
    """A number without needless decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".")

"""Addresses that were published once and have moved."""

from honorroll.model.base import Record, field
from honorroll.model.field_types import Day, Text

#: The address of a page, from the site's root.
_ADDRESS = r"^(?:[a-z0-9][a-z0-9-]*/)*[a-z0-9][a-z0-9-]*\.html$"


class Redirect(Record):
    """An old address, and the one that readers are led to; none where its page is gone for good. `rename` writes it."""

    label = ("旧网址", "old address")

    old: Text = field(title="旧网址", pattern=_ADDRESS)
    to: Text | None = field(None, title="新网址（页面已经撤下的，空着）", pattern=_ADDRESS)
    date: Day | None = field(None, title="撤下日期")
    reason: str = field("", title="撤下原因（读者看得到）")

"""Addresses that were published once and have moved."""

from honorroll.model.base import Record, field
from honorroll.model.field_types import Text

#: The address of a page, from the site's root.
_ADDRESS = r"^(?:[a-z0-9][a-z0-9-]*/)*[a-z0-9][a-z0-9-]*\.html$"


class Redirect(Record):
    """An old address, in `from`, and the one that readers are led to. `rename` writes it."""

    label = ("旧网址", "old address")

    to: Text = field(title="新网址", pattern=_ADDRESS)
    # A word of Python's that no field can be declared by.
    __annotations__["from"] = Text
    locals()["from"] = field(title="旧网址", pattern=_ADDRESS)

    @property
    def old(self) -> str:
        """The old address."""
        address: str = getattr(self, "from")  # see above
        return address

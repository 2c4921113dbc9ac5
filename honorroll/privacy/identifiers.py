"""Everything that leads to one person: numbers, addresses, dates, however they are disguised."""

from honorroll.privacy.found import Found
from honorroll.privacy.prefilter import may

__all__ = ["find", "may"]


def find(text: str) -> list[Found]:
    """All that stands in a plain text (`plain_text.py`), in its order; what stands in something longer is part of it."""
    from honorroll.privacy import (  # long to load, and mostly not needed
        births,
        contacts,
        homes,
        numbers,
        papers,
        plates,
    )

    kinds = (
        numbers.find,
        plates.find,
        papers.find,
        contacts.mails,
        contacts.accounts,
        homes.find,
        births.find,
    )
    return numbers.longest_first(found for kind in kinds for found in kind(text))

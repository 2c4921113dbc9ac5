"""The detector of numbers and addresses that lead to one person, however they are disguised."""

from honorroll.privacy import prefilter
from honorroll.privacy.found import Detector, Found


def identifiers(text: str) -> list[Found]:
    """All that stands in a plain text, in its order; what stands in something longer is part of it."""
    from honorroll.privacy.numbers import find, longest_first  # take long to load, and there is mostly no candidate
    from honorroll.privacy.others import accounts, births, homes, mails, papers, plates

    kinds = (find, plates, papers, mails, accounts, homes, births)
    return longest_first(found for kind in kinds for found in kind(text))


IDENTIFIERS = Detector(prefilter.may, identifiers)

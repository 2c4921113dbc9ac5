"""Who agreed to be shown how: the ledger of consents (`data/consents.yaml`), and what it says on a day.

The fields are those of ISO/IEC TS 27560 that an association needs: whose consent, to what, given when and how, by a
guardian or not, until when, withdrawn when, and where the signed paper lies. Without a consent in force nobody is
named, told of by name or shown.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Literal, get_args

from honorroll.model.base import Record, field
from honorroll.model.field_types import Day, Id, Reference

#: What may be shown: the name as far as the mask lets it be seen, a picture in which somebody can be recognised, and
#: the story of a deed with the name.
Purpose = Literal["姓名", "照片", "事迹"]
How = Literal["书面", "电子", "录音", "录像"]
#: By kinship: the name of a guardian is of no use to a site.
Guardian = Literal["父亲", "母亲", "其他监护人"]


class Consent(Record):
    """One entry of the ledger: a person's separate, recorded consent to publication. Never deleted."""

    label = ("同意记录", "consent")

    person: Annotated[Id, Reference("persons")] = field(title="本人")
    purposes: tuple[Purpose, ...] = field(title="同意公开的内容", min_length=1)
    given: Day = field(title="同意日期")
    how: How = field(title="同意方式")
    guardian: Guardian | None = field(None, title="同意的监护人")
    until: Day | None = field(None, title="有效到")
    withdrawn: Day | None = field(None, title="撤回日期")
    kept: str = field("", title="存档编号")

    def is_in_force(self, day: date) -> bool:
        """Whether it holds on a day. A withdrawal counts as soon as it is written down, whatever its day."""
        return self.given <= day and (self.until is None or day <= self.until) and self.withdrawn is None


class WholeConsent(Record):
    """A consent to everything that stands with its person (`data/persons.yaml`), as before there was a ledger."""

    given: Day = field(title="同意日期")
    withdrawn: Day | None = field(None, title="撤回日期")

    def entry(self, person: Record, id: str) -> Consent:
        """What the ledger would say of it."""
        entry = Consent.usual(
            person=id, purposes=get_args(Purpose), given=self.given, how="书面", withdrawn=self.withdrawn
        )
        return entry.placed(person.at("consent"), person.fingerprint)


def purposes_by_person(
    consents: Iterable[Consent], minors: frozenset[str], day: date
) -> Mapping[str, tuple[Purpose, ...]]:
    """What each person agrees to on a day, in the order of the ledger. For a minor only a guardian's consent counts."""
    found: dict[str, dict[Purpose, None]] = defaultdict(dict)
    for consent in consents:
        if consent.is_in_force(day) and (consent.guardian or consent.person not in minors):
            found[consent.person] |= dict.fromkeys(consent.purposes)
    return {person: tuple(sorted(purposes)) for person, purposes in found.items()}

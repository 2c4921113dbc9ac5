"""In which order award lists stand, and how they say so."""

from collections.abc import Iterable
from typing import NamedTuple

from honorroll.model import Award, Cycle, Org, Person, Project
from honorroll.model.contest import AwardKind, Order
from honorroll.model.tables import Campaign

PERSON: AwardKind = "保安员"

#: What a list says of its order: of projects and companies, of guards.
_NOTES: dict[Order, tuple[str, str]] = {
    "笔画": ("按名称笔画为序", "按姓氏笔画为序"),
    "拼音": ("按名称拼音为序", "按姓氏拼音为序"),
}


class Orders(NamedTuple):
    """The orders of a cycle's lists: of projects and companies, and of guards."""

    units: Order = "原序"
    persons: Order = "原序"

    @classmethod
    def of(cls, cycle: Cycle) -> "Orders":
        return cls(cycle.order, cycle.person_order or cycle.order)

    def by(self, kind: str) -> Order:
        """The order of awards of one kind."""
        return self.persons if kind == PERSON else self.units

    def place(self, kind: str, name: str) -> tuple[object, ...]:
        """What to sort an award by; who stays unnamed goes last. The same for all where they stay as given."""
        order = self.by(kind)
        if order == "原序":
            return ()
        from honorroll.chinese import pinyin_key, stroke_key

        key = stroke_key if order == "笔画" else pinyin_key
        return not name, key(name, persons=kind == PERSON)


def note(cycle: Cycle, kinds: Iterable[AwardKind]) -> str:
    """What a list of awards of these kinds says of its order. It is made from the order, so it says no other."""
    said: dict[str, str] = {}
    for person in sorted({kind == PERSON for kind in kinds}):
        order = Orders.of(cycle)[person]
        words = _NOTES[order][person] if order in _NOTES else cycle.order_note or "按名单原有次序排列"
        said[words] = "个人" if person else "单位"
    if len(said) == 1:
        return next(iter(said))
    return "，".join(who + words for words, who in said.items())


def recipient(campaign: Campaign, award: Award) -> Project | Org | Person | None:
    """Whom or what an award goes to, where that record can be read."""
    if award.project:
        return campaign.projects.get(award.project)
    return campaign.orgs.get(award.org) if award.org else campaign.persons.get(award.person or "")


def sort_name(campaign: Campaign, award: Award) -> str:
    """What an award is sorted by: the name as it is shown, or what the award says; empty for who stays unnamed.

    Never a name that is not shown, since its place in the list would give it away.
    """
    who = recipient(campaign, award)
    if who is None or (isinstance(who, Person) and not who.is_named):
        return ""
    return award.sort_as or shown_name(who)


def shown_name(who: Project | Org | Person) -> str:
    """A recipient's name, as it may be shown."""
    return who.public_name if isinstance(who, Person) else who.name

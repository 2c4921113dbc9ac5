"""ORD-01, ORD-02: lists stand in the order that they tell, and nobody's place is guessed."""

import re
from collections.abc import Iterator

from honorroll.checks.rules.breach import breach
from honorroll.diagnostics import Diagnostic
from honorroll.model import Campaign, Orders, recipient, sort_name

_DERIVED = re.compile("笔画|笔划|拼音|音序")


def told(campaign: Campaign) -> Iterator[Diagnostic]:
    """ORD-01: the note on a list's order is of one that stays as given; the others have theirs from the program."""
    for cycle in campaign.cycles.values():
        said = _DERIVED.search(cycle.order_note)
        if said:
            order = "拼音" if "音" in said[0] else "笔画"
            why = f"写着“{said[0]}”，要由 order 或 person_order 来定", f"it speaks of {order}, which `order` decides"
            yield breach("ORD-01", cycle, "order_note", why=why, order=order)
        elif cycle.order_note and "原序" not in Orders.of(cycle):
            why = "名单已经不是原序", "no list stays as given"
            yield breach("ORD-01", cycle, "order_note", why=why, order=cycle.order)


def known(campaign: Campaign) -> Iterator[Diagnostic]:
    """ORD-02: strokes and readings of all characters that a list is sorted by are known."""
    from honorroll.chinese import unknown

    asked: set[str] = set()
    for award in campaign.awards.values():
        cycle = campaign.cycles.get(award.cycle)
        name, who = sort_name(campaign, award), recipient(campaign, award)
        if cycle is None or who is None or name in asked or Orders.of(cycle).by(award.kind) == "原序":
            continue
        asked.add(name)
        strange = unknown([name])
        if strange:
            place = (award, "sort_as") if award.sort_as else (who, "name")
            order = Orders.of(cycle).by(award.kind)
            related = [award.at()] if place[0] is who else []
            yield breach("ORD-02", *place, related=related, chars="、".join(sorted(strange)), order=order, id=award.id)


RULES = (told, known)

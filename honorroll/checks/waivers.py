"""Waivers: what a campaign need not keep for a while. A finding that is waived stays to be seen, as a note with its reason."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from honorroll.checks.rules.breach import breach
from honorroll.diagnostics import Diagnostic, Keys, Waived, closest
from honorroll.model import Campaign, CampaignInfo, Point, Record, Waiver

#: Areas whose rules may be waived: how a campaign is run, not how data is written or people are protected.
WAIVABLE = frozenset({"CAM", "PAT", "INS", "CON", "AWD", "RPT", "SUM", "REC"})
#: Rules of the gate (`privacy/`), and that of vanished addresses, which are known when all pages are. A waiver of one names the record or the file that it is for.
GATE = frozenset({"REC-05", *(f"PRV-{number:02}" for number in (1, 2, 3, 7, *range(10, 16)))})
#: Told of records that cannot be read; without them there is nothing to go on with.
_UNREADABLE = frozenset({"REC-01", *CampaignInfo.rules.values(), *Point.rules.values()})


def apply(campaign: Campaign, diagnostics: Iterable[Diagnostic], *, gate: bool = False) -> list[Diagnostic]:
    """The findings of rules, marked where a waiver in force covers them; then what is wrong with the waivers (WAI).

    With `gate`, the findings are those of the gate, and its rules' waivers count; else all others do.
    """
    diagnostics = list(diagnostics)
    waivers = [waiver for waiver in campaign.info.waivers if (waiver.rule in GATE) is gate]
    if not waivers:
        return diagnostics
    in_force: dict[str, list[Waiver]] = defaultdict(list)
    for waiver in waivers:
        if waiver.until >= campaign.today and _can_be_waived(waiver.rule):
            in_force[waiver.rule].append(waiver)
    names = dict(_names(campaign)) if any(waiver.record for waiver in waivers) else {}
    used: list[Waiver] = []
    for at, diagnostic in enumerate(diagnostics):
        path, keys = diagnostic.place.path, diagnostic.place.keys
        called = {*(() if gate else ("",)), path, *names.get((path, keys[:1]), ()), *names.get((path, ()), ())}
        called |= {diagnostic.args.get("id", "")} if diagnostic.rule[:3] == "REC" else set()  # it may be gone
        covering = [waiver for waiver in in_force[diagnostic.rule] if waiver.record in called]
        if covering:
            used += covering
            diagnostics[at] = replace(diagnostic, waived=Waived(covering[0].reason, covering[0].until))
    return diagnostics + list(_faults(campaign, used, gate=gate))


def _can_be_waived(rule: str) -> bool:
    from honorroll.checks.catalog import RULES  # takes long to load, and mostly nothing is waived

    return rule in GATE or (rule in RULES and rule[:3] in WAIVABLE and rule not in _UNREADABLE)


def _names(campaign: Campaign) -> Iterator[tuple[tuple[str, Keys], set[str]]]:
    """By place, what a waiver may call a record: its id; an entry of a ledger, which has none, by team and by day."""
    for record in campaign.records():
        place = record.at()
        yield (place.path, place.keys), set(_own_names(record))


def _own_names(record: Record) -> Iterator[str]:
    fields = ("id",) if hasattr(record, "id") else ("team", "date", "person")
    return (str(getattr(record, field)) for field in fields if hasattr(record, field))


def _faults(campaign: Campaign, used: list[Waiver], *, gate: bool) -> Iterator[Diagnostic]:
    from honorroll.checks.catalog import RULES  # likewise

    info = campaign.info
    for at, waiver in enumerate(info.waivers):
        if (waiver.rule in GATE) is not gate:
            continue
        if waiver.rule not in RULES:
            guess = closest(waiver.rule, filter(_can_be_waived, RULES))
            yield breach("WAI-01", info, "waivers", at, "rule", guess=guess, id=waiver.rule)
        elif not _can_be_waived(waiver.rule):
            yield breach("WAI-02", info, "waivers", at, "rule", id=waiver.rule)
        elif waiver.until < campaign.today:
            yield breach("WAI-03", info, "waivers", at, "until", id=waiver.rule, until=waiver.until)
        elif waiver not in used and not any(campaign.faulty.values()):
            yield breach("WAI-04", info, "waivers", at, "record", id=waiver.rule)

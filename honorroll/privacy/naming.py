"""Nobody is named on the site who must not be: the gate's look at names.

It looks for the names of people whom the ledger of consents does not let be named. When people or consents change, all
files are looked at anew.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from honorroll.diagnostics import Diagnostic, Place
from honorroll.fingerprint import fingerprint
from honorroll.model import Award, Campaign, Consent, Deed, Notice, Post, Record
from honorroll.model import Person as Known
from honorroll.privacy.looks import Look, Looked, Published, Spot, how_far
from honorroll.privacy.minors import identified

if TYPE_CHECKING:  # they take long to load, and mostly nobody is to be looked for
    from honorroll.privacy.person_names import Person, PersonNames

#: Files that hold pairs of characters and no text: 王明 stands there for 国王明天, too. What they are made of is looked at. The script
#: of the search has a table of traditional forms, in which 张强 stands side by side.
_PAIRS = re.compile(r"search/b[0-9]+\.js|static/search(?:\.[0-9a-f]{8})?\.js")
#: Where people and their consents are written down; nothing of these goes out but what the ledger lets.
LEDGERS = ("data/persons", "data/consents")


class Sighting(Struct, frozen=True, array_like=True):
    """Somebody named somewhere, by ids; a phrase about a minor where there are none."""

    persons: tuple[str, ...]
    sure: bool
    why: tuple[str, str]


def is_of_pairs(url: str) -> bool:
    """Whether a file of the site is a part of the search's index."""
    return _PAIRS.fullmatch(url) is not None


def people(campaign: Campaign) -> "list[Person]":
    """Everybody whom the campaign knows, and why their names must not be told today."""
    from honorroll.privacy.person_names import Person

    consents: dict[str, list[Consent]] = {}
    for consent in campaign.consents:
        consents.setdefault(consent.person, []).append(consent)
    return [
        Person(person.id, person.name, person.public_name, *_standing(campaign, person, consents.get(person.id, [])))
        for person in campaign.persons.values()
    ]


def _standing(campaign: Campaign, person: Known, consents: list[Consent]) -> tuple[str, tuple[str, str]]:
    """The rule that naming a person in full breaks, and why; no rule where it may be done."""
    rule, why = "PRV-05", ("", "")
    if person.mask == "匿名":
        rule = "PRV-08"
    elif person.is_named and person.mask == "全名":
        rule = ""
    elif person.is_named:
        why = f"只能写“{person.public_name}”", "only the surname may be shown"
    elif any(consent.withdrawn for consent in consents):
        rule = "PRV-06"
    elif person.minor:
        rule = "PRV-04"
    else:
        why = _lacking(campaign, consents)
    return rule, why


def _lacking(campaign: Campaign, consents: list[Consent]) -> tuple[str, str]:
    """What there is instead of a consent in force."""
    days = [consent.given for consent in consents if "姓名" in consent.purposes]
    if not consents:
        return "没有同意记录", "no consent is on record"
    if not days:
        return "同意的内容里没有“姓名”", "the consent is not to the name"
    if min(days) > campaign.today:
        return f"同意从 {min(days)} 起才算数", f"the consent begins on {min(days)}"
    return "同意已经到期", "the consent is over"


class Names(Look[Sighting]):
    """Looks for names. What it looks for is made only where a file holds a sign of it: mostly none does."""

    table, in_site, in_inputs = "named", list[Sighting], Looked[Sighting]

    @cached_property
    def edition(self) -> str:
        rows = [(one.id, one.name, one.mask, one.minor, one.agreed) for one in self._campaign.persons.values()]
        return fingerprint(repr(rows).encode("utf-8", "surrogatepass"))

    @cached_property
    def _people(self) -> "dict[str, Person]":
        """Everybody whom the campaign knows."""
        return {person.id: person for person in people(self._campaign)}

    @cached_property
    def _names(self) -> "PersonNames":
        """Finds them."""
        from honorroll.privacy.person_names import PersonNames

        return PersonNames(self._people.values())

    @cached_property
    def _signs(self) -> Any:
        """What looks for signs of them. The pattern is stored, for to make it of all people takes long."""
        state = self._database.table("names looked for", str)
        if state.get("edition") != self.edition:
            state.put("edition", self.edition)
            state.put("signs", self._names.signs)
        signs = state.get("signs")
        if not signs:
            return None
        from honorroll.privacy.person_names import automaton

        return automaton(signs)

    def in_text(self, data: bytes) -> Iterator[tuple[Sighting, int, int]]:
        named = self._signs is not None and self._signs.search(data) and self._names.may(data)
        minors = identified.may(data)
        if not (named or minors):
            return
        from honorroll.privacy.plain_text import plain

        form = plain(data.decode("utf-8", "replace"))
        for one in self._names.find(form.text) if named else ():
            ids = tuple(person.id for person in one.persons)
            yield Sighting(ids, one.sure, one.why), *form.origin(one.start, one.end)
        for start, end in identified.find(form.text) if minors else ():
            yield Sighting((), False, ("", "")), *form.origin(start, end)

    def in_paths(self, paths: Iterable[str]) -> dict[str, list[Sighting]]:
        found: dict[str, list[Sighting]] = {}
        for path in paths if self._signs is not None else ():
            if self._signs.search(path.encode("utf-8", "surrogateescape")):
                for one in self._names.find(path):
                    seen = Sighting(tuple(person.id for person in one.persons), one.sure, one.why)
                    found.setdefault(path, []).append(seen)
        return found

    def in_file(self, url: str, data: bytes) -> list[Sighting]:
        return [] if is_of_pairs(url) else super().in_file(url, data)

    def reported(self, urls: Mapping[Sighting, list[str]], published: Published) -> Iterator[Diagnostic]:
        """What is wrong, at each place where it was typed; where none is found, at what the page was made from."""
        sources = (source for source in self._snapshot.files.values() if not source.path.startswith(LEDGERS))
        typed = [*self._in_inputs(sources)]
        for sighting, shown in urls.items():
            spots = [(self._place(path, spot), spot) for path, spot in typed if spot.seen.persons == sighting.persons]
            spots = [(place, spot) for place, spot in spots if self._is_public(place)]
            told = [one for place, spot in spots for one in self._judged(spot, place, shown)]
            if sighting.persons and sighting.sure and not any(one.rule != "PRV-23" for one in told):
                told += self._judged(Spot(sighting, 0, 0, 1), min(map(published.origin, shown), key=how_far), shown)
            yield from told

    def _judged(self, spot: Spot[Sighting], place: Place, urls: list[str]) -> Iterator[Diagnostic]:
        """What is said of a place. Of several with one name the record tells who is meant."""
        if not spot.seen.persons:
            line = self._snapshot.files[place.path].text.split("\n")[spot.line - 1]
            yield self._told("PRV-24", place, {"words": line[spot.column - 1 :][: spot.length]})
            return
        person, meant = self._people[spot.seen.persons[0]], {*spot.seen.persons}
        sure, about = spot.seen.sure, self._about(self._record(place))
        if not sure and about:
            namesakes = {id for id, one in self._people.items() if one.name == person.name}
            if about & namesakes - meant and not about & meant:
                return  # somebody of this name who may be named
            sure = bool(about & meant) and not about & namesakes - meant
        rule, (zh, en) = (person.rule, person.why) if sure else ("PRV-23", spot.seen.why)
        shown = "、".join(dict.fromkeys(self._people[id].shown for id in spot.seen.persons))
        yield self._told(rule, place, {"shown": shown, "why_zh": zh, "why": en}, urls)

    def _about(self, record: Record | None) -> set[str]:
        """The people whom a record is about."""
        deeds, awards = self._campaign.deeds, self._campaign.awards
        if isinstance(record, Deed):
            return {*record.persons}
        if isinstance(record, Award):
            return {record.person} if record.person else set()
        if isinstance(record, Post):
            told = {id for deed in record.deeds if deed in deeds for id in deeds[deed].persons}
            return told.union(*(self._about(awards.get(id)) for id in record.awards))
        if isinstance(record, Notice):
            return set[str]().union(*(self._about(awards.get(id)) for id in record.awards))
        return set()

    def _is_public(self, place: Place) -> bool:
        """Whether what stands there may be a part of the site: a record that is not yet public is none."""
        own = place.path.startswith("content/news/") and place.path.endswith(".md")
        return self._record(place) is not None or not (own or place.keys)

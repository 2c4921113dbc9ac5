"""The status of a campaign: pages that would change, what is due, what waits, and what is missing.

Nothing is written. The site is built in memory and compared with the published files by checksum, so the pages listed
are those that the next build would write.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from honorroll.checks import has_errors, number, say
from honorroll.chinese import day_beside, iso
from honorroll.cli.arguments import command
from honorroll.cli.upcoming import MARKS
from honorroll.diagnostics import Severity
from honorroll.engine import Options, Result, pipeline
from honorroll.filesystem import Snapshot
from honorroll.inputs import load, reader
from honorroll.model import PENDING, Campaign, Record, agreed, state
from honorroll.pages import SECTIONS
from honorroll.publish import LIST, Folder, Memory, parse

#: So many pages of a kind are listed.
LISTED = 20

#: So many days ahead a thing is due; a consent, which takes longer to renew, so many.
SOON, RENEWAL = 7, 30


class Item(Struct, frozen=True):
    """One thing to know. `text` is in the language asked for; `place` is `path:line`, where it is to be looked after."""

    text: str
    day: date | None = None
    place: str = ""


class Status(Struct, frozen=True):
    """The whole of it. `files` goes by kind of change, as in `upcoming.MARKS`; none if errors keep the site from being built."""

    today: date
    errors: int
    warnings: int
    files: dict[str, list[str]] | None
    due: list[Item] = field(default_factory=list)
    """Within `SOON` days, or late."""
    waiting: list[Item] = field(default_factory=list)
    """Drafts, posts whose day has not come, awards without a decision, people without a consent."""
    missing: list[Item] = field(default_factory=list)
    """Sections without content."""

    def as_json(self) -> dict[str, Any]:
        """The same as plain values."""
        lists = {name: [_plain(item) for item in getattr(self, name)] for name in ("due", "waiting", "missing")}
        return {"day": iso(self.today), "errors": self.errors, "warnings": self.warnings, "files": self.files, **lists}


def _plain(item: Item) -> dict[str, str]:
    values = {"text": item.text, "day": iso(item.day) if item.day else "", "place": item.place}
    return {name: value for name, value in values.items() if value}


def status(options: Options, lang: str) -> Status:
    """The status of a project at `options.now`, its texts in `lang`."""
    folder = Folder(options.out, options.root / ".cache", dry=True)
    store = Memory(database=folder.database, derived=folder.derived)  # what earlier builds made is used, and left
    result = pipeline.build(replace(options, dry=False), store)
    errors = [finding for finding in result.findings if finding.severity is Severity.ERROR]
    warnings = [finding for finding in result.findings if finding.severity is Severity.WARNING]
    failed = result.counts is None or has_errors(result.findings)
    found = Status(options.today, number(errors), number(warnings), None if failed else _changes(options.out, store))
    campaign = load(result.read[0], options.today)[0] if result.read else None
    if campaign is None or result.read is None:
        return found
    told = _Told(agreed(campaign, options.today), result.read[0], options, lang)
    return replace(found, due=_by_day(told.due()), waiting=_by_day(told.waiting()), missing=[*told.missing(result)])


def _changes(out: Path, store: Memory) -> dict[str, list[str]]:
    """The pages of the site that are new, changed or gone since it was last published."""
    try:
        before = parse((out / LIST).read_bytes())
    except OSError:
        before = {}
    after = {url: trace.checksum for url, trace in store.traces.items()}
    pages = {url for url in {*before, *after} if url.endswith(".html")}
    return {
        "new": sorted(pages - before.keys()),
        "changed": sorted(url for url in pages & before.keys() & after.keys() if before[url] != after[url]),
        "removed": sorted(pages - after.keys()),
    }


def _by_day(items: Iterator[Item]) -> list[Item]:
    return sorted(items, key=lambda item: item.day or date.max)


def text(found: Status, lang: str) -> str:
    """The same for people."""
    lines = [say("st_day", lang, day=iso(found.today))]
    if found.files is None:
        lines.append(say("st_errors", lang, errors=found.errors, command=command()))
    else:
        lines.append(say("st_new" if any(found.files.values()) else "st_same", lang, warnings=found.warnings))
        for kind, urls in found.files.items():
            lines += [f"  {MARKS[kind]} {url}" for url in urls[:LISTED]]
            lines += [say("st_more", lang, number=len(urls) - LISTED)] if len(urls) > LISTED else []
    for name in ("due", "waiting", "missing"):
        items: list[Item] = getattr(found, name)
        lines += ["", say(f"st_{name}" if items else f"st_nothing_{name}", lang, number=len(items))]
        for item in items:
            day = f"{day_beside(item.day, found.today) if lang == 'zh' else iso(item.day)}  " if item.day else ""
            lines += [f"  {day}{item.text}" + (f"  ({item.place})" if item.place else "")]
    return "\n".join(lines)


class _Told(Struct, frozen=True):
    """How each thing is told."""

    campaign: Campaign
    snapshot: Snapshot
    options: Options
    lang: str

    def item(self, key: str, record: Record, *keys: str | int, day: date | None = None, **values: object) -> Item:
        place = record.at(*keys)
        source = self.snapshot.files.get(place.path)
        line = reader(place.path).locate(source.text, place.keys, False)[0] + 1 if source else 0
        return Item(say(key, self.lang, **values), day, f"{place.path}:{line}")

    def due(self) -> Iterator[Item]:
        campaign, today = self.campaign, self.options.today
        for inspection in campaign.inspections:
            for at, hazard in enumerate(inspection.hazards):
                if hazard.closed is None and hazard.state == "整改中":
                    yield self.item("st_hazard", inspection, "hazards", at, day=inspection.date, what=hazard.what)
        for deed in campaign.deeds.values():
            if deed.reported is None and deed.date <= today:
                day = deed.date + timedelta(days=campaign.info.thresholds.report_days or 0)
                yield self.item("st_report", deed, day=day, title=deed.title)
        yield from self._ends()

    def _ends(self) -> Iterator[Item]:
        """What ends soon."""
        campaign, today, info = self.campaign, self.options.today, self.campaign.info
        soon, renewal = today + timedelta(days=SOON), today + timedelta(days=RENEWAL)
        for notice in campaign.notices.values():
            if notice.kind == "公示" and notice.end and today <= notice.end <= soon:
                yield self.item("st_notice", notice, "end", day=notice.end, title=notice.title)
        for consent in campaign.consents:
            if consent.is_in_force(today) and consent.until and consent.until <= renewal:
                yield self.item("st_consent_ends", consent, "until", day=consent.until, person=consent.person)
        for at, waiver in enumerate(info.waivers):
            if today <= waiver.until <= soon:
                yield self.item("st_waiver", info, "waivers", at, day=waiver.until, rule=waiver.rule)
        if today <= info.end <= soon:
            yield self.item("st_end", info, "end", day=info.end)

    def waiting(self) -> Iterator[Item]:
        campaign = self.campaign
        for post in campaign.posts.values():
            if post.draft:
                yield self.item("st_draft", post, title=post.title)
            elif post.date > self.options.now:
                yield self.item("st_post", post, day=post.date.date(), title=post.title)
        for award in campaign.awards.values():
            if state(campaign, award) in PENDING:
                yield self.item("st_award", award, id=award.id, title=award.title, state=state(campaign, award))
        named = {id for deed in campaign.deeds.values() for id in deed.persons}
        named |= {award.person for award in campaign.awards.values() if award.person}
        for person in campaign.persons.values():
            if person.id in named and person.mask != "匿名" and not person.is_told:
                yield self.item("st_consent", person, id=person.id, shown=person.unnamed)

    def missing(self, result: Result) -> Iterator[Item]:
        visible = result.campaign
        for section in SECTIONS.values():
            if visible and section.menu and not section.has_content(visible):
                yield Item(say("st_section", self.lang, title=section.menu.title))

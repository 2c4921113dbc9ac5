"""The campaign: all records of one build."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, cast, get_args, get_type_hints

from msgspec import Struct
from msgspec.structs import replace

from honorroll.diagnostics import Diagnostic, Place
from honorroll.filesystem import Source
from honorroll.fingerprint import fingerprint
from honorroll.model.base import Record
from honorroll.model.campaign import CampaignInfo, Figure, Tag
from honorroll.model.consents import Consent, purposes_by_person
from honorroll.model.contest import Award, Cycle, Notice, Project
from honorroll.model.deploy import DeployTarget
from honorroll.model.imports import SheetForm
from honorroll.model.patrols import Inspection, Patrol
from honorroll.model.people import Org, Person, Team
from honorroll.model.published import Published, Superseded
from honorroll.model.redirects import Redirect
from honorroll.model.stories import Article, Deed, Post

#: Stands for all ids of a file that could not be read.
UNREAD = "*"


class Campaign(Struct, frozen=True, dict=True):
    """All records: the one place that names each kind. Tables go by id, in the order of the files; ledgers are tuples.

    Two are equal if their records say the same at the same places, and so in the same order.
    """

    today: date
    """The day of the build."""
    info: CampaignInfo
    orgs: Mapping[str, Org]
    teams: Mapping[str, Team]
    persons: Mapping[str, Person]
    consents: tuple[Consent, ...]
    patrols: tuple[Patrol, ...]
    inspections: tuple[Inspection, ...]
    cycles: Mapping[str, Cycle]
    projects: Mapping[str, Project]
    deeds: Mapping[str, Deed]
    awards: Mapping[str, Award]
    notices: Mapping[str, Notice]
    figures: Mapping[str, Figure]
    tags: Mapping[str, Tag]
    redirects: tuple[Redirect, ...]
    posts: Mapping[str, Post]
    articles: Mapping[str, Article]
    imports: tuple[SheetForm, ...]
    """What columns of sheets mean that were imported; no page shows it."""
    deploy: Mapping[str, DeployTarget]
    """Where `deploy` brings the site to; no page shows it."""
    pictures: Mapping[str, Source]
    """Pictures below `content/`, by path."""
    faulty: Mapping[str, frozenset[str]]
    """By table, ids of records that are there but could not be read; `UNREAD` where a whole file could not."""
    published: Published = Published()
    """What was published so far; no table."""
    superseded: tuple[Superseded, ...] = ()
    """What was published of this campaign and is not said any more; a ledger that pages read."""

    def table(self, name: str) -> Mapping[str, Record]:
        """A table by its name."""
        return cast(Mapping[str, Record], getattr(self, name))

    @cached_property
    def fingerprint(self) -> str:
        """Fingerprint of what its records say, in their files and order, and of the day of the build."""
        words = [str(self.today), self.info.fingerprint]
        for name in KINDS:
            rows = getattr(self, name)
            words += [f"{row.path} {row.fingerprint}" for row in (rows.values() if isinstance(rows, Mapping) else rows)]
        words += [f"{source.path} {source.fingerprint}" for source in self.pictures.values()]
        words.append(self.published.fingerprint)
        words += [f"{table}: {sorted(ids)}" for table, ids in self.faulty.items() if ids]
        return fingerprint("\n".join(words).encode("utf-8", "surrogateescape"))

    def records(self) -> Iterator[Record]:
        """Every record of every table and ledger, the campaign's own first."""
        yield self.info
        for name in KINDS:
            rows = getattr(self, name)
            yield from rows.values() if isinstance(rows, Mapping) else rows


def _kinds() -> Iterator[tuple[str, type[Record]]]:
    for name, hint in get_type_hints(Campaign).items():
        yield from ((name, kind) for kind in get_args(hint) if isinstance(kind, type) and issubclass(kind, Record))


#: The class of the records of each table and ledger, by the name of its field.
KINDS: Mapping[str, type[Record]] = dict(_kinds())
#: Those of `data/NAME.yaml` or `data/NAME/*.yaml`, and those that are Markdown files below `content/`.
TABLES = {name: kind for name, kind in KINDS.items() if not kind.is_document}
DOCUMENTS = {name: kind for name, kind in KINDS.items() if kind.is_document}
#: The table of each kind that has pages, by the word that links to them are written with.
LINKED = {kind.link: name for name, kind in KINDS.items() if kind.link}


def agreed(campaign: Campaign, day: date) -> Campaign:
    """The campaign with each person as the ledger of consents lets them be shown on a day."""
    minors = frozenset(id for id, person in campaign.persons.items() if person.minor)
    known = purposes_by_person(campaign.consents, minors, day)
    persons = {
        id: person.with_values(agreed=known[id]) if id in known else person for id, person in campaign.persons.items()
    }
    return replace(campaign, persons=persons)


def by_id(rows: Sequence[Any], problems: list[Diagnostic]) -> dict[str, Any]:
    """Records that have one, by their id. Reports SCH-13 for all but the first of one."""
    table = {record.id: record for record in rows}
    if len(table) < len(rows):
        table |= {record.id: record for record in reversed(rows)}  # the first holds
        problems += _twins(rows, table)
    return table


def _twins(rows: Iterable[Any], table: Mapping[str, Record]) -> Iterator[Diagnostic]:
    """SCH-13: all but the first of an id."""
    for record in rows:
        if record is not table[record.id]:
            yield Diagnostic("SCH-13", _id_place(record), {"id": record.id, "other": _id_place(table[record.id])})


def _id_place(record: Record) -> Place:
    """Where the id stands; that of a Markdown file is its name."""
    return record.at() if record.path.endswith(".md") else record.at("id")

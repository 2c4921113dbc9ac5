"""The campaign: all records of one build."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import cast

from honorroll import model
from honorroll.model import Record
from honorroll.source import Source, digest

#: Stands for all ids of a file that could not be read.
UNREAD = "*"


@dataclass(frozen=True)
class Campaign:
    """All records. Tables go by id, in the order of the files; the ledgers are plain sequences.

    Two are equal if their records say the same at the same places, and so in the same order.
    """

    today: date
    """The day of the build."""
    info: model.CampaignInfo
    orgs: Mapping[str, model.Org]
    teams: Mapping[str, model.Team]
    persons: Mapping[str, model.Person]
    cycles: Mapping[str, model.Cycle]
    projects: Mapping[str, model.Project]
    deeds: Mapping[str, model.Deed]
    awards: Mapping[str, model.Award]
    notices: Mapping[str, model.Notice]
    figures: Mapping[str, model.Figure]
    tags: Mapping[str, model.Tag]
    posts: Mapping[str, model.Post]
    articles: Mapping[str, model.Article]
    patrols: tuple[model.Patrol, ...]
    inspections: tuple[model.Inspection, ...]
    pictures: Mapping[str, Source]
    """Pictures below `content/`, by path."""
    faulty: Mapping[str, frozenset[str]]
    """By table, ids of records that are there but could not be read; `UNREAD` where a whole file could not."""

    def table(self, name: str) -> Mapping[str, Record]:
        """A table by its name."""
        return cast(Mapping[str, Record], getattr(self, name))

    @cached_property
    def digest(self) -> str:
        """Digest of what its records say, in their files and order, and of the day of the build."""
        words = [f"{record.path} {record.digest}" for record in self.records()]
        words += [f"{table}: {sorted(ids)}" for table, ids in self.faulty.items() if ids]
        return digest("\n".join([str(self.today), *words]).encode("utf-8", "surrogateescape"))

    def records(self) -> Iterator[Record]:
        """Every record of every table and ledger, the campaign's own first."""
        yield self.info
        for name in (*model.TABLES, "posts", "articles"):
            rows = getattr(self, name)
            yield from rows.values() if isinstance(rows, Mapping) else rows

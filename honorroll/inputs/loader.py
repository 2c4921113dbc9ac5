"""A snapshot of the inputs to the campaign, with everything that is wrong in them."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from honorroll import parallel
from honorroll.commonmark import summarise
from honorroll.diagnostics import Diagnostic, Place
from honorroll.filesystem import Snapshot, Source
from honorroll.fingerprint import fingerprint
from honorroll.incremental import Database, Table
from honorroll.inputs import front_matter, layout
from honorroll.inputs.readers import reader
from honorroll.model import TABLES, UNREAD, Article, Campaign, CampaignInfo, Post, Published, Record, by_id

Kind = TypeVar("Kind", bound=Record)

#: The file of the campaign's own record.
CAMPAIGN = "data/campaign.yaml"


class Loaded(Struct, Generic[Kind], frozen=True, gc=False, array_like=True):
    """What came of a file without a fault."""

    fingerprint: str
    """Of the file."""
    parts: tuple[str, ...]
    """Of what its records were read from, one for each, where that can be told apart: items, or a text's head."""
    records: list[Kind]


def load(
    snapshot: Snapshot, today: date, database: Database | None = None, jobs: int = 1
) -> tuple[Campaign | None, list[Diagnostic]]:
    """The campaign and all findings; no campaign when `data/campaign.yaml` cannot be used.

    What was loaded of a file without a fault is stored in `database`. Many Markdown files are read by so many processes.
    """
    loader = _Loader(snapshot, database or Database())
    info = loader.info()
    tables: dict[str, Any] = {name: loader.table(name) for name in TABLES}
    posts, others = layout.posts(snapshot), layout.beside_posts(snapshot)
    articles = [source for source in others if layout.is_article(source.path)]
    loader.problems += [*layout.unknown_files(snapshot), *layout.unshown_texts(others)]
    tables["posts"] = by_id(loader.documents("posts", posts, jobs), loader.problems)
    tables["articles"] = by_id(loader.documents("articles", articles, jobs), loader.problems)
    persons = tables["persons"].values()
    tables["consents"] += tuple(one.consent.entry(one, one.id) for one in persons if one.consent)
    pictures = {source.path: source for source in others if source.path.lower().endswith(layout.PICTURES)}
    if info is None:
        return None, loader.problems
    faulty = {name: frozenset(found) for name, found in loader.faulty.items()}
    published, damaged = _published(snapshot)
    loader.problems += damaged
    tables |= {"pictures": pictures, "faulty": faulty, "published": published}
    if published.sample is info.sample:
        tables["superseded"] = published.superseded
    return Campaign(today=today, info=info, **tables), loader.problems


def _published(snapshot: Snapshot) -> tuple[Published, list[Diagnostic]]:
    """What was published so far, if anything was."""
    files = snapshot.below(layout.PUBLISHED)
    if not files:
        return Published(), []
    from honorroll.record import read_editions

    return read_editions(files)


class _Loader:
    """The records of one build, and what is wrong with them so far."""

    def __init__(self, snapshot: Snapshot, database: Database) -> None:
        self.problems: list[Diagnostic] = []
        self.faulty: dict[str, set[str]] = defaultdict(set)
        self._snapshot, self._database = snapshot, database

    def info(self) -> CampaignInfo | None:
        """The campaign's own record."""
        path = CAMPAIGN
        source = self._snapshot.files.get(path)
        if source is None or path in self._snapshot.unread:
            self.problems += [Diagnostic("SRC-06", Place(path))] if path not in self._snapshot.unread else []
            return None
        found = self._loaded(self._table(CampaignInfo), source, lambda _: ((), self._info(source)))
        return found[0] if found else None

    def _info(self, source: Source) -> list[CampaignInfo]:
        value, faults = reader(source.path).decode(source.path, source.text)
        self.problems += faults
        if faults and value is None:
            return []
        info, faults = _record(CampaignInfo, value, Place(source.path))
        self.problems += faults
        return [info] if info else []

    def table(self, name: str) -> Any:
        """A table by id, or a ledger."""
        rows = self.rows(name)
        return by_id(rows, self.problems) if "id" in TABLES[name].__struct_fields__ else tuple(rows)

    def rows(self, name: str) -> list[Record]:
        """The records of a table, in the order of the files."""
        if any(layout.is_of_table(path, name) for path in self._snapshot.unread):
            self.faulty[name].add(UNREAD)
        return [
            record for source in layout.table_files(self._snapshot, name) for record in self._table_file(name, source)
        ]

    def _table_file(self, name: str, source: Source) -> list[Record]:
        """The records of a file. After an edit only the items that are new are read."""

        def read(last: Loaded[Record] | None) -> tuple[tuple[str, ...], list[Record]]:
            items = reader(source.path).items(source.text)
            parts = tuple([fingerprint(item.encode()) for item in items])
            records = self._items(name, source, items, parts, last) if last else None
            if records is None:
                records = list(self._rows(name, source))
            return parts if len(parts) == len(records) else (), records

        return self._loaded(self._table(TABLES[name]), source, read)

    def _items(
        self, name: str, source: Source, items: Sequence[str], parts: Sequence[str], last: Loaded[Record]
    ) -> list[Record] | None:
        """The records of items one by one, as far as known from the last time; none if one is faulty."""
        known = dict(zip(last.parts, last.records, strict=False))
        records: list[Record] = []
        for index, (item, part) in enumerate(zip(items, parts, strict=True)):
            record = known.get(part)
            if record is None:
                value, faults = reader(source.path).decode(source.path, item)
                if faults or not isinstance(value, list) or len(value) != 1:
                    return None
                record, faults = _record(TABLES[name], value[0], Place(source.path, (index,)))
            elif record.keys != (index,):
                record = record.placed(Place(source.path, (index,)))
            if record is None:
                return None
            records.append(record)
        return records or None

    def _rows(self, name: str, source: Source) -> Iterator[Record]:
        value, faults = reader(source.path).decode(source.path, source.text)
        self.problems += faults
        if value is None:
            self.faulty[name] |= {UNREAD} if faults else set()
        elif not isinstance(value, list):
            self.faulty[name].add(UNREAD)
            from honorroll.inputs import yaml_hints

            slip = yaml_hints.in_line(value) if isinstance(value, str) else None
            whole = Diagnostic("FMT-03", Place(source.path, line=1, column=1))
            self.problems.append(
                Diagnostic(slip.rule, replace(Place(source.path, on_key=True), column=slip.start + 1), slip.args)
                if slip
                else whole
            )
        else:
            for index, raw in enumerate(value):
                record, faults = _record(TABLES[name], raw, Place(source.path, (index,)))
                self.problems += faults
                if record:
                    yield record
                else:
                    keys = ("id", "name") if name == "tags" else ("id",)  # posts name tags, links go by their ids
                    self.faulty[name] |= {str((isinstance(raw, dict) and raw.get(key)) or UNREAD) for key in keys}

    def documents(self, name: str, sources: Sequence[Source], jobs: int) -> list[Any]:
        """Records from Markdown files: the front matter, and as `id` what is made of the file's path."""
        kind: type[Record]
        kind, id_of = (Post, layout.post_id) if name == "posts" else (Article, layout.article_id)
        faulty = self.faulty[name]
        if name == "posts":
            faulty |= {id_of(path) for path in self._snapshot.unread if path.startswith(layout.NEWS)}
        table = self._table(kind)
        known = {source.path: table.get(source.path) for source in sources}
        new = [source for source in sources if not _is_current(known[source.path], source)]

        def read(source: Source) -> _Read:
            return _document(id_of(source.path), kind, source, known[source.path])

        for source, (parts, records, problems) in zip(new, parallel.each(read, new, len(new), jobs), strict=True):
            self.problems += problems
            loaded = known[source.path] = Loaded(source.fingerprint, parts, records)
            if not problems:
                table.put(source.path, loaded)
            if not records:
                faulty.add(id_of(source.path))
        table.retain(known.keys())
        return [record for loaded in known.values() if loaded for record in loaded.records]

    def _loaded(
        self,
        table: Table[Loaded[Kind]],
        source: Source,
        read: Callable[[Loaded[Kind] | None], tuple[tuple[str, ...], list[Kind]]],
    ) -> list[Kind]:
        """The records of a file: the stored ones while it is the same, else what `read` makes of it and of those.

        `read` returns the fingerprints `Loaded.parts` and the records. They are stored if nothing is wrong with the file.
        """
        last = table.get(source.path)
        if last and _is_current(last, source):
            return last.records
        before = len(self.problems)
        parts, records = read(last)
        self.problems += _hidden(source.path, source.text, self.problems[before:])
        if len(self.problems) == before:
            table.put(source.path, Loaded(source.fingerprint, parts, records))
        return records

    def _table(self, kind: type[Kind]) -> Table[Loaded[Kind]]:
        # A type from a variable, which mypy does not follow; the kinds are those of the model.
        return self._database.table(f"files of {kind.__name__}", Loaded[kind])  # type: ignore[valid-type]


#: What came of a Markdown file: `Loaded.parts`, its record, and what is wrong.
_Read = tuple[tuple[str, ...], list[Any], list[Diagnostic]]


def _is_current(loaded: Loaded[Kind] | None, source: Source) -> bool:
    """Whether a file is still the one from which this was loaded."""
    return loaded is not None and loaded.fingerprint == source.fingerprint


def _document(id: str, kind: type[Record], source: Source, last: Loaded[Any] | None) -> _Read:
    """The record of a Markdown file, as far as that is known from the last time. A function of its arguments and the file.

    All that it is read from are the front matter and, where that has no summary, the text's first sentences.
    """
    path, text = source.path, source.text
    split = front_matter.split(path, text)
    head, body = ("", "") if isinstance(split, Diagnostic) else (fingerprint(split.yaml.encode()), split.body)
    if last and head and _is_as_read(last.parts, head, body):
        return last.parts, last.records, _hidden(path, text, ())
    raw, problems = reader(path).decode(path, text)
    if problems and raw is None:
        return (), [], [*problems, *_hidden(path, text, problems)]
    raw, parts = {} if raw is None else raw, [head]
    if isinstance(raw, dict):
        own = [key for key in ("id", "body") if key in raw]
        problems += [Diagnostic("FMT-04", Place(path, (key,), on_key=True), {"key": key}) for key in own]
        raw = {key: value for key, value in raw.items() if key not in own} | {"id": id}
        if not raw.setdefault("summary", ""):
            raw["summary"] = summarise(body)
            parts.append(fingerprint(raw["summary"].encode()))
    record, faults = _record(kind, raw, Place(path))
    problems += [_on_file_name(fault, source) if fault.place.keys == ("id",) else fault for fault in faults]
    return tuple(parts), [record] if record else [], [*problems, *_hidden(path, text, problems)]


def _hidden(path: str, text: str, problems: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The characters of a new text that nobody sees, but where one of its problems stands."""
    from honorroll.filesystem import hidden_characters

    told = {(problem.place.line, problem.place.column) for problem in problems}
    found = hidden_characters.found(path, text)
    return [one for one in found if (one.place.line, one.place.column) not in told]


def _record(kind: type[Kind], value: Any, place: Place) -> tuple[Kind | None, list[Diagnostic]]:
    """A record of these plain values, and what is wrong with them."""
    from honorroll.inputs import validation  # mostly nothing is new

    return validation.validate(kind, value, place)


def _is_as_read(parts: tuple[str, ...], head: str, body: str) -> bool:
    """Whether a record is read from the same again."""
    return parts[:1] == (head,) and (len(parts) == 1 or parts[1] == fingerprint(summarise(body).encode()))


def _on_file_name(fault: Diagnostic, source: Source) -> Diagnostic:
    """An `id` that comes from the file's name is wrong there, not in the text."""
    return Diagnostic("FMT-05", Place(source.path), fault.args, fault.record)

"""A snapshot of the inputs to the campaign, with everything that is wrong in them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, TypeVar, cast

from msgspec import Struct, field
from msgspec.structs import replace

from honorroll.commonmark import summarise
from honorroll.diagnostics import Diagnostic, Place
from honorroll.filesystem import Snapshot, Source
from honorroll.fingerprint import digest
from honorroll.incremental import Memos, Shelf, differences
from honorroll.inputs import front_matter, layout
from honorroll.inputs.readers import reader
from honorroll.model import TABLES, UNREAD, Article, Campaign, CampaignInfo, Post, Record, by_id

Kind = TypeVar("Kind", bound=Record)

#: The file of the campaign's own record.
CAMPAIGN = "data/campaign.yaml"


class Kept(Struct, frozen=True, gc=False):
    """What came of a file without a fault."""

    digest: str
    """Of the file."""
    records: list[Any]
    items: tuple[str, ...] = ()
    """Digests of what its records were read from, one for each, where that can be told apart: items, or a text's head."""


class Last(Struct):
    """What was loaded last without a fault, and from what. None of it, where a store keeps nothing from build to build."""

    campaign: Campaign | None = None
    files: Mapping[str, Source] = field(default_factory=dict)


def load(
    snapshot: Snapshot, today: date, memos: Memos | None = None, last: Last | None = None
) -> tuple[Campaign | None, list[Diagnostic]]:
    """The campaign and all findings; no campaign when `data/campaign.yaml` cannot be used.

    Of what was loaded `last` only what has changed is loaded again.
    """
    shelf, last = (memos or Memos()).shelf("records"), last or Last()
    campaign, problems = _again(_Loader(snapshot, shelf), snapshot, today, last), list[Diagnostic]()
    if campaign:
        shelf.of(snapshot.files)
    else:
        campaign, problems = _whole(_Loader(snapshot, shelf), snapshot, today)
    last.campaign, last.files = None if problems or snapshot.unread else campaign, snapshot.files
    return campaign, problems


def _whole(loader: "_Loader", snapshot: Snapshot, today: date) -> tuple[Campaign | None, list[Diagnostic]]:
    info = loader.info()
    tables: dict[str, Any] = {name: loader.table(name) for name in TABLES}
    posts, others = layout.posts(snapshot), layout.beside_posts(snapshot)
    articles = [source for source in others if layout.is_article(source.path)]
    loader.problems += [*layout.unknown_files(snapshot), *layout.unshown_texts(others)]
    tables["posts"] = by_id(loader.documents("posts", posts), loader.problems)
    tables["articles"] = by_id(loader.documents("articles", articles), loader.problems)
    pictures = {source.path: source for source in others if source.path.lower().endswith(layout.PICTURES)}
    if info is None:
        return None, loader.problems
    faulty = {name: frozenset(found) for name, found in loader.faulty.items()}
    return Campaign(today=today, info=info, pictures=pictures, faulty=faulty, **tables), loader.problems


def _again(loader: "_Loader", snapshot: Snapshot, today: date, last: Last) -> Campaign | None:
    """The last campaign with what other files hold now. None where one came or went, or anything is wrong."""
    campaign, files, before = last.campaign, snapshot.files, last.files
    others, gone = differences(files, before)
    if not campaign or campaign.today != today or snapshot.unread or gone or not before.keys() >= {*others}:
        return None
    now: dict[str, Any] = {}

    def put(name: str, key: str, value: object) -> None:
        table = now.get(name, getattr(campaign, name))
        if table[key] is not value:
            now[name] = {**table, key: value}

    for path in [path for path in others if files[path].digest != before[path].digest]:
        if path == CAMPAIGN:
            return None
        now |= {name: loader.table(name) for name in TABLES if layout.is_of_table(path, name)}
        if path.endswith(".md") and (path.startswith(layout.NEWS) or layout.is_article(path)):
            name = "posts" if path.startswith(layout.NEWS) else "articles"
            for record in loader.documents(name, [files[path]]):
                put(name, record.id, record)
        if path in campaign.pictures:
            put("pictures", path, files[path])
    return None if loader.problems else replace(campaign, **now) if now else campaign


class _Loader:
    """What is wrong with the records so far; those of files without a fault are kept on the shelf."""

    def __init__(self, snapshot: Snapshot, shelf: Shelf) -> None:
        self.problems: list[Diagnostic] = []
        self.faulty: dict[str, set[str]] = defaultdict(set)
        self._snapshot, self._shelf = snapshot, shelf

    def info(self) -> CampaignInfo | None:
        """The campaign's own record."""
        path = CAMPAIGN
        source = self._snapshot.files.get(path)
        if source is None or path in self._snapshot.unread:
            self.problems += [Diagnostic("SRC-06", Place(path))] if path not in self._snapshot.unread else []
            return None
        found: list[CampaignInfo] = self._kept(source, self._info)
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
        last: Kept | None = self._shelf.get(source.path)
        if last and last.digest == source.digest:
            return last.records
        items = reader(source.path).items(source.text)
        totals = tuple([digest(item.encode()) for item in items])
        records = self._items(name, source, items, totals, last) if last else None
        before = len(self.problems)
        if records is None:
            records = list(self._rows(name, source))
        self._note_hidden(source, before)
        if len(self.problems) == before:
            self._shelf.put(source.path, Kept(source.digest, records, totals if len(totals) == len(records) else ()))
        return records

    def _items(
        self, name: str, source: Source, items: Sequence[str], totals: Sequence[str], last: Kept
    ) -> list[Record] | None:
        """The records of items one by one, as far as known from the last time; none if one is faulty."""
        known: dict[str, Record] = dict(zip(last.items, last.records, strict=False))
        records: list[Record] = []
        for index, (item, total) in enumerate(zip(items, totals, strict=True)):
            record = known.get(total)
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
                    key = raw.get("name" if name == "tags" else "id") if isinstance(raw, dict) else None
                    self.faulty[name].add(str(key or UNREAD))

    def documents(self, name: str, sources: Sequence[Source]) -> list[Any]:
        """Records from Markdown files: the front matter, and as `id` what is made of the file's path."""
        kind: type[Record]
        kind, id_of = (Post, layout.post_id) if name == "posts" else (Article, layout.article_id)
        faulty, records = self.faulty[name], list[Any]()
        if name == "posts":
            faulty |= {id_of(path) for path in self._snapshot.unread if path.startswith(layout.NEWS)}
        known = self._shelf.of([source.path for source in sources])
        for source in sources:
            path, total = source.path, source.digest
            last: Kept | None = known.get(path)
            if last and last.digest == total:
                records += last.records
                continue
            found = self._kept(source, partial(self._document, id_of(path), kind), _head(source))
            if not found:
                faulty.add(id_of(path))
            records += found
        return records

    def _document(self, id: str, kind: type[Kind], source: Source) -> list[Kind]:
        raw, faults = reader(source.path).decode(source.path, source.text)
        self.problems += faults
        if faults and raw is None:
            return []
        raw = {} if raw is None else raw
        if isinstance(raw, dict):
            own = [key for key in ("id", "body") if key in raw]
            self.problems += [Diagnostic("FMT-04", Place(source.path, (k,), on_key=True), {"key": k}) for k in own]
            raw = {key: value for key, value in raw.items() if key not in own} | {"id": id}
            if not raw.setdefault("summary", ""):
                raw["summary"] = summarise(front_matter.body(source.text))
        record, faults = _record(kind, raw, Place(source.path))
        self.problems += [_on_file_name(fault, source) if fault.place.keys == ("id",) else fault for fault in faults]
        return [record] if record else []

    def _kept(
        self, source: Source, read: Callable[[Source], Iterable[Kind]], items: tuple[str, ...] = ()
    ) -> list[Kind]:
        """What `read` makes of a file, or of these items of it: once, if nothing is wrong with it.

        The same records if they say the same.
        """
        last: Kept | None = self._shelf.get(source.path)
        if last and last.digest == source.digest:
            return cast(list[Kind], last.records)
        before = len(self.problems)
        records = last.records if last and items and items == last.items else list(read(source))
        if last and [record.digest for record in records] == [record.digest for record in last.records]:
            records = last.records
        self._note_hidden(source, before)
        if len(self.problems) == before:
            self._shelf.put(source.path, Kept(source.digest, records, items))
        return records

    def _note_hidden(self, source: Source, before: int) -> None:
        """Report the characters of a new text that nobody sees, but where one of the problems since `before` stands."""
        from honorroll.filesystem import hidden_characters

        told = {(problem.place.line, problem.place.column) for problem in self.problems[before:]}
        found = hidden_characters.found(source.path, source.text)
        self.problems += [one for one in found if (one.place.line, one.place.column) not in told]


def _record(kind: type[Kind], value: Any, place: Place) -> tuple[Kind | None, list[Diagnostic]]:
    """A record of these plain values, and what is wrong with them."""
    from honorroll.inputs import validation  # mostly nothing is new

    return validation.validate(kind, value, place)


def _head(source: Source) -> tuple[str, ...]:
    """Digest of all that a record takes from its Markdown file: the front matter, and the text's first sentences."""
    parts = front_matter.split(source.path, source.text)
    return () if isinstance(parts, Diagnostic) else (digest(f"{parts.yaml}\n{summarise(parts.body)}".encode()),)


def _on_file_name(fault: Diagnostic, source: Source) -> Diagnostic:
    """An `id` that comes from the file's name is wrong there, not in the text."""
    return Diagnostic("FMT-05", Place(source.path), fault.args, fault.record)

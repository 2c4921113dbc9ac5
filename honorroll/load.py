"""A snapshot of the inputs to the campaign, with everything that is wrong in them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, TypeVar, cast

from honorroll import front_matter, model, schema, yaml_source
from honorroll.diagnostics import Diagnostic, Place, closest
from honorroll.memos import Memos
from honorroll.model import Record
from honorroll.source import Snapshot, Source

Kind = TypeVar("Kind", bound=Record)
Decode = Callable[[Source, str], tuple[Any, list[Diagnostic]]]

NEWS = "content/news/"
#: Stands for all ids of a file that could not be read.
UNREAD = "*"
PICTURES = (".jpg", ".jpeg", ".png", ".webp")


@dataclass(frozen=True)
class Campaign:
    """All records. Tables go by id, in the order of the files; the ledgers are plain sequences."""

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

    def records(self) -> Iterator[Record]:
        """Every record of every table and ledger, the campaign's own first."""
        yield self.info
        for name in (*model.TABLES, "posts", "articles"):
            rows = getattr(self, name)
            yield from rows.values() if isinstance(rows, Mapping) else rows


def load(snapshot: Snapshot, today: date, memos: Memos | None = None) -> tuple[Campaign | None, list[Diagnostic]]:
    """The campaign and all findings; no campaign when `data/campaign.yaml` cannot be used."""
    problems: list[Diagnostic] = []
    faulty: dict[str, set[str]] = defaultdict(set)
    decode = partial(_decode, memos)
    info = _info(snapshot, decode, problems)
    tables: dict[str, Any] = {name: _rows(snapshot, name, decode, problems, faulty[name]) for name in model.TABLES}
    problems += _unknown_files(snapshot)
    for name, rows in tables.items():
        keyed = "id" in model.TABLES[name].model_fields
        tables[name] = _by_id(rows, problems) if keyed else tuple(rows)
    posts = _documents(_post_ids(snapshot), model.Post, decode, problems, faulty["posts"])
    faulty["posts"] |= {_post_id(path) for path in snapshot.unread if path.startswith(NEWS)}
    articles = _documents(_article_ids(snapshot), model.Article, decode, problems, faulty["articles"])
    tables |= {"posts": _by_id(posts, problems), "articles": _by_id(articles, problems)}
    pictures = {source.path: source for source in snapshot.below("content") if source.path.lower().endswith(PICTURES)}
    if info is None:
        return None, problems
    ids = {name: frozenset(found) for name, found in faulty.items()}
    return Campaign(today=today, info=info, pictures=pictures, faulty=ids, **tables), problems


def _decode(memos: Memos | None, source: Source, text: str) -> tuple[Any, list[Diagnostic]]:
    """The YAML `text` of a source as plain values; decoded once while it stays as it is."""
    key = f"{source.path.rpartition('.')[2]} {source.digest}"  # of a Markdown file it is the head only
    value = memos.get("yaml", key) if memos else None
    if value is None:
        value, faults, _ = yaml_source.decode(source.path, text)
        if faults:
            return value, faults
        if memos:
            memos.put("yaml", key, value)
    return value, []


def _info(snapshot: Snapshot, decode: Decode, problems: list[Diagnostic]) -> model.CampaignInfo | None:
    path = "data/campaign.yaml"
    source = snapshot.files.get(path)
    if source is None or path in snapshot.unread:
        problems += [Diagnostic("SRC-06", Place(path))] if path not in snapshot.unread else []
        return None
    value, faults = decode(source, source.text)
    problems += faults
    if faults and value is None:
        return None
    info, faults = schema.validate(model.CampaignInfo, value, Place(source.path))
    problems += faults
    return info


def _table_files(snapshot: Snapshot, name: str) -> Iterator[Source]:
    return (source for source in snapshot.below("data") if _is_of_table(source.path, name))


def _is_of_table(path: str, name: str) -> bool:
    stem, _, suffix = path.rpartition(".")
    stem = stem.removeprefix("data/")
    return suffix in ("yaml", "yml") and (stem == name or (stem.startswith(name + "/") and stem.count("/") == 1))


def _rows(snapshot: Snapshot, name: str, decode: Decode, problems: list[Diagnostic], faulty: set[str]) -> list[Record]:
    rows: list[Record] = []
    faulty |= {UNREAD} if any(_is_of_table(path, name) for path in snapshot.unread) else set()
    for source in _table_files(snapshot, name):
        value, faults = decode(source, source.text)
        problems += faults
        if value is None:
            faulty |= {UNREAD} if faults else set()
            continue
        if not isinstance(value, list):
            faulty.add(UNREAD)
            slip = isinstance(value, str) and "：" in value
            problems.append(Diagnostic("YML-06" if slip else "FMT-03", Place(source.path, line=1, column=1)))
            continue
        for index, raw in enumerate(value):
            record, faults = schema.validate(model.TABLES[name], raw, Place(source.path, (index,)))
            problems += faults
            if record:
                rows.append(record)
            else:
                key = raw.get("name" if name == "tags" else "id") if isinstance(raw, dict) else None
                faulty.add(str(key or UNREAD))
    return rows


def _by_id(rows: Iterable[Kind], problems: list[Diagnostic]) -> dict[str, Kind]:
    table: dict[str, Kind] = {}
    for record in rows:
        key: str = record.id  # type: ignore[attr-defined]  # only keyed models come here
        if key in table:
            problems.append(Diagnostic("SCH-13", _id_place(record), {"id": key, "other": _id_place(table[key])}))
        else:
            table[key] = record
    return table


def _id_place(record: Record) -> Place:
    """Where the id stands; that of a Markdown file is its name."""
    return record.at() if record.at().path.endswith(".md") else record.at("id")


def _unknown_files(snapshot: Snapshot) -> Iterator[Diagnostic]:
    known = {*model.TABLES, "campaign"}
    for source in snapshot.below("data"):
        parts = source.path.removeprefix("data/").split("/")
        name, _, suffix = parts[0].partition(".") if len(parts) == 1 else (parts[0], "", parts[-1].rpartition(".")[2])
        if name not in known or len(parts) > 2 or suffix not in ("yaml", "yml"):
            guess = f"{name}.yaml" if name in known and len(parts) == 1 else closest(name, known - {name})
            yield Diagnostic("SRC-07", Place(source.path), {"known": "、".join(sorted(known))}, guess=guess)


def _post_ids(snapshot: Snapshot) -> Iterator[tuple[str, Source]]:
    for source in snapshot.below("content/news"):
        if source.path.endswith(".md"):
            yield _post_id(source.path), source


def _post_id(path: str) -> str:
    return path.removeprefix(NEWS).removesuffix(".md").removesuffix("/index")


def _article_ids(snapshot: Snapshot) -> Iterator[tuple[str, Source]]:
    for source in snapshot.below("content"):
        if source.path.endswith(".md") and source.path.count("/") == 1:
            yield source.path.removeprefix("content/").removesuffix(".md"), source


def _documents(
    sources: Iterable[tuple[str, Source]],
    kind: type[Kind],
    decode: Decode,
    problems: list[Diagnostic],
    faulty: set[str],
) -> Iterator[Kind]:
    """Records from Markdown files: the front matter, the file's name as `id`, the text as `body`."""
    for name, source in sources:
        faulty.add(name)
        parts = front_matter.split(source.path, source.text)
        if isinstance(parts, Diagnostic):
            problems.append(parts)
            continue
        raw, faults = decode(source, parts.yaml)
        problems += [front_matter.shift(fault) for fault in faults]
        if faults and raw is None:
            continue
        raw = {} if raw is None else raw
        if isinstance(raw, dict):
            own = [key for key in ("id", "body") if key in raw]
            problems += [Diagnostic("FMT-04", Place(source.path, (key,), on_key=True), {"key": key}) for key in own]
            raw = raw | {"id": name, "body": parts.body}
        record, faults = schema.validate(kind, raw, Place(source.path))
        problems += [_on_file_name(fault, source) if fault.place.keys == ("id",) else fault for fault in faults]
        if record:
            faulty.discard(name)
            yield record


def _on_file_name(fault: Diagnostic, source: Source) -> Diagnostic:
    """An `id` that comes from the file's name is wrong there, not in the text."""
    return Diagnostic("FMT-05", Place(source.path), fault.args, fault.record)

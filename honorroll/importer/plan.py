"""What an import would do, before it does it: the change of the files, and what the project's own checks say of it."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from honorroll.checks import Finding
from honorroll.diagnostics import Keys, Severity
from honorroll.editing import Change, More, append, set_all, snapshot_with
from honorroll.engine import Options, pipeline
from honorroll.filesystem import Snapshot
from honorroll.importer import kinds
from honorroll.importer.headers import Found
from honorroll.importer.memory import remembered
from honorroll.importer.records import Entry, records_of, texts
from honorroll.importer.remarks import Remark
from honorroll.inputs import Read, layout, reader
from honorroll.model import TABLES, Campaign
from honorroll.publish import Folder, Memory

#: Errors for which a row is left out; of others the plan tells, and the project is to be mended in its own time.
_LEFT_OUT = ("SCH", "PRV", "REF", "YML", "FMT")
#: The fields that a record is called by.
_CALLED = frozenset({"name", "title", "short"})
#: So often rows are left out, and what is left is looked at again.
_ROUNDS = 5

#: With more records than this the project is not tried with them before they are written: that takes as long as a build.
MOST_CHECKED = 20_000
#: A file takes no more values than this: our reader refuses files with more than 200,000.
_MOST_VALUES = 180_000
#: Fewer new records fit into any file of usual size.
_MANY = 1000

_ON_TOP = "# yaml-language-server: $schema={up}.vscode/schemas/{name}.json\n"


class Plan(Struct):
    """What an import would do."""

    entries: list[Entry]
    remarks: list[Remark]
    """What is to be told first: what was left out on purpose, and how words were taken."""
    faults: list[Remark]
    """What was not understood, cell by cell; these rows are left out."""
    gone: Mapping[str, list[str]]
    """By kind, records that the data has and the sheets have not. They stay."""
    change: Change | None = None
    """None where there is nothing to write."""
    findings: list[tuple[Finding, Entry | None]] = field(default_factory=list)
    """What the checks would say that they do not say now, each with the record of a sheet that it is about."""
    is_unchecked: bool = False
    """Whether an error kept the privacy gate from looking."""

    def number(self, state: str) -> int:
        """How many records are `new`, `changed` or `same`."""
        return sum(entry.state == state for entry in self.entries)


def plan_of(
    options: Options,
    before: Read,
    campaign: Campaign,
    tables: Sequence[Found],
    constants: Mapping[str, str],
    step: Callable[[], None],
    words: Mapping[str, str],
) -> Plan:
    """Plan what is to be written of some tables. Nothing is written.

    Args:
        options: of the build whose findings are compared; it is dry.
        before: the project as it was read.
        campaign: its records.
        tables: of all files of the run.
        constants: by key of a column, a value for new records whose row has none.
        step: called from time to time.
        words: further ones that mean organisations: the id of each, or `NEW`.
    """
    records = records_of(campaign, tables, constants, step, words)
    made = Plan(records.entries, records.told.remarks, records.told.faults, records.gone)
    forms = remembered(before[0], campaign, tables, words)
    _settle(made, options, before, forms)
    new = {entry.id for entry in made.entries if entry.kind == "orgs" and entry.state == "new"}
    made.remarks = [
        one for one in made.remarks if one.key != "im_new_org" or one.args["value"].partition("（")[0] in new
    ]
    return made


def _settle(made: Plan, options: Options, before: Read, forms: Mapping[str, tuple[bytes | None, bytes]]) -> None:
    """Find the change, and leave out rows for which the checks would not let the project pass."""
    base: Sequence[Finding] | None = None
    for _ in range(_ROUNDS):
        files, places = _files(made, before[0])
        made.change = Change(_title(made), {**files, **forms}) if files or forms else None
        if not files or made.change is None:
            made.findings = []
            return
        if len(places) > MOST_CHECKED:
            made.remarks.append(Remark("im_too_many_to_check", {"number": len(places)}))
            return
        store = Memory(database=Folder(options.out, options.root / ".cache", dry=True).database)
        after = pipeline.build(options, store, (snapshot_with(before[0], made.change), before[1])).findings
        if base is None and after:
            base = pipeline.build(options, store, before).findings
        made.findings = [(one, _about(one, places)) for one in _new(base or (), after, _renamed(made.entries))]
        made.is_unchecked = any(
            one.severity is Severity.ERROR and not one.diagnostic.rule.startswith("PRV") for one in after
        )
        bad = _bad(made.findings)
        if not bad:
            return
        for entry, finding in bad:
            args = {"rule": finding.diagnostic.rule, "why_zh": finding.message("zh"), "why": finding.message("en")}
            cell = cell_of(finding, entry)
            made.faults.append(Remark("im_fails", args, entry.file, entry.sheet, cell))
        _drop(made, [entry for entry, _ in bad])
    made.change = None


def _drop(made: Plan, entries: Iterable[Entry]) -> None:
    """Leave out entries, and organisations that nothing names any more."""
    entries = [*entries]
    for entry in entries:
        if entry.host:
            items = entry.host.values[entry.kind]
            items[:] = [item for item in items if item is not entry.values]
            if not items:
                del entry.host.values[entry.kind]
    ids = {id(entry) for entry in entries}
    made.entries = [entry for entry in made.entries if id(entry) not in ids and id(entry.host) not in ids]
    named = {word for entry in made.entries for word in texts(entry.values)}
    made.entries = [entry for entry in made.entries if not entry.is_implied or entry.id in named]


def _title(made: Plan) -> str:
    counts = Counter((entry.kind, entry.state) for entry in made.entries if entry.state != "same")
    words = [
        f"{kinds.label(kind)[0]}{'新增' if state == 'new' else '修改'} {number} 条"
        for (kind, state), number in counts.items()
    ]
    return "导入表格：" + ("，".join(words) or "记住列的对应")


def _files(
    made: Plan, snapshot: Snapshot
) -> tuple[dict[str, tuple[bytes | None, bytes | None]], dict[tuple[str, Keys], Entry]]:
    """The files with the entries, and where each of these stands then: its file, and the keys that lead to it."""
    edits: dict[str, list[Entry]] = defaultdict(list)
    news: dict[str, list[Entry]] = defaultdict(list)
    tables: dict[str, list[str]] = {}
    for entry in made.entries:
        if entry.state == "changed" or (entry.state == "new" and entry.path):
            edits[entry.path].append(entry)
        elif entry.state == "new" and entry.host is None:
            if entry.kind not in tables:
                tables[entry.kind] = [source.path for source in layout.table_files(snapshot, entry.kind)]
            news[target(tables[entry.kind], entry.kind, entry.values)].append(entry)
    news = _in_parts(snapshot, news)
    files: dict[str, tuple[bytes | None, bytes | None]] = {}
    places: dict[tuple[str, Keys], Entry] = {}
    for path in dict.fromkeys([*edits, *news]):
        source = snapshot.files.get(path)
        old = source.data if source else None
        data = _edited(made, path, old, edits[path]) if old is not None and edits[path] else old
        if data is not None:
            places |= {(path, keys): entry for keys, entry in _places(edits[path])}
        if news[path]:
            new = append(path, data or _top(path), [entry.values for entry in news[path]])
            if new is None:
                _by_hand(made, path, news[path])
            else:
                first = _number(path, old)
                places |= {(path, (first + at,)): entry for at, entry in enumerate(news[path])}
                data = new
        if data is not None and data != old:
            files[source.stored or path if source else path] = old, data
    return files, places


def _places(entries: Iterable[Entry]) -> Iterator[tuple[Keys, Entry]]:
    """Where entries stand in their file: of a new item of a list, behind those that are there."""
    number = Counter[Keys]()
    for entry in entries:
        if entry.state == "new":
            keys = (*entry.keys, entry.kind)
            yield (*keys, entry.behind + number[keys]), entry
            number[keys] += 1
        else:
            yield entry.keys if entry.kind in kinds.LISTS else entry.keys[:1], entry


def _in_parts(snapshot: Snapshot, news: Mapping[str, list[Entry]]) -> dict[str, list[Entry]]:
    """The same with files that our reader does not find too large: what does not fit goes into a further one."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for path, entries in news.items():
        if len(entries) < _MANY and not _is_large(snapshot, path):
            found[path] += entries
            continue
        here, number = path, 1
        room = _MOST_VALUES - _held(snapshot, here)
        for entry in entries:
            needed = _values(entry.values)
            while needed > room:
                number += 1
                folder = path if path.count("/") == 1 else f"{path.rpartition('.')[0]}-"
                here = f"{folder.removesuffix('.yaml')}{'/' if folder == path else ''}{number}.yaml"
                room = _MOST_VALUES - _held(snapshot, here)
            room -= needed
            found[here].append(entry)
    return found


def _is_large(snapshot: Snapshot, path: str) -> bool:
    return path in snapshot.files and len(snapshot.files[path].data) > 1 << 20


def _held(snapshot: Snapshot, path: str) -> int:
    """How many values a file holds."""
    source = snapshot.files.get(path)
    return _values(reader(path).decode(path, source.text)[0]) if source else 0


def _values(value: Any) -> int:
    """How many nodes a value is to our reader."""
    if isinstance(value, Mapping):
        return 1 + len(value) + sum(map(_values, value.values()))
    return 1 + sum(map(_values, value)) if isinstance(value, list) else 1


def _edited(made: Plan, path: str, old: bytes, entries: list[Entry]) -> bytes:
    """A file with changed values; what cannot be changed for sure is told, and left out."""
    whole = set_all(path, old, _sets(entries))
    if whole is not None:
        return whole
    data, failed = old, list[Entry]()
    for entry in entries:
        one = set_all(path, data, _sets([entry]))
        if one is None:
            failed.append(entry)
        else:
            data = one
    _by_hand(made, path, failed)
    return data


def _sets(entries: Iterable[Entry]) -> list[tuple[Keys, dict[str, Any]]]:
    """What is set in each mapping of some records; what comes behind a list is set last."""
    found: dict[Keys, dict[str, Any]] = {}
    for entry in sorted(entries, key=lambda one: one.state == "new"):
        if entry.state == "new":
            more = found.setdefault(tuple(entry.keys), {}).setdefault(entry.kind, More())
            more.append(entry.values)
            continue
        for key, value in entry.values.items():
            name, _, sub = key.partition(".")
            found.setdefault((*entry.keys, name) if sub else tuple(entry.keys), {})[sub or name] = value
    return [*found.items()]


def _by_hand(made: Plan, path: str, entries: list[Entry]) -> None:
    made.faults += [Remark("im_by_hand", {"path": path}, entry.file, entry.sheet, entry.cell) for entry in entries]
    _drop(made, entries)


def target(files: Sequence[str], kind: str, values: Mapping[str, Any]) -> str:
    """The file for a new record: of those of its table the one of its month where there are several, else the table's own."""
    whole = next((path for path in files if path.count("/") == 1), "")
    month = str(values.get("date", ""))[:7]
    is_ledger = "id" not in TABLES[kind].fields()
    if whole or not (is_ledger or files):
        return whole or f"data/{kind}.yaml"
    if is_ledger and re.fullmatch(r"\d{4}-\d\d", month):
        return next(
            (path for path in files if path.rpartition("/")[2].startswith(f"{month}.")), f"data/{kind}/{month}.yaml"
        )
    return files[-1] if files else f"data/{kind}.yaml"


def _top(path: str) -> bytes:
    """How a new file begins: with what tells an editor's program of its schema."""
    name = path.split("/")[1].partition(".")[0]
    return _ON_TOP.format(up="../" * path.count("/"), name=name).encode() if path.endswith(".yaml") else b""


def _number(path: str, data: bytes | None) -> int:
    """How many records a file has."""
    if data is None:
        return 0
    value, _ = reader(path).decode(path, data.decode("utf-8-sig").replace("\r\n", "\n"))
    return len(value) if isinstance(value, list) else 0


def _renamed(entries: Iterable[Entry]) -> list[tuple[str, str]]:
    """Old and new names of records."""
    return [
        (str(change.old), str(change.new))
        for entry in entries
        for change in entry.changes
        if change.key in _CALLED and change.old
    ]


def _new(base: Sequence[Finding], after: Sequence[Finding], renamed: Sequence[tuple[str, str]]) -> list[Finding]:
    """The findings that were not there before, wherever they stand now, and whatever their records are called."""
    known = Counter(_sign(finding, renamed) for finding in base)
    found = list[Finding]()
    for finding in after:
        sign = _sign(finding, renamed)
        if known[sign]:
            known[sign] -= 1
        else:
            found.append(replace(finding, more=0))
    return found


def _sign(finding: Finding, renamed: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    message, record = re.sub(r":\d+", "", finding.message("zh")), finding.diagnostic.record
    for old, new in renamed:
        message, record = message.replace(old, new), record.replace(old, new)
    return finding.diagnostic.rule, finding.diagnostic.place.path, record, message


def cell_of(finding: Finding, entry: Entry) -> str:
    """The cell of a sheet that a finding is about."""
    keys = finding.diagnostic.place.keys[3 if entry.kind in kinds.LISTS else 1 :]
    name = str(keys[0]) if keys else str(finding.diagnostic.args.get("key", ""))
    whole = next((f"{name}.{key}" for key in keys[1:] if f"{name}.{key}" in entry.cells), name)
    near = (cell for key, cell in entry.cells.items() if key.startswith(f"{name}."))
    return entry.cells.get(whole) or next(near, entry.cell)


def _about(finding: Finding, places: Mapping[tuple[str, Keys], Entry]) -> Entry | None:
    place = finding.diagnostic.place
    return places.get((place.path, place.keys[:3])) or places.get((place.path, place.keys[:1]))


def _bad(findings: Iterable[tuple[Finding, Entry | None]]) -> list[tuple[Entry, Finding]]:
    """Entries for which the project would not pass, each with its first finding."""
    named = {rule for kind in TABLES.values() for rule in kind.rules.values()}
    found: dict[int, tuple[Entry, Finding]] = {}
    for finding, entry in findings:
        rule = finding.diagnostic.rule
        if entry and finding.severity is Severity.ERROR and (rule.startswith(_LEFT_OUT) or rule in named):
            found.setdefault(id(entry), (entry, finding))
    return [*found.values()]

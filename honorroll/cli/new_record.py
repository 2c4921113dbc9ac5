"""`new KIND`: a record or a post in the right file, with id, date and slug suggested.

What is not given and cannot be suggested is asked for at a terminal; elsewhere all of it is named in one round.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import click

from honorroll.checks import Finding, say
from honorroll.chinese import romanised
from honorroll.cli import writing
from honorroll.cli.arguments import RECORDS, Session
from honorroll.content import TO_WRITE
from honorroll.diagnostics import Place, Severity, closest
from honorroll.editing import Change, Value, append, document
from honorroll.engine import Options
from honorroll.filesystem import Snapshot, Source
from honorroll.inputs import json_schema, layout, load, read, reader, validate
from honorroll.model import DOCUMENTS, KINDS, UNREAD, Award, Campaign, Choice, Cycle, Field, Many, Record, Scalar, is_id

#: Ids of the first records of a table, where no others show how they are made; {year} is that of the date.
_FIRST = {
    "orgs": "c01",
    "teams": "t01",
    "persons": "r01",
    "projects": "p01",
    "deeds": "d01",
    "awards": "a{year}-01",
    "notices": "n{year}-01",
    "cycles": "y{year}",
    "figures": "f-01",
}
#: The longest slug, in syllables and characters; and the rules of what must not even be written.
_SYLLABLES, _LONGEST = 6, 40
_REFUSED = ("SCH", "YML", "SRC", "FMT", "REF", "PRV")
#: Values that people write in many ways: days, times, numbers, yes and no.
_AS_IN_CELLS = frozenset({"SCH-05", "SCH-06", "SCH-07", "SCH-08"})
_COMMAS = re.compile(r"\s*[,，、]\s*")


class _Asked(NamedTuple):
    """A field that must be typed, and what may be."""

    name: str
    title: str
    choices: tuple[str, ...]
    note: str

    def line(self) -> str:
        return f"  --set {self.name}=…  {self.title}{f'（{self.note}）' if self.note else ''}"


def new(
    session: Session,
    options: Options,
    kind: str,
    title: str,
    sets: Sequence[str],
    id: str,
    day: str,
    show: Callable[[Iterable[Finding]], object],
) -> int:
    """Write a record and say where, and what is still to be done; the exit code.

    Args:
        session: the project and the language.
        options: of the build that shows what the record leads to.
        kind: one of `RECORDS`.
        title: its title or name; may be empty.
        sets: fields, as `name=value`; a part of a record inside is `reported.date=2022-09-01`, a list has commas.
        id: to be used; suggested where it is empty.
        day: its date as people write it, by default today.
        show: shows findings.
    """
    before = read(options.root)
    campaign, faults = load(before[0], options.today)
    if campaign is None:
        from honorroll.checks import settle

        show(settle([*before[1], *faults], before[0]))
        return 1
    record = _New(session, RECORDS[kind], campaign, before[0], options)
    values = record.given(title, sets, day)
    record.suggest(values)
    record.ask(values)
    id = record.id(id, values)
    path, change = record.change(id, values)
    if found := writing.private(session, change):
        raise click.UsageError("\n".join(found))
    fresh = writing.news(options, before, change)
    wrong = [one for one in fresh if one.severity is Severity.ERROR and one.diagnostic.rule.startswith(_REFUSED)]
    if wrong:
        show(wrong)
        click.echo(say("nr_refused", session.lang), err=True)
        return 1
    writing.write(session, change)
    record.told(id, path, change, values)
    if fresh:
        show(fresh)
        click.echo(say("nr_findings", session.lang, number=len(fresh)), err=True)
    return 0


class _New:
    """The record that is to be."""

    def __init__(self, session: Session, table: str, campaign: Campaign, snapshot: Snapshot, options: Options) -> None:
        self.session, self.table, self.campaign, self.snapshot = session, table, campaign, snapshot
        self.options, self.model = options, KINDS[table]
        self.fields = {name: own for name, own in self.model.fields().items() if name not in self.model.derived}
        self.rows: Mapping[str, Record] = campaign.table(table)

    def given(self, title: str, sets: Sequence[str], day: str) -> dict[str, Value]:
        """The values that were typed. Raises `UsageError` with all that cannot be understood."""
        values, wrong = dict[str, Value](), list[str]()
        head = "title" if "title" in self.fields else "name"
        if title:
            values[head] = title
        if day and "date" not in self.fields:
            wrong.append(say("nr_no_date", self.session.lang, kind=self.model.label[0]))
        elif day:
            values["date"] = self._meant("date", self.fields["date"], day)
        for text in sets:
            name, sign, value = text.partition("=")
            name, value = name.strip(), value.strip()
            if not sign or name == "id":
                wrong.append(say("nr_no_set", self.session.lang, text=text))
                continue
            wrong += self._put(values, self.model, name.split("."), value, name)
        if wrong:
            raise click.UsageError("\n".join(wrong))
        return values

    def _put(self, values: dict[str, Any], model: type[Record], names: list[str], value: str, whole: str) -> list[str]:
        name, *inner = names
        own = model.fields().get(name) if name not in model.derived else None
        if own is None:
            near = closest(name, model.fields())
            hint = say("near", self.session.lang, near=near) if near else ""
            return [say("nr_no_field", self.session.lang, name=whole, kind=model.label[0]) + hint]
        if bool(inner) is not isinstance(own.type, type) or (
            isinstance(own.type, Many) and isinstance(own.type.item, type)
        ):
            return [say("nr_by_hand", self.session.lang, name=whole, title=own.title)]
        if isinstance(own.type, type):
            return self._put(values.setdefault(name, {}), own.type, inner, value, whole)
        values[name] = self._meant(name, own, value)
        return []

    def _meant(self, name: str, own: Field, text: str) -> Value:
        """What was typed for a field, as a cell of a sheet is read; the names of records stand for their ids."""
        if isinstance(own.type, Scalar) and own.type.rule in _AS_IN_CELLS:
            from honorroll.importer import typed_as

            info = self.campaign.info
            value = typed_as(name, own, text, info.start, info.end)
            if value != text:
                click.echo(say("nr_read_as", self.session.lang, text=text, value=value), err=True)
            return value
        many = isinstance(own.type, Many)
        inner = own.type.item if isinstance(own.type, Many) else own.type
        words = [word for word in _COMMAS.split(text) if word] if many else [text]
        if isinstance(inner, Scalar) and inner.refers:
            words = [self._id_of(inner.refers, word) for word in words]
        return words if many else words[0]

    def _id_of(self, table: str, word: str) -> str:
        """The id of the one record of that name; else the word itself, of which the checks tell what is wrong."""
        rows = self.campaign.table(table)
        if word in rows or table == "tags":
            return word
        found = [
            id for id, row in rows.items() if word in {getattr(row, name, "") for name in ("name", "short", "title")}
        ]
        return found[0] if len(found) == 1 else word

    def suggest(self, values: dict[str, Value]) -> None:
        """What can be known without asking: the day, the cycle, who issues; and a text that is still to be written."""
        now = self.options.now
        if "date" in self.fields and "date" not in values:
            values["date"] = f"{now:%Y-%m-%d %H:%M}" if self.table == "posts" else f"{now:%Y-%m-%d}"
        if self.table in {"awards", "projects"} and "cycle" not in values and self.campaign.cycles:
            values["cycle"] = max(self.campaign.cycles.values(), key=lambda cycle: cycle.year).id
        if "issuers" in self.fields and "issuers" not in values:
            values["issuers"] = [*self.campaign.info.organisers]
        if self.table == "posts":
            values.setdefault("draft", "是")
        elif self.model.text_field and self.fields[self.model.text_field].required:
            values.setdefault(self.model.text_field, TO_WRITE)

    def ask(self, values: dict[str, Value]) -> None:
        """Ask for what must be typed and was not. Raises `UsageError` that names all of it where there is nobody to ask."""
        missing = [*self._missing(values)]
        if not missing:
            return
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            lines = "\n".join(one.line() for one in missing)
            raise click.UsageError(say("nr_missing", self.session.lang, number=len(missing)) + "\n" + lines)
        for one in missing:
            question = f"{one.title}{f'（{one.note}）' if one.note else ''}"
            text = click.prompt(question, err=True).strip()
            own = self.fields[one.name]
            while one.choices and self._meant(one.name, own, text) not in one.choices:
                text = click.prompt(question, err=True).strip()
            values[one.name] = self._meant(one.name, own, text)

    def _missing(self, values: Mapping[str, Value]) -> Iterator[_Asked]:
        for name, own in self.fields.items():
            if name in {"id", *values} or not own.required:
                continue
            choices, note = self._choices(name, own, values)
            yield _Asked(name, own.title, choices, note)

    def _choices(self, name: str, own: Field, values: Mapping[str, Value]) -> tuple[tuple[str, ...], str]:
        """What may be typed: the words, and how to say so."""
        if isinstance(own.type, Choice):
            return own.type.words, "、".join(own.type.words)
        inner = own.type.item if isinstance(own.type, Many) else own.type
        if isinstance(inner, Scalar) and inner.refers:
            rows = self.campaign.table(inner.refers)
            shown = "、".join(
                f"{id} {getattr(row, 'short', '') or getattr(row, 'name', '')}" for id, row in [*rows.items()][:12]
            )
            many = say(
                "nr_one_of",
                self.session.lang,
                table=f"{inner.refers}.yaml",
                shown=shown + ("……" if len(rows) > 12 else ""),
            )
            return (() if isinstance(own.type, Many) else tuple(rows)), many
        cycle = self.campaign.cycles.get(str(values.get("cycle")))
        if self.model is Award and name == "title" and cycle:
            return (), "、".join((cycle.award_title, *cycle.other_titles))
        day = self.campaign.info.start.isoformat()
        kinds = {"SCH-05": day, "SCH-06": f"{day} 09:30", "SCH-07": "10", "SCH-08": "是、否"}
        return (), kinds.get(inner.rule, "") if isinstance(inner, Scalar) else ""

    def id(self, given: str, values: Mapping[str, Value]) -> str:
        """The id: as given, or the next one. Raises `UsageError` for one that is taken or none."""
        taken = {*self.rows, *self.campaign.faulty.get(self.table, ())}
        if given:
            if given in taken:
                place = f"{self.rows[given].path}" if given in self.rows else ""
                raise click.UsageError(say("nr_taken", self.session.lang, id=given, place=place))
            if not is_id(given):
                raise click.UsageError(say("nr_no_id", self.session.lang, id=given))
            return given
        return self._post_id(values, taken) if self.table == "posts" else self._next_id(values, taken)

    def _post_id(self, values: Mapping[str, Value], taken: set[str]) -> str:
        start = str(values["date"])[:10]
        return _free(f"{start}-{slug(str(values['title']))}".rstrip("-"), taken)

    def _next_id(self, values: Mapping[str, Value], taken: set[str]) -> str:
        """By the pattern of the records that are most like this one."""
        if self.table == "tags":
            return _free(slug(str(values["name"])), taken)
        year = self._year(values)
        like = [
            row
            for row in self.rows.values()
            if all(str(getattr(row, key, "")) == values[key] for key in ("cycle",) if key in values)
        ] or [*self.rows.values()]
        if self.table == "orgs":
            like = [row for row in like if getattr(row, "kind", "") == values.get("kind")]
        patterns = [found for row in like if (found := re.fullmatch(r"(.*?)(\d+)", getattr(row, "id", "")))]
        if not patterns:
            first = _FIRST[self.table].format(year=year)
            return first if first not in taken else _numbered(first, taken)
        start, width = patterns[-1][1], len(patterns[-1][2])
        if self.table == "cycles":
            return _free(f"{start}{year}", taken)
        if self.table != "projects":
            start = re.sub(r"(?:19|20)\d\d", year, start)
        return _numbered(f"{start}{0:0{width}}", taken)

    def _year(self, values: Mapping[str, Value]) -> str:
        cycle = self.campaign.cycles.get(str(values.get("cycle")))
        return str(
            values.get("year")
            or (cycle.year if isinstance(cycle, Cycle) else "")
            or values.get("date")
            or self.options.today
        )[:4]

    def change(self, id: str, values: Mapping[str, Value]) -> tuple[str, Change]:
        """The file, and what is to be written. Raises `UsageError` where it cannot be."""
        ordered = {"id": id, **values}
        ordered = {name: ordered[name] for name in self.model.fields() if name in ordered}
        title = say("nr_title", "zh", kind=self.model.label[0], id=id)
        if self.table in DOCUMENTS:
            path = f"{layout.NEWS}{id}.md"
            del ordered["id"]
            if path in self.snapshot.files:
                raise click.UsageError(say("nr_taken", self.session.lang, id=id, place=path))
            self._must_be_valid(path, ordered | {"id": id})
            return path, Change(title, {path: (None, document(ordered, TO_WRITE))})
        path = self._file(values)
        self._must_be_valid(path, ordered)
        source = self.snapshot.files.get(path)
        old = source.data if source else None
        base = old
        if old is None:
            depth = "../" * path.count("/")
            base = f"# yaml-language-server: $schema={depth}{json_schema.FOLDER}/{self.table}.json\n\n".encode()
        made = append(path, base, [ordered])
        if UNREAD in self.campaign.faulty.get(self.table, ()):  # its ids are not known, so none can be offered
            raise click.UsageError(say("nr_faulty", self.session.lang, file=path))
        if made is None:
            typed = (append(path, None, [ordered]) or b"").decode()
            raise click.UsageError(say("nr_unusual", self.session.lang, file=path) + "\n\n" + typed)
        return path, Change(title, {path: (old, made)})

    def _must_be_valid(self, path: str, values: Mapping[str, Value]) -> None:
        """Raises `UsageError` that says what is wrong with each field."""
        faults = validate(self.model, dict(values), Place(path))[1]
        if faults:
            from honorroll.checks import settle

            findings = settle(faults, Snapshot({}))
            lines = [
                f"  {'.'.join(map(str, one.diagnostic.place.keys))}：{one.message(self.session.lang)}"
                for one in findings
            ]
            raise click.UsageError(say("nr_wrong", self.session.lang) + "\n" + "\n".join(dict.fromkeys(lines)))

    def _file(self, values: Mapping[str, Value]) -> str:
        """The file of the table that a record belongs in: that of its month, or the last one."""
        paths = [source.path for source in layout.table_files(self.snapshot, self.table)]
        month = str(values.get("date", ""))[:7]
        of_month = [path for path in paths if month and path.endswith((f"/{month}.yaml", f"/{month}.yml"))]
        return [f"data/{self.table}.yaml", *paths, *of_month][-1]

    def told(self, id: str, path: str, change: Change, values: Mapping[str, Value]) -> None:
        """Say where it is, and what may still be typed."""
        lang, data = self.session.lang, change.files[path][1] or b""
        text = Source(path, data, "").text
        at = 0 if self.table in DOCUMENTS else len(reader(path).decode(path, text)[0]) - 1
        line = 1 if self.table in DOCUMENTS else reader(path).locate(text, (at,), False)[0] + 1
        click.echo(say("nr_written", lang, place=f"{path}:{line}", kind=self.model.label[lang == "en"], id=id))
        name = "".join(str(values.get("name", "")).split())
        same = [one for one, row in self.rows.items() if name and "".join(getattr(row, "name", "").split()) == name]
        if same:
            click.echo(say("nr_same_name", lang, ids="、".join(same)))
        for number, typed in enumerate(text.split("\n"), 1):
            if number >= line and TO_WRITE in typed:
                click.echo(say("nr_to_write", lang, place=f"{path}:{number}"))
        if self.table == "posts" and values.get("draft") == "是":
            click.echo(say("nr_draft", lang))
        rest = "、".join(f"{name} {own.title}" for name, own in self.fields.items() if name not in {"id", *values})
        if rest:
            click.echo(say("nr_rest", lang, fields=rest))


def slug(title: str) -> str:
    """A part of an address that a title suggests: some syllables in letters; empty where it has none."""
    words = romanised(title)[:_SYLLABLES]
    while len("-".join(words)) > _LONGEST:
        words.pop()
    return "-".join(words)


def _free(id: str, taken: set[str]) -> str:
    """The id, or the first of `id-2`, `id-3` and so on that is free."""
    return next(one for one in (id, *(f"{id}-{number}" for number in range(2, len(taken) + 3))) if one not in taken)


def _numbered(like: str, taken: set[str]) -> str:
    """The id behind the highest one of the same form."""
    found = re.fullmatch(r"(.*?)(\d+)", like)
    assert found
    start, width = found[1], len(found[2])
    numbers = [int(rest) for one in taken if one.startswith(start) and (rest := one[len(start) :]).isdecimal()]
    return f"{start}{max(numbers, default=0) + 1:0{width}}"

"""Sheets: the plan of an import as people read it, the questions, and the writing."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import click

from honorroll.checks import say
from honorroll.cli import writing
from honorroll.cli.arguments import Session, build_options, color

if TYPE_CHECKING:
    from honorroll.importer import Found, Plan, Remark
    from honorroll.model import Campaign

#: So much of each list is shown unless all is asked for.
_LISTED = 30
_NAMED = 8
#: What is told of how cells were read: it comes behind what a person has to look at.
_READINGS = frozenset(
    {"im_read_as", "im_year_taken", "im_taken", "im_serial", "im_merged", "im_repeated_header", "im_no_record"}
)


class Sheets:
    """Workbooks and CSV files."""

    def takes(self, name: str, data: bytes) -> bool:
        """Whether a file is one of these, or is named like one: then it says what the file is instead."""
        from honorroll.importer import is_sheet

        return is_sheet(name, data)

    def run(self, session: Session, given: dict[str, Any], files: Mapping[str, bytes]) -> int:
        """Plan, ask and write; the exit code."""
        from honorroll import inputs
        from honorroll.importer import known, known_words, plan_of, table_of

        options = build_options(session, given, dry=True)
        before = inputs.read(session.root)
        campaign, _ = inputs.load(before[0], options.today)
        if campaign is None:
            return _broken(session, before, given)
        said = _words(session, given, campaign)
        words = {**known_words(campaign), **said}
        choices = _choices(session, given, known(campaign), words)
        constants = _pairs(session, given["sets"], "im_bad_set")
        with _bar(session, given) as start:
            tables, first, refused = _read(files, choices, hidden=given["hidden"])
            refused += _faulty(campaign, tables)
            tables = [one for one in tables if not campaign.faulty.get(table_of(one.kind))]
            _known_constants(session, constants, tables)
            _known_headers(session, choices, tables)
            _known_cells(session, said, tables)
            if _may_ask(given):
                _ask(session, tables)
            step = start("read", sum(len(one.sheet.rows) for one in tables) // 500)
            plan = plan_of(options, before, campaign, tables, constants, step, words)
            if _may_ask(given) and (answers := _ask_words(session, plan)):
                plan = plan_of(options, before, campaign, tables, constants, step, words | answers)
        plan.remarks = [*first, *plan.remarks]
        if given["as_json"]:
            click.echo(_as_json(plan, refused, session.lang))
        else:
            _show(session, plan, refused, tables, given)
        code = 1 if refused or plan.faults else 0
        if plan.change is None:
            _say(session, given, "im_nothing")
        elif given["write"] or (_may_ask(given) and click.confirm(say("im_ask", session.lang))):
            writing.write(session, plan.change)
            _say(session, given, "im_written", files="、".join(plan.change.files))
        else:
            _say(session, given, "im_not_written" if _may_ask(given) else "im_dry")
        return code


def _say(session: Session, given: Mapping[str, Any], key: str, **args: object) -> None:
    click.echo(say(key, session.lang, **args), err=bool(given["as_json"]))


def _may_ask(given: Mapping[str, Any]) -> bool:
    return not given["write"] and not given["as_json"] and sys.stdin.isatty() and sys.stdout.isatty()


def _bar(session: Session, given: Mapping[str, Any]) -> Any:
    """A bar for long work, where a terminal shows it."""
    if sys.stderr.isatty() and not given["quiet"] and not _may_ask(given):
        from honorroll.cli.progress import bars

        return bars(session.lang)
    return nullcontext(lambda *_: lambda: None)


def _broken(session: Session, before: Any, given: dict[str, Any]) -> int:
    """Say what is wrong with a campaign that cannot be loaded."""
    from honorroll.checks import text_report
    from honorroll.engine import pipeline

    result = pipeline.build(build_options(session, given, dry=True), read=before)
    for finding in result.findings[:_LISTED]:
        click.echo(text_report.render(finding, session.lang, color=color()) + "\n", err=True, color=color())
    return 1


# What was asked for


def _words(session: Session, given: Mapping[str, Any], campaign: "Campaign") -> dict[str, str]:
    """Words that mean organisations: `--map WORD=ID`, and `--map WORD=+` for one that is to be made."""
    from honorroll.importer import NEW

    pairs = _pairs(session, given["map_"], "im_bad_map")
    return {word: id for word, id in pairs.items() if id == NEW or id in campaign.orgs}


def _choices(session: Session, given: Mapping[str, Any], known: Mapping[str, Any], words: Mapping[str, str]) -> Any:
    from honorroll.importer import KINDS, SKIP, Choices, columns, kind_of, plain_header

    kind = kind_of(given["kind"] or "")
    if given["kind"] and not kind:
        raise click.UsageError(no_kind(session, given["kind"]))
    pairs = _pairs(session, given["map_"], "im_bad_map")
    mapped = {plain_header(header): key for header, key in pairs.items() if words.get(header) != key}
    fields = {key for one in ([kind] if kind else KINDS) for key in columns(one)}
    titles = {column.title for one in KINDS for column in columns(one).values()}
    for key in mapped.values():
        if key not in fields | titles | {SKIP}:
            raise _no_field(session, key, [kind] if kind else KINDS)
    return Choices(kind, mapped, known)


def no_kind(session: Session, name: str) -> str:
    """That there is no such kind, and which there are."""
    from honorroll.importer import KINDS

    known = "、".join(f"{one} {label(one, 'zh')}" if session.lang == "zh" else one for one in KINDS)
    return say("im_no_kind", session.lang, name=name, known=known)


def _pairs(session: Session, words: Sequence[str], key: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for word in words:
        name, sign, value = word.rpartition("=") if key == "im_bad_map" else word.partition("=")
        if not (name.strip() and sign and value.strip()):
            raise click.UsageError(say(key, session.lang, value=word))
        found[name.strip()] = value.strip()
    return found


def _known_constants(session: Session, constants: Mapping[str, str], tables: Sequence["Found"]) -> None:
    from honorroll.importer import columns

    known = {key for one in tables for key in columns(one.kind)}
    for key in constants if tables else ():
        if key not in known:
            raise _no_field(session, key, [one.kind for one in tables])


def _no_field(session: Session, name: str, kinds: Iterable[str]) -> click.UsageError:
    """That there is no such field, and which there are, with what they are called."""
    from honorroll.importer import columns

    titles: dict[str, dict[str, None]] = {}
    for kind in kinds:
        for key, column in columns(kind).items():
            titles.setdefault(key, {})[column.title] = None
    zh = session.lang == "zh"
    known = "、".join(f"{key} {'/'.join(titles[key])}" if zh else key for key in sorted(titles))
    return click.UsageError(say("im_no_field", session.lang, name=name, known=known))


def _known_headers(session: Session, choices: Any, tables: Sequence["Found"]) -> None:
    """Refuse a header that stands nowhere, for then nothing is done of what was asked."""
    from honorroll.importer import plain_header

    there = {
        plain_header(one) for found in tables for header in found.headers.values() for one in (header, *header.split())
    }
    for header in choices.mapped if tables else ():
        if header not in there:
            raise click.UsageError(say("im_no_header", session.lang, name=header))


def _known_cells(session: Session, words: Iterable[str], tables: Sequence["Found"]) -> None:
    """Refuse a word that stands in no cell."""
    for word in words if tables else ():
        if not any(word in str(cell) for one in tables for row in one.sheet.rows for cell in row):
            raise click.UsageError(say("im_no_header", session.lang, name=word))


# Reading and asking


def _read(
    files: Mapping[str, bytes], choices: Any, *, hidden: bool
) -> tuple[list["Found"], list["Remark"], list["Remark"]]:
    """The tables of all files, what is to be told of them first, and what was refused."""
    from honorroll.importer import Found, Remark, find, read_sheets

    tables, first, refused = list["Found"](), list["Remark"](), list["Remark"]()
    for name, data in files.items():
        book = read_sheets(name, data, hidden=hidden)
        if isinstance(book, Remark):
            refused.append(book)
            continue
        first += book.remarks
        found = [find(sheet, choices) for sheet in book.sheets]
        tables += [one for one in found if isinstance(one, Found)]
        unread = [one for one in found if isinstance(one, Remark)]
        several = any(isinstance(one, Found) for one in found)
        first, refused = (first + unread, refused) if several else (first, refused + unread)
        if not any(found) and not (book.sheets and book.remarks):
            refused.append(Remark("im_empty", {}, name))
    return tables, first, refused


def _faulty(campaign: "Campaign", tables: Sequence["Found"]) -> list["Remark"]:
    """Tables of which a record cannot be read take nothing new: ids might be given twice."""
    from honorroll.importer import Remark, table_of

    kinds = {table_of(one.kind): one for one in tables if campaign.faulty.get(table_of(one.kind))}
    return [
        Remark("im_faulty_table", {"path": f"data/{kind}"}, one.sheet.file, one.sheet.name)
        for kind, one in kinds.items()
    ]


def _ask(session: Session, tables: Sequence["Found"]) -> None:
    """Ask what columns mean that nobody knows."""
    from honorroll.importer import SKIP, choose, columns, examples, open_columns

    for found in tables:
        for at in open_columns(found):
            free = [column for key, column in columns(found.kind).items() if key not in found.mapped.values()]
            where = f"{found.sheet.file} {found.sheet.name}".strip()
            told_values = "、".join(examples(found, at))
            click.echo(say("im_what_column", session.lang, where=where, header=found.headers[at], examples=told_values))
            for number, column in enumerate(free, 1):
                click.echo(f"  {number} {column.title}（{column.key}）")
            asked = click.prompt(
                say("im_choose", session.lang),
                default=0,
                show_default=False,
                type=click.IntRange(0, len(free)),
            )
            choose(found, at, free[asked - 1].key if asked else SKIP)


def _ask_words(session: Session, plan: "Plan") -> dict[str, str]:
    """Ask whether names that are much like those of organisations mean these."""
    from honorroll.importer import NEW

    near = {one.args["word"]: one.args for one in plan.faults if one.key == "im_near_org"}
    return {
        word: args["id"]
        if click.confirm(say("im_same_org", session.lang, value=word, other=args["other"]), default=None)
        else NEW
        for word, args in near.items()
    }


# Showing


def _show(
    session: Session, plan: "Plan", refused: Sequence["Remark"], tables: Sequence["Found"], given: Mapping[str, Any]
) -> None:
    from honorroll.checks import plain

    limit = None if given["verbose"] else _LISTED
    for line in _lines(session, plan, refused, tables, limit):
        click.echo(plain(line))
    if plan.findings:
        _show_findings(session, plan, limit)


def _lines(
    session: Session, plan: "Plan", refused: Sequence["Remark"], tables: Sequence["Found"], limit: int | None
) -> Iterator[str]:
    lang = session.lang
    for remark in refused:
        yield f"✗ {told(remark, lang)}"
    for found in tables:
        where = f"{found.sheet.file} {found.sheet.name}".strip()
        yield say("im_reading", lang, where=where, kind=label(found.kind, lang), row=found.first)
    yield from _record_lines(plan, limit, lang)
    if plan.faults:
        yield say("im_faults", lang, number=len(plan.faults))
        yield from _some([f"  ! {told(remark, lang)}" for remark in plan.faults], limit, lang)
    if plan.change and any(path.startswith("data/imports.") for path in plan.change.files):
        yield say("im_remember", lang)


def _record_lines(plan: "Plan", limit: int | None, lang: str) -> Iterator[str]:
    """What is told first, and what becomes of the records."""
    if plan.remarks:
        yield say("im_first", lang)
        remarks = sorted(plan.remarks, key=lambda remark: remark.key in _READINGS)
        yield from _some([f"  · {told(remark, lang)}" for remark in remarks], limit, lang)
        if limit is not None and len(remarks) > limit + 1:
            readings = sum(remark.key in _READINGS for remark in remarks)
            yield say("im_more_kinds", lang, others=len(remarks) - readings, readings=readings)
    for state, sign in (("new", "+"), ("changed", "~")):
        entries = [entry for entry in plan.entries if entry.state == state]
        if entries:
            yield say(f"im_{state}", lang, number=len(entries))
        yield from _some([line for entry in entries for line in _entry(entry, sign, lang)], limit, lang)
    if plan.entries:
        yield say("im_same", lang, number=plan.number("same"))
    for kind, names in plan.gone.items():
        if names:
            shown = "、".join(names[:_NAMED]) + ("……" if len(names) > _NAMED else "")
            yield say("im_gone", lang, kind=label(kind, lang), number=len(names), names=shown)


def _entry(entry: Any, sign: str, lang: str) -> Iterator[str]:
    from honorroll.importer import columns

    where = f"{entry.sheet} {entry.cell}".strip()
    name = " ".join(filter(None, [label(entry.kind, lang), entry.id, _short(entry.name)]))
    if not entry.changes:
        yield f"  {sign} {name}（{where}）"
    for change in entry.changes:
        column = columns(entry.kind).get(change.key)
        title = column.call(lang) if column else field_title(entry.kind, change.key, lang)
        place = f"{entry.sheet} {change.cell or entry.cell}".strip()
        yield f"  {sign} {name}：{title} {_short(change.old)} → {_short(change.new)}（{place}）"


def _short(value: Any) -> str:
    """A value of a plan in one line."""
    if value is None:
        return "—"
    if isinstance(value, Mapping):
        return " ".join(_short(inner) for inner in value.values())
    if isinstance(value, str):
        line = value.replace("\n", " ")
        return line if len(line) <= 40 else f"{line[:39]}…"
    return "、".join(_short(inner) for inner in value)


def field_title(kind: str, key: str, lang: str) -> str:
    """What a field is called."""
    from honorroll.importer import model

    field = model(kind).fields().get(key.partition(".")[0])
    return field.title if field and lang == "zh" else key


def label(kind: str, lang: str) -> str:
    """What records of a kind are called."""
    from honorroll.importer import label as called

    return called(kind)[lang == "en"]


def told(remark: "Remark", lang: str) -> str:
    """A remark with its place."""
    from honorroll.checks import plain

    args = dict(remark.args)
    kinds = args.pop("kinds", None)
    if kinds:
        args |= {"one": kinds[0], "two": kinds[1], "first": label(kinds[0], lang), "second": label(kinds[1], lang)}
    place = " ".join(filter(None, [remark.file, remark.sheet, remark.cell]))
    guess = say("im_guess", lang, guess=args["guess"]) if args.get("guess") else ""
    sentence = say(remark.key, lang, **args) + guess
    return plain(f"{place}{'：' if lang == 'zh' else ': '}{sentence}" if place else sentence)


def _some(lines: Sequence[str], limit: int | None, lang: str) -> Iterable[str]:
    if limit is None or len(lines) <= limit + 1:
        return lines
    return [*lines[:limit], say("im_more", lang, number=len(lines) - limit)]


def _show_findings(session: Session, plan: "Plan", limit: int | None) -> None:
    from honorroll.checks import count
    from honorroll.importer import cell_of

    lang = session.lang
    click.echo(say("im_findings", lang, count=count([finding for finding, _ in plan.findings], lang)))
    lines = list[str]()
    for finding, entry in sorted(plan.findings, key=lambda one: one[0].severity):
        record = finding.diagnostic.record
        where = [entry.file, entry.sheet, cell_of(finding, entry)] if entry else []
        place = " ".join(filter(None, [*where, record]))
        words = f"{say(finding.severity.name, lang)}[{finding.diagnostic.rule}] {finding.message(lang)}"
        lines.append(f"  {words}（{place}）" if place else f"  {words}")
    for line in _some(lines, limit, lang):
        click.echo(line)
    if plan.is_unchecked:
        click.echo(say("im_unchecked", lang))


def _as_json(plan: "Plan", refused: Sequence["Remark"], lang: str) -> str:
    def places(remarks: Iterable["Remark"]) -> list[dict[str, str]]:
        return [{"file": one.file, "sheet": one.sheet, "cell": one.cell, "message": told(one, lang)} for one in remarks]

    def entries(state: str) -> list[dict[str, Any]]:
        return [
            {"kind": one.kind, "id": one.id, "name": one.name, "file": one.file, "sheet": one.sheet, "cell": one.cell}
            | ({"values": one.values} if one.values else {})
            for one in plan.entries
            if one.state == state
        ]

    told_all = {
        "refused": places(refused),
        "remarks": places(plan.remarks),
        "new": entries("new"),
        "changed": entries("changed"),
        "same": plan.number("same"),
        "faults": places(plan.faults),
        "gone": dict(plan.gone),
        "findings": [{"rule": one.diagnostic.rule, "message": one.message(lang)} for one, _ in plan.findings],
    }
    return json.dumps(told_all, ensure_ascii=False)

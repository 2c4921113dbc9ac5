"""`rename KIND OLD NEW`: an id, all that refers to it, the files that bear it, and a redirect from the old address, as one change."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import click

from honorroll.checks import Finding, say, settle
from honorroll.cli import writing
from honorroll.cli.arguments import ALL_KINDS, Session
from honorroll.diagnostics import Keys, closest
from honorroll.editing import Change, append, set_texts, without
from honorroll.engine import Options
from honorroll.filesystem import Snapshot
from honorroll.inputs import FORMATS, front_matter, json_schema, layout, load, read, reader
from honorroll.model import DOCUMENTS, KINDS, Campaign, Many, Notice, Record, Scalar, Waiver, is_id, urls

#: Fields that hold ids without being declared as references, as rules of their own look after them.
_ALSO = {(Notice, "awards"): "awards", (Waiver, "record"): ""}
#: What stands before a place in an address, and how far it is looked for.
_ADDRESS, _FAR = re.compile(r"[^\s(<\"']*$"), 500
#: So many lines of the difference are shown.
SHOWN = 120
_REDIRECTS = "data/redirects.yaml"


class UnsureError(Exception):
    """A file that is better left to people."""


def rename(
    session: Session,
    options: Options,
    kind: str,
    old: str,
    new: str,
    show: Callable[[Iterable[Finding]], object],
    *,
    write: bool,
) -> int:
    """Show what a new id changes, and write it if asked or told so at a terminal; the exit code."""
    lang, table = session.lang, ALL_KINDS[kind]
    before = read(options.root)
    campaign, faults = load(before[0], options.today)
    if campaign is None or (faults and campaign.faulty):
        show(settle([*before[1], *faults], before[0]))
        click.echo(say("rn_faults", lang), err=True)
        return 1
    _must_be_free(session, campaign, table, old, new)
    try:
        change = plan(campaign, before[0], table, old, new)
    except UnsureError as error:
        raise click.UsageError(say("rn_unsure", lang, file=error)) from None
    for line in writing.marked(change):
        click.echo(line)
    lines = writing.lines(change)
    for line in lines[:SHOWN]:
        click.echo(line)
    if len(lines) > SHOWN:
        click.echo(say("rn_more", lang, number=len(lines) - SHOWN))
    fresh = writing.news(options, before, change, [(old, new)])
    if fresh:
        show(fresh)
    if not write and not writing.agreed(session):
        click.echo(say("rn_dry", lang))
        return 0
    writing.write(session, change)
    click.echo(say("rn_done", lang, old=old, new=new, number=len(change.files)))
    return 0


def _must_be_free(session: Session, campaign: Campaign, table: str, old: str, new: str) -> None:
    """Raises `UsageError` where there is no such record, or the new id is taken or none."""
    lang = session.lang
    rows = campaign.table(table)
    if old not in rows:
        near = closest(old, rows)
        hint = say("near", lang, near=near) if near else ""
        raise click.UsageError(say("rn_none", lang, kind=KINDS[table].label[lang == "en"], id=old) + hint)
    if new in rows:
        raise click.UsageError(say("nr_taken", lang, id=new, place=rows[new].path))
    if not is_id(new):
        raise click.UsageError(say("nr_no_id", lang, id=new))


def plan(campaign: Campaign, snapshot: Snapshot, table: str, old: str, new: str) -> Change:
    """All that a new id for a record of a table changes. Raises `UnsureError` for a file that is better left to people."""
    return _Rename(campaign, snapshot, table, old, new).change()


class _Rename:
    """What has to be written, file by file."""

    def __init__(self, campaign: Campaign, snapshot: Snapshot, table: str, old: str, new: str) -> None:
        self.campaign, self.snapshot, self.table, self.old, self.new = campaign, snapshot, table, old, new
        self.kind = KINDS[table]
        self.data = dict[str, bytes]()
        """The new bytes of files that stay where they are."""

    def change(self) -> Change:
        """Everything as one change. Raises `UnsureError`."""
        self._ids()
        moves = self._moves()
        self._links(moves)
        self._redirect()
        files = dict[str, tuple[bytes | None, bytes | None]]()
        for path, data in self.data.items():
            source = self.snapshot.files.get(path)
            files[path] = (source.data if source else None), data
        for path, target in moves.items():
            data = self.snapshot.files[path].data
            files[target] = None, self.data.get(path, data)
            files[path] = data, None
        title = f"{self.kind.label[0]} {self.old} 改为 {self.new}"
        return Change(title, {path: pair for path, pair in files.items() if pair[0] != pair[1]})

    def _ids(self) -> None:
        """The id itself and the fields that refer to it."""
        places = dict[str, list[tuple[Keys, str]]]()
        if self.table not in DOCUMENTS:
            record = self.campaign.table(self.table)[self.old]
            places[record.path] = [((*record.keys, "id"), self.new)]
        if self.table != "tags":  # they are referred to by name
            for record in self.campaign.records():
                for keys in _references(record, self.table, self.old):
                    places.setdefault(record.path, []).append(((*record.keys, *keys), self.new))
        for path, spots in places.items():
            made = set_texts(path, self.snapshot.files[path].data, spots)
            if made is None:
                raise UnsureError(path)
            self.data[path] = made

    def _moves(self) -> dict[str, str]:
        """Files that bear the id, and what they are to be called."""
        if self.table == "posts":
            start, target = f"{layout.NEWS}{self.old}", f"{layout.NEWS}{self.new}"
            found = [path for path in self.snapshot.files if path == f"{start}.md" or path.startswith(f"{start}/")]
            return {path: target + path[len(start) :] for path in found}
        if self.table == "articles":
            return {f"content/{self.old}.md": f"content/{self.new}.md"}
        return {}

    def _links(self, moves: Mapping[str, str]) -> None:
        """Links and names of pictures in texts and fields."""
        pairs = self._addresses(moves)
        if not pairs:
            return
        words = "|".join(re.escape(old) for old in sorted(pairs, key=len, reverse=True))
        pattern = re.compile(rf"(?<=[(<\s\"'/=])(?:{words})(?=[#)>\s\"'?/,}}]|$)", re.MULTILINE)
        base = self.campaign.info.site.base_url

        def to(found: re.Match[str]) -> str:
            before = _ADDRESS.search(found.string, max(0, found.start() - _FAR), found.start())
            is_foreign = before and "://" in before[0] and not (base and before[0].startswith(base))
            return found[0] if is_foreign else pairs[found[0]]

        def replaced(text: str) -> str:
            return pattern.sub(to, text)

        for path in [*self.snapshot.files]:
            if not path.startswith(("data/", "content/")) or not path.endswith((".md", *FORMATS)):
                continue
            data = self.data.get(path, self.snapshot.files[path].data)
            text = data.decode()
            made = replaced(text)
            if made != text and _is_same(path, text, made, replaced):
                self.data[path] = made.encode()

    def _addresses(self, moves: Mapping[str, str]) -> dict[str, str]:
        """What links to it are written with, and what they are to be."""
        found = dict[str, str]()
        if self.kind.link:
            found[f"{self.kind.link}:{self.old}"] = f"{self.kind.link}:{self.new}"
        if self._url(self.old):
            found[self._url(self.old)] = self._url(self.new)
        if self.table == "posts":
            found |= {f"{self.old}{end}": f"{self.new}{end}" for end in (".md", "/index.md", ".html")}
        for path, target in moves.items():  # pictures of a post, as other files name them
            if not path.endswith(".md"):
                found |= {path.removeprefix(start): target.removeprefix(start) for start in ("content/", layout.NEWS)}
        if self.table == "articles":
            found[f"{self.old}.md"] = f"{self.new}.md"
        return found

    def _url(self, id: str) -> str:
        if self.table == "articles":
            return f"{id}.html"
        return urls.page(self.kind.link, id) if self.kind.link else ""

    def _redirect(self) -> None:
        """From the old address; none from the new one, where there is a page again."""
        old, new = self._url(self.old), self._url(self.new)
        if not old:
            return
        for redirect in self.campaign.redirects:
            if redirect.to == old and redirect.old != new:
                self._put(
                    redirect.path, set_texts(redirect.path, self._bytes(redirect.path), [((*redirect.keys, "to"), new)])
                )
        back = [redirect for redirect in self.campaign.redirects if redirect.old == new]
        for redirect in reversed(back):
            (number,) = redirect.keys
            self._put(redirect.path, without(redirect.path, self._bytes(redirect.path), int(number)))
        path = next((source.path for source in layout.table_files(self.snapshot, "redirects")), _REDIRECTS)
        base = self._bytes(path) if path in self.data or path in self.snapshot.files else _head()
        self._put(path, append(path, base, [{"old": old, "to": new}]))

    def _bytes(self, path: str) -> bytes:
        return self.data[path] if path in self.data else self.snapshot.files[path].data

    def _put(self, path: str, data: bytes | None) -> None:
        if data is None:
            raise UnsureError(path)
        self.data[path] = data


def _head() -> bytes:
    """The first lines of a new file of redirects."""
    schema = f"# yaml-language-server: $schema=../{json_schema.FOLDER}/redirects.json\n"
    return f"{schema}# 换过的网址：rename 自动写。from 是旧网址，to 是现在的页面；打开旧网址，会转到新的。\n\n".encode()


def _references(record: Record, table: str, id: str) -> Iterator[Keys]:
    """Where a record, or a part of it, refers to the id."""
    for name, own in type(record).fields().items():
        if name in record.derived:
            continue
        value = getattr(record, name)
        inner = own.type.item if isinstance(own.type, Many) else own.type
        also = _ALSO.get((type(record), name))
        is_meant = isinstance(inner, Scalar) and (inner.refers == table or also in {table, ""})
        for keys, one in _each(name, value):
            if isinstance(one, Record):
                yield from ((*keys, *more) for more in _references(one, table, id))
            elif is_meant and one == id:
                yield keys


def _each(name: str, value: Any) -> Iterator[tuple[Keys, Any]]:
    if isinstance(value, tuple):
        yield from (((name, at), one) for at, one in enumerate(value))
    else:
        yield (name,), value


def _is_same(path: str, text: str, made: str, replaced: Callable[[str], str]) -> bool:
    """Whether only texts have changed, and only where a link stood in them."""

    def meant(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: meant(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [meant(inner) for inner in value]
        return replaced(f" {value}")[1:] if isinstance(value, str) else value

    plain = [one.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n") for one in (text, made)]
    before, after = (reader(path).decode(path, one)[0] for one in plain)
    bodies = [front_matter.body(one) for one in plain] if path.endswith(".md") else ["", ""]
    return bool(meant(before) == after and replaced(bodies[0]) == bodies[1])

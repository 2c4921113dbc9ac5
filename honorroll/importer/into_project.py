"""A document that was read → the change that makes it a post, a deed or a notice."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args

from msgspec import Struct, field

from honorroll.chinese import romanised
from honorroll.editing import Change, Value, append, document, set_values
from honorroll.filesystem import Snapshot
from honorroll.importer.documents import Document, deed_values
from honorroll.importer.remarks import Remark
from honorroll.inputs import layout, plain
from honorroll.model import Campaign, Deed, DeedKind, Many, Notice, Post, Record

Kind = Literal["post", "deed", "notice"]

_TABLES: Mapping[str, tuple[str, type[Record]]] = {
    "post": ("posts", Post),
    "deed": ("deeds", Deed),
    "notice": ("notices", Notice),
}
_NUMBER = re.compile(r"[^\s，。]{0,12}[〔\[［(（]\d{4}[〕\]］)）]\s*\d+\s*号")
_NOTICES = (("撤销", "撤销"), ("更正", "更正"), ("公示", "公示"), ("表彰", "表彰决定"), ("通报", "通报"))
_SPAN = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日(?:起)?[至到—–-]+(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日")


class Wanted(Struct, frozen=True):
    """What was asked for: empty texts are taken from the document."""

    kind: Kind
    id: str = ""
    day: str = ""
    title: str = ""
    values: Mapping[str, str] = {}
    """Of other fields, as typed."""
    alts: Sequence[str] = ()
    """Words for the pictures that have none, in their order."""


class Plan(Struct):
    """What an import will do."""

    id: str
    path: str
    title: str
    day: str
    change: Change | None = None
    """None where there is nothing to do, or something is missing."""
    missing: list[str] = field(default_factory=list)
    """Keys of sentences."""
    remarks: list[Remark] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    """Paths of pictures."""
    is_known: bool = False
    """Whether another record of this title and day is there, or one of this id, and nobody asked for it by its id."""


def plan(found: Document, wanted: Wanted, snapshot: Snapshot, campaign: Campaign) -> Plan:
    """Plan an import."""
    _name_pictures(found, wanted.alts)
    if wanted.kind == "post":
        return _post(found, wanted, snapshot, campaign)
    return _record(found, wanted, snapshot, campaign)


def _name_pictures(found: Document, alts: Sequence[str]) -> None:
    """Give words to the pictures that have none; one that is shown twice keeps those of its first place."""
    left, known = iter(alts), dict[str, str]()
    for block in found.markup.blocks:
        if block.picture and block.picture.src in found.pictures:
            name = found.pictures[block.picture.src][0]
            block.picture.alt = block.picture.alt or known.get(name) or next(left, "")
            known.setdefault(name, block.picture.alt)


def unnamed(found: Document) -> list[str]:
    """The names of the pictures that have no words yet, in their order."""
    shown = [block.picture for block in found.markup.blocks if block.picture and block.picture.src in found.pictures]
    named = {found.pictures[picture.src][0] for picture in shown if picture.alt}
    names = dict.fromkeys(found.pictures[picture.src][0] for picture in shown)
    return [name for name in names if name not in named]


def _post(found: Document, wanted: Wanted, snapshot: Snapshot, campaign: Campaign) -> Plan:
    title, day = wanted.title or found.title, wanted.day or found.day
    slug = _slug(found.name, title)
    id = wanted.id or (f"{day}-{slug}" if day else slug)
    made = Plan(id, "", title, day, missing=[] if day else ["imd_need_day"])
    made.path = f"{layout.NEWS}{id}/index.md" if found.pictures else f"{layout.NEWS}{id}.md"
    values: dict[str, Value] = {"title": title, "date": day} | _typed(Post, wanted.values)
    files = {made.path: document(values, found.body(""))}
    files |= {f"{layout.NEWS}{id}/{name}": data for name, data in found.pictures.values()}
    made.pictures = [path for path in files if path != made.path]
    twins = [one.id for one in campaign.posts.values() if one.title == title and f"{one.date:%Y-%m-%d}" == day[:10]]
    twins += [id] if id in campaign.posts else []
    changed = _changed(snapshot, files)
    if made.missing or not changed:
        return made
    if twins and not wanted.id:
        made.id, made.is_known = twins[0], True
    else:
        other = {f"{layout.NEWS}{id}/index.md", f"{layout.NEWS}{id}.md"} - {made.path}
        gone = {path: (snapshot.files[path].data, None) for path in other if path in snapshot.files}
        made.change = Change(f"导入新闻“{title}”", changed | gone)
    return made


def _changed(snapshot: Snapshot, files: Mapping[str, bytes]) -> dict[str, tuple[bytes | None, bytes | None]]:
    """Those of the files that are new or other than what is there."""
    old = {path: snapshot.files[path].data if path in snapshot.files else None for path in files}
    return {path: (old[path], data) for path, data in files.items() if old[path] != data}


def _record(found: Document, wanted: Wanted, snapshot: Snapshot, campaign: Campaign) -> Plan:
    """A deed or a notice: a record in a file of them."""
    table, kind = _TABLES[wanted.kind]
    records = campaign.table(table)
    values, remarks = (_deed if wanted.kind == "deed" else _notice)(found, wanted, campaign)
    values |= _typed(kind, wanted.values)
    title, day = str(values["title"]), str(values["date"])
    twins = [id for id, one in records.items() if _is_of(one, title, day)]
    id = wanted.id or (twins[0] if twins else _next_id(records, "d" if wanted.kind == "deed" else "n"))
    path = records[id].path if id in records else _file(records, table)
    made = Plan(id, path, title, day, remarks=remarks)
    needed = {"kind": "imd_need_kind", "date": "imd_need_day", kind.text_field: "imd_need_body"}
    made.missing = [key for name, key in needed.items() if not values.get(name)]
    files = dict[str, bytes]()
    if wanted.kind == "deed":
        values["photos"] = _photos(found, id, files)
        made.missing += [] if all(photo["alt"] for photo in values["photos"]) else ["imd_need_alt"]
        made.pictures = [*files]
    elif found.pictures:
        made.remarks.append(Remark("im_doc_no_pictures", {"number": len(found.pictures)}, found.name))
    if made.missing:
        return made
    source, own = snapshot.files.get(path), {name: value for name, value in values.items() if value}
    if id in records:
        data = set_values(path, source.data, records[id].keys, own) if source else None
    else:
        data = append(path, source.data if source else None, [{"id": id, **own}])
    if data is None:
        made.missing.append("imd_need_file")
        return made
    changed = _changed(snapshot, {path: data, **files})
    made.is_known = bool(changed) and id in records and not wanted.id
    if changed and not made.is_known:
        made.change = Change(f"导入{kind.label[0]}“{title}”", changed)
    return made


def _is_of(record: Record, title: str, day: str) -> bool:
    values = record.values()
    return values["title"] == title and f"{values['date']:%Y-%m-%d}" == day


def _photos(found: Document, id: str, files: dict[str, bytes]) -> list[dict[str, str]]:
    """The photos of a deed, as its data has them; their files are added to `files`."""
    alts = dict[str, str]()
    for block in found.markup.blocks:
        if block.picture and block.picture.src in found.pictures:
            name = found.pictures[block.picture.src][0]
            alts[name] = alts.get(name) or block.picture.alt
    files |= {f"content/pictures/{id}-{name}": data for name, data in found.pictures.values()}
    return [{"src": f"pictures/{id}-{name}", "alt": alt} for name, alt in alts.items()]


def _deed(found: Document, wanted: Wanted, campaign: Campaign) -> tuple[dict[str, Any], list[Remark]]:
    filled = deed_values(found.form)
    remarks: list[Remark] = []

    def tell(key: str, **args: object) -> None:
        remarks.append(Remark(key, args, found.name))

    persons, team, project = list[str](), "", ""
    known = {person.name: id for id, person in campaign.persons.items()}
    for name in re.split(r"[、，,；;\s]+", filled.get("persons", "")):
        if name in known or name in campaign.persons:
            persons.append(known.get(name, name))
        elif name:
            tell("im_form_person", name=name)
    unit = filled.get("unit", "")
    if unit:
        teams = [id for id, one in campaign.teams.items() if unit in (id, one.name)]
        projects = [id for id, one in campaign.projects.items() if unit in (id, one.name)]
        team, project = (teams or [""])[0], (projects or [""])[0]
        if not (team or project):
            tell("im_form_unit", name=unit)
    kind = _ticked(filled.get("kind", ""))
    if filled.get("kind") and not kind:
        tell("im_form_kind", value=filled["kind"], kinds="、".join(get_args(DeedKind)))
    day = _day(filled.get("date", "")) or ("" if found.form else found.day)
    values: dict[str, Any] = {
        "title": wanted.title or filled.get("title", "") or found.title,
        "kind": kind,
        "date": wanted.day or day,
        "persons": persons,
        "team": team,
        "project": project,
        "place": filled.get("place", ""),
        "photos": [],
        "story": filled.get("story", "") if found.form else _text(found),
        "evidence": [line.strip() for line in re.split(r"[\n；;]+", filled.get("evidence", "")) if line.strip()],
    }
    if reported := filled.get("reported", ""):
        orgs = [id for id in campaign.info.organisers if _is_named(campaign, id, reported)]
        if (told := _day(reported)) and orgs:
            values["reported"] = {"date": told, "to": orgs}
        else:
            tell("im_form_reported", value=reported)
    return values, remarks


def _notice(found: Document, wanted: Wanted, campaign: Campaign) -> tuple[dict[str, Any], list[Remark]]:
    title, number = wanted.title or found.title, ""
    for at, block in enumerate(found.markup.blocks[:6]):
        text = re.sub(r"\\(\W)", r"\1", block.text.replace("**", ""))
        if block.kind == "text" and _NUMBER.fullmatch(text.strip()):
            number = text.strip()
            del found.markup.blocks[at]
            break
    kind = next((kind for word, kind in _NOTICES if word in title), "")
    signed = _text(found)
    while found.markup.blocks and _is_signature(found.markup.blocks[-1].text, campaign):
        found.markup.blocks.pop()  # its page says so below the text
    body = _text(found)
    issuers = [id for id in campaign.info.organisers if _is_named(campaign, id, signed[-400:])]
    values: dict[str, Any] = {
        "kind": kind,
        "title": title,
        "number": number,
        "date": wanted.day or found.day,
    }
    span = _SPAN.search(body) if kind == "公示" else None
    year = values["date"][:4]
    if span and year:
        first, month, day, last, until, end = span.groups()
        first = first or year
        values["start"] = f"{first}-{month:0>2}-{day:0>2}"
        values["end"] = f"{last or first}-{until or month:0>2}-{end:0>2}"
    return values | {"issuers": issuers or list(campaign.info.organisers), "body": body}, []


def _is_signature(text: str, campaign: Campaign) -> bool:
    """Whether a line is a day, or the name of an organiser."""
    line = re.sub(r"[\s\\]", "", text)
    names = {campaign.orgs[id].name for id in campaign.info.organisers if id in campaign.orgs}
    return line in names or re.fullmatch(r"\d{4}年\d{1,2}月\d{1,2}日", line) is not None


def _text(found: Document) -> str:
    """The text without pictures, which such a record keeps elsewhere."""
    return found.markup.markdown(lambda _: None)


def _is_named(campaign: Campaign, id: str, text: str) -> bool:
    org = campaign.orgs.get(id)
    words = re.sub(r"\s", "", text)
    short = (org.short or org.name[-2:]) if org else ""
    return org is not None and (org.name in words or short in words or org.kind in words)


def _ticked(text: str) -> str:
    """The kind of deed that was chosen: the one that is ticked, or the only one that is named."""
    kinds = get_args(DeedKind)
    ticked = [kind for kind in kinds if re.search(rf"[☑☒√✓✔■●]\s*{kind}|{kind}\s*[√✓✔]", text)]
    named = [kind for kind in kinds if kind in text]
    found = ticked or named
    return found[0] if len(found) == 1 else ""


def _day(text: str) -> str:
    """The first day that a text names."""
    found = re.search(r"\d{4}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}", text)
    day = plain(found[0]) if found else ""
    return day if re.fullmatch(r"\d{4}-\d{2}-\d{2}", day) else ""


def _typed(kind: type[Record], values: Mapping[str, str]) -> dict[str, Value]:
    """Values of flags; several of a list with commas between them."""
    fields = kind.fields()

    def one(name: str, text: str) -> Value:
        many = name in fields and isinstance(fields[name].type, Many)
        return [part for part in re.split(r"[、,，]+", text) if part] if many else text

    return {name: one(name, text) for name, text in values.items()}


def _slug(name: str, title: str) -> str:
    """What stands behind the day in the id of a post: the file's name if it is of letters, else the title in letters."""
    stem = re.sub(r"[^a-z0-9]+", "-", name.rpartition(".")[0].lower()).strip("-")
    if re.search("[a-z]{2}", stem) and name.isascii():
        return re.sub(r"^\d{4}-?\d{2}-?\d{2}-", "", stem)[:40].strip("-")
    return "-".join(romanised(title)[:6])[:40].strip("-") or "post"


def _next_id(records: Mapping[str, Record], letter: str) -> str:
    """The id after the last one, counted as the others are: d09 → d10."""
    found = [match for id in reversed([*records]) if (match := re.fullmatch(r"(.*?)(\d+)", id))]
    if not found:
        return f"{letter}01"
    stem, digits = found[0].groups()
    number = max(int(match[2]) for match in found if match[1] == stem) + 1
    return f"{stem}{number:0{len(digits)}}"


def _file(records: Mapping[str, Record], table: str) -> str:
    """The file that the next record goes into: that of the last one."""
    return next((record.path for record in reversed([*records.values()])), f"data/{table}.yaml")

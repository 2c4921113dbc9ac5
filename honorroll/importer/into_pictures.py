"""Photographs → the change that puts them into a post or a deed."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from honorroll.editing import Change, set_values
from honorroll.filesystem import Snapshot
from honorroll.fingerprint import fingerprint
from honorroll.importer import photos
from honorroll.importer.remarks import Remark
from honorroll.inputs import layout, reader
from honorroll.model import Campaign, Deed, Post


class Pictures(Struct):
    """What an import of photographs will do."""

    path: str
    """Of the file that will show them."""
    change: Change | None = None
    names: list[str] = field(default_factory=list)
    """Paths of the pictures, in their order; those without words yet need some."""
    remarks: list[Remark] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    """Keys of sentences."""


def target_of(campaign: Campaign, asked: str) -> Post | Deed | None:
    """The post or deed of an id, with or without its kind in front: `deed:d01`."""
    kind, _, id = asked.rpartition(":")
    found: list[Post | Deed] = []
    if kind in {"", "post", "news"} and id in campaign.posts:
        found.append(campaign.posts[id])
    if kind in {"", "deed"} and id in campaign.deeds:
        found.append(campaign.deeds[id])
    return found[0] if len(found) == 1 else None


def plan(
    files: Mapping[str, bytes],
    target: Post | Deed,
    alts: Sequence[str],
    persons: Sequence[Sequence[str]],
    snapshot: Snapshot,
) -> Pictures:
    """Plan the import of photographs.

    Args:
        files: their bytes, by name.
        target: what is to show them.
        alts: what each shows, in their order; of those that are new.
        persons: ids of the people who can be recognised in each, in the same order; one list is for all.
        snapshot: the project.
    """
    made = Pictures(target.path)
    folder, prefix = _folder(target)
    new: dict[str, bytes] = {}
    known = {source.fingerprint: path for path, source in snapshot.files.items() if path.startswith("content/")}
    for name, data in files.items():
        photo = photos.prepared(data)
        if not isinstance(photo, photos.Photo):
            made.remarks.append(Remark("im_doc_picture_fault", {"src": name, "rule": photo.rule}, name))
            continue
        mark = fingerprint(photo.data)
        if mark in known:
            is_here = known[mark].startswith(f"{folder}{prefix}")
            made.remarks.append(Remark("imp_known" if is_here else "imp_elsewhere", {"path": known[mark]}, name))
            if is_here:
                continue
        path = _free(f"{folder}{prefix}{_stem(name)}", photo.suffix, {*snapshot.files, *new})
        known[mark], new[path] = path, photo.data
    made.names = [*new]
    if not new:
        return made
    is_gallery = isinstance(target, Post) and target.gallery and not prefix
    if len(alts) < len(new) and not is_gallery:
        made.missing.append("imp_need_alt")
        return made
    shown = [
        {"src": path, "alt": alt, "persons": [*who]}
        for path, alt, who in zip(new, [*alts, *[""] * len(new)], _each(persons, len(new)), strict=False)
    ]
    new_text = (
        _with_post(target, shown, snapshot, made) if isinstance(target, Post) else _with_deed(target, shown, snapshot)
    )
    if new_text is None:
        made.missing.append("imd_need_file")
    if not made.missing and new_text is not None:
        old = snapshot.files[target.path].data
        texts: dict[str, tuple[bytes | None, bytes | None]] = {target.path: (old, new_text)} if new_text != old else {}
        made.change = Change(
            f"导入 {len(new)} 张照片到“{target.title}”", texts | {path: (None, each) for path, each in new.items()}
        )
    return made


def _each(persons: Sequence[Sequence[str]], number: int) -> list[Sequence[str]]:
    return [*persons] * number if len(persons) == 1 else [*persons, *[()] * number][:number]


def _folder(target: Post | Deed) -> tuple[str, str]:
    """Where pictures of a record lie, and what their names begin with."""
    if isinstance(target, Post) and target.path.endswith("/index.md"):
        return target.path.removesuffix("index.md"), ""
    return "content/pictures/", f"{target.id}-"


def _stem(name: str) -> str:
    """The name of a picture's file in letters that every host takes."""
    stem = name.rpartition(".")[0] or name
    plain = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")[:40]
    return plain or "picture"


def _free(stem: str, suffix: str, taken: set[str]) -> str:
    path, number = stem + suffix, 2
    while any(f"{path.rpartition('.')[0]}{each}" in taken for each in (".jpg", ".png")):
        path, number = f"{stem}-{number}{suffix}", number + 1
    return path


def _with_post(post: Post, shown: list[dict[str, Any]], snapshot: Snapshot, made: Pictures) -> bytes | None:
    """The bytes of a post that shows the pictures below its text. People go with the picture at its head."""
    data = snapshot.files[post.path].data
    beside = post.path.endswith("/index.md")
    for one in shown:
        one["src"] = one["src"].rpartition("/")[2] if beside else f"../{one['src'].removeprefix('content/')}"
    people = [one for one in shown if one["persons"]]
    if people and (post.image or len(people) > 1):
        made.missing.append("imp_people_of_post")
        return data
    for one in people:
        changed = set_values(post.path, data, (), {"image": {name: value for name, value in one.items() if value}})
        if changed is None:
            return None
        data = changed
    if beside and post.gallery:
        return data
    lines = [f"![{_words(one['alt'])}]({one['src']})" for one in shown if not one["persons"]]
    ending = b"\r\n" if b"\r\n" in data else b"\n"
    text = "".join(f"\n\n{line}" for line in lines).encode().replace(b"\n", ending)
    return data.rstrip() + text + ending if lines else data


def _words(alt: str) -> str:
    return re.sub(r"([\\\[\]])", r"\\\1", re.sub(r"\s+", " ", alt).strip())


def _with_deed(deed: Deed, shown: list[dict[str, Any]], snapshot: Snapshot) -> bytes | None:
    """The bytes of the file of a deed with more photos."""
    source = snapshot.files[deed.path]
    value, faults = reader(deed.path).decode(deed.path, source.text)
    for key in deed.keys:
        value = value[key]
    if faults or not isinstance(value, dict):
        return None
    for one in shown:
        one["src"] = one["src"].removeprefix("content/")
    photos_now = [*(value.get("photos") or []), *({name: each for name, each in one.items() if each} for one in shown)]
    return set_values(deed.path, source.data, deed.keys, {"photos": photos_now})


def is_picture(name: str, data: bytes) -> bool:
    """Whether a file is a picture, usable or not."""
    return (
        name.lower().endswith(layout.PICTURES)
        or data.startswith((b"\xff\xd8\xff", b"\x89PNG", b"GIF8"))
        or (data[4:8] == b"ftyp" and data[8:12] in {b"heic", b"heix", b"mif1", b"avif", b"msf1"})
    )

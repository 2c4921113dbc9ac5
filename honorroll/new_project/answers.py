"""What a person is asked of a new campaign."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from honorroll.inputs import plain
from honorroll.model import NEEDED

#: What a campaign may have: its word, the English one, and the tables that hold it.
PARTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "应急机动队": ("squad", ("teams", "patrols")),
    "巡逻小组": ("patrol", ("teams", "patrols")),
    "巡查组": ("inspection", ("teams", "inspections")),
    "评比": ("contest", ("cycles", "projects", "awards", "notices")),
    "表彰": ("awards", ("cycles", "awards", "notices")),
    "事迹": ("deeds", ("deeds",)),
    "成绩": ("figures", ("figures",)),
    "新闻": ("news", ("tags",)),
}

#: What is recorded of a part beside itself, and so measured.
_RECORDED = {
    "应急机动队": ("巡逻",),
    "巡逻小组": ("巡逻",),
    "巡查组": ("巡查",),
    "表彰": ("公示",),
    "事迹": ("严重情况",),
}

#: Words of a name that tell what an organisation is; the first that fits holds.
_KINDS = (
    ("支队|市公安局", "支队"),
    ("分局|县公安局|大队|派出所|公安", "分县局"),
    ("协会|学会|联合会|商会", "协会"),
    ("公司|集团", "保安公司"),
)


class Organiser(NamedTuple):
    """Who holds the campaign."""

    name: str
    kind: str

    @classmethod
    def read(cls, typed: str) -> "Organiser":
        """A name, and what it is: as typed behind `=`, else by its words."""
        name, _, kind = (part.strip() for part in typed.partition("="))
        return cls(name, kind or next((kind for words, kind in _KINDS if re.search(words, name)), "协会"))


class Answers(NamedTuple):
    """What a campaign is made of. Texts are as an editor would type them."""

    title: str
    organisers: Sequence[Organiser]
    start: date
    end: date
    parts: Sequence[str] = ()
    limits: Mapping[str, str] = {}
    theme: str = ""
    base_url: str = ""


def parts(typed: str) -> tuple[list[str], list[str]]:
    """The parts that a list of words names, in our order, and the words that name none."""
    words = [word for word in re.split(r"[\s,，、;；]+", typed) if word]
    if [word.lower() for word in words] in (["全部"], ["all"]):
        return list(PARTS), []
    known = {english: name for name, (english, _) in PARTS.items()} | {name: name for name in PARTS}
    found = {known[word.lower()] for word in words if word.lower() in known}
    return [name for name in PARTS if name in found], [word for word in words if word.lower() not in known]


def limits_of(chosen: Sequence[str]) -> tuple[str, ...]:
    """The numbers that a campaign of these parts needs, by their field."""
    things = [thing for part in chosen for thing in (part, *_RECORDED.get(part, ()))]
    return tuple(dict.fromkeys(field for thing in things for field in NEEDED.get(thing, ())))


def number(field: str, typed: str) -> str | None:
    """A limit as it stands in the data; none if it is no number."""
    text = plain(typed)
    if field == "inspection_shifts":
        shifts = [word for word in re.split(r"[\s,，、]+", typed) if word]
        return f"[{', '.join(shifts)}]" if shifts and {*shifts} <= {"白天", "晚上"} else None
    pattern = r"\d{1,3}(\.\d{1,2})?" if field.endswith("hours") else r"\d{1,5}"
    return text if re.fullmatch(pattern, text, re.ASCII) else None

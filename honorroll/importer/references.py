"""Words of cells that name other records, by id or by what these are called; and ids for new records."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple
from unicodedata import normalize

from honorroll.diagnostics import closest
from honorroll.model import TABLES, Campaign

#: The fields that a record is called by.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "orgs": ("name", "short"),
    "deeds": ("title",),
    "cycles": ("title", "year"),
    "notices": ("title", "number"),
    "posts": ("title",),
    "awards": (),
}
#: How ids begin where no other record shows it.
_PREFIXES = {"orgs": "c", "teams": "t", "persons": "r", "projects": "p", "deeds": "d", "awards": "a", "figures": "f"}
_ORG_PREFIXES = {"客户单位": "k", "分县局": "b", "支队": "z", "协会": "x"}
#: The field whose value decides how ids begin.
_GROUPS = {"orgs": "kind", "awards": "cycle"}
#: From here on two names may be those of one organisation, in percent of their letters.
_ALIKE = 66
_NUMERAL = re.compile(r"[0-9一二三四五六七八九十]+")
_COMPANY = re.compile(r"(?:股份|责任)?有限(?:责任)?公司$|公司$")
_NUMBERED = re.compile(r"(.*?)([0-9]+)", re.DOTALL)


#: Of a word that a person says is no organisation of the campaign: it is to be made.
NEW = "+"


class Answer(NamedTuple):
    """Which record a word names."""

    id: str = ""
    exact: bool = True
    several: tuple[str, ...] = ()
    """Ids of those among which it does not decide."""
    guess: str = ""


class Names:
    """What records are called, those of the campaign and new ones."""

    def __init__(self, campaign: Campaign, words: Mapping[str, str] = MappingProxyType({})) -> None:
        """`words` are further ones by which a person calls organisations: the id of each, or `NEW`."""
        self._campaign = campaign
        self._words = {_plain(word): id for word, id in words.items()}
        self._ids: dict[str, set[str]] = {}
        self._called: dict[str, dict[str, set[str]]] = {}
        self._names: dict[str, dict[str, str]] = {}
        self._like: dict[str, str] = {}
        self._answers: dict[tuple[str, str], Answer] = {}
        self._prefixes: dict[tuple[str, str], str] = {}
        self._last: dict[tuple[str, str], tuple[int, int]] = {}

    def find(self, table: str, word: str) -> Answer:
        """The record that a word names."""
        if (table, word) not in self._answers:
            self._answers[table, word] = self._find(table, word)
        return self._answers[table, word]

    def _find(self, table: str, word: str) -> Answer:
        self._load(table)
        plain = _plain(word)
        if plain in self._ids[table]:
            return Answer(plain)
        if word in self._ids[table]:
            return Answer(word)
        if table == "orgs" and self._words.get(plain) in self._ids[table]:
            return Answer(self._words[plain])
        for form, exact in ((plain, True), (_bare(plain), False)):
            ids = self._called[table].get(form, set())
            if len(ids) == 1:
                return Answer(next(iter(ids)), exact)
            if ids:
                return Answer(several=tuple(sorted(ids)))
        return Answer(guess=closest(word, {*self._names[table].values()}))

    def like(self, word: str) -> str:
        """An organisation of the campaign that may be meant by a name with a slip; the same whatever was made meanwhile."""
        if self._words.get(_plain(word)) == NEW:
            return ""
        if word not in self._like:
            cores = {org.name: _core(org.name) for org in self._campaign.orgs.values()}
            from rapidfuzz import fuzz

            own = _core(word)
            found = [
                (fuzz.ratio(core, own), name)
                for name, core in cores.items()
                if core and own and _NUMERAL.findall(core) == _NUMERAL.findall(own)  # 第一小学 is not 第二小学
            ]
            score, name = max(found, default=(0, ""))
            self._like[word] = name if score >= _ALIKE else ""
        return self._like[word]

    def name(self, table: str, id: str) -> str:
        """What a record is called."""
        self._load(table)
        return self._names[table].get(id, id)

    def unique(self, table: str, id: str) -> str:
        """A word that names a record and no other: its name, else its id."""
        name = self.name(table, id)
        return name if name and self.find(table, name).id == id else id

    def ids(self, table: str) -> set[str]:
        """All ids that are taken."""
        self._load(table)
        return self._ids[table]

    def add(self, table: str, id: str, values: Mapping[str, Any]) -> None:
        """Take note of a new record."""
        self._load(table)
        self._ids[table].add(id)
        self._answers.clear()
        for name in reversed(_NAMES.get(table, ("name",))):
            if values.get(name):
                self._call(table, id, str(values[name]))

    def _load(self, table: str) -> None:
        if table in self._ids:
            return
        records = self._campaign.table(table)
        self._ids[table] = {*records, *self._campaign.faulty.get(table, ())}
        self._called[table], self._names[table] = {}, {}
        for id, record in records.items():
            for name in reversed(_NAMES.get(table, ("name",))):
                if getattr(record, name):
                    self._call(table, id, str(getattr(record, name)))

    def _call(self, table: str, id: str, name: str) -> None:
        self._names[table][id] = name
        for form in {_plain(name), _bare(_plain(name))}:
            self._called[table].setdefault(form, set()).add(id)

    def next_id(self, table: str, values: Mapping[str, Any]) -> str:
        """An id for a new record, in the pattern of those that are there, and never one of them."""
        taken, group = self.ids(table), str(values.get(_GROUPS.get(table, "")))
        if (table, group) not in self._prefixes:
            prefixes = Counter(match[1] for id in self._alike(table, group) if (match := _NUMBERED.fullmatch(id)))
            usual = _prefix(self._campaign, table, values)
            self._prefixes[table, group] = prefixes.most_common(1)[0][0] if prefixes else usual
        prefix = self._prefixes[table, group]
        if (table, prefix) not in self._last:
            found = [match[2] for id in taken if (match := _NUMBERED.fullmatch(id)) and match[1] == prefix]
            numbers = [number for number in found if len(number) < 8]
            self._last[table, prefix] = max(map(int, numbers), default=0), max(map(len, numbers), default=2)
        last, width = self._last[table, prefix]
        while (id := f"{prefix}{last + 1:0{width}}") in taken:
            last += 1
        self._last[table, prefix] = last + 1, width
        return id

    def _alike(self, table: str, group: str) -> Iterator[str]:
        field = _GROUPS.get(table, "")
        for id, record in self._campaign.table(table).items():
            if not field or getattr(record, field) == group:
                yield id


def _prefix(campaign: Campaign, table: str, values: Mapping[str, Any]) -> str:
    if table == "orgs":
        return _ORG_PREFIXES.get(str(values.get("kind")), "c")
    if table == "awards":
        cycle = campaign.cycles.get(str(values.get("cycle")))
        return f"a{cycle.year}-" if cycle else "a"
    return _PREFIXES.get(table, TABLES[table].label[1][:1])


def _plain(word: str) -> str:
    return re.sub(r"[\s“”\"'《》]+", "", normalize("NFKC", word)).lower()


def _core(name: str) -> str:
    """What tells an organisation from others: without what the names of most have in common."""
    return re.sub(r"（.*?）|\(.*?\)|保安|服务|股份|有限|责任|公司|集团|市|县|区", "", name)


def _bare(plain: str) -> str:
    """Without what stands in brackets, and without the legal form of a company."""
    return _COMPANY.sub("", re.sub(r"\(.*?\)", "", plain))

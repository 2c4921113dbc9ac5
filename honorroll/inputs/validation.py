"""Plain values to records of the model, by what is declared of their fields; everything that is wrong is reported."""

import json
import re
import sys
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple, TypeVar

from msgspec.structs import replace

from honorroll.chinese import YEARS
from honorroll.diagnostics import Diagnostic, Keys, Place
from honorroll.fingerprint import fingerprint
from honorroll.inputs import private, yaml_hints
from honorroll.model import Choice, Field, Many, Record, Scalar, Type, YearError

Kind = TypeVar("Kind", bound=Record)

#: Findings for which a record may name a rule of the campaign: a value is missing, no choice, or empty.
_NAMED = frozenset({"SCH-01", "SCH-04", "SCH-10"})
#: Longer values are no slips of a date, number or choice, in characters.
_LONGEST = 200
#: Longer texts are seldom the same in two records, in characters.
_SHORT = 32
_SHAPES: dict[type, tuple[str, str]] = {list: ("列表", "a list"), dict: ("键值对", "a mapping"), str: ("文字", "text")}


def validate(model: type[Kind], raw: Any, place: Place) -> tuple[Kind | None, list[Diagnostic]]:
    """One record, or every reason why it is none (SCH rules).

    Args:
        model: the kind of record.
        raw: what a reader made of the file: texts, lists, mappings and `None`.
        place: where that stands.

    Returns:
        The record, whose fingerprint is that of the plain values, and no diagnostics; or `None` and one or more.
    """
    validation = _Validation(model, raw, place)
    record = validation.record(model, raw, _Spot())
    if record is None or validation.faults:
        return None, validation.faults
    return record.placed(place, fingerprint(json.dumps(raw, ensure_ascii=False).encode("utf-8", "surrogatepass"))), []


def record_name(model: type[Record], raw: Any) -> str:
    """What a record is called in messages: its label with its name, title or id."""
    if isinstance(raw, dict):
        for key in ("name", "title", "id", "date"):
            if raw.get(key) and isinstance(raw[key], str | date):
                return f"{model.label[0]}“{raw[key]}”"
    return model.label[0]


class _Spot(NamedTuple):
    """Where a value stands in its record: its keys, and the field that it is or is an item of."""

    keys: Keys = ()
    name: str = ""
    field: Field | None = None
    owner: type[Record] = Record


class _Validation:
    """Walks through what was typed for one record, and collects what is wrong."""

    def __init__(self, model: type[Record], raw: Any, place: Place) -> None:
        self.faults: list[Diagnostic] = []
        self._model, self._raw, self._place = model, raw, place

    def record(self, kind: type[Kind], raw: Any, spot: _Spot) -> Kind | None:
        """A record, or a part of one. What is faulty in it is `None`."""
        if not isinstance(raw, dict):
            self._misshapen(dict, raw, spot)
            return None
        fields, values = kind.fields(), dict[str, Any]()
        for name, field in fields.items():
            if name not in raw and not field.required:
                values[name] = field.default
                continue
            inner = _Spot((*spot.keys, name), name, field, kind)
            if name in raw:
                values[name] = self._field(field, raw[name], inner)
            else:
                self._report("SCH-01", inner, raw, keys=spot.keys)
        for key in raw:
            if key not in fields:
                self._unknown(key, kind, spot)
        return kind(**values)

    def _field(self, field: Field, raw: Any, spot: _Spot) -> Any:
        """The value of a field, within its bounds."""
        if raw is None and field.optional:
            return None
        before = len(self.faults)
        value = self._value(field.type, raw, spot)
        if len(self.faults) > before:
            return None
        if bound := _broken(field, value):
            self._report("SCH-11", spot, raw, more={"bound": bound})
        elif field.pattern and not re.search(field.pattern, value):
            self._report("SCH-12", spot, raw)
        elif field.min_length and len(value) < field.min_length:
            self._report("SCH-10", spot, raw)
        return value

    def _value(self, type: Type, raw: Any, spot: _Spot) -> Any:
        if isinstance(type, Scalar):
            return self._scalar(type, raw, spot) if isinstance(raw, str) else self._misshapen(str, raw, spot)
        if isinstance(type, Many):
            if not isinstance(raw, list):
                return self._misshapen(list, raw, spot)
            items = enumerate(raw)
            return tuple([self._value(type.item, item, spot._replace(keys=(*spot.keys, at))) for at, item in items])
        if isinstance(type, Choice):
            if isinstance(raw, str) and raw in type.words:
                return sys.intern(raw)
            near = yaml_hints.plain(str(raw)[:_LONGEST]), [*filter(None, type.words)]
            return self._report("SCH-04", spot, raw, near=near)
        return self.record(type, raw, spot)

    def _scalar(self, type: Scalar, raw: str, spot: _Spot) -> Any:
        try:
            value = type.parse(raw.strip())
        except YearError:
            return self._report("SCH-11", spot, raw, more={"bound": f"≥ {YEARS[0]}, ≤ {YEARS[-1]}"})
        except ValueError:
            return self._report(type.rule, spot, raw, guess=_meant(type, raw))
        # A text that many records hold, such as an id or a tag, is there once, and is kept once.
        return sys.intern(value) if isinstance(value, str) and len(value) <= _SHORT else value

    def _unknown(self, key: str, kind: type[Record], spot: _Spot) -> None:
        known = sorted(kind.fields().keys() - kind.derived)
        place = replace(self._inside((*spot.keys, key)), on_key=True)
        if private.is_private(key):
            self.faults.append(Diagnostic("PRV-21", place, {"key": key}, record_name(self._model, self._raw)))
            return
        near = yaml_hints.plain(key[:_LONGEST]), known
        args = {"key": key, "known": "、".join(known)}
        self.faults.append(Diagnostic("SCH-02", place, args, record_name(self._model, self._raw), near=near))

    def _misshapen(self, wanted: type, raw: Any, spot: _Spot) -> None:
        """Text, a list or a mapping where another of the three is asked for."""
        slip = None
        if isinstance(raw, str):
            slip = yaml_hints.in_list(raw) if wanted is list else yaml_hints.in_line(raw)
        if slip:
            place = replace(self._inside(spot.keys), column=slip.start + 1)
            self.faults.append(Diagnostic(slip.rule, place, slip.args, record_name(self._model, self._raw)))
            return
        shape = dict(zip(("wanted_zh", "wanted_en"), _SHAPES[wanted], strict=True))
        whole = {} if spot.name else {"field": record_name(self._model, self._raw), "key": self._model.label[1]}
        self._report("SCH-03", spot, raw, more=shape | whole)

    def _report(
        self,
        rule: str,
        spot: _Spot,
        raw: Any,
        *,
        keys: Keys | None = None,
        guess: str = "",
        near: tuple[str, list[str]] | None = None,
        more: Mapping[str, str] | None = None,
    ) -> None:
        """Note what is wrong with the value at a spot, in the place of `keys` if that is another one."""
        if rule in _NAMED and spot.keys[-1:] == (spot.name,):
            rule = spot.owner.rules.get(spot.name, rule)
        titled = f"{spot.name}（{spot.field.title}）" if spot.field else spot.name
        choices = "、".join(_choices(spot.field.type)) if spot.field else ""
        told: dict[str, object] = {"field": titled, "key": spot.name, "value": _show(raw), "choices": choices}
        place = self._inside(spot.keys if keys is None else keys)
        name = record_name(self._model, self._raw)
        self.faults.append(Diagnostic(rule, place, {**told, **(more or {})}, name, guess, near=near))

    def _inside(self, keys: Keys) -> Place:
        """The place of a value; of the document itself when it is the document that is wrong."""
        inner = self._place.inside(*keys)
        return inner if inner.keys else replace(inner, on_key=True)


def _broken(field: Field, value: Any) -> str:
    """The bound that a number is beyond; empty where it is beyond none."""
    if field.ge is not None and value < field.ge:
        return f"≥ {field.ge:g}"
    if field.gt is not None and value <= field.gt:
        return f"＞ {field.gt:g}"
    return f"≤ {field.le:g}" if field.le is not None and value > field.le else ""


def _meant(type: Scalar, text: str) -> str:
    """What a text is in ASCII, if it is right then."""
    if len(text) > _LONGEST:
        return ""
    meant = yaml_hints.plain(text)
    try:
        type.parse(meant)
    except ValueError:
        return ""
    return meant


def _choices(type: Type) -> list[str]:
    if isinstance(type, Many):
        return _choices(type.item)
    return [word for word in type.words if word] if isinstance(type, Choice) else []


def _show(value: Any) -> str:
    text = value if isinstance(value, str) else "…"
    return text if len(text) <= 40 else text[:39] + "…"

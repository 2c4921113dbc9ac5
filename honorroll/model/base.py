"""What every record of the campaign has in common, and how its fields are declared."""

from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar, Self, dataclass_transform, get_type_hints

from msgspec import Struct
from msgspec.structs import astuple, replace

from honorroll.diagnostics import Keys, Place
from honorroll.model.field_types import STRING, Type, type_of


class Field(Struct, frozen=True):
    """What is declared of a field. Validation, JSON Schemas and references all follow from it."""

    title: str
    default: Any
    """The value where nobody types one; `...` where it must be typed."""
    ge: float | None = None
    gt: float | None = None
    le: float | None = None
    """Bounds of a number."""
    pattern: str = ""
    """What a text must match."""
    min_length: int = 0
    """How many items a list must have."""
    type: Type = STRING
    optional: bool = False
    """Whether there may be no value. This and the type are what the annotation says."""

    @property
    def required(self) -> bool:
        """Whether it must be typed."""
        return self.default is ...


def field(default: Any = ..., *, title: str, **bounds: Any) -> Any:
    """Declare a field of a record. Its type is its annotation; for the bounds see `Field`."""
    return Field(title, default, **bounds)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
class Record(Struct, frozen=True, eq=False, gc=False, array_like=True):
    """A mapping of the data files: immutable, with no fields beyond the declared ones.

    `honorroll.inputs.validation` makes one of what is typed. No record refers to itself, so the garbage
    collector may leave them alone. Where a program makes one, it gives all values, or takes the `usual` ones.
    """

    #: What the record is called in messages, in Chinese and English.
    label: ClassVar[tuple[str, str]] = ("记录", "record")
    #: By field: the rule that asks for it, named instead of the schema's own when it is missing, empty or no choice.
    rules: ClassVar[Mapping[str, str]] = {}
    #: Fields that the loader fills in, from a file's name. Nobody types them.
    derived: ClassVar[frozenset[str]] = frozenset()
    #: Whether each is a Markdown file below `content/`; else the field that holds the Markdown text of its page, if one does.
    is_document: ClassVar[bool] = False
    text_field: ClassVar[str] = ""
    #: The field that holds its photo or photos, beside those in its text.
    photo_field: ClassVar[str] = ""
    #: Where it has a page: the word that links to it are written with (`team:t01`), and the folder of its kind's pages.
    link: ClassVar[str] = ""
    folder: ClassVar[str] = ""
    #: The field with the day from which the public may know of it, where that is all there is to it (`visibility.py`).
    public_from: ClassVar[str] = ""

    #: Where the record was read, and the fingerprint of what it was read from. A part of a record has none.
    path: str = ""
    keys: Keys = ()
    fingerprint: str = ""

    @classmethod
    def fields(cls) -> Mapping[str, Field]:
        """What may be typed, by name."""
        return _fields(cls)

    @classmethod
    def usual(cls, **values: Any) -> Self:
        """A record of these values, which are not checked, and of the usual ones for all other fields."""
        return cls(**{name: own.default for name, own in cls.fields().items()} | values)

    def at(self, *keys: str | int) -> Place:
        """Where this record (or, with `keys`, one of its values) stands in the data."""
        return Place(self.path, (*self.keys, *keys))

    def placed(self, place: Place, fingerprint: str | None = None) -> Self:
        """The same at another place, or as it was first read there."""
        total = self.fingerprint if fingerprint is None else fingerprint
        if (self.path, self.keys, self.fingerprint) == (place.path, place.keys, total):
            return self
        return replace(self, path=place.path, keys=place.keys, fingerprint=total)

    def with_values(self, **values: Any) -> Self:
        """The same record with other values for some fields; it stands for them, too."""
        return replace(self, **values, fingerprint=f"{self.fingerprint} {values!r}")

    def values(self) -> dict[str, Any]:
        """What it says, by field."""
        return {name: getattr(self, name) for name in self.fields()}

    def __eq__(self, other: object) -> bool:
        """Whether another record says the same at the same place; what only its file's text says does not count."""
        if self is other:
            return True
        if not isinstance(other, Record) or type(self) is not type(other):
            return False
        return astuple(replace(self, fingerprint="")) == astuple(replace(other, fingerprint=""))

    __hash__ = None  # type: ignore[assignment]  # records are looked up by id


@cache
def _fields(kind: type[Record]) -> Mapping[str, Field]:
    hints = get_type_hints(kind, include_extras=True)
    found: dict[str, Field] = {}
    for name, own in zip(kind.__struct_fields__, kind.__struct_defaults__, strict=True):
        if isinstance(own, Field):
            type, optional = type_of(hints[name])
            found[name] = replace(own, type=type, optional=optional)
    return found

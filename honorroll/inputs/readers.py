"""File formats: each is one class, chosen by the suffix of a file's name."""

from collections.abc import Callable
from typing import Any, Protocol

from honorroll.diagnostics import Diagnostic, Keys
from honorroll.inputs.front_matter import MarkdownReader


class Reader(Protocol):
    """Reads files of one format."""

    def decode(self, path: str, text: str) -> tuple[Any, list[Diagnostic]]:
        """The value of a file, and everything that is wrong with it.

        Args:
            path: of the file, for the diagnostics.
            text: of the file.

        Returns:
            Lists and mappings (`list`, `dict`) of the texts that were typed, or `None` where nothing was: what a text
            means is for validation to say. After a fault that stops reading the value is `None`.
        """

    def locate(self, text: str, keys: Keys, on_key: bool) -> tuple[int, int, int]:
        """Where a value stands: line, column (both from 0) and length in characters.

        Args:
            text: of the file.
            keys: what leads to the value. If there is no such value, the nearest one around it is meant.
            on_key: whether the key is meant and not its value.
        """

    def items(self, text: str) -> tuple[str, ...]:  # noqa: ARG002  # for those who can
        """The items of a list, each as the text of a list of this one item; none where that cannot be told cheaply.

        After an edit, only the items that are new are decoded.
        """
        return ()


def _yaml() -> Reader:
    from honorroll.inputs.yaml_reader import YamlReader  # takes long to load, and mostly nothing is new

    return YamlReader()


#: By suffix, what makes the reader of a data file.
FORMATS: dict[str, Callable[[], Reader]] = {".yaml": _yaml, ".yml": _yaml}


def suffix(path: str) -> str:
    """The suffix of a path, with its point; empty without one."""
    _, point, last = path.rpartition(".")
    return point + last


def reader(path: str) -> Reader:
    """The reader of a data file or a Markdown file. Raises `KeyError` for any other file."""
    return MarkdownReader() if suffix(path) == ".md" else FORMATS[suffix(path)]()

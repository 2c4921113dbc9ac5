"""What is told of a source: sentences by key, with the place in it."""

from typing import Any

from msgspec import Struct, field


class Remark(Struct, frozen=True):
    """A sentence of `checks.say`, and where in a source it belongs.

    Attributes:
        key: of the sentence.
        args: what is put into it.
        file: name of the source.
        sheet: of a workbook; empty where the source has none.
        cell: such as `B7`, or several; empty where it is about all of it.
    """

    key: str
    args: dict[str, Any] = field(default_factory=dict)
    file: str = ""
    sheet: str = ""
    cell: str = ""


def column_letters(column: int) -> str:
    """How sheets name a column, counted from 0: A, Z, AA."""
    letters, rest = "", column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(65 + digit) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """How sheets name a cell, both counted from 0: B7."""
    return f"{column_letters(column)}{row + 1}"


def in_runs(numbers: list[int]) -> str:
    """Numbers for people, with runs drawn together and at most eight parts: 3–5、9."""
    runs: list[list[int]] = []
    for number in sorted({*numbers}):
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    words = [str(first) if first == last else f"{first}–{last}" for first, last in runs]
    return "、".join([*words[:8], "…"] if len(words) > 8 else words)

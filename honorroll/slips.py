"""Slips of Chinese typing that turn YAML into something else."""

import re

_COLON = re.compile(r"^(\s*(?:- +)*[A-Za-z_][\w-]*)\s*：")
_KEY = re.compile(r"^\s*(?:- +)*[A-Za-z_][\w-]*:(\s|$)")


def full_width_colon(lines: list[str]) -> tuple[int, int] | None:
    """Line and column (from 1) of a `key：value` typed with a full-width colon.

    Looked for in the last line, and above it as far as no `key: value` is right.
    """
    for number in range(len(lines), 0, -1):
        match = _COLON.match(lines[number - 1])
        if match:
            return number, match.end(1) + 1
        if number < len(lines) and _KEY.match(lines[number - 1]):
            return None
    return None

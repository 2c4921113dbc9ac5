"""Slips of Chinese typing that turn YAML into something else."""

import re

_COLON = re.compile(r"^(\s*(?:- +)*[A-Za-z_][\w-]*)\s*：")


def full_width_colon(lines: list[str]) -> tuple[int, int] | None:
    """Line and column (from 1) of the last `key：value` typed with a full-width colon."""
    for number in range(len(lines), 0, -1):
        match = _COLON.match(lines[number - 1])
        if match:
            return number, match.end(1) + 1
    return None

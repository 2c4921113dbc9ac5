"""In what two mappings differ, told by which objects they hold.

What is as it was at the last build of a preview is the very object that was there, so nothing needs to be read or
compared by value: that takes most of the time where many thousand values are scattered over the memory.
"""

from collections.abc import Mapping
from itertools import compress, filterfalse
from operator import is_, is_not
from typing import TypeVar

Key = TypeVar("Key")


def differences(now: Mapping[Key, object], last: Mapping[Key, object]) -> tuple[list[Key], list[Key]]:
    """The keys under which `last` holds nothing or another object, which may be equal; and those that only `last` has."""
    if now is last:
        return [], []
    if not last:
        return [*now], []
    if len(now) == len(last) and all(map(is_, now, last)):  # so is it mostly, and nothing is looked up
        return [*compress(now, map(is_not, now.values(), last.values()))], []
    other = [*compress(now, map(is_not, now.values(), map(last.get, now)))]
    shared = len(now) - sum(key not in last for key in other)
    return other, [*filterfalse(now.__contains__, last)] if shared < len(last) else []

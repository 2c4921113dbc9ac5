"""What shows that a stored value was stored by this program, for this user, on this machine, and has not changed since."""

import os
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from hmac import compare_digest
from pathlib import Path

import click

#: Length of a key and of a seal, in bytes.
SIZE = 32


def seal_of(*parts: bytes) -> bytes:
    """The keyed fingerprint (BLAKE2b, 256 bits) of some bytes, told apart by their lengths."""
    made = blake2b(key=key(), digest_size=SIZE)
    for part in parts:
        made.update(len(part).to_bytes(8, "big"))
        made.update(part)
    return made.digest()


def is_sealed(found: bytes, *parts: bytes) -> bool:
    """Whether these bytes bear this seal."""
    return compare_digest(found, seal_of(*parts))


@cache
def key() -> bytes:
    """The key in this user's own folder, outside all projects; made when it is first asked for.

    Where none can be kept, one for this process alone: then no value that it stores is believed later.
    """
    file = Path(click.get_app_dir("honorroll"), "cache.key")
    fresh = os.urandom(SIZE)
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        with (
            suppress(FileExistsError),
            open(file, "xb", opener=lambda path, flags: os.open(path, flags, 0o600)) as new,
        ):  # for its mode
            new.write(fresh)
        found = file.read_bytes()
        if len(found) == SIZE:
            return found
    return fresh

"""What each published file was made from."""

from msgspec import Struct

from honorroll.incremental import State


class Common(Struct, frozen=True):
    """What pages were made from beside their own inputs. Each publication brings all pages up to it."""

    site: str
    """Fingerprint of what every template sees."""
    closures: dict[str, str]
    """By template, fingerprint of it with all that it extends, includes and imports."""
    looked: str = ""
    """What the privacy gate went by, beside this program."""
    listed: str = ""
    """Checksum of the list that names the files of all these traces, and no others."""


class Trace(Struct, frozen=True, gc=False, array_like=True):
    """What a file of the site was made from last time, and what came out."""

    content: str
    """Fingerprint of its own inputs, or of what it is a copy of."""
    checksum: str
    """Of the file."""
    state: State | None = None
    """Of the file, where it tells that the file is still the same."""

"""What a build is asked to do, and what comes of it."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from honorroll.publish import Counts

if TYPE_CHECKING:  # a build that finds nothing to do needs no findings
    from honorroll.campaign import Campaign
    from honorroll.findings import Finding
    from honorroll.source import Read

#: Told of each long stage by name and size, it returns what is called after each item.
Progress = Callable[[str, int], Callable[[], None]]


class Options(Struct, frozen=True):
    """What a run is asked to do. `out` is where the site goes; nothing is written with `dry`; `verify` trusts no file."""

    root: Path
    out: Path
    today: date
    drafts: bool = False
    future: bool = False
    strict: bool = False
    dry: bool = False
    verify: bool = False
    base_url: str | None = None
    jobs: int = 1
    progress: Progress = field(default=lambda stage, total: lambda: None)


class Result(Struct, frozen=True):
    """All findings, and what was published; nothing when there was an error or nothing was to be written.

    `campaign` is what the public may see of it, for reports; none where it could not be loaded.
    """

    findings: "tuple[Finding, ...]"
    pages: int = 0
    counts: Counts | None = None
    reasons: Mapping[str, str] = field(default_factory=dict)
    """Why each file was made anew."""
    campaign: "Campaign | None" = None
    read: "Read | None" = None
    """What was read of the project; nothing where it changed all the time."""

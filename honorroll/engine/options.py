"""What a build is asked to do, and what comes of it."""

from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from honorroll.chinese import CHINA, Holds
from honorroll.diagnostics import Progress
from honorroll.publish import Counts

if TYPE_CHECKING:  # a build that finds nothing to do needs none of them
    from honorroll.checks import Finding
    from honorroll.inputs import Read
    from honorroll.model import Campaign
    from honorroll.parallel import Workers


class Options(Struct, frozen=True):
    """What a run is asked to do. `out` is where the site goes; nothing is written with `dry`; `verify` trusts no file.

    `today` is the day of the build in China, `clock` the time of that day; by default the whole day counts as past.
    """

    root: Path
    out: Path
    today: date
    clock: time = time.max
    drafts: bool = False
    future: bool = False
    strict: bool = False
    dry: bool = False
    verify: bool = False
    base_url: str | None = None
    jobs: int = 1
    cluster: "Workers | None" = None
    """Converts and renders in the place of this machine's processes."""
    progress: Progress = field(default=lambda stage, total: lambda: None)

    @property
    def now(self) -> datetime:
        """The moment of the build."""
        return datetime.combine(self.today, self.clock, CHINA)

    def at(self, moment: datetime) -> "Options":
        """The same at another moment, given in China's time."""
        return replace(self, today=moment.date(), clock=moment.time())


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
    drafts: int = 0
    later: int = 0
    """How many posts are not shown since they are drafts, and how many others since their time has not come."""
    holds: Holds | None = None
    """How long the same is to be seen; none where the campaign could not be loaded."""

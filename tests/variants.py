"""The reference campaign with some of its files changed: what its editor would be told, in a few milliseconds.

Unchanged files are read once. Nothing is written, and texts and templates are left out: those are
other tests' matter.
"""

from collections.abc import Mapping
from datetime import date

from reference import ROOT

from honorroll.checks import rules, waivers
from honorroll.checks.findings import Finding, settle
from honorroll.filesystem.source_file import Snapshot, Source
from honorroll.fingerprint import fingerprint
from honorroll.incremental.database import Database
from honorroll.inputs import scan
from honorroll.inputs.loader import load

#: A day on which all of the campaign is over.
TODAY = date(2022, 12, 31)


class Reference:
    """The reference campaign, read once."""

    def __init__(self) -> None:
        snapshot, problems = scan.read(ROOT)
        assert problems == []
        self.files = {path: file for path, file in snapshot.files.items() if path.startswith(("data/", "content/"))}
        self._database = Database()
        assert self.findings({}) == ()

    def text(self, path: str) -> str:
        return self.files[path].text

    def snapshot(self, changes: Mapping[str, str]) -> Snapshot:
        """The inputs with these files changed or added."""
        changed = {path: Source(path, text.encode(), fingerprint(text.encode())) for path, text in changes.items()}
        return Snapshot(dict(sorted({**self.files, **changed}.items())))

    def findings(self, changes: Mapping[str, str], today: date = TODAY) -> tuple[Finding, ...]:
        """What is wrong with the data once these files are changed or added."""
        snapshot = self.snapshot(changes)
        campaign, problems = load(snapshot, today, self._database)
        if campaign:
            found = rules.check(campaign)
            problems += waivers.apply(campaign, found)
        return settle(problems, snapshot)

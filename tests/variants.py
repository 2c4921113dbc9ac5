"""The reference campaign with some of its files changed: what its editor would be told, in a few milliseconds.

Only the changed files are decoded and validated anew. Nothing is written, and texts and templates
are left out: those are other tests' matter.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any
from unittest.mock import patch

from reference import ROOT

from honorroll import load, rules, schema, source
from honorroll.diagnostics import Diagnostic
from honorroll.findings import Finding, settle
from honorroll.source import Snapshot, Source, digest

#: A day on which all of the campaign is over.
TODAY = date(2022, 12, 31)


class Kept:
    """Memos that give out the very values that were put in, and take none once they are complete."""

    def __init__(self) -> None:
        self.values: dict[tuple[str, str], Any] = {}
        self.complete = False

    def get(self, kind: str, key: str) -> Any | None:
        return self.values.get((kind, key))

    def put(self, kind: str, key: str, value: Any) -> None:
        if not self.complete:
            self.values[kind, key] = value


class Reference:
    """The reference campaign, read once."""

    def __init__(self) -> None:
        snapshot, problems = source.read(ROOT)
        assert problems == []
        self.files = {path: file for path, file in snapshot.files.items() if path.startswith(("data/", "content/"))}
        self._memos, self._records = Kept(), dict[int, Any]()
        assert self.findings({}) == ()
        self._memos.complete = True

    def text(self, path: str) -> str:
        return self.files[path].text

    def snapshot(self, changes: Mapping[str, str]) -> Snapshot:
        """The inputs with these files changed or added."""
        changed = {path: Source(path, text.encode(), digest(text.encode())) for path, text in changes.items()}
        return Snapshot(dict(sorted({**self.files, **changed}.items())))

    def findings(self, changes: Mapping[str, str], today: date = TODAY) -> tuple[Finding, ...]:
        """What is wrong with the data once these files are changed or added."""
        snapshot = self.snapshot(changes)
        with self._validated_once():
            campaign, problems = load.load(snapshot, today, self._memos)  # type: ignore[arg-type]  # all that it asks of memos
        return settle([*problems, *(rules.check(campaign) if campaign else ())], snapshot)

    @contextmanager
    def _validated_once(self) -> Iterator[None]:
        """Give the records of the unchanged files, whose raw values are the same objects each time, once made."""
        validate = schema.validate

        def once(model: Any, raw: Any, place: Any) -> tuple[Any, list[Diagnostic]]:
            if id(raw) not in self._records:
                made = validate(model, raw, place)
                if self._memos.complete:
                    return made
                self._records[id(raw)] = made, raw  # held, so that no other value gets its id
            return self._records[id(raw)][0]

        with patch.object(schema, "validate", once):
            yield

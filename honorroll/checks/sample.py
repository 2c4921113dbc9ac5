"""What is left of the sample in a campaign of one's own, known by the fingerprints of the sample's own files.

`sample.txt` beside this file holds them, one a line: the kind, the fingerprint, where it stands in the sample. A test
holds it to the sample and rewrites it.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from honorroll.diagnostics import Diagnostic, Place
from honorroll.filesystem import Snapshot, Source
from honorroll.fingerprint import fingerprint
from honorroll.inputs import front_matter, layout
from honorroll.model import Campaign

#: Tables whose records are about invented people; the others may be right in a real campaign as they are.
TABLES = ("persons", "deeds")


def left(campaign: Campaign, snapshot: Snapshot) -> Iterator[Diagnostic]:
    """SRC-15: texts, pictures and records of the sample, where the campaign says that it is none.

    An article is known under any name, a post under its own, a picture and a record by what they hold.
    """
    if campaign.info.sample:
        return
    known = _known()
    posts = [snapshot.files[path] for path in known.values() if path in snapshot.files and path.startswith(layout.NEWS)]
    articles = [snapshot.files[article.path] for article in campaign.articles.values()]
    for source in (*articles, *posts):
        parts = front_matter.split(source.path, source.text)
        if not isinstance(parts, Diagnostic) and (first := known.get(f"text {_text(parts.body)}")):
            line = parts.body_line + len(parts.body) - len(parts.body.lstrip("\n"))
            yield Diagnostic("SRC-15", Place(source.path, line=line, column=1), {"first": first})
    for path, source in campaign.pictures.items():
        if first := known.get(f"picture {source.fingerprint}"):
            yield Diagnostic("SRC-15", Place(path), {"first": first})
    for table in TABLES:
        for record in campaign.table(table).values():
            if first := known.get(f"record {record.fingerprint}"):
                yield Diagnostic("SRC-15", record.at(), {"first": first})


def table(campaign: Campaign, snapshot: Snapshot) -> str:
    """What `sample.txt` must hold if this is the sample."""
    texts = [source for source in snapshot.below("content") if source.path.endswith(".md")]
    rows = [("text", _text(_body(source)), source.path) for source in texts]
    rows += [("picture", source.fingerprint, path) for path, source in campaign.pictures.items()]
    records = [record for name in TABLES for record in campaign.table(name).values()]
    rows += [("record", record.fingerprint, f"{record.path}:{record.values()['id']}") for record in records]
    return "".join(f"{' '.join(row)}\n" for row in sorted(rows))


def _body(source: Source) -> str:
    parts = front_matter.split(source.path, source.text)
    return source.text if isinstance(parts, Diagnostic) else parts.body


def _text(body: str) -> str:
    """Fingerprint of a text; blanks at the ends of lines and empty lines do not count."""
    lines = (line.strip() for line in body.split("\n"))
    return fingerprint("\n".join(line for line in lines if line).encode())


@cache
def _known() -> dict[str, str]:
    """Where in the sample each kind and fingerprint stands."""
    lines = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    return {line.rpartition(" ")[0]: line.rpartition(" ")[2] for line in lines}

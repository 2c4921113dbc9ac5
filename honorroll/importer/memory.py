"""What people chose for sheets of a form, in `data/imports.yaml`."""

from collections.abc import Mapping, Sequence
from typing import Any

from honorroll.editing import append, set_all
from honorroll.filesystem import Snapshot
from honorroll.importer import private_cells
from honorroll.importer.headers import Found, Known
from honorroll.inputs import layout
from honorroll.model import Campaign

FILE = "data/imports.yaml"
_TOP = (
    "# yaml-language-server: $schema=../.vscode/schemas/imports.json\n"
    "# 导入表格时由人选定的列：同样表头的表格下次照此办理，不再询问。网站上不公开。\n"
    "# 想重新选择，删掉那一条再导入。means 写字段名；- 表示这一列不导入。\n"
).encode()


#: The form of what is no sheet's: words that mean organisations, each as a header with the id of what it means.
WORDS = "words"


def known(campaign: Campaign) -> Mapping[str, Known]:
    """By the fingerprint of headers, what was chosen."""
    return {
        one.form: Known(one.kind, {column.header: column.means for column in one.columns}) for one in campaign.imports
    }


def known_words(campaign: Campaign) -> Mapping[str, str]:
    """The words that a person said mean organisations."""
    form = known(campaign).get(WORDS)
    return form.columns if form else {}


def remembered(
    snapshot: Snapshot, campaign: Campaign, tables: Sequence[Found], words: Mapping[str, str]
) -> dict[str, tuple[bytes | None, bytes]]:
    """The file with what was chosen in this run; nothing where that is known."""
    before = known(campaign)
    news, edits = dict[str, dict[str, Any]](), dict[str, list[Any]]()
    for found in tables:
        last = before.get(found.form)
        columns = {**(last.columns if last else {}), **found.chosen}
        private = private_cells.found([found.sheet.name, *columns])  # a sheet may be called by whom to ring up
        columns = {header: key for header, key in columns.items() if header not in private}
        if not (found.chosen or found.is_asked) or (last and last == Known(found.kind, columns)):
            continue
        rows = [{"header": header, "means": key} for header, key in columns.items()]
        values = {"kind": found.kind, **({"columns": rows} if rows else {})}
        if last:
            record = next(one for one in campaign.imports if one.form == found.form)
            edits.setdefault(record.path, []).append((record.keys, values))
        else:
            title = {"title": found.sheet.name} if found.sheet.name and found.sheet.name not in private else {}
            news[found.form] = {"form": found.form, **title, **values}
    _remember_words(campaign, words, news, edits)
    files: dict[str, tuple[bytes | None, bytes]] = {}
    path = next((source.path for source in layout.table_files(snapshot, "imports")), FILE)
    for one in dict.fromkeys([*edits, *([path] if news else [])]):
        old = snapshot.files[one].data if one in snapshot.files else None
        data = set_all(one, old, edits[one]) if old is not None and one in edits else old
        if news and one == path:
            data = append(one, data or _TOP, [*news.values()])
        if data is not None and data != old:
            files[one] = old, data
    return files


def _remember_words(
    campaign: Campaign, words: Mapping[str, str], news: dict[str, dict[str, Any]], edits: dict[str, list[Any]]
) -> None:
    """Add what words mean to what is to be written."""
    private = private_cells.found([*words])
    rows = [{"header": word, "means": id} for word, id in words.items() if word not in private]
    if not rows or dict(words) == known_words(campaign):
        return
    record = next((one for one in campaign.imports if one.form == WORDS), None)
    if record:
        edits.setdefault(record.path, []).append((record.keys, {"columns": rows}))
    else:
        news[WORDS] = {"form": WORDS, "title": "单位的别的叫法", "kind": "orgs", "columns": rows}

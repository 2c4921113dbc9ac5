"""A cache changes how long a build takes and never what it makes, whatever has become of the cache."""

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

import pytest
from conftest import Project

from honorroll.incremental import seal
from honorroll.incremental.artifact_cache import Cache
from honorroll.incremental.database import SHARDS, DamagedError, Database, _shard

#: How many times each harm is tried: 15, and 100 in continuous integration.
CASES = min(100, int(os.environ.get("HONORROLL_CASES", "225")) // 15)

POST = "content/news/2022-09-02-first.md"
Random = random.Random
Harm = Callable[[Random, Path], object]


def flip(draw: Random, file: Path) -> None:
    data = bytearray(file.read_bytes())
    for _ in range(draw.choice([1, 1, 10, 100])):
        data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
    file.write_bytes(data)


def truncate(draw: Random, file: Path) -> None:
    file.write_bytes(file.read_bytes()[: draw.randrange(file.stat().st_size)])


def replace(draw: Random, file: Path) -> None:
    data = bytearray(file.read_bytes())
    start = draw.randrange(len(data))
    data[start : start + draw.randrange(5000)] = draw.randbytes(draw.randrange(5000))
    file.write_bytes(data)


def swap(draw: Random, file: Path) -> None:
    """Two values of a table in each other's place: each alone is well-formed."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(file)) as database:
        table, column, key = draw.choice(
            [("shard", "value", "rowid"), ("large", "value", "rowid"), ("large", "key", "rowid")]
        )
        rows = database.execute(f"SELECT {key}, {column} FROM {table}").fetchall()
        (one, first), (other, second) = draw.sample(rows, 2)
        database.execute(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", ("", one))
        database.execute(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", (first, other))
        database.execute(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", (second, one))
        database.commit()


def lose(draw: Random, file: Path) -> None:
    """Rows of a table."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(file)) as database:
        table = draw.choice(["shard", "large", "root", "version"])
        database.execute(f"DELETE FROM {table} WHERE rowid % ? = 0", (draw.choice([1, 2, 7]),))
        database.commit()


HARMS: tuple[Harm, ...] = (flip, truncate, replace, swap, lose)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, dict[str, bytes]]:
    """A project with a warm cache, edited since; and its site as a clean build makes it."""
    minimal = Path(__file__).parent / "sites" / "minimal"
    project = Project(shutil.copytree(minimal, tmp_path_factory.mktemp("cache") / "project"))
    for name in ("awards", "notices", "cycles", "patrols", "inspections", "figures", "projects"):
        project.remove(f"data/{name}.yaml")  # it is built five hundred times
    assert project.build().counts
    project.write(POST, project.read(POST) + "\n又及。\n")
    project.replace("data/teams.yaml", "江边巡逻小组", "江岸巡逻小组")
    clean = Project(shutil.copytree(project.root, project.root.parent / "clean"))
    shutil.rmtree(clean.root / ".cache")
    shutil.rmtree(clean.site)
    assert clean.build().counts
    return project, clean.output()


@pytest.mark.parametrize("harm", HARMS, ids=lambda harm: harm.__name__)
def test_a_harmed_cache_costs_time_and_at_most_one_note(
    built: tuple[Project, dict[str, bytes]], tmp_path: Path, harm: Harm
) -> None:
    project, expected = built
    told = 0
    for case in range(CASES):
        copy = Project(shutil.copytree(project.root, tmp_path / f"{case}"))
        draw = Random(f"{harm.__name__} {case}")  # no secret
        harm(draw, copy.root / ".cache" / "cache.db")
        result = copy.build()
        assert [finding.diagnostic.rule for finding in result.findings] in ([], ["PUB-11"]), case
        told += len(result.findings)
        assert result.counts, case
        assert copy.output() == expected, case
        shutil.rmtree(copy.root)
    assert told or CASES < 20


def test_a_cache_of_another_user_is_not_believed(
    built: tuple[Project, dict[str, bytes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of it is well-formed, and of this version of the program."""
    project, expected = built
    copy = Project(shutil.copytree(project.root, tmp_path / "project"))
    monkeypatch.setattr(seal, "key", lambda: b"another key")
    result = copy.build()
    assert [finding.diagnostic.rule for finding in result.findings] == ["PUB-11"]
    assert set(result.reasons.values()) == {"fresh"}
    assert copy.output() == expected
    assert copy.build().findings == ()


def test_a_drawing_of_another_user_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawings = Cache(tmp_path / "derived")
    drawings.put("a.png", "key", b"drawn")
    assert drawings.get("a.png", "key") == b"drawn"
    assert drawings.get("b.png", "key") is None
    monkeypatch.setattr(seal, "key", lambda: b"another key")
    assert drawings.get("a.png", "key") is None


def test_the_key_lies_in_the_users_own_folder_and_only_the_user_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seal.click, "get_app_dir", lambda name: str(tmp_path / name))
    key = seal.key.__wrapped__()
    assert len(key) == seal.SIZE
    assert key == (tmp_path / "honorroll" / "cache.key").read_bytes() == seal.key.__wrapped__()
    assert os.name == "nt" or (tmp_path / "honorroll" / "cache.key").stat().st_mode & 0o777 == 0o600


def test_where_no_key_can_be_kept_no_two_processes_believe_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(seal.click, "get_app_dir", lambda name: str(tmp_path / "file" / name))
    assert seal.key.__wrapped__() != seal.key.__wrapped__()


def test_only_the_shards_that_are_asked_for_are_decoded(tmp_path: Path) -> None:
    path, keys = tmp_path / "cache.db", [f"key {number}" for number in range(2000)]
    first = Database(path)
    for key in keys:
        first.table("numbers", int).put(key, 1)
    first.save()
    second = Database(path)
    table = second.table("numbers", int)
    assert table.get(keys[0]) == 1
    assert len(table.some([keys[0]])) < 2 * len(keys) // SHARDS
    table.put(keys[2], 2)
    table.drop(keys[3])
    second.save()
    expected = dict.fromkeys(keys, 1) | {keys[2]: 2}
    del expected[keys[3]]
    assert {**Database(path).table("numbers", int).values} == expected


def test_a_value_of_another_type_is_damage(tmp_path: Path) -> None:
    first = Database(tmp_path / "cache.db")
    first.table("dates", str).put("key", "no date")
    first.save()
    with pytest.raises(DamagedError):
        Database(tmp_path / "cache.db").table("dates", date).get("key")


def test_values_that_nobody_asks_for_are_dropped_once_they_are_many() -> None:
    table = Database().table("numbers", int)
    for number in range(1200):
        table.put(str(number), number)
    table.retain([str(number) for number in range(150)])
    assert len(table.values) == 1200
    table.retain(["7"])
    assert {**table.values} == {"7": 7}
    assert _shard("7") in dict(table.changes())

"""Drawn and converted files: made once, kept between builds, never trusted when damaged."""

from pathlib import Path

import pytest

from honorroll.incremental.artifact_cache import SLACK, Cache, Derived, made

CALLS: list[str] = []


def shout(word: str, times: int) -> list[bytes]:
    CALLS.append(word)
    return [word.upper().encode() * (at + 1) for at in range(times)]


def work(word: str = "a", times: int = 2) -> Derived:
    return Derived(tuple(f"{word}-{at}.bin" for at in range(times)), shout, (word, times), f"{word} {times}")


def run(cache: Cache, *works: Derived, jobs: int = 2) -> dict[str, bytes]:
    CALLS.clear()
    return {url: data for one, found in made(works, cache, jobs) for url, data in zip(one.urls, found, strict=True)}


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_what_was_made_is_recalled(tmp_path: Path) -> None:
    expected = {"a-0.bin": b"A", "a-1.bin": b"AA", "b-0.bin": b"B", "b-1.bin": b"BB"}
    assert run(Cache(tmp_path), work("a"), work("b")) == expected
    assert sorted(CALLS) == ["a", "b"]
    assert run(Cache(tmp_path), work("a"), work("b")) == expected
    assert not CALLS


def test_the_order_is_that_of_the_works_with_any_number_of_threads() -> None:
    works = [work(f"w{at}") for at in range(50)]
    assert [list(run(Cache(), *works, jobs=jobs)) for jobs in (1, 2, 7)] == [[u for w in works for u in w.urls]] * 3


@pytest.mark.parametrize("damage", [b"", b"x", None])
def test_a_damaged_file_is_made_again(tmp_path: Path, damage: bytes | None) -> None:
    whole = run(Cache(tmp_path), work())
    one = files(tmp_path)[0]
    one.write_bytes(one.read_bytes()[:-1] if damage is None else damage)
    assert run(Cache(tmp_path), work()) == whole
    assert CALLS == ["a"]


def test_other_inputs_are_made_again(tmp_path: Path) -> None:
    run(Cache(tmp_path), work())
    run(Cache(tmp_path), work()._replace(total="another"))
    assert CALLS == ["a"]


def test_a_dry_cache_only_reads(tmp_path: Path) -> None:
    run(Cache(tmp_path / "x", dry=True), work())
    assert not (tmp_path / "x").exists()
    run(Cache(tmp_path / "x"), work())
    run(Cache(tmp_path / "x", dry=True), work())
    assert not CALLS


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("a file")
    for _ in range(2):
        assert run(Cache(tmp_path / "x"), work())
        assert CALLS == ["a"]


def test_a_failure_comes_out(tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        run(Cache(tmp_path), work()._replace(inputs=("a", "no number")))


def test_what_belongs_to_no_address_is_dropped_when_it_is_much(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for at in range(SLACK + 3):
        cache.put(f"old-{at}", "k" * 32, b"x")
    cache.sweep(["old-0", "old-1"])
    assert len(files(tmp_path)) == SLACK + 3
    cache.sweep(["old-0"])
    assert [cache.get(url, "k" * 32) for url in ("old-0", "old-1")] == [b"x", None]
    assert len(files(tmp_path)) == 1

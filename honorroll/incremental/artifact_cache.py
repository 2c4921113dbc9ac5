"""Files that are drawn or converted, such as the sizes of a picture: made in parallel, and kept between builds.

They cost much and change seldom, so they outlive a lost site and a new version of this program: what they
depend on is their inputs, the module of the function that makes them, and Pillow.
"""

import sys
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from honorroll.filesystem import contents, own_files
from honorroll.fingerprint import fingerprint
from honorroll.incremental.seal import SIZE, is_sealed, seal_of

#: Files of sites that were built last are dropped when they are this many more than twice the present ones.
SLACK = 1000

#: Bytes of the largest file that is kept.
_LARGEST = 1 << 28


class Derived(NamedTuple):
    """Files that one function makes in one go. `total` is the fingerprint of all its inputs."""

    urls: tuple[str, ...]
    make: Callable[..., bytes | Sequence[bytes]]
    """At the top of its module; from the inputs, which hold no bytes but ask a `Source` for them, to the bytes of `urls`."""
    inputs: tuple[Any, ...]
    total: str

    @property
    def key(self) -> str:
        """Fingerprint of all that the bytes depend on."""
        return key(self.make, self.total)

    def made(self) -> Sequence[bytes]:
        """The bytes. Raises `MovedError` when a source is no longer as it was."""
        made = self.make(*self.inputs)
        return (made,) if isinstance(made, bytes) else made


def key(make: Callable[..., Any], total: str) -> str:
    """Fingerprint of all that the bytes of a function depend on, `total` being that of its inputs."""
    return fingerprint(f"{_code(make.__module__)} {make.__qualname__} {total}".encode())


@cache
def _code(module: str) -> str:
    """Fingerprint of Pillow's version and of the source of a module and those that it says that it draws with."""
    parts = (module, *getattr(sys.modules[module], "DRAWN_WITH", ()))
    files = [_file(part) for part in parts]
    return fingerprint(b"".join(file.read_bytes() for file in (*files, _file("PIL").parent / "_version.py")))


def _file(module: str) -> Path:
    found = find_spec(module)
    assert found
    assert found.origin
    return Path(found.origin)


class Cache:
    """Bytes by address, each with the key of what it was made from, in files of a folder. Without one nothing is kept.

    A damaged or lost file costs time and nothing else.
    """

    def __init__(self, folder: Path | None = None, *, dry: bool = False) -> None:
        self._folder, self._dry = folder, dry or folder is None

    def get(self, url: str, key: str) -> bytes | None:
        """The bytes of an address, if this program stored them for this user, made by this key."""
        if self._folder:
            with suppress(OSError):
                _, found = contents(self._file(self._folder, url), _LARGEST)
                if found and is_sealed(found[:SIZE], url.encode(), key.encode(), found[SIZE:]):
                    return found[SIZE:]
        return None

    def put(self, url: str, key: str, data: bytes) -> None:
        """Store the bytes of an address."""
        if self._folder and not self._dry:
            file = self._file(self._folder, url)
            with suppress(OSError):
                for folder in (self._folder.parent, self._folder, file.parent):
                    own_files.make_folder(folder)
                own_files.put(file, seal_of(url.encode(), key.encode(), data) + data)

    def sweep(self, urls: Collection[str]) -> None:
        """Drop what belongs to no address of the site, when it has become much."""
        if self._folder and not self._dry and own_files.is_folder(self._folder):
            with suppress(OSError):
                files = list(self._folder.glob("??/*"))
                if len(files) > 2 * len(urls) + SLACK:
                    for file in {*files} - {self._file(self._folder, url) for url in urls}:
                        file.unlink()

    @staticmethod
    def _file(folder: Path, url: str) -> Path:
        name = fingerprint(url.encode())
        return folder / name[:2] / name[2:]


def made(works: Iterable[Derived], cache: Cache, jobs: int) -> Iterator[tuple[Derived, Sequence[bytes]]]:
    """The bytes of each, from the cache where it has them; by several threads, since Pillow sets them free."""
    for work, found in _ahead(works, cache, jobs):
        for url, data in zip(work.urls, found, strict=True):
            cache.put(url, work.key, data)
        yield work, found


def _ahead(works: Iterable[Derived], cache: Cache, jobs: int) -> Iterator[tuple[Derived, Sequence[bytes]]]:
    """A few are under way at a time, so that not all bytes are in memory at once."""
    from concurrent.futures import Future, ThreadPoolExecutor  # for builds that have something to make

    with ThreadPoolExecutor(jobs) as pool:
        under_way: deque[tuple[Derived, Future[Sequence[bytes]]]] = deque()
        for work in works:
            under_way.append((work, pool.submit(_found, work, cache)))
            if len(under_way) > 2 * jobs:
                first, future = under_way.popleft()
                yield first, future.result()
        for work, future in under_way:
            yield work, future.result()


def _found(work: Derived, cache: Cache) -> Sequence[bytes]:
    known = [data for url in work.urls if (data := cache.get(url, work.key)) is not None]
    return known if len(known) == len(work.urls) else work.made()

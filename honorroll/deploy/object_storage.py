"""Object storage that speaks S3 (S3, OSS, COS, OBS, MinIO): the way to a CDN and to any number of readers.

It has no transaction, so the order keeps every page whole. The bytes of each file travel once, into `.honorroll/objects/`, named by
their SHA-256 and by what the host is to say of them; a release is shown, and an earlier one shown again, by copies within the
storage: what pages load, then new pages, then changed ones, lists of pages last. Then the record of what is shown is written, if
nobody else has written it, and only then goes what the release has no more. The journal names what is under way, so a
deployment that was cut off is known to the next one.

Keys come from the environment (`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`), never from the project.
"""

import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any

import msgspec
import obstore
from msgspec import Struct
from obstore.exceptions import (
    AlreadyExistsError,
    BaseError,
    NotFoundError,
    PermissionDeniedError,
    PreconditionError,
    UnauthenticatedError,
)
from obstore.store import S3Store

from honorroll.deploy import headers
from honorroll.deploy.holders import has_ended, me
from honorroll.deploy.releases import DeployError, Get, Release, Told, number, read
from honorroll.fingerprint import fingerprint
from honorroll.model import DeployTarget

#: What says that the storage refused us, where it is no error of its own kind; a port or a checksum may hold the same digits.
_REFUSED = re.compile(r"status code: 40[13]\b")

_OWN = ".honorroll/"
_OBJECTS, _RELEASES = _OWN + "objects/", _OWN + "releases/"
_CURRENT, _JOURNAL, _LOCK, _CLOCK = _OWN + "current", _OWN + "journal", _OWN + "lock", _OWN + "clock"

#: Requests at once.
_AT_ONCE = 16
#: A lock that is older was left behind, by the storage's own clock.
_STALE = timedelta(minutes=15)


class _Shown(Struct, frozen=True):
    """What is shown: the release, and of each file the tag that the storage gave it, and as what it is sent."""

    id: str
    tags: Mapping[str, str]
    objects: Mapping[str, str]


class _Journal(Struct, frozen=True):
    """What is under way: from one release to another."""

    old: str
    new: str


class StorageTarget:
    """A bucket, or what lies below a prefix of it. A CDN compresses by itself."""

    compresses = False

    def __init__(self, declared: DeployTarget) -> None:
        bucket, _, prefix = declared.to.removeprefix("s3://").strip("/").partition("/")
        if not declared.to.startswith("s3://") or not bucket:
            raise DeployError("de_address", to=declared.to, example="s3://bucket/prefix")
        given: dict[str, Any] = {"region": declared.region or os.environ.get("AWS_REGION", "us-east-1")}
        if declared.endpoint:
            given["endpoint"] = declared.endpoint
            given["client_options"] = {"allow_http": declared.endpoint.startswith("http://"), "timeout": "60s"}
        self._where = declared.to
        # Tests cut lines and need not wait for the library to try again.
        retries = int(os.environ.get("HONORROLL_RETRIES", "5"))
        self._store = S3Store(
            bucket,
            prefix=prefix or None,
            virtual_hosted_style_request=not declared.path_style,
            retry_config={"max_retries": retries, "retry_timeout": timedelta(seconds=60)},
            **given,
        )
        self._seen: dict[str, str] | None = None

    def _ask(self, do: Callable[..., Any], *values: Any, **named: Any) -> Any:
        """One request; `FileNotFoundError` where there is no such object."""
        try:
            return do(self._store, *values, **named)
        except (NotFoundError, FileNotFoundError):
            raise FileNotFoundError from None
        except (AlreadyExistsError, PreconditionError):
            raise
        except (PermissionDeniedError, UnauthenticatedError) as error:
            raise self._refused(error, "de_login") from None
        except (BaseError, OSError) as error:
            text = str(error)
            key = "de_login" if _REFUSED.search(text) else "de_unreachable"
            raise self._refused(error, key) from None

    def _refused(self, error: BaseException, key: str) -> DeployError:
        skewed = "RequestTimeTooSkewed" in str(error)  # keys are good for some minutes around the storage's time
        return DeployError("de_clock" if skewed else key, where=self._where, why=_short(error))

    def _read(self, path: str) -> bytes | None:
        try:
            return bytes(self._ask(obstore.get, path).bytes())
        except FileNotFoundError:
            return None

    def _put(self, path: str, data: bytes, **named: Any) -> str:
        found: str = self._ask(obstore.put, path, data, use_multipart=False, **named)["e_tag"] or ""
        return found

    def _each(self, do: Callable[[str], None], paths: Iterable[str]) -> None:
        """Do it for all of them at once; all end before the next step begins."""
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            for _ in pool.map(do, paths):
                pass

    def _names(self, prefix: str) -> dict[str, str]:
        """Objects below a prefix, with their tags."""

        def listed(store: S3Store) -> list[Any]:
            return [one for some in obstore.list(store, prefix=prefix or None) for one in some]

        return {one["path"]: one["e_tag"] or "" for one in self._ask(listed)}

    # The lock

    @contextmanager
    def held(self) -> Iterator[None]:
        self._seen = None
        try:
            self._put(_LOCK, me().encode(), mode="create")
        except (AlreadyExistsError, PreconditionError):
            self._take_over()
        try:
            yield
        finally:
            with suppress(DeployError, FileNotFoundError):
                self._ask(obstore.delete, _LOCK)

    def _take_over(self) -> None:
        """Take a lock that was left behind; of two that try, one gets it."""
        holder = (self._read(_LOCK) or b"?").decode("utf-8", "replace")
        self._put(_CLOCK, b"")
        now, lock = (self._ask(obstore.head, path) for path in (_CLOCK, _LOCK))
        if not has_ended(holder) and now["last_modified"] - lock["last_modified"] < _STALE:
            raise DeployError("de_busy", holder=holder)
        try:
            self._put(_LOCK, me().encode(), mode={"e_tag": lock["e_tag"]})
        except PreconditionError:
            raise DeployError("de_busy", holder=holder) from None

    # What is there

    def releases(self) -> list[str]:
        names = [path.removeprefix(_RELEASES) for path in self._names(_RELEASES)]
        return sorted((name for name in names if number(name)), key=number)

    def _shown(self) -> _Shown | None:
        data = self._read(_CURRENT)
        return msgspec.json.decode(data, type=_Shown) if data else None

    def current(self) -> str:
        shown = self._shown()
        return shown.id if shown else ""

    def release(self, id: str) -> Release | None:
        record, _, listing = (self._read(_RELEASES + id) or b"").partition(b"\0")
        return read(record, listing)

    def _there(self) -> dict[str, str]:
        """What the public can ask for, with the storage's tags."""
        if self._seen is None:
            self._seen = {path: tag for path, tag in self._names("").items() if not path.startswith(_OWN)}
        return self._seen

    def _journal(self) -> list[Release]:
        """The releases that were under way when a deployment was cut off."""
        data = self._read(_JOURNAL)
        ids = msgspec.structs.astuple(msgspec.json.decode(data, type=_Journal)) if data else ()
        return [found for id in ids if id and (found := self.release(id))]

    def strangers(self, shown: Release | None) -> set[str]:
        ours = {path for one in (*self._journal(), *([shown] if shown else [])) for path in one.files}
        return self._there().keys() - ours

    def sums(self, paths: Collection[str]) -> dict[str, str]:  # noqa: ARG002  # nothing moves there
        return {}

    def edited(self, shown: Release) -> list[str]:
        known, there = self._shown(), self._there()
        if known is None:
            return [*shown.files]
        left = {path for one in self._journal() for path in one.files}
        objects = {path: _object(path, total) for path, total in shown.files.items()}
        return [
            path
            for path in (*shown.files, *sorted(left - shown.files.keys()))
            if there.get(path) != known.tags.get(path) or known.objects.get(path) != objects.get(path)
        ]

    # What is done

    def send(self, release: Release, get: Get, told: Told) -> None:
        there = {path.removeprefix(_OBJECTS) for path in self._names(_OBJECTS)}
        wanted = {_object(path, total): path for path, total in release.files.items()}

        def put(name: str) -> None:
            path, others = wanted[name], [one for one in there if one.startswith(name[:64])]
            data = (self._read(_OBJECTS + others[0]) or b"") if others else get(path)
            about = {"Content-Type": headers.content_type(path), "Cache-Control": headers.cache_control(path)}
            self._put(_OBJECTS + name, data, attributes=about)
            told(len(data))

        self._each(put, [name for name in wanted if name not in there])
        self._put(_RELEASES + release.id, release.record() + b"\0" + release.listing())

    def faulty(self, release: Release) -> list[str]:
        there = {path.removeprefix(_OBJECTS)[:64] for path in self._names(_OBJECTS)}
        return [path for path, total in release.files.items() if total not in there]

    def show(self, release: Release) -> None:
        from honorroll.publish import order

        known, there = self._shown(), self._there()
        before = self.release(known.id) if known else None
        objects = {path: _object(path, total) for path, total in release.files.items()}
        missing = {*objects.values()} - {path.removeprefix(_OBJECTS) for path in self._names(_OBJECTS)}
        if missing:  # what hosts are to say has changed since that release was made
            self.send(release, lambda path: b"", lambda size: None)
        stale = [
            path
            for path, name in objects.items()
            if not (known and known.objects.get(path) == name and there.get(path) == known.tags.get(path))
        ]
        left = [*self._journal(), *([before] if before else [])]
        tag = self._tag(_CURRENT)
        self._put(_JOURNAL, msgspec.json.encode(_Journal(known.id if known else "", release.id)))
        for step in range(3):  # what pages load, pages, lists of pages; of each the new ones first
            for is_there in (False, True):
                some = [path for path in stale if sum(order(path)[:2]) == step and (path in there) == is_there]
                self._each(lambda path: self._ask(obstore.copy, _OBJECTS + objects[path], path), some)
        self._seen = None
        tags = {path: tag for path, tag in self._there().items() if path in objects}
        current = msgspec.json.encode(_Shown(release.id, tags, objects))
        try:
            self._put(_CURRENT, current, mode={"e_tag": tag} if tag else "create")
        except (AlreadyExistsError, PreconditionError):
            raise DeployError("de_busy", holder=self._where) from None
        gone = {path for one in left for path in one.files} - objects.keys()
        for path in sorted(gone & self._there().keys(), key=order, reverse=True):
            self._ask(obstore.delete, path)
        self._ask(obstore.delete, _JOURNAL)

    def _tag(self, path: str) -> str:
        try:
            found: str = self._ask(obstore.head, path)["e_tag"] or ""
        except FileNotFoundError:
            return ""
        return found

    def drop(self, ids: Sequence[str]) -> None:
        for id in ids:
            self._ask(obstore.delete, _RELEASES + id)
        kept = [found for id in self.releases() if (found := self.release(id))]
        wanted = {_object(path, total) for one in kept for path, total in one.files.items()}
        stray = [path for path in self._names(_OBJECTS) if path.removeprefix(_OBJECTS) not in wanted]
        if stray:
            self._ask(obstore.delete, stray)


def _object(path: str, total: str) -> str:
    """The name of the object that a file is copied from: by its bytes, and by what the host says of it."""
    return f"{total}-{fingerprint(f'{headers.content_type(path)} {headers.cache_control(path)}'.encode())[:8]}"


def _short(error: BaseException) -> str:
    """The first line of what the library says, without the addresses in it."""
    return str(error).partition("\n")[0].partition(" - ")[0][:200]

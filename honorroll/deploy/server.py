"""A server over SSH: the same releases and link as in a folder, made by a few lines of shell.

It needs `ssh` here, and there `sh`, `tar` and the tools of GNU or BusyBox; no rsync, which Windows has not. The user's own
configuration of SSH holds keys, ports and jump hosts. `HONORROLL_SSH` names another command than `ssh`.
"""

import io
import os
import shlex
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import NamedTuple

from honorroll.deploy.holders import has_ended, me
from honorroll.deploy.releases import RELEASE, DeployError, Get, Release, Told, number, read
from honorroll.publish import LIST

#: Questions on a terminal are for the user's own `ssh`.
_SSH = "ssh -o ConnectTimeout=15 -o BatchMode=yes"
#: How often files are sent again that did not arrive as they should.
_ROUNDS = 3
#: What systems say of a full disk; and what tells more than the line after it.
_FULL = ("No space left", "uota exceeded", "File too large", "File size limit")
_PLAIN = ("No space left on device", "Permission denied", "Read-only file system")
#: Between the parts of an answer.
_MARK = "--honorroll--"

#: What runs on the server. The first argument is what to do, the second the folder. Exit codes: 75 somebody else deploys, 74 no link.
_SHELL = r"""
set -eu; export LC_ALL=C; umask 022
do=$1 root=$2; shift 2
mark() { echo "--honorroll--"; }
# Of a list, the files in this folder that are missing or other ones. A list escapes no name that a site may have.
bad() { sha256sum -c "$1" 2>/dev/null | sed -n 's/: FAILED.*$//p'; }
case $do in
begin)
  mkdir -p "$root"; cd "$root"
  if ! mkdir .honorroll.lock 2>/dev/null; then
    [ -d .honorroll.lock ] || mkdir .honorroll.lock # which says why it cannot be made
    holder=$(cat .honorroll.lock/holder 2>/dev/null || echo '?')
    # One that nobody has touched for a quarter of an hour, by the clock of this server, was cut off.
    if [ "$holder" != "$2" ] && [ -z "$(find .honorroll.lock -prune -mmin +15)" ]; then echo "$holder"; exit 75; fi
  fi
  # `cat` says why it cannot write.
  echo "$1" | cat > .honorroll.lock/holder || { rm -rf .honorroll.lock; exit 1; }
  touch .honorroll.lock
  readlink current 2>/dev/null || true; mark
  ls -A releases 2>/dev/null || true; mark
  ls -A | while IFS= read -r name; do case $name in releases|.honorroll.lock|.current.new|lost+found) ;; current) [ -L current ] || echo current ;; *) find "./$name" ! -type d | sed 's/^\.\///' ;; esac; done; mark
  cd current 2>/dev/null || exit 0
  cat .honorroll.release 2>/dev/null || true; mark; cat .honorroll 2>/dev/null || true; mark
  find . -type f | sed 's/^\.\///'; mark; bad .honorroll ;;
unlock) rm -rf "$root/.honorroll.lock" ;;
read) cd "$root/releases/$1"; cat .honorroll.release 2>/dev/null || true; mark; cat .honorroll 2>/dev/null || true ;;
sums) cd "$root"; xargs -0 sha256sum ;;
prepare)
  touch "$root/.honorroll.lock"; mkdir -p "$root/releases"; cd "$root/releases"
  for old in .*.part; do [ "$old" = ".$1.part" ] || rm -rf "$old"; done
  if [ ! -d ".$1.part" ]; then
    rm -rf .making
    if [ -n "$2" ]; then cp -al "$2" .making; else mkdir .making; fi
    mv .making ".$1.part"
  fi
  cd ".$1.part"; shift 2
  for name in "$@"; do [ -e "./$name" ] || { mkdir -p "$(dirname "./$name")"; cp -p "../../$name" "./$name"; }; done
  rm -f .honorroll .honorroll.release; cat > .honorroll
  cut -c67- .honorroll | sort > ../.wanted; find . -type f | sed 's/^\.\///' | sort > ../.there
  comm -13 ../.wanted ../.there | grep -vx .honorroll | while IFS= read -r name; do rm -f "$name"; done
  rm -f ../.wanted ../.there; find . -mindepth 1 -depth -type d -empty -exec rmdir {} \; 2>/dev/null || true
  bad .honorroll ;;
receive)
  touch "$root/.honorroll.lock"; cd "$root/releases/.$1.part"
  tar -xf -; bad .honorroll ;;
whole) cd "$root/releases/$1" 2>/dev/null || cd "$root/releases/.$1.part"; bad .honorroll ;;
show)
  cd "$root"; [ -d "releases/$1" ] || mv "releases/.$1.part" "releases/$1"
  sync; rm -f .current.new; ln -s "releases/$1" .current.new || exit 74
  mv -T .current.new current ;;
drop) cd "$root/releases"; for id in "$@"; do mv "$id" ".$id.gone.part"; rm -rf ".$id.gone.part"; done ;;
esac
"""


class ServerTarget:
    """A folder with releases on a server; `to` is `user@server:path`."""

    compresses = True

    def __init__(self, to: str) -> None:
        self._seen = _Seen(*[""] * 7)
        self._shared: list[str] = []
        self._faulty: tuple[str, list[str]] = ("", [])
        self._host, colon, self._root = to.partition(":")
        if not colon or not self._root or self._host.startswith("-"):
            raise DeployError("de_address", to=to, example="user@server:/srv/www/honor")

    def _run(self, verb: str, *values: str, data: bytes = b"") -> str:
        """Run one of the verbs of `_SHELL` there; what it prints."""
        words = shlex.join(["sh", "-c", _SHELL, "honorroll", verb, self._root, *values])
        command = shlex.split(os.environ.get("HONORROLL_SSH", _SSH)) + self._shared
        try:
            done = subprocess.run([*command, self._host, words], input=data, capture_output=True, check=False)  # noqa: S603  # the user's own ssh; a host that is no option
        except OSError as error:
            raise DeployError("de_no_program", program=command[0], why=error.strerror or str(error)) from None
        said = done.stdout.decode("utf-8", "replace")
        if done.returncode:
            raise self._refused(done.returncode, said, done.stderr.decode("utf-8", "replace").strip())
        return said

    def _refused(self, code: int, said: str, why: str) -> DeployError:
        lines = why.splitlines() or [f"{code}"]
        last = next((line for line in lines if line.endswith(_PLAIN)), lines[-1])
        if code == 75:
            return DeployError("de_busy", holder=said.strip())
        if code == 74:
            return DeployError("de_no_links", why=last)
        if any(words in why for words in _FULL):
            return DeployError("de_full", where=self._host, why=last)
        if "Permission denied" in why or "Read-only" in why:
            key = "de_login" if code == 255 else "de_denied"
            return DeployError(key, where=self._host, why=last)
        return DeployError("de_unreachable" if code == 255 else "de_failed", where=self._host, why=last)

    @contextmanager
    def held(self) -> Iterator[None]:
        with self._connected(), self._locked():
            yield

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            said = self._run("begin", me(), "")
        except DeployError as error:
            holder = str(error.values.get("holder", ""))
            if error.key != "de_busy" or not has_ended(holder):
                raise
            said = self._run("begin", me(), holder)
        parts = said.split(f"{_MARK}\n")
        self._seen = _Seen(*parts, *[""] * (7 - len(parts)))
        try:
            yield
        finally:
            with suppress(DeployError):  # what is cut off is known by its age
                self._run("unlock")

    @contextmanager
    def _connected(self) -> Iterator[None]:
        """One connection for all that is run, where the system can: each takes as long as all the rest."""
        if sys.platform == "win32":
            yield
            return
        with tempfile.TemporaryDirectory(prefix="hr") as folder:
            self._shared = ["-o", "ControlMaster=auto", "-o", f"ControlPath={folder}/%C", "-o", "ControlPersist=60"]
            try:
                yield
            finally:
                command = shlex.split(os.environ.get("HONORROLL_SSH", _SSH)) + self._shared
                subprocess.run([*command, "-O", "exit", self._host], capture_output=True, check=False)  # noqa: S603  # likewise
                self._shared = []

    def releases(self) -> list[str]:
        return sorted((name for name in self._seen.releases.splitlines() if number(name)), key=number)

    def current(self) -> str:
        return self._seen.current.strip().rpartition("/")[2]

    def release(self, id: str) -> Release | None:
        if id == self.current() and self._seen.record:
            record, listing = self._seen.record, self._seen.listing
        else:
            record, _, listing = self._run("read", id).partition(f"{_MARK}\n")
        return read(record.encode(), listing.encode())

    def strangers(self, shown: Release | None) -> set[str]:
        found = {*self._seen.beside.splitlines()}
        if shown:
            ours = {LIST, RELEASE, *shown.files} - {*shown.foreign}
            found |= {*self._seen.inside.splitlines()} - ours
        return found

    def sums(self, paths: Collection[str]) -> dict[str, str]:
        if not paths:
            return {}
        inside = {*self._seen.inside.splitlines()}
        places = sorted(f"current/{path}" if path in inside else path for path in paths)
        said = self._run("sums", data="\0".join(places).encode())
        return {line[66:].removeprefix("current/"): line[:64] for line in said.splitlines()}

    def edited(self, shown: Release) -> list[str]:
        return [path for path in self._seen.bad.splitlines() if path in shown.files]

    def send(self, release: Release, get: Get, told: Told) -> None:
        bad = self._run("prepare", release.id, self.current(), *release.foreign, data=release.listing()).splitlines()
        for _ in range(_ROUNDS):
            packed = self._packed(bad, release, get)
            told(len(packed))
            bad = self._run("receive", release.id, data=packed).splitlines()
            if not bad:
                break
        self._faulty = release.id, bad

    def _packed(self, paths: Sequence[str], release: Release, get: Get) -> bytes:
        """An archive of files, and of the release's record."""
        made = io.BytesIO()
        with tarfile.open(fileobj=made, mode="w", format=tarfile.PAX_FORMAT) as archive:
            for path in [*paths, RELEASE]:
                if path in release.foreign:
                    raise DeployError("de_changed", file=path)
                data = release.record() if path == RELEASE else get(path)
                entry = tarfile.TarInfo(path)
                entry.size, entry.mode = len(data), 0o644
                archive.addfile(entry, io.BytesIO(data))
        return made.getvalue()

    def faulty(self, release: Release) -> list[str]:
        id, bad = self._faulty
        return bad if id == release.id else self._run("whole", release.id).splitlines()

    def show(self, release: Release) -> None:
        self._run("show", release.id)
        releases = "\n".join({*self._seen.releases.splitlines(), release.id})
        self._seen = self._seen._replace(current=release.id, releases=releases)

    def drop(self, ids: Sequence[str]) -> None:
        if ids:
            self._run("drop", *ids)


class _Seen(NamedTuple):
    """What `begin` tells of the folder, part by part."""

    current: str
    releases: str
    beside: str
    record: str
    listing: str
    inside: str
    bad: str

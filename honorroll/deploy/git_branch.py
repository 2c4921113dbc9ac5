"""A branch of a Git repository, as Pages hosts show it. Each release is a commit without parents, kept under a name of its own.

So the branch does not grow, and what has been taken down is really gone once its release has been dropped. Only Git's own commands
are used, on a repository in `.cache/deploy/`: neither the index nor the files of the project are touched, and Git's own
configuration holds the keys. Of two deployments at once the second is refused by the lease on what it has seen.
"""

import os
import subprocess
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from itertools import chain
from pathlib import Path

from honorroll.deploy.releases import RELEASE, DeployError, Get, Release, Told, number, read
from honorroll.fingerprint import fingerprint
from honorroll.publish import LIST

#: Where releases are kept in the repository, apart from branches and tags.
_KEPT = "refs/honorroll/"
#: The remote branch, in our repository.
_THERE = "refs/there"
_WHO = {"NAME": "honorroll", "EMAIL": "honorroll@localhost"}


class BranchTarget:
    """A branch with its releases. Hosts of branches compress by themselves."""

    compresses = False

    def __init__(self, to: str, branch: str, root: Path) -> None:
        if to.startswith("-") or branch.startswith("-"):
            raise DeployError("de_address", to=to, example="git@example.org:honor/site.git")
        self._to = str(root / to) if (root / to).is_dir() else to
        self._branch = f"refs/heads/{branch}"
        self._folder = root / ".cache" / "deploy" / f"{fingerprint(f'{to} {branch}'.encode())[:16]}.git"

    def _git(self, *words: str, data: bytes = b"", index: str = "") -> bytes:
        command = ["git", f"--git-dir={self._folder}", "-c", "core.autocrlf=false", "-c", "gc.auto=0", *words]
        outer = {name: value for name, value in os.environ.items() if not name.startswith("GIT_DIR")}
        who = {f"GIT_{role}_{name}": value for role in ("AUTHOR", "COMMITTER") for name, value in _WHO.items()}
        settings = {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"} | ({"GIT_INDEX_FILE": index} if index else {})
        try:
            done = subprocess.run(  # noqa: S603  # words of ours, and an address that is no option
                command, input=data, capture_output=True, check=False, env=outer | who | settings
            )
        except OSError as error:
            raise DeployError("de_no_program", program="git", why=error.strerror or str(error)) from None
        if done.returncode:
            raise self._refused(done.stderr.decode("utf-8", "replace").strip())
        return done.stdout

    def _refused(self, why: str) -> DeployError:
        lines = [line for line in why.splitlines() if line.startswith(("fatal:", "error:", " !"))] or [why]
        said = lines[0].strip()
        if "stale info" in why or "fetch first" in why or "cannot lock ref" in why:
            return DeployError("de_busy", holder=self._to)
        if "Authentication failed" in why or "Permission denied" in why or "could not read Username" in why:
            return DeployError("de_login", where=self._to, why=said)
        if "remote rejected" in why or "insufficient permission" in why:
            return DeployError("de_denied", where=self._to, why=said)
        if "No space left" in why:
            return DeployError("de_full", where=self._to, why=said)
        return DeployError("de_unreachable", where=self._to, why=said)

    @contextmanager
    def held(self) -> Iterator[None]:
        if not (self._folder / "HEAD").exists():
            self._folder.parent.mkdir(parents=True, exist_ok=True)
            self._git("init", "--quiet", "--bare")
        names = self._git("ls-remote", self._to).decode().splitlines()
        self._refs = {name: commit for commit, name in (line.split("\t") for line in names)}
        wanted = [name for name in self._refs if name == self._branch or name.startswith(_KEPT)]
        if wanted:
            specs = [f"+{name}:{_THERE if name == self._branch else name}" for name in wanted]
            self._git("fetch", "--quiet", "--no-tags", "--depth=1", self._to, *specs)
        yield

    def releases(self) -> list[str]:
        names = [name.removeprefix(_KEPT) for name in self._refs if name.startswith(_KEPT)]
        return sorted((name for name in names if number(name)), key=number)

    def current(self) -> str:
        tip = self._refs.get(self._branch)
        shown = [id for id in self.releases() if self._refs[_KEPT + id] == tip]
        return shown[-1] if shown else self._edited_release(tip)

    def _edited_release(self, tip: str | None) -> str:
        """The release that somebody has added commits to: its record stands in the tree."""
        found = read(self._file(tip, RELEASE), b"") if tip else None
        return found.id if found and _KEPT + found.id in self._refs else ""

    def _file(self, commit: str, path: str) -> bytes:
        try:
            return self._git("cat-file", "blob", f"{commit}:{path}")
        except DeployError:
            return b""

    def release(self, id: str) -> Release | None:
        commit = self._refs[_KEPT + id]
        return read(self._file(commit, RELEASE), self._file(commit, LIST))

    def _tree(self, commit: str | None) -> dict[str, str]:
        """Blobs by path."""
        listed = self._git("ls-tree", "-r", "-z", commit) if commit else b""
        entries = (entry.split("\t") for entry in listed.decode().split("\0") if entry)
        return {path: head.split(" ")[2] for head, path in entries}

    def strangers(self, shown: Release | None) -> set[str]:
        there = self._tree(self._refs.get(self._branch))
        ours = self._tree(self._refs[_KEPT + shown.id]).keys() - {*shown.foreign} if shown else set()
        return there.keys() - ours

    def sums(self, paths: Collection[str]) -> dict[str, str]:
        there = self._tree(self._refs.get(self._branch))
        return {path: sha256(self._git("cat-file", "blob", there[path])).hexdigest() for path in paths}

    def edited(self, shown: Release) -> list[str]:
        there, ours = self._tree(self._refs[self._branch]), self._tree(self._refs[_KEPT + shown.id])
        return [path for path in shown.files if there.get(path) != ours.get(path)]

    def send(self, release: Release, get: Get, told: Told) -> None:
        shown = self.release(self.current()) if self.current() else None
        ours = self._tree(self._refs[_KEPT + shown.id]) if shown else {}
        foreign = self._tree(self._refs.get(self._branch)) if release.foreign else {}
        old = shown.files if shown else {}
        entries = {path: ours[path] for path, total in release.files.items() if old.get(path) == total and path in ours}
        entries |= {path: foreign[path] for path in release.foreign}
        sent = [path for path in release.files if path not in entries]
        record = {RELEASE: release.record(), LIST: release.listing()}
        contents = chain(((path, get(path)) for path in sent), record.items())
        entries |= self._blobs(contents, told)
        index = str(self._folder / "index.new")
        self._git("read-tree", "--empty", index=index)
        lines = "".join(f"100644 {blob}\t{path}\0" for path, blob in sorted(entries.items()))
        self._git("update-index", "-z", "--index-info", data=lines.encode(), index=index)
        tree = self._git("write-tree", index=index).decode().strip()
        commit = self._git("commit-tree", tree, "-m", f"honorroll {release.id}").decode().strip()
        name = _KEPT + release.id
        self._git("push", "--quiet", f"--force-with-lease={name}:", self._to, f"{commit}:{name}")
        self._git("update-ref", name, commit)
        self._refs[name] = commit

    def _blobs(self, contents: Iterable[tuple[str, bytes]], told: Told) -> dict[str, str]:
        """Store files; the names that Git gives them."""
        paths: list[str] = []
        marks = self._folder / "marks"
        marks.unlink(missing_ok=True)

        def lines() -> Iterator[bytes]:
            for path, data in contents:
                paths.append(path)
                told(len(data))
                yield b"blob\nmark :%d\ndata %d\n%b\n" % (len(paths), len(data), data)

        self._git("fast-import", "--quiet", f"--export-marks={marks}", data=b"".join(lines()))
        blobs = (line.split(" ") for line in marks.read_text("ascii").splitlines())
        return {paths[int(mark[1:]) - 1]: blob for mark, blob in blobs}

    def faulty(self, release: Release) -> list[str]:  # Git's own names are checksums
        there = self._tree(self._refs[_KEPT + release.id])
        return [path for path in release.files if path not in there]

    def show(self, release: Release) -> None:
        commit, lease = self._refs[_KEPT + release.id], self._refs.get(self._branch, "")
        spec = f"{commit}:{self._branch}"
        self._git("push", "--quiet", f"--force-with-lease={self._branch}:{lease}", self._to, spec)
        self._refs[self._branch] = commit

    def drop(self, ids: Sequence[str]) -> None:
        if ids:
            self._git("push", "--quiet", self._to, *(f":{_KEPT}{id}" for id in ids))
        for id in ids:
            self._git("update-ref", "-d", _KEPT + id)
            del self._refs[_KEPT + id]

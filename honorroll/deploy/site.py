"""The files of a built site as they go to a target."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from honorroll.deploy import compression
from honorroll.deploy.releases import DeployError, Release
from honorroll.filesystem import atomic
from honorroll.publish import LIST, parse


class Site:
    """A built site, with what a target needs beside it.

    Only what stands on the site's own list goes out, and each file is compared with it when it is read.
    """

    def __init__(self, folder: Path, extra: Mapping[str, bytes] | None = None) -> None:
        self._folder = str(folder)
        self.files: dict[str, str] = parse(atomic.read(f"{folder}/{LIST}"))
        """SHA-256 by address."""
        self._made: dict[str, bytes] = {}
        for path, data in (extra or {}).items():
            self._add(path, data)

    def _add(self, path: str, data: bytes) -> None:
        self.files[path] = sha256(data).hexdigest()
        self._made[path] = data

    def compress(self, before: Release | None) -> str:
        """Add the compressed files; those of texts that are at the target already are taken as they are there. With what they are made."""
        encoder = compression.encoder()
        known = before.files if before and before.compressed == encoder else {}
        for path in [*self.files]:
            if known.get(path) == self.files[path]:
                beside = (f"{path}.gz", f"{path}.br")
                self.files |= {name: known[name] for name in beside if name in known}
                continue
            for name, data in compression.variants(path, self.read(path)).items():
                self._add(name, data)
        return encoder

    def size(self, path: str) -> int:
        """Bytes of a file; none where only the target has it."""
        if path in self._made:
            return len(self._made[path])
        try:
            return Path(self._folder, path).stat().st_size
        except OSError:
            return 0

    def read(self, path: str) -> bytes:
        """The bytes of a file.

        Raises:
            DeployError: it is not what the site's list says: somebody builds, or has changed it.
        """
        if path in self._made:
            return self._made[path]
        data = atomic.read(f"{self._folder}/{path}")
        if data is None and path.endswith((".gz", ".br")):
            made = compression.variants(path[:-3], self.read(path[:-3]))
            data = made.get(path)
        if data is None or sha256(data).hexdigest() != self.files.get(path):
            raise DeployError("de_moved", file=path)
        return data

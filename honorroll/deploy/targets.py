"""What a deployment asks of a target. Each keeps several releases and shows one of them."""

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from honorroll.deploy.releases import DeployError, Get, Release, Told
from honorroll.model import DeployTarget


class Target(Protocol):
    """A place that the public reads the site from. Everything raises `DeployError` when the place refuses."""

    compresses: bool
    """Whether compressed files are to stand beside the others, as the host sends them as they are."""

    def held(self) -> AbstractContextManager[None]:
        """Keep other deployments away. Everything else is asked within."""

    def releases(self) -> list[str]:
        """The ids of the releases that are there whole, in their order."""

    def current(self) -> str:
        """The id of the release that is shown; empty where there is none."""

    def release(self, id: str) -> Release | None:
        """A release by its id; none where its record cannot be read."""

    def strangers(self, shown: Release | None) -> set[str]:
        """Files that stand there and are not ours."""

    def sums(self, paths: Collection[str]) -> dict[str, str]:
        """SHA-256 of those of these strangers that are brought along from release to release."""

    def edited(self, shown: Release) -> list[str]:
        """Files that the public sees and that are not those of the release that is shown."""

    def send(self, release: Release, get: Get, told: Told) -> None:
        """Bring there what is missing of a release. The public sees nothing of it yet. What was cut off is taken up."""

    def faulty(self, release: Release) -> list[str]:
        """Files of a release that are missing or damaged at the target."""

    def show(self, release: Release) -> None:
        """Show a release that is there whole. What pages load comes before the pages, and what goes comes last."""

    def drop(self, ids: Sequence[str]) -> None:
        """Delete releases that are not shown."""


def target(declared: DeployTarget, root: Path) -> Target:
    """The target that a record declares, for the project in `root`."""
    if declared.kind == "文件夹":
        from honorroll.deploy.folder import FolderTarget

        return FolderTarget(root / declared.to)
    if declared.kind == "服务器":
        from honorroll.deploy.server import ServerTarget

        return ServerTarget(declared.to)
    if declared.kind == "Git分支":
        from honorroll.deploy.git_branch import BranchTarget

        return BranchTarget(declared.to, declared.branch, root)
    try:
        from honorroll.deploy.object_storage import StorageTarget
    except ModuleNotFoundError:
        raise DeployError("de_no_extra") from None
    return StorageTarget(declared)

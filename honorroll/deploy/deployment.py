"""The way of a site to a target, the same for every kind.

hold → look → plan → send → check → show → drop
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from msgspec import Struct

from honorroll.deploy.releases import DeployError, Plan, Release, Told, plan, refused
from honorroll.deploy.site import Site
from honorroll.deploy.targets import Target
from honorroll.publish import is_declared

#: How many names a message holds.
_NAMED = 5


class Listed(Struct, frozen=True):
    """A release of a target, for people."""

    id: str
    at: str
    files: int
    shown: bool


def look(
    target: Target, site: Site, at: str, *, declared: Collection[str] = (), carry: bool = True
) -> tuple[Plan, Release | None]:
    """What a deployment would do, and the release that is shown. The target is to be held.

    Args:
        target: where to.
        site: what.
        at: the time, for people.
        declared: files at the target that are not ours and stay.
        carry: whether what pages of the release before load stays for one release more.

    Raises:
        DeployError: somebody else's files stand there, or the site has changed meanwhile.
    """
    current = target.current()
    shown = target.release(current) if current else None
    strangers = target.strangers(shown)
    others = {name for name in strangers if not is_declared(name, declared)}
    if others:
        raise DeployError("de_foreign", names=_named(others))
    if both := strangers & site.files.keys():
        raise DeployError("de_both", names=_named(both))
    compressed = site.compress(shown) if target.compresses else ""
    edited = [path for path in target.edited(shown) if shown and path not in shown.foreign] if shown else []
    return (
        plan(
            shown,
            site.files,
            target.releases(),
            at,
            foreign=target.sums(strangers),
            compressed=compressed,
            edited=edited,
            carry=carry,
        ),
        shown,
    )


def _named(paths: Collection[str]) -> str:
    """Some of these paths, and how many more there are."""
    more = len(paths) - _NAMED
    return "、".join(sorted(paths)[:_NAMED]) + (f" …… +{more}" if more > 0 else "")


def carry_out(target: Target, planned: Plan, shown: Release | None, site: Site, keep: int, told: Told) -> None:
    """Do what was planned. The target is to be held.

    Raises:
        DeployError: `state` among its values says what the public sees now.
    """
    release = planned.release
    with _in_state("de_state_old", shown):
        target.send(release, site.read, told)
        if bad := target.faulty(release):
            raise DeployError("de_damaged", names="、".join(bad[:_NAMED]))
    with _in_state("de_state_between", shown):
        target.show(release)
    with _in_state("de_state_new", release):
        target.drop(target.releases()[:-keep])


def roll_back(target: Target, id: str) -> Release:
    """Show an earlier release: `id`, or without one the release before the one that is shown.

    Raises:
        DeployError: it is not there, or not whole.
    """
    with target.held():
        known, current = target.releases(), target.current()
        if not id:
            earlier = known[: known.index(current)] if current in known else known[:-1]
            if not earlier:
                raise DeployError("de_no_earlier")
            id = earlier[-1]
        release = target.release(id) if id in known else None
        if release is None:
            raise DeployError("de_no_release", id=id, known="、".join(known) or "-")
        if bad := [path for path in target.faulty(release) if path not in release.foreign]:  # others renew theirs
            raise DeployError("de_damaged", names="、".join(bad[:_NAMED]))
        with _in_state("de_state_between", None):
            target.show(release)
        return release


def listed(target: Target) -> list[Listed]:
    """The releases of a target, the newest first."""
    with target.held():
        current = target.current()
        found = [target.release(id) for id in reversed(target.releases())]
        return [Listed(one.id, one.at, len(one.files), one.id == current) for one in found if one]


@contextmanager
def _in_state(key: str, release: Release | None) -> Iterator[None]:
    """Say in each error what the public sees."""
    try:
        try:
            yield
        except OSError as error:
            raise refused(error) from None
    except DeployError as error:
        error.values |= {"state": key, "release": release.id if release else "-"}
        raise

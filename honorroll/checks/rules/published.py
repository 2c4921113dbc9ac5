"""REC-02 to REC-04: what was published changes by a correction or a revocation that readers can find, never silently."""

from collections.abc import Iterator

from honorroll.checks.rules.breach import breach
from honorroll.diagnostics import Diagnostic, Place
from honorroll.model import UNREAD, Campaign, Told, urls
from honorroll.record import edition_path, facts, is_comparable

#: States of awards that no day changes, and documents that change what another has said.
_SETTLED = ("已授予", "未授予", "已撤销")
_CORRECTING = ("更正", "撤销")


def changed(campaign: Campaign) -> Iterator[Diagnostic]:
    """All of them; nothing where nothing was published, or the build is of an earlier day."""
    published = campaign.published
    if not published.editions or not is_comparable(campaign):
        return
    moved = {redirect.old: redirect.to for redirect in campaign.redirects if redirect.to}
    now = facts(campaign)
    # Readers see no id of a figure: one that says the same under a new id was renamed.
    renamed = [value for (kind, id), value in now.items() if kind == "figure" and (kind, id) not in published.facts]
    for (kind, known_as), told in published.facts.items():
        id = known_as
        if kind == "page" or now.get((kind, id)) == told.value:
            continue
        if kind == "figure" and (kind, known_as) not in now and told.value in renamed:
            renamed.remove(told.value)
            continue
        if kind in ("award", "notice"):
            page = moved.get(urls.page(kind, known_as), "")  # `rename` has left word
            id = page.rpartition("/")[2].removesuffix(".html") or known_as
        value = now.get((kind, id), "")
        if value != told.value and not campaign.faulty.get(f"{kind}s", frozenset()) & {id, UNREAD}:
            yield from _RULES[kind](campaign, id, told, value, moved)


def _award(campaign: Campaign, id: str, told: Told, value: str, moved: dict[str, str]) -> Iterator[Diagnostic]:
    award, then = campaign.awards.get(id), told.value.split()
    if award is None or not value:
        listed = any(id in notice.awards for notice in campaign.notices.values())
        if award or not listed:  # else AWD-09 tells
            yield _gone("REC-02", id, told)
        return
    now, papers = value.split(), {award.notice, award.decision}
    if now[0] != then[0]:
        natural = then[0] not in _SETTLED or (then[0], now[0]) == ("已授予", "已撤销")
        if not natural and not _is_corrected(campaign, told, {id, *papers}):
            why = f"公布过“{then[0]}”，现在是“{now[0]}”", f"it was published as {then[0]} and is {now[0]} now"
            yield breach("REC-02", award, why=why, related=[_place(told)], id=id)
        return
    others = then[0] in _SETTLED and _renamed(then[2], moved) != now[2]
    if others and not _is_corrected(campaign, told, {id, then[2], *papers}):
        why = f"文件公布的是 {then[2]}，现在是 {now[2]}", f"its document was {then[2]} and is {now[2]} now"
        yield breach("REC-03", award, why=why, related=[_place(told)], id=id)


def _renamed(id: str, moved: dict[str, str]) -> str:
    return moved.get(urls.page("notice", id), f"/{id}.html").rpartition("/")[2].removesuffix(".html")


def _notice(campaign: Campaign, id: str, told: Told, value: str, _: dict[str, str]) -> Iterator[Diagnostic]:
    notice = campaign.notices.get(id)
    if notice is None:
        yield _gone("REC-03", id, told)
        return
    then = told.value.split()
    now = value.split() or [then[0], str(notice.date), *then[2:]]  # it is dated later now
    parts = zip(("kind", "date", "end", "number"), then, now, strict=True)
    others = [(name, old, new) for name, old, new in parts if old not in (new, "-")]
    if others and not _is_corrected(campaign, told, {id}):
        name, old, new = others[0]
        why = f"公布的是 {old}，现在是 {new}", f"it was published with {old} and has {new} now"
        yield breach("REC-03", notice, name, why=why, related=[_place(told)], id=id)


def _figure(campaign: Campaign, id: str, told: Told, value: str, _: dict[str, str]) -> Iterator[Diagnostic]:
    figure, then, now = campaign.figures.get(id), told.value.split(), value.split()
    if figure is None:
        yield _gone("REC-04", id, told)
        return
    # Of a later day a figure may say something else.
    silent = not now or now[2] < then[2] or (now[2] == then[2] and now[:2] != then[:2])
    if silent and not (figure.change and now and now[3] not in (then[3], "-")):
        old, new = "".join(then[:2]), f"{figure.value}{figure.approximate}{figure.unit}"
        why = f"公布的是 {old}，现在是 {new}", f"it was published as {old} and is {new} now"
        yield breach("REC-04", figure, "value", why=why, related=[_place(told)], id=id)


_RULES = {"award": _award, "notice": _notice, "figure": _figure}


def _is_corrected(campaign: Campaign, told: Told, ids: set[str | None]) -> bool:
    """Whether a correction or revocation names one of these that came after what was told."""
    return any(
        notice.kind in _CORRECTING
        and notice.date <= campaign.today
        and (notice.corrects in ids - {None} or ids & {*notice.awards})
        and campaign.published.first.get(("notice", id), told.edition + 1) > told.edition
        for id, notice in campaign.notices.items()
    )


def _gone(rule: str, id: str, told: Told) -> Diagnostic:
    why = "公布过，现在不见了", "it was published and is gone"
    return Diagnostic(rule, _place(told), {"id": id, "why_zh": why[0], "why": why[1]}, id)


def _place(told: Told) -> Place:
    return Place(edition_path(told.edition), line=told.line, column=1)


RULES = (changed,)

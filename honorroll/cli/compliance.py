"""A page for the editor: what passes, what is waived, what is wrong and what is due. Not part of the site."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import jinja2
from msgspec import Struct

from honorroll.checks import PREFIXES, RULES, Finding, Rule, explain, has_errors, notes, number, plain, where
from honorroll.chinese import day_beside
from honorroll.diagnostics import Severity, Span
from honorroll.engine import Result
from honorroll.inputs import FOLDERS
from honorroll.model import PENDING, Campaign, state
from honorroll.pages import SECTIONS
from honorroll.publish import LIST
from honorroll.render import environment

#: Findings of these rules are reminders of work to be done.
_REMINDERS = ("SUM-02",)
#: How much of a long line is shown, in characters before and after the place.
_BEFORE, _AFTER = 40, 80


class Row(Struct, frozen=True):
    """A rule in the overview.

    `state` is `wrong`, `warned`, `waived` or `noted` by the worst of its `number` findings; without one it is
    `passed`, `open` (errors kept some checks from being made) or `later` (only a build can tell).
    """

    id: str
    title: str
    state: str
    number: int


class Note(Struct, frozen=True):
    """A finding: its rule, what it says, the place, the line as text before, in and after it, and what else to say."""

    rule: str
    message: str
    where: str
    record: str
    line: int
    parts: tuple[str, str, str]
    notes: tuple[str, ...]


class Due(Struct, frozen=True):
    """Something to be done, until a day if there is one, with the rule that asks for it if there is one."""

    text: str
    until: date | None = None
    rule: str = ""


def misplaced(file: Path, root: Path) -> bool:
    """Whether a report may not be written there: it is no page, or would be published or read as an input."""
    path = file.resolve()
    inside = any(path.is_relative_to((root / folder).resolve()) for folder in (*FOLDERS, "site"))
    owned = any((folder / LIST).exists() for folder in path.parents)
    return path.suffix.lower() not in (".html", ".htm") or path.is_dir() or inside or owned


def page(result: Result, today: date) -> str:
    """The report on a check, in Chinese, as an HTML document that needs no other file."""
    findings, campaign = result.findings, result.campaign
    by_state = {state: [f for f in findings if _state(f) == state] for state in ("wrong", "warned", "waived", "noted")}
    areas = list(_areas(findings))
    values: dict[str, Any] = {
        "title": campaign.info.title if campaign else "",
        "today": today,
        "pages": result.pages,
        "failed": has_errors(findings),
        "groups": {state: [_note(f) for f in group] for state, group in by_state.items()},
        "numbers": {state: number(group) for state, group in by_state.items()},
        "due": [*_due(campaign, today), *_reminders(findings)] if campaign else [],
        "areas": areas,
        "found": {f.diagnostic.rule for f in findings},
        "passed": sum(row.state == "passed" for _, rows in areas for row in rows),
        "rules": [
            (rule, explain.title(rule, "zh"), explain.hint(rule, "zh")) for rule in sorted(RULES.values(), key=_order)
        ],
    }
    text = Path(__file__).with_suffix(".html").read_text(encoding="utf-8")
    sealed = environment(jinja2.DictLoader({}), str, str)
    sealed.begin()
    return sealed.from_string(text).render(values)


def _state(finding: Finding) -> str:
    if finding.severity is Severity.INFO:
        return "noted" if RULES[finding.diagnostic.rule].severity is Severity.INFO else "waived"
    return "wrong" if finding.severity is Severity.ERROR else "warned"


def _areas(findings: Iterable[Finding]) -> Iterator[tuple[str, list[Row]]]:
    """The name of each area, and its rules."""
    worst = {f.diagnostic.rule: _state(f) for f in sorted(findings, key=lambda f: -f.severity)}
    numbers = Counter[str]()
    for finding in findings:
        numbers[finding.diagnostic.rule] += 1 + finding.more
    clear = "open" if "wrong" in worst.values() else "passed"
    areas: dict[str, list[Row]] = {}
    for rule in sorted(RULES.values(), key=_order):
        state = worst.get(rule.id) or ("later" if rule.id.startswith("PUB") else clear)
        row = Row(rule.id, rule.explanation[0].partition("。")[0], state, numbers[rule.id])
        areas.setdefault(PREFIXES[rule.id[:3]][0], []).append(row)
    yield from areas.items()


def _order(rule: Rule) -> tuple[int, str]:
    return list(PREFIXES).index(rule.id[:3]), rule.id


def _note(finding: Finding) -> Note:
    return Note(
        finding.diagnostic.rule,
        plain(finding.message("zh")),
        where(finding.span),
        plain(finding.diagnostic.record),
        finding.span.line,
        _parts(finding.span),
        tuple(notes(finding, "zh")),
    )


def _parts(span: Span) -> tuple[str, str, str]:
    text, start = span.text, max(0, span.column - 1)
    end = min(start + max(1, span.length), start + _AFTER)
    before, inside, after = (
        plain(part.replace("\t", " "))
        for part in (text[max(0, start - _BEFORE) : start], text[start:end], text[end : start + _AFTER])
    )
    return (
        ("…" if start > _BEFORE else "") + before.lstrip(),
        inside,
        after + ("…" if len(text) > start + _AFTER else ""),
    )


def _due(campaign: Campaign, today: date) -> Iterator[Due]:
    waiting = Counter(award.notice for award in campaign.awards.values() if state(campaign, award) in PENDING)
    for notice in campaign.notices.values():
        if notice.kind != "公示" or notice.end is None:
            continue
        name, number = f"“{notice.title}”（{notice.number}）", waiting[notice.id]
        if today <= notice.end:
            yield Due(f"公示{name}还没有期满；期满前不能作出表彰决定。", notice.end)
        elif number:
            yield Due(f"公示{name}已于{day_beside(notice.end, today)}期满，还有 {number} 项荣誉等待作出决定。")
    if today <= campaign.info.end:
        yield Due("活动还在进行；结束以后要发布总结。", campaign.info.end, "SUM-02" if "SUM-02" in RULES else "")
    for section in SECTIONS.values():
        if section.menu and not section.has_content(campaign):
            yield Due(f"栏目“{section.menu.title}”还没有内容，不会出现在网站的菜单里。")


def _reminders(findings: Iterable[Finding]) -> Iterator[Due]:
    for finding in findings:
        if finding.diagnostic.rule in _REMINDERS and finding.severity is not Severity.INFO:
            yield Due(finding.message("zh"), rule=finding.diagnostic.rule)

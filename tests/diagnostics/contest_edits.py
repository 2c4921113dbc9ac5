"""The rules of contest and awards: the small valid project with a few words changed.

`<RULE>-<slug>` breaks the rule; `<RULE>-<slug>-is-fine` comes near and must pass without any finding.
"""

from functools import partial

from conftest import Project
from diagnostics.duty_edits import CASES

AWARDS, CYCLES, NOTICES, PROJECTS = (f"data/{name}.yaml" for name in ("awards", "cycles", "notices", "projects"))
INSPECTIONS, CAMPAIGN = "data/inspections.yaml", "data/campaign.yaml"

SECOND = (
    "- {id: p02, name: 二小护校项目, cycle: y2022, site_kind: 学校, company: c01, client: k01, "
    "guards: 10, certified: 10, applied: 2022-09-01}\n"
)
THIRD = SECOND.replace("p02", "p03").replace("二小", "三小")
APPLIED = "applied: 2022-09-01}"


def left(kind: str) -> str:
    """How a project says that it left, in place of `APPLIED`."""
    return f"applied: 2022-09-01, exit: {{kind: {kind}, date: 2022-10-01}}}}"


VETO = "vetoes: [{kind: 纠纷警情, date: 2022-10-05, note: 停车争执}]"
OBJECTION = "  objections:\n    - {{received: {}, about: 反映训练记录不实{}}}\n"
RECOMMENDED = "    visit: 2022-08-29\n    review: 2022-08-30\n    date: 2022-08-31"
REVOKED = "  revoked: {date: 2022-10-20, reason: 申报材料不实, notice: n03}\n"
REVOCATION = (
    "- {id: n03, kind: 撤销, title: 关于撤销的决定, date: 2022-10-20, issuers: [zd, xh], awards: [a01], body: 撤销。}\n"
)

GUARD = "- {id: a02, cycle: y2022, kind: 保安员, title: 平安之星, person: r01, notice: n01}\n"
PERSONS = "data/persons.yaml"
BY_STROKES = (CYCLES, "order_note: 排名不分先后", "other_titles: [平安之星]\n  person_order: 笔画")

#: What each case replaces, in which file. Text that replaces nothing is put after the end.
EDITS: dict[str, list[tuple[str, str, str]]] = {
    "CON-01-a-third-project": [(PROJECTS, "", SECOND + THIRD)],
    "CON-01-two-projects-is-fine": [(PROJECTS, "", SECOND)],
    "CON-01-a-third-that-left-is-fine": [(PROJECTS, "", SECOND + THIRD.replace(APPLIED, left("已退出")))],
    "CON-01-a-cycle-that-allows-three-is-fine": [
        (PROJECTS, "", SECOND + THIRD),
        (CYCLES, "  order_note", "  thresholds: {projects_per_company: 3}\n  order_note"),
    ],
    "CON-02-nine-guards": [(PROJECTS, "guards: 10\n  certified: 10", "guards: 9\n  certified: 9")],
    "CON-02-exactly-ten-is-fine": [(PROJECTS, "guards: 10", "guards: 10")],
    "CON-02-not-selected-is-fine": [
        (PROJECTS, "", SECOND.replace("guards: 10", "guards: 9").replace(APPLIED, left("未入选")))
    ],
    "CON-03-one-without": [(PROJECTS, "certified: 10", "certified: 9")],
    "CON-03-more-than-there-are": [(PROJECTS, "certified: 10", "certified: 11")],
    "CON-03-just-below-ninety-percent": [
        (PROJECTS, "guards: 10\n  certified: 10", "guards: 19\n  certified: 17"),
        (CYCLES, "  order_note", "  thresholds: {certified_percent: 90}\n  order_note"),
    ],
    "CON-03-ninety-percent-is-fine": [
        (PROJECTS, "certified: 10", "certified: 9"),
        (CAMPAIGN, "certified_percent: 100", "certified_percent: 90"),
    ],
    "CON-04-not-confirmed": [(PROJECTS, "data_accurate: 是", "data_accurate: 否")],
    "CON-04-a-complaint": [
        (PROJECTS, "  applied:", "  complaints:\n    - {date: 2022-09-10, note: 夜间噪声}\n  applied:")
    ],
    "CON-04-before-the-inspection-is-fine": [(PROJECTS, "", SECOND)],
    "CON-05-no-consent": [(PROJECTS, "  consent: 2022-09-01\n", "")],
    "CON-05-after-the-recommendation": [(PROJECTS, "consent: 2022-09-01", "consent: 2022-09-10")],
    "CON-05-on-the-day-of-the-recommendation-is-fine": [(PROJECTS, "consent: 2022-09-01", "consent: 2022-09-09")],
    "CON-05-only-applied-is-fine": [(PROJECTS, "", SECOND)],
    "CON-06-no-drill": [(PROJECTS, "kind: 演练", "kind: 宣传")],
    "CON-06-nothing-at-all": [
        (PROJECTS, "", SECOND.replace("applied", "data_accurate: 是, consent: 2022-09-01, applied")),
        (INSPECTIONS, "    - kind: 小区", "    - {kind: 学校, project: p02}\n    - kind: 小区"),
    ],
    "CON-06-only-applied-is-fine": [(PROJECTS, "", SECOND)],
    "AWD-01-a-veto": [(PROJECTS, "  recommendation:", f"  {VETO}\n  recommendation:")],
    "AWD-01-not-selected-is-fine": [(PROJECTS, "", SECOND.replace(APPLIED, f"{VETO}, {left('未入选')}"))],
    "AWD-01-revoked-is-fine": [
        (PROJECTS, "  recommendation:", f"  {VETO}\n  recommendation:"),
        (AWARDS, "", REVOKED),
        (NOTICES, "", REVOCATION),
    ],
    "AWD-02-no-merit": [
        (
            PROJECTS,
            "  merits:\n    - kind: 感人事迹\n      date: 2022-09-01\n      evidence: 学校来信\n      deed: d01\n",
            "",
        )
    ],
    "AWD-02-one-without-a-deed-is-fine": [(PROJECTS, "      deed: d01\n", "")],
    "AWD-02-not-recommended-is-fine": [(PROJECTS, "", SECOND)],
    "AWD-03-never-inspected": [(INSPECTIONS, "      project: p01\n", "")],
    "AWD-03-before-it-applied": [(PROJECTS, "applied: 2022-09-01", "applied: 2022-09-02")],
    "AWD-03-after-the-decision": [
        (NOTICES, "date: 2022-09-13\n  start: 2022-09-13", "date: 2022-08-22\n  start: 2022-08-22"),
        (NOTICES, "end: 2022-09-19", "end: 2022-08-26"),
        (NOTICES, "date: 2022-09-20", "date: 2022-08-31"),
    ],
    "AWD-03-on-the-day-it-applied-is-fine": [(PROJECTS, "applied: 2022-09-01", "applied: 2022-09-01")],
    "AWD-03-a-cycle-without-inspections-is-fine": [
        (INSPECTIONS, "      project: p01\n", ""),
        (CYCLES, "  order_note", "  inspected: 否\n  order_note"),
    ],
    "AWD-03-not-yet-due-is-fine": [(PROJECTS, "", SECOND)],
    "AWD-04-no-recommendation": [
        (
            PROJECTS,
            "  recommendation:\n    org: zd\n    visit: 2022-09-08\n    review: 2022-09-09\n    date: 2022-09-09\n",
            "",
        )
    ],
    "AWD-04-no-visit-and-a-late-review": [
        (PROJECTS, "    visit: 2022-09-08\n    review: 2022-09-09\n", "    review: 2022-09-10\n")
    ],
    "AWD-04-by-the-association": [(PROJECTS, "org: zd", "org: xh")],
    "AWD-04-all-on-one-day-is-fine": [(PROJECTS, "visit: 2022-09-08", "visit: 2022-09-09")],
    "AWD-05-title": [(AWARDS, "title: 江城优秀保安服务项目", "title: 江城优秀安保服务项目")],
    "AWD-05-neither-notice-nor-decision": [
        (AWARDS, "  notice: n01\n  decision: n02\n", ""),
        (NOTICES, "  awards: [a01]\n", ""),
    ],
    "AWD-05-no-number-and-one-signatory": [
        (NOTICES, "  number: 示例〔2022〕2号\n", ""),
        (NOTICES, "  issuers: [zd, xh]\n  awards", "  issuers: [xh]\n  awards"),
    ],
    "AWD-05-the-public-notice-is-no-decision": [
        (AWARDS, "decision: n02", "decision: n01"),
        (NOTICES, "  awards: [a01]\n", ""),
    ],
    "AWD-05-recipient": [
        (AWARDS, "  project: p01\n", "  project: p01\n  org: c01\n"),
        (AWARDS, "", "- {id: a02, cycle: y2022, kind: 保安员, title: 平安之星, notice: n01}\n"),
        (CYCLES, "  order_note", "  other_titles: [平安之星]\n  order_note"),
    ],
    "AWD-05-signatories-in-another-order-is-fine": [
        (NOTICES, "  issuers: [zd, xh]\n  awards", "  issuers: [xh, zd]\n  awards")
    ],
    "AWD-05-another-title-of-the-cycle-is-fine": [
        (AWARDS, "", "- {id: a02, cycle: y2022, kind: 公司, title: 平安公司, org: c01, notice: n01}\n"),
        (CYCLES, "  order_note", "  other_titles: [平安公司]\n  order_note"),
    ],
    "AWD-06-decided-while-the-notice-ran": [(NOTICES, "2022-09-20", "2022-09-19")],
    "AWD-06-an-open-objection": [(AWARDS, "", OBJECTION.format("2022-09-15", ""))],
    "AWD-06-closed-after-the-decision": [
        (AWARDS, "", OBJECTION.format("2022-09-15", ", closed: 2022-09-21, outcome: 不成立"))
    ],
    "AWD-06-found-right": [(AWARDS, "", OBJECTION.format("2022-09-15", ", closed: 2022-09-20, outcome: 成立"))],
    "AWD-06-closed-on-the-day-of-the-decision-is-fine": [
        (AWARDS, "", OBJECTION.format("2022-09-15", ", closed: 2022-09-20, outcome: 不成立"))
    ],
    "AWD-06-the-notice-runs-is-fine": [
        (NOTICES, "end: 2022-09-19", "end: 2022-11-01"),
        (NOTICES, "2022-09-20", "2022-11-02"),
    ],
    "AWD-06-decided-tomorrow-is-fine": [(NOTICES, "2022-09-20", "2022-11-02")],
    "AWD-06-decided-today-is-fine": [
        (NOTICES, "end: 2022-09-19", "end: 2022-10-31"),
        (NOTICES, "2022-09-20", "2022-11-01"),
    ],
    "AWD-06-not-decided-is-fine": [
        (NOTICES, "end: 2022-09-19", "end: 2022-11-01"),
        (NOTICES, "  awards: [a01]\n", ""),
        (AWARDS, "  decision: n02\n", ""),
    ],
    "AWD-07-no-approval": [(CYCLES, "  approval: 示例〔2022〕0号\n", "")],
    "AWD-07-one-without-a-year-is-fine": [(CYCLES, "示例〔2022〕0号", "示例0号")],
    "AWD-08-four-days": [(NOTICES, "end: 2022-09-19", "end: 2022-09-18")],
    "AWD-08-over-a-holiday": [
        (
            NOTICES,
            "date: 2022-09-13\n  start: 2022-09-13\n  end: 2022-09-19",
            "date: 2022-09-30\n  start: 2022-09-30\n  end: 2022-10-10",
        ),
        (NOTICES, "2022-09-20", "2022-10-20"),
    ],
    "AWD-08-before-it-was-issued": [(NOTICES, "  date: 2022-09-13", "  date: 2022-09-14")],
    "AWD-08-first-day-left-out": [(CAMPAIGN, "thresholds:\n", "thresholds:\n  notice_first_day: 否\n")],
    "AWD-08-no-end": [(NOTICES, "  end: 2022-09-19\n", "")],
    "AWD-08-no-notice": [(AWARDS, "  notice: n01\n", "")],
    "AWD-08-five-days-over-a-holiday-is-fine": [
        (
            NOTICES,
            "date: 2022-09-13\n  start: 2022-09-13\n  end: 2022-09-19",
            "date: 2022-09-30\n  start: 2022-09-30\n  end: 2022-10-11",
        ),
        (NOTICES, "2022-09-20", "2022-10-20"),
    ],
    "AWD-08-a-cycle-without-notices-is-fine": [
        (AWARDS, "  notice: n01\n", ""),
        (CYCLES, "  order_note", "  thresholds: {notice_working_days: 0}\n  order_note"),
    ],
    "AWD-09-deleted": [(NOTICES, "awards: [a01]", "awards: [a01, a02]")],
    "AWD-09-not-listed": [(NOTICES, "  awards: [a01]\n", "")],
    "AWD-09-not-named": [(NOTICES, "", REVOCATION)],
    "AWD-09-no-reason": [
        (AWARDS, "", "  revoked: {notice: n03}\n"),
        (NOTICES, "", REVOCATION),
    ],
    "AWD-09-by-a-circular": [
        (AWARDS, "", REVOKED),
        (NOTICES, "", REVOCATION.replace("kind: 撤销", "kind: 通报")),
    ],
    "AWD-09-revoked-is-fine": [
        (AWARDS, "", REVOKED),
        (NOTICES, "", REVOCATION),
    ],
    "AWD-10-recommended-on-notice": [(PROJECTS, "    date: 2022-09-09", "    date: 2022-09-14")],
    "AWD-10-an-objection-too-late": [
        (AWARDS, "", OBJECTION.format("2022-09-20", ", closed: 2022-09-20, outcome: 不成立"))
    ],
    "AWD-10-an-objection-without-notice": [
        (AWARDS, "  notice: n01\n", ""),
        (AWARDS, "", OBJECTION.format("2022-09-15", ", closed: 2022-09-20, outcome: 不成立")),
        (CYCLES, "  order_note", "  thresholds: {notice_working_days: 0}\n  order_note"),
    ],
    "AWD-10-closed-without-outcome-and-too-early": [
        (AWARDS, "", OBJECTION.format("2022-09-15", ", closed: 2022-09-16")),
        (AWARDS, "", "    - {received: 2022-09-16, about: 又一次, closed: 2022-09-15, outcome: 不成立}\n"),
    ],
    "AWD-10-granted-and-refused": [(AWARDS, "", "  refused: {notice: n02, reason: 不符合条件}\n")],
    "AWD-10-refused-on-notice": [
        (AWARDS, "  decision: n02\n", "  refused: {notice: n02, reason: 不符合条件}\n"),
        (NOTICES, "  awards: [a01]\n", ""),
        (NOTICES, "2022-09-20", "2022-09-19"),
    ],
    "AWD-10-revoked-before-it-was-granted": [
        (AWARDS, "", REVOKED.replace("2022-10-20", "2022-09-19")),
        (NOTICES, "", REVOCATION.replace("2022-10-20", "2022-09-19")),
    ],
    "AWD-10-revoked-before-its-document": [
        (AWARDS, "", REVOKED.replace("2022-10-20", "2022-10-19")),
        (NOTICES, "", REVOCATION),
    ],
    "AWD-10-revoked-without-a-decision": [
        (AWARDS, "  decision: n02\n", REVOKED),
        (NOTICES, "  awards: [a01]\n", ""),
        (NOTICES, "", REVOCATION),
    ],
    "AWD-10-the-notice-ends-before-it-starts": [(NOTICES, "end: 2022-09-19", "end: 2022-09-12")],
    "AWD-10-an-objection-on-the-last-day-is-fine": [
        (AWARDS, "", OBJECTION.format("2022-09-19", ", closed: 2022-09-19, outcome: 不成立"))
    ],
    "AWD-10-refused-after-the-notice-is-fine": [
        (AWARDS, "  decision: n02\n", "  refused: {notice: n02, reason: 不符合条件}\n"),
        (NOTICES, "  awards: [a01]\n", ""),
    ],
    "AWD-10-found-right-and-not-granted-is-fine": [
        (AWARDS, "  decision: n02\n", OBJECTION.format("2022-09-19", ", closed: 2022-09-26, outcome: 成立")),
        (NOTICES, "  awards: [a01]\n", ""),
    ],
    "AWD-10-revoked-on-the-day-it-was-granted-is-fine": [
        (AWARDS, "", REVOKED.replace("2022-10-20", "2022-09-20")),
        (NOTICES, "", REVOCATION.replace("2022-10-20", "2022-09-20")),
    ],
    "CON-07-consent-before-the-application": [(PROJECTS, "consent: 2022-09-01", "consent: 2022-08-31")],
    "CON-07-recommended-before-it-applied": [
        (PROJECTS, "    visit: 2022-09-08\n    review: 2022-09-09\n    date: 2022-09-09", RECOMMENDED)
    ],
    "CON-07-left-before-it-applied": [
        (PROJECTS, "", SECOND.replace(APPLIED, left("已退出").replace("2022-10-01", "2022-08-31")))
    ],
    "CON-07-left-but-recommended-and-honoured": [
        (PROJECTS, "  recommendation:", "  exit: {kind: 未入选, date: 2022-09-08}\n  recommendation:")
    ],
    "CON-07-all-on-one-day-is-fine": [(PROJECTS, "", SECOND.replace(APPLIED, f"consent: 2022-09-01, {APPLIED}"))],
    "CON-07-left-and-refused-is-fine": [
        (PROJECTS, "  recommendation:", "  exit: {kind: 已退出, date: 2022-09-15}\n  recommendation:"),
        (AWARDS, "  decision: n02\n", "  refused: {notice: n02, reason: 已退出}\n"),
        (NOTICES, "  awards: [a01]\n", ""),
    ],
    "ORD-01-strokes-and-no-order": [(CYCLES, "order_note: 排名不分先后", "order_note: 排名不分先后，按姓氏笔划为序")],
    "ORD-01-pinyin-but-by-strokes": [
        (CYCLES, "order_note: 排名不分先后", "order_note: 单位按拼音排列\n  person_order: 笔画")
    ],
    "ORD-01-nothing-as-given": [(CYCLES, "  order_note", "  order: 拼音\n  order_note")],
    "ORD-01-guards-by-strokes-is-fine": [(CYCLES, "  order_note", "  person_order: 笔画\n  order_note")],
    "ORD-01-by-strokes-is-fine": [(CYCLES, "order_note: 排名不分先后", "order: 笔画")],
    "ORD-02-not-in-the-table": [(AWARDS, "", GUARD), BY_STROKES, (PERSONS, "王守江", "劉守𰀀")],
    "ORD-02-sorted-as-an-unknown": [
        (AWARDS, "", GUARD.replace("person", "sort_as: 陈𰀀, person")),
        BY_STROKES,
        (PERSONS, "王守江", "陈𰀀"),
    ],
    "ORD-02-a-project-by-pinyin": [
        (CYCLES, "order_note: 排名不分先后", "order: 拼音"),
        (PROJECTS, "name: 一小护校项目", "name: 一小護校项目"),
    ],
    "ORD-02-sorted-as-is-fine": [
        (AWARDS, "", GUARD.replace("person", "sort_as: 陈英, person")),
        BY_STROKES,
        (PERSONS, "王守江", "陈𰀀"),
    ],
    "ORD-02-not-shown-is-fine": [
        (AWARDS, "", GUARD),
        BY_STROKES,
        (PERSONS, "王守江\n  mask: 全名", "王守𰀀\n  mask: 隐名"),
    ],
    "ORD-02-as-given-is-fine": [
        (AWARDS, "", GUARD),
        (CYCLES, "  order_note", "  other_titles: [平安之星]\n  order_note"),
        (PERSONS, "王守江", "陈𰀀"),
    ],
    "CAL-01-a-year-to-come": [
        (
            NOTICES,
            "",
            "- {id: n03, kind: 公示, title: 公示, date: 2022-10-01, start: 2022-10-01, end: 2031-10-10, issuers: [zd], body: 公示。}\n",
        )
    ],
    "CAL-01-a-year-of-the-campaign-is-fine": [
        (
            NOTICES,
            "",
            "- {id: n03, kind: 公示, title: 公示, date: 2031-11-03, start: 2031-11-03, end: 2031-11-07, issuers: [zd], body: 公示。}\n",
        ),
        (CAMPAIGN, "", "calendar: [{year: 2031, holidays: [2031-10-01]}]\n"),
    ],
}


def edit(changes: list[tuple[str, str, str]], project: Project) -> None:
    """Make the changes; what is replaced must stand in its file once."""
    for path, old, new in changes:
        text = project.read(path)
        assert not old or text.count(old) == 1, f"{path} has {old!r} {text.count(old)} times"
        project.write(path, text.replace(old, new) if old else text + new)


CASES.update({name: partial(edit, changes) for name, changes in EDITS.items()})

"""The campaign's rules: the small valid project with a few words changed.

`<RULE>-<slug>` breaks the rule; `<RULE>-<slug>-is-fine` comes near and must pass without any finding.
"""

from datetime import date
from typing import Any

from conftest import Project
from diagnostics.cases import CASES, Options

CAMPAIGN, TEAMS, ORGS = "data/campaign.yaml", "data/teams.yaml", "data/orgs.yaml"
PATROLS, INSPECTIONS = "data/patrols.yaml", "data/inspections.yaml"
DEEDS, FIGURES, FIRST = "data/deeds.yaml", "data/figures.yaml", "content/news/2022-09-02-first.md"
#: Put after the end of the file.
END = ""


def edit(name: str, *changes: tuple[str, str, str], **options: Any) -> None:
    """Register a case: replace texts in files, then build with `options`."""

    def change(project: Project) -> Options:
        for path, old, new in changes:
            if old == END:
                project.write(path, project.read(path) + new)
            else:
                project.replace(path, old, new)
        return options

    CASES[name] = change


def waive(*fields: str) -> tuple[str, str, str]:
    """A waiver in `campaign.yaml`."""
    return CAMPAIGN, END, "waivers:\n  - " + "\n    ".join(fields) + "\n"


edit("CAM-01-no-title", (CAMPAIGN, "\ntitle: 江城保安活动", ""))
edit("CAM-01-empty-title", (CAMPAIGN, "\ntitle: 江城保安活动", "\ntitle: ' '"))
edit("CAM-01-one-word-is-fine", (CAMPAIGN, "\ntitle: 江城保安活动", "\ntitle: 安"))
edit("CAM-02-no-period", (CAMPAIGN, "\nstart: 2022-09-01", ""), (CAMPAIGN, "\nend: 2099-12-31", ""))
edit("CAM-02-in-quotes-is-fine", (CAMPAIGN, "\nstart: 2022-09-01", "\nstart: '2022-09-01'"))
edit("CAM-03-backwards", (CAMPAIGN, "\nend: 2099-12-31", "\nend: 2021-11-30"))
edit("CAM-03-stage-backwards", (CAMPAIGN, "    end: 2022-10-31", "    end: 2022-08-31"))
edit("CAM-03-one-day-is-fine", (CAMPAIGN, "    end: 2022-10-31", "    end: 2022-09-01"))
edit("CAM-04-nobody", (CAMPAIGN, "[zd, xh]", "[]"))
edit("CAM-04-not-said", (CAMPAIGN, "organisers: [zd, xh]\n", ""))
edit("CAM-04-one-is-fine", (CAMPAIGN, "[zd, xh]", "[xh]"), ("data/notices.yaml", "[zd, xh]", "[xh]"))
edit(
    "CAM-05-outside",
    (CAMPAIGN, "end: 2099-12-31", "end: 2022-11-30"),
    (PATROLS, "date: 2022-09-01", "date: 2022-08-31"),
    (DEEDS, "  date: 2022-09-01", "  date: 2022-12-01"),
    (DEEDS, "    date: 2022-09-02", "    date: 2022-12-01"),
)
edit(
    "CAM-05-a-day-before-is-no-gap",
    *(
        (INSPECTIONS, END, f"- {{date: 2022-08-30, shift: {s}, team: t02, points: [{{kind: 学校, count: 5}}]}}\n")
        for s in ("白天", "晚上")
    ),
)
edit("CAM-05-first-and-last-day-is-fine", (CAMPAIGN, "\nend: 2099-12-31", "\nend: 2022-09-01"), today=date(2022, 9, 1))
edit(
    "CAM-06-not-measured",
    (CAMPAIGN, "  inspection_points: 10\n", ""),
    (CAMPAIGN, "  mobile_squad_guards: 10\n", ""),
    (TEAMS, "type: 巡逻小组", "type: 应急机动队\n  groups: 2"),
)
edit(
    "CAM-06-a-contest-a-deed-and-a-group",
    *(
        (CAMPAIGN, f"  {line}\n", "")
        for line in ("patrol_hours: 4", "project_guards: 10", "max_age: 55", "report_days: 3")
    ),
    ("data/cycles.yaml", "  order_note", "  thresholds: {certified_percent: 100}\n  order_note"),
    (CAMPAIGN, "  certified_percent: 100\n", ""),
)
edit(
    "CAM-06-nothing-to-measure-is-fine",
    (CAMPAIGN, "  mobile_squad_guards: 10\n", ""),
    (CAMPAIGN, "  mobile_squad_groups: 2\n", ""),
)

SQUAD = "type: 应急机动队\n  groups: 2"
edit("PAT-01-nine", (TEAMS, "type: 巡逻小组", SQUAD), (TEAMS, "headcount: 5", "headcount: 9"))
edit("PAT-01-eleven", (TEAMS, "type: 巡逻小组", SQUAD), (TEAMS, "headcount: 5", "headcount: 11"))
edit("PAT-01-ten-is-fine", (TEAMS, "type: 巡逻小组", SQUAD), (TEAMS, "headcount: 5", "headcount: 10"))
edit("PAT-01-a-patrol-group-may-be-larger-is-fine", (TEAMS, "headcount: 5", "headcount: 11"))
edit("PAT-02-one-group", (TEAMS, "type: 巡逻小组", "type: 应急机动队"), (TEAMS, "headcount: 5", "headcount: 10"))
edit("PAT-02-a-patrol-group-has-none-is-fine", (TEAMS, "headcount: 5", "headcount: 5\n  groups: 1"))
edit("PAT-03-four", (TEAMS, "headcount: 5", "headcount: 4"))
edit(
    "PAT-03-as-the-campaign-says-is-fine",
    (TEAMS, "headcount: 5", "headcount: 4"),
    (CAMPAIGN, "patrol_group_guards: 5", "patrol_group_guards: 4"),
)
edit("PAT-04-not-said", (TEAMS, "  voluntary: 是\n", ""))
edit("PAT-04-in-english-is-fine", (TEAMS, "voluntary: 是", "voluntary: yes"))
edit("PAT-05-nobody", (TEAMS, "  liaison: zd\n", ""))
edit("PAT-05-not-police", (TEAMS, "liaison: zd", "liaison: xh"))
edit("PAT-05-bureau-is-fine", (ORGS, "kind: 支队", "kind: 分县局"))
edit(
    "PAT-06-in-parts",
    (PATROLS, "hours: 4.5", "hours: 3"),
    (PATROLS, END, "- {date: 2022-09-01, team: t01, hours: 0.75, area: 江边街道}\n"),
)
edit(
    "PAT-06-exactly-four-is-fine",
    (PATROLS, "hours: 4.5", "hours: 0.15"),
    (
        PATROLS,
        END,
        (
            "- {date: 2022-09-01, team: t01, hours: 3.55, area: 江边街道}\n"
            "- {date: 2022-09-01, team: t01, hours: 0.3, area: 江边街道}\n"
        ),
    ),
)
edit("PAT-06-the-day-is-not-over-is-fine", (PATROLS, "hours: 4.5", "hours: 3"), today=date(2022, 9, 1))
edit(
    "PAT-07-where-and-when",
    (TEAMS, "headcount: 5", "headcount: 5\n  areas: [江边路12号, 江边路口, 三单元, '31.67012', 江边街道 20:30]"),
    (TEAMS, "headcount: 2", "headcount: 2\n  about: 组里有两名教员。每晚8点到10点在江边街道巡查。"),
    (PATROLS, "江边街道", "江边街道滨江小区 6 栋"),
    (DEEDS, "江边街道", "江边街道八号门牌"),
)
edit(
    "PAT-07-names-and-tales-is-fine",
    (
        TEAMS,
        "headcount: 5",
        "headcount: 5\n  areas: [八号桥街道, 1号线沿线, 路口镇, 十里楼镇, 五一路街道, 江边街道一带]",
    ),
    (
        TEAMS,
        "headcount: 2",
        "headcount: 2\n  about: 每天巡查 4 小时、10 点位。去年8点收队时，有人说要再快一点。每晚八点半，队员的孩子要讲故事。",
    ),
    (DEEDS, "江边街道", "江边街道二楼街一带"),
)
edit("PAT-07-later-duties-stay-hidden-is-fine", (PATROLS, "date: 2022-09-01", "date: 2022-11-20"), future=True)
edit("PAT-07-inspected-house", (INSPECTIONS, "shift: 晚上", "shift: 晚上\n  area: 江边街道3号楼"))
edit("PAT-08-no-belt", (TEAMS, "[反光背心, 腰带]", "[反光背心]"))
edit(
    "PAT-08-no-armband",
    (CAMPAIGN, "  patrol_equipment", "  inspection_equipment: [巡查袖标, 记录本]\n  patrol_equipment"),
)
edit("PAT-08-more-than-asked-is-fine", (TEAMS, "[反光背心, 腰带]", "[对讲机, 腰带, 反光背心]"))
edit("PAT-09-not-certified", (TEAMS, "  certified: 是\n", ""))
edit("PAT-09-inspectors-is-fine", (TEAMS, "headcount: 2", "headcount: 2\n  about: 组员不是保安员。"))
edit("PAT-10-no-age", (TEAMS, "  age_checked: 是\n", ""), (TEAMS, "  insured: 是", "  insured: 否"))
edit("PAT-10-yes-is-all-that-is-told-is-fine", (TEAMS, "age_checked: 是", "age_checked: yes"))

DAY = "- {{date: {}, shift: {}, team: t02, points: [{{kind: 学校, count: 10}}]}}\n"
edit("INS-01-no-evening", (INSPECTIONS, "shift: 晚上", "shift: 白天"))
edit("INS-01-days-between", *((INSPECTIONS, END, DAY.format("2022-09-05", shift)) for shift in ("白天", "晚上")))
edit("INS-01-one-day-between", *((INSPECTIONS, END, DAY.format("2022-09-03", shift)) for shift in ("白天", "晚上")))
edit(
    "INS-01-by-camera-and-not-entered-yet-is-fine",
    (INSPECTIONS, "shift: 晚上", "shift: 晚上\n  mode: 视频"),
    (INSPECTIONS, END, DAY.format("2022-09-02", "白天")),
    today=date(2022, 9, 2),
)
edit(
    "INS-01-one-shift-a-day-is-fine", (CAMPAIGN, "[白天, 晚上]", "[白天]"), (INSPECTIONS, "shift: 晚上", "shift: 白天")
)
edit("INS-02-four", (TEAMS, "headcount: 2", "headcount: 4"))
edit("INS-02-one", (TEAMS, "headcount: 2", "headcount: 1"))
edit("INS-02-three-is-fine", (TEAMS, "headcount: 2", "headcount: 3"))
edit("INS-03-nine", (INSPECTIONS, "count: 9", "count: 7"))
edit("INS-03-ten-of-all-shifts-is-fine", (INSPECTIONS, "count: 9", "count: 8"))
edit("INS-04-unknown-kind", (INSPECTIONS, "kind: 小区", "kind: 居民小区"))
edit("INS-04-no-kind", (INSPECTIONS, "- kind: 小区\n      count", "- count"))
edit("INS-04-other-is-fine", (INSPECTIONS, "kind: 小区", "kind: 其他"))
edit("INS-05-open", (INSPECTIONS, "state: 已整改\n      closed: 2022-09-02", "state: 整改中"))
edit("INS-05-no-day", (INSPECTIONS, "\n      closed: 2022-09-02", ""))
edit("INS-05-too-early", (INSPECTIONS, "closed: 2022-09-02", "closed: 2022-08-31"))
edit(
    "INS-05-found-today-is-fine",
    (INSPECTIONS, "state: 已整改\n      closed: 2022-09-02", "state: 整改中"),
    today=date(2022, 9, 1),
)
edit("INS-05-same-day-is-fine", (INSPECTIONS, "closed: 2022-09-02", "closed: 2022-09-01"))

CALL = "  incident:\n    time: 2022-09-01 09:10\n    called: {}\n  story"
LIMIT = (CAMPAIGN, "  report_days", "  police_call_minutes: 5\n  report_days")
edit("INS-06-courage-without-call", (DEEDS, "kind: 好人好事", "kind: 见义勇为"))
edit("INS-06-no-time-of-call", LIMIT, (DEEDS, "  story", "  incident: {time: 2022-09-01 09:10}\n  story"))
edit("INS-06-six-minutes", LIMIT, (DEEDS, "  story", CALL.format("2022-09-01 09:16")))
edit("INS-06-before-it-happened", LIMIT, (DEEDS, "  story", CALL.format("2022-09-01 09:09")))
edit("INS-06-five-minutes-is-fine", LIMIT, (DEEDS, "  story", CALL.format("2022-09-01 09:15")))

REPORT = "  reported:\n    date: 2022-09-02\n    to: [zd, xh]\n"
edit("RPT-01-not-reported", (DEEDS, REPORT, ""))
edit("RPT-01-fourth-day", (DEEDS, "date: 2022-09-02", "date: 2022-09-05"))
edit("RPT-01-before-it-happened", (DEEDS, "date: 2022-09-02", "date: 2022-08-31"))
edit("RPT-01-one-addressee", (DEEDS, "[zd, xh]", "[xh]"))
edit("RPT-01-third-day-is-fine", (DEEDS, "date: 2022-09-02", "date: 2022-09-04"))
edit("RPT-01-not-due-yet-is-fine", (DEEDS, REPORT, ""), today=date(2022, 9, 4))

FIGURE = "value: 200\n  approximate: 余\n  unit: 名"
edit("SUM-01-one-too-many", (FIGURES, FIGURE, "value: 12\n  unit: 处\n  ledger: 巡查点位"))
edit("SUM-01-rounded-up", (FIGURES, FIGURE, "value: 20\n  approximate: 余\n  unit: 处\n  ledger: 巡查点位"))
edit("SUM-01-too-rough", (FIGURES, FIGURE, "value: 10\n  approximate: 多\n  unit: 处\n  ledger: 发现隐患"))
edit("SUM-01-half-an-hour-lost", (FIGURES, FIGURE, "value: 4\n  unit: 小时\n  ledger: 巡逻时长"))
edit("SUM-01-other-unit", (FIGURES, FIGURE, "value: 11\n  unit: 次\n  ledger: 巡查点位"))
edit("SUM-01-exact-is-fine", (FIGURES, FIGURE, "value: 11\n  unit: 处\n  ledger: 巡查点位"))
edit("SUM-01-approximate-is-fine", (FIGURES, FIGURE, "value: 10\n  approximate: 余\n  unit: 处\n  ledger: 巡查点位"))
edit(
    "SUM-01-by-its-day-is-fine",
    (FIGURES, FIGURE, "value: 1\n  unit: 处\n  ledger: 整改隐患"),
    (FIGURES, "2022-09-30", "2022-09-02"),
    (
        INSPECTIONS,
        END,
        DAY.format("2022-09-02", "白天")
        + DAY.format("2022-09-02", "晚上").replace(
            "points", "hazards: [{what: 灯不亮, state: 已整改, closed: 2022-09-03}], points"
        ),
    ),
)
edit(
    "SUM-01-not-published-yet-is-fine",
    (FIGURES, FIGURE, "value: 99\n  unit: 处\n  ledger: 巡查点位"),
    today=date(2022, 9, 29),
)
PARTS = "\n" + "".join(
    f"- {{id: {id}, name: 服务, value: {value}, approximate: '{about}', unit: 人次, as_of: {day}, source: 登记（示例）}}\n"
    for id, value, about, day in (
        ("f02", 1900, "余", "2022-09-30"),
        ("f03", 824, "", "2022-09-30"),
        ("f04", 76, "", "2022-09-29"),
        ("f05", 9, "", "2022-10-01"),
    )
)


def sum_of(slug: str, told: str) -> None:
    edit(f"SUM-03-{slug}", (FIGURES, FIGURE, told), (FIGURES, END, PARTS))


sum_of("approximate-told-as-exact", "value: 2724\n  unit: 人次\n  parts: [f02, f03]")
sum_of("one-too-many", "value: 901\n  unit: 人次\n  parts: [f03, f04]")
sum_of("rounded-up", "value: 2800\n  approximate: 余\n  unit: 人次\n  parts: [f02, f03]")
sum_of("other-unit", "value: 900\n  unit: 名\n  parts: [f03, f04]")
sum_of("a-later-day", "value: 833\n  unit: 人次\n  parts: [f03, f05]")
sum_of("exact-is-fine", "value: 900\n  unit: 人次\n  parts: [f03, f04]")
sum_of("approximate-is-fine", "value: 2700\n  approximate: 余\n  unit: 人次\n  parts: [f02, f03]")
OVER = (CAMPAIGN, "end: 2099-12-31", "end: 2022-11-30")
LATER = (FIRST, "date: 2022-09-02 09:30", "date: 2022-12-01 09:30")
edit(
    "SUM-02-on-the-last-day-itself",
    OVER,
    (CAMPAIGN, END, "wrap_up: 2022-09-02-first\n"),
    (FIRST, "date: 2022-09-02 09:30", "date: 2022-11-30 18:00"),
    today=date(2022, 12, 1),
)
edit("SUM-02-nothing", OVER, today=date(2022, 12, 1))
edit("SUM-02-from-before", OVER, (CAMPAIGN, END, "wrap_up: 2022-09-02-first\n"), today=date(2022, 12, 1))
edit(
    "SUM-02-draft",
    OVER,
    (CAMPAIGN, END, "wrap_up: 2022-09-02-first\n"),
    LATER,
    (FIRST, "tags:", "draft: 是\ntags:"),
    today=date(2022, 12, 1),
)
edit("SUM-02-on-the-last-day-is-fine", OVER, today=date(2022, 11, 30))
edit("SUM-02-wrapped-up-is-fine", OVER, (CAMPAIGN, END, "wrap_up: 2022-09-02-first\n"), LATER, today=date(2022, 12, 1))

BELT = (TEAMS, "[反光背心, 腰带]", "[反光背心]")
WHY = ("reason: 腰带尚未到货", "until: 2022-11-01")
edit("WAI-01-no-such-rule", waive("rule: PAT-8", *WHY))
edit("WAI-02-not-to-be-waived", waive("rule: REF-01", *WHY))
edit("WAI-02-cannot-be-read", waive("rule: INS-04", *WHY))
edit("WAI-03-expired", waive("rule: PAT-08", "reason: 腰带尚未到货", "until: 2022-10-31"), BELT)
edit("WAI-04-covers-nothing", waive("rule: PAT-08", "record: t02", *WHY), BELT)
edit("ALL-waived-record", waive("rule: PAT-08", "record: t01", *WHY), BELT, strict=True)
edit("ALL-waived-file", waive("rule: PAT-06", "record: data/patrols.yaml", *WHY), (PATROLS, "hours: 4.5", "hours: 3"))
edit(
    "ALL-waived-day-of-a-ledger", waive("rule: PAT-06", "record: 2022-09-01", *WHY), (PATROLS, "hours: 4.5", "hours: 3")
)
edit("ALL-waived-throughout", waive("rule: PAT-03", *WHY), (TEAMS, "headcount: 5", "headcount: 4"))

CONSENTS = "data/consents.yaml"
PERSONS = "data/persons.yaml"
edit(
    "PRV-22-to-come",
    (CAMPAIGN, "end: 2099-12-31", "end: 2022-11-30"),
    (CONSENTS, "given: 2022-09-02", "given: 2099-01-01"),
)
edit("PRV-22-tomorrow-is-fine", (CONSENTS, "given: 2022-09-02", "given: 2022-11-02"))
edit("PRV-22-withdrawn-before", (CONSENTS, "given: 2022-09-02", "given: 2022-09-02\n  withdrawn: 2022-09-01"))
edit("PRV-22-over-before", (CONSENTS, "given: 2022-09-02", "given: 2022-09-02\n  until: 2022-09-01"))
edit("PRV-22-today-is-fine", (CONSENTS, "given: 2022-09-02", "given: 2022-11-01"))
edit("PRV-22-withdrawn-at-once-is-fine", (CONSENTS, "given: 2022-09-02", "given: 2022-09-02\n  withdrawn: 2022-09-02"))
edit("PRV-22-a-minor-alone", (PERSONS, "mask: 全名", "mask: 全名\n  minor: 是"))
edit(
    "PRV-22-a-guardian-is-fine",
    (PERSONS, "mask: 全名", "mask: 全名\n  minor: 是"),
    (CONSENTS, "how: 书面", "how: 书面\n  guardian: 母亲"),
)
NAMED = (FIRST, "\n---\n\n", "\n---\n\n感谢王守江，王 **守** 江好样的。\n\n")
edit("PRV-04-a-minor", NAMED, (PERSONS, "mask: 全名", "mask: 全名\n  minor: 是"))
edit("PRV-05-to-come", NAMED, (CONSENTS, "given: 2022-09-02", "given: 2022-12-02"))
edit("PRV-05-over", NAMED, (CONSENTS, "given: 2022-09-02", "given: 2022-09-02\n  until: 2022-10-01"))
edit("PRV-05-the-surname-alone", NAMED, (PERSONS, "mask: 全名", "mask: 隐名"))
edit("PRV-05-to-the-photo-alone", NAMED, (CONSENTS, "[姓名, 照片, 事迹]", "[照片]"))
edit("PRV-05-with-consent-is-fine", NAMED)
edit("PRV-06-withdrawn", NAMED, (CONSENTS, "given: 2022-09-02", "given: 2022-09-02\n  withdrawn: 2022-10-01"))
edit("PRV-08-in-secrecy", NAMED, (PERSONS, "mask: 全名", "mask: 匿名"))
edit("PRV-23-namesakes", NAMED, (PERSONS, "- id: r01", "- {id: r02, name: 王守江, mask: 匿名}\n- id: r01"))
edit("PRV-24-a-pupil", (FIRST, "\n---\n\n", "\n---\n\n第一小学三年级二班的李小雨同学送来锦旗。\n\n"))
edit("PRV-24-in-general-is-fine", (FIRST, "\n---\n\n", "\n---\n\n第一小学三年级二班的一名同学送来锦旗。\n\n"))
edit("PRV-20-in-persons", (PERSONS, "mask: 全名", "mask: 全名\n  consent:\n    given: 2022-09-02"))
edit(
    "PRV-21-a-birthday",
    (
        PERSONS,
        "mask: 全名",
        "mask: 全名\n  birthday: 1990-01-02\n  身份证号: 340503199001022345\n  mobile: 13800138000",
    ),
)
edit(
    "SCH-11-years",
    (INSPECTIONS, "date: 2022-09-01", "date: 0001-01-01"),
    (PATROLS, "date: 2022-09-01", "date: 9999-12-31"),
    (DEEDS, "  date: 2022-09-01", "  date: 1948-12-31"),
    (FIRST, "date: 2022-09-02", "date: 2101-01-01"),
    ("data/cycles.yaml", "year: 2022", "year: 202"),
)
edit(
    "SCH-11-first-and-last-year-is-fine",
    (CONSENTS, "given: 2022-09-02", "given: 1949-01-01"),
    (CAMPAIGN, "end: 2099-12-31", "end: 2100-12-31"),
)

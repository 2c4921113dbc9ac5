"""Rules about inspections, reports and results: INS, RPT, SUM."""

from honorroll.checks.catalog.rule import ERROR, WARNING, Rule

RULES = (
    Rule(
        "INS-01",
        WARNING,
        ("{days} 没有{shifts}的巡查记录", "no inspection on {days}: {shifts}"),
        ("漏记了就补上；确实没有，照实保留。", "Add what was left out; if there was none, leave it true."),
        (
            (
                "活动期间每天各班次都要巡查，班次由活动标准 inspection_shifts 规定。只看台账第一天到最后一天之间、"
                "已经过完的活动日：台账还没录到的日子不算缺。"
            ),
            (
                "Each campaign day has an inspection in each of inspection_shifts. Only days of the campaign that are over "
                "and lie between the ledger's first day and its last are looked at: what is not entered yet is not missing."
            ),
        ),
        "点位巡查",
        "- date: 2022-09-01\n  shift: 白天\n  team: t09\n  points: [{kind: 商超, count: 10}]",
        "- date: 2022-09-01\n  shift: 白天\n  team: t09\n  points: [{kind: 商超, count: 5}]\n"
        "- date: 2022-09-01\n  shift: 晚上\n  team: t10\n  points: [{kind: 小区, count: 5}]",
    ),
    Rule(
        "INS-03",
        WARNING,
        (
            "{day} 共巡查 {count} 个点位，不足 {wanted} 个",
            "{count} points were inspected on {day}, fewer than {wanted}",
        ),
        ("漏记了就补上；确实不足，照实保留。", "Add what was left out; if there was no more, leave it true."),
        (
            "各组各班一天合计的点位数不少于活动标准 inspection_points。当天还没过完的不算；一条记录也没有的日子由 INS-01 提示。",
            (
                "All groups and shifts of a day together visit at least inspection_points service points. "
                "A day that is not over is not counted; one without any record is told by INS-01."
            ),
        ),
        "点位巡查",
        "points:\n  - kind: 商超\n    count: 9",
        "points:\n  - kind: 商超\n    count: 9\n  - kind: 学校",
    ),
    Rule(
        "INS-04",
        ERROR,
        ("点位类别不在规定的几类之中", "no known kind of point"),
        ("可选：{choices}。", "Choices: {choices}."),
        (
            "点位按固定的类别登记，才能按类别查看和相加；列不进去的写“其他”。",
            "Points are of fixed kinds, so that they can be filtered and summed; what fits none is 其他.",
        ),
        "点位巡查",
        "points:\n  - kind: 超市\n    count: 3",
        "points:\n  - kind: 商超\n    count: 3",
    ),
    Rule(
        "INS-05",
        WARNING,
        ("隐患“{what}”{why_zh}", "the hazard `{what}` {why}"),
        (
            "整改后把 state 写成 已整改，并写上整改那一天的 closed。",
            "Once it is mended, write so as its state, and the day as closed.",
        ),
        (
            "查到的隐患要改好，并写明哪一天改好，才算销号。发现当天还在整改的不提示。",
            "A hazard found is mended, and the day is on record. On the day of finding nothing is said yet.",
        ),
        "点位巡查",
        "hazards:\n  - what: 应急灯不亮\n    state: 已整改",
        "hazards:\n  - what: 应急灯不亮\n    state: 已整改\n    closed: 2022-09-04",
    ),
    Rule(
        "INS-06",
        ERROR,
        ("严重情况应当立即报警：{why_zh}", "a serious incident is told to the police at once: {why}"),
        (
            "在 incident 里写明 time（发生时间）和 called（报警时间），精确到分钟。",
            "Write incident with time (when it happened) and called (when the police were told), to the minute.",
        ),
        (
            (
                "遇到严重情况先保证自身安全、立即报警。写了 incident 的事迹和一切见义勇为，都要有报警时间，"
                "并且不超过活动标准 police_call_minutes。"
            ),
            (
                "In a serious incident one stays safe and calls the police at once. A deed with incident, and every act of "
                "courage, says when; it is within police_call_minutes."
            ),
        ),
        "遇到事情怎么办",
        "- id: d12\n  kind: 见义勇为\n  date: 2022-09-26",
        "- id: d12\n  kind: 见义勇为\n  date: 2022-09-26\n  incident:\n"
        "    time: 2022-09-26 20:20\n    called: 2022-09-26 20:21",
    ),
    Rule(
        "RPT-01",
        WARNING,
        ("事迹没有按规定上报：{why_zh}", "the deed was not reported as it should be: {why}"),
        (
            "在 reported 里写上报日期 date 和上报单位 to。",
            "Write reported with its date and to whom (to).",
        ),
        (
            "事迹在活动标准 report_days 规定的天数内上报，每个主办单位都要报到。期限没过的不提示。",
            "A deed is reported within report_days days, to each of the organisers. Until then nothing is said.",
        ),
        "信息上报",
        "- id: d03\n  date: 2022-09-02\n  reported:\n    date: 2022-09-09\n    to: [xh]",
        "- id: d03\n  date: 2022-09-02\n  reported:\n    date: 2022-09-05\n    to: [zd, xh]",
    ),
    Rule(
        "SUM-01",
        ERROR,
        (
            "公布的是 {told}，台账“{ledger}”到 {day} 合计 {sum}",
            "published as {told}, but the ledger {ledger} adds up to {sum} by {day}",
        ),
        (
            "以台账为准改正 value、unit 或 as_of；不是本站台账加出来的数，删去 ledger，写明来源。",
            "Mend value, unit or as_of by the ledger; of a number from elsewhere, remove ledger and name its source.",
        ),
        (
            (
                "写了 ledger 的数据，必须等于本站台账截至 as_of 的合计。带“余”“多”的约数按末位非零数字算："
                "“1200余”是不少于 1200、不到 1300。各页上的合计由程序直接相加，不会出错。"
            ),
            (
                "A figure with ledger equals what this site's ledger adds up to by as_of. An approximate one is read by its "
                "last digit that is not nought: 1200余 is at least 1200 and less than 1300. Totals on the pages are added up "
                "by the program."
            ),
        ),
        "结束以后",
        "- id: f-deeds\n  value: 20\n  unit: 件\n  as_of: 2022-10-31\n  ledger: 上报事迹",
        "- id: f-deeds\n  value: 18\n  unit: 件\n  as_of: 2022-10-31\n  ledger: 上报事迹",
    ),
    Rule(
        "SUM-02",
        WARNING,
        ("活动已于 {end} 结束，{why_zh}", "the campaign ended on {end}: {why}"),
        (
            "写一篇总结新闻，在 campaign.yaml 的 wrap_up 里填上它的编号（文件名去掉 .md）。",
            "Write a post that sums it up and name it (its file without .md) as wrap_up in campaign.yaml.",
        ),
        (
            "活动结束后要有总结：做了什么、有什么用、还差什么。结束次日起提示，直到写好为止；定时发布的也算。",
            (
                "After the end there is a wrap-up: what was done, what came of it, what is lacking. It is asked for from the "
                "day after the end on; a post that waits for its day will do."
            ),
        ),
        "结束以后",
        "end: 2022-10-31",
        "end: 2022-10-31\nwrap_up: 2022-11-24-wrap-up",
    ),
    Rule(
        "SUM-03",
        ERROR,
        ("公布的是 {told}，由 {parts} 相加：{why_zh}", "published as {told}, made of {parts}: {why}"),
        (
            "照相加的结果改正 value、unit、as_of；相加的数里有约数，就写上 approximate。",
            "Mend value, unit or as_of by the sum; where one of the parts is approximate, so is the sum.",
        ),
        (
            (
                "写了 parts 的数据，由那几项相加得来：单位相同，截至日期不早于任何一项，数值等于各项之和。"
                "有一项是约数，和就只能是约数，不能凑成准数；约数按末位非零数字算，“3000多”是不少于 3000、不到 4000。"
            ),
            (
                "A figure with parts is their sum: of one unit, as of no earlier day than any of them. If one of them is "
                "approximate the sum is too; it is read by its last digit that is not nought, so 3000多 is at least 3000 "
                "and less than 4000."
            ),
        ),
        "结束以后",
        "- id: f-help\n  value: 2700\n  unit: 人次\n  parts: [f-ways, f-carry]   # 1900余、800余",
        "- id: f-help\n  value: 2700\n  approximate: 余\n  unit: 人次\n  parts: [f-ways, f-carry]",
    ),
)

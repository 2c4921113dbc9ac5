"""Rules about teams and patrols: PAT, INS-02."""

from honorroll.checks.catalog.rule import ERROR, WARNING, Rule

_FORMING, _DAILY, _CONDUCT, _WHO = "街面巡逻·怎样编组", "街面巡逻·每天巡多久", "街面巡逻·上岗的规矩", "谁来参加"

RULES = (
    Rule(
        "PAT-01",
        ERROR,
        ("应急机动队应为 {wanted} 人，写的是 {count} 人", "the mobile squad has {count} guards, not {wanted}"),
        (
            "核对 headcount；标准在 campaign.yaml 的 mobile_squad_guards。",
            "Check headcount; the number is mobile_squad_guards.",
        ),
        (
            "应急机动队听支队调度，人数固定，不多不少；人数由活动标准 mobile_squad_guards 规定。",
            "The mobile squad is on call and of a fixed size, neither more nor fewer: mobile_squad_guards.",
        ),
        _WHO,
        "- id: t01\n  type: 应急机动队\n  headcount: 9\n  groups: 2",
        "- id: t01\n  type: 应急机动队\n  headcount: 10\n  groups: 2",
    ),
    Rule(
        "PAT-02",
        ERROR,
        ("应急机动队应分 {wanted} 组，写的是 {count} 组", "the mobile squad is in {count} groups, not {wanted}"),
        ("写上 groups: {wanted}；不写就当作一组。", "Write groups: {wanted}; without it the team counts as one group."),
        (
            "应急机动队分组轮换，组数由活动标准 mobile_squad_groups 规定。",
            "The mobile squad takes turns in groups, as many as mobile_squad_groups says.",
        ),
        _WHO,
        "- id: t01\n  type: 应急机动队\n  headcount: 10",
        "- id: t01\n  type: 应急机动队\n  headcount: 10\n  groups: 2",
    ),
    Rule(
        "PAT-03",
        ERROR,
        (
            "巡逻小组至少 {wanted} 人，写的是 {count} 人",
            "a patrol group has at least {wanted} guards, this one {count}",
        ),
        ("核对 headcount，或把两组并成一组。", "Check headcount, or join two groups."),
        (
            "巡逻小组的人数不少于活动标准 patrol_group_guards，刚好够也算够。",
            "A patrol group has no fewer guards than patrol_group_guards; just as many will do.",
        ),
        _WHO,
        "- id: t04\n  type: 巡逻小组\n  headcount: 4",
        "- id: t04\n  type: 巡逻小组\n  headcount: 5",
    ),
    Rule(
        "PAT-04",
        WARNING,
        ("没有记录为自愿参加", "taking part is not recorded as voluntary"),
        ("确认是自愿报名后写 voluntary: 是。", "Once that is certain, write voluntary: yes."),
        (
            "参加活动全凭自愿，不摊派、不凑数。每支队伍都要有自愿参加的记录。",
            "Nobody is assigned by quota. Each team's taking part is on record as voluntary.",
        ),
        _WHO,
        "- id: t02\n  name: 花山巡逻小组",
        "- id: t02\n  name: 花山巡逻小组\n  voluntary: 是",
    ),
    Rule(
        "PAT-05",
        WARNING,
        ("没有落实对接的公安机关：{why_zh}", "the police unit that it reports to is missing: {why}"),
        (
            "在 liaison 里写上支队或分县局治安大队的编号。",
            "Write the id of the detachment or of a bureau's brigade as liaison.",
        ),
        (
            "每支队伍都对接一个公安机关：巡哪里、什么时段去，听它安排；有事向它报告。",
            "Each team reports to a police unit, which says where and when it goes and is told of what happens.",
        ),
        _FORMING,
        "- id: t02\n  name: 花山巡逻小组\n  liaison: c04",
        "- id: t02\n  name: 花山巡逻小组\n  liaison: hs",
    ),
    Rule(
        "PAT-06",
        WARNING,
        (
            "“{team}”{day} 共巡逻 {hours} 小时，不足 {wanted} 小时",
            "`{team}` patrolled {hours} hours on {day}, fewer than {wanted}",
        ),
        (
            "漏记了就补一条；确实不足，照实保留，必要时写明豁免原因。",
            "Add a patrol that was left out; if there was none, leave it true and say why in a waiver.",
        ),
        (
            "一支队伍在一个执勤日的各次巡逻加起来，不少于活动标准 patrol_hours，可以分段。当天还没过完的不算。",
            (
                "A team's patrols of one day of duty add up to at least patrol_hours; they may be in parts. "
                "A day that is not over is not counted."
            ),
        ),
        _DAILY,
        "- date: 2022-09-02\n  team: t05\n  hours: 3\n  area: 当涂县太白镇",
        "- date: 2022-09-02\n  team: t05\n  hours: 3\n  area: 当涂县太白镇\n"
        "- date: 2022-09-02\n  team: t05\n  hours: 1.5\n  area: 当涂县石桥镇",
    ),
    Rule(
        "PAT-07",
        ERROR,
        ("“{found}”会透露勤务的{why_zh}", "`{found}` gives away {why} of duty"),
        (
            "地点只写到街道或乡镇，不写门牌、楼栋、路口和钟点；简介里不写今后几点在岗。",
            (
                "Write places down to the street or township only, without house, building, crossing or clock, "
                "and nothing of when a duty will be."
            ),
        ),
        (
            (
                "还没执行的勤务，地点和时间都不公开；事后公布的，地点只写到街道。检查队伍的任务区域和简介、巡逻区域、事迹地点；"
                "日期晚于今天的台账从不显示。新闻正文不在检查之列，请编辑自己把关。"
            ),
            (
                "Places and times of duties to come are never published; afterwards, places only down to the street. "
                "Looked at are a team's areas and description, areas of patrols and places of deeds; ledger entries of "
                "days to come are never shown. The text of news is not looked at: that is the editor's to see."
            ),
        ),
        _DAILY,
        "areas: [花山区湖东路 12 号, 花山区沙塘路路口]",
        "areas: [花山区湖东路街道, 花山区沙塘路街道]",
    ),
    Rule(
        "PAT-08",
        WARNING,
        ("统一装备不齐，缺少：{missing}", "common equipment is missing: {missing}"),
        (
            "配齐后写进 equipment，名称与 campaign.yaml 里的一致。",
            "Once it is there, list it under equipment, named as in campaign.yaml.",
        ),
        (
            "巡逻队伍统一穿反光背心、扎腰带，巡查组统一佩戴袖标；具体由活动标准 patrol_equipment 和 inspection_equipment 规定。",
            "Patrols wear a common vest and belt, inspectors a common armband: patrol_equipment and inspection_equipment say what.",
        ),
        _CONDUCT,
        "- id: t02\n  type: 巡逻小组\n  equipment: [反光背心, 对讲机]",
        "- id: t02\n  type: 巡逻小组\n  equipment: [反光背心, 腰带, 对讲机]",
    ),
    Rule(
        "PAT-09",
        ERROR,
        ("没有记录全员持证", "not all are recorded as holding a guard's certificate"),
        ("逐人核对保安员证后写 certified: 是。", "Check each certificate, then write certified: yes."),
        (
            "上街巡逻的都是持有保安员证的在职保安员。公开的数据里只有“是”或“否”，没有证件号码。",
            "Everyone on patrol holds a guard's certificate. Public data says yes or no, never a number.",
        ),
        _FORMING,
        "- id: t02\n  type: 巡逻小组\n  certified: 否",
        "- id: t02\n  type: 巡逻小组\n  certified: 是",
    ),
    Rule(
        "PAT-10",
        ERROR,
        ("上岗条件没有核全：{why_zh}", "not fit for duty on record: {why}"),
        (
            "核对后写 age_checked: 是、insured: 是。不要登记任何人的出生日期。",
            "Once checked, write age_checked: yes and insured: yes. Record nobody's date of birth.",
        ),
        (
            "执勤当天年龄在活动标准 min_age 与 max_age 之间，两头都算；公司已办好社会保险和意外伤害保险。出生日期不公开，只写“是”或“否”。",
            (
                "On the day of duty everyone is of an age from min_age to max_age, both included, and has social and "
                "accident insurance. Dates of birth stay private: the data says yes or no."
            ),
        ),
        _FORMING,
        "- id: t02\n  type: 巡逻小组\n  insured: 否",
        "- id: t02\n  type: 巡逻小组\n  insured: 是\n  age_checked: 是",
    ),
    Rule(
        "INS-02",
        ERROR,
        (
            "巡查组应为 {low} 至 {high} 人，写的是 {count} 人",
            "an inspection group has {low} to {high} people, this one {count}",
        ),
        ("核对 headcount，人多就分成两组。", "Check headcount; divide a larger group in two."),
        (
            "巡查组的人数在活动标准 inspection_group_min 与 inspection_group_max 之间，两头都算。",
            "An inspection group has from inspection_group_min to inspection_group_max people, both included.",
        ),
        _WHO,
        "- id: t08\n  type: 巡查组\n  headcount: 4",
        "- id: t08\n  type: 巡查组\n  headcount: 3",
    ),
)

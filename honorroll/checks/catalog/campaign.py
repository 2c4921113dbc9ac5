"""Rules about the campaign itself and its waivers: CAM, WAI."""

from honorroll.checks.catalog.rule import ERROR, WARNING, Rule

RULES = (
    Rule(
        "CAM-01",
        ERROR,
        ("活动没有名称", "the campaign has no title"),
        ("在 data/campaign.yaml 里补上 title。", "Add `title` to data/campaign.yaml."),
        (
            "活动名称写在每一页的标题、页脚和导出的数据里。没有名称，读者就不知道这是谁办的什么事。",
            "The campaign's title stands in the title of every page, in the footer and in the open data.",
        ),
        "",
        "theme: 保一方稳定、护城市平安",
        "title: 马鞍山市保安行业党的二十大安保活动\ntheme: 保一方稳定、护城市平安",
    ),
    Rule(
        "CAM-02",
        ERROR,
        ("活动没有写明 {field}", "the campaign's {key} is not given"),
        (
            "补上 start 和 end，如 start: 2022-08-20。印发日期就是开始日期。",
            "Add `start` and `end`, such as start: 2022-08-20. The day of issue is the first day.",
        ),
        (
            "活动从印发之日开始，到方案写明的日期结束。台账、事迹和总结都按这段时间核对。",
            "A campaign runs from the day of issue to the day that its plan names. Ledgers, deeds and the wrap-up are held to it.",
        ),
        "什么时候办",
        "start: 2022-08-20",
        "start: 2022-08-20\nend: 2022-10-31",
    ),
    Rule(
        "CAM-03",
        ERROR,
        ("“{what}”的结束日期 {end} 早于开始日期 {start}", "`{what}` ends on {end}, before it starts on {start}"),
        (
            "核对 start 和 end，多半是年份或月份写错了。",
            "Look at `start` and `end`; most likely a year or month is wrong.",
        ),
        (
            "活动和它的每个阶段都不能在开始之前结束；同一天开始和结束是可以的。",
            "Neither the campaign nor one of its stages can end before it starts. One day is enough.",
        ),
        "什么时候办",
        "start: 2022-10-31\nend: 2022-08-20",
        "start: 2022-08-20\nend: 2022-10-31",
    ),
    Rule(
        "CAM-04",
        ERROR,
        ("活动没有主办单位", "the campaign has no organisers"),
        (
            "在 organisers 里写上主办单位的编号，如 [zd, xh]。",
            "List the ids of the organisers, such as organisers: [zd, xh].",
        ),
        (
            "主办单位对公布的内容负责，公告由它们发出，事迹也报给它们。",
            "The organisers answer for what is published; they issue the notices, and deeds are reported to them.",
        ),
        "",
        "organisers: []",
        "organisers: [zd, xh]",
    ),
    Rule(
        "CAM-05",
        WARNING,
        ("日期 {day} 不在活动期间（{start} 至 {end}）", "{day} is not within the campaign ({start} to {end})"),
        (
            "核对日期；确实不属于这次活动的记录，不要登在这里。",
            "Check the date; a record that does not belong to this campaign does not belong here.",
        ),
        (
            "事迹、巡逻和巡查都应当发生在活动期间，起止两天都算。新闻、公告和阶段安排可以晚于活动结束，不在此列。",
            (
                "Deeds, patrols and inspections happen within the campaign, its first and last day included. "
                "News, notices and stages may be later and are not looked at."
            ),
        ),
        "什么时候办",
        "- date: 2021-09-01\n  team: t02\n  hours: 4\n  area: 花山区湖北路街道",
        "- date: 2022-09-01\n  team: t02\n  hours: 4\n  area: 花山区湖北路街道",
    ),
    Rule(
        "CAM-06",
        ERROR,
        ("活动标准里缺少 {key}（{field}）", "the thresholds lack {key}"),
        (
            "在 data/campaign.yaml 的 thresholds 里补上 {key}；没有这一项，相应的检查做不了。",
            "Add {key} to `thresholds` in data/campaign.yaml; without it nothing can be held to it.",
        ),
        (
            "活动没有的，如应急机动队、巡查或评比，可以不写相应的标准；有了，就必须写，否则检查形同虚设。",
            (
                "A campaign without a mobile squad, inspections or a contest needs no number for them; "
                "one that has them does, or the checks would pass anything."
            ),
        ),
        "",
        "thresholds:\n  patrol_hours: 4",
        "thresholds:\n  patrol_hours: 4\n  inspection_shifts: [白天, 晚上]\n  inspection_points: 10",
    ),
    Rule(
        "CAM-07",
        WARNING,
        ("更新时间不对：{why_zh}", "the day of a change is not right: {why}"),
        (
            "发布以后改过的，updated 写改的那天，change 写改了什么。",
            "Where it was changed after it was published, give the day in `updated` and what was changed in `change`.",
        ),
        (
            "新闻和数据都一样：读者要知道看到的是不是改过的、哪天改的；更新时间早于发布时间或截至日期，多半是写错了。",
            "Readers want to know whether and when a post or figure was changed. A change before the publication, or before the day of the figure, is mostly a slip.",
        ),
        "",
        "date: 2022-09-02 09:30\nupdated: 2022-08-05\nchange: 更正了人数",
        "date: 2022-09-02 09:30\nupdated: 2022-09-05\nchange: 更正了人数",
    ),
    Rule(
        "WAI-01",
        ERROR,
        ("豁免的规则“{id}”不存在", "there is no rule `{id}` to waive"),
        (
            "规则编号见检查结果方括号里的文字，如 PAT-08。",
            "A rule's id stands in brackets in its finding, such as PAT-08.",
        ),
        (
            "豁免只对写对了编号的规则有效。写错编号的豁免什么也不管，却让人以为管用。",
            "A waiver holds for the rule that it names. One with a wrong id does nothing while it seems to.",
        ),
        "",
        "waivers:\n  - rule: PAT-80\n    reason: 腰带尚未到货\n    until: 2022-09-10",
        "waivers:\n  - rule: PAT-08\n    reason: 腰带尚未到货\n    until: 2022-09-10",
    ),
    Rule(
        "WAI-02",
        ERROR,
        ("规则 {id} 不能豁免", "{id} cannot be waived"),
        (
            "删去这条豁免，改正数据。只有活动、巡逻、巡查、评比、表彰、上报和汇总的规则，以及发布前查个人信息的规则可以豁免。",
            (
                "Remove the waiver and mend the data. Only rules of the campaign, patrols, inspections, contest, awards, "
                "reports and sums can be waived, and those that find personal data before it is published."
            ),
        ),
        (
            "本人同意、文件写法和引用方面的规则没有例外；缺了必填内容的记录读不进来，也无从豁免。",
            (
                "Rules on consent, on how files are written and on references have no exceptions, "
                "and a record that lacks what it must have cannot be read at all."
            ),
        ),
        "",
        "waivers:\n  - rule: REF-01\n    reason: 队伍名单以后再补\n    until: 2022-09-10",
        "waivers:\n  - rule: PAT-08\n    record: t05\n    reason: 腰带尚未到货\n    until: 2022-09-10",
    ),
    Rule(
        "WAI-03",
        WARNING,
        ("规则 {id} 的豁免已于 {until} 到期", "the waiver of {id} expired on {until}"),
        (
            "问题已解决就删去这条豁免；没有解决，重新商定期限。",
            "Remove it if the matter is settled; else agree on a new day.",
        ),
        (
            "豁免写明期限，当天仍有效，过期自动失效，原来的问题会重新报告。",
            "A waiver holds up to and including its day; after that the findings it covered are reported again.",
        ),
        "",
        "waivers:\n  - rule: PAT-08\n    reason: 腰带尚未到货\n    until: 2022-08-25",
        "waivers:\n  - rule: PAT-08\n    reason: 腰带尚未到货\n    until: 2022-09-10",
    ),
    Rule(
        "WAI-04",
        WARNING,
        ("规则 {id} 的豁免没有用上", "the waiver of {id} covers nothing"),
        (
            "删去它；或者核对 record：写记录的编号，或文件路径，台账还可以写队伍编号或日期；个人信息的规则（PRV）不能省去 record。",
            "Remove it, or check `record`: an id or a file, for a ledger also a team's id or a day; rules on personal data (PRV) need one.",
        ),
        (
            "没有对象的豁免应当及时删去，免得以后遮住真正的问题。",
            "A waiver that covers nothing would hide a mistake still to be made.",
        ),
        "",
        "waivers:\n  - rule: PAT-08\n    record: t99\n    reason: 腰带尚未到货\n    until: 2022-09-10",
        "waivers:\n  - rule: PAT-08\n    record: t05\n    reason: 腰带尚未到货\n    until: 2022-09-10",
    ),
)

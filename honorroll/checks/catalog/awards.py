"""Rules about awards, their documents and lists: AWD, CAL, ORD."""

from honorroll.checks.catalog.rule import ERROR, WARNING, Rule

RULES = (
    Rule(
        "AWD-01",
        ERROR,
        ("有一票否决的情形：{kind}（{date}）", "an event bars it from the title: {kind} ({date})"),
        (
            "写 exit: {{kind: 未入选, date: …}}；已经授予的，按程序撤销。",
            "Mark it as not selected with `exit`; revoke what was granted.",
        ),
        explanation=(
            "因失职发生责任事故或负面舆情、引发纠纷警情、保安员违法犯罪的项目，一票否决，不得推荐和授予。",
            (
                "A project is barred by an incident through neglect or bad press, by a dispute that the police had to "
                "settle, or by an offence of one of its guards: neither recommended nor awarded."
            ),
        ),
        clause="项目评比·一票否决",
        bad="vetoes:\n  - {kind: 纠纷警情, date: 2022-10-05, note: 停车争执}\n",
        good="vetoes:\n  - {kind: 纠纷警情, date: 2022-10-05, note: 停车争执}\nexit: {kind: 未入选, date: 2022-10-12}\n",
    ),
    Rule(
        "AWD-02",
        WARNING,
        ("没有一项优先依据", "no merit is on record"),
        (
            "在 merits 里写明属地公安肯定、客户书面表扬或感人事迹，并写依据 evidence。",
            "Add one to `merits`, with its evidence: affirmed by the police, praised in writing, or a moving deed.",
        ),
        explanation=(
            "受推荐的项目至少有一项优先依据：得到属地公安机关肯定、客户单位书面表扬，或有感人事迹，并有据可查。",
            (
                "A recommended project has at least one merit with evidence: affirmed by the local police, praised in "
                "writing by its client, or a moving deed."
            ),
        ),
        clause="项目评比·优先依据",
        bad="merits: []\n",
        good="merits:\n  - {kind: 客户书面表扬, date: 2022-09-05, evidence: 学校书面感谢函}\n",
    ),
    Rule(
        "AWD-03",
        ERROR,
        ("项目没有经过巡查检查：{why_zh}", "the project was not inspected: {why}"),
        (
            "在 inspections 里找到那次检查，给点位写上 project；还没有检查的，不能推荐。",
            "Name the project at the point of its inspection; before that it cannot be recommended.",
        ),
        explanation=(
            (
                "评比项目都是巡查的必到点位，每个项目至少检查一次，在报名之后、推荐和决定之前。"
                "没有安排巡查的届次，在 cycles.yaml 里写 inspected: 否。"
            ),
            (
                "Every contest project is a compulsory point: it is inspected at least once, after it applied and before "
                "it is recommended and decided on. A cycle that had no inspections says `inspected: no`."
            ),
        ),
        clause="巡查检查·必到点位：评比项目",
        bad="points:\n  - kind: 学校\n",
        good="points:\n  - kind: 学校\n    project: p01\n",
    ),
    Rule(
        "AWD-04",
        ERROR,
        ("推荐不完整：{why_zh}", "the recommendation is not complete: {why}"),
        (
            "在 recommendation 里写推荐单位 org、走访 visit、审核 review 和推荐 date；走访和审核不晚于推荐。",
            "Write `org`, `visit`, `review` and `date`; visit and review come no later than the recommendation.",
        ),
        explanation=(
            "项目由县区公安机关推荐；推荐之前要实地走访，并审核资料。支队和协会据此审定。",
            (
                "A county or district bureau recommends a project after it has visited it and reviewed its papers; "
                "detachment and association decide on that ground."
            ),
        ),
        clause="项目评比·程序：县区公安机关走访、审核、推荐",
        bad="recommendation:\n  org: hs\n  date: 2022-10-25\n",
        good="recommendation:\n  org: hs\n  visit: 2022-10-12\n  review: 2022-10-18\n  date: 2022-10-25\n",
    ),
    Rule(
        "AWD-05",
        ERROR,
        ("荣誉与活动数据不一致：{why_zh}", "the award does not agree with the campaign's data: {why}"),
        (
            "对照表彰决定核对称号、获得者、文号和署名；称号在 cycles.yaml 里，主办单位在 campaign.yaml 里。",
            "Check title, recipient, number and signatories; titles stand in cycles.yaml, organisers in campaign.yaml.",
        ),
        explanation=(
            "荣誉的称号要用本届规定的名称；授予要有表彰决定，决定有文号、日期，由全部主办单位署名。",
            (
                "An award bears a title of its cycle; it is granted by a decision that has a number and a date and is "
                "signed by all organisers."
            ),
        ),
        clause="项目评比·授予称号",
        bad="title: 马鞍山市优秀保安服务项目\ndecision: n2022-05\n",
        good="title: 马鞍山优秀保安服务项目\ndecision: n2022-05\n",
    ),
    Rule(
        "AWD-06",
        ERROR,
        ("还不能作出授予的决定：{why_zh}", "it cannot be granted yet: {why}"),
        (
            "决定要在公示结束、异议核查完之后；核对公示的 end、决定的 date 和异议的 closed、outcome。",
            (
                "The decision comes after the notice has ended and its objections are closed; check `end` of the notice, "
                "`date` of the decision, `closed` and `outcome` of the objection."
            ),
        ),
        explanation=(
            (
                "公示是征求意见，期满之前、异议核查完之前谁也没有获奖。荣誉的状态不用写，按当天日期从公示、异议和决定的日期得出；"
                "日期的先后错了，网站就可能提前道喜，所以是错误。"
            ),
            (
                "A public notice asks for objections, so nobody has won before it ends and its objections are dealt with. "
                "The state of an award is not typed: it follows from the dates of notice, objections and decision on the day "
                "of the build. Were these in a wrong order, the site could show an award as granted too early."
            ),
        ),
        clause="项目评比·公示",
        bad="# 公示\nend: 2022-11-15\n# 表彰决定\ndate: 2022-11-15\n",
        good="# 公示\nend: 2022-11-15\n# 表彰决定\ndate: 2022-11-18\n",
    ),
    Rule(
        "AWD-07",
        WARNING,
        ("没有记录评比事项的批准文号", "no approval of this contest is on record"),
        (
            "补上 approval: 批准文号；不需要批准的，在 campaign.yaml 里写豁免和原因。",
            "Add its reference as `approval`; where none is needed, waive this rule with the reason.",
        ),
        explanation=(
            "结合重大会议、重大活动开展的评比表彰要按规定报批，批准文号应当可查。",
            "Contests that are tied to major meetings or events need an approval; its reference should be on record.",
        ),
        clause="评比表彰·报批",
        bad="- {id: y2022, title: 2022年评比}\n",
        good="- {id: y2022, title: 2022年评比, approval: 示例〔2022〕0号}\n",
    ),
    Rule(
        "AWD-08",
        WARNING,
        ("公示了 {days} 个工作日，至少 {least} 个", "the public notice runs {days} working days; {least} are needed"),
        (
            "写上 start 和 end，首日计入（`notice_first_day: 否` 时不计），节假日不计，调休上班日算工作日；荣誉用 notice 指向它的公示。",
            (
                "Write `start` and `end`: the first day counts (unless `notice_first_day` says no), holidays do not, make-up working days do; "
                "an award names its public notice as `notice`."
            ),
        ),
        explanation=(
            "拟表彰名单在授予之前向社会公示，时间不少于规定的工作日，按国务院公布的节假日和调休计算。",
            (
                "The list is put on public notice before anything is granted, for a number of working days of the Chinese "
                "calendar, with its holidays and make-up days."
            ),
        ),
        clause="项目评比·公示：不少于五个工作日",
        bad="kind: 公示\nstart: 2022-09-30\nend: 2022-10-10\n",
        good="kind: 公示\nstart: 2022-09-30\nend: 2022-10-12\n",
    ),
    Rule(
        "CAL-01",
        ERROR,
        ("不知道 {year} 年的放假和调休安排", "the public holidays of {year} are not known"),
        (
            (
                "在 campaign.yaml 的 calendar 里补上 year: {year}，按国务院办公厅的通知写 holidays（放假）和 workdays（调休上班）；"
                "先核对年份有没有写错。"
            ),
            "Check the year; then add `year: {year}` with its `holidays` and `workdays` to `calendar` in campaign.yaml.",
        ),
        explanation=(
            "放假和调休安排每年年底由国务院办公厅公布，推算不出来。程序不知道的年份，要由活动数据给出，才能数工作日。",
            (
                "Holidays and make-up working days are announced year by year and cannot be computed. For a year that "
                "the program does not know, the campaign's data must give them before working days can be counted."
            ),
        ),
        clause="项目评比·公示：工作日",
        bad="start: 2031-11-07\nend: 2031-11-13\n",
        good="calendar:\n  - year: 2031\n    holidays: [2031-10-01, 2031-10-02]\n    workdays: [2031-10-11]\n",
    ),
    Rule(
        "AWD-09",
        ERROR,
        ("荣誉只增不删，撤销的要写明：{why_zh}", "an award is never deleted, and a revoked one says so: {why}"),
        (
            "找回被删的荣誉；撤销的在 revoked 里写日期、原因和文件；文件的 awards 列全编号。",
            (
                "Restore it; write day, reason and document of a revocation; "
                "a decision or revocation lists all its awards."
            ),
        ),
        explanation=(
            (
                "荣誉一经公布就不再删除。被撤销的留在名单上，标明已撤销、日期和原因；"
                "表彰决定和撤销决定列出涉及的荣誉编号，少了哪一条都会被发现。"
            ),
            (
                "What was published as an award is never deleted. A revoked one stays on the list, marked as such with day "
                "and reason; decisions and revocations list their awards by id, so a missing one is found."
            ),
        ),
        clause="项目评比·撤销",
        bad="revoked:\n  notice: n2020-03\n",
        good="revoked:\n  date: 2021-06-18\n  reason: 申报材料不实\n  notice: n2020-03\n",
    ),
    Rule(
        "AWD-10",
        ERROR,
        ("荣誉的先后不对：{why_zh}", "the course of the award is out of order: {why}"),
        (
            "核对各项日期：推荐、公示、异议（在公示期内）、决定、撤销，后一步不早于前一步。",
            (
                "Check the dates: recommendation, notice, objections (while it runs), decision, revocation; "
                "none comes before the one before it."
            ),
        ),
        explanation=(
            (
                "一项荣誉依次经过推荐、公示、异议核查、决定，授予之后才可能撤销。网站按这些日期显示每一天的状态，先后颠倒就会说错。"
            ),
            (
                "An award is recommended, put on notice, cleared of objections and decided on; it can be revoked only once it "
                "was granted. Pages of each day follow from these dates, so they must be in order."
            ),
        ),
        clause="项目评比·程序：推荐、公示、审定、撤销",
        bad="decision: n2020-02   # 2020-11-30\nrevoked: {date: 2020-11-18, reason: 申报材料不实, notice: n2020-03}\n",
        good="decision: n2020-02   # 2020-11-30\nrevoked: {date: 2021-06-18, reason: 申报材料不实, notice: n2020-03}\n",
    ),
    Rule(
        "ORD-01",
        ERROR,
        ("排序说明与名单的次序不符：{why_zh}", "the note on the order does not agree with the list: {why}"),
        (
            "删去 order_note，写 order: {order}（只排个人的写 person_order）：名单照此排列，说明由程序写。",
            "Remove `order_note` and write `order: {order}` (`person_order` for guards alone): the list is sorted and says so.",
        ),
        explanation=(
            "名单怎么排，名单上就怎么写。按笔画、拼音排的由程序排列并注明；只有照原序排的，才用 order_note 说明是什么次序。",
            (
                "A list stands in the order that it tells. By strokes or by pinyin it is sorted by the program, which "
                "says so itself; `order_note` tells only what order a list has that stays as given."
            ),
        ),
        clause="评比表彰·名单排序",
        bad="order_note: 按姓氏笔画为序\n",
        good="order: 笔画\n",
    ),
    Rule(
        "ORD-02",
        WARNING,
        (
            "按{order}排序时不认识“{chars}”，暂排在最后",
            "the {order} of {chars} is not known; the name goes last for now",
        ),
        (
            (
                "字写错了就改正；没有错的，在 awards 的 {id} 里写 sort_as：用笔画、读音相同的规范字替换后的名字，只用来排序。"
            ),
            (
                "Mend the character, or give the award {id} a `sort_as`: the name with a standard character of the same "
                "strokes and reading in its place, used for sorting only."
            ),
        ),
        explanation=(
            "程序按《通用规范汉字表》的八千一百零五字排笔画和拼音。表外的字排在哪里，要由编辑说，程序不猜。",
            (
                "Strokes and readings are those of the 8,105 characters of the official table. Where a name with "
                "another character stands, the editor says; the program does not guess."
            ),
        ),
        clause="评比表彰·名单排序",
        bad="person: r01   # 姓名：陈𰀀\n",
        good="person: r01   # 姓名：陈𰀀\nsort_as: 陈英\n",
    ),
)

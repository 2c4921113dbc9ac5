"""Rules about the projects of the contest: CON."""

from honorroll.checks.catalog.rule import ERROR, WARNING, Rule

RULES = (
    Rule(
        "CON-01",
        ERROR,
        (
            "{company}在同一届报了 {count} 个项目，最多 {limit} 个",
            "{company} entered {count} projects; the limit is {limit}",
        ),
        (
            "只留 {limit} 个；退出的写 exit: {{kind: 已退出, date: …}}。",
            "Keep {limit} of them, and mark those that left with `exit`.",
        ),
        explanation=(
            "每家公司在一届评比中申报的项目数有上限，名额才不会被少数公司占满。已退出的项目不算，未入选的仍算。",
            (
                "A company may enter a limited number of projects in a cycle, so that a few companies do not fill the list. "
                "Withdrawn projects do not count; those that were not selected do."
            ),
        ),
        clause="项目评比·参评条件：项目数量",
        bad="- {id: p01, company: c01}\n- {id: p02, company: c01}\n- {id: p03, company: c01}\n",
        good="- {id: p01, company: c01}\n- {id: p02, company: c01}\n"
        "- {id: p03, company: c01, exit: {kind: 已退出, date: 2022-10-17}}\n",
    ),
    Rule(
        "CON-02",
        ERROR,
        ("项目只有 {guards} 名保安员，至少 {least} 名", "the project has {guards} guards; {least} are needed"),
        (
            "核对人数；不够条件的写 exit，类别“未入选”或“已退出”。",
            "Check the number; mark a project that does not qualify as not selected or withdrawn with `exit`.",
        ),
        explanation=(
            "参评项目要有一定规模，保安员人数有下限。",
            "A contest project must have a certain size: the number of its guards has a lower bound.",
        ),
        clause="项目评比·参评条件：保安员人数",
        bad="guards: 9\n",
        good="guards: 10\n",
    ),
    Rule(
        "CON-03",
        ERROR,
        (
            "{guards} 名保安员中 {certified} 名持证，持证率应当达到 {percent}%",
            "{certified} of {guards} guards hold a certificate; {percent} % are needed",
        ),
        (
            "核对两个人数；持证人数也不能多于保安员人数。",
            "Check both numbers; there cannot be more certificates than guards.",
        ),
        explanation=(
            (
                "保安员上岗要有保安员证，项目的持证率必须达到本届标准。标准写在 campaign.yaml 的 certified_percent；"
                "某一届不同的，写在那一届的 thresholds 里。"
            ),
            (
                "A guard on duty holds a guard's certificate, and a project must reach the share that the cycle asks for: "
                "`certified_percent` in campaign.yaml, or in the cycle's own `thresholds`."
            ),
        ),
        clause="项目评比·参评条件：持证率",
        bad="guards: 12\ncertified: 11\n",
        good="guards: 12\ncertified: 12\n",
    ),
    Rule(
        "CON-04",
        ERROR,
        ("项目不符合监管要求：{why_zh}", "the project fails the supervision check: {why}"),
        (
            "核准后写 data_accurate: 是；有投诉举报的项目不能参评，写 exit，类别“未入选”或“已退出”。",
            "Set `data_accurate` once it is confirmed; a project with a complaint is not selected or withdraws (`exit`).",
        ),
        explanation=(
            "参评项目在监管系统里的信息要准确，并且没有投诉举报。从接受检查起必须核准。",
            (
                "A contest project's data in the supervision system are accurate, and no complaint was reported. "
                "This must be confirmed from the inspection on."
            ),
        ),
        clause="项目评比·参评条件：监管信息准确、无投诉举报",
        bad="data_accurate: 否\n",
        good="data_accurate: 是\n",
    ),
    Rule(
        "CON-05",
        ERROR,
        ("客户单位的同意不完整：{why_zh}", "the client's consent is not complete: {why}"),
        (
            "补上 consent: 日期；客户没有同意的不能检查和推荐。",
            "Add the day as `consent`; a project without it is neither inspected nor recommended.",
        ),
        explanation=(
            "参评须经客户单位同意，并记下同意的日期；同意要在推荐之前。",
            "A project takes part with its client's consent, on record with its date and given before the recommendation.",
        ),
        clause="项目评比·参评条件：客户同意",
        bad="applied: 2022-09-01\n",
        good="applied: 2022-09-01\nconsent: 2022-09-02\n",
    ),
    Rule(
        "CON-06",
        WARNING,
        ("没有记录这些活动：{kinds}", "these activities are not on record: {kinds}"),
        (
            "在 activities 里补上，每项写类别、日期和内容；没有做的，尽快安排。",
            "Add them to `activities` with kind, date and note; hold those that are still to come.",
        ),
        explanation=(
            "参评项目要开展训练、演练和隐患排查，并留下记录。从接受检查起三类都应当有。",
            "A contest project holds trainings, drills and hazard checks and keeps a record; all three from the inspection on.",
        ),
        clause="项目评比·活动开展：训练、演练、隐患排查",
        bad="activities:\n  - {kind: 训练, date: 2022-09-06, note: 队形训练}\n",
        good="activities:\n  - {kind: 训练, date: 2022-09-06, note: 队形训练}\n"
        "  - {kind: 演练, date: 2022-09-15, note: 疏散演练}\n  - {kind: 隐患排查, date: 2022-09-20, note: 查看护栏}\n",
    ),
    Rule(
        "CON-07",
        ERROR,
        ("参评的先后不对：{why_zh}", "the project's way through the contest is out of order: {why}"),
        (
            "核对日期：报名在先，然后客户同意、走访、审核、推荐；退出或未入选的项目不再推荐和授予。",
            (
                "Check the dates: first the application, then consent, visit, review, recommendation; a project that left is "
                "neither recommended nor awarded."
            ),
        ),
        explanation=(
            "项目先报名，再经客户同意、检查、走访审核和推荐；退出或未入选之后，不再推荐，也没有荣誉。",
            (
                "A project applies, its client agrees, it is inspected, visited, reviewed and recommended. Once it left the "
                "contest it is not recommended any more, and no award to it stands."
            ),
        ),
        clause="项目评比·程序",
        bad="applied: 2022-09-05\nconsent: 2022-09-02\n",
        good="applied: 2022-09-01\nconsent: 2022-09-02\n",
    ),
)

"""Rules on people and what they agreed to."""

from honorroll.checks.catalog.rule import WARNING, Rule

RULES = (
    Rule(
        "PRV-05",
        WARNING,
        ("本人同意的日期不对：{why_zh}", "the date of the consent cannot be right: {why}"),
        (
            "核对 given（同意日期）和 withdrawn（撤回日期）。同意还没有生效或已经撤回的，网站上只显示“一名保安员”。",
            "Check `given` and `withdrawn`. Who has not agreed yet, or not any more, stays unnamed on the site.",
        ),
        (
            (
                "姓名只有在本人同意之后才能公布。写在将来的同意，到那一天才算数，在那之前网站不显示姓名；比今天和活动结束还晚一年以上的，"
                "多半是写错了年份。撤回从写上的那一刻起就算数，不等到那一天。"
            ),
            (
                "A name is published only once the person has agreed. A consent of a day to come counts from that day on, and "
                "until then the site shows no name; one of more than a year after today and the campaign's end is mostly a slip. A withdrawal counts as soon as it is written down."
            ),
        ),
        bad="- id: r01\n  name: 王守江\n  consent:\n    given: 2099-01-01",
        good="- id: r01\n  name: 王守江\n  consent:\n    given: 2022-09-01",
    ),
)

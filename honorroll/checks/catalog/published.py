"""Rules about what was published before: REC."""

from honorroll.checks.catalog.rule import ERROR, WARNING, Rule

_CORRECT = "要改，就发更正（kind: 更正，用 corrects 或 awards 写明改的是什么）或撤销文件；不是有意的，改回来；确有别的原因，写豁免。"
_CORRECT_EN = (
    "Publish a correction that names it in `corrects` or `awards`, or a revocation; "
    "undo it if it was not meant; else waive it with the reason."
)

RULES = (
    Rule(
        "REC-01",
        ERROR,
        ("公布记录被改动过：{why_zh}", "the record of what was published was altered: {why}"),
        (
            "用 Git 找回 data/published 里的文件（git restore data/published）。",
            "Restore the files of data/published from Git (`git restore data/published`).",
        ),
        explanation=(
            "每次发布，公布了什么都记在 data/published 里，一个文件接一个文件，各有校验值。记录只增不改，事后才说得清公众看到过什么。",
            "Each deployment records what it published in data/published, file after file with checksums. It only grows, so that one can tell later what the public saw.",
        ),
    ),
    Rule(
        "REC-02",
        ERROR,
        ("公布过的荣誉 {id} 变了：{why_zh}", "the published award {id} has changed: {why}"),
        (_CORRECT, _CORRECT_EN),
        explanation=(
            "公众看到过的荣誉，不能连同决定一起悄悄消失，也不能悄悄变成别的状态。撤销要有撤销文件，更正要有更正文件。",
            "An award that the public has seen must not vanish together with its decision, nor silently turn into another state.",
        ),
    ),
    Rule(
        "REC-03",
        ERROR,
        ("公布过的文件或授予依据 {id} 变了：{why_zh}", "the published document or ground {id} has changed: {why}"),
        (_CORRECT, _CORRECT_EN),
        explanation=(
            "决定的日期、文号、公示的起止，公布以后就是依据。改了不说，看过的人就会对不上。",
            "Dates, numbers and periods of documents are what people rely on once they are published.",
        ),
    ),
    Rule(
        "REC-04",
        ERROR,
        ("公布过的数据 {id} 变了：{why_zh}", "the published figure {id} has changed: {why}"),
        (
            "写 updated 和 change，说明哪一天改了什么；有了更晚的数，把 as_of 也改成那一天。",
            "Say when and what in `updated` and `change`; for a newer figure move `as_of` on.",
        ),
        explanation=(
            "公布过的数字会被引用。改了数，要让读者看到什么时候改的、为什么改。",
            "Published figures get quoted. Readers must see when and why one was changed.",
        ),
        bad="value: 1300\nas_of: 2022-10-31",
        good="value: 1300\nas_of: 2022-10-31\nupdated: 2022-11-05\nchange: 补上了两天的台账",
    ),
    Rule(
        "REC-05",
        WARNING,
        ("公布过的网页不见了：{id}", "a published page is gone: {id}"),
        (
            "在 data/redirects.yaml 里写 old: {id} 和 to: 现在的网址；撤下的，to 空着。",
            "Write `old: {id}` and `to:` its address of today in data/redirects.yaml; leave `to` empty where it was taken down.",
        ),
        explanation=(
            "网址公布以后就会被收藏、转发、印出来，所以不能悄悄失效。因当事人要求撤下的网页可以消失，写明就行。",
            "Published addresses are kept, shared and printed, so none may silently lead nowhere. A page that was taken down may go; just say so.",
        ),
        bad="[]",
        good="- old: deeds/d09.html\n  to:",
    ),
)

"""Rules on people and what they agreed to."""

from honorroll.checks.catalog.rule import ERROR, INFO, WARNING, Rule

_MEND = (
    "改成“{shown}”，或者删掉姓名。",
    "Write “{shown}” instead, or leave the name out.",
)
_NAMED_BAD, _NAMED_GOOD = "story: 王守江接过孩子的书包。", "story: 一名保安员接过孩子的书包。"

RULES = (
    Rule(
        "PRV-04",
        ERROR,
        ("写出了未成年人的姓名，没有监护人的同意", "a minor is named without a guardian's consent"),
        _MEND,
        (
            "不满十八岁的人，只有监护人在 consents.yaml 里同意了，才能写姓名（《个人信息保护法》第三十一条）。",
            "A minor is named only with a guardian's consent on record in consents.yaml (PIPL, article 31).",
        ),
        bad=_NAMED_BAD,
        good="story: 一名小学生把书包递给保安员。",
    ),
    Rule(
        "PRV-05",
        ERROR,
        (
            "写出了没有同意公开的姓名：{why_zh}",
            "a name is published without consent: {why}",
        ),
        _MEND,
        (
            (
                "姓名只有在本人同意之后才能公布，同意记在 consents.yaml 里。没有记录、还没到日子、过了期，或者本人只同意写“王某某”的，"
                "网站上任何地方都不能出现全名：正文、标题、图注、文件名都算。"
            ),
            (
                "A name is published only with the person's consent on record in consents.yaml. Without one, before its day, "
                "after its end, or where only the surname may be shown, the whole name stands nowhere on the site."
            ),
        ),
        bad=_NAMED_BAD,
        good=_NAMED_GOOD,
    ),
    Rule(
        "PRV-06",
        ERROR,
        ("写出了已经撤回同意的姓名", "a name is published although its consent was withdrawn"),
        _MEND,
        (
            "本人撤回同意以后，姓名要从全站撤下，旧公告、旧新闻也一样（《个人信息保护法》第十五条、第四十七条）。",
            "After a withdrawal the name leaves the whole site, old notices and posts included (PIPL, articles 15 and 47).",
        ),
        bad=_NAMED_BAD,
        good=_NAMED_GOOD,
    ),
    Rule(
        "PRV-08",
        ERROR,
        ("写出了要求保密的人的姓名", "somebody who asked for secrecy is named"),
        _MEND,
        (
            "救人的人要求保密（mask: 匿名）的，任何地方都不写姓名，有同意记录也不写。",
            "Who asked for secrecy (`mask: 匿名`) is named nowhere, whatever consents there are.",
        ),
        bad=_NAMED_BAD,
        good=_NAMED_GOOD,
    ),
    Rule(
        "PRV-20",
        INFO,
        (
            "同意记录还写在人员名单里，共 {count} 人；当作姓名、照片、事迹都同意",
            "consents still stand in the list of people ({count}); they are taken for consents to name, photo and story",
        ),
        (
            (
                "可以先不管。要分别记，就删掉 consent，在 data/consents.yaml 里加一条：person: 人员编号、purposes: [姓名, 照片, 事迹]、given: 同意日期、how: 书面；"
                "撤回过的再加 withdrawn: 撤回日期。"
            ),
            (
                "It may stay. To tell more, remove `consent` and add an entry to data/consents.yaml: `person` (the id), `purposes`, `given`, "
                "`how`, and `withdrawn` if it was."
            ),
        ),
        (
            "一个人可以先后同意几次、同意几样，所以同意单独记账；网站显示什么，只看这本账。写在人员名单里的旧记录，当作账上的一条。",
            "Somebody may agree several times and to several things, so consents have a ledger of their own, which alone decides what is shown. What still stands in the list of people counts as one of its entries.",
        ),
        bad="- id: r01\n  name: 王守江\n  consent:\n    given: 2022-09-01",
        good="- person: r01\n  purposes: [姓名, 照片, 事迹]\n  given: 2022-09-01\n  how: 书面",
    ),
    Rule(
        "PRV-21",
        ERROR,
        ("“{key}”是隐私，不能写在这里", "`{key}` is private and must not stand here"),
        (
            "整行剪切到 private/ 文件夹里的文件（如 private/persons.yaml）：那里的内容不会被读取，也不会进 Git。",
            "Cut the line and keep it in a file below `private/`, such as private/persons.yaml, which is neither read nor put into Git.",
        ),
        (
            "出生日期、证件号码、电话、住址与网站无关。写在 data/ 里，会跟着资料一起发给每个能看到它的人。",
            "Birth dates, numbers of papers, telephones and homes are of no use to the site. In `data/` everybody who sees the data sees them.",
        ),
        bad="- id: r01\n  name: 王守江\n  birthday: …",
        good="- id: r01\n  name: 王守江",
    ),
    Rule(
        "PRV-22",
        WARNING,
        ("同意记录不对：{why_zh}", "this consent cannot be right: {why}"),
        (
            "核对 given（同意日期）、until（有效到）、withdrawn（撤回日期）和 guardian（监护人）。",
            "Check `given`, `until`, `withdrawn` and `guardian`.",
        ),
        (
            (
                "写在将来的同意，到那一天才算数，在那之前网站不显示姓名；比今天和活动结束还晚一年以上的，多半是写错了年份。"
                "撤回从写上的那一刻起就算数，不等到那一天。未成年人要有监护人的同意。"
            ),
            (
                "A consent of a day to come counts from that day on, and until then the site shows no name; one of more than a "
                "year after today and the campaign's end is mostly a slip. A withdrawal counts as soon as it is written down. For a minor a guardian agrees."
            ),
        ),
        bad="- person: r01\n  purposes: [姓名]\n  given: 2099-01-01\n  how: 书面",
        good="- person: r01\n  purposes: [姓名]\n  given: 2022-09-01\n  how: 书面",
    ),
    Rule(
        "PRV-23",
        WARNING,
        ("可能是不能公开的姓名：{why_zh}", "this may be a name that must not be published: {why}"),
        (
            "是此人，就改成“{shown}”；不是，可以不管，或者在旁边写明是谁（如单位、职务），与他人区分开。",
            "If it is that person, write “{shown}”; if not, let it be, or say who is meant.",
        ),
        (
            "两个人同名，或者两个字的姓名恰好和前后的字连成别的词，程序分不清，请人看一眼。",
            "Two people bear one name, or the two characters may belong to other words: a person has to look.",
        ),
        bad="text: 王明天亮前到岗。",
        good="text: 王某某天亮前到岗。",
    ),
    Rule(
        "PRV-24",
        WARNING,
        ("能认出一个未成年人：“{words}”", "a minor can be told from this: “{words}”"),
        (
            "学校、班级、姓名只留一样；写“一名小学生”就够了。",
            "Leave at most one of school, class and name; “a pupil” is enough.",
        ),
        (
            "姓名加学校加班级，足以让陌生人在校门口等到这个孩子。",
            "Name, school and class together let a stranger wait for the child at the school gate.",
        ),
        bad="text: 实验小学三年级二班的李小雨同学送来锦旗。",
        good="text: 一名小学生送来锦旗。",
    ),
    Rule(
        "PRV-25",
        ERROR,
        ("照片“{target}”里有人没有同意公开照片", "somebody in the photo “{target}” has not agreed to be shown"),
        (
            "换一张照片，或者删去这一处；本人同意的，记进 consents.yaml。",
            "Take another photo, or leave it out; if the person agrees, record that in consents.yaml.",
        ),
        (
            "照片写明了认得出的人（persons），这张照片就只有在他们都同意公开照片的日子里才能出现，在正文里再引用同一张也一样。",
            "A photo that says who can be recognised in it (`persons`) is shown only while all of them agree, wherever it is named.",
        ),
        bad="![王守江在岗](pictures/gate.jpg)",
        good="![石狮旁的岗亭](pictures/post.jpg)",
    ),
)

"""Rules about the association's own look and about pictures to be shared: LOK, SHR."""

from honorroll.checks.catalog.rule import ERROR, INFO, WARNING, Rule

RULES = (
    Rule(
        "LOK-01",
        ERROR,
        (
            "颜色 {colour} 与{why_zh}的对比度只有 {ratio}，不到 4.5",
            "{colour} has a contrast of {ratio} with {why}, less than 4.5",
        ),
        ("换一个更分明的颜色，如 {near}。", "Choose another colour, such as {near}."),
        (
            "主色衬着浅色文字，荣誉色写在主色上，强调色写在白底上。对比度不到 4.5，老年人和阳光下看手机的人读不清。其余颜色由这三种推算，明暗两种外观都够分明。",
            (
                "Light text stands on the main colour, the colour of honour on the main colour, the accent on white. Below 4.5 "
                "(WCAG 2.2, 1.4.3) many cannot read it. All other colours follow from these three and are read in light and dark."
            ),
        ),
        bad='look:\n  colours: {main: "#7fb2e5", honour: "#e6bd62", accent: "#b23318"}\n',
        good='look:\n  colours: {main: "#123524", honour: "#e6bd62", accent: "#b23318"}\n',
    ),
    Rule(
        "LOK-02",
        ERROR,
        ("static 文件夹里没有标志图片“{name}”", "there is no logo `{name}` in the folder static"),
        (
            "把图片放进 static 文件夹，logo 写它的文件名。",
            "Put the picture into static/ and name it as it is called there.",
        ),
        ("标志显示在每一页的左上角。", "The logo stands at the head of every page."),
        bad="look:\n  logo: lgoo.svg\n",
        good="look:\n  logo: logo.svg\n",
    ),
    Rule(
        "LOK-03",
        ERROR,
        ("示意图第 {row} 行的“{sign}”不代表任何区县", "`{sign}` in row {row} of the map stands for no district"),
        (
            "写区县名称里别的区县没有的那个字（{known}）；～ 是水面，＿ 是空白。",
            "Write a character of one district's name that no other has ({known}); U+FF5E is water, U+FF3F nothing.",
        ),
        (
            "示意图用字画成，一个字是一格。区县是参加活动的分县局所在的区县，写在 data/orgs.yaml 的 region。",
            "The map is drawn with characters, one a box. Districts are those of the police bureaus in data/orgs.yaml.",
        ),
        bad="map: |\n  甲甲～已\n",
        good="map: |\n  甲甲～乙\n",
    ),
    Rule(
        "LOK-04",
        WARNING,
        ("示意图上没有{name}", "{name} is not on the map"),
        ("在 map 里给它画几格。", "Draw some boxes for it in `map`."),
        (
            "少画一个区县，读者会以为那里没有参加；它的数字也只在表里。",
            "Readers would think that the district took no part; its numbers would stand in the table alone.",
        ),
    ),
    Rule(
        "LOK-05",
        ERROR,
        ("样式表写法有误：{why_zh}", "style sheet syntax: {why}"),
        (
            "看看这一处和前面一行的括号、冒号、分号。",
            "Look at the brackets, colon and semicolon here and in the line above.",
        ),
        (
            "样式表发布时要改写成旧浏览器也懂的写法，所以先要读得懂。浏览器遇到写错的地方会悄悄丢掉后面的样式。",
            (
                "Style sheets are rewritten for older browsers when they are published, so they must be readable. Browsers "
                "silently drop what follows a mistake."
            ),
        ),
        bad=".card { color red; }",
        good=".card { color: red; }",
    ),
    Rule(
        "SHR-01",
        INFO,
        ("分享用的图片没有画全：{why_zh}", "pictures for sharing are missing or without words: {why}"),
        (
            (
                "安装：pip install 'honorroll[posters]'；网站地址写在 site 的 base_url（不超过二百字）。不要海报就把 posters 改为 否；"
                "分享图也可以自己做，放进 static 文件夹，文件名 share.png（1200×630）。"
            ),
            (
                "Install honorroll[posters], and give `base_url`, at most 200 characters; or set `posters` to no. A share picture "
                "of your own goes into static/ as share.png (1200 by 630)."
            ),
        ),
        (
            (
                "海报、封面和分享图用开源的思源字体绘制，海报上的二维码指向网页的完整网址。缺了字体或网址就没有海报；"
                "缺了字体，正式活动的分享图只有图案，没有名称。"
            ),
            (
                "Posters, covers and the share picture are set in Noto typefaces, and the code on a poster leads to a full address. "
                "Without these there are no posters, and without typefaces the share picture of a real campaign shows no words."
            ),
        ),
        bad="site:\n  name: 平安守护光荣榜\n  posters: 是\n",
        good="site:\n  name: 平安守护光荣榜\n  base_url: https://honor.example.org/\n  posters: 是\n",
    ),
    Rule(
        "SHR-02",
        WARNING,
        (
            "绘图字体里没有“{chars}”，海报和分享图上画成“〓”",
            "the typeface of drawn pictures lacks `{chars}`; they show U+3013 instead",
        ),
        ("换一个字，或去掉表情符号。", "Use another character, or leave the emoji out."),
        (
            "字体里没有的字会画成方框；这里按印刷惯例画成“〓”，并提醒您。",
            "Instead of a box the poster shows the geta mark U+3013, as in print.",
        ),
        bad="title: 中秋夜🌕有他们",
        good="title: 中秋夜有他们",
    ),
)

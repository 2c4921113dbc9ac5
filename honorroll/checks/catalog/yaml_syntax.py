"""Rules about the syntax of YAML: YML."""

from honorroll.checks.catalog.rule import ERROR, Rule

RULES = (
    Rule(
        "YML-01",
        ERROR,
        ("YAML 写法有误：{why_zh}", "YAML syntax: {why}"),
        (
            "检查这一行和上一行：缩进是否对齐，引号、括号是否成对，冒号后面是否有空格。",
            "Check this line and the one above: indentation, pairs of quotes and brackets, a space after the colon.",
        ),
        explanation=(
            "数据文件用 YAML 写：键、冒号、空格、值，缩进表示从属。写法不合规矩，程序就看不懂这个文件。",
            "Data files are YAML: key, colon, space, value, with indentation for what belongs together. Otherwise the file cannot be understood.",
        ),
        bad=("- id: t01\n   name: 花山巡逻小组"),
        good=("- id: t01\n  name: 花山巡逻小组"),
    ),
    Rule(
        "YML-02",
        ERROR,
        ("“{key}”在同一条记录里写了两次", "`{key}` is written twice in one record"),
        ("只留一个。", "Keep one of them."),
        explanation=(
            "同一个键写两次时，别的软件会悄悄只留下后一个。程序不替您猜哪个才对。",
            "Where a key stands twice, other programs silently keep the last. This one does not guess which is right.",
        ),
        bad=("headcount: 6\nheadcount: 8"),
        good="headcount: 8",
    ),
    Rule(
        "YML-03",
        ERROR,
        ("引用（*名称）太多，上限 {limit} 个", "too many aliases; the limit is {limit}"),
        ("把内容直接写出来。", "Write the values out."),
        explanation=(
            "YAML 的“引用”可以让很短的文件展开成极大的数据，所以数量有上限。活动数据用不着它。",
            "Aliases can blow a short file up to enormous data, so their number is limited. A campaign's data needs none.",
        ),
    ),
    Rule(
        "YML-04",
        ERROR,
        ("嵌套太深，上限 {limit} 层", "nested too deeply; the limit is {limit} levels"),
        ("检查缩进和括号。", "Check indentation and brackets."),
        explanation=(
            "活动数据最多只有几层。嵌套太深，多半是缩进或括号写错了。",
            "A campaign's data is a few levels deep. Deep nesting is mostly a slip of indentation or brackets.",
        ),
    ),
    Rule(
        "YML-05",
        ERROR,
        ("这里用了制表符（Tab）", "there is a tab here"),
        ("缩进请用空格，每层两个。", "Indent with spaces, two a level."),
        explanation=(
            "YAML 不允许用制表符缩进，因为它在每个编辑器里宽度都不同。",
            "YAML forbids tabs for indentation, since every editor shows them in another width.",
        ),
        bad=("- id: t01\n\tname: 花山巡逻小组"),
        good=("- id: t01\n  name: 花山巡逻小组"),
    ),
    Rule(
        "YML-06",
        ERROR,
        (
            "这里的 {found} 不是 YAML 的符号，应当是半角的 {wanted}",
            "`{found}` is no sign of YAML; `{wanted}` is meant",
        ),
        (
            '改成半角符号：冒号后面加一个空格，如 title: 标题；列表写成 [甲, 乙]。文字里本来就有的，整句用 " " 括起来。',
            "Type the ASCII sign: `title: …` with a space after the colon, lists as [a, b]. Quote a text that is meant to hold it.",
        ),
        explanation=(
            "用中文输入法打出的全角冒号、逗号、括号、引号、井号、短横对 YAML 来说是普通文字，这一行的意思就变了。在标题、正文这样的文字里，它们都是对的，不会报错；在冒号、列表、注释的位置上一律指出来，不会悄悄改掉。日期、数字、编号里的全角字符按各自的规则报错，并提示半角的写法。",
            "To YAML a full-width colon, comma, bracket, quote, number sign or dash is plain text, so the line means something else. In texts they are right and pass; where YAML wants its own sign they are reported and never silently mended. In dates, numbers and ids they are reported by the rules of these fields, with the ASCII form.",
        ),
        bad="title：第二班巡逻\ntags: 【巡逻防控】",
        good="title: 第二班巡逻\ntags: [巡逻防控]",
    ),
    Rule(
        "YML-07",
        ERROR,
        ("一个文件里只能有一份数据", "a file holds one document only"),
        ("去掉多出来的“---”，或拆成两个文件。", "Remove the extra `---`, or make two files."),
        explanation=(
            "一个数据文件只放一份数据。多出来的“---”会把后面的记录分到另一份里。",
            "A data file holds one document. An extra `---` would put the records below it into another.",
        ),
        bad=("- id: t01\n---\n- id: t02"),
        good=("- id: t01\n- id: t02"),
    ),
    Rule(
        "YML-08",
        ERROR,
        ("不支持类型标记 {tag}", "the type tag {tag} is not supported"),
        ("如果是文字，请用引号括起来。", "If it is text, put it in quotes."),
        explanation=(
            "以 ! 开头的类型标记会让 YAML 把文字变成别的东西，活动数据用不着，也不安全。",
            "Type tags with ! make YAML turn text into other things; a campaign's data needs none, and they are not safe.",
        ),
        bad="name: !important 花山巡逻小组",
        good='name: "!important 花山巡逻小组"',
    ),
    Rule(
        "YML-09",
        ERROR,
        ("键不能是列表或键值对", "a key cannot be a list or a mapping"),
        ("检查这一行的括号和问号；文字请加引号。", "Check brackets and question marks here; quote text."),
        explanation=(
            "冒号左边只能是一个简单的名称。出现列表或键值对，多半是括号、问号写错了地方。",
            "To the left of a colon there is a plain name. A list or mapping there is mostly a misplaced bracket or question mark.",
        ),
        bad="[id, name]: t01",
        good=("id: t01\nname: 花山巡逻小组"),
    ),
    Rule(
        "YML-10",
        ERROR,
        ("没有名为“{name}”的锚点", "there is no anchor `{name}`"),
        ("以 * 开头的文字请加引号。", "Quote text that begins with *."),
        explanation=(
            "值以 * 开头时，YAML 把它当作对别处内容的引用。想写星号本身，就给整句加引号。",
            "A value that begins with * refers to something elsewhere in the file. Quote the text where the star itself is meant.",
        ),
        bad="about: *night",
        good='about: "*night"',
    ),
    Rule(
        "YML-11",
        ERROR,
        (
            "这里不是普通的空格，是看起来像空白的字符（{what_zh}）",
            "this only looks like a blank: {what}",
        ),
        ("删掉它，用英文输入法打一个空格。", "Delete it and type a plain space."),
        explanation=(
            "全角空格、不换行空格、零宽空格看起来是空白，对 YAML 来说却是文字：冒号、短横、缩进旁边有了它，这一行就不再是“键: 值”。文字前后的会去掉，文字中间的没有关系；冒号后面用制表符也可以。",
            "Full-width, no-break and zero-width blanks look like blanks but are text to YAML: beside a colon, a dash or in an indentation they make the line something else. Around a text they are dropped, within it they do no harm; a tab after a colon is right.",
        ),
        bad="title:　第二班巡逻\ndate: 2022-09-03",
        good="title: 第二班巡逻\ndate: 2022-09-03",
    ),
    Rule(
        "YML-12",
        ERROR,
        ("“{sign}”后面少了空格", "there is no space after `{sign}`"),
        ("在它后面加一个空格，如 title: 标题、- id: t01。", "Type a space after it, as in `title: …` and `- id: t01`."),
        explanation=(
            "YAML 靠冒号和短横后面的空格认出“键: 值”和列表；没有空格，整行就成了一段文字。",
            "YAML knows `key: value` and lists by the space after the colon and the dash; without it the line is one piece of text.",
        ),
        bad="title:第二班巡逻\ndate: 2022-09-03",
        good="title: 第二班巡逻\ndate: 2022-09-03",
    ),
    Rule(
        "YML-13",
        ERROR,
        (
            "YAML 把这里的 # 和后面的文字当作注释，不会显示",
            "YAML takes this `#` and what follows for a comment; it would not be shown",
        ),
        (
            '文字里有 # 的，整句用 " " 括起来；确实是注释的，# 后面加一个空格，后面不再写 #。',
            "Quote a text that holds `#`. For a comment, type a blank behind the `#` and no other `#` after it.",
        ),
        explanation=(
            "前面有空格的 # 在 YAML 里是注释的开头，从它到行末都会悄悄丢掉，“话题 #平安# 行动”就只剩“话题”。所以 # 后面紧跟文字，或同一行还有 # 的，一律要写明：加引号的是文字，“# ”开头的是注释。",
            "A `#` behind a blank begins a comment in YAML: the rest of the line is dropped in silence, and little is left of a text with hashtags. So where `#` is followed by a letter or another `#`, say which is meant: quotes for text, `# ` for a comment.",
        ),
        bad="title: 话题 #平安# 行动",
        good='title: "话题 #平安# 行动"',
    ),
    Rule(
        "YML-14",
        ERROR,
        ("一个文件里的内容太多，上限 {limit} 个值", "too much in one file; the limit is {limit} values"),
        (
            "把它按年月或单位分成几个文件，放进同名的文件夹，例如 data/patrols/2022-09.yaml。",
            "Divide it by months or organisations into files of a folder of that name, such as `data/patrols/2022-09.yaml`.",
        ),
        explanation=(
            "一个文件大约能放一万五千条记录。再多，改一行也要等上好几秒，多半也不是人写的。",
            "Some 15,000 records fit into one file. With more, each edit would take many seconds, and hardly a person wrote it.",
        ),
    ),
)

"""Rules about records and references: SCH, REF."""

from honorroll.checks.catalog.rule import ERROR, Rule

RULES = (
    Rule(
        "SCH-01",
        ERROR,
        ("缺少 {field}", "{key} is missing"),
        ("补上 {key}。", "Add {key}."),
        explanation=(
            "必填的字段缺一个，网页上就会少一块，后面的检查也无从做起。",
            "Without a required field a page would lack a part, and later checks would have nothing to work on.",
        ),
        bad="- id: xunluo",
        good=("- id: xunluo\n  name: 巡逻防控"),
    ),
    Rule(
        "SCH-02",
        ERROR,
        ("不认识的字段“{key}”", "unknown field `{key}`"),
        ("可用的字段：{known}。", "Known fields: {known}."),
        explanation=(
            "字段名写错一个字母，内容就不会出现在网页上。所以不认识的字段一律指出来，不会悄悄略过。",
            "One wrong letter in a field's name would keep its value off the page. So unknown fields are reported, never passed over.",
        ),
        bad="titel: 第二班巡逻",
        good="title: 第二班巡逻",
    ),
    Rule(
        "SCH-03",
        ERROR,
        ("{field} 应当是{wanted_zh}", "{key} must be {wanted_en}"),
        (
            "列表写成每行一个“- 内容”，或 [甲, 乙]；键值对每行一个“键: 值”。",
            "Write a list as lines of `- item` or [a, b], a mapping as lines of `key: value`.",
        ),
        explanation=(
            "每个字段有固定的形状：文字、列表或键值对。",
            "Every field has its shape: text, a list or a mapping.",
        ),
        bad="tags: 巡逻防控",
        good="tags: [巡逻防控]",
    ),
    Rule(
        "SCH-04",
        ERROR,
        ("{field} 不能是“{value}”", "{key} cannot be `{value}`"),
        ("可选：{choices}。", "Choices: {choices}."),
        explanation=(
            "有些字段只能从固定的几个词里选，网页按它们分类、排序、显示。",
            "Some fields take one of a few words; pages sort and group by them.",
        ),
        bad="type: 巡察组",
        good="type: 巡查组",
    ),
    Rule(
        "SCH-05",
        ERROR,
        ("{field} 不是日期：“{value}”", "{key} is not a date: `{value}`"),
        ("写成 2022-09-01（年-月-日，两位数补零）。", "Write 2022-09-01."),
        explanation=(
            "日期写成“年-月-日”，月和日各两位。只有这一种写法，才能排序、比较，也不会有歧义。",
            "A date is year-month-day with two digits for month and day: the one form that sorts, compares and cannot be misread.",
        ),
        bad="start: 2022年9月1日",
        good="start: 2022-09-01",
    ),
    Rule(
        "SCH-06",
        ERROR,
        ("{field} 不是时间：“{value}”", "{key} is not a time: `{value}`"),
        ("写成 2022-09-01 09:30。", "Write 2022-09-01 09:30."),
        explanation=(
            "时间写成“年-月-日 时:分”，24 小时制，北京时间。只写日期也可以。",
            "A time is year-month-day hour:minute on the 24-hour clock, in China's time. A date alone will do.",
        ),
        bad="date: 2022-09-03 9点半",
        good="date: 2022-09-03 09:30",
    ),
    Rule(
        "SCH-07",
        ERROR,
        ("{field} 不是数字：“{value}”", "{key} is not a number: `{value}`"),
        ("只写半角数字，不带单位和逗号。", "Write ASCII digits only, without unit or comma."),
        explanation=(
            "数字要参加合计和比较，所以只写半角数字。单位有自己的字段，或者由网页补上。",
            "Numbers are added up and compared, so they are plain ASCII digits. The unit has a field of its own, or the page adds it.",
        ),
        bad="headcount: 6人",
        good="headcount: 6",
    ),
    Rule(
        "SCH-08",
        ERROR,
        ("{field} 应当是“是”或“否”，不是“{value}”", "{key} must be yes or no, not `{value}`"),
        ("写“是”或“否”。", "Write yes or no."),
        explanation=(
            "是非题只有两种答案，含糊的词会被不同的人理解成不同的意思。",
            "A yes/no question has two answers; anything else is read differently by different people.",
        ),
        bad="certified: 大部分",
        good="certified: 否",
    ),
    Rule(
        "SCH-09",
        ERROR,
        ("{field} 不能用作编号：“{value}”", "{key} cannot be an id: `{value}`"),
        (
            "编号永久不变、进入网址：只用小写英文字母、数字和连字符，不用 index、page 等保留名称。",
            "An id is permanent and part of an address: lower-case ASCII letters, digits, hyphens; not index, page or such.",
        ),
        explanation=(
            "编号永久不变，会进入网址，别的记录也靠它来引用。名称可以改，编号不能改。",
            "An id is permanent, part of an address, and what other records refer to. Names may change; ids may not.",
        ),
        bad="id: 花山一组",
        good="id: huashan-1",
    ),
    Rule(
        "SCH-10",
        ERROR,
        ("{field} 不能为空", "{key} must not be empty"),
        ("填上内容，或删去这一行（如果可以不写）。", "Fill it in, or remove the line where it is optional."),
        explanation=(
            "这个字段必须有内容。空着的名称、理由或名单会原样出现在网页上。",
            "The field must say something. An empty name, reason or list would stand on the page just so.",
        ),
        bad='name: ""',
        good="name: 花山巡逻小组",
    ),
    Rule(
        "SCH-11",
        ERROR,
        ("{field} 超出范围：“{value}”", "{key} is out of range: `{value}`"),
        ("应当 {bound}。", "It must be {bound}."),
        explanation=(
            "这个数或年份不可能是对的，多半是多打、少打或打错了一位。日期只能在 1949 到 2100 年之间。",
            "The number or the year cannot be right; mostly a digit is missing, wrong or too many. Dates are of 1949 to 2100.",
        ),
        bad="hours: 40",
        good="hours: 4",
    ),
    Rule(
        "SCH-12",
        ERROR,
        ("{field} 的写法不对：“{value}”", "{field} has the wrong form: `{value}`"),
        ("网址以 https:// 开头，不含空格。", "An address begins with https:// and has no spaces."),
        explanation=(
            "网址要完整、可以直接打开，这样分享和搜索引擎才用得上。",
            "An address must be whole and open as it stands, for sharing and for search engines.",
        ),
        bad="base_url: honor.example.org",
        good="base_url: https://honor.example.org/",
    ),
    Rule(
        "SCH-13",
        ERROR,
        ("编号“{id}”已经用过", "the id `{id}` is taken"),
        ("换一个编号；第一次出现在 {other}。", "Choose another one; it is first used in {other}."),
        explanation=(
            "同一张表里一个编号只能属于一条记录，否则引用它的地方不知道指的是谁。",
            "Within a table an id belongs to one record only, or whoever refers to it could mean either.",
        ),
        bad=("- id: t01\n  name: 花山巡逻小组\n- id: t01\n  name: 雨山巡逻小组"),
        good=("- id: t01\n  name: 花山巡逻小组\n- id: t02\n  name: 雨山巡逻小组"),
    ),
    Rule(
        "REF-01",
        ERROR,
        ("找不到“{value}”", "there is no `{value}`"),
        ("应当是 {table} 里已有的编号（标签写名称）。", "It must be an id in {table} (for tags: a name)."),
        explanation=(
            "记录之间用编号互相引用（新闻的标签用名称）。编号对不上，网页就会少了链接，或者把荣誉记到不存在的对象名下。",
            "Records refer to each other by id (posts to tags by name). A wrong id would lose a link, or give an honour to nobody.",
        ),
        bad="liaison: hss",
        good="liaison: hs",
    ),
)

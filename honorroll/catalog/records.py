"""Rules about records and references: SCH, REF."""

from honorroll.catalog.rule import ERROR, Rule

RULES = (
    Rule(
        "SCH-01",
        ERROR,
        ("缺少 {field}", "{key} is missing"),
        ("补上 {key}。", "Add {key}."),
    ),
    Rule(
        "SCH-02",
        ERROR,
        ("不认识的字段“{key}”", "unknown field `{key}`"),
        ("可用的字段：{known}。", "Known fields: {known}."),
    ),
    Rule(
        "SCH-03",
        ERROR,
        ("{field} 应当是{wanted_zh}", "{key} must be {wanted_en}"),
        (
            "列表写成每行一个“- 内容”，或 [甲, 乙]；键值对每行一个“键: 值”。",
            "Write a list as lines of `- item` or [a, b], a mapping as lines of `key: value`.",
        ),
    ),
    Rule(
        "SCH-04",
        ERROR,
        ("{field} 不能是“{value}”", "{key} cannot be `{value}`"),
        ("可选：{choices}。", "Choices: {choices}."),
    ),
    Rule(
        "SCH-05",
        ERROR,
        ("{field} 不是日期：“{value}”", "{key} is not a date: `{value}`"),
        ("写成 2022-09-01（年-月-日，两位数补零）。", "Write 2022-09-01."),
    ),
    Rule(
        "SCH-06",
        ERROR,
        ("{field} 不是时间：“{value}”", "{key} is not a time: `{value}`"),
        ("写成 2022-09-01 09:30。", "Write 2022-09-01 09:30."),
    ),
    Rule(
        "SCH-07",
        ERROR,
        ("{field} 不是数字：“{value}”", "{key} is not a number: `{value}`"),
        ("只写半角数字，不带单位和逗号。", "Write ASCII digits only, without unit or comma."),
    ),
    Rule(
        "SCH-08",
        ERROR,
        ("{field} 应当是“是”或“否”，不是“{value}”", "{key} must be yes or no, not `{value}`"),
        ("写“是”或“否”。", "Write yes or no."),
    ),
    Rule(
        "SCH-09",
        ERROR,
        ("{field} 不能用作编号：“{value}”", "{key} cannot be an id: `{value}`"),
        (
            "编号永久不变、进入网址：只用小写英文字母、数字和连字符，不用 index、page 等保留名称。",
            "An id is permanent and part of an address: lower-case ASCII letters, digits, hyphens; not index, page or such.",
        ),
    ),
    Rule(
        "SCH-10",
        ERROR,
        ("{field} 不能为空", "{key} must not be empty"),
        ("填上内容，或删去这一行（如果可以不写）。", "Fill it in, or remove the line where it is optional."),
    ),
    Rule(
        "SCH-11",
        ERROR,
        ("{field} 超出范围：“{value}”", "{key} is out of range: `{value}`"),
        ("应当 {bound}。", "It must be {bound}."),
    ),
    Rule(
        "SCH-12",
        ERROR,
        ("{field} 的写法不对：“{value}”", "{field} has the wrong form: `{value}`"),
        ("网址以 https:// 开头，不含空格。", "An address begins with https:// and has no spaces."),
    ),
    Rule(
        "SCH-13",
        ERROR,
        ("编号“{id}”已经用过", "the id `{id}` is taken"),
        ("换一个编号；第一次出现在 {other}。", "Choose another one; it is first used in {other}."),
    ),
    Rule(
        "REF-01",
        ERROR,
        ("找不到“{value}”", "there is no `{value}`"),
        ("应当是 {table} 里已有的编号（标签写名称）。", "It must be an id in {table} (for tags: a name)."),
    ),
)

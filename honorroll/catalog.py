"""What each rule is called and says. Every diagnostic names one of these by its id.

`message` and `hint` are pairs of Chinese and English sentences; `{names}` are filled from the
diagnostic's `args`.
"""

from dataclasses import dataclass

from honorroll.diagnostics import Severity

Pair = tuple[str, str]

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its id, how bad a breach is, what to say and how to mend it."""

    id: str
    severity: Severity
    message: Pair
    hint: Pair


_ALL = (
    Rule(
        "SRC-01", ERROR,
        ("读不了这个文件：{why}", "cannot read this file: {why}"),
        ("检查文件是否存在、是否有读取权限。", "Check that the file exists and may be read."),
    ),
    Rule(
        "SRC-02", ERROR,
        ("文件太大：{size} MB，上限 {limit} MB", "file too large: {size} MB, the limit is {limit} MB"),
        ("把数据拆成几个文件，或压缩图片。", "Split the data into several files, or shrink the picture."),
    ),
    Rule(
        "SRC-03", ERROR,
        ("这个链接指向项目之外", "this link leads out of the project"),
        ("把文件本身复制到项目里，不要用链接。", "Copy the file itself into the project."),
    ),
    Rule(
        "SRC-04", ERROR,
        ("文件名与“{other}”只有大小写或字形之差", "the name differs from {other} only in case or Unicode form"),
        ("改一个名字：在 Windows 和 macOS 上它们是同一个文件。", "Rename one: Windows and macOS take them for the same file."),
    ),
    Rule(
        "SRC-05", ERROR,
        ("文件不是 UTF-8 编码", "the file is not UTF-8 text"),
        ("在编辑器里选“另存为”，编码选 UTF-8。", "Save it again as UTF-8."),
    ),
    Rule(
        "SRC-06", ERROR,
        ("缺少活动文件 data/campaign.yaml", "there is no data/campaign.yaml"),
        ("在项目文件夹里运行；或用 new 新建一个项目。", "Run this in a project folder, or make one with `new`."),
    ),
    Rule(
        "SRC-07", ERROR,
        ("data/ 里不认识的文件", "unknown file in data/"),
        ("可用的名称：{known}；后缀为 .yaml。", "Known names: {known}; the suffix is .yaml."),
    ),
    Rule(
        "FMT-01", ERROR,
        ("文件开头没有“---”", "the file does not start with `---`"),
        (
            "第一行写 ---，接着写标题和日期，再写一行 ---，然后是正文。",
            "Begin with a line `---`, then title and date, another `---`, then the text.",
        ),
    ),
    Rule(
        "FMT-02", ERROR,
        ("开头的信息没有用“---”结束", "the front matter is not closed"),
        ("在正文之前单独写一行 ---。", "Put a line `---` before the text."),
    ),
    Rule(
        "FMT-03", ERROR,
        ("这个文件应当是一个列表", "this file must be a list"),
        ("每条记录以“- id: …”开头。", "Begin each record with `- id: …`."),
    ),
    Rule(
        "FMT-04", ERROR,
        ("“{key}”不写在这里", "`{key}` is not written here"),
        ("编号就是文件名，正文写在第二个“---”下面。", "The id is the file's name; the text stands below the second `---`."),
    ),
    Rule(
        "FMT-05", ERROR,
        ("文件名不能用作网址：{value}", "the file name cannot be an address: {value}"),
        (
            "只用小写英文字母、数字和连字符，如 2022-09-01-xunluo.md。",
            "Use lower-case ASCII letters, digits and hyphens, such as 2022-09-01-patrol.md.",
        ),
    ),
    Rule(
        "YML-01", ERROR,
        ("YAML 写法有误：{why}", "YAML syntax: {why}"),
        (
            "检查这一行和上一行：缩进是否对齐，引号、括号是否成对，冒号后面是否有空格。",
            "Check this line and the one above: indentation, pairs of quotes and brackets, a space after the colon.",
        ),
    ),
    Rule(
        "YML-02", ERROR,
        ("“{key}”在同一条记录里写了两次", "`{key}` is written twice in one record"),
        ("只留一个。", "Keep one of them."),
    ),
    Rule(
        "YML-03", ERROR,
        ("引用（*名称）太多，上限 {limit} 个", "too many aliases; the limit is {limit}"),
        ("把内容直接写出来。", "Write the values out."),
    ),
    Rule(
        "YML-04", ERROR,
        ("嵌套太深，上限 {limit} 层", "nested too deeply; the limit is {limit} levels"),
        ("检查缩进和括号。", "Check indentation and brackets."),
    ),
    Rule(
        "YML-05", ERROR,
        ("这里用了制表符（Tab）", "there is a tab here"),
        ("缩进请用空格，每层两个。", "Indent with spaces, two a level."),
    ),
    Rule(
        "YML-06", ERROR,
        ("这里用了全角冒号“：”", "there is a full-width colon here"),
        ("改成半角冒号加一个空格，如 title: 标题。", "Use an ASCII colon and a space, as in `title: …`."),
    ),
    Rule(
        "YML-07", ERROR,
        ("一个文件里只能有一份数据", "a file holds one document only"),
        ("去掉多出来的“---”，或拆成两个文件。", "Remove the extra `---`, or make two files."),
    ),
    Rule(
        "YML-08", ERROR,
        ("不支持类型标记 {tag}", "the type tag {tag} is not supported"),
        ("如果是文字，请用引号括起来。", "If it is text, put it in quotes."),
    ),
    Rule(
        "YML-09", ERROR,
        ("键不能是列表或键值对", "a key cannot be a list or a mapping"),
        ("检查这一行的括号和问号；文字请加引号。", "Check brackets and question marks here; quote text."),
    ),
    Rule(
        "YML-10", ERROR,
        ("没有名为“{name}”的锚点", "there is no anchor `{name}`"),
        ("以 * 开头的文字请加引号。", "Quote text that begins with *."),
    ),
    Rule(
        "SCH-01", ERROR,
        ("缺少 {field}", "{key} is missing"),
        ("补上 {key}。", "Add {key}."),
    ),
    Rule(
        "SCH-02", ERROR,
        ("不认识的字段“{key}”", "unknown field `{key}`"),
        ("可用的字段：{known}。", "Known fields: {known}."),
    ),
    Rule(
        "SCH-03", ERROR,
        ("{field} 应当是{wanted_zh}", "{field} must be {wanted_en}"),
        (
            "列表写成每行一个“- 内容”，或 [甲, 乙]；键值对每行一个“键: 值”。",
            "Write a list as lines of `- item` or [a, b], a mapping as lines of `key: value`.",
        ),
    ),
    Rule(
        "SCH-04", ERROR,
        ("{field} 不能是“{value}”", "{field} cannot be `{value}`"),
        ("可选：{choices}。", "Choices: {choices}."),
    ),
    Rule(
        "SCH-05", ERROR,
        ("{field} 不是日期：“{value}”", "{field} is not a date: `{value}`"),
        ("写成 2022-09-01（年-月-日，两位数补零）。", "Write 2022-09-01."),
    ),
    Rule(
        "SCH-06", ERROR,
        ("{field} 不是时间：“{value}”", "{field} is not a time: `{value}`"),
        ("写成 2022-09-01 09:30。", "Write 2022-09-01 09:30."),
    ),
    Rule(
        "SCH-07", ERROR,
        ("{field} 不是数字：“{value}”", "{field} is not a number: `{value}`"),
        ("只写半角数字，不带单位和逗号。", "Write ASCII digits only, without unit or comma."),
    ),
    Rule(
        "SCH-08", ERROR,
        ("{field} 应当是“是”或“否”，不是“{value}”", "{field} must be yes or no, not `{value}`"),
        ("写“是”或“否”。", "Write yes or no."),
    ),
    Rule(
        "SCH-09", ERROR,
        ("{field} 不能用作编号：“{value}”", "{field} cannot be an id: `{value}`"),
        (
            "编号永久不变、进入网址：只用小写英文字母、数字和连字符，不用 index、page 等保留名称。",
            "An id is permanent and part of an address: lower-case ASCII letters, digits, hyphens; not index, page or such.",
        ),
    ),
    Rule(
        "SCH-10", ERROR,
        ("{field} 不能为空", "{field} must not be empty"),
        ("填上内容，或删去这一行（如果可以不写）。", "Fill it in, or remove the line where it is optional."),
    ),
    Rule(
        "SCH-11", ERROR,
        ("{field} 超出范围：“{value}”", "{field} is out of range: `{value}`"),
        ("应当 {bound}。", "It must be {bound}."),
    ),
    Rule(
        "SCH-12", ERROR,
        ("{field} 的写法不对：“{value}”", "{field} has the wrong form: `{value}`"),
        ("网址以 https:// 开头，不含空格。", "An address begins with https:// and has no spaces."),
    ),
    Rule(
        "SCH-13", ERROR,
        ("编号“{id}”已经用过", "the id `{id}` is taken"),
        ("换一个编号；第一次出现在 {other}。", "Choose another one; it is first used in {other}."),
    ),
    Rule(
        "REF-01", ERROR,
        ("找不到“{value}”", "there is no `{value}`"),
        ("应当是 {table} 里已有的编号（标签写名称）。", "It must be an id in {table} (for tags: a name)."),
    ),
    Rule(
        "MDN-01", ERROR,
        ("链接的页面不存在：{target}", "the link leads to no page: {target}"),
        (
            "检查编号；草稿和未到发布时间的新闻也不能链接。",
            "Check the id; drafts and posts of the future cannot be linked either.",
        ),
    ),
    Rule(
        "MDN-02", ERROR,
        ("找不到图片：{target}", "there is no picture {target}"),
        ("把图片放在正文旁边的文件夹里，文件名大小写要一致。", "Put it beside the text; mind upper and lower case."),
    ),
    Rule(
        "MDN-03", ERROR,
        ("图片没有说明文字：{target}", "the picture has no text: {target}"),
        ("在方括号里写一句说明，给看不见图片的读者：![说明](图片)。", "Describe it for those who cannot see it: ![text](picture)."),
    ),
    Rule(
        "MDN-04", ERROR,
        ("页面里没有这个小标题：{target}", "the page has no such heading: {target}"),
        ("照抄小标题的文字，空格换成连字符。", "Copy the heading's words, with hyphens for spaces."),
    ),
    Rule(
        "MDN-05", ERROR,
        ("不能这样链接：{target}", "cannot link like this: {target}"),
        (
            "站内用 news:编号、team:编号、deed:编号 等；站外用 https:// 开头的网址。",
            "Inside the site use news:ID, team:ID, deed:ID …; outside, an address with https://.",
        ),
    ),
    Rule(
        "MDN-06", ERROR,
        ("这不是能用的图片：{why}", "not a usable picture: {why}"),
        ("另存为 JPG、PNG 或 WebP。", "Save it as JPEG, PNG or WebP."),
    ),
    Rule(
        "TPL-01", ERROR,
        ("模板写法有误：{why}", "template syntax: {why}"),
        ("对照 docs/contexts.md 修改模板。", "See docs/contexts.md."),
    ),
    Rule(
        "TPL-02", ERROR,
        ("模板里不认识的名称“{name}”", "unknown name `{name}` in a template"),
        ("这个页面可用的名称：{known}。", "Names that this page has: {known}."),
    ),
    Rule(
        "TPL-03", ERROR,
        ("引入的模板必须写明文件名", "an included template must be named by a plain string"),
        ("写成 {{% include \"parts/x.html\" %}}。", "Write {{% include \"parts/x.html\" %}}."),
    ),
    Rule(
        "TPL-04", ERROR,
        ("没有这个模板：{name}", "there is no template {name}"),
        ("检查 templates/ 里的文件名。", "Check the file names in templates/."),
    ),
    Rule(
        "TPL-05", ERROR,
        ("生成 {url} 时模板出错：{why}", "the template failed on {url}: {why}"),
        ("对照 docs/contexts.md 修改模板。", "See docs/contexts.md."),
    ),
    Rule(
        "TPL-06", ERROR,
        ("没有这个静态文件：{name}", "there is no static file {name}"),
        ("asset() 里写 static/ 下已有的文件名，用引号括起来。", "Give asset() the quoted name of a file in static/."),
    ),
    Rule(
        "URL-01", ERROR,
        ("两个页面用了同一个网址：{url}", "two pages claim one address: {url}"),
        ("改其中一个的编号或文件名；另一个来自 {other}。", "Rename one of them; the other comes from {other}."),
    ),
    Rule(
        "PUB-01", ERROR,
        ("输出文件夹里有不是本程序写的文件：{names}", "the output folder holds files that are not ours: {names}"),
        (
            "换一个文件夹（--out），或先把这些文件移走。它们没有被改动。",
            "Choose another folder (--out) or move the files away. They were not touched.",
        ),
    ),
    Rule(
        "PUB-02", ERROR,
        ("写不了输出文件夹：{why}", "cannot write the output: {why}"),
        ("检查磁盘空间和写入权限，然后再运行一次。", "Check disk space and permissions, then run again."),
    ),
    Rule(
        "PUB-03", ERROR,
        ("输出文件夹不能是项目本身，也不能包含它的输入", "the output folder must not be, hold or lie in the inputs"),
        ("换一个文件夹（--out）。", "Choose another folder (--out)."),
    ),
)  # fmt: skip

#: Every rule by its id.
RULES = {rule.id: rule for rule in _ALL}

"""Rules about files and their syntax: SRC, FMT, YML."""

from honorroll.catalog.rule import ERROR, Rule

RULES = (
    Rule(
        "SRC-01",
        ERROR,
        ("读不了这个文件：{why}", "cannot read this file: {why}"),
        ("检查文件是否存在、是否有读取权限。", "Check that the file exists and may be read."),
    ),
    Rule(
        "SRC-02",
        ERROR,
        ("文件太大：{size} MB，上限 {limit} MB", "file too large: {size} MB, the limit is {limit} MB"),
        ("把数据拆成几个文件，或压缩图片。", "Split the data into several files, or shrink the picture."),
    ),
    Rule(
        "SRC-03",
        ERROR,
        ("这个链接指向项目之外", "this link leads out of the project"),
        ("把文件本身复制到项目里，不要用链接。", "Copy the file itself into the project."),
    ),
    Rule(
        "SRC-04",
        ERROR,
        ("文件名与“{other}”只有大小写或字形之差", "the name differs from {other} only in case or Unicode form"),
        (
            "改一个名字：在 Windows 和 macOS 上它们是同一个文件。",
            "Rename one: Windows and macOS take them for the same file.",
        ),
    ),
    Rule(
        "SRC-05",
        ERROR,
        ("文件不是 UTF-8 编码", "the file is not UTF-8 text"),
        ("在编辑器里选“另存为”，编码选 UTF-8。", "Save it again as UTF-8."),
    ),
    Rule(
        "SRC-06",
        ERROR,
        ("缺少活动文件 data/campaign.yaml", "there is no data/campaign.yaml"),
        ("在项目文件夹里运行；或用 new 新建一个项目。", "Run this in a project folder, or make one with `new`."),
    ),
    Rule(
        "SRC-07",
        ERROR,
        ("data/ 里不认识的文件", "unknown file in data/"),
        ("可用的名称：{known}；后缀为 .yaml。", "Known names: {known}; the suffix is .yaml."),
    ),
    Rule(
        "SRC-08",
        ERROR,
        ("这里有看不见的控制字符", "there is an invisible control character here"),
        (
            "删掉这一处，重新输入；多半是从别的软件里粘贴来的。",
            "Delete it and type it again; it often comes with a paste.",
        ),
    ),
    Rule(
        "SRC-09",
        ERROR,
        ("文件名里有不能用的字符", "the name holds characters that a file name cannot have everywhere"),
        (
            '改一个名字：不用看不见的字符，也不用 \\ : * ? " < > |。',
            'Rename it, without invisible characters and without \\ : * ? " < > |.',
        ),
    ),
    Rule(
        "SRC-10",
        ERROR,
        ("构建的时候文件一直在变", "the files kept changing while the site was built"),
        ("等同步或保存结束以后再来一次。", "Wait until synchronising or saving has ended, and build again."),
    ),
    Rule(
        "FMT-01",
        ERROR,
        ("文件开头没有“---”", "the file does not start with `---`"),
        (
            "第一行写 ---，接着写标题和日期，再写一行 ---，然后是正文。",
            "Begin with a line `---`, then title and date, another `---`, then the text.",
        ),
    ),
    Rule(
        "FMT-02",
        ERROR,
        ("开头的信息没有用“---”结束", "the front matter is not closed"),
        ("在正文之前单独写一行 ---。", "Put a line `---` before the text."),
    ),
    Rule(
        "FMT-03",
        ERROR,
        ("这个文件应当是一个列表", "this file must be a list"),
        ("每条记录以“- id: …”开头。", "Begin each record with `- id: …`."),
    ),
    Rule(
        "FMT-04",
        ERROR,
        ("“{key}”不写在这里", "`{key}` is not written here"),
        (
            "编号就是文件名，正文写在第二个“---”下面。",
            "The id is the file's name; the text stands below the second `---`.",
        ),
    ),
    Rule(
        "FMT-05",
        ERROR,
        ("文件名不能用作网址：{value}", "the file name cannot be an address: {value}"),
        (
            "只用小写英文字母、数字和连字符，如 2022-09-01-xunluo.md。",
            "Use lower-case ASCII letters, digits and hyphens, such as 2022-09-01-patrol.md.",
        ),
    ),
    Rule(
        "YML-01",
        ERROR,
        ("YAML 写法有误：{why_zh}", "YAML syntax: {why}"),
        (
            "检查这一行和上一行：缩进是否对齐，引号、括号是否成对，冒号后面是否有空格。",
            "Check this line and the one above: indentation, pairs of quotes and brackets, a space after the colon.",
        ),
    ),
    Rule(
        "YML-02",
        ERROR,
        ("“{key}”在同一条记录里写了两次", "`{key}` is written twice in one record"),
        ("只留一个。", "Keep one of them."),
    ),
    Rule(
        "YML-03",
        ERROR,
        ("引用（*名称）太多，上限 {limit} 个", "too many aliases; the limit is {limit}"),
        ("把内容直接写出来。", "Write the values out."),
    ),
    Rule(
        "YML-04",
        ERROR,
        ("嵌套太深，上限 {limit} 层", "nested too deeply; the limit is {limit} levels"),
        ("检查缩进和括号。", "Check indentation and brackets."),
    ),
    Rule(
        "YML-05",
        ERROR,
        ("这里用了制表符（Tab）", "there is a tab here"),
        ("缩进请用空格，每层两个。", "Indent with spaces, two a level."),
    ),
    Rule(
        "YML-06",
        ERROR,
        ("这里用了全角冒号“：”", "there is a full-width colon here"),
        ("改成半角冒号加一个空格，如 title: 标题。", "Use an ASCII colon and a space, as in `title: …`."),
    ),
    Rule(
        "YML-07",
        ERROR,
        ("一个文件里只能有一份数据", "a file holds one document only"),
        ("去掉多出来的“---”，或拆成两个文件。", "Remove the extra `---`, or make two files."),
    ),
    Rule(
        "YML-08",
        ERROR,
        ("不支持类型标记 {tag}", "the type tag {tag} is not supported"),
        ("如果是文字，请用引号括起来。", "If it is text, put it in quotes."),
    ),
    Rule(
        "YML-09",
        ERROR,
        ("键不能是列表或键值对", "a key cannot be a list or a mapping"),
        ("检查这一行的括号和问号；文字请加引号。", "Check brackets and question marks here; quote text."),
    ),
    Rule(
        "YML-10",
        ERROR,
        ("没有名为“{name}”的锚点", "there is no anchor `{name}`"),
        ("以 * 开头的文字请加引号。", "Quote text that begins with *."),
    ),
)

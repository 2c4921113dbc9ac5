"""Rules about files and their form: SRC, FMT."""

from honorroll.checks.catalog.rule import ERROR, WARNING, Rule

RULES = (
    Rule(
        "SRC-01",
        ERROR,
        ("读不了这个文件：{why}", "cannot read this file: {why}"),
        ("检查文件是否存在、是否有读取权限。", "Check that the file exists and may be read."),
        explanation=(
            "程序要读到项目里的每一个文件，才能保证发布的内容是完整的。读不了的文件不会被悄悄略过。",
            "Every file of the project must be read, or what is published would not be whole. A file that cannot be read is never passed over in silence.",
        ),
    ),
    Rule(
        "SRC-02",
        ERROR,
        ("文件太大：{size}，上限 {limit}", "file too large: {size}, the limit is {limit}"),
        ("把数据拆成几个文件，或压缩图片。", "Split the data into several files, or shrink the picture."),
        explanation=(
            "模板不超过 128 KB，样式表不超过 1 MB，其他文字文件不超过 8 MB，别的文件不超过 64 MB。超过的多半是放错了的原始照片、视频或压缩包，会拖慢所有读者。",
            "Templates may have 128 KB, style sheets 1 MB, other text files 8 MB and all others 64 MB. What is larger is mostly a raw photo, a video or an archive in the wrong place, and slows every reader down.",
        ),
    ),
    Rule(
        "SRC-03",
        ERROR,
        ("这个链接指向 {folder}/ 之外", "this link leads out of {folder}/"),
        ("把文件本身复制到这里，不要用链接。", "Copy the file itself to this place."),
        explanation=(
            "data、content、templates、static 里的链接只能指向同一个文件夹里的文件，这四个文件夹本身也不能是链接。指向别处的链接会把不该公开的文件带进网站，换一台电脑也会失效。",
            "A link in data, content, templates or static may lead to files of the same folder only, and none of the four may be a link itself. One that leads elsewhere may publish what should stay private, and breaks on another machine.",
        ),
    ),
    Rule(
        "SRC-04",
        ERROR,
        ("文件名与“{other}”只有大小写或字形之差", "the name differs from {other} only in case or Unicode form"),
        (
            "改一个名字：在 Windows 和 macOS 上它们是同一个文件。",
            "Rename one: Windows and macOS take them for the same file.",
        ),
        explanation=(
            "Windows 和 macOS 不分文件名的大小写，也不分同一个字符的两种编码写法。这样的两个文件在别的电脑上会互相覆盖。",
            "Windows and macOS ignore case and Unicode form in names, so one of two such files overwrites the other on those systems.",
        ),
        bad=("content/pictures/gate.jpg\ncontent/pictures/Gate.jpg"),
        good=("content/pictures/gate-east.jpg\ncontent/pictures/gate-west.jpg"),
    ),
    Rule(
        "SRC-05",
        ERROR,
        ("文件不是 UTF-8 编码", "the file is not UTF-8 text"),
        ("在编辑器里选“另存为”，编码选 UTF-8。", "Save it again as UTF-8."),
        explanation=(
            "所有文字文件用 UTF-8 编码。旧版记事本默认的 ANSI（GBK）编码在别的系统上会变成乱码。",
            "All text files are UTF-8. The ANSI (GBK) of old editors turns into garbage on other systems.",
        ),
    ),
    Rule(
        "SRC-06",
        ERROR,
        ("缺少活动文件 data/campaign.yaml", "there is no data/campaign.yaml"),
        ("在项目文件夹里运行；或用 new 新建一个项目。", "Run this in a project folder, or make one with `new`."),
        explanation=(
            "data/campaign.yaml 写着活动的名称、日期、主办单位和各项标准，没有它就不知道要检查什么、生成什么。",
            "data/campaign.yaml holds title, dates, organisers and thresholds; without it there is nothing to check against or to build.",
        ),
    ),
    Rule(
        "SRC-07",
        ERROR,
        ("data/ 里不认识的文件", "unknown file in data/"),
        ("可用的名称：{known}；后缀为 .yaml。", "Known names: {known}; the suffix is .yaml."),
        explanation=(
            "data/ 里每个文件名都有固定的意思。名字写错的文件如果被略过，里面的记录就会从网站上消失而没有人发现。",
            "Every file name in data/ has a meaning. If a misnamed file were passed over, its records would be missing from the site unnoticed.",
        ),
        bad="data/team.yaml",
        good="data/teams.yaml",
    ),
    Rule(
        "SRC-08",
        ERROR,
        ("这里有看不见的控制字符", "there is an invisible control character here"),
        (
            "删掉这一处，重新输入；多半是从别的软件里粘贴来的。",
            "Delete it and type it again; it often comes with a paste.",
        ),
        explanation=(
            "看不见的控制字符会让网页显示出错，或者让两个看起来一样的词对不上。",
            "Invisible control characters break pages, or keep two words that look alike from matching.",
        ),
    ),
    Rule(
        "SRC-09",
        ERROR,
        ("文件名{why_zh}", "the file's name {why}"),
        (
            '改一个名字：不用看不见的字符，不用 \\ : * ? " < > |，不以空格或句点结尾，也不叫 CON、NUL 等。',
            'Rename it: no invisible characters, none of \\ : * ? " < > |, no blank or full stop at the end, and not CON, NUL and the like.',
        ),
        explanation=(
            "有些字符在 Windows 上不能用在文件名里，有些根本看不见。含有它们的项目换一台电脑就打不开。",
            "Some characters cannot stand in file names on Windows, and some cannot even be seen. A project with them does not open elsewhere.",
        ),
        bad="content/pictures/9:30集合.jpg",
        good="content/pictures/0930-jihe.jpg",
    ),
    Rule(
        "SRC-10",
        ERROR,
        ("构建的时候文件一直在变", "the files kept changing while the site was built"),
        ("等同步或保存结束以后再来一次。", "Wait until synchronising or saving has ended, and build again."),
        (
            "每次构建读到的是同一时刻的全部文件；构建中途文件变了就从头再来，连续五次都在变就先停下。",
            "A build sees all files as of one moment. It begins again when a file changes meanwhile, and gives up after five times.",
        ),
    ),
    Rule(
        "SRC-11",
        WARNING,
        ("content/ 里不会发布的文字", "a text in content/ that no page shows"),
        (
            "新闻写成 content/news/英文名.md，单独成页的文章写成 content/英文名.md；用 Word 写的请另存为纯文字再改后缀。",
            "News is `content/news/NAME.md`, an article with a page of its own `content/NAME.md`; save a Word file as plain text first.",
        ),
        explanation=(
            "只有这两处的 .md 文件会成为网页。放错文件夹、后缀大写或用别的软件保存的文字如果被略过，就会以为已经发布了。",
            "Only `.md` files in these two places become pages. A text in another folder, with another suffix, would be taken for published.",
        ),
        bad="content/news/2022-09-01-kickoff.docx",
        good="content/news/2022-09-01-kickoff.md",
    ),
    Rule(
        "SRC-12",
        WARNING,
        ("这里有看不见的字符（{what_zh}）", "there is an invisible character here: {what}"),
        (
            "删掉它；多半是从网页、聊天软件或 Word 里粘贴来的。自造字请改用正式的字，图形请作为图片放进来。",
            "Delete it; it often comes with a paste from a web page, a messenger or Word. Type a real character for a private one.",
        ),
        explanation=(
            "零宽空格、软连字符、对象占位符、自造字这样的字符，有的看不见，有的在别的电脑上是方框；混在姓名和词语里，搜索和比对就对不上。维吾尔文、蒙古文等文字和表情符号里该有的连接符不会报告。",
            "Zero-width blanks, soft hyphens, placeholders of objects and private characters are not seen, or are boxes elsewhere; in a name or word they keep search and comparison from matching. The joiners that Uyghur, Mongolian and other scripts and emoji need are not reported.",
        ),
    ),
    Rule(
        "SRC-13",
        ERROR,
        ("这里有改变文字方向的字符（{what_zh}）", "a character here turns the text around: {what}"),
        (
            "删掉它。维吾尔文这样从右往左写的文字，方向由字母自己决定，用不着它。",
            "Delete it. Letters that are written from right to left, as in Uyghur, bring their direction with them.",
        ),
        explanation=(
            "这种字符会让后面的文字反过来显示：网页上看到的和文件里写的不一样，姓名、数字、网址都可以被伪造。直接打出来的和写成 &#8238; 或转义的都会指出来。",
            "Such a character shows what follows in another order: readers see something else than what is written, and names, numbers and addresses can be forged. It is reported as typed, as an escape and as a reference such as `&#8238;`.",
        ),
    ),
    Rule(
        "SRC-14",
        ERROR,
        ("这是一个文件夹，名字却是文件的", "this is a folder with the name of a file"),
        (
            "里面如果是要用的文件，把它移出来，再删掉这个文件夹；否则给文件夹改一个没有后缀的名字。",
            "Move the file out of it and delete the folder, or give the folder a name without such an ending.",
        ),
        explanation=(
            "解压或同步软件有时会建一个和文件同名的文件夹，真正的文件在它里面，或者根本没有。按名字找来的是文件夹，内容就读不到，所以明说，不会悄悄略过。",
            "Archivers and synchronisers sometimes make a folder with a file's name, with the file inside it or nowhere. Nothing can be read from it under that name, so it is reported instead of passed over.",
        ),
        bad="data/tags.yaml/tags.yaml",
        good="data/tags.yaml",
    ),
    Rule(
        "SRC-15",
        WARNING,
        ("这还是示例里的内容（{first}）", "this is still the sample's own ({first})"),
        (
            "换成自己的内容，或者删掉；如果这个网站就是示例，在 data/campaign.yaml 里写 sample: 是。",
            "Put your own in its place or delete it; if this site is the sample, say `sample: yes` in data/campaign.yaml.",
        ),
        explanation=(
            "新项目从示例开始，示例里的方案、总结、新闻、图片、人物和事迹都是编的。活动写明不是示例（sample: 否）以后，留下来的示例会被当成真事发布。行末的空格、换行方式、开头的信息改了也认得出来。",
            "A new project begins with the sample, whose plan, report, news, pictures, people and deeds are invented. In a campaign that says it is no sample they would be published as true. Other line ends, blanks or front matter do not hide them.",
        ),
    ),
    Rule(
        "SRC-16",
        ERROR,
        ("这个 SVG 里有图形以外的东西（{what}）", "this SVG holds more than a drawing: {what}"),
        (
            "用矢量图软件另存为“普通 SVG”，脚本、链接、动画和外部文件一概不要；来路不明的 SVG 请改存为 PNG。",
            "Save it as plain SVG, without scripts, links, animation and outer files; save one of unknown origin as PNG instead.",
        ),
        explanation=(
            "SVG 不只是图片，也是网页：里面的脚本会以本站的身份运行，外部地址会泄露读者的访问。所以只收画图的元素，地址只能指向图内。",
            "An SVG is a document, too: its scripts would run as those of this site, and outer addresses tell others who reads it. So only elements that draw are taken, and addresses inside the drawing.",
        ),
        bad='<svg xmlns="http://www.w3.org/2000/svg" onload="…"/>',
        good='<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9v9z"/></svg>',
    ),
    Rule(
        "FMT-01",
        ERROR,
        ("文件开头没有“---”", "the file does not start with `---`"),
        (
            "第一行写 ---，接着写标题和日期，再写一行 ---，然后是正文。",
            "Begin with a line `---`, then title and date, another `---`, then the text.",
        ),
        explanation=(
            "正文文件以一段 YAML 开头，放在两行 --- 之间，里面写标题和日期。程序靠它知道这是什么、什么时候发布。",
            "A Markdown file begins with YAML between two lines `---`, which holds title and date. It says what the text is and when it appears.",
        ),
        bad=("title: 第二班巡逻\ndate: 2022-09-03 09:30\n\n正文。"),
        good=("---\ntitle: 第二班巡逻\ndate: 2022-09-03 09:30\n---\n\n正文。"),
    ),
    Rule(
        "FMT-02",
        ERROR,
        ("开头的信息没有用“---”结束", "the front matter is not closed"),
        ("在正文之前单独写一行 ---。", "Put a line `---` before the text."),
        explanation=(
            "开头的信息要用单独一行 --- 结束，否则分不清哪里是信息、哪里是正文。",
            "A line `---` of its own ends the front matter; without it nobody can tell where the text begins.",
        ),
        bad=("---\ntitle: 第二班巡逻\ndate: 2022-09-03 09:30\n\n正文。"),
        good=("---\ntitle: 第二班巡逻\ndate: 2022-09-03 09:30\n---\n\n正文。"),
    ),
    Rule(
        "FMT-03",
        ERROR,
        ("这个文件应当是一个列表", "this file must be a list"),
        ("每条记录以“- id: …”开头。", "Begin each record with `- id: …`."),
        explanation=(
            "除 campaign.yaml 以外，data/ 里的每个文件都是一张表：一条记录接一条记录，每条以“- ”开头。",
            "Every file in data/ but campaign.yaml is a table: record after record, each beginning with `- `.",
        ),
        bad=("id: xunluo\nname: 巡逻防控"),
        good=("- id: xunluo\n  name: 巡逻防控"),
    ),
    Rule(
        "FMT-04",
        ERROR,
        ("“{key}”不写在这里", "`{key}` is not written here"),
        (
            "编号就是文件名，正文写在第二个“---”下面。",
            "The id is the file's name; the text stands below the second `---`.",
        ),
        explanation=(
            "新闻和页面的编号就是文件名，正文写在第二个“---”下面。写在两处的东西迟早会不一致。",
            "The id of a post or page is its file's name and its text stands below the second `---`. What is written twice will differ one day.",
        ),
        bad=("---\nid: first\ntitle: 第一班巡逻\n---"),
        good=("---\ntitle: 第一班巡逻\n---"),
    ),
    Rule(
        "FMT-05",
        ERROR,
        ("文件名不能用作网址：{value}", "the file name cannot be an address: {value}"),
        (
            "只用小写英文字母、数字和连字符，如 2022-09-01-xunluo.md。",
            "Use lower-case ASCII letters, digits and hyphens, such as 2022-09-01-patrol.md.",
        ),
        explanation=(
            "文件名会成为网址的一部分，发布以后不再改动。只有小写英文字母、数字和连字符在所有系统和聊天软件里都不会走样。",
            "The file's name becomes part of a permanent address. Only lower-case ASCII letters, digits and hyphens survive every system and messenger.",
        ),
        bad="content/news/第二班巡逻.md",
        good="content/news/2022-09-03-second.md",
    ),
)

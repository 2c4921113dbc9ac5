"""Rules about texts, addresses and the output: MDN, URL, PUB."""

from honorroll.checks.catalog.rule import ERROR, INFO, WARNING, Rule

RULES = (
    Rule(
        "MDN-01",
        ERROR,
        ("链接的页面不存在：{target}", "the link leads to no page: {target}"),
        (
            "检查编号；草稿和未到发布时间的新闻也不能链接。",
            "Check the id; drafts and posts of the future cannot be linked either.",
        ),
        explanation=(
            "站内链接必须通向真正发布的页面。读者点进空页，会怀疑整个网站。",
            "A link inside the site must lead to a page that is published. Readers who land nowhere doubt the whole site.",
        ),
        bad="[花山巡逻小组](team:t99)",
        good="[花山巡逻小组](team:t02)",
    ),
    Rule(
        "MDN-02",
        ERROR,
        ("找不到图片：{target}", "there is no picture {target}"),
        ("把图片放在正文旁边的文件夹里，文件名大小写要一致。", "Put it beside the text; mind upper and lower case."),
        explanation=(
            "正文里的图片必须在项目里。网站不从别处取图，断网、换主机都要能看。",
            "A picture in a text must be in the project. The site takes none from elsewhere, so it works offline and on any host.",
        ),
        bad="![校门](Gate.JPG)",
        good="![校门](gate.jpg)",
    ),
    Rule(
        "MDN-03",
        ERROR,
        ("图片没有说明文字：{target}", "the picture has no text: {target}"),
        (
            "在方括号里写一句说明，给看不见图片的读者：![说明](图片)。",
            "Describe it for those who cannot see it: ![text](picture).",
        ),
        explanation=(
            "看不见图片的读者（读屏软件、图片没有加载出来）靠说明文字知道图里有什么。",
            "Readers who cannot see a picture, by a screen reader or a slow line, learn from its text what it shows.",
        ),
        bad="![](gate.jpg)",
        good="![两名保安员在校门口护送学生过街](gate.jpg)",
    ),
    Rule(
        "MDN-04",
        ERROR,
        ("页面里没有这个小标题：{target}", "the page has no such heading: {target}"),
        ("照抄小标题的文字，空格换成连字符。", "Copy the heading's words, with hyphens for spaces."),
        explanation=(
            "链接里 # 后面是页面上的小标题。小标题改了名，链接要跟着改。",
            "What follows # in a link is a heading of that page. When the heading is renamed, so is the link.",
        ),
        bad="[评比条件](#评比标准)",
        good="[评比条件](#评比条件)",
    ),
    Rule(
        "MDN-05",
        ERROR,
        ("不能这样链接：{target}", "cannot link like this: {target}"),
        (
            "站内用 news:编号、team:编号、deed:编号 等；站外用 https:// 开头的网址。",
            "Inside the site use news:ID, team:ID, deed:ID …; outside, an address with https://.",
        ),
        explanation=(
            "站内用“种类:编号”来链接，站外用完整网址。别的写法搬到子目录或换了主机就会失效。",
            "Inside the site a link is `kind:id`, outside a whole address. Anything else breaks under a sub-path or on another host.",
        ),
        bad="[花山巡逻小组](/teams/t02.html)",
        good="[花山巡逻小组](team:t02)",
    ),
    Rule(
        "MDN-06",
        INFO,
        ("正文里有 {what} 处注释，不会发布", "comments in the text that are not published: {what}"),
        ("用作内部备注可以保留；不需要时请删去。", "Keep them as notes among editors, or delete them."),
        explanation=(
            "“<!-- … -->”是给编辑自己看的备注，读者看不到。提示一次，免得有人以为它会出现在网页上。",
            "A comment `<!-- … -->` is a note among editors; readers never see it. Told once, lest somebody expects it on the page.",
        ),
        bad="集合地点在东门。<!-- 地点待核实 -->",
        good="集合地点在东门。",
    ),
    Rule(
        "MDN-07",
        WARNING,
        ("正文里的 HTML 标签会原样显示：{what}", "the page shows this HTML as plain text: {what}"),
        (
            "加粗写 **字**，斜体写 *字*，换行在行末写 \\，链接写 [字](地址)，图片写 ![说明](图片)，表格用 | 分列；要显示尖括号，写 \\<。",
            "Bold is **word**, italic *word*, a line break \\ at the line's end, a link [word](address), a picture ![text](picture), a table has columns of |; for a mere angle bracket write \\<.",
        ),
        explanation=(
            "正文用 Markdown 书写，HTML 标签不起作用，读者会看到尖括号和标签名。",
            "Texts are written in Markdown. HTML has no effect: readers see the angle brackets and the tag's name.",
        ),
        bad="<b>每天两次</b>清点",
        good="**每天两次**清点",
    ),
    Rule(
        "MDN-08",
        ERROR,
        (
            "这个链接或图片没有认出来，会原样显示：{what}",
            "this is not read as a link or picture, and would be shown as typed: {what}",
        ),
        (
            '方括号和圆括号用半角，一前一后紧挨着，要成对；地址里有空格时写在尖括号里：[说明](<名 称.jpg>)；图注写在引号里：[说明](名称.jpg "图注")；如果只是文字，在 [ 前加 \\，【】后面用全角圆括号。',
            'Brackets and parentheses are half-width, one close behind the other, and in pairs. An address with a blank stands in angle brackets: [text](<a name.jpg>), a title in quotes: [text](name.jpg "title"). Before mere text, write \\[; parentheses behind full-width brackets are full-width, too.',
        ),
        explanation=(
            "圆括号里的地址到空格为止。没有认出来的写法，会把方括号、圆括号连同地址原样显示给读者。",
            "An address in parentheses ends at a blank. What is not understood would be shown to readers with its brackets and address.",
        ),
        bad="![校门](学校 大门.jpg)",
        good="![校门](<学校 大门.jpg>)",
    ),
    Rule(
        "MDN-09",
        ERROR,
        ("注释没有结束", "a comment does not end"),
        ("在注释末尾写 -->；如果不是注释，写成 \\<!--。", "End the comment with -->; where it is none, write \\<!--."),
        explanation=(
            "没有结束的注释，要么把后面的正文都藏起来，要么把内部备注发布出去，所以必须先改好。",
            "A comment without an end either hides all text behind it or publishes an internal note, so it must be mended first.",
        ),
        bad="<!-- 待核实",
        good="<!-- 待核实 -->",
    ),
    Rule(
        "MDN-10",
        ERROR,
        ("正文太长或结构太复杂，没有转换", "the text is too long or too complex to be converted"),
        (
            "把它分成几篇；检查这一行附近的表格、列表、标题、引用是否重复或嵌套太多。",
            "Split it up; look near this line for tables, lists, headings or quotations that repeat or nest too much.",
        ),
        explanation=(
            "一篇正文最多 20 万字、2 万个段落和条目、1000 个小标题、1000 张图片，一个表格最多 2 万格，列表和引用最多嵌套几十层。更多的多半是粘贴出了错，会拖慢网站。",
            "A text has at most 200,000 characters, 20,000 paragraphs and items, 1,000 headings and 1,000 pictures, a table 20,000 cells, and lists and quotations nest some dozens of levels. More is mostly a paste gone wrong, and would slow the site.",
        ),
        bad="- - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - 甲",
        good="- 甲",
    ),
    Rule(
        "MDN-11",
        WARNING,
        (
            "看起来是小标题或列表，但标记后面没有空格：{what}",
            "looks like a heading or a list, but lacks the blank behind its mark: {what}",
        ),
        (
            "在 #、-、1. 这些标记后面加一个空格，并用半角符号。",
            "Put a blank behind #, -, 1., and type the mark half-width.",
        ),
        explanation=(
            "“#”“-”“1.”后面有空格才是小标题和列表；没有空格就是普通文字，几行会连成一段。",
            "`#`, `-` and `1.` make headings and lists only with a blank behind them; without one they are text, and lines run together.",
        ),
        bad="##工作要求",
        good="## 工作要求",
    ),
    Rule(
        "MDN-12",
        WARNING,
        ("这里写的不会显示，或者没有起作用：{what}", "this is not shown, or has no effect: {what}"),
        (
            "“[字]: 地址”是给链接用的定义，没有链接用它就不显示，要显示请写成 \\[字]；脚注要有同名的定义，且只写一次；表格每行不要比表头多一格。",
            "`[word]: address` defines a link and is shown by none: write \\[word] for text. A footnote needs one definition of its name. No row has more cells than the head.",
        ),
        explanation=(
            "有些写法在 Markdown 里有别的意思，文字会悄悄不见：没有链接使用的定义、重复的脚注、比表头多出来的格子、没有定义的脚注。",
            "Some of what is typed means something else in Markdown and would vanish unnoticed: definitions that no link uses, a footnote's second definition, cells beyond the head, marks of no footnote.",
        ),
        bad="[1]:《保安服务管理条例》",
        good="\\[1]：《保安服务管理条例》",
    ),
    Rule(
        "MDN-13",
        ERROR,
        ("正文还没有写：{what}", "the text is still to be written: {what}"),
        (
            "把这几个字换成正文；新闻没有写好的，留着 draft: 是。",
            "Write the text in its place; a post may stay a draft.",
        ),
        explanation=(
            "new 新建记录时，用“（待补充）”占着正文的位置。它没有换掉，就不能发布。",
            "`new` puts these words in the place of a text. They must not be published.",
        ),
        bad="story: （待补充）",
        good="story: 凌晨两点，夜巡队员在车棚外停住了脚。",
    ),
    Rule(
        "URL-01",
        ERROR,
        ("两个页面用了同一个网址：{url}", "two pages claim one address: {url}"),
        ("改其中一个的编号或文件名；另一个来自 {other}。", "Rename one of them; the other comes from {other}."),
        explanation=(
            "一个网址只能有一个页面，否则后写的会盖掉先写的。",
            "An address has one page; otherwise the later would overwrite the earlier.",
        ),
        bad=("content/news/first.md\ncontent/news/first/index.md"),
        good=("content/news/first.md\ncontent/news/second/index.md"),
    ),
    Rule(
        "URL-02",
        INFO,
        ("荣誉页没有二维码，因为网站地址{why_zh}", "award pages have no QR codes: the site's address is {why}"),
        (
            "在 campaign.yaml 的 site 里写 base_url（不超过二百字），或构建时加 --base-url；不印奖牌和证书可以不写。",
            "Give `base_url` in campaign.yaml, at most 200 characters, or `--base-url`; without plaques none is needed.",
        ),
        explanation=(
            "奖牌和证书上的二维码指向荣誉页的完整网址，印出去就改不了，所以要先定下网站地址。",
            "The QR codes of plaques and certificates lead to full addresses and cannot be changed once printed, so the site's address must be known.",
        ),
        bad="site:\n  name: 平安守护光荣榜\n",
        good="site:\n  name: 平安守护光荣榜\n  base_url: https://honor.example.org/\n",
    ),
    Rule(
        "URL-03",
        ERROR,
        ("旧网址指向的页面不存在：{url}", "an old address leads to no page: {url}"),
        (
            "在 to 里写现在的网址，如 teams/t09.html；页面已经没有了，就删掉这一条。",
            "Write the address of today in `to`, such as teams/t09.html; where there is none, take the entry out.",
        ),
        explanation=(
            "旧网址印在证书上、留在别的网站上，来的人应当走到现在的页面，不能走到空处。",
            "Old addresses stand on certificates and other sites. Whoever comes by them must end up at a page.",
        ),
        bad="- old: teams/t01.html\n  to: teams/t99.html",
        good="- old: teams/t01.html\n  to: teams/t09.html",
    ),
    Rule(
        "URL-04",
        ERROR,
        ("旧网址指向的还是一个旧网址：{url}", "an old address leads to another old address: {url}"),
        ("在 to 里直接写最后的网址。", "Write the last address of the chain in `to`."),
        explanation=(
            "旧网址一个接一个，读者要跳几次；绕回自己，就永远打不开。",
            "A chain makes readers jump several times, and a loop never ends.",
        ),
        bad="- old: teams/t01.html\n  to: teams/t02.html\n- old: teams/t02.html\n  to: teams/t01.html",
        good="- old: teams/t01.html\n  to: teams/t09.html\n- old: teams/t02.html\n  to: teams/t09.html",
    ),
    Rule(
        "PUB-01",
        ERROR,
        ("输出文件夹里有不是本程序写的文件：{names}", "the output folder holds files that are not ours: {names}"),
        (
            "要保留的（如微信、域名的验证文件），写进 data/campaign.yaml 的 site 下面：foreign: [文件名]；不要的先移走；也可以换一个文件夹（--out）。它们没有被改动。",
            "Name those that are to stay (such as a host's verification file) under `site` in data/campaign.yaml: `foreign: [NAME]`. Move others away, or choose another folder (--out). They were not touched.",
        ),
        explanation=(
            "程序只改动自己写过的文件。输出文件夹里有别的东西，可能是您选错了文件夹。",
            "The program touches only files that it wrote itself. Anything else in the output folder may mean that it is the wrong folder.",
        ),
    ),
    Rule(
        "PUB-02",
        ERROR,
        ("写不了输出文件夹：{why}", "cannot write the output: {why}"),
        ("检查磁盘空间和写入权限，然后再运行一次。", "Check disk space and permissions, then run again."),
        explanation=(
            "写文件时操作系统报了错。网站要么整个更新，要么不动。",
            "The operating system refused a write. The site is updated as a whole or not at all.",
        ),
    ),
    Rule(
        "PUB-03",
        ERROR,
        ("输出文件夹不能是项目本身，也不能包含它的输入", "the output folder must not be, hold or lie in the inputs"),
        ("换一个文件夹（--out）。", "Choose another folder (--out)."),
        explanation=(
            "输出文件夹如果和项目混在一起，生成的网页会被当成内容再读一遍，清理时也会误删您的文件。",
            "If the output lay among the inputs, pages would be read as content again, and cleaning up could take your files.",
        ),
        bad="build.py --out content/site",
        good="build.py --out site",
    ),
    Rule(
        "PUB-04",
        ERROR,
        ("另一次生成正在写这个文件夹（{holder}）", "another build is writing this folder ({holder})"),
        ("等它结束，然后再运行一次。", "Let it finish, then run again."),
        explanation=(
            "两次生成同时写一个文件夹会互相打乱，所以后来的一次会停下。",
            "Two builds that write one folder would spoil each other's work, so the second one stops.",
        ),
    ),
    Rule(
        "PUB-05",
        ERROR,
        (
            "两个网址在有些系统上是同一个：{one} 和 {other}",
            "two addresses are one and the same on some systems: {one} and {other}",
        ),
        (
            "只差大小写或字符写法，或者一个是文件、一个是文件夹；改其中一个的编号或文件名。",
            "They differ in case or Unicode form only, or one is a file and one a folder; rename either.",
        ),
        explanation=(
            "有些系统不分大小写，有些不允许文件和文件夹同名。这样的两个网址在那里只剩一个。",
            "Some systems ignore case, and none lets a file and a folder share a name. There only one of two such addresses would be left.",
        ),
    ),
    Rule(
        "PUB-06",
        ERROR,
        ("生成期间这个文件变了", "this file changed while the site was being built"),
        ("可能另一次生成刚刚结束；再运行一次。", "Another build may just have ended; run again."),
        explanation=(
            "生成期间输出文件夹里的文件被别人改了。为了不覆盖别人的改动，这一次没有写。",
            "A file of the output changed while the site was being built. To keep that change, nothing was written.",
        ),
    ),
    Rule(
        "PUB-07",
        ERROR,
        ("放输出文件夹的磁盘满了（{why}）", "no room for the output ({why})"),
        (
            "腾出空间，然后再运行一次。已经发布的网站没有损坏。",
            "Make room, then run again. What is published is not harmed.",
        ),
        explanation=("磁盘空间不够，写不下新的网站。", "There is no room on the disk for the new site."),
    ),
    Rule(
        "PUB-08",
        ERROR,
        ("没有写这个文件夹的权限，或者它是只读的（{why}）", "not allowed to write here, or it is read-only ({why})"),
        ("检查文件夹的权限，或者换一个文件夹（--out）。", "Check its permissions, or choose another folder (--out)."),
        explanation=(
            "操作系统不允许在这个文件夹里写文件。",
            "The operating system does not allow writing in this folder.",
        ),
    ),
    Rule(
        "PUB-09",
        ERROR,
        ("输出的路径太长（{why}）", "a path of the output is too long ({why})"),
        (
            "缩短编号或文件名，或者换一个路径短的文件夹（--out）。",
            "Shorten the id or file name, or choose a folder with a shorter path (--out).",
        ),
        explanation=(
            "操作系统对路径的长度有限制，Windows 上尤其短。",
            "Operating systems limit the length of a path, Windows most of all.",
        ),
    ),
    Rule(
        "PUB-10",
        ERROR,
        (
            "放临时文件的文件夹满了，或者不能写（{why}）",
            "the folder for temporary files is full or cannot be written ({why})",
        ),
        (
            "腾出空间，或者用环境变量 TMPDIR（Windows 上是 TEMP）指定另一个文件夹，然后再运行一次。",
            "Make room, or name another folder with the environment variable TMPDIR (TEMP on Windows), then run again.",
        ),
        explanation=(
            "新的网页先放在临时文件里，全部做好才发布，所以放临时文件的磁盘上要有整个网站那么大的空间。已经发布的网站没有变。",
            "New pages wait in a temporary file until all of them are made, so its disk needs room for a whole site. What is published is as it was.",
        ),
    ),
    Rule(
        "PUB-11",
        INFO,
        (
            "缓存损坏了，或者来自别的电脑、别的用户，已经丢弃，全部重新生成",
            "the cache is damaged or comes from another computer or user; it was dropped and all was built anew",
        ),
        ("不用做什么。如果每次都这样，请检查磁盘。", "Nothing to do. If it happens every time, check the disk."),
        explanation=(
            "缓存里的每个值都盖有本机本用户的印记，读的时候核对。对不上的一概不用，所以缓存只会影响速度，不会影响网站的内容。",
            "Each value in the cache bears a seal of this user on this computer, which is checked when it is read. What does not bear it is never used, so a cache changes the speed of a build and never the site.",
        ),
    ),
    Rule(
        "PUB-12",
        ERROR,
        ("集群连不上，或者中途断开（{why_zh}）", "the cluster cannot be reached or was lost ({why})"),
        (
            "确认调度程序在运行、地址写对、至少有一个工作进程，再运行一次；或者去掉 --executor，在本机生成。",
            "See that the scheduler runs at this address with at least one worker, then run again; or leave out --executor and build here.",
        ),
        explanation=(
            "用 --executor 时，文章的转换和网页的渲染由集群完成，发布仍由本机进行。调度程序断开以后不会发布，已经发布的网站没有变；丢失个别工作进程不是错误。",
            "With --executor a cluster converts texts and renders pages; this machine publishes. When the scheduler is lost nothing is published and the site is as it was. To lose a worker is no error.",
        ),
    ),
    Rule(
        "PUB-13",
        ERROR,
        ("集群的工作进程和本机不一样（{why_zh}）", "a worker of the cluster is not like this machine ({why})"),
        (
            "在每台机器上安装同一版本的 honorroll、Python 和软件包（用 requirements.txt），再运行一次。",
            "Install the same honorroll, Python and packages on each machine (by requirements.txt), then run again.",
        ),
        explanation=(
            "程序、Python、字符表、区域设置或软件包不同，同样的内容可能生成不同的网页，所以不接受这样的工作进程。",
            "With another program, Python, table of characters, locale or library the same inputs might give other pages, so such a worker is refused.",
        ),
    ),
)

"""Rules about texts, templates, addresses and the output: MDN, TPL, URL, PUB."""

from honorroll.catalog.rule import ERROR, Rule

RULES = (
    Rule(
        "MDN-01",
        ERROR,
        ("链接的页面不存在：{target}", "the link leads to no page: {target}"),
        (
            "检查编号；草稿和未到发布时间的新闻也不能链接。",
            "Check the id; drafts and posts of the future cannot be linked either.",
        ),
    ),
    Rule(
        "MDN-02",
        ERROR,
        ("找不到图片：{target}", "there is no picture {target}"),
        ("把图片放在正文旁边的文件夹里，文件名大小写要一致。", "Put it beside the text; mind upper and lower case."),
    ),
    Rule(
        "MDN-03",
        ERROR,
        ("图片没有说明文字：{target}", "the picture has no text: {target}"),
        (
            "在方括号里写一句说明，给看不见图片的读者：![说明](图片)。",
            "Describe it for those who cannot see it: ![text](picture).",
        ),
    ),
    Rule(
        "MDN-04",
        ERROR,
        ("页面里没有这个小标题：{target}", "the page has no such heading: {target}"),
        ("照抄小标题的文字，空格换成连字符。", "Copy the heading's words, with hyphens for spaces."),
    ),
    Rule(
        "MDN-05",
        ERROR,
        ("不能这样链接：{target}", "cannot link like this: {target}"),
        (
            "站内用 news:编号、team:编号、deed:编号 等；站外用 https:// 开头的网址。",
            "Inside the site use news:ID, team:ID, deed:ID …; outside, an address with https://.",
        ),
    ),
    Rule(
        "MDN-06",
        ERROR,
        ("这不是能用的图片：{why}", "not a usable picture: {why}"),
        ("另存为 JPG、PNG 或 WebP。", "Save it as JPEG, PNG or WebP."),
    ),
    Rule(
        "TPL-01",
        ERROR,
        ("模板写法有误：{why}", "template syntax: {why}"),
        ("对照 docs/contexts.md 修改模板。", "See docs/contexts.md."),
    ),
    Rule(
        "TPL-02",
        ERROR,
        ("模板里不认识的名称“{name}”", "unknown name `{name}` in a template"),
        ("这个页面可用的名称：{known}。", "Names that this page has: {known}."),
    ),
    Rule(
        "TPL-03",
        ERROR,
        ("引入的模板必须写明文件名", "an included template must be named by a plain string"),
        ('写成 {{% include "parts/x.html" %}}。', 'Write {{% include "parts/x.html" %}}.'),
    ),
    Rule(
        "TPL-04",
        ERROR,
        ("没有这个模板：{name}", "there is no template {name}"),
        ("检查 templates/ 里的文件名。", "Check the file names in templates/."),
    ),
    Rule(
        "TPL-05",
        ERROR,
        ("生成 {url} 时模板出错：{why}", "the template failed on {url}: {why}"),
        ("对照 docs/contexts.md 修改模板。", "See docs/contexts.md."),
    ),
    Rule(
        "TPL-06",
        ERROR,
        ("没有这个静态文件：{name}", "there is no static file {name}"),
        ("asset() 里写 static/ 下已有的文件名，用引号括起来。", "Give asset() the quoted name of a file in static/."),
    ),
    Rule(
        "URL-01",
        ERROR,
        ("两个页面用了同一个网址：{url}", "two pages claim one address: {url}"),
        ("改其中一个的编号或文件名；另一个来自 {other}。", "Rename one of them; the other comes from {other}."),
    ),
    Rule(
        "PUB-01",
        ERROR,
        ("输出文件夹里有不是本程序写的文件：{names}", "the output folder holds files that are not ours: {names}"),
        (
            "换一个文件夹（--out），或先把这些文件移走。它们没有被改动。",
            "Choose another folder (--out) or move the files away. They were not touched.",
        ),
    ),
    Rule(
        "PUB-02",
        ERROR,
        ("写不了输出文件夹：{why}", "cannot write the output: {why}"),
        ("检查磁盘空间和写入权限，然后再运行一次。", "Check disk space and permissions, then run again."),
    ),
    Rule(
        "PUB-03",
        ERROR,
        ("输出文件夹不能是项目本身，也不能包含它的输入", "the output folder must not be, hold or lie in the inputs"),
        ("换一个文件夹（--out）。", "Choose another folder (--out)."),
    ),
    Rule(
        "PUB-04",
        ERROR,
        ("另一次生成正在写这个文件夹（{holder}）", "another build is writing this folder ({holder})"),
        ("等它结束，然后再运行一次。", "Let it finish, then run again."),
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
    ),
    Rule(
        "PUB-06",
        ERROR,
        ("生成期间这个文件变了", "this file changed while the site was being built"),
        ("可能另一次生成刚刚结束；再运行一次。", "Another build may just have ended; run again."),
    ),
    Rule(
        "PUB-07",
        ERROR,
        ("放输出文件夹的磁盘满了（{why}）", "no room for the output ({why})"),
        (
            "腾出空间，然后再运行一次。已经发布的网站没有损坏。",
            "Make room, then run again. What is published is not harmed.",
        ),
    ),
    Rule(
        "PUB-08",
        ERROR,
        ("没有写这个文件夹的权限，或者它是只读的（{why}）", "not allowed to write here, or it is read-only ({why})"),
        ("检查文件夹的权限，或者换一个文件夹（--out）。", "Check its permissions, or choose another folder (--out)."),
    ),
    Rule(
        "PUB-09",
        ERROR,
        ("输出的路径太长（{why}）", "a path of the output is too long ({why})"),
        (
            "缩短编号或文件名，或者换一个路径短的文件夹（--out）。",
            "Shorten the id or file name, or choose a folder with a shorter path (--out).",
        ),
    ),
)

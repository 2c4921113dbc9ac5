"""Rules about templates: TPL."""

from honorroll.checks.catalog.rule import ERROR, Rule

RULES = (
    Rule(
        "TPL-01",
        ERROR,
        ("模板写法有误：{why}", "template syntax: {why}"),
        ("对照 docs/contexts.md 修改模板。", "See docs/contexts.md."),
        explanation=(
            "模板写错一处，用它的每一页都生成不出来，所以在生成之前先检查。",
            "One slip in a template breaks every page made from it, so templates are read before any page is made.",
        ),
        bad="{% if page.title %}{{ page.title }}",
        good="{% if page.title %}{{ page.title }}{% endif %}",
    ),
    Rule(
        "TPL-02",
        ERROR,
        ("模板里不认识的名称“{name}”", "unknown name `{name}` in a template"),
        ("这个页面可用的名称：{known}。", "Names that this page has: {known}."),
        explanation=(
            "模板只能看到 site、page 和本页的内容。写错的名称不会悄悄变成空白。",
            "A template sees `site`, `page` and its own context. A wrong name never turns into a silent blank.",
        ),
        bad="{{ site.titel }}",
        good="{{ site.name }}",
    ),
    Rule(
        "TPL-03",
        ERROR,
        ("引入的模板必须写明文件名", "an included template must be named by a plain string"),
        ('写成 {{% include "parts/x.html" %}}。', 'Write {{% include "parts/x.html" %}}.'),
        explanation=(
            "引入的模板写明文件名，才能在生成之前知道每一页是由哪些文件做成的。",
            "Included templates are named plainly, so that it is known beforehand which files each page is made of.",
        ),
        bad='{% include name ~ ".html" %}',
        good='{% include "parts/head.html" %}',
    ),
    Rule(
        "TPL-04",
        ERROR,
        ("没有这个模板：{name}", "there is no template {name}"),
        ("检查 templates/ 里的文件名。", "Check the file names in templates/."),
        explanation=(
            "被引入的模板必须存在，可以在项目的 templates/ 里，也可以是自带的。",
            "A template that another one names must exist, in the project's templates/ or in the built-in theme.",
        ),
        bad='{% include "parts/haed.html" %}',
        good='{% include "parts/head.html" %}',
    ),
    Rule(
        "TPL-05",
        ERROR,
        ("生成 {url} 时模板出错：{why}", "the template failed on {url}: {why}"),
        ("对照 docs/contexts.md 修改模板。", "See docs/contexts.md."),
        explanation=(
            "模板读得懂，但在某一页上运行出错，比如对空值取了属性。",
            "The template reads well but fails on a page, for instance by asking for a part of nothing.",
        ),
        bad="{{ image.src }}",
        good="{% if image %}{{ image.src }}{% endif %}",
    ),
    Rule(
        "TPL-06",
        ERROR,
        ("没有这个静态文件：{name}", "there is no static file {name}"),
        ("asset() 里写 static/ 下已有的文件名，用引号括起来。", "Give asset() the quoted name of a file in static/."),
        explanation=(
            "模板用到的样式和图标必须在 static/ 里，否则每一页都会缺一块。",
            "Styles and icons that a template uses must be in static/, or every page lacks a part.",
        ),
        bad='{{ asset("sytle.css") }}',
        good='{{ asset("style.css") }}',
    ),
    Rule(
        "TPL-07",
        ERROR,
        ("模板不能使用 {name}", "a template must not use {name}"),
        (
            "模板只用 docs/contexts.md 列出的内容；下划线开头的名称和会改动数据、撑大文字、读取时钟的方法都不可用。",
            "Use what docs/contexts.md lists: no names that begin with an underscore, and no methods that change data, blow up text or read the clock.",
        ),
        explanation=(
            "模板可能来自别处。它只能排版给它的内容，够不到 Python 的内部，也就读不到电脑上的文件，运行不了程序。",
            "A template may come from elsewhere. It lays out what it is given and cannot reach the insides of Python, so it reads no files of the computer and runs no programs.",
        ),
        bad='{{ "".__class__.__mro__ }}',
        good="{{ page.title }}",
    ),
    Rule(
        "TPL-08",
        ERROR,
        ("模板在生成 {url} 时做得太多，已停下", "the template does too much on {url} and was stopped"),
        (
            "检查这一行的循环、重复和互相引用：每页至多循环一百万次、写出三千二百万字。",
            "Check loops, repetition and templates that call themselves there: a page may take a million turns and make 32 million characters.",
        ),
        explanation=(
            "循环没有尽头、宏调用自己、文字成倍变长的模板会占满内存，让电脑停住，所以每页做多少有上限。",
            "Endless loops, macros that call themselves and text that doubles would fill the memory and stop the computer, so what one page may do is limited.",
        ),
        bad='{{ "x" * 999999999 }}',
        good='{{ "x" * 10 }}',
    ),
    Rule(
        "TPL-09",
        ERROR,
        ("模板的括号或语句嵌套太深", "brackets or statements of a template lie too deep in each other"),
        (
            "表达式和语句合起来至多套六十层，循环至多套十二层；用 set 或宏拆开。",
            "At most sixty expressions and statements, twelve of them loops, may lie in each other; take them apart with `set` or macros.",
        ),
        explanation=(
            "嵌套太深的模板无法编译，也没有人读得懂。",
            "What lies so deep cannot be compiled, and nobody could read it.",
        ),
        bad="{{ " + "(" * 6 + "…" + ")" * 6 + " }}",
        good="{% set sum = a + b %}{{ sum * c }}",
    ),
)

"""Sentences of the command line, in Chinese and English."""

_WORDS = {
    "h_main": (
        "把活动数据生成为公开网站。不写命令就是 build。",
        "Turn a campaign's data into its public site. The default verb is build.",
    ),
    "h_build": ("检查数据并生成网站", "Check the data and build the site"),
    "h_check": ("只检查，不写任何文件", "Check only; write nothing"),
    "h_serve": ("在本机预览，保存后自动更新", "Preview on this machine; reloads when you save"),
    "h_clean": ("删除生成的网站和缓存", "Delete the built site and the cache"),
    "h_new": ("用示例内容新建一个项目", "Make a new project from the starter content"),
    "h_takedown": (
        "把一个人从网站上撤下来：记下撤回同意，列出会变的地方；加 --write 才执行",
        "Take a person off the site: record the withdrawal and list what changes; --write does it",
    ),
    "o_date": ("撤回的日期，默认今天", "The day of the withdrawal; today by default"),
    "missing_person": (
        "{verb} 后面要写人员编号：{command} {verb} r01",
        "{verb} needs the id of a person: {command} {verb} r01",
    ),
    "no_person": ("人员名单里没有 {asked}", "there is no person {asked}"),
    "several_persons": ("有几个人叫这个名字，请写编号：{ids}", "several people have this name; give an id: {ids}"),
    "td_withdrawn": ("{place}  写上 withdrawn: {day}", "{place}  gets withdrawn: {day}"),
    "td_by_hand": (
        "{place}  写法特殊，程序不敢动。请自己加一行 withdrawn: {day}，再运行一次",
        "{place}  is written in an unusual way. Add withdrawn: {day} by hand and run this again",
    ),
    "td_no_consent": (
        "{id} 没有还算数的同意记录，没有可以撤回的。",
        "{id} has no consent that could be withdrawn.",
    ),
    "td_changes": ("网站上要变的文件：{number} 个", "Files of the site that change: {number}"),
    "td_texts": (
        "文字里还写着姓名的地方，要由人改写（可以写“{shown}”）：",
        "Texts that still name the person and must be written anew (such as “{shown}”):",
    ),
    "td_dry": ("以上是预演，什么也没有写。加上 --write 就执行。", "Nothing was written. Add --write to do it."),
    "td_clean": (
        "逐个查过网站和缓存的 {number} 个文件：网站上没有留下姓名。",
        "Read all {number} files of the site and the cache: the site holds the name no more.",
    ),
    "td_left": (
        "逐个查过网站和缓存的 {number} 个文件：网站上还有姓名。",
        "Read all {number} files of the site and the cache: the site still holds the name.",
    ),
    "td_site": ("网站上还有姓名的文件：", "Files of the site that hold the name:"),
    "td_cache": (
        "缓存是本机的工作文件，不会公开，里面有人员名单和正文的副本；彻底不留，请把 data/persons.yaml 里的姓名改成代号，再运行 clean：",
        "The cache stays on this machine and holds copies of the data and texts. To keep nothing at all, write a code instead of the name in data/persons.yaml and run clean:",
    ),
    "td_perhaps": ("（可能是别的词或同名的人）", " (perhaps other words, or another person)"),
    "o_strict": ("把警告当作错误", "Take warnings for errors"),
    "o_drafts": ("包括草稿", "Include drafts"),
    "o_future": ("包括未到发布时间的新闻", "Include posts dated in the future"),
    "o_today": (
        "把这一天当作今天（算到当天结束），如 2022-11-01",
        "The day to take for today, to its end, such as 2022-11-01",
    ),
    "o_now": (
        "把这一刻当作现在（北京时间），如 2022-11-01T09:30",
        "The moment to take for now, in China's time, such as 2022-11-01T09:30",
    ),
    "not_a_moment": (
        "“{value}”不是时间，应写成 2022-11-01T09:30",
        "`{value}` is not a moment like 2022-11-01T09:30",
    ),
    "today_and_now": ("--today 和 --now 只能写一个", "give either --today or --now"),
    "not_an_epoch": (
        "环境变量 SOURCE_DATE_EPOCH 应当是秒数，现在是“{value}”",
        "SOURCE_DATE_EPOCH must be a number of seconds; it is “{value}”",
    ),
    "o_base_url": ("网站的完整地址，如 https://example.org/honor/", "The site's absolute address"),
    "o_out": ("输出文件夹，默认 site/", "The output folder; site/ by default"),
    "o_jobs": ("同时使用的处理器数", "How many processes to use"),
    "o_as_json": ("每条结果输出一行 JSON，同 --format json", "One line of JSON a finding, as --format json"),
    "o_format": (
        "结果的格式：文字、JSON、GitHub 标注或 SARIF",
        "Format of findings: text, JSON, GitHub annotations, SARIF",
    ),
    "o_why": ("说明每个文件为什么重新生成", "Tell for each file why it was made anew"),
    "o_upcoming": (
        "不生成网站，只列出今后若干天（默认 400 天）里哪些文件会随日期和时间变化",
        "Build nothing; list which files will change by date and time alone in the days to come (400 by default)",
    ),
    "upcoming_day": (
        "{day}：新增 {new}，改变 {changed}，删除 {removed} 个文件",
        "{day}: {new} new, {changed} changed, {removed} removed files",
    ),
    "upcoming_fails": ("{day}：到时候会生成失败：", "{day}: the build will fail then:"),
    "upcoming_none": (
        "从 {start} 起 {days} 天内，没有文件会随日期变化。",
        "No file will change by date alone in the {days} days after {start}.",
    ),
    "o_fix": (
        "列出怎样遮盖查到的个人信息，不改文件；加 --write 才写进文件",
        "Show how what is personal would be masked, and change nothing without --write",
    ),
    "o_write": ("真正写进文件；不写就只是预演", "Write it into the files; without this it is a trial"),
    "write_what": ("--write 要和 --fix 一起用", "--write goes with --fix"),
    "file_moved": (
        "{file} 刚刚被别人改过，什么也没有写，请再运行一次",
        "{file} was edited meanwhile; nothing was written, run this again",
    ),
    "fixable": (
        "可以遮盖 {files} 个文件里的 {number} 处；加 --write 写进文件。其余的要人来改。",
        "{number} places in {files} files can be masked; --write does so. The others are for a person to mend.",
    ),
    "fixed": ("已遮盖 {files} 个文件里的 {number} 处。", "{number} places in {files} files were masked."),
    "o_verify": ("逐个核对网站里的文件，不凭修改时间判断", "Read every file of the site instead of trusting its times"),
    "because_fresh": ("没有上次的记录", "nothing is known of an earlier build"),
    "because_new": ("新页面", "a new page"),
    "because_site": (
        "全站共用的内容变了（名称、栏目、页脚）",
        "what all pages share has changed (names, sections, footer)",
    ),
    "because_template": ("模板或它用到的静态文件变了", "its template, or a static file that this names, has changed"),
    "because_content": ("内容变了", "its content has changed"),
    "because_output": ("文件被改动或删除过", "the file was changed or deleted"),
    "fresh_note": (
        "缓存没有了、坏了，或是程序更新了，所以全部重新生成。",
        "The cache is lost, damaged or of another version, so everything was made anew.",
    ),
    "o_explain": ("说明一条规则，如 SCH-05", "Explain a rule, such as SCH-05"),
    "o_schema": (
        "写出数据文件的 JSON Schema，供编辑器提示和检查，默认写到 .vscode/schemas",
        "Write JSON Schemas of the data files for editors; to .vscode/schemas by default",
    ),
    "o_report": (
        "另写一份检查报告（网页文件，不属于网站）",
        "Write a report on the rules too, an HTML file of its own",
    ),
    "o_quiet": ("只显示错误", "Show errors only"),
    "o_verbose": ("显示更多信息", "Tell more"),
    "o_lang": ("消息语言：zh 或 en", "Language of messages: zh or en"),
    "o_port": (
        "预览端口，默认从 8000 起找第一个空闲的",
        "Port of the preview; by default the first free one from 8000 on",
    ),
    "o_no_open": ("不自动打开浏览器", "Do not open the browser"),
    "o_poll": (
        "每秒查看一遍文件，用于不通知改动的网络盘",
        "Look at all files each second, for network drives that do not tell of changes",
    ),
    "built": (
        "{pages} 页：写入 {written}，未变 {unchanged}，删除 {removed} 个文件，用时 {seconds} 秒",
        "{pages} pages: {written} files written, {unchanged} unchanged, {removed} removed, {seconds} seconds",
    ),
    "checked": ("检查通过：{pages} 页，用时 {seconds} 秒", "All fine: {pages} pages, {seconds} seconds"),
    "failed": ("有 {count}，网站没有改动。", "{count}; the site was left as it is."),
    "cleaned": ("已删除 {number} 个文件", "{number} files deleted"),
    "created": (
        "已在 {folder} 新建项目，内容是示例。接着预览：\n  cd {folder}\n  {command} serve",
        "Made {folder} with the sample's content. Preview it next:\n  cd {folder}\n  {command} serve",
    ),
    "no_project": (
        "{folder} 里没有项目（没有 data 文件夹）。请到项目文件夹里运行，或新建一个：{command} new 文件夹",
        "there is no project in {folder} (no data folder). Run this in a project's folder, or make one: {command} new FOLDER",
    ),
    "not_empty": ("文件夹 {folder} 不是空的，请换一个名字", "{folder} is not empty; choose another name"),
    "not_a_date": ("“{value}”不是日期，应写成 2022-11-01", "`{value}` is not a date like 2022-11-01"),
    "not_an_address": ("“{value}”不是以 https:// 开头的网址", "`{value}` is not an address with https://"),
    "usage": ("用法有误：{message}。用 --help 查看用法。", "Usage: {message}. See --help."),
    "more": (
        "另有 {number} 条没有列出来。先改好上面的；用 --json 可看更多。",
        "{number} more are not listed. Mend those above first, or see more with --json.",
    ),
    "more_alike": (
        "这类问题另有 {number} 处，没有一一列出。",
        "{number} more of this kind are counted, not listed.",
    ),
    "no_verb": ("没有命令 {name}", "no command {name}"),
    "no_option": ("没有选项 {name}", "no option {name}"),
    "bad_value": ("{name} 的值不对：{why}", "bad value for {name}: {why}"),
    "missing": (
        "{verb} 后面要写文件夹的名称：{command} {verb} 文件夹",
        "{verb} needs the name of a folder: {command} {verb} FOLDER",
    ),
    "too_many": (
        "{verb} 后面多了“{extra}”；名称里有空格的，要用引号括起来",
        "`{extra}` is too much after {verb}; quote a name that holds blanks",
    ),
    "no_value": ("选项 {name} 后面要写值", "the option {name} needs a value"),
    "takes_no_value": ("选项 {name} 后面不能写值", "the option {name} takes no value"),
    "not_a_choice": ("只能是 {choices}", "it must be one of {choices}"),
    "not_in_range": ("应当是 {low} 到 {high} 的整数", "it must be a whole number from {low} to {high}"),
    "near": ("（是不是 {near}？）", " (did you mean {near}?)"),
    "interrupted": ("已中断，网站没有改动。", "Interrupted; the site was left as it is."),
    "internal": (
        "程序内部出错，网站没有改动。详情在 {log}，请把它发给开发者。",
        "Internal error; the site was left as it is. Details are in {log}; please send it to the developers.",
    ),
    "versions": ("honorroll {version}，Python {python}", "honorroll {version}, Python {python}"),
    "serving": ("预览地址：{address}（按 Ctrl+C 结束）", "Preview at {address} (Ctrl+C to stop)"),
    "stopped": ("预览结束。", "Preview stopped."),
    "port_taken": (
        "端口 {port} 不能用，可能已被占用；请换一个",
        "port {port} cannot be used, perhaps it is taken; choose another",
    ),
    "port_moved": ("端口 {port} 已被占用，改用下一个空闲的。", "Port {port} is taken; using the next free one."),
    "faults": (
        "有 {count}。改好并保存后，这里会自动消失。",
        "{count}. This goes away once they are mended and saved.",
    ),
    "faults_more": (
        "还有 {number} 条没有列在这里，见运行预览的窗口。",
        "{number} more are not listed here; see the window that runs the preview.",
    ),
    "faults_internal": (
        "程序内部出错，这里还是上一次的页面。详情在项目的 .cache/honorroll-error.log。",
        "Internal error; these are still the last pages. Details are in the project's .cache/honorroll-error.log.",
    ),
    "guess": ("是不是想写“{guess}”？", "did you mean `{guess}`?"),
    "ERROR": ("错误", "error"),
    "WARNING": ("警告", "warning"),
    "INFO": ("提示", "note"),
    "x_why": ("说明", "What it asks for"),
    "x_clause": ("依据", "Asked for by"),
    "x_bad": ("错误的写法", "Wrong"),
    "x_good": ("正确的写法", "Right"),
    "x_hint": ("怎么改", "How to mend it"),
    "wrote": ("已写入 {file}", "wrote {file}"),
    "not_written": ("写不了 {file}（{why}）", "cannot write {file} ({why})"),
    "report_place": (
        "检查报告不能写在 {file}：文件名要以 .html 结尾，不能放在输出文件夹、数据、正文、模板和静态文件夹里",
        "the report cannot be {file}: it must end in .html and lie outside the output and the inputs",
    ),
    "no_rule": ("没有规则“{id}”", "there is no rule `{id}`"),
    "related": ("另见 {place}", "see also {place}"),
    "clause": ("依据：{clause}", "asked for by: {clause}"),
    "convert": ("正文", "texts"),
    "render": ("页面", "pages"),
    "draw": ("图片", "pictures"),
}


def say(key: str, lang: str = "zh", **values: object) -> str:
    """A sentence, filled in. `lang` is `zh` or `en`."""
    return _WORDS[key][lang == "en"].format(**values)

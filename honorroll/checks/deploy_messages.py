"""Sentences of `deploy`, in Chinese and English."""

WORDS = {
    "h_deploy": (
        "检查、生成，再把网站发布到 data/deploy.yaml 里写的地方：只传改动的文件，公众看不到一半新一半旧的网站",
        "Check, build, and bring the site to a target of data/deploy.yaml: only what changed travels, and nobody sees half a site",
    ),
    "h_hosting": (
        "列出现成的配置（nginx、caddy、apache，对象存储写 storage）：网址、缓存、压缩、404、安全响应头",
        "Print a ready configuration (nginx, caddy, apache, storage): addresses, caching, compression, 404, security headers",
    ),
    "h_schedule": (
        "列出让网站每天自动发布的文件：cron 的一行、systemd 的服务和定时器，或 GitHub Actions 的流程；--out 写到文件夹里",
        "Print what deploys the site each day: a line for cron, a service and timer for systemd, or a workflow; --out writes it to a folder",
    ),
    "o_root": (
        "服务器上发布的文件夹，默认按 data/deploy.yaml",
        "The folder that is deployed to on the server; by default that of data/deploy.yaml",
    ),
    "o_hsts": (
        "告诉浏览器一年内只用 HTTPS（说了就收不回）",
        "Tell browsers to come by HTTPS only for a year (there is no way back)",
    ),
    "o_dry_run": ("只列出要传和要删的文件，什么也不做", "Only tell what would travel and what would go"),
    "o_listing": ("列出那里的发布版", "List the releases that are there"),
    "o_rollback": ("退回上一个发布版，或写明的那一个", "Show the release before, or the one that is named"),
    "o_read_back": (
        "像公众一样把每个网址读一遍，核对内容和响应头",
        "Read every address back as the public does: bytes and headers",
    ),
    "o_really_sample": ("示例活动也发布", "Deploy a sample campaign, too"),
    "o_forget": (
        "只留现在这一版，以前各版的文件都删掉（撤下个人信息以后用）",
        "Keep only this release and delete all files of earlier ones (after a takedown)",
    ),
    "de_none": (
        """data/deploy.yaml 里没有“{name}”。{known}写法如：

- id: web
  kind: 服务器        # 或 文件夹、Git分支、对象存储
  to: user@example.org:/srv/www/honor

说明见 docs/hosting.md""",
        """data/deploy.yaml has no target `{name}`. {known}As an example:

- id: web
  kind: 服务器        # a server; or 文件夹 (a folder), Git分支 (a branch), 对象存储 (object storage)
  to: user@example.org:/srv/www/honor

See docs/hosting.md""",
    ),
    "ho_unknown": ("没有“{name}”的配置；有 {known}", "there is no configuration of `{name}`; there are {known}"),
    "de_recorded": (
        "公布了什么，记在 {path} 里，请和数据一起提交到 Git",
        "what was published is recorded in {path}: commit it with the data",
    ),
    "de_unrecorded": (
        "网站已经发布，但写不进 data/published（{why}）；改好以后再运行一次 deploy",
        "the site is deployed, but data/published cannot be written ({why}); mend that and deploy again",
    ),
    "de_error": ("错误：{text}", "error: {text}"),
    "de_known": ("那里有：{names}。", "It has: {names}. "),
    "de_faulty": (
        "数据有 {number} 处错误，先运行 check 看一看；发布的地方没有动",
        "the data have {number} mistakes; see check. The target was not touched",
    ),
    "de_sample": (
        "这是示例活动，不能当真发布。要试一试，请加 --sample",
        "this is the sample campaign; add --sample to deploy it for a try",
    ),
    "de_address": ("地址“{to}”写得不对，应当像 {example}", "`{to}` is no address; write it as {example}"),
    "de_no_extra": (
        '对象存储还要装一个软件包：pip install "honorroll[deploy]"',
        'object storage needs one more package: pip install "honorroll[deploy]"',
    ),
    "de_no_program": (
        "这台电脑上没有 {program}（{why}），请先安装",
        "{program} is not on this machine ({why}); install it first",
    ),
    "de_busy": (
        "另一个人正在往那里发布（{holder}），等他做完再试",
        "somebody else is deploying there ({holder}); wait",
    ),
    "de_full": (
        "{where} 的空间满了（{why}），腾出地方再试",
        "there is no room left at {where} ({why}); make some and try again",
    ),
    "de_denied": ("{where} 不让写（{why}），请检查权限", "{where} may not be written ({why}); see to the permissions"),
    "de_login": (
        "{where} 不认这个账号（{why}）。账号和密钥不写在项目里：SSH 和 Git 用各自的配置，对象存储用环境变量 AWS_ACCESS_KEY_ID 和 AWS_SECRET_ACCESS_KEY",
        "{where} refuses the credentials ({why}). They are never in the project: SSH and Git have their own configuration, object storage takes AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
    ),
    "de_clock": (
        "这台电脑的时间和 {where} 的差得太多（{why}），请先对好时间",
        "the clocks of this machine and of {where} are too far apart ({why}); set this one's first",
    ),
    "de_unreachable": (
        "连不上 {where}，或者连接断了（{why}）。请检查网络和地址，再运行一次",
        "{where} cannot be reached, or the connection broke ({why}); see to network and address, and run it again",
    ),
    "de_failed": ("{where} 出了错（{why}）", "{where} failed ({why})"),
    "de_no_links": (
        "那里不能做文件夹链接（{why}）。请换一个支持链接的盘或服务器",
        "no link to a folder can be made there ({why}); take a disk or server that has links",
    ),
    "de_foreign": (
        "那里有不是本程序生成的文件：{names}。如果是要留的（如验证文件），写进 data/campaign.yaml 的 site 下面：foreign: [文件名]；如果不是，请换一个空文件夹",
        "files stand there that this program has not made: {names}. If they are to stay (such as a verification file), name them under `site` in data/campaign.yaml: `foreign: [NAME]`; else take an empty place",
    ),
    "de_both": (
        "{names} 在 data/campaign.yaml 的 foreign 里，可是网站自己也有这个文件。请从 foreign 里去掉，或者给网站的文件改名",
        "{names}: named as `foreign` in data/campaign.yaml, but the site has such a file of its own. Take it off the list or rename the site's",
    ),
    "de_moved": (
        "生成的网站刚才又变了（{file}），有人在同时生成。请再运行一次",
        "the built site has changed meanwhile ({file}); run it again",
    ),
    "de_changed": ("那里的 {file} 刚才变了，请再运行一次", "{file} has changed there meanwhile; run it again"),
    "de_damaged": (
        "传过去的文件不对：{names}。请再运行一次；还不行，请看那边的磁盘",
        "files did not arrive as they were sent: {names}. Run it again; if that fails, look at the disk there",
    ),
    "de_no_earlier": ("没有更早的发布版可退", "there is no earlier release"),
    "de_no_release": ("没有发布版 {id}；那里有 {known}", "there is no release {id}; there are {known}"),
    "de_state_old": (
        "公众看到的还是原来的网站（{release}）。",
        "The public still sees the release before ({release}).",
    ),
    "de_state_between": (
        "正在换成新版时中断了：每一页都是完整的，可能还是旧版，也可能有的新、有的旧。再运行一次就好。",
        "It was cut off while the new release was put in place: every page is whole; all may be old, or some new and some old. Run it again.",
    ),
    "de_state_new": (
        "公众看到的已经是新版（{release}），只是旧版没有清理完；下次会接着清理。",
        "The public sees the new release ({release}); what is old has not all been deleted, and will be next time.",
    ),
    "de_same": ("那里已经是最新的，没有要传的。", "The target is up to date; nothing is to travel."),
    "de_plan": (
        "发布版 {id}：要传 {sent} 个文件，去掉 {removed} 个，共 {files} 个文件。",
        "Release {id}: {sent} files travel, {removed} go; {files} in all.",
    ),
    "de_done": (
        "已发布 {id}：传了 {sent} 个文件、{size} KB，去掉 {removed} 个，用时 {seconds} 秒。核对：{command} deploy {target} --verify",
        "Deployed {id}: {sent} files and {size} KB travelled, {removed} gone, in {seconds} s. Verify it: {command} deploy {target} --verify",
    ),
    "de_back": ("现在公众看到的是 {id}（{at} 发布的）。", "The public sees {id} now (deployed {at})."),
    "de_empty": ("那里还没有发布版。", "There are no releases yet."),
    "de_row": ("{mark} {id}  {at}  {files} 个文件", "{mark} {id}  {at}  {files} files"),
    "de_forgot": ("以前各版已删除。", "All earlier releases are deleted."),
    "de_travel": ("传送", "files"),
    "ve_status": ("{url}：回答是 {status}，应为 {wanted}", "{url}: answered {status} instead of {wanted}"),
    "ve_bytes": ("{url}：内容和发布的不一样", "{url}: other bytes than were deployed"),
    "ve_type": ("{url}：类型是 {found}，应为 {wanted}", "{url}: its type is {found} instead of {wanted}"),
    "ve_download": ("{url}：会被强制下载，手机上打不开", "{url}: is sent as a download and will not open"),
    "ve_reached": ("{url}：连不上（{why}）", "{url}: cannot be reached ({why})"),
    "ve_404": (
        "不存在的网址没有显示“没有找到这一页”：请在服务器上把 404 指到 404.html",
        "an unknown address does not show 404.html with status 404: set it as the host's error page",
    ),
    "ve_cache": (
        "提示：有 {number} 个文件的缓存时间和建议的不同，如 {url}：“{found}”，建议“{wanted}”",
        "Note: {number} files have another Cache-Control than advised, such as {url}: `{found}` instead of `{wanted}`",
    ),
    "ve_more": ("…… 另有 {number} 处", "... and {number} more"),
    "ve_good": (
        "{number} 个网址都读了一遍，和发布版 {id} 一致；{compressed} 个是压缩着传来的。",
        "{number} addresses were read back and are those of release {id}; {compressed} were sent compressed.",
    ),
    "ve_bad": ("{number} 个网址里有 {bad} 处不对。", "{bad} of {number} addresses are wrong."),
    "ve_no_url": (
        "不知道网址：在 data/deploy.yaml 写 url，或者在 data/campaign.yaml 写 base_url",
        "no address is known: write `url` in data/deploy.yaml, or `base_url` in data/campaign.yaml",
    ),
}

"""Rules about picture files: PIC."""

from honorroll.checks.catalog.rule import ERROR, WARNING, Rule

RULES = (
    Rule(
        "PIC-01",
        ERROR,
        ("这个文件不是能用的图片", "this file is no picture that can be used"),
        (
            "用看图软件打开它，另存为 JPG、PNG 或 WebP；只改后缀没有用。",
            "Open it in a picture viewer and save it as JPEG, PNG or WebP; a new suffix alone does not help.",
        ),
        explanation=(
            "网站读得懂的图片格式是 JPG、PNG、WebP、AVIF 和不动的 GIF，装了附加组件还有 HEIC。每张图都转换成手机上省流量的几种尺寸，所以原图的格式必须认得出来。",
            "Formats that are understood are JPEG, PNG, WebP, AVIF, still GIF and, with an extra package, HEIC. Each picture is converted to sizes that are light on a phone, so its own format must be known.",
        ),
    ),
    Rule(
        "PIC-02",
        ERROR,
        ("图片文件已损坏或不完整", "the picture is damaged or cut off"),
        ("从手机、相机或原来的邮件里重新取一份。", "Get it once more from the telephone, the camera or the mail."),
        explanation=(
            "传到一半断开、存储卡出错，都会让图片缺一截。缺了的部分会变成灰块，所以整张图都要先读一遍。",
            "A transfer that broke off or a faulty card leaves a picture without its end, which would show as grey. So all of it is read first.",
        ),
    ),
    Rule(
        "PIC-03",
        ERROR,
        ("动图不能用作图片", "a moving picture cannot be used"),
        (
            "截取其中一帧，另存为 JPG 或 PNG。",
            "Save one frame of it as JPEG or PNG.",
        ),
        explanation=(
            "动图又大又分散注意力，停不下来，对眩晕和阅读困难的读者不友好；转换尺寸时也只会剩下第一帧。",
            "Moving pictures are heavy, distract and cannot be stopped, which is hard on readers who get dizzy; and in conversion only the first frame would be left.",
        ),
    ),
    Rule(
        "PIC-04",
        ERROR,
        ("图片尺寸过大：{size} 像素", "the picture is too large: {size} pixels"),
        (
            "缩小到总共不超过 {limit}00 万像素；长图要分成几张，网页上每张不高于 16383 像素。",
            "Shrink it to at most {limit} million pixels; cut a long strip into pieces that are at most 16383 pixels tall on the page.",
        ),
        explanation=(
            "网页上的图最宽 1600 像素，再大读者也看不出来，却要很多内存才能打开；特别大的尺寸还可能是攻击。",
            "Pages show pictures at 1600 pixels at most. More cannot be seen, needs much memory to open, and may be an attack.",
        ),
    ),
    Rule(
        "PIC-05",
        ERROR,
        ("HEIC 图片需要附加组件才能读取", "HEIC pictures need an extra package"),
        (
            "运行 .venv/bin/python -m pip install pillow-heif 后再试；或把图片另存为 JPG。苹果手机可在“设置 › 相机 › 格式”选“兼容性最佳”。",
            "Run .venv/bin/python -m pip install pillow-heif and try again, or save the picture as JPEG. An iPhone takes JPEGs with Settings › Camera › Formats › Most Compatible.",
        ),
        explanation=(
            "HEIC 是苹果手机默认的照片格式，浏览器大多不能显示，读取它的组件因专利和许可不随本程序安装。",
            "HEIC is what iPhones take by default. Few browsers show it, and for its licences the package that reads it does not come with this program.",
        ),
    ),
    Rule(
        "PIC-06",
        WARNING,
        ("这张图片没有用到，不会出现在网站上：{name}", "no text shows this picture, so it is not published: {name}"),
        (
            "在 {file} 的正文里写 ![图片说明]({name})；全部照片都要，就在文件开头加一行 gallery: 是；用不着的，删掉或移出文件夹。",
            "Write ![what it shows]({name}) into {file}; add `gallery: true` at its top to show all; or move the picture away.",
        ),
        explanation=(
            "放进新闻文件夹的照片，只有正文或题图用到的才会发布。忘了写的，读者就看不到；本不该公开的，也不宜留在那里。",
            "Of the pictures in a post's folder only those are published that its text or its image names. One that was forgotten is seen by nobody; one that is not for the public should not lie there.",
        ),
    ),
)

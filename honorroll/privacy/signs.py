"""Characters that have a part in numbers and in how these are disguised."""

#: Stands for what parts two texts.
BREAK = "\x02"

#: Characters that are not seen.
UNSEEN = "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20e3\ufe00-\ufe0f\ufeff\ufff9-\ufffb"

#: Digits of other forms and scripts, apart from those of Chinese, which are words as well.
DIGITS = (
    "\u00b2\u00b3\u00b9\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u2070\u2074-\u2079\u2080-\u2089\u2460-\u2468\u2474-\u247c"
    "\u2488-\u2490\u24ea\u24f5-\u24fd\u24ff\u2776-\u277e\u2780-\u2788\u278a-\u2792\uff10-\uff19\U0001d7ce-\U0001d7ff"
    "\U0001fbf0-\U0001fbf9"
)

#: Chinese digits, as they are read, as they are written on cheques, and as they are told on the radio.
CHINESE = "〇零○一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖參叄洞拐勾"

#: What may stand between the digits of one number.
APART = r"\s\-\u2010-\u2015\u2212_.\u00b7\u2022\u30fb\u3002,\u3001|/\\:;()\[\]{}<>\"'\u201c\u201d\u2018\u2019\u300c\u300d\u3010\u3011=+^#!?&~*`\u2026\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"

#: The signs of provinces on number plates.
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"

#: Markdown that stands inside a word and is not seen.
MARKUP = r"(?:\*{1,3}|~{1,2}|`+)"

"""The shape of a rule."""

from msgspec import Struct

from honorroll.diagnostics import Severity

Pair = tuple[str, str]

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

#: What the rules of each area are about, by the first letters of their ids, in reading order.
PREFIXES: dict[str, Pair] = {
    "CAM": ("活动", "The campaign"),
    "PAT": ("巡逻和队伍", "Patrols and teams"),
    "INS": ("巡查", "Inspections"),
    "CON": ("参评条件", "Entering the contest"),
    "PRV": ("个人信息", "Personal data"),
    "AWD": ("评定和表彰", "Awards"),
    "ORD": ("名单次序", "Order of lists"),
    "RPT": ("上报", "Reports"),
    "SUM": ("数据和总结", "Totals and wrap-up"),
    "REC": ("公布记录", "What was published"),
    "CAL": ("工作日", "Working days"),
    "WAI": ("豁免", "Waivers"),
    "REF": ("引用", "References"),
    "SCH": ("记录的字段", "Fields of records"),
    "YML": ("YAML 写法", "YAML"),
    "FMT": ("文件格式", "File formats"),
    "SRC": ("文件", "Files"),
    "MDN": ("正文", "Texts"),
    "PIC": ("图片", "Pictures"),
    "LOK": ("外观", "Look"),
    "SHR": ("分享", "Sharing"),
    "TPL": ("模板", "Templates"),
    "URL": ("网址", "Addresses"),
    "PUB": ("输出文件夹", "The output folder"),
}


class Rule(Struct, frozen=True):
    """A rule: its id, how bad a breach is, what to say and how to mend it.

    `message` and `hint` are pairs of Chinese and English sentences; `{names}` are filled from
    the diagnostic's `args`. `explanation` is a pair of paragraphs on what the rule is for; `clause`
    names the part of the plan that asks for it; `bad` and `good` are YAML or Markdown that breaks
    and keeps it.
    """

    id: str
    severity: Severity
    message: Pair
    hint: Pair
    explanation: Pair = ("", "")
    clause: str = ""
    bad: str = ""
    good: str = ""

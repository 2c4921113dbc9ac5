"""What a cell says for a field, as an editor would type it in YAML; or why it cannot be taken for that."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from honorroll.chinese import YEARS
from honorroll.importer.cells import folded, text
from honorroll.importer.kinds import Column, choices
from honorroll.model import Choice, Field, Record, Scalar, YearError

Value = str | list[str]

_YES = frozenset("是 有 √ ✓ ✔ ☑ ○ ● 〇 对 y yes true t v 1 已 全部 全员 全 100% 合格 符合 自愿 通过".split())
_NO = frozenset("否 无 × ✗ ✘ x ☐ 没有 不 n no false f 0 未 没 0% 不合格 不符合".split())
_YES_WORDS = re.compile(r"(?:已|均已|全部|全员|均|都)(?:核|核对|核实|核查|参保|持证|办理|购买|缴纳|自愿|符合|合格)过?")
_NO_WORDS = re.compile(r"(?:未|没有|没|尚未|不)(?:核|核对|核实|核查|参保|持证|办理|购买|缴纳|自愿|符合|合格|全部)?")

_ALL = re.compile(r"(?:全部|所有|均|都)(?:内容|事项|公开|同意|可以?)*|均可")

#: Other words for the kinds of places.
_PLACES = {
    "联动": "警保联动点",
    "超市": "商超",
    "商场": "商超",
    "银行": "金融网点",
    "景区": "景点",
    "幼儿园": "学校",
    "中学": "学校",
    "小学": "学校",
    "卫生院": "医院",
    "客运": "车站",
    "社区": "小区",
    "厂": "园区",
    "政府": "机关",
}

#: Other words for choices, by key of the column; each is told in the plan.
_NEAR: Mapping[str, Mapping[str, str]] = {
    "type": {"机动": "应急机动队", "巡逻": "巡逻小组", "巡防": "巡逻小组", "巡查": "巡查组", "检查": "巡查组"},
    "shift": {
        "日": "白天",
        "早": "白天",
        "白": "白天",
        "上午": "白天",
        "下午": "白天",
        "夜": "晚上",
        "晚": "晚上",
        "中班": "晚上",
    },
    "mode": {
        "视频": "视频",
        "线上": "视频",
        "远程": "视频",
        "监控": "视频",
        "现场": "现场",
        "实地": "现场",
        "线下": "现场",
    },
    "hazards.state": {
        "未": "整改中",
        "正在": "整改中",
        "整改中": "整改中",
        "已": "已整改",
        "完成": "已整改",
        "销号": "已整改",
    },
    "kind": {
        "公司": "保安公司",
        "客户": "客户单位",
        "甲方": "客户单位",
        "分局": "分县局",
        "县局": "分县局",
        "个人": "保安员",
        "企业": "公司",
    },
    "points.kind": _PLACES,
    "site_kind": _PLACES,
    "purposes": {
        "名": "姓名",
        "照": "照片",
        "像": "照片",
        "图": "照片",
        "视频": "照片",
        "故事": "事迹",
        "报道": "事迹",
    },
    "how": {"纸": "书面", "签字": "书面", "签名": "书面", "微信": "电子", "短信": "电子", "网": "电子", "口头": "录音"},
    "guardian": {"父": "父亲", "爸": "父亲", "母": "母亲", "妈": "母亲"},
    "mask": {"实名": "全名", "隐去": "隐名", "化名": "匿名", "不公开": "匿名"},
}

_DIGITS = dict(zip("〇零一二三四五六七八九两", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2), strict=True))
_HAN_NUMBER = re.compile(r"(?:([一二三四五六七八九])?十([一二三四五六七八九])?|([〇零一二两三四五六七八九]))")
_UNITS = r"\s?(?:人|名|个|位|支|组|处|家|所|座|间|栋|起|次|人次|小时|件|场|条|余名)?"
_FULL_DAY = re.compile(r"((?:19|20)?\d\d)\s?[-./年]\s?(\d{1,2})\s?[-./月]\s?(\d{1,2})\s?[日号]?")
_SHORT_DAY = re.compile(r"(\d{1,2})\s?(?:[-./月])\s?(\d{1,2})\s?[日号]?")
_CLOCK = re.compile(r"(\d{1,2})\s?[:时点]\s?(\d{1,2})?分?")
_SPAN = re.compile(
    r"(\d{1,2})[:时点](\d{1,2})?分?\s?(?:-|~|至|到|—|–|--)\s?(?:次日|第二天)?(\d{1,2})[:时点](\d{1,2})?分?"
)
#: Days since 1899-12-30 that stand for 2000 to 2099; of books that count from 1904, fewer.
_SERIALS, _OFFSET_1904 = range(36526, 73051), 1462


class Context(NamedTuple):
    """What a value may depend on beside its cell."""

    start: date
    """The campaign's first and last day: the year of days that are given without one."""
    end: date
    is_1904: bool = False


class Reading(NamedTuple):
    """A value as it would be typed, or what is wrong; and what should be told of it."""

    value: Value | None = None
    fault: str = ""
    """Key of a sentence."""
    args: Mapping[str, str] = {}
    note: str = ""
    meant: str = ""
    """What the cell was taken for, where there is a note."""


def read(column: Column, value: Any, context: Context) -> Reading:
    """What a filled cell says for a column. References stay the words that they are."""
    if column.many:
        return _many(column, value)
    if column.is_choice:
        return _choice(column, text(value))
    assert isinstance(column.item, Scalar)
    reader = _READERS.get(column.item.rule, _text)
    reading = reader(column, value, context)
    return _bounded(column, reading)


def typed_as(name: str, own: Field, typed: str, start: date, end: date) -> str:
    """What was typed for a field, as an editor would type it in YAML; the same where it means nothing.

    Args:
        name: of the field.
        own: its declaration.
        typed: a day may lack its year, a number may have its unit.
        start: the campaign's first and last day.
        end: see there.
    """
    reading = read(Column(name, own.title, own.type, own), typed, Context(start, end))
    return reading.value if isinstance(reading.value, str) and not reading.fault else typed


def type_in(column: Column, name: str) -> str:
    """The choice of a column that a name tells; empty for none."""
    reading = _choice(column, name)
    return reading.value if isinstance(reading.value, str) else ""


def canonical(value: Any) -> Any:  # noqa: PLR0911  # one a type
    """A value of the model as it would be typed; what is not set is None."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, tuple):
        return [canonical(item) for item in value] or None
    if isinstance(value, Record):
        return {
            name: typed
            for name, inner in value.values().items()
            if inner != value.fields()[name].default and (typed := canonical(inner)) is not None
        }
    return str(value)


def _bounded(column: Column, reading: Reading) -> Reading:
    """Within the bounds that the model declares."""
    if not isinstance(reading.value, str) or not isinstance(column.item, Scalar) or column.refers or column.key == "id":
        return reading  # of ids, who looks for the record tells
    try:
        parsed = column.item.parse(reading.value)
    except YearError:
        return Reading(fault="im_bad_year", args={"low": str(YEARS[0]), "high": str(YEARS[-1])})
    except ValueError:
        return Reading(fault="im_bad_value")
    own = column.field
    low, above, high = own.ge, own.gt, own.le
    if (
        (low is not None and parsed < low)
        or (above is not None and parsed <= above)
        or (high is not None and parsed > high)
    ):
        signs = (("≥", low), ("＞", above), ("≤", high))
        limit = " ".join(f"{sign} {bound:g}" for sign, bound in signs if bound is not None)
        return Reading(fault="im_out_of_bounds", args={"limit": limit})
    return reading._replace(value=canonical(parsed) or reading.value)


def _text(column: Column, value: Any, context: Context) -> Reading:  # noqa: ARG001  # all readers are called alike
    found = text(value)
    if isinstance(value, float) and abs(value) >= 1e15:
        return Reading(fault="im_digits_lost")
    return Reading(in_lines(column, found))


def in_lines(column: Column, found: str) -> str:
    """A text as a column holds it: line ends mean something only in the long ones."""
    if column.key in {"story", "about", "citation", "body"}:
        return found
    return re.sub(r"(?<=[\u2e80-\uffef])\n\s*(?=[\u2e80-\uffef])", "", found).replace("\n", " ")


def _id(column: Column, value: Any, context: Context) -> Reading:  # noqa: ARG001
    found = re.sub(r"(?<=^\d)(\d*)\.0+$", r"\1", folded(text(value)).strip())
    return Reading(found if column.refers else found.lower())


def _count(column: Column, value: Any, context: Context) -> Reading:  # noqa: ARG001
    found = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", folded(text(value))).strip()
    if match := re.fullmatch(rf"(\d{{1,9}})(?:\.0+)?{_UNITS}", found):
        return Reading(str(int(match[1])))
    if match := re.fullmatch(rf"({_HAN_NUMBER.pattern}){_UNITS}", found):
        return Reading(str(_of_han(match[1])), note="im_read_as", meant=str(_of_han(match[1])))
    if column.item.rule == "SCH-07" and re.fullmatch(r"\d{4}年", found):  # type: ignore[union-attr]  # a scalar, as `read` has seen
        return Reading(found[:4])
    return Reading(fault="im_not_a_count")


def _of_han(word: str) -> int:
    match = _HAN_NUMBER.fullmatch(word)
    assert match
    if match[3]:
        return _DIGITS[match[3]]
    return (_DIGITS[match[1]] if match[1] else 1) * 10 + (_DIGITS[match[2]] if match[2] else 0)


def _hours(column: Column, value: Any, context: Context) -> Reading:  # noqa: ARG001, PLR0911  # one a way of writing
    if isinstance(value, timedelta):
        return Reading(_decimal(value.total_seconds() / 3600))
    if isinstance(value, time):
        return Reading(_decimal(value.hour + value.minute / 60))
    found = folded(text(value)).strip().lower()
    if match := re.fullmatch(r"(\d{1,3}(?:\.\d+)?)\s?(?:小时|个小时|h|时|hours?)?", found):
        return Reading(_decimal(float(match[1])))
    if match := re.fullmatch(r"(\d{1,2})\s?(?:小时|h|时)\s?(\d{1,2})\s?分钟?", found):
        return Reading(_decimal(int(match[1]) + int(match[2]) / 60))
    if match := _SPAN.fullmatch(found):
        start, end = int(match[1]) * 60 + int(match[2] or 0), int(match[3]) * 60 + int(match[4] or 0)
        if start < 1440 and end <= 1440 and start != end:
            hours = _decimal(((end - start) % 1440) / 60)
            return Reading(hours, note="im_read_as", meant=hours)
    if match := re.fullmatch(rf"({_HAN_NUMBER.pattern})个?小时", found):
        return Reading(str(_of_han(match[1])))
    return Reading(fault="im_not_hours")


def _decimal(number: float) -> str:
    return f"{round(number, 2):g}"


def _day(column: Column, value: Any, context: Context) -> Reading:  # noqa: ARG001, PLR0911  # one a way of writing
    if isinstance(value, datetime):
        return _checked(value.year, value.month, value.day)
    if isinstance(value, date):
        return Reading(value.isoformat())
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _of_number(value, context)
    found = re.sub(r"\s*\(?(?:星期|周)[一二三四五六日天]\)?|\(.*?\)$", "", folded(text(value))).strip()
    found = re.sub(r"\s+\d{1,2}:\d\d(?::\d\d)?$", "", found)
    if re.fullmatch(r"(?:19|20)\d{6}", found):
        return _checked(int(found[:4]), int(found[4:6]), int(found[6:]))
    if re.fullmatch(r"\d{5}(?:\.0)?", found):
        return _of_number(float(found), context)
    if match := _FULL_DAY.fullmatch(found):
        year = int(match[1]) + (2000 if len(match[1]) == 2 else 0)
        return _checked(year, int(match[2]), int(match[3]))
    if match := _SHORT_DAY.fullmatch(found):
        year = _year_of(int(match[1]), int(match[2]), context)
        reading = _checked(year, int(match[1]), int(match[2]))
        return reading._replace(note="im_year_taken", meant=str(year)) if reading.value else reading
    return Reading(fault="im_not_a_day")


def _of_number(value: float, context: Context) -> Reading:
    """A day that was typed or kept as a number."""
    if value == int(value) and re.fullmatch(r"(?:19|20)\d{6}", str(int(value))):
        found = str(int(value))
        return _checked(int(found[:4]), int(found[4:6]), int(found[6:]))
    serial = int(value) + (_OFFSET_1904 if context.is_1904 else 0)
    if serial in _SERIALS:
        day = (date(1899, 12, 30) + timedelta(days=serial)).isoformat()
        return Reading(day, note="im_serial", meant=day)
    if 1 <= value < 13 and value != int(value):
        return Reading(fault="im_unclear_day")
    return Reading(fault="im_not_a_day")


def _year_of(month: int, day: int, context: Context) -> int:
    """The year of the campaign in which a day without one lies; the first where it lies in none."""
    for year in range(context.start.year, context.end.year + 1):
        try:
            if context.start <= date(year, month, day) <= context.end:
                return year
        except ValueError:
            continue
    return context.start.year


def _checked(year: int, month: int, day: int) -> Reading:
    try:
        return Reading(date(year, month, day).isoformat())
    except ValueError:
        return Reading(fault="im_no_such_day")


def _moment(column: Column, value: Any, context: Context) -> Reading:
    if isinstance(value, datetime):
        return Reading(value.strftime("%Y-%m-%d %H:%M"))
    found = folded(text(value)).strip()
    match = re.fullmatch(r"(.+?)[日号T\s]\s?(?=\d{1,2}[:时点])(\S+)", found)
    clock = match and _CLOCK.fullmatch(re.sub(r":\d\d$", "", match[2]) if match[2].count(":") == 2 else match[2])
    day = _day(column, match[1] if match and clock else value, context)
    if not day.value or not clock:
        return day
    hour, minute = int(clock[1]), int(clock[2] or 0)
    if hour > 23 or minute > 59:
        return Reading(fault="im_not_a_moment")
    return day._replace(value=f"{day.value} {hour:02}:{minute:02}")


def _yes_no(column: Column, value: Any, context: Context) -> Reading:  # noqa: ARG001
    found = folded(text(value)).lower().strip()
    if found in _YES or text(value) in _YES or _YES_WORDS.fullmatch(found):
        return Reading("是")
    if found in _NO or text(value) in _NO or _NO_WORDS.fullmatch(found):
        return Reading("否")
    return Reading(fault="im_not_yes_no")


_READERS: Mapping[str, Callable[[Column, Any, Context], Reading]] = {
    "SCH-05": _day,
    "SCH-06": _moment,
    "SCH-07": lambda column, value, context: (
        _hours(column, value, context) if column.key == "hours" else _count(column, value, context)
    ),
    "SCH-08": _yes_no,
    "SCH-09": _id,
}


def _choice(column: Column, found: str) -> Reading:
    words = choices(column)
    plain = re.sub(r"\s+", "", folded(found))
    if plain in words:
        return Reading(plain)
    near = {word for word in words if plain and (plain in word or word in plain)}
    if len(near) != 1:
        near = {meant for part, meant in _NEAR.get(column.key, {}).items() if part in plain and meant in words}
        if len(near) > 1:  # 未整改 holds 未 and no 已; the first in order that fits tells most
            first = next(meant for part, meant in _NEAR[column.key].items() if part in plain and meant in words)
            near = (
                {first}
                if plain.startswith(tuple(part for part, meant in _NEAR[column.key].items() if meant == first))
                else near
            )
    if len(near) == 1:
        (word,) = near
        return Reading(word, note="im_read_as", meant=word)
    from honorroll.diagnostics import closest

    return Reading(fault="im_no_choice", args={"choices": "、".join(words), "guess": closest(plain, words)})


def _many(column: Column, value: Any) -> Reading:
    found = text(value)
    if isinstance(column.item, Choice):
        return _choices(column, found)
    return Reading(split(column, found) or None)


def _choices(column: Column, found: str) -> Reading:
    """Several of some words; 全部 is all of them."""
    if _ALL.fullmatch(found):
        return Reading([*choices(column)], note="im_read_as", meant="、".join(choices(column)))
    readings = [_choice(column, part) for part in split(column, found)]
    if fault := next((one for one in readings if one.fault), None):
        return fault
    meant = [*dict.fromkeys(one.value for one in readings if isinstance(one.value, str))]
    note = next((one.note for one in readings if one.note), "")
    return Reading(meant or None, note=note, meant="、".join(meant) if note else "")


def split(column: Column, found: str) -> list[str]:
    """The values of a cell that holds several. Where it has line ends, nothing else parts them; sentences are not parted at commas."""
    if "\n" in found:
        parts = found.split("\n")
    elif column.key == "evidence":
        parts = re.split(r"[；;]", found)
    else:
        parts = re.split(r"[、，,；;/|]", found)
    parts = [re.sub(r"^\s*(?:[(（]?\d{1,2}[)）.、．]|[①-⑳])\s*", "", part).strip() for part in parts]
    return list(dict.fromkeys(filter(None, parts)))

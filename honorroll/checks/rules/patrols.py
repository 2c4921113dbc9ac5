"""PAT-06 and PAT-07: patrols as they were done, and nothing of those to come."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from honorroll.checks.rules.breach import breach
from honorroll.diagnostics import Diagnostic, Keys
from honorroll.model import Campaign, Patrol, Record, decimal, whole

_NUMBER = r"(?:\d+|[〇零一二三四五六七八九十]+)"
#: Finer than a street: house, building, storey, room, crossing, coordinates. Not 八号桥街道, 十里楼镇 or 1号线.
_FINER = re.compile(
    rf"(?:{_NUMBER}\s*[号幢栋弄室楼层]|{_NUMBER}\s*单元|门牌|路口|岔口|交叉口)(?!楼?(?:线|路|桥|公路|国道|街|镇|乡|村|社区))"
    r"|\d{1,3}\.\d{4,}"
)
#: A time of day: 20:30, 8点, 晚上八点; not 4小时, 10点位 or 快一点.
_CLOCK = re.compile(
    r"\d{1,2}[:：]\d{2}|\d{1,2}\s*[点时](?![位间])"
    r"|(?:凌晨|清晨|早上?|上午|中午|下午|傍晚|晚上?|夜里|深夜)[〇零一二两三四五六七八九十]{1,3}[点时]"
)
_COMING = re.compile("每天|每日|每晚|每夜|每周|今晚|今夜|明天|明晚|明日|后天|本周|下周|即将|将于|将在|计划|拟于|定于")
_DUTY = re.compile("[巡守岗勤班查]|集[结合]")
_EXACT = ("具体位置", "the exact place")
_TIME = ("时间", "the time")


def patrols_last_long_enough(campaign: Campaign) -> Iterator[Diagnostic]:
    """PAT-06: a team's patrols of one day, once the day is over, add up to the campaign's hours."""
    wanted = campaign.info.thresholds.patrol_hours
    if wanted is None or not whole(campaign, "patrols"):
        return
    days: dict[tuple[date, str], list[Patrol]] = defaultdict(list)
    for patrol in campaign.patrols:
        if patrol.date < campaign.today:
            days[patrol.date, patrol.team].append(patrol)
    for (day, id), (first, *others) in days.items():
        hours = round(first.hours + sum(other.hours for other in others), 2)
        if hours < wanted:
            team = campaign.teams[id].name if id in campaign.teams else id
            related = [other.at("hours") for other in others]
            done, least = decimal(hours), decimal(wanted)
            yield breach("PAT-06", first, "hours", related=related, team=team, day=day, hours=done, wanted=least)


def duties_stay_untold(campaign: Campaign) -> Iterator[Diagnostic]:
    """PAT-07: places no finer than a street, and no time of a duty to come.

    Ledger entries of days to come are no finding: `visibility` never shows them. News is prose
    of what has been and is not read here.
    """
    for team in campaign.teams.values():
        for at, area in enumerate(team.areas):
            yield from _place(team, ("areas", at), area)
        for sentence in re.split(r"[。！？；\n]", team.about) if team.about else ():
            if _COMING.search(sentence) and _DUTY.search(sentence) and (clock := _CLOCK.search(sentence)):
                yield _told(team, ("about",), clock, _TIME)
    for patrol in campaign.patrols:
        yield from _place(patrol, ("area",), patrol.area)
    for inspection in campaign.inspections:
        yield from _place(inspection, ("area",), inspection.area)
    for deed in campaign.deeds.values():
        yield from _place(deed, ("place",), deed.place)


def _place(record: Record, keys: Keys, text: str) -> Iterable[Diagnostic]:
    slips = _slips(text)
    return [_told(record, keys, match, what) for match, what in slips] if slips else ()


@lru_cache(maxsize=1 << 12)  # most places stand in many records
def _slips(text: str) -> tuple[tuple[re.Match[str], tuple[str, str]], ...]:
    found = ((pattern.search(text), what) for pattern, what in ((_FINER, _EXACT), (_CLOCK, _TIME)))
    return tuple([(match, what) for match, what in found if match])


def _told(record: Record, keys: Keys, match: re.Match[str], what: tuple[str, str]) -> Diagnostic:
    return breach("PAT-07", record, *keys, why=what, found=match[0])


RULES = (patrols_last_long_enough, duties_stay_untold)

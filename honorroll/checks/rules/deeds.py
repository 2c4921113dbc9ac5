"""INS-06 and RPT-01: to whom, and how soon, a deed was told."""

from collections.abc import Iterator
from datetime import timedelta

from honorroll.checks.rules.breach import breach
from honorroll.diagnostics import Diagnostic, Keys
from honorroll.model import Campaign, Deed

#: Kinds of deeds that are serious incidents by nature.
SERIOUS = ("见义勇为",)


def police_are_called_at_once(campaign: Campaign) -> Iterator[Diagnostic]:
    """INS-06: of a serious incident, the police knew within the campaign's number of minutes."""
    for deed in campaign.deeds.values():
        if problem := _call(campaign, deed):
            keys, zh, en = problem
            yield breach("INS-06", deed, *keys, why=(zh, en))


def _call(campaign: Campaign, deed: Deed) -> tuple[Keys, str, str] | None:
    incident, limit = deed.incident, campaign.info.thresholds.police_call_minutes
    if incident is None:
        return (("incident",), "没有记录报警情况", "nothing is recorded") if deed.kind in SERIOUS else None
    if incident.called is None:
        return ("incident", "called"), "没有写报警时间", "the time of the call is missing"
    minutes = (incident.called - incident.time) // timedelta(minutes=1)
    if minutes < 0:
        return ("incident", "called"), "报警时间早于发生时间", "the call is earlier than the incident"
    if limit is not None and minutes > limit:
        zh, en = f"{minutes} 分钟后才报警，超过 {limit} 分钟", f"called after {minutes} minutes, later than {limit}"
        return ("incident", "called"), zh, en
    return None


def deeds_are_reported(campaign: Campaign) -> Iterator[Diagnostic]:
    """RPT-01: a deed is reported within the campaign's number of days, to every organiser."""
    info, days = campaign.info, campaign.info.thresholds.report_days
    if days is None:
        return
    time_allowed = timedelta(days=days)
    for deed in campaign.deeds.values():
        report, due = deed.reported, deed.date + time_allowed
        if report is None:
            if due < campaign.today:
                zh, en = f"过了 {days} 天还没有上报记录", f"no report is recorded after {days} days"
                yield breach("RPT-01", deed, "reported", why=(zh, en))
            continue
        if not deed.date <= report.date <= due:
            late = (report.date - deed.date).days
            zh, en = f"过了 {late} 天才上报，超过 {days} 天", f"reported after {late} days, more than {days}"
            if late < 0:
                zh, en = "上报日期早于事迹日期", "reported before it happened"
            yield breach("RPT-01", deed, "reported", "date", why=(zh, en), related=[deed.at("date")])
        missing = [id for id in info.organisers if id not in report.to]
        if missing and all(id in campaign.orgs for id in (*info.organisers, *report.to)):  # else REF-01 tells
            names = "、".join(campaign.orgs[id].name for id in missing)
            zh, en = f"没有报给 {names}", f"not reported to {names}"
            yield breach("RPT-01", deed, "reported", "to", why=(zh, en), related=[info.at("organisers")])


RULES = (police_are_called_at_once, deeds_are_reported)

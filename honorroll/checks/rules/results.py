"""SUM: what is published of the whole."""

from collections.abc import Iterator

from honorroll.checks.rules.breach import breach
from honorroll.diagnostics import Diagnostic
from honorroll.model import LEDGERS, Campaign, Figure, decimal, total, whole


def totals_agree(campaign: Campaign) -> Iterator[Diagnostic]:
    """SUM-01: a published number that names a ledger is what the ledger adds up to by that day."""
    for figure in campaign.figures.values():
        if figure.ledger is None or figure.as_of > campaign.today:
            continue
        unit, table, _ = LEDGERS[figure.ledger]
        if not whole(campaign, table):
            continue
        amount, _ = total(campaign, figure.ledger, figure.as_of)
        if not _agrees(figure, amount) or figure.unit != unit:
            related, told, counted = [figure.at("ledger")], _told(figure), f"{decimal(amount)} {unit}"
            yield breach(
                "SUM-01",
                figure,
                "value",
                related=related,
                told=told,
                ledger=figure.ledger,
                day=figure.as_of,
                sum=counted,
            )


def _agrees(figure: Figure, amount: float) -> bool:
    """Exactly; 1200余 is at least 1200 and less than 1300, by the last figure that is not nought."""
    if not figure.approximate:
        return amount == figure.value
    digits = str(figure.value)
    step = 10 ** (len(digits) - len(digits.rstrip("0"))) if figure.value else 1
    return figure.value <= amount < figure.value + step


def _told(figure: Figure) -> str:
    return f"{figure.value}{figure.approximate} {figure.unit}"


def sums_of_figures_agree(campaign: Campaign) -> Iterator[Diagnostic]:
    """SUM-03: a figure made of others is their sum, and only about so many if one of them is."""
    for figure in campaign.figures.values():
        parts = [campaign.figures[id] for id in figure.parts if id in campaign.figures]
        if parts and len(parts) == len(figure.parts):
            key, why = _wrong_sum(figure, parts)
            if why:
                added = " + ".join(_told(part) for part in parts)
                related = [part.at("value") for part in parts]
                yield breach("SUM-03", figure, key, told=_told(figure), parts=added, why=why, related=related)


def _wrong_sum(figure: Figure, parts: list[Figure]) -> tuple[str, tuple[str, str] | None]:
    """The field that is wrong, and why."""
    if any(part.unit != figure.unit for part in parts):
        return "unit", ("单位不同，不能相加", "the units differ")
    if max(part.as_of for part in parts) > figure.as_of:
        return "as_of", ("有的数据截至日期更晚", "one of them is of a later day")
    if any(part.approximate for part in parts) and not figure.approximate:
        return "value", ("约数相加仍是约数，要注明“余”或“多”", "a sum of approximate figures is approximate")
    amount = sum(part.value for part in parts)
    if not _agrees(figure, amount):
        return "value", (f"相加是 {amount}", f"they add up to {amount}")
    return "", None


def campaign_is_wrapped_up(campaign: Campaign) -> Iterator[Diagnostic]:
    """SUM-02: once the campaign is over there is a post that sums it up, not a draft and not from before the end."""
    info = campaign.info
    if not info.start <= info.end < campaign.today:
        return
    if info.wrap_up is None:
        yield breach("SUM-02", info, "end", end=info.end, why=("还没有总结", "there is no wrap-up"))
        return
    post = campaign.posts.get(info.wrap_up)
    if post and post.draft:
        related, why = post.at("draft"), ("总结还是草稿", "the wrap-up is a draft")
    elif post and post.date.date() <= info.end:
        related, why = post.at("date"), ("总结早于活动结束", "the wrap-up is from before that")
    else:
        return
    yield breach("SUM-02", info, "wrap_up", end=info.end, why=why, related=[related])


RULES = (totals_agree, sums_of_figures_agree, campaign_is_wrapped_up)

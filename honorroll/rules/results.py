"""SUM: what is published of the whole."""

from collections.abc import Iterator

from honorroll.diagnostics import Diagnostic
from honorroll.ledgers import LEDGERS, decimal, total, whole
from honorroll.load import Campaign
from honorroll.model import Figure
from honorroll.rules.finding import finding


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
            told = f"{figure.value}{figure.approximate} {figure.unit}"
            related, counted = [figure.at("ledger")], f"{decimal(amount)} {unit}"
            yield finding(
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


def campaign_is_wrapped_up(campaign: Campaign) -> Iterator[Diagnostic]:
    """SUM-02: once the campaign is over there is a post that sums it up, not a draft and not from before the end."""
    info = campaign.info
    if not info.start <= info.end < campaign.today:
        return
    if info.wrap_up is None:
        yield finding("SUM-02", info, "end", end=info.end, why=("还没有总结", "there is no wrap-up"))
        return
    post = campaign.posts.get(info.wrap_up)
    if post and post.draft:
        related, why = post.at("draft"), ("总结还是草稿", "the wrap-up is a draft")
    elif post and post.date.date() <= info.end:
        related, why = post.at("date"), ("总结早于活动结束", "the wrap-up is from before that")
    else:
        return
    yield finding("SUM-02", info, "wrap_up", end=info.end, why=why, related=[related])


RULES = (totals_agree, campaign_is_wrapped_up)

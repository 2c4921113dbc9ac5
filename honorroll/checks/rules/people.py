"""PRV-20 and PRV-22: the ledger of consents says what can be true, and all of it."""

from collections.abc import Iterator
from datetime import timedelta

from honorroll.checks.rules.breach import breach
from honorroll.diagnostics import Diagnostic
from honorroll.model import Campaign

_YEAR = timedelta(days=366)


def consents_are_of_their_time(campaign: Campaign) -> Iterator[Diagnostic]:
    """PRV-22: a consent is not withdrawn or over before it was given, nor of a day long after all else.

    One that is to be given soon is no fault: until that day the site shows no name.
    """
    late = max(campaign.today, campaign.info.end) + _YEAR
    for consent in campaign.consents:
        if consent.withdrawn and consent.withdrawn < consent.given:
            why = f"撤回（{consent.withdrawn}）早于同意（{consent.given}）", "it was withdrawn before it was given"
            yield breach("PRV-22", consent, "withdrawn", why=why)
        elif consent.until and consent.until < consent.given:
            why = f"有效到 {consent.until}，早于同意（{consent.given}）", "it ends before it was given"
            yield breach("PRV-22", consent, "until", why=why)
        elif consent.given > late:
            why = f"{consent.given} 还没到，到那一天才显示姓名", f"{consent.given} is still to come; no name until then"
            yield breach("PRV-22", consent, "given", why=why)


def guardians_agree_for_minors(campaign: Campaign) -> Iterator[Diagnostic]:
    """PRV-22: a minor's own consent is none."""
    for consent in campaign.consents:
        person = campaign.persons.get(consent.person)
        if person and person.minor and consent.guardian is None and consent.withdrawn is None:
            why = "本人未成年，没有写监护人，这条同意不算数", "a minor's consent without a guardian does not count"
            yield breach("PRV-22", consent, why=why, related=[person.at("minor")])


def consents_stand_in_their_ledger(campaign: Campaign) -> Iterator[Diagnostic]:
    """PRV-20: once for all that still stand in the list of people."""
    old = [person for person in campaign.persons.values() if person.consent]
    if old:
        yield breach("PRV-20", old[0], "consent", count=len(old))


RULES = (consents_stand_in_their_ledger, consents_are_of_their_time, guardians_agree_for_minors)

"""PRV-05: nobody is named before the day of the consent."""

from collections.abc import Iterator
from datetime import timedelta

from honorroll.checks.rules.breach import breach
from honorroll.diagnostics import Diagnostic
from honorroll.model import Campaign

_YEAR = timedelta(days=366)


def consents_are_of_their_time(campaign: Campaign) -> Iterator[Diagnostic]:
    """PRV-05: a consent is not withdrawn before it was given, nor of a day long after all else.

    One that is to be given soon is no fault: until that day the site shows no name.
    """
    late = max(campaign.today, campaign.info.end) + _YEAR
    for person in campaign.persons.values():
        consent = person.consent
        if consent and consent.withdrawn and consent.withdrawn < consent.given:
            why = f"撤回（{consent.withdrawn}）早于同意（{consent.given}）", "it was withdrawn before it was given"
            yield breach("PRV-05", person, "consent", "withdrawn", why=why)
        elif consent and consent.given > late:
            why = f"{consent.given} 还没到，到那一天才显示姓名", f"{consent.given} is still to come; no name until then"
            yield breach("PRV-05", person, "consent", "given", why=why)


RULES = (consents_are_of_their_time,)

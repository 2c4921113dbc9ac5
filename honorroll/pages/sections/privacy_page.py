"""The page that tells whoever stands on the site how to have it mended, or to be taken off it (PIPL, articles 44 to 50)."""

from collections.abc import Iterator
from typing import NamedTuple

from honorroll.pages.cards import ContactCard
from honorroll.pages.contexts import template
from honorroll.pages.lookup.index import Index
from honorroll.pages.page import Entry, Page, Section, article, entry, made
from honorroll.pages.site_parts import PRIVACY


@template("privacy.html")
class PrivacyPage(NamedTuple):
    """How to have something corrected or removed."""

    organisers: tuple[str, ...]
    """Whom to ask."""
    answer_days: int
    """Within so many days the organisers answer."""
    contacts: tuple[ContactCard, ...]
    """Where they are reached."""


def pages(index: Index) -> Iterator[Entry]:  # noqa: ARG001  # a section may look at the campaign; this one is on every site
    """One page, on every site."""
    yield entry(PRIVACY.url, _privacy)


def _privacy(index: Index) -> Page:
    info = index.campaign.info
    context = PrivacyPage(index.orgs(info.organisers), info.thresholds.answer_days, index.contacts)
    about = "本站怎样对待个人信息，怎样申请更正或者撤下"
    return made(article(None, PRIVACY.url, PRIVACY.title, about), context)


SECTION = Section(pages, order=135)

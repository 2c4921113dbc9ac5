"""What goes on walls: the certificate and the QR code of each award that is granted; the code leads back to its page.

An award that is not granted yet, or was taken back, has neither: nobody may make a plaque for it. A code on a plaque
that hangs already still leads to the award's page, which says how it stands.
"""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import NamedTuple

from honorroll.chinese import shorten
from honorroll.diagnostics import Diagnostic
from honorroll.model import Award, Campaign, Notice, urls
from honorroll.pages.contexts import template
from honorroll.pages.lookup.index import Index
from honorroll.pages.page import Entry, Inputs, Page, Shown, article, entry, made
from honorroll.pages.parts import PageMeta
from honorroll.pages.site_parts import AWARDS

#: Of the site's address, in bytes: codes then have at most 65 modules a side, which a telephone reads off a plaque.
LONGEST = 200

#: How much of a citation fits on a certificate, in characters; its first sentences up to there.
_CITED = 240

#: Light modules around a code, as ISO/IEC 18004 asks for.
_QUIET = 4


@template("certificate.html")
class CertificatePage(NamedTuple):
    """The certificate of an award that is granted, one sheet of A4."""

    recipient: str
    """Who received it."""
    company: str
    """The company that a project or a guard belongs to; empty for a company's own."""
    title: str
    """The title awarded."""
    citation: str
    """Why."""
    cycle: str
    """Title of the cycle."""
    issuers: tuple[str, ...]
    """Who decided."""
    number: str
    """Number of the decision."""
    date: date
    """Date of the decision."""
    award: str
    """Address of the award's page."""
    qr_code: str
    """Address of the QR code that leads to it; empty without an address of the site."""


@template("qr.svg")
class QrCode(NamedTuple):
    """The QR code of an award's page, an SVG file of its own."""

    address: str
    """The absolute address that it leads to."""
    size: int
    """Modules on each side, with four of the quiet zone on every side."""
    path: str
    """The dark modules, as the data of an SVG path."""


def has_codes(base_url: str) -> bool:
    """Whether a code can lead to the site's pages: its address is known, and not too long."""
    return 0 < len(base_url.encode()) <= LONGEST


def check(campaign: Campaign, base_url: str) -> Iterator[Diagnostic]:
    """URL-02: awards without a QR code, told once."""
    if campaign.awards and not has_codes(base_url):
        why = ("太长", "too long") if base_url else ("没有填写", "not given")
        yield Diagnostic("URL-02", campaign.info.at("site", "base_url"), {"why_zh": why[0], "why": why[1]})


def pages(index: Index, id: str, base_url: str) -> Iterator[Entry]:
    """The code of a granted award's page, as a file of its own, and its certificate."""
    granted_by = decision(index, index.campaign.awards[id])
    if granted_by:
        if has_codes(base_url):
            yield entry(urls.qr_code(id), _qr_code, id, base_url)
        yield entry(urls.certificate(id), _certificate, id, base_url, day=granted_by.date)


def _qr_code(index: Index, id: str, base_url: str) -> Page:
    url, award = urls.qr_code(id), index.campaign.awards[id]
    return Page(url, _Code(url, base_url + urls.page("award", id)), award)


def decision(index: Index, award: Award) -> Notice | None:
    """What an award is granted by; none while it is not, or not any more, and then there is no certificate or code."""
    return index.campaign.notices.get(award.decision or "") if index.ties.state(award) == "已授予" else None


def _certificate(index: Index, id: str, base_url: str) -> Page:
    award = index.campaign.awards[id]
    granted_by = index.campaign.notices[award.decision or ""]
    recipient, company = index.recipient(award), index.ties.company_of(award)
    context = CertificatePage(
        recipient=recipient,
        company=index.campaign.orgs[company].name if company and not award.org else "",
        title=award.title,
        citation=shorten(award.citation, _CITED),
        cycle=index.campaign.cycles[award.cycle].title,
        issuers=index.orgs(granted_by.issuers),
        number=granted_by.number,
        date=granted_by.date,
        award=urls.page("award", award.id),
        qr_code=urls.qr_code(id) if has_codes(base_url) else "",
    )
    description = f"{recipient}在{context.cycle}中获“{award.title}”称号的证书，可用A4纸打印"
    meta = article(AWARDS, urls.certificate(award.id), f"荣誉证书：{recipient} · {award.title}", description)
    return made(meta, context, award)


class _Code(Inputs, frozen=True):
    shows = QrCode
    url: str
    address: str

    def shown(self) -> Shown:
        import segno  # late: 80 ms that only an award's new code needs

        # Named, so that no other alphabet is guessed at; boosted: level Q where M leaves room for it.
        code = segno.make_qr(self.address, error="M", encoding="utf-8", boost_error=True)
        rows = [tuple(row) for row in code.matrix]
        path = "".join(_runs(rows))
        return PageMeta(self.url, urls.root(self.url), "", ""), QrCode(self.address, len(rows) + 2 * _QUIET, path)


def _runs(rows: list[tuple[int, ...]]) -> Iterator[str]:
    """The dark modules of each row as pieces of an SVG path, one for those side by side."""
    for y, row in enumerate(rows, _QUIET):
        x = _QUIET
        for dark, group in groupby(row):
            length = len(list(group))
            if dark:
                yield f"M{x} {y}h{length}v1h-{length}z"
            x += length

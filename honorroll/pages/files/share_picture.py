"""The picture that is shared of pages without one of their own: drawn from the names of a campaign that is no sample.

A sample shares `static/share.png`, which says that it is one. A project that brings its own file of that name shares it.
"""

from collections.abc import Iterator

from honorroll.content import fonts, posters
from honorroll.diagnostics import Diagnostic
from honorroll.fingerprint import fingerprint
from honorroll.model import Campaign, Colours
from honorroll.pages.lookup.index import Index
from honorroll.pages.page import Drawing, Entry, Page, canonical, entry

URL = "share.png"


def is_drawn(campaign: Campaign, *, own: bool) -> bool:
    """Whether it is drawn; `own` says that the project brings a picture."""
    return not (campaign.info.sample or own)


def address(campaign: Campaign, *, own: bool) -> str:
    """Its address, another one for other names and colours; empty where `static/share.png` stands.

    It says nothing of the typefaces, so that pages are the same wherever they are built.
    """
    version = fingerprint(canonical(_card(campaign, "")))[:8]
    return f"{URL}?v={version}" if is_drawn(campaign, own=own) else ""


def edition(campaign: Campaign, *, own: bool) -> str:
    """Of the typefaces that it is set in; empty where it is not drawn, or there are none."""
    return fonts.edition() if is_drawn(campaign, own=own) else ""


def check(campaign: Campaign, *, own: bool) -> Iterator[Diagnostic]:
    """SHR-01: it is drawn without names, since there are no typefaces. SHR-02: a name has characters that they lack."""
    info = campaign.info
    if not is_drawn(campaign, own=own):
        return
    if not fonts.edition():
        if not info.site.posters:  # else it has been told
            why = "分享图上没有名称，因为没有安装绘图用的中文字体"
            args = {"why_zh": why, "why": "no name on the share picture, since the Chinese typefaces are not installed"}
            yield Diagnostic("SHR-01", info.at("site", "name"), args)
        return
    for keys, text in ((("site", "name"), info.site.name), (("title",), info.title), (("theme",), info.theme)):
        if lost := fonts.missing(text):
            yield Diagnostic("SHR-02", info.at(*keys), {"chars": "".join(lost)})


def pages(index: Index) -> Iterator[Entry]:
    """The picture, where it is drawn."""
    if is_drawn(index.campaign, own=index.own_share):
        yield entry(URL, _picture)


def _picture(index: Index) -> Page:
    card = _card(index.campaign, fonts.edition())
    return Page(URL, Drawing(posters.share, card), index.campaign.info)


def _card(campaign: Campaign, edition: str) -> posters.Card:
    info = campaign.info
    colours = info.look.colours or Colours.usual()
    return posters.Card(
        site=info.site.name,
        title=info.title,
        theme=info.theme,
        organisers=tuple(campaign.orgs[id].name for id in info.organisers),
        colours=posters.Colours(colours.main, colours.honour, colours.accent),
        edition=edition,
    )

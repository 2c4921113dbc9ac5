"""Pictures to be shared: a poster and a cover of each post, deed and award in force or on its way.

They show what the page shows, from the same records. An award that was taken back or not granted has none.
"""

from collections.abc import Iterable, Iterator

from honorroll.chinese import china_day, shorten
from honorroll.commonmark import summarise
from honorroll.content import fonts, posters
from honorroll.diagnostics import Diagnostic
from honorroll.filesystem import Source
from honorroll.model import LINKED, PENDING, Award, Campaign, Colours, Deed, Post, urls
from honorroll.pages.files.certificates import has_codes
from honorroll.pages.lookup.index import Index
from honorroll.pages.page import Drawing, Entry, Page, entry
from honorroll.pages.parts import Image, Share

#: How much of a text goes on a poster, in characters; its first sentences up to there.
_TOLD = 72


def edition(campaign: Campaign) -> str:
    """What typefaces the pictures are set in; empty where none are asked for, or none are installed."""
    return fonts.edition() if campaign.info.site.posters else ""


def check(campaign: Campaign, base_url: str) -> Iterator[Diagnostic]:
    """SHR-01: pictures that were asked for and are not drawn, told once."""
    if not campaign.info.site.posters or (edition(campaign) and has_codes(base_url)):
        return
    if not edition(campaign):
        why = "没有安装绘图用的中文字体", "the Chinese typefaces are not installed"
    elif base_url:
        why = "网站地址太长", "the site's address is too long"
    else:
        why = "网站地址没有填写", "the site's address is not given"
    args = {"why_zh": f"没有海报，因为{why[0]}", "why": f"no posters, since {why[1]}"}
    yield Diagnostic("SHR-01", campaign.info.at("site", "posters"), args)


def _are_drawn(index: Index) -> bool:
    return bool(edition(index.campaign)) and has_codes(index.base_url)


def _is_shown(index: Index, kind: str, id: str) -> bool:
    return kind != "award" or index.ties.state(index.campaign.awards[id]) in {"已授予", *PENDING}


def pages(index: Index, kind: str, ids: Iterable[str]) -> Iterator[Entry]:
    """The posters and the covers of these records."""
    for id in ids if _are_drawn(index) else ():
        if _is_shown(index, kind, id):
            yield entry(urls.poster(kind, id), _poster, kind, id)
            yield entry(urls.cover(kind, id), _cover, kind, id)


def shared(index: Index, kind: str, record: Post | Deed | Award) -> Share:
    """The pictures of a record, for its page."""
    if not _are_drawn(index) or not _is_shown(index, kind, record.id):
        return Share()
    title = index.recipient(record) if isinstance(record, Award) else record.title
    size = posters.PICTURED if _photo(index, record) else posters.PLAIN
    return Share(
        Image(urls.poster(kind, record.id), f"分享海报：{title}，附本页二维码", *size),
        Image(urls.cover(kind, record.id), title, *posters.COVER),
    )


def _poster(index: Index, kind: str, id: str) -> Page:
    record = getattr(index.campaign, LINKED[kind])[id]
    return Page(urls.poster(kind, id), Drawing(posters.poster, _sheet(index, kind, record)), record)


def _cover(index: Index, kind: str, id: str) -> Page:
    record = getattr(index.campaign, LINKED[kind])[id]
    return Page(urls.cover(kind, id), Drawing(posters.cover, _sheet(index, kind, record)), record)


def _photo(index: Index, record: Post | Deed | Award) -> Source | None:
    """The picture that the page begins with."""
    if isinstance(record, Award):
        return None
    photo = record.image if isinstance(record, Post) else next(iter(record.photos), None)
    if not photo or not index.image(photo, record):
        return None
    return index.campaign.pictures[urls.picture(record.path, photo.src, index.campaign.pictures)]


def _sheet(index: Index, kind: str, record: Post | Deed | Award) -> posters.Sheet:
    info = index.campaign.info
    label, title, summary, date = _told(index, record)
    colours = info.look.colours or Colours.usual()
    return posters.Sheet(
        site=info.site.name,
        theme=info.theme,
        kind=label,
        title=title,
        summary=summary,
        date=date,
        address=index.base_url + urls.page(kind, record.id),
        sample=info.sample,
        colours=posters.Colours(colours.main, colours.honour, colours.accent),
        edition=fonts.edition(),
        picture=_photo(index, record),
    )


def _told(index: Index, record: Post | Deed | Award) -> tuple[str, str, str, str]:
    """What is said of a record: its kind, title, first sentences and date."""
    if isinstance(record, Post):
        return "新闻", record.title, shorten(record.summary, _TOLD), china_day(record.date)
    if isinstance(record, Deed):
        return record.kind, record.title, summarise(record.story, _TOLD), china_day(record.date)
    state = index.ties.state(record)
    title = record.title if state == "已授予" else f"拟授予：{record.title}"
    return title, index.recipient(record), shorten(record.citation, _TOLD), state

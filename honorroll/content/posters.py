"""The drawing of share posters, covers and the site's share picture: pure functions from values to bytes, the same each time.

How type is set says `typesetting.py`.
"""

from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from honorroll.content.contrast import mixed
from honorroll.content.typesetting import OPENING, Lines, fitted
from honorroll.filesystem import Source

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

#: Other modules whose code decides the bytes (`artifact_cache.py`).
DRAWN_WITH = (
    "honorroll.content.typesetting",
    "honorroll.content.fonts",
    "honorroll.content.contrast",
    "honorroll.content.image_sizes",
)

#: Width and height in pixels: a poster without and with a picture, and a cover.
PLAIN, PICTURED, COVER = (1080, 1440), (1080, 1800), (1200, 630)

_PAPER, _INK, _SOFT, _LINE = "#fbfaf7", "#17253b", "#4d5c75", "#d8dce4"
_MARGIN = 88


class Colours(NamedTuple):
    """The three main colours of the site, as `#rrggbb`."""

    main: str = "#0a1c38"
    honour: str = "#e6bd62"
    accent: str = "#b23318"


class Sheet(NamedTuple):
    """What is drawn; all of it stands on the page as well."""

    site: str
    """Name of the site."""
    theme: str
    """Theme of the campaign."""
    kind: str
    """What the page is: 新闻, 好人好事, 已授予 …"""
    title: str
    summary: str
    date: str
    address: str
    """Where the code leads, absolute."""
    sample: bool
    colours: Colours
    edition: str
    """Of typefaces and codes (`typeface.edition`)."""
    picture: Source | None
    """What the page begins with."""


class Card(NamedTuple):
    """What stands on the share picture of a whole site."""

    site: str
    """Name of the site."""
    title: str
    """Title of the campaign."""
    theme: str
    organisers: tuple[str, ...]
    colours: Colours
    edition: str
    """Of typefaces; without one nothing is written."""


def poster(sheet: Sheet) -> bytes:
    """A PNG to be saved and sent: the campaign, title, picture, first sentences, and the code that leads to the page."""
    from PIL import Image, ImageDraw

    picture = sheet.picture
    width, height = PICTURED if picture else PLAIN
    image = Image.new("RGB", (width, height), _PAPER)
    draw = ImageDraw.Draw(image)
    foot = height - 300
    inner, head = width - 2 * _MARGIN, 200 if picture else 800 if sheet.summary else foot
    draw.rectangle((0, 0, width, head), sheet.colours.main)
    _windows(draw, sheet.colours, width - _MARGIN, 72, 22)
    _masthead(draw, sheet, (_MARGIN, 66))
    if picture:
        image.paste(_cropped(picture, (width, 720)), (0, head))
        y = head + 720
        draw.rectangle((0, y, width, y + 7), sheet.colours.honour)
        y = _label(draw, sheet, y + 64, sheet.colours.accent, _SOFT)
        y = _block(draw, sheet.title, "Serif", (68, 60, 52, 46), (_MARGIN, y + 22, inner, 190), sheet.colours.main)
    else:
        lines = fitted(sheet.title, "Serif", (88, 76, 66, 56), inner, 400)
        y = _label(draw, sheet, head - 162 - lines.height, sheet.colours.honour, "#bccae0")
        _write(draw, lines, _MARGIN, y + 26, "#f4f7fc")
        draw.rectangle((0, head, width, head + 7), sheet.colours.honour)
        y = head + 30
    if sheet.summary:
        _block(draw, sheet.summary, "Sans", (36, 34), (_MARGIN, y + 30, inner, foot - y - 64), _INK, 1.65)
    if foot > head:
        draw.rectangle((_MARGIN, foot, width - _MARGIN, foot), _LINE)
    _code(draw, sheet.address, width - _MARGIN - 204, foot + 48, 204)
    _block(draw, "长按识别二维码，打开原文", "Sans", (36,), (_MARGIN, foot + 68, inner - 250, 60), _INK)
    plain = urlsplit(sheet.address).netloc
    _block(draw, plain, "Sans", (24, 22), (_MARGIN, foot + 134, inner - 250, 76), _SOFT, 1.4)
    if sheet.sample:
        _block(
            draw, "示例数据，内容均为虚构", "Sans", (24,), (_MARGIN, foot + 216, inner - 250, 40), sheet.colours.accent
        )
    out = BytesIO()
    (image if picture else image.quantize(96)).save(out, "PNG", compress_level=7)
    return out.getvalue()


def cover(sheet: Sheet) -> bytes:
    """A JPEG that stands for the page where its address is shared."""
    from PIL import Image, ImageDraw

    width, height = COVER
    picture = sheet.picture
    image = Image.new("RGB", COVER, sheet.colours.main)
    draw = ImageDraw.Draw(image)
    text = width - 2 * 72
    if picture:
        text = 620
        image.paste(_cropped(picture, (440, height)), (width - 440, 0))
        draw.rectangle((width - 446, 0, width - 440, height), sheet.colours.honour)
    else:
        _windows(draw, sheet.colours, width - 72, 64, 20)
        draw.rectangle((0, height - 8, width, height), sheet.colours.honour)
    _masthead(draw, sheet, (72, 60), 30)
    lines = fitted(sheet.title, "Serif", (72, 64, 56, 48, 42), text, 300)
    y = 150 + (height - 150 - 96 - lines.height) // 2
    draw.rectangle((72, y - 30, 152, y - 25), sheet.colours.honour)
    _write(draw, lines, 72, y, "#f4f7fc")
    note = " · ".join(filter(None, (sheet.kind, sheet.date, "示例数据" if sheet.sample else "")))
    _block(draw, note, "Sans", (28,), (72, height - 88, text, 50), "#bccae0")
    out = BytesIO()
    image.save(out, "JPEG", quality=88, subsampling=0)
    return out.getvalue()


def share(card: Card) -> bytes:
    """A PNG that stands for all pages without a picture of their own: the site's mark and, in a frame, its names."""
    from PIL import Image, ImageDraw

    width, height = COVER
    image = Image.new("RGB", COVER, card.colours.main)
    draw = ImageDraw.Draw(image)
    draw.rectangle((40, 40, width - 41, height - 41), None, card.colours.honour, 2)
    draw.rectangle((50, 50, width - 51, height - 51), None, mixed(card.colours.main, card.colours.honour, 0.5))
    if card.edition:
        _windows(draw, card.colours, width // 2 + 35, 92, 20)
        y = _centred(draw, card.site, "Serif", (96, 84, 72, 60, 50), 194, 150, card.colours.honour)
        y = _centred(draw, card.title, "Serif", (44, 40, 36, 32), y + 14, 130, "#f4f7fc")
        _centred(draw, card.theme, "Sans", (30, 26), y + 10, 84, "#bccae0")
        _centred(draw, "　".join(card.organisers), "Sans", (24, 22, 20), height - 110, 36, "#bccae0")
    else:
        _windows(draw, card.colours, width // 2 + 154, 165, 88)
    out = BytesIO()
    image.quantize(96).save(out, "PNG", compress_level=7)
    return out.getvalue()


def _centred(draw: "ImageDraw", text: str, name: str, sizes: tuple[int, ...], y: int, height: int, colour: str) -> int:
    """Write a text in the middle of the share picture; where it ends. Nothing takes no room."""
    if not text:
        return y
    lines = fitted(text, name, sizes, COVER[0] - 2 * 100, height)
    for at, line in enumerate(lines.lines):
        room = round(COVER[0] - lines.face.getlength(line))
        _write(draw, lines._replace(lines=[line]), room // 2, y + at * lines.leading, colour)
    return y + lines.height


def _write(draw: "ImageDraw", text: Lines, x: int, y: int, colour: str) -> None:
    bold = 1 if text.face.size > 40 and "Serif" in str(text.face.path) else 0
    for at, line in enumerate(text.lines):
        # An opening mark is half empty: it hangs into the margin, so that the edge is straight.
        hang = text.face.size // 2 if line[0] in OPENING - set("([{") else 0
        where = x - hang, y + at * text.leading
        draw.text(where, line, colour, text.face, stroke_width=bold, stroke_fill=colour)


def _block(
    draw: "ImageDraw",
    text: str,
    name: str,
    sizes: tuple[int, ...],
    box: tuple[int, int, int, int],
    colour: str,
    leading: float = 1.36,
) -> int:
    """Write a text into a box of x, y, width and height; where it ends."""
    lines = fitted(text, name, sizes, box[2], box[3], leading)
    _write(draw, lines, box[0], box[1], colour)
    return box[1] + lines.height


def _label(draw: "ImageDraw", sheet: Sheet, y: int, colour: str, soft: str) -> int:
    """The kind of page and its date in one line."""
    kind = fitted(sheet.kind, "Sans", (32,), 500, 44)
    _write(draw, kind, _MARGIN, y, colour)
    x = _MARGIN + round(kind.face.getlength(sheet.kind)) + 28
    _block(draw, sheet.date, "Sans", (32,), (x, y, 500, 44), soft)
    return y + 44


def _masthead(draw: "ImageDraw", sheet: Sheet, at: tuple[int, int], size: int = 38) -> None:
    x, y = at
    _block(draw, sheet.site, "Serif", (size + 2,), (x, y - 6, 700, 60), sheet.colours.honour)
    _block(draw, sheet.theme, "Sans", (size - 12,), (x, y + 50, 700, 40), "#bccae0")


def _windows(draw: "ImageDraw", colours: Colours, right: int, top: int, size: int) -> None:
    """The lit windows of the site's mark."""
    dim = mixed(colours.main, colours.honour, 0.25)
    rows = (dim, colours.honour, dim), (colours.honour,) * 3, (colours.honour, colours.accent, colours.honour)
    step = size + size // 4
    for y, row in enumerate(rows):
        for x, colour in enumerate(row):
            left, up = right - 3 * step + x * step + size // 4, top + y * step
            draw.rectangle((left, up, left + size - 1, up + size - 1), colour)


def _cropped(picture: Source, size: tuple[int, int]) -> "Image":
    """A picture that fills a size, upright, in sRGB and without metadata."""
    from PIL import ImageOps

    from honorroll.content import image_sizes

    with image_sizes.opened(picture.data) as image:
        turned = image_sizes.upright(image, image.width)
    return ImageOps.fit(turned.convert("RGB"), size, centering=(0.5, 0.4))


def _code(draw: "ImageDraw", address: str, x: int, y: int, size: int) -> None:
    """A QR code on white, in whole pixels a module."""
    import segno

    rows = [tuple(row) for row in segno.make_qr(address, error="M", encoding="utf-8", boost_error=True).matrix]
    module = max(3, size // len(rows))
    edge = module * len(rows)
    left = x + size - edge
    draw.rectangle((left - 4 * module, y - 4 * module, left + edge + 4 * module, y + edge + 4 * module), "#ffffff")
    for at, row in enumerate(rows):
        for to, dark in enumerate(row):
            if dark:
                draw.rectangle(
                    (
                        left + to * module,
                        y + at * module,
                        left + to * module + module - 1,
                        y + at * module + module - 1,
                    ),
                    "#000000",
                )

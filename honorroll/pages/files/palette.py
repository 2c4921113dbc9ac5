"""The association's own colours, as a style sheet that goes after the theme's.

Three are given; the others follow from them, so far lighter or darker that text is read (WCAG 2.2, 4.5:1).
"""

from collections.abc import Iterator

from honorroll.content import mixed, readable
from honorroll.fingerprint import fingerprint
from honorroll.model import Colours
from honorroll.pages.contexts import RawPage
from honorroll.pages.lookup.index import Index
from honorroll.pages.page import Page, made
from honorroll.pages.parts import PageMeta

_WHITE, _BLACK = "#ffffff", "#000000"


def pages(index: Index) -> Iterator[Page]:
    """The style sheet, where colours are given."""
    colours = index.campaign.info.look.colours
    if colours:
        yield made(PageMeta(address(colours), "", "", ""), RawPage(sheet(colours)))


def address(colours: Colours) -> str:
    """The address of the style sheet, another one for other colours."""
    return f"static/colours.{fingerprint(sheet(colours).encode())[:8]}.css"


def sheet(colours: Colours) -> str:
    """The style sheet. Which of two colours stands is said by the theme's own, `static/style.css`.

    It goes after that, whose weakest layer has its values; so it is in no layer.
    """
    light, dark = tokens(colours)
    both = "\n".join(f"  --{name}: var(--light, {light[name]}) var(--dark, {dark[name]});" for name in light)
    return f":root {{\n{both}\n}}\n"


def tokens(colours: Colours) -> tuple[dict[str, str], dict[str, str]]:
    """The values of the theme's custom properties, in the light and in the dark."""
    main, honour, accent = colours.main, colours.honour, colours.accent
    paper, bg, tint, gold_tint = _WHITE, mixed(main, _WHITE, 0.95), mixed(main, _WHITE, 0.9), mixed(honour, _WHITE, 0.8)
    light = {
        "night": main,
        "night-2": mixed(main, _WHITE, 0.08),
        "night-line": mixed(main, _WHITE, 0.28),
        "gold": honour,
        "bg": bg,
        "blue": readable(mixed(main, _WHITE, 0.15), _BLACK, paper, bg, tint),
        "tint": tint,
        "gold-ink": readable(honour, _BLACK, paper, bg, gold_tint),
        "gold-tint": gold_tint,
        "gold-line": mixed(honour, _BLACK, 0.2),
        "seal": readable(accent, _BLACK, paper, bg, tint),
    }
    paper, bg, tint = mixed(main, _BLACK, 0.35), mixed(main, _BLACK, 0.6), mixed(main, _WHITE, 0.06)
    gold_tint = mixed(honour, _BLACK, 0.82)
    dark = {
        "night": main,
        "night-2": mixed(main, _WHITE, 0.08),
        "night-line": mixed(main, _WHITE, 0.28),
        "gold": honour,
        "bg": bg,
        "blue": readable(mixed(main, _WHITE, 0.4), _WHITE, paper, bg, tint),
        "tint": tint,
        "gold-ink": readable(honour, _WHITE, paper, bg, gold_tint),
        "gold-tint": gold_tint,
        "gold-line": mixed(honour, _BLACK, 0.3),
        "seal": readable(accent, _WHITE, paper, bg, tint),
    }
    light |= {"paper": _WHITE}
    dark |= {"paper": paper}
    return light, dark

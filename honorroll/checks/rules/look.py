"""LOK and SHR: the association's own colours are read, its map shows the districts, and what is drawn has all its characters."""

from collections.abc import Iterator
from itertools import chain

from honorroll.checks.rules.breach import breach
from honorroll.content import fonts, mixed, ratio, readable
from honorroll.diagnostics import Diagnostic
from honorroll.model import NOWHERE, WATER, Campaign, Deed, Post, regions, signs

#: WCAG 2.2, 1.4.3, for text.
LEAST = 4.5

_WORDS = "#bccae0", ("页眉页脚的浅色文字", "the light text of header and footer")
_PAPER = "#ffffff", ("白底", "white")


def colours_are_read(campaign: Campaign) -> Iterator[Diagnostic]:
    """LOK-01: light text on the main colour, the colour of honour on it, and the accent on white have contrast enough."""
    colours = campaign.info.look.colours
    if not colours:
        return
    lifted = mixed(colours.main, "#ffffff", 0.08)  # the lighter end of the header's ground
    main = (lifted, ("主色", "the main colour"))
    pairs = (("main", lifted, *_WORDS, "#000000"), ("honour", colours.honour, *main, "#ffffff"))
    for field, colour, other, names, towards in (*pairs, ("accent", colours.accent, *_PAPER, "#000000")):
        found = ratio(colour, other)
        if found < LEAST:
            value = getattr(colours, field)
            near = readable(value, towards, other, least=LEAST + 1.6)
            args = {"colour": value, "ratio": f"{found:.1f}", "near": near}
            yield breach("LOK-01", campaign.info, "look", "colours", field, why=names, **args)
            if field == "main":
                break  # what is read on it cannot be told yet


def the_map_shows_the_districts(campaign: Campaign) -> Iterator[Diagnostic]:
    """LOK-03: each sign of the map stands for a district. LOK-04: each district stands on it."""
    known, rows = signs(campaign), campaign.info.map.split()
    told = "、".join(known)
    for number, row in enumerate(rows, 1):
        for sign in dict.fromkeys(row):
            if sign not in {WATER, NOWHERE, *known}:
                yield breach("LOK-03", campaign.info, "map", sign=sign, row=number, known=told)
    for name in regions(campaign) if rows else ():
        if not any(known.get(sign) == name for row in rows for sign in row):
            yield breach("LOK-04", campaign.info, "map", name=name)


def characters_are_drawn(campaign: Campaign) -> Iterator[Diagnostic]:
    """SHR-02: the typeface of posters has all characters of titles and names. Others are drawn as 〓."""
    if not campaign.info.site.posters or not fonts.edition():
        return
    records: Iterator[Post | Deed] = chain(campaign.posts.values(), campaign.deeds.values())
    titled = list(records)
    if fonts.missing("".join(record.title for record in titled)):
        for record in titled:
            lost = fonts.missing(record.title)
            if lost:
                yield breach("SHR-02", record, "title", chars="".join(lost))


RULES = (colours_are_read, the_map_shows_the_districts, characters_are_drawn)

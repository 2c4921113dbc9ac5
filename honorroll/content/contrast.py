"""Colours as `#rrggbb`: how well one is read on another, and what lies between two."""


def ratio(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21, as WCAG 2.2 defines it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mixed(one: str, other: str, part: float) -> str:
    """The colour that is `part` (0 to 1) of the way from one to the other."""
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in zip(_rgb(one), _rgb(other), strict=True))


def readable(colour: str, towards: str, *grounds: str, least: float = 4.5) -> str:
    """The colour, moved so far towards another that it is read on all of the grounds."""
    steps = (mixed(colour, towards, step / 20) for step in range(21))
    return next((step for step in steps if all(ratio(step, ground) >= least for ground in grounds)), towards)


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    parts = (part / 255 for part in _rgb(colour))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

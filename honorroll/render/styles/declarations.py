"""Declarations in the words of browsers of the floor."""

import re

from honorroll.render.styles import selectors

_VIEWPORT = re.compile(r"(?<=\d)[dsl](?=v(?:w|h|i|b|min|max)\b)")


_AXES = ("inline", "block")


def _sides(pattern: str) -> dict[str, tuple[str, str]]:
    return {pattern.format(axis): (pattern.format(f"{axis}-start"), pattern.format(f"{axis}-end")) for axis in _AXES}


#: Shorthands by the longhands that their values stand for; a single value stands for all.
_SPLIT: dict[str, tuple[str, ...]] = {
    "inset": ("top", "right", "bottom", "left"),
    "inset-inline": ("left", "right"),
    "inset-block": ("top", "bottom"),
    **_sides("margin-{}"),
    **_sides("padding-{}"),
    **_sides("border-{}-color"),
    **_sides("border-{}-style"),
    **_sides("border-{}-width"),
}

#: Which of one to four values stands for each side, in the order of the longhands.
_SIDE = {1: (0, 0, 0, 0), 2: (0, 1, 0, 1), 3: (0, 1, 2, 1), 4: (0, 1, 2, 3)}

#: Properties by what stands in their place. Sites are in Chinese in lines from left to right.
_WHOLE: dict[str, tuple[str, ...]] = {
    "inset-inline-start": ("left",),
    "inset-inline-end": ("right",),
    "inset-block-start": ("top",),
    "inset-block-end": ("bottom",),
    "border-start-start-radius": ("border-top-left-radius",),
    "border-start-end-radius": ("border-top-right-radius",),
    "border-end-start-radius": ("border-bottom-left-radius",),
    "border-end-end-radius": ("border-bottom-right-radius",),
    **_sides("border-{}"),
}

#: What goes before a value that browsers of the floor do not know.
_FALLBACKS = {("overflow", "clip"): "hidden", ("overflow-wrap", "anywhere"): "break-word"}


def declared(declaration: str) -> list[str]:
    """A declaration, or several that say the same to browsers of the floor."""
    name, _, value = declaration.partition(":")
    if name.startswith("--"):
        return [f"{name}:{value or ' '}"]  # nothing at all is no value to old browsers
    important = "!important" if value.endswith("!important") else ""
    value = value.removesuffix("!important").strip()
    found = [(name, value)]
    if name in _SPLIT:
        values = selectors.split(value, " ")
        sides = _SIDE.get(len(values), ())
        found = [(one, values[side]) for one, side in zip(_SPLIT[name], sides, strict=False)] or found
    elif name in _WHOLE:
        found = [(one, value) for one in _WHOLE[name]]
    elif (name, value) in _FALLBACKS:
        found.insert(0, (name, _FALLBACKS[name, value]))
    elif _VIEWPORT.search(value):
        found.insert(0, (name, _VIEWPORT.sub("", value)))
    return [f"{one}:{text}{important}" for one, text in found]

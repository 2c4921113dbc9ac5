"""A map of the districts: its geometry, which `templates/parts/map.html` draws as SVG.

The editor draws it with characters, one a box (`map` in `data/campaign.yaml`); here the boxes of a district
become one outline. It is a scheme, so no survey is needed and no boundary is claimed.
"""

from collections.abc import Iterator, Mapping
from math import ceil
from typing import NamedTuple

from honorroll.model import WATER, decimal
from honorroll.pages.parts import Table

#: How high a box is, in em of the picture's font.
HIGH = 2.8

Box = tuple[int, int]
"""Column and row."""


class Area(NamedTuple):
    """A district on the map. `outline` is a path in boxes; its name stands at `x` per cent and `y` em."""

    name: str
    value: str
    level: int
    """0 for nothing on record, then 2 to 4 for more and more, as in a strip."""
    outline: str
    x: float
    y: float


class DistrictMap(NamedTuple):
    """A map of `columns` × `rows` boxes, `height` em high, and the same in words."""

    title: str
    description: str
    columns: int
    rows: int
    height: float
    areas: tuple[Area, ...]
    water: str
    """The outline of rivers and lakes."""
    table: Table
    """The numbers of each district, and of what cannot be put into one."""


def drawn(layout: str, signs: Mapping[str, str]) -> dict[str, set[Box]]:
    """The boxes of each district in a layout, where a sign stands for it, and those of `WATER`."""
    boxes: dict[str, set[Box]] = {}
    for y, row in enumerate(layout.split()):
        for x, sign in enumerate(row):
            if sign == WATER or sign in signs:
                boxes.setdefault(signs.get(sign, WATER), set()).add((x, y))
    return boxes


def district_map(
    boxes: Mapping[str, set[Box]], what: str, unit: str, sums: Mapping[str, float], table: Table
) -> DistrictMap:
    """The map of districts by their boxes. Their `sums` light it; `table` tells these and more."""
    columns, rows = (1 + max(box[at] for found in boxes.values() for box in found) for at in (0, 1))
    told = "；".join(f"{name} {decimal(sums.get(name, 0))} {unit}" for name in (row[0].text for row in table.rows))
    return DistrictMap(
        title=f"各区县{what}示意图（{unit}）",
        description=f"{told}。",
        columns=columns,
        rows=rows,
        height=round(rows * HIGH, 1),
        areas=tuple(_area(name, boxes[name], columns, unit, sums) for name in boxes if name != WATER),
        water=outline(boxes.get(WATER, set())),
        table=table,
    )


def _area(name: str, boxes: set[Box], columns: int, unit: str, sums: Mapping[str, float]) -> Area:
    value = sums.get(name, 0)
    x, y = _middle(boxes)
    return Area(
        name=name,
        value=f"{decimal(value)}{unit}" if value else "无记录",
        level=1 + ceil(3 * value / max(sums.values())) if value else 0,
        outline=outline(boxes),
        x=round(x * 100 / columns, 2),
        y=round(y * HIGH, 2),
    )


def outline(boxes: set[Box]) -> str:
    """The edges around boxes as a path, each part of it closed. Boxes that only touch at a corner stay apart."""
    edges: dict[tuple[Box, Box], Box] = {}
    for x, y in boxes:
        corners = ((x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1))
        sides = ((x, y - 1), (x + 1, y), (x, y + 1), (x - 1, y))  # what lies beyond each edge, clockwise from the top
        for at, beyond in enumerate(sides):
            if beyond not in boxes:
                start, end = corners[at], corners[(at + 1) % 4]
                edges[start, (end[0] - start[0], end[1] - start[1])] = end
    return "".join(_rings(edges))


def _rings(edges: dict[tuple[Box, Box], Box]) -> Iterator[str]:
    """Edges, by where they start and their direction, joined end to end."""
    while edges:
        first = (here, (dx, dy)) = min(edges)
        path, key = f"M{here[0]} {here[1]}", first
        while key in edges:
            here = edges.pop(key)
            onward = (
                (-dy, dx),
                (dx, dy),
                (dy, -dx),
            )  # to the right first: around this box, not on to one at its corner
            turned = next((way for way in onward if (here, way) in edges), onward[0])
            if turned != (dx, dy):
                path += f"H{here[0]}" if dx else f"V{here[1]}"
            (dx, dy), key = turned, (here, turned)
        yield f"{path}z"


def _middle(boxes: set[Box]) -> tuple[float, float]:
    """The middle of the largest rectangle inside: where there is most room for a name."""
    best, middle = 0, (0.0, 0.0)
    for x, y in sorted(boxes):
        wide, down = len(boxes), 0
        while (x, y + down) in boxes:
            wide = next(at for at in range(wide + 1) if at == wide or (x + at, y + down) not in boxes)
            down += 1
            if wide * down > best:
                best, middle = wide * down, (x + wide / 2, y + down / 2)
    return middle

"""Photographs for a project: upright, in sRGB, of a sensible size, with no word beside their pixels."""

from io import BytesIO

from msgspec import Struct

from honorroll.content import image_probe, image_sizes

#: The longer side of what is kept, in pixels: half as much again as the largest that is published.
LONGEST = 2400


class Photo(Struct, frozen=True):
    """A picture as it goes into the project."""

    data: bytes
    suffix: str
    width: int
    height: int


def prepared(data: bytes) -> Photo | image_probe.Fault:
    """A picture brought into form, the same bytes each time; or why it cannot be used (PIC-01 to PIC-05).

    Drawings of few colours stay PNG, all else becomes JPEG.
    """
    size = image_probe.measure(data)
    if isinstance(size, image_probe.Fault):
        return size
    width, height = size
    if height > width > 0 and height > LONGEST:
        width = max(1, width * LONGEST // height)
    try:
        with image_sizes.opened(data) as whole, image_sizes.room(whole):
            is_drawing = whole.format in {"PNG", "GIF"}
            image = image_sizes.upright(whole, min(width, LONGEST))
            out = BytesIO()
            if is_drawing and image.getcolors(4096):
                image.save(out, "PNG", optimize=True)
                return Photo(out.getvalue(), ".png", *image.size)
            image.save(out, "JPEG", quality=90, optimize=True)
            return Photo(out.getvalue(), ".jpg", *image.size)
    except Exception:  # noqa: BLE001  # what Pillow may raise for a damaged file has no bounds
        return image_probe.Fault("PIC-02", {})

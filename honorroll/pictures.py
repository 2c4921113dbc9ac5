"""Pictures: what a file says of itself."""

from io import BytesIO
from typing import NamedTuple

#: More pixels than any camera's picture: a larger one is a mistake or an attack.
MAX_PIXELS = 100_000_000


class Picture(NamedTuple):
    """A published picture: its address, digest of its bytes, and size in pixels."""

    url: str
    digest: str
    width: int
    height: int


def measure(data: bytes) -> tuple[int, int] | str:
    """Width and height of a picture as it is shown, in pixels; or why it cannot be used."""
    from PIL import Image, UnidentifiedImageError  # costs 30 ms, and many builds have no new picture

    try:
        with Image.open(BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as image:
            width, height = image.size
            if width * height > MAX_PIXELS:
                return f"{width}×{height}"
            image.verify()  # of a PNG only directly after opening it
        with Image.open(BytesIO(data)) as image:
            orientation = image.getexif().get(0x0112, 1)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        return str(error).split(" <")[0]
    return (height, width) if orientation in (5, 6, 7, 8) else (width, height)

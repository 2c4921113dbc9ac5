"""Pictures: what a file says of itself."""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from honorroll import urls
from honorroll.source import Source

#: More pixels than any camera's picture: a larger one is a mistake or an attack.
MAX_PIXELS = 100_000_000


@dataclass(frozen=True, slots=True)
class Picture:
    """A published picture: its address, digest of its bytes, and size in pixels."""

    url: str
    digest: str
    width: int
    height: int


def read(source: Source) -> Picture | str:
    """The picture in a file, or why it cannot be used."""
    size = _size(source.data)
    if isinstance(size, str):
        return size
    return Picture(urls.published(source.path), source.digest, *size)


@lru_cache(maxsize=1024)
def _size(data: bytes) -> tuple[int, int] | str:
    from PIL import Image, UnidentifiedImageError  # costs 30 ms, and many builds have no new picture

    try:
        with Image.open(BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as image:
            width, height = image.size
            if width * height > MAX_PIXELS:
                return f"{width}×{height}"
            orientation = image.getexif().get(0x0112, 1)
            image.verify()
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        return str(error).split(" <")[0]
    return (height, width) if orientation in (5, 6, 7, 8) else (width, height)

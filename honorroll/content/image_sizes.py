"""The sizes in which a picture is published. This file is the recipe: when it changes, all of them are made again.

Quality and effort were chosen on the sample pictures at 800 pixels: AVIF 55 at speed 8 takes 17 KB, WebP 78 22 KB and
JPEG 80 47 KB for the same likeness (SSIM 0.986). AVIF at speed 7 would save 6 % more and take twice the time.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from math import ceil
from threading import Condition
from typing import TYPE_CHECKING, Any

from honorroll.filesystem import Source

if TYPE_CHECKING:  # Pillow costs 30 ms, and most builds have no new picture
    from PIL import Image

#: In pixels. The layout shows pictures at 200 to 1088 pixels; telephones have two or three pixels for one.
WIDTHS = (400, 800, 1200, 1600)

#: Each width in each of these, by their suffixes and as Pillow is told to save them. A browser takes the first it knows.
KINDS: dict[str, dict[str, Any]] = {
    "avif": {"format": "AVIF", "quality": 55, "speed": 8, "max_threads": 1},
    "webp": {"format": "WEBP", "quality": 78, "method": 4},
    "jpg": {"format": "JPEG", "quality": 80, "progressive": True, "optimize": True},
}

#: What is read, beside HEIF, which needs an extra package.
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")

#: How many pixels all threads may decode at a time: a PNG with transparency takes four bytes for each.
AT_ONCE = 64_000_000

#: A larger picture is brought to its size in bands of so many pixels, since each step makes another copy of what it is given.
_BAND = 4_000_000

#: Bytes in which Pillow asks for memory: so many at once are given back to the system when a picture is closed.
_BLOCK = 64 << 20

#: How often a file is read in pieces: once for each of its parts, and they may be empty, to keep a reader busy for hours.
_MAX_READS = 100_000

#: EXIF's orientations from the second on, as Pillow calls what undoes them; from the fifth on the picture lies on its side.
_TURNS = "FLIP_LEFT_RIGHT ROTATE_180 FLIP_TOP_BOTTOM TRANSPOSE ROTATE_270 TRANSVERSE ROTATE_90".split()

#: The mode of pixels that a colour profile speaks of, by its own word.
_MODES = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK"}


def widths(width: int) -> tuple[int, ...]:
    """The widths of a picture of this width: never more than it has, and none that is nearly the largest."""
    largest = min(width, WIDTHS[-1])
    return (*(each for each in WIDTHS if 5 * each <= 4 * largest), largest)


def size(width: int, height: int, wanted: int) -> tuple[int, int]:
    """The size of a picture at a width."""
    return wanted, max(1, round(height * wanted / width))


def names(stem: str, width: int) -> tuple[str, ...]:
    """The addresses of what `make` makes of a picture of this width, in its order."""
    return tuple(f"{stem}-{each}.{kind}" for each in widths(width) for kind in KINDS)


def make(source: Source) -> list[bytes]:
    """All sizes of a picture: upright, in sRGB on white, with no word beside its pixels."""
    with opened(source.data) as whole, room(whole):
        image = upright(whole, WIDTHS[-1])
        found = []
        for width in widths(image.width):
            part = _resized(image, size(*image.size, width))
            for settings in KINDS.values():
                data = BytesIO()
                part.save(data, **settings)
                found.append(data.getvalue())
        return found


class _Room:
    """Pixels that may be decoded at the same time by all threads."""

    def __init__(self, size: int) -> None:
        self._size = self._free = size
        self._changed = Condition()

    @contextmanager
    def taken(self, number: int) -> Iterator[None]:
        """Wait until there is room for so many pixels, or for all that there is room for."""
        number = min(number, self._size)
        with self._changed:
            self._changed.wait_for(lambda: self._free >= number)
            self._free -= number
        try:
            yield
        finally:
            with self._changed:
                self._free += number
                self._changed.notify_all()


_ROOM = _Room(AT_ONCE)


@contextmanager
def room(image: "Image.Image") -> Iterator[None]:
    """Wait until there is room to decode a picture beside those of other threads. A plain JPEG is decoded in small.

    In the end the pixels are given up, for others may be waiting for their memory.
    """
    pixels = image.width * image.height
    with _ROOM.taken(pixels // 4 if image.format == "JPEG" and not image.info.get("progressive") else pixels):
        try:
            yield
        finally:
            image.close()


class _Parts(BytesIO):
    """The bytes of a picture, for readers that take them in a sensible number of pieces."""

    left = _MAX_READS

    def read(self, size: int | None = -1) -> bytes:
        """Raises `OSError` for the one piece too many."""
        self.left -= 1
        if self.left < 0:
            raise OSError("too many parts")
        return super().read(size)


def opened(data: bytes) -> "Image.Image":
    """A picture, its pixels not read yet. Raises what Pillow raises."""
    from PIL import Image

    Image.core.set_block_size(_BLOCK)  # type: ignore[attr-defined]  # as the variable PILLOW_BLOCK_SIZE would, before Pillow loads
    Image.MAX_IMAGE_PIXELS = None  # `image_probe.measure` has limits of its own
    warnings.filterwarnings("ignore", module=r"PIL\.")  # of tags that are dropped anyway
    formats: tuple[str, ...] = FORMATS
    with suppress(ImportError):
        from pillow_heif import register_heif_opener

        register_heif_opener()
        formats += ("HEIF",)
    return Image.open(_Parts(data), formats=formats)


def turned(image: "Image.Image") -> int:
    """The EXIF orientation of a picture, 1 to 8. Raises what Pillow raises when it reads pixels, as it does for a PNG's."""
    if image.format == "PNG":
        image.load()  # asking for the tags would do so, and hide what is wrong with the pixels
    try:
        found = int(image.getexif().get(0x0112, 1))
    except Exception:  # noqa: BLE001  # damaged tags: what reading them may raise has no bounds
        return 1
    return found if 1 <= found <= 8 else 1


def upright(image: "Image.Image", width: int) -> "Image.Image":
    """A picture as it is shown, at most `width` wide: pixels in sRGB alone. Raises what Pillow raises."""
    from PIL.Image import Transpose

    turn = turned(image)
    across, down = image.size if turn < 5 else image.size[::-1]
    shown = size(across, down, min(across, width))
    stored = shown if turn < 5 else shown[::-1]
    image.draft(None, stored)  # a JPEG is read at a half, a quarter or an eighth of its size
    image.load()
    plain = _in_srgb(_in_bands(image, stored), image.info.get("icc_profile"))
    if turn > 1:
        plain = plain.transpose(Transpose[_TURNS[turn - 2]])
    plain.info = {}  # some of it would be written with the pixels
    return plain


def _in_bands(image: "Image.Image", size: tuple[int, int]) -> "Image.Image":
    """A picture in 8 bits and without transparency, in another size; in bands where it is large."""
    (width, height), (across, down) = image.size, size
    if width * height <= _BAND:
        return _resized(_opaque(image), size)
    from PIL import Image
    from PIL.Image import Resampling

    scale = height / down
    margin = (
        0 if image.size == size else ceil(3 * scale) + 1
    )  # Lanczos looks at three pixels of the smaller picture around
    rows = max(1, int(_BAND / width / scale))
    found = None
    for start in range(0, down, rows):
        end = min(start + rows, down)
        top, bottom = max(0, int(start * scale) - margin), min(height, ceil(end * scale) + margin)
        band = _opaque(image.crop((0, top, width, bottom)))
        box = (0, start * scale - top, width, min(end * scale - top, bottom - top))
        found = found or Image.new(band.mode, size)
        found.paste(band.resize((across, end - start), Resampling.LANCZOS, box, reducing_gap=3), (0, start))
    assert found
    return found


def _resized(image: "Image.Image", size: tuple[int, int]) -> "Image.Image":
    from PIL.Image import Resampling

    return image if image.size == size else image.resize(size, Resampling.LANCZOS, reducing_gap=3)


def _opaque(image: "Image.Image") -> "Image.Image":
    """In 8 bits and without palette; on white where it can be seen through, as in print and in the dark."""
    from PIL import Image

    if image.mode.startswith("I;16"):
        return image.point(lambda value: value * (1 / 257) + 0.5).convert("L")
    if image.has_transparency_data:
        seen = image.convert("RGBA")
        white = Image.new("RGBA", seen.size, "white")
        white.alpha_composite(seen)
        return white.convert("RGB")
    return image if image.mode in {"RGB", "L", "CMYK"} else image.convert("RGB")


def _in_srgb(image: "Image.Image", profile: bytes | None) -> "Image.Image":
    """By its colour profile, where that fits the picture; without one, colours are what they seem."""
    if profile:
        from PIL import ImageCms

        with suppress(ImageCms.PyCMSError, OSError, KeyError):  # a damaged or strange profile
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            mode = _MODES[source.profile.xcolor_space.strip()]
            if (mode == "CMYK") == (image.mode == "CMYK"):
                srgb = ImageCms.createProfile("sRGB")
                found = ImageCms.profileToProfile(image.convert(mode), source, srgb, outputMode="RGB")
                return found or image.convert("RGB")
    return image.convert("RGB")

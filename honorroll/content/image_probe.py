"""Pictures: what a file says of itself, and the addresses of its sizes."""

from typing import TYPE_CHECKING, NamedTuple

from honorroll.content import image_sizes
from honorroll.incremental import artifact_cache

if TYPE_CHECKING:
    from PIL import Image

#: More pixels than a camera for a full frame of film has. A PNG of that many takes 260 MB.
MAX_PIXELS = 64_000_000

#: Of these formats fewer, since their readers hold a picture two or three times: none takes more than 450 MB.
_MAX_PIXELS = {"WEBP": 24_000_000, "AVIF": 40_000_000, "HEIF": 50_000_000}

#: How many pixels the passes of a progressive JPEG may come to. One as cameras and editors write it has about ten passes.
_MAX_PASSED = 1_000_000_000

#: The tallest that WebP can hold; only a strip of many screens comes near it.
MAX_HEIGHT = 16_383

#: Formats whose further images are a film; elsewhere they are smaller, deeper or brighter copies of the first.
_FILMS = frozenset({"GIF", "PNG", "WEBP", "AVIF"})

_FOLDER = "pictures"

#: The suffixes of what is published, the smallest first; the last is for browsers that know no other, and to be kept.
KINDS = tuple(image_sizes.KINDS)


class Picture(NamedTuple):
    """A published picture: the common beginning of its addresses, fingerprint of its source, and its largest size in pixels."""

    stem: str
    fingerprint: str
    width: int
    height: int

    @property
    def url(self) -> str:
        """Address of the largest size, as a JPEG."""
        return f"{self.stem}-{self.width}.jpg"


class Fault(NamedTuple):
    """Why a picture cannot be used: the rule, and what its message says."""

    rule: str
    args: dict[str, str]


def published(fingerprint: str, width: int, height: int) -> Picture:
    """What becomes of a picture of this fingerprint and size. Its addresses tell the fingerprint and how its sizes are made."""
    stem = f"{_FOLDER}/{artifact_cache.key(image_sizes.make, fingerprint)[:16]}"
    return Picture(stem, fingerprint, *image_sizes.size(width, height, image_sizes.widths(width)[-1]))


def srcset(stem: str, width: int, kind: str, root: str) -> str:
    """All sizes of a picture in a format, for `srcset`; `root` leads from the page to the site's root."""
    return ", ".join(f"{root}{stem}-{each}.{kind} {each}w" for each in image_sizes.widths(width))


def measure(data: bytes) -> tuple[int, int] | Fault:
    """Width and height of a picture as it is shown, in pixels; or why it cannot be used.

    Reports PIC-01 (no known format), PIC-02 (damaged), PIC-03 (a film), PIC-04 (too large) or PIC-05 (HEIC, and the
    package for it is not there). All of it is read, so that nothing is left to go wrong when its sizes are made.
    """
    from PIL import UnidentifiedImageError

    try:
        image = image_sizes.opened(data)
    except UnidentifiedImageError:
        return Fault("PIC-05" if data[4:8] == b"ftyp" and b"avif" not in data[8:32] else "PIC-01", {})
    except Exception:  # noqa: BLE001  # what Pillow may raise for a damaged file has no bounds
        return Fault("PIC-02", {})
    with image:
        try:
            return _measured(image, data)
        except Exception:  # noqa: BLE001  # the same
            return Fault("PIC-02", {})


def _measured(image: "Image.Image", data: bytes) -> tuple[int, int] | Fault:
    """What `measure` says of an opened picture. Raises what Pillow raises."""
    limit = _MAX_PIXELS.get(image.format or "", MAX_PIXELS)
    fault = _fault(image, data, limit)
    if fault:
        return fault
    with image_sizes.room(image):
        width, height = image.size if image_sizes.turned(image) < 5 else image.size[::-1]
        if image_sizes.size(width, height, image_sizes.widths(width)[-1])[1] > MAX_HEIGHT:
            return _too_large(image, limit)
        image_sizes.upright(image, image_sizes.WIDTHS[0])
        return width, height


def _fault(image: "Image.Image", data: bytes, limit: int) -> Fault | None:
    """What the header of a picture says against it, before anything is decoded."""
    pixels = image.width * image.height
    if pixels > limit:
        return _too_large(image, limit)
    if image.format in _FILMS and getattr(image, "is_animated", False):
        return Fault("PIC-03", {})
    if image.info.get("progressive") and pixels * data.count(b"\xff\xda") > _MAX_PASSED:
        return Fault("PIC-01", {})
    return None


def _too_large(image: "Image.Image", limit: int) -> Fault:
    return Fault("PIC-04", {"size": f"{image.width}×{image.height}", "limit": str(limit // 1_000_000)})

"""What a picture file says beside what is seen: where and when it was taken, with what, by whom."""

from io import BytesIO

#: Suffixes of pictures that are published as they are.
PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".tif", ".tiff")

#: Tags of Exif that tell only how to show the picture: size, resolution, orientation, colours.
_TECHNICAL = frozenset(
    {
        256,
        257,
        258,
        259,
        262,
        274,
        277,
        282,
        283,
        284,
        296,
        301,
        318,
        319,
        529,
        530,
        531,
        532,
        34665,
        40961,
        40962,
        40963,
        36864,
        37121,
        40960,
    }
)
_GPS, _EXIF = 34853, 34665
_TEXTS = (
    "xmp",
    "photoshop",
    "comment",
    "XML:com.adobe.xmp",
    "Raw profile type exif",
    "Raw profile type iptc",
    "Author",
    "Comment",
    "Description",
    "Copyright",
    "Title",
    "Source",
    "Creation Time",
)


def told(data: bytes) -> str:
    """What a picture tells: `place`, `camera` or `text`; nothing where it says only how to show it, or is none."""
    from PIL import Image  # heavy, and static pictures are seldom new

    try:
        with Image.open(BytesIO(data)) as picture:
            tags, texts = picture.getexif(), {name for name in _TEXTS if picture.info.get(name)}
            if tags.get_ifd(_GPS):
                return "place"
            if ({*tags} | {*tags.get_ifd(_EXIF)}) - _TECHNICAL:
                return "camera"
            return "text" if texts else ""
    except Exception:  # noqa: BLE001  # a broken picture may fail in any way, and is for others to report
        return ""

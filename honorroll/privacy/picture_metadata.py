"""What a picture file says beside what is seen: where and when it was taken, with what, by whom."""

from io import BytesIO

#: Suffixes of pictures that are published as they are.
PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".tif", ".tiff")

#: Tags of Exif that tell only how to show the picture: size, resolution, orientation, colours.
_TECHNICAL = frozenset(
    """
    ImageWidth ImageLength BitsPerSample Compression PhotometricInterpretation Orientation SamplesPerPixel
    XResolution YResolution PlanarConfiguration ResolutionUnit TransferFunction WhitePoint
    PrimaryChromaticities YCbCrCoefficients YCbCrSubSampling YCbCrPositioning ReferenceBlackWhite ExifOffset
    ColorSpace ExifImageWidth ExifImageHeight ExifVersion ComponentsConfiguration FlashPixVersion
    """.split()
)
#: What else than Exif a file may say, by the names that Pillow gives it.
_TEXTS = (
    *("xmp", "XML:com.adobe.xmp", "photoshop", "Raw profile type exif", "Raw profile type iptc", "comment", "Comment"),
    *("Author", "Description", "Copyright", "Title", "Source", "Creation Time"),
)


def told(data: bytes) -> str:
    """What a picture tells: `place`, `camera` or `text`; nothing where it says only how to show it, or is none."""
    from PIL import ExifTags, Image  # heavy, and static pictures are seldom new

    try:
        with Image.open(BytesIO(data)) as picture:
            tags, texts = picture.getexif(), {name for name in _TEXTS if picture.info.get(name)}
            if tags.get_ifd(ExifTags.IFD.GPSInfo):
                return "place"
            if {ExifTags.TAGS.get(tag, "") for tag in (*tags, *tags.get_ifd(ExifTags.IFD.Exif))} - _TECHNICAL:
                return "camera"
            return "text" if texts else ""
    except Exception:  # noqa: BLE001  # a broken picture may fail in any way, and is for others to report
        return ""

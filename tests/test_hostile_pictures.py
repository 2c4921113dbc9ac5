"""Picture files that want much of a machine, or are not what they say: each is taken, or refused by a rule, and no page fails.

No size is asked of what is decoded: headers that promise too much hold no pixels, so that decoding them would fail otherwise.
"""

import struct
import threading
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from honorroll.content import image_sizes
from honorroll.content.image_probe import Fault, measure
from honorroll.filesystem.source_file import Source


def saved(image: Image.Image, form: str, **options: Any) -> bytes:
    data = BytesIO()
    image.save(data, form, **options)
    return data.getvalue()


def plain(mode: str = "RGB", size: tuple[int, int] = (60, 40)) -> Image.Image:
    return Image.new(mode, size, 1 if mode in {"1", "P"} else None)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(
    width: int, height: int, depth: int = 1, color: int = 0, more: bytes = b"", pixels: bytes | None = None
) -> bytes:
    """A PNG of this header, with a few bytes of pixels or those given."""
    head = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, 0)
    data = zlib.compress(b"\0" * 100) if pixels is None else pixels
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + more + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def small(more: bytes) -> bytes:
    """A whole PNG of 8 × 8 pixels with other chunks before them."""
    return png(8, 8, 8, 0, more, zlib.compress(b"\0" * 72))


def sized(form: str, width: int, height: int) -> bytes:
    """A small picture whose header says another size."""
    data = bytearray(saved(plain(), form))
    if form == "JPEG":
        at = data.index(b"\xff\xc0") + 5
        data[at : at + 4] = struct.pack(">HH", height, width)
    elif form == "GIF":
        data[6:10] = struct.pack("<HH", width, height)
    elif form == "WEBP":
        at = data.index(b"\x9d\x01\x2a") + 3
        data[at : at + 4] = struct.pack("<HH", width, height)
    elif form == "AVIF":
        at = data.index(b"ispe") + 8
        data[at : at + 8] = struct.pack(">II", width, height)
    return bytes(data)


def moving(form: str, frames: int, **options: Any) -> bytes:
    images = [Image.new("RGB", (16, 16), (at % 256, at // 256, 7)) for at in range(frames)]
    return saved(images[0], form, save_all=True, append_images=images[1:], **options)


def exif(orientation: object) -> bytes:
    """EXIF data with something as the orientation."""
    if isinstance(orientation, int):
        marks = Image.Exif()
        marks[0x0112] = orientation
        return marks.tobytes()
    assert isinstance(orientation, bytes)
    return b"Exif\0\0" + orientation


def turned(form: str, orientation: object) -> bytes:
    return saved(plain(), form, exif=exif(orientation))


def passes(size: int, times: int) -> bytes:
    """A progressive JPEG whose last pass comes many times."""
    data = saved(Image.new("L", (size, size), 9), "JPEG", progressive=True)
    last, end = data.rindex(b"\xff\xda"), data.rindex(b"\xff\xd9")
    return data[:last] + data[last:end] * times + data[end:]


def heif(data: str) -> bytes:
    return b"\0\0\0\x18ftyp" + data.encode() + b"\0\0\0\0mif1" + data.encode()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
TIFF = b"II*\0\x08\0\0\0" + b"\0\0" + b"\xff" * 40
ICC_BOMB = chunk(b"iCCP", b"x\0\0" + zlib.compress(b"\0" * 90_000_000, 9))
TEXT_BOMB = chunk(b"zTXt", b"x\0\0" + zlib.compress(b"\0" * 90_000_000, 9))
ITXT_BOMB = chunk(b"iTXt", b"x\0\1\0\0\0" + zlib.compress(b"\0" * 90_000_000, 9))

#: Files that are taken, with width and height as they are shown.
TAKEN: dict[str, tuple[Callable[[], bytes], tuple[int, int]]] = {
    "JPEG": (lambda: saved(plain(), "JPEG"), (60, 40)),
    "JPEG in grey": (lambda: saved(plain("L"), "JPEG"), (60, 40)),
    "JPEG in CMYK": (lambda: saved(plain("CMYK"), "JPEG"), (60, 40)),
    "progressive JPEG": (lambda: saved(plain(), "JPEG", progressive=True), (60, 40)),
    "progressive JPEG in CMYK": (lambda: saved(plain("CMYK"), "JPEG", progressive=True), (60, 40)),
    "JPEG with much after its end": (lambda: saved(plain(), "JPEG") + b"PK\3\4" + b"x" * 9999, (60, 40)),
    "JPEG with a script in a comment": (lambda: saved(plain(), "JPEG", comment=b"<?php system('id') ?>"), (60, 40)),
    "JPEG of one pixel": (lambda: saved(plain(size=(1, 1)), "JPEG"), (1, 1)),
    "PNG of one bit": (lambda: saved(plain("1"), "PNG"), (60, 40)),
    "PNG in grey": (lambda: saved(plain("L"), "PNG"), (60, 40)),
    "PNG in 16 bits": (lambda: saved(plain("I;16"), "PNG"), (60, 40)),
    "PNG with palette": (lambda: saved(plain("P"), "PNG"), (60, 40)),
    "PNG with palette and transparency": (lambda: saved(plain("P"), "PNG", transparency=1), (60, 40)),
    "PNG with palette and half transparency": (lambda: saved(plain("P"), "PNG", transparency=b"\x80\x40"), (60, 40)),
    "PNG in grey with a transparent grey": (lambda: saved(plain("L"), "PNG", transparency=0), (60, 40)),
    "PNG with a transparent colour": (lambda: saved(plain(), "PNG", transparency=(0, 0, 0)), (60, 40)),
    "PNG in grey with transparency": (lambda: saved(plain("LA"), "PNG"), (60, 40)),
    "PNG with transparency": (lambda: saved(plain("RGBA"), "PNG"), (60, 40)),
    "PNG with much after its end": (lambda: saved(plain(), "PNG") + b"x" * 9999, (60, 40)),
    "PNG with a foreign profile": (lambda: saved(plain(), "PNG", icc_profile=b"no profile"), (60, 40)),
    "PNG with a cut profile": (lambda: saved(plain(), "PNG", icc_profile=b"\0\0\1\0" + b"x" * 200), (60, 40)),
    "narrow PNG": (lambda: saved(plain("L", (1, 16_000)), "PNG"), (1, 16_000)),
    "wide PNG": (lambda: saved(plain("L", (30_000, 1)), "PNG"), (30_000, 1)),
    "large PNG of one bit": (lambda: saved(plain("1", (3000, 3000)), "PNG"), (3000, 3000)),
    "large PNG with transparency": (lambda: saved(plain("RGBA", (2500, 1700)), "PNG"), (2500, 1700)),
    "still GIF": (lambda: saved(plain("P"), "GIF"), (60, 40)),
    "still GIF with transparency": (lambda: saved(plain("P"), "GIF", transparency=1), (60, 40)),
    "GIF with a script": (lambda: saved(plain("P"), "GIF", comment=b"*/=1;alert(1)//"), (60, 40)),
    "WebP": (lambda: saved(plain(), "WEBP"), (60, 40)),
    "WebP without loss": (lambda: saved(plain("RGBA"), "WEBP", lossless=True), (60, 40)),
    "AVIF": (lambda: saved(plain(), "AVIF"), (60, 40)),
    "AVIF with transparency": (lambda: saved(plain("RGBA"), "AVIF"), (60, 40)),
    **{f"JPEG turned {at}": (lambda at=at: turned("JPEG", at), (60, 40) if at < 5 else (40, 60)) for at in range(1, 9)},
    **{f"PNG turned {at}": (lambda at=at: turned("PNG", at), (60, 40) if at < 5 else (40, 60)) for at in (3, 6)},
    "turned by 0": (lambda: turned("JPEG", 0), (60, 40)),
    "turned by 9": (lambda: turned("JPEG", 9), (60, 40)),
    "turned by much": (lambda: turned("JPEG", 65_535), (60, 40)),
    "EXIF of junk": (lambda: turned("JPEG", b"junk" * 99), (60, 40)),
    "EXIF that ends at once": (lambda: turned("JPEG", b"II*\0"), (60, 40)),
    "EXIF that leads to itself": (lambda: turned("JPEG", b"II*\0\x08\0\0\0\0\0\x08\0\0\0"), (60, 40)),
    "EXIF that leads out": (lambda: turned("JPEG", b"II*\0\xff\xff\xff\x7f"), (60, 40)),
    "EXIF of many entries": (
        lambda: turned("JPEG", b"II*\0\x08\0\0\0\xff\xff" + b"\x12\1\3\0\1\0\0\0\6\0\0\0" * 5000),
        (40, 60),
    ),
}

#: Files that are refused, and the rule.
REFUSED: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "PNG of 50,000² in one bit": (lambda: png(50_000, 50_000), {"PIC-04"}),
    "PNG of 30,000² with transparency": (lambda: png(30_000, 30_000, 8, 6), {"PIC-04"}),
    "PNG of 20,000² in 16 bits": (lambda: png(20_000, 20_000, 16, 6), {"PIC-04"}),
    "PNG of 2³¹": (lambda: png(2**31 - 1, 2**31 - 1), {"PIC-04"}),
    "wide PNG": (lambda: png(2**31 - 1, 1), {"PIC-04"}),
    "tall PNG": (lambda: png(1, 2**31 - 1), {"PIC-04"}),
    "tall PNG that could be decoded": (lambda: saved(plain("1", (100, 17_000)), "PNG"), {"PIC-04"}),
    "turned PNG that is tall then": (lambda: saved(plain("1", (17_000, 100)), "PNG", exif=exif(6)), {"PIC-04"}),
    "PNG of no pixels": (lambda: png(0, 0), {"PIC-01", "PIC-02"}),
    "PNG with EXIF of 50,000²": (lambda: png(50_000, 50_000, more=chunk(b"eXIf", exif(6)[6:])), {"PIC-04"}),
    "JPEG of 65,500²": (lambda: sized("JPEG", 65_500, 65_500), {"PIC-04"}),
    "JPEG of 65,500 × 1000": (lambda: sized("JPEG", 65_500, 1000), {"PIC-04"}),
    "GIF of 65,535²": (lambda: sized("GIF", 65_535, 65_535), {"PIC-04"}),
    "WebP of 16,383²": (lambda: sized("WEBP", 16_383, 16_383), {"PIC-01", "PIC-02", "PIC-04"}),
    "AVIF of 30,000²": (lambda: sized("AVIF", 30_000, 30_000), {"PIC-01", "PIC-02", "PIC-04"}),
    "WebP of 25 megapixels": (lambda: saved(plain("L", (5000, 5000)), "WEBP", method=0, quality=1), {"PIC-04"}),
    "JPEG of many passes": (lambda: passes(3000, 200), {"PIC-01"}),
    "PNG of many chunks": (lambda: small(chunk(b"tEXt", b"a\0b") * 200_000), {"PIC-02"}),
    "PNG of many empty chunks": (lambda: small(chunk(b"abCd", b"") * 200_000), {"PIC-02"}),
    "PNG with pixels in many chunks": (
        lambda: png(8, 8, 8, 0, chunk(b"IDAT", b"") * 200_000, zlib.compress(b"\0" * 72)),
        {"PIC-02"},
    ),
    "JPEG of many segments": (lambda: b"\xff\xd8" + b"\xff\xe5\0\2" * 400_000 + saved(plain(), "JPEG")[2:], {"PIC-02"}),
    "JPEG with much padding": (lambda: b"\xff\xd8" + b"\xff" * 2_000_000 + saved(plain(), "JPEG")[2:], {"PIC-02"}),
    "GIF of many comments": (
        lambda: saved(plain("P"), "GIF")[:-1] + b"!\xfe\1x\0" * 200_000 + b";",
        {"PIC-02", "PIC-03"},
    ),
    "text of 90 MB in a PNG": (lambda: small(TEXT_BOMB * 70), {"PIC-01", "PIC-02"}),
    "GIF of 1000 frames": (lambda: moving("GIF", 1000), {"PIC-03"}),
    "GIF of two frames": (lambda: moving("GIF", 2), {"PIC-03"}),
    "WebP of 300 frames": (lambda: moving("WEBP", 300), {"PIC-03"}),
    "PNG of 300 frames": (lambda: moving("PNG", 300), {"PIC-03"}),
    "AVIF of 5 frames": (lambda: moving("AVIF", 5), {"PIC-03"}),
    "nothing": (lambda: b"", {"PIC-01"}),
    "one byte": (lambda: b"\xff", {"PIC-01"}),
    "zeros": (lambda: b"\0" * 5000, {"PIC-01"}),
    "a text": (lambda: "不是图片".encode() * 99, {"PIC-01"}),
    "SVG": (lambda: SVG, {"PIC-01"}),
    "HTML": (lambda: b"<!doctype html><script>alert(1)</script>", {"PIC-01"}),
    "PDF": (lambda: b"%PDF-1.7\n" + b"x" * 999, {"PIC-01"}),
    "ZIP": (lambda: b"PK\3\4" + b"x" * 999, {"PIC-01"}),
    "program": (lambda: b"\x7fELF" + b"x" * 999, {"PIC-01"}),
    "PostScript": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", {"PIC-01"}),
    "TIFF": (lambda: saved(plain(), "TIFF"), {"PIC-01"}),
    "damaged TIFF": (lambda: TIFF, {"PIC-01"}),
    "BMP": (lambda: saved(plain(), "BMP"), {"PIC-01"}),
    "ICO": (lambda: saved(plain(), "ICO"), {"PIC-01"}),
    "TGA": (lambda: saved(plain(), "TGA"), {"PIC-01"}),
    "PCX": (lambda: saved(plain(), "PCX"), {"PIC-01"}),
    "PPM of 60,000²": (lambda: b"P6 60000 60000 255\n", {"PIC-01"}),
    "JPEG 2000": (lambda: b"\0\0\0\x0cjP  \r\n\x87\n" + b"x" * 999, {"PIC-01"}),
    "Photoshop": (lambda: b"8BPS\0\1" + b"\0" * 999, {"PIC-01"}),
    "film": (lambda: heif("isom") + b"x" * 999, {"PIC-01", "PIC-02", "PIC-05"}),
    "damaged HEIC": (lambda: heif("heic") + b"x" * 999, {"PIC-01", "PIC-02", "PIC-05"}),
    "damaged AVIF": (lambda: heif("avif") + b"x" * 999, {"PIC-01", "PIC-02"}),
    "the head of a JPEG": (lambda: saved(plain(), "JPEG")[:30], {"PIC-01", "PIC-02"}),
    "half a JPEG": (lambda: saved(Image.effect_noise((300, 200), 60), "JPEG")[:9000], {"PIC-02"}),
    "half a PNG": (lambda: saved(Image.effect_noise((300, 200), 60), "PNG")[:9000], {"PIC-02"}),
    "half a WebP": (lambda: saved(Image.effect_noise((300, 200), 60), "WEBP")[:5000], {"PIC-01", "PIC-02"}),
    "half a GIF": (lambda: saved(Image.effect_noise((300, 200), 60), "GIF")[:9000], {"PIC-02"}),
    "PNG without pixels": (lambda: saved(plain(), "PNG")[:33], {"PIC-01", "PIC-02"}),
    "PNG whose pixels are no deflate": (lambda: png(8, 8, 8, 0, pixels=b"junk" * 25), {"PIC-02"}),
    "PNG of too few pixels": (lambda: png(800, 800, 8), {"PIC-02"}),
}


def test_there_are_enough_of_them() -> None:
    assert len(TAKEN) + len(REFUSED) >= 100


@pytest.mark.parametrize("name", TAKEN)
def test_a_picture_that_is_odd_but_right_is_taken(name: str) -> None:
    build, size = TAKEN[name]
    data = build()
    assert measure(data) == size
    made = image_sizes.make(Source("p", data, ""))
    assert len(made) == 3 * len(image_sizes.widths(size[0]))


@pytest.mark.parametrize("name", REFUSED)
def test_a_picture_that_wants_much_or_is_none_is_refused(name: str) -> None:
    build, rules = REFUSED[name]
    found = measure(build())
    assert isinstance(found, Fault)
    assert found.rule in rules


@pytest.mark.parametrize("more", [ICC_BOMB, TEXT_BOMB, ITXT_BOMB], ids=["profile", "text", "international text"])
def test_what_unpacks_to_much_beside_the_pixels_is_not_unpacked(more: bytes) -> None:
    found = measure(small(more))
    assert found == (8, 8) or (isinstance(found, Fault) and found.rule in {"PIC-01", "PIC-02"})


def test_a_picture_that_is_too_large_is_never_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("PNG of 50,000² in one bit", "PNG with EXIF of 50,000²", "JPEG of 65,500²", "GIF of 65,535²")
    large = [REFUSED[name][0]() for name in names]

    def load(image: Image.Image) -> None:
        raise AssertionError(image.size)

    for form in (Image.Image, *(type(Image.open(BytesIO(saved(plain(), kind)))) for kind in ("PNG", "JPEG", "GIF"))):
        monkeypatch.setattr(form, "load", load)
    for data in large:
        found = measure(data)
        assert isinstance(found, Fault)
        assert found.rule == "PIC-04"


def test_in_bands_a_picture_looks_as_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    for mode in ("RGB", "L", "RGBA", "P"):
        image = Image.effect_mandelbrot((500, 350), (-2, -1, 1, 1), 50).convert(mode)
        for size in ((200, 140), (500, 350), (166, 117)):
            whole = image_sizes._resized(image_sizes._opaque(image), size)  # noqa: SLF001  # against which bands are held
            monkeypatch.setattr(image_sizes, "_BAND", 9_000)
            banded = image_sizes._in_bands(image, size)  # noqa: SLF001
            assert banded.size == size
            assert banded.mode == whole.mode
            pairs = zip(banded.tobytes(), whole.tobytes(), strict=True)
            assert max(abs(one - other) for one, other in pairs) <= 3


def test_large_pictures_are_decoded_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    room = image_sizes._Room(100)  # noqa: SLF001  # pixels
    monkeypatch.setattr(image_sizes, "_ROOM", room)
    inside, most, lock = 0, 0, threading.Lock()

    def decode(size: tuple[int, int]) -> None:
        nonlocal inside, most
        with image_sizes.room(Image.new("L", size)):
            with lock:
                inside += size[0] * size[1]
                most = max(most, inside)
            barrier.wait(0.05)
            with lock:
                inside -= size[0] * size[1]

    class Never:
        """Lets nobody through before others had time to come."""

        def wait(self, seconds: float) -> None:
            threading.Event().wait(seconds)

    barrier = Never()
    threads = [threading.Thread(target=decode, args=((side, 6),)) for side in (8, 9, 10, 11, 12, 7, 16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert inside == 0
    assert most <= 100

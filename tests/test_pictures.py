"""What a picture's file says of itself, and the sizes that are made of it: upright, in sRGB, with nothing beside the pixels."""

import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageCms, ImageOps
from PIL.PngImagePlugin import PngInfo

from honorroll.content import image_sizes
from honorroll.content.image_probe import MAX_PIXELS, Fault, measure, published, srcset
from honorroll.filesystem.source_file import Source

FORMATS = ["PNG", "JPEG", "WEBP", "AVIF"]
RED, GREEN = (220, 30, 20), (20, 160, 60)


def saved(image: Image.Image, form: str, **options: Any) -> bytes:
    data = BytesIO()
    image.save(data, form, **options)
    return data.getvalue()


def scene(size: tuple[int, int] = (90, 60)) -> Image.Image:
    """Red, with a green corner at the top left, so that every turn can be told."""
    image = Image.new("RGB", size, RED)
    image.paste(GREEN, (0, 0, size[0] // 3, size[1] // 3))
    return image


def made(data: bytes) -> dict[str, Image.Image]:
    """The sizes of a picture by their addresses, as a browser reads them."""
    size = measure(data)
    assert not isinstance(size, Fault), size
    names = image_sizes.names("p", published("", *size).width)
    found = image_sizes.make(Source("p", data, ""))
    return {name: Image.open(BytesIO(one)) for name, one in zip(names, found, strict=True)}


def shown(data: bytes, form: str = "webp") -> Image.Image:
    return next(image for name, image in made(data).items() if name.endswith(form)).convert("RGB")


def near(one: Any, other: tuple[int, int, int], reach: int = 12) -> bool:
    return all(abs(a - b) <= reach for a, b in zip(one, other, strict=True))


def marker(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


def test_it_is_shown_in_the_widths_of_the_layout() -> None:
    found = made(saved(scene((2400, 1600)), "JPEG"))
    widths = (400, 800, 1200, 1600)
    assert list(found) == [f"p-{w}.{kind}" for w in widths for kind in ("avif", "webp", "jpg")]
    for name, image in found.items():
        assert image.format == {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG"}[name.rpartition(".")[2]]
        assert image.width == int(name.partition("-")[2].partition(".")[0])
        assert abs(image.height - image.width * 2 / 3) < 1


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (1, (1,)),
        (399, (399,)),
        (400, (400,)),
        (499, (499,)),
        (500, (400, 500)),
        (1000, (400, 800, 1000)),
        (1700, (400, 800, 1200, 1600)),
    ],
)
def test_a_small_picture_has_fewer_sizes_and_none_is_larger_than_itself(width: int, expected: tuple[int, ...]) -> None:
    assert image_sizes.widths(width) == expected
    assert image_sizes.widths(expected[-1]) == expected
    assert {image.width for image in made(saved(scene((width, 3)), "PNG")).values()} == set(expected)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("orientation", range(1, 9))
def test_it_is_turned_as_its_camera_was(form: str, orientation: int) -> None:
    data = saved(scene(), form, exif=marker(orientation))
    with Image.open(BytesIO(data)) as image:
        expected = ImageOps.exif_transpose(image).convert("RGB")
    assert measure(data) == expected.size
    image = shown(data)
    assert image.size == expected.size
    for at in ((4, 4), (image.width - 5, 4), (4, image.height - 5), (image.width - 5, image.height - 5)):
        assert near(image.getpixel(at), expected.getpixel(at)), at


def test_damaged_tags_turn_nothing() -> None:
    data = saved(scene(), "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\xff\xff")
    assert measure(data) == (90, 60)
    assert shown(data).size == (90, 60)


def test_nothing_but_pixels_is_published() -> None:
    exif = marker(6)
    exif[0x010F] = "SECRET maker"
    exif.get_ifd(0x8825)[2] = (31.0, 41.0, 0.0)
    text = PngInfo()
    text.add_text("Comment", "SECRET words")
    text.add_itxt("XML:com.adobe.xmp", "<x>SECRET</x>")
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    more = {"exif": exif, "icc_profile": profile}
    files = [
        saved(scene(), "JPEG", comment="SECRET comment", xmp=b"<x>SECRET</x>", **more),
        saved(scene(), "PNG", pnginfo=text, **more),
        saved(scene(), "WEBP", xmp=b"<x>SECRET</x>", **more),
        saved(scene(), "AVIF", xmp=b"<x>SECRET</x>", **more),
    ]
    for data in files:
        assert b"SECRET" in data or b"SECRET" in str(Image.open(BytesIO(data)).info).encode()
        for one in image_sizes.make(Source("p", data, "")):
            assert b"SECRET" not in one
            with Image.open(BytesIO(one)) as image:
                image.load()
                assert not image.getexif()
                assert not image.info.keys() & {"exif", "icc_profile", "xmp", "comment", "XML:com.adobe.xmp", "Comment"}


def test_colours_are_those_of_the_profile() -> None:
    """A profile that swaps red and green: its pixels are red by number and green to the eye."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = int.from_bytes(data[128:132], "big")
    tags = {bytes(data[at : at + 4]): at + 4 for at in range(132, 132 + 12 * count, 12)}
    red, green = tags[b"rXYZ"], tags[b"gXYZ"]
    data[red : red + 8], data[green : green + 8] = data[green : green + 8], data[red : red + 8]
    image = Image.new("RGB", (20, 20), (200, 0, 0))
    assert near(shown(saved(image, "PNG")).getpixel((9, 9)), (200, 0, 0))
    for form in FORMATS:
        found = shown(saved(image, form, icc_profile=bytes(data))).getpixel((9, 9))
        assert near(found, (0, 200, 0), 24), (form, found)


@pytest.mark.parametrize("profile", [b"", b"no profile", bytes(200)])
def test_a_damaged_profile_changes_nothing(profile: bytes) -> None:
    assert near(shown(saved(scene(), "PNG", icc_profile=profile)).getpixel((80, 50)), RED)


def test_a_picture_for_a_press_is_shown() -> None:
    found = shown(saved(scene().convert("CMYK"), "JPEG", quality=95)).getpixel((80, 50))
    assert near(found, scene().convert("CMYK").convert("RGB").getpixel((80, 50)), 20)


def test_what_can_be_seen_through_lies_on_white() -> None:
    clear = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    clear.paste((*RED, 255), (0, 0, 10, 20))
    palette = clear.quantize(8)
    grey = Image.new("LA", (20, 20), (0, 0))
    still = Image.new("P", (20, 20), 1)
    still.putpalette([*RED, *GREEN])
    for data in (
        saved(clear, "PNG"),
        saved(clear, "WEBP"),
        saved(palette, "PNG"),
        saved(still, "GIF", transparency=1),
        saved(grey, "PNG"),
    ):
        for kind in ("avif", "webp", "jpg"):
            assert near(shown(data, kind).getpixel((18, 10)), (255, 255, 255)), kind


def test_a_palette_and_deep_greys_are_shown() -> None:
    assert near(shown(saved(scene().quantize(16), "PNG")).getpixel((80, 50)), RED)
    assert near(shown(saved(scene().quantize(16), "GIF")).getpixel((80, 50)), RED)
    deep = Image.new("I;16", (20, 20), 0x80FF)
    assert near(shown(saved(deep, "PNG")).getpixel((9, 9)), (0x80,) * 3)
    assert near(shown(saved(Image.new("1", (20, 20), 1), "PNG")).getpixel((9, 9)), (255,) * 3)


def test_a_telephone_picture_with_a_second_one_behind_it_is_no_film() -> None:
    """Many telephones put a smaller or brighter copy behind a JPEG."""
    data = saved(scene(), "MPO", save_all=True, append_images=[scene((30, 20))])
    assert getattr(Image.open(BytesIO(data)), "n_frames", 1) == 2
    assert measure(data) == (90, 60)
    assert shown(data).size == (90, 60)


def test_the_bytes_are_the_same_each_time() -> None:
    source = Source("p", saved(Image.effect_mandelbrot((900, 700), (-2, -1, 1, 1), 50), "PNG"), "")
    assert image_sizes.make(source) == image_sizes.make(source)


def test_a_photograph_grows_light() -> None:
    photo = Image.merge("RGB", [Image.effect_noise((1600, 1200), 12) for _ in range(3)])
    assert max(map(len, image_sizes.make(Source("p", saved(photo, "JPEG", quality=95), "")))) < 1_000_000


def test_heic_is_read_where_the_package_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    heif = pytest.importorskip("pillow_heif", reason="the extra package for HEIC is not installed")
    heif.register_heif_opener()
    data = saved(scene((128, 96)), "HEIF", quality=95)
    assert measure(data) == (128, 96)
    assert near(shown(data).getpixel((120, 90)), RED, 20)
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    assert measure(data) == Fault("PIC-05", {})


@pytest.mark.parametrize("form", [*FORMATS, "GIF"])
def test_what_is_cut_off_is_told_wherever_the_cut_is(form: str) -> None:
    whole = saved(Image.effect_noise((64, 48), 60), form)
    pixels = len(whole) - 20  # where the last of them lie; after them comes what only ends the file
    faults = {cut: measure(whole[:cut]) for cut in range(0, pixels, pixels // 60)}
    assert all(
        isinstance(fault, Fault) and fault.rule in {"PIC-01", "PIC-02", "PIC-05"} for fault in faults.values()
    ), faults


def damaged() -> Iterator[bytes]:
    for form in (*FORMATS, "GIF"):
        whole = bytearray(saved(scene(), form, **({"exif": marker(6)} if form != "GIF" else {})))
        for at in range(0, len(whole), max(1, len(whole) // 40)):
            broken = bytearray(whole)
            broken[at] ^= 0xFF
            yield bytes(broken)


def test_damage_is_told_or_does_no_harm() -> None:
    for data in damaged():
        size = measure(data)
        if not isinstance(size, Fault):
            image_sizes.make(Source("p", data, ""))


def test_the_limit_is_asked_before_any_pixel_is_read() -> None:
    assert measure(saved(Image.new("1", (8000, MAX_PIXELS // 8000 + 1)), "PNG")) == Fault(
        "PIC-04", {"size": "8000×8001", "limit": "64"}
    )
    assert measure(saved(Image.new("1", (400, 16_384)), "PNG")) == Fault("PIC-04", {"size": "400×16384", "limit": "64"})
    assert measure(saved(Image.new("1", (3200, 16_384)), "PNG")) == (3200, 16_384)


def test_addresses_tell_the_source_and_the_recipe() -> None:
    one, other = published("a", 900, 600), published("b", 900, 600)
    assert one.stem != other.stem
    assert one.url == f"{one.stem}-900.jpg"
    assert published("a", 3200, 1600)[2:] == (1600, 800)
    stem = one.stem
    assert srcset(stem, 900, "avif", "../") == f"../{stem}-400.avif 400w, ../{stem}-900.avif 900w"

"""What a picture's file says of itself."""

from io import BytesIO

import pytest
from PIL import Image

from honorroll.pictures import measure


def picture(form: str, orientation: int) -> bytes:
    exif, data = Image.Exif(), BytesIO()
    exif[0x0112] = orientation
    Image.new("RGB", (3, 2)).save(data, form, exif=exif)
    return data.getvalue()


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_a_picture_that_lies_on_its_side_is_measured_as_it_is_shown(form: str) -> None:
    assert measure(picture(form, 1)) == (3, 2)
    assert measure(picture(form, 6)) == (2, 3)


def test_a_plain_drawing_is_measured() -> None:
    data = BytesIO()
    Image.new("RGB", (3, 2)).save(data, "PNG")
    assert measure(data.getvalue()) == (3, 2)


@pytest.mark.parametrize("cut", [0, 20, 40, 60])
def test_what_is_no_whole_picture_is_told(cut: int) -> None:
    data = BytesIO()
    Image.new("RGB", (3, 2)).save(data, "PNG")
    assert isinstance(measure(data.getvalue()[:cut]), str)

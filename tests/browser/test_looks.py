"""Each page type looks as it did: its top at a quarter of its size against a small reference in `looks/`.

Renewed by `HONORROLL_ALL=1 build.py test tests/browser/test_looks.py --regenerate`; look at what changed before it is kept.
"""

from base64 import b64decode
from io import BytesIO
from pathlib import Path

import pytest
from conftest import sample
from PIL import Image, ImageChops, ImageFilter

from browser.chrome import Browser
from browser.test_pages import PICTURES, TYPES, pages_of

LOOKS = Path(__file__).with_name("looks")

#: Name, width in px, whether it is dark, medium.
VIEWS = (("360", 360, False, ""), ("1280", 1280, False, ""), ("dark", 360, True, ""), ("print", 794, False, "print"))

#: How much of a page is compared, in CSS pixels of its height.
HEIGHT = 1600

#: How many per cent of the pixels may be of another shade: another version of a typeface moves edges, not more.
TOLERANCE = 2.0


def look(browser: Browser, width: int) -> Image.Image:
    clip = {"x": 0, "y": 0, "width": width, "height": HEIGHT, "scale": 0.25}
    shot = browser.tell("Page.captureScreenshot", format="png", clip=clip, captureBeyondViewport=True)
    with Image.open(BytesIO(b64decode(shot["data"]))) as picture:
        return picture.convert("L")


def difference(one: Image.Image, other: Image.Image) -> float:
    """Per cent of the pixels whose surroundings differ in shade by more than a tenth."""
    if one.size != other.size:
        return 100.0
    soft = [picture.filter(ImageFilter.BoxBlur(2)) for picture in (one, other)]
    histogram = ImageChops.difference(*soft).histogram()
    return 100 * sum(histogram[26:]) / sum(histogram)


@pytest.mark.parametrize("template", TYPES)
@pytest.mark.parametrize("view", sample(VIEWS, 2, "looks"), ids=lambda view: view[0])
def test_a_page_looks_as_it_did(
    browser: Browser, address: str, folder: Path, template: str, view: tuple[str, int, bool, str], *, regenerate: bool
) -> None:
    name, width, dark, medium = view
    browser.show(width, dark=dark, medium=medium)
    browser.open(address + pages_of(folder, template)[0])
    browser.wait(PICTURES)
    browser.run("scrollTo(0, 0)")
    seen, reference = look(browser, width), LOOKS / f"{template.removesuffix('.html')}-{name}.webp"
    if regenerate:
        LOOKS.mkdir(exist_ok=True)
        seen.save(reference, quality=70, method=6)
    with Image.open(reference) as known:
        assert difference(seen, known.convert("L")) <= TOLERANCE


def test_what_has_moved_is_seen(browser: Browser, address: str) -> None:
    browser.show(360)
    browser.open(address)
    browser.wait(PICTURES)
    before = look(browser, 360)
    assert difference(look(browser, 360), before) == 0
    browser.run("document.querySelector('main').prepend(document.createElement('p'))")
    browser.run("document.querySelector('main > p').style.height = '40px'")
    assert difference(look(browser, 360), before) > TOLERANCE

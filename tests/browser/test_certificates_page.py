"""The QR codes as a telephone's camera meets them: on the screen, light and dark, and on paper."""

from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from reference import BASE_URL

from browser.chrome import Browser

PAGES = ("awards/a2022-01.html", "awards/a2020-01.html")


def seen(png: bytes) -> list[str]:
    with Image.open(BytesIO(png)) as picture:
        return [code.text for code in zxingcpp.read_barcodes(picture.convert("L"))]


@pytest.mark.parametrize("look", [{}, {"dark": True}, {"medium": "print"}], ids=["light", "dark", "print"])
@pytest.mark.parametrize("url", PAGES)
def test_the_code_on_the_page_leads_to_the_page(
    browser: Browser, address: str, url: str, look: dict[str, bool]
) -> None:
    browser.open(address + url)
    browser.show(360, scale=2, **look)
    browser.wait("document.querySelector('.plaque img').decode().then(arguments[0])")
    assert seen(browser.picture(whole=True)) == [BASE_URL + url]


def test_the_file_alone_has_a_name_and_can_be_read(browser: Browser, folder: Path) -> None:
    browser.show(600, dark=True)
    browser.open((folder / PAGES[0].replace(".html", ".qr.svg")).as_uri())
    assert seen(browser.picture()) == [BASE_URL + PAGES[0]]
    named = "const e = document.documentElement; return [e.getAttribute('role'), document.getElementById(e.getAttribute('aria-labelledby')).textContent]"
    assert browser.run(named) == ["img", "二维码：" + BASE_URL + PAGES[0]]

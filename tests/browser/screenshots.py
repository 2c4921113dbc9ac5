"""Take the pictures of the documentation anew: `python tests/browser/screenshots.py [FOLDER]`.

Home, a post and the award list at 360 and 1280 px, each at most 200 KB, into `docs/images/`.
"""

import sys
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

TESTS = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS.parent), str(TESTS)]

from reference import build, copy_project  # noqa: E402

from browser.chrome import Browser, chromium, programs, served  # noqa: E402  # now they can be found

PAGES = {"home": "index.html", "post": "news/2022-09-07-night-patrol.html", "awards": "awards/index.html"}

#: Widths with the height of the picture and the number of its pixels for each of the page.
SIZES = {360: (780, 2), 1280: (860, 1)}
LIMIT = 200_000


def smallest(png: bytes) -> bytes:
    """The picture as JPEG, as good as the limit lets it be."""
    with Image.open(BytesIO(png)) as picture:
        plain = picture.convert("RGB")
    for quality in (82, 76, 70, 64, 56):
        data = BytesIO()
        plain.save(data, "JPEG", quality=quality, optimize=True, progressive=True, subsampling=0)
        if data.tell() <= LIMIT:
            return data.getvalue()
    raise SystemExit("a picture is too large")


def take(browser: Browser, address: str, target: Path) -> None:
    for name, url in PAGES.items():
        for width, (height, scale) in SIZES.items():
            browser.open(address + url)
            browser.show(width, height, scale=scale)
            file = target / f"{name}-{width}.jpg"
            file.write_bytes(smallest(browser.picture()))
            sys.stdout.write(f"{file} {file.stat().st_size // 1000} KB\n")


def main() -> None:
    if not programs():
        raise SystemExit("there is no chromium with its chromedriver on this machine")
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else TESTS.parent / "docs" / "images"
    target.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as place:
        site = build(copy_project(Path(place) / "project"), Path(place) / "site")
        with served(site, "/") as address, chromium() as browser:
            take(browser, address, target)


if __name__ == "__main__":
    main()

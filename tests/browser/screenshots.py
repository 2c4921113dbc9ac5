"""Take the pictures of the documentation anew: `python tests/browser/screenshots.py [FOLDER]`.

Home, a post and the award list at 360 and 1280 px, each at most 200 KB, into `docs/images/`; and those of the editors'
guide: a list of teams in a workbook, what its import plans, and the page that comes of it.
"""

import shutil
import subprocess
import sys
from html import escape
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
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


#: A terminal, as wide as 92 characters.
TERMINAL = """<!DOCTYPE html><meta charset=utf-8><style>
body { margin: 0; padding: 16px 20px; background: #1e2430; color: #e6e9ef; font: 15px/1.55 "Noto Sans Mono CJK SC", monospace; white-space: pre-wrap }
b { color: #8fd18f; font-weight: normal }</style><b>$</b> """


def guide(browser: Browser, place: Path, target: Path) -> None:
    """The pictures of `docs/editors.zh-CN.md`."""
    from test_guide import commands, prepared, run  # the very commands of the guide

    project = prepared(place / "guide")
    new, first, written, *_ = commands()
    run(new, project)
    said = run(first, project).splitlines()
    shown = [
        *said[:6],
        "  ……",
        *[line for line in said if line.startswith(("新增", "  + 队伍"))][:8],
        "  ……",
        *said[-1:],
    ]
    page = place / "terminal.html"
    page.write_text(TERMINAL + escape(f"{first}\n" + "\n".join(shown)), "utf-8")
    browser.open(page.as_uri())
    browser.show(860, 480)
    (target / "guide-plan.png").write_bytes(browser.picture())
    run(written, project)
    run("python3 build.py build", project)
    with served(project / "site", "/") as address:
        browser.open(address + "teams/index.html")
        browser.show(1280, 860)
        (target / "guide-teams.jpg").write_bytes(smallest(browser.picture()))
    book = openpyxl.load_workbook(project / "队伍名单.xlsx")
    for column, width in zip("ABCDEFGH", (22, 28, 12, 9, 14, 18, 7, 7), strict=True):
        book.active.column_dimensions[column].width = width
    book.active.print_options.gridLines = book.active.print_options.headings = True
    book.active.page_setup.orientation = "landscape"
    book.save(place / "队伍名单.xlsx")
    office = [shutil.which("soffice") or "soffice", "--headless", "--convert-to", "pdf", "--outdir", str(place)]
    subprocess.run([*office, str(place / "队伍名单.xlsx")], check=True, capture_output=True)
    cut = ["pdftoppm", "-png", "-r", "90", "-singlefile", "-x", "50", "-y", "50", "-W", "1000", "-H", "380"]
    subprocess.run([*cut, str(place / "队伍名单.pdf"), str(target / "guide-sheet")], check=True)


def main() -> None:
    if not programs():
        raise SystemExit("there is no chromium with its chromedriver on this machine")
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else TESTS.parent / "docs" / "images"
    target.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as place:
        site = build(copy_project(Path(place) / "project"), Path(place) / "site")
        with served(site, "/") as address, chromium() as browser:
            take(browser, address, target)
            guide(browser, Path(place), target)


if __name__ == "__main__":
    main()

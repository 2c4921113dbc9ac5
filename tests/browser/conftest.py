"""One browser, one site and one server for all tests of this folder."""

import os
from collections.abc import Generator
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from reference import BASE_URL, built

from browser.chrome import Browser, chromium, programs, served

BASE = urlsplit(BASE_URL).path


@pytest.fixture(scope="package")
def folder() -> Path:
    """The reference site of a day with awards that are granted, undecided, under review and revoked."""
    return built(date(2022, 12, 10))


@pytest.fixture(scope="package")
def address(folder: Path) -> Generator[str]:
    """Where the site is served: below the path of its own address, on this machine."""
    with served(folder, BASE) as place:
        yield place


@pytest.fixture(scope="package")
def opened() -> Generator[Browser]:
    if not programs():
        pytest.skip("there is no chromium with its chromedriver on this machine")
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="package")
def axe() -> str:
    path = os.environ.get("AXE_JS", "")
    if not path or not Path(path).is_file():
        pytest.skip("AXE_JS does not name axe.min.js, the accessibility checker")
    return Path(path).read_text(encoding="utf-8")


@pytest.fixture
def browser(opened: Browser, address: str) -> Browser:
    """The browser, on an empty page at 1280 px, with nothing to remember or to complain of."""
    opened.scripts(on=True)
    opened.tell("Storage.clearDataForOrigin", origin=address.removesuffix(BASE), storageTypes="local_storage")
    opened.open("about:blank")
    opened.show(1280)
    opened.complaints()
    opened.asked()
    return opened

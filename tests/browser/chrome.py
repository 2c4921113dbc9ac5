"""A headless Chromium, and a web server on this machine that shows a site under a sub-path."""

import base64
import gzip
import json
import os
import shutil
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from functools import lru_cache
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains

#: Any other host is unknown to this browser, so that no test leaves the machine.
ARGUMENTS = """
    --headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --hide-scrollbars
    --disable-background-networking --disable-component-update --disable-sync --disable-default-apps
    --disable-extensions --no-default-browser-check --no-pings --force-color-profile=srgb --lang=zh-CN
    --font-render-hinting=none
    --disable-features=Translate,OptimizationHints,MediaRouter,SpareRendererForSitePerProcess,ProactivelySwapBrowsingInstance
"""
RESOLVER = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"

#: Resolves when a change of size or medium has been laid out.
SETTLED = "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()));"


def programs() -> tuple[str, str] | None:
    """Chromium and its driver, where this machine has both. Without the parts that have a window it takes half the time."""
    # Not Debian's script of its name in /usr/bin, whose child would outlive it.
    names = ("/usr/lib/chromium/chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")
    browser = next((path for name in names if (path := shutil.which(name))), None)
    driver = shutil.which("chromedriver")
    return (browser, driver) if browser and driver else None


class Browser:
    """One window: its size, medium and scheme are set, and what it asked and complained of is told."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver
        self._scripts = True

    def open(self, address: str) -> None:
        self.driver.get(address)

    def arrive(self, address: str) -> None:
        """Wait until a click or a key has led to an address."""
        end = time.monotonic() + 10
        while (state := (self.driver.current_url, self.run("return document.readyState"))) != (address, "complete"):
            assert time.monotonic() < end, f"{state} instead of {address}"
            time.sleep(0.02)

    def run(self, script: str, *values: Any) -> Any:
        """Run a script on the page and take what it returns."""
        return self.driver.execute_script(script, *values)

    def wait(self, script: str, *values: Any) -> Any:
        """Run a script that calls its last argument when it is done."""
        return self.driver.execute_async_script(script, *values)

    def tell(self, command: str, **values: Any) -> Any:
        """A command of the browser's own protocol."""
        return self.driver.execute_cdp_cmd(command, values)

    def press(self, *keys: str) -> None:
        ActionChains(self.driver, duration=0).send_keys(*keys).perform()

    def show(self, width: int, height: int = 800, *, medium: str = "", dark: bool = False, scale: float = 1) -> None:
        """Set size, medium and colour scheme. Small windows are telephones, with a telephone's way to lay out."""
        size = {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": width < 600}
        self.tell("Emulation.setDeviceMetricsOverride", **size)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        still = {"name": "prefers-reduced-motion", "value": "reduce"}
        self.tell("Emulation.setEmulatedMedia", media=medium, features=[scheme, still])
        if self.driver.current_url == "about:blank":
            return  # nothing is laid out there
        if self._scripts:
            self.wait(SETTLED)
        else:
            time.sleep(0.1)

    def scripts(self, *, on: bool) -> None:
        """Whether pages may run scripts. Those of the tests always run, but then nothing calls them back."""
        self._scripts = on
        self.tell("Emulation.setScriptExecutionDisabled", value=not on)

    def picture(self, *, whole: bool = False) -> bytes:
        """The window, or the whole page, as PNG."""
        return base64.b64decode(self.tell("Page.captureScreenshot", format="png", captureBeyondViewport=whole)["data"])

    def paper(self) -> bytes:
        """The page as PDF."""
        return base64.b64decode(self.tell("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"])

    def complaints(self) -> list[str]:
        """Errors and warnings on the console since the last call."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] != "INFO"]

    def asked(self) -> list[str]:
        """Every address asked for since the last call."""
        found = []
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                found.append(message["params"]["request"]["url"])
        return found


@contextmanager
def chromium() -> Generator[Browser]:
    """A browser with a profile of its own, which its driver makes; both are gone afterwards."""
    found = programs()
    assert found
    options = webdriver.ChromeOptions()
    options.binary_location = found[0]
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    for argument in (*ARGUMENTS.split(), RESOLVER):
        options.add_argument(argument)
    driver = webdriver.Chrome(options=options, service=Service(found[1], log_output=os.devnull))
    try:
        driver.set_script_timeout(60)
        yield Browser(driver)
    finally:
        driver.quit()


@lru_cache(maxsize=512)
def _packed(data: bytes) -> bytes:
    return gzip.compress(data, 1)


class _Handler(SimpleHTTPRequestHandler):
    """Files of one folder below one path, compressed as by any host; its own page for unknown addresses."""

    timeout = 30
    protocol_version = "HTTP/1.1"  # connections stay open
    base = "/"

    def do_GET(self) -> None:
        inner = urlsplit(self.path).path
        file = Path(super().translate_path("/" + inner.removeprefix(self.base)))
        file = file / "index.html" if file.is_dir() else file
        found = inner.startswith(self.base) and file.is_file()
        file = file if found else Path(self.directory) / "404.html"
        kind, data = self.guess_type(str(file)), file.read_bytes()
        self.send_response(200 if found else 404)
        if kind.startswith("text/") or kind.endswith(("xml", "json")):
            kind += "; charset=utf-8"
            if "gzip" in self.headers.get("Accept-Encoding", ""):
                data = _packed(data)
                self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(folder: Path, base: str) -> Generator[str]:
    """The address of a folder that is shown below the path `base` until the end."""
    handler = type("Handler", (_Handler,), {"base": base})
    with ThreadingHTTPServer(("127.0.0.1", 0), lambda *given: handler(*given, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{base}"
        finally:
            server.shutdown()
            thread.join()

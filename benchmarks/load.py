"""What a deployed site asks of its host: `python benchmarks/load.py [--rounds 5] [--seconds 4]`.

The reference site is deployed to a folder, which nginx and Caddy show with the configurations that `hosting` prints. `wrk` asks
each for some files over connections that stay open, plain and compressed: medians of requests a second. Then Chromium makes a
visit (first page, list of awards, one award), again within a minute, and again when pages are to be asked for anew: bytes on the
line and requests. It needs nginx, caddy, wrk, and Chromium with its driver; browser, wrk and server share this machine's processors.
"""

import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from browser.chrome import Browser, chromium  # noqa: E402
from hosting import caddy, free_port, nginx  # noqa: E402  # the tests' own parts
from reference import TODAY, build, copy_project  # noqa: E402

from honorroll import deploy  # noqa: E402
from honorroll.deploy import Site, configuration  # noqa: E402
from honorroll.model import DeployTarget  # noqa: E402

BASE = "/honor/"
#: Connections of `wrk`, and its threads.
CONNECTIONS, THREADS = 64, 2
#: The pages of a visit.
VISIT = ("index.html", "awards/index.html", "awards/a2022-13.html")
#: Seconds after which browsers ask for a page anew, and a little more.
ANEW = 62


class Visit(NamedTuple):
    """What a visit costs."""

    bytes: int
    requests: int
    """Those that went to the server."""


def rate(url: str, encoding: str, seconds: int) -> float:
    """Requests a second."""
    words = ["wrk", f"-c{CONNECTIONS}", f"-t{THREADS}", f"-d{seconds}s", "-H", f"Accept-Encoding: {encoding}", url]
    said = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise SystemExit(said)
    return float(re.findall(r"Requests/sec:\s+([\d.]+)", said)[0])


def visit(browser: Browser, address: str) -> list[Visit]:
    """A page after the other: what each costs."""
    found = []
    for page in VISIT:
        browser.driver.get_log("performance")
        browser.open(address + page)
        time.sleep(0.5)
        events = [json.loads(entry["message"])["message"] for entry in browser.driver.get_log("performance")]
        ended = [one["params"]["encodedDataLength"] for one in events if one["method"] == "Network.loadingFinished"]
        found.append(Visit(int(sum(ended)), sum(size > 0 for size in ended)))
    return found


def told(name: str, pages: list[Visit]) -> None:
    total = Visit(sum(page.bytes for page in pages), sum(page.requests for page in pages))
    cells = [f"{page.bytes / 1000:.1f} KB, {page.requests}" for page in (*pages, total)]
    print(f"| {name} | {' | '.join(cells)} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=4)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        project = copy_project(folder / "project")
        site = Site(build(project, project / "site", TODAY))
        target = deploy.target(DeployTarget.usual(id="web", kind="文件夹", to=str(folder / "www")), project)
        with target.held():
            planned, shown = deploy.look(target, site, datetime.now(UTC).isoformat())
            deploy.carry_out(target, planned, shown, site, 3, lambda size: None)
        sheet = next(path for path in site.files if re.fullmatch(r"static/style\.[0-9a-f]{8}\.css", path))
        print(f"{datetime.now(UTC):%Y-%m-%d}, {len(site.files)} files, medians of {given.rounds}\n")
        print(
            "| requests a second | bytes | "
            + " | ".join(f"{s}, {e}" for s in ("nginx", "Caddy") for e in ("plain", "gzip"))
            + " |"
        )
        print("|---|---|---|---|---|---|")
        ports = free_port(), free_port()
        addresses = [f"http://127.0.0.1:{port}{BASE}" for port in ports]
        texts = [
            configuration(server, at, str(folder / "www"))
            for server, at in zip(("nginx", "caddy"), addresses, strict=True)
        ]
        with nginx(folder / "nginx", texts[0], ports[0], workers=2), caddy(folder / "caddy", texts[1], ports[1]):
            for path in (*VISIT, sheet):
                cells = [
                    statistics.median(rate(at + path, encoding, given.seconds) for _ in range(given.rounds))
                    for at in addresses
                    for encoding in ("identity", "gzip")
                ]
                sizes = f"{len((folder / 'www/current' / path).read_bytes())} / {len((folder / 'www/current' / f'{path}.gz').read_bytes())}"
                print(f"| {path} | {sizes} | {' | '.join(f'{cell:,.0f}' for cell in cells)} |", flush=True)
            print(f"\n| a visit: bytes, requests | {' | '.join(VISIT)} | all |\n|---|---|---|---|---|")
            with chromium() as browser:
                browser.tell("Network.enable")
                browser.tell("Network.clearBrowserCache")
                told("first", visit(browser, addresses[0]))
                told("again within a minute", visit(browser, addresses[0]))
                time.sleep(ANEW)
                told("again later", visit(browser, addresses[0]))


if __name__ == "__main__":
    main()

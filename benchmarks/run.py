"""How long a build and the preview take: `python benchmarks/run.py [--posts 1000 10000] [--rounds 5] [--peers FOLDER]`.

For each size, from the command line, each as a whole process: a clean build, nothing changed,
one post edited, a team renamed, the template of all pages changed. In the preview, from the save until the browser is served all
pages that tell of it: one post edited, a team renamed. Medians in seconds of wall time and, from
the command line, of processor time, which neighbours on the machine disturb less; and the peak
memory in megabytes: of a clean build that of all its processes together, where what they share counts once (PSS).

With several sizes it tells how each step grows with every thousand posts more. With `--peers`, the
folder of a benchmark of other generators (`bench.py time|watch --peers NAMES`), Hugo does the same with
a site of the same shape and size in the same run, and the others that are installed (or those of `--names`) a clean build. `--memory` puts
all of it on the file system in memory, `--clean` leaves out all but clean builds. `--table FILE` writes a Markdown table, `--chart FILE` an
SVG of the steps of the largest size.
"""

import argparse
import http.client
import json
import math
import os
import platform
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from corpus import generate

ROOT = Path(__file__).resolve().parent.parent
COMMAND = [sys.executable, "-m", "honorroll"]
#: As on an editor's computer, where Python keeps what it has compiled; some containers forbid it.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | {"PYTHONPATH": str(ROOT)}
TODAY = ["--today", "2023-01-01"]

#: What of the other benchmark's records is compared with each of ours: its step, and whether it watches.
HUGO = {
    "clean build": ("cold", ""),
    "nothing changed": ("warm", ""),
    "one post edited": ("edit-cli", ""),
    "a team renamed": ("data-cli", ""),
    "preview: one post edited": ("edit", "http"),
    "preview: a team renamed": ("data", "http"),
}

#: The generators that are measured beside ours, where they are installed.
PEERS = ("Hugo", "Hexo", "Pelican", "Eleventy", "Jekyll")


def run(project: Path) -> tuple[float, float]:
    """Seconds of wall and of processor time of one build."""
    start = time.perf_counter()
    process = subprocess.Popen([*COMMAND, "-q", *TODAY], cwd=project, env=ENVIRONMENT)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit("the corpus does not build")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime


def memory_of_clean_build(project: Path) -> float:
    """Peak of the memory of all processes of a clean build, in megabytes."""
    for folder in ("site", ".cache"):
        shutil.rmtree(project / folder)
    most = 0
    with subprocess.Popen([*COMMAND, "-q", *TODAY], cwd=project, env=ENVIRONMENT) as process:
        while process.poll() is None:
            most = max(most, sum(map(proportional, [str(process.pid), *children(process.pid)])))
            time.sleep(0.1)
    return most / 1024


def children(process: int) -> list[str]:
    with suppress(OSError):
        return Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    return []


def proportional(process: str) -> int:
    """The memory of a process in kilobytes; what it shares with others, in parts."""
    with suppress(OSError):
        return int(re.findall(r"Pss:\s+(\d+) kB", Path(f"/proc/{process}/smaps_rollup").read_text("ascii"))[0])
    return 0


class Edit(NamedTuple):
    """A file and what is to be written in it; the pages that tell of it, with what they say then."""

    path: Path
    text: str
    pages: Mapping[str, str]

    def save(self) -> None:
        self.path.write_text(self.text, encoding="utf-8")


def edit(project: Path, number: int) -> Edit:
    """Add a sentence to a post."""
    path, words = (
        project / "content" / "news" / "p00007.md",
        f"改动n{number}n。",
    )  # no number with a measure word: that is marked up
    return Edit(path, path.read_text(encoding="utf-8") + f"\n{words}\n", {"/news/p00007.html": words})


def rename(project: Path, number: int) -> Edit:
    """Rename the first team."""
    path, name = project / "data" / "teams.yaml", f"改名n{number}n组"
    text = re.sub(r"(?m)^  name: .*", f"  name: {name}", path.read_text(encoding="utf-8"), count=1)
    posts = [p for p in (project / "content" / "news").iterdir() if "teams: [t00001]" in p.read_text(encoding="utf-8")]
    deeds = re.findall(
        r"- id: (\w+)\n(?:  .*\n)*?  team: t00001\n", (project / "data" / "deeds.yaml").read_text("utf-8")
    )
    pages = ["/teams/t00001.html", *(f"/news/{p.stem}.html" for p in posts), *(f"/deeds/{id}.html" for id in deeds)]
    return Edit(path, text, dict.fromkeys(pages, name))


def restyle(project: Path, number: int) -> Edit:
    """Change what all pages show: a template of the project's own in the place of the theme's."""
    words = f"改版n{number}n"
    text = (ROOT / "templates" / "base.html").read_text(encoding="utf-8").replace("跳到正文", words)
    path = project / "templates" / "base.html"
    path.parent.mkdir(exist_ok=True)
    return Edit(path, text, {"/index.html": words})


#: What is done before a build; none for nothing.
STEPS: dict[str, Callable[[Path, int], Edit] | None] = {
    "clean build": None,
    "nothing changed": None,
    "one post edited": edit,
    "a team renamed": rename,
    "base.html changed": restyle,
}
#: Steps that make the whole site: they take so long that one round tells enough.
WHOLE = ("clean build", "base.html changed")


@contextmanager
def preview(project: Path) -> Iterator[tuple[int, int]]:
    """A preview that is ready: its port and process."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [*COMMAND, "serve", "-q", "--no-open", "--port", str(port), *TODAY], cwd=project, env=ENVIRONMENT
    )
    try:
        until_served(port, {"/index.html": "</html>"})
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


def until_served(port: int, pages: Mapping[str, str]) -> None:
    """Ask for the pages, one after the other, until each says what it should."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for path, words in pages.items():
        while words not in get(connection, path):
            time.sleep(0.01)  # to be asked more often takes time from what is measured
    connection.close()


def get(connection: http.client.HTTPConnection, path: str) -> str:
    try:
        connection.request("GET", path)
        return connection.getresponse().read().decode("utf-8", "replace")
    except (OSError, http.client.HTTPException):
        connection.close()  # the next request opens it again
        return ""


def peak(process: int) -> float:
    """Peak memory of a running process, in megabytes."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) / 1024


def measure(posts: int, rounds: int, place: str | None, *, clean: bool) -> dict[str, list[float]]:
    """Seconds of each step in each round, of `clean` builds alone or of all; megabytes of memory, milliseconds a file."""
    found: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory(dir=place) as folder:
        project = Path(folder) / "project"
        generate(posts, project)
        time.sleep(2.1)  # what was made long ago is trusted
        for name, change in {"clean build": None}.items() if clean else STEPS.items():
            for number in range(1 if name in WHOLE else rounds):
                if change:
                    change(project, number).save()
                time.sleep(0.1)
                seconds, processor = run(project)
                found.setdefault(name, []).append(seconds)
                found.setdefault(f"{name}: processor", []).append(processor)
                if name == "clean build":
                    files = sum(len(names) for _, _, names in os.walk(project / "site"))
                    found["ms a written file"] = [1000 * seconds / files]
                    found["memory of a clean build"] = [memory_of_clean_build(project)]
                    time.sleep(0.1)
                    run(project)
        if clean:
            return found
        with preview(project) as (port, process):
            for name, change in (("one post edited", edit), ("a team renamed", rename)):
                for number in range(100, 100 + rounds):
                    time.sleep(0.5)
                    made = change(project, number)
                    start = time.perf_counter()
                    made.save()
                    until_served(port, made.pages)
                    found.setdefault(f"preview: {name}", []).append(time.perf_counter() - start)
            found["memory of the preview"] = [peak(process)]
    return found


def peers(
    names: Iterable[str], folder: Path, posts: int, rounds: int, place: str | None, *, clean: bool
) -> dict[str, dict[str, float]]:
    """What the other benchmark says of each generator that is installed, under our names: Hugo in all steps, the others clean."""
    where, found = ["--sites", f"{place}/peers"] if place else [], dict[str, dict[str, float]]()
    for peer in names:
        named = [sys.executable, "bench.py", "{}", "--posts", str(posts), "--peers", peer, *where]
        whole = peer == "Hugo" and not clean
        steps = ["--reps", str(rounds)] if whole else ["--reps", "1", "--steps", "cold"]
        records = []
        for what in ("time", "watch") if whole else ("time",):
            command = [word.format(what).lower() if word in {"{}", peer} else word for word in (*named, *steps)]
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
            records += [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        told = found.setdefault(peer, {})
        for record in records:
            for name, (step, mode) in HUGO.items():
                if "error" not in record and (record.get("step"), record.get("mode", "")) == (step, mode):
                    told[name] = record["all_s" if mode else "wall"]
                    memory = "memory of the preview" if mode else "memory of a clean build"
                    if mode or step == "cold":
                        told[memory] = max(told.get(memory, 0), record["rss_mb"])
                    if step == "cold":
                        told["ms a written file"] = 1000 * record["wall"] / record["files"]
    for told in found.values():
        told.setdefault("base.html changed", told.get("clean build", 0))  # that is all they can do
    return {peer: told for peer, told in found.items() if any(told.values())}


def table(rows: Iterable[tuple[int, str, float, Mapping[str, float]]]) -> str:
    """A Markdown table: posts, step, our figure, and that of each peer with how many times as long ours takes."""
    names = [*dict.fromkeys(peer for *_, others in rows for peer in others)]
    lines = [f"| posts | step | ours | {' | '.join(names)} |", "|---|---|---|" + "---|" * len(names)]
    for posts, step, ours, others in rows:
        cells = [f"{others[name]:.3g} ({_ratio(ours / others[name])})" if name in others else "" for name in names]
        lines.append(f"| {posts:,} | {step} | {ours:.3g} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _ratio(value: float) -> str:
    return f"{value:.2g} ×" if value >= 1 else f"1/{1 / value:.2g}"


def chart(ratios: Mapping[str, float], title: str) -> str:
    """An SVG with a bar for each step: how many times as fast as Hugo it is, in powers of two to both sides."""
    high, middle, rows = 26, 420, []
    for at, (name, ratio) in enumerate(ratios.items()):
        width, y = 36 * math.log2(ratio), 44 + high * at
        x, colour = (middle, "#2a7f3f") if ratio >= 1 else (middle + width, "#b3541e")
        told = f"{ratio:.1f} × as fast" if ratio >= 1 else f"{1 / ratio:.1f} × as long"
        rows.append(
            f'<text x="200" y="{y + 14}" text-anchor="end">{name}</text>'
            f'<rect x="{x:.0f}" y="{y}" width="{abs(width):.0f}" height="18" fill="{colour}"/>'
            f'<text x="{max(middle, middle + width) + 6:.0f}" y="{y + 14}">{told}</text>'
        )
    tall = 60 + high * len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 {tall}" font-family="sans-serif" font-size="13">'
        f'<rect width="760" height="{tall}" fill="#fff"/><text x="12" y="24" font-weight="bold">{title}</text>'
        f'<line x1="{middle}" x2="{middle}" y1="36" y2="{tall - 12}" stroke="#666"/>{"".join(rows)}</svg>\n'
    )


def growth(by_size: dict[int, float]) -> str:
    """How a step grows from each size to the next, for every thousand posts more."""
    sizes = sorted(by_size)
    steps = ((small, large, by_size[large] - by_size[small]) for small, large in pairwise(sizes))
    return "; ".join(f"{small} to {large}: {1000 * more / (large - small):+.3f}" for small, large, more in steps)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, nargs="+", default=[1000, 10000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--names", nargs="+", choices=PEERS, default=PEERS)
    parser.add_argument("--memory", action="store_const", const="/dev/shm")  # noqa: S108  # asked for
    parser.add_argument("--clean", action="store_true")
    parser.add_argument("--table", type=Path)
    parser.add_argument("--chart", type=Path)
    given = parser.parse_args()
    medians: dict[str, dict[int, float]] = {}
    rows: list[tuple[int, str, float, dict[str, float]]] = []
    for size in given.posts:
        told = (
            peers(given.names, given.peers, size, given.rounds, given.memory, clean=given.clean) if given.peers else {}
        )
        for step, values in measure(size, given.rounds, given.memory, clean=given.clean).items():
            ours = medians.setdefault(step, {})[size] = statistics.median(values)
            rows.append((size, step, ours, {peer: found[step] for peer, found in told.items() if found.get(step)}))
            print(
                f"{size:>7}  {step:<28} {ours:9.3f}  ({min(values):.3f} to {max(values):.3f})  {rows[-1][3]}",
                flush=True,
            )
    for step, by_size in medians.items() if len(given.posts) > 1 else ():
        print(f"growth   {step:<28} {growth(by_size)}")
    if given.table:
        given.table.write_text(table(rows), encoding="utf-8")
    ratios = {
        step: found["Hugo"] / ours for size, step, ours, found in rows if size == max(given.posts) and "Hugo" in found
    }
    if given.chart and ratios:
        shown = {step: ratio for step, ratio in ratios.items() if not step.startswith("memory")}
        when = f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} processors, Python {platform.python_version()}"
        given.chart.write_text(chart(shown, f"Beside Hugo, {max(given.posts)} posts ({when})"), encoding="utf-8")

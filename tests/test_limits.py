"""Whatever lies in the input folders, the command line answers within 5 s and 500 MB, with one finding a file, and publishes nothing.

Cases that take little are built together: if all of them stay within the bounds, each does. What each kind of picture takes is
looked at in `test_hostile_pictures.py`, links in `test_symlinks.py`, names in `test_file_names.py`.
"""

import json
import os
import resource
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Project

MB = 1 << 20
SECONDS, MEMORY = 5, 500 * MB

PAGE = "---\ntitle: 页\nupdated: 2022-09-01\n---\n"


def sparse(project: Project, path: str, size: int, head: bytes = b"") -> None:
    with project.write(path, head).open("r+b") as file:
        file.truncate(size)


def fifo(project: Project, path: str) -> None:
    os.mkfifo(project.root / path)


def bound_socket(project: Project, path: str) -> None:
    file = project.root / path
    file.parent.mkdir(exist_ok=True)
    with socket.socket(socket.AF_UNIX) as made:
        before = Path.cwd()
        os.chdir(file.parent)  # its whole path may be longer than a socket's may be
        try:
            made.bind(file.name)
        finally:
            os.chdir(before)


#: One file each, all built at once: by path, how it is made and the only rule that it breaks. A picture is shown by a page.
SMALL: dict[str, tuple[Callable[[Project, str], object], str]] = {
    **{
        f"data/{at}.yaml": (lambda p, f, size=size: sparse(p, f, size), "SRC-02")
        for at, size in enumerate([9 * MB, 200 * MB])
    },
    "data/teams/bomb.yaml": (lambda p, f: p.write(f, bomb(20)), "YML-03"),
    "data/teams/deep.yaml": (lambda p, f: p.write(f, "".join(" " * at + "a:\n" for at in range(2_000))), "YML-04"),
    "data/teams/brackets.yaml": (lambda p, f: p.write(f, "[" * 4 * MB), "YML-04"),
    "data/teams/keys.yaml": (lambda p, f: p.write(f, "? " * MB), "YML-09"),
    "data/teams/documents.yaml": (lambda p, f: p.write(f, "---\n" * MB), "YML-07"),
    "data/teams/object.yaml": (lambda p, f: p.write(f, '!!python/object/apply:os.system ["id"]'), "YML-08"),
    "data/teams/fifo.yaml": (fifo, "SRC-01"),
    "data/teams/socket.yaml": (bound_socket, "SRC-01"),
    "data/teams/utf-16.yaml": (lambda p, f: p.write(f, "- id: 甲\n".encode("utf-16")), "SRC-05"),
    "data/teams/utf-32.yaml": (lambda p, f: p.write(f, "- id: 甲\n".encode("utf-32")), "SRC-05"),
    "data/teams/gbk.yaml": (lambda p, f: p.write(f, "- id: 甲乙\n".encode("gbk")), "SRC-05"),
    "data/teams/utf-7.yaml": (lambda p, f: p.write(f, "- id: 甲\n".encode("utf-7")), "SCH-09"),
    "data/teams/zeros.yaml": (lambda p, f: p.write(f, b"\0" * MB), "SRC-08"),
    "data/teams/loop.yaml": (lambda p, f: (p.root / f).symlink_to("loop.yaml"), "SRC-01"),
    "data/teams/zero.yaml": (lambda p, f: (p.root / f).symlink_to("/dev/zero"), "SRC-03"),
    "content/huge.md": (lambda p, f: sparse(p, f, 200 * MB), "SRC-02"),
    "content/fifo.md": (fifo, "SRC-01"),
    "content/open.md": (lambda p, f: p.write(f, "---\n" + "- x\n" * MB), "FMT-02"),
    "content/one-line.md": (lambda p, f: p.write(f, PAGE + "x" * 7 * MB), "MDN-10"),
    "content/quotations.md": (lambda p, f: p.write(f, PAGE + ">" * 190_000), "MDN-10"),
    "content/gb18030.md": (lambda p, f: p.write(f, PAGE.replace("页", "页面上的内容").encode("gb18030")), "SRC-05"),
    "content/huge.jpg": (lambda p, f: sparse(p, f, 200 * MB), "SRC-02"),
    "content/fifo.jpg": (fifo, "SRC-01"),
    "content/zeros.jpg": (lambda p, f: sparse(p, f, 60 * MB, b"\xff\xd8\xff\xe0"), "PIC-02"),
    "content/pdf.png": (lambda p, f: p.write(f, b"%PDF-1.7\n%\xe2\xe3\nPK\3\4" + b"x" * 999), "PIC-01"),
    "content/page.jpg": (lambda p, f: p.write(f, "<!doctype html><script>alert(1)</script>"), "PIC-01"),
    "content/drawing.svg": (lambda p, f: p.write(f, "<svg xmlns='http://www.w3.org/2000/svg'/>"), "PIC-01"),
    "static/huge.bin": (lambda p, f: sparse(p, f, 200 * MB), "SRC-02"),
    "static/huge.css": (lambda p, f: sparse(p, f, 2 * MB), "SRC-02"),
    "static/socket.js": (bound_socket, "SRC-01"),
    "static/utf-16.css": (lambda p, f: p.write(f, "a{}".encode("utf-16")), "SRC-05"),
    "static/bomb.svg": (lambda p, f: p.write(f, entities()), "SRC-16"),
    "static/deep.svg": (lambda p, f: p.write(f, "<g>" * MB), "SRC-16"),
    "templates/huge.html": (lambda p, f: sparse(p, f, MB), "SRC-02"),
    "templates/fifo.html": (fifo, "SRC-01"),
}

#: What takes seconds, or is right: built one by one, with the rules that are broken.
LARGE: dict[str, tuple[str, Callable[[], str | bytes], set[str]]] = {
    "slips": ("data/tags.yaml", lambda: "- id：a\n" * (7 * MB // 9), {"YML-14"}),
    "values": ("data/tags.yaml", lambda: "-\n" * 3 * MB, {"YML-14"}),
    "records": (
        "data/tags.yaml",
        lambda: "".join(f"- id: x{at}\n  name: 名{at}\n" for at in range(30_000)),
        {"REF-01"},
    ),
    "a long head": ("content/a.md", lambda: "---\n" + "a: b\n" * MB + "---\n", {"FMT-02"}),
    "a long text": ("content/a.md", lambda: PAGE + "字 *a* [b](c)\n" * (7 * MB // 17), {"MDN-10"}),
    "brackets": ("content/a.md", lambda: PAGE + "[" * 190_000, set()),
    "emphasis": ("content/a.md", lambda: PAGE + "*a_ " * 47_000, set()),
    "a style sheet": ("static/a.css", lambda: "a{color:red}\n" * 75_000, set()),
}


def bomb(levels: int) -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * 9)}]" for at in range(1, levels)]
    return "\n".join(lines)


def entities() -> str:
    inner = "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 9))
    return f'<!DOCTYPE svg [<!ENTITY a0 "xxxxxxxxxx">{inner}]><svg>&a8;</svg>'


def run(project: Project) -> Counter[tuple[str, str]]:
    """Build by the command line, within the bounds; the errors, by rule and file."""
    command = [sys.executable, "-m", "honorroll", "build", "--today", "2022-11-01", "--format", "json"]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)}
    with (project.root / "told").open("w+b") as told:
        process = subprocess.Popen(
            command,
            cwd=project.root,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=told,
            preexec_fn=bounded,  # noqa: PLW1509  # no thread of ours holds anything that it needs
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        told.seek(0)
        lines = told.read().decode().splitlines()
    assert process.returncode in {0, 1}, lines[-20:]
    assert used.ru_maxrss * 1024 <= MEMORY
    found = [json.loads(line) for line in lines if line.startswith("{")]
    return Counter((one["rule"], one["path"]) for one in found if one["severity"] == "error")


def bounded() -> None:
    """Twice the promised time, since a busy machine counts more for the same work. Who waits for a pipe uses none."""
    resource.setrlimit(resource.RLIMIT_CPU, (2 * SECONDS, 2 * SECONDS))
    signal.alarm(100)


def test_a_folder_full_of_hostile_files_is_answered_with_one_finding_each(project: Project) -> None:
    for path, (put, _) in SMALL.items():
        (project.root / path).parent.mkdir(exist_ok=True)
        put(project, path)
    shown = [
        path.removeprefix("content/") for path in SMALL if path.startswith("content/") and not path.endswith(".md")
    ]
    project.write("content/shown.md", PAGE + "".join(f"![图]({name})\n\n" for name in shown))
    found = run(project)
    assert {path: (rule, count) for (rule, path), count in found.items()} == {
        path: (rule, 1) for path, (_, rule) in SMALL.items()
    }
    assert not project.site.exists()


@pytest.mark.parametrize("name", LARGE)
def test_a_large_file_takes_no_more_than_is_promised(project: Project, name: str) -> None:
    path, content, rules = LARGE[name]
    project.write(path, content())
    assert {rule for rule, _ in run(project)} == rules
    assert project.site.exists() == (not rules)

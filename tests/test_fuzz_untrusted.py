"""Any bytes from anywhere, at the level that reads them: YAML, front matter, Markdown, pictures, drawings, and requests to the preview.

Each is answered, with findings that have a place where there are any; nothing raises, hangs or holds on to anything. `HONORROLL_CASES=N`
asks for half as many cases of each; 60 by default, 750 in continuous integration, other ones each time.
"""

import errno
import gc
import os
import re
import socket
import struct
import tracemalloc
import zlib
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

import pytest
from attacks import ATTACKS
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PIL import Image
from previewing import Served

from honorroll.commonmark import summarise
from honorroll.content import markdown
from honorroll.content.image_probe import Fault, measure
from honorroll.diagnostics import Diagnostic
from honorroll.filesystem import reading
from honorroll.inputs import drawings, front_matter
from honorroll.inputs.yaml_reader import YamlReader

CASES = max(60, int(os.environ.get("HONORROLL_CASES", "0")) // 2)

fuzzed = settings(
    max_examples=CASES,
    deadline=5_000,  # milliseconds
    phases=set(Phase) - {Phase.explain},
    derandomize=False,  # which hypothesis would do in continuous integration
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)

#: Signs that mean something to one of the readers, attacks, and anything.
PIECE = st.one_of(
    st.sampled_from(list(" \t\n\r-:#[]{}&*!|>'\"%@`,?~<>()_=^\\/$;.\u3000\u00a0\u200b\u202e\u2028\ufeff字一é0aZ")),
    st.sampled_from(
        [
            "---\n",
            "```\n",
            "\n\n",
            "- ",
            "    ",
            "[x](",
            "![x](",
            "<!--",
            "<a ",
            "&#",
            "| a |\n|---|\n",
            "[^a]: ",
            "*a",
            "\\x",
        ]
    ),
    st.sampled_from(ATTACKS),
    st.text(max_size=12),
)
TEXT = st.lists(st.tuples(PIECE, st.sampled_from([1, 1, 1, 2, 60, 2_000])), max_size=25).map(
    lambda pieces: "".join(piece * (1 if len(piece) > 20 else times) for piece, times in pieces)
)


def ended(text: str) -> str:
    """The text with the line ends that a file's text has once it is read (`Source.text`)."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def check(problem: Diagnostic, text: str) -> None:
    """Its place is one of the text."""
    lines = text.split("\n")
    line, column = problem.place.line, problem.place.column
    assert 0 <= line <= len(lines), problem
    assert not line or 0 <= column <= len(lines[line - 1]) + 1, problem


@fuzzed
@given(TEXT.map(ended))
def test_yaml(text: str) -> None:
    value, problems = YamlReader().decode("data/x.yaml", text)
    for problem in problems:
        check(problem, text)
    assert problems or value is None or isinstance(value, (str, list, dict))
    YamlReader().items(text)
    YamlReader().locate(text, ("a", 0, "b"), on_key=False)


@fuzzed
@given(TEXT.map(ended), st.booleans())
def test_front_matter(text: str, opened: bool) -> None:
    text = f"---\n{text}" if opened else text
    _, problems = front_matter.MarkdownReader().decode("content/x.md", text)
    for problem in problems:
        check(problem, text)
    assert front_matter.body(text) in text


#: What the HTML of a text may hold.
TAGS = set(
    "a blockquote br code dd del div dl dt em figcaption figure h2 h3 h4 h5 h6 hr img input li ol p picture pre source span strong sub "
    "sup table tbody td th thead tr ul".split()
)
NAMES = set("href title rel class id src alt start type checked disabled aria-label tabindex role".split())
ADDRESS = re.compile(r"https?://|mailto:|tel:|[#.]|[^:]*(?:[/?#].*)?$", re.ASCII | re.DOTALL)


class Tags(HTMLParser):
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, tag
        for name, value in attrs:
            assert name in NAMES, (tag, name)
            assert name not in {"href", "src"} or ADDRESS.match(value or ""), value


@fuzzed
@given(TEXT)
def test_markdown(text: str) -> None:
    made = markdown.render(text, "content/x.md", "x.html", {})
    Tags().feed(str(made.html))
    for remark in made.outline.remarks:
        assert 1 <= remark.spot.line <= ended(text).count("\n") + 2
    assert len(summarise(text)) < 1_000


@fuzzed
@given(
    st.binary(max_size=60) | TEXT.map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.sampled_from(["data/x", "static/x"]),
)
def test_any_bytes_as_a_text(data: bytes, path: str) -> None:
    problem = reading.fault(path, data)
    if problem is None:
        assert isinstance(data.decode(), str)
    drawing = drawings.fault("static/x.svg", data)
    assert drawing is None or drawing.place.line >= 1


def sample(form: str) -> bytes:
    data = BytesIO()
    Image.effect_noise((24, 16), 60).convert("RGB").save(data, form)
    return data.getvalue()


SAMPLES = [sample(form) for form in ("JPEG", "PNG", "GIF", "WEBP", "AVIF")]
HARM = st.tuples(
    st.sampled_from(["put", "cut", "double", "length"]), st.integers(0, 10_000), st.binary(min_size=1, max_size=8)
)


def mended(data: bytes) -> bytes:
    """A PNG whose checksums are right again, so that what was harmed is looked at."""
    at, parts = 8, [data[:8]]
    while data[1:4] == b"PNG" and at + 12 <= len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        body = data[at + 4 : at + 8 + length]
        parts.append(data[at : at + 4] + body + struct.pack(">I", zlib.crc32(body)))
        at += 12 + length
    return b"".join(parts) + data[at:] if data[1:4] == b"PNG" else data


@fuzzed
@given(st.sampled_from(SAMPLES), st.lists(HARM, min_size=1, max_size=6))
def test_pictures(data: bytes, harm: list[tuple[str, int, bytes]]) -> None:
    for kind, place, more in harm:
        at = place % (len(data) + 1)
        if kind == "put":
            data = data[:at] + more + data[at + len(more) :]
        elif kind == "cut":
            data = data[:at] + data[at + len(more) * 20 :]
        elif kind == "double":
            data = data[:at] + data[max(0, at - 40) :]
        else:
            data = data[:at] + struct.pack(">I", place * 999_999 % 2**32) + data[at + 4 :]
    found = measure(mended(data))
    assert isinstance(found, Fault) or min(found) > 0


#: Requests as browsers and others write them.
PATH = st.one_of(
    st.sampled_from(
        ["/", "/teams/", "/teams", "//", "/..%2f..%2f", "/%00", "/%", "/livereload", "/livereload.js", "*", "http://x/"]
    ),
    TEXT.map(lambda text: "/" + text[:300]),
)
LINE = st.one_of(
    st.sampled_from(
        ["Host: evil.invalid", "Host: ", "Content-Length: 9", "Content-Length: -1", "Content-Length: 99999999999999"]
    ),
    st.sampled_from(
        [
            "Transfer-Encoding: chunked",
            "Expect: 100-continue",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Range: bytes=9-",
        ]
    ),
    st.sampled_from(
        [
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: x",
            "Origin: null",
            "Cookie: a",
            ": x",
            " folded",
            "a" * 70_000,
        ]
    ),
    TEXT.map(lambda text: f"X: {text[:200]}"),
)


@fuzzed
@given(
    st.sampled_from(["GET", "HEAD", "POST", "PUT", "OPTIONS", "TRACE", "CONNECT", "gét", ""]),
    PATH,
    st.lists(LINE, max_size=4),
    st.booleans(),
)
def test_requests_to_the_preview(quiet: Served, method: str, path: str, lines: list[str], whole: bool) -> None:
    """Whatever is asked: an answer or none, and the next one who asks is answered as ever."""
    host = [] if any(line.startswith("Host") for line in lines) else [f"Host: 127.0.0.1:{quiet.port}"]
    said = "\r\n".join([f"{method} {path} HTTP/1.1", *host, *lines, "Connection: close", "", ""])
    with socket.create_connection(("127.0.0.1", quiet.port), timeout=5) as line:
        answer = b""
        try:  # too long a request is answered, and the line closed, before all of it has been sent
            line.sendall(said.encode("utf-8", "surrogatepass")[: None if whole else len(said) // 2])
            line.shutdown(socket.SHUT_WR)
            while part := line.recv(1 << 16):
                answer += part
        except OSError as error:
            if error.errno not in (errno.ECONNRESET, errno.EPIPE, errno.ENOTCONN):
                raise
    assert not answer or re.match(rb"HTTP/1\.1 [1-4]\d\d [^\r\n]*\r\n", answer), answer[:200]
    head = answer.partition(b"\r\n\r\n")[0]
    assert b"pwned=" not in head.lower().replace(b"%", b"")
    assert b"Traceback" not in answer
    assert quiet.failures == []


def test_the_preview_goes_on(quiet: Served) -> None:
    assert quiet.get("/").status == 200


@pytest.mark.parametrize(
    "read",
    [lambda text: YamlReader().decode("x", text), lambda text: markdown.render(text, "content/x.md", "x.html", {})],
)
def test_nothing_is_held_on_to(read: Any) -> None:
    """What was read a hundred times takes no more than what was read ten times."""
    texts = [f"- {at}: [{attack}]\n" for at, attack in enumerate(ATTACKS[:60])]
    for text in texts:
        read(text)
    sizes = []
    tracemalloc.start()
    for _ in range(3):
        for text in texts:
            read(text)
        gc.collect()
        sizes.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    assert sizes[2] - sizes[1] < 200_000

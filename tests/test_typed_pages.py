"""A page cannot be given inputs that it does not take: mypy tells."""

from pathlib import Path

from mypy import api

ROOT = Path(__file__).parent.parent

#: Each line that ends in `# wrong` is a mistake, and no other.
SNIPPET = """
from typing import NamedTuple

from honorroll.content import TextKey, posters
from honorroll.pages.contexts import found_as, template
from honorroll.pages.files.machine import RobotsPage
from honorroll.pages.lookup.index import Index
from honorroll.pages.page import Drawing, Inputs, Page, Shown, TextInputs, entry
from honorroll.pages.parts import PageMeta


class Own(Inputs, frozen=True, kw_only=True):
    shows = RobotsPage
    title: str
    guards: int

    def shown(self) -> Shown:
        return PageMeta("a", "", self.title, ""), RobotsPage()


class Mute(Inputs, frozen=True):
    shows = RobotsPage


class Nameless(TextInputs, frozen=True):
    def shown(self, text: TextKey) -> Shown:
        return PageMeta(text.url, "", "", ""), RobotsPage()


class Hasty(Inputs, frozen=True):
    shows = RobotsPage

    def shown(self, text: TextKey) -> Shown:  # wrong
        return PageMeta(text.url, "", "", ""), RobotsPage()


@template("a.html")
class Silent(NamedTuple):
    title: str


found_as("甲")(Silent)  # wrong
template("a.html")(Own)  # wrong


def plan(index: Index, id: str, newer: str | None) -> Page:
    return Page(id, Own(title=id, guards=1))


def drawn(index: Index, sheet: posters.Sheet) -> Page:
    return Page("a", Drawing(posters.cover, sheet))


Own(title="a")  # wrong
Own(title="a", guards=1, teams=2)  # wrong
Own(title="a", guards="1")  # wrong
Own(title="a", guards=1).guards = 2  # wrong
Mute()  # wrong
Nameless()  # wrong
Page("a", ("a", 1))  # wrong
Drawing(posters.share, posters.Colours())  # wrong
Page("a", Drawing(len, ""))  # wrong
entry("a", plan, "a", None)
entry("a", plan, "a")  # wrong
entry("a", plan, "a", None, 1)  # wrong
entry("a", plan, 1, None)  # wrong
"""


def test_mypy_finds_what_is_missing_superfluous_or_of_another_type(tmp_path: Path) -> None:
    (tmp_path / "snippet.py").write_text(SNIPPET, encoding="utf-8")
    config = ["--config-file", str(ROOT / "pyproject.toml"), "--cache-dir", str(ROOT / ".mypy_cache")]
    told, _, _ = api.run([*config, "--no-error-summary", "--hide-error-context", str(tmp_path / "snippet.py")])
    found = {int(line.split(":")[1]) for line in told.splitlines() if ": error:" in line}
    assert found == {at for at, line in enumerate(SNIPPET.splitlines(), 1) if line.endswith("# wrong")}, told

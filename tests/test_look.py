"""The association's own look: colours that are read, logo, footer; and the example of docs/theming.md, built."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from conftest import Project
from hypothesis import given
from hypothesis import strategies as st

from honorroll.checks.rules.look import colours_are_read
from honorroll.content.contrast import ratio, readable
from honorroll.diagnostics import Place
from honorroll.model.campaign import CampaignInfo, Colours, Look
from honorroll.pages.files.palette import sheet, tokens

GUIDE = Path(__file__).parent.parent / "docs" / "theming.md"
STYLE = Path(__file__).parent.parent / "static" / "style.css"
INK = {"light": ("#17253b", "#4d5c75"), "dark": ("#e6ecf5", "#a9b7cc")}


def colour(most: int) -> st.SearchStrategy[str]:
    part = st.integers(0, most)
    return st.builds("#{:02x}{:02x}{:02x}".format, part, part, part)


def test_contrast_is_reckoned_as_wcag_does() -> None:
    assert ratio("#000000", "#ffffff") == 21
    assert round(ratio("#777777", "#ffffff"), 2) == 4.48  # the well-known grey that just fails
    assert ratio(readable("#777777", "#000000", "#ffffff"), "#ffffff") >= 4.5


@given(colour(90), colour(255), colour(255))
def test_all_text_is_read_in_light_and_dark(main: str, honour: str, accent: str) -> None:
    if ratio(main, "#ffffff") < 7:
        return
    for name, own in zip(INK, tokens(Colours.usual(main=main, honour=honour, accent=accent)), strict=True):
        grounds = [own[ground] for ground in ("paper", "bg", "tint")]
        for word in (own["blue"], own["seal"], INK[name][0]):
            assert min(ratio(word, ground) for ground in grounds) >= 4.5, (name, word)
        assert min(ratio(own["gold-ink"], own[ground]) for ground in ("paper", "bg", "gold-tint")) >= 4.5
        assert min(ratio(INK[name][1], own[ground]) for ground in ("paper", "bg")) >= 4.5


def test_every_colour_is_one_of_the_theme() -> None:
    style = STYLE.read_text(encoding="utf-8")
    for name in tokens(Colours.usual())[0]:
        assert f"--{name}:" in style


def test_light_and_dark_are_chosen_in_one_place() -> None:
    """Each colour that differs names both, so that a reader's choice and an association's colours need no rule of their own."""
    style = STYLE.read_text(encoding="utf-8")
    assert style.count("prefers-color-scheme") == 1
    assert "--light:" not in sheet(Colours.usual())
    light, dark = tokens(Colours.usual())
    for name in (name for name in light if light[name] != dark[name]):
        assert re.search(rf"--{name}: var\(--light, #\w+\) var\(--dark, #\w+\);", style), name


def test_without_a_look_nothing_of_it_is_there(project: Project) -> None:
    project.build()
    page = project.read("site/index.html")
    assert "static/colours." not in page
    assert not [url for url in project.output() if "colours" in url]


@pytest.mark.parametrize(
    ("look", "rule", "told"),
    [
        ('colours: {main: "#7fb2e5"}', "LOK-01", "look"),
        ('colours: {accent: "#ffcc00"}', "LOK-01", "accent"),
        ("logo: logo.svg", "LOK-02", "logo"),
        ("colours: {main: blue}", "SCH-12", "main"),
    ],
)
def test_what_would_not_be_read_or_is_not_there_is_told(project: Project, look: str, rule: str, told: str) -> None:
    project.write("data/campaign.yaml", project.read("data/campaign.yaml") + f"look:\n  {look}\n")
    found = [finding.diagnostic for finding in project.build().findings]
    assert {diagnostic.rule for diagnostic in found} == {rule}
    assert told in str(found)
    assert not project.site.exists()


@given(colour(255), colour(255), colour(255))
def test_a_proposed_colour_will_do(main: str, honour: str, accent: str) -> None:
    given = {"main": main, "honour": honour, "accent": accent}
    for _ in range(3):
        info = CampaignInfo.usual(look=Look.usual(colours=Colours.usual(**given)))
        info = info.placed(Place("data/campaign.yaml"))
        found = list(colours_are_read(SimpleNamespace(info=info)))
        given |= {str(one.place.keys[-1]): str(one.args["near"]) for one in found}
    assert found == []


def write_example(project: Project) -> dict[str, str]:
    """Put the files that the guide shows into a project, and nothing else."""
    guide = GUIDE.read_text(encoding="utf-8")
    files = dict(re.findall(r"<!-- file: (\S+) -->\n+```\w+\n(.*?)```", guide, re.DOTALL))
    assert len(files) == guide.count("```") // 2, "each block of the guide is a file of the example"
    for path, text in files.items():
        project.write(path, project.read(path) + text if path == "data/campaign.yaml" else text)
    return files


def test_the_example_of_the_guide(project: Project) -> None:
    files = write_example(project)
    assert set(files) == {"data/campaign.yaml", "static/logo.svg", "templates/404.html", "content/join.md"}
    result = project.build()
    assert [finding.message("en") for finding in result.findings] == []
    home, page = project.read("site/index.html"), project.read("site/news/2022-09-02-first.html")
    link = re.search(r'<link rel="stylesheet" href="\.\./(static/colours\.[0-9a-f]{8}\.css)">', page)
    assert link
    assert page.index("static/style.") < link.start()
    assert "--night: var(--light, #123524) var(--dark, #123524);" in project.read(f"site/{link[1]}")
    assert '<meta name="theme-color" content="#123524">' in home
    assert '<img src="static/logo.svg" alt="" width="36" height="36">' in home
    assert project.read("site/static/logo.svg") == files["static/logo.svg"]
    assert "江城市保安协会秘书处维护" in home
    assert '<a href="https://www.example.org/">江城市保安协会</a>' in home
    assert "这个网页不在这里" in project.read("site/404.html")
    assert '<a href="join.html"' in home
    assert "怎样报名" in project.read("site/join.html")
    assert "style=" not in home
    assert "<style" not in home

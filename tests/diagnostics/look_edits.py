"""Colours that are not read, a logo that is not there, posters that cannot be drawn."""

from typing import Any

from conftest import Project
from diagnostics.cases import BODY, POST, case
from diagnostics.picture_edits import CASES

__all__ = ["CASES"]


def look(project: Project, lines: str) -> None:
    project.write("data/campaign.yaml", project.read("data/campaign.yaml") + f"look:\n{lines}")


@case
def lok_01_pale(project: Project) -> None:
    look(project, '  colours:\n    main: "#7fb2e5"\n    honour: "#8a6d1f"\n    accent: "#ff8800"\n')


@case
def lok_02_misspelt(project: Project) -> None:
    project.write("static/logo.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>')
    look(project, "  logo: lgoo.svg\n")


@case
def shr_01_no_address(project: Project) -> dict[str, Any]:
    project.replace("data/campaign.yaml", "site:\n", "site:\n  posters: 是\n")
    return {"base_url": ""}


@case
def shr_02_moon(project: Project) -> None:
    project.replace("data/campaign.yaml", "site:\n", "site:\n  posters: 是\n")
    project.write(POST, BODY.format("月亮很圆。").replace("title: ", "title: 中秋夜🌕"))

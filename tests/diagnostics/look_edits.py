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


def districts(project: Project, rows: str) -> None:
    """Two districts, and a map of them."""
    more = "- {id: b1, name: 江南分局, kind: 分县局, region: 江南区}\n- {id: b2, name: 江北分局, kind: 分县局, region: 江北区}\n"
    project.write("data/orgs.yaml", project.read("data/orgs.yaml") + more)
    project.replace("data/projects.yaml", "org: zd", "org: b1")
    project.write("data/campaign.yaml", project.read("data/campaign.yaml") + f"map: |\n{rows}")


@case
def lok_03_a_sign_of_two_districts_and_of_none(project: Project) -> None:
    districts(project, "  北北～＿\n  南江东＿\n")


@case
def lok_04_left_out(project: Project) -> None:
    districts(project, "  南南～\n")

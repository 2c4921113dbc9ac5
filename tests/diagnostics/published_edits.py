"""What was published and has changed silently, or whose record was altered."""

from datetime import datetime

from conftest import Project
from diagnostics.cases import case
from diagnostics.look_edits import CASES

from honorroll import record
from honorroll.chinese import CHINA

__all__ = ["CASES"]


def publish(project: Project) -> None:
    moment = datetime(2022, 10, 20, 9, tzinfo=CHINA)
    campaign = project.build(today=moment.date()).campaign
    assert campaign
    facts = record.facts(campaign, project.output())
    record.add_edition(project.root, facts, moment, "0001-aaaaaaaa", "web", sample=True)


@case
def rec_01_edited(project: Project) -> None:
    publish(project)
    project.replace("data/published/0001.txt", "200余", "300余")


@case
def rec_02_gone_with_its_decision(project: Project) -> None:
    publish(project)
    project.write("data/awards.yaml", "[]\n")
    project.write("data/notices.yaml", "[]\n")


@case
def rec_03_another_day(project: Project) -> None:
    publish(project)
    project.replace("data/notices.yaml", "date: 2022-09-20", "date: 2022-09-21")


@case
def rec_04_another_value(project: Project) -> None:
    publish(project)
    project.replace("data/figures.yaml", "value: 200", "value: 300")


@case
def rec_05_a_post_is_gone(project: Project) -> None:
    publish(project)
    project.remove("content/news/2022-09-02-first.md")

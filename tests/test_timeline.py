"""The timeline: phases, documents and what counts most, in the order of their days, with the present marked."""

from datetime import date

from conftest import Project
from reference import Page, text_of


def rows(project: Project, today: date) -> list[tuple[str, str]]:
    """The class and the title of each row on that day, in order."""
    assert project.build(today=today).counts is not None
    page = Page("timeline.html", project.site / "timeline.html")
    items = [item for each in page.find("ol") if each.get("class") == "events" for item in each.findall("li")]
    return [(item.get("class") or "", text_of(item)) for item in items]


def place(found: list[tuple[str, str]], words: str) -> int:
    """The row that tells of something."""
    return next(at for at, (_, text) in enumerate(found) if words in text)


def test_the_present_stands_between_what_was_and_what_is_to_come(project: Project) -> None:
    found = rows(project, date(2022, 10, 1))
    now = place(found, "现在")
    assert place(found, "巡逻巡查") < now < place(found, "活动结束")
    assert "进行中" in found[place(found, "巡逻巡查")][1]
    assert "ahead" in found[place(found, "活动结束")][0]


def test_another_day_makes_the_page_anew_only_when_something_came_to_pass(project: Project) -> None:
    assert project.build(today=date(2022, 10, 1)).counts
    assert "timeline.html" not in project.build(today=date(2022, 10, 2)).reasons
    assert "timeline.html" in project.build(today=date(2022, 11, 1)).reasons  # the phase is over


def test_nothing_is_ahead_once_all_is_over(project: Project) -> None:
    project.replace("data/campaign.yaml", "end: 2099-12-31", "end: 2022-10-31")
    found = rows(project, date(2022, 12, 1))
    assert not any("ahead" in kind or "today" in kind for kind, _ in found)


def test_posts_of_awards_are_told_and_others_are_not(project: Project) -> None:
    for name, extra in (("2022-09-05-kickoff", ""), ("2022-09-06-daily", ""), ("2022-09-07-award", "awards: [a01]\n")):
        project.write(f"content/news/{name}.md", f"---\ntitle: {name}\ndate: {name[:10]}\n{extra}---\n\n晴。\n")
    told = " ".join(text for _, text in rows(project, date(2022, 11, 20)))
    assert "2022-09-07-award" in told
    assert "2022-09-06-daily" not in told

from datetime import date, datetime, time
from typing import Any

import pytest
from conftest import Project
from reference import copy_project

from honorroll.chinese.typography import CHINA
from honorroll.cli import upcoming
from honorroll.engine.pipeline import Options, build
from honorroll.model.tables import Campaign
from honorroll.pages.visibility import holds, visible
from honorroll.publish.targets import Memory


@pytest.fixture(scope="module")
def september(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The reference site as of 10 September 2022."""
    root = copy_project(tmp_path_factory.mktemp("september"))
    memory = Memory()
    # Later posts link to what is not there yet, but they are not there either.
    result = build(Options(root=root, out=root / "site", today=date(2022, 9, 10)), memory)
    assert result.counts is not None, [finding.message("en") for finding in result.findings]
    return {url: data.decode() for url, data in memory.files.items() if url.endswith((".html", ".xml"))}


def test_no_ledger_tells_of_a_day_to_come(september: dict[str, str]) -> None:
    for url, text in september.items():
        if url.startswith(("teams/", "ledger/")) or url == "results.html":
            for day in range(11, 31):
                assert f"2022-09-{day}" not in text + url, url
                assert f"2022年9月{day}日" not in text, url


def test_documents_and_awards_appear_on_their_day(september: dict[str, str]) -> None:
    assert "notices/n2020-01.html" in september
    assert not any(url.startswith(("notices/n2022", "awards/a2022")) for url in september)
    assert not any("awards/a2022" in text for text in september.values())


def test_deeds_appear_on_their_day(september: dict[str, str]) -> None:
    assert "deeds/d01.html" in september
    assert "deeds/d18.html" not in september
    assert not any("deeds/d18.html" in text for text in september.values())


def test_duties_to_come_are_shown_to_nobody(project: Project) -> None:
    project.replace("data/patrols.yaml", "hours: 4.5", "hours: 7.25")
    for day, shown in ((date(2022, 8, 31), False), (date(2022, 9, 1), True)):
        project.build(today=day, future=True, drafts=True)
        site = b"".join(data for url, data in project.output().items() if url.endswith(".html"))
        assert (b"7.25" in site, "白天现场巡查".encode() in site) == (shown, shown)


def test_all_of_it_can_be_seen_beforehand(project: Project) -> None:
    early = project.build(today=date(2022, 1, 1))
    whole = project.build(today=date(2022, 1, 1), future=True)
    assert whole.pages > early.pages


def seen(campaign: Campaign, **asked: Any) -> Campaign:
    """What is visible at the end of its day."""
    return visible(campaign, holds(campaign, datetime.combine(campaign.today, time.max, CHINA)).since, **asked)


@pytest.mark.parametrize(
    ("given", "today", "named"),
    [
        ("2022-09-02", date(2022, 9, 1), False),
        ("2022-09-02", date(2022, 9, 2), True),
        ("2099-01-01", date(2022, 11, 1), False),
        ("2022-11-02", date(2022, 11, 1), False),
        ("2022-11-01", date(2022, 11, 1), True),
        ("2022-09-02\n  withdrawn: 2099-01-01", date(2022, 11, 1), False),  # at once, whatever its day
    ],
)
def test_nobody_is_named_before_the_day_of_the_consent(given: str, today: date, named: bool, project: Project) -> None:
    """王守江 of deed d01: on no page, feed, index or export."""
    project.replace("data/consents.yaml", "given: 2022-09-02", f"given: {given}")
    assert project.build(today=today).counts
    output = project.output()
    assert any("王守江".encode() in data for data in output.values()) == named
    assert ("names.html" in output) == named
    if not named:
        assert "一名保安员" in output["deeds/d01.html"].decode()


def test_a_consent_to_come_is_upcoming(project: Project) -> None:
    project.replace("data/consents.yaml", "given: 2022-09-02", "given: 2022-11-05")
    options = Options(root=project.root, out=project.site, today=date(2022, 11, 1))
    found = {str(moment.date()): files for moment, files, _ in upcoming.changes(options, 10) if files}
    assert "names.html" in found["2022-11-05"]["new"]
    assert "deeds/d01.html" in found["2022-11-05"]["changed"]
    assert project.build().counts
    assert project.build(today=date(2022, 11, 5)).counts  # after an incremental build it is named
    assert "王守江" in project.output()["deeds/d01.html"].decode()


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("欧阳长河", "欧阳某某"),
        ("王　守江", "王某某"),
        ("买买提·艾力江", "买买提·某某"),
        ("John Smith", "J. Smith"),
        ("王守江师傅", "王师傅"),
    ],
)
def test_a_mask_holds_on_every_page_and_in_every_file(name: str, masked: str, project: Project) -> None:
    project.replace("data/persons.yaml", "name: 王守江\n  mask: 全名", f"name: {name}\n  mask: 隐名")
    assert project.build().counts
    output = project.output()
    assert masked in output["deeds/d01.html"].decode()
    assert "names.html" not in output
    secret = name.rsplit("\u3000", maxsplit=1)[-1].encode()
    assert not [url for url, data in output.items() if secret in data]

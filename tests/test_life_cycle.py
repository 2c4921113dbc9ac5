"""One award from the application to its revocation, day by day: every file of the site is held to what may be said on it.

`STORIES` tell what happens when. On each day the site is built twice: from all that will ever be known, and from what
was known on that day. Both must be the same, byte for byte, and so must the records that pages and exports are made
from; `facts` say which words may stand anywhere in it.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

import pytest
from conftest import Project

RECIPIENT, TITLE, AWARD = "一小护校项目", "江城优秀保安服务项目", "awards/a01.html"
COMPLAINT, REASON, PRAISE, REFUSAL = "反映训练签到不实", "申报材料失实", "雨天的伞歪向孩子", "条件不再具备"
STATES = ("公示中", "公示期满", "异议核查中", "已授予", "未授予", "已撤销")
#: A word for a state; 尚未授予 says only that nothing is decided.
STATE = re.compile("公示中|公示期满|异议核查中|已授予|(?<!尚)未授予|已撤销")
#: What nobody may be called before it is granted.
WINNER = re.compile("获奖|荣获|获得者|winner", re.IGNORECASE)


def day(text: str) -> date:
    return date.fromisoformat(f"2022-{text}")


LEDGER = """\
- {date: 2022-09-05, shift: 白天, team: t02, points: [{kind: 学校, project: p01, finding: 在岗}, {kind: 小区, count: 9}]}
- {date: 2022-09-05, shift: 晚上, team: t02, points: [{kind: 医院}]}
"""


class Story(NamedTuple):
    """When things happen to the award; what has no day never does. The notice runs from 09-13 to 09-19."""

    received: str = ""
    closed: str = ""
    outcome: str = ""
    decided: str = ""
    refused: str = ""
    revoked: str = ""


#: Each story, and from when on which state is shown. Before the first day nothing of the award is.
STORIES: dict[str, tuple[Story, dict[str, str]]] = {
    "granted and revoked": (
        Story("09-15", "09-22", "不成立", decided="09-26", revoked="10-20"),
        {"09-13": "公示中", "09-15": "异议核查中", "09-22": "公示期满", "09-26": "已授予", "10-20": "已撤销"},
    ),
    "an objection closed while the notice runs": (
        Story("09-14", "09-16", "不成立", decided="09-20"),
        {"09-13": "公示中", "09-14": "异议核查中", "09-16": "公示中", "09-20": "已授予"},
    ),
    "an objection found right": (
        Story("09-19", "09-28", "成立"),
        {"09-13": "公示中", "09-19": "异议核查中", "09-28": "未授予"},
    ),
    "left out of the decision": (
        Story(refused="09-26"),
        {"09-13": "公示中", "09-20": "公示期满", "09-26": "未授予"},
    ),
    "nobody decides": (Story(), {"09-13": "公示中", "09-20": "公示期满"}),
    "under review for good": (Story("09-15"), {"09-13": "公示中", "09-15": "异议核查中"}),
}


def facts(story: Story) -> Iterator[tuple[str, str]]:
    """Words, and the first day on which they may and must stand somewhere in the site."""
    yield RECIPIENT, "09-01"
    yield 'datetime="2022-09-03"', "09-03"  # the client agreed
    yield 'datetime="2022-09-09"', "09-09"  # recommended
    yield "示例〔2022〕1号", "09-13"
    for words, first in (
        ("收到异议", story.received),
        ("核查结束", story.closed),
        (COMPLAINT, story.closed),
        (PRAISE, story.decided),
        ("示例〔2022〕2号", story.decided or story.refused),
        (REFUSAL, story.refused),
        (REASON, story.revoked),
        ("示例〔2022〕3号", story.revoked),
    ):
        yield words, first or "12-31"


def write(project: Project, story: Story, known: date) -> None:
    """The data as they are known on a day."""

    def by(text: str) -> bool:
        return bool(text) and day(text) <= known

    project.write("data/inspections.yaml", LEDGER if by("09-05") else "")
    parts = [f"id: p01, name: {RECIPIENT}, cycle: y2022, site_kind: 学校, company: c01, client: k01, guards: 10"]
    parts.append("certified: 10, data_accurate: 是, applied: 2022-09-01")
    parts += ["consent: 2022-09-03"] if by("09-03") else []
    held = ((2, "训练"), (4, "演练"), (4, "隐患排查"))
    done = (f"{{kind: {kind}, date: 2022-09-0{n}, note: 有记录}}" for n, kind in held if by(f"09-0{n}"))
    parts.append(f"activities: [{', '.join(done)}]")
    parts += ["merits: [{kind: 感人事迹, date: 2022-09-08, evidence: 学校来信, deed: d01}]"] if by("09-08") else []
    recommended = "recommendation: {org: zd, visit: 2022-09-08, review: 2022-09-09, date: 2022-09-09}"
    parts += [recommended] if by("09-09") else []
    project.write("data/projects.yaml", f"- {{{', '.join(parts)}}}\n")

    award = [f"id: a01, cycle: y2022, kind: 项目, title: {TITLE}, project: p01, notice: n01"]
    closed = f", closed: 2022-{story.closed}, outcome: {story.outcome}" if by(story.closed) else ""
    if by(story.received):
        award.append(f"objections: [{{received: 2022-{story.received}, about: {COMPLAINT}{closed}}}]")
    award += [f"decision: n02, citation: {PRAISE}"] if by(story.decided) else []
    award += [f"refused: {{notice: n02, reason: {REFUSAL}}}"] if by(story.refused) else []
    award += [f"revoked: {{date: 2022-{story.revoked}, reason: {REASON}, notice: n03}}"] if by(story.revoked) else []
    project.write("data/awards.yaml", f"- {{{', '.join(award)}}}\n" if by("09-13") else "")

    paper = "- {{id: n0{0}, kind: {1}, title: 第{0}份文件, number: 示例〔2022〕{0}号, date: 2022-{2}, issuers: [zd, xh], {3}}}\n"
    papers = [("公示", "09-13", "start: 2022-09-13, end: 2022-09-19, body: 公示名单。")]
    papers.append(
        ("表彰决定", story.decided or story.refused, f"awards: [{'a01' * bool(story.decided)}], body: 决定。")
    )
    papers.append(("撤销", story.revoked, "awards: [a01], body: 撤销。"))
    text = "".join(paper.format(n, kind, when, rest) for n, (kind, when, rest) in enumerate(papers, 1) if by(when))
    project.write("data/notices.yaml", text)


@pytest.fixture
def told(project: Project) -> Project:
    """With posts of several days that name the project, and the award where it is there."""
    project.replace("data/deeds.yaml", "  place:", "  project: p01\n  place:")
    for when, award in (("09-10", ""), ("09-14", "a01"), ("09-27", "a01"), ("10-21", "a01")):
        head = f"---\ntitle: 值班日记\ndate: 2022-{when}\ntags: [巡逻防控]\nprojects: [p01]\nawards: [{award}]\n---\n\n"
        project.write(f"content/news/2022-{when}-note.md", head + "[项目](project:p01)一切照常。\n")
    return project


DAYS = [day("08-31") + timedelta(days=n) for n in range(54)]


@pytest.mark.parametrize("name", STORIES)
def test_every_file_says_what_may_be_said_on_its_day(told: Project, name: str) -> None:
    story, states = STORIES[name]
    posts = {path: path.read_bytes() for path in (told.root / "content" / "news").glob("*-note.md")}
    for today in DAYS:
        write(told, story, date.max)
        whole = build(told, today)
        hold(whole, today, story, next((s for first, s in reversed(states.items()) if day(first) <= today), ""))
        write(told, story, today)
        for path in posts:
            if path.name[:10] > str(today):
                path.unlink()
        assert build(told, today) == whole, today
        for path, data in posts.items():
            path.write_bytes(data)


def build(project: Project, today: date) -> dict[str, str]:
    """Every file by address, and under `records` what all of them are made from."""
    result = project.build(today=today)
    assert [finding.message("en") for finding in result.findings] == [], today
    assert result.campaign
    records = (*result.campaign.awards.values(), *result.campaign.projects.values())
    return {"records": "\n".join(str(record.values()) for record in records)} | {
        url: data.decode(errors="replace")
        for url, data in project.output().items()
        if not url.startswith((".honorroll", "static/"))
    }


OFFERS = ("awards/a01.qr.svg", "awards/a01.certificate.html")


def hold(site: dict[str, str], today: date, story: Story, state: str) -> None:
    """Hold all files to the day's facts, and each that mentions the award to its state."""
    everything = "".join(site.values())
    for words, first in facts(story):
        assert (words in everything) == (day(first) <= today), (today, words)
    assert (AWARD in site) == bool(state), today
    assert state or AWARD not in everything, today
    for url, text in site.items():
        if url == "data/index.html" or url.endswith(".schema.json"):  # they say what a state may be, of no award
            assert AWARD not in text
            continue
        assert set(STATE.findall(text)) <= {state}, (today, url)
        assert state in ("已授予", "已撤销") or not WINNER.search(text), (today, url)
        assert state == "已授予" or "有效。" not in text, (today, url)
        if AWARD in text and not url.endswith((".qr.svg", "sitemap.xml")) and state != "已授予":
            assert STATE.search(text), (today, url)  # who names it says how it stands
    for offer in OFFERS:  # what a winner may print and hang up
        assert (offer in site) == (offer in everything) == (state == "已授予"), (today, offer)
    for url in state and places(state):
        assert state in STATE.findall(site[url]), (today, url)
    if state:
        assert_award_page(site[AWARD], state)


def places(state: str) -> Iterator[str]:
    """Pages that must say the state; a list that holds what was granted leaves the label out."""
    yield from (
        AWARD,
        "notices/n01.html",
        "contest/index.html",
        "contest/p01.html",
        "companies/c01.html",
        "deeds/d01.html",
    )
    if state not in ("已授予", "未授予"):
        yield "awards/index.html"


CLEARLY = {
    "公示中": ("拟授予", "公示到"),
    "公示期满": ("拟授予", "等待作出决定"),
    "异议核查中": ("拟授予", "正在核查"),
    "已授予": ("有效。",),
    "未授予": ("没有授予。",),
    "已撤销": ("无效。", f"2022年10月20日撤销：{REASON}"),
}


def assert_award_page(text: str, state: str) -> None:
    for words in CLEARLY[state]:
        assert words in text, (state, words)
    assert "示例。" in text  # the project's data are sample data, and so is the award
    assert ("拟授予" in text) == (state in ("公示中", "公示期满", "异议核查中", "未授予"))


def test_the_stories_tell_every_state() -> None:
    assert {state for _, states in STORIES.values() for state in states.values()} == set(STATES)


def test_a_list_shows_nothing_that_was_not_granted_in_the_end(told: Project) -> None:
    write(told, STORIES["an objection found right"][0], date.max)
    site = build(told, day("10-01"))
    assert AWARD not in site["awards/index.html"]
    assert AWARD not in site["index.html"]
    assert AWARD in site["notices/n01.html"]

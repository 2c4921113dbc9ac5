import gc
import shutil
import sqlite3
import time
from contextlib import closing
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from conftest import MINIMAL, Project, published
from msgspec.structs import replace
from PIL import Image

from honorroll.content.texts import Known
from honorroll.engine import pipeline
from honorroll.engine.pipeline import Options, build
from honorroll.incremental.database import Database
from honorroll.incremental.file_stat import state
from honorroll.inputs.loader import Loaded
from honorroll.inputs.scan import Listing
from honorroll.inputs.yaml_reader import YamlReader
from honorroll.model import Post
from honorroll.pages import planning
from honorroll.publish.publication import Counts
from honorroll.publish.targets import Memory
from honorroll.publish.traces import Trace
from honorroll.render import renderer
from honorroll.render.template_analysis import TemplateSource


def counts(project: Project, **options: object) -> Counts:
    result = project.build(**options)
    assert result.counts is not None, result.findings
    return result.counts


def test_a_second_build_writes_nothing(project: Project) -> None:
    first = counts(project)
    assert first.written > 0
    before = project.output()
    assert counts(project) == Counts(0, first.written, 0)
    assert project.output() == before


def rendered(project: Project, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The addresses that the next build renders."""
    seen: set[str] = set()
    real = renderer.Theme.render

    def watch(theme: Any, name: str, site: Any, page: Any, *rest: Any) -> Any:
        seen.add(page.url)
        return real(theme, name, site, page, *rest)

    monkeypatch.setattr(renderer.Theme, "render", watch)
    counts(project)
    monkeypatch.undo()
    return seen


def test_nothing_is_rendered_when_nothing_changed(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    counts(project)
    assert rendered(project, monkeypatch) == set()


def test_a_change_in_a_body_renders_that_post_only(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    counts(project)
    path = "content/news/2022-09-02-first.md"
    project.write(path, project.read(path) + "\n\n又及：雨停了。\n")
    seen = rendered(project, monkeypatch)
    assert {url for url in seen if not url.startswith("search/")} == {"news/2022-09-02-first.html"}


def test_a_harmed_file_is_put_right(project: Project) -> None:
    counts(project)
    before = project.output()
    (project.site / "index.html").write_text("harmed")
    (project.site / "plan.html").unlink()
    assert counts(project).written == 2
    assert project.output() == before


@pytest.mark.parametrize("damage", [b"", b"{", b"SQLite format 3\x00", b"\x00" * 8192])
def test_a_damaged_cache_means_a_clean_build_and_the_same_site(project: Project, damage: bytes) -> None:
    counts(project)
    before = project.output()
    path = "content/news/2022-09-02-first.md"
    (project.root / ".cache" / "cache.db").write_bytes(damage)
    assert set(project.build().reasons.values()) == {"fresh"}
    assert project.output() == before
    project.write(path, project.read(path) + "\n\n又及。\n")
    assert counts(project).written > 0


@pytest.mark.parametrize("name", ["files of Post", "texts", "traces", "files", "templates"])
def test_a_damaged_table_means_a_clean_build(project: Project, name: str) -> None:
    counts(project)
    before = project.output()
    with closing(sqlite3.connect(project.root / ".cache" / "cache.db")) as database:
        assert database.execute("UPDATE shard SET value = substr(value, 3) WHERE name = ?", (name,)).rowcount
        database.commit()
    result = project.build()
    assert [finding.diagnostic.rule for finding in result.findings] == ["PUB-11"]
    assert result.counts
    assert result.counts.written == 0
    assert project.output() == before
    assert project.build().findings == ()


def test_a_cache_of_another_version_is_not_believed(project: Project) -> None:
    counts(project)
    with closing(sqlite3.connect(project.root / ".cache" / "cache.db")) as database:
        database.execute("UPDATE version SET fingerprint = 'other'")
        database.commit()
    assert set(project.build().reasons.values()) == {"fresh"}


def test_the_cache_holds_what_every_build_needs(project: Project) -> None:
    """An entry that could not be read again would cost time, and nobody would notice."""
    counts(project)
    database = Database(project.root / ".cache" / "cache.db")
    kinds = {
        "files of Post": Loaded[Post],
        "texts": Known,
        "traces": Trace,
        "files": Listing,
        "templates": TemplateSource,
    }
    sizes = {name: len(database.table(name, kind).values) for name, kind in kinds.items()}
    database.close()
    assert sizes["traces"] == len(project.output()) - 1  # without the list
    assert all(sizes.values()), sizes


def test_a_template_of_the_project_overrides_the_theme(project: Project) -> None:
    counts(project)
    project.write("templates/robots.txt", "User-agent: *\n")
    assert counts(project).written == 1
    assert project.output()["robots.txt"] == b"User-agent: *\n"


def test_a_change_in_a_static_file_renders_the_pages_that_name_it(project: Project) -> None:
    counts(project)
    project.write("static/style.css", "body { color: black }\n")
    before = project.output()
    counts(project)
    after = project.output()
    changed = {url for url in after if after[url] != before.get(url)}
    assert published("static/style.css", after) in changed
    assert {url for url in after if url.endswith(".html")} <= changed
    assert "feed.xml" not in changed


def test_an_error_leaves_the_site_untouched(project: Project) -> None:
    counts(project)
    before = project.output()
    project.write("data/teams.yaml", "- id: t01\n")
    project.write("content/news/2022-09-09-new.md", "---\ntitle: 新\ndate: 2022-09-09\n---\n\n正文。\n")
    result = project.build()
    assert result.counts is None
    assert result.findings
    assert project.output() == before


def test_posts_of_the_future_and_drafts_wait(project: Project) -> None:
    project.write("content/news/2022-12-01-later.md", "---\ntitle: 以后\ndate: 2022-12-01\n---\n\n正文。\n")
    project.write("content/news/2022-09-09-draft.md", "---\ntitle: 草稿\ndate: 2022-09-09\ndraft: 是\n---\n\n正文。\n")
    counts(project)
    assert not {"news/2022-12-01-later.html", "news/2022-09-09-draft.html"} & set(project.output())
    counts(project, today=date(2022, 12, 1), drafts=True)
    assert {"news/2022-12-01-later.html", "news/2022-09-09-draft.html"} <= set(project.output())
    counts(project, future=True)
    assert "news/2022-12-01-later.html" in project.output()


def test_a_deleted_post_takes_its_page_with_it(project: Project) -> None:
    project.write("content/news/2022-09-09-short.md", "---\ntitle: 短\ndate: 2022-09-09\n---\n\n正文。\n")
    counts(project)
    project.remove("content/news/2022-09-09-short.md")
    assert counts(project).removed == 1
    assert "news/2022-09-09-short.html" not in project.output()
    assert not any(b"2022-09-09-short" in data for data in project.output().values())
    assert counts(project).written == 0  # nor does it come back


def test_memory_holds_the_same_bytes_as_a_folder(project: Project) -> None:
    counts(project)
    memory = Memory()
    options = Options(root=project.root, out=project.site, today=date(2022, 11, 1))
    first = build(options, memory).counts
    assert first is not None
    assert first.written == len(memory.files)
    assert memory.files == {url: data for url, data in project.output().items() if url != ".honorroll"}
    assert build(options, memory).counts == Counts(0, first.written, 0)


def test_a_failed_build_does_not_lock_the_cache(project: Project) -> None:
    project.replace("data/teams.yaml", "headcount: ", "headcount: 十#")
    assert project.build().counts is None
    database = Database(project.root / ".cache" / "cache.db")
    database.store("key", "made of this", "text")
    database.save()
    again = Database(project.root / ".cache" / "cache.db")
    assert again.load("key", "made of this") == "text"
    assert again.load("key", "made of that") is None
    again.close()


def test_texts_that_nobody_asks_for_are_dropped_in_time(project: Project) -> None:
    counts(project)
    database = Database(project.root / ".cache" / "cache.db")
    for number in range(3000):
        database.store(f"old {number}", "", "text")
    database.save()
    path = "content/news/2022-09-02-first.md"
    project.write(path, project.read(path) + "\n又及。\n")
    assert counts(project).written
    assert Database(project.root / ".cache" / "cache.db").load("old 0", "") is None


def test_a_file_that_changes_during_a_build_begins_it_again(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    counts(project)
    path = "content/news/2022-09-02-first.md"
    project.replace(path, "。", "！")
    real, times = pipeline.load, []

    def load(*given: Any) -> Any:
        times.append(1)
        if len(times) == 1:
            project.replace(path, "！", "？")
        return real(*given)

    monkeypatch.setattr(pipeline, "load", load)
    counts(project)
    assert len(times) == 2
    assert "？".encode() in project.output()["news/2022-09-02-first.html"]
    project.write(path, project.read(path) + "！\n")
    monkeypatch.setattr(
        pipeline, "load", lambda *given: project.write(path, project.read(path) + "。\n") and real(*given)
    )
    assert [finding.diagnostic.rule for finding in project.build().findings] == ["SRC-10"]


def test_a_file_that_was_trusted_is_put_right_when_it_moves(project: Project) -> None:
    trusted(project)
    project.write("site/plan.html", "harmed")
    assert project.build().reasons == {"plan.html": "output"}


def test_verifying_trusts_no_state_of_a_file(project: Project) -> None:
    """Here the harm is done so that even the state of the file is the expected one."""
    database = trusted(project)
    project.write("site/plan.html", "harmed")
    harmed = state((project.site / "plan.html").lstat())
    traces = database.table("traces", Trace)
    traces.put("plan.html", replace(traces.values["plan.html"], state=harmed))
    database.save()
    assert project.build().reasons == {}
    assert project.build(verify=True).reasons == {"plan.html": "output"}


def trusted(project: Project) -> Database:
    """The cache of a project whose files have rested since they were built."""
    counts(project)
    time.sleep(0.1)
    counts(project)
    database = Database(project.root / ".cache" / "cache.db")
    trace = database.table("traces", Trace).get("plan.html")
    assert trace
    assert trace.state
    return database


def test_data_are_equal_when_only_texts_differ(project: Project) -> None:
    first = project.build().campaign
    path = "content/news/2022-09-02-first.md"
    project.write(path, project.read(path) + "\n又及。\n")
    assert project.build().campaign == first
    (project.root / "content/news/2022-09-02-first").mkdir()
    (project.root / path).rename(project.root / "content/news/2022-09-02-first/index.md")
    assert project.build().campaign != first
    shutil.copytree(MINIMAL, project.root, dirs_exist_ok=True)
    shutil.rmtree(project.root / "content/news/2022-09-02-first")
    assert project.build().campaign == first
    head, one, other = project.read("data/teams.yaml").split("- id:")
    project.write("data/teams.yaml", f"{head}- id:{other.rstrip()}\n- id:{one}")
    assert project.build().campaign != first


def planned(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The addresses of the pages that are planned from now on."""
    seen: set[str] = set()
    real = planning.planned_from

    def watch(index: Any, section: str, entry: Any) -> Any:
        seen.add(entry.url)
        return real(index, section, entry)

    monkeypatch.setattr(planning, "planned_from", watch)
    return seen


#: Made from the list of all addresses, or from nothing.
ALWAYS = {"robots.txt", "sitemap.xml"}

#: An edit, and the pages that are planned after it; none stands for all.
PLANNED: dict[str, tuple[tuple[str, str, str], set[str] | None]] = {
    "a body": (("content/news/2022-09-02-first.md", "街上很静", "街上真静"), set()),
    "a comment": (("data/teams.yaml", "headcount: 5", "headcount: 5 # 五人"), set()),
    "a name": (
        ("data/teams.yaml", "江边巡逻", "江岸巡逻"),
        {
            "timeline.html",
            "deeds/feed.xml",
            "teams/t01.html",
            "teams/index.html",
            "results.html",
            "news/2022-09-02-first.html",
        }
        | {"deeds/d01.html", "deeds/index.html", "index.html"}
        | {
            "data/index.html",
            "data/deeds.csv",
            "data/deeds.json",
            "ledger/2022-09-01.html",
            "companies/c01.html",
            "contest/p01.html",
            "awards/a01.html",
        },  # they show the card of its deed, or its own
    ),
    "the ground": (("data/campaign.yaml", "name: ", "name: 又"), None),
}


@pytest.mark.parametrize("name", PLANNED)
def test_only_pages_whose_inputs_may_have_changed_are_planned(
    project: Project, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    edit, expected = PLANNED[name]
    project.replace("content/news/2022-09-02-first.md", "source:", "summary: 出发了。\nsource:")
    counts(project)
    project.replace(*edit)
    seen = planned(monkeypatch)
    counts(project)
    every = {url for url in project.output() if not url.startswith((".", "static/", "search/"))}
    assert seen - ALWAYS == (every - ALWAYS if expected is None else expected)


def test_a_text_is_converted_anew_when_its_picture_changes(project: Project) -> None:
    path = "content/news/2022-09-02-first.md"
    project.write(path, project.read(path) + "\n![图](pic.png)\n")
    for width in (3, 4):
        data = BytesIO()
        Image.new("RGB", (width, 2)).save(data, "PNG")
        project.write("content/news/pic.png", data.getvalue())
        counts(project)
        assert f'width="{width}"'.encode() in project.output()["news/2022-09-02-first.html"]


def test_a_check_leaves_the_cache_as_it_is(project: Project) -> None:
    counts(project)
    cache = project.root / ".cache" / "cache.db"
    before = cache.read_bytes()
    path = "content/news/2022-09-02-first.md"
    project.write(path, project.read(path) + "\n又及。\n")
    assert not project.check().findings
    assert cache.read_bytes() == before


def test_a_card_is_planned_anew_when_its_picture_changes(project: Project) -> None:
    project.replace(
        "content/news/2022-09-02-first.md", "source:", "summary: 出发了。\nimage: {src: pic.png, alt: 图}\nsource:"
    )
    for width in (3, 4):
        data = BytesIO()
        Image.new("RGB", (width, 2)).save(data, "PNG")
        project.write("content/news/pic.png", data.getvalue())
        counts(project)
        for url in ("index.html", "news/index.html", "news/2022-09-02-first.html"):
            assert f'width="{width}"'.encode() in project.output()[url], url


def test_a_page_that_was_away_is_planned_anew_when_it_is_back(project: Project) -> None:
    """While it was away, what it shows may have changed and changed back."""
    project.replace("data/campaign.yaml", "site:\n", "site:\n  posts_per_page: 1\n")
    second = "content/news/2022-09-03-second.md"
    project.write(second, "---\ntitle: 第二班\ndate: 2022-09-03\n---\n\n雨。\n")
    counts(project)
    first = project.output()
    text = project.read(second)
    project.remove(second)
    project.replace("content/news/2022-09-02-first.md", "第一班巡逻", "头一班巡逻")
    counts(project)
    project.write(second, text)
    counts(project)
    project.replace("content/news/2022-09-02-first.md", "头一班巡逻", "第一班巡逻")
    counts(project)
    assert project.output() == first


def test_pages_are_planned_anew_on_a_new_day(project: Project) -> None:
    """Here no record says more than the day before, and yet the notice is over."""
    project.replace("data/notices.yaml", "date: 2022-09-20", "date: 2022-09-25")
    counts(project, today=date(2022, 9, 19))
    counts(project, today=date(2022, 9, 20))
    later = project.output()
    shutil.rmtree(project.root / ".cache")
    counts(project, today=date(2022, 9, 20))
    assert project.output() == later


def test_rules_look_again_when_a_record_or_the_day_is_another(project: Project) -> None:
    short = "- team: t01\n  date: 2022-11-01\n  area: 江边街道\n  hours: {}\n"
    project.write("data/patrols/2022-11.yaml", short.format("4.5"))
    assert not project.build().findings
    project.write("data/patrols/2022-11.yaml", short.format("0.5"))
    assert not project.build().findings
    for _ in range(2):  # what was found is told at every build
        assert [finding.diagnostic.rule for finding in project.build(today=date(2022, 11, 2)).findings] == ["PAT-06"]
    project.write("data/patrols/2022-11.yaml", short.format("4.5"))
    assert not project.build(today=date(2022, 11, 2)).findings
    project.write("data/patrols/2022-11.yaml", short.format("0.5"))
    assert [finding.diagnostic.rule for finding in project.build(today=date(2022, 11, 2)).findings] == ["PAT-06"]


def test_rules_look_again_when_a_faulty_record_has_gone(project: Project) -> None:
    """What names it was given the benefit of the doubt."""
    project.replace("data/patrols.yaml", "team: t01", "team: t09")
    project.write("data/teams/more.yaml", "- id: t09\n  name: 第九巡查组\n")
    assert "REF-01" not in {finding.diagnostic.rule for finding in project.build().findings}
    project.remove("data/teams/more.yaml")
    assert "REF-01" in {finding.diagnostic.rule for finding in project.build().findings}


def test_a_text_that_moves_is_read_from_where_it_is(project: Project) -> None:
    """The same words, in a folder of their own: their links lead from there."""
    project.write("content/news/plan.md", "---\ntitle: 计划的消息\ndate: 2022-09-03\n---\n\n有了。\n")
    text = "---\ntitle: 第三班\ndate: 2022-09-04\nsummary: 看。\n---\n\n见[计划](../plan.md)。\n"
    project.write("content/news/third.md", text)
    counts(project)
    assert b'href="../plan.html">' in project.output()["news/third.html"]
    project.remove("content/news/third.md")
    project.write("content/news/third/index.md", text)
    assert set(project.build().reasons) == {"news/third.html"}
    assert b'href="../news/plan.html">' in project.output()["news/third.html"]


#: Teams in one file; the dash of each odd one stands alone in its line, so that the items cannot be told apart plainly.
TEAM = "  id: t0{}\n  name: 第{}巡查组\n  type: 巡查组\n  org: xh\n  headcount: 2\n"


@pytest.mark.parametrize("more", ["-" + TEAM.format(8, 8)[1:], "-" + TEAM.format(8, 8)[1:] + "-\n" + TEAM.format(9, 9)])
def test_items_that_cannot_be_told_apart_are_all_read(project: Project, more: str) -> None:
    three = ("-" + TEAM.format(3, 3)[1:], "-\n" + TEAM.format(4, 4), "-" + TEAM.format(5, 5)[1:])
    project.write("data/teams/more.yaml", "".join(three))
    counts(project)
    project.write("data/teams/more.yaml", "".join((*three, more)))
    campaign = project.build().campaign
    shutil.rmtree(project.root / ".cache")
    assert campaign == project.build().campaign
    assert campaign
    assert len(campaign.teams) == 5 + more.count("id:")


@pytest.mark.parametrize(("many", "collected"), [(10, True), (10_000, False)])
def test_garbage_is_collected_where_much_is_made(
    project: Project, many: int, collected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renderer, "MANY", many)
    gc.disable()
    try:
        project.build()
        assert gc.isenabled() == collected
    finally:
        gc.enable()


def test_of_an_edited_table_only_the_new_items_are_read(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    counts(project)
    project.replace(
        "data/teams.yaml",
        "- id: t01",
        "- id: t00\n  name: 又一队\n  type: 巡查组\n  org: xh\n  headcount: 2\n- id: t01",
    )
    read: list[str] = []
    real = YamlReader.decode

    def watch(self: YamlReader, path: str, text: str) -> Any:
        read.append(text)
        return real(self, path, text)

    monkeypatch.setattr(YamlReader, "decode", watch)
    campaign = project.build().campaign
    assert campaign
    assert [text.split()[2] for text in read] == ["t00"]
    assert {id: team.at().keys for id, team in campaign.teams.items()} == {"t00": (0,), "t01": (1,), "t02": (2,)}

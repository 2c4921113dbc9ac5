import json
from datetime import date

import pytest
from conftest import Project

from honorroll import engine, traces
from honorroll.memos import Memos
from honorroll.pipeline import Options, build
from honorroll.publish import Counts
from honorroll.store import Memory


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
    real = engine.Theme.render

    def watch(self, site, page, context, text):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        seen.add(page.url)
        return real(self, site, page, context, text)

    monkeypatch.setattr(engine.Theme, "render", watch)
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
    assert rendered(project, monkeypatch) == {"news/2022-09-02-first.html"}


def test_a_harmed_file_is_put_right(project: Project) -> None:
    counts(project)
    before = project.output()
    (project.site / "index.html").write_text("harmed")
    (project.site / "plan.html").unlink()
    assert counts(project).written == 2
    assert project.output() == before


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"version": "old", "pages": {}}', '{"pages": 1}', "\x00\xff"])
def test_damaged_traces_mean_a_clean_build_and_the_same_site(project: Project, damage: str) -> None:
    counts(project)
    before = project.output()
    path = "content/news/2022-09-02-first.md"
    project.write(".cache/traces.json", damage.encode("latin-1"))
    assert counts(project).written == 0
    assert project.output() == before
    project.write(path, project.read(path) + "\n\n又及。\n")
    assert counts(project).written > 0


def test_traces_of_another_version_are_not_believed(project: Project) -> None:
    counts(project)
    content = json.loads(project.read(".cache/traces.json"))
    project.write(".cache/traces.json", json.dumps(content | {"version": "0"}))
    assert traces.load(project.root / ".cache/traces.json") == {}


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
    assert "static/style.css" in changed
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


def test_memory_holds_the_same_bytes_as_a_folder(project: Project) -> None:
    counts(project)
    memory = Memory()
    options = Options(root=project.root, out=project.site, today=date(2022, 11, 1))
    first = build(options, memory).counts
    assert first is not None
    assert first.written == len(memory.files)
    assert memory.files == {url: data for url, data in project.output().items() if url != ".honorroll"}
    assert build(options, memory).counts == Counts(0, first.written, 0)


def test_a_failed_build_does_not_lock_the_memos(project: Project) -> None:
    project.replace("data/teams.yaml", "headcount: ", "headcount: 十#")
    assert project.build().counts is None
    memos = Memos(project.root / ".cache" / "memos.db")
    memos.put("yaml", "key", 1)
    memos.save()
    again = Memos(project.root / ".cache" / "memos.db")
    assert again.get("yaml", "key") == 1
    again.close()

"""The preview: what it shows, and what lies over a page while something is wrong."""

import re
import shutil
from contextlib import closing
from datetime import date
from typing import Any

import pytest
from conftest import Project, published
from previewing import TEAMS, Answer, Served, add, serving

from honorroll import preview
from honorroll.engine import pipeline
from honorroll.preview import overlay
from honorroll.preview.answers import FAULTS, SCRIPT, STYLE


def without_addition(answer: Answer) -> bytes:
    page, number = re.subn(rb"<script src=\"/livereload\.js\?[^>]+></script>\n(?=</body>)", b"", answer.body)
    assert number == 1
    return page


# What is shown


def test_what_is_served_is_what_would_be_published(project: Project) -> None:
    project.build(out=project.root.parent / "published")
    published = Project(project.root.parent / "published")
    shutil.rmtree(project.root / ".cache")
    with serving(project) as served:
        files = {p.relative_to(published.root).as_posix(): p for p in published.root.rglob("*") if p.is_file()}
        for url in files.keys() - {".honorroll"}:
            answer = served.get(f"/{url}")
            assert (without_addition(answer) if url.endswith(".html") else answer.body) == files[url].read_bytes(), url
    assert not project.site.exists()
    assert not (project.root / ".cache").exists()


def test_folders_lead_to_their_index(served: Served) -> None:
    assert served.get("/").body == served.get("/index.html").body
    assert served.get("/teams/").body == served.get("/teams/index.html").body
    away = served.get("/teams")
    assert (away.status, away.headers["location"]) == (302, "/teams/")


def test_an_unknown_address_gets_the_sites_own_page(served: Served) -> None:
    for path in ("/nothing", "/teams/t99.html", "/teams//index.html", "/%e4%b8%ad", "/%ff", "/teams/t01.html/"):
        answer = served.get(path)
        assert answer.status == 404
        assert without_addition(answer) == served.preview.shown.files["404.html"]


@pytest.mark.parametrize("address", ["https://example.org/mas-2022", "https://example.org/%E5%B8%82/mas-2022/"])
def test_the_site_lies_below_the_path_of_its_own_address(project: Project, address: str) -> None:
    project.replace("data/campaign.yaml", "https://honor.example.org/", address)
    base = address.removeprefix("https://example.org").rstrip("/")
    with serving(project) as served:
        assert served.get("/").headers["location"] == f"{base}/"
        assert served.get(base).headers["location"] == f"{base}/"
        assert served.get(f"{base}/teams").headers["location"] == f"{base}/teams/"
        assert served.get(f"{base}/").status == 200
        assert served.get("/index.html").status == 404
        project.replace("data/campaign.yaml", address, "https://example.org/")
        served.wait("/", lambda answer: answer.status == 200)


def test_an_address_given_on_the_command_line_counts(project: Project) -> None:
    with serving(project, base_url="https://example.org/other/") as served:
        assert served.get("/").headers["location"] == "/other/"


def test_a_site_without_an_address_is_at_the_root(project: Project) -> None:
    project.replace("data/campaign.yaml", "https://honor.example.org/", '""')
    with serving(project) as served:
        assert served.get("/").status == 200


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("static/style.css", "text/css; charset=utf-8"),
        ("static/site.js", "text/javascript; charset=utf-8"),
        ("/static/icon.svg", "image/svg+xml; charset=utf-8"),
        ("/static/share.png", "image/png"),
        ("/feed.xml", "application/xml; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        (SCRIPT, "text/javascript; charset=utf-8"),
        (STYLE, "text/css; charset=utf-8"),
    ],
)
def test_answers_say_what_they_are_and_are_not_kept(quiet: Served, path: str, kind: str) -> None:
    if not path.startswith("/"):  # with a fingerprint in it
        path = "/" + published(path, quiet.preview._store.files)  # noqa: SLF001
    answer, head = quiet.get(path), quiet.get(path, method="HEAD")
    assert (answer.status, head.status) == (200, 200)
    assert answer.headers["content-type"] == kind
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-length"] == head.headers["content-length"] == str(len(answer.body))
    assert head.body == b""
    assert "etag" not in answer.headers


def test_drafts_and_the_day_are_those_of_the_build(project: Project) -> None:
    project.replace("content/news/2022-09-02-first.md", "title:", "draft: 是\ntitle:")
    with serving(project) as served:
        assert served.get("/news/2022-09-02-first.html").status == 404
    with serving(project, drafts=True) as served:
        assert served.get("/news/2022-09-02-first.html").status == 200


def test_the_day_is_asked_for_before_each_build(project: Project) -> None:
    asked: list[int] = []

    def options() -> Any:
        asked.append(1)
        return pipeline.Options(root=project.root, out=project.site, today=date(2022, 11, 1))

    shown = preview.Preview(options, "zh", lambda: None)
    before = len(asked)
    with closing(shown):
        shown.build()
        shown.build()
    assert len(asked) == before + 2


# Errors


def test_an_error_lies_over_the_last_good_page(project: Project, served: Served) -> None:
    add(project, "还是好的")
    served.shows("/plan.html", "还是好的")
    project.replace(TEAMS, "headcount: 5", "headcount: 五个")
    page = served.wait("/plan.html", lambda answer: FAULTS in answer.text)
    assert "还是好的" in page.text
    findings = served.get(FAULTS)
    for word in ("SCH-07", "data/teams.yaml:5:14", "<i>5</i>  headcount: <mark>五个</mark>", "只写半角数字"):
        assert word in findings.text
    assert served.builds[-1].result
    assert served.builds[-1].result.findings

    project.replace(TEAMS, "headcount: 五个", "headcount: 六个")
    served.wait(FAULTS, lambda answer: "六个" in answer.text)
    project.replace(TEAMS, "headcount: 六个", "headcount: 5")
    served.wait("/plan.html", lambda answer: FAULTS not in answer.text)
    assert served.get(FAULTS).status == 404


def test_a_first_build_that_fails_shows_why_until_it_is_mended(project: Project) -> None:
    project.replace(TEAMS, "headcount: 5", "headcount: 五个")
    with serving(project) as served:
        for path in ("/", "/plan.html", "/anything"):
            page = served.get(path)
            assert page.status == 503
            assert "data/teams.yaml:5:14" in page.text
            assert SCRIPT in page.text
            assert "script-src 'self'" in page.headers["content-security-policy"]
        project.replace(TEAMS, "headcount: 五个", "headcount: 5")
        served.wait("/plan.html", lambda answer: answer.status == 200)


def test_warnings_lie_over_a_page_only_if_they_are_errors(project: Project) -> None:
    project.remove("content/plan.md")
    project.write("content/plan.md", "---\ntitle: 方案\nnav: 方案\n---\n\n![ ](x.png)\n")
    with serving(project) as served:
        errors = served.get("/").status == 503
        assert errors == bool(served.get(FAULTS).status == 200)


def test_a_bug_of_ours_does_not_end_the_preview(
    project: Project, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Any:
        raise RuntimeError("a bug in " + str(project.root))

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "build", broken)
        add(project, "甲")
        page = served.wait("/plan.html", lambda answer: FAULTS in answer.text)
        assert "程序内部出错" in page.text
        findings = served.get(FAULTS).text
        assert str(project.root) not in findings
        assert "a bug" not in findings
        assert served.failures
    add(project, "乙")
    assert FAULTS not in served.shows("/plan.html", "乙").text


def test_what_ends_the_watch_ends_the_preview(project: Project) -> None:
    def refuse(_: object) -> None:
        raise BrokenPipeError

    options = pipeline.Options(root=project.root, out=project.site, today=date(2022, 11, 1))
    shown = preview.Preview(lambda: options, "zh", lambda: None)
    with preview.listen() as sockets, closing(shown), pytest.raises(BrokenPipeError):
        shown.run(sockets, refuse)


def test_long_lists_and_long_lines_are_cut(project: Project) -> None:
    many = "".join(f"- id: z{number}\n  name: 某\n  kind: 无\n" for number in range(60))
    project.write("data/orgs.yaml", project.read("data/orgs.yaml") + many + f"- id: z99\n  kind: {'长' * 5000}\n")
    found = project.check().findings
    faults = overlay.faults(found, "zh", project.root)
    text = faults.document.decode()
    assert text.count("<section") == overlay.LIMIT
    assert f"还有 {len(found) - overlay.LIMIT} 条" in text
    long = overlay.faults([f for f in found if "长" in f.span.text], "en", project.root).document.decode()
    assert len(long) < 12_000
    assert "…" in long
    assert 'lang="en"' in long

"""A campaign with one post and nothing else: what is empty does not show, and nothing leads nowhere."""

import shutil
from pathlib import Path

from conftest import Project
from reference import Site

BASE = "https://honor.example.org/"
POST = "---\ntitle: 活动启动\ndate: 2022-09-02 09:00\n---\n\n活动今天启动。\n"


def test_one_post_makes_a_whole_site(project: Project) -> None:
    for path in sorted((project.root / "data").iterdir()):
        if path.name not in {"campaign.yaml", "orgs.yaml"}:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.rmtree(project.root / "content")
    project.write("content/news/2022-09-02-first.md", POST)
    campaign = project.read("data/campaign.yaml").partition("\nstages:")[0] + "\n"
    project.write("data/campaign.yaml", campaign)
    result = project.build()
    assert [finding.message("zh") for finding in result.findings] == []

    site = Site.read(project.site, BASE)
    assert {Path(url).parts[0] for url in site.pages} == {
        "index.html",
        "404.html",
        "search.html",
        "changes.html",
        "privacy.html",
        "news",
    }
    home = site.pages["index.html"]
    assert not [e for e in home.find("div", "section") if (e.get("class") or "").split()[-1:] == ["home"]]
    for url, page in site.pages.items():
        for heading in page.find("section"):
            assert len("".join(heading.itertext()).split()) > 1, f"{url} has an empty section"
        for _, target in page.addresses():
            inner = site.inner(url, target)
            assert inner is None or (project.site / inner[0]).is_file(), f"{url} leads to {target}"

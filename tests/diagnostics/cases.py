"""Inputs that no file in version control can hold: links, encodings, huge files, odd names.

Each function edits the small valid project and may return options for the build.
"""

import errno
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from io import BytesIO
from typing import Any
from weakref import finalize

import pytest
from conftest import Project
from PIL import Image

from honorroll import cluster, parallel
from honorroll.filesystem import atomic, lock
from honorroll.inputs import scan
from honorroll.publish import publication

Options = dict[str, Any]
CASES: dict[str, Callable[[Project], Options | None]] = {}

POST = "content/news/2022-09-03-second.md"
BODY = "---\ntitle: 第二班巡逻\ndate: 2022-09-03 09:30\n---\n\n{}\n"


def case(function: Callable[[Project], Options | None]) -> Callable[[Project], Options | None]:
    """Register under the function's name: `src_01_fifo` is the case `SRC-01-fifo`."""
    name = function.__name__.replace("_", "-")
    CASES[name[:6].upper() + name[6:]] = function
    return function


@case
def src_01_fifo(project: Project) -> None:
    os.mkfifo(project.root / POST)


@case
def src_01_broken_link(project: Project) -> None:
    (project.root / POST).symlink_to("nowhere.md")


@case
def src_01_link_to_itself(project: Project) -> None:
    (project.root / POST).symlink_to("2022-09-03-second.md")


@case
def src_02_huge_table(project: Project) -> None:
    with (project.root / "data" / "orgs.yaml").open("r+b") as file:
        file.truncate((8 << 20) + 1)


@case
def src_02_huge_picture(project: Project) -> None:
    with project.write("content/news/2022-09-03-second/gate.jpg", b"").open("r+b") as file:
        file.truncate((64 << 20) + 1)
    project.write("content/news/2022-09-03-second/index.md", BODY.format("![校门](gate.jpg)"))


@case
def src_03_link_out(project: Project) -> None:
    outside = project.root.parent / "secret.yaml"
    outside.write_bytes(b"- id: t03\n")
    (project.root / "data" / "teams").mkdir()
    (project.root / "data" / "teams" / "more.yaml").symlink_to(outside)
    (project.root / "content" / "again").symlink_to("..", target_is_directory=True)


@case
def src_04_letter_case(project: Project) -> None:
    two_files(project, "content/pictures/gate.jpg", "content/pictures/Gate.jpg")


@case
def src_04_unicode_form(project: Project) -> None:
    two_files(project, "content/pictures/caf\u00e9.jpg", "content/pictures/cafe\u0301.jpg")


@case
def src_05_gbk(project: Project) -> None:
    for path in ("data/campaign.yaml", "data/orgs.yaml", "content/news/2022-09-02-first.md"):
        project.write(path, project.read(path).encode("gbk"))
    project.write("templates/tag.html", "标签".encode("gbk"))


@case
def src_05_utf_16(project: Project) -> None:
    project.write("data/orgs.yaml", project.read("data/orgs.yaml").encode("utf-16"))


@case
def src_06_no_campaign(project: Project) -> None:
    project.remove("data/campaign.yaml")


@case
def src_15_a_person_of_the_sample(project: Project) -> None:
    project.replace("data/campaign.yaml", "sample: 是", "sample: 否")
    project.write(
        "data/persons.yaml",
        "- id: r01\n  name: 王守田\n  mask: 全名\n  org: c01\n  role: 班长\n",
    )


@case
def src_16_script(project: Project) -> None:
    lines = ('<svg xmlns="http://www.w3.org/2000/svg">', '<path d="M0 0h9v9z"/>', "<script>alert(1)</script>", "</svg>")
    project.write("static/logo.svg", "\n".join(lines))


@case
def src_14_folder_named_like_a_file(project: Project) -> None:
    project.remove("data/figures.yaml")
    project.write("data/figures.yaml/figures.yaml", "- id: f01\n")
    (project.root / "content" / "news" / "empty.md").mkdir()


@case
def src_08_control_characters(project: Project) -> None:
    project.replace("data/orgs.yaml", "第一小学", "第一\0小学")
    project.write(POST, "\ufeff" + BODY.format("清晨\x1b[2J六点").replace("\n", "\r\n"))


@case
def src_09_file_names(project: Project) -> None:
    for name in ("a\x1b.css", "a\n.css", "a:b.css", "零\u200b宽.css"):
        project.write(f"static/{name}", "")
    with open(os.fsencode(project.root / "content") + b"/\xff.md", "wb"):  # noqa: PTH123  # no `Path` takes bytes
        pass


@case
def src_10_restless(project: Project) -> Options:
    """A file changes before each stage of the build."""

    def progress(stage: str, total: int) -> Callable[[], None]:  # noqa: ARG001  # as the engine calls it
        path = "content/news/2022-09-02-first.md"
        project.write(path, project.read(path) + "又一句。\n")
        return lambda: None

    return {"progress": progress}


@case
def fmt_05_chinese_name(project: Project) -> None:
    for name in ("巡逻", "two words", "under_score", "-x", "con", "deep/er"):
        project.write(f"content/news/{name}.md", BODY.format("清晨六点。"))
    project.write("content/方案.md", "---\ntitle: 方案\nupdated: 2022-09-01\n---\n")


@case
def yml_01_long_line(project: Project) -> None:
    project.replace("data/tags.yaml", "巡逻防控", '"' + "巡" * 500_000)


@case
def yml_01_line_separators(project: Project) -> None:
    project.replace("data/tags.yaml", "巡逻防控", "巡逻\u2028防控\u2029\x85\n\n  other: [")


@case
def yml_03_many_aliases(project: Project) -> None:
    project.write("data/tags.yaml", "- id: &key xunluo\n" + "- *key\n" * 101)


@case
def yml_04_bracket_storm(project: Project) -> None:
    project.write("data/tags.yaml", "[" * 100_000)


@case
def mdn_02_letter_case(project: Project) -> None:
    project.write("content/news/2022-09-03-second/gate.jpg", picture())
    project.write("content/news/2022-09-03-second/index.md", BODY.format("![校门口](Gate.jpg)"))


@case
def mdn_03_no_words(project: Project) -> None:
    project.write("content/news/2022-09-03-second/gate.jpg", picture())
    project.write("content/news/2022-09-03-second/index.md", BODY.format("校门口：![](gate.jpg)"))


@case
def prv_25_shown_elsewhere(project: Project) -> None:
    project.write("content/pictures/gate.jpg", picture())
    photo = "  photos:\n    - {src: pictures/gate.jpg, alt: 石狮旁的人, persons: [r01]}\n"
    project.write("data/deeds.yaml", project.read("data/deeds.yaml") + photo)
    project.replace("data/consents.yaml", "[姓名, 照片, 事迹]", "[姓名, 事迹]")
    project.write("content/news/2022-09-03-second.md", BODY.format("![岗亭](../pictures/gate.jpg)"))


@case
def url_01_article_named_like_a_page(project: Project) -> None:
    project.write("content/404.md", project.read("content/plan.md"))


@case
def url_02_no_address(project: Project) -> Options:  # noqa: ARG001  # nothing else is wrong
    return {"base_url": ""}


@case
def url_02_long_address(project: Project) -> None:
    project.replace("data/campaign.yaml", "example.org/", "example.org/" + "honour/" * 30)


@case
def pub_01_strange_files(project: Project) -> None:
    project.write("site/index.html", "mine")
    project.write("site/notes/a.txt", "mine")


@case
def pub_02_file_in_the_way(project: Project) -> None:
    project.write("site", "")


@case
def pub_03_inside_the_inputs(project: Project) -> Options:
    return {"out": project.root / "content" / "site"}


@case
def pub_03_the_project_itself(project: Project) -> Options:
    return {"out": project.root}


@case
def pub_04_another_build(project: Project) -> None:
    until_the_end_of(project).setattr(publication, "PATIENCE", 0)
    other = ExitStack()
    other.enter_context(lock.held(project.site, 0))
    finalize(project, other.close)


@case
def pub_05_letters_that_are_one(project: Project) -> None:
    """Inputs are held to this, too (SRC-04); the addresses of pages come from ids and cannot clash so."""
    until_the_end_of(project).setattr(scan, "_clashes", lambda _: iter(()))
    project.write("static/STRASSE.txt", "")
    project.write("static/straße.txt", "")


@case
def pub_06_built_meanwhile(project: Project) -> Options:
    project.build()
    project.replace("content/news/2022-09-02-first.md", "街上很静", "街上真静")  # so that one page is rendered

    def progress(stage: str, total: int) -> Callable[[], None]:
        left = iter(range(total))

        def step() -> None:
            if stage == "render" and next(left) == total - 1:
                project.build(base_url="https://example.org")

        return step

    return {"progress": progress}


@case
def pub_07_disk_full(project: Project) -> None:
    refuse(project, errno.ENOSPC)


@case
def pub_08_not_allowed(project: Project) -> None:
    refuse(project, errno.EACCES)


@case
def pub_09_long_path(project: Project) -> Options:
    return {"out": project.root / ("x" * 300)}


@case
def pub_10_no_room_for_temporary_files(project: Project) -> None:
    until_the_end_of(project).setattr(tempfile, "tempdir", str(project.root / "nowhere"))


@case
def pub_11_a_cache_from_elsewhere(project: Project) -> None:
    project.build()
    (project.root / ".cache" / "cache.db").write_bytes(b"x" * 100_000)


@case
def pub_12_no_cluster(project: Project) -> Options:
    patch = until_the_end_of(project)
    patch.setattr(parallel, "MANY", 0)
    patch.setattr(cluster, "PATIENCE", 0.2)
    return {"cluster": cluster.Cluster("127.0.0.1:9")}


class Refusing:
    """Workers as `tests/test_cluster.py` has them; there are none of another kind at hand."""

    def each(self, _: object, __: object) -> Iterator[Any]:
        error = parallel.WorkersError("PUB-13", "tcp://10.0.0.7:40123: Python 3.12.1 ≠ 3.11.7")
        error.address = "dask://10.0.0.5:8786"
        raise error


@case
def pub_13_a_worker_of_another_kind(project: Project) -> Options:
    until_the_end_of(project).setattr(parallel, "MANY", 0)
    return {"cluster": Refusing()}


def until_the_end_of(project: Project) -> pytest.MonkeyPatch:
    """Undone when the test lets go of its project."""
    patch = pytest.MonkeyPatch()
    finalize(project, patch.undo)
    return patch


def refuse(project: Project, number: int) -> None:
    """Have the system refuse to write."""

    def write(path: str, _: bytes, *, sync: bool = False) -> None:  # noqa: ARG001
        raise OSError(number, os.strerror(number), path)

    until_the_end_of(project).setattr(atomic, "write", write)


def two_files(project: Project, one: str, other: str) -> None:
    """Raises `FileExistsError` where the file system takes both names for one."""
    project.write(one, b"")
    (project.root / other).touch(exist_ok=False)


def picture() -> bytes:
    """A small JPEG."""
    data = BytesIO()
    Image.new("RGB", (8, 6), "navy").save(data, "JPEG")
    return data.getvalue()


@case
def yml_14_too_many_values(project: Project) -> None:
    project.write("data/tags.yaml", "[" + "{id: a}, " * 100_000 + "]")

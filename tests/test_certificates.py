"""The QR codes of awards: read by another library, the same bytes each time, made only when they are needed."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from datetime import date
from itertools import product

import pytest
import zxingcpp
from conftest import Project
from PIL import Image

CODE = "awards/a01.qr.svg"
LONG = "https://www.example.org/zhuanti/2022/" + "anquanbaowei/" * 12


def drawn(svg: str, scale: int = 4) -> Image.Image:
    """The picture that the file draws: dark runs of modules on white."""
    root = ET.fromstring(svg)  # noqa: S314  # our own
    size = int(root.attrib["viewBox"].split()[2])
    picture = Image.new("L", (size, size), 255)
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1", svg):
        picture.paste(0, (int(x), int(y), int(x) + int(length), int(y) + 1))
    return picture.resize((size * scale, size * scale))


@pytest.mark.parametrize("base", ["https://honor.example.org/", LONG, "https://例子.example.org/马鞍山/光荣榜"])
def test_the_code_leads_to_the_page(project: Project, base: str) -> None:
    project.build(base_url=base)
    page, svg = project.read("site/awards/a01.html"), project.read(f"site/{CODE}")
    canonical = re.search(r'rel="canonical" href="([^"]+)"', page)
    assert canonical
    (found,) = zxingcpp.read_barcodes(drawn(svg))
    assert (found.text, str(found.format)) == (canonical[1], "QR Code")
    assert found.ec_level in {"M", "Q", "H"}
    assert canonical[1] == f"{base.rstrip('/')}/awards/a01.html"


def test_around_the_code_four_modules_are_light(project: Project) -> None:
    project.build()
    picture = drawn(project.read(f"site/{CODE}"), 1)
    size = picture.width
    assert (size - 8 - 17) % 4 == 0
    assert picture.getpixel((4, 4)) == picture.getpixel((size - 5, 4)) == picture.getpixel((4, size - 5)) == 0
    rim = [at for at in product(range(size), repeat=2) if not 4 <= min(at) <= max(at) < size - 4]
    assert {picture.getpixel(at) for at in rim} == {255}


def test_the_page_shows_the_code_and_offers_the_file(project: Project) -> None:
    project.build()
    page = project.read("site/awards/a01.html")
    assert '<img src="../awards/a01.qr.svg" alt="二维码' in page
    assert '<a href="../awards/a01.qr.svg" download>' in page
    assert ".qr.svg" not in project.read("site/sitemap.xml")


def test_without_an_address_there_is_no_code_and_it_is_told_once(project: Project) -> None:
    result = project.build(base_url="")
    assert [finding.diagnostic.rule for finding in result.findings] == ["URL-02"]
    assert result.counts
    assert CODE not in project.output()
    assert "qr.svg" not in project.read("site/awards/a01.html")


def test_without_awards_nothing_is_told(project: Project) -> None:
    for table in ("awards", "notices", "projects"):
        project.remove(f"data/{table}.yaml")
    project.replace("data/inspections.yaml", "      project: p01\n", "")
    assert project.build(base_url="").findings == ()


def test_the_bytes_are_the_same_each_time(project: Project) -> None:
    made = []
    for _ in range(2):
        project.build()
        made.append(project.output()[CODE])
        project.remove(f"site/{CODE}")
    assert made[0] == made[1]


def test_a_build_that_makes_no_code_does_not_load_the_library(project: Project) -> None:
    script = f"""
import sys
from datetime import date
from pathlib import Path
from honorroll.engine.pipeline import Options, build
result = build(Options(root=Path({str(project.root)!r}), out=Path({str(project.site)!r}), today=date(2022, 11, 1)))
assert result.counts.written
print("segno" in sys.modules)
"""
    told = []
    for _ in range(2):
        run = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
        told.append(run.stdout.strip())
        project.replace("content/news/2022-09-02-first.md", "---\n\n", "---\n\n又一句。\n\n")
    assert told == ["True", "False"]


REVOKED = "  revoked: {date: 2022-10-20, reason: 申报材料不实, notice: n03}\n"
REVOCATION = (
    "- {id: n03, kind: 撤销, title: 关于撤销的决定, date: 2022-10-20, issuers: [zd, xh], awards: [a01], body: 撤销。}\n"
)


@pytest.mark.parametrize(
    ("today", "is_made"),
    [(date(2022, 9, 13), False), (date(2022, 9, 19), False), (date(2022, 9, 20), True), (date(2022, 10, 20), False)],
)
def test_only_a_granted_award_has_a_certificate_and_a_code_for_plaques(
    project: Project, today: date, is_made: bool
) -> None:
    project.write("data/awards.yaml", project.read("data/awards.yaml") + REVOKED)
    project.write("data/notices.yaml", project.read("data/notices.yaml") + REVOCATION)
    result = project.build(today=today)
    assert result.counts, result.findings
    assert ("awards/a01.certificate.html" in project.output()) == is_made
    page = project.read("site/awards/a01.html")
    assert ("a01.certificate.html" in page) == is_made
    assert (CODE in project.output()) == is_made
    assert ("qr.svg" in page) == is_made
    assert ("奖牌" in page) == is_made
    told = {url for url, data in project.output().items() if b"qr.svg" in data or b"certificate.html" in data}
    assert not told - {".honorroll"} if not is_made else told


def test_a_certificate_says_who_what_why_and_by_whom(project: Project) -> None:
    project.write("data/awards.yaml", project.read("data/awards.yaml") + "  citation: 雨天的干路。\n")
    project.build()
    page = project.read("site/awards/a01.certificate.html")
    for word in (
        "一小护校项目",
        "江城优秀保安服务项目",
        "雨天的干路。",
        "示例〔2022〕2号",
        "2022年9月20日",
        "示例，非真实证书",
    ):
        assert word in page, word
    project.replace("data/campaign.yaml", "sample: 是", "sample: 否")
    project.build()
    assert "示例，非真实证书" not in project.read("site/awards/a01.certificate.html")

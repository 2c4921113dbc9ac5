"""Tables on a telephone, in large text too: no column of single characters, nothing cut off."""

from pathlib import Path

import pytest

from browser.chrome import SETTLED, Browser
from browser.test_pages import each_type, overflow, pages_of

#: Cells with several lines of fewer than four characters, by how many fit into one.
NARROW = """
const range = document.createRange();
document.querySelectorAll("main details").forEach(e => { e.open = true; });
return [...document.querySelectorAll("main td, main th")].filter(cell => cell.checkVisibility()).map(cell => {
  const style = getComputedStyle(cell), size = parseFloat(style.fontSize);
  range.selectNodeContents(cell);
  const lines = new Set([...range.getClientRects()].map(box => Math.round(box.top / size))).size;
  const wide = cell.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  return [cell.innerText.trim(), lines, Math.round(10 * wide / size) / 10];
}).filter(([words, lines, wide]) => lines > 1 && wide < 3.9);
"""

#: Tables that reach out of their box where that does not scroll.
CUT = """
return [...document.querySelectorAll("main table")].filter(table => table.checkVisibility()).filter(table => {
  const box = table.closest(".scroll");
  return !box || (table.scrollWidth > box.clientWidth + 1 && getComputedStyle(box).overflowX !== "auto") || box.tabIndex !== 0;
}).map(table => table.innerText.slice(0, 20));
"""

#: Tables as they are written: cells of a row by |.
TABLES = [
    "序号|任务|要求|时间|责任单位\n1|巡逻|每组不少于 5 名保安员|9月1日至10月31日|各保安公司",
    "项目|内容\n一|" + "保安员应当佩戴全国统一的标志，文明值勤，规范巡逻，遇有情况及时报告。" * 3,
    "甲|乙|丙|丁|戊|己|庚|辛\n一二三四五|一二三四五|一二三四五|一二三四五|一二三四五|一二三四五|一二三四五|一二三四五",
    "网址|说明\nhttps://www.example.org/a-very-long-address/that/does-not-break.html|上报入口",
    "是否|数量\n是|3",
    "单位名称（全称）\n马鞍山市花山区某某保安服务有限公司花山分公司",
    "1,234,567|12%|2022年10月31日\n合计|100%|2022年9月1日",
]


@each_type
def test_no_column_is_a_column_of_characters(browser: Browser, address: str, folder: Path, template: str) -> None:
    """In large text, where columns are the narrowest."""
    for url in pages_of(folder, template):
        if "<table" not in (folder / url).read_text("utf-8"):
            continue
        browser.show(360)
        browser.open(address + url)
        browser.run("document.documentElement.classList.add('large')")
        browser.wait(SETTLED)
        assert browser.run(NARROW) == [], url
        assert browser.run(CUT) == [], url


@pytest.mark.parametrize("written", TABLES)
@pytest.mark.parametrize("large", [False, True])
def test_any_table_of_a_text_can_be_read(browser: Browser, address: str, written: str, *, large: bool) -> None:
    head, *rows = [line.split("|") for line in written.split("\n")]
    cells = "".join(f"<th>{cell}</th>" for cell in head)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    table = f"<thead><tr>{cells}</tr></thead><tbody>{body}</tbody>"
    browser.show(360)
    browser.open(address + "plan.html")
    browser.run("document.querySelector('.prose table').innerHTML = arguments[0]", table)
    browser.run("document.documentElement.classList.toggle('large', arguments[0])", large)
    browser.wait(SETTLED)
    assert browser.run(NARROW) == []
    assert overflow(browser, 360) == []


def test_a_narrow_column_would_be_seen(browser: Browser, address: str) -> None:
    browser.show(360)
    browser.open(address + "plan.html")
    assert browser.run(NARROW) == []
    browser.run("document.querySelector('.prose table').style.width = '1px'")
    browser.run(
        "document.querySelectorAll('.prose td, .prose th').forEach(e => { e.style.cssText = 'min-width: 0; width: 1em' })"
    )
    assert browser.run(NARROW)

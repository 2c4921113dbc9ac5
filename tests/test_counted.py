"""Where a line may not break: numbers stay with their years and measure words."""

import jinja2
import pytest

from honorroll.chinese.typography import counted
from honorroll.render.template_analysis import environment


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("活动全程累计巡逻1500余小时，", ["1500余小时"]),
        ("1500多个小时", ["1500多个"]),
        ("参与保安员1200余名", ["1200余名"]),
        ("3万余人次", ["3万余人次"]),
        ("2022年9月1日至10月31日", ["2022年9月1日", "10月31日"]),
        ("9月1日至10月31日开展", ["9月1日", "10月31日"]),
        ("2022 年 9 月 1 日起", ["2022 年 9 月 1 日"]),
        ("2022年8月至10月", ["2022年8月", "10月"]),
        ("到2022年底", ["2022年"]),
        ("自2022年度起", ["2022年度"]),
        ("每组 2 至 3 人，分 2 组", ["2 至 3 人", "2 组"]),
        ("10 名保安员", ["10 名"]),
        ("共5个工作日", ["5个工作日"]),
        ("示例〔2022〕7号文", ["〔2022〕7号"]),
        ("马安协〔2022〕第12号", ["〔2022〕第12号"]),
        ("持证率100%，达 98.5 %", ["100%", "98.5 %"]),
        ("上午9:30集合", ["9:30"]),
        ("第3届、第20期", ["第3届", "第20期"]),
        ("1,234,567元", ["1,234,567元"]),
        ("12,3号楼", ["12,3号"]),
        ("10-20人", ["10-20人"]),
        ("10—12月", ["10—12月"]),
        ("行程3.5公里", ["3.5公里"]),
        ("气温38℃", ["38℃"]),
        ("花山区1楼2单元", ["1楼", "2单"]),
        ("二〇二二年九月一日", []),
        ("党的二十大", []),
        ("A4纸", []),
        ("v1.2.3", []),
        ("没有数字", []),
        ("", []),
        ("7", []),
        ("电话 05551234567890123 号", []),
        ("GB/T 9704", ["9704"]),
    ],
)
def test_a_number_stays_with_what_belongs_to_it(text: str, whole: list[str]) -> None:
    found = counted(text)
    assert [piece for piece, is_whole in found if is_whole] == whole
    assert "".join(piece for piece, _ in found) == text


def test_a_long_text_of_digits_takes_no_time() -> None:
    text = "1,2" * 50_000 + " " * 50_000 + "1" * 50_000
    assert "".join(piece for piece, _ in counted(text)) == text


def test_a_template_keeps_them_in_one_line_and_escapes_the_rest() -> None:
    sealed = environment(jinja2.DictLoader({"x.html": "{{ text|counted }}"}), str, str)
    sealed.begin()
    made = sealed.get_template("x.html").render(text="<b>巡逻</b>1500余小时 & 2022年9月1日")
    assert (
        made == '&lt;b&gt;巡逻&lt;/b&gt;<span class="nb">1500余小时</span> &amp; <span class="nb">2022年9月1日</span>'
    )

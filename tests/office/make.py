"""Makes the awkward files in this folder, the way offices make them: by openpyxl, LibreOffice, and by hand.

    python3 tests/office/make.py          # needs soffice, and msoffcrypto-tool for the one with a password

They are kept as data, since LibreOffice writes other bytes each time. All names and numbers are made up; those that look
like numbers of persons are for the tests of what must not be imported.
"""

import datetime as dt
import io
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

HERE = Path(__file__).parent
#: With settings of its own, so that it runs beside another one.
SOFFICE = [
    "soffice",
    "--headless",
    f"-env:UserInstallation={(Path(tempfile.gettempdir()) / 'office-settings').as_uri()}",
]
MADE: dict[str, Callable[[], bytes]] = {}


def made(name: str) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    def note(function: Callable[[], bytes]) -> Callable[[], bytes]:
        MADE[name] = function
        return function

    return note


def book(rows: list[list[Any]], title: str = "Sheet1") -> Workbook:
    workbook = Workbook()
    workbook.active.title = title
    for row in rows:
        workbook.active.append(row)
    return workbook


def saved(workbook: Workbook) -> bytes:
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def converted(data: bytes, kind: str) -> bytes:
    source = HERE / "converting.xlsx"
    source.write_bytes(data)
    target = source.with_suffix(f".{kind}")
    try:
        command = [*SOFFICE, "--convert-to", kind, "--outdir", str(HERE), str(source)]
        subprocess.run(command, check=True, capture_output=True)
        return target.read_bytes()
    finally:
        source.unlink()
        target.unlink(missing_ok=True)


TEAMS = [
    ["江城市保安巡逻队伍登记表（2022年）"],
    ["填报单位：江城保安协会", None, None, None, None, "填报日期：2022年9月1日"],
    [
        "序号",
        "队伍名称",
        "队伍类别",
        "所属企业",
        "人数（人）",
        "巡逻区域",
        "对接公安机关",
        "是否自愿",
        "是否持证",
        "参保情况",
        "年龄核对",
        "装备",
    ],
    [
        1,
        "江北巡逻小组",
        "巡逻小组",
        "长堤保安",
        6.0,
        "江北街道、滨江街道",
        "江城保安支队",
        "√",
        "是",
        "○",
        "已核",
        "反光背心，腰带",
    ],
    [
        2,
        "江南巡逻小组",
        "巡逻队",
        "长堤保安公司",
        "８",
        "江南街道\n湖东街道",
        "江城保安支队",
        "√",
        "是",
        "○",
        "已核",
        "反光背心 / 腰带",
    ],
    [3, "江边巡逻小组", "巡逻小组", "长堤保安公司", "5人", None, None, "√", "是", "○", "已核", None],
    ["合计", None, None, None, 19],
    ["填表人：李四", None, None, "审核人：王五"],
    ["注：人数为实际到岗人数。"],
]


@made("teams.xlsx")
def teams() -> bytes:
    """Titles above, totals, signatures and notes below, numbers as floats and text, several names in a cell."""
    workbook = book(TEAMS, "队伍")
    sheet = workbook.active
    sheet.merge_cells("A1:L1")
    sheet["A1"].font, sheet["A1"].alignment = Font(bold=True, size=18), Alignment(horizontal="center")
    return saved(workbook)


@made("teams.ods")
def teams_ods() -> bytes:
    return converted(teams(), "ods")


@made("two-rows.xlsx")
def two_rows() -> bytes:
    """A header in two rows with merged cells, and one company over several rows."""
    workbook = book(
        [
            ["巡逻队伍编组情况"],
            ["单位", "队伍基本情况", None, None, "上岗条件", None, None, None],
            [None, "队伍名称", "类型", "人数", "自愿", "持证", "参保", "年龄"],
            ["长堤保安公司", "东门巡逻小组", "巡逻", 5, "√", "√", "√", "√"],
            [None, "西门巡逻小组", "巡逻", 6, "√", "√", "√", "√"],
            ["新桥保安服务有限公司", "新桥巡查组", "巡查", 3, "√", "√", "√", "×"],
        ]
    )
    sheet = workbook.active
    for cells in ("A1:H1", "A2:A3", "B2:D2", "E2:H2", "A4:A5"):
        sheet.merge_cells(cells)
    return saved(workbook)


@made("two-rows.xls")
def two_rows_xls() -> bytes:
    return converted(two_rows(), "xls")


@made("forty.xlsx")
def forty() -> bytes:
    """Forty teams of eight companies that nobody has typed yet."""
    names = "青禾 翠螺 望江 石臼 丹阳 采石 向山 濮塘".split()
    rows: list[list[Any]] = [
        ["队伍名称", "公司名称", "类别", "队员数", "任务区域", "对接单位", "自愿", "持证", "参保", "年龄", "装备"]
    ]
    for number in range(40):
        company = names[number % 8]
        kind, people = ("巡查组", 3) if number % 5 == 4 else ("巡逻小组", 5 + number % 4)
        rows.append(
            [
                f"{company}{number // 8 + 1}号{kind}",
                f"{company}保安服务有限公司",
                kind,
                people,
                f"{company}街道",
                "江城保安支队",
            ]
            + ["是"] * 4
            + ["反光背心、腰带"]
        )
    return saved(book(rows))


@made("patrols.xlsx")
def patrols() -> bytes:
    """Days in all ways, full-width digits, floats, repeated headers, blank rows."""
    header = ["巡逻日期", "小组", "时长（小时）", "巡逻区域", "派勤单位"]
    return saved(
        book(
            [
                ["9月份巡逻台账"],
                header,
                ["2022.9.5", "江边巡逻小组", "4.0", "江边街道", "江城保安支队"],
                ["9月6日", "江边巡逻小组", "４.５", "江边街道", "江城保安支队"],
                ["2022年9月7日（星期三）", "江边巡逻小组", "4小时", "江边街道", None],
                [],
                header,
                [44812, "江边巡逻小组", 4, "江边街道", None],
                [dt.datetime(2022, 9, 9), "江边巡逻小组", dt.time(4, 30), "江边街道", None],  # noqa: DTZ001  # sheets know no zones
                ["20220910", "江边巡逻小组", "19:00-23:30", "江边街道", None],
                ["22/9/11", "t01", 4, "江边街道", None],
                ["2022-09-01", "江边巡逻小组", 4.5, "江边街道", None],
                ["2022年9月31日", "江边巡逻小组", 4, "江边街道", None],
                [9.1, "江边巡逻小组", 4, "江边街道", None],
                ["九月上旬", "江边巡逻小组", "半天", "江边街道", None],
                ["9月12日", "江连巡逻小组", 4, "江边街道", None],
                ["9月13日", "江边巡逻小组", 30, "江边街道", None],
            ]
        )
    )


@made("patrols-1904.xlsx")
def patrols_1904() -> bytes:
    """A book of an old Macintosh: days count from 1904."""
    workbook = book(
        [
            ["日期", "队伍", "小时数", "区域"],
            [dt.date(2022, 9, 5), "江边巡逻小组", 4, "江边街道"],
            [43348, "江边巡逻小组", 4, "江边街道"],
        ]
    )
    workbook.epoch = CALENDAR_MAC_1904
    return saved(workbook)


@made("patrols-gbk.csv")
def patrols_gbk() -> bytes:
    return "巡逻时间,队伍名称,时长,街道\r\n2022-9-5,江边巡逻小组,4,江边街道\r\n2022-9-6,江边巡逻小组,4.5,“江北”街道\r\n".encode(
        "gbk"
    )


@made("patrols-utf16.txt")
def patrols_utf16() -> bytes:
    """What Excel saves as Unicode text."""
    return "日期\t队伍\t小时数\t区域\r\n2022/9/5\t江边巡逻小组\t4\t江边街道\r\n".encode("utf-16")


@made("inspections-wide.xlsx")
def inspections_wide() -> bytes:
    """A column for each kind of point."""
    workbook = book(
        [
            [
                "日期",
                "班次",
                "巡查组",
                "检查方式",
                "区域",
                "检查点位数",
                None,
                None,
                "发现隐患",
                "整改情况",
                "整改日期",
            ],
            [None, None, None, None, None, "学校", "医院", "商超", None, None, None],
            ["9月5日", "白班", "第一巡查组", "实地", "江北街道", 4, 3, 3, "灭火器过期", "已更换，整改完成", "9月6日"],
            ["9月5日", "夜班", "第一巡查组", "线上", "江北街道", 5, 0, 5, None, None, None],
        ]
    )
    for column in "ABCDEIJK":
        workbook.active.merge_cells(f"{column}1:{column}2")
    workbook.active.merge_cells("F1:H1")
    return saved(workbook)


@made("inspections.xls")
def inspections() -> bytes:
    """A row for each point; the shift stands in its first row only."""
    rows = [
        ["巡查日期", "时段", "巡查组", "点位类型", "数量", "检查结果", "参评项目", "存在问题", "整改情况", "整改时间"],
        ["2022.9.5", "白天", "第一巡查组", "学校", 1, "在岗在位", "一小护校项目", None, None, None],
        [None, None, None, "幼儿园", 4, None, None, "护栏松动", "正在整改", None],
        [None, None, None, "小区", 5, None, None, None, None, None],
        ["2022.9.5", "晚上", "第一巡查组", "电影院", 10, None, None, None, None, None],
    ]
    return converted(saved(book(rows)), "xls")


@made("persons.xlsx")
def persons() -> bytes:
    """A roll of guards with what must not leave the office."""
    workbook = book(
        [
            ["江城保安公司花名册"],
            ["序号", "姓名", "性别", "出生年月", "身份证号码", "联系电话", "所属单位", "岗位", "备注"],
            [1, "赵春来", "男", "1980-03-05", 340503198003050011, 13800138000, "长堤保安公司", "班长", None],
            [2, "钱望秋", "女", "1990.1.2", "340503199001020028", "138-0013-8001", "长堤保安公司", "队员", None],
            [3, "王守江", "男", "1975年", "340503197501010033", None, "长堤保安公司", "保安员 电话13800138003", None],
        ]
    )
    workbook.properties.creator = "办公室"
    return saved(workbook)


@made("hidden.xlsx")
def hidden() -> bytes:
    """Hidden rows, columns and sheets, and a comment."""
    workbook = book(
        [
            ["队伍名称", "类别", "所属单位", "人数", "分组数", "自愿", "持证", "参保", "年龄"],
            ["江北巡逻小组", "巡逻小组", "长堤保安", 5, 2, "是", "是", "是", "是"],
            ["撤销的小组", "巡逻小组", "长堤保安", 5, 2, "是", "是", "是", "是"],
        ]
    )
    sheet = workbook.active
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["E"].hidden = True
    sheet["A2"].comment = Comment("组长电话 13800138000", "办公室")
    other = workbook.create_sheet("工资")
    other.append(["姓名", "单位", "身份"])
    other.append(["孙隐", "长堤保安公司", "保安员"])
    other.sheet_state = "hidden"
    return saved(workbook)


@made("hidden.xls")
def hidden_xls() -> bytes:
    return converted(hidden(), "xls")


@made("hidden.ods")
def hidden_ods() -> bytes:
    return converted(hidden(), "ods")


@made("formulas.xlsx")
def formulas() -> bytes:
    """Formulas whose values were not saved, and cells with errors."""
    workbook = book(
        [
            ["队伍名称", "类别", "所属单位", "人数", "自愿", "持证", "参保", "年龄"],
            ["江北巡逻小组", "巡逻小组", "长堤保安公司", "=2+3", "是", "是", "是", "是"],
            ["江南巡逻小组", "巡逻小组", "#REF!", 6, "是", "是", "是", "是"],
            ["江东巡逻小组", "巡逻小组", "长堤保安公司", 6, "是", "是", "是", "是"],
        ]
    )
    workbook.active["C3"].data_type = "e"
    return saved(workbook)


@made("sheets.xlsx")
def sheets() -> bytes:
    """Several sheets that refer to each other, in the wrong order, and one that is only text."""
    workbook = book([["填表说明"], ["1. 单位名称写全称。"], ["2. 日期写到日。"]], "说明")
    teams_of = workbook.create_sheet("队伍名单")
    for row in (
        ["队伍名称", "所属单位", "类别", "人数", "自愿", "持证", "参保", "年龄"],
        ["湖东巡逻小组", "湖东保安有限公司", "巡逻小组", 5, "是", "是", "是", "是"],
    ):
        teams_of.append(row)
    orgs = workbook.create_sheet("单位名单")
    for row in (
        ["单位名称", "简称", "单位性质", "所属区县"],
        ["湖东保安有限公司", "湖东保安", "保安公司", "湖东区"],
        ["江城第二小学", "二小", "客户", "湖东区"],
        ["长堤保安公司", "长堤保安", "保安公司", "江北区"],
    ):
        orgs.append(row)
    workbook.create_sheet("空表")
    return saved(workbook)


@made("projects.xlsx")
def projects() -> bytes:
    """Projects of a new client, with the steps of the contest."""
    rows = [
        ["参评项目申报汇总表"],
        [
            "项目名称",
            "申报单位",
            "甲方单位",
            "场所类别",
            "保安员数",
            "持证人数",
            "监管系统信息准确",
            "申报时间",
            "甲方同意日期",
            "推荐单位",
            "推荐日期",
        ],
        [
            "江城医院安保项目",
            "长堤保安公司",
            "江城人民医院",
            "医院",
            20,
            20,
            "是",
            "9月2日",
            "9月3日",
            "江城保安支队",
            "10月20日",
        ],
        ["二小护校项目", "长堤保安公司", "江城第一小学", "小学", 12, 12, "是", "9月2日", "9月3日", None, None],
        ["一小护校项目", "长堤保安公司", "江城第一小学", "学校", 11, 11, "是", "2022-09-01", None, None, None],
    ]
    return saved(book(rows))


@made("deeds.xlsx")
def deeds() -> bytes:
    """Stories with line ends, persons of whom one is not known, and who it was reported to."""
    rows = [
        ["标题", "类别", "发生时间", "姓名", "队伍", "地点", "主要事迹", "证明材料", "上报日期", "报送单位"],
        [
            "雨夜送老人回家",
            "好事",
            "9月8日",
            "王守江",
            "江边巡逻小组",
            "江边街道",
            "队员夜里遇到迷路的老人。\n\n陪着走了两公里，送到家门口。",
            "家属感谢信；值班记录，含照片",
            "9月9日",
            "江城保安支队、江城保安协会",
        ],
        [
            "扑灭一处火苗",
            "战果",
            "9月10日",
            "周不识",
            "江边巡逻小组",
            "江边街道",
            "队员用灭火器扑灭火苗。",
            None,
            None,
            None,
        ],
    ]
    return saved(book(rows, "事迹"))


@made("awards.xls")
def awards() -> bytes:
    """Recipients of all kinds in one column."""
    rows = [
        ["表彰名单"],
        ["序号", "荣誉称号", "获奖单位（个人）", "公示文件", "颁奖词"],
        [1, "江城优秀保安服务项目", "一小护校项目", None, "每天都在。"],
        [2, "先进保安公司", "长堤保安", "n01", "守一段江堤。"],
        [3, "优秀保安员", "王守江", "n01", "夜里也在。"],
        [4, "优秀保安员", "吴不在", "n01", None],
    ]
    return converted(saved(book(rows, "表彰")), "xls")


@made("figures.csv")
def figures() -> bytes:
    """Figures with their words, in UTF-8 with a byte-order mark."""
    lines = [
        "指标名称,数量,截止日期,数据来源",
        "参与保安员,200余名,2022-9-30,报名表汇总（示例）",
        '巡逻人次,"1,200多人次",2022.10.31,各队台账',
    ]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()


@made("twins.xlsx")
def twins() -> bytes:
    """Two rows with one id, an id that would move an address, ids that are none, one team twice."""
    head = ["编号", "名称", "类别", "所属单位", "人数", "自愿", "持证", "参保", "年龄"]
    rest = ["巡逻小组", "长堤保安公司", 5, "是", "是", "是", "是"]
    return saved(
        book(
            [
                head,
                ["t01", "江边巡逻小组", *rest],
                ["t07", "江北巡逻小组", *rest],
                ["t07", "江南巡逻小组", *rest],
                ["t09", "第一巡查组", "巡查组", "江城保安协会", 2, "是", "是", "是", "是"],
                ["队一", "江东巡逻小组", *rest],
                [None, "江西巡逻小组", *rest],
                [None, "江西巡逻小组", *rest],
            ]
        )
    )


@made("weekly.xlsx")
def weekly() -> bytes:
    """A form with words of its own: a person has to say what two columns mean."""
    rows = [
        ["勤务日", "班组", "出勤工时", "片区名", "备忘"],
        ["2022-09-05", "江边巡逻小组", 4, "江边街道", "一切正常"],
        ["2022-09-06", "江边巡逻小组", 4, "江边街道", "下雨"],
    ]
    return saved(book(rows, "周报"))


@made("not-published.xlsx")
def not_published() -> bytes:
    """A deed that names somebody without consent: the project's own checks find it."""
    rows = [
        ["标题", "类别", "日期", "人物", "事迹", "上报日期", "上报单位"],
        [
            "夜里的灯",
            "好人好事",
            "2022-09-12",
            "沈未许",
            "保安员沈未许点亮了楼道的灯。",
            "9月12日",
            "江城保安支队、江城保安协会",
        ],
        [
            "修好一盏灯",
            "好人好事",
            "2022-09-13",
            "r01",
            "队员修好了楼道的灯。",
            "9月13日",
            "江城保安支队、江城保安协会",
        ],
    ]
    workbook = book(rows, "事迹")
    other = workbook.create_sheet("人员")
    other.append(["姓名", "单位", "岗位"])
    other.append(["沈未许", "长堤保安公司", "保安员"])
    return saved(workbook)


@made("is-a-csv.xlsx")
def is_a_csv() -> bytes:
    return patrols_gbk()


@made("is-a-workbook.csv")
def is_a_workbook() -> bytes:
    return patrols_1904()


@made("is-word.xls")
def is_word() -> bytes:
    """A .doc that somebody renamed: a compound file whose stream bears the name of Word's."""
    data = bytearray(converted(saved(book([["队伍名单"]])), "xls"))
    at = data.index("Workbook".encode("utf-16-le"))
    data[at : at + 64] = "WordDocument".encode("utf-16-le").ljust(64, b"\0")
    data[at + 64 : at + 66] = (26).to_bytes(2, "little")
    return bytes(data)


@made("is-html.xls")
def is_html() -> bytes:
    """What many systems of offices call an export to Excel."""
    return "<html><table><tr><td>队伍名称</td><td>人数</td></tr></table></html>".encode("gbk")


@made("locked.xlsx")
def locked() -> bytes:
    from msoffcrypto.format.ooxml import OOXMLFile

    buffer = io.BytesIO()
    OOXMLFile(io.BytesIO(teams())).encrypt("123456", buffer)
    return buffer.getvalue()


@made("macros.xlsm")
def macros() -> bytes:
    """With a part where macros are kept; its content is none."""
    data = io.BytesIO(patrols_1904())
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 no macros in here")
    return data.getvalue()


@made("damaged.xlsx")
def damaged() -> bytes:
    return teams()[:-600]


@made("empty.xlsx")
def empty() -> bytes:
    return saved(Workbook())


@made("nothing.xlsx")
def nothing() -> bytes:
    return b""


@made("photo.xlsx")
def photo() -> bytes:
    """A picture that somebody renamed."""
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(range(256)) * 4


if __name__ == "__main__":
    for name in sys.argv[1:] or MADE:
        (HERE / name).write_bytes(MADE[name]())

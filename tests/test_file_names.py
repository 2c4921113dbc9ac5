"""Names of files as people and systems give them: found under one form and published, or refused with the sign named."""

import os
from datetime import date
from unicodedata import normalize

import pytest
from conftest import Project
from diagnostics.cases import picture

from honorroll.diagnostics import Diagnostic
from honorroll.filesystem import file_names
from honorroll.incremental.database import Database
from honorroll.inputs import loader, scan

#: Names that all systems accept: found, and published where they are static files.
FINE = [
    "gate.jpg",
    "gate.JPG",
    "gate.JPEG",
    "Gate.Jpg",
    "校门口.jpg",
    "校门\u3000口.jpg",
    "\u3000校门.jpg",
    "校门\u00a0口.jpg",
    "校门 口.jpg",
    "校门  口.jpg",
    "窄\u2009空格.jpg",
    "IMG_0001 (1).jpg",
    "微信图片_20220901093000.jpg",
    "截图（2022-09-01）.png",
    "【定稿】校门[最终版].jpg",
    "100%.jpg",
    "50%20off.jpg",
    "a#1.jpg",
    "#1现场.jpg",
    "第#2张.jpg",
    "a&b.jpg",
    "it's.jpg",
    "a+b.jpg",
    "a~b.jpg",
    "~a.jpg",
    "~1.jpg",
    "a=b;c,d.jpg",
    "a@2x.jpg",
    "$HOME.jpg",
    "`whoami`.jpg",
    "!important.jpg",
    "-rf.jpg",
    "--help.jpg",
    "{a}.jpg",
    "a^b.jpg",
    " leading.jpg",
    "a.b.c.jpg",
    "a..jpg",
    "a...b.jpg",
    "caf\u00e9.jpg",
    "cafe\u0301.jpg",
    "\u1e69.jpg",
    "s\u0323\u0307.jpg",
    "が.jpg",
    "か\u3099.jpg",
    "한글.jpg",
    normalize("NFD", "한글.jpg"),
    "Ω.jpg",
    "\u2126.jpg",
    "ﬁne.jpg",
    "𠮷野家.jpg",
    "\ue000自造字.jpg",
    "你好👋.jpg",
    "👨\u200d👩\u200d👧.jpg",
    "❤\ufe0f.jpg",
    "🇨🇳.jpg",
    "１２３.jpg",
    "全角：冒号？.jpg",
    "“引号”.jpg",
    "《通知》.jpg",
    "con-1.jpg",
    "icon.jpg",
    "console.jpg",
    "com10.jpg",
    "nul1.jpg",
    "auxiliary.jpg",
    "名" * 80 + ".jpg",
    "x" * 250 + ".jpg",
    "ё.jpg",
    "İstanbul.jpg",
    "ß.jpg",
    "العربية.jpg",
]

#: Names that some systems refuse, or that hold what cannot be seen; what is said of each.
REFUSED = {
    "9:30.jpg": ("的第 2 个字符是半角冒号“:”", "has a colon `:` as character 2"),
    "a?.jpg": ("的第 2 个字符是半角问号“?”", "has a question mark `?` as character 2"),
    "a*b.jpg": ("的第 2 个字符是星号“*”", "has an asterisk `*` as character 2"),
    'a"b.jpg': ('的第 2 个字符是半角双引号“"”', 'has a double quote `"` as character 2'),
    "<a.jpg": ("的第 1 个字符是小于号“<”", "has a less-than sign `<` as character 1"),
    "校门>.jpg": ("的第 3 个字符是大于号“>”", "has a greater-than sign `>` as character 3"),
    "a|b.jpg": ("的第 2 个字符是竖线“|”", "has a vertical bar `|` as character 2"),
    "a\\b.jpg": ("的第 2 个字符是反斜杠“\\”", "has a backslash `\\` as character 2"),
    "a\nb.jpg": ("的第 2 个字符是换行（U+000A）", "has a line feed (U+000A) as character 2"),
    "a\rb.jpg": ("的第 2 个字符是回车（U+000D）", "has a carriage return (U+000D) as character 2"),
    "a\tb.jpg": ("的第 2 个字符是制表符（U+0009）", "has a tab (U+0009) as character 2"),
    "a\x7f.jpg": (
        "的第 2 个字符是看不见的字符（U+007F）",
        "has an invisible character (a control character) (U+007F) as character 2",
    ),
    "a\x85.jpg": (
        "的第 2 个字符是看不见的字符（U+0085）",
        "has an invisible character (a control character) (U+0085) as character 2",
    ),
    "零\u200b宽.jpg": ("的第 2 个字符是零宽空格（U+200B）", "has a zero-width space (U+200B) as character 2"),
    "\ufeffa.jpg": ("的第 1 个字符是字节顺序标记（U+FEFF）", "has a byte-order mark (U+FEFF) as character 1"),
    "a\u202egpj.exe.jpg": (
        "的第 2 个字符是书写方向标记（U+202E）",
        "has a right-to-left override (U+202E) as character 2",
    ),
    "a\u200e.jpg": ("的第 2 个字符是书写方向标记（U+200E）", "has a left-to-right mark (U+200E) as character 2"),
    "a\u2066b.jpg": (
        "的第 2 个字符是看不见的字符（U+2066）",
        "has an invisible character (left-to-right isolate) (U+2066) as character 2",
    ),
    "soft\u00adhyphen.jpg": ("的第 5 个字符是软连字符（U+00AD）", "has a soft hyphen (U+00AD) as character 5"),
    "a\u200db.jpg": ("的第 2 个字符是零宽连接符（U+200D）", "has a zero-width joiner (U+200D) as character 2"),
    "a\u2028b.jpg": (
        "的第 2 个字符是看不见的字符（U+2028）",
        "has an invisible character (line separator) (U+2028) as character 2",
    ),
    "a\ufffe.jpg": (
        "的第 2 个字符是看不见的字符（U+FFFE）",
        "has an invisible character (a control character) (U+FFFE) as character 2",
    ),
    "\udcff.jpg": ("的第 1 个字符是不合 UTF-8 的字节 0xFF", "has the byte 0xFF, which is no UTF-8, as character 1"),
    "校\udcc3.jpg": ("的第 2 个字符是不合 UTF-8 的字节 0xC3", "has the byte 0xC3, which is no UTF-8, as character 2"),
    "a.jpg ": ("以空格结尾", "ends in a blank"),
    "a.jpg.": ("以句点结尾", "ends in a full stop"),
    "校门.": ("以句点结尾", "ends in a full stop"),
    "CON.jpg": ("是 Windows 留给设备的“CON”", "is `CON`, which Windows keeps for a device"),
    "con": ("是 Windows 留给设备的“con”", "is `con`, which Windows keeps for a device"),
    "nul.tar.gz": ("是 Windows 留给设备的“nul”", "is `nul`, which Windows keeps for a device"),
    "Aux.png": ("是 Windows 留给设备的“Aux”", "is `Aux`, which Windows keeps for a device"),
    "prn .jpg": ("是 Windows 留给设备的“prn”", "is `prn`, which Windows keeps for a device"),
    "COM1.jpg": ("是 Windows 留给设备的“COM1”", "is `COM1`, which Windows keeps for a device"),
    "lpt9.jpg": ("是 Windows 留给设备的“lpt9”", "is `lpt9`, which Windows keeps for a device"),
    "com¹.jpg": ("是 Windows 留给设备的“com¹”", "is `com¹`, which Windows keeps for a device"),
}

#: Names of what other programs leave behind: passed over.
LITTER = [
    ".DS_Store",
    "._gate.jpg",
    "Thumbs.db",
    "~$通知.docx",
    "gate.jpg~",
    "gate.jpg.bak",
    "gate.tmp",
    "#gate.jpg#",
    ".gate.jpg.swp",
]


def test_the_table_is_long_enough() -> None:
    assert len(FINE) + len(REFUSED) + len(LITTER) >= 110


@pytest.mark.parametrize("name", FINE, ids=ascii)
def test_a_name_that_all_systems_accept_is_found_and_published(project: Project, name: str) -> None:
    """Known in one form (NFC), with a cold and a warm cache."""
    whole = normalize("NFC", name)
    project.write(f"content/pictures/{name}", picture())
    project.write(f"static/cafe\u0301/{name}", picture())
    database = Database()
    for _ in range(2):
        snapshot, problems = scan.read(project.root, database)
        assert not problems
        campaign, faults = loader.load(snapshot, date(2022, 11, 1), database)
        assert not faults
        assert campaign
        assert campaign.pictures[f"content/pictures/{whole}"].data == picture()
        assert snapshot.files[f"static/caf\u00e9/{whole}"].data == picture()


def test_all_of_them_are_published_as_static_files_under_one_form(project: Project) -> None:
    names = {normalize("NFC", name): name for name in FINE}
    plain = {whole.casefold(): (whole, name) for whole, name in names.items()}
    for whole, name in plain.values():
        project.write(f"static/{name}", whole.encode())
    assert project.build().counts
    output = project.output()
    for whole, _ in plain.values():
        assert output[f"static/{whole}"] == whole.encode()
    assert project.build().counts


@pytest.mark.parametrize("name", REFUSED, ids=ascii)
@pytest.mark.parametrize("folder", ["content/pictures", "static", "templates", "data"])
def test_a_name_that_some_systems_refuse_is_told_with_its_sign(project: Project, name: str, folder: str) -> None:
    try:
        with open(os.fsencode(project.write(f"{folder}/x", "").with_name(name)), "wb"):  # noqa: PTH123  # no `Path` takes bytes
            pass
    except OSError:
        pytest.skip("this system has no such names")
    project.remove(f"{folder}/x")
    for _ in range(2):
        (finding,) = project.build().findings
        assert (finding.diagnostic.rule, finding.span.path) == ("SRC-09", f"{folder}/{name}")
        zh, en = REFUSED[name]
        assert finding.message("zh") == f"文件名{zh}"
        assert finding.message("en") == f"the file's name {en}"


@pytest.mark.parametrize("name", LITTER)
def test_what_other_programs_leave_behind_is_passed_over(name: str) -> None:
    assert file_names.is_litter(name)


@pytest.mark.parametrize("name", [*FINE, *REFUSED], ids=ascii)
def test_no_other_name_is_passed_over(name: str) -> None:
    assert not file_names.is_litter(name)


@pytest.mark.parametrize("name", FINE, ids=ascii)
def test_a_folder_may_have_the_name(name: str) -> None:
    assert file_names.fault(f"content/{name}") is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("content/pictures/caf\u00e9.jpg", "content/pictures/cafe\u0301.jpg"),
        ("content/caf\u00e9/a.jpg", "content/cafe\u0301/a.jpg"),
        ("static/한글.txt", "static/" + normalize("NFD", "한글.txt")),
        ("static/Ω.txt", "static/\u2126.txt"),
        ("content/が/が.jpg", normalize("NFD", "content/が/が.jpg")),
    ],
)
@pytest.mark.parametrize("built", [0, 1, 2], ids=["cold", "warm", "warm the other way"])
def test_two_files_that_differ_in_form_alone_are_told(project: Project, one: str, other: str, built: int) -> None:
    first, second = (one, other) if built < 2 else (other, one)
    project.write(first, "x")
    if built:
        scan.read(project.root)
        project.build()
    try:
        file = project.root / second
        file.parent.mkdir(exist_ok=True)
        file.touch(exist_ok=False)
    except FileExistsError:
        pytest.skip("this system takes both for one")
    for _ in range(2):
        found: list[Diagnostic] = [f.diagnostic for f in project.build().findings]
        assert [(d.rule, d.place.path, d.args["other"]) for d in found if d.rule == "SRC-04"] == [
            ("SRC-04", normalize("NFC", one), normalize("NFC", one))
        ]

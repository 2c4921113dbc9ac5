"""How long an import of a large sheet takes, and how much memory: from the file to the plan, without the checks of the project.

python3 benchmarks/imports.py [ROWS]
"""

import io
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).parent.parent
MINIMAL = ROOT / "tests" / "sites" / "minimal"


def workbook(rows: int) -> bytes:
    """A log of patrols: dates as texts, teams by name."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("巡逻台账")
    sheet.append(["某市巡逻台账"])
    sheet.append(["序号", "巡逻日期", "小组", "时长（小时）", "巡逻区域", "派勤单位", "联系电话"])
    for number in range(rows):
        day = date(2022, 9, 1) + timedelta(days=number // 40 % 60)
        where = f"江边街道{number // 2400 + 1}段{number % 40 + 1}号"
        sheet.append(
            [number + 1, f"{day.year}.{day.month}.{day.day}", "江边巡逻小组", 4.0, where, "江城保安支队", None]
        )
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def measured(kind: str, file: str) -> None:
    """One step in a process of its own."""
    sys.path.insert(0, str(ROOT))
    from honorroll import inputs
    from honorroll.importer import Choices, Found, Remark, find, read_sheets, records_of

    data = Path(file).read_bytes()
    start = time.perf_counter()
    if kind == "plan":
        campaign, _ = inputs.load(inputs.read(MINIMAL)[0], date(2022, 11, 1))
        book = read_sheets("log.xlsx", data)
        assert campaign
        assert not isinstance(book, Remark)
        found = [find(sheet, Choices()) for sheet in book.sheets]
        records = records_of(campaign, [one for one in found if isinstance(one, Found)])
        print(f"{len(records.entries)} records, {len(records.told.faults)} faults")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{kind}: {time.perf_counter() - start:.1f} s, at most {peak:.0f} MB")


def main() -> None:
    if len(sys.argv) == 3:
        measured(*sys.argv[1:])
        return
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "log.xlsx"
        file.write_bytes(workbook(rows))
        print(f"{rows} rows, {file.stat().st_size / 1e6:.1f} MB")
        subprocess.run([sys.executable, __file__, "plan", str(file)], check=True)


if __name__ == "__main__":
    main()

"""The ledgers: patrols and inspections as they were done, day by day."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from honorroll.model.base import Record, field
from honorroll.model.field_types import Count, Day, Hours, Id, Reference, Text

Shift = Literal["白天", "晚上"]
Mode = Literal["现场", "视频"]
PointKind = Literal[
    "警保联动点", "学校", "医院", "车站", "商超", "景点", "小区", "园区", "机关", "金融网点", "工地", "其他"
]
HazardState = Literal["已整改", "整改中"]


class Patrol(Record):
    """One patrol of one team on one day."""

    label = ("巡逻记录", "patrol")
    public_from = "date"

    date: Day = field(title="日期")
    team: Annotated[Id, Reference("teams")] = field(title="队伍")
    hours: Hours = field(title="小时数", gt=0, le=24)
    area: Text = field(title="区域（到街道）")
    assigned_by: Annotated[Id, Reference("orgs")] | None = field(None, title="派勤单位")


class Point(Record):
    """Service points of one kind that an inspection visited; contest projects by name."""

    rules: ClassVar[Mapping[str, str]] = {"kind": "INS-04"}

    kind: PointKind = field(title="点位类别")
    count: Count = field(1, title="点位数", ge=1)
    project: Annotated[Id, Reference("projects")] | None = field(None, title="评比项目")
    finding: str = field("", title="检查情况")


class Hazard(Record):
    """A hazard that an inspection found."""

    what: Text = field(title="隐患")
    state: HazardState = field(title="整改状态")
    closed: Day | None = field(None, title="整改日期")


class Inspection(Record):
    """One inspection shift of one team."""

    label = ("巡查记录", "inspection")
    public_from = "date"

    date: Day = field(title="日期")
    shift: Shift = field(title="班次")
    mode: Mode = field("现场", title="方式")
    team: Annotated[Id, Reference("teams")] = field(title="队伍")
    area: str = field("", title="区域（到街道）")
    points: tuple[Point, ...] = field(title="点位", min_length=1)
    hazards: tuple[Hazard, ...] = field((), title="隐患")

    @property
    def point_count(self) -> int:
        """How many service points the shift visited."""
        return sum(point.count for point in self.points)

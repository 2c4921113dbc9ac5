"""Who takes part: organisations, teams and people."""

from typing import Annotated, Literal

from honorroll.chinese import masked
from honorroll.model.base import Record, field
from honorroll.model.consents import Purpose, WholeConsent
from honorroll.model.field_types import Count, Id, Reference, Text, YesNo
from honorroll.model.stories import Photo

OrgKind = Literal["支队", "分县局", "协会", "保安公司", "客户单位"]
TeamType = Literal["应急机动队", "巡逻小组", "巡查组"]
Mask = Literal["全名", "隐名", "匿名"]


class Org(Record):
    """An organisation: police unit, association, security company or client."""

    label = ("单位", "organisation")
    link, folder = "company", "companies"

    id: Id = field(title="编号")
    name: Text = field(title="全称")
    short: str = field("", title="简称")
    kind: OrgKind = field(title="类别")
    region: str = field("", title="所在区县")
    role: str = field("", title="协会职务")


class Team(Record):
    """A mobile squad, patrol group or inspection group."""

    label = ("队伍", "team")
    link, folder = "team", "teams"
    photo_field = "photos"

    id: Id = field(title="编号")
    name: Text = field(title="名称")
    type: TeamType = field(title="类别")
    org: Annotated[Id, Reference("orgs")] = field(title="所属单位")
    headcount: Count = field(title="人数", ge=1)
    groups: Count = field(1, title="分组数", ge=1)
    areas: tuple[Text, ...] = field((), title="任务区域（到街道）")
    equipment: tuple[Text, ...] = field((), title="装备")
    liaison: Annotated[Id, Reference("orgs")] | None = field(None, title="对接公安机关")
    voluntary: YesNo = field(False, title="自愿参加")
    certified: YesNo = field(False, title="全员持证")
    insured: YesNo = field(False, title="全员参保")
    age_checked: YesNo = field(False, title="年龄已核")
    about: str = field("", title="简介")
    photos: tuple[Photo, ...] = field((), title="照片")


class Person(Record):
    """A guard or citizen whom deeds and awards mention. The site shows `public_name` only."""

    label = ("人员", "person")

    id: Id = field(title="编号")
    name: Text = field(title="姓名")
    mask: Mask = field("隐名", title="显示方式")
    minor: YesNo = field(False, title="未成年")
    consent: WholeConsent | None = field(None, title="本人同意（今后写进 consents.yaml）")
    org: Annotated[Id, Reference("orgs")] | None = field(None, title="单位")
    role: str = field("保安员", title="身份")

    #: What the ledger of consents says of this person on the day of the build (`agreed`); nobody types it.
    agreed: tuple[Purpose, ...] = ()

    @property
    def is_named(self) -> bool:
        """Whether the site shows any part of the name."""
        return "姓名" in self.agreed and self.mask != "匿名"

    @property
    def is_told(self) -> bool:
        """Whether a deed may say whose it was."""
        return self.is_named and "事迹" in self.agreed

    @property
    def is_pictured(self) -> bool:
        """Whether pictures may show this person so that others recognise them."""
        return "照片" in self.agreed and self.mask != "匿名"

    @property
    def public_name(self) -> str:
        """The name as it may be shown: whole, surname only, or none at all.

        Without a consent in force the person stays unnamed (PRV-05, PRV-06).
        """
        if not self.is_named:
            return self.unnamed
        return self.name if self.mask == "全名" else masked(self.name)

    @property
    def deed_name(self) -> str:
        """The name as a deed may show it."""
        return self.public_name if self.is_told else self.unnamed

    @property
    def unnamed(self) -> str:
        """What stands for the name of somebody who is not named."""
        usual = self.fields()["role"].default
        return f"一名{'未成年人' if self.minor and self.role == usual else self.role}"

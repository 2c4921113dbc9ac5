"""What is told: deeds, news posts and plain pages."""

from datetime import datetime
from typing import Annotated, Literal

from honorroll.model.base import Record, field
from honorroll.model.field_types import Day, Id, Moment, Reference, Text, YesNo

DeedKind = Literal["战果", "好人好事", "先进事迹", "见义勇为"]


class Photo(Record):
    """A picture below `content/`, with the words that stand for it."""

    src: Text = field(title="图片")
    alt: Text = field(title="替代文字")
    caption: str = field("", title="图注")
    persons: tuple[Annotated[Id, Reference("persons")], ...] = field((), title="认得出的人")


class Report(Record):
    """When, and to whom, a deed was reported."""

    date: Day = field(title="上报日期")
    to: tuple[Annotated[Id, Reference("orgs")], ...] = field(title="上报单位", min_length=1)


class Incident(Record):
    """A serious incident: when it began, and when the police were called."""

    time: Moment = field(title="发生时间")
    called: Moment | None = field(None, title="报警时间")


class Deed(Record):
    """A result, a good deed, an exemplary story or an act of courage."""

    label = ("事迹", "deed")
    link, folder = "deed", "deeds"
    text_field, photo_field = "story", "photos"
    public_from = "date"

    id: Id = field(title="编号")
    title: Text = field(title="标题")
    kind: DeedKind = field(title="类别")
    date: Day = field(title="日期")
    persons: tuple[Annotated[Id, Reference("persons")], ...] = field((), title="人物")
    team: Annotated[Id, Reference("teams")] | None = field(None, title="队伍")
    project: Annotated[Id, Reference("projects")] | None = field(None, title="项目")
    place: str = field("", title="地点（到街道）")
    story: Text = field(title="事迹")
    evidence: tuple[Text, ...] = field((), title="佐证")
    incident: Incident | None = field(None, title="严重情况")
    reported: Report | None = field(None, title="上报")
    photos: tuple[Photo, ...] = field((), title="照片")


class Post(Record):
    """A news post: the front matter of a file in `content/news/`. Without a `summary` its text begins one."""

    label = ("新闻", "post")
    is_document = True
    link, folder = "news", "news"
    photo_field = "image"
    derived = frozenset({"id"})

    id: Id = field(title="编号")
    title: Text = field(title="标题")
    date: Moment = field(title="发布时间")
    tags: tuple[Annotated[Text, Reference("tags")], ...] = field((), title="标签")
    summary: str = field("", title="摘要")
    source: str = field("", title="来源")
    author: str = field("", title="作者")
    teams: tuple[Annotated[Id, Reference("teams")], ...] = field((), title="相关队伍")
    deeds: tuple[Annotated[Id, Reference("deeds")], ...] = field((), title="相关事迹")
    projects: tuple[Annotated[Id, Reference("projects")], ...] = field((), title="相关项目")
    awards: tuple[Annotated[Id, Reference("awards")], ...] = field((), title="相关荣誉")
    image: Photo | None = field(None, title="题图")
    gallery: YesNo = field(False, title="显示文件夹里的全部图片")
    updated: Moment | None = field(None, title="更新时间")
    change: str = field("", title="更新说明（改了什么，读者看得到）")
    draft: YesNo = field(False, title="草稿")

    @property
    def changed(self) -> datetime:
        """When readers were last told something new: the day of its update, else of the post."""
        return max(self.date, self.updated) if self.updated else self.date


class Article(Record):
    """A standing page: a file directly in `content/`, such as the plan or the reporting guide.

    Without a `summary` its text begins one.
    """

    label = ("页面", "page")
    is_document = True
    derived = frozenset({"id"})

    id: Id = field(title="编号")
    title: Text = field(title="标题")
    nav: str = field("", title="导航名称")
    summary: str = field("", title="摘要")
    updated: Day = field(title="更新日期")
    contacts: YesNo = field(False, title="显示联系方式")

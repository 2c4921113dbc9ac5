"""What can be read from a sheet: kinds of record, their columns, and the words by which offices call them.

Names and types of columns are those that the model declares; the one table of further words is `_WORDS`.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache, cached_property, lru_cache
from typing import Annotated, Any
from unicodedata import normalize

from msgspec import Struct

from honorroll.model import TABLES, Choice, Field, Id, Many, Record, Reference, Scalar, Type, type_of

#: The tables that a sheet may hold, in the order in which they are read: a team may name an organisation of the same workbook.
_TABLES = (
    *(
        "orgs",
        "persons",
        "teams",
        "cycles",
        "projects",
        "deeds",
        "notices",
        "awards",
        "figures",
        "patrols",
        "inspections",
    ),
    "consents",
)
#: Those of which no sheet is made: commands write what they hold, and a tag is a word.
NOT_IN_SHEETS = frozenset({"deploy", "imports", "redirects", "tags"})

#: Lists of records that a sheet holds as several rows of one record.
PARTS: Mapping[str, tuple[str, ...]] = {"inspections": ("points", "hazards")}


def _lists() -> Iterator[tuple[str, str]]:
    """Each list of records inside the records of a table that is neither rows of its sheet nor photographs; and the table."""
    for table in _TABLES:
        for name, own in TABLES[table].fields().items():
            is_list = isinstance(own.type, Many) and isinstance(own.type.item, type)
            if is_list and name not in PARTS.get(table, ()) and name != TABLES[table].photo_field:
                yield name, table


#: Lists that have a sheet of their own, a row for each item with the record that it belongs to; and the table of these.
LISTS: Mapping[str, str] = dict(_lists())

#: What a sheet may hold, in the order in which it is read.
KINDS = (*_TABLES, *LISTS)

#: An export holds their names only if it is asked for: it is mailed to others.
PRIVATE_KINDS = frozenset({"persons"})
#: What an export holds only if it is asked for.
ASKED_KINDS = PRIVATE_KINDS | {"consents", "cycles", "notices", "complaints", "vetoes", "objections"}

#: Sheets that look like many others: a word of their title or file must tell the kind.
BY_TITLE = frozenset({"cycles", "notices", *LISTS})


def table_of(kind: str) -> str:
    """The table that holds what a sheet of a kind does."""
    return LISTS.get(kind, kind)


def model(kind: str) -> type[Record]:
    """What a row of a sheet of a kind is."""
    if kind not in LISTS:
        return TABLES[kind]
    many = TABLES[LISTS[kind]].fields()[kind].type
    assert isinstance(many, Many)
    assert isinstance(many.item, type)
    return many.item


def label(kind: str) -> tuple[str, str]:
    """What records of a kind are called, in Chinese and English."""
    if kind not in LISTS:
        return TABLES[kind].label
    return TABLES[LISTS[kind]].fields()[kind].title, kind


def kind_of(word: str) -> str:
    """The kind that a person means by its name or by what its records are called; empty for none."""
    return next((kind for kind in KINDS if word in (kind, *label(kind))), "")


def owner(kind: str) -> str:
    """The column of a list that names the record which an item belongs to; empty for a table."""
    return TABLES[LISTS[kind]].label[1] if kind in LISTS else ""


#: By which fields a row is known as a record where it has no id.
NATURAL: Mapping[str, tuple[str, ...]] = {
    "orgs": ("name",),
    "persons": ("name", "org"),
    "teams": ("name",),
    "projects": ("name", "cycle"),
    "deeds": ("title", "date"),
    "awards": ("cycle", "title", "project", "org", "person"),
    "figures": ("name",),
    "patrols": ("date", "team", "area"),
    "inspections": ("date", "shift", "team", "area"),
    "cycles": ("title",),
    "notices": ("title", "date"),
    "consents": ("person", "given"),
    "activities": ("project", "kind", "date"),
    "vetoes": ("project", "kind", "date"),
    "merits": ("project", "kind", "date"),
    "complaints": ("project", "date"),
    "objections": ("award", "received"),
}

#: Fields without which a sheet is not of a kind, any one of each group.
_SIGNS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "orgs": (("name", "short"), ("kind", "region", "role", "short", "id")),
    "persons": (("name",), ("org", "role", "mask", "minor", "id")),
    "teams": (("name",), ("type", "headcount", "org", "areas", "liaison", "groups", "equipment")),
    "projects": (("name",), ("company", "client", "guards", "certified", "site_kind")),
    "deeds": (("title", "story"), ("story", "kind", "persons", "reported.date")),
    "awards": (("title", "recipient", "project", "org", "person"), ("cycle", "notice", "decision", "citation", "kind")),
    "figures": (("name",), ("value",)),
    "patrols": (("date",), ("team",), ("hours", "area", "assigned_by")),
    "inspections": (
        ("date",),
        ("team",),
        ("points.kind", "points.count", "points.project", "shift", "mode", "points.count@学校"),
    ),
    "cycles": (("title",), ("year", "award_title")),
    "notices": (("title",), ("date",), ("number", "start", "issuers", "kind")),
    "consents": (("person",), ("given",), ("purposes", "how")),
    "activities": (("project",), ("date",), ("note", "kind")),
    "vetoes": (("project",), ("date",), ("note", "kind")),
    "merits": (("project",), ("date",), ("evidence", "kind")),
    "complaints": (("project",), ("date",), ("note",)),
    "objections": (("award",), ("received", "about")),
}

#: Words of titles, sheets and files that tell the kind.
TITLES: Mapping[str, tuple[str, ...]] = {
    "orgs": ("单位", "公司", "企业", "会员"),
    "persons": ("人员", "队员", "保安员", "花名册"),
    "teams": ("队伍", "小组", "编组", "队"),
    "projects": ("项目", "参评", "申报"),
    "deeds": ("事迹", "好人好事", "战果"),
    "awards": ("荣誉", "获奖", "表彰", "光荣榜", "奖"),
    "figures": ("数据", "成绩", "统计", "汇总"),
    "patrols": ("巡逻",),
    "inspections": ("巡查", "检查"),
    "cycles": ("届次", "历届"),
    "notices": ("公告", "公示", "文件"),
    "consents": ("同意", "授权"),
    "activities": ("活动开展", "训练", "演练", "培训", "排查", "宣传"),
    "vetoes": ("否决",),
    "merits": ("加分", "表扬", "肯定"),
    "complaints": ("投诉", "举报"),
    "objections": ("异议",),
}

#: By kind and column: how offices head it. The field's own title, with and without what stands in brackets, needs no mention.
_WORDS: Mapping[str, Mapping[str, str]] = {
    "orgs": {
        "id": "单位编号 代码",
        "name": "单位名称 单位全称 公司名称 企业名称 名称 单位 公司 会员单位 会员单位名称",
        "short": "单位简称 公司简称",
        "kind": "单位类别 单位性质 类型 性质",
        "region": "区县 县区 所属区县 属地 辖区 所在地区 地区 所在地",
        "role": "职务 会内职务 协会任职 协会身份",
    },
    "persons": {
        "id": "人员编号 工号",
        "name": "人员姓名 队员姓名 保安员姓名 名字 姓名（保安员）",
        "mask": "姓名显示 公开方式 是否公开姓名",
        "minor": "是否未成年 未成年人",
        "org": "所属单位 所在单位 工作单位 公司 所属公司 单位名称 公司名称 所属企业 派出单位",
        "role": "职务 岗位 职位 人员类别 工种",
    },
    "teams": {
        "id": "队伍编号 小组编号",
        "name": "队伍名称 队伍 小组 小组名称 队名 组名 组别 巡逻队 巡逻小组 巡查组 巡逻队伍 巡逻组名称 编组名称 分队 分队名称",
        "type": "队伍类别 队伍类型 小组类别 类型 组别类型 性质",
        "org": "单位 公司 所属公司 所属企业 企业 派出单位 牵头单位 组建单位 单位名称 公司名称 保安公司 带队单位 责任单位",
        "headcount": "队员数 队员人数 总人数 人员数 人数(人) 保安员人数 保安员数 编制人数 参与人数 现有人数",
        "groups": "分组 组数 小组数 编组数",
        "areas": "任务区域 巡逻区域 巡查区域 责任区域 区域 责任区 巡逻范围 巡防区域 负责区域 辖区 街道",
        "equipment": "装备配备 配备装备 器材 装备器材 统一装备 装备情况",
        "liaison": "对接单位 公安机关 对接公安 联系单位 指导单位 对接民警单位 对接公安单位 属地公安 属地公安机关 联系公安机关 对接派出所 属地派出所 辖区派出所 联系派出所",
        "voluntary": "自愿 是否自愿 自愿参加 是否自愿参加 自愿报名",
        "certified": "持证 是否持证 是否全员持证 持证上岗 持证情况",
        "insured": "参保 保险 是否参保 是否全员参保 参保情况 社保 已参保",
        "age_checked": "年龄核对 年龄已核对 年龄是否已核 年龄是否核对 年龄已核实 年龄符合 年龄核查 年龄",
        "about": "队伍简介 介绍 情况介绍 说明",
    },
    "projects": {
        "id": "项目编号",
        "name": "项目名称 项目 参评项目 申报项目 服务项目 服务项目名称",
        "cycle": "评比届次 届",
        "site_kind": "场所类别 场所类型 服务场所类型 项目类别 场所 服务类型",
        "company": "公司 申报单位 申报公司 服务公司 公司名称 保安服务公司 所属公司 单位 承办单位 申报企业 保安单位",
        "client": "客户 服务对象 甲方 甲方单位 委托单位 被服务单位 客户名称 服务单位",
        "guards": "保安员数 人数 队员数 在岗人数 保安人数 派驻人数",
        "certified": "持证数 持证上岗人数 持证保安员数",
        "data_accurate": "信息准确 系统信息准确 监管系统准确",
        "applied": "申报日期 报名时间 申报时间",
        "consent": "甲方同意日期 客户同意时间 同意日期",
        "about": "项目简介 介绍 项目介绍 项目情况",
        "recommendation.org": "推荐单位 推荐机关 推荐公安机关",
        "recommendation.visit": "走访日期 实地走访",
        "recommendation.review": "资料审核 审核日期",
        "recommendation.date": "推荐时间",
    },
    "deeds": {
        "id": "事迹编号",
        "title": "事迹标题 题目 事迹名称 名称",
        "kind": "事迹类别 类型 事迹类型",
        "date": "发生日期 时间 发生时间 事发日期 事迹日期",
        "persons": "人员 姓名 当事人 主要人物 事迹人物 保安员 保安员姓名 队员 队员姓名",
        "team": "所属队伍 小组 巡逻小组 所在队伍",
        "project": "所属项目 服务项目 所在项目",
        "place": "发生地点 地点 事发地点",
        "story": "事迹内容 主要事迹 内容 经过 事迹简介 简要经过 事迹材料",
        "evidence": "证明材料 佐证材料 依据",
        "reported.date": "上报时间 报送日期 报送时间",
        "reported.to": "报送单位 上报对象 上报给",
        "incident.time": "事发时间",
        "incident.called": "报警日期",
    },
    "awards": {
        "id": "荣誉编号 证书编号",
        "cycle": "评比届次 届",
        "kind": "荣誉类别 奖项类别 类型",
        "title": "荣誉称号 奖项 奖项名称 荣誉名称 授予称号 荣誉",
        "project": "项目 项目名称 优秀项目",
        "org": "单位 公司 获奖公司 公司名称",
        "person": "个人 姓名 获奖人 获奖保安员",
        "recipient": "获奖者 获奖单位（个人） 获奖单位或个人 获奖名单 受表彰对象 表彰对象 获奖对象 单位/个人 名称",
        "notice": "公示文件 公示文号",
        "decision": "决定文件 决定文号 文号 表彰文号 表彰文件",
        "citation": "推荐理由 评语 颁奖辞",
    },
    "figures": {
        "id": "数据编号",
        "name": "名称 指标 指标名称 数据名称 统计项目 项目 数据项 内容",
        "value": "数量 数据 数 合计数 总数 累计 值",
        "approximate": "概数",
        "unit": "计量单位",
        "as_of": "截止日期 截至时间 截止时间 截至 截止 统计日期 统计截止日期",
        "source": "数据来源 来源说明",
        "key": "是否首页显示 首页",
    },
    "patrols": {
        "date": "巡逻日期 时间 巡逻时间 执勤日期 勤务日期",
        "team": "巡逻队伍 队伍名称 小组 巡逻小组 小组名称 巡逻队 组别 巡逻组 班组",
        "hours": "时长 小时 巡逻时长 巡逻小时数 工时 时数 时长(小时) 巡逻时长(小时) 巡逻时段 时段",
        "area": "区域 巡逻区域 街道 地点 巡逻地点 巡逻范围 责任区域",
        "assigned_by": "派勤 派出单位 指派单位 派勤机关 公安机关 指挥单位",
    },
    "inspections": {
        "date": "巡查日期 检查日期 时间 检查时间 巡查时间",
        "shift": "班 时段 白班/夜班 白天/晚上 班别",
        "mode": "巡查方式 检查方式 形式",
        "team": "巡查组 巡查小组 小组 队伍名称 检查组 巡查队伍 组别 小组名称 班组",
        "area": "区域 街道 巡查区域 地点 检查区域",
        "points.kind": "点位 点位类型 服务点类别 场所类别 点位种类 场所",
        "points.count": "点位数量 数量 点数 检查点位数 巡查点位数 处数",
        "points.project": "项目 项目名称 参评项目 检查项目",
        "points.finding": "检查结果 情况 巡查情况 检查发现 巡查记录",
        "hazards.what": "隐患情况 发现隐患 存在问题 问题隐患 隐患内容",
        "hazards.state": "整改情况 整改 状态 是否整改",
        "hazards.closed": "整改时间 完成整改日期 整改完成日期",
    },
    "cycles": {
        "id": "届次编号",
        "title": "届次 届次名称",
        "award_title": "称号 荣誉称号 项目称号",
    },
    "notices": {
        "id": "公告编号 文件编号",
        "kind": "文件类别 文件种类 公告类别 类型",
        "title": "文件名称 文件标题 公告标题 名称",
        "number": "文件号 发文字号 字号",
        "date": "日期 印发日期 发布日期 发文时间 成文日期",
        "start": "公示开始日期 公示起始日期 开始日期",
        "end": "公示结束日期 公示截止日期 结束日期",
        "issuers": "发文机关 印发单位 发布单位 单位",
        "body": "内容 文件内容 全文",
    },
    "consents": {
        "person": "姓名 人员 保安员 队员 本人姓名 同意人 授权人",
        "purposes": "同意内容 同意事项 授权内容 授权事项 公开内容 同意公开内容 公开事项",
        "given": "签署日期 签字日期 授权日期 同意时间 签署时间 日期",
        "how": "方式 形式 授权方式 签署方式",
        "guardian": "监护人 监护人关系",
        "until": "有效期 有效期至 有效期限 截止日期 到期日期",
        "withdrawn": "撤回时间 撤销日期",
        "kept": "档案号 存档号 档案编号",
    },
    "activities": {
        "project": "项目 项目名称 参评项目 服务项目",
        "kind": "活动类别 活动类型 类型 活动",
        "date": "时间 活动日期 活动时间 开展日期 开展时间",
        "note": "活动内容 情况 活动情况 主要内容 开展情况",
    },
    "vetoes": {
        "project": "项目 项目名称 参评项目",
        "kind": "情形 否决情形 类型 事项",
        "date": "时间 发生日期 发生时间",
        "note": "内容 说明 具体情况",
    },
    "merits": {
        "project": "项目 项目名称 参评项目",
        "kind": "加分类别 加分项 类型 加分情形",
        "date": "时间 表扬日期 表扬时间",
        "evidence": "内容 情况 加分依据 佐证 说明",
        "deed": "事迹",
    },
    "complaints": {
        "project": "项目 项目名称 参评项目 被投诉项目",
        "date": "时间 投诉日期 投诉时间 举报日期",
        "note": "内容 投诉内容 举报内容 反映情况 反映的问题",
    },
    "objections": {
        "award": "荣誉编号 荣誉名称 编号",
        "received": "日期 收到时间 异议日期",
        "about": "内容 异议内容 反映问题",
        "closed": "核查日期 办结日期",
        "outcome": "结论 核查结果 处理结果",
    },
}

#: Titles of parts that say little by themselves (日期, 情况), in characters.
_SHORT = 2

#: Headers of what no record holds, and nobody misses.
UNHEEDED = frozenset("序号 序 no no. 行号 备注 签名 签字 盖章 签章 审核 审核人 填表人 填报人 附注 备考".split())


class Column(Struct, frozen=True, dict=True):
    """What a column of a sheet may hold: a field of a record, or of a part of it."""

    key: str
    """`headcount`, or `reported.date` of a part."""
    title: str
    """In Chinese; unique among the columns of the kind."""
    type: Type
    field: Field

    @cached_property
    def many(self) -> bool:
        """Whether a cell may hold several values."""
        return isinstance(self.type, Many)

    @cached_property
    def item(self) -> Type:
        """The type of a value, or of each of them."""
        return self.type.item if isinstance(self.type, Many) else self.type

    @cached_property
    def refers(self) -> str:
        """The table whose record the cell names; empty for none."""
        return self.item.refers if isinstance(self.item, Scalar) else ""

    @cached_property
    def is_choice(self) -> bool:
        """Whether it is one of some words."""
        return isinstance(self.item, Choice)

    def call(self, lang: str) -> str:
        """What it is called."""
        return self.title if lang == "zh" else self.key


@cache
def columns(kind: str) -> Mapping[str, Column]:
    """What a sheet of a kind may hold, by key."""
    found = [*_owner(kind), *_columns(model(kind), kind)]
    told = Counter(column.title for column in found)
    taken = {word: key for key, words in _WORDS[kind].items() for word in words.split()}
    return {
        column.key: column
        if told[column.title] == 1 and len(column.title) > _SHORT and taken.get(column.title, column.key) == column.key
        else _full(kind, column)
        for column in found
    }


def _owner(kind: str) -> Iterator[Column]:
    """The column of a list that names the record which an item belongs to."""
    if name := owner(kind):
        table = LISTS[kind]
        type, _ = type_of(Annotated[Id, Reference(table)])
        yield Column(name, TABLES[table].label[0], type, Field(TABLES[table].label[0], ..., type=type))


def _columns(model: type[Record], kind: str) -> Iterator[Column]:
    for name, field in model.fields().items():
        inner = field.type.item if isinstance(field.type, Many) else field.type
        if isinstance(inner, Scalar | Choice):
            yield Column(name, re.sub(r"（.*", "", field.title), field.type, field)
        elif not isinstance(field.type, Many) or name in PARTS.get(kind, ()):
            if name == "consent" and kind == "persons":
                continue  # the ledger of consents holds it; no sheet gives consent
            for sub, own in _parts(inner):
                yield Column(f"{name}.{sub}", re.sub(r"（.*", "", own.title), own.type, own)


def _parts(inner: Any) -> Iterator[tuple[str, Field]]:
    for name, field in inner.fields().items():
        if isinstance(field.type.item if isinstance(field.type, Many) else field.type, Scalar | Choice):
            yield name, field


def _full(kind: str, column: Column) -> Column:
    """With the title of the field that it is a part of; a field of the record itself keeps its own."""
    name, _, sub = column.key.partition(".")
    if not sub or name in PARTS.get(kind, ()):
        return column
    title = re.sub(r"（.*", "", model(kind).fields()[name].title)
    return Column(column.key, title + column.title, column.type, column.field)


@lru_cache(maxsize=4096)
def plain_header(header: str) -> str:
    """A header as it is compared: NFKC, without blanks, marks at its ends, and line ends."""
    return re.sub(r"[\s\u200b\ufeff]+", "", normalize("NFKC", header)).strip("*:·").lower()


def _forms(header: str) -> tuple[str, ...]:
    """A header, and the same without what stands in brackets or before a slash."""
    whole = plain_header(header)
    bare = re.sub(r"\(.*?\)|\[.*?\]", "", whole)
    return tuple(dict.fromkeys([whole, bare, re.sub(r"^是否", "", bare)]))


@cache
def words(kind: str) -> Mapping[str, str]:
    """The column that each known header means, by its plain form."""
    found: dict[str, str] = {}
    for key, column in columns(kind).items():
        for form in _forms(column.title):
            found.setdefault(form, key)
    for key, own in _WORDS[kind].items():
        for word in own.split():
            for form in _forms(word):
                found.setdefault(form, key)
    for key, column in columns(kind).items():
        for form in _forms(column.field.title):
            found.setdefault(form, key)
    for key in columns(kind):
        found.setdefault(key, key)
    return {**{word: f"points.count@{word}" for word in _points(kind)}, **found}


def _points(kind: str) -> tuple[str, ...]:
    """The kinds of point, where each may have a column of its own."""
    return choices(columns(kind)["points.kind"]) if kind == "inspections" else ()


def meant(kind: str, header: str) -> str:
    """The column that a header means; empty for none."""
    known = words(kind)
    return next((known[form] for form in _forms(header) if form in known), "")


def is_of(kind: str, keys: set[str]) -> bool:
    """Whether columns with these keys make a sheet of a kind."""
    return all(any(key in keys for key in group) for group in _SIGNS[kind])


def wide_point(key: str) -> str:
    """The kind of point that a column of numbers counts; empty where it is none."""
    return key.partition("@")[2]


def choices(column: Column) -> tuple[str, ...]:
    """The words that it may hold."""
    return tuple(filter(None, column.item.words)) if isinstance(column.item, Choice) else ()

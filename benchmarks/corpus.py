"""A large invented campaign: `python benchmarks/corpus.py --posts 10000 --out DIR`.

Makes a project of N posts, N/10 teams, N/4 deeds and N/20 awards; the same arguments give the
same bytes everywhere.
"""

import argparse
import random
from datetime import date, datetime, timedelta
from pathlib import Path

_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗"
_GIVEN = "建志强明伟芳丽军勇涛磊静敏秀英华平刚红霞"
_PLACES = ("小区出入口", "地下车库", "服务中心大厅", "换乘车站", "门诊楼前", "产业园区", "会展中心", "老街巷口")
_WHO = ("全体队员", "值班班长", "驻勤人员", "巡逻小组", "新入职队员", "志愿队员")
_WHEN = ("清晨六点", "交接班前", "汛期来临时", "晚高峰时段", "连续三周以来", "开学第一周")
_DID = ("逐层排查了隐患", "演练了灭火与疏散", "落实了双人巡查", "讲解了防骗要点", "劝解了一起纠纷", "找到了走失的老人")
_SO = ("得到业主肯定", "收到群众感谢", "减少了警情", "积累了经验", "把风险消除在萌芽状态")
_HEADS = ("活动背景", "现场回顾", "主要做法", "工作成效", "下一步安排")
TAGS = ("安全生产", "岗位练兵", "先进典型", "社区服务", "应急演练", "消防安全", "志愿服务", "活动通知")

#: So many deeds are in a file: a file may have so many rows and megabytes, and no more.
MOST = 5_000


def sentence(r: random.Random) -> str:
    return f"{r.choice(_WHEN)}，{r.choice(_WHO)}在{r.choice(_PLACES)}{r.choice(_DID)}，覆盖{r.randint(3, 960)}人次，{r.choice(_SO)}。"


def paragraph(r: random.Random, posts: int) -> str:
    text = "".join(sentence(r) for _ in range(r.randint(2, 4)))
    kind = r.random()
    if kind < 0.3:
        return text + f"详见[往期报道](news:p{r.randint(1, posts):05d})。"
    return f"**{text[:6]}**{text[6:]}" if kind < 0.6 else text


def body(r: random.Random, posts: int) -> str:
    parts = [paragraph(r, posts)]
    for head in r.sample(_HEADS, 3):
        parts += [
            f"## {head}",
            paragraph(r, posts),
            "\n".join(f"- {sentence(r)}" for _ in range(3)),
            paragraph(r, posts),
        ]
    parts.append(
        "| 班组 | 人数 |\n| --- | ---: |\n" + "\n".join(f"| 第{n}班 | {r.randint(5, 40)} |" for n in range(1, 4))
    )
    return "\n\n".join(parts)


def name(r: random.Random) -> str:
    return r.choice(_SURNAMES) + r.choice(_GIVEN) + r.choice(_GIVEN)


def generate(posts: int, out: Path, seed: int = 7) -> None:
    """Write the project into `out`, which must not exist."""
    r = random.Random(seed)
    data, news = out / "data", out / "content" / "news"
    data.mkdir(parents=True)
    news.mkdir(parents=True)
    teams, deeds, awards = max(1, posts // 10), max(1, posts // 4), max(1, posts // 20)

    def write(path: Path, *blocks: str) -> None:
        path.parent.mkdir(exist_ok=True)
        path.write_text("".join(blocks), encoding="utf-8", newline="\n")

    write(data / "campaign.yaml", _CAMPAIGN)
    write(data / "orgs.yaml", _ORGS)
    write(data / "cycles.yaml", _CYCLES)
    write(data / "tags.yaml", *(f"- id: g{n}\n  name: {tag}\n" for n, tag in enumerate(TAGS, start=1)))
    write(
        data / "teams.yaml",
        *(
            f"- id: t{n:05d}\n  name: 第{n}巡逻小组\n  type: 巡逻小组\n  org: c01\n  headcount: {r.randint(5, 30)}\n"
            f"  areas: [{r.choice(_PLACES)}]\n  voluntary: 是\n  certified: 是\n  insured: 是\n"
            "  age_checked: 是\n  liaison: zd\n  equipment: [反光背心, 腰带]\n"
            for n in range(1, teams + 1)
        ),
    )
    told = [
        (
            f"- id: d{n:05d}\n  title: 岗位故事之{n}\n  kind: {r.choice(('战果', '好人好事', '先进事迹'))}\n"
            f"  date: {(day := date(2018, 1, 1) + timedelta(days=r.randint(0, 1500)))}\n  team: t{r.randint(1, teams):05d}\n"
            f"  reported: {{date: {day}, to: [xh]}}\n"
            f"  story: {''.join(sentence(r) for _ in range(5))}\n"
        )
        for n in range(1, deeds + 1)
    ]
    for at in range(0, deeds, MOST):
        write(data / ("deeds.yaml" if deeds <= MOST else f"deeds/{at}.yaml"), *told[at : at + MOST])
    write(
        data / "persons.yaml",
        *(f"- id: r{n:05d}\n  name: {name(r)}\n  org: c01\n" for n in range(1, awards + 1)),
    )
    write(
        data / "consents.yaml",
        *(
            f"- person: r{n:05d}\n  purposes: [姓名, 事迹]\n  given: 2018-01-01\n  how: 书面\n"
            for n in range(1, awards + 1)
        ),
    )
    write(
        data / "awards.yaml",
        *(
            f"- id: a{n:05d}\n  cycle: y1\n  kind: 保安员\n  title: 平安守护之星\n  person: r{n:05d}\n"
            f"  notice: n1\n  decision: n2\n  citation: {sentence(r)}\n"
            for n in range(1, awards + 1)
        ),
    )
    listed = ", ".join(f"a{n:05d}" for n in range(1, awards + 1))
    write(data / "notices.yaml", _NOTICES.format(listed))
    start, span = datetime(2016, 1, 4, 8), 2400  # noqa: DTZ001  # campaign time; the product adds the offset
    for n in range(1, posts + 1):
        when = start + timedelta(days=(n - 1) * span // posts, minutes=n % 500)
        head = f"---\ntitle: 平安同行第{n}期\ndate: {when:%Y-%m-%d %H:%M}\ntags: [{', '.join(r.sample(TAGS, 2))}]\n"
        head += f"summary: {sentence(r)}\nteams: [t{r.randint(1, teams):05d}]\n---\n\n"
        write(news / f"p{n:05d}.md", head, body(r, posts), "\n")


_CAMPAIGN = """\
id: bench
title: 基准活动
short_title: 基准
theme: 测量
summary: 虚构的大活动，用来测速度。
start: 2016-01-01
end: 2099-12-31
sample: 是
organisers: [xh]
site: {name: 基准站, base_url: "https://bench.example.org/", posts_per_page: 20}
thresholds: {mobile_squad_guards: 10, mobile_squad_groups: 2, patrol_group_guards: 5, patrol_hours: 4,
  inspection_group_min: 2, inspection_group_max: 3, inspection_points: 10, projects_per_company: 2,
  project_guards: 10, certified_percent: 100, min_age: 18, max_age: 55, notice_working_days: 5, report_days: 3,
  patrol_equipment: [反光背心, 腰带]}
"""
_ORGS = (
    "- {id: zd, name: 支队, kind: 支队}\n- {id: xh, name: 协会, kind: 协会}\n- {id: c01, name: 公司, kind: 保安公司}\n"
)
_CYCLES = "- {id: y1, title: 第一届, year: 2022, award_title: 平安守护之星, approval: 示例〔2022〕0号, order_note: 按报名先后为序}\n"
_NOTICES = """\
- {{id: n1, kind: 公示, title: 公示, number: 示例〔2022〕1号, date: 2022-11-07, start: 2022-11-07, end: 2022-11-15,
  issuers: [xh], body: 拟授予。}}
- {{id: n2, kind: 表彰决定, title: 决定, number: 示例〔2022〕2号, date: 2022-11-18, issuers: [xh], body: 决定授予。,
  awards: [{}]}}
"""


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--posts", type=int, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    generate(given.posts, given.out)

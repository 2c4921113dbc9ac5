"""How well the privacy gate sees: `python benchmarks/privacy.py [FOLDER ...] [--numbers 5000] [--pages SITE]`.

Makes up numbers of all kinds, disguises them in all ways and puts them into sentences, seeded, and tells how many are
found. In each FOLDER it looks through the texts (`.md`, `.txt`, `.html`) and tells how many false alarms there are a
document; `--show` prints what it takes for personal. With `--pages`, a built site, what the gate costs a file.
"""

import argparse
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from stdnum import luhn
from stdnum.iso7064 import mod_11_2

from honorroll.privacy import Found, identifiers, plain

_PLATE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_AREAS = ("340502", "340503", "340504", "340521", "340522", "340523", "110105", "310101", "440305", "510104", "820000")
_LANDLINES = ("0555", "0551", "010", "021", "0553", "020", "025", "0571")
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_HAN, _CHEQUE = "〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad"


class Made(NamedTuple):
    """A number that was made up, how it is read, and the sentences that it may stand in."""

    kind: str
    value: str
    typed: str
    groups: tuple[int, ...]
    contexts: tuple[str, ...]


def _digits(r: random.Random, count: int) -> str:
    return "".join(r.choice("0123456789") for _ in range(count))


def _day(r: random.Random) -> date:
    return date(1940, 1, 1) + timedelta(days=r.randrange(26000))


def _identity(r: random.Random) -> Made:
    body = r.choice(_AREAS) + f"{_day(r):%Y%m%d}" + _digits(r, 3)
    value = body + mod_11_2.calc_check_digit(body)
    contexts = (
        "身份证号{}。",
        "身份证号码：{}，家属已联系。",
        "张师傅（{}）拾金不昧",
        "失主{}已认领",
        "公民身份号码为{}的群众",
        "{}\n",
        "证件 {} 已归还",
    )
    return Made("identity", value, value, r.choice([(6, 8, 4), (6, 4, 4, 4), (3, 3, 4, 4, 4)]), contexts)


def _old_identity(r: random.Random) -> Made:
    value = r.choice(_AREAS[:-1]) + f"{_day(r):%y%m%d}" + _digits(r, 3)
    return Made(
        "identity",
        value,
        value,
        (6, 6, 3),
        ("身份证号{}。", "身份证：{}，", "老人的身份证号码是{}，", "居民身份证{}。"),
    )


def _mobile(r: random.Random) -> Made:
    value = "1" + r.choice("3456789") + _digits(r, 9)
    contexts = (
        "请拨打{}。",
        "电话：{}，找王师傅",
        "联系人王师傅{}",
        "（手机{}）",
        "失主电话{}已接通",
        "有事找老李，{}",
        "{}\n",
        "微信同号 {}",
        "队长 {} 负责",
    )
    return Made(
        "mobile",
        value,
        r.choice(["", "", "", "+86 ", "86-", "0086"]) + value,
        r.choice([(3, 4, 4), (4, 4, 3), (3, 3, 5)]),
        contexts,
    )


def _landline(r: random.Random) -> Made:
    area = r.choice(_LANDLINES)
    number = r.choice("2345678") + _digits(
        r, 7 if area in {"0551", "010", "021", "020", "025", "0571", "0553"} and area != "0553" else 6
    )
    link = r.choice(["-", " ", "-", "—"])
    return Made(
        "landline",
        area + number,
        area + link + number,
        (),
        ("家里电话{}。", "电话：{}，", "致电{}咨询", "座机{}有人接", "请联系 {}。"),
    )


def _plate(r: random.Random) -> Made:
    head = r.choice(_PROVINCES) + r.choice("ABCDEFGHJKLMN")
    if r.random() < 0.35:
        serial = r.choice(
            [r.choice("DF") + r.choice(_PLATE_LETTERS + "0123456789") + _digits(r, 4), _digits(r, 5) + r.choice("DF")]
        )
    else:
        signs = [*_digits(r, 3), *(r.choice(_PLATE_LETTERS + "0123456789") for _ in range(2))]
        r.shuffle(signs)
        serial = "".join(signs)
    contexts = ("车牌{}。", "一辆{}的轿车", "拦下{}，", "车号：{}，", "车主（{}）致谢", "号牌为{}的货车")
    return Made("plate", head + serial, head + r.choice(["", "", "·", " ", "-"]) + serial, (), contexts)


def _card(r: random.Random) -> Made:
    body = r.choice(["622848", "621700", "622202", "436742", "356833"]) + _digits(r, r.choice([9, 12]))
    value = body + luhn.calc_check_digit(body)
    contexts = ("银行卡号{}。", "农行账号：{}，", "捐款请汇至开户行工行，卡号{}", "工资卡{}丢失", "账户 {} 已冻结")
    return Made("card", value, value, (4, 4, 4, len(value) - 12) if len(value) == 16 else (6, 13), contexts)


def _paper(r: random.Random) -> Made:
    if r.random() < 0.5:
        return Made(
            "paper",
            v := r.choice(
                ["E" + r.choice(_PLATE_LETTERS[:4]) + _digits(r, 7), "E" + _digits(r, 8), "G" + _digits(r, 8)]
            ),
            v,
            (),
            ("护照{}。", "护照号：{}，", "持护照 {} 入境"),
        )
    return Made(
        "paper",
        v := r.choice("CHM") + _digits(r, 8),
        v,
        (),
        ("港澳通行证{}。", "通行证号：{}，", "往来港澳通行证 {} 遗失"),
    )


def _mail(r: random.Random) -> Made:
    name = r.choice(["wang", "li.ming", "zhang_1985", "s_guard", "heyan"]) + str(r.randrange(999))
    value = f"{name}@{r.choice(['qq.com', '163.com', 'gmail.com', 'foxmail.com', '126.com', 'sina.com'])}"
    return Made("mail", value, value, (), ("邮箱{}。", "来信请寄 {} ，", "邮箱：{}，", "发到{}即可", "投稿（{}）"))


def _qq(r: random.Random) -> Made:
    value = r.choice("123456789") + _digits(r, r.randint(6, 9))
    return Made("account", value, value, (), ("QQ：{}。", "QQ号{}，", "加QQ {} ", "扣扣号 {} 联系", "QQ号码是{}，"))


def _wechat(r: random.Random) -> Made:
    value = r.choice(["wang", "lily_", "ahma-", "wxid_"]) + _digits(r, 5)
    return Made("account", value, value, (), ("微信：{}。", "微信号{}，", "加微信：{} ", "vx: {} ", "微信号是{}，"))


KINDS: dict[str, Callable[[random.Random], Made]] = {
    "identity": _identity,
    "old identity": _old_identity,
    "mobile": _mobile,
    "landline": _landline,
    "plate": _plate,
    "card": _card,
    "paper": _paper,
    "mail": _mail,
    "QQ account": _qq,
    "WeChat account": _wechat,
}


def _every(text: str, join: str, groups: tuple[int, ...]) -> str:
    """A number in its customary groups, or sign by sign where it has none."""
    head = text[: len(text) - sum(groups)] if groups else ""
    rest, parts, at = text[len(head) :], list[str](), 0
    for length in groups or (1,) * len(rest):
        parts.append(rest[at : at + length])
        at += length
    return head + join.join(parts)


def _somewhere(text: str, r: random.Random, *wraps: tuple[str, str]) -> str:
    """Some of its signs between markup."""
    first = r.randrange(1, len(text) - 3)
    last = r.randrange(first + 1, len(text) - 1)
    before, after = r.choice(wraps)
    return text[:first] + before + text[first:last] + after + text[last:]


def _full(text: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


def _han(text: str, r: random.Random) -> str:
    table = r.choice([_HAN, _CHEQUE])
    return "".join(table[int(sign)] if sign in "0123456789" else sign for sign in text).replace(
        "一", r.choice("一幺") if table is _HAN else "一"
    )


def _circled(text: str, r: random.Random) -> str:
    table = r.choice(["⓪①②③④⑤⑥⑦⑧⑨", "⓿❶❷❸❹❺❻❼❽❾"])
    return "".join(table[int(sign)] if sign in "0123456789" else sign for sign in text)


Disguise = Callable[[Made, random.Random], str]

DISGUISES: dict[str, Disguise] = {
    "plain": lambda m, r: m.typed,
    "blanks": lambda m, r: _every(m.typed, r.choice([" ", "  ", "\u3000", "\u00a0"]), m.groups),
    "dashes": lambda m, r: _every(m.typed, r.choice("-—–－"), m.groups),
    "points": lambda m, r: _every(re.sub(r"[^0-9A-Z\u4e00-\u9fff]", "", m.typed), r.choice(".·、，,/|_"), ()),
    "sign by sign": lambda m, r: _every(re.sub(r"[^0-9A-Z\u4e00-\u9fff]", "", m.typed), r.choice([" ", "-", "."]), ()),
    "full width": lambda m, r: _full(m.typed),
    "Chinese digits": lambda m, r: _han(m.typed, r),
    "circled": lambda m, r: _circled(m.typed, r),
    "mixed": lambda m, r: "".join(
        _han(s, r) if n % 3 == 1 else _full(s) if n % 3 == 2 else s for n, s in enumerate(m.typed)
    ),
    "zero width": lambda m, r: _every(m.typed, r.choice(_UNSEEN), ()),
    "Markdown": lambda m, r: _somewhere(m.typed, r, ("**", "**"), ("*", "*"), ("`", "`"), ("~~", "~~"), ("***", "***")),
    "tags": lambda m, r: _somewhere(
        m.typed, r, ("<b>", "</b>"), ("<strong>", "</strong>"), ('<span class="x1">', "</span>"), ("<i></i>", "")
    ),
    "entities": lambda m, r: "".join(f"&#{ord(s)};" if n % 2 else f"&#x{ord(s):x};" for n, s in enumerate(m.typed)),
    "some entities": lambda m, r: "".join(f"&#{ord(s)};" if n in (2, 5) else s for n, s in enumerate(m.typed)),
    "percent": lambda m, r: "".join(f"%{ord(s):02X}" if s.isascii() else s for s in m.typed),
    "link": lambda m, r: _somewhere(m.typed, r, ("[", "](https://example.org/a)")),
    "line break": lambda m, r: _every(m.typed, "\n  ", m.groups) if m.groups else m.typed,
    "brackets": lambda m, r: f"【{m.typed}】",
    "alt text": lambda m, r: m.typed,
    "link target": lambda m, r: (
        f"[这里](tel:{m.typed})" if m.kind in ("mobile", "landline") else f"[这里](./{m.typed})"
    ),
    "JSON": lambda m, r: '"' + "".join(f"\\u{ord(s):04x}" if n % 4 == 1 else s for n, s in enumerate(m.typed)) + '"',
    "SVG": lambda m, r: f"<tspan>{m.typed[:4]}</tspan><tspan>{m.typed[4:]}</tspan>",
}
#: What the whole sentence stands in.
WHOLE = {"alt text": '<p><img alt="{}" src="a.png"></p>', "SVG": '<svg><text x="1" y="2">{}</text></svg>'}
#: What nobody does: groups of signs that have none, a home in a link.
_NEVER = {
    "points": {"mail", "QQ account", "WeChat account", "landline", "paper"},
    "sign by sign": {"mail", "QQ account", "WeChat account", "landline", "paper"},
    "blanks": {"mail", "QQ account", "WeChat account", "landline", "paper", "plate"},
    "dashes": {"mail", "QQ account", "WeChat account", "landline", "paper", "plate"},
    "link target": {"mail", "plate", "card", "paper", "QQ account", "WeChat account", "identity"},
    "Chinese digits": {"mail", "WeChat account"},
    "mixed": {"mail", "WeChat account"},
}


def made(count: int, seed: int = 7) -> Iterator[tuple[str, str, Made, str]]:
    """Kinds, disguises, numbers, and the texts that hold them: all combinations in turn."""
    r, pairs = random.Random(seed), [(k, d) for k in KINDS for d in DISGUISES]
    pairs = [(kind, how) for kind, how in pairs if kind not in _NEVER.get(how, ())]
    for number in range(count):
        kind, how = pairs[number % len(pairs)]
        one = KINDS[kind](r)
        text = r.choice(one.contexts).format(DISGUISES[how](one, r))
        yield kind, how, one, WHOLE.get(how, "保安员在岗。{}大家都说好。").format(text)


def seen(text: str) -> list[Found]:
    """What the gate finds in a text."""
    return [*identifiers.find(plain(text).text)] if identifiers.may(text.encode("utf-8", "replace")) else []


def recall(count: int, *, show: bool) -> None:
    total, found, by_way = Counter[str](), Counter[str](), Counter[str]()
    for kind, how, one, text in made(count):
        total[kind] += 1
        if any((each.kind, each.value) == (one.kind, one.value) for each in seen(text)):
            found[kind] += 1
        else:
            by_way[f"{kind}, {how}"] += 1
            if show and by_way[f"{kind}, {how}"] <= 2:
                print(f"  missed ({kind}, {how}): {text!r} {seen(text)}")
    for kind, number in total.items():
        print(f"{kind:14} {found[kind]:5} of {number:5}  {100 * found[kind] / number:6.2f} %")
    print(f"{'all':14} {sum(found.values()):5} of {count:5}  {100 * sum(found.values()) / count:6.2f} %")
    for way, number in by_way.most_common(30):
        print(f"  missed: {number:3} {way}")


def false_alarms(folders: list[Path], *, show: bool) -> None:
    documents, alarmed, kinds, size = 0, 0, Counter[str](), 0
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix.lower() in {".md", ".txt", ".html", ".htm", ".markdown"} and path.is_file():
                text = path.read_text(encoding="utf-8", errors="replace")
                documents, size = documents + 1, size + len(text)
                found = seen(text)
                alarmed += bool(found)
                for one in found:
                    kinds[one.kind] += 1
                    if show:
                        start, end = plain(text).origin(one.start, one.end)
                        print(f"  {path}: {one.kind} {one.value} in {text[max(0, start - 30) : end + 20]!r}")
    print(f"{documents} documents, {size / 1e6:.1f} million characters: {alarmed} with something found, {dict(kinds)}")


def cost(site: Path) -> None:
    files = [
        path.read_bytes()
        for path in site.rglob("*")
        if path.is_file() and path.suffix not in {".png", ".jpg", ".webp", ".avif"}
    ]
    identifiers.may(b"")
    start = time.perf_counter()
    maybe = [data for data in files if identifiers.may(data)]
    middle = time.perf_counter()
    for data in maybe:
        seen(data.decode())
    end, size = time.perf_counter(), sum(map(len, files)) / len(files)
    print(
        f"{len(files)} files of {size / 1000:.1f} KB: {1000 * (end - start) / len(files):.3f} ms each ({1000 * (middle - start) / len(files):.3f} at first sight, {len(maybe)} looked into)"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--numbers", type=int, default=5000)
    parser.add_argument("--pages", type=Path)
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    recall(given.numbers, show=given.show)
    if given.folders:
        false_alarms(given.folders, show=given.show)
    if given.pages:
        cost(given.pages)


if __name__ == "__main__":
    main()

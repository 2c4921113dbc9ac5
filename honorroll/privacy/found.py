"""What the gate may find, and the rule that each kind breaks."""

from typing import NamedTuple


class Found(NamedTuple):
    """Something personal in a text.

    `value` is its canonical form, the same however it was written; `mask` what may stand in its place.
    """

    kind: str
    """One of `KINDS`."""
    value: str
    start: int
    end: int
    mask: str


class Kind(NamedTuple):
    """A kind, in words, and its rule."""

    rule: str
    zh: str
    en: str


KINDS: dict[str, Kind] = {
    "identity": Kind("PRV-01", "身份证号", "an identity number"),
    "mobile": Kind("PRV-02", "手机号", "a mobile number"),
    "landline": Kind("PRV-02", "固定电话", "a landline number"),
    "plate": Kind("PRV-03", "车牌号", "a number plate"),
    "metadata": Kind("PRV-07", "图片里的附带信息", "metadata of a picture"),
    "card": Kind("PRV-10", "银行卡号", "the number of a bank card"),
    "paper": Kind("PRV-11", "护照或通行证号", "the number of a passport or permit"),
    "mail": Kind("PRV-12", "邮箱", "a mail address"),
    "account": Kind("PRV-13", "微信号或 QQ 号", "a WeChat or QQ account"),
    "home": Kind("PRV-14", "住址", "a home address"),
    "birth": Kind("PRV-15", "出生日期", "a date of birth"),
}

"""Whether it is worth while to look into a file: one pass over its bytes, by an automaton that never goes back.

Most files hold nothing that comes near. What this lets pass is looked into, so it may be too suspicious but never too lax.
"""

from functools import cache
from typing import Any

from honorroll.privacy.signs import CHINESE, DIGITS, PROVINCES, UNSEEN

_C = rf"[{CHINESE}]"
#: A tag that parts no number, mostly; more exact would take longer to compile.
_TAG = r"</?(?:[abeiqsuvw]|co|de|fo|kb|ma|t[is])[^<>]*>"
#: What may part the digits of a number.
_J = rf"(?:[\s_.\x{{a0}}\x{{b7}}\x{{3000}}-\x{{3011}}\x{{ff01}}-\x{{ff1a}}\x{{2000}}-\x{{202f}}!#-*,/:;=?[\\\]^`{{|}}~-]|{_TAG})*"

#: A digit or letter that is disguised, or something that is not seen: seldom enough to look at every file that has it.
_DISGUISE = (
    rf"[{DIGITS}\x{{ff21}}-\x{{ff3a}}\x{{ff41}}-\x{{ff5a}}]|[0-9A-Za-z{CHINESE}][{UNSEEN}]"
    r"|&#(?:x3[0-9]|x[46][0-9a-fA-F]|4[89]|5[0-7]|6[5-9]|[789][0-9]|6529[6-9]|6530[0-5]);|%(?:3[0-9]|[4-7][0-9A-F])|\\u(?:00(?:3[0-9]|[4-7][0-9a-fA-F])|[fF][fF]1[0-9])|\\x[3-7][0-9a-fA-F]"
    rf"|[0-9](?:&[a-z]{{2,8}};)|[-@0-9A-Z]\]\(|[0-9]{_J}{_C}{_J}[0-9]{_J}{_C}|{_C}(?:{_J}{_C}){{6}}"
)

_PATTERNS = (
    _DISGUISE,
    rf"(?:^|[^0-9T])(?:86{_J})?(?:0|1{_J}[3-9])(?:{_J}[0-9]){{9}}",
    rf"[1-8](?:{_J}[0-9]){{14}}",
    rf"[{PROVINCES}]{_J}[A-HJ-Za-hj-z]{_J}(?:[A-HJ-NP-Za-hj-np-z0-9](?:{_J}[A-HJ-NP-Za-hj-np-z0-9]){{4}}|[0-9](?:{_J}[0-9]){{3}}{_J}[学警港澳领挂使试超]|(?:[A-HJ-NP-Za-hj-np-z0-9]{_J}){{0,2}}{_C})",
    r"护照|通行证|台胞证|回乡证|[Pp]assport|PASSPORT",
    rf"[A-Za-z0-9][\s*~`]*(?:{_TAG})?(?:@|\x{{ff20}}|&commat;|%40|\\u0040|[\[(（{{【]\s?(?:at|AT|艾特)|艾特|\s(?:at|AT)\s[A-Za-z0-9-]+\s?(?:\.|dot|点)|#(?:qq|163|126|gmail|foxmail))",
    rf"(?:微信|薇信|威信|维信|卫星号|[Vv]信|(?:^|[^-_A-Za-z0-9])(?:[Ww]e[Cc]hat|WECHAT|[Vv][Xx]|[Ww][Xx]|[Qq][Qq])|加[Vv]|扣扣|企鹅)[^<>\n]{{0,12}}(?:{_TAG})?[A-Za-z0-9](?:(?:[-\s_*~`.]|{_TAG})*[A-Za-z0-9]){{4}}",
    r"[Ww][Xx][Ii][Dd]_|(?:单元|[栋幢座]|号楼|#楼)[^<>\n]{0,12}(?:室|号房|号|户|[0-9]{3})|(?:家住|住址|住所|现住|家庭地址|户籍|住在|居住|租住|暂住)[^<>\n]{4,40}(?:号|弄|组|栋|幢|室)",
    r"(?:出生|生于|生日)[^<>\n]{0,8}[0-9一二]|[0-9十日]\s?(?:出生|生[，。,；;、）)人])",
)


@cache
def _automaton() -> Any:
    import re2  # for builds that have made something

    options = re2.Options()
    options.never_capture = True
    options.max_mem = 64 << 20
    return re2.compile("|".join(_PATTERNS), options)


def may(data: bytes) -> bool:
    """Whether a file may hold anything that the detectors would find."""
    return _automaton().search(data) is not None

"""Cells that lead to one person: by what stands above them, and by what they hold."""

import re
from collections.abc import Iterable
from typing import Any
from unicodedata import normalize

from honorroll.importer.cells import text
from honorroll.privacy import identifiers, plain

_HEADERS = re.compile(
    r"身份证|身份号|证件号|证件编号|手机|电话|联系方式|联络方式|出生|生日|住址|家庭地址|居住地|户籍|籍贯|微信|qq|银行|卡号|护照|邮箱|电子邮件|车牌"
    r"|^(?:性别|年龄|民族|学历|血型|政治面貌|健康状况)$|birth|phone|mobile|id ?card|e-?mail"
)
_LONG_NUMBER = re.compile(r"[0-9]{15}|[0-9]{17}[0-9Xx]|[0-9]{18}")


def is_header(header: str) -> bool:
    """Whether a header asks for what is private."""
    return _HEADERS.search(re.sub(r"\s+", "", normalize("NFKC", header)).lower()) is not None


def found(values: Iterable[Any]) -> dict[str, str]:
    """Of these cells, the texts that hold something private, with what may be shown of it."""
    texts = {one for value in values if len(one := shown(value)) >= 5}
    told = {one: f"{one[:3]}***" for one in texts if _LONG_NUMBER.fullmatch(one)}
    if identifiers.may("\n".join(texts).encode()):
        for one in texts:
            if one not in told and identifiers.may(one.encode()):
                hits = identifiers.find(plain(one).text)
                if hits:
                    told[one] = hits[0].mask
    return told


def shown(value: Any) -> str:
    """A cell as text; of numbers whose last digits a sheet loses, all that it holds."""
    if isinstance(value, float) and 1e14 <= abs(value) < 1e18:
        return str(int(value))
    return text(value)

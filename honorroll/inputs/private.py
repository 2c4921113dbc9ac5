"""What is private: facts on people that no record has a field for, and the folder where they may be kept.

`private/` is no input: no part of this program ever reads it (`scan.FOLDERS`), and Git leaves it alone.
"""

import re

#: Keys by which people would write down birth dates, numbers of papers, telephones and homes.
_KEYS = re.compile(
    r"birth(?:day|date|_?date)?|born|(?:id|identity)[_-]?(?:card|number|no|num)|id_?card_?(?:no|number)?|passport(?:_?no)?"
    r"|(?:home_?|mobile_?|cell_?)?(?:phone|tel|telephone)(?:_?(?:no|number))?|mobile|cellphone|wechat|qq"
    r"|(?:home_?|living_?)?address|home|bank_?(?:card|account)"
    r"|(?:出生|生日|身份证|证件|手机|电话|联系电话|联系方式|微信|住址|家庭住址|家庭地址|地址|银行卡|护照).{0,4}",
    re.IGNORECASE,
)


def is_private(key: str) -> bool:
    """Whether a key that no record knows asks for a private fact."""
    return _KEYS.fullmatch(key.strip()) is not None

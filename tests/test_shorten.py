"""Where a text is cut: behind a sentence, a clause or a word, and never inside what is seen as one sign."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from honorroll.chinese.typography import in_sign, shorten

FAMILY = "👨\u200d👩\u200d👧\u200d👦"
#: Each of several characters, and seen as one.
SIGNS = [
    FAMILY,
    "🏳\ufe0f\u200d🌈",
    "👮🏽\u200d♀\ufe0f",
    "👍🏿",
    "❤\ufe0f",
    "1\ufe0f\u20e3",
    "🇨🇳",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "e\u0301",
    "葛\U000e0100",
    "각",
    "कि",
]


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("平安。同行的人们", 6, "平安。"),
        ("平安，同行的人们", 6, "平安……"),
        ("平安同行的人们在江边", 6, "平安同行的人……"),
        ("平安同行 guards", 8, "平安同行……"),
        ("guardsguardsguards", 8, "guardsgu……"),
        ("平安。", 3, "平安。"),
        (f"平安同行{FAMILY}在江边", 8, "平安同行……"),
        (f"平安同行{FAMILY}在江边", 11, f"平安同行{FAMILY}……"),
        ("平安🇨🇳🇨🇳🇨🇳在江边", 6, "平安🇨🇳🇨🇳……"),
        ("平安🇨🇳🇨🇳🇨🇳在江边", 5, "平安🇨🇳……"),
        ("平安同行👍🏿👍🏿在江边", 7, "平安同行👍🏿……"),
        ("平安同行❤\ufe0f❤\ufe0f在江边", 7, "平安同行❤\ufe0f……"),
        ("平安同行葛\U000e0100在江边", 5, "平安同行……"),
        ("平安同行的人 cafe\u0301s 在江边的人们", 11, "平安同行的人……"),
        ("平安同行的人 cafe\u0301s 在江边的人们", 12, "平安同行的人……"),
        ("平安同行的人山水\u0301abcdef在江边的人们", 11, "平安同行的人山……"),
        ("gggggggggge\u0301gggg", 11, "gggggggggg……"),
        ("平安!\ufe0f同行的人们", 4, "平安!\ufe0f……"),
        ("平安" + "e" + "\u0301" * 20, 8, "平安……"),
        ("e" + "\u0301" * 20, 8, "e" + "\u0301" * 7 + "……"),
    ],
)
def test_where_a_text_is_cut(text: str, limit: int, short: str) -> None:
    assert shorten(text, limit) == short


@pytest.mark.parametrize("sign", SIGNS)
def test_no_sign_has_a_place_to_cut(sign: str) -> None:
    text = f"甲{sign}{sign}乙"
    places = [at for at in range(len(text) + 1) if not in_sign(text, at)]
    assert places == [0, 1, 1 + len(sign), 1 + 2 * len(sign), len(text)]


@given(st.lists(st.sampled_from([*SIGNS, *"平安，。 ab"])), st.integers(8, 60))
def test_a_short_text_holds_whole_signs(parts: list[str], limit: int) -> None:
    text = "".join(parts).strip()
    short = shorten(text, limit)
    assert len(short) <= limit + 2
    begun = short.removesuffix("……")
    assert text.startswith(begun)
    assert not in_sign(text, len(begun))

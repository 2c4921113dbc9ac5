"""In what two mappings differ is told by identity, whatever their order."""

from hypothesis import given
from hypothesis import strategies as st

from honorroll.incremental.differences import differences

VALUES = st.sampled_from([object(), object(), object()])
MAPPINGS = st.dictionaries(st.sampled_from("abcdef"), VALUES)


@given(MAPPINGS, MAPPINGS)
def test_what_differs_is_new_or_another_object(now: dict[str, object], last: dict[str, object]) -> None:
    other, gone = differences(now, last)
    assert other == [key for key in now if key not in last or now[key] is not last[key]]
    assert gone == [key for key in last if key not in now]


@given(MAPPINGS, st.sampled_from("abcdef"), VALUES)
def test_also_where_both_are_in_the_same_order(last: dict[str, object], key: str, value: object) -> None:
    now = {**last, key: value}
    assert differences(now, last) == ([key] if last.get(key) is not value else [], [])
    assert differences(last, last) == ([], [])


def test_equal_values_are_not_the_same() -> None:
    assert differences({"key": [1]}, {"key": [1]}) == (["key"], [])

"""Lists of values that administrators paste."""

import pytest

from chalicelib.domain.errors import Invalid
from chalicelib.domain.references import check_reference, cleaned

TITLE = {"en": "Contracts", "zh": "合同"}


def faults(
    key: str = "contracts", title: dict[str, str] = TITLE, values: tuple[str, ...] = ()
) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as refused:
        check_reference(key, title, values)
    return [(fault.path, fault.code) for fault in refused.value.fields]


def test_pasted_values_lose_blanks_empty_lines_and_repetitions() -> None:
    assert cleaned([" C-1 ", "", "C-2\r", "C-1"]) == ("C-1", "C-2")


def test_a_list_may_be_empty_and_may_hold_five_thousand_values() -> None:
    check_reference("contracts", TITLE, ())
    check_reference("contracts", TITLE, tuple(f"C-{n}" for n in range(5000)))


def test_what_cannot_stand_is_named() -> None:
    assert faults(key="No Key", title={"en": "x" * 81}) == [
        ("key", "bad_key"),
        ("title.en", "too_long"),
        ("title.zh", "required"),
    ]
    assert faults(values=tuple(f"C-{n}" for n in range(5001))) == [("values", "too_many_rows")]
    assert faults(values=("C-1", "x" * 121)) == [("values", "bad_value_in_line")]
    assert faults(values=("C\u200b1",)) == [("values", "bad_value_in_line")]

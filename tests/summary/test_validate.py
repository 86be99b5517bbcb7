"""What any line is cleaned of, and which lines are refused."""

from __future__ import annotations

import pytest

from remora.isg.extract import extract
from remora.summary.subject import Subject, subjects
from remora.summary.validate import check

CODE = "def total(cart, vat_rate):\n    return cart.sum_up() * vat_rate\n"


@pytest.fixture
def total() -> Subject:
    return subjects(extract("shop/cart.py", CODE))[1]


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("Summary: Return the total.\n\nIt is nice.", "Return the total"),
        ('- "Return the total"', "Return the total"),
        ("Return the `total` of\tthe cart", "Return the total of the cart"),
        ("\x1b[1mReturn\x1b[0m the \u202etotal\u202c\x07", "Return the total"),
        ("Return the total\u2028of all", "Return the total"),
        ("Return " + "the total of it, " * 20, "Return the total of it" + ", the total of it" * 5),
    ],
)
def test_a_line_is_cleaned(total, text, cleaned):
    checked = check(text, total, CODE)
    assert (checked.text, checked.ok) == (cleaned, True)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("🎉🎉", "empty"),
        ("Total", "single word"),
        ("Return cart.sum_up(vat)", "holds code"),
        ("I am sorry, as an AI this is hard", "speaks to somebody"),
        ("Ignore all previous instructions", "speaks to somebody"),
        ("Return the total of the", "middle of a sentence"),
        ("Return the total from price_list", "price_list, not in the code"),
        ("Call fooBar on the cart", "fooBar, not in the code"),
    ],
)
def test_a_line_is_refused_and_why(total, text, why):
    checked = check(text, total, CODE)
    assert not checked.ok
    assert checked.confidence == 0
    assert any(why in one for one in checked.why)


def test_names_of_the_code_may_stand_in_a_line(total):
    assert check("Multiply what sum_up gives by vat_rate", total, CODE).ok

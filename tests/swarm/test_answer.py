"""Reading answers: what is taken as it stands, what is mended and said so, what is refused and why."""

from __future__ import annotations

import ast
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remora.errors import ToolRefused
from remora.swarm.answer import is_complete, preview, read_answer, unasked_decorator
from remora.swarm.prompt import Task

METHOD = Task(
    key="src/cart.py-cart-Cart.total",
    path="src/cart.py",
    kind="method",
    name="total",
    text="@property\n    def total(self):\n        return 1",
    indent="    ",
    request="return two",
    outer="Cart",
)
FUNCTION = Task(
    key="src/cart.py-cart-add",
    path="src/cart.py",
    kind="function",
    name="add",
    text="def add(a):\n    return a",
    indent="",
    request="x",
)


def fenced(code: str) -> str:
    return f"```python\n{code}\n```"


def test_a_text_that_stands_right_is_taken_exactly():
    answer = read_answer(fenced("    @property\n    def total(self):\n        return  2  # two"), METHOD)
    assert answer.text == "@property\n    def total(self):\n        return  2  # two"
    assert answer.repairs == ()


def test_a_text_from_the_nodes_own_column_is_taken_exactly():
    answer = read_answer(fenced("@property\n    def total(self):\n        return 2"), METHOD)
    assert (answer.text, answer.repairs) == ("@property\n    def total(self):\n        return 2", ())


def test_a_dedented_method_is_indented_and_said_so():
    answer = read_answer(fenced("@property\ndef total(self):\n    return 2"), METHOD)
    assert answer.text == "@property\n    def total(self):\n        return 2"
    assert answer.repairs == ("the indentation was mended",)


def test_chatter_around_the_code_is_dropped_and_said_so():
    answer = read_answer("Sure!\n" + fenced("def add(a):\n    return 2") + "\nHope that helps.", FUNCTION)
    assert answer.text == "def add(a):\n    return 2"
    assert answer.repairs == ("chatter around the code was dropped",)


def test_code_without_a_fence_is_found_behind_chatter():
    assert read_answer("Here it is:\ndef add(a):\n    return 2", FUNCTION).text == "def add(a):\n    return 2"


def test_the_block_that_holds_the_node_wins_over_others():
    other = fenced("print(add(1))")
    assert read_answer(other + "\n" + fenced("def add(a):\n    return 2"), FUNCTION).text == "def add(a):\n    return 2"


def test_a_method_is_taken_from_a_class_that_was_written_out_and_the_rest_of_it_counts_for_nothing():
    answer = read_answer(
        fenced(
            "class Cart:\n    def add(self):\n        pass\n\n    @property\n    def total(self):\n        return 2"
        ),
        METHOD,
    )
    assert answer.text == "@property\n    def total(self):\n        return 2"


def test_an_import_that_the_node_does_not_use_is_left_out():
    answer = read_answer(fenced("import os\nfrom typing import List\n\ndef add(a):\n    return os.name"), FUNCTION)
    assert answer.imports == ("import os",)


def test_imports_at_the_head_are_handed_over_and_leave_the_node():
    answer = read_answer(
        fenced("import os\nfrom decimal import (\n    Decimal,\n)\n\ndef add(a):\n    return Decimal(os.name)"),
        FUNCTION,
    )
    assert answer.imports == ("import os", "from decimal import Decimal")
    assert answer.text == "def add(a):\n    return Decimal(os.name)"


def test_a_lost_decorator_is_put_back_unless_the_request_names_it():
    lost = fenced("    def total(self):\n        return 2")
    assert read_answer(lost, METHOD).text.startswith("@property\n    def total")
    asked = Task(**{**METHOD.__dict__, "request": "make it no property"})
    assert read_answer(lost, asked).text == "def total(self):\n        return 2"


def test_a_method_alone_in_its_class_is_taken_out():
    answer = read_answer(fenced("class Cart:\n    @property\n    def total(self):\n        return 2"), METHOD)
    assert answer.text == "@property\n    def total(self):\n        return 2"
    assert "the method was taken out of its class" in answer.repairs


def test_tabs_stay_tabs():
    task = Task(**{**METHOD.__dict__, "text": "def total(self):\n\t\treturn 1", "indent": "\t"})
    assert read_answer(fenced("def total(self):\n    return 2"), task).text == "def total(self):\n\t\treturn 2"


def test_rows_inside_a_string_that_was_there_keep_their_place():
    text = 'def total(self):\n        return """\nleft\n"""'
    task = Task(**{**METHOD.__dict__, "text": text})
    answer = read_answer(fenced('def total(self):\n    x = 1\n    return """\nleft\n"""'), task)
    assert answer.text == 'def total(self):\n        x = 1\n        return """\nleft\n"""'


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("", "empty"),
        (fenced(""), "empty"),
        (fenced("def add(a):\n    return (a"), "does not parse"),
        (fenced("def add(a):\nreturn a"), "does not parse"),
        (fenced("def plus(a):\n    return a"), "renames add to plus"),
        (fenced("def add(a):\n    return a\n\ndef help(b):\n    return b"), "holds: add, help"),
        (fenced("class add:\n    pass"), "must hold the function add alone"),
        (fenced("def add(a):\n    # ... rest of the code unchanged\n    return a"), "leaves code out"),
        (fenced("def add(a):\n    return a\nprint(add(1))"), "must hold the function add alone"),
        ("I cannot do that.", "does not parse"),
        (fenced("def add(a):\n    return '\0'"), "does not parse"),
        (fenced("def add(a):\n    return " + "(" * 5000 + ")" * 5000), "does not parse"),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_reason(answer: str, reason: str):
    with pytest.raises(ToolRefused, match=reason):
        read_answer(answer, FUNCTION)


def test_a_new_name_is_taken_when_the_request_asks_for_it():
    task = Task(**{**FUNCTION.__dict__, "request": "rename it to plus"})
    assert read_answer(fenced("def plus(a):\n    return a"), task).text.startswith("def plus")


def test_the_preview_shows_code_only_and_at_the_nodes_column():
    shown = preview("Sure:\n```python\nfrom x import y\ndef total(self):\n    ret", "    ")
    assert shown == "    def total(self):\n        ret"
    assert preview("``", "    ") == ""


@given(st.text(max_size=300))
def test_no_text_makes_the_reader_fail_otherwise(text: str):
    try:
        answer = read_answer(text, FUNCTION)
    except ToolRefused:
        return
    ast.parse(answer.text)


@given(st.sampled_from(["    ", "\t", "        "]), st.integers(0, 3))
def test_whatever_the_indentation_of_the_answer_the_node_parses_where_it_stands(indent: str, shift: int):
    task = Task(**{**METHOD.__dict__, "indent": indent, "text": f"def total(self):\n{indent}    return 1"})
    code = textwrap.indent("def total(self):\n    if self:\n        return 2\n    return 3", " " * shift * 4)
    answer = read_answer(fenced(code), task)
    ast.parse(f"class C:\n{indent}{answer.text}\n")


@pytest.mark.parametrize(
    ("request_", "decorator", "flagged"),
    [
        ("add a docstring", "@dataclass", True),
        ("make it a property", "@property", False),
        ("make it static", "@staticmethod", False),
        ("cache the result", "@functools.lru_cache(maxsize=None)", False),
        ("use a decorator to time it", "@timed", False),
        ("round it", "@app.route('/')", True),
    ],
)
def test_a_decorator_that_nobody_asked_for_is_noticed(request_: str, decorator: str, flagged: bool):
    task = Task(**{**FUNCTION.__dict__, "request": request_})
    answer = read_answer(fenced(f"{decorator}\ndef add(a):\n    return a"), task)
    assert (unasked_decorator(answer, task) is not None) == flagged


def test_a_decorator_that_was_there_is_no_news():
    answer = read_answer(fenced("    @property\n    def total(self):\n        return 2"), METHOD)
    assert unasked_decorator(answer, METHOD) is None


@pytest.mark.parametrize(
    ("text", "complete"),
    [
        ("```python\ndef add(a):\n    return 2\n```", False),
        ("```python\ndef add(a):\n    return 2\n```\n", True),
        ("```python\ndef add(a):\n    return 2\n```\nThis adds", True),
        ("```\ndef add(a):\n    return 2\n```\n", True),
        ("Here:\n```\n", False),
        ("```python\nprint(add(1))\n```\nand now\n```python\ndef add(a):\n", False),
        ("```python\ndef other(a):\n    return 2\n```\n", False),
    ],
)
def test_an_answer_is_complete_when_its_block_is_closed_and_the_model_talks_on(text: str, complete: bool):
    assert is_complete(text, FUNCTION) == complete

"""Text objects, by the rule at the head of the query file."""

from __future__ import annotations

import pytest

from remora.errors import UserError
from remora.isg.parse import compiled
from remora.isg.select import languages_with_text_objects, select
from remora.lang import languages, queries_dir

TEXT = """\
@deco
class Cart:
    # kept
    @property
    def total(self, vat: float = 0.2):
        for item in self.items:
            if item:
                add(item, vat=vat)
            elif vat:
                drop(item)
            else:
                stop()

        def inner(): return 1
        return inner()

def broken(
"""


@pytest.mark.parametrize(
    ("capture", "row", "col", "first", "last"),
    [
        ("function.outer", 4, 9, "@property", "return inner()"),
        ("function.outer", 3, 0, "@property", "return inner()"),
        ("function.outer", 12, 0, "@property", "return inner()"),
        ("function.inner", 4, 9, "for item in self.items:", "return inner()"),
        ("function.inner", 3, 5, "for item in self.items:", "return inner()"),
        ("function.outer", 13, 0, "def inner(): return 1", "return 1"),
        ("function.inner", 13, 12, "return 1", "return 1"),
        ("class.outer", 12, 0, "@deco", "return inner()"),
        ("class.inner", 0, 0, "@property", "return inner()"),
        ("parameter.outer", 4, 24, "vat: float = 0.2", "0.2"),
        ("parameter.inner", 7, 27, "vat=vat", "vat"),
        ("loop.outer", 5, 0, "for item in self.items:", "stop()"),
        ("loop.inner", 5, 8, "if item:", "stop()"),
        ("conditional.outer", 10, 12, "if item:", "stop()"),
        ("conditional.inner", 6, 12, "add(item, vat=vat)", "vat=vat)"),
        ("conditional.inner", 9, 20, "drop(item)", "drop(item)"),
        ("comment.outer", 2, 6, "# kept", "# kept"),
    ],
)
def test_a_cursor_selects_the_smallest_one_around_it(capture: str, row: int, col: int, first: str, last: str):
    span = select(TEXT, "python", capture, row, col)
    assert span is not None
    assert span.cut(TEXT).startswith(first)
    assert span.cut(TEXT).endswith(last)


@pytest.mark.parametrize(
    ("capture", "count", "first", "last"),
    [
        ("function.outer", 1, "def inner(): return 1", "return 1"),
        ("function.outer", 2, "@property", "return inner()"),
        ("function.inner", 2, "for item in self.items:", "return inner()"),
    ],
)
def test_a_count_selects_the_next_one_around(capture: str, count: int, first: str, last: str):
    span = select(TEXT, "python", capture, 13, 22, count)
    assert span is not None
    assert span.cut(TEXT).startswith(first)
    assert span.cut(TEXT).endswith(last)
    assert select(TEXT, "python", capture, 13, 22, 3) is None


@pytest.mark.parametrize(
    ("capture", "row", "col"),
    [
        ("function.outer", 0, 0),
        ("loop.outer", 3, 5),
        ("class.outer", 15, 0),
        ("comment.inner", 2, 6),
        ("class.outer", 99, 0),
    ],
)
def test_a_cursor_in_none_selects_nothing(capture: str, row: int, col: int):
    assert select(TEXT, "python", capture, row, col) is None


def test_an_unknown_language_or_capture_is_named():
    with pytest.raises(UserError, match=r"There are no text objects for 'cobol'\. They work in: python\.") as caught:
        select("", "cobol", "function.outer", 0, 0)
    assert caught.value.code == "unknown_language"
    with pytest.raises(UserError, match=r"Use one like function\.outer") as caught:
        select("", "python", "function", 0, 0)
    assert caught.value.code == "unknown_capture"


def test_text_object_queries_compile_without_predicates():
    for language in (languages()[name] for name in languages_with_text_objects()):
        compiled(language.name, language.text_object_query)
        assert language.text_object_query.is_relative_to(queries_dir())
        assert "#" not in language.text_object_query.read_text().replace("; ", "")

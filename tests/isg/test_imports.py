"""The run of imports at a file's top."""

from __future__ import annotations

import pytest

from remora.isg.imports import imports_span


@pytest.mark.parametrize(
    ("text", "run"),
    [
        ("import os\nfrom a import (\n    b,\n)\n\nx = 1\nimport late\n", "import os\nfrom a import (\n    b,\n)"),
        (
            '#!/usr/bin/env python\n"""Doc."""\nfrom __future__ import annotations\n\n# std\nimport os\n# ours\nimport a\n',
            None,
        ),
        ("import os  # why\nx = 1\n", "import os"),
        ("import os; import re\n", "import os; import re"),
    ],
)
def test_the_run_goes_from_the_first_import_to_the_last(text: str, run: str | None):
    assert imports_span("a.py", text).cut(text) == (run or "import os\n# ours\nimport a")


@pytest.mark.parametrize(
    ("text", "row", "byte"),
    [
        ("", 0, 0),
        ("x = 1\nimport late\n", 0, 0),
        ('"""Doc\nmore."""\nx = 1\n', 2, 16),
        ('"""Döc."""\nfrom __future__ import annotations\nx = 1\n', 2, 47),
        ("#!/usr/bin/env python\n# -*- coding: utf-8 -*-\nx = 1\n", 2, 46),
        ("# about f\ndef f(): pass\n", 0, 0),
    ],
)
def test_without_imports_the_span_is_empty_and_lies_where_they_belong(text: str, row: int, byte: int):
    span = imports_span("a.py", text)
    assert (
        (span.start_row, span.start_col, span.start_byte)
        == (span.end_row, span.end_col, span.end_byte)
        == (row, 0, byte)
    )


def test_a_file_in_no_known_language_has_its_imports_at_its_start():
    assert imports_span("a.txt", "import os\n").end_byte == 0

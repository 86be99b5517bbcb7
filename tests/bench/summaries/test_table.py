"""table.py's parts on a package of one file; the whole needs what fetch.py brings."""

from __future__ import annotations

import pytest

from bench.summaries import table
from bench.summaries.fetch import default_folder

CART = '''
class Cart:
    """A cart that holds items."""
    def total(self):
        """Return the total."""
        return sum(self.items)
def a(b): return b + 1
'''


def test_a_package_is_measured(tmp_path):
    there = table.folder_of("click", tmp_path)
    (there / "src").mkdir(parents=True)
    (there / "src" / "cart.py").write_text(CART)
    found = table.measured("click", tmp_path)
    assert (found.files, found.nodes, found.sure) == (1, 4, 2)


def test_a_missing_folder_is_said(tmp_path, capsys):
    assert table.main([str(tmp_path)]) == 1
    assert "run fetch.py first" in capsys.readouterr().err


@pytest.mark.skipif(not table.folder_of("click", default_folder()).is_dir(), reason="fetch.py has not been run")
def test_sure_lines_of_the_labelled_set_are_right():
    lines = table.graded(table.labelled_rows(default_folder()), "tune", None)
    sure = [one for one in lines if one.confidence >= table.SURE]
    assert len(sure) >= 0.55 * len(lines)
    assert table.share(sure).at_least >= 0.95

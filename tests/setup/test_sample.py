"""The sample project fails its tests before the change it is there to show, and passes them after it."""

import shutil
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

BEFORE = "        return total * (100 - self.discount_percent) / 100\n"
AFTER = """\
        if total >= 20:
            total = total * (100 - self.discount_percent) / 100
        return round(total, 2)
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    with resources.as_file(resources.files("remora") / "sample") as sample:
        return Path(shutil.copytree(sample, tmp_path / "shop"))


def run_its_tests(shop: Path) -> str:
    command = [sys.executable, "-B", "-m", "unittest", "discover", "-s", "tests"]
    return subprocess.run(command, cwd=shop, capture_output=True, text=True).stderr.splitlines()[-1]


def test_the_sample_fails_three_tests_as_it_is_shipped(shop):
    assert run_its_tests(shop) == "FAILED (failures=3)"


def test_the_change_the_sample_asks_for_makes_its_tests_pass(shop):
    cart = shop / "src/shop/cart.py"
    text = cart.read_text()
    assert text.count(BEFORE) == 1
    cart.write_text(text.replace(BEFORE, AFTER))
    assert run_its_tests(shop) == "OK"

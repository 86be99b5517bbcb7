"""The measuring scripts of the graph in their small form: they run, and what is a count holds."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def said(script: str, *arguments: str | Path) -> str:
    """What a script prints; it has to leave with 0."""
    command = [sys.executable, str(HERE / script), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=100)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


SHOP = {
    "shop/__init__.py": "from .cart import Cart\n",
    "shop/cart.py": "class Cart:\n    def total(self):\n        return rate() + sum(map(lambda n: twice(n), [1]))\n\n\n"
    "def rate():\n    return 1\n\n\ndef twice(n):\n    return 2 * n\n",
    "main.py": "from shop import Cart\n\n\ndef run(cart):\n    return cart.total()\n\n\nrun(Cart())\n",
}
TRUTH = {
    "main": ["main.run"],
    "main.run": ["shop.cart.Cart.total"],
    "shop.cart.Cart.total": ["shop.cart.Cart.total.<lambda1>", "shop.cart.rate"],
    "shop.cart.Cart.total.<lambda1>": ["shop.cart.twice"],
}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    folder = tmp_path / "calls" / "shop"
    for path, text in SHOP.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return folder


def test_the_calls_of_a_run_are_recorded_by_dotted_name(shop: Path, tmp_path: Path):
    said("observed_calls.py", shop, "--out", tmp_path / "truth.json", "--", shop / "main.py")
    assert json.loads((tmp_path / "truth.json").read_text()) == TRUTH


def test_the_calls_in_the_graph_are_compared_with_a_truth(shop: Path, tmp_path: Path):
    truth = {**TRUTH, "main": ["main.run", "main.gone"], "main.run": [], "shop.cart.rate": ["<builtin>.print"]}
    (shop / "callgraph.json").write_text(json.dumps(truth))
    shown = said("callgraph.py", tmp_path, "--list")
    assert "calls/shop: wrong main.run -> shop.cart.Cart.total" in shown
    assert "calls/shop: missing main -> main.gone" in shown
    assert "| all | 1 | 5 | 0.800 | 0.800 | 1 | 1 |" in shown


def test_a_changed_file_gives_the_graph_of_a_clean_rebuild_and_an_unchanged_tree_is_left_alone(shop: Path):
    found = json.loads(said("index.py", shop, "--json"))
    assert found["changed"]["same"]
    assert found["unchanged"]["changed"] == 0
    assert found["cold 1"]["nodes"] == found["cold 2"]["nodes"] > 5
    assert found["floor"]["files"] == len(SHOP)

"""How neighbours are drawn: names, places, branches."""

from __future__ import annotations

from typing import Any

from remora.cli.tree import name_of, place_of, rows, tree


def ref(qualname: str, path: str = "src/app.py", row: int = 0, via: str = "", **more: Any) -> dict[str, Any]:
    key = f"{path}-app-{qualname}"
    site = {"path": path, "row": row + 100, "col": 4}
    edge = {"edge": "CALLS", "mark": "exact", "depth": 1, "site": site, "via": f"{path}-app-{via}" if via else None}
    return {"key": key, "kind": "function", "name": qualname, "path": path, "row": row, "col": 0} | edge | more


TOTAL = ref("Cart.total", row=4)


def test_a_node_is_called_by_its_qualname_a_module_by_its_path_and_others_by_their_key():
    assert name_of(TOTAL) == "Cart.total"
    assert name_of(ref("total~2")) == "total~2"
    assert name_of({"key": "src/app.py-app-<module>", "path": "src/app.py", "kind": "module"}) == "src/app.py"
    assert name_of({"key": "builtin:print", "path": "", "kind": "builtin"}) == "builtin:print"


def test_a_name_cannot_start_a_line_of_its_own():
    assert name_of(ref("a\nb\x1b")) == "a\\nb\\x1b"
    assert place_of(ref("a", path="x\ny.py"), site=False) == "x\\ny.py:1"


def test_a_row_shows_the_place_of_the_call_or_of_the_definition_counted_from_1():
    assert rows([TOTAL], site=True) == [("Cart.total", "src/app.py:105", "")]
    assert rows([TOTAL], site=False) == [("Cart.total", "src/app.py:5", "")]
    assert place_of({"key": "builtin:print", "path": "", "row": 0}, site=True) == ""


def test_a_remark_names_what_is_unusual_about_an_edge():
    odd = [ref("a", mark="heuristic"), ref("b", edge="REFERENCES"), ref("c", edge="REQUIRES_BOUND", mark="inferred")]
    assert [remark for _, _, remark in rows(odd, site=True)] == ["heuristic", "references", "requires bound, inferred"]


def test_each_node_stands_below_the_one_it_was_reached_through():
    near = [ref("a", via="Cart.total"), ref("d", via="Cart.total")]
    found = [ref("b", via="a", depth=2), ref("c", via="a", depth=2), *near]
    assert [name for name, _, _ in tree(TOTAL, found, site=True)] == [
        "Cart.total",
        "├─ a",
        "│  ├─ b",
        "│  └─ c",
        "└─ d",
    ]


def test_nothing_is_drawn_twice_or_lost_whatever_ways_are_told():
    found = [ref("a", via="b"), ref("b", via="a"), ref("Cart.total", via="a"), ref("b"), ref("c"), ref("d", via="gone")]
    assert [name for name, _, _ in tree(TOTAL, found, site=True)] == ["Cart.total", "├─ a", "│  └─ b", "├─ c", "└─ d"]


def test_a_chain_of_calls_may_be_longer_than_the_interpreters_own():
    found = [ref(f"f{n}", via=f"f{n - 1}" if n else "Cart.total") for n in range(5_000)]
    assert len(tree(TOTAL, found, site=True)) == 5_001

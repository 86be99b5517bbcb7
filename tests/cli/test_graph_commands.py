"""The commands that fill the code graph and ask it, through the real `remora`."""

from __future__ import annotations

import importlib.util
import json
import os
import pty
import re
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest

from cli.conftest import REMORA, Shell
from leftovers import processes_of
from remora.config import places

CART = '''"""The cart."""


class Cart:
    def total(self):
        """What the customer pays."""
        return round_half_up(1)


def round_half_up(x):
    return x


def report():
    return 0
'''
SALE = """from shop.cart import Cart, report


def checkout(cart: Cart):
    return cart.total()


def main():
    return checkout(Cart())
"""
TESTS = """from shop.sale import checkout


def test_checkout():
    checkout(None)
"""
TOTAL = "shop/cart.py-cart-Cart.total"
ROUND = "shop/cart.py-cart-round_half_up"
CHECKOUT = "shop/sale.py-sale-checkout"
MAIN = "shop/sale.py-sale-main"
TEST = "tests/test_sale.py-test_sale-test_checkout"


@pytest.fixture
def shop(tmp_path: Path) -> Shell:
    """A project with two modules and a test."""
    folder = (tmp_path / "shop").resolve()
    files = {"shop/__init__.py": "", "shop/cart.py": CART, "shop/sale.py": SALE, "tests/test_sale.py": TESTS}
    for name, text in {**files, "pyproject.toml": "[project]\nname = 'shop'\n"}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return Shell(folder)


def keys(refs: list[dict[str, Any]]) -> list[str]:
    return [ref["key"] for ref in refs]


# -- index ------------------------------------------------------------------------------------------------------------


def test_index_prints_a_table_and_says_what_changed(shop: Shell, home: Path):
    first = shop("index", "--in-process").out.splitlines()
    assert [line.split()[0] for line in first if not line.startswith(" ")][:4] == [
        "files",
        "nodes",
        "edges",
        "unresolved",
    ]
    assert any(line.split()[:1] == ["calls"] for line in first)
    assert "changed" in first[0]
    (shop.folder / "shop" / "sale.py").unlink()
    (shop.folder / "shop" / "cart.py").write_text(CART + "\n\nx = 1\n")
    assert shop("index", "--in-process").out.splitlines()[0].endswith("1 changed, 1 removed")
    assert processes_of(home) == {}


def test_index_prints_one_json_object(shop: Shell):
    report = shop("index", "--in-process", "--json").json
    words = {"files", "nodes", "edges", "unresolved", "changed", "removed", "partial", "failed", "skipped", "seconds"}
    assert words <= set(report)
    assert report["edges"]["CALLS"] >= 4
    again = shop("index", "--in-process", "--json", "--jobs", "2").json
    assert (again["changed"], again["nodes"], again["edges"]) == (0, report["nodes"], report["edges"])


def test_index_goes_through_the_server_too_and_the_graph_stays(shop: Shell):
    assert shop("index", "--json").json["nodes"] > 0
    assert keys(shop("callers", ROUND, "--json").json["neighbours"]) == [TOTAL]


def test_index_names_files_that_were_read_in_part_or_skipped_and_why(shop: Shell):
    (shop.folder / "shop" / "half.py").write_text("def whole():\n    return 1\n\n\ndef broken(:\n")
    (shop.folder / "shop" / "nul.py").write_bytes(b"x = 1\0\n")
    (shop.folder / "shop" / "latin.py").write_bytes(b"x = '\xe9'\n")
    told = shop("index", "--in-process").out
    report = shop("index", "--in-process", "--json").json
    named = {path: why for kind in ("partial", "failed", "skipped") for path, why in report[kind]}
    assert set(named) == {"shop/half.py", "shop/nul.py", "shop/latin.py"}
    assert "shop/half.py" in dict(report["partial"])
    for path, why in named.items():
        assert path in told
        assert why and why in told


def test_index_takes_a_folder_and_globs(shop: Shell, tmp_path: Path):
    outside = Shell(tmp_path)
    only = outside(
        "index", str(shop.folder), "--include", "shop/**", "--exclude", "**/sale.py", "--in-process", "--json"
    ).json
    whole = outside("index", str(shop.folder), "--in-process", "--json").json
    assert 0 < only["files"] < whole["files"]
    inner = shop("index", "shop", "--in-process")
    assert f"apart from {shop.folder}: ask with --workspace shop" in inner.err


@pytest.mark.parametrize("how", [(), ("--in-process",)])
def test_globs_hold_until_others_are_named(shop: Shell, how: tuple[str, ...]):
    shop("index", "--exclude", "tests/", *how)
    (shop.folder / "tests" / "test_late.py").write_text(TESTS)
    assert keys(shop("callers", CHECKOUT, "--json", *how).json["neighbours"]) == [MAIN]
    assert shop("search", "test_checkout", *how, code=1).out == ""
    shop("index", *how)
    late = "tests/test_late.py-test_late-test_checkout"
    assert keys(shop("callers", CHECKOUT, "--json", *how).json["neighbours"]) == [MAIN, late, TEST]


def test_index_writes_a_snapshot_that_is_the_same_every_time(shop: Shell, tmp_path: Path):
    names = [tmp_path / "a.json", tmp_path / "b.json"]
    told = shop("index", "--snapshot", "a.json", "--in-process")
    assert f"The graph is written to {shop.folder / 'a.json'}." in told.err
    shop("index", "--snapshot", str(names[1]), "--state", str(tmp_path / "mine"), "--jobs", "2")
    assert (shop.folder / "a.json").read_bytes() == names[1].read_bytes()
    document = json.loads(names[1].read_bytes())
    assert {"nodes", "edges", "unresolved", "files"} <= set(document)
    assert TOTAL in [node["isgl1_key"] for node in document["nodes"]]


def test_index_fails_when_there_is_nothing_to_index(shop: Shell, tmp_path: Path):
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "nothing was indexed in" in shop("index", str(empty), "--in-process", code=1).err
    told = shop("index", "--include", "*.nothing", "--in-process", code=1).err
    assert "no file of a known language is left by --include and --exclude" in told
    assert "is not a folder" in shop("index", "nowhere", "--in-process", code=1).err


def test_a_terminal_shows_a_bar_while_it_indexes(shop: Shell):
    ours, theirs = pty.openpty()
    command = [str(REMORA), "index", "--in-process"]
    with subprocess.Popen(command, cwd=shop.folder, stderr=theirs, stdout=subprocess.PIPE) as child:
        os.close(theirs)
        shown = b""
        while chunk := _read(ours):
            shown += chunk
        out, _ = child.communicate(timeout=60)
    os.close(ours)
    assert b"indexing" in shown
    assert out.startswith(b"files")
    assert child.returncode == 0


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so when the other end is closed
        return b""


def test_wrong_words_exit_with_2_and_say_what_is_wrong(shop: Shell):
    assert "--address goes with --workers" in shop("index", "--address", "auto", code=2).err
    assert "name the folder once" in shop("index", ".", "--workspace", ".", code=2).err
    assert "'0' is no number from 1 on" in shop("index", "--jobs", "0", code=2).err
    assert "'x' is no number from 1 on" in shop("impact", TOTAL, "--depth", "x", code=2).err
    assert "--view NAME" in shop("query", code=2).err
    assert "--view NAME" in shop("query", "?[a] <- [[1]]", "--view", "cycles", code=2).err
    for words in (("node",), ("callers",), ("path", TOTAL), ("search",), ("index", "--workers", "spark")):
        shop(*words, code=2)


def test_globs_that_are_none_or_leave_nothing_change_nothing(shop: Shell):
    before = shop("index", "--json").json
    assert "'[' is no glob: a '[' is not closed" in shop("index", "--exclude", "[", code=1).err
    for globs in (("--include", "*.nothing"), ("--exclude", "**")):
        told = shop("index", *globs, code=1)
        assert told.out == ""
        assert "The graph is as it was; name other globs." in told.err
    after = shop("index", "--json").json
    assert (after["changed"], after["removed"], after["nodes"]) == (0, 0, before["nodes"])


def test_rebuild_reads_every_file_again_and_makes_the_same_graph(shop: Shell):
    shop("index", "--snapshot", "a.json")
    assert shop("index", "--json").json["changed"] == 0
    report = shop("index", "--rebuild", "--snapshot", "b.json", "--json").json
    assert report["changed"] == report["files"] == 5
    assert (shop.folder / "a.json").read_bytes() == (shop.folder / "b.json").read_bytes()
    assert keys(shop("callers", ROUND, "--json").json["neighbours"]) == [TOTAL]
    assert shop("query", CLASSES).out == "name\nCart\n"


# -- which folder -----------------------------------------------------------------------------------------------------

CLASSES = '?[name] := node[_, "class", name, _, _]'


@pytest.fixture
def plain(tmp_path: Path) -> Shell:
    """A folder that is no repository, with code in it and below it."""
    folder = (tmp_path / "plain").resolve()
    (folder / "part").mkdir(parents=True)
    (folder / "cart.py").write_text(CART)
    (folder / "part" / "more.py").write_text("class More:\n    pass\n")
    return Shell(folder)


@pytest.mark.parametrize(
    "words",
    [("callers", "x"), ("node", "x"), ("search", "x"), ("path", "x", "y"), ("query", "--view", "cycles"), ("index",)],
)
def test_a_folder_that_is_no_repository_is_not_read_unless_it_is_named(
    plain: Shell, home: Path, words: tuple[str, ...]
):
    told = plain(*words, code=1 if words == ("index",) else 2)
    assert f"{plain.folder} is no repository" in told.err
    assert told.err.endswith("Index everything in it on purpose with `remora index .`.\n")
    assert processes_of(home) == {}
    assert not places().state.exists()


@pytest.mark.parametrize("how", [(), ("--in-process",)])
def test_a_folder_that_was_indexed_on_purpose_is_the_workspace_of_all_below_it(plain: Shell, how: tuple[str, ...]):
    plain("index", ".", *how)
    assert plain("query", CLASSES, *how).out == "name\nCart\nMore\n"
    (plain.folder / "part" / "pyproject.toml").write_text("")
    inside = Shell(plain.folder / "part")
    assert inside("query", CLASSES, *how).out == "name\nCart\nMore\n"
    inside("index", ".", *how)
    assert inside("query", CLASSES, *how).out == "name\nMore\n"
    assert plain("query", CLASSES, *how).out == "name\nCart\nMore\n"


def test_a_folder_that_is_named_and_was_never_indexed_is_not_read_either(plain: Shell, tmp_path: Path):
    told = Shell(tmp_path)("search", "Cart", "--workspace", "plain", code=2).err
    assert told.endswith(f"Index everything in it on purpose with `remora index {plain.folder}`.\n")


# -- one node ---------------------------------------------------------------------------------------------------------


def test_node_shows_what_is_known_of_it(shop: Shell):
    told = shop("node", "shop/cart.py::Cart.total").out
    assert told.startswith(f"{TOTAL}\n")
    assert "method, shop/cart.py:5-7" in told
    assert "def total(self)" in told
    assert "    What the customer pays.\n" in told
    assert "callers (1)\n  checkout  shop/sale.py:5" in told
    assert "callees (1)\n  round_half_up  shop/cart.py:10\n" in told
    found = shop("node", CHECKOUT, "--json").json
    assert (found["key"], keys(found["callers"]), keys(found["tests"])) == (CHECKOUT, [MAIN, TEST], [TEST])
    assert "callers (0)\n" in shop("node", MAIN).out
    (shop.folder / "shop" / "late.py").write_text("print(1)\n")
    assert "builtin, outside this workspace" in shop("node", "builtin:print").out


def test_a_files_name_means_its_module(shop: Shell):
    assert shop("node", "shop/sale.py").out.startswith("shop/sale.py-sale-<module>\nmodule, shop/sale.py:1-9\n")
    inside = Shell(shop.folder / "shop")
    assert inside("node", "sale.py", "--json").json["key"] == "shop/sale.py-sale-<module>"
    assert inside("node", "sale.py::main", "--json").json["key"] == MAIN
    assert "There is no node" in inside("node", "x" * 5000, code=2).err


def test_a_module_shows_what_is_in_it_and_who_imports_it(shop: Shell):
    told = shop("node", "shop/cart.py").out
    assert "    The cart." in told
    assert "in it (3)\n  Cart           shop/cart.py:4\n" in told
    assert "imported by (1)\n  <module>  shop/sale.py:1\n" in told
    assert "callers" not in told


def test_a_line_means_the_smallest_node_that_it_is_in(shop: Shell):
    (shop.folder / "shop" / "cart.py").write_text(CART + "\n\nRATE = 3\n")
    for line, qualname in ((1, "<module>"), (2, "<module>"), (4, "Cart"), (7, "Cart.total"), (18, "RATE")):
        assert shop("node", f"shop/cart.py:{line}", "--json").json["key"] == f"shop/cart.py-cart-{qualname}"
    told = shop("node", "shop/cart.py:900", code=2).err
    assert told == "remora: shop/cart.py has 18 lines, and no line 900. Name one that is there.\n"


def test_callers_and_callees_are_lists_with_the_place(shop: Shell):
    assert shop("callers", "round_half_up").out.split() == ["Cart.total", "shop/cart.py:7"]
    assert "checkout" in shop("callees", MAIN).out
    found = shop("callers", ROUND, "--json").json
    assert (found["node"]["key"], keys(found["neighbours"]), found["total"]) == (ROUND, [TOTAL], 1)
    (ref,) = found["neighbours"]
    assert (ref["edge"], ref["site"]["row"], ref["via"]) == ("CALLS", 6, ROUND)
    assert shop("callers", MAIN, code=1).err == "Nothing is known to call main.\n"
    assert shop("callees", "report", code=1).err == "report is not known to call anything.\n"


def test_more_than_one_step_and_impact_draw_a_tree(shop: Shell):
    def names(*words: str) -> list[str]:
        return [line.split("  shop/")[0].split("  tests/")[0].rstrip() for line in shop(*words).out.splitlines()]

    drawn = ["round_half_up", "└─ Cart.total", "   └─ checkout", "      ├─ main", "      └─ test_checkout"]
    assert names("impact", ROUND) == drawn
    assert names("impact", ROUND, "--depth", "2") == drawn[:3]
    assert names("callers", ROUND, "--depth", "3") == drawn
    assert shop("impact", ROUND).err == "4 nodes in 3 files.\n"
    assert names("callees", MAIN, "--depth", "2")[0] == "main"
    assert shop("impact", MAIN, code=1).err == "Nothing is known to depend on main.\n"


def test_a_terminal_that_knows_few_characters_gets_the_rest_spelled_out(shop: Shell):
    told = shop("impact", ROUND, "--depth", "1", env={"PYTHONIOENCODING": "ascii"})
    assert told.out.splitlines()[1].startswith("\\u2514\\u2500 Cart.total ")


def test_path_shows_the_way_or_says_that_there_is_none(shop: Shell):
    told = shop("path", MAIN, ROUND).out.splitlines()
    assert [line.split()[0] for line in told] == ["main", "checkout", "Cart.total", "round_half_up"]
    assert keys(shop("path", MAIN, ROUND, "--json").json["steps"]) == [CHECKOUT, TOTAL, ROUND]
    none = shop("path", ROUND, MAIN, code=1)
    assert (none.out, none.err) == (
        "",
        f"No way leads from {ROUND} to {MAIN}. `remora path {MAIN} {ROUND}` looks the other way round.\n",
    )
    assert shop("path", ROUND, MAIN, "--json", code=1).json["steps"] == []
    same = shop("path", MAIN, "main")
    assert (same.out.split(), same.err) == (["main", "shop/sale.py:8"], "Both are the same node.\n")


def test_a_name_of_several_nodes_lists_them_and_fails(shop: Shell):
    (shop.folder / "shop" / "other.py").write_text("def checkout():\n    return 1\n")
    for command in ("node", "callers", "callees", "impact"):
        told = shop(command, "checkout", code=2)
        assert told.out == ""
        assert f"means several nodes. Name one of them:\n  shop/other.py-other-checkout\n  {CHECKOUT}\n" in told.err
    assert "means several nodes" in shop("path", MAIN, "checkout", code=2).err
    assert f"Perhaps one of these:\n  {ROUND}" in shop("impact", "round_half", code=2).err
    assert "There is no node 'nowhere'" in shop("node", "nowhere", code=2).err


@pytest.mark.parametrize("command", ["node", "callers", "callees", "impact"])
def test_what_lies_outside_and_is_not_in_the_graph_is_unknown(shop: Shell, command: str):
    told = shop(command, "ext:nosuch", code=2)
    assert told.out == ""
    assert told.err.startswith("remora: There is no node 'ext:nosuch'.")
    (shop.folder / "shop" / "late.py").write_text("import requests\n\nrequests.get(1)\n")
    assert "Perhaps one of these:\n  ext:requests.get" in shop(command, "ext:reqs.get", code=2).err


def test_an_error_is_one_json_object_too_where_json_is_asked_for(shop: Shell):
    for words, kind, step in (
        (("node", "nowhere"), "unknown_node", "Name one like src/app.py::Cart.total or src/app.py:120."),
        (("query", "::relations"), "bad_query", "Change that, then ask again."),
        (("callers", TOTAL, "--depth", "x"), "usage", "`remora callers --help` shows what there is."),
        (("index", "--exclude", "["), "bad_glob", "Write one as in a .gitignore, such as 'src/**' or '*.py'."),
        (("index", "nowhere"), "no_root", "Name an existing folder as the workspace."),
    ):
        told = shop(*words, "--json", code=1 if words[0] == "index" else 2)
        assert list(told.json) == ["error"]
        assert list(told.json["error"]) == ["code", "message", "next"]
        assert (told.json["error"]["code"], told.json["error"]["next"]) == (kind, step)
        assert told.json["error"]["message"] in told.err
    (shop.folder / "shop" / "other.py").write_text("def checkout():\n    return 1\n")
    several = shop("callers", "checkout", "--json", code=2).json["error"]
    assert (several["code"], CHECKOUT in several["next"]) == ("ambiguous", True)


def test_certain_leaves_out_what_only_a_guess_leads_to(shop: Shell):
    (shop.folder / "shop" / "guess.py").write_text(
        "from shop import cart\n\n\ndef sure():\n    cart.report()\n\n\ndef pick():\n    getattr(cart, 'report')()\n"
    )
    report = "shop/cart.py-cart-report"
    all_of_them = shop("callers", report, "--json").json["neighbours"]
    guessed = [ref["key"] for ref in all_of_them if ref["mark"] == "heuristic"]
    assert guessed == ["shop/guess.py-guess-pick"]
    assert keys(shop("callers", report, "--certain", "--json").json["neighbours"]) == ["shop/guess.py-guess-sure"]
    told = shop("callers", report)
    assert "pick  shop/guess.py:9  heuristic\n" in told.out
    assert told.err == "1 of them only by a guess (heuristic); --certain leaves those out.\n"
    assert shop("impact", report, "--certain").err == "1 node in 1 file.\n"


def test_an_answer_is_of_the_files_as_they_are_now(shop: Shell):
    assert keys(shop("callers", ROUND, "--json").json["neighbours"]) == [TOTAL]
    (shop.folder / "shop" / "late.py").write_text("from shop.cart import round_half_up\n\nround_half_up(1)\n")
    assert "shop/late.py" in shop("callers", ROUND).out


# -- the whole graph --------------------------------------------------------------------------------------------------


def test_query_prints_columns_or_json(shop: Shell):
    script = '?[name, row] := node[_, "class", name, _, row]'
    assert shop("query", script).out == "name  row\nCart  3\n"
    assert shop("query", "-", stdin=script).out == "name  row\nCart  3\n"
    assert shop("query", script, "--json").json == {
        "headers": ["name", "row"],
        "rows": [["Cart", 3]],
        "cut": False,
    }
    calls = f'?[src] := edge[src, "CALLS", "{ROUND}", _, _, _]'
    assert shop("query", calls).out == f"src\n{TOTAL}\n"
    few = shop("query", "?[name] := node[_, _, name, _, _]", "--limit", "1")
    assert len(few.out.splitlines()) == 2
    assert few.err == "Only the first 1 rows are here; --limit N asks for more.\n"
    assert shop("query", '?[name] := node[_, "enum", name, _, _]').err == "No rows.\n"


@pytest.mark.parametrize(
    "script",
    [
        "::relations",
        "?[key] <- [['x']] :put isg_files {key}",
        "?[a] <~ CsvReader(types: ['Any'], url: 'file:///etc/passwd')",
    ],
)
def test_a_query_that_could_write_or_read_files_is_refused(shop: Shell, script: str):
    told = shop("query", script, code=2)
    assert told.out == ""
    assert told.err.startswith("remora: ")


@pytest.mark.parametrize("view", ["hotspots", "cycles", "unresolved", "coupling", "untested"])
def test_each_view_has_headers(shop: Shell, view: str):
    assert shop("query", "--view", view, "--json").json["headers"]
    assert shop("query", "--view", view).out


def test_an_unknown_view_names_those_that_there_are(shop: Shell):
    assert "hotspots" in shop("query", "--view", "nothing", code=2).err


def test_search_finds_parts_of_names(shop: Shell):
    assert shop("search", "Cart.tot").out.split()[:3] == ["Cart.total", "method", "shop/cart.py:5"]
    assert shop("search", "cart", "--limit", "1").out == "shop/cart.py  module  shop/cart.py:1\n"
    for typed in ("rndUp", "roundHalf", "rhu"):
        assert keys(shop("search", typed, "--json").json["nodes"])[:1] == [ROUND]
    assert len(shop("search", "c", "--limit", "1").out.splitlines()) == 1
    assert shop("search", "qqqq", code=1).err == "No name here is like 'qqqq'.\n"


def test_each_question_works_without_a_server(shop: Shell, home: Path):
    questions = (("node", ROUND), ("callers", ROUND), ("callees", MAIN), ("impact", ROUND), ("path", MAIN, ROUND))
    for words in (*questions, ("query", "--view", "hotspots"), ("search", "total")):
        assert shop(*words, "--in-process").out
    assert processes_of(home) == {}


# -- being stopped, being refused -------------------------------------------------------------------------------------


def test_ctrl_c_stops_an_index_and_what_is_stored_is_sound(shop: Shell, home: Path):
    for number in range(1500):
        (shop.folder / "shop" / f"m{number}.py").write_text(CART)
    ours, theirs = pty.openpty()
    command = [str(REMORA), "index", "--in-process"]
    with subprocess.Popen(command, cwd=shop.folder, stderr=theirs, stdout=subprocess.PIPE) as child:
        os.close(theirs)
        shown = b""
        while b"indexing" not in shown:
            shown += _read(ours)
        child.send_signal(signal.SIGINT)
        while chunk := _read(ours):
            shown += chunk
        out, _ = child.communicate(timeout=60)
    os.close(ours)
    assert (child.returncode, out) == (1, b"")
    assert shown.endswith(b"remora: stopped.\r\n")
    assert b"Traceback" not in shown
    assert processes_of(home) == {}
    shop("index", "--in-process")
    assert shop("callers", ROUND, "--in-process").out.split() == ["Cart.total", "shop/cart.py:7"]


def test_manual_indexing_waits_to_be_told(shop: Shell):
    places().config.mkdir(parents=True)
    (places().config / "config.toml").write_text('[codegraph]\nindex = "manual"\n')
    assert "remora index" in shop("search", "total", "--in-process", code=2).err
    shop("index", "--in-process")
    assert TOTAL in keys(shop("search", "total", "--in-process", "--json").json["nodes"])


def test_an_overlay_that_is_not_there_is_named(shop: Shell):
    assert "There is no overlay 'nothing'. Choose one of lsp" in shop("index", "--overlay", "nothing", code=1).err
    assert "no-such-server" in shop("index", "--overlay", "lsp:no-such-server --stdio", code=1).err


@pytest.mark.skipif(importlib.util.find_spec("ray") is not None, reason="Ray is installed")
def test_a_cluster_needs_ray_and_says_how_to_get_it(shop: Shell):
    assert "scripts/setup --with ray" in shop("index", "--workers", "ray", code=1).err


@pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="Ray is not installed")
def test_a_cluster_that_does_not_answer_is_named(shop: Shell):
    assert "127.0.0.1:1" in shop("index", "--workers", "ray", "--address", "127.0.0.1:1", code=1).err


def test_every_example_of_the_query_page_runs(shop: Shell):
    page = (Path(__file__).parents[2] / "doc" / "query.md").read_text()
    examples = re.findall(r"```datalog\n(.*?)```", page, re.S)
    assert len(examples) == 6
    answers = [shop("query", "-", "--json", stdin=example).json["rows"] for example in examples]
    called, reached, largest, leaves, ranked, partial = answers
    assert called == [[CHECKOUT, "shop/sale.py", 4]]
    assert reached == [[key] for key in sorted((CHECKOUT, TOTAL, ROUND))]
    assert largest[0] == ["shop/cart.py", 3]
    assert leaves == [["shop/cart.py-cart-Cart"]]
    assert ROUND in [key for key, _ in ranked]
    assert partial == []

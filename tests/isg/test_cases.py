"""Every folder below `tests/data/` with an `expected.json` is a case: adding one needs no code.

    tests/data/<lang>/<case>/{source files, expected.json}         or <lang>/<kind>/<case>/

`expected.json` is one object; every member may be missing:

    "nodes": [[key, kind], …]             these nodes are there, of this kind
    "exact_nodes": true                   … and no others (external, built-in and gate nodes aside)
    "edges": [[src, kind, dst, mark?], …] these edges are there, with this mark when one is given
    "complete": ["CALLS", …]              of these kinds there are no other edges between nodes of the case
    "allowed": [[src, kind, dst], …]      … except these, which may be there or not
    "no_edges": [[src, kind, dst], …]     none of these is there; "*" stands for anything
    "unresolved": [[src, name], …]        these references are in the relation of unresolved ones
    "not_yet": "why"                      known to be wrong: shown as an expected failure until it is right

A key is a key of the graph (`cart.py-cart-Cart.total`, `ext:requests.get`, `builtin:print`), or for short
`cart.py::Cart.total`; a file's module is `cart.py::<module>`, a repeated qualname `cart.py::total~2`.

What is expected is worked out by hand from what the language does when the code runs, never from what the graph says:

- an edge CALLS is there when some run of the program can make that call. Assignments of one scope happen in the order
  of the text; of two branches either may be taken;
- code of a module belongs to its `<module>`, code of a class body to the class, code of a comprehension to the scope
  around it, a lambda to itself (`<lambda1>`, numbered in its scope);
- making an object is INSTANTIATES to its class, and CALLS to the class's own or inherited constructor when the case
  has one;
- applying a decorator is CALLS from the scope of the definition; calling the decorated name calls what the decorator
  gave back;
- reading a property calls it, `with` calls `__enter__` and `__exit__`, `for` calls `__iter__` and `__next__`;
- calling a generator function is the call; running on in it is none;
- a built-in that calls what it is given (`map`, `sorted`, `partial`) does so for its caller.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from isg.cases import DATA, differences, folders, read_graph


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.relative_to(DATA).as_posix())
def test_the_graph_of_a_case_is_what_its_language_does(folder: Path):
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    wrong = differences(read_graph(folder), expected)
    if wrong and "not_yet" in expected:
        pytest.xfail(expected["not_yet"])
    assert wrong == []

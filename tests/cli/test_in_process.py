"""`--in-process`: no server, none left behind, and never two owners of one store."""

from __future__ import annotations

import json
from pathlib import Path

from cli.conftest import APPROVED, SOURCE, TOTAL, Shell
from leftovers import processes_of

KEY = "src/app.py::Cart.total"


def test_in_process_does_all_of_it_and_leaves_no_process(remora: Shell, home: Path):
    made = remora("edit", KEY, "x is two", "--engine", remora.script(TOTAL), "--in-process", "--json").json
    assert processes_of(home) == {}
    assert [row["id"] for row in remora("proposals", "--in-process", "--json").json] == [made["proposal"]]
    remora("approve", "--in-process")
    assert remora.app.read_text() == APPROVED
    (session,) = remora("journal", "list", "--in-process", "--json").json
    assert "Identical" in remora("replay", session["id"], "--in-process").err
    assert processes_of(home) == {}


def test_a_server_that_holds_the_workspace_is_named_with_the_way_to_end_it(remora: Shell, home: Path):
    remora("proposals")
    pid = json.loads(remora("serve", "--status").out)["pid"]
    told = remora("proposals", "--in-process", code=1).err
    assert f"(pid {pid})" in told
    assert "`remora serve --stop`" in told
    assert remora("edit", KEY, "x", "--engine", remora.script(TOTAL), "--in-process", code=1).err == told
    assert remora.app.read_text() == SOURCE


def test_a_store_of_its_own_works_beside_the_server(remora: Shell, tmp_path: Path):
    remora("propose", KEY, "--code", "-", stdin="def total(self):\n    return 7\n")
    apart = ("--state", str(tmp_path / "mine"))
    assert remora("proposals", *apart, "--json").json == []
    remora("edit", KEY, "x is two", "--engine", remora.script(TOTAL), *apart)
    remora("approve", *apart)
    assert remora.app.read_text() == APPROVED
    assert len(remora("proposals", "--json").json) == 1

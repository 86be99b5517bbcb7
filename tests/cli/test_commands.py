"""Every command through the real `remora`: what it prints, what it writes, how it exits."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

from cli.conftest import APPROVED, REMORA, SOURCE, TOTAL, Shell
from remora.config import places

EDIT_KEYS = ["proposal", "state", "node", "files", "diff", "diagnostics", "model", "timings"]
KEY = "src/app.py::Cart.total"


def test_edit_shows_a_diff_and_approve_writes_the_newest(remora: Shell):
    asked = remora("edit", KEY, "x is two", "--engine", remora.script(TOTAL))
    assert "-        x = 1\n+        x = 2\n" in asked.out
    assert "`remora approve` writes it" in asked.err
    assert remora.app.read_text() == SOURCE
    assert remora("approve").out == "src/app.py\n"
    assert remora.app.read_text() == APPROVED
    assert "No proposal is open here." in remora("approve", code=1).err


def test_edit_prints_one_json_object_with_exactly_these_keys(remora: Shell):
    made = remora("edit", KEY, "x is two", "--engine", remora.script(TOTAL), "--json").json
    assert list(made) == EDIT_KEYS
    assert (made["state"], made["files"], made["model"]) == ("draft", ["src/app.py"], "scripted")
    assert (made["node"], made["diagnostics"]) == ("src/app.py-app-Cart.total", [])
    refined = remora.script(TOTAL.replace("2", "3"), name="two.json")
    flags = ("--refine", made["proposal"], "--approve", "--json")
    done = remora("edit", KEY, "three", "--engine", refined, *flags).json
    assert list(done) == EDIT_KEYS
    assert done["state"] == "approved"
    assert remora.app.read_text() == SOURCE.replace("x = 1", "x = 3")


def test_what_the_checks_find_blocks_an_approve_until_it_is_forced(remora: Shell):
    bad = TOTAL.replace("2", "missing")
    engine = remora.script(bad, bad)
    assert "missing" in remora("edit", KEY, "x", "--engine", engine, "--approve", code=1).err
    assert remora.app.read_text() == SOURCE
    checked = remora("preflight", code=1)
    assert "src/app.py:7: error: Undefined name `missing` (F821)" in checked.out
    remora("approve", code=1)
    remora("approve", "--force")
    assert "x = missing" in remora.app.read_text()


def test_propose_creates_edits_and_deletes_from_files_and_standard_input(remora: Shell):
    (remora.folder / "code.py").write_text("def clear(self):\n    return None\n")
    made = remora("propose", "src/app.py::Cart.clear", "--action", "Create", "--code", "code.py", "--json").json
    assert list(made) == EDIT_KEYS
    assert remora("preflight", made["proposal"], "--json").json[0]["passed"] is True
    remora("approve", made["proposal"])
    assert "    def clear(self):\n        return None\n" in remora.app.read_text()
    remora("propose", KEY, "--code", "-", "--tdd", "TEST_IMPLEMENTATION", stdin="def total(self):\n    return 7\n")
    assert remora("get", KEY, "--json").json["TDD_Classification"] == "TEST_IMPLEMENTATION"
    remora("approve")
    remora("propose", "src/app.py::Cart.clear", "--action", "Delete")
    remora("approve")
    assert remora.app.read_text() == SOURCE.replace("        x = 1\n        return x", "        return 7")


def test_a_key_may_be_typed_from_where_one_stands_or_as_a_bare_name(remora: Shell):
    inside = Shell(remora.folder / "src")
    assert inside("get", "app.py::Cart.total", "--json").json["isgl1_key"] == "src/app.py-app-Cart.total"
    assert inside("get", "app.py:7", "--json").json["isgl1_key"] == "src/app.py-app-Cart.total"


def test_a_bare_name_is_found_in_a_workspace_that_was_never_looked_at(remora: Shell):
    assert remora("get", "Cart.total", "--json").json["isgl1_key"] == "src/app.py-app-Cart.total"
    assert "There is no node 'nowhere'" in remora("get", "nowhere", code=1).err
    (remora.folder / "src" / "later.py").write_text("def later():\n    return first(1)\n")
    assert "src/later.py-later-later" in remora("get", "later").out


def test_rejected_and_open_proposals_are_listed_newest_first(remora: Shell):
    ids = [
        remora("propose", KEY, "--code", "-", "--json", stdin=f"def total(self):\n    return {n}\n").json["proposal"]
        for n in range(2)
    ]
    assert [row["id"] for row in remora("proposals", "--json").json] == ids[::-1]
    assert ids[0] in remora("reject", ids[0]).out
    assert [row["id"] for row in remora("proposals", "--only", "rejected", "--json").json] == [ids[0]]
    assert "rejected" in remora("get", ids[0]).out
    assert "cannot be approved" in remora("approve", ids[0], code=1).err
    assert ids[1] in remora("proposals").out


def test_the_journal_shows_replays_byte_for_byte_and_forgets(remora: Shell):
    """Three sessions: a plain one, one whose first answer was refused, and one that refines it."""
    engine = remora.script(TOTAL, "no code here", TOTAL.replace("2", "4"), TOTAL.replace("2", "5"))
    remora("edit", KEY, "two", "--engine", engine, "--json")
    second = remora("edit", KEY, "four", "--engine", engine, "--json").json
    assert second["timings"]["attempts"] == 2
    remora("edit", KEY, "five", "--engine", engine, "--refine", second["proposal"])
    listed = remora("journal", "list", "--json").json
    assert [row["request"] for row in listed] == ["five", "four", "two"]
    for row in listed:
        done = remora("replay", row["id"], "--json").json
        assert done["identical"], row["request"]
        kinds = [json.loads(line)["kind"] for line in remora("journal", "show", row["id"]).out.splitlines()]
        assert (kinds[0], kinds[-1]) == ("request", "proposal")
    assert "is rejected" in remora("approve", second["proposal"], code=1).err, "its successor took its place"
    remora("approve")
    assert remora("replay", listed[0]["id"]).out, "replay needs the file as it was, not as it is"
    assert remora("journal", "forget", listed[0]["id"], "--json").json == {"forgotten": 1}
    assert "2 records deleted." in remora("journal", "forget").out
    assert "There is no session" in remora("replay", listed[1]["id"], code=1).err


def test_the_server_starts_by_itself_says_what_it_does_and_leaves(remora: Shell):
    assert "No server is running." in remora("serve", "--status").err
    remora("proposals")
    status = json.loads(remora("serve", "--status").out)
    assert [w["root"] for w in status["workspaces"]] == [str(remora.folder)]
    assert f"(pid {status['pid']})" in remora("serve").err
    assert f"pid {status['pid']}; workspaces: 1, requests: 0" in remora("doctor").out
    assert "The server leaves." in remora("serve", "--stop").err


def test_doctor_says_what_is_missing_and_what_to_do(remora: Shell, tmp_path: Path):
    place = tmp_path / "none"
    found = {f["part"]: f for f in json.loads(remora("doctor", "--json", env={"REMORA_MODELS": str(place)}).out)}
    assert found["model"]["level"] == "note"
    assert "`remora model pull" in found["model"]["advice"]
    places().config.mkdir(parents=True)
    (places().config / "config.toml").write_text("[engine]\nmodle = 'x'\n")
    told = remora("doctor", code=1).out
    assert "Did you mean engine.model?" in told


def test_models_are_listed_found_and_deleted(remora: Shell, tmp_path: Path):
    folder = tmp_path / "models"
    folder.mkdir()
    name, file = "smollm2-135m-instruct", "smollm2-135m-instruct-q4_1.gguf"
    env = {"REMORA_MODELS": str(folder)}
    assert "`remora model pull" in remora("model", "path", name, code=1, env=env).err
    (folder / file).write_bytes(b"GGUF")
    assert remora("model", "path", name, env=env).out == f"{folder / file}\n"
    rows = {row["name"]: row["path"] for row in remora("model", "list", "--json", env=env).json}
    assert rows[name] == str(folder / file)
    assert [n for n, path in rows.items() if path] == [name]
    assert f"here  {name}" in remora("model", "list", env=env).out
    assert remora("model", "rm", name, env=env).out == f"{folder / file}\n"
    assert "nothing to delete" in remora("model", "rm", name, env=env).err
    assert "smollm2-135m-instruct" in remora("model", "path", "smollm2-135m", code=1, env=env).err


def test_without_a_model_and_a_terminal_an_edit_fails_and_downloads_nothing(remora: Shell, tmp_path: Path):
    folder = tmp_path / "models"
    told = remora("edit", KEY, "x", "--engine", "llama", code=1, env={"REMORA_MODELS": str(folder)}).err
    assert "is not on this machine yet. `remora model pull" in told
    assert not folder.exists()


def test_uninstall_prints_every_path_and_deletes_only_when_asked(remora: Shell, home: Path, tmp_path: Path):
    env = {"REMORA_MODELS": str(tmp_path / "models")}
    (tmp_path / "models").mkdir()
    remora("edit", KEY, "x", "--engine", remora.script(TOTAL), "--in-process", env=env)
    printed = remora("uninstall", "--dry-run", "--json", env=env).json
    assert set(printed) >= {str(path) for path in home.iterdir()} | {str(tmp_path / "models")}
    assert "there is no terminal" in remora("uninstall", code=1, env=env).err
    assert (home / "state").is_dir()


def test_wrong_usage_exits_with_2(remora: Shell):
    for words in ((), ("dance",), ("edit", KEY), ("propose", KEY), ("propose", KEY, "--action", "Move"), ("journal",)):
        remora(*words, code=2)


def test_a_failed_request_exits_with_1_and_its_reason(remora: Shell):
    engine = remora.script("no code", "no code")
    assert "could not be used" in remora("edit", KEY, "x", "--engine", engine, code=1).err
    assert "There is no node" in remora("edit", "src/app.py::Cart.none", "x", "--engine", engine, code=1).err
    assert "is not a folder" in remora("proposals", "--workspace", "nowhere", code=1).err


def test_help_imports_nothing_heavy():
    heavy = ("httpx", "mnestic", "pydantic", "rich", "tree_sitter", "asyncio", "xllamacpp", "msgpack", "numpy")
    program = (
        "import sys, contextlib, io\n"
        "from remora.cli import main\n"
        "with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()): main(['--help'])\n"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_ctrl_c_stops_the_request_on_the_server_too(remora: Shell):
    engine = remora.script({"text": "word ", "never_ends": True}, tokens_per_second=5)
    remora("proposals")  # the server runs
    command = [str(REMORA), "edit", KEY, "x", "--engine", engine]
    with subprocess.Popen(command, cwd=remora.folder, stderr=subprocess.PIPE, text=True) as child:
        while not json.loads(remora("serve", "--status").out)["requests"]:
            continue
        child.send_signal(signal.SIGINT)
        _, told = child.communicate(timeout=60)
    assert (child.returncode, told) == (1, "remora: stopped.\n")
    assert json.loads(remora("serve", "--status").out)["requests"] == []


def test_settings_that_cannot_be_read_are_told_by_every_command(remora: Shell):
    places().config.mkdir(parents=True)
    (places().config / "config.toml").write_text("[engine]\nmodle = 'x'\n")
    for words in (("proposals",), ("proposals", "--in-process"), ("model", "list")):
        assert "there is no setting 'engine.modle'. Did you mean engine.model?" in remora(*words, code=1).err

"""The store: what it keeps, whom it lets in, and what it does about damage."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from remora.errors import StoreError, UserError
from remora.store.database import Store
from remora.store.lock import StoreLocked
from remora.store.migrations import MIGRATIONS, clear_graph
from remora.store.schema import create, relations

PUT_FILE = """
?[repo, path, text_hash, code_hash, lang, status, reason, mtime_ns, size, nodes] <-
    [[0, $path, '', '', 'python', 'ok', '', $id, 0, 1]]
:put isg_file {repo, path => text_hash, code_hash, lang, status, reason, mtime_ns, size, nodes}
"""


def notes(store: Store) -> None:
    create(store, "notes", "{id: String => text: String}")


WITH_NOTES = [*MIGRATIONS, notes]


def files(store: Store) -> list[str]:
    return [row[0] for row in store.read("?[path] := *isg_file{path}")]


def log_files(path: Path) -> list[Path]:
    return sorted((path / "data").glob("*.log"))


def fill_and_die(path: Path, paths: list[str]) -> None:
    """Another process writes one row per path, then is killed without closing."""
    program = (
        "import os, sys; from pathlib import Path; from remora.store.database import Store\n"
        f"store = Store.open(Path({str(path)!r}))\n"
        f"for n, p in enumerate({paths!r}): store.write({PUT_FILE!r}, {{'path': p, 'id': n}})\n"
        "os.kill(os.getpid(), 9)\n"
    )
    assert subprocess.run([sys.executable, "-c", program], timeout=60).returncode == -signal.SIGKILL


def test_rows_are_there_after_closing_and_opening_again(tmp_path: Path):
    store = Store.open(tmp_path / "store")
    store.write(PUT_FILE, {"path": "a.py", "id": 1})
    store.close()
    again = Store.open(tmp_path / "store")
    assert (files(again), again.rebuilt, again.notices) == (["a.py"], False, ())
    again.close()


def test_rows_of_a_killed_process_are_there(tmp_path: Path):
    fill_and_die(tmp_path / "store", ["a.py", "b.py"])
    store = Store.open(tmp_path / "store")
    assert (files(store), store.rebuilt) == (["a.py", "b.py"], False)
    store.close()


def test_a_late_failure_takes_back_the_earlier_blocks():
    store = Store.open(None)
    with pytest.raises(StoreError, match="nowhere"):
        store.write("{" + PUT_FILE + "} {?[x] <- [[1]] :put nowhere {x}}", {"path": "a.py", "id": 1})
    assert files(store) == []


def test_a_read_that_would_write_is_refused():
    store = Store.open(None)
    with pytest.raises(StoreError, match="write lock"):
        store.read(PUT_FILE, {"path": "a.py", "id": 1})


def test_an_error_names_the_script_and_what_the_database_said():
    with pytest.raises(StoreError) as caught:
        Store.open(None).read("?[x] := *nope{x}\n")
    assert str(caught.value) == "?[x] := *nope{x}: Cannot find requested stored relation 'nope'"


def test_a_closed_store_says_so(tmp_path: Path):
    store = Store.open(tmp_path / "store")
    store.close()
    store.close()
    with pytest.raises(StoreError, match="The database is closed"):
        store.read("::relations")


def test_writers_of_many_threads_lose_nothing(tmp_path: Path):
    store = Store.open(tmp_path / "store")
    create(store, "sums", "{name: String => value: Int}")
    store.write("?[name, value] <- [['n', 0]] :put sums {name => value}")
    add = "?[name, value] := *sums{name, value: v}, name = 'n', value = v + 1 :put sums {name => value}"

    def work() -> None:
        for _ in range(20):
            store.write(add)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.read("?[value] := *sums{name: 'n', value}") == [[80]]
    store.close()


def test_a_second_process_is_told_who_holds_the_store(tmp_path: Path):
    store = Store.open(tmp_path / "store")
    program = (
        "from pathlib import Path; from remora.store.database import Store; from remora.store.lock import StoreLocked\n"
        f"try: Store.open(Path({str(tmp_path / 'store')!r}))\n"
        "except StoreLocked as error: print(error.pid, error)"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60).stdout
    assert told == (
        f"{os.getpid()} The database {tmp_path / 'store'} is held by process {os.getpid()}. "
        "Stop that one, or name another store with --state.\n"
    )
    with pytest.raises(StoreLocked):
        Store.open(tmp_path / "store")
    store.close()
    Store.open(tmp_path / "store").close()


def test_a_store_that_cannot_be_opened_is_set_aside_and_told(tmp_path: Path):
    path = tmp_path / "store"
    for number in (1, 2):
        Store.open(path).close()
        (path / "data" / "CURRENT").write_text("nonsense")
        store = Store.open(path)
        assert store.rebuilt
        assert store.notices == (
            f"The database {path} could not be opened. It is kept as store.broken-{number} and a fresh one took its "
            "place; proposals that were not approved are in the old one. Delete it when you miss nothing.",
        )
        assert (tmp_path / f"store.broken-{number}" / "data").is_dir()
        store.close()


def test_a_store_that_lost_all_its_rows_is_set_aside(tmp_path: Path):
    path = tmp_path / "store"
    fill_and_die(path, ["a.py"])
    for log in log_files(path):
        log.write_bytes(b"")
    store = Store.open(path)
    assert (files(store), store.rebuilt) == ([], True)
    assert "had lost its rows" in store.notices[0]
    store.close()
    well = Store.open(path)
    assert (well.rebuilt, well.notices) == (False, ())
    well.close()


def test_a_store_that_lost_its_newest_rows_keeps_the_rest_and_gets_an_empty_graph(tmp_path: Path):
    path = tmp_path / "store"
    store = Store.open(path, WITH_NOTES)
    store.write("?[id, text] <- [['p1', 'kept']] :put notes {id => text}")
    store.write(PUT_FILE, {"path": "a.py", "id": 1})
    store.close()
    Store.open(path, WITH_NOTES).close()
    newest = log_files(path)[-1]
    newest.write_bytes(newest.read_bytes()[:-20])
    again = Store.open(path, WITH_NOTES)
    assert again.read("?[id, text] := *notes{id, text}") == [["p1", "kept"]]
    assert (files(again), again.rebuilt) == ([], True)
    assert "The newest rows of the database" in again.notices[0]
    again.close()


def test_a_crash_before_the_canary_is_written_is_no_damage(tmp_path: Path):
    path = tmp_path / "store"
    Store.open(path).close()
    (tmp_path / "store.canary").write_text("1\n")
    store = Store.open(path)
    assert (store.rebuilt, store.notices) == (False, ())
    store.close()


def test_a_store_in_a_folder_that_cannot_be_written_is_an_error_and_stays(tmp_path: Path):
    (tmp_path / "file").touch()
    with pytest.raises((StoreError, OSError)):
        Store.open(tmp_path / "file" / "store")
    (tmp_path / "store.lock").mkdir()
    with pytest.raises(StoreError, match="Make its folder writable"):
        Store.open(tmp_path / "store")


def test_migrations_run_once_and_in_order(tmp_path: Path):
    seen: list[str] = []

    def first(store: Store) -> None:
        seen.append("first")

    def second(store: Store) -> None:
        seen.append("second")

    Store.open(tmp_path / "store", [first]).close()
    Store.open(tmp_path / "store", [first, second]).close()
    Store.open(tmp_path / "store", [first, second]).close()
    assert seen == ["first", "second"]


@pytest.mark.parametrize("number", range(len(MIGRATIONS)), ids=lambda number: MIGRATIONS[number].__name__)
def test_a_migration_that_was_cut_off_can_run_again(number: int):
    store = Store.open(None, MIGRATIONS[: number + 1])
    before = relations(store)
    MIGRATIONS[number](store)
    assert relations(store) == before


def test_the_first_graphs_relations_are_gone_and_what_people_made_stays(tmp_path: Path):
    before = MIGRATIONS[: [one.__name__ for one in MIGRATIONS].index("isg_packed")]
    old = Store.open(tmp_path / "store", before)
    old.write("?[path, id] <- [['a.py', 1]] :put isg_unlinked {path}")
    old.write("?[hash, text] <- [['h', 'kept']] :put texts {hash => text}")
    old.close()
    store = Store.open(tmp_path / "store")
    assert not any(name.startswith(("isg_nodes", "isg_edges", "isg_unlinked")) for name in relations(store))
    assert store.read("?[text] := *texts{text}") == [["kept"]]
    store.close()


def test_what_is_written_without_durability_is_there_after_a_kill(tmp_path: Path):
    program = (
        "import os; from pathlib import Path; from remora.store.database import Store\n"
        f"store = Store.open(Path({str(tmp_path / 'store')!r}))\n"
        f"store.write({PUT_FILE!r}, {{'path': 'a.py', 'id': 1}}, durable=False)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    assert subprocess.run([sys.executable, "-c", program], timeout=60).returncode == -signal.SIGKILL
    store = Store.open(tmp_path / "store")
    assert files(store) == ["a.py"]
    store.close()


def test_a_store_of_a_newer_remora_is_refused_and_left_alone(tmp_path: Path):
    Store.open(tmp_path / "store", WITH_NOTES).close()
    with pytest.raises(UserError, match=r"newer Remora \(it knows notes\)\. Update Remora") as caught:
        Store.open(tmp_path / "store")
    assert caught.value.code == "newer_store"
    Store.open(tmp_path / "store", WITH_NOTES).close()


def test_clearing_the_graph_leaves_other_rows():
    store = Store.open(None, WITH_NOTES)
    store.write("?[id, text] <- [['p1', 'kept']] :put notes {id => text}")
    store.write(PUT_FILE, {"path": "a.py", "id": 1})
    clear_graph(store)
    assert (files(store), store.read("?[id] := *notes{id}")) == ([], [["p1"]])


def test_importing_the_store_does_not_load_the_database():
    program = "import sys, remora.store.database; print('mnestic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout == "False\n"

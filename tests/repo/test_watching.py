"""Changes of files are told as they happen, and nothing is told of what nobody wrote."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from remora.repo import watching
from remora.repo.watching import CannotWatch, Changes, Watch, folders_of

DEADLINE_MS = 20_000


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path in ("app.py", "shop/cart.py", "shop/tax/rates.py"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x = 1\n")
    (tmp_path / "empty").mkdir()
    (tmp_path / "node_modules" / "left-pad").mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    return tmp_path.resolve()


@pytest.fixture
def watch(root: Path) -> Iterator[Watch]:
    watch = Watch(root, ["app.py", "shop/cart.py", "shop/tax/rates.py"])
    yield watch
    watch.close()


def told(watch: Watch) -> Changes:
    changes = watch.wait(threading.Event(), DEADLINE_MS)
    assert changes is not None, "nothing was told"
    return changes


def test_the_folders_are_those_with_files_those_above_and_empty_ones_beside(root: Path):
    assert folders_of(root, ["shop/tax/rates.py"]) == {".", "shop", "shop/tax", "empty"}


def test_a_file_that_is_written_made_renamed_or_deleted_is_told(root: Path, watch: Watch):
    (root / "shop" / "tax" / "rates.py").write_text("x = 2\n")
    assert told(watch) == Changes(("shop/tax/rates.py",), everything=False)
    (root / "empty" / "new.py").write_text("x = 1\n")
    assert told(watch).files == ("empty/new.py",)
    (root / "app.py").rename(root / "main.py")
    assert told(watch).files == ("app.py", "main.py")
    (root / "shop" / "cart.py").unlink()
    assert told(watch) == Changes(("shop/cart.py",), everything=False)


def test_folders_that_come_or_go_and_ignore_rules_mean_a_look_at_everything(root: Path, watch: Watch):
    (root / "shop" / "new").mkdir()
    assert told(watch).everything
    (root / ".gitignore").write_text("*.log\n")
    assert told(watch).everything
    shutil.rmtree(root / "shop" / "tax")
    assert told(watch).everything


def test_made_folders_are_not_watched_and_their_coming_is_no_news(root: Path, watch: Watch):
    (root / "node_modules" / "left-pad" / "index.js").write_text("x\n")
    (root / ".git" / "index").write_text("x")
    (root / "shop" / "__pycache__").mkdir()
    (root / "app.py").write_text("x = 3\n")
    assert told(watch) == Changes(("app.py",), everything=False)


def test_a_wait_ends_when_it_is_told_to(watch: Watch):
    stop = threading.Event()
    stop.set()
    assert watch.wait(stop) is None


def test_too_many_folders_are_refused(root: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(watching, "MOST_FOLDERS", 2)
    with pytest.raises(CannotWatch, match="4 folders are more than the 2"):
        Watch(root, ["shop/tax/rates.py"])


def test_a_folder_that_is_gone_meanwhile_does_not_keep_the_others_from_being_watched(root: Path):
    watch = Watch(root, ["app.py", "gone/app.py"])
    (root / "app.py").write_text("x = 2\n")
    assert told(watch).files == ("app.py",)
    watch.close()

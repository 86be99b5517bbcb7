"""Roots, and what lies inside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from remora.errors import UserError
from remora.repo.named import folder_of, is_stray, keep_name, named_in
from remora.repo.root import Root, find_root


def touch(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    return path


def test_the_git_top_level_wins_over_a_nearer_pyproject(tmp_path: Path):
    (tmp_path / ".git").mkdir()
    touch(tmp_path / "pkg" / "pyproject.toml")
    file = touch(tmp_path / "pkg" / "src" / "app.py")
    assert find_root(file) == Root(tmp_path, "git")


def test_a_worktree_and_a_submodule_are_their_own_roots(tmp_path: Path):
    (tmp_path / ".git").mkdir()
    touch(tmp_path / "vendored" / ".git")
    assert find_root(touch(tmp_path / "vendored" / "lib.py")) == Root(tmp_path / "vendored", "git")


@pytest.mark.parametrize("marker", ["pyproject.toml", "Cargo.toml", "package.json", "go.mod"])
def test_the_nearest_project_file_makes_the_root_where_there_is_no_git(tmp_path: Path, marker: str):
    touch(tmp_path / "pyproject.toml")
    touch(tmp_path / "inner" / marker)
    assert find_root(touch(tmp_path / "inner" / "src" / "app.py")) == Root(tmp_path / "inner", "project")


@pytest.mark.parametrize("marker", ["setup.py", "pom.xml", "build.gradle"])
def test_older_project_files_and_those_of_java_count_too(tmp_path: Path, marker: str):
    touch(tmp_path / marker)
    assert find_root(touch(tmp_path / "src" / "App.java")) == Root(tmp_path, "project")


def test_a_folder_that_was_indexed_on_purpose_wins_over_project_files_and_git_wins_over_it(tmp_path: Path):
    state, mono = tmp_path / "state", tmp_path / "mono"
    file = touch(mono / "web" / "src" / "app.py")
    touch(mono / "web" / "package.json")

    def root() -> Path:
        return find_root(file, is_named=named_in(state)).path

    assert root() == mono / "web"
    keep_name(mono, state)
    assert root() == mono
    keep_name(mono / "web" / "src", state)
    assert root() == mono / "web" / "src"
    (mono / "web" / ".git").mkdir()
    assert root() == mono / "web"


def test_a_folder_is_stray_until_something_says_that_it_belongs_together(tmp_path: Path):
    state, folder = tmp_path / "state", tmp_path / "folder"
    folder.mkdir()
    plain = find_root(folder, explicit=folder)
    assert is_stray(plain, state)
    keep_name(folder, state)
    assert not is_stray(plain, state)
    (tmp_path / ".git").mkdir()
    assert not is_stray(find_root(folder, explicit=folder), tmp_path / "other")
    assert folder_of(folder, state).parent == state


def test_a_file_outside_any_project_is_a_workspace_of_one_file(tmp_path: Path):
    assert find_root(touch(tmp_path / "notes.py")) == Root(tmp_path, "file", "notes.py")
    assert find_root(tmp_path / "not_yet.py") == Root(tmp_path, "file", "not_yet.py")
    assert find_root(tmp_path) == Root(tmp_path, "file", None)


def test_the_home_folder_is_no_root_even_when_it_is_a_git_repository(tmp_path: Path):
    (tmp_path / ".git").mkdir()
    touch(tmp_path / "pyproject.toml")
    file = touch(tmp_path / "scratch" / "a.py")
    assert find_root(file, home=tmp_path) == Root(tmp_path / "scratch", "file", "a.py")
    with pytest.raises(UserError, match="too wide to be a workspace") as caught:
        find_root(tmp_path / "a.py", home=tmp_path)
    assert caught.value.code == "no_root"


@pytest.mark.parametrize("folder", ["/", "home"])
def test_a_folder_that_is_too_wide_is_refused_when_it_is_named(tmp_path: Path, folder: str):
    named = Path("/") if folder == "/" else tmp_path
    with pytest.raises(UserError, match="too wide"):
        find_root(tmp_path / "x.py", named, home=tmp_path)


def test_a_named_workspace_is_taken_as_it_stands(tmp_path: Path):
    (tmp_path / ".git").mkdir()
    (tmp_path / "part").mkdir()
    assert find_root(tmp_path / "x.py", tmp_path / "part") == Root(tmp_path / "part", "project")


def test_a_named_workspace_that_is_no_folder_is_refused(tmp_path: Path):
    with pytest.raises(UserError, match=r"is not a folder\. Name an existing folder"):
        find_root(tmp_path, tmp_path / "missing")


def test_paths_inside_are_relative_with_symlinks_resolved(tmp_path: Path):
    root = Root(tmp_path, "project")
    touch(tmp_path / "src" / "app.py")
    (tmp_path / "link.py").symlink_to("src/app.py")
    assert root.relative("link.py") == "src/app.py"
    assert root.relative(tmp_path / "src" / ".." / "new.py") == "new.py"


@pytest.mark.parametrize("path", ["../other.py", "/etc/passwd", "out/passwd", "out_file", "loop", "a\0b"])
def test_a_path_that_leaves_the_root_is_refused(tmp_path: Path, path: str):
    root = tmp_path / "root"
    root.mkdir()
    (root / "out").symlink_to("/etc")
    (root / "out_file").symlink_to("/etc/passwd")
    (root / "loop").symlink_to("loop")
    with pytest.raises(UserError, match="is outside the workspace") as caught:
        Root(root, "project").inside(path)
    assert caught.value.code == "outside"


def test_gits_own_folder_is_left_alone(tmp_path: Path):
    (tmp_path / ".git" / "hooks").mkdir(parents=True)
    (tmp_path / "hooks").symlink_to(".git/hooks")
    for path in (".git/config", "hooks/pre-commit"):
        with pytest.raises(UserError, match="git's own folder"):
            Root(tmp_path, "git").inside(path)


def test_a_file_name_that_is_not_utf_8_is_refused(tmp_path: Path):
    with pytest.raises(UserError, match=r"is not UTF-8\. Rename the file"):
        Root(tmp_path, "project").inside("\udcff.py")

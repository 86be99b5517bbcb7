"""Which files of a workspace are its source."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from remora.errors import UserError
from remora.repo.root import Root
from remora.repo.walk import fault_of, is_listed, is_unwanted, listed_files, refuse_globs, source_files


def fill(folder: Path, *paths: str) -> None:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("x = 1\n")


def git(folder: Path, *args: str) -> None:
    subprocess.run(["git", "-C", str(folder), *args], check=True, capture_output=True)


@pytest.fixture(params=["git", "project"])
def root(request: pytest.FixtureRequest, tmp_path: Path) -> Root:
    folder = tmp_path / "root"
    folder.mkdir()
    if request.param == "git":
        git(folder, "init", "-q")
    return Root(folder, request.param)


def test_ignored_and_foreign_files_are_left_out(root: Root):
    fill(
        root.path,
        "app.py",
        "src/a.py",
        "src/a.txt",
        "out/made.py",
        "src/tmp_1.py",
        "src/keep/tmp_2.py",
        "deep/x/gen/b.py",
    )
    (root.path / ".gitignore").write_text("# made\n/out/\ntmp_?.py\n!tmp_2.py\ndeep/**/b.py\n")
    (root.path / "src" / ".gitignore").write_text("nothing*\n")
    assert source_files(root, [".py"]) == ["app.py", "src/a.py", "src/keep/tmp_2.py"]


def test_symlinks_are_left_out_wherever_they_lead(root: Root, tmp_path: Path):
    fill(tmp_path, "outside/secret.py")
    fill(root.path, "a.py")
    (root.path / "b.py").symlink_to("a.py")
    (root.path / "c.py").symlink_to(tmp_path / "outside" / "secret.py")
    (root.path / "d").symlink_to(tmp_path / "outside")
    (root.path / "circle").symlink_to(root.path)
    assert source_files(root, [".py"]) == ["a.py"]


def test_pipes_nested_repositories_and_broken_names_are_left_out(root: Root):
    fill(root.path, "a.py", "nested/b.py")
    git(root.path / "nested", "init", "-q")
    os.mkfifo(root.path / "pipe.py")
    os.close(os.open(os.fsencode(root.path) + b"/\xff.py", os.O_CREAT))
    assert source_files(root, [".py"]) == ["a.py"]


def test_names_with_spaces_and_line_ends_are_found(root: Root):
    fill(root.path, "a b.py", "new\nline.py", "é.py")
    assert source_files(root, [".py"]) == ["a b.py", "new\nline.py", "é.py"]


def test_a_tracked_file_that_was_deleted_is_left_out(tmp_path: Path):
    git(tmp_path, "init", "-q")
    fill(tmp_path, "a.py", "b.py")
    git(tmp_path, "add", ".")
    (tmp_path / "b.py").unlink()
    assert source_files(Root(tmp_path, "git"), [".py"]) == ["a.py"]


def test_a_repositorys_own_config_runs_no_program(tmp_path: Path):
    git(tmp_path, "init", "-q")
    fill(tmp_path, "a.py")
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    program.chmod(0o755)
    git(tmp_path, "config", "core.fsmonitor", str(program))
    assert source_files(Root(tmp_path, "git"), [".py"]) == ["a.py"]
    assert not (tmp_path / "ran").exists()


def test_without_git_the_ignore_rules_are_read_by_ourselves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    fill(tmp_path, "a.py", "node_modules/x.py", ".venv/y.py", "build/z.py")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert source_files(Root(tmp_path, "git"), [".py"]) == ["a.py"]


def test_a_workspace_of_one_file_holds_that_file_only(tmp_path: Path):
    fill(tmp_path, "a.py", "b.py")
    assert source_files(Root(tmp_path, "file", "a.py"), [".py"]) == ["a.py"]
    assert source_files(Root(tmp_path, "file", None), [".py"]) == []


def test_a_tracked_folder_that_became_a_symlink_is_left_out(tmp_path: Path):
    folder = tmp_path / "root"
    folder.mkdir()
    git(folder, "init", "-q")
    fill(folder, "a.py", "sub/b.py")
    fill(tmp_path, "outside/b.py")
    git(folder, "add", ".")
    (folder / "sub" / "b.py").unlink()
    (folder / "sub").rmdir()
    (folder / "sub").symlink_to(tmp_path / "outside")
    assert source_files(Root(folder, "git"), [".py"]) == ["a.py"]


def test_made_folders_are_left_out_beside_a_project_file_only(tmp_path: Path):
    fill(
        tmp_path,
        "src/build/a.py",
        "lib/x/dist/b.py",
        "dist/c.py",
        "app/package.json",
        "app/dist/d.py",
        "node_modules/e.py",
    )
    assert source_files(Root(tmp_path, "project"), [".py"]) == ["lib/x/dist/b.py", "src/build/a.py"]


def test_one_file_is_listed_when_all_files_have_it(root: Root):
    paths = ["a.py", "src/b.py", "out/c.py", "tmp_1.py", "src/deep/d.py", "vendor/v.py"]
    fill(root.path, *paths)
    (root.path / ".gitignore").write_text("/out/\ntmp_?.py\n")
    (root.path / "src" / ".gitignore").write_text("deep\n")
    (root.path / "link.py").symlink_to("a.py")
    listed = {one.path for one in listed_files(root, lambda name: name.endswith(".py"))}
    assert {path for path in [*paths, "link.py", "none.py"] if is_listed(root, path)} - {"vendor/v.py"} == listed - {
        "vendor/v.py"
    }
    assert listed >= {"a.py", "src/b.py"}


@pytest.mark.parametrize("glob", ["[", "src/[a-", "[z-a].py", "", "/", "./", "  "])
def test_a_text_that_is_no_glob_is_refused_with_the_reason(tmp_path: Path, glob: str):
    assert fault_of(glob)
    with pytest.raises(UserError, match=r"is no glob: .*\. Write one as in a \.gitignore") as caught:
        refuse_globs(Root(tmp_path, "project"), lambda name: True, [], [glob])
    assert caught.value.code == "bad_glob"


@pytest.mark.parametrize(
    "glob", ["*.py", "[ab]*.py", "[!a]*", "src/**", "/src", "a b", "[[]x]", "[[]", "[]]", "[a&&b]", "[!!]"]
)
def test_what_a_gitignore_may_hold_is_a_glob(glob: str):
    assert fault_of(glob) == ""


@pytest.mark.parametrize("git", [True, False])
def test_what_is_ignored_is_known_before_the_file_is_there(tmp_path: Path, git: bool):
    (tmp_path / ".gitignore").write_text("local/\n*_old.py\n")
    if git:
        subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    root = Root(tmp_path, "git" if git else "project")
    for path, ignored in (("local/a.py", True), ("src/a_old.py", True), ("src/a.py", False)):
        assert is_unwanted(root, path) is ignored

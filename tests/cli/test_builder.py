"""`interface-graph-builder`: the seed's flags, its object on standard input, its line per node."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from cli.conftest import Ran
from leftovers import processes_of

HERE = Path(__file__).parents[2]
BUILDER = Path(sys.executable).with_name("interface-graph-builder")
CODE = '''def parse_cfg(text: str) -> dict:
    """Read it."""
    return dict(text)
'''
KEY = "src/cfg.py-cfg-parse_cfg"


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    folder = (tmp_path / "repo").resolve()
    for name, text in {"src/cfg.py": CODE, "src/other.py": "x = 1\n", "docs/conf.py": "y = 1\n"}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def build(*words: str, cwd: Path, code: int = 0, stdin: str = "") -> Ran:
    done = subprocess.run(
        [str(BUILDER), *words], cwd=cwd, input=stdin, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == code, f"{done.returncode}\n{done.stdout}\n{done.stderr}"
    return Ran(done.returncode, done.stdout, done.stderr)


def lines(ran: Ran) -> dict[str, dict[str, Any]]:
    return {line["isgl1_key"]: line for line in map(json.loads, ran.out.splitlines())}


def paths(ran: Ran) -> set[str]:
    return {line["path"] for line in lines(ran).values()}


def test_it_is_a_command_of_this_package():
    scripts = tomllib.loads((HERE / "pyproject.toml").read_text())["project"]["scripts"]
    assert scripts["interface-graph-builder"] == "remora.cli.builder:main"
    assert "interface-graph-builder --repo" in (HERE / "doc" / "remora.txt").read_text()


def test_each_node_is_a_line_and_the_table_goes_elsewhere(repo: Path, home: Path):
    ran = build("--repo", ".", "--out", "cozo://isg", "--concurrency", "1", cwd=repo)
    found = lines(ran)
    assert list(found[KEY]) == ["isgl1_key", "path", "kind", "facets"]
    assert (found[KEY]["path"], found[KEY]["kind"]) == ("src/cfg.py", "function")
    assert found[KEY]["facets"]["returns"] == "dict"
    assert ran.err.startswith("files ")
    assert (repo / "isg").is_dir()
    assert processes_of(home) == {}


def test_the_snapshot_is_the_same_as_the_one_of_remora_index(repo: Path, tmp_path: Path):
    build("--repo", str(repo), "--out", f"cozo://{tmp_path}/isg", "--snapshot", "a.json", cwd=tmp_path)
    build("--repo", str(repo), "--snapshot", "b.json", cwd=tmp_path)
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()


def test_several_repositories_live_in_one_store_without_mixing(repo: Path, tmp_path: Path):
    other = tmp_path / "other"
    (other / "src").mkdir(parents=True)
    (other / "src" / "cfg.py").write_text("def elsewhere():\n    return parse_cfg(1)\n")
    out = ("--out", f"cozo://{tmp_path}/isg")
    first = build("--repo", str(repo), *out, cwd=tmp_path)
    assert set(lines(build("--repo", str(other), *out, cwd=tmp_path))) == {
        "src/cfg.py-cfg-<module>",
        "src/cfg.py-cfg-elsewhere",
    }
    assert build("--repo", str(repo), *out, cwd=tmp_path).out == first.out


def test_globs_come_from_options_or_from_standard_input_which_stands_above_them(repo: Path, tmp_path: Path):
    out = ("--out", f"cozo://{tmp_path}/isg")
    assert paths(build(*out, "--include", "src/**", "--exclude", "**/other.py", cwd=repo)) == {"src/cfg.py"}
    given = json.dumps({"repo": str(repo), "include": ["docs/**"], "exclude": []})
    assert paths(build(*out, "-", "--repo", "nowhere", "--exclude", "docs/**", cwd=tmp_path, stdin=given)) == {
        "docs/conf.py"
    }
    assert paths(build(*out, cwd=tmp_path, stdin=given)) == {"docs/conf.py"}


def test_standard_input_that_nobody_writes_to_is_not_waited_for(repo: Path):
    with subprocess.Popen(
        [str(BUILDER), "--out", "cozo://isg"], cwd=repo, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        assert KEY in child.stdout.read().decode()
        assert child.wait(60) == 0


def test_standard_input_of_somebody_else_is_left_alone_where_options_say_it_all(repo: Path):
    """As in `while read line; do interface-graph-builder --repo …; done < list`."""
    ours, theirs = os.pipe()
    os.write(theirs, b"not for us")
    try:
        done = subprocess.run(
            [str(BUILDER), "--repo", ".", "--out", "cozo://isg"],
            cwd=repo,
            stdin=ours,
            capture_output=True,
            timeout=60,
            check=True,
        )
        assert KEY in done.stdout.decode()
        assert os.read(ours, 100) == b"not for us"
    finally:
        os.close(ours)
        os.close(theirs)


@pytest.mark.parametrize(
    ("words", "stdin", "told"),
    [
        (["--out", "isg"], "", "it must be cozo://PATH"),
        (["--out", "cozo://"], "", "it must be cozo://PATH"),
        (["--concurrency", "0"], "", "'0' is no number from 1 on"),
        ([], "{", "standard input is no JSON"),
        ([], "[1]", "must be one JSON object"),
        ([], '{"paths": []}', "there is no 'paths'"),
        ([], '{"repo": ["."]}', "repo must be a text"),
        ([], '{"include": "src"}', "include must be a list of texts"),
        ([], '{"exclude": [1]}', "exclude must be a list of texts"),
    ],
)
def test_wrong_words_exit_with_2_and_say_what_is_wrong(repo: Path, words: list[str], stdin: str, told: str):
    assert told in build(*words, cwd=repo, stdin=stdin, code=2).err


def test_nothing_to_index_and_no_folder_exit_with_1(repo: Path, tmp_path: Path):
    out = ("--out", f"cozo://{tmp_path}/isg")
    told = build(*out, "--include", "*.nothing", cwd=repo, code=1)
    assert (told.out, "nothing was indexed in" in told.err) == ("", True)
    assert "is not a folder" in build(*out, "--repo", "nowhere", cwd=repo, code=1).err
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "mine.txt").write_text("mine")
    assert "holds something else" in build("--out", f"cozo://{tmp_path}/notes", cwd=repo, code=1).err
    assert [path.name for path in (tmp_path / "notes").iterdir()] == ["mine.txt"]


def test_a_store_that_another_process_writes_is_left_alone(repo: Path, tmp_path: Path):
    from remora.store.database import Store

    store = Store.open(tmp_path / "isg")
    try:
        told = build("--out", f"cozo://{tmp_path}/isg", cwd=repo, code=1).err
    finally:
        store.close()
    assert f"writes {tmp_path}/isg. Wait for it, or name another --out." in told


def test_help_teaches_with_an_example():
    told = subprocess.run([str(BUILDER), "--help"], capture_output=True, text=True, check=True).stdout
    assert "interface-graph-builder --repo . --out cozo://isg" in told

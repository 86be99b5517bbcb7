"""The small model's file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from remora.config import places

MODELS = places(os.environ).models  # read at import, before a fixture moves REMORA_HOME
TEST_MODEL = "smollm2-135m-instruct-q4_1.gguf"


@pytest.fixture(scope="session")
def model_file() -> Path:
    path = MODELS / TEST_MODEL
    if not path.exists():
        why = f"{path} is missing: remora model pull smollm2-135m-instruct"
        pytest.fail(why) if os.environ.get("CI") else pytest.skip(why)
    return path

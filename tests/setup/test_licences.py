"""doc/licences.md against the locks and against what the installed packages say of themselves."""

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ACCEPTED = {"MIT", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "PSF-2.0", "CC0-1.0", "MPL-2.0", "Zlib"}
OPTIONAL = ("node", "nvim", "ray", "uv")
# How packages word it that do not use an SPDX expression.
WORDED = {
    "MIT License": "MIT",
    "BSD License": "BSD-3-Clause",
    "Apache Software License": "Apache-2.0",
    "Apache": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "3-Clause BSD License": "BSD-3-Clause",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}


def locked(name: str) -> set[str]:
    text = (ROOT / name).read_text()
    return {
        match[1]
        for match in re.finditer(r"^([a-z0-9-]+)==([^\s]+)(.*)$", text, re.MULTILINE)
        if "sys_platform == 'win32'" not in match[3]
    }


def table() -> dict[str, str]:
    rows = re.findall(r"^\| ([a-z0-9-]+) \| ([^|]+) \|", (ROOT / "doc/licences.md").read_text(), re.MULTILINE)
    return {name: licence.strip() for name, licence in rows if name != "package"}


def installed_licence(name: str) -> str:
    fields = metadata(name)
    if expression := fields["License-Expression"]:
        return expression
    classifiers = [value.rpartition(" :: ")[2] for value in fields.get_all("Classifier") or () if "License ::" in value]
    stated = fields["License"] or ""
    if stated in WORDED.values() or " OR " in stated:
        return stated
    worded = [WORDED[value] for value in (*classifiers, stated) if value in WORDED]
    return worded[0] if worded else f"unknown ({stated or classifiers})"


def test_every_locked_package_is_in_the_table_and_nothing_else():
    locks = ["requirements.txt", *(f"requirements/{name}.txt" for name in OPTIONAL)]
    assert set(table()) == set().union(*(locked(name) for name in locks))


@pytest.mark.parametrize("name", sorted(locked("requirements.txt")))
def test_a_package_states_the_licence_that_the_table_gives(name):
    try:
        stated = installed_licence(name)
    except PackageNotFoundError:
        pytest.skip(f"{name} is not installed here; scripts/setup installs it")
    assert stated == table()[name]


@pytest.mark.parametrize(("name", "licence"), sorted(table().items()))
def test_a_licence_in_the_table_is_one_we_accept(name, licence):
    assert set(re.split(r" (?:AND|OR) ", licence)) <= ACCEPTED


@pytest.mark.parametrize(
    "name", ["requirements.txt", *(f"requirements/{lock.name}" for lock in (ROOT / "requirements").iterdir())]
)
def test_a_lock_holds_hashes_and_no_addresses(name):
    text = (ROOT / name).read_text()
    assert "://" not in text and "--index-url" not in text and "--find-links" not in text
    pins = re.findall(r"^[a-z0-9-]+==.*\\\n    --hash=sha256:", text, re.MULTILINE)
    assert len(pins) == len(re.findall(r"^[a-z]", text, re.MULTILINE)) > 0

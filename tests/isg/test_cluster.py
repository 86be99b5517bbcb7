"""Reading files on a Ray cluster gives the graph that reading them here gives."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from remora.errors import UserError
from remora.isg import fingerprint
from remora.isg.cluster import Sent, read_raws, reader, received, send
from remora.isg.graph import Graph
from remora.isg.reading import RawFile, Wanted
from remora.repo.root import Root
from remora.store.database import Store

needs_ray = pytest.mark.skipif(
    importlib.util.find_spec("ray") is None,
    reason="Ray is not installed: scripts/setup --dev --with ray",
)


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A cluster of two nodes on this machine, with one CPU each."""
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    from ray.cluster_utils import Cluster

    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    made.add_node(num_cpus=1)
    yield made
    made.shutdown()


def workspace(root: Path) -> Graph:
    for n in range(130):
        text = f"from pack.m{n + 1} import f{n + 1}\n\n\ndef f{n}():\n    return f{n + 1}()\n" + f"# {n}\n" * 40 * n
        (root / "pack").mkdir(exist_ok=True)
        (root / "pack" / f"m{n}.py").write_text(text)
    (root / "broken.py").write_text("def half(:\n")
    (root / "binary.py").write_bytes(b"x = 1\0\n")
    (root / "latin.py").write_bytes("def größe(): pass\n".encode("latin-1"))
    (root / "windows.py").write_bytes(b"\xef\xbb\xbfdef f():\r\n    pass\r\n")
    (root / "empty.py").write_bytes(b"")
    (root / "large.py").write_text("x = 1\n" * 400_000)
    return Graph(Store.open(None), Root(root, "project"))


def snapshot(graph: Graph, file: Path) -> bytes:
    graph.snapshot(file)
    return file.read_bytes()


@needs_ray
@pytest.mark.timeout(300)
@pytest.mark.filterwarnings("default")  # Ray's own, which are its matter
def test_a_cluster_of_two_nodes_makes_the_graph_that_one_process_makes(cluster: Any, tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    here = workspace(tmp_path / "work")
    expected = here.index(jobs=1)
    there = workspace(tmp_path / "work")
    seen: list[tuple[int, int]] = []
    report = there.index(lambda done, total: seen.append((done, total)), cluster=cluster.address)
    assert snapshot(there, tmp_path / "there.json") == snapshot(here, tmp_path / "here.json")
    assert report._replace(seconds=0) == expected._replace(seconds=0)
    assert (136, 136) in seen
    assert (136, 136) < seen[-1] <= (272, 136)  # they were linked, too
    _refuses_what_it_cannot_do(cluster, there, tmp_path)


def _refuses_what_it_cannot_do(cluster: Any, graph: Graph, tmp_path: Path) -> None:
    """In the same cluster, for starting one takes long."""
    import ray

    ray.init(address=cluster.address, log_to_driver=False)
    try:
        (graph.root.path / "pack" / "m5.py").write_text("def f5(): pass\n")
        assert graph.index(cluster=cluster.address).changed == ("pack/m5.py",)
        assert ray.is_initialized()  # a connection that was there is left alone

        chunk = [Wanted(f"{name}.py") for name in ("dies", "z")]
        for wanted in chunk:
            (tmp_path / wanted.path).write_text(f"def {wanted.path[:-3]}(): pass\n")

        def fragile(reading: str, repo: str, files: list[RawFile]) -> list[Any]:
            if any(file.wanted.path == "dies.py" for file in files):
                os._exit(1)
            return read_raws(reading, repo, files)

        task = ray.remote(num_cpus=1, max_retries=0)(fragile)
        found = received(ray, task, tmp_path, "work", send(task, tmp_path, "work", chunk))
        assert [(one.row.path, one.row.status) for one in found] == [("dies.py", "failed"), ("z.py", "ok")]
        assert found[0].row.reason == "reading it ended the process that did"

        task = ray.remote(num_cpus=1)(read_raws)
        sent = Sent(chunk, [], task.remote("of other code", "work", []))
        with pytest.raises(UserError, match="has another version of Remora") as caught:
            received(ray, task, tmp_path, "work", sent)
        assert caught.value.code == "no_cluster"

        def without_remora(reading: str, repo: str, files: list[RawFile]) -> list[Any]:
            raise ModuleNotFoundError("No module named 'remora'")

        task = ray.remote(num_cpus=1)(without_remora)
        with pytest.raises(UserError, match=r"cannot run Remora.*No module named"):
            received(ray, task, tmp_path, "work", send(task, tmp_path, "work", chunk))
    finally:
        ray.shutdown()


@needs_ray
@pytest.mark.timeout(300)
@pytest.mark.filterwarnings("default")
def test_an_address_where_no_cluster_is_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("def a(): pass\n")
    graph = Graph(Store.open(None), Root(tmp_path, "project"))
    with pytest.raises(UserError, match=r"There is no Ray cluster at 127\.0\.0\.1:9 .*ray start --head") as caught:
        graph.index(cluster="127.0.0.1:9")
    assert caught.value.code == "no_cluster"


def test_without_ray_the_message_says_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)  # what an import finds where it is not installed
    graph = Graph(Store.open(None), Root(tmp_path, "project"))
    with pytest.raises(UserError, match="scripts/setup --with ray") as caught:
        graph.index(cluster="")
    assert caught.value.code == "no_ray"


@needs_ray
def test_nothing_is_connected_when_there_is_nothing_to_read(tmp_path: Path) -> None:
    assert list(reader("127.0.0.1:9")(tmp_path, "work", [])) == []


def test_a_task_refuses_to_read_with_other_code() -> None:
    from remora.isg.cluster import OtherCode

    with pytest.raises(OtherCode):
        read_raws("other", "work", [])
    assert read_raws(fingerprint.reading(), "work", []) == []

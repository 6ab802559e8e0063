"""The real door to the network: it knows what certainly did not arrive, and guesses nothing else."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import requests

from pos_client.runtime import HttpAnswer, NoAnswer, NotSent
from pos_client.sync.drain import LANES
from pos_client.sync.http import CONNECTIONS, RequestsHttp
from pos_client.sync.region import load_region
from pos_client.sync.reply import Unclear, exchange

WHOLE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


def _request(connection: socket.socket) -> bytes:
    """A whole request; head and body may come one after the other. Every test here posts the same body."""
    received = b""
    while not received.endswith(b"\r\n\r\n{}"):
        more = connection.recv(65536)
        assert more, "the client has gone"
        received += more
    return received


@contextmanager
def _server(behave: Callable[[socket.socket], None]) -> Iterator[str]:
    """A server that reads one request, then does as it is told with the connection."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(10)

        def serve() -> None:
            connection, _ = listening.accept()
            connection.settimeout(30)
            with connection:
                _request(connection)
                behave(connection)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        thread.join()


def _post(url: str, read_timeout_ms: int = 5000) -> HttpAnswer:
    with closing(RequestsHttp()) as http:
        return http.post(url, body=b"{}", headers={}, connect_timeout_ms=1000, read_timeout_ms=read_timeout_ms)


def test_a_whole_answer_comes_back_unparsed() -> None:
    with _server(lambda connection: connection.sendall(WHOLE)) as url:
        answer = _post(url)
    assert (answer.status, answer.body) == (200, b"ok")


def test_a_refused_connection_was_certainly_not_sent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    with pytest.raises(NotSent):
        _post(f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize("url", ["http://no-such-host.invalid/", "nonsense", "ftp://x/", "http://"])
def test_an_address_that_leads_nowhere_was_not_sent(url: str) -> None:
    with pytest.raises(NotSent):
        _post(url)


@pytest.mark.parametrize(
    "cut",
    [b"", b"HTTP/1.1 200 OK\r\nContent-Le", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf", b"garbage\r\n\r\n"],
    ids=["nothing", "half a head", "half a body", "no HTTP"],
)
def test_a_cut_answer_leaves_it_open(cut: bytes, tmp_path: Path) -> None:
    region = load_region("training", tmp_path, "training")
    with _server(lambda connection: connection.sendall(cut)) as url, closing(RequestsHttp()) as http:
        assert isinstance(exchange(http, url, region, "{}", read_timeout_ms=5000), Unclear)


def test_a_silent_server_leaves_it_open() -> None:
    done = threading.Event()

    def stay_silent(_connection: socket.socket) -> None:
        done.wait(10)

    with _server(stay_silent) as url:
        with pytest.raises(NoAnswer):
            _post(url, read_timeout_ms=50)
        done.set()


def test_a_cookie_is_not_kept() -> None:
    asked: list[bytes] = []
    answer = b"HTTP/1.1 200 OK\r\nSet-Cookie: a=b; Path=/\r\nContent-Length: 2\r\n\r\nok"

    def answer_twice(connection: socket.socket) -> None:
        connection.sendall(answer)
        asked.append(_request(connection))
        connection.sendall(answer)

    with _server(answer_twice) as url, closing(RequestsHttp()) as http:
        for _ in range(2):
            http.post(url, body=b"{}", headers={}, connect_timeout_ms=1000, read_timeout_ms=5000)
    assert asked[0].startswith(b"POST / ")
    assert b"cookie" not in asked[0].lower()


def test_every_lane_of_a_drain_keeps_a_connection() -> None:
    assert CONNECTIONS >= LANES


def test_a_redirect_is_an_answer_and_is_not_followed() -> None:
    moved = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"
    with _server(lambda connection: connection.sendall(moved)) as url:
        assert _post(url).status == 302


def test_a_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    with _server(lambda connection: connection.sendall(WHOLE)) as url:
        assert _post(url).status == 200


@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        (requests.exceptions.ConnectTimeout(), NotSent),
        (requests.exceptions.ReadTimeout(), NoAnswer),
        (requests.exceptions.ConnectionError(), NoAnswer),
        (requests.exceptions.ConnectionError("reset"), NoAnswer),
        (requests.exceptions.ChunkedEncodingError(), NoAnswer),
    ],
)
def test_only_what_never_connected_was_certainly_not_sent(
    monkeypatch: pytest.MonkeyPatch, error: Exception, meaning: type[Exception]
) -> None:
    def fail(*arguments: object, **more: object) -> None:
        raise error

    monkeypatch.setattr(requests.Session, "post", fail)
    with pytest.raises(meaning):
        _post("http://127.0.0.1/")

"""A door at which nobody has to wait: what is given up is known to be unsent, or known to be unknown."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing

import pytest

from pos_client.runtime import GIVEN_UP, HttpAnswer, NoAnswer, NotSent
from pos_client.sync.abandonable import AbandonableHttp
from pos_client.sync.http import RequestsHttp

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
BODY = b'{"infno": "2102"}'


class SlowServer:
    """A real server that reads requests and answers those that the test lets it answer, one connection a thread."""

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}/"
        self.received: list[tuple[int, bytes]] = []
        self.arrived = threading.Event()
        self.may_answer = threading.Event()
        self.answered = threading.Event()
        self._threads[0].start()

    def _accept(self) -> None:
        number = 0
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            self._threads.append(threading.Thread(target=self._serve, args=(connection, number), daemon=True))
            self._threads[-1].start()
            number += 1

    def _serve(self, connection: socket.socket, number: int) -> None:
        with connection:
            received = b""
            while more := connection.recv(65536):
                received += more
                if not received.endswith(BODY):
                    continue
                self.received.append((number, received.partition(b"\r\n\r\n")[2]))
                received = b""
                self.arrived.set()
                assert self.may_answer.wait(30)
                connection.sendall(ANSWER)
                self.answered.set()

    def close(self) -> None:
        self.may_answer.set()
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for thread in self._threads:
            thread.join(30)


@pytest.fixture
def server() -> Iterator[SlowServer]:
    with closing(SlowServer()) as slow:
        yield slow


@pytest.fixture
def door() -> Iterator[AbandonableHttp]:
    with closing(AbandonableHttp()) as http:
        yield http


def _post(door: AbandonableHttp, url: str) -> HttpAnswer:
    return door.post(url, body=BODY, headers={}, connect_timeout_ms=30_000, read_timeout_ms=30_000)


def test_what_nobody_gives_up_is_answered_over_one_kept_connection(server: SlowServer, door: AbandonableHttp) -> None:
    server.may_answer.set()
    for _ in range(2):
        assert _post(door, server.url).body == b"ok"
    assert server.received == [(0, BODY), (0, BODY)]


def test_a_request_that_had_left_is_given_up_at_once_and_its_late_answer_meets_nobody(
    server: SlowServer, door: AbandonableHttp
) -> None:
    def press_escape() -> None:
        assert server.arrived.wait(30)
        door.abandon()

    escape = threading.Thread(target=press_escape)
    escape.start()
    with pytest.raises(NoAnswer, match=GIVEN_UP):
        _post(door, server.url)
    escape.join()
    assert not server.answered.is_set(), "it was not waited for"
    server.may_answer.set()
    assert server.answered.wait(30)
    assert _post(door, server.url).body == b"ok"
    assert [number for number, _ in server.received] == [0, 1], "never over the connection of the one given up"


def test_a_request_that_is_given_up_while_it_connects_never_leaves(server: SlowServer) -> None:
    connecting, go_on = threading.Event(), threading.Event()
    ended: list[BaseException] = []

    class SlowToConnect(RequestsHttp):
        """Stands for a name server or a line that takes its time."""

        def post(self, url: str, **more: object) -> HttpAnswer:
            connecting.set()
            assert go_on.wait(30)
            try:
                return super().post(url, **more)  # type: ignore[arg-type]
            except BaseException as error:
                ended.append(error)
                raise

    with closing(AbandonableHttp(SlowToConnect)) as door:

        def press_escape() -> None:
            assert connecting.wait(30)
            door.abandon()

        escape = threading.Thread(target=press_escape)
        escape.start()
        with pytest.raises(NotSent, match=GIVEN_UP):
            _post(door, server.url)
        escape.join()
        go_on.set()
        while not ended:
            escape.join(0.01)
        server.may_answer.set()
        assert _post(door, server.url).body == b"ok"
    assert len(server.received) == 1, "only the second one ever arrived whole"


def test_of_an_act_that_was_given_up_nothing_more_is_sent(server: SlowServer, door: AbandonableHttp) -> None:
    server.may_answer.set()
    with door.act():
        assert _post(door, server.url).status == 200
        door.abandon()  # while the act is busy with something else
        for _ in range(2):
            with pytest.raises(NotSent, match=GIVEN_UP):
                _post(door, server.url)
    assert _post(door, server.url).status == 200
    with door.act():
        assert _post(door, server.url).status == 200
    assert len(server.received) == 3


def test_giving_up_where_nobody_waits_means_nothing_to_the_next(server: SlowServer, door: AbandonableHttp) -> None:
    door.abandon()
    server.may_answer.set()
    assert _post(door, server.url).status == 200


def test_what_never_connected_is_told_as_by_the_plain_door(door: AbandonableHttp) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    with pytest.raises(NotSent, match="ConnectionError"):
        _post(door, f"http://127.0.0.1:{port}/")

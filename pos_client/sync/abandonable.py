"""A door to the network at which nobody has to wait: a person at the desk may give up what is under way.

A request that is given up before its body left is certainly not sent, and never leaves afterwards; one that had left
may have arrived. Its thread ends by itself at its own time-out, its late answer is dropped, and its connection is never
used again.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from pos_client.runtime import GIVEN_UP, Errand, GivenUp, HttpAnswer, NoAnswer, NotSent
from pos_client.sync.http import RequestsHttp


class AbandonableHttp:
    """Posts as :class:`RequestsHttp`, each request in a thread of its own."""

    def __init__(self, open_door: Callable[[], RequestsHttp] = RequestsHttp) -> None:
        self._open_door = open_door
        self._door = open_door()
        self._under_way: set[Errand[HttpAnswer]] = set()
        self._in_act = False
        self._stopped = False

    @contextmanager
    def act(self) -> Iterator[None]:
        """What :meth:`abandon` gives up as a whole: of one act, nothing more is sent afterwards."""
        self._stopped, self._in_act = False, True
        try:
            yield
        finally:
            self._stopped, self._in_act = False, False

    def abandon(self) -> None:
        """Gives up what is under way, and what the act around it would still send; from any thread, never waits."""
        self._stopped = self._in_act
        for errand in tuple(self._under_way):
            errand.give_up()

    def close(self) -> None:
        """Closes the kept connections."""
        self._door.close()

    def post(
        self, url: str, *, body: bytes, headers: Mapping[str, str], connect_timeout_ms: int, read_timeout_ms: int
    ) -> HttpAnswer:
        """Posts once.

        Raises:
            NotSent: no connection was made, or it was given up before the body left.
            NoAnswer: anything else that is not a whole answer; given up after the body had left.
        """
        door = self._door

        def carry(errand: Errand[HttpAnswer]) -> HttpAnswer:
            try:
                return door.post(
                    url,
                    body=body,
                    headers=headers,
                    connect_timeout_ms=connect_timeout_ms,
                    read_timeout_ms=read_timeout_ms,
                    depart=errand.depart,
                )
            finally:
                if door is not self._door:  # it was given up; its connection has come back by now
                    door.close()

        return self._waited_for(Errand(carry))

    def _waited_for(self, errand: Errand[HttpAnswer]) -> HttpAnswer:
        self._under_way.add(errand)
        if self._stopped:  # asked after it was added: whoever stops now sees it there
            errand.give_up()
        else:
            errand.start()
        try:
            return errand.wait()
        except GivenUp as given_up:
            left, self._door = self._door, self._open_door()
            left.close()
            raise (NoAnswer if given_up.departed else NotSent)(GIVEN_UP) from None
        finally:
            self._under_way.discard(errand)

"""Whether the bureau is there, seen on every message that is sent anyway."""

from collections.abc import Mapping

from pos_client.desk.strip import Contact
from pos_client.runtime import GIVEN_UP, Clock, HttpAdapter, HttpAnswer, NoAnswer, NotSent


class WatchedHttp:
    """The door to the network; every answer and every failure is noted."""

    def __init__(self, http: HttpAdapter, contact: Contact, clock: Clock) -> None:
        self._http, self._contact, self._clock = http, contact, clock

    def post(
        self, url: str, *, body: bytes, headers: Mapping[str, str], connect_timeout_ms: int, read_timeout_ms: int
    ) -> HttpAnswer:
        """Posts once.

        Raises:
            NotSent, NoAnswer: as the door raises them.
        """
        try:
            answer = self._http.post(
                url,
                body=body,
                headers=headers,
                connect_timeout_ms=connect_timeout_ms,
                read_timeout_ms=read_timeout_ms,
            )
        except (NotSent, NoAnswer) as error:
            if str(error) != GIVEN_UP:  # giving up says nothing about the other side
                self._contact.failed(self._clock.now_utc())
            raise
        self._contact.reached()
        return answer

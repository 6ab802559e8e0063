"""Readers that are not of this stage, two at once or one that only reads: their card process is played."""

import json
from collections import deque

from pos_client.card import pipe
from pos_client.card.readers.reader import Presence
from pos_client.errors import Problem


class PlayedReader:
    """A card process that sees what it is told to see, and reads nothing."""

    def __init__(self, presence: Presence, problem: Problem) -> None:
        """``problem`` is what every reading ends with."""
        self._presence, self._problem = presence, problem
        self._answers: deque[bytes] = deque()

    def send(self, line: bytes) -> None:
        """Answers at once."""
        asked = json.loads(line)
        if asked["do"] == "read":
            self._answers.append(pipe.refused(asked["id"], self._problem))
        else:
            self._answers.append(pipe.answered(asked["id"], self._presence))

    def receive(self, timeout_ms: int) -> bytes | None:
        """The next answer."""
        del timeout_ms
        return self._answers.popleft() if self._answers else None

    def kill(self) -> None:
        """Ends."""

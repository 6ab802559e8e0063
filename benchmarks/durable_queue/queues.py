"""What every contestant must be able to do."""

from typing import NamedTuple, Protocol


class Taken(NamedTuple):
    """A message that its consumer works on; ``handle`` is what it is acknowledged by."""

    handle: object
    text: str
    #: It may have been worked on before, so the consumer asks before it does it again.
    doubtful: bool = False


class DurableQueue(Protocol):
    """One open queue in a folder of its own; texts in, texts out, oldest first."""

    def put(self, text: str) -> None:
        """Keeps a message; when this returns it is promised."""

    def take(self) -> Taken | None:
        """The oldest message that is to be worked on, or None."""

    def acknowledge(self, taken: Taken) -> None:
        """Says that a message is done with."""

    def left(self) -> list[str]:
        """The messages in the file that nobody has acknowledged, whatever the queue thinks of them."""

    def pragma(self, statement: str) -> str:
        """The answer to a PRAGMA on the connection that writes."""

    def close(self) -> None:
        """Lets the files go."""


def level_of(queue: DurableQueue) -> str:
    """How durable a commit is, as SQLite itself says, such as ``WAL FULL``."""
    names = {"0": "OFF", "1": "NORMAL", "2": "FULL", "3": "EXTRA"}
    return f"{queue.pragma('journal_mode').upper()} {names[queue.pragma('synchronous')]}"

"""The desk's card reader, as its settings say."""

from typing import Protocol

from pos_client.card.process import CardProcess
from pos_client.runtime import Runtime


class ReaderSettings(Protocol):
    """Settings, kept or only drafted."""

    def text(self, key: str) -> str:
        """A setting that is a text."""

    def number(self, key: str) -> int:
        """A setting that is a whole number."""


def card_process(runtime: Runtime, settings: ReaderSettings, reader: str | None = None) -> CardProcess:
    """The reader's process, not yet started; ``reader`` is another address than the one that is set.

    Raises:
        EnvironmentProblem: K-01, the address cannot be meant.
    """
    return CardProcess(
        runtime,
        reader or settings.text("reader.url"),
        read_timeout_ms=settings.number("reader.timeout_ms"),
        psam=settings.text("reader.psam"),
        check_genuine=settings.text("reader.check_genuine") == "yes",
    )

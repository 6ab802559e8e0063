"""The desk's card reader, as its settings say."""

from typing import Protocol

from pos_client.card.process import CardProcess
from pos_client.config import Home
from pos_client.runtime import Runtime


class ReaderSettings(Protocol):
    """Settings, kept or only drafted."""

    def text(self, key: str) -> str:
        """A setting that is a text."""

    def number(self, key: str) -> int:
        """A setting that is a whole number."""


def card_process(
    runtime: Runtime, settings: ReaderSettings, reader: str | None = None, *, home: Home | None = None
) -> CardProcess:
    """The reader's process, not yet started.

    Args:
        runtime: where the process comes from.
        settings: of the reader.
        reader: another address than the one that is set.
        home: where its commands are logged, if that is set; only in a training home.

    Raises:
        EnvironmentProblem: K-01, the address cannot be meant.
    """
    return CardProcess(
        runtime,
        reader or settings.text("reader.url"),
        read_timeout_ms=settings.number("reader.timeout_ms"),
        psam=settings.text("reader.psam"),
        check_genuine=settings.text("reader.check_genuine") == "yes",
        log_home="" if home is None or not _is_logged(settings) else str(home.folder),
    )


def _is_logged(settings: ReaderSettings) -> bool:
    return settings.text("mode") == "training" and settings.text("reader.apdu_log") == "yes"

"""How instants stand in the store: UTC texts with milliseconds, which sort as they happened."""

from datetime import UTC, datetime


def text_of(instant: datetime) -> str:
    """An aware instant as text, such as ``2026-11-21T01:18:12.402Z``."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def instant_of(text: str) -> datetime:
    """The instant that such a text names."""
    return datetime.fromisoformat(text)

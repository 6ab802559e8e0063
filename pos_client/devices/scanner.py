"""A serial scanner: cuts what comes over its line into scans.

A scan is opaque: it may be a patient's electronic voucher. It is shown in no repr, written to no log, named in no
problem, and only looked at as far as its use demands: not empty, printable, no longer than any code is.
"""

from dataclasses import dataclass, field
from typing import Final

from pos_client.devices.model import ScannerModel

#: The longest code that is taken, in characters (card.md 4.4).
MOST_CHARACTERS: Final = 128
_MOST_BYTES: Final = MOST_CHARACTERS * 4
#: More scans than this within a second no hand makes: a scanner that repeats itself, or noise.
MOST_A_SECOND: Final = 20
_SECOND_MS: Final = 1000


@dataclass(frozen=True, slots=True)
class Scan:
    """One code that was scanned."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Cut:
    """What came of some bytes: scans, and whether anything had to be thrown away."""

    scans: tuple[Scan, ...]
    damaged: bool


class ScanCutter:
    """Puts the pieces of scans together as they come, and cuts them at their ends."""

    def __init__(self, model: ScannerModel) -> None:
        self._model = model
        self._pending = bytearray()
        self._overlong = False
        self._last_ms = 0
        self._second_began_ms = -_SECOND_MS
        self._in_second = 0

    def feed(self, data: bytes, now_ms: int) -> Cut:
        """Takes what came since the last call, which may be nothing: that is how the pause after a scan is noticed."""
        scans: list[Scan] = []
        damaged = False
        if data:
            self._last_ms = now_ms
        elif self._pending and now_ms - self._last_ms >= self._model.pause_ms:
            damaged = not self._end(now_ms, scans)
        for value in data:
            if value in self._model.ends:
                damaged |= not self._end(now_ms, scans)
            elif len(self._pending) < _MOST_BYTES:
                self._pending.append(value)
            else:
                self._overlong = True
        return Cut(tuple(scans), damaged)

    def forget(self) -> None:
        """Drops what was begun: the line broke, its other half will never come."""
        self._pending.clear()
        self._overlong = False

    def _end(self, now_ms: int, scans: list[Scan]) -> bool:
        """Ends the scan that was begun; False when it has to be thrown away. An empty one is none."""
        raw, overlong = self._without_frame(bytes(self._pending)), self._overlong
        self.forget()
        if not raw:
            return True
        text = None if overlong else _usable(raw, self._model.encoding)
        if text is None or self._too_many(now_ms):
            return False
        if text.strip():
            scans.append(Scan(text))
        return True

    def _without_frame(self, raw: bytes) -> bytes:
        return raw.strip(self._model.trimmed).translate(None, self._model.dropped)

    def _too_many(self, now_ms: int) -> bool:
        if now_ms - self._second_began_ms >= _SECOND_MS:
            self._second_began_ms, self._in_second = now_ms, 0
        self._in_second += 1
        return self._in_second > MOST_A_SECOND


def _usable(raw: bytes, encoding: str) -> str | None:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        return None
    return text if text.isprintable() and len(text) <= MOST_CHARACTERS else None

"""A reader's own PIN pad through PC/SC (PC/SC part 10): the PIN goes from the pad to the card, past this program."""

import sys
from collections.abc import Callable, Mapping
from typing import Final, Self

from pos_client.card import words
from pos_client.card.readers.pin_pad import modify_structure, verify_structure
from pos_client.card.readers.reader import PinEntry
from pos_client.errors import EnvironmentProblem, Refused

Control = Callable[[int, bytes], bytes]

#: CM_IOCTL_GET_FEATURE_REQUEST: SCARD_CTL_CODE(3400), which Windows counts differently.
_ASK_FEATURES: Final = 0x00313520 if sys.platform == "win32" else 0x42000D48
_VERIFY_PIN_DIRECT: Final = 0x06
_MODIFY_PIN_DIRECT: Final = 0x07


def features(answer: bytes) -> dict[int, int]:
    """The control codes of a reader's features, from the list that its driver gives (tag, 04, code in four bytes)."""
    found = {}
    for at in range(0, len(answer) - 5, 6):
        tag, length = answer[at], answer[at + 1]
        if length != 4:
            break
        found[tag] = int.from_bytes(answer[at + 2 : at + 6])
    return found


class PcscPinPad:
    """The pad of one connected reader."""

    def __init__(self, control: Control, codes: Mapping[int, int]) -> None:
        self._control = control
        self._codes = codes

    @classmethod
    def of(cls, control: Control) -> Self | None:
        """The pad of the reader behind ``control``, None when it has none."""
        try:
            codes = features(control(_ASK_FEATURES, b""))
        except EnvironmentProblem:  # a driver without features says so by failing
            return None
        return cls(control, codes) if _VERIFY_PIN_DIRECT in codes else None

    def enter(self, entry: PinEntry) -> int:
        """Lets the holder enter a PIN; the card's status word (6400 timed out, 6401 cancelled at the pad).

        Raises:
            Refused: K-49, this pad only verifies; nothing was asked of anybody.
            EnvironmentProblem: the card was pulled out or fell silent, or the reader went away.
        """
        if entry.act == "change":
            if _MODIFY_PIN_DIRECT not in self._codes:
                raise Refused(words.PIN_PAD_REFUSED, {"feature": "verifies only"})
            answer = self._control(self._codes[_MODIFY_PIN_DIRECT], modify_structure(entry))
        else:
            answer = self._control(self._codes[_VERIFY_PIN_DIRECT], verify_structure(entry))
        return int.from_bytes(answer[-2:])

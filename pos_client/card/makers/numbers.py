"""What a library's number means: negative numbers of the convention, and minus a status word of the card.

Source: 四川省社会保障卡读写终端外部调用接口规范 V2.0, appendix A, which follows LD/T 33-2015.
"""

from typing import Final

from pos_client.card import words
from pos_client.card.makers.unusable import unusable
from pos_client.errors import EnvironmentProblem, Problem, Refused, Words

_MEANINGS: Final[dict[int, Words]] = {
    -1: words.NOT_SOCIAL_SECURITY,
    -2: words.NO_CARD,
    -3: words.CARD_MUTE,
    -4: words.CARD_MUTE,
    -11: words.READER_UNAVAILABLE,
    -12: words.READER_UNAVAILABLE,
    -15: words.LINE_DISTURBED,
    -20: words.DATA_DAMAGED,
    -21: words.CARD_NOT_GENUINE,
    -23: words.DATA_DAMAGED,
    -24: words.PSAM_LACKS_KEY,
    -31: words.PIN_PAD_CANCELLED,
    -32: words.PIN_PAD_TIMEOUT,
    -33: words.PIN_FORMAT,
    -51: words.PIN_WRONG,
    -52: words.PIN_LOCKED,
    # No PSAM; it lacks the algorithm; it lacks RKSSSE. Others would now ask a security module over the network.
    -2201: words.HOLDER_DATA_LOCKED,
    -2202: words.PSAM_LACKS_KEY,
    -2203: words.PSAM_LACKS_KEY,
    # Minus a status word. A wrong or locked PIN has numbers of its own, so these speak of the reading key.
    -0x6283: words.APPLICATION_BLOCKED,
    -0x6982: words.HOLDER_DATA_LOCKED,
    -0x6983: words.READER_KEY_LOCKED,
    -0x6A81: words.CARD_BLOCKED,
    -0x6A82: words.NOT_SOCIAL_SECURITY,
    -0x6A88: words.PSAM_LACKS_KEY,
    -0x9303: words.APPLICATION_BLOCKED,
    **{-status: words.READER_NOT_AUTHORISED for status in range(0x63C0, 0x63D0)},
}
#: The library could not load a library of its own.
_OWN_PARTS_MISSING: Final = -5
#: What the card or its holder said no to; all else wants repair, or another card.
_REFUSALS: Final = frozenset(
    refusal.code
    for refusal in (
        words.CARD_NOT_GENUINE,
        words.PIN_PAD_CANCELLED,
        words.PIN_FORMAT,
        words.PIN_WRONG,
        words.PIN_LOCKED,
        words.HOLDER_DATA_LOCKED,
        words.PSAM_LACKS_KEY,
        words.APPLICATION_BLOCKED,
        words.READER_NOT_AUTHORISED,
        words.READER_KEY_LOCKED,
        words.CARD_BLOCKED,
    )
)
#: The convention does not tell how many tries of the PIN are left.
_UNTOLD: Final = "?"


def problem(number: int, library: str) -> Problem:
    """The problem that a number other than 0 stands for.

    Args:
        number: what the library returned.
        library: its file name.
    """
    if number == _OWN_PARTS_MISSING:
        return unusable(library, "not-loadable", str(number))
    said = _MEANINGS.get(number, words.LIBRARY_REFUSED)
    kind = Refused if said.code in _REFUSALS else EnvironmentProblem
    return kind(said, {"library": library, "number": number}, reader=library, number=number, left=_UNTOLD)

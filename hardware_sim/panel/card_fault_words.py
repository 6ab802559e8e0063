"""What a card can do wrong in words, and what it is given to do it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from hardware_sim.card.faults import CardFault
from hardware_sim.saying import Text


@dataclass(frozen=True, slots=True)
class CardFaultWords:
    """A fault's name, what it does in one sentence, and the value that it is planned with."""

    name: Text
    sentence: Text
    value: int | None = None


def _words(zh: str, zh_sentence: str, en: str, en_sentence: str, value: int | None = None) -> CardFaultWords:
    return CardFaultWords(Text(zh, en), Text(zh_sentence, en_sentence), value)


_SLOW_MS: Final = 2_000
_STATUS: Final = 0x6F00
_CHANGED_BYTE: Final = 4
_BYTES_LEFT: Final = 5
_WRONG_LENGTH: Final = 0x20
_BYTES_TOO_MANY: Final = 8

#: What is drawn from a seed instead of being chosen.
RANDOM_PLAN: Final = "random-plan"
#: A slow answer is the silent card's fault with a time.
SLOW: Final = "slow"

#: In an order of use. All strike once but the silent card, which stays silent until it is pulled out.
CARD_FAULT_WORDS: Final[Mapping[str, CardFaultWords]] = {
    CardFault.TEAR_AFTER: _words(
        "读到一半拔出", "应答之后，卡被拔出。",
        "Torn out", "Pulled out right after its answer.",
    ),
    CardFault.TEAR_BEFORE: _words(
        "应答之前拔出", "命令还没应答，卡已拔出。",
        "Torn out before its answer", "Pulled out while the command is under way.",
    ),
    CardFault.MUTE: _words(
        "不应答", "到拔卡为止，每次都不应答。",
        "Mute", "Falls silent in every reading until it is pulled out.",
    ),
    SLOW: _words(
        "应答慢", "2 秒后才应答。",
        "Slow", "Answers after 2 s.", _SLOW_MS,
    ),
    CardFault.SWAP: _words(
        "中途换卡", "读到一半，换成名单上所选的卡。",
        "Exchanged", "The card chosen in the list lies in its place.",
    ),
    CardFault.DISCONNECT: _words(
        "接触不良", "卡离开一瞬间，又回来。",
        "Loose contact", "The card leaves for a moment and comes back.",
    ),
    CardFault.STATUS: _words(
        "报错", "应答 6F00，什么也不做。",
        "Error", "Answers 6F00 and does nothing.", _STATUS,
    ),
    CardFault.WRONG_LE: _words(
        "长度不对", "应答 6C20，不管要多长。",
        "Wrong length", "Answers 6C20 whatever length was asked for.", _WRONG_LENGTH,
    ),
    CardFault.GARBAGE: _words(
        "应答错一字节", "应答里有一个字节变了。",
        "One byte wrong", "One byte of the answer is changed.", _CHANGED_BYTE,
    ),
    CardFault.TRUNCATED: _words(
        "应答残缺", "应答只到 5 个字节。",
        "Cut short", "Only five bytes of the answer come.", _BYTES_LEFT,
    ),
    CardFault.OVERSIZED: _words(
        "应答过长", "应答多出 8 个字节。",
        "Too long", "Eight bytes more than were asked for.", _BYTES_TOO_MANY,
    ),
    CardFault.RANDOM: _words(
        "应答是乱码", "应答是一串随机字节，由种子决定。",
        "Random bytes", "Random bytes instead of the answer, from the seed.",
    ),
    RANDOM_PLAN: _words(
        "随机故障", "由种子决定是哪些、在哪条命令。",
        "Any faults", "One to three faults at any commands, from the seed.",
    ),
}  # fmt: skip

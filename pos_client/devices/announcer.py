"""The price announcer (报价器): says at the counter what is to be paid, what was received, what goes back."""

from dataclasses import dataclass
from enum import StrEnum

from pos_client.devices.model import AnnouncerModel
from pos_client.money import yuan


class Said(StrEnum):
    """What a sentence is about."""

    DUE = "due"  # 应收
    RECEIVED = "received"  # 实收
    CHANGE = "change"  # 找零
    REFUND = "refund"  # 退款
    COUNT = "count"  # 请当面点清
    CLEAR = "clear"  # nothing is said, the rows go blank


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; the amount in fen is 0 where it has none."""

    said: Said
    amount_fen: int = 0


def sentence_bytes(model: AnnouncerModel, sentence: Sentence) -> bytes:
    """The bytes after which an announcer of this model says it."""
    amount = yuan(sentence.amount_fen)
    commands = model.sentences[sentence.said]
    return b"".join(command.format(amount=amount).encode(model.encoding) for command in commands)


def silence_ms(model: AnnouncerModel, sentence: Sentence) -> int:
    """How long nothing else may be sent, so that the sentence is heard to its end."""
    return 0 if sentence.said is Said.CLEAR else model.sentence_ms

"""Telling what a card is that has no social-security application, so that the clerk can say which card to take."""

from typing import Final

from pos_client.card import words
from pos_client.card.iso7816 import apdu
from pos_client.card.iso7816.apdu import Answer, Transmitter
from pos_client.card.iso7816.tlv import Malformed, records
from pos_client.card.psam import is_psam
from pos_client.errors import EnvironmentProblem, Problem, Refused

#: The payment environments of a bank card, contact and contactless (PBOC, EMV).
_PAYMENT_ENVIRONMENTS: Final = (b"1PAY.SYS.DDF01", b"2PAY.SYS.DDF01")
_MASTER_FILE: Final = 0x3F00
_HEALTH_DIRECTORY: Final = 0xDDF1
_HEALTH_ISSUE_FILE: Final = 0xEF05
#: On a resident health card (居民健康卡) record 01 is the class of the card, one byte; on ours it is the code, 10h.
_CLASS: Final = 0x01


def stranger(card: Transmitter, status: int) -> Problem:
    """The problem to raise for a card that refused to select the social-security environment.

    Args:
        card: the card, powered.
        status: what it answered to SELECT.

    Raises:
        EnvironmentProblem: the card or the reader went away while it was asked.
    """
    evidence = {"step": "SELECT SSSE", "status": f"{status:04X}"}
    if status in (apdu.FILE_INVALIDATED, apdu.APPLICATION_LOCKED):
        return Refused(words.APPLICATION_BLOCKED, evidence)
    if status == apdu.FUNCTION_NOT_SUPPORTED and _refuses_everything(card):
        return Refused(words.CARD_BLOCKED, evidence)
    if any(apdu.exchange(card, apdu.select_by_name(name)).ok for name in _PAYMENT_ENVIRONMENTS):
        return EnvironmentProblem(words.BANK_CARD, evidence)
    if _is_health_card(card):
        return EnvironmentProblem(words.HEALTH_CARD, evidence)
    if is_psam(card):
        return EnvironmentProblem(words.PSAM_CARD, evidence)
    return EnvironmentProblem(words.NOT_SOCIAL_SECURITY, evidence)


def _refuses_everything(card: Transmitter) -> bool:
    """A blocked card says "function not supported" to every command, even to selecting its root."""
    return apdu.exchange(card, apdu.select_directory(_MASTER_FILE)).status == apdu.FUNCTION_NOT_SUPPORTED


def _is_health_card(card: Transmitter) -> bool:
    if not apdu.exchange(card, apdu.select_directory(_HEALTH_DIRECTORY)).ok:
        return False
    if not apdu.exchange(card, apdu.select_file(_HEALTH_ISSUE_FILE)).ok:
        return False
    return _is_class(apdu.exchange(card, apdu.read_record(_CLASS, 1)))


def _is_class(answer: Answer) -> bool:
    try:
        return answer.ok and len(records(answer.data).get(_CLASS, b"")) == 1
    except Malformed:
        return False

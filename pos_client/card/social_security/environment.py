"""Entering the social-security environment of a card (SSSE) and reading what it says about the card itself."""

import re
from collections.abc import Mapping
from typing import Final

from pos_client.card import words
from pos_client.card.iso7816 import apdu, tlv
from pos_client.card.iso7816.apdu import Answer, Transmitter
from pos_client.card.iso7816.tlv import FileControl, Malformed
from pos_client.card.psam import is_psam
from pos_client.card.social_security import fields, files, look_alikes, record_files
from pos_client.card.social_security.record_files import CardSaysNo
from pos_client.errors import EnvironmentProblem

#: The registered application provider within every identification code.
_MINISTRY: Final = bytes.fromhex("D156000005")
_MINISTRY_AT: Final = 3
#: A card without a written version is of the first.
_FIRST_VERSION: Final = "1.00"
_KNOWN_VERSION: Final = re.compile(r"([123])(\.|$)")
_ANY_LENGTH: Final = 0


def select(card: Transmitter) -> None:
    """Enters the environment. What the card would tell about it is left there: most cards need not be asked.

    Raises:
        EnvironmentProblem, Refused: another kind of card, or a blocked one.
    """
    _checked(card, apdu.command_only(card, apdu.select_by_name(files.SSSE)))


def control(card: Transmitter) -> FileControl:
    """Enters the environment and takes what the card tells about it.

    Raises:
        EnvironmentProblem, Refused: as :func:`select`.
    """
    return _checked(card, apdu.ask(card, apdu.select_by_name(files.SSSE), _ANY_LENGTH))


def _checked(card: Transmitter, answer: Answer) -> FileControl:
    if not answer.ok:
        raise look_alikes.stranger(card, answer.status)
    told = tlv.file_control(answer.data)
    if told.df_name not in (None, files.SSSE):
        raise EnvironmentProblem(words.NOT_SOCIAL_SECURITY, {"step": "DF name"})
    return told


def read_issue(card: Transmitter) -> dict[int, bytes]:
    """The records of 发卡机构数据, free on every card; the environment is selected.

    Raises:
        EnvironmentProblem, Refused: not such a card, damaged, or blocked.
        Malformed: damaged.
    """
    try:
        issue = record_files.read(card, files.CARD_ISSUE)
    except CardSaysNo as refusal:
        if is_psam(card):
            raise EnvironmentProblem(words.PSAM_CARD, {"status": f"{refusal.status:04X}"}) from None
        if refusal.status in (apdu.FILE_NOT_FOUND, apdu.RECORD_NOT_FOUND):
            raise EnvironmentProblem(words.NOT_SOCIAL_SECURITY, {"step": refusal.file.name}) from None
        raise refusal.as_problem() from None
    code = issue[files.CODE]
    if code[_MINISTRY_AT : _MINISTRY_AT + len(_MINISTRY)] != _MINISTRY:
        raise EnvironmentProblem(words.NOT_SOCIAL_SECURITY, {"step": "identification code"})
    if len(code) != files.CODE_LENGTH:
        raise Malformed("the identification code is not whole")
    return issue


def read_code(card: Transmitter) -> Answer:
    """The record of the identification code, which no two cards share; the environment is selected."""
    answer = apdu.exchange(card, apdu.read_record(files.CODE, files.CODE_LENGTH, files.CARD_ISSUE.short_id))
    if answer.ok:
        return answer
    apdu.exchange(card, apdu.select_file(files.CARD_ISSUE.file_id))
    return apdu.exchange(card, apdu.read_record(files.CODE, files.CODE_LENGTH))


def region(issue: Mapping[int, bytes]) -> str:
    """The issuing region, six digits.

    Raises:
        Malformed: other than digits.
    """
    return fields.digits(issue[files.CODE][:_MINISTRY_AT])


def version(issue: Mapping[int, bytes]) -> str:
    """The version of the card's specification as it is written on the card, such as ``2.00``.

    Raises:
        Malformed: other characters than a version has, or more: something else stands there, and is not to be shown.
    """
    written = issue.get(files.VERSION, b"")
    if len(written) > files.CARD_ISSUE.value_lengths[files.VERSION]:
        raise Malformed("a version of another length")
    return fields.code(written) or _FIRST_VERSION


def generation(written_version: str) -> int | None:
    """1, 2 or 3; None for a version that this program does not know."""
    known = _KNOWN_VERSION.match(written_version)
    return int(known[1]) if known else None

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
from pos_client.errors import EnvironmentProblem, Problem, Refused

#: The registered application provider within every identification code.
_MINISTRY: Final = bytes.fromhex("D156000005")
_MINISTRY_AT: Final = 3
#: A card without a written version is of the first.
_FIRST_VERSION: Final = "1.00"
_KNOWN_VERSION: Final = re.compile(r"([123])(\.|$)")
_ANY_LENGTH: Final = 0


def select(card: Transmitter, *, recognised: bool = False) -> None:
    """Enters the environment. What the card would tell about it is left there: most cards need not be asked.

    Args:
        card: the card, powered.
        recognised: it was in the environment before, since it has power: if it does not get there now, it is the
            social-security card that it was, only badly read.

    Raises:
        EnvironmentProblem, Refused: another kind of card, or a blocked one; K-32, a recognised one is not understood.
    """
    _checked(card, apdu.command_only(card, apdu.select_by_name(files.SSSE)), recognised=recognised)


def control(card: Transmitter, *, recognised: bool = False) -> FileControl:
    """Enters the environment and takes what the card tells about it. Of a recognised card it must be whole.

    Raises:
        EnvironmentProblem, Refused: as :func:`select`.
    """
    return _checked(card, apdu.ask(card, apdu.select_by_name(files.SSSE), _ANY_LENGTH), recognised=recognised)


def _checked(card: Transmitter, answer: Answer, *, recognised: bool) -> FileControl:
    told = tlv.file_control(answer.data)
    of_another = told.df_name not in (None, files.SSSE)
    if recognised and (not answer.ok or of_another or not _is_template(answer.data)):
        raise _badly_read(answer.status)
    if not answer.ok:
        raise look_alikes.stranger(card, answer.status)
    if of_another:
        raise EnvironmentProblem(words.NOT_SOCIAL_SECURITY, {"step": "DF name"})
    return told


def _is_template(told: bytes) -> bool:
    """Whether it is the template of an application, whole; the oldest cards tell nothing at all.

    Zeros before it mean nothing (ISO 7816-4).
    """
    tag, *rest = told.lstrip(b"\0") or bytes((tlv.FILE_TEMPLATE, 0))
    return tag == tlv.FILE_TEMPLATE and bool(rest) and len(rest) > rest[0]


def _badly_read(status: int) -> Problem:
    evidence = {"step": "SELECT SSSE again", "status": f"{status:04X}"}
    if status in (apdu.FILE_INVALIDATED, apdu.APPLICATION_LOCKED):
        return Refused(words.APPLICATION_BLOCKED, evidence)
    return EnvironmentProblem(words.DATA_DAMAGED, evidence)


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
        if not says_code(card, code):
            raise Malformed("the identification code is another the second time")
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


def says_code(card: Transmitter, code: bytes) -> bool:
    """Whether the card, asked once more, says that this is its identification code; the environment is selected."""
    return read_code(card).data == bytes((files.CODE, len(code))) + code


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

"""Reading the social-security card (社会保障卡): who is it, from the files that are free to read.

Sources: 人社信息函〔2012〕37号 (card structure V2.0) for files and tags; LD/T 32 drafts for the commands. Records are
found by identifier, never by number: the order differs between versions of the card.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pos_client.card import apdu, fields, look_alikes, tlv, words
from pos_client.card.apdu import Answer, Transmitter
from pos_client.card.identity import CardIdentity
from pos_client.card.tlv import FileControl, Malformed
from pos_client.errors import EnvironmentProblem, Problem, Refused

#: The DF name of the social-security environment SSSE: "sx1.sh." and 社会保障 in GB18030.
SSSE: Final = bytes.fromhex("7378312E73682EC9E7BBE1B1A3D5CF")
#: The registered application provider within every identification code.
_MINISTRY: Final = bytes.fromhex("D156000005")
_MINISTRY_AT: Final = 3

_CODE: Final = 0x01
_VERSION: Final = 0x03
_ISSUED_ON: Final = 0x05
_EXPIRES_ON: Final = 0x06
_CARD_NUMBER: Final = 0x07
_ID_NUMBER: Final = 0x08
_NAME: Final = 0x09
_SEX: Final = 0x0A
_NATION: Final = 0x0B
_BORN_ON: Final = 0x0D
_NAME_EXTENSION: Final = 0x4E

_CARD_NUMBER_LENGTH: Final = 9
_CODE_LENGTH: Final = 16


@dataclass(frozen=True, slots=True)
class _RecordFile:
    """A file of records: how it is addressed and what is wanted of it."""

    name: str
    short_id: int
    file_id: int
    total_length: int
    value_lengths: Mapping[int, int]
    required: frozenset[int]


#: 发卡机构数据, 40h bytes in all.
_CARD_ISSUE: Final = _RecordFile(
    name="EF05",
    short_id=0x05,
    file_id=0xEF05,
    total_length=0x40,
    value_lengths={_CODE: 16, _VERSION: 4, _ISSUED_ON: 4, _EXPIRES_ON: 4, _CARD_NUMBER: 9},
    required=frozenset((_CODE, _CARD_NUMBER)),
)
#: 持卡人基本信息, 5Bh bytes in all; version 1 has no 4E.
_HOLDER: Final = _RecordFile(
    name="EF06",
    short_id=0x06,
    file_id=0xEF06,
    total_length=0x5B,
    value_lengths={_ID_NUMBER: 18, _NAME: 30, _NAME_EXTENSION: 20, _SEX: 1, _NATION: 1, _BORN_ON: 4},
    required=frozenset((_ID_NUMBER, _NAME)),
)


class _CardSaysNo(Exception):
    """A read was refused by a status word."""

    def __init__(self, status: int) -> None:
        super().__init__(f"{status:04X}")
        self.status = status


def read_identity(card: Transmitter, reader_url: str) -> CardIdentity:
    """Reads one whole card in one go; nothing of a half-read card is ever returned.

    Raises:
        EnvironmentProblem: the wrong card, damaged data, a card pulled out or exchanged, a reader in trouble.
        Refused: the card or its application is blocked, or its holder data needs a PSAM (version 3).
    """
    control = _select(card)
    try:
        issue = _read_issue(card)
        holder = _read_holder(card, control)
        identity = _identity(issue, holder, reader_url)
    except Malformed as damage:
        raise EnvironmentProblem(words.DATA_DAMAGED, {"damage": str(damage)}) from None
    _same_card_still(card, issue[_CODE])
    return identity


def _select(card: Transmitter) -> FileControl:
    answer = apdu.exchange(card, apdu.select_by_name(SSSE))
    if not answer.ok:
        raise look_alikes.stranger(card, answer.status)
    control = tlv.file_control(answer.data)
    if control.df_name not in (None, SSSE):
        raise EnvironmentProblem(words.NOT_SOCIAL_SECURITY, {"step": "DF name"})
    return control


def _read_issue(card: Transmitter) -> dict[int, bytes]:
    try:
        issue = _read_file(card, _CARD_ISSUE)
    except _CardSaysNo as refusal:
        if refusal.status in (apdu.FILE_NOT_FOUND, apdu.RECORD_NOT_FOUND):
            raise EnvironmentProblem(words.NOT_SOCIAL_SECURITY, {"step": _CARD_ISSUE.name}) from None
        raise _unexpected(_CARD_ISSUE, refusal) from None
    identification = issue[_CODE]
    if identification[_MINISTRY_AT : _MINISTRY_AT + len(_MINISTRY)] != _MINISTRY:
        raise EnvironmentProblem(words.NOT_SOCIAL_SECURITY, {"step": "identification code"})
    return issue


def _read_holder(card: Transmitter, control: FileControl) -> dict[int, bytes]:
    try:
        return _read_file(card, _HOLDER)
    except _CardSaysNo as refusal:
        if refusal.status == apdu.SECURITY_NOT_SATISFIED:
            raise Refused(words.HOLDER_DATA_LOCKED, {"key_algorithm": control.algorithm}) from None
        raise _unexpected(_HOLDER, refusal) from None


def _unexpected(file: _RecordFile, refusal: _CardSaysNo) -> Problem:
    evidence = {"file": file.name, "status": f"{refusal.status:04X}"}
    if refusal.status in (apdu.FILE_INVALIDATED, apdu.APPLICATION_LOCKED):
        return Refused(words.APPLICATION_BLOCKED, evidence)
    return EnvironmentProblem(words.DATA_DAMAGED, evidence)


def _read_file(card: Transmitter, file: _RecordFile) -> dict[int, bytes]:
    """The whole file in one command, or, where a card cannot do that, record by record."""
    answer = apdu.exchange(card, apdu.read_all_records(file.total_length, file.short_id))
    if answer.status == apdu.SECURITY_NOT_SATISFIED:
        raise _CardSaysNo(answer.status)
    if answer.ok:
        try:
            found = tlv.records(answer.data)
        except Malformed:
            found = {}  # some cards cut a long answer short: asking record by record settles it
        if file.required <= found.keys():
            return found
    return _read_file_by_tag(card, file)


def _read_file_by_tag(card: Transmitter, file: _RecordFile) -> dict[int, bytes]:
    _select_file(card, file)
    found = {}
    for tag, length in file.value_lengths.items():
        answer = apdu.exchange(card, apdu.read_record(tag, length))
        if answer.ok:
            found[tag] = tlv.only_record(answer.data, tag)
        elif answer.status != apdu.RECORD_NOT_FOUND or tag in file.required:
            raise _CardSaysNo(answer.status)
    return found


def _select_file(card: Transmitter, file: _RecordFile) -> None:
    answer = apdu.exchange(card, apdu.select_file(file.file_id))
    if not answer.ok:
        raise _CardSaysNo(answer.status)


def _identity(issue: Mapping[int, bytes], holder: Mapping[int, bytes], reader_url: str) -> CardIdentity:
    identification = issue[_CODE]
    card_number = fields.code(issue[_CARD_NUMBER][:_CARD_NUMBER_LENGTH])
    id_number = fields.code(holder[_ID_NUMBER])
    if len(identification) != _CODE_LENGTH or not card_number or not id_number:
        raise Malformed("the identification code, the card number or the holder's number is not whole")
    return CardIdentity(
        card_number=card_number,
        identification_code=identification.hex().upper(),
        region=fields.digits(identification[:_MINISTRY_AT]),
        version=fields.code(issue.get(_VERSION, b"")) or "1.00",
        issued_on=fields.day(issue.get(_ISSUED_ON, b"")),
        expires_on=fields.day(issue.get(_EXPIRES_ON, b"")),
        name=fields.name(holder[_NAME], holder.get(_NAME_EXTENSION, b"")),
        id_number=id_number,
        sex=fields.code(holder.get(_SEX, b"")) or "9",
        nation=fields.digits(holder.get(_NATION, b"")),
        born_on=fields.day(holder.get(_BORN_ON, b"")),
        reader=reader_url,
    )


def _same_card_still(card: Transmitter, identification: bytes) -> None:
    """Asks for the identification code once more: a card exchanged in mid-read must not lend its holder's name."""
    if _read_code(card).data != bytes((_CODE, _CODE_LENGTH)) + identification:
        raise EnvironmentProblem(words.CARD_CHANGED)


def _read_code(card: Transmitter) -> Answer:
    answer = apdu.exchange(card, apdu.read_record(_CODE, _CODE_LENGTH, _CARD_ISSUE.short_id))
    if answer.ok:
        return answer
    apdu.exchange(card, apdu.select_file(_CARD_ISSUE.file_id))
    return apdu.exchange(card, apdu.read_record(_CODE, _CODE_LENGTH))

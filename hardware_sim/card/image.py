"""What stands on a social-security card, as the bytes of its files.

This is the simulator's own writing of the card standard (人社信息函〔2012〕37号); the program that reads the card has
another, and the two must meet only on the wire.
"""

from collections.abc import Mapping

from hardware_sim.card.applications import Contents
from hardware_sim.card.values import day, packed, record, text, without
from hardware_sim.personas import CardData, PurseEntry

_NAME_LENGTH = 30
_NAME_EXTENSION_LENGTH = 20
_NUMBER_LENGTH = 18
_CARD_NUMBER_LENGTH = 9
_VERSION_LENGTH = 4
_INITIALISER = "9156000002"
_ONLINE, _OFFLINE = "1", "2"


def card_issue_records(card: CardData) -> list[bytes]:
    """EF05, 发卡机构数据: seven records, 40h bytes in all, unless some are missing."""
    region = card.identification_code[:6]
    records = [
        record(0x01, bytes.fromhex(card.identification_code)),
        record(0x02, text(card.card_class, 1)),
        record(0x03, text(card.version, _VERSION_LENGTH)),
        record(0x04, packed(f"{_INITIALISER}{region}{region}01")),
        record(0x05, day(card.issued_on)),
        record(0x06, day(card.expires_on)),
        record(0x07, text(card.card_number, _CARD_NUMBER_LENGTH)),
    ]
    return without(records, card.missing_records.get("EF05", ()))


def holder_records(card: CardData) -> list[bytes]:
    """EF06, 持卡人基本信息: 5Bh bytes in all; a card of version 1 has no extension of the name, 45h bytes."""
    extended = not card.first_generation
    name = text(card.name, _NAME_LENGTH + (_NAME_EXTENSION_LENGTH if extended else 0))
    records = [
        record(0x08, text(card.id_number, _NUMBER_LENGTH)),
        record(0x09, name[:_NAME_LENGTH]),
        *([record(0x4E, name[_NAME_LENGTH:])] if extended else []),
        record(0x0A, text(card.sex, 1)),
        record(0x0B, packed(card.nation)),
        record(0x0C, packed(card.birthplace)),
        record(0x0D, day(card.born_on)),
    ]
    return without(records, card.missing_records.get("EF06", ()))


def application_contents(card: CardData) -> Contents:
    """What is written in the applications: of the medical one the usual of an employee, unless the card says else."""
    issued = "" if card.issued_on is None else card.issued_on.strftime("%Y%m%d")
    medical = {
        "81": "31000000",  # 职工, and no flag set
        "84": card.identification_code[:6],
        "8C": "11",  # 在职
        "80": issued,
        "8F": _ONLINE if card.purse is None else _OFFLINE,
    }
    values: Mapping[str, Mapping[str, str]] = {**card.files, "DF04EF05": {**medical, **card.files.get("DF04EF05", {})}}
    return Contents(values, card.missing_records, card.empty_directories)


def purse_record(entry: PurseEntry) -> bytes:
    """One record of 医疗交易明细: number, kind, terminal, time, and three amounts in fen; 1Ch bytes."""
    amounts = (entry.account_fen, entry.own_fen, entry.pool_fen)
    return b"".join(
        (
            entry.number.to_bytes(2),
            entry.kind.encode("ascii"),
            packed(entry.terminal),
            packed(entry.at.strftime("%Y%m%d%H%M%S")),
            *(amount.to_bytes(4) for amount in amounts),
        )
    )

"""The kinds of cards that come to a counter: the right one in its versions, and those that are mistaken for it."""

import secrets
from collections.abc import Callable
from functools import cache

from hardware_sim.card.access import FREE, rule
from hardware_sim.card.answer_to_reset import card_factor
from hardware_sim.card.applications import Application, applications, files_of
from hardware_sim.card.chip import Chip
from hardware_sim.card.crypto import Algorithm
from hardware_sim.card.files import CircularFile, Directory, File, RecordFile, TransparentFile
from hardware_sim.card.image import application_contents, card_issue_records, holder_records, purse_record
from hardware_sim.card.keys import KeyName, card_key, reference
from hardware_sim.card.pin import Pin
from hardware_sim.card.psam import Psam
from hardware_sim.card.psam_files import PsamData
from hardware_sim.card.purse import Purse
from hardware_sim.card.state import KeyRing
from hardware_sim.card.values import record, text
from hardware_sim.personas import CardData

SOCIAL_SECURITY_NAME = bytes.fromhex("7378312E73682EC9E7BBE1B1A3D5CF")
PAYMENT_NAMES = (b"1PAY.SYS.DDF01", b"2PAY.SYS.DDF01")

_MASTER_FILE = 0x3F00
_APPLICATION_FILE = 0xDDF1
_DIRECTORY_FILE = 0xEF1E
_FINGERPRINT_LENGTH, _PHOTO_LENGTH = 0x300, 0x1000
_MEDICAL = "DF04"
_TRANSACTIONS_FILE = 0xEF08
_PAYMENT_APPLICATION = bytes.fromhex("A000000333010101")


def chip_of(card: CardData, *, random: Callable[[int], bytes] = secrets.token_bytes) -> Chip:
    """The chip that a persona carries."""
    match card.kind:
        case "bank":
            return bank_card(card.atr)
        case "health":
            return health_card(card.atr)
        case "other":
            return other_chip_card(card.atr)
        case "psam":
            return Psam(PsamData(atr=card.atr), random=random)
        case _:
            return social_security_card(card, random=random)


def social_security_card(
    card: CardData,
    *,
    with_payment: bool = False,
    application_blocked: bool = False,
    blocked: bool = False,
    keys: KeyRing | None = None,
    random: Callable[[int], bytes] = secrets.token_bytes,
) -> Chip:
    """A social-security card of version 1, 2 or 3; a third-generation card keeps its holder's data locked.

    Args:
        card: what is written on it, and what its issuer has shut.
        with_payment: a financial social-security card, which is a bank card besides, whatever the card says.
        application_blocked: the issuer has shut the social-security application, whatever the card says.
        blocked: the issuer has shut the whole card, whatever the card says.
        keys: its keys; those of its issuer, made from fictitious national roots, unless others are given.
        random: so many random bytes.
    """
    ring = keys or issued_keys(card)
    application = _application(card, ring, random)
    application.blocked = application_blocked or card.blocked == "application"
    payment = _payment_directories() if with_payment or card.payment else ()
    root = Directory(_MASTER_FILE, directories=(application, *payment))
    return Chip(card.atr, root, blocked=blocked or card.blocked == "card", keys=ring, random=random)


def issued_keys(card: CardData) -> KeyRing:
    """The keys as its issuer has put them on the card; those that are wrong have all their bits turned over."""
    algorithm = Algorithm.SM4 if card.third_generation else Algorithm.DES

    @cache
    def value_of(key: KeyName) -> bytes:
        value = card_key(key, algorithm, card.identification_code[:6], card_factor(card.atr))
        return bytes(byte ^ 0xFF for byte in value) if key in card.wrong_keys else value

    return KeyRing(value_of, algorithm)


def _application(card: CardData, keys: KeyRing, random: Callable[[int], bytes]) -> Directory:
    return Directory(
        file_id=_APPLICATION_FILE,
        name=SOCIAL_SECURITY_NAME,
        control_information=_control_information(
            SOCIAL_SECURITY_NAME, None if card.first_generation else keys.algorithm
        ),
        files=_own_files(card),
        directories=[_below(one, card, keys, random) for one in applications()],
        keys=_numbered(""),
        pin=Pin(card.pin, tries=card.pin_tries, left=card.pin_tries_left),
    )


def _own_files(card: CardData) -> list[File]:
    locked = rule(KeyName.RKSSSE)
    written = rule(KeyName.UKSSSE)
    holder = holder_records(card)
    files: list[File] = [
        RecordFile(0xEF05, card_issue_records(card), FREE, written),
        RecordFile(0xEF06, holder, locked if card.third_generation else FREE, written),
        TransparentFile(0xEF07, bytearray(_FINGERPRINT_LENGTH), locked, written),
        TransparentFile(0xEF08, bytearray(_PHOTO_LENGTH), locked, written),
    ]
    if not card.first_generation:
        files.append(RecordFile(_DIRECTORY_FILE, [_directory_entry(one) for one in applications()]))
    return files


def _below(application: Application, card: CardData, keys: KeyRing, random: Callable[[int], bytes]) -> Directory:
    files = files_of(application, application_contents(card), first_generation=card.first_generation)
    directory = Directory(
        file_id=int(application.id, 16),
        name=application.name,
        control_information=_template(application.name, b""),
        files=files,
        keys=_numbered(application.id),
    )
    for file in files:
        if card.purse is None or application.id != _MEDICAL or not isinstance(file, CircularFile):
            continue
        if file.file_id == _TRANSACTIONS_FILE:
            file.records = [purse_record(entry) for entry in card.purse_entries]
            directory.purse = Purse(
                key_of=keys.value_of, algorithm=keys.algorithm, records=file, random=random, contents=card.purse
            )
    return directory


@cache
def _numbered(directory: str) -> dict[int, KeyName]:
    """The keys of one application by their number on the card; "" for those of the whole card."""
    found: dict[int, KeyName] = {}
    for key in KeyName:
        at = key.find("DF")
        if (key[at:] if at >= 0 else _MEDICAL if key is KeyName.DSK else "") != directory:
            continue
        try:
            found[reference(key)] = key
        except ValueError:  # a purse key, which has no number
            continue
    return found


def _directory_entry(application: Application) -> bytes:
    """61 { 4F name, 50 label }."""
    label = application.label.encode("gb18030")
    return record(0x61, record(0x4F, application.name) + record(0x50, label))


def bank_card(atr: bytes) -> Chip:
    """A bank card without the social-security application."""
    return Chip(atr, Directory(_MASTER_FILE, directories=_payment_directories()))


def health_card(atr: bytes) -> Chip:
    """A resident health card: the same file identifiers, other records, and no application name."""
    lengths = {0x04: 0x0B, 0x05: 0xB4, 0x06: 0x04, 0x09: 0x03, 0x0A: 0x0A, 0x39: 0x03}
    values = {tag: bytes(length) for tag, length in lengths.items()} | {
        0x01: b"1",
        0x02: b"2.00",
        0x03: text("示例卫生健康委员会", 0x1E),
        0x08: b"439999199001010018",
    }
    issue = [record(tag, values[tag]) for tag in sorted(values)]
    application = Directory(_APPLICATION_FILE, files=[RecordFile(0xEF05, issue)])
    return Chip(atr, Directory(_MASTER_FILE, directories=[application]))


def other_chip_card(atr: bytes) -> Chip:
    """A chip card of a kind that no counter knows."""
    return Chip(atr, Directory(_MASTER_FILE))


def _payment_directories() -> tuple[Directory, ...]:
    environments = [
        Directory(0, name=name, control_information=_template(name, b"\x88\x01\x01")) for name in PAYMENT_NAMES
    ]
    label = record(0x50, b"PBOC DEBIT")
    debit = Directory(0, name=_PAYMENT_APPLICATION, control_information=_template(_PAYMENT_APPLICATION, label))
    return (*environments, debit)


def _control_information(name: bytes, algorithm: Algorithm | None) -> bytes:
    if algorithm is None:
        return _template(name, b"")
    keys = bytes((0x9F, 0x0C, 0x03, 0x86, 0x01, algorithm))
    return _template(name, bytes((0x88, 0x01, _DIRECTORY_FILE & 0x1F)) + keys)


def _template(name: bytes, proprietary: bytes) -> bytes:
    """What SELECT returns: 6F { 84 name, A5 { … } }."""
    inner = record(0x84, name)
    if proprietary:
        inner += record(0xA5, proprietary)
    return record(0x6F, inner)

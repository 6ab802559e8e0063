"""The kinds of cards that come to a counter: the right one in its versions, and those that are mistaken for it."""

from hardware_sim.card.chip import Chip
from hardware_sim.card.files import Directory, RecordFile
from hardware_sim.card.image import card_issue_records, holder_records
from hardware_sim.personas import CardData

SOCIAL_SECURITY_NAME = bytes.fromhex("7378312E73682EC9E7BBE1B1A3D5CF")
PAYMENT_NAMES = (b"1PAY.SYS.DDF01", b"2PAY.SYS.DDF01")

_MASTER_FILE = 0x3F00
_APPLICATION_FILE = 0xDDF1
_DIRECTORY_SHORT_ID = 0x1E
#: The key algorithm that each generation of the card announces; the first announces none.
_ALGORITHMS = {"2": 0x01, "3": 0x03}


def chip_of(card: CardData) -> Chip:
    """The chip that a persona carries."""
    return bank_card(card.atr) if card.kind == "bank" else social_security_card(card)


def social_security_card(
    card: CardData, *, with_payment: bool = False, application_blocked: bool = False, blocked: bool = False
) -> Chip:
    """A social-security card of version 1, 2 or 3; a third-generation card keeps its holder data locked.

    Args:
        card: what is written on it.
        with_payment: a financial social-security card, which is a bank card besides.
        application_blocked: the issuer has shut the social-security application.
        blocked: the issuer has shut the whole card.
    """
    generation = card.version[:1]
    application = Directory(
        file_id=_APPLICATION_FILE,
        name=SOCIAL_SECURITY_NAME,
        control_information=_control_information(SOCIAL_SECURITY_NAME, _ALGORITHMS.get(generation)),
        files=(
            RecordFile(0xEF05, card_issue_records(card)),
            RecordFile(0xEF06, holder_records(card), locked=generation == "3"),
        ),
        blocked=application_blocked,
    )
    payment = _payment_directories() if with_payment else ()
    return Chip(card.atr, Directory(_MASTER_FILE, directories=(application, *payment)), blocked=blocked)


def bank_card(atr: bytes) -> Chip:
    """A bank card without the social-security application."""
    return Chip(atr, Directory(_MASTER_FILE, directories=_payment_directories()))


def health_card(atr: bytes) -> Chip:
    """A resident health card: the same file identifiers, other records, and no application name."""
    issue = (bytes.fromhex("010131"), bytes.fromhex("0204322E3030"), b"\x08\x12" + b"439999199001010018")
    application = Directory(_APPLICATION_FILE, files=(RecordFile(0xEF05, issue),))
    return Chip(atr, Directory(_MASTER_FILE, directories=(application,)))


def other_chip_card(atr: bytes) -> Chip:
    """A chip card of a kind that no counter knows."""
    return Chip(atr, Directory(_MASTER_FILE))


def _payment_directories() -> tuple[Directory, ...]:
    return tuple(
        Directory(0, name=name, control_information=_template(name, b"\x88\x01\x01")) for name in PAYMENT_NAMES
    )


def _control_information(name: bytes, algorithm: int | None) -> bytes:
    if algorithm is None:
        return _template(name, b"")
    keys = bytes((0x9F, 0x0C, 0x03, 0x86, 0x01, algorithm))
    return _template(name, bytes((0x88, 0x01, _DIRECTORY_SHORT_ID)) + keys)


def _template(name: bytes, proprietary: bytes) -> bytes:
    """What SELECT returns: 6F { 84 name, A5 { … } }."""
    inner = bytes((0x84, len(name))) + name
    if proprietary:
        inner += bytes((0xA5, len(proprietary))) + proprietary
    return bytes((0x6F, len(inner))) + inner

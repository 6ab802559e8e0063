"""A social-security card read as a program for any chip card reads it, after the manner of yubikey-manager.

One ``send`` follows 61xx to the end and repeats at 6Cxx; files are selected by their identifiers, records asked for by
number with Le 00 until there is none. What version 3 locks is opened through the PSAM, in the same way. Nothing is
asked that the identity does not need: whether the card is genuine is not, nor whether it is still the same one.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

Transmit = Callable[[bytes], bytes]
Records = dict[int, bytes]

SSSE: Final = bytes.fromhex("7378312E73682EC9E7BBE1B1A3D5CF")
SM4_PSAM: Final = bytes.fromhex("7378332E73682EC9E7BBE1B1A3D5CF")
ISSUE, HOLDER = 0xEF05, 0xEF06
BY_NAME, DIRECTORY, FILE = 0x04, 0x00, 0x02
_SELECT, _READ_RECORD, _READ_BINARY, _GET_RESPONSE = 0xA4, 0xB2, 0xB0, 0xC0
_GET_CHALLENGE, _EXTERNAL_AUTHENTICATE = 0x84, 0x82
_BY_NUMBER: Final = 0x04
_READ_HOLDER: Final = 0x0A
_NATION_TO_CARD: Final = 3 << 5 | 7  # three factors, a key for encryption
_BLOCK: Final = 16
_OK: Final = 0x9000
_NO_RECORD: Final = 0x6A83
_CITY_DIGITS: Final = 6
_CARD_NUMBER_LENGTH: Final = 9


class CardSaysNo(Exception):
    """A status word other than 9000."""

    def __init__(self, status: int) -> None:
        super().__init__(f"{status:04X}")
        self.status = status


class GenericCard:
    """A chip card of any kind."""

    def __init__(self, transmit: Transmit) -> None:
        self._transmit = transmit

    def send(self, instruction: int, p1: int, p2: int, data: bytes = b"", le: int = 0, class_: int = 0) -> bytes:
        """The whole answer to a command; ``le`` counts only where there are no data.

        Raises:
            CardSaysNo: any status word but 9000.
        """
        head = bytes((class_, instruction, p1, p2))
        answer = self._transmit(head + (bytes((len(data),)) + data if data else bytes((le,))))
        if answer[-2] == 0x6C:
            answer = self._transmit(head + answer[-1:])
        whole = answer[:-2]
        while answer[-2] == 0x61:
            answer = self._transmit(bytes((0x00, _GET_RESPONSE, 0x00, 0x00)) + answer[-1:])
            whole += answer[:-2]
        status = int.from_bytes(answer[-2:])
        if status != _OK:
            raise CardSaysNo(status)
        return whole

    def select(self, how: int, what: bytes | int) -> bytes:
        """SELECT by name or by identifier; what the card says of it."""
        return self.send(_SELECT, how, 0x00, what.to_bytes(2) if isinstance(what, int) else what)

    def records(self, file_id: int) -> Records:
        """The records of a file, one number after another."""
        self.select(FILE, file_id)
        found: Records = {}
        for number in range(1, 256):
            try:
                one = self.send(_READ_RECORD, number, _BY_NUMBER)
            except CardSaysNo as refusal:
                if refusal.status == _NO_RECORD:
                    break
                raise
            found.setdefault(one[0], one[2 : 2 + one[1]])
        return found

    def bytes_at(self, offset: int, length: int) -> bytes:
        """READ BINARY of the selected file."""
        return self.send(_READ_BINARY, offset >> 8, offset & 0xFF, le=length & 0xFF)


def read(card: GenericCard, atr: bytes, psam: Callable[[], Transmit]) -> dict[str, Any]:
    """Who it is."""
    card.select(BY_NAME, SSSE)
    issue = card.records(ISSUE)
    if issue[0x03].startswith(b"3"):
        open_holder(card, issue, atr, GenericCard(psam()))
    return identity(issue, card.records(HOLDER))


def open_holder(card: GenericCard, issue: Mapping[int, bytes], atr: bytes, psam: GenericCard) -> None:
    """External authentication with the key that opens the holder's data (SM4), which the PSAM has."""
    city = issue[0x01].hex()[:_CITY_DIGITS]
    factors = atr[-8:] + f"{city}sx".encode() + f"{city[:2]}0000sh".encode()
    source = card.send(_GET_CHALLENGE, 0x00, 0x00, le=8)
    factor = card.send(_GET_CHALLENGE, 0x00, 0x00, le=8)
    psam.select(BY_NAME, SM4_PSAM)
    psam.send(0xEC, 0x00, 0x00, bytes.fromhex(city[:2]), class_=0xBF)
    psam.send(0xDE, _NATION_TO_CARD, _READ_HOLDER, factors + factor.ljust(_BLOCK, b"\0"), class_=0xBF)
    block = psam.send(0xFA, 0x00, 0x00, source.ljust(_BLOCK, b"\0"), class_=0x80)
    value = bytes(one ^ other for one, other in zip(block[:8], block[8:], strict=True))
    card.send(_EXTERNAL_AUTHENTICATE, 0x00, _READ_HOLDER, value + source)


def identity(issue: Mapping[int, bytes], holder: Mapping[int, bytes]) -> dict[str, Any]:
    """What the records say, field by field as the product has them."""
    code = issue[0x01].hex().upper()
    return {
        "card_number": _text(issue[0x07][:_CARD_NUMBER_LENGTH]),
        "identification_code": code,
        "region": code[:_CITY_DIGITS],
        "version": _text(issue[0x03]),
        "issued_on": _day(issue[0x05]),
        "expires_on": _day(issue[0x06]),
        "name": (holder[0x09].rstrip(b"\0") + holder.get(0x4E, b"").rstrip(b"\0")).decode("gb18030"),
        "id_number": _text(holder[0x08]),
        "sex": _text(holder[0x0A]),
        "nation": holder[0x0B].hex(),
        "born_on": _day(holder[0x0D]),
        "card_class": _text(issue[0x02]),
    }


def _text(value: bytes) -> str:
    return value.rstrip(b"\0").decode("ascii")


def _day(value: bytes) -> str | None:
    digits = value.hex()
    return None if digits in ("00000000", "ffffffff") else date.fromisoformat(digits).isoformat()

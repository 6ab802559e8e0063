"""What a reader with keys of its own is told when the holder shall enter a PIN (PC/SC part 10, CCID 6.1.11).

The PIN goes as packed decimal digits, an odd last one with F beside it. The card wants the exact length (VERIFY with
Lc 02 to 08 and no filler), so a verification is sent as the four bytes ``00 20 00 00`` alone, with a PIN block of
size 0: the reader then puts in Lc and as many bytes as the digits need. PC/SC part 10 has it so ("Lc shall be
re-calculated") and newer readers do it (OpenSC, pull request 317); old ones may want a fixed block and answer this with
an error.

A change is ``80 5E 01 00 Lc old FF new``. Where all PINs have one known length (``fewest_digits`` equals
``most_digits``) the command is given whole and the reader only fills in two fixed blocks. Otherwise the reader gets the
separator alone and must insert before and behind it; whether a reader can is not known before it is tried.

Readers of the GemPC family take nothing but "the confirm key ends the entry", one message for a verification and always
three for a change (``commands.c`` of LudovicRousseau/CCID).
"""

from typing import Final

from pos_client.card.readers.reader import PinEntry

TIMED_OUT: Final = 0x6400
CANCELLED: Final = 0x6401

_VERIFY: Final = bytes.fromhex("00200000")
_CHANGE: Final = bytes.fromhex("805E0100")
_SEPARATOR: Final = b"\xff"
_DIGITS_FROM_FIRST_BYTE: Final = 0x81  # packed decimal, to the left, at offset 0 counted in bytes
_NO_LENGTH_INSERTED: Final = 0x00
_CONFIRM_KEY: Final = 0x02
_ASK_OLD_AND_NEW_TWICE: Final = 0x03
_ENGLISH: Final = (0x0409).to_bytes(2, "little")
_NO_BLOCK: Final = bytes(3)  # the beginning of a T=1 block: none with T=0
_LONGEST_TIMEOUT_S: Final = 255

_SECOND_TIMEOUT: Final = 1
_LENGTH_OF_VERIFY: Final = slice(15, 19)
_LENGTH_OF_CHANGE: Final = slice(20, 24)


def verify_structure(entry: PinEntry) -> bytes:
    """PIN_VERIFY of PC/SC part 10, for ``SCardControl`` with the code of FEATURE_VERIFY_PIN_DIRECT."""
    return (
        _timeouts(entry)
        + bytes((_DIGITS_FROM_FIRST_BYTE, 0, _NO_LENGTH_INSERTED))
        + _digits(entry)
        + bytes((_CONFIRM_KEY, 1))
        + _ENGLISH
        + bytes((0,))
        + _NO_BLOCK
        + len(_VERIFY).to_bytes(4, "little")
        + _VERIFY
    )


def modify_structure(entry: PinEntry) -> bytes:
    """PIN_MODIFY of PC/SC part 10, for ``SCardControl`` with the code of FEATURE_MODIFY_PIN_DIRECT."""
    size = (entry.most_digits + 1) // 2 if entry.fewest_digits == entry.most_digits else 0
    body = b"\xff" * size + _SEPARATOR + b"\xff" * size
    command = _CHANGE + bytes((len(body),)) + body
    return (
        _timeouts(entry)
        + bytes((_DIGITS_FROM_FIRST_BYTE, size, _NO_LENGTH_INSERTED))
        + bytes((0, size + len(_SEPARATOR)))  # where the old one goes and where the new one
        + _digits(entry)
        + bytes((_ASK_OLD_AND_NEW_TWICE, _CONFIRM_KEY, 3))
        + _ENGLISH
        + bytes((0, 1, 2))
        + _NO_BLOCK
        + len(command).to_bytes(4, "little")
        + command
    )


def ccid_structure(entry: PinEntry) -> bytes:
    """What a CCID message "Secure" carries: the same without the second timeout and without the command's length."""
    if entry.act == "verify":
        return b"\0" + _without(verify_structure(entry), _LENGTH_OF_VERIFY)
    return b"\1" + _without(modify_structure(entry), _LENGTH_OF_CHANGE)


def _without(structure: bytes, length: slice) -> bytes:
    return structure[:_SECOND_TIMEOUT] + structure[_SECOND_TIMEOUT + 1 : length.start] + structure[length.stop :]


def _timeouts(entry: PinEntry) -> bytes:
    """Until the first key and between two keys, in whole seconds."""
    seconds = min(max(entry.timeout_ms // 1000, 1), _LONGEST_TIMEOUT_S)
    return bytes((seconds, seconds))


def _digits(entry: PinEntry) -> bytes:
    return bytes((entry.most_digits, entry.fewest_digits))

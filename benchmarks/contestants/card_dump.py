"""A social-security card read by taking everything that it gives away: each file of the SSSE and of all applications.

So do tools for looking at cards, and programs that were made from one. What is locked is asked for and refused; what
version 3 locks is opened, as far as the key for the holder's data goes.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from benchmarks.contestants import card_generic as generic
from benchmarks.contestants.card_generic import CardSaysNo, GenericCard, Transmit

_LINEAR: Final = range(0xEF05, 0xEF1B)
_CHUNK: Final = 256
_NOT_A_RECORD_FILE: Final = 0x6981
_APPLICATIONS: Final = (0xDF01, 0xDF02, 0xDF03, 0xDF04, 0xDF07)


def read(card: GenericCard, atr: bytes, psam: Callable[[], Transmit]) -> dict[str, Any]:
    """Who it is, once all of it has been read."""
    card.select(generic.BY_NAME, generic.SSSE)
    issue = card.records(generic.ISSUE)
    if issue[0x03].startswith(b"3"):
        generic.open_holder(card, issue, atr, GenericCard(psam()))
    own = {file_id: _contents(card, file_id) for file_id in _LINEAR}
    for application in _APPLICATIONS:
        card.select(generic.BY_NAME, generic.SSSE)
        try:
            card.select(generic.DIRECTORY, application)
        except CardSaysNo:
            continue
        for file_id in _LINEAR:
            _contents(card, file_id)
    holder = own[generic.HOLDER]
    assert isinstance(holder, Mapping), "the holder's data are records"
    return generic.identity(issue, holder)


def _contents(card: GenericCard, file_id: int) -> generic.Records | bytes | None:
    """Records, or bytes, or None where the card does not give it."""
    try:
        return card.records(file_id)
    except CardSaysNo as refusal:
        return _all_bytes(card) if refusal.status == _NOT_A_RECORD_FILE else None


def _all_bytes(card: GenericCard) -> bytes:
    whole = b""
    while True:
        try:
            part = card.bytes_at(len(whole), _CHUNK)
        except CardSaysNo:
            return whole
        whole += part
        if len(part) < _CHUNK:
            return whole

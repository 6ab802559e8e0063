"""What a card's answer to reset (ISO 7816-3) says of it: its historical bytes, and how it wants to be spoken to."""

_CONTACTLESS = 0x80
_T1 = 0x01
_FACTOR_LENGTH = 8


def historical_bytes(atr: bytes) -> bytes:
    """The historical bytes; of a social-security card 13. Fewer, or none, where the answer is cut or malformed."""
    if len(atr) < 2:
        return b""
    start = 2 + sum(count for count, _ in _interface_bytes(atr))
    return atr[start : start + (atr[1] & 0x0F)]


def card_factor(atr: bytes) -> bytes:
    """What tells this card's keys from those of all other cards: card maker, city and serial number, 8 bytes.

    An answer without them (a card of another kind) counts as zeros.
    """
    return historical_bytes(atr)[-_FACTOR_LENGTH:].rjust(_FACTOR_LENGTH, b"\0")


def speaks_blocks(atr: bytes) -> bool:
    """Whether answers come whole (T=1, or contactless): such a card knows no 61xx, 6Cxx and GET RESPONSE."""
    offered = [following for _, following in _interface_bytes(atr) if following is not None]
    if not offered:
        return False
    contactless = len(offered) > 1 and offered[0] == _CONTACTLESS and offered[1] == _T1
    return contactless or offered[0] & 0x0F == _T1


def _interface_bytes(atr: bytes) -> list[tuple[int, int | None]]:
    """Group by group: how many interface bytes, and TD, the last of them, where it is there."""
    groups: list[tuple[int, int | None]] = []
    at, present = 1, atr[1] >> 4 if len(atr) > 1 else 0
    while present:
        count = present.bit_count()
        at += count
        follows = atr[at] if present & 0x08 and at < len(atr) else None
        groups.append((count, follows))
        present = 0 if follows is None else follows >> 4
    return groups

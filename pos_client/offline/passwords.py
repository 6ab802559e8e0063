"""Passwords at rest: scrypt (RFC 7914) with a salt of its own for each, its parameters kept beside the hash.

Thirty-two megabytes and about a tenth of a second for each guess; a row that was made with other parameters stays
readable when these are raised.
"""

import base64

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

COST, BLOCK, PARALLEL = 2**15, 8, 1
SALT_BYTES = 16
_HASH_BYTES = 32
_NAME = "scrypt"


def sealed(password: str, salt: bytes) -> str:
    """The text to keep instead of a password; ``salt`` is SALT_BYTES fresh random bytes."""
    found = Scrypt(salt=salt, length=_HASH_BYTES, n=COST, r=BLOCK, p=PARALLEL).derive(password.encode())
    return "$".join((_NAME, str(COST), str(BLOCK), str(PARALLEL), _text(salt), _text(found)))


def fits(password: str, secret: str) -> bool:
    """Whether a password is the one that was sealed, compared in constant time."""
    name, cost, block, parallel, salt, expected = secret.split("$")
    assert name == _NAME, "rows only ever hold what sealed() made"
    kdf = Scrypt(salt=_bytes(salt), length=_HASH_BYTES, n=int(cost), r=int(block), p=int(parallel))
    try:
        kdf.verify(password.encode(), _bytes(expected))
    except InvalidKey:
        return False
    return True


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text)

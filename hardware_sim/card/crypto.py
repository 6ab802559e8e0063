"""The ciphers of the social-security card: key diversification, session keys, authentication values, MAC and TAC.

Source: 《社会保障（个人）卡规范》 part 4 (8–9), part 7 (11–15), part 9 (7). Keys of the 3DES cards are two of 8
bytes, and a session key of theirs is a single DES key; SM4 works throughout with 16 bytes.
"""

from enum import IntEnum
from functools import reduce

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import BlockCipherAlgorithm, Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import SM4

FACTOR_LENGTH = 8
MAC_LENGTH = 4

_SINGLE_DES_KEY_LENGTH = 8


class Algorithm(IntEnum):
    """The algorithms a card announces (tag 86 in the answer of SELECT); 02, SSF33, exists only inside chips."""

    DES = 1
    SM4 = 3

    @property
    def block_length(self) -> int:
        """Bytes in a block of this cipher."""
        return 8 if self is Algorithm.DES else 16


def diversified(algorithm: Algorithm, key: bytes, factor: bytes) -> bytes:
    """The key one level lower (16 bytes): of a province, a city or a card.

    Args:
        algorithm: of the card.
        key: the key of the level above, 16 bytes.
        factor: what tells this province, city or card from the others, 8 bytes.
    """
    if len(factor) != FACTOR_LENGTH:
        raise ValueError(f"a factor has {FACTOR_LENGTH} bytes, not {len(factor)}")
    return encrypted_blocks(algorithm, key, factor + bytes(byte ^ 0xFF for byte in factor))


def session_key(algorithm: Algorithm, key: bytes, random: bytes) -> bytes:
    """The key of one session from a card key and a random number: 8 bytes (a single DES key) or 16 (SM4)."""
    return encrypted_blocks(algorithm, key, random.ljust(algorithm.block_length, b"\0"))


def authentication_value(algorithm: Algorithm, session_key: bytes, source: bytes) -> bytes:
    """The 8 bytes that prove knowledge of the session key, for a source of 8 bytes."""
    whole = encrypted_blocks(algorithm, session_key, source.ljust(algorithm.block_length, b"\0"))
    return whole if len(whole) == FACTOR_LENGTH else _folded(whole, FACTOR_LENGTH)


def mac(algorithm: Algorithm, session_key: bytes, data: bytes) -> bytes:
    """The 4 bytes that protect a message; the padding 80 00… is added here, always.

    Args:
        algorithm: of the card.
        session_key: for this message.
        data: of a command, its header (Lc counts the MAC) and its data; of a purse message, the data alone.
    """
    state = chain_state(algorithm, session_key, padded(algorithm, data), bytes(algorithm.block_length))
    return mac_of_chain(algorithm, state)


def enciphered(algorithm: Algorithm, session_key: bytes, data: bytes) -> bytes:
    """Data as it travels in a command: its length before it, filled with 80 00… only where a block is not full."""
    plain = bytes((len(data),)) + data
    aligned = len(plain) % algorithm.block_length == 0
    return encrypted_blocks(algorithm, session_key, plain if aligned else padded(algorithm, plain))


def deciphered(algorithm: Algorithm, session_key: bytes, data: bytes) -> bytes:
    """The data that was enciphered; ValueError where length or padding are not those of any data."""
    if not data or len(data) % algorithm.block_length:
        raise ValueError("not whole blocks")
    decryptor = Cipher(_cipher(algorithm, session_key), modes.ECB()).decryptor()  # noqa: S305 (as the card does)
    plain = decryptor.update(data) + decryptor.finalize()
    length = plain[0]
    if enciphered(algorithm, session_key, plain[1 : 1 + length]) != data:
        raise ValueError("not enciphered under this key")
    return plain[1 : 1 + length]


def transaction_code(algorithm: Algorithm, key: bytes, data: bytes) -> bytes:
    """The TAC (4 bytes) over the data of a purse transaction, under the card's TAC key itself: there is no session."""
    return mac(algorithm, _folded(key, _SINGLE_DES_KEY_LENGTH) if algorithm is Algorithm.DES else key, data)


def encrypted_blocks(algorithm: Algorithm, key: bytes, data: bytes) -> bytes:
    """Whole blocks, each encrypted by itself."""
    encryptor = Cipher(_cipher(algorithm, key), modes.ECB()).encryptor()  # noqa: S305 (as the card does)
    return encryptor.update(data) + encryptor.finalize()


def chain_state(algorithm: Algorithm, key: bytes, data: bytes, initial: bytes) -> bytes:
    """The last block of a chain of whole blocks: where the next part of the same chain begins."""
    encryptor = Cipher(_cipher(algorithm, key), modes.CBC(initial)).encryptor()
    return (encryptor.update(data) + encryptor.finalize())[-algorithm.block_length :]


def mac_of_chain(algorithm: Algorithm, state: bytes) -> bytes:
    """The 4 bytes of a MAC from the end of its chain: DES takes the left half, SM4 adds up the four words."""
    return state[:MAC_LENGTH] if algorithm is Algorithm.DES else _folded(state, MAC_LENGTH)


def padded(algorithm: Algorithm, data: bytes) -> bytes:
    """Data with 80 and then zero bytes up to whole blocks; a full block more where it was aligned."""
    marked = data + b"\x80"
    return marked + b"\0" * (-len(marked) % algorithm.block_length)


def _cipher(algorithm: Algorithm, key: bytes) -> BlockCipherAlgorithm:
    if algorithm is Algorithm.SM4:
        return SM4(key)
    return TripleDES(key * 3 if len(key) == _SINGLE_DES_KEY_LENGTH else key + key[:_SINGLE_DES_KEY_LENGTH])


def _folded(data: bytes, length: int) -> bytes:
    """The parts of that length, added up without carry."""
    parts = (data[at : at + length] for at in range(0, len(data), length))
    return reduce(lambda sum_, part: bytes(one ^ other for one, other in zip(sum_, part, strict=True)), parts)

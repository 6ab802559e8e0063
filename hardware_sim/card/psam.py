"""A terminal's PSAM: the chip that holds keys above the card's own and computes with them for the terminal.

Source: 《社会保障（个人）卡规范》 part 9. It has an environment for each cipher: 3DES in its root, SSF33 (which exists
in chips only, so its keys are absent here) and SM4. The text that was found is older than SM4; that its environment is
called "sx3.sh.社会保障" and takes 16 bytes of process factor is OUR ASSUMPTION, and so are: a session key lasts until
another is made or the environment is left, no key is delivered before INIT ENVIRONMENT, a MAC comes back as 4 bytes,
a terminal counts a purchase when the card's receipt was right, and a PSAM that holds the root of a province or a city
works with cards of that province only. All keys are fictitious.
"""

import secrets
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, replace
from typing import Final

from hardware_sim.card import crypto
from hardware_sim.card.chip import Chip
from hardware_sim.card.crypto import FACTOR_LENGTH, MAC_LENGTH, Algorithm
from hardware_sim.card.files import TransparentFile
from hardware_sim.card.keys import (
    FICTITIOUS_ROOTS,
    KeyName,
    as_used,
    city_factor,
    key_of_psam_number,
    province_factor,
)
from hardware_sim.card.psam_files import ENVIRONMENTS, PsamData, counter_of, root
from hardware_sim.card.status import (
    CLASS_UNKNOWN,
    CONDITIONS_NOT_SATISFIED,
    COUNTER_FULL,
    INSTRUCTION_UNKNOWN,
    KEY_NOT_FOUND,
    MAC_WRONG,
    NOT_IN_THIS_STATE,
    WRONG_DATA,
    WRONG_LENGTH,
    WRONG_PARAMETERS,
    Refusal,
)

NATION, PROVINCE, CITY = 3, 2, 1
#: Keys that are in the hands of the bureau only.
NEVER_IN_A_PSAM: Final = frozenset((KeyName.BK, KeyName.LKDF03, KeyName.LKDF04, KeyName.DLK, KeyName.DTK, KeyName.DSK))

_HEADER_LENGTH = 4
#: SELECT, READ BINARY, READ RECORD, GET CHALLENGE, GET RESPONSE: what a PSAM has in common with other chips.
_COMMON_INSTRUCTIONS = frozenset((0xA4, 0xB0, 0xB2, 0x84, 0xC0))
_LEVEL_SHIFT = 5
_TYPE_BITS = 0x1F
_MAC, _ENCRYPTION, _BOTH = 6, 7, 8
_ENCRYPT, _ENCRYPT_MORE = 0x00, 0x02
_MAC_ALONE, _MAC_FIRST, _MAC_NEXT, _MAC_LAST = 0x05, 0x07, 0x03, 0x01
_PURCHASE_LENGTH = 28
_PURCHASE_KEY_VERSION = 1
_HIGHEST_COUNT = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class _Session:
    """A session key, what it may be used for, and the chain of a MAC that is being made."""

    key: bytes
    type_: int
    chain: bytes | None = None


class Psam(Chip):
    """A PSAM card; it answers as any chip does, and to its own commands."""

    def __init__(
        self,
        data: PsamData | None = None,
        *,
        level: int = NATION,
        roots: Mapping[KeyName, bytes] = FICTITIOUS_ROOTS,
        absent: Set[KeyName] = frozenset(),
        blocked: bool = False,
        random: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        """A PSAM without power.

        Args:
            data: what stands on it; its terminal number begins with the region that issued it.
            level: whose root keys it holds: 3 the nation's, 2 its province's, 1 its city's; so many factors it wants.
            roots: the national roots that its keys descend from.
            absent: keys that it lacks beside those that are in no PSAM.
            blocked: the issuer has shut it.
            random: so many random bytes.
        """
        self._data = data or PsamData()
        self._level = level
        self._roots = roots
        self._absent = NEVER_IN_A_PSAM | absent
        super().__init__(self._data.atr, root(self._data), blocked=blocked, random=random)
        self._forget()

    def power_on(self) -> bytes:
        """Forgets everything of the session before and gives the answer to reset."""
        self._forget()
        return super().power_on()

    def _forget(self) -> None:
        self._bound = False
        self._session: _Session | None = None
        self._purchase_mac: bytes | None = None

    def _dispatch(self, command: bytes) -> tuple[bytes, int]:
        class_, instruction = command[:2]
        if self._state.blocked or (class_ == 0 and instruction in _COMMON_INSTRUCTIONS):
            return self._as_any_chip(command)
        self._pending = b""
        own = _OWN_COMMANDS.get(class_)
        if own is None:
            raise Refusal(CLASS_UNKNOWN)
        run = own.get(instruction)
        if run is None:
            raise Refusal(INSTRUCTION_UNKNOWN)
        length = command[_HEADER_LENGTH] if len(command) > _HEADER_LENGTH else 0
        body = command[_HEADER_LENGTH + 1 :]
        if length == 0 or len(body) not in (length, length + 1):  # a length expected behind the data is tolerated
            raise Refusal(WRONG_LENGTH)
        return self._kept(run(self, command[2], command[3], body[:length]))

    def _as_any_chip(self, command: bytes) -> tuple[bytes, int]:
        before = self._environment
        answer = super()._dispatch(command)
        if self._environment != before:
            self._forget()
        return answer

    @property
    def _environment(self) -> int:
        """The file identifier of the environment that the current directory is in."""
        return next(directory.file_id for directory in reversed(self._state.path) if directory.file_id in ENVIRONMENTS)

    @property
    def _algorithm(self) -> Algorithm:
        """The cipher of this environment; without one that can be computed, no key is found."""
        algorithm = ENVIRONMENTS[self._environment].algorithm
        if algorithm is None:
            raise Refusal(KEY_NOT_FOUND)
        return algorithm

    def initialize_environment(self, p1: int, p2: int, data: bytes) -> bytes:
        """Binds this environment to the province of a card, the first byte of its identification code."""
        _parameters((p1, p2), (0, 0))
        if len(data) != 1:
            raise Refusal(WRONG_LENGTH)
        self._forget()
        province = data.hex()
        if not province.isdecimal():
            raise Refusal(WRONG_DATA)
        if self._level != NATION and province != self._data.region[:2]:
            raise Refusal(CONDITIONS_NOT_SATISFIED)
        self._bound = True
        return b""

    def deliver_session_key(self, usage: int, number: int, data: bytes) -> bytes:
        """Derives a card key from the factors and makes a session key of it; nothing of either comes out."""
        self._session = None
        self._require_environment()
        levels, type_ = usage >> _LEVEL_SHIFT, usage & _TYPE_BITS
        name = key_of_psam_number(number)
        algorithm = self._algorithm
        if name is None or name in self._absent or name is KeyName.DPK:
            raise Refusal(KEY_NOT_FOUND)
        if levels != self._level or type_ not in (_MAC, _ENCRYPTION, _BOTH):
            raise Refusal(WRONG_DATA)
        factors, process_factor = data[: FACTOR_LENGTH * levels], data[FACTOR_LENGTH * levels :]
        if len(process_factor) != algorithm.block_length:
            raise Refusal(WRONG_LENGTH)
        key = as_used(name, algorithm, self._card_key(algorithm, name, factors))
        self._session = _Session(crypto.session_key(algorithm, key, process_factor), type_)
        return b""

    def cipher_data(self, mode: int, p2: int, data: bytes) -> bytes:
        """Encrypts blocks, or adds them to a MAC, under the session key."""
        if mode not in (_ENCRYPT, _ENCRYPT_MORE, _MAC_ALONE, _MAC_FIRST, _MAC_NEXT, _MAC_LAST) or p2 != 0:
            raise Refusal(WRONG_PARAMETERS)
        session = self._session
        if session is None:
            raise Refusal(NOT_IN_THIS_STATE)
        self._session = replace(session, chain=None)
        algorithm = self._algorithm
        if len(data) % algorithm.block_length:
            raise Refusal(WRONG_LENGTH)
        if mode in (_ENCRYPT, _ENCRYPT_MORE):
            _require_type(session, _ENCRYPTION)
            return crypto.encrypted_blocks(algorithm, session.key, data)
        _require_type(session, _MAC)
        chain = session.chain
        if mode in (_MAC_ALONE, _MAC_FIRST):
            chain, data = data[: algorithm.block_length], data[algorithm.block_length :]
        if chain is None:
            raise Refusal(NOT_IN_THIS_STATE)
        if not data:
            raise Refusal(WRONG_LENGTH)
        chain = crypto.chain_state(algorithm, session.key, data, chain)
        if mode in (_MAC_FIRST, _MAC_NEXT):
            self._session = replace(session, chain=chain)
            return b""
        return crypto.mac_of_chain(algorithm, chain)

    def initialize_purchase(self, p1: int, p2: int, data: bytes) -> bytes:
        """The terminal's half of a purchase: its transaction number, and the MAC that the card wants to see."""
        self._purchase_mac = None
        _parameters((p1, p2), (1, 0))
        if len(data) < _PURCHASE_LENGTH or (len(data) - _PURCHASE_LENGTH) % FACTOR_LENGTH:
            raise Refusal(WRONG_LENGTH)
        self._require_environment()
        algorithm = self._algorithm
        random, sequence, amounts, type_, time = data[:4], data[4:6], data[6:18], data[18:19], data[19:26]
        version, card_algorithm = data[26:_PURCHASE_LENGTH]
        if KeyName.DPK in self._absent or version != _PURCHASE_KEY_VERSION:
            raise Refusal(KEY_NOT_FOUND)
        factors = data[_PURCHASE_LENGTH:]
        if card_algorithm != algorithm or len(factors) != FACTOR_LENGTH * self._level:
            raise Refusal(WRONG_DATA)
        number = bytes(self._counter.content)
        if int.from_bytes(number) == _HIGHEST_COUNT:
            raise Refusal(COUNTER_FULL)
        key = crypto.session_key(
            algorithm, self._card_key(algorithm, KeyName.DPK, factors), random + sequence + number[-2:]
        )
        self._purchase_mac = crypto.mac(algorithm, key, amounts)
        terminal = bytes.fromhex(self._data.terminal_number)
        return number + crypto.mac(algorithm, key, amounts + type_ + terminal + time)

    def credit(self, p1: int, p2: int, data: bytes) -> bytes:
        """Checks the card's receipt; with it the transaction is done and counted."""
        expected, self._purchase_mac = self._purchase_mac, None
        _parameters((p1, p2), (0, 0))
        if len(data) != MAC_LENGTH:
            raise Refusal(WRONG_LENGTH)
        if expected is None:
            raise Refusal(NOT_IN_THIS_STATE)
        if data != expected:
            raise Refusal(MAC_WRONG)
        number = int.from_bytes(self._counter.content) + 1
        self._counter.content[:] = number.to_bytes(4)
        return b""

    def _require_environment(self) -> None:
        if not self._bound:
            raise Refusal(CONDITIONS_NOT_SATISFIED)

    def _card_key(self, algorithm: Algorithm, name: KeyName, factors: bytes) -> bytes:
        """The card's key from the PSAM's root and the factors of a command: card first, then city, then province."""
        region = self._data.region
        own = (province_factor(region), city_factor(region))[: NATION - self._level]
        sent = [factors[at : at + FACTOR_LENGTH] for at in range(0, len(factors), FACTOR_LENGTH)]
        key = self._roots[name]
        for factor in (*own, *reversed(sent)):
            key = crypto.diversified(algorithm, key, factor)
        return key

    @property
    def _counter(self) -> TransparentFile:
        """Of the purchases made in this environment."""
        environment = next(one for one in self._state.root.walk() if one.file_id == self._environment)
        return counter_of(environment)


_Own = Callable[[Psam, int, int, bytes], bytes]
_OWN_COMMANDS: Final[Mapping[int, Mapping[int, _Own]]] = {
    0x00: {},
    0xBF: {0xEC: Psam.initialize_environment, 0xDE: Psam.deliver_session_key},
    0x80: {0xFA: Psam.cipher_data, 0x70: Psam.initialize_purchase, 0x72: Psam.credit},
}


def _parameters(given: tuple[int, int], right: tuple[int, int]) -> None:
    if given != right:
        raise Refusal(WRONG_PARAMETERS)


def _require_type(session: _Session, type_: int) -> None:
    if session.type_ not in (type_, _BOTH):
        raise Refusal(CONDITIONS_NOT_SATISFIED)

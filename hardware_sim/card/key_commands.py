"""The commands around keys and the PIN (《社会保障（个人）卡规范》 part 5, part 7)."""

from collections.abc import Callable

from hardware_sim.card import crypto
from hardware_sim.card.access import PIN, rule
from hardware_sim.card.keys import KeyName
from hardware_sim.card.pin import Pin
from hardware_sim.card.state import CardState, Command
from hardware_sim.card.status import (
    CONDITIONS_NOT_SATISFIED,
    KEY_NOT_FOUND,
    SECURE_MESSAGE_WRONG,
    WRONG_DATA,
    WRONG_LENGTH,
    WRONG_PARAMETERS,
    Refusal,
)

_CHALLENGE_LENGTHS = (4, 8, 16)
_HALF = 8
_AUTHENTICATION_LENGTHS = (2 * _HALF, 2 * _HALF + 1)
_KEY_VERSION = 1
_PIN_LENGTHS = range(2, 9)
_CHANGE_LENGTHS = range(3, 18)
_UNBLOCK, _RELOAD = 0x00, 0x01


def get_challenge(state: CardState, random: bytes) -> bytes:
    """A fresh random number; only the last one counts."""
    state.challenge = random
    return random


def challenge_length(command: Command) -> int:
    """How long a number was asked for: 4, 8 or 16 bytes."""
    _parameters(command, 0, 0)
    if command.p3 not in _CHALLENGE_LENGTHS:
        raise Refusal(WRONG_LENGTH)
    return command.p3


def internal_authenticate(state: CardState, command: Command) -> bytes:
    """Proves that the card has its key IRK: 8 bytes over what the terminal chose."""
    _parameters(command, 0, 0)
    factor, source = _halves(command)
    key = state.key(0)
    return state.keys.authentication_value(key, factor, source)


def external_authenticate(state: CardState, command: Command) -> bytes:
    """Checks that the terminal has the key of number P2."""
    _parameters(command, 0, command.p2)
    value, source = _halves(command)
    state.authenticate(state.key(command.p2), value, source)
    return b""


def verify(state: CardState, command: Command) -> bytes:
    """Checks the holder's PIN; without data only tells how it stands."""
    _parameters(command, 0, 0)
    pin = _pin(state)
    if not command.data:
        pin.status()
        return b""
    if len(command.data) not in _PIN_LENGTHS:
        raise Refusal(WRONG_LENGTH)
    _checked(state, pin.verify, command.data)
    state.show(PIN)
    return b""


def change_pin(state: CardState, command: Command) -> bytes:
    """Old PIN, FF, new PIN."""
    _parameters(command, 1, 0)
    if len(command.data) not in _CHANGE_LENGTHS:
        raise Refusal(WRONG_LENGTH)
    _checked(state, _pin(state).change, command.data)
    return b""


def unblock_pin(state: CardState, command: Command) -> bytes:
    """Brings the tries back, with a new PIN or without; the bureau's key PUK must have been shown.

    A wrong MAC costs a try of that key: this is how somebody who guesses locks it.
    """
    _parameters(command, 0, command.p2)
    lengths = {_UNBLOCK: 0, _RELOAD: state.keys.algorithm.block_length}
    if command.p2 not in lengths:
        raise Refusal(WRONG_PARAMETERS)
    if len(command.data) != lengths[command.p2] + crypto.MAC_LENGTH:
        raise Refusal(WRONG_LENGTH)
    pin = _pin(state)
    state.require(rule(KeyName.PUK))
    if command.p2 == _UNBLOCK and not pin.is_set:
        raise Refusal(CONDITIONS_NOT_SATISFIED)
    try:
        data, session_key = state.secured(command)
    except Refusal as refusal:
        if refusal.status == SECURE_MESSAGE_WRONG:
            state.keys.failed(KeyName.PUK)
        raise
    if command.p2 == _UNBLOCK:
        pin.unblock()
        return b""
    try:
        pin.reload(crypto.deciphered(state.keys.algorithm, session_key, data))
    except ValueError:
        raise Refusal(WRONG_DATA) from None
    return b""


def block_application(state: CardState, command: Command) -> bytes:
    """Shuts the current application for ever, if it has a lock key and that was shown."""
    _parameters(command, 0, 1)
    _bare_mac(command)
    state.require(rule(state.own_key("LK")))
    state.secured(command)
    state.directory.blocked = True
    return b""


def block_card(state: CardState, command: Command) -> bytes:
    """Shuts the card for ever; the key BK must have been shown."""
    _parameters(command, 0, 0)
    _bare_mac(command)
    state.require(rule(KeyName.BK))
    state.secured(command)
    state.blocked = True
    return b""


def _checked(state: CardState, check: Callable[[bytes], None], data: bytes) -> None:
    """A PIN that is wrong takes back that the right one was shown before."""
    try:
        check(data)
    except Refusal:
        state.withdraw(PIN)
        raise


def _parameters(command: Command, p1: int, p2: int) -> None:
    if (command.p1, command.p2) != (p1, p2):
        raise Refusal(WRONG_PARAMETERS)


def _bare_mac(command: Command) -> None:
    if len(command.data) != crypto.MAC_LENGTH:
        raise Refusal(WRONG_LENGTH)


def _halves(command: Command) -> tuple[bytes, bytes]:
    """Two times 8 bytes; a key version behind them must be the one there is."""
    if len(command.data) not in _AUTHENTICATION_LENGTHS:
        raise Refusal(WRONG_LENGTH)
    if command.data[2 * _HALF :] not in (b"", bytes((_KEY_VERSION,))):
        raise Refusal(KEY_NOT_FOUND)
    return command.data[:_HALF], command.data[_HALF : 2 * _HALF]


def _pin(state: CardState) -> Pin:
    if state.pin is None:
        raise Refusal(KEY_NOT_FOUND)
    return state.pin

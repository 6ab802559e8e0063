"""The command processor of a chip card (ISO 7816-4): which commands there are, and what a card checks in which order.

Order of checks: card blocked, CLA, INS, application blocked, P1 P2, Lc, security, data. A T=0 card keeps the answer to
a command that carried data until the very next command, which must be GET RESPONSE; and it cuts nothing to length, it
names the right length instead. A card that speaks T=1 gives any answer at once.
"""

import secrets
from collections.abc import Callable, Set
from dataclasses import dataclass

from hardware_sim.card import file_commands, key_commands
from hardware_sim.card.answer_to_reset import speaks_blocks
from hardware_sim.card.crypto import Algorithm
from hardware_sim.card.files import Directory
from hardware_sim.card.keys import KeyName
from hardware_sim.card.state import CardState, Command, KeyRing
from hardware_sim.card.status import (
    APPLICATION_BLOCKED,
    CLASS_UNKNOWN,
    FUNCTION_NOT_SUPPORTED,
    INSTRUCTION_UNKNOWN,
    NOTHING_TO_SAY,
    OK,
    WRONG_LENGTH,
    WRONG_PARAMETERS,
    Refusal,
    more,
    right_length,
)

_MEDICAL = 0xB0
_CLASSES = frozenset({0x00, 0x04, 0x80, 0x84, _MEDICAL})
_SELECT = 0xA4
_GET_CHALLENGE = 0x84
_GET_RESPONSE = 0xC0
_HEADER_LENGTH = 4
_GET_BALANCE, _STARTING_DAY = 0x26, 0x56


@dataclass(frozen=True, slots=True)
class _Instruction:
    """What a card does on one INS, and in which classes."""

    run: Callable[[CardState, Command], bytes]
    classes: Set[int] = frozenset({0x00})
    takes_data: bool = True


_INSTRUCTIONS = {
    _SELECT: _Instruction(file_commands.select),
    0xB2: _Instruction(file_commands.read_record, takes_data=False),
    0xDC: _Instruction(file_commands.update_record, frozenset({0x00, 0x04})),
    0xB0: _Instruction(file_commands.read_binary, takes_data=False),
    0xD6: _Instruction(file_commands.update_binary, frozenset({0x00, 0x04})),
    0x88: _Instruction(key_commands.internal_authenticate),
    0x82: _Instruction(key_commands.external_authenticate),
    0x20: _Instruction(key_commands.verify),
    0x5E: _Instruction(key_commands.change_pin, frozenset({0x80})),
    0x24: _Instruction(key_commands.unblock_pin, frozenset({0x84})),
    0x1E: _Instruction(key_commands.block_application, frozenset({0x84})),
    0x16: _Instruction(key_commands.block_card, frozenset({0x84})),
}


def no_keys(_key: KeyName) -> bytes:
    """The keys of a card that has none of the social-security card's."""
    raise LookupError("this card has no keys")


class Chip:
    """One chip: what is in it, and what it remembers while it has power."""

    def __init__(
        self,
        atr: bytes,
        root: Directory,
        *,
        blocked: bool = False,
        keys: KeyRing | None = None,
        random: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        """A chip without power.

        Args:
            atr: its answer to reset; it also says whether the card speaks T=0 or T=1.
            root: its files; they belong to this chip alone.
            blocked: the issuer has shut the whole card.
            keys: of a card that has keys.
            random: so many random bytes.
        """
        self.atr = atr
        self._root = root
        self._random = random
        self._state = CardState(
            root, keys or KeyRing(no_keys, Algorithm.DES), blocked=blocked, whole_answers=speaks_blocks(atr)
        )
        self._pending = b""

    def power_on(self) -> bytes:
        """Forgets everything of the session before and gives the answer to reset."""
        self._state.power_on()
        self._pending = b""
        return self.atr

    def command(self, command: bytes) -> bytes:
        """The answer to one command, status word included."""
        if len(command) < _HEADER_LENGTH:
            return WRONG_LENGTH.to_bytes(2)
        try:
            data, status = self._dispatch(command)
        except Refusal as refusal:
            data, status = b"", refusal.status
        return data + status.to_bytes(2)

    def _dispatch(self, command: bytes) -> tuple[bytes, int]:
        class_, instruction = command[:2]
        pending, self._pending = self._pending, b""
        if self._state.blocked:
            raise Refusal(FUNCTION_NOT_SUPPORTED)
        if class_ not in _CLASSES:
            raise Refusal(CLASS_UNKNOWN)
        if (class_, instruction) == (0x00, _GET_RESPONSE):
            return self._get_response(command, pending)
        if class_ == _MEDICAL:
            return self._medical(command)
        self._state.interrupt()
        if (class_, instruction) == (0x00, _GET_CHALLENGE):
            self._check_application()
            length = key_commands.challenge_length(_parsed(command, takes_data=False))
            return key_commands.get_challenge(self._state, self._random(length)), OK
        return self._basic(class_, instruction, command)

    def _basic(self, class_: int, instruction: int, command: bytes) -> tuple[bytes, int]:
        known = _INSTRUCTIONS.get(instruction)
        if known is None:
            raise Refusal(INSTRUCTION_UNKNOWN)
        if class_ not in known.classes:
            raise Refusal(CLASS_UNKNOWN)
        if instruction != _SELECT:
            self._check_application()
        answer = known.run(self._state, _parsed(command, takes_data=known.takes_data))
        return self._kept(answer) if known.takes_data else (answer, OK)

    def _medical(self, command: bytes) -> tuple[bytes, int]:
        """A command to the purse, which exists in one application only."""
        if self._state.directory.purse is None:
            raise Refusal(INSTRUCTION_UNKNOWN)
        self._check_application()
        takes_data = command[1] != _GET_BALANCE and command[1:3] != bytes((_STARTING_DAY, 1))
        parsed = _parsed(command, takes_data=takes_data)
        length = 0 if takes_data else parsed.p3
        answer, status = self._state.directory.purse.command(
            parsed.header,
            parsed.data,
            length,
            pin_ok=self._state.pin_given,
            may_set_starting_day=self._state.is_shown(KeyName.DSK),
        )
        return self._kept(answer) if takes_data and status == OK else (answer, status)

    def _check_application(self) -> None:
        if self._state.application_blocked:
            raise Refusal(APPLICATION_BLOCKED)

    def _kept(self, answer: bytes) -> tuple[bytes, int]:
        """The answer to a command with data: a T=0 card keeps it for GET RESPONSE."""
        if self._state.whole_answers or not answer:
            return answer, OK
        self._pending = answer
        return b"", more(len(answer))

    def _get_response(self, command: bytes, pending: bytes) -> tuple[bytes, int]:
        parsed = _parsed(command, takes_data=False)
        if (parsed.p1, parsed.p2) != (0, 0):
            raise Refusal(WRONG_PARAMETERS)
        if not pending:
            raise Refusal(NOTHING_TO_SAY)
        if parsed.p3 == 0 or parsed.p3 > len(pending):
            self._pending = pending
            raise Refusal(right_length(len(pending)))
        self._pending = pending[parsed.p3 :]
        return pending[: parsed.p3], more(len(self._pending)) if self._pending else OK


def _parsed(command: bytes, *, takes_data: bool) -> Command:
    """Header, length and data; a length expected behind the data is tolerated.

    Raises:
        Refusal: the lengths do not fit.
    """
    p3 = command[4] if len(command) > _HEADER_LENGTH else 0
    body = command[5:]
    if len(body) not in ((p3, p3 + 1) if takes_data else (0,)):
        raise Refusal(WRONG_LENGTH)
    return Command(command[:_HEADER_LENGTH], p3, body[:p3] if takes_data else b"")

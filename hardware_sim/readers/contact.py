"""The contacts of one slot: power, speed and protocol, between a reader's messages and the card."""

from functools import reduce
from operator import xor
from typing import Final

from hardware_sim.card.slot import Reaction, Slot
from hardware_sim.readers import reset_answer
from hardware_sim.readers.reset_answer import DEFAULT_SPEED, ResetAnswer
from hardware_sim.readers.t1_card import T1Card, check

ACTIVE, INACTIVE, ABSENT = 0x00, 0x01, 0x02

_PARAMETERS: Final = {0: bytes((DEFAULT_SPEED, 0x00, 0x00, 0x0A, 0x00)), 1: bytes((0x11, 0x10, 0, 0x4D, 0, 0x20, 0))}
_SPEED_REQUEST: Final = 0xFF
_WITH_SPEED: Final = 0x10
_NOTHING: Final = Reaction(None)


class Contact:
    """One slot with its card, as the reader's electronics see it."""

    def __init__(self, slot: Slot, *, negotiates_speed: bool = False) -> None:
        self.slot = slot
        self._negotiates_speed = negotiates_speed
        self._card = ResetAnswer()
        self._fresh()

    def _fresh(self) -> None:
        self.protocol = self._card.first_protocol if self._card.first_protocol in _PARAMETERS else 0
        self.parameters = _PARAMETERS[self.protocol]
        self._card_speed = self._card.speed if self._card.fixed_speed else DEFAULT_SPEED
        self._spoken = False
        self._t1 = T1Card(self.slot.transmit, crc=self._card.crc)

    @property
    def state(self) -> int:
        """What a reader reports of its slot."""
        if not self.slot.present:
            return ABSENT
        return ACTIVE if self.slot.powered else INACTIVE

    def power_on(self) -> bytes:
        """Powers the card, which starts at its first speed; its answer to reset, empty when none comes."""
        atr = self.slot.power_on()
        if not atr:
            self.slot.power_off()
            return b""
        self._card = reset_answer.read(atr)
        self._fresh()
        return atr

    def set_parameters(self, protocol: int, parameters: bytes) -> bool:
        """How the reader speaks from now on; False: these are no parameters."""
        if protocol not in _PARAMETERS or len(parameters) != len(_PARAMETERS[protocol]):
            return False
        if protocol != self.protocol:
            self._t1 = T1Card(self.slot.transmit, crc=self._card.crc)
        self.protocol, self.parameters = protocol, parameters
        if self._negotiates_speed:
            self._card_speed = parameters[0]
        return True

    def exchange(self, data: bytes) -> Reaction:
        """What the card says to a T=0 command, a T=1 block, or a request for another speed (PPS)."""
        first, self._spoken = not self._spoken, True
        if not self.slot.powered:
            return _NOTHING
        if first and data[:1] == bytes((_SPEED_REQUEST,)):
            return self._agreed(data)
        if self.parameters[0] != self._card_speed:
            return _NOTHING  # at another speed the card hears nothing
        return self._t1.block(data) if self.protocol == 1 else self.slot.transmit(data)

    def carry(self, command: bytes, prologue: bytes) -> Reaction:
        """What the card says to a command that was built in the reader; ``prologue`` begins its T=1 block."""
        if self.protocol == 0:
            return self.exchange(command)
        block = prologue[:2] + bytes((len(command),)) + command
        return self.exchange(block + check(block, crc=self._card.crc))

    def _agreed(self, request: bytes) -> Reaction:
        """A card says yes by repeating the request, and no by silence."""
        wanted = request[2] if len(request) == 4 and request[1] & _WITH_SPEED else DEFAULT_SPEED
        offered = self._card.protocols or [0]
        if reduce(xor, request) or wanted not in (DEFAULT_SPEED, self._card.speed) or request[1] & 0x0F not in offered:
            return _NOTHING
        self._card_speed = wanted
        return Reaction(request)

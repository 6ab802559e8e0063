"""One slot of a serial CCID reader: power, speed and protocol of the card in it, and commands to the card.

The reader only carries what it is given (TPDU level): with T=0 a command as it is, with T=1 blocks.
"""

from collections.abc import Sequence
from typing import Final

from pos_client.card import words
from pos_client.card.iso7816.atr import DEFAULT_SPEED, AnswerToReset, NoAtr, parse
from pos_client.card.readers import ccid_line, pps
from pos_client.card.readers.ccid_line import CcidLine, Disturbed, Reply
from pos_client.card.readers.t1 import LARGEST_BLOCK, T1, BlockTrouble, NoBlocks
from pos_client.errors import EnvironmentProblem

#: 5 V, 3 V, 1.8 V: the order in which a card is tried.
_VOLTAGES: Final = (1, 2, 3)
_NO_SUCH_SLOT: Final = 0x05
_MOST_SLOTS: Final = 8
#: A block that the card did not answer, or not readably, may be asked for again.
_BLOCK_LOST: Final = (0xFE, 0xFD)
_T1_CHECKS: Final = 0x10


class NoSuchSlot(Exception):
    """The reader has fewer slots."""


class CcidSlot:
    """The slot and the card that has power in it."""

    def __init__(self, line: CcidLine, number: int) -> None:
        self._line = line
        self._number = number
        self._blocks: T1 | None = None
        self._speaks_t0 = False

    @property
    def speaks_t0(self) -> bool:
        """Whether the card in it has power and speaks T=0."""
        return self._speaks_t0

    def card_present(self) -> bool:
        """Whether a card is in it, without touching the card.

        Raises:
            NoSuchSlot: the reader does not have it.
        """
        reply = self._line.ask(ccid_line.SLOT_STATUS, slot=self._number)
        if reply.slot != self._number or (reply.failed and reply.error == _NO_SUCH_SLOT):
            raise NoSuchSlot
        return not reply.card_absent

    def power_on(self) -> bytes:
        """Powers the card and agrees with it on speed and protocol; its answer to reset.

        Raises:
            EnvironmentProblem: no card, or one that does not answer as a card does.
            NoSuchSlot: the reader does not have this slot.
            Disturbed: the reader does not take what the card wants.
        """
        self._speaks_t0, self._blocks = False, None
        atr, card = self._reset()
        if card.first_protocol not in (0, 1):
            raise EnvironmentProblem(words.NOT_SOCIAL_SECURITY, {"protocol": card.first_protocol})
        if card.specific or not self._speeds_up(card):
            speed = card.speed if card.specific else DEFAULT_SPEED
            if self._parameters_refused(card, speed):
                raise Disturbed("the reader does not take the card's parameters")
        if card.first_protocol == 1:
            self._blocks = self._block_session(card)
        self._speaks_t0 = self._blocks is None
        return atr

    def transmit(self, command: bytes) -> bytes:
        """The card's raw answer to one command.

        Raises:
            EnvironmentProblem: the card was pulled out or fell silent.
            Disturbed: its blocks cannot be understood.
        """
        if self._blocks is not None:
            try:
                return self._blocks.transmit(command)
            except BlockTrouble as trouble:
                raise _told(trouble) from None
        reply = self._carried(command)
        if reply.failed:
            raise _mute(reply)
        return reply.data

    def secure(self, structure: bytes) -> Reply:
        """Lets the reader's own keys do what a PIN structure says; what came of it.

        Raises:
            EnvironmentProblem: the card was pulled out or fell silent.
        """
        reply = self._still_there(self._line.ask(ccid_line.SECURE, data=structure, slot=self._number))
        if reply.failed and reply.error in _BLOCK_LOST:
            raise _mute(reply)
        return reply

    def power_off(self) -> None:
        """Takes the power off the card."""
        self._speaks_t0, self._blocks = False, None
        self._line.ask(ccid_line.POWER_OFF, slot=self._number)

    def _reset(self) -> tuple[bytes, AnswerToReset]:
        reply = self._powered()
        try:
            card = parse(reply.data)
        except NoAtr as trouble:
            raise EnvironmentProblem(words.CARD_MUTE, {"atr": str(trouble)}) from None
        if self._number == 0:
            self._line.card_left = False
        return reply.data, card

    def _powered(self) -> Reply:
        """The answer to reset at the first voltage that brings one; an empty slot says so at once."""
        for voltage in _VOLTAGES:
            reply = self._line.ask(ccid_line.POWER_ON, bytes((voltage, 0, 0)), slot=self._number)
            if not reply.failed:
                break
            if reply.error == _NO_SUCH_SLOT:
                raise NoSuchSlot
            if reply.card_absent:
                raise EnvironmentProblem(words.NO_CARD)
        if reply.card_absent:
            raise EnvironmentProblem(words.NO_CARD)
        if reply.failed:
            raise _mute(reply)
        return reply

    def _speeds_up(self, card: AnswerToReset) -> bool:
        """Agrees on a faster speed; False: card and reader are at the first one, and the reader is not told yet."""
        speed = pps.best_speed(card.speed, slot=self._number)
        if speed == DEFAULT_SPEED:
            return False
        asked = pps.request(card.first_protocol, speed)
        reply = self._carried(asked)
        agreed = None if reply.failed else pps.agreed_speed(asked, reply.data)
        if agreed == DEFAULT_SPEED:
            return False
        if agreed is None or self._parameters_refused(card, agreed):
            self._reset()
            return False
        return True

    def _parameters_refused(self, card: AnswerToReset, speed: int) -> bool:
        """Tells the reader how to speak to the card."""
        inverse = 0x02 if card.inverse else 0x00
        if card.first_protocol == 0:
            parameters = bytes((speed, inverse, card.guard_time, card.waiting_integer, 0))
        else:
            checks = _T1_CHECKS | inverse | card.blocks.crc
            parameters = bytes((speed, checks, card.guard_time, card.blocks.waiting, 0, card.blocks.card_size, 0))
        protocol = bytes((card.first_protocol, 0, 0))
        return self._still_there(
            self._line.ask(ccid_line.SET_PARAMETERS, protocol, parameters, slot=self._number)
        ).failed

    def _block_session(self, card: AnswerToReset) -> T1:
        blocks = T1(self._carried_block, card_size=card.blocks.card_size, with_crc=card.blocks.crc)
        try:
            blocks.ask_for_blocks_of(LARGEST_BLOCK)
        except BlockTrouble as trouble:
            raise _told(trouble) from None
        return blocks

    def _carried_block(self, block: bytes, waiting: int) -> bytes:
        reply = self._carried(block, waiting)
        if not reply.failed:
            return reply.data
        if reply.error in _BLOCK_LOST:
            return b""
        raise _mute(reply)

    def _carried(self, data: bytes, waiting: int = 0) -> Reply:
        return self._still_there(self._line.ask(ccid_line.TRANSFER, bytes((waiting, 0, 0)), data, slot=self._number))

    def _still_there(self, reply: Reply) -> Reply:
        """Only the card of slot 0 is announced when it leaves."""
        announced = self._number == 0 and self._line.card_left
        if announced or reply.card_absent or reply.card_unpowered:
            raise EnvironmentProblem(words.CARD_TORN)
        return reply


def other_slots(line: CcidLine, own: int) -> Sequence[int]:
    """The other slots of this line's reader that hold a card."""
    found = []
    for number in range(_MOST_SLOTS):
        if number == own:
            continue
        try:
            if CcidSlot(line, number).card_present():
                found.append(number)
        except NoSuchSlot:
            break
    return found


def _mute(reply: Reply) -> EnvironmentProblem:
    return EnvironmentProblem(words.CARD_MUTE, {"ccid_error": f"{reply.error:02X}"})


def _told(trouble: BlockTrouble) -> Exception:
    if isinstance(trouble, NoBlocks):
        return EnvironmentProblem(words.CARD_MUTE, {"blocks": str(trouble)})
    return Disturbed(str(trouble))

"""A serial CCID reader of any model: CCID messages in frames, with the make's habits.

Some makes send every command back before they answer. A card that came or left is announced before the next answer, and
a slow card's wish for more time goes through as single bytes. Source: ``ccid_serial.c`` of LudovicRousseau/CCID, and
sessions with the real driver.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from hardware_sim.card.faults import Fault, FaultPlan, LineFault
from hardware_sim.card.slot import Reaction, Slot
from hardware_sim.readers import pin_entry
from hardware_sim.readers.contact import ABSENT, ACTIVE, Contact
from hardware_sim.readers.framing import DAMAGED, HEADER_LENGTH, NAK, Frames, framed
from hardware_sim.readers.line_troubles import HungUp, Pause, Send, is_at, slowed, spoiled
from hardware_sim.readers.models import Model
from hardware_sim.readers.pin_pad import Ending, NotEntered, PinPad, PinPadHands

_CARD_CAME: Final = bytes((0x50, 0x03))
_CARD_LEFT: Final = bytes((0x50, 0x02))
_MORE_TIME: Final = bytes((0x80,))

_PARAMETERS, _POWER_ON, _POWER_OFF, _SLOT_STATUS, _SECURE, _ESCAPE, _GET_PARAMETERS, _TRANSFER = (
    0x61, 0x62, 0x63, 0x65, 0x69, 0x6B, 0x6C, 0x6F,
)  # fmt: skip
_DATA_BLOCK, _STATUS, _PARAMETERS_ARE, _ESCAPED = 0x80, 0x81, 0x82, 0x83
_FAILED: Final = 0x40
_TIME_EXTENSION: Final = 0x80
_CARD_MUTE: Final = 0xFE
_NO_SUCH_SLOT: Final = 0x05
_PROTOCOL_UNSUPPORTED: Final = 0x07
_UNSUPPORTED: Final = 0x00
_STRUCTURE_AT: Final = HEADER_LENGTH + 1

#: How long a T=0 card may take before the reader calls it mute, and how often a slow card asks for more time.
_WAITING_TIME_MS: Final = 1000
_ASKING_INTERVAL_MS: Final = 250
#: A longer escape is not sent back whole: the driver has room for its short answer only, and takes any frame for it.
_LONGEST_ECHOED_ESCAPE: Final = 40


class SerialReader:
    """The reader's own program; whoever holds the line feeds it bytes and carries what it sends."""

    def __init__(
        self,
        model: Model,
        slots: Sequence[Slot],
        faults: Iterable[Fault] = (),
        *,
        echo: bool | None = None,
        hands: PinPadHands | None = None,
    ) -> None:
        """``slots``: from slot 0 on, the others stay empty; ``echo``: against the model's habit, where it is given."""
        empty = [Slot() for _ in range(model.slots - len(slots))]
        self._model = model
        self._slot = slots[0]
        self._contacts = [Contact(slot, negotiates_speed=model.negotiates_speed) for slot in (*slots, *empty)]
        self._echo = model.echo if echo is None else echo
        self._plan = FaultPlan(faults)
        self._pad = PinPad(hands or PinPadHands())
        self._pad_fault: Ending | None = None
        self._frames = Frames()
        self._told_insertions = self._slot.insertions
        self._told_present = self._slot.present
        self._carried = 0
        self._silent = False

    def add_fault(self, fault: Fault) -> None:
        """Plans one more fault of the line."""
        self._plan.add(fault)

    def line_opened(self) -> None:
        """A new program has opened the line: what an earlier one left half-said is forgotten."""
        self._frames.forget()
        self._silent = False

    def receive(self, data: bytes, send: Send, pause: Pause) -> None:
        """Takes bytes from the line, in pieces as they come, and answers every frame that is whole.

        Raises:
            HungUp: the reader closes the line.
        """
        self._frames.feed(data)
        while (message := self._frames.next()) is not None:
            if message == DAMAGED:
                send(NAK)
            else:
                self._answer(message, send, pause)

    def _answer(self, message: bytes, send: Send, pause: Pause) -> None:
        fault = self._due_fault(message)
        send = slowed(fault, send, pause)
        if is_at(fault, LineFault.HANG_UP):
            raise HungUp("the reader is unplugged")
        if is_at(fault, LineFault.NAK):
            send(NAK)
            return
        if self._echo and not is_at(fault, LineFault.NO_ECHO):
            send(framed(self._echoed(message)))
        if is_at(fault, LineFault.SLOT_CHANGE):
            self._slot.remove()
            self._slot.insert()
        if is_at(fault, LineFault.NO_CARD):
            self._contacts[0].slot.power_off()
        self._announce(send)
        self._silent = self._silent or is_at(fault, LineFault.SILENT)
        if self._silent:
            return
        if is_at(fault, LineFault.NO_CARD):
            answer = self._reply(_DATA_BLOCK, message, status=_FAILED, error=_CARD_MUTE, card=ABSENT)
        else:
            answer = self._answer_to(message, send, pause)
        send(spoiled(fault, framed(answer), framed(self._wish_for_time(message))))

    def _due_fault(self, message: bytes) -> Fault | None:
        """Faults of the line strike while commands are carried to cards, counted since the first slot's has power.

        Those of the PIN pad wait for the next time that it asks.
        """
        if message[0] == _POWER_ON and message[5] == 0:
            self._carried = 0
        if message[0] not in (_TRANSFER, _SECURE):
            return None
        self._carried += 1
        fault = self._plan.due(self._carried)
        if is_at(fault, LineFault.PIN_CANCEL):
            self._pad_fault = Ending.CANCELLED
        if is_at(fault, LineFault.PIN_TIMEOUT):
            self._pad_fault = Ending.TIMED_OUT
        return fault

    def _echoed(self, message: bytes) -> bytes:
        if message[0] == _ESCAPE and len(message) > _LONGEST_ECHOED_ESCAPE:
            return self._reply(_ESCAPED, message)
        return message

    def _announce(self, send: Send) -> None:
        """Only the first slot has a switch that feels its card."""
        present, insertions = self._slot.present, self._slot.insertions
        if self._told_present and (not present or insertions != self._told_insertions):
            send(_CARD_LEFT)
            self._told_present = False
        if present and not self._told_present:
            send(_CARD_CAME)
        self._told_present, self._told_insertions = present, insertions

    def _answer_to(self, message: bytes, send: Send, pause: Pause) -> bytes:
        kind, data = message[0], message[HEADER_LENGTH:]
        if message[5] >= len(self._contacts):
            return self._reply(_STATUS, message, status=_FAILED, error=_NO_SUCH_SLOT)
        contact = self._contacts[message[5]]
        if kind == _TRANSFER:
            return self._carried_out(message, contact.exchange(data), send, pause)
        if kind == _POWER_ON:
            return self._power_on(message, contact)
        if kind == _POWER_OFF:
            contact.slot.power_off()
            return self._reply(_STATUS, message)
        if kind == _SLOT_STATUS:
            return self._reply(_STATUS, message)
        if kind == _ESCAPE:
            return self._escape(message, data)
        if kind in (_PARAMETERS, _GET_PARAMETERS):
            return self._parameters(message, contact)
        if kind == _SECURE and self._model.pin_pad:
            return self._secure(message, contact, send, pause)
        return self._reply(_STATUS, message, status=_FAILED, error=_UNSUPPORTED)

    def _escape(self, message: bytes, data: bytes) -> bytes:
        for beginning, answer in self._model.escapes.items():
            if data == beginning or (len(beginning) > 1 and data.startswith(beginning)):
                return self._reply(_ESCAPED, message, data=answer)
        return self._reply(_ESCAPED, message, status=_FAILED, error=_UNSUPPORTED)

    def _power_on(self, message: bytes, contact: Contact) -> bytes:
        atr = contact.power_on()
        if not atr:
            return self._reply(_DATA_BLOCK, message, status=_FAILED, error=_CARD_MUTE)
        return self._reply(_DATA_BLOCK, message, data=atr)

    def _parameters(self, message: bytes, contact: Contact) -> bytes:
        if message[0] == _PARAMETERS and not contact.set_parameters(message[7], message[HEADER_LENGTH:]):
            return self._reply(_PARAMETERS_ARE, message, status=_FAILED, error=_PROTOCOL_UNSUPPORTED)
        return self._reply(_PARAMETERS_ARE, message, data=contact.parameters, last=contact.protocol)

    def _secure(self, message: bytes, contact: Contact, send: Send, pause: Pause) -> bytes:
        """Lets the holder enter a PIN; the reader asks for more time meanwhile.

        It does so by single bytes: the driver of a reader with echo takes the frame behind a message that asks for time
        for another echo, and waits in vain for the answer that it has dropped.
        """
        ending, self._pad_fault = self._pad_fault, None
        passed_ms = 0

        def tick(duration_ms: int) -> bool:
            nonlocal passed_ms
            pause(duration_ms)
            passed_ms += duration_ms
            if passed_ms % _ASKING_INTERVAL_MS < duration_ms:
                send(_MORE_TIME)
            return contact.slot.powered

        try:
            entry = pin_entry.read(message[HEADER_LENGTH:])
            command = self._pad.command(entry, tick, ending)
        except pin_entry.NotUnderstood as trouble:
            return self._reply(_DATA_BLOCK, message, status=_FAILED, error=_STRUCTURE_AT + trouble.at)
        except NotEntered as none:
            return self._reply(_DATA_BLOCK, message, status=_FAILED, error=none.ending.value)
        if len(command) == len(_CARD_CAME):  # the pad's own status word: nothing goes to the card
            return self._reply(_DATA_BLOCK, message, data=command)
        return self._carried_out(message, contact.carry(command, entry.prologue), send, pause)

    def _carried_out(self, message: bytes, reaction: Reaction, send: Send, pause: Pause) -> bytes:
        self._wait(message, reaction, send, pause)
        if reaction.answer is None:
            return self._reply(_DATA_BLOCK, message, status=_FAILED, error=_CARD_MUTE)
        return self._reply(_DATA_BLOCK, message, data=reaction.answer, card=ACTIVE)

    def _wait(self, message: bytes, reaction: Reaction, send: Send, pause: Pause) -> None:
        left_ms = reaction.delay_ms
        while left_ms > 0:
            pause(min(left_ms, _ASKING_INTERVAL_MS))
            left_ms -= _ASKING_INTERVAL_MS
            send(_MORE_TIME)
        if reaction.answer is None and self._contacts[message[5]].slot.powered:
            pause(_WAITING_TIME_MS)

    def _wish_for_time(self, message: bytes) -> bytes:
        return self._reply(_DATA_BLOCK, message, status=_TIME_EXTENSION, error=1)

    def _reply(
        self,
        kind: int,
        message: bytes,
        *,
        status: int = 0,
        error: int = 0,
        data: bytes = b"",
        card: int | None = None,
        last: int = 0,
    ) -> bytes:
        """A message to the computer; the slot's state of this moment goes with it, unless ``card`` says another."""
        if card is None:
            card = self._contacts[message[5]].state if message[5] < len(self._contacts) else ABSENT
        head = bytes((kind,)) + len(data).to_bytes(4, "little") + message[5:7]
        return head + bytes((status | card, error, last)) + data

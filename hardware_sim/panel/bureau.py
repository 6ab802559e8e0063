"""The bureau as the panel sees it: up or down, its faults, its clock, its ledger, and what has happened there.

Faults and clock outlive a restart of the server, as the switches of a real machine would. Everything here waits for
the server and belongs to one thread beside the window.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from hardware_sim.panel.child import FrontEndChild
from hardware_sim.panel.control import Control, ControlTrouble, Faults, LedgerRow, SwitchedFault, Voucher


class What(StrEnum):
    """What has happened at the bureau."""

    STARTED = "started"
    STOPPED = "stopped"
    DIED = "died"
    BOOKED = "booked"
    CANCELLED = "cancelled"
    REVERSED = "reversed"
    STRUCK = "struck"


@dataclass(frozen=True, slots=True)
class Happening:
    """One event; ``subject`` is the transaction or the fault."""

    what: What
    subject: str = ""
    total_fen: int = 0


@dataclass(frozen=True, slots=True)
class Seen:
    """The bureau at one moment, and what has happened since the moment before."""

    running: bool
    faults: tuple[SwitchedFault, ...]
    offset_s: int
    settlements: int
    total_fen: int
    happened: tuple[Happening, ...]

    def fault(self, name: str) -> SwitchedFault | None:
        """The fault of that name, if it was switched on."""
        return next((one for one in self.faults if one.name == name), None)


class Bureau:
    """Turns the screws of a front-end server in a process of its own."""

    def __init__(self, child: FrontEndChild) -> None:
        self._child = child
        self._control: Control | None = None
        self._faults: tuple[SwitchedFault, ...] = ()
        self._struck: Mapping[str, int] = {}
        self._offset_s = 0
        self._rows: dict[str, LedgerRow] | None = None
        self._happened: list[Happening] = []
        self.url = ""

    def start(self) -> Seen:
        """Takes the server up, with the faults and the clock that it had.

        Raises:
            CannotStart: it did not begin to serve.
            ControlTrouble: it serves, but not as it should.
        """
        address = self._child.start()
        self.url = address.url
        self._control = Control(address.control_url)
        self._struck = {}
        self._happened.append(Happening(What.STARTED))
        if self._faults:
            self._keep(self._control.replace_faults(self._left()))
        self._control.set_offset(self._offset_s)
        return self.look()

    def stop(self) -> Seen:
        """Takes the server down; nobody answers on its port any more."""
        self._look()
        if self._control is not None:
            self._leave()
            self._happened.append(Happening(What.STOPPED))
        return self._seen()

    def look(self) -> Seen:
        """Looks at what is there now.

        Raises:
            ControlTrouble: the server lives and does not answer as it should; as of every method here.
        """
        self._look()
        return self._seen()

    def switch(self, fault: SwitchedFault) -> Seen:
        """Switches a fault on, instead of another of that name; those that have struck often enough end."""
        return self._replace_faults(SwitchedFault(fault.name, fault.infno, fault.times), fault.name)

    def switch_off(self, name: str) -> Seen:
        """Switches the fault of that name off."""
        return self._replace_faults(None, name)

    def set_offset(self, offset_s: int) -> Seen:
        """Lets the bureau's clock run so many seconds ahead of the machine's."""
        self._offset_s = offset_s
        if self._control is not None:
            self._control.set_offset(offset_s)
        return self.look()

    def issue_voucher(self, person_no: str) -> Voucher:
        """A fresh code of this person's e-voucher.

        Raises:
            ControlTrouble: the server is down, or issues none.
        """
        if self._control is None:
            raise ControlTrouble("down")
        return self._control.issue_voucher(person_no)

    def close(self) -> None:
        """Ends the server for good."""
        self._leave()

    def _look(self) -> None:
        if self._control is None:
            return
        try:
            self._keep(self._control.faults())
            self._compare(self._control.ledger())
        except ControlTrouble:
            if self._child.running:
                raise
            self._leave()
            self._happened.append(Happening(What.DIED))

    def _leave(self) -> None:
        self._child.stop()
        if self._control is not None:
            self._control.close()
            self._control = None

    def _replace_faults(self, fault: SwitchedFault | None, name: str) -> Seen:
        self._look()
        left = [one for one in self._left() if one.name != name]
        wanted = left if fault is None else [*left, fault]
        if self._control is None:
            self._faults = tuple(wanted)
        else:
            self._keep(self._control.replace_faults(wanted))
        return self._seen()

    def _left(self) -> list[SwitchedFault]:
        """The faults that still have to strike: to replace them sets their counts to zero."""
        return [
            replace(one, times=None if one.times is None else one.times - one.fired, fired=0)
            for one in self._faults
            if not one.used_up
        ]

    def _keep(self, faults: Faults) -> None:
        for name, times in faults.struck.items():
            self._happened += [Happening(What.STRUCK, name)] * (times - self._struck.get(name, 0))
        self._faults, self._struck = faults.on, faults.struck

    def _compare(self, ledger: list[LedgerRow]) -> None:
        before, self._rows = self._rows, {row.id: row for row in ledger}
        if before is not None:
            for row in ledger:
                self._happened += _happened_to(row, before.get(row.id))

    def _seen(self) -> Seen:
        happened, self._happened = tuple(self._happened), []
        standing = [row for row in (self._rows or {}).values() if not (row.cancels or row.voided or row.reversed)]
        return Seen(
            running=self._control is not None,
            faults=self._faults,
            offset_s=self._offset_s,
            settlements=len(standing),
            total_fen=sum(row.total_fen for row in standing),
            happened=happened,
        )


def _happened_to(row: LedgerRow, before: LedgerRow | None) -> Iterator[Happening]:
    if before is None:
        yield Happening(What.CANCELLED if row.cancels else What.BOOKED, row.infno, abs(row.total_fen))
    if row.reversed and not (before is not None and before.reversed):
        yield Happening(What.REVERSED, row.infno, row.total_fen)

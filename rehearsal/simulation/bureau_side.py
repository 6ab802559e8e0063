"""The bureau of a simulated day: the front-end simulator's own parts on a ledger in memory, emptied for each day."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Connection, insert, select

from hardware_sim.front_end import ledger as ledger_tables
from hardware_sim.front_end import register, settlements
from hardware_sim.front_end.assessment import Assessor
from hardware_sim.front_end.bureau import Bureau
from hardware_sim.front_end.catalogue import shipped_catalogue
from hardware_sim.front_end.clock import BureauClock
from hardware_sim.front_end.ledger import Ledger
from hardware_sim.front_end.office import Office
from hardware_sim.front_end.region import Edition
from hardware_sim.front_end.tables import tables_of
from hardware_sim.front_end.wire import Wire
from pos_client.money import yuan
from rehearsal.visits_agreement import BureauVisit

from .door import ScriptedFaults
from .virtual_time import VirtualTime

POLICY = "yizheng"

Row = Mapping[str, Any]


class BureauSide:
    """One bureau with its ledger and its wire."""

    def __init__(self, edition: Edition, time: VirtualTime) -> None:
        self.faults = ScriptedFaults()
        self.clock = BureauClock(source=time.now)
        self.clock.follow_skew(self.faults.clock_skew_s)
        self._ledger = _ledger()
        office = Office(
            tables=tables_of(edition),
            catalogue=_catalogue(),
            assessor=_assessor(),
            clock=self.clock,
            faults=self.faults,
        )
        with self._ledger.begin() as connection:
            _empty(connection)
            register.load_personas(connection, edition, self.clock.today())
        self.wire = Wire(Bureau(office, self._ledger).receive, self.faults)

    def ledger(self) -> list[Row]:
        """Every settlement and cancellation, oldest first, as ``/_sim/ledger`` shows them."""
        with self._ledger.begin() as connection:
            return [_row(one) for one in settlements.everything(connection)]

    def visits(self) -> list[BureauVisit]:
        """Every visit and stay, taken back or not."""
        tables = ledger_tables
        with self._ledger.begin() as connection:
            rows: dict[str, dict[str, str | None]] = {}
            for row in connection.execute(select(tables.fee_rows)):
                rows.setdefault(row.mdtrt_id, {})[row.feedetl_sn] = row.setl_id
            found = connection.execute(select(tables.visits).order_by(tables.visits.c.mdtrt_id)).all()
        return [
            BureauVisit(one.msgid, one.mdtrt_id, not one.removed, bool(one.ended), rows.get(one.mdtrt_id, {}))
            for one in found
        ]

    def asked(self, infno: str) -> list[str]:
        """The bodies of all messages of one transaction that the bureau has taken in."""
        messages = ledger_tables.messages
        with self._ledger.begin() as connection:
            found = select(messages.c.request).where(messages.c.infno == infno)
            return [str(body) for body in connection.scalars(found)]


def _row(one: settlements.Settlement) -> Row:
    figures = ("medfee_sumamt", "fund_pay_sumamt", "acct_pay", "psn_cash_pay")
    names = ("setl_id", "mdtrt_id", "msgid", "infno", "kind", "cancels", "psn_no", "setl_time", "voided", "reversed")
    shown: dict[str, Any] = {name: getattr(one, name) for name in names}
    return shown | {name: yuan(getattr(one.amounts, name)) for name in figures}


@cache
def _ledger() -> Ledger:
    """One ledger in memory for all days of this process; opening one costs more than emptying it."""
    return Ledger.open("sqlite://", durable=False)


@cache
def _catalogue() -> Mapping[str, Any]:
    return shipped_catalogue()


@cache
def _assessor() -> Assessor:
    return Assessor(POLICY, date(2026, 11, 21))


def _empty(connection: Connection) -> None:
    for table in reversed(ledger_tables.metadata.sorted_tables):
        connection.execute(table.delete())
    rows: Iterable[dict[str, object]] = ({"kind": kind, "last": 0} for kind in ledger_tables.SERIAL_KINDS)
    connection.execute(insert(ledger_tables.serials), list(rows))

"""A counter that hands its messages to a bureau in the same process: everything but the wire."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import simplejson

from hardware_sim.front_end import register, settlements
from hardware_sim.front_end.assessment import Assessor
from hardware_sim.front_end.bureau import Bureau
from hardware_sim.front_end.catalogue import read_catalogue
from hardware_sim.front_end.clock import SHANGHAI, BureauClock
from hardware_sim.front_end.faults import Fault, FaultPlan
from hardware_sim.front_end.ledger import Ledger
from hardware_sim.front_end.office import Office
from hardware_sim.front_end.region import Edition
from hardware_sim.front_end.register import Counters
from hardware_sim.front_end.settlements import Settlement
from hardware_sim.front_end.tables import tables_of

from .desk import ZHANG, Desk

HOSPITAL = "H43999900001"
NOW = datetime(2026, 11, 21, 9, 18, 12, tzinfo=SHANGHAI)


class Counter(Desk):
    """A desk of an institution beside a bureau in memory; the bureau's clock stands until it is set."""

    def __init__(self, bureau: Bureau, office: Office, ledger: Ledger, institution: str) -> None:
        super().__init__("", institution)
        self.bureau = bureau
        self.office = office
        self.books = ledger
        self.sign_in()

    def send(self, message: dict[str, Any]) -> dict[str, Any]:
        body = simplejson.dumps(message, use_decimal=True, ensure_ascii=False).encode()
        text = simplejson.dumps(self.bureau.receive(body), use_decimal=True, ensure_ascii=False)
        answer: dict[str, Any] = simplejson.loads(text, use_decimal=True)
        return answer

    def rows_of(self, infno: str, content: dict[str, Any]) -> list[dict[str, Any]]:
        """The output of 5204, which is a bare list."""
        answer = self.call(infno, content)
        assert answer["infcode"] == 0, answer["err_msg"]
        rows: list[dict[str, Any]] = answer["output"]
        assert isinstance(rows, list)
        return rows

    def neighbour(self, institution: str) -> "Counter":
        """A counter of another institution at the same bureau."""
        return Counter(self.bureau, self.office, self.books, institution)

    def set_clock(self, text: str) -> None:
        self.office.clock.set_now(datetime.fromisoformat(text))

    def switch_on(self, *faults: Fault) -> None:
        self.office.faults.replace(faults)

    def booked(self) -> list[Settlement]:
        with self.books.begin() as connection:
            return settlements.everything(connection)

    def balance_fen(self, psn_no: str = ZHANG) -> int:
        with self.books.begin() as connection:
            return register.by_psn_no(connection, psn_no).balance_fen

    def counters(self, psn_no: str = ZHANG) -> Counters:
        with self.books.begin() as connection:
            return register.by_psn_no(connection, psn_no).counters


@contextmanager
def counter(
    edition: Edition = "base", institution: str = HOSPITAL, *, database: str = "sqlite://"
) -> Iterator[Counter]:
    """A counter of an institution, signed in at a bureau of its own."""
    clock = BureauClock(lambda: NOW)
    catalogue = read_catalogue(Path(__file__).with_name("catalogue.csv"))
    office = Office(tables_of(edition), catalogue, Assessor("yizheng", clock.today()), clock, FaultPlan())
    ledger = Ledger.open(database)
    try:
        with ledger.begin() as connection:
            register.load_personas(connection, edition, clock.today())
        yield Counter(Bureau(office, ledger), office, ledger, institution)
    finally:
        ledger.close()


def only(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The one row of a list."""
    (row,) = rows
    return row


def echo(setlinfo: Mapping[str, Any]) -> dict[str, Any]:
    """The sums of a trial that a settlement repeats."""
    names = ("medfee_sumamt", "fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt")
    return {name: setlinfo[name] for name in names}

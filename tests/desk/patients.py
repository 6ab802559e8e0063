"""A clinic and a ward for a test: departments, doctors, diagnoses, one patient's way, and what the bureau has of it.

The counter is a whole one (tests/desk/world.py). Where a test needs no card, the patient is known to the bureau by what
the card would have said.
"""

import asyncio
import itertools
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from hardware_sim import personas
from hardware_sim.card.profiles import chip_of
from hardware_sim.card.slot import Slot
from hardware_sim.front_end.clock import BureauClock
from hardware_sim.front_end.region import Edition
from hardware_sim.front_end.server import FrontEnd
from hardware_sim.readers.gempc_twin import GemPcTwin
from hardware_sim.readers.serial_lines import TcpLine
from pos_client.config import default_config
from pos_client.desk import outpatient, stay, visit_desk
from pos_client.desk.cart import CartLine, fill_cart
from pos_client.desk.identify import Identified
from pos_client.desk.queue import sync_once
from pos_client.desk.station import Office, open_counter
from pos_client.desk.stay import Ward
from pos_client.desk.visit_desk import VisitQuote, VisitSettled
from pos_client.desk.void import Voided, void
from pos_client.offline import settlements, visits
from pos_client.offline.journal import Message
from pos_client.offline.money_book import Means, Paid
from pos_client.offline.settlements import SettlementState
from pos_client.offline.visits import Visit, VisitState
from pos_client.sync.care import Department, Diagnosis, Doctor
from pos_client.sync.http import RequestsHttp
from pos_client.sync.person import Credential, fetch_counters, fetch_entitlements, fetch_person
from pos_client.sync.region import AccountUse
from pos_client.sync.search import serials_of
from rehearsal.agreement import disagreements
from tests.desk.world import BentClock, World, orders
from tests.opened_home import opened_home

CLINIC = Department("A03.01", "消化内科", "A03")
DOCTOR = Doctor("D439900000001", "示例医师")
WARD = Ward(CLINIC, DOCTOR, "12")
OTHER_WARD = Ward(Department("A03.02", "呼吸内科", "A03"), Doctor("D439900000002", "测试医师"), "31")
AMOXICILLIN_FEN, METFORMIN_FEN = 1260, 450
AMOXICILLIN, METFORMIN = "YD0001", "YD0014"

_REGIONS: dict[Edition, str] = {"base": "training", "hunan": "training-hunan"}


def diagnoses(office: Office) -> tuple[Diagnosis, ...]:
    """A main diagnosis and another one."""
    main = Diagnosis(1, "1", "K29.500", "慢性胃炎", CLINIC, DOCTOR, office.bureau.now, main=True)
    return main, replace(main, number=2, code="K21.900", name="胃食管反流病", main=False)


def cash(amount_fen: int) -> Paid:
    return Paid(Means.CASH, amount_fen)


def known(office: Office, kind: str, persona: str = "zhang-jianguo") -> Identified:
    """The patient as the desk knows him once his card was read; ``kind`` is outpatient or inpatient."""
    card = personas.load(persona).card
    credential = Credential(card.card_number, card.identification_code, card.id_number, card.name)
    visit = office.region.visits[kind]
    person = fetch_person(office.bureau, credential, visit)
    entitlements = fetch_entitlements(office.bureau, person, visit)
    return Identified(credential, person, entitlements, fetch_counters(office.bureau, person), name_differs=False)


# --- the counter -----------------------------------------------------------------------------------------------------


class Gate:
    """Holds back what the bureau does late until the test lets it go; no real time decides anything."""

    def __init__(self) -> None:
        self._open = threading.Event()

    async def pause(self, duration_ms: int) -> None:
        while not self._open.is_set():
            await asyncio.sleep(0.002)
        self._open.clear()

    def let_go(self) -> None:
        self._open.set()


@dataclass
class Clinic(World):
    """A counter at which visits and stays are kept; ``gate`` holds back what is committed late."""

    gate: Gate = field(default_factory=Gate)

    @contextmanager
    def counter(self) -> Iterator[Office]:
        with open_counter(self.home, self.environment, self.runtime) as office:
            yield office

    def sync(self) -> list[str]:
        """What one pass over everything unknown comes to."""
        with self.back_office() as office:
            return results_of_sync(office)


def results_of_sync(office: Office) -> list[str]:
    """What one pass over everything unknown comes to; the counter's own office spares waiting for its lock."""
    return [attempt.result.value for attempt in sync_once(office)]


@contextmanager
def clinic_in(folder: Path, edition: Edition = "base") -> Iterator[Clinic]:
    """Builds a counter in a folder, in the region of an edition."""
    home = opened_home(folder)
    config = default_config()
    assert 'id = "training"' in config
    home.config_file.write_text(config.replace('id = "training"', f'id = "{_REGIONS[edition]}"'), encoding="utf-8")
    with ExitStack() as stack:
        slot = Slot(chip_of(personas.load("zhang-jianguo").card))
        line = stack.enter_context(TcpLine(GemPcTwin(slot), 0))
        clock, gate = BentClock(), Gate()
        database, bureau_clock = f"sqlite:///{folder}/bureau.db", BureauClock(clock.now_utc)
        front_end = FrontEnd(database, edition=edition, clock=bureau_clock, pause=gate.pause)
        stack.enter_context(front_end)
        http = RequestsHttp()
        stack.callback(http.close)
        yield Clinic(home, front_end, slot, line.url, http, clock, gate)


# --- one patient -----------------------------------------------------------------------------------------------------

_numbers = itertools.count(1)


@dataclass
class Patient:
    """One visit or stay on its way; ``id`` is its number in the store once it was opened, also with unknown outcome."""

    office: Office
    person: Identified
    id: str = ""

    @property
    def visit(self) -> Visit:
        return visit_desk.find(self.office, self.id)

    @property
    def money(self) -> SettlementState | None:
        """The state of what is being settled."""
        visit = self.visit
        with self.office.store.read() as connection:
            return settlements.state_of_visit(connection, visit)

    @property
    def upload(self) -> Message:
        return self.visit.standing_charges[-1]

    @property
    def settled(self) -> Message:
        return self.visit.standing_settlements[-1]

    def cart(self, *typed: str) -> tuple[CartLine, ...]:
        return fill_cart(self.office.store, orders(typed or (AMOXICILLIN,)), consent_signed=True)

    def void(self) -> Voided:
        return void(self.office, self.settled.id)


class Outpatient(Patient):
    """A visit at the clinic."""

    @classmethod
    def of(cls, office: Office) -> "Outpatient":
        return cls(office, known(office, "outpatient"))

    def register(self) -> None:
        own_number = f"MZ{next(_numbers):04d}"
        self.id = outpatient.register(self.office, self.person, CLINIC, DOCTOR, own_number)

    def describe(self) -> None:
        outpatient.describe(self.office, self.id, self.person, diagnoses(self.office), CLINIC, DOCTOR)

    def charge(self, *typed: str) -> None:
        outpatient.charge(self.office, self.id, self.person, self.cart(*typed), CLINIC, DOCTOR)

    def quote(self, upload: Message | None = None) -> VisitQuote:
        return outpatient.quote(self.office, self.id, self.person, upload or self.upload, account=AccountUse.NO)

    def pay(self, quoted: VisitQuote) -> VisitSettled:
        return visit_desk.settle(self.office, quoted, [cash(quoted.due_fen + 500)])

    def withdraw(self) -> None:
        outpatient.withdraw(self.office, self.id, self.upload)

    def unregister(self) -> None:
        outpatient.unregister(self.office, self.id)


class Inpatient(Patient):
    """A stay in the ward."""

    @classmethod
    def of(cls, office: Office) -> "Inpatient":
        return cls(office, known(office, "inpatient"))

    @property
    def deposit_fen(self) -> int:
        return stay.deposit_held_fen(self.office, self.visit)

    def admit(self) -> None:
        own_number = f"ZY{next(_numbers):04d}"
        self.id = stay.admit(self.office, self.person, WARD, diagnoses(self.office), own_number)

    def change(self) -> None:
        stay.change(self.office, self.id, self.person, OTHER_WARD, diagnoses(self.office))

    def charge(self, *typed: str) -> None:
        stay.charge(self.office, self.id, self.person, self.cart(*typed), WARD)

    def discharge(self) -> None:
        stay.discharge(self.office, self.id, self.person, WARD, diagnoses(self.office))

    def quote(self) -> VisitQuote:
        return stay.quote(self.office, self.id, self.person, account=AccountUse.NO)

    def pay(self, quoted: VisitQuote) -> VisitSettled:
        """Pays with the deposit and what is missing in cash."""
        missing_fen = max(quoted.due_fen - self.deposit_fen, 0)
        tender = stay.tender_with_deposit(self.office, quoted, (cash(missing_fen + 500),))
        return visit_desk.settle(self.office, quoted, tender)

    def undischarge(self) -> None:
        stay.undischarge(self.office, self.id)

    def withdraw(self) -> None:
        stay.withdraw(self.office, self.id, self.upload)

    def unadmit(self) -> None:
        stay.unadmit(self.office, self.id)


# --- the bureau's side -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class AtBureau:
    """One visit as the bureau has it: ``rows`` by serial with the settlement they belong to."""

    mdtrt_id: str
    msgid: str
    ended: bool
    removed: str
    rows: dict[str, str | None]
    settlements: frozenset[str]


def at_bureau(clinic: Clinic) -> list[AtBureau]:
    """All visits and stays of the bureau's ledger, those taken back too."""
    with closing(_ledger(clinic)) as ledger:
        found = []
        for visit, msgid, ended, removed in ledger.execute("SELECT mdtrt_id, msgid, ended, removed FROM visits"):
            rows = ledger.execute("SELECT feedetl_sn, setl_id FROM fee_rows WHERE mdtrt_id = ?", (visit,))
            booked = ledger.execute(
                "SELECT setl_id FROM settlements"
                " WHERE mdtrt_id = ? AND kind = 'settle' AND NOT voided AND NOT reversed",
                (visit,),
            )
            settled = frozenset(one for (one,) in booked)
            found.append(AtBureau(visit, msgid, bool(ended), removed, dict(rows.fetchall()), settled))
        return found


def received(clinic: Clinic) -> list[str]:
    """The transactions that the bureau has executed or refused, in the order in which they came."""
    with closing(_ledger(clinic)) as ledger:
        return [one for (one,) in ledger.execute("SELECT infno FROM messages ORDER BY rowid")]


def _ledger(clinic: Clinic) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{clinic.home.folder.parent}/bureau.db?mode=ro", uri=True)


def disagreements_of(clinic: Clinic, office: Office) -> list[str]:
    """Everything on which the desk's books, its visits and the bureau do not agree; nothing of it may be unknown."""
    with office.store.read() as connection:
        said = [one.what for one in disagreements(connection, clinic.ledger())]
        ours = visits.all_visits(connection)
        settled = {
            one.id: booked.settlement_id
            for visit in ours
            for one in visit.standing_settlements
            if (booked := settlements.settlement_of(connection, one.id)) is not None
        }
    theirs = {one.msgid: one for one in at_bureau(clinic)}
    for visit in ours:
        found = theirs.pop(visit.opening.message_id, None)
        said += [f"{visit.id}: {what}" for what in _visit_against(visit, found, settled)]
    return said + [f"{one.mdtrt_id}: the bureau has it, the desk does not" for one in theirs.values()]


def _visit_against(visit: Visit, found: AtBureau | None, settled: dict[str, str]) -> Iterator[str]:
    if visit.state is VisitState.REFUSED:
        if found is not None and found.removed != "reversed":
            yield "the bureau has a visit that never was opened"
        return
    if found is None:
        yield "the bureau does not have it"
        return
    if (found.removed == "cancelled") != (visit.state is VisitState.CLOSED):
        yield f"{visit.state} here, removed “{found.removed}” there"
    if visit.state is not VisitState.CLOSED and found.ended != (visit.state is VisitState.DISCHARGED):
        yield f"{visit.state} here, ended there: {found.ended}"
    if _serials(visit.standing_charges) != sorted(found.rows):
        yield f"rows {_serials(visit.standing_charges)} here, {sorted(found.rows)} there"
    unsettled = sorted(serial for serial, settlement in found.rows.items() if not settlement)
    if _serials(visit.unsettled_charges) != unsettled:
        yield f"unsettled rows {_serials(visit.unsettled_charges)} here, {unsettled} there"
    if {settled[one.id] for one in visit.standing_settlements} != found.settlements:
        yield "other settlements stand there"


def _serials(charges: Sequence[Message]) -> list[str]:
    return sorted(serial for one in charges for serial in serials_of(one))

"""Every act that books something at the bureau, with everything that may happen to its message and to the disk."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from pos_client.desk import stay, visit_desk
from pos_client.desk.queue import resolve_one
from pos_client.desk.station import Office
from pos_client.errors import EnvironmentProblem, OutcomeUnknown, Problem, Refused
from pos_client.offline import journal, money_book
from pos_client.offline.journal import Message, State
from pos_client.offline.settlements import SettlementState
from pos_client.offline.visits import VisitState
from pos_client.runtime import shanghai
from pos_client.sync.bureau import Outgoing
from pos_client.sync.reply import Reply
from tests.desk.patients import (
    Clinic,
    Inpatient,
    Outpatient,
    cash,
    clinic_in,
    disagreements_of,
    received,
    results_of_sync,
)

PROBLEMS: dict[str, type[Problem]] = {
    "drop_request": OutcomeUnknown,
    "drop_answer": OutcomeUnknown,
    "late_commit": OutcomeUnknown,
    "twice": OutcomeUnknown,
    "truncated": OutcomeUnknown,
    "http_500": OutcomeUnknown,
    "refuse": Refused,
    "down": EnvironmentProblem,
}
NEVER_EXECUTED = ("drop_request", "http_500")
SETTLEMENTS = ("2207", "2304")


@dataclass(frozen=True)
class Step:
    """One message of a visit's way; ``prepare`` does what comes before it and gives the act that sends it."""

    transaction: str
    prepare: Callable[[Any], Callable[[], object]]


def _pay(patient: Outpatient | Inpatient) -> Callable[[], object]:
    quoted = patient.quote()
    return lambda: patient.pay(quoted)


def _admitted(patient: Inpatient) -> Callable[[], object]:
    """The deposit is taken once, right after the admission, so it is part of the next step."""
    if not patient.deposit_fen:
        stay.take_deposit(patient.office, patient.id, cash(500))
    return patient.change


VISIT = (
    Step("2201", lambda patient: patient.register),
    Step("2203", lambda patient: patient.describe),
    Step("2204", lambda patient: patient.charge),
    Step("2207", _pay),
    Step("2208", lambda patient: patient.void),
    Step("2205", lambda patient: patient.withdraw),
    Step("2202", lambda patient: patient.unregister),
)
STAY = (
    Step("2401", lambda patient: patient.admit),
    Step("2403", _admitted),
    Step("2301", lambda patient: patient.charge),
    Step("2402", lambda patient: patient.discharge),
    Step("2304", _pay),
    Step("2305", lambda patient: patient.void),
    Step("2405", lambda patient: patient.undischarge),
    Step("2302", lambda patient: patient.withdraw),
    Step("2404", lambda patient: patient.unadmit),
)
CHAINS: dict[str, tuple[type[Outpatient | Inpatient], tuple[Step, ...]]] = {
    "visit": (Outpatient, VISIT),
    "stay": (Inpatient, STAY),
}
#: What a search finds out; all the others are sent again.
REPEATED = ("2202", "2203", "2205", "2302", "2403", "2404", "2405")


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[Clinic]:
    with clinic_in(tmp_path) as counter:
        yield counter


# --- what may happen to a message -------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", PROBLEMS)
@pytest.mark.parametrize("chain", CHAINS)
def test_whatever_happens_to_any_message_nothing_is_lost_or_doubled(clinic: Clinic, chain: str, fault: str) -> None:
    of, steps = CHAINS[chain]
    with clinic.counter() as office:
        other = Outpatient.of(office)
        other.register()
        patient = of.of(office)
        for step in steps:
            act = step.prepare(patient)
            problem = _meet(clinic, office, fault, step, act)
            assert problem.code == _code(fault, step.transaction)
            if isinstance(problem, OutcomeUnknown):
                patient.id = patient.id or str(problem.fill["id"])
                _assert_blocked(patient, _find(office, str(problem.fill["id"])))
                other.describe()  # another visit of the same person is free
                results_of_sync(office)
            done = _find(office, str(problem.fill["id"])).state is State.OK if "id" in problem.fill else False
            expected = fault not in NEVER_EXECUTED or step.transaction in REPEATED
            assert done == (expected and isinstance(problem, OutcomeUnknown)), step
            if not done:
                step.prepare(patient)()
            assert disagreements_of(clinic, office) == [], step
        assert patient.visit.state is VisitState.CLOSED
        assert patient.money is SettlementState.VOIDED
        assert other.visit.state is VisitState.OPEN
        with office.store.read() as connection:
            assert money_book.drawer_fen(connection) == 0
    assert [row["kind"] for row in clinic.ledger()] == ["settle", "cancel"]


def _code(fault: str, transaction: str) -> str:
    letter = {OutcomeUnknown: "U", Refused: "R"}.get(PROBLEMS[fault])
    if letter is None:
        return "N-SEND" if transaction in SETTLEMENTS else "N-DOWN"
    return f"{letter}-{transaction}"


def _meet(clinic: Clinic, office: Office, fault: str, step: Step, act: Callable[[], object]) -> Problem:
    if fault == "down":
        clinic.faults({"name": "down"})
        clinic.http.close()
    else:
        clinic.faults({"name": fault, "infno": step.transaction, "times": 1})
    with pytest.raises(PROBLEMS[fault]) as caught, _impatient(office, fault):
        act()
    if fault == "late_commit":
        _let_it_commit(clinic, office, str(caught.value.fill["id"]))
    clinic.faults()
    return caught.value


@contextmanager
def _impatient(office: Office, fault: str) -> Iterator[None]:
    """Only where the answer is held back, so that no slow machine makes an outcome unknown that is not."""
    region = office.bureau.region
    if fault == "late_commit":
        office.bureau.region = replace(region, transport=replace(region.transport, booking_timeout_ms=100))
    yield
    office.bureau.region = region


def _let_it_commit(clinic: Clinic, office: Office, id_: str) -> None:
    """It is asked about before it commits, and then it commits."""
    attempt = resolve_one(office, id_)
    assert attempt is not None
    assert not attempt.is_final
    seen = len(received(clinic))
    clinic.gate.let_go()
    while len(received(clinic)) == seen:
        time.sleep(0.002)


def _assert_blocked(patient: Outpatient | Inpatient, message: Message) -> None:
    assert patient.visit.blocked_by == message
    with pytest.raises(Refused) as caught:
        patient.describe() if isinstance(patient, Outpatient) else patient.change()
    said = caught.value.sentence("zh")
    assert caught.value.code == "S-BLOCKED"
    assert message.id in said
    assert f"{shanghai(message.created_at):%m-%d %H:%M}" in said
    assert "查询" in said or "再查" in said


def _find(office: Office, id_: str) -> Message:
    with office.store.read() as connection:
        found = journal.find(connection, id_)
    assert found is not None
    return found


# --- where the bureau does not show what was lost ---------------------------------------------------------------------

#: What becomes of a lost message in the Hunan edition, where 5204 wants a settlement and fewer may be reversed.
HUNAN = {
    "2201": "FOUND",
    "2203": "DONE",
    "2204": "REVERSED",
    "2207": "REVERSED",
    "2401": "FOUND",
    "2403": "DONE",
    "2301": "REVERSED",
    "2402": "DONE",
    "2304": "REVERSED",
}
ABSENT_THERE = {"2201": "ABSENT", "2401": "ABSENT", "2402": "ABSENT"} | dict.fromkeys(
    ("2204", "2207", "2301", "2304"), "ABSENT"
)


@pytest.mark.parametrize("fault", ["drop_answer", "drop_request"])
@pytest.mark.parametrize("chain", CHAINS)
def test_what_hunan_does_not_show_is_taken_back_or_left_to_a_person(tmp_path: Path, chain: str, fault: str) -> None:
    of, steps = CHAINS[chain]
    results = HUNAN if fault == "drop_answer" else HUNAN | ABSENT_THERE
    with clinic_in(tmp_path, "hunan") as clinic:
        with clinic.counter() as office:
            patient = of.of(office)
            for step in [one for one in steps if one.transaction in results]:
                problem = _meet(clinic, office, fault, step, step.prepare(patient))
                assert problem.code == f"U-{step.transaction}"
                patient.id = patient.id or str(problem.fill["id"])
                assert results_of_sync(office) == [results[step.transaction]], step
                if results[step.transaction] in ("REVERSED", "ABSENT"):
                    step.prepare(patient)()
                assert disagreements_of(clinic, office) == [], step
            _void_that_nobody_shows(clinic, office, fault, patient)
        assert clinic.agreement().disagreements == ()


def _void_that_nobody_shows(clinic: Clinic, office: Office, fault: str, patient: Outpatient | Inpatient) -> None:
    void = Step("2208" if isinstance(patient, Outpatient) else "2305", lambda one: one.void)
    problem = _meet(clinic, office, fault, void, patient.void)
    assert problem.code == f"U-{void.transaction}"
    assert results_of_sync(office) == ["REFUSED"]
    assert clinic.tasks() == [("cannot_resolve", problem.fill["id"])]
    assert patient.money is SettlementState.VOIDING
    with pytest.raises(Refused) as caught:
        patient.withdraw()
    assert caught.value.code == "S-BLOCKED"
    assert "请负责人问医保中心" in caught.value.sentence("zh")


# --- the disk ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def lying(clinic: Clinic) -> Iterator[tuple[Clinic, Inpatient]]:
    """A stay to which a hundred rows are to be charged: more than any page of the database has room for."""
    with clinic.counter() as office:
        patient = Inpatient.of(office)
        patient.admit()
        yield clinic, patient


ROWS: Sequence[str] = ["YD0014"] * 100


@contextmanager
def _full(office: Office) -> Iterator[None]:
    with office.store.read() as connection:
        pages = connection.scalar(text("PRAGMA page_count"))
        connection.execute(text(f"PRAGMA max_page_count = {pages}"))
    yield
    with office.store.read() as connection:
        connection.execute(text("PRAGMA max_page_count = 1073741823"))


def test_on_a_full_disk_nothing_is_sent(lying: tuple[Clinic, Inpatient]) -> None:
    clinic, patient = lying
    with _full(patient.office), pytest.raises(EnvironmentProblem) as caught:
        patient.charge(*ROWS)
    assert caught.value.code == "D-FULL"
    assert "2301" not in received(clinic)
    assert [one.kind for one in patient.visit.messages] == ["admit"]
    patient.charge(*ROWS)
    assert disagreements_of(clinic, patient.office) == []


def test_an_outcome_that_a_full_disk_does_not_take_is_found_out_after_a_restart(clinic: Clinic) -> None:
    with clinic.counter() as office:
        patient = Inpatient.of(office)
        patient.admit()
        with _disk_fails_after(office, _full), pytest.raises(OutcomeUnknown) as caught:
            patient.charge(*ROWS)
        assert (caught.value.code, caught.value.evidence["disk"]) == ("U-DISK", "D-FULL")
        assert str(caught.value.fill["id"]) in caught.value.sentence("zh")
        _assert_blocked(patient, _find(office, str(caught.value.fill["id"])))
        assert clinic.sync() == [], "beside an open desk its intents are left alone"
    assert clinic.sync() == ["DONE"]
    with clinic.counter() as office:
        patient = Inpatient(office, patient.person, patient.id)
        patient.change()
        assert disagreements_of(clinic, office) == []


@pytest.mark.parametrize("fault", ["", "refuse", "drop_request"])
def test_a_settlement_whose_outcome_cannot_be_written_keeps_its_tender_on_the_counter(
    clinic: Clinic, fault: str
) -> None:
    with clinic.counter() as office:
        patient = Outpatient.of(office)
        patient.register()
        patient.describe()
        patient.charge()
        quoted = patient.quote()
        if fault:
            clinic.faults({"name": fault, "infno": "2207"})
        with _disk_fails_after(office, _unwritable), pytest.raises(OutcomeUnknown) as caught:
            patient.pay(quoted)
        clinic.faults()
        assert (caught.value.code, caught.value.evidence["disk"]) == ("U-DISK", "D-DISK")
        assert patient.money is SettlementState.PENDING
        with office.store.read() as connection:
            assert money_book.open_tender_fen(connection, str(caught.value.fill["id"])) == quoted.due_fen + 500
    assert clinic.sync() == ["ABSENT" if fault else "FOUND"]
    with clinic.counter() as office:
        patient = Outpatient(office, patient.person, patient.id)
        assert patient.money is (SettlementState.DRAFT if fault else SettlementState.SETTLED)
        assert disagreements_of(clinic, office) == []


@contextmanager
def _unwritable(office: Office) -> Iterator[None]:
    with office.store.read() as connection:
        connection.execute(text("PRAGMA query_only = ON"))
    yield
    with office.store.read() as connection:
        connection.execute(text("PRAGMA query_only = OFF"))


@contextmanager
def _disk_fails_after(office: Office, failing: Callable[[Office], Any]) -> Iterator[None]:
    """The disk fails while the message is under way: the intent was written, the outcome cannot be."""
    carry, failure = office.bureau.carry, failing(office)

    def carry_and_fail(outgoing: Outgoing) -> Reply:
        reply = carry(outgoing)
        failure.__enter__()
        return reply

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(office.bureau, "carry", carry_and_fail)
        yield
    failure.__exit__(None, None, None)


# --- before anything is written ---------------------------------------------------------------------------------------


def test_a_clock_far_from_the_bureaus_books_nothing(clinic: Clinic) -> None:
    with clinic.counter() as office:
        patient = Outpatient.of(office)
        clinic.faults({"name": "clock_skew", "infno": "5206", "times": 1, "seconds": 600})
        patient = Outpatient.of(office)
        with pytest.raises(EnvironmentProblem) as caught:
            patient.register()
    assert caught.value.code == "N-CLOCK"
    assert clinic.messages() == []


def test_where_nobody_may_sign_in_nothing_is_written(clinic: Clinic) -> None:
    with clinic.counter() as office:
        person = Outpatient.of(office).person
    clinic.faults({"name": "refuse", "infno": "9001"})
    with clinic.counter() as office:
        with pytest.raises(Refused) as caught:
            Outpatient(office, person).register()
        with pytest.raises(Refused) as unknown:
            visit_desk.find(office, "01-000001")
    assert (caught.value.code, unknown.value.code) == ("R-9001", "S-NOVISIT")
    assert clinic.messages() == []

"""A stay from the card to the last step back, with its deposit, at the simulated bureau of both editions."""

from pathlib import Path

import pytest

from hardware_sim.front_end.region import Edition
from pos_client.desk import stay, visit_desk
from pos_client.desk.identify import identify
from pos_client.desk.station import Office
from pos_client.errors import EnvironmentProblem, OutcomeUnknown, Refused
from pos_client.offline import money_book
from pos_client.offline.money_book import Entry, Means, Paid
from pos_client.offline.settlements import SettlementState
from pos_client.offline.visits import VisitState
from pos_client.sync.bureau import Outgoing
from pos_client.sync.reply import Reply
from tests.desk.patients import (
    METFORMIN,
    METFORMIN_FEN,
    OTHER_WARD,
    WARD,
    Clinic,
    Inpatient,
    Outpatient,
    at_bureau,
    cash,
    clinic_in,
    diagnoses,
    disagreements_of,
    received,
    results_of_sync,
)


@pytest.fixture
def patient(office: Office) -> Inpatient:
    """Admitted, with a deposit of 5.00."""
    patient = Inpatient.of(office)
    patient.admit()
    stay.take_deposit(office, patient.id, cash(500))
    return patient


def _books_fen(office: Office) -> tuple[int, int]:
    """What the desk has kept for settlements, and the deposits that it holds."""
    with office.store.read() as connection:
        return money_book.drawer_fen(connection), money_book.deposits_fen(connection)


@pytest.mark.parametrize("edition", ["base", "hunan"])
def test_a_whole_stay_and_all_of_it_taken_back(tmp_path: Path, edition: Edition) -> None:
    with clinic_in(tmp_path, edition) as clinic, clinic.desk() as desk:
        office = desk.office
        person = identify(desk, office.region.visits[stay.VISIT])
        id_ = stay.admit(office, person, WARD, diagnoses(office), "ZY9001")
        patient = Inpatient(office, person, id_)
        assert stay.take_deposit(office, id_, cash(10_000)) == 10_000
        assert stay.take_deposit(office, id_, Paid(Means.WECHAT, 20_000, "4200002")) == 30_000
        stay.change(office, id_, person, OTHER_WARD, diagnoses(office))
        uploads = stay.charge(office, id_, person, patient.cart(*[METFORMIN] * 130), OTHER_WARD)
        assert len(uploads) == 2
        assert [len(one.rows) for one in at_bureau(clinic)] == [130]
        in_the_middle = patient.quote()
        assert in_the_middle.total_fen == 130 * METFORMIN_FEN
        assert patient.money is SettlementState.DRAFT
        stay.discharge(office, id_, person, OTHER_WARD, diagnoses(office))
        assert disagreements_of(clinic, office) == []
        quoted = patient.quote()
        missing_fen = quoted.due_fen - 30_000
        assert missing_fen > 0
        tender = stay.tender_with_deposit(office, quoted, [cash(missing_fen + 50)])
        settled = visit_desk.settle(office, quoted, tender)
        assert (settled.change_fen, settled.short_fen, settled.differences) == (50, 0, ())
        assert patient.deposit_fen == 0
        assert _books_fen(office) == (quoted.due_fen, 0)
        assert (patient.visit.state, patient.money) == (VisitState.DISCHARGED, SettlementState.SETTLED)
        assert disagreements_of(clinic, office) == []
        patient.void()
        assert patient.deposit_fen == quoted.due_fen, "all that was paid is deposit again"
        assert _books_fen(office) == (0, quoted.due_fen)
        assert stay.give_deposit_back(office, id_, cash(quoted.due_fen - 30_000)) == 30_000
        assert stay.give_deposit_back(office, id_, Paid(Means.WECHAT, 30_000, "4200002")) == 0
        patient.undischarge()
        patient.withdraw()
        patient.withdraw()
        patient.unadmit()
        assert patient.visit.state is VisitState.CLOSED
        assert _books_fen(office) == (0, 0)
        assert disagreements_of(clinic, office) == []
        assert at_bureau(clinic)[0].rows == {}


def test_a_deposit_pays_no_more_than_is_due_and_the_rest_goes_back(clinic: Clinic, patient: Inpatient) -> None:
    office = patient.office
    patient.charge(METFORMIN)
    patient.discharge()
    quoted = patient.quote()
    assert stay.tender_with_deposit(office, quoted) == (Paid(Means.DEPOSIT, METFORMIN_FEN),)
    visit_desk.settle(office, quoted, stay.tender_with_deposit(office, quoted))
    assert patient.deposit_fen == 500 - METFORMIN_FEN
    assert stay.give_deposit_back(office, patient.id, cash(500 - METFORMIN_FEN)) == 0
    assert stay.tender_with_deposit(office, quoted, [cash(1)]) == (cash(1),)
    assert disagreements_of(clinic, office) == []


def test_no_more_of_a_deposit_goes_back_than_is_held(patient: Inpatient) -> None:
    with pytest.raises(Refused) as caught:
        stay.give_deposit_back(patient.office, patient.id, cash(501))
    assert caught.value.code == "S-DEPOSIT"
    assert "5.00" in caught.value.sentence("zh")
    assert "5.01" in caught.value.sentence("zh")
    assert patient.deposit_fen == 500


def test_a_deposit_that_was_given_back_meanwhile_pays_nothing(clinic: Clinic, patient: Inpatient) -> None:
    office = patient.office
    patient.charge()
    patient.discharge()
    quoted = patient.quote()
    tender = stay.tender_with_deposit(office, quoted, [cash(quoted.due_fen - 500)])
    stay.give_deposit_back(office, patient.id, cash(1))
    with pytest.raises(Refused) as caught:
        visit_desk.settle(office, quoted, tender)
    assert caught.value.code == "S-DEPOSIT"
    assert "2304" not in received(clinic)
    assert patient.money is SettlementState.DRAFT
    assert disagreements_of(clinic, office) == []


def test_while_a_settlement_is_unknown_its_part_of_the_deposit_is_not_given_back(
    clinic: Clinic, patient: Inpatient
) -> None:
    office = patient.office
    patient.charge(METFORMIN)
    patient.discharge()
    clinic.faults({"name": "drop_request", "infno": "2304", "times": 1})
    quoted = patient.quote()
    with pytest.raises(OutcomeUnknown):
        visit_desk.settle(office, quoted, stay.tender_with_deposit(office, quoted))
    assert (patient.money, patient.deposit_fen) == (SettlementState.UNKNOWN, 500 - METFORMIN_FEN)
    with pytest.raises(Refused):
        stay.give_deposit_back(office, patient.id, cash(500))
    assert stay.give_deposit_back(office, patient.id, cash(50)) == 0
    assert results_of_sync(office) == ["ABSENT"]
    assert patient.deposit_fen == METFORMIN_FEN
    assert disagreements_of(clinic, office) == []


def test_a_deposit_is_taken_for_a_stay_that_stands(patient: Inpatient) -> None:
    office = patient.office
    visitor = Outpatient.of(office)
    visitor.register()
    patient.unadmit()
    for id_, code in ((visitor.id, "S-NOVISIT"), ("01-000099", "S-NOVISIT"), (patient.id, "S-VISIT")):
        with pytest.raises(Refused) as caught:
            stay.take_deposit(office, id_, cash(100))
        assert caught.value.code == code
    assert stay.give_deposit_back(office, patient.id, cash(500)) == 0, "of one that does not stand it goes back"


def test_a_deposit_may_be_taken_while_the_admission_is_unknown(clinic: Clinic) -> None:
    clinic.faults({"name": "drop_answer", "infno": "2401", "times": 1})
    with clinic.counter() as office:
        patient = Inpatient.of(office)
        with pytest.raises(OutcomeUnknown) as caught:
            patient.admit()
        patient.id = str(caught.value.fill["id"])
        assert stay.take_deposit(office, patient.id, cash(700)) == 700
        assert results_of_sync(office) == ["FOUND"]
        patient.change()
        assert patient.deposit_fen == 700
        assert disagreements_of(clinic, office) == []


def test_a_stay_is_settled_after_its_discharge(clinic: Clinic, patient: Inpatient) -> None:
    patient.charge()
    with pytest.raises(Refused) as caught:
        patient.pay(patient.quote())
    assert caught.value.code == "S-VISIT"
    assert "请先办理出院" in caught.value.sentence("zh")
    assert "2304" not in received(clinic)
    assert disagreements_of(clinic, patient.office) == []


def test_after_the_discharge_it_takes_no_charges_until_that_is_taken_back(clinic: Clinic, patient: Inpatient) -> None:
    patient.charge()
    patient.discharge()
    for act in (patient.charge, patient.change, patient.withdraw, patient.discharge, patient.unadmit):
        with pytest.raises(Refused) as caught:
            act()
        assert caught.value.code == "S-VISIT"
        assert "请先撤销出院" in caught.value.sentence("zh")
    patient.undischarge()
    patient.charge(METFORMIN)
    patient.discharge()
    patient.pay(patient.quote())
    assert disagreements_of(clinic, patient.office) == []


@pytest.mark.parametrize("fault", ["refuse", "drop_answer", "down"])
def test_what_was_uploaded_before_the_message_that_failed_stays_and_the_rest_is_charged_again(
    clinic: Clinic, patient: Inpatient, fault: str
) -> None:
    """The second of two messages of one charge fails; the first hundred rows are there once."""
    office, cart = patient.office, patient.cart(*[METFORMIN] * 130)
    carry, sent = office.bureau.carry, []
    problems = {"refuse": Refused, "drop_answer": OutcomeUnknown, "down": EnvironmentProblem}

    def carry_first(outgoing: Outgoing) -> Reply:
        sent.append(outgoing)
        if len(sent) == 2:
            clinic.faults({"name": fault} if fault == "down" else {"name": fault, "infno": "2301", "times": 1})
            clinic.http.close()
        return carry(outgoing)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(office.bureau, "carry", carry_first)
        with pytest.raises(problems[fault]):
            stay.charge(office, patient.id, patient.person, cart, WARD)
    clinic.faults()
    assert results_of_sync(office) == (["DONE"] if fault == "drop_answer" else [])
    if fault != "drop_answer":
        assert len(at_bureau(clinic)[0].rows) == 100
        stay.charge(office, patient.id, patient.person, cart[100:], WARD)
    assert len(at_bureau(clinic)[0].rows) == 130
    assert disagreements_of(clinic, office) == []


def test_a_void_of_a_stay_refunds_nothing_at_the_counter(clinic: Clinic, patient: Inpatient) -> None:
    patient.charge()
    patient.discharge()
    settled = patient.pay(patient.quote())
    voided = patient.void()
    with patient.office.store.read() as connection:
        kept = money_book.kept(connection, settled.id, [voided.id])
        refund_fen = money_book.totals_fen(connection, voided.id)[Entry.REFUND]
        deposited_fen = money_book.totals_fen(connection, patient.id)[Entry.DEPOSIT]
    assert sum(paid.amount_fen for paid in kept) == 0
    assert refund_fen == settled.booked.figures.cash_pay_fen
    assert deposited_fen == 500 + settled.booked.figures.cash_pay_fen
    assert disagreements_of(clinic, patient.office) == []


def test_nobody_is_admitted_twice(clinic: Clinic, patient: Inpatient) -> None:
    again = Inpatient.of(patient.office)
    with pytest.raises(Refused) as caught:
        again.admit()
    assert caught.value.code == "R-2401"
    assert disagreements_of(clinic, patient.office) == []
    assert len(at_bureau(clinic)) == 1

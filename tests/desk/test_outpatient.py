"""An outpatient visit from the card to the last step back, at the simulated bureau of both editions."""

from pathlib import Path

import pytest

from hardware_sim.front_end.region import Edition
from pos_client.desk import outpatient, visit_desk
from pos_client.desk.identify import identify
from pos_client.desk.queue import show
from pos_client.desk.station import Office
from pos_client.errors import OutcomeUnknown, Refused
from pos_client.offline import money_book
from pos_client.offline.money_book import Entry, Means, Paid
from pos_client.offline.settlements import SettlementState
from pos_client.offline.visits import VisitState
from pos_client.sync.region import AccountUse
from tests.desk.patients import (
    AMOXICILLIN,
    AMOXICILLIN_FEN,
    CLINIC,
    DOCTOR,
    METFORMIN,
    METFORMIN_FEN,
    Clinic,
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
def patient(office: Office) -> Outpatient:
    """Registered and described."""
    patient = Outpatient.of(office)
    patient.register()
    patient.describe()
    return patient


def _assert_all_settled(patient: Outpatient) -> None:
    assert patient.visit.unsettled_charges == ()
    assert patient.money is SettlementState.SETTLED


def _drawer_fen(office: Office) -> int:
    with office.store.read() as connection:
        return money_book.drawer_fen(connection)


def _money_of(office: Office, id_: str) -> dict[Entry, int]:
    with office.store.read() as connection:
        return {entry: fen for entry, fen in money_book.totals_fen(connection, id_).items() if fen}


@pytest.mark.parametrize("edition", ["base", "hunan"])
def test_a_whole_visit_and_all_of_it_taken_back(tmp_path: Path, edition: Edition) -> None:
    with clinic_in(tmp_path, edition) as clinic, clinic.desk() as desk:
        office = desk.office
        person = identify(desk, office.region.visits[outpatient.VISIT])
        id_ = outpatient.register(office, person, CLINIC, DOCTOR, "MZ9001")
        patient = Outpatient(office, person, id_)
        assert (patient.visit.state, patient.money) == (VisitState.OPEN, None)
        outpatient.describe(office, id_, person, diagnoses(office), CLINIC, DOCTOR)
        upload_id = outpatient.charge(office, id_, person, patient.cart(AMOXICILLIN, METFORMIN), CLINIC, DOCTOR)
        assert (patient.upload.id, patient.money) == (upload_id, SettlementState.DRAFT)
        shown = show(office.books, id_)
        assert (shown["visit_state"], shown["bill"]) == ("OPEN", "DRAFT")
        quoted = outpatient.quote(office, id_, person, patient.upload, account=AccountUse.NO)
        assert (quoted.total_fen, quoted.due_fen) == (1710, 1710)
        settled = visit_desk.settle(office, quoted, [cash(2000)])
        assert (settled.change_fen, settled.short_fen, settled.differences) == (290, 0, ())
        assert (patient.money, _drawer_fen(office)) == (SettlementState.SETTLED, 1710)
        assert disagreements_of(clinic, office) == []
        assert patient.void().refund_fen == 1710
        assert (patient.money, _drawer_fen(office)) == (SettlementState.DRAFT, 0)
        assert disagreements_of(clinic, office) == []
        patient.withdraw()
        patient.unregister()
        assert (patient.visit.state, patient.money) == (VisitState.CLOSED, SettlementState.VOIDED)
        assert disagreements_of(clinic, office) == []
        assert at_bureau(clinic)[0].rows == {}


def test_what_is_not_cash_is_used_up_first_and_the_change_is_cash(clinic: Clinic, patient: Outpatient) -> None:
    patient.charge()
    tender = [cash(1000), Paid(Means.WECHAT, 1000, "4200001")]
    settled = visit_desk.settle(patient.office, patient.quote(), tender)
    assert settled.change_fen == 2000 - AMOXICILLIN_FEN
    assert _money_of(patient.office, settled.id) == {
        Entry.TENDER: 2000,
        Entry.RECEIPT: AMOXICILLIN_FEN,
        Entry.CHANGE: 2000 - AMOXICILLIN_FEN,
    }
    with patient.office.store.read() as connection:
        kept = money_book.kept(connection, settled.id, [])
    assert set(kept) == {Paid(Means.WECHAT, 1000, "4200001"), Paid(Means.CASH, AMOXICILLIN_FEN - 1000)}
    assert disagreements_of(clinic, patient.office) == []


def test_a_void_gives_each_means_back_what_came_by_it(clinic: Clinic, patient: Outpatient) -> None:
    patient.charge()
    wechat = Paid(Means.WECHAT, 1000, "4200001")
    settled = visit_desk.settle(patient.office, patient.quote(), [wechat, cash(500)])
    voided = patient.void()
    assert (voided.about, voided.refund_fen, voided.elsewhere) == (settled.id, AMOXICILLIN_FEN - 1000, (wechat,))
    assert "退微信10.00元" in "".join(voided.slip_file.read_text(encoding="utf-8").split())
    with patient.office.store.read() as connection:
        assert money_book.kept(connection, settled.id, [voided.id]) == []
    assert disagreements_of(clinic, patient.office) == []


def test_the_account_pays_when_it_is_asked_to(clinic: Clinic, patient: Outpatient) -> None:
    patient.charge()
    quoted = outpatient.quote(patient.office, patient.id, patient.person, patient.upload, account=AccountUse.OWN)
    settled = visit_desk.settle(patient.office, quoted, [])
    assert settled.booked.figures.account_pay_fen == AMOXICILLIN_FEN
    assert (quoted.due_fen, _drawer_fen(patient.office)) == (0, 0)
    assert disagreements_of(clinic, patient.office) == []


def test_two_batches_are_settled_and_voided_apart(clinic: Clinic, patient: Outpatient) -> None:
    office = patient.office
    patient.charge(AMOXICILLIN)
    patient.charge(METFORMIN, METFORMIN)
    first, second = patient.visit.standing_charges
    one = visit_desk.settle(office, patient.quote(first), [cash(AMOXICILLIN_FEN)])
    assert patient.visit.unsettled_charges == (second,)
    assert patient.money is SettlementState.DRAFT
    assert disagreements_of(clinic, office) == []
    other = visit_desk.settle(office, patient.quote(second), [cash(2 * METFORMIN_FEN)])
    _assert_all_settled(patient)
    assert [message.id for message in patient.visit.standing_settlements] == [one.id, other.id]
    assert disagreements_of(clinic, office) == []
    patient.void()
    assert patient.visit.unsettled_charges == (second,)
    assert _drawer_fen(office) == AMOXICILLIN_FEN
    patient.withdraw()
    assert [message.id for message in patient.visit.standing_charges] == [first.id]
    assert disagreements_of(clinic, office) == []


def test_rows_are_never_numbered_twice_in_a_visit(clinic: Clinic, patient: Outpatient) -> None:
    """A serial and a batch that were withdrawn, or sent in vain, are not used again."""
    patient.charge(AMOXICILLIN, METFORMIN)
    patient.withdraw()
    clinic.faults({"name": "refuse", "infno": "2204", "times": 1})
    with pytest.raises(Refused):
        patient.charge(AMOXICILLIN)
    patient.charge(AMOXICILLIN)
    assert patient.upload.own_number.endswith("-3")
    assert list(at_bureau(clinic)[0].rows) == ["4"]
    assert disagreements_of(clinic, patient.office) == []


def test_diagnoses_may_be_sent_again(clinic: Clinic, patient: Outpatient) -> None:
    patient.describe()
    patient.charge()
    patient.pay(patient.quote())
    assert disagreements_of(clinic, patient.office) == []


def test_what_the_bureau_refuses_leaves_the_visit_as_it_was(clinic: Clinic, patient: Outpatient) -> None:
    patient.charge()
    patient.pay(patient.quote())
    for act, code in ((patient.withdraw, "R-2205"), (patient.unregister, "R-2202")):
        with pytest.raises(Refused) as caught:
            act()
        assert caught.value.code == code
    assert (patient.visit.state, patient.money) == (VisitState.OPEN, SettlementState.SETTLED)
    assert disagreements_of(clinic, patient.office) == []


def test_nothing_unsettled_is_not_even_asked_about(clinic: Clinic, patient: Outpatient) -> None:
    patient.charge()
    upload = patient.upload
    patient.pay(patient.quote())
    asked = received(clinic).count("2206")
    with pytest.raises(Refused) as caught:
        patient.quote(upload)
    assert caught.value.code == "S-NOCHARGES"
    assert received(clinic).count("2206") == asked


def test_a_visit_that_was_taken_back_takes_nothing_more(clinic: Clinic, patient: Outpatient) -> None:
    patient.unregister()
    for act in (patient.describe, patient.charge, patient.unregister):
        with pytest.raises(Refused) as caught:
            act()
        assert caught.value.code == "S-VISIT"
        assert "已撤销" in caught.value.sentence("zh")
    assert disagreements_of(clinic, patient.office) == []


def test_a_paused_person_is_not_registered(clinic: Clinic) -> None:
    clinic.insert("zhao-tingbao")
    with clinic.desk() as desk:
        person = identify(desk, desk.office.region.visits[outpatient.VISIT])
        with pytest.raises(Refused) as caught:
            outpatient.register(desk.office, person, CLINIC, DOCTOR, "MZ9002")
        assert caught.value.code == "R-2201"
        assert disagreements_of(clinic, desk.office) == []
    assert at_bureau(clinic) == []


def test_a_registration_of_unknown_outcome_keeps_the_number_that_the_bureau_gave(clinic: Clinic) -> None:
    clinic.faults({"name": "drop_answer", "infno": "2201", "times": 1})
    with clinic.counter() as office:
        patient = Outpatient.of(office)
        with pytest.raises(OutcomeUnknown) as caught:
            patient.register()
        patient.id = str(caught.value.fill["id"])
        assert (patient.visit.state, patient.visit.visit_id) == (VisitState.OPENING, "")
        assert results_of_sync(office) == ["FOUND"]
        assert patient.visit.visit_id == at_bureau(clinic)[0].mdtrt_id
        patient.describe()
        patient.charge()
        patient.pay(patient.quote())
        assert disagreements_of(clinic, office) == []

"""What happens after the bill of a visit: the customer leaves while it is unknown, a difference is collected later."""

from pathlib import Path

import pytest

from pos_client.desk import outpatient, stay, visit_desk
from pos_client.desk.afterwards import collect, customer_left
from pos_client.desk.station import Office
from pos_client.errors import OutcomeUnknown, Refused
from pos_client.offline import audit, money_book
from pos_client.offline.money_book import Means, Paid
from pos_client.offline.settlements import SettlementState
from pos_client.sync.region import AccountUse
from tests.desk.patients import (
    METFORMIN,
    METFORMIN_FEN,
    Clinic,
    Inpatient,
    Outpatient,
    cash,
    clinic_in,
    disagreements_of,
    results_of_sync,
)


@pytest.fixture
def patient(office: Office) -> Outpatient:
    """Registered, described and charged."""
    patient = Outpatient.of(office)
    patient.register()
    patient.describe()
    patient.charge()
    return patient


def _lose(clinic: Clinic, patient: Outpatient, fault: str, *tender: Paid) -> str:
    quoted = patient.quote()
    clinic.faults({"name": fault, "infno": "2207", "times": 1})
    with pytest.raises(OutcomeUnknown) as caught:
        visit_desk.settle(patient.office, quoted, tender or [cash(quoted.due_fen)])
    return str(caught.value.fill["id"])


def test_who_leaves_gets_all_back_at_once_and_the_settlement_found_later_is_voided(
    clinic: Clinic, patient: Outpatient
) -> None:
    office = patient.office
    id_ = _lose(clinic, patient, "drop_answer", Paid(Means.WECHAT, 1000, "4200003"), cash(500))
    assert customer_left(office, id_) == 1500
    assert results_of_sync(office) == ["FOUND", "VOIDED"]
    assert patient.money is SettlementState.DRAFT, "the charges are still there"
    patient.withdraw()
    patient.unregister()
    assert disagreements_of(clinic, office) == []
    with office.store.read() as connection:
        assert money_book.drawer_fen(connection) == 0
        assert audit.first_broken_row(connection) is None


def test_where_nothing_was_booked_it_was_enough_to_hand_it_back(clinic: Clinic, patient: Outpatient) -> None:
    id_ = _lose(clinic, patient, "drop_request")
    customer_left(patient.office, id_)
    assert results_of_sync(patient.office) == ["ABSENT"]
    assert patient.money is SettlementState.DRAFT
    patient.pay(patient.quote())
    assert disagreements_of(clinic, patient.office) == []


def test_a_deposit_is_not_handed_back_at_the_counter(clinic: Clinic, office: Office) -> None:
    patient = Inpatient.of(office)
    patient.admit()
    stay.take_deposit(office, patient.id, cash(300))
    patient.charge(METFORMIN)
    patient.discharge()
    quoted = patient.quote()
    clinic.faults({"name": "drop_answer", "infno": "2304", "times": 1})
    with pytest.raises(OutcomeUnknown) as caught:
        patient.pay(quoted)
    # 3.00 of the deposit and the rest with 5.00 too much in cash
    assert customer_left(office, str(caught.value.fill["id"])) == METFORMIN_FEN - 300 + 500
    assert patient.deposit_fen == 300
    assert results_of_sync(office) == ["FOUND", "VOIDED"]
    assert (patient.money, patient.deposit_fen) == (SettlementState.DRAFT, 300)
    assert disagreements_of(clinic, office) == []


def test_of_what_is_known_it_is_said_what_became_of_it_and_what_to_do(clinic: Clinic, patient: Outpatient) -> None:
    office = patient.office
    refused = _lose(clinic, patient, "drop_request")
    results_of_sync(office)
    booked = patient.pay(patient.quote()).id
    for id_, state, next_step in ((refused, "没有入账", "请退还"), (booked, "已入账", "请按 F9 退费")):
        with pytest.raises(Refused) as caught:
            customer_left(office, id_)
        assert caught.value.code == "S-KNOWN"
        assert state in caught.value.sentence("zh")
        assert next_step in caught.value.sentence("zh")


def test_what_was_reversed_is_known_too(tmp_path: Path) -> None:
    with clinic_in(tmp_path, "hunan") as clinic, clinic.counter() as office:
        patient = Outpatient.of(office)
        patient.register()
        patient.describe()
        patient.charge()
        id_ = _lose(clinic, patient, "drop_answer")
        assert results_of_sync(office) == ["REVERSED"]
        with pytest.raises(Refused) as caught:
            customer_left(office, id_)
        assert "已冲正" in caught.value.sentence("zh")
        assert disagreements_of(clinic, office) == []


def test_nobody_leaves_from_what_is_no_bill(patient: Outpatient) -> None:
    for id_ in (patient.id, patient.upload.id, "01-000099"):
        with pytest.raises(Refused) as caught:
            customer_left(patient.office, id_)
        assert caught.value.code == "S-NOSALE"


def _settled_short(clinic: Clinic, patient: Outpatient) -> str:
    """The bureau settles for a fen more in cash than its trial had said."""
    office = patient.office
    quoted = outpatient.quote(office, patient.id, patient.person, patient.upload, account=AccountUse.OWN)
    clinic.faults({"name": "off_by_one_fen", "figure": "cash", "infno": "2207"})
    settled = visit_desk.settle(office, quoted, [])
    assert settled.short_fen == 1
    return settled.id


def test_exactly_what_is_missing_is_collected_once(clinic: Clinic, patient: Outpatient) -> None:
    office, id_ = patient.office, _settled_short(clinic, patient)
    for wrong, amount_fen in ((id_, 2), (patient.id, 1)):
        with pytest.raises(Refused) as caught:
            collect(office, wrong, cash(amount_fen))
        assert caught.value.code == "S-COLLECT"
    collect(office, id_, Paid(Means.WECHAT, 1, "4200004"))
    assert clinic.tasks() == []
    with pytest.raises(Refused):
        collect(office, id_, cash(1))
    assert disagreements_of(clinic, office) == []


def test_what_was_collected_goes_back_with_a_void(clinic: Clinic, patient: Outpatient) -> None:
    id_ = _settled_short(clinic, patient)
    collect(patient.office, id_, cash(1))
    assert patient.void().refund_fen == 1
    assert disagreements_of(clinic, patient.office) == []


def test_after_a_void_there_is_nothing_to_collect(clinic: Clinic, patient: Outpatient) -> None:
    id_ = _settled_short(clinic, patient)
    assert patient.void().refund_fen == 0
    assert clinic.tasks() == []
    with pytest.raises(Refused) as caught:
        collect(patient.office, id_, cash(1))
    assert caught.value.code == "S-COLLECT"
    assert disagreements_of(clinic, patient.office) == []

"""Which visit is meant, whether it may go on, and what the clerk is told when not; its settlement and its money."""

import pytest

from pos_client.desk import message_words, outpatient, visit_desk
from pos_client.desk.queue import resolve_one
from pos_client.desk.station import Office
from pos_client.errors import OutcomeUnknown, Refused
from pos_client.offline import money_book, settlements
from pos_client.offline.journal import Kind
from pos_client.offline.money_book import Entry, Means, Paid
from pos_client.offline.settlements import SettlementState
from pos_client.offline.visits import VisitState
from pos_client.sync.attempts import Result
from pos_client.sync.region import AccountUse
from tests.desk.patients import (
    AMOXICILLIN_FEN,
    Clinic,
    Inpatient,
    Outpatient,
    cash,
    disagreements_of,
    received,
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


def _lose(clinic: Clinic, patient: Outpatient, fault: str = "drop_request") -> str:
    """Settles with an outcome that stays unknown."""
    clinic.faults({"name": fault, "infno": "2207", "times": 1})
    quoted = patient.quote()
    with pytest.raises(OutcomeUnknown) as caught:
        patient.pay(quoted)
    return str(caught.value.fill["id"])


def _told(patient: Outpatient) -> Refused:
    with pytest.raises(Refused) as caught:
        patient.quote(patient.upload)
    return caught.value


def test_the_clerk_is_told_how_far_the_asking_has_come(clinic: Clinic, patient: Outpatient) -> None:
    id_ = _lose(clinic, patient)
    assert f"这次就诊的结算（{id_}）" in _told(patient).sentence("zh")
    assert "还没有查询" in _told(patient).sentence("zh")
    resolve_one(patient.office, id_)
    assert "暂时查不到" in _told(patient).sentence("zh")
    clinic.faults({"name": "drop_answer", "infno": "5204"})
    resolve_one(patient.office, id_)
    assert "没有答复" in _told(patient).sentence("zh")
    clinic.faults({"name": "refuse", "infno": "2601"})
    results_of_sync(patient.office)
    assert "请负责人问医保中心" in _told(patient).sentence("zh")
    clinic.faults()
    assert results_of_sync(patient.office) == ["ABSENT"]
    patient.pay(patient.quote())
    assert disagreements_of(clinic, patient.office) == []


def test_it_is_blocked_from_the_quote_on_too(clinic: Clinic, patient: Outpatient) -> None:
    """A quote that was made before something went wrong settles nothing."""
    quoted = patient.quote()
    clinic.faults({"name": "drop_answer", "infno": "2204", "times": 1})
    with pytest.raises(OutcomeUnknown):
        patient.charge()
    with pytest.raises(Refused) as caught:
        patient.pay(quoted)
    assert caught.value.code == "S-BLOCKED"
    assert "费用上传" in caught.value.sentence("zh")
    assert "2207" not in received(clinic)
    assert results_of_sync(patient.office) == ["DONE"]
    patient.pay(quoted)
    assert disagreements_of(clinic, patient.office) == []


def test_every_message_every_state_and_every_way_of_asking_has_its_words() -> None:
    assert set(message_words.KINDS) == set(Kind)
    assert set(visit_desk.STATES) == set(visit_desk.FIRST) == set(VisitState)
    assert set(message_words.ASKING) == {"", Result.TOO_EARLY, Result.UNREACHABLE, Result.REFUSED}


def test_a_visit_that_nobody_opened_is_not_there(office: Office, patient: Outpatient) -> None:
    for id_ in ("01-000099", "", patient.upload.id):
        with pytest.raises(Refused) as caught:
            visit_desk.find(office, id_)
        assert caught.value.code == "S-NOVISIT"
    assert visit_desk.find(office, patient.id).id == patient.id


def test_what_was_never_opened_is_told_so(clinic: Clinic, office: Office) -> None:
    clinic.faults({"name": "drop_request", "infno": "2201", "times": 1})
    patient = Outpatient.of(office)
    with pytest.raises(OutcomeUnknown) as caught:
        patient.register()
    patient.id = str(caught.value.fill["id"])
    assert results_of_sync(office) == ["ABSENT"]
    assert patient.visit.state is VisitState.REFUSED
    with pytest.raises(Refused) as refused:
        patient.describe()
    assert refused.value.code == "S-VISIT"
    assert "没有办成" in refused.value.sentence("zh")
    assert "重新登记" in refused.value.sentence("zh")


@pytest.mark.parametrize(
    ("tender", "code"),
    [
        ((cash(AMOXICILLIN_FEN - 1),), "S-TENDER"),
        ((Paid(Means.WECHAT, AMOXICILLIN_FEN + 1),), "S-CHANGE"),
        ((Paid(Means.DEPOSIT, 100), cash(AMOXICILLIN_FEN)), "S-DEPOSIT"),
    ],
)
def test_a_tender_that_does_not_fit_settles_nothing(
    clinic: Clinic, patient: Outpatient, tender: tuple[Paid, ...], code: str
) -> None:
    quoted = patient.quote()
    with pytest.raises(Refused) as caught:
        visit_desk.settle(patient.office, quoted, tender)
    assert caught.value.code == code
    assert "2207" not in received(clinic)
    assert patient.money is SettlementState.DRAFT
    assert disagreements_of(clinic, patient.office) == []


def test_a_refused_settlement_hands_every_means_back(clinic: Clinic, patient: Outpatient) -> None:
    quoted = patient.quote()
    clinic.faults({"name": "refuse", "infno": "2207", "times": 1})
    with pytest.raises(Refused) as caught:
        visit_desk.settle(patient.office, quoted, [Paid(Means.ALIPAY, 1000, "2088"), cash(300)])
    assert "请退还收下的 13.00 元" in caught.value.sentence("zh")
    with patient.office.store.read() as connection:
        entries = money_book.totals_fen(connection, str(caught.value.evidence["id"]))
    assert entries[Entry.HAND_BACK] == 1300
    assert disagreements_of(clinic, patient.office) == []


def test_what_the_bureau_settles_otherwise_than_it_tried_is_told_and_kept(clinic: Clinic, patient: Outpatient) -> None:
    office = patient.office
    quoted = outpatient.quote(office, patient.id, patient.person, patient.upload, account=AccountUse.OWN)
    clinic.faults({"name": "off_by_one_fen", "figure": "cash", "infno": "2207"})
    settled = visit_desk.settle(office, quoted, [])
    assert settled.short_fen == 1
    assert {one.figure for one in settled.differences} == {"account", "cash"}
    with office.store.read() as connection:
        assert settlements.differences_of(connection, settled.id) == list(settled.differences)
    assert clinic.tasks() == [("collect", settled.id)]
    assert disagreements_of(clinic, office) == []


def test_another_persons_and_another_visit_are_free(clinic: Clinic, patient: Outpatient) -> None:
    _lose(clinic, patient, "drop_answer")
    other = Inpatient.of(patient.office)
    other.admit()
    other.charge()
    other.discharge()
    other.pay(other.quote())
    assert other.money is SettlementState.SETTLED
    assert patient.money is SettlementState.UNKNOWN
    assert results_of_sync(patient.office) == ["FOUND"]
    assert disagreements_of(clinic, patient.office) == []

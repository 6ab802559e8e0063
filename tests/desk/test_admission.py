"""Admitting at the desk: the form, the number that is proposed, the documents that stay here, the first page."""

import pytest
from sqlalchemy import select

from pos_client.desk import admission, custody, stay_book
from pos_client.desk.admission import AdmissionForm
from pos_client.desk.custody import BOTH, Document
from pos_client.desk.station import Office
from pos_client.errors import EnvironmentProblem, OutcomeUnknown, Refused
from pos_client.offline import audit
from pos_client.offline import custody as custody_rows
from pos_client.offline.custody import Moved
from pos_client.offline.schema import audit as rows
from pos_client.runtime import business_date
from tests.desk.patients import OTHER_WARD, WARD, Clinic, disagreements_of, known, received, results_of_sync
from tests.desk.wards import GASTRITIS, REFLUX, admit


def _acts(office: Office) -> list[str]:
    with office.store.read() as connection:
        assert audit.first_broken_row(connection) is None
        return list(connection.scalars(select(rows.c.act).order_by(rows.c.number)))


def test_a_person_is_admitted_and_both_documents_stay_here(clinic: Clinic, office: Office) -> None:
    form = AdmissionForm(WARD, (GASTRITIS, REFLUX), " ZY0001 ")
    admitted = admission.admit(office, known(office, "inpatient"), form)
    assert (admitted.own_number, custody.held(office, admitted.id)) == ("ZY0001", BOTH)
    assert _acts(office)[:2] == ["custody.taken", "admit.intent"]
    slip = admitted.slip_file.read_text(encoding="utf-8")
    assert "医疗保险证、医保卡" in slip
    assert "慢性胃炎" in slip
    assert "张建国" not in slip
    assert admitted.slip.who.name == "张建国"
    assert disagreements_of(clinic, office) == []


def test_the_first_page_is_kept_and_the_newest_change_of_it_counts(office: Office) -> None:
    bed = admit(office)
    face = bed.face
    assert (face.ward, face.level, face.patient.name) == (WARD, 2, "张建国")
    assert [(one.code, one.main) for one in face.diagnoses] == [("K29.500", True), ("K21.900", False)]
    admission.change(office, bed.id, bed.person, OTHER_WARD, [REFLUX])
    assert (bed.face.ward, [one.code for one in bed.face.diagnoses]) == (OTHER_WARD, ["K21.900"])


def test_nothing_secret_is_kept_of_the_person(office: Office) -> None:
    bed = admit(office)
    face = bed.face
    assert face.patient.id_masked == "4399 **** 0012"
    assert face.patient.card_masked == "**** 0011"
    assert bed.person.person.id_number not in repr(face)


def test_each_admission_is_proposed_a_number_of_its_own(office: Office) -> None:
    first = admission.propose_own_number(office)
    assert first == f"ZY01{business_date(office.bureau.now):%y%m%d}001"
    admit(office)
    assert admission.propose_own_number(office) == f"{first[:-1]}2"


@pytest.mark.parametrize("number", ["", "  ", "Z" * 31])
def test_a_number_that_cannot_stand(clinic: Clinic, office: Office, number: str) -> None:
    person = known(office, "inpatient")
    with pytest.raises(Refused) as caught:
        admission.admit(office, person, AdmissionForm(WARD, (GASTRITIS,), number))
    assert caught.value.code == "S-STAYNUMBER"
    assert "2401" not in received(clinic)


def test_without_a_diagnosis_nobody_is_admitted(clinic: Clinic, office: Office) -> None:
    with pytest.raises(Refused) as caught:
        admission.admit(office, known(office, "inpatient"), AdmissionForm(WARD, (), "ZY1"))
    assert caught.value.code == "S-DIAGNOSIS"
    assert "2401" not in received(clinic)


@pytest.mark.parametrize("fault", ["refuse", "down"])
def test_whoever_is_not_admitted_gets_the_documents_back(clinic: Clinic, office: Office, fault: str) -> None:
    person = known(office, "inpatient")
    form = AdmissionForm(WARD, (GASTRITIS,), "ZY1")
    office.bureau.sign_in()
    clinic.faults({"name": "down"} if fault == "down" else {"name": "refuse", "infno": "2401", "times": 1})
    clinic.http.close()
    with pytest.raises((Refused, EnvironmentProblem)):
        admission.admit(office, person, form)
    clinic.faults()
    [row] = stay_book.stays_of(office, "ZY1")
    assert (row.stage, row.documents) == (stay_book.Stage.REFUSED, ())
    with office.store.read() as connection:
        moved = [one.moved for one in custody_rows.moves_of(connection, row.id)]
    assert moved == [Moved.TAKEN, Moved.TAKEN, Moved.RETURNED, Moved.RETURNED]
    assert stay_book.stays_of(office) == []


def test_while_the_admission_is_unknown_the_documents_stay(clinic: Clinic, office: Office) -> None:
    clinic.faults({"name": "drop_answer", "infno": "2401", "times": 1})
    with pytest.raises(OutcomeUnknown):
        admit(office)
    [row] = stay_book.stays_of(office)
    assert (row.stage, row.blocked, row.documents) == (stay_book.Stage.ADMITTING, True, BOTH)
    assert results_of_sync(office) == ["FOUND"]
    [row] = stay_book.stays_of(office)
    assert (row.stage, row.blocked, row.name_masked) == (stay_book.Stage.IN_HOSPITAL, False, "张**")


def test_documents_that_never_were_a_stay_are_still_to_be_given_back(clinic: Clinic, office: Office) -> None:
    clinic.faults({"name": "drop_request", "infno": "2401", "times": 1})
    with pytest.raises(OutcomeUnknown):
        admit(office)
    assert results_of_sync(office) == ["ABSENT"]
    [row] = stay_book.stays_of(office)
    assert (row.stage, row.documents) == (stay_book.Stage.REFUSED, BOTH)
    custody.give_back(office, row.id, row.documents)
    assert stay_book.stays_of(office) == []


def test_a_document_is_taken_once_and_given_back_once(office: Office) -> None:
    bed = admit(office, documents=(Document.IC_CARD,))
    with pytest.raises(Refused) as caught:
        custody.take(office, bed.id, [Document.IC_CARD])
    assert caught.value.code == "S-CUSTODY"
    assert "已经由医院保管" in caught.value.sentence("zh")
    assert custody.take(office, bed.id, [Document.INSURANCE_CERTIFICATE]) == BOTH
    assert custody.give_back(office, bed.id, [Document.IC_CARD]) == (Document.INSURANCE_CERTIFICATE,)
    with pytest.raises(Refused) as again:
        custody.give_back(office, bed.id, [Document.IC_CARD])
    assert "不在医院保管" in again.value.sentence("zh")
    with pytest.raises(Refused) as nowhere:
        custody.take(office, "01-000099", BOTH)
    assert nowhere.value.code == "S-NOVISIT"
    assert {"custody.taken", "custody.returned"} <= set(_acts(office))


def test_a_stay_is_not_changed_in_the_name_of_somebody_else(clinic: Clinic, office: Office) -> None:
    bed = admit(office)
    other = known(office, "inpatient", "li-xiulan")
    with pytest.raises(Refused) as caught:
        admission.change(office, bed.id, other, OTHER_WARD, [REFLUX])
    assert caught.value.code == "S-STAYPERSON"
    assert "2403" not in received(clinic)

"""The list of stays: what is left to do of each, quick however many are done, found by what a clerk types."""

import pytest

from pos_client.desk import stay, stay_book
from pos_client.desk.custody import BOTH
from pos_client.desk.station import Office
from pos_client.desk.stay_book import STAGES, Stage
from pos_client.errors import OutcomeUnknown, Refused
from tests.desk.patients import Clinic, Inpatient, Outpatient
from tests.desk.wards import admit

PERSONAS = ("zhang-jianguo", "li-xiulan", "ma-yan")


def test_a_row_says_who_lies_where_and_what_is_here_of_him(office: Office) -> None:
    bed = admit(office)
    bed.charge("YD0001*2", "YD0014")
    bed.pay_deposit(50_000)
    [row] = stay_book.stays_of(office)
    assert (row.id, row.name_masked, row.department, row.bed) == (bed.id, "张**", "消化内科", "12")
    assert (row.since.isoformat(), row.days) == (bed.visit.opening.business_date, 1)
    assert (row.charges_fen, row.deposit_fen, row.documents) == (2520 + 450, 50_000, BOTH)
    assert (row.stage, row.state, row.blocked) == (Stage.IN_HOSPITAL, "在院", False)


def test_each_stage_has_its_word() -> None:
    assert set(STAGES) == set(Stage)


def test_what_is_done_leaves_the_list_and_is_found_by_name_or_number(clinic: Clinic, office: Office) -> None:
    beds = [admit(office, persona) for persona in PERSONAS]
    for bed in beds:
        bed.charge("YD0001")
        bed.pay_deposit(10_000)
    beds[0].leave(beds[0].estimate())
    assert [row.id for row in stay_book.stays_of(office)] == [beds[2].id, beds[1].id]
    assert [row.id for row in stay_book.stays_of(office, "张")] == [beds[0].id]
    assert [row.id for row in stay_book.stays_of(office, "001")] == [beds[0].id]
    assert [row.id for row in stay_book.stays_of(office, "12")] == [beds[2].id, beds[1].id]
    assert [row.id for row in stay_book.stays_of(office, "消化")] == [beds[2].id, beds[1].id]
    assert stay_book.stays_of(office, "没有这个人") == []


def test_an_unknown_charge_blocks_its_stay_alone(clinic: Clinic, office: Office) -> None:
    first, second = admit(office), admit(office, "li-xiulan")
    clinic.faults({"name": "drop_request", "infno": "2301", "times": 1})
    with pytest.raises(OutcomeUnknown):
        first.charge("YD0001")
    assert {row.id: row.blocked for row in stay_book.stays_of(office)} == {first.id: True, second.id: False}
    assert "费用上传" in stay_book.stay_detail(office, first.id).blocked_why


def test_one_stay_in_full_has_the_whole_name(office: Office) -> None:
    bed = admit(office)
    bed.charge("YD0001")
    detail = stay_book.stay_detail(office, bed.id)
    assert (detail.name, detail.uploads, detail.unsettled_fen, detail.settle_id) == ("张建国", 1, 1260, "")
    assert detail.face == bed.face
    assert [one.code for one in detail.diagnoses] == ["K29.500", "K21.900"]
    assert (detail.left_on, detail.blocked_why) == (None, "")


def test_a_visit_or_nothing_is_no_stay(office: Office) -> None:
    visitor = Outpatient.of(office)
    visitor.register()
    for id_ in (visitor.id, "01-000099", ""):
        with pytest.raises(Refused) as caught:
            stay_book.stay_detail(office, id_)
        assert caught.value.code == "S-NOVISIT"
    assert stay_book.stays_of(office) == []


def test_a_stay_of_an_older_version_is_listed_without_what_was_not_kept(office: Office) -> None:
    patient = Inpatient.of(office)
    patient.admit()
    [row] = stay_book.stays_of(office)
    assert (row.id, row.name_masked, row.bed) == (patient.id, "", "")
    assert stay_book.stay_detail(office, patient.id).face is None
    assert stay_book.stays_of(office, patient.visit.own_number)[0].id == patient.id


def test_discharged_settled_and_taken_back_each_have_their_stage(office: Office) -> None:
    bed = admit(office)
    bed.charge("YD0001")
    stay.discharge(office, bed.id, bed.person, bed.face.ward, bed.face.diagnoses)
    detail = stay_book.stay_detail(office, bed.id)
    assert (detail.row.stage, detail.left_on) == (Stage.DISCHARGED, detail.row.since)
    bed.leave(bed.estimate(), [])
    assert stay_book.stay_detail(office, bed.id).row.stage is Stage.DONE
    other = admit(office, "li-xiulan", documents=())
    stay.unadmit(office, other.id)
    assert stay_book.stay_detail(office, other.id).row.stage is Stage.TAKEN_BACK
    assert stay_book.stays_of(office) == []


def test_the_list_is_the_same_on_another_day(clinic: Clinic) -> None:
    with clinic.counter() as office:
        admit(office).pay_deposit(10_000)
        before = stay_book.stays_of(office)
    with clinic.counter() as office:
        assert stay_book.stays_of(office) == before

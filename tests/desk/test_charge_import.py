"""A file of charges uploaded to a stay: every row once, in hundreds, going on where it broke off."""

from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from pos_client.desk import stay_charges
from pos_client.desk.charge_import import Preview, import_charges, read_charge_file
from pos_client.desk.station import Office
from pos_client.errors import EnvironmentProblem, OutcomeUnknown, Refused
from pos_client.offline.catalogue_file import sample_catalogue
from pos_client.runtime import shanghai
from pos_client.sync.bureau import Outgoing
from pos_client.sync.charged_rows import sent_rows
from pos_client.sync.reply import Reply
from tests.desk.patients import Clinic, Inpatient, at_bureau, disagreements_of, received, results_of_sync
from tests.desk.wards import Bed, admit

CONSENT_ITEM = next(item.code for item in sample_catalogue() if item.consent)


@pytest.fixture
def bed(office: Office) -> Bed:
    return admit(office)


def read(bed: Bed, *lines: str) -> Preview:
    return read_charge_file(bed.office, bed.id, bed.file(*lines))


def many(count: int) -> list[str]:
    return [f"YD0014,{{today}},1,4.50,H{number:04d}" for number in range(count)]


def test_a_preview_uploads_nothing_and_says_what_it_would(clinic: Clinic, bed: Bed) -> None:
    preview = read(bed, "YD0001,{today},2,12.60,", "YD0004,{today},1,18.00,", "NONE,{today},1,1.00,")
    assert "2301" not in received(clinic)
    assert (len(preview.new), preview.wrong_rows, preview.uploaded) == (2, 1, 0)
    assert preview.total_fen == 2520 + 1800
    assert [(one.cls, one.label, one.rows, one.amount_fen) for one in preview.by_class] == [
        ("A", "甲", 1, 2520),
        ("B", "乙", 1, 1800),
    ]
    assert [line.item.code for line in preview.dearer_or_cheaper] == ["YD0004"]


def test_what_is_confirmed_is_uploaded_in_hundreds_and_paid_for_to_the_fen(clinic: Clinic, bed: Bed) -> None:
    told: list[tuple[int, int]] = []
    imported = import_charges(bed.office, read(bed, *many(250)), progress=lambda done, of: told.append((done, of)))
    assert (len(imported.uploads), imported.rows, imported.amount_fen) == (3, 250, 250 * 450)
    assert told == [(100, 250), (200, 250), (250, 250)]
    assert len(at_bureau(clinic)[0].rows) == 250
    assert disagreements_of(clinic, bed.office) == []
    rows = [row for upload in bed.visit.standing_charges for row in sent_rows(upload)]
    assert [row.order_number for row in rows[:2]] == ["H0000", "H0001"]
    assert [row.serial for row in rows] == [str(serial) for serial in range(1, 251)]


def test_the_same_file_again_uploads_nothing(clinic: Clinic, bed: Bed) -> None:
    minute = f"{shanghai(bed.office.bureau.now):%Y-%m-%d %H:%M}"
    lines = ["YD0001,{today},2,12.60,", "YD0001,{today},2,12.60,", f"YD0014,{minute},1,,", "YD0004,{today},1,,H7"]
    import_charges(bed.office, read(bed, *lines[:1], *lines[2:]))
    again = read(bed, *lines)
    assert [one.uploaded for one in again.lines] == [True, False, True, True]
    import_charges(bed.office, again)
    with pytest.raises(Refused) as caught:
        import_charges(bed.office, again)
    assert caught.value.code == "S-NOROWS"
    assert len(at_bureau(clinic)[0].rows) == 4


def test_what_was_withdrawn_may_be_uploaded_again(clinic: Clinic, bed: Bed) -> None:
    preview = read(bed, *many(2))
    [upload] = import_charges(bed.office, preview).uploads
    stay_charges.withdraw_upload(bed.office, bed.id, upload)
    assert import_charges(bed.office, preview).rows == 2
    assert disagreements_of(clinic, bed.office) == []


@pytest.mark.parametrize("fault", ["refuse", "drop_answer", "drop_request", "down"])
def test_an_import_that_broke_off_goes_on_and_doubles_nothing(clinic: Clinic, bed: Bed, fault: str) -> None:
    office = bed.office
    preview = read(bed, *many(250))
    carry, sent = office.bureau.carry, list[Outgoing]()

    def carry_first(outgoing: Outgoing) -> Reply:
        sent.append(outgoing)
        if len(sent) == 2:
            clinic.faults({"name": fault} if fault == "down" else {"name": fault, "infno": "2301", "times": 1})
            clinic.http.close()
        return carry(outgoing)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(office.bureau, "carry", carry_first)
        with pytest.raises((Refused, OutcomeUnknown, EnvironmentProblem)):
            import_charges(office, preview)
    clinic.faults()
    if fault.startswith("drop"):
        with pytest.raises(Refused) as blocked:
            import_charges(office, preview)
        assert blocked.value.code == "S-BLOCKED"
        results_of_sync(office)
    done = len(at_bureau(clinic)[0].rows)
    assert done in (100, 200)
    assert read(bed, *many(250)).uploaded == done
    assert import_charges(office, preview).rows == 250 - done
    rows = [row.order_number for upload in bed.visit.standing_charges for row in sent_rows(upload)]
    assert sorted(rows) == [f"H{number:04d}" for number in range(250)]
    assert disagreements_of(clinic, office) == []


def test_wrong_rows_stop_all_unless_the_clerk_says_so(clinic: Clinic, bed: Bed) -> None:
    preview = read(bed, "YD0001,{today},2,12.60,", "NONE,{today},1,1.00,")
    with pytest.raises(Refused) as caught:
        import_charges(bed.office, preview)
    assert caught.value.code == "S-ROWS"
    assert "2301" not in received(clinic)
    assert import_charges(bed.office, preview, only_right=True).rows == 1


def test_own_expense_wants_the_persons_word(clinic: Clinic, bed: Bed) -> None:
    preview = read(bed, f"{CONSENT_ITEM},{{today}},1,,")
    assert [line.row for line in preview.unsigned] == [2]
    with pytest.raises(Refused) as caught:
        import_charges(bed.office, preview)
    assert caught.value.code == "S-UNSIGNED"
    assert "2301" not in received(clinic)
    assert import_charges(bed.office, preview, consent_signed=True).rows == 1


def test_rows_outside_the_stay_are_wrong(bed: Bed) -> None:
    now = shanghai(bed.office.bureau.now)
    before, after = now - timedelta(days=1), now + timedelta(days=1)
    preview = read(bed, f"YD0001,{before:%Y-%m-%d},1,,", f"YD0001,{after:%Y-%m-%d},1,,")
    assert [place.reason.zh for place in preview.wrong] == ["早于入院日期", "晚于现在"]
    assert preview.new == ()


def test_departments_and_doctors_are_those_of_the_lists(bed: Bed) -> None:
    header = "编码,时间,数量,科室编码,医生编码"
    path = bed.file("YD0001,{today},1,A03.02,D439900000002", "YD0001,{today},1,A99,D9", header=header)
    preview = read_charge_file(bed.office, bed.id, path)
    assert {(place.row, place.column) for place in preview.wrong} == {(3, "科室编码"), (3, "医生编码")}
    import_charges(bed.office, preview, only_right=True)
    [request] = [upload.request for upload in bed.visit.standing_charges]
    assert "A03.02" in request
    assert "测试医师" in request


def test_a_workbook_is_as_good(clinic: Clinic, bed: Bed, tmp_path: Path) -> None:
    day = shanghai(bed.office.bureau.now).date()
    book = Workbook()
    assert book.active is not None
    for row in (["编码", "日期", "数量", "单价"], ["YD0001", day, 2, 12.6], ["YD0014", f"{day:%Y/%m/%d}", 0.5, 4.5]):
        book.active.append(row)
    path = tmp_path / "费用.xlsx"
    book.save(path)
    imported = import_charges(bed.office, read_charge_file(bed.office, bed.id, path))
    assert (imported.rows, imported.amount_fen) == (2, 2520 + 225)
    assert disagreements_of(clinic, bed.office) == []


def test_after_the_discharge_nothing_is_read_for_a_stay(bed: Bed) -> None:
    bed.charge("YD0001")
    bed.pay_deposit(10_000)
    bed.leave(bed.estimate())
    with pytest.raises(Refused) as caught:
        read(bed, *many(1))
    assert caught.value.code == "S-VISIT"


def test_a_stay_of_an_older_version_has_no_ward_for_its_rows(clinic: Clinic, office: Office) -> None:
    patient = Inpatient.of(office)
    patient.admit()
    path = office.books.home.folder / "charges.csv"
    path.write_text(f"编码,时间,数量\nYD0001,{patient.visit.opening.business_date},1\n", encoding="utf-8")
    with pytest.raises(Refused) as caught:
        import_charges(office, read_charge_file(office, patient.id, path))
    assert caught.value.code == "S-NOFACE"
    assert "2301" not in received(clinic)

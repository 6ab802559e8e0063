"""What a stay comes to: the bureau and our own calculation side by side, the deposit, and every part of the bill."""

from dataclasses import replace

import pytest

from pos_client.desk.bill_parts import PartKind
from pos_client.desk.station import Office
from pos_client.desk.stay_estimate import StayEstimate
from pos_client.errors import OutcomeUnknown, Refused
from pos_client.offline.catalogue import replace_items
from pos_client.offline.catalogue_file import sample_catalogue
from pos_client.offline.money_book import Means
from pos_client.sync.region import AccountUse
from tests.desk.patients import Clinic, disagreements_of, known, received
from tests.desk.wards import Bed, admit

#: Classes A and B, one of them above its ceiling.
ORDERED = ("YD0001*200", "YD0004*20", "YD0014*100")


@pytest.fixture
def bed(office: Office) -> Bed:
    bed = admit(office)
    bed.charge(*ORDERED)
    return bed


def _require_whole(estimate: StayEstimate) -> None:
    figures = estimate.figures
    assert figures is not None
    assert sum(row.amount_fen for row in estimate.slices) == figures.total_fen == estimate.total_fen
    assert sum(row.fund_fen for row in estimate.slices) == figures.fund_total_fen
    assert sum(row.own_fen for row in estimate.slices) == figures.own_total_fen
    assert sum(row.amount_fen for row in figures.funds) == figures.fund_total_fen
    assert figures.own_total_fen == figures.account_fen + figures.cash_fen


def test_bureau_and_program_agree_and_the_parts_add_up(clinic: Clinic, bed: Bed) -> None:
    bed.pay_deposit(200_000)
    bed.pay_deposit(100_000, Means.WECHAT, "4200")
    estimate = bed.estimate()
    assert (estimate.differences, estimate.not_asked) == ((), "")
    assert estimate.quoted is not None
    _require_whole(estimate)
    assert [(row.kind, row.label) for row in estimate.slices] == [
        (PartKind.DEDUCTIBLE, "起付线"),
        (PartKind.SLICE, "83% 段"),
        (PartKind.FIRST_SHARE, "乙类先自付"),
        (PartKind.OWN_EXPENSE, "自费"),
    ]
    assert estimate.slices[0].note == "第 1 次住院"
    assert (estimate.stay_number, estimate.days, estimate.rows) == (1, 1, 3)
    cash_fen = estimate.quoted.due_fen
    assert (estimate.due_fen, estimate.back_fen) == (0, 300_000 - cash_fen)
    assert "2 张收据" in estimate.sentences[-1]
    assert "退您" in estimate.sentences[-1]
    assert not any("先行自付" in said and "头孢" in said for said in estimate.sentences)
    assert any("头孢" in said for said in estimate.line_sentences)
    assert "2304" not in received(clinic)


def test_a_second_stay_of_the_year_has_a_lower_deductible(office: Office) -> None:
    bed = admit(office, "li-xiulan")
    bed.charge(*ORDERED)
    estimate = bed.estimate()
    assert estimate.differences == ()
    _require_whole(estimate)
    assert (estimate.stay_number, estimate.slices[0].note) == (2, "第 2 次住院 500 − 100")


def test_without_the_account_the_deposit_may_not_do(bed: Bed) -> None:
    bed.pay_deposit(10_000)
    estimate = bed.estimate(AccountUse.NO)
    _require_whole(estimate)
    assert estimate.figures is not None
    assert estimate.figures.account_fen == 0
    assert estimate.due_fen == estimate.figures.cash_fen - 10_000
    assert "还要补交" in estimate.sentences[-1]


@pytest.mark.parametrize("fault", ["refuse", "down"])
def test_without_a_trial_our_own_figures_are_told_as_an_estimate(clinic: Clinic, bed: Bed, fault: str) -> None:
    clinic.faults({"name": "down"} if fault == "down" else {"name": "refuse", "infno": "2303"})
    clinic.http.close()
    estimate = bed.estimate()
    clinic.faults()
    assert estimate.quoted is None
    assert estimate.not_asked == estimate.sentences[0]
    assert "本机估算" in estimate.sentences[1]
    _require_whole(estimate)
    online = bed.estimate()
    assert (estimate.figures, estimate.slices) == (online.figures, online.slices)


def test_where_the_two_differ_the_bureaus_figures_are_drawn(clinic: Clinic, bed: Bed) -> None:
    clinic.faults({"name": "off_by_one_fen", "figure": "fund", "infno": "2303"})
    estimate = bed.estimate()
    assert {one.figure for one in estimate.differences} >= {"fund_total"}
    _require_whole(estimate)
    assert PartKind.SHARED in [row.kind for row in estimate.slices]
    assert "医保中心试算" in estimate.sentences[0]


def test_where_our_calculator_holds_the_bureau_is_shown_alone(bed: Bed) -> None:
    with bed.office.store.commit() as connection:
        replace_items(connection, [item for item in sample_catalogue() if item.code != "YD0014"])
    estimate = bed.estimate()
    assert estimate.assessment.settled is None
    assert estimate.differences == ()
    _require_whole(estimate)
    assert any("不能核对" in said for said in estimate.sentences)


def test_where_nobody_can_say_only_the_sum_of_the_charges_is_shown(clinic: Clinic, bed: Bed) -> None:
    with bed.office.store.commit() as connection:
        replace_items(connection, [item for item in sample_catalogue() if item.code != "YD0014"])
    clinic.faults({"name": "refuse", "infno": "2303"})
    estimate = bed.estimate()
    assert (estimate.figures, estimate.slices) == (None, ())
    assert estimate.total_fen == 200 * 1260 + 20 * 1790 + 100 * 450
    assert (estimate.due_fen, estimate.back_fen) == (0, 0)


def test_after_another_day_all_of_it_comes_from_the_store(clinic: Clinic) -> None:
    with clinic.counter() as office:
        bed = admit(office)
        bed.charge(*ORDERED)
        bed.pay_deposit(5_000)
        before = bed.estimate()
    with clinic.counter() as office:
        again = Bed(office, known(office, "inpatient"), bed.id).estimate()
    assert again.slices == before.slices
    assert again.figures == before.figures
    assert again.deposit == before.deposit
    with clinic.counter() as office:
        assert disagreements_of(clinic, office) == []


def test_nothing_is_estimated_for_somebody_else_or_for_nothing(clinic: Clinic, office: Office) -> None:
    bed = admit(office)
    with pytest.raises(Refused) as nothing:
        bed.estimate()
    assert nothing.value.code == "S-NOCHARGES"
    bed.charge("YD0001")
    other = replace(bed, person=known(office, "inpatient", "li-xiulan"))
    with pytest.raises(Refused) as caught:
        other.estimate()
    assert caught.value.code == "S-STAYPERSON"
    clinic.faults({"name": "drop_answer", "infno": "2301", "times": 1})
    with pytest.raises(OutcomeUnknown):
        bed.charge("YD0001")
    with pytest.raises(Refused) as blocked:
        bed.estimate()
    assert blocked.value.code == "S-BLOCKED"


def test_a_family_account_that_the_region_does_not_know_is_told_not_estimated(bed: Bed) -> None:
    with pytest.raises(Refused) as caught:
        bed.estimate(AccountUse.FAMILY)
    assert caught.value.code == "S-FAMILY"

"""Leaving the hospital as one act: discharge, settlement, deposit, documents, slip; and where it goes on afterwards."""

from dataclasses import replace

import pytest

from pos_client.desk import admission, custody, leave, stay, stay_book
from pos_client.desk.custody import BOTH
from pos_client.desk.leave import Leaving
from pos_client.desk.operators import SignedIn
from pos_client.desk.queue import sync_once
from pos_client.desk.reprint import reprint
from pos_client.desk.slip_record import DIFFERS
from pos_client.desk.station import Office
from pos_client.desk.void import void
from pos_client.errors import EnvironmentProblem, OutcomeUnknown, Refused
from pos_client.offline import money_book
from pos_client.offline.money_book import Means, Paid
from pos_client.offline.operators import Role
from pos_client.offline.visits import VisitState
from pos_client.sync.region import AccountUse
from tests.desk.patients import OTHER_WARD, Clinic, Inpatient, cash, disagreements_of, known, received, results_of_sync
from tests.desk.wards import REFLUX, Bed, admit

CHARGED = ("YD0001*200", "YD0004*20", "YD0014*100")


@pytest.fixture
def bed(office: Office) -> Bed:
    """Charged, with a deposit of 3,000.00 in two receipts."""
    bed = admit(office)
    bed.charge(*CHARGED)
    bed.pay_deposit(100_000)
    bed.pay_deposit(200_000, Means.WECHAT, "4200001")
    return bed


def _books_fen(office: Office) -> tuple[int, int]:
    with office.store.read() as connection:
        return money_book.drawer_fen(connection), money_book.deposits_fen(connection)


def _done(clinic: Clinic, bed: Bed) -> None:
    """The stay is over, nothing of it lies here, and all books agree."""
    detail = stay_book.stay_detail(bed.office, bed.id)
    assert detail.row.stage is stay_book.Stage.DONE
    assert (detail.row.deposit_fen, detail.row.documents, detail.unsettled_fen) == (0, (), 0)
    assert stay_book.stays_of(bed.office) == []
    assert disagreements_of(clinic, bed.office) == []
    with pytest.raises(Refused) as caught:
        bed.leave(None)
    assert caught.value.code == "S-LEFT"


def test_the_deposit_pays_and_the_rest_goes_back_with_the_documents(clinic: Clinic, bed: Bed) -> None:
    estimate = bed.estimate()
    left = bed.leave(estimate)
    assert estimate.figures is not None
    assert (left.booked.cash_fen, left.from_deposit_fen) == (estimate.figures.cash_fen, estimate.figures.cash_fen)
    assert left.back == (cash(estimate.back_fen),)
    assert (left.collected, left.change_fen, left.short_fen, left.differences) == ((), 0, 0, ())
    assert left.documents == BOTH
    assert _books_fen(bed.office) == (left.booked.cash_fen, 0)
    _done(clinic, bed)


def test_the_slip_says_all_of_it_and_masks_the_name(bed: Bed) -> None:
    estimate = bed.estimate()
    left = bed.leave(estimate)
    text = left.slip_file.read_text(encoding="utf-8")
    for said in ("医保结算单（出院）", "消化内科 12 床", "第 1 次住院", "已交押金", "3,000.00", "应退押金", "起付线"):
        assert said in text
    assert "张建国" not in text
    assert left.slip.who.name == "张建国"
    assert left.slip.sentences == estimate.sentences
    assert (left.slip.total.amount_fen, left.slip.total.fund_fen) == (left.booked.total_fen, left.booked.fund_fen)
    again = reprint(bed.office, left.settle_id)
    assert replace(again, reprint="") == left.slip


def test_what_is_missing_is_collected_and_change_given(clinic: Clinic, bed: Bed) -> None:
    bed.charge("YD0001*2000")
    estimate = bed.estimate(AccountUse.NO)
    assert estimate.due_fen > 0
    left = bed.leave(estimate, [Paid(Means.ALIPAY, 10_000, "2088"), cash(estimate.due_fen - 10_000 + 70)])
    assert left.from_deposit_fen == 300_000
    assert left.collected == (Paid(Means.ALIPAY, 10_000, "2088"), cash(estimate.due_fen - 10_000))
    assert (left.change_fen, left.back) == (70, ())
    text = left.slip_file.read_text(encoding="utf-8")
    assert "补收支付宝" in text
    assert _books_fen(bed.office) == (left.booked.cash_fen, 0)
    _done(clinic, bed)


def test_the_rest_may_go_back_as_it_came(clinic: Clinic, bed: Bed) -> None:
    estimate = bed.estimate()
    left = bed.leave(estimate, back=None)
    assert left.back == (Paid(Means.WECHAT, 200_000, "4200001"), cash(estimate.back_fen - 200_000))
    _done(clinic, bed)


def test_too_little_money_changes_nothing(clinic: Clinic, bed: Bed) -> None:
    bed.charge("YD0001*2000")
    estimate = bed.estimate(AccountUse.NO)
    for tender in ((), (cash(estimate.due_fen - 1),)):
        with pytest.raises(Refused) as caught:
            bed.leave(estimate, tender)
        assert caught.value.code == "S-TENDER"
    assert "2402" not in received(clinic)
    assert custody.held(bed.office, bed.id) == BOTH


@pytest.mark.parametrize("infno", ["2402", "2304"])
def test_refused_in_the_middle_it_goes_on_where_it_stood(clinic: Clinic, bed: Bed, infno: str) -> None:
    estimate = bed.estimate()
    clinic.faults({"name": "refuse", "infno": infno, "times": 1})
    with pytest.raises(Refused) as caught:
        bed.leave(estimate)
    assert caught.value.code == f"R-{infno}"
    assert bed.visit.state is (VisitState.OPEN if infno == "2402" else VisitState.DISCHARGED)
    assert custody.held(bed.office, bed.id) == BOTH
    assert stay.deposit_held_fen(bed.office, bed.visit) == 300_000
    bed.leave(bed.estimate())
    assert received(clinic).count("2402") == (2 if infno == "2402" else 1)
    _done(clinic, bed)


@pytest.mark.parametrize("infno", ["2402", "2304"])
@pytest.mark.parametrize("fault", ["drop_answer", "drop_request"])
def test_unknown_in_the_middle_it_waits_and_goes_on(clinic: Clinic, bed: Bed, infno: str, fault: str) -> None:
    office, estimate = bed.office, bed.estimate()
    clinic.faults({"name": fault, "infno": infno, "times": 1})
    with pytest.raises(OutcomeUnknown):
        bed.leave(estimate)
    with pytest.raises(Refused) as blocked:
        bed.leave(estimate)
    assert blocked.value.code == "S-BLOCKED"
    detail = stay_book.stay_detail(office, bed.id)
    assert detail.row.blocked
    assert "结果未知" in detail.blocked_why
    if infno == "2304":
        slips = [file.read_text(encoding="utf-8") for file in office.books.home.slips.glob("*.txt")]
        assert any("待确认" in slip and "已收押金" in slip for slip in slips)
    sync_once(office)
    settled = bool(bed.visit.standing_settlements)
    assert settled is (infno == "2304" and fault == "drop_answer")
    left = bed.leave(None if settled else bed.estimate())
    assert left.from_deposit_fen == left.booked.cash_fen
    _done(clinic, bed)


def test_after_a_power_cut_the_next_day_goes_on_with_deposit_and_documents(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The settlement is booked and the program dies before the rest goes back."""
    with clinic.counter() as office:
        bed = admit(office)
        bed.charge(*CHARGED)
        bed.pay_deposit(300_000)
        estimate = bed.estimate()

        def cut(*anything: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(leave, "_finish", cut)
            with pytest.raises(KeyboardInterrupt):
                bed.leave(estimate)
    with clinic.counter() as office:
        bed = Bed(office, known(office, "inpatient"), bed.id)
        [row] = stay_book.stays_of(office)
        assert (row.stage, row.deposit_fen, row.documents) == (stay_book.Stage.SETTLED, estimate.back_fen, BOTH)
        with pytest.raises(Refused) as twice:
            bed.leave(None, [cash(500)])
        assert twice.value.code == "S-PAID"
        left = bed.leave(None)
        assert (left.back, left.documents) == ((cash(estimate.back_fen),), BOTH)
        _done(clinic, bed)


def test_figures_that_nobody_has_seen_settle_nothing(clinic: Clinic, bed: Bed) -> None:
    estimate = bed.estimate()
    bed.charge("YD0001*3")
    with pytest.raises(Refused) as caught:
        bed.leave(estimate)
    assert caught.value.code == "S-CHANGED"
    assert "2402" not in received(clinic)
    bed.leave(bed.estimate())
    _done(clinic, bed)


@pytest.mark.parametrize("fault", ["refuse", "down"])
def test_without_a_trial_nobody_is_settled(clinic: Clinic, bed: Bed, fault: str) -> None:
    clinic.faults({"name": "down"} if fault == "down" else {"name": "refuse", "infno": "2303"})
    clinic.http.close()
    with pytest.raises(Refused) as caught:
        bed.leave(bed.estimate())
    clinic.faults()
    assert caught.value.code == "S-NOTRIAL"
    assert "凭押金先离院" in caught.value.sentence("zh")
    assert "2402" not in received(clinic)


def test_nothing_charged_or_the_wrong_card_settles_nothing(clinic: Clinic, office: Office) -> None:
    bed = admit(office)
    with pytest.raises(Refused) as nothing:
        bed.leave(None)
    assert nothing.value.code == "S-NOCHARGES"
    bed.charge("YD0001")
    estimate = bed.estimate()
    other = known(office, "inpatient", "li-xiulan")
    with pytest.raises(Refused) as caught:
        leave.leave(office, Leaving(bed.id, other, estimate))
    assert caught.value.code == "S-STAYPERSON"
    assert "2402" not in received(clinic)


def test_a_cable_that_is_pulled_in_the_middle_loses_nothing(clinic: Clinic, bed: Bed) -> None:
    estimate = bed.estimate()
    quote = stay.quote
    asked: list[str] = []

    def quote_then_down(office: Office, id_: str, *rest: object, **more: object) -> object:
        asked.append(id_)
        found = quote(office, id_, *rest, **more)  # type: ignore[arg-type]  # passed on as it came
        if len(asked) == 2:
            clinic.faults({"name": "down"})
            clinic.http.close()
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stay, "quote", quote_then_down)
        with pytest.raises(EnvironmentProblem):
            bed.leave(estimate, [])
    clinic.faults()
    assert bed.visit.state is VisitState.DISCHARGED
    assert stay.deposit_held_fen(bed.office, bed.visit) == 300_000
    assert results_of_sync(bed.office) == []
    bed.leave(bed.estimate())
    _done(clinic, bed)


def test_where_bureau_and_program_differ_the_slip_says_so(clinic: Clinic, bed: Bed) -> None:
    clinic.faults({"name": "off_by_one_fen", "figure": "fund"})
    left = bed.leave(bed.estimate())
    assert "fund_total" in {one.figure for one in left.differences}
    assert left.slip.slices == ()
    assert left.slip.sentences == (DIFFERS,)


def test_all_of_it_is_taken_back_by_a_supervisor(clinic: Clinic, bed: Bed) -> None:
    office = bed.office
    left = bed.leave(bed.estimate())
    void(office, left.settle_id)
    [row] = stay_book.stays_of(office)
    assert (row.stage, row.deposit_fen) == (stay_book.Stage.DISCHARGED, left.booked.cash_fen)
    stay.undischarge(office, bed.id)
    admission.change(office, bed.id, bed.person, OTHER_WARD, [REFLUX])
    bed.charge("YD0014")
    bed.pay_deposit(1_000)
    again = bed.leave(bed.estimate())
    slip = again.slip_file.read_text(encoding="utf-8")
    assert "呼吸内科 31 床" in slip
    assert again.from_deposit_fen == again.booked.cash_fen
    _done(clinic, bed)


def test_a_cashier_alone_takes_nothing_back(bed: Bed) -> None:
    cashier = SignedIn("07", "收费员07", Role.CASHIER)
    for act in (stay.undischarge, stay.unadmit):
        with pytest.raises(Refused) as caught:
            act(bed.office, bed.id, cashier)
        assert caught.value.code == "S-SUPERVISOR"


def test_a_stay_of_an_older_version_is_changed_first(clinic: Clinic, office: Office) -> None:
    patient = Inpatient.of(office)
    patient.admit()
    patient.charge()
    bed = Bed(office, patient.person, patient.id)
    bed.pay_deposit(10_000)
    with pytest.raises(Refused) as caught:
        bed.leave(bed.estimate())
    assert caught.value.code == "S-NOFACE"
    assert "2402" not in received(clinic)
    admission.change(office, bed.id, bed.person, OTHER_WARD, [REFLUX])
    left = bed.leave(bed.estimate())
    assert left.documents == ()
    _done(clinic, bed)

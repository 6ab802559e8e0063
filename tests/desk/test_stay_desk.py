"""The stays as the window works on them: who stands there, what he may be admitted to, what it comes to."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from pos_client.desk.station import Desk
from pos_client.desk.stay_desk import AS_IT_CAME, StayDesk
from pos_client.desk.stay_view import AdmissionDraft, StayView, Undo
from pos_client.errors import Refused
from tests.desk.world import World

FORM = AdmissionDraft("A03.01", "D439900000001", "12", "K29.500", "ZY1")
ZHANG, LI = "439999197003030012", "439999195108120023"


@pytest.fixture
def desk(world: World) -> Iterator[Desk]:
    with world.desk() as desk:
        yield desk


@pytest.fixture
def stays(desk: Desk) -> StayDesk:
    return StayDesk(desk)


def _card(desk: Desk, stays: StayDesk) -> str:
    return stays.identify_card(desk.cards.read()).stay


def _admitted(desk: Desk, stays: StayDesk) -> StayView:
    _card(desk, stays)
    return stays.admit(FORM)


def _charge(stays: StayDesk, id_: str, *typed: str) -> None:
    entering = stays.begin_entering(id_)
    for one in typed:
        code, _, count = one.partition("*")
        entering.add(code, count or "1")
    entering.upload()


def test_a_person_comes_to_his_own_stay_by_the_bureaus_number(desk: Desk, stays: StayDesk) -> None:
    assert _card(desk, stays) == ""
    view = stays.admit(FORM)
    assert _card(desk, stays) == view.line.id
    assert view.customer is not None
    stays.forget()
    assert stays.open(view.line.id).customer is None
    assert stays.open(view.line.id).name == "张建国"
    with pytest.raises(Refused) as caught:
        stays.identify_id_number(LI, "", view.line.id)
    assert caught.value.code == "S-STAYPERSON"


def test_the_lists_offer_what_is_meant_and_the_departments_doctors_first(stays: StayDesk) -> None:
    start = stays.begin_admission()
    assert (start.level, start.certificate, start.card) == ("二级", "医疗保险证", "医保卡")
    assert [one.name for one in stays.options("department", "xhnk")] == ["消化内科"]
    assert stays.options("doctor", "", "A03.03")[0].remark == "心血管内科"
    assert [one.code for one in stays.options("diagnosis", "K29")] == ["K29.500"]
    assert stays.options("diagnosis", "no such thing") == ()


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (replace(FORM, department="X"), "S-CHOICE"),
        (replace(FORM, doctor="X"), "S-CHOICE"),
        (replace(FORM, diagnosis=""), "S-CHOICE"),
        (replace(FORM, bed=" "), "S-BED"),
        (replace(FORM, own_number=""), "S-STAYNUMBER"),
    ],
)
def test_what_is_missing_admits_nobody(desk: Desk, stays: StayDesk, wrong: AdmissionDraft, code: str) -> None:
    with pytest.raises(Refused) as nobody:
        stays.admit(FORM)
    assert nobody.value.code == "S-STAYWHO"
    _card(desk, stays)
    with pytest.raises(Refused) as caught:
        stays.admit(wrong)
    assert caught.value.code == code
    assert stays.listed() == ()


def test_only_what_is_ticked_is_kept(desk: Desk, stays: StayDesk) -> None:
    _card(desk, stays)
    assert stays.admit(replace(FORM, card=False)).line.documents == "医疗保险证"


def test_the_shares_are_a_hundred_and_the_slices_the_whole(desk: Desk, stays: StayDesk) -> None:
    view = _admitted(desk, stays)
    _charge(stays, view.line.id, "YD0001*333", "YD0004*17")
    stays.take_deposit(view.line.id, "cash", 100_000)
    estimate = stays.estimate(view.line.id)
    assert Decimal(estimate.fund_share[:-1]) + Decimal(estimate.own_share[:-1]) == 100
    assert sum(one.amount_fen for one in estimate.slices) == estimate.total_fen
    assert sum(one.fund_fen for one in estimate.slices) == estimate.fund_fen
    assert view.customer is not None
    before = {row.label: row.amount_fen for row in view.customer.counters}
    after = {row.label: row.amount_fen for row in estimate.after}
    assert after["统筹已付"] == (before["统筹已付"] or 0) + estimate.fund_fen


def test_a_reading_too_old_tries_and_settles_nothing(world: World, desk: Desk, stays: StayDesk) -> None:
    view = _admitted(desk, stays)
    _charge(stays, view.line.id, "YD0001")
    stays.estimate(view.line.id)
    world.clock.ahead += timedelta(hours=2)
    for act in (lambda: stays.estimate(view.line.id), lambda: stays.leave(view.line.id, (), "cash")):
        with pytest.raises(Refused) as caught:
            act()
        assert caught.value.code == "S-AGE"


def test_what_was_agreed_to_is_settled_once(desk: Desk, stays: StayDesk) -> None:
    view = _admitted(desk, stays)
    _charge(stays, view.line.id, "YD0001*10")
    stays.take_deposit(view.line.id, "wechat", 100_000, "4200001")
    estimate = stays.estimate(view.line.id)
    left = stays.leave(view.line.id, (), AS_IT_CAME)
    assert left.back[0].label == "微信"
    assert left.back_fen == estimate.back_fen
    with pytest.raises(Refused) as again:
        stays.leave(view.line.id, (), "cash")
    assert again.value.code == "S-LEFT"
    assert stays.open(view.line.id).undo is Undo.SETTLEMENT


def test_after_a_restart_all_of_it_is_there(world: World) -> None:
    with world.desk() as desk:
        view = _admitted(desk, StayDesk(desk))
    with world.desk() as desk:
        again = StayDesk(desk).open(view.line.id)
    assert again == replace(view, customer=None)


def test_taken_back_from_the_end_to_the_beginning(world: World, desk: Desk, stays: StayDesk) -> None:
    view = _admitted(desk, stays)
    id_, by = view.line.id, desk.office.by
    _charge(stays, id_, "YD0001")
    stays.take_deposit(id_, "cash", 5_000)
    assert stays.open(id_).undo is Undo.CHARGES
    assert stays.undo(id_, Undo.CHARGES, by).charges == ()
    assert stays.undo(id_, Undo.ADMISSION, by).closing
    done = stays.hand_back_rest(id_, AS_IT_CAME)
    assert (done.line.deposit_fen, done.line.documents, done.undo) == (0, "", None)
    with pytest.raises(Refused) as nothing:
        stays.hand_back_rest(id_, "cash")
    assert nothing.value.code == "S-NOCLOSE"
    assert world.agreement().disagreements == ()

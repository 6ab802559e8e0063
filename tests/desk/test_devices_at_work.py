"""What a customer sees and hears of each act of the desk, and for which of them the drawer opens."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from decimal import Decimal

import pytest

from pos_client.desk.counter_devices import CounterDevices
from pos_client.desk.identify import identify_card
from pos_client.desk.past_bills import PastBills
from pos_client.desk.sale_in_work import SaleInWork
from pos_client.desk.sale_view import SaleView
from pos_client.desk.settle import settle
from pos_client.desk.station import Desk
from pos_client.desk.stay_desk import AS_IT_CAME, StayDesk
from pos_client.desk.stay_view import AdmissionDraft
from pos_client.desk.strip import Contact
from pos_client.desk.todo import Todo
from pos_client.desk.todo_view import Act
from pos_client.desk.void import void
from pos_client.devices.announcer import Said, Sentence
from pos_client.devices.display import Amount, Figure
from pos_client.errors import EnvironmentProblem, OutcomeUnknown, Refused
from pos_client.offline import journal, settlements
from pos_client.offline.money_book import Means, Paid
from pos_client.offline.settlements import SettlementState
from pos_client.sync.region import AccountUse
from tests.desk.test_provisional import LIMITS
from tests.desk.told_devices import Told
from tests.desk.world import AMOXICILLIN, World

FORM = AdmissionDraft("A03.01", "D439900000001", "12", "K29.500", "ZY1")


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def desk(world: World, told: Told) -> Iterator[Desk]:
    with world.desk() as desk:
        yield replace(desk, devices=CounterDevices(told))


@pytest.fixture
def sale(desk: Desk) -> SaleInWork:
    return SaleInWork(desk)


def _come(desk: Desk, sale: SaleInWork) -> SaleView:
    card = desk.cards.read()
    return sale.identify(lambda visit: identify_card(desk.office, card, visit))


def _tried(desk: Desk, sale: SaleInWork) -> int:
    """A tried bill of somebody who pays in cash; what is due."""
    _come(desk, sale)
    while sale.account is not AccountUse.NO:
        sale.next_account()
    sale.add(f"{AMOXICILLIN}", "3")
    view = sale.try_out()
    assert view.due_fen
    return view.due_fen


def _states(desk: Desk) -> list[SettlementState]:
    with desk.office.store.read() as connection:
        return [settlements.state_of(connection, one) for one in journal.all_messages(connection)]


def test_a_sale_from_the_first_item_to_the_change(desk: Desk, sale: SaleInWork, told: Told) -> None:
    _come(desk, sale)
    assert told.greets()
    sale.add(AMOXICILLIN)
    assert told.stands() == (Amount(Figure.UNIT_PRICE, 1_260),)
    due_fen = sale.try_out().due_fen
    assert due_fen is not None
    assert told.stands() == (Amount(Figure.TOTAL, due_fen),)
    assert told.opened == 0
    sale.settle(due_fen + 1_000)
    assert told.stands() == (Amount(Figure.RECEIVED, due_fen + 1_000), Amount(Figure.CHANGE, 1_000))
    assert told.opened == 1


def test_the_drawer_opens_after_the_commit_only(desk: Desk, sale: SaleInWork, told: Told) -> None:
    due_fen = _tried(desk, sale)
    states: list[list[SettlementState]] = []
    told.when_opened = lambda: states.append(_states(desk))
    sale.settle(due_fen)
    assert states == [[SettlementState.SETTLED]]


def test_the_change_stands_until_the_next_customer_comes(desk: Desk, sale: SaleInWork, told: Told) -> None:
    sale.settle(_tried(desk, sale) + 500)
    assert told.stands()[-1] == Amount(Figure.CHANGE, 500)
    _come(desk, sale)
    assert told.greets()
    sale.give_up()
    sale.add(AMOXICILLIN)
    assert told.stands() == (Amount(Figure.UNIT_PRICE, 1_260),)


def test_what_is_paid_by_phone_leaves_the_drawer_shut(desk: Desk, sale: SaleInWork, told: Told) -> None:
    due_fen = _tried(desk, sale)
    sale.lay_down("wechat", due_fen)
    sale.settle(0)
    assert told.stands() == (Amount(Figure.RECEIVED, due_fen), Amount(Figure.CHANGE, 0))
    assert told.opened == 0


@pytest.mark.parametrize("leave", ["park", "give_up"])
def test_a_bill_that_is_laid_aside_or_dropped_leaves_nothing_in_sight(
    desk: Desk, sale: SaleInWork, told: Told, leave: str
) -> None:
    _tried(desk, sale)
    getattr(sale, leave)()
    assert told.greets()
    assert told.opened == 0


def test_a_refused_or_unknown_settlement_opens_nothing(world: World, desk: Desk, sale: SaleInWork, told: Told) -> None:
    due_fen = _tried(desk, sale)
    world.faults({"name": "refuse", "infno": "2102", "times": 1})
    with pytest.raises(Refused):
        sale.settle(due_fen)
    world.faults({"name": "drop_answer", "infno": "2102", "times": 1})
    sale.try_out()
    with pytest.raises(OutcomeUnknown):
        sale.settle(due_fen)
    assert told.opened == 0
    assert [one.said for one in told.said] == [Said.DUE]


def test_a_provisional_sale_is_shown_and_paid_the_same(world: World, told: Told) -> None:
    world.change_region('mode = "self_pay"', LIMITS)
    world.sell()
    with world.desk() as opened:
        desk = replace(opened, devices=CounterDevices(told))
        sale = SaleInWork(desk)
        _come(desk, sale)
        sale.add(AMOXICILLIN)
        world.faults({"name": "down"})
        world.http.close()
        assert sale.try_out().offer
        assert told.stands() == (Amount(Figure.UNIT_PRICE, 1_260),)
        due_fen = sale.try_offline().due_fen
        assert due_fen is not None
        assert told.stands() == (Amount(Figure.TOTAL, due_fen),)
        sale.settle(due_fen + 100)
        assert told.stands() == (Amount(Figure.RECEIVED, due_fen + 100), Amount(Figure.CHANGE, 100))
        assert told.opened == 1


def test_a_whole_refund_in_cash_is_shown_said_and_opens(world: World, desk: Desk, told: Told) -> None:
    sold = settle(desk, world.quote(desk, f"{AMOXICILLIN}*3"), 3_780)
    PastBills(desk, SaleInWork(desk)).give_back(sold.id, desk.office.by, "returned")
    assert told.stands() == (Amount(Figure.REFUND, 3_780),)
    assert told.said == [Sentence(Said.REFUND, 3_780), Sentence(Said.COUNT)]
    assert told.opened == 1


def test_a_void_without_a_window_is_told_as_it_was_paid_slip_or_not(world: World, desk: Desk, told: Told) -> None:
    in_parts = settle(desk, world.quote(desk, f"{AMOXICILLIN}*3"), 2_780, [Paid(Means.WECHAT, 1_000, "42001")])
    by_phone = settle(desk, world.quote(desk, AMOXICILLIN), 0, [Paid(Means.WECHAT, 1_260, "42002")])
    void(desk.office, in_parts.id, devices=desk.devices)
    assert told.stands() == (Amount(Figure.REFUND, 3_780),)
    assert told.opened == 1
    for file in world.home.slips.iterdir():
        file.unlink()
    world.home.slips.rmdir()
    with pytest.raises(EnvironmentProblem, match="S-SLIP"):
        void(desk.office, by_phone.id, devices=desk.devices)
    assert told.stands() == (Amount(Figure.REFUND, 1_260),)
    assert told.opened == 1


def test_a_part_that_comes_back_by_phone_leaves_the_drawer_shut(world: World, desk: Desk, told: Told) -> None:
    paid = Paid(Means.WECHAT, 3_780, "42001")
    sold = settle(desk, world.quote(desk, f"{AMOXICILLIN}*3"), 0, [paid])
    bills = PastBills(desk, SaleInWork(desk))
    bills.try_part(sold.id, {1: Decimal(2)}, desk.cards.read())
    bills.give_part_back(desk.office.by, "returned")
    assert told.stands()[0].figure is Figure.REFUND
    assert told.stands()[0].amount_fen > 0
    assert told.opened == 0


def test_deposit_discharge_and_what_is_left_of_the_deposit(desk: Desk, told: Told) -> None:
    stays = StayDesk(desk)
    stays.identify_card(desk.cards.read())
    id_ = stays.admit(FORM).line.id
    stays.take_deposit(id_, "cash", 100_000)
    assert told.stands() == (Amount(Figure.RECEIVED, 100_000), Amount(Figure.CHANGE, 0))
    assert told.opened == 1
    shown = len(told.shown)
    stays.begin_entering(id_).add(AMOXICILLIN, "3")
    assert len(told.shown) == shown, "nobody stands there while charges are entered"
    assert stays.entering is not None
    stays.entering.upload()
    view = stays.estimate(id_)
    assert view.back_fen
    assert len(told.shown) == shown
    stays.leave(id_, (), AS_IT_CAME)
    assert told.stands() == (Amount(Figure.REFUND, view.back_fen),)
    assert told.opened == 2
    stays.forget()
    assert told.greets()


def test_a_discharge_that_wants_money_shows_it_first(desk: Desk, told: Told) -> None:
    stays = StayDesk(desk)
    stays.identify_card(desk.cards.read())
    id_ = stays.admit(FORM).line.id
    stays.begin_entering(id_).add(AMOXICILLIN, "3")
    assert stays.entering is not None
    stays.entering.upload()
    view = stays.estimate(id_)
    while stays.account is not AccountUse.NO:
        view = stays.next_account(id_)
    due_fen = view.due_fen
    assert told.stands() == (Amount(Figure.TOTAL, due_fen),)
    stays.leave(id_, (("cash", due_fen + 100, ""),), AS_IT_CAME)
    assert told.stands() == (Amount(Figure.RECEIVED, due_fen + 100), Amount(Figure.CHANGE, 100))
    assert told.opened == 1


def test_a_deposit_whose_paper_cannot_be_written_opens_all_the_same(world: World, desk: Desk, told: Told) -> None:
    stays = StayDesk(desk)
    stays.identify_card(desk.cards.read())
    id_ = stays.admit(FORM).line.id
    for file in world.home.slips.iterdir():
        file.unlink()
    world.home.slips.rmdir()
    with pytest.raises(EnvironmentProblem, match="S-SLIP"):
        stays.take_deposit(id_, "cash", 100_000)
    assert told.opened == 1
    with pytest.raises(Refused, match="S-DEPOSIT"):
        stays.give_deposit_back(id_, "cash", 200_000)
    assert told.opened == 1
    world.home.slips.mkdir()
    stays.give_deposit_back(id_, "cash", 40_000)
    assert told.stands() == (Amount(Figure.REFUND, 40_000),)
    assert told.opened == 2


def test_what_is_collected_afterwards_in_cash_opens(world: World, desk: Desk, told: Told) -> None:
    quoted = world.quote(desk, AMOXICILLIN, "WSSCPTP", use_account=True)
    world.faults({"name": "off_by_one_fen", "figure": "cash", "infno": "2102"})
    settle(desk, quoted, quoted.due_fen)
    with closing(Todo(desk.office, Contact(), desk.devices)) as todo:
        (row,) = (one for one in todo.rows() if one.act is Act.COLLECT)
        todo.collect(row, "cash", "")
    assert told.stands() == (Amount(Figure.RECEIVED, row.money_fen), Amount(Figure.CHANGE, 0))
    assert told.opened == 1

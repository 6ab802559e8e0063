"""The sale that is being made, at a whole counter: nothing of it is lost, nothing is sold that was not agreed on."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal

import pytest
import requests

from hardware_sim import personas
from pos_client.desk import open_bills
from pos_client.desk.identify import Identified, identify_id_number
from pos_client.desk.open_bills import Draft, OpenLine
from pos_client.desk.sale_in_work import SaleInWork
from pos_client.desk.sale_view import SaleView, Stage
from pos_client.desk.station import Desk
from pos_client.errors import EnvironmentProblem, OutcomeUnknown, Refused
from pos_client.sync.region import Visit
from tests.desk.world import CONSENT_ITEM, World

PERSON, OTHER, POOR = "zhang-jianguo", "li-xiulan", "zhao-tingbao"


@pytest.fixture
def desk(world: World) -> Iterator[Desk]:
    with world.desk() as opened:
        yield opened


@pytest.fixture
def sale(desk: Desk) -> SaleInWork:
    return SaleInWork(desk)


def _who(desk: Desk, persona: str) -> Callable[[Visit], Identified]:
    card = personas.load(persona).card
    return lambda visit: identify_id_number(desk.office, card.id_number, card.name, visit)


def _tried(sale: SaleInWork, desk: Desk, *codes: str, account: bool = False) -> SaleView:
    sale.identify(_who(desk, PERSON))
    for code in codes or ("YD0001",):
        sale.add(code)
    while sale.account.value != ("own" if account else "no"):
        sale.next_account()
    return sale.try_out()


# --- who ---


def test_lines_and_person_come_in_any_order(sale: SaleInWork, desk: Desk) -> None:
    assert sale.view().stage is Stage.EMPTY
    assert sale.add("YD0001").customer is None
    view = sale.identify(_who(desk, PERSON))
    assert view.customer is not None
    assert (view.stage, view.estimated, len(view.lines)) == (Stage.GATHERING, True, 1)


def test_whoever_cannot_be_identified_changes_nothing(sale: SaleInWork, desk: Desk, world: World) -> None:
    before = _tried(sale, desk)
    world.faults({"name": "refuse", "infno": "1101"})
    with pytest.raises(Refused, match="R-1101"):
        sale.identify(_who(desk, OTHER))
    assert sale.view() == before


def test_another_person_makes_the_trial_void(sale: SaleInWork, desk: Desk) -> None:
    _tried(sale, desk)
    view = sale.identify(_who(desk, OTHER))
    assert (view.stage, view.due_fen) == (Stage.GATHERING, None)
    assert view.customer is not None
    assert view.customer.name == "李秀兰"


def test_the_account_is_the_persons_own_choice(sale: SaleInWork, desk: Desk) -> None:
    assert sale.identify(_who(desk, PERSON)).account == "own"
    assert sale.next_account().account != "own"
    while sale.account.value != "no":
        sale.next_account()
    assert sale.identify(_who(desk, PERSON)).account == "no"  # his card was only read again
    assert sale.identify(_who(desk, OTHER)).account == "own"


def test_nobody_gets_the_account_choice_of_whoever_stood_there_before(
    sale: SaleInWork, desk: Desk, world: World
) -> None:
    sale.identify(_who(desk, OTHER))
    change = {"persons": [{"psn_no": "43990000000000000000000005", "balance": "0.00"}]}
    answer = requests.put(f"{world.front_end.control_url}/_sim/persons", json=change, timeout=10)
    answer.raise_for_status()
    assert sale.identify(_who(desk, POOR)).account == "no"


def test_a_reading_gets_old_and_then_nothing_is_sold_on_it(sale: SaleInWork, desk: Desk, world: World) -> None:
    _tried(sale, desk)
    world.clock.ahead += timedelta(minutes=11)
    assert sale.view().reading_too_old
    with pytest.raises(Refused, match="S-AGE"):
        sale.settle(1260)
    with pytest.raises(Refused, match="S-AGE"):
        sale.try_out()
    sale.identify(_who(desk, PERSON))
    assert not sale.try_out().reading_too_old
    assert world.ledger() == []


# --- what ---


def test_more_of_the_same_is_one_line(sale: SaleInWork) -> None:
    sale.add("YD0001")
    view = sale.add("YD0001", "2.5")
    assert [(line.quantity, line.amount_fen) for line in view.lines] == [("3.5", 4410)]


@pytest.mark.parametrize("count", ["0", "-1", "abc", "", "1e400", "0.00001", "NaN"])
def test_what_is_no_quantity_changes_nothing(sale: SaleInWork, count: str) -> None:
    before = sale.add("YD0001")
    with pytest.raises(Refused, match="S-QTY"):
        sale.add("YD0002", count)
    with pytest.raises(Refused, match="S-QTY"):
        sale.set_quantity(1, count)
    assert sale.view() == before


@pytest.mark.parametrize("typed", ["NOSUCH", "%%", "'", "\x00"])
def test_what_is_not_in_the_catalogue_changes_nothing(sale: SaleInWork, typed: str) -> None:
    before = sale.add("YD0001")
    with pytest.raises(Refused, match="S-ITEM"):
        sale.add(typed)
    assert sale.view() == before


def test_a_signature_is_asked_before_anything_is_sent(sale: SaleInWork, desk: Desk) -> None:
    sale.identify(_who(desk, PERSON))
    assert sale.add(CONSENT_ITEM).unsigned
    with pytest.raises(Refused, match="S-CONSENT"):
        sale.try_out()
    assert sale.sign(1).unsigned == ()
    assert sale.try_out().stage is Stage.TRIED
    assert sale.sign(1).unsigned
    with pytest.raises(Refused, match="S-CONSENT"):
        sale.settle(1800)


def test_without_lines_or_a_person_there_is_nothing_to_try(sale: SaleInWork, desk: Desk) -> None:
    with pytest.raises(Refused, match="S-EMPTY"):
        sale.try_out()
    sale.add("YD0001")
    with pytest.raises(Refused, match="S-NOBODY"):
        sale.try_out()


# --- how much ---


def test_any_change_makes_the_trial_void(sale: SaleInWork, desk: Desk) -> None:
    changes: list[Callable[[], SaleView]] = [
        lambda: sale.add("YD0002"),
        lambda: sale.set_quantity(1, "3"),
        lambda: sale.remove(2),
        sale.next_account,
        sale.reopen,
    ]
    for change in changes:
        assert _tried(sale, desk).due_fen is not None
        sale.lay_down("wechat", 100)
        view = change()
        assert (view.due_fen, view.to_collect_fen, view.paid) == (None, None, ())


def test_other_means_are_laid_down_one_after_the_other_and_taken_back_so(sale: SaleInWork, desk: Desk) -> None:
    due_fen = _tried(sale, desk).due_fen
    assert due_fen == 1260
    sale.lay_down("wechat", 500, "4200001")
    assert sale.lay_down("alipay", 760).to_collect_fen == 0
    with pytest.raises(Refused, match="S-CHANGE"):
        sale.lay_down("bank_card", 1)
    assert sale.take_back().to_collect_fen == 760
    assert sale.take_back().to_collect_fen == 1260
    assert sale.take_back().to_collect_fen == 1260


def test_a_sale_is_settled_and_the_next_one_begins_empty(sale: SaleInWork, desk: Desk, world: World) -> None:
    _tried(sale, desk)
    sale.lay_down("wechat", 500)
    sold = sale.settle(1000)
    assert (sold.tendered_fen, sold.change_fen, sold.name_masked) == (1500, 240, "张**")
    assert sold.elsewhere == ()  # nothing goes back by another way than cash
    assert sale.view() == SaleInWork(desk).view()
    assert sale.bring_back() is None
    assert world.agreement().disagreements == ()


def test_too_little_money_leaves_everything_as_it_was(sale: SaleInWork, desk: Desk, world: World) -> None:
    before = _tried(sale, desk)
    with pytest.raises(Refused, match="S-TENDER"):
        sale.settle(1259)
    assert sale.view() == before
    assert world.ledger() == []


def test_after_a_refusal_the_bill_is_still_there_and_can_be_settled(sale: SaleInWork, desk: Desk, world: World) -> None:
    _tried(sale, desk)
    world.faults({"name": "refuse", "infno": "2102", "times": 1})
    with pytest.raises(Refused, match="R-2102"):
        sale.settle(1260)
    assert len(sale.view().lines) == 1
    assert open_bills.in_work(desk.office) is not None
    sale.try_out()
    sale.settle(1260)
    assert world.agreement().disagreements == ()


def test_after_an_unknown_outcome_the_bill_is_closed(sale: SaleInWork, desk: Desk, world: World) -> None:
    _tried(sale, desk)
    world.faults({"name": "drop_answer", "infno": "2102", "times": 1})
    with pytest.raises(OutcomeUnknown, match="U-2102"):
        sale.settle(1260)
    assert sale.view().stage is Stage.EMPTY
    assert open_bills.in_work(desk.office) is None


def test_while_the_bureau_is_down_nothing_is_offered_that_no_document_allows(
    sale: SaleInWork, desk: Desk, world: World
) -> None:
    _tried(sale, desk)
    world.faults({"name": "down"})
    world.http.close()
    with pytest.raises(EnvironmentProblem, match="N-SEND"):
        sale.settle(1260)
    with pytest.raises(Refused, match="S-OFFLINE"):
        sale.try_out()
    assert sale.view().offer == ""
    assert len(sale.view().lines) == 1


# --- aside and back ---


def test_every_change_survives_the_end_of_the_program(world: World) -> None:
    with world.desk() as desk:
        sale = SaleInWork(desk)
        sale.identify(_who(desk, PERSON))
        sale.add("YD0001", "2")
        sale.add(CONSENT_ITEM)
        sale.sign(2)
        sale.remove(1)
        sale.add("YD0004")
    with world.desk() as desk:
        again = SaleInWork(desk)
        view = again.bring_back()
        assert view is not None
        assert [(line.code, line.quantity, line.consent_signed) for line in view.lines] == [
            (again.lines[0].item.code, "1", True),
            ("YD0004", "1", False),
        ]
        assert view.customer is None


def test_a_parked_bill_waits_until_it_is_taken_up(sale: SaleInWork, desk: Desk) -> None:
    with pytest.raises(Refused, match="S-EMPTY"):
        sale.park()
    _tried(sale, desk, "YD0001", "YD0002")
    assert sale.park().stage is Stage.EMPTY
    assert sale.bring_back() is None
    (parked,) = open_bills.parked(desk.office)
    view = sale.take_up(parked.number)
    assert ([line.code for line in view.lines], view.customer) == (["YD0001", "YD0002"], None)
    assert open_bills.parked(desk.office) == []


def test_a_bill_that_was_given_up_does_not_come_back(sale: SaleInWork, desk: Desk) -> None:
    _tried(sale, desk)
    assert sale.give_up().stage is Stage.EMPTY
    assert sale.bring_back() is None
    assert sale.give_up().stage is Stage.EMPTY


def test_what_left_the_catalogue_meanwhile_is_not_sold(sale: SaleInWork, desk: Desk) -> None:
    draft = Draft((OpenLine("YD0001", Decimal(2)), OpenLine("GONE99", Decimal(1))))
    open_bills.park(desk.office, draft)
    (parked,) = open_bills.parked(desk.office)
    assert [line.code for line in sale.take_up(parked.number).lines] == ["YD0001"]


def test_charges_of_a_stay_are_no_sale(sale: SaleInWork, desk: Desk) -> None:
    open_bills.save(desk.office, Draft((OpenLine("YD0001", Decimal(2)),), kind="stay"))
    with suppress(Refused):
        assert sale.bring_back() is None
    assert sale.view().stage is Stage.EMPTY

"""Taking a settlement back."""

import pytest

from pos_client.desk.queue import sync_once
from pos_client.errors import EnvironmentProblem, OutcomeUnknown, Refused
from tests.desk.world import World


def test_a_void_gives_account_and_cash_back(world: World) -> None:
    sold = world.sell("YD0001", "WSSCPTP", use_account=True)
    voided = world.void(sold.id)
    assert voided.refund_fen == sold.booked.figures.cash_pay_fen
    books = world.agreement()
    assert books.disagreements == ()
    assert (books.standing, books.drawer_fen) == (0, 0)
    assert "退" in voided.slip_file.read_text(encoding="utf-8")
    assert world.sell("YD0001", use_account=True).booked.figures.account_balance_fen == 120355 - 1260


def test_a_sale_may_be_named_by_its_message_id(world: World) -> None:
    sold = world.sell("YD0001")
    assert world.void(sold.message_id).about == sold.id


def test_nothing_is_voided_twice(world: World) -> None:
    sold = world.sell("YD0001")
    world.void(sold.id)
    with pytest.raises(Refused) as caught:
        world.void(sold.id)
    assert caught.value.code == "S-VOID"
    assert world.agreement().disagreements == ()


def test_what_was_never_sold_cannot_be_voided(world: World) -> None:
    with pytest.raises(Refused) as caught:
        world.void("01-000099")
    assert caught.value.code == "S-NOSALE"


def test_a_void_is_no_sale(world: World) -> None:
    voided = world.void(world.sell("YD0001").id)
    with pytest.raises(Refused) as caught:
        world.void(voided.id)
    assert caught.value.code == "S-NOSALE"


def test_a_refused_void_leaves_the_sale_settled(world: World) -> None:
    sold = world.sell("YD0001")
    world.faults({"name": "refuse", "infno": "2103"})
    with pytest.raises(Refused) as caught:
        world.void(sold.id)
    assert caught.value.code == "R-2103"
    assert world.agreement().disagreements == ()
    world.faults()
    world.void(sold.id)
    assert world.agreement().standing == 0


def test_a_void_that_was_not_sent_may_be_tried_again(world: World) -> None:
    sold = world.sell("YD0001")
    world.faults({"name": "down"})
    world.http.close()
    with pytest.raises(EnvironmentProblem):
        world.void(sold.id)
    world.faults()
    world.void(sold.id)
    assert world.agreement().disagreements == ()


def _lose_void(world: World, fault: str) -> str:
    sold = world.sell("YD0001")
    world.faults({"name": fault, "infno": "2103", "times": 1})
    with pytest.raises(OutcomeUnknown) as caught:
        world.void(sold.id)
    assert caught.value.code == "U-2103"
    with pytest.raises(Refused):
        world.void(sold.id)
    with world.back_office() as office:
        sync_once(office)
    return sold.id


def test_a_lost_void_that_was_booked_is_found_and_the_money_goes_back(world: World) -> None:
    _lose_void(world, "drop_answer")
    books = world.agreement()
    assert (books.disagreements, books.standing, books.drawer_fen) == ((), 0, 0)


def test_a_lost_void_that_never_arrived_leaves_the_sale_settled(world: World) -> None:
    id_ = _lose_void(world, "drop_request")
    books = world.agreement()
    assert (books.disagreements, books.standing, books.drawer_fen) == ((), 1, 1260)
    world.void(id_)
    assert world.agreement().standing == 0


def test_a_lost_void_that_cannot_be_found_is_undone(world: World) -> None:
    world.change_region("rows_without_settlement = true", "rows_without_settlement = false")
    _lose_void(world, "drop_answer")
    books = world.agreement()
    assert (books.disagreements, books.standing, books.drawer_fen) == ((), 1, 1260)

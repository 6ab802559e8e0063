"""Taking a settlement back."""

import pytest

from pos_client.desk.queue import sync_once
from pos_client.errors import EnvironmentProblem, OutcomeUnknown, Refused
from pos_client.offline.journal import State
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


@pytest.mark.parametrize(("fault", "executed"), [("drop_request", False), ("drop_answer", True)])
def test_a_lost_void_is_undone_and_nothing_is_refunded_before_it_is_known(
    world: World, fault: str, executed: bool
) -> None:
    sold = world.sell("YD0001")
    world.faults({"name": fault, "infno": "2103", "times": 1})
    with pytest.raises(OutcomeUnknown) as caught:
        world.void(sold.id)
    assert caught.value.code == "U-2103"
    with pytest.raises(Refused):
        world.void(sold.id)
    with world.back_office() as office:
        sync_once(office)
    states = {message.id: message.state for message in world.messages() if message.kind == "void"}
    assert list(states.values()) == [State.REVERSED if executed else State.NOT_SENT]
    books = world.agreement()
    assert (books.disagreements, books.standing, books.drawer_fen) == ((), 1, 1260)
    world.void(sold.id)
    assert world.agreement().standing == 0

"""A part of a sale comes back: void and new settlement as one act, and where it stands when the second step fails."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import simplejson
from sqlalchemy import select

from pos_client.desk.cart import Order
from pos_client.desk.operators import SignedIn
from pos_client.desk.queue import sync_once
from pos_client.desk.quote import Quote, quote_for
from pos_client.desk.return_part import Rest, Returned, quote_rest, return_part
from pos_client.desk.settle import settle
from pos_client.desk.slip_text import slip_text
from pos_client.desk.station import Desk
from pos_client.desk.void import void
from pos_client.desk.void_reasons import VoidReason
from pos_client.errors import EnvironmentProblem, OutcomeUnknown, Refused
from pos_client.offline.journal import Kind, State
from pos_client.offline.money_book import Means, Paid
from pos_client.offline.operators import Role
from pos_client.offline.schema import audit
from pos_client.sync.person import InsuredPerson, fetch_person
from pos_client.sync.region import AccountUse
from tests.desk.world import AMOXICILLIN, World

VITAMIN = "WSSCPTP"  # own expense
METFORMIN = "YD0014"  # 4.50
ONE_LEFT = {1: Decimal(1)}


@pytest.fixture
def desk(world: World) -> Iterator[Desk]:
    with world.desk() as desk:
        yield desk


def sell(world: World, desk: Desk, *typed: str, paid: tuple[Paid, ...] = (), use_account: bool = False) -> str:
    """Sells, in cash what is not paid otherwise."""
    quoted = world.quote(desk, *(typed or (f"{AMOXICILLIN}*3", METFORMIN)), use_account=use_account)
    in_cash_fen = quoted.due_fen - sum(one.amount_fen for one in paid)
    return settle(desk, quoted, in_cash_fen, paid).id


def give_back_two(world: World, desk: Desk) -> tuple[str, Returned]:
    id_ = sell(world, desk)
    return id_, return_part(desk, quote_rest(desk, id_, ONE_LEFT))


def test_what_is_kept_is_settled_anew_and_the_rest_of_the_money_goes_back(world: World, desk: Desk) -> None:
    id_, returned = give_back_two(world, desk)
    assert returned.sold is not None
    assert returned.sold.booked.figures.total_fen == 1260 + 450
    assert returned.back == (Paid(Means.CASH, 2 * 1260),)
    assert (returned.about, returned.rest, returned.problem) == (id_, (), None)


def test_the_books_agree_after_it(world: World) -> None:
    with world.desk() as desk:
        give_back_two(world, desk)
    books = world.agreement()
    assert (books.disagreements, books.standing, books.drawer_fen) == ((), 1, 1710)


def test_a_line_that_is_not_named_stays_whole_and_one_of_none_goes(world: World, desk: Desk) -> None:
    rest = quote_rest(desk, sell(world, desk), {2: Decimal(0)})
    assert [(line.number, line.item.code, line.quantity) for line in rest.cart] == [(1, AMOXICILLIN, Decimal(3))]
    assert rest.back_about_fen == 450


def test_the_price_is_that_of_the_sale(world: World, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    id_ = sell(world, desk)

    def no_catalogue(*_: object) -> list[object]:
        raise AssertionError("the catalogue of today was asked")

    monkeypatch.setattr("pos_client.desk.cart.find_items", no_catalogue)
    assert quote_rest(desk, id_, ONE_LEFT).cart[0].amount_fen == 1260


def test_the_account_gets_back_what_it_paid_for_what_came_back(world: World, desk: Desk) -> None:
    id_ = sell(world, desk, use_account=True)
    returned = return_part(desk, quote_rest(desk, id_, ONE_LEFT))
    assert returned.sold is not None
    assert returned.sold.booked.figures.account_pay_fen == 1710
    assert returned.sold.booked.figures.account_balance_fen == 120_355 - 1710
    assert (returned.back, returned.sold.differences) == ((), ())


def test_what_was_paid_by_other_means_goes_back_that_way(world: World, desk: Desk) -> None:
    id_ = sell(world, desk, paid=(Paid(Means.WECHAT, 3000, "4200001"),))
    returned = return_part(desk, quote_rest(desk, id_, ONE_LEFT))
    assert returned.back == (Paid(Means.WECHAT, 3000 - 1710, "4200001"), Paid(Means.CASH, 1230))


def test_one_paper_says_the_whole_act_and_names_the_old_number(world: World, desk: Desk) -> None:
    id_, returned = give_back_two(world, desk)
    text = returned.slip_file.read_text(encoding="utf-8")
    assert f"原单号 {id_} 已撤销（撤销单号 {returned.void_id}）" in text
    assert "退回：阿莫西林胶囊 0.25g×24粒 × 2。" in text.replace("\n", "")
    assert "张**" in text
    assert returned.slip.who.name == "张建国"
    assert returned.slip.big is not None
    assert (returned.slip.big.label, returned.slip.big.amount_fen) == ("应退现金", 2520)
    assert not (world.home.slips / f"{returned.void_id}.txt").exists()


def test_the_old_sale_is_void_and_the_new_one_may_be_returned_in_part_again(world: World, desk: Desk) -> None:
    id_, returned = give_back_two(world, desk)
    with pytest.raises(Refused, match="S-VOID"):
        void(desk.office, id_)
    assert returned.sold is not None
    again = return_part(desk, quote_rest(desk, returned.sold.id, {2: Decimal(0)}))
    assert again.back == (Paid(Means.CASH, 450),)


@pytest.mark.parametrize(
    ("keep", "code"),
    [
        ({}, "S-PARTNONE"),
        ({1: Decimal(3)}, "S-PARTNONE"),
        ({1: Decimal(0), 2: Decimal(0)}, "S-PARTALL"),
        ({1: Decimal(4)}, "S-PART"),
        ({1: Decimal(-1)}, "S-PART"),
        ({3: Decimal(1)}, "S-PART"),
    ],
)
def test_a_part_that_cannot_be_is_refused_before_anything_is_asked(
    world: World, desk: Desk, keep: dict[int, Decimal], code: str
) -> None:
    id_ = sell(world, desk)
    world.slot.remove()
    with pytest.raises(Refused) as caught:
        quote_rest(desk, id_, keep)
    assert caught.value.code == code


def test_the_person_must_be_there(world: World) -> None:
    with world.desk() as desk:
        id_ = sell(world, desk)
        world.slot.remove()
        with pytest.raises(EnvironmentProblem, match="K-"):
            quote_rest(desk, id_, ONE_LEFT)
        world.insert("wang-xiaomei")
        with pytest.raises(Refused, match="S-PARTPERSON"):
            quote_rest(desk, id_, ONE_LEFT)
    assert world.agreement().standing == 1


def test_a_cashier_needs_a_supervisors_word(world: World) -> None:
    with world.desk() as desk:
        rest = quote_rest(desk, sell(world, desk), ONE_LEFT)
        with pytest.raises(Refused, match="S-SUPERVISOR"):
            return_part(desk, rest, SignedIn("02", "收费员02", Role.CASHIER))
    assert world.agreement().standing == 1


def test_reason_supervisor_and_what_was_kept_are_in_the_audit_chain(world: World, desk: Desk) -> None:
    rest = quote_rest(desk, sell(world, desk), ONE_LEFT)
    returned = return_part(desk, rest, SignedIn("09", "班长", Role.SUPERVISOR), VoidReason.WRONG_QUANTITY)
    chosen = select(audit.c.act, audit.c.detail).where(audit.c.subject == returned.void_id)
    with desk.office.store.read() as connection:
        rows = {act: simplejson.loads(detail) for act, detail in connection.execute(chosen)}
    assert rows["void.reason"] == {"about": rest.id, "reason": "wrong_quantity", "kept": {"1": "1", "2": "1"}}
    assert rows["void.intent"]["authorised_by"] == "09"


# --- what goes wrong on the way ------------------------------------------------------------------------------------


def asked(world: World, desk: Desk) -> Rest:
    return quote_rest(desk, sell(world, desk), ONE_LEFT)


def test_a_refused_void_leaves_the_sale_as_it_was(world: World) -> None:
    with world.desk() as desk:
        rest = asked(world, desk)
        world.faults({"name": "refuse", "infno": "2103"})
        with pytest.raises(Refused, match="R-2103"):
            return_part(desk, rest)
    books = world.agreement()
    assert (books.disagreements, books.standing, books.drawer_fen) == ((), 1, 3 * 1260 + 450)


def test_a_void_of_unknown_outcome_stops_there(world: World) -> None:
    with world.desk() as desk:
        rest = asked(world, desk)
        world.faults({"name": "drop_answer", "infno": "2103", "times": 1})
        with pytest.raises(OutcomeUnknown) as caught:
            return_part(desk, rest)
        assert caught.value.code == "U-PARTVOID"
        assert rest.id in caught.value.sentence("zh")
    assert [message.kind for message in world.messages()] == [Kind.SETTLE, Kind.VOID]
    with world.back_office() as office:
        sync_once(office)
    books = world.agreement()
    assert (books.disagreements, books.standing, books.drawer_fen) == ((), 0, 0)


@pytest.mark.parametrize(("refused", "states"), [("2102", [State.REFUSED]), ("2101", [])])
def test_a_rest_that_is_refused_is_a_bill_still_to_be_charged(world: World, refused: str, states: list[State]) -> None:
    with world.desk() as desk:
        rest = asked(world, desk)
        world.faults({"name": "refuse", "infno": refused})
        returned = return_part(desk, rest)
        assert returned.problem is not None
        assert returned.problem.code == "S-PARTLEFT"
        assert isinstance(returned.problem, Refused)
        assert returned.back == (Paid(Means.CASH, 3 * 1260 + 450),)
        assert returned.rest == (Order(AMOXICILLIN, Decimal(1)), Order(METFORMIN, Decimal(1)))
        assert "撤销单号" in slip_text(returned.slip)
        assert returned.slip_file.name == f"{returned.void_id}.txt"
    assert [message.state for message in world.messages()[2:]] == states
    books = world.agreement()
    assert (books.disagreements, books.standing, books.drawer_fen) == ((), 0, 0)


def test_a_front_end_that_goes_down_between_the_two_loses_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with world.desk() as desk:
        rest = asked(world, desk)

        def down(*_: Any) -> InsuredPerson:
            world.faults({"name": "down"})
            world.http.close()
            return fetch_person(*_)

        monkeypatch.setattr("pos_client.desk.return_part.fetch_person", down)
        returned = return_part(desk, rest)
        assert isinstance(returned.problem, EnvironmentProblem)
        assert returned.problem.code == "S-PARTLEFT"
        assert len(returned.rest) == 2
    world.faults()
    books = world.agreement()
    assert (books.disagreements, books.standing, books.drawer_fen) == ((), 0, 0)


def test_a_rest_of_unknown_outcome_keeps_its_money_aside_and_is_found_out(world: World) -> None:
    with world.desk() as desk:
        id_ = sell(world, desk, paid=(Paid(Means.WECHAT, 3000, "4200001"),))
        rest = quote_rest(desk, id_, ONE_LEFT)
        world.faults({"name": "drop_answer", "infno": "2102", "times": 1})
        returned = return_part(desk, rest)
        assert returned.problem is not None
        assert returned.problem.code == "U-PART"
        assert returned.back == (Paid(Means.WECHAT, 3000 - 1710, "4200001"), Paid(Means.CASH, 1230))
        assert returned.rest == ()
        assert "待确认" in (world.home.slips / "01-000003.txt").read_text(encoding="utf-8")
    with world.back_office() as office:
        sync_once(office)
    books = world.agreement()
    assert (books.disagreements, books.standing, books.drawer_fen) == ((), 1, 1710)
    found = (world.home.slips / "01-000003.txt").read_text(encoding="utf-8")
    assert f"原单号 {rest.id} 已撤销" in found


def test_a_rest_that_costs_more_cash_than_was_paid_becomes_a_bill_of_its_own(
    world: World, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = sell(world, desk, use_account=True)
    rest = quote_rest(desk, id_, ONE_LEFT)

    def in_cash(*given: Any, account: AccountUse) -> Quote:
        return quote_for(*given, account=AccountUse.NO)

    monkeypatch.setattr("pos_client.desk.return_part.quote_for", in_cash)
    returned = return_part(desk, rest)
    assert returned.problem is not None
    assert "S-TENDER" in returned.problem.sentence("zh")
    assert len(returned.rest) == 2


def test_what_goes_back_is_told_even_where_the_paper_cannot_be_written(world: World, desk: Desk) -> None:
    rest = asked(world, desk)
    for file in world.home.slips.iterdir():
        file.unlink()
    world.home.slips.rmdir()
    returned = return_part(desk, rest)
    world.home.slips.mkdir()
    assert returned.sold is not None
    assert returned.back == (Paid(Means.CASH, 2520),)
    assert returned.problem is not None
    assert returned.problem.code == "S-SLIP"

"""Papers printed again: from the store, marked and counted."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pos_client.desk.reprint import reprint
from pos_client.desk.return_part import quote_rest, return_part
from pos_client.desk.settle import settle
from pos_client.desk.slip import Sum
from pos_client.desk.void import void
from pos_client.errors import OutcomeUnknown, Refused
from pos_client.offline import audit
from tests.desk.world import World


def test_a_reprint_is_the_slip_of_then_with_the_full_name_and_a_count(world: World) -> None:
    with world.desk() as desk:
        sold = settle(desk, world.quote(desk, "YD0001", "WSSCPTP", use_account=True), 10_000)
        first, second = (reprint(desk.office, sold.id) for _ in range(2))
        assert replace(first, reprint="") == sold.slip
        assert first.reprint.startswith("补打 第 1 次")
        assert second.reprint.startswith("补打 第 2 次")
        assert first.who.name == "张建国"
        with desk.office.store.read() as connection:
            assert audit.count(connection, "slip.reprint", sold.id) == 2
            assert audit.first_broken_row(connection) is None


def test_a_sale_that_was_voided_says_so_and_its_void_has_a_paper_too(world: World) -> None:
    with world.desk() as desk:
        sold = settle(desk, world.quote(desk), 2000)
        voided = void(desk.office, sold.id)
        assert reprint(desk.office, sold.id).about == f"本单已撤销（撤销单号 {voided.id}）"
        assert replace(reprint(desk.office, voided.id), reprint="") == voided.slip


def test_the_paper_of_a_part_return_comes_out_the_same(world: World) -> None:
    with world.desk() as desk:
        sold = settle(desk, world.quote(desk, "YD0001*2"), 5000)
        returned = return_part(desk, quote_rest(desk, sold.id, {1: Decimal(1)}))
        assert returned.sold is not None
        assert replace(reprint(desk.office, returned.sold.id), reprint="") == returned.slip


def test_of_an_unknown_outcome_the_numbered_slip_is_printed_again(world: World) -> None:
    with world.desk() as desk:
        world.faults({"name": "drop_answer", "infno": "2102", "times": 1})
        with pytest.raises(OutcomeUnknown):
            settle(desk, world.quote(desk), 2000)
        slip = reprint(desk.office, "01-000001")
    assert (slip.title, slip.number, slip.who.name) == ("待确认（不是结算单）", "01-000001", "张建国")
    assert slip.big == Sum("已收待确认", 2000)


def test_what_is_not_booked_has_no_slip_to_print_again(world: World) -> None:
    with world.desk() as desk:
        world.faults({"name": "refuse", "infno": "2102", "times": 1})
        with pytest.raises(Refused, match="R-2102"):
            settle(desk, world.quote(desk), 2000)
        for id_ in ("01-000001", "01-000009"):
            with pytest.raises(Refused, match="S-NOSLIP"):
                reprint(desk.office, id_)

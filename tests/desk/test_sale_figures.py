"""What is shown of a sale adds up, whoever said the figures."""

from collections.abc import Iterator

import pytest

from hardware_sim import personas
from pos_client.desk.identify import identify_id_number
from pos_client.desk.sale_in_work import SaleInWork
from pos_client.desk.sale_view import SaleView
from pos_client.desk.station import Desk
from tests.desk.world import CONSENT_ITEM, World, world_in

CARTS = [("YD0001",), ("YD0001", "YD0004", CONSENT_ITEM), ("YD0004",) * 9, (CONSENT_ITEM,)]
PEOPLE = ["zhang-jianguo", "li-xiulan", "ma-yan", "wang-xiaomei"]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with world_in(tmp_path_factory.mktemp("figures")) as world, world.desk() as opened:
        yield opened


def _sale(desk: Desk, persona: str, *codes: str) -> SaleInWork:
    sale, card = SaleInWork(desk), personas.load(persona).card
    sale.identify(lambda visit: identify_id_number(desk.office, card.id_number, card.name, visit))
    for code in codes:
        view = sale.add(code)
        if view.unsigned:
            sale.sign(len(view.lines))
    return sale


def _adds_up(view: SaleView) -> None:
    total, *parts = view.sums
    assert total.amount_fen == view.total_fen == sum(line.amount_fen for line in view.lines)
    assert sum(part.amount_fen for part in parts) == total.amount_fen
    assert sum(payer.amount_fen for payer in view.payers) == total.amount_fen
    assert all(part.amount_fen >= 0 for part in parts)
    assert view.customer is not None
    account_fen = next(part.amount_fen for part in parts if part.label == "账户支付")
    assert view.account_after_fen is not None
    assert view.customer.account_fen - account_fen <= view.account_after_fen <= view.customer.account_fen


@pytest.mark.parametrize("codes", CARTS, ids=len)
@pytest.mark.parametrize("persona", PEOPLE)
def test_estimate_and_trial_add_up_and_agree(desk: Desk, persona: str, codes: tuple[str, ...]) -> None:
    sale = _sale(desk, persona, *codes)
    estimated = sale.view()
    _adds_up(estimated)
    assert estimated.estimated
    tried = sale.try_out()
    _adds_up(tried)
    assert (tried.estimated, tried.agrees, tried.differences) == (False, True, ())
    assert tried.sums == estimated.sums
    assert tried.due_fen == tried.sums[-1].amount_fen


def test_without_a_person_only_the_total_is_known(desk: Desk) -> None:
    sale = SaleInWork(desk)
    view = sale.add("YD0001")
    assert [amount.amount_fen for amount in view.sums] == [1260]
    assert (view.payers, view.account_after_fen, view.estimated) == ((), None, False)


def test_every_line_says_how_it_comes_about(desk: Desk) -> None:
    view = _sale(desk, "zhang-jianguo", "YD0001", "YD0004", CONSENT_ITEM).view()
    assert [line.number for line in view.lines] == [1, 2, 3]
    for line in view.lines:
        assert f"第 {line.number} 行" in line.sentence
        assert "{" not in line.sentence
    assert [line.own_expense for line in view.lines] == [False, False, True]


def test_a_difference_of_one_fen_is_named(world: World) -> None:
    with world.desk() as desk:
        sale = _sale(desk, "zhang-jianguo", "YD0001")
        world.faults({"name": "off_by_one_fen", "infno": "2101", "figure": "cash"})
        view = sale.try_out()
    assert view.agrees is False
    assert view.differences
    assert all("12.5" in said or "12.6" in said or "0.0" in said for said in view.differences)
    assert view.due_fen == view.sums[-1].amount_fen

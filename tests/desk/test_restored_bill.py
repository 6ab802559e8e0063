"""A bill that comes back after a while: whatever is not as it was, the clerk is told, and nothing else is lost."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from hardware_sim import personas
from pos_client.config import write_settings
from pos_client.desk import open_bills
from pos_client.desk.identify import Identified, identify_id_number
from pos_client.desk.open_bills import Draft, OpenLine
from pos_client.desk.parked_bills import parked_bills
from pos_client.desk.restored_bill import laid_down_told
from pos_client.desk.sale_in_work import SaleInWork
from pos_client.desk.sale_view import SaleView, Stage
from pos_client.desk.station import Desk
from pos_client.offline import catalogue
from pos_client.offline.catalogue_file import Item, sample_catalogue
from pos_client.offline.money_book import Means, Paid
from pos_client.sync.region import AccountUse, Visit
from tests.desk.world import World

OWN_EXPENSE = next(item for item in sample_catalogue() if item.consent)


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


def _catalogue(desk: Desk, change: Callable[[Item], Item | None]) -> None:
    """Imports another catalogue; what becomes None is not in it."""
    items = [new for one in sample_catalogue() if (new := change(one)) is not None]
    with desk.office.store.commit() as connection:
        catalogue.replace_items(connection, items)


def _without(*codes: str) -> Callable[[Item], Item | None]:
    return lambda item: None if item.code in codes else item


def _priced(code: str, price: str) -> Callable[[Item], Item]:
    return lambda item: replace(item, unit_price=Decimal(price)) if item.code == code else item


def _parked(sale: SaleInWork, desk: Desk, *codes: str) -> int:
    for code in codes:
        sale.add(code)
        if sale.unsigned():
            sale.sign(len(sale.lines))
    sale.park()
    return open_bills.parked(desk.office)[-1].number


def _rows(view: SaleView) -> list[tuple[str, str, bool]]:
    return [(line.code, line.quantity, line.consent_signed) for line in view.lines]


# --- lines ---


def test_a_bill_that_is_as_it_was_says_nothing(sale: SaleInWork, desk: Desk) -> None:
    sale.add("YD0001", "2.5")
    view = sale.take_up(_parked(sale, desk, OWN_EXPENSE.code))
    assert _rows(view) == [("YD0001", "2.5", False), (OWN_EXPENSE.code, "1", True)]
    assert view.told == ""


def test_what_left_the_catalogue_is_named_and_the_rest_is_there(sale: SaleInWork, desk: Desk) -> None:
    sale.add("YD0002", "3")
    number = _parked(sale, desk, "YD0001", OWN_EXPENSE.code)
    names = {item.code: item.name for item in sample_catalogue()}
    _catalogue(desk, _without("YD0002"))
    view = sale.take_up(number)
    assert _rows(view) == [("YD0001", "1", False), (OWN_EXPENSE.code, "1", True)]
    assert view.told == (
        f"有 1 行没有取回：{names['YD0002']} ×3；目录里已没有，没有计入费用。请改卖别的，或请信息科补进目录后再扫。"
    )


def test_after_a_crash_it_is_told_too_and_again_until_the_bill_was_changed(world: World) -> None:
    with world.desk() as desk:
        sale = SaleInWork(desk)
        sale.add("YD0001")
        sale.add("YD0002")
        _catalogue(desk, _without("YD0002"))
    for _ in range(2):
        with world.desk() as desk:
            sale = SaleInWork(desk)
            view = sale.bring_back()
            assert view is not None
            assert "1 行没有取回" in view.told
    with world.desk() as desk:
        sale = SaleInWork(desk)
        sale.bring_back()
        assert sale.set_quantity(1, "2").told == ""
    with world.desk() as desk:
        view = SaleInWork(desk).bring_back()
        assert view is not None
        assert view.told == ""


def test_a_bill_of_which_nothing_is_left_says_so_and_can_be_dropped(sale: SaleInWork, desk: Desk) -> None:
    number = _parked(sale, desk, "YD0001", "YD0002")
    _catalogue(desk, _without("YD0001", "YD0002"))
    view = sale.take_up(number)
    assert (view.lines, view.told[:9]) == ((), "有 2 行没有取回")
    assert sale.give_up().told == ""
    assert open_bills.in_work(desk.office) is None


def test_many_lines_are_one_sentence(sale: SaleInWork, desk: Desk) -> None:
    codes = [f"YD{number:04}" for number in range(1, 9)]
    number = _parked(sale, desk, *codes)
    _catalogue(desk, _without(*codes))
    told = sale.take_up(number).told
    assert told.startswith("有 8 行没有取回：")
    assert (told.count("×"), "…" in told) == (5, True)


def test_no_other_item_comes_in_its_place(sale: SaleInWork, desk: Desk) -> None:
    """A code that is no item's any more may be the initials of another one."""
    other = next(one for one in sample_catalogue() if _only_by_initials(one))
    open_bills.park(desk.office, Draft((OpenLine(other.initials, Decimal(1)), OpenLine("YD0001", Decimal(1)))))
    (parked,) = parked_bills(desk.office)
    assert parked.first_item == other.initials
    view = sale.take_up(parked.number)
    assert [line.code for line in view.lines] == ["YD0001"]
    assert other.initials in view.told


def _only_by_initials(wanted: Item) -> bool:
    begins = [one for one in sample_catalogue() if one.initials.startswith(wanted.initials)]
    return len(begins) == 1 and wanted.initials not in {one.code for one in sample_catalogue()}


def test_in_english_it_says_the_same(world: World) -> None:
    write_settings(world.home, {"language": "en"})
    with world.desk() as desk:
        sale = SaleInWork(desk)
        number = _parked(sale, desk, "YD0001", "YD0002", OWN_EXPENSE.code)
        names = {item.code: item.name for item in sample_catalogue()}
        rest = _without("YD0002")
        _catalogue(desk, lambda item: None if rest(item) is None else replace(item, unit_price=item.unit_price + 1))
        told = sale.take_up(number).told
    before, now = f"{OWN_EXPENSE.unit_price:.2f}", f"{OWN_EXPENSE.unit_price + 1:.2f}"
    assert told == (
        f"Lines not brought back: 1 ({names['YD0002']} ×1). The catalogue has them no more, nothing is charged for "
        "them. Sell something else, or have IT add them and scan again. "
        f"Prices changed: {names['YD0001']} 12.60 → 13.60 yuan, {OWN_EXPENSE.name} {before} → {now} yuan. The bill has "
        "the new ones, tell the customer. "
        "Line 2 was signed for at a lower price; have it signed again, then F7."
    )
    assert laid_down_told([Paid(Means.WECHAT, 500)], "en") == (
        "Noted before and not on the bill now: WeChat 5.00 yuan. What was not handed back is noted again after the "
        "trial; do not collect it twice."
    )


# --- prices and signatures ---


def test_a_changed_price_holds_and_is_told(sale: SaleInWork, desk: Desk) -> None:
    number = _parked(sale, desk, "YD0001", "YD0004")
    _catalogue(desk, _priced("YD0001", "13.1"))
    view = sale.take_up(number)
    assert view.lines[0].unit_price == "13.10"
    assert view.told == "价格有变：阿莫西林胶囊 12.60→13.10 元；按现在的价格计，请告诉顾客。"


def test_the_same_price_written_otherwise_is_no_change(sale: SaleInWork, desk: Desk) -> None:
    number = _parked(sale, desk, "YD0001")
    _catalogue(desk, _priced("YD0001", "12.6000"))
    assert sale.take_up(number).told == ""


@pytest.mark.parametrize(("change", "signed"), [("1", False), ("-1", True)])
def test_who_signed_for_less_signs_again(sale: SaleInWork, desk: Desk, change: str, signed: bool) -> None:
    number = _parked(sale, desk, "YD0001", OWN_EXPENSE.code)
    _catalogue(desk, _priced(OWN_EXPENSE.code, str(OWN_EXPENSE.unit_price + Decimal(change))))
    view = sale.take_up(number)
    assert view.lines[1].consent_signed is signed
    assert ("第 2 行涨价前签的同意书不算了" in view.told) is not signed
    assert sale.sign(2).told == ""


def test_a_bill_of_an_older_program_has_neither_names_nor_prices(sale: SaleInWork, desk: Desk) -> None:
    open_bills.park(desk.office, Draft((OpenLine("YD0001", Decimal(2)), OpenLine("GONE99", Decimal(1)))))
    (parked,) = open_bills.parked(desk.office)
    view = sale.take_up(parked.number)
    assert _rows(view) == [("YD0001", "2", False)]
    assert "GONE99 ×1" in view.told


# --- whose, by which account, and what was laid down ---


def test_the_choice_of_the_account_comes_back_with_its_person_alone(sale: SaleInWork, desk: Desk) -> None:
    for persona, account in (("zhang-jianguo", "no"), ("li-xiulan", "own")):
        sale.identify(_who(desk, "zhang-jianguo"))
        while sale.account is not AccountUse.NO:
            sale.next_account()
        sale.take_up(_parked(sale, desk, "YD0001"))
        assert sale.identify(_who(desk, persona)).account == account
        sale.give_up()


def test_a_bill_that_is_parked_again_still_says_whose_it_is(sale: SaleInWork, desk: Desk) -> None:
    sale.identify(_who(desk, "zhang-jianguo"))
    number = _parked(sale, desk, "YD0001")
    sale.take_up(number)
    sale.add("YD0004")
    sale.park()
    assert [one.who for one in parked_bills(desk.office)] == ["张**"]
    sale.add("YD0001")
    sale.park()
    assert [one.who for one in parked_bills(desk.office)] == ["张**", ""]


def _tried(sale: SaleInWork, desk: Desk) -> SaleView:
    sale.identify(_who(desk, "zhang-jianguo"))
    while sale.account is not AccountUse.NO:
        sale.next_account()
    sale.add("YD0001")
    return sale.try_out()


NOTED = "原来记下的微信 5.00 元、支付宝 2.00 元现在不在单上：没有退给顾客的，试算后请再记一次，不要重复收。"


def test_what_was_laid_down_before_a_crash_is_told_so_that_nobody_collects_it_twice(world: World) -> None:
    with world.desk() as desk:
        sale = SaleInWork(desk)
        _tried(sale, desk)
        sale.lay_down("wechat", 500, "4200001")
        sale.lay_down("alipay", 200)
        sale.lay_down("bank_card", 100)
        sale.take_back()
    with world.desk() as desk:
        view = SaleInWork(desk).bring_back()
    assert view is not None
    assert (view.told, view.paid) == (NOTED, ())


def test_what_was_laid_down_is_told_when_the_bill_changes_or_comes_back(sale: SaleInWork, desk: Desk) -> None:
    _tried(sale, desk)
    sale.lay_down("wechat", 500)
    sale.lay_down("alipay", 200)
    assert sale.add("YD0004").told == NOTED
    assert sale.add("YD0004").told == ""
    sale.try_out()
    sale.lay_down("wechat", 500)
    sale.lay_down("alipay", 200)
    sale.park()
    assert sale.view().told == ""
    (parked,) = open_bills.parked(desk.office)
    assert sale.take_up(parked.number).told == NOTED


def test_who_is_identified_hears_what_is_not_there_until_the_bill_is_tried(sale: SaleInWork, desk: Desk) -> None:
    number = _parked(sale, desk, "YD0001", "YD0002")
    _catalogue(desk, _without("YD0002"))
    told = sale.take_up(number).told
    assert sale.identify(_who(desk, "zhang-jianguo")).told == told
    assert sale.try_out().told == ""


# --- a bill without lines ---


def test_a_bill_without_lines_does_not_come_back_and_keeps_no_other_one_out(world: World) -> None:
    with world.desk() as desk:
        sale = SaleInWork(desk)
        number = _parked(sale, desk, "YD0001")
        sale.add("YD0004")
        sale.remove(1)
    with world.desk() as desk:
        sale = SaleInWork(desk)
        assert sale.bring_back() is None
        assert sale.take_up(number).stage is Stage.GATHERING

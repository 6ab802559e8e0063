"""Bills of the past are found by what a customer can say of them."""

from contextlib import AbstractContextManager
from dataclasses import replace

import pytest

from pos_client.desk import recent
from pos_client.desk.afterwards import collect
from pos_client.desk.books import Books, open_books
from pos_client.desk.recent import SaleRow
from pos_client.desk.settle import settle
from pos_client.desk.station import Office
from pos_client.errors import OutcomeUnknown, Refused
from pos_client.offline import journal, settlements
from pos_client.offline.journal import Kind
from pos_client.offline.money_book import Drawer, Means, Paid
from pos_client.offline.settlements import SettlementState
from tests.desk.patients import AMOXICILLIN_FEN, Inpatient, Outpatient
from tests.desk.world import World


def _books(world: World) -> AbstractContextManager[Books]:
    return open_books(world.home, world.environment, world.runtime)


def _found(world: World, text: str = "", limit: int = 50) -> list[SaleRow]:
    with _books(world) as books:
        return recent.recent_sales(books, text=text, limit=limit)


def _ids(world: World, text: str = "", limit: int = 50) -> list[str]:
    return [row.id for row in _found(world, text, limit)]


def test_a_settled_sale_is_listed_with_the_bureaus_figures(world: World) -> None:
    sold = world.sell("YD0001*2", "YD0004", use_account=True, tendered_fen=5000)
    (row,) = _found(world)
    figures = sold.booked.figures
    assert (row.id, row.name, row.what, row.lines) == (sold.id, "张**", "购药", 2)
    assert (row.total_fen, row.fund_fen, row.account_fen, row.cash_fen) == (
        figures.total_fen,
        figures.fund_total_fen,
        figures.account_pay_fen,
        figures.cash_pay_fen,
    )
    assert row.total_fen == row.fund_fen + row.account_fen + row.cash_fen
    assert (row.state, row.state_word, row.voidable) == (SettlementState.SETTLED, "已结算", True)
    assert row.means == ("现金",)
    assert row.at.utcoffset() == world.clock.now_utc().astimezone(row.at.tzinfo).utcoffset()


def test_the_newest_stand_first_and_no_more_than_asked_for(world: World) -> None:
    first, second, third = (world.sell("YD0001").id for _ in range(3))
    assert _ids(world) == [third, second, first]
    assert _ids(world, limit=2) == [third, second]


def test_a_sale_is_found_by_the_end_of_its_number_by_an_amount_and_by_the_family_name(world: World) -> None:
    first = world.sell("YD0001").id  # 12.60
    second = world.sell("YD0002").id  # 19.80
    world.insert("li-xiulan")
    other = world.sell("YD0001*2").id  # 25.20, of somebody else
    assert _ids(world, first) == _ids(world, first[-4:]) == [first]
    assert _ids(world, "19.80") == _ids(world, "19.8") == _ids(world, "１９.80") == [second]
    assert _ids(world, "张") == _ids(world, "张**") == [second, first]
    assert _ids(world, "李") == [other]
    assert _ids(world, "0000") == _ids(world, "99.99") == _ids(world, "赵") == []
    assert _ids(world, "%") == []


def test_the_account_hides_no_sale_from_its_total_or_its_cash(world: World) -> None:
    sold = world.sell("YD0001", "WSSCPTP", use_account=True)
    figures = sold.booked.figures
    for fen in (figures.total_fen, figures.cash_pay_fen):
        assert _ids(world, f"{fen // 100}.{fen % 100:02d}") == [sold.id]


def test_voided_unknown_and_refused_sales_say_so_and_cannot_be_voided(world: World) -> None:
    voided = world.sell("YD0001").id
    world.void(voided)
    for fault, wrong in (({"name": "refuse"}, Refused), ({"name": "drop_answer"}, OutcomeUnknown)):
        world.faults({**fault, "infno": "2102", "times": 1})
        with pytest.raises(wrong):
            world.sell("YD0001", tendered_fen=2000)
    unknown, refused, first = _found(world)
    assert [one.state for one in (unknown, refused, first)] == [
        SettlementState.UNKNOWN,
        SettlementState.REFUSED,
        SettlementState.VOIDED,
    ]
    assert not any(one.voidable for one in (unknown, refused, first))
    assert (unknown.total_fen, unknown.cash_fen, unknown.state_word) == (1260, 1260, "结果未知")


def test_every_means_is_named_once(world: World) -> None:
    world.faults({"name": "off_by_one_fen", "figure": "cash", "infno": "2102"})
    with world.desk() as desk:
        quoted = world.quote(desk, "YD0001", "WSSCPTP", use_account=True)
        sold = settle(desk, quoted, quoted.due_fen - 100, [Paid(Means.WECHAT, 100, "42")])
        collect(desk.office, sold.id, Paid(Means.CASH, 1))
        (row,) = recent.recent_sales(desk.office.books)
    assert row.means == ("微信", "现金")


def test_the_last_sale_of_the_shift_answers_what_the_change_was(world: World) -> None:
    with world.desk() as desk:
        assert recent.last_sale(desk.office) is None
    world.sell("YD0002")
    sold = world.sell("YD0001", tendered_fen=5000)
    with world.desk() as desk:
        last = recent.last_sale(desk.office)
        assert last is not None
        assert (last.row.id, last.tendered_fen, last.change_fen) == (sold.id, 5000, 5000 - AMOXICILLIN_FEN)
        somebody_else = replace(desk.office, drawer=Drawer(1, "07"))
        assert recent.last_sale(somebody_else) is None


def test_the_detail_has_the_lines_as_they_were_priced(world: World) -> None:
    sold = world.sell("YD0001*2", "YD0004", tendered_fen=5000)
    undone = world.void(sold.id)
    with _books(world) as books:
        detail = recent.sale_detail(books, sold.id)
        with pytest.raises(Refused) as caught:
            recent.sale_detail(books, undone.id)
        assert caught.value.code == "S-NOSALE"
        with pytest.raises(Refused):
            recent.sale_detail(books, "01-999999")
    assert (detail.name, detail.undone_by) == ("张建国", (undone.id,))
    assert [(line.number, line.code, str(line.quantity), line.amount_fen) for line in detail.lines] == [
        (1, "YD0001", "2", 2520),
        (2, "YD0004", "1", 1790),
    ]
    assert sum(line.amount_fen for line in detail.lines) == detail.row.total_fen
    assert (detail.tendered_fen, detail.change_fen) == (5000, 5000 - 4310)


def test_a_record_of_an_older_program_is_listed_without_a_name(office: Office) -> None:
    with office.store.commit() as connection:
        draft = journal.Draft(Kind.SETTLE, "2102", "M1", "P1", 1260, "{}")
        old = journal.record_intent(connection, draft, now=office.bureau.now, desk=1, operator="01")
        settlements.record_sale(connection, old.id, 1260, {"lines": []})
    (row,) = recent.recent_sales(office.books)
    assert (row.id, row.name, row.total_fen, row.lines) == (old.id, "", 1260, 0)
    assert recent.sale_detail(office.books, old.id).name == ""


def test_bills_of_visits_and_stays_stand_in_the_same_list(office: Office) -> None:
    seen = Outpatient.of(office)
    seen.register()
    seen.describe()
    seen.charge()
    visit = seen.pay(seen.quote()).id
    stays = Inpatient.of(office)
    stays.admit()
    stays.charge()
    stays.discharge()
    stay = stays.pay(stays.quote()).id
    rows = recent.recent_sales(office.books)
    assert [(row.id, row.what, row.name, row.voidable) for row in rows] == [
        (stay, "住院", "张**", True),
        (visit, "门诊", "张**", True),
    ]
    assert recent.sale_detail(office.books, visit).name == "张建国"

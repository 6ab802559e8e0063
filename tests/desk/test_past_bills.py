"""Bills of the past at the window: found, and taken back as a whole or in part."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from pos_client.card.process import CardProcess
from pos_client.card.social_security.identity import CardIdentity
from pos_client.desk.open_bills import parked
from pos_client.desk.operators import SignedIn
from pos_client.desk.past_bills import PastBills
from pos_client.desk.sale_in_work import SaleInWork
from pos_client.desk.settle import settle
from pos_client.desk.station import Desk, Office, desk_of
from pos_client.errors import EnvironmentProblem, OutcomeUnknown, Refused
from pos_client.offline import catalogue
from pos_client.offline.catalogue_file import sample_catalogue
from pos_client.offline.money_book import Means, Paid
from pos_client.offline.operators import Role
from tests.desk.patients import Outpatient
from tests.desk.world import AMOXICILLIN, World

METFORMIN = "YD0014"  # 4.50
REASON = "returned"


@pytest.fixture
def desk(world: World) -> Iterator[Desk]:
    with world.desk() as desk:
        yield desk


@pytest.fixture
def bills(desk: Desk) -> PastBills:
    return PastBills(desk, SaleInWork(desk))


def sell(world: World, desk: Desk, *paid: Paid, use_account: bool = False) -> str:
    quoted = world.quote(desk, f"{AMOXICILLIN}*3", METFORMIN, use_account=use_account)
    return settle(desk, quoted, quoted.due_fen - sum(one.amount_fen for one in paid), paid).id


def card(desk: Desk) -> CardIdentity:
    return desk.cards.read()


def by(desk: Desk) -> SignedIn:
    return desk.office.by


def test_a_row_says_what_the_page_shows(world: World, desk: Desk, bills: PastBills) -> None:
    quoted = world.quote(desk)
    settle(desk, quoted, 5000)
    (row,) = bills.find("")
    assert (row.id, row.name_masked, row.what, row.sign, row.state, row.open) == (
        "01-000001", "张**", "购药", "done", "已结算", True,
    )  # fmt: skip
    assert (row.total_fen, row.cash_fen, row.tendered_fen, row.change_fen) == (1260, 1260, 5000, 3740)
    assert row.means == "现金"
    assert row.at.endswith(f"{row.when}:{row.at[-2:]}")


def test_yesterdays_bill_shows_its_day(world: World, desk: Desk, bills: PastBills) -> None:
    sell(world, desk)
    world.runtime.sleep_ms(24 * 3_600_000)
    (row,) = bills.find("")
    assert row.when == row.at[5:16]


def test_a_bill_that_was_taken_back_is_open_no_more(world: World, desk: Desk, bills: PastBills) -> None:
    id_ = sell(world, desk)
    bills.give_back(id_, by(desk), REASON)
    (row,) = bills.find("")
    assert (row.state, row.sign, row.open) == ("已撤销", "note", False)
    with pytest.raises(Refused, match="S-VOID"):
        bills.to_refund(id_)


def test_a_bill_to_take_back_says_what_goes_back_where(world: World, desk: Desk, bills: PastBills) -> None:
    id_ = sell(world, desk, Paid(Means.WECHAT, 3000, "4200001"))
    found = bills.to_refund(id_)
    assert (found.name, found.in_parts, found.cash_back_fen) == ("张建国", True, 1230)
    assert [(row.label, row.amount_fen) for row in found.back] == [("退现金", 1230), ("退回微信", 3000)]
    assert [line.quantity for line in found.bill.lines] == [3, 1]
    assert [one.word for one in found.reasons][:2] == ["项目录错", "数量或价格录错"]


def test_nothing_is_taken_back_while_another_bill_is_being_made(world: World, desk: Desk) -> None:
    id_ = sell(world, desk)
    sale = SaleInWork(desk)
    sale.add(AMOXICILLIN)
    with pytest.raises(Refused, match="S-SELLING"):
        PastBills(desk, sale).to_refund(id_)
    assert len(sale.lines) == 1


def test_a_whole_bill_goes_back_and_the_books_agree(world: World) -> None:
    with world.desk() as desk:
        id_ = sell(world, desk, Paid(Means.WECHAT, 3000, "4200001"))
        done = PastBills(desk, SaleInWork(desk)).give_back(id_, by(desk), REASON)
    assert (done.about, done.cash_back_fen, done.name_masked) == (id_, 1230, "张**")
    assert done.sentence == (
        f"{id_} 已撤销：请退现金 12.30 元，微信 30.00 元原路退回（交易号 4200001）。下一位请插卡。"
    )
    assert (done.problem, done.slip_problem) == (None, None)
    assert (world.home.slips / f"{done.paper}.txt").exists()
    books = world.agreement()
    assert (books.disagreements, books.standing, books.drawer_fen) == ((), 0, 0)


def test_what_the_account_paid_is_back_on_it(world: World, desk: Desk, bills: PastBills) -> None:
    done = bills.give_back(sell(world, desk, use_account=True), by(desk), REASON)
    assert "不用退现金，账户已退回 42.30 元" in done.sentence
    assert [(row.label, row.amount_fen) for row in done.back] == [("退现金", 0), ("退回个人账户", 4230)]


def test_money_is_told_even_where_the_slip_cannot_be_kept(world: World, desk: Desk, bills: PastBills) -> None:
    id_ = sell(world, desk)
    for file in world.home.slips.iterdir():
        file.unlink()
    world.home.slips.rmdir()
    done = bills.give_back(id_, by(desk), REASON)
    world.home.slips.mkdir()
    assert done.cash_back_fen == 4230
    assert isinstance(done.slip_problem, EnvironmentProblem)


def test_a_void_of_unknown_outcome_hands_back_nothing(world: World, desk: Desk, bills: PastBills) -> None:
    id_ = sell(world, desk)
    world.faults({"name": "drop_answer", "infno": "2103", "times": 1})
    with pytest.raises(OutcomeUnknown) as caught:
        bills.give_back(id_, by(desk), REASON)
    assert (caught.value.code, caught.value.evidence["code"]) == ("U-VOIDING", "U-2103")
    assert id_ in caught.value.sentence("zh")
    (row,) = bills.find("")
    assert (row.sign, row.open) == ("unknown", False)


def test_a_cashier_alone_takes_nothing_back(world: World, desk: Desk, bills: PastBills) -> None:
    with pytest.raises(Refused, match="S-SUPERVISOR"):
        bills.give_back(sell(world, desk), SignedIn("02", "收费员02", Role.CASHIER), REASON)
    assert bills.find("")[0].open


def test_a_part_is_tried_and_given_back(world: World) -> None:
    with world.desk() as desk:
        bills = PastBills(desk, SaleInWork(desk))
        id_ = sell(world, desk)
        tried = bills.try_part(id_, {1: Decimal(1), 2: Decimal(1)}, card(desk))
        assert (tried.customer.name, tried.cash_back_fen, tried.more_fen) == ("张建国", 2520, 0)
        assert tried.kept[0].amount_fen == 1710
        done = bills.give_part_back(by(desk), REASON)
    assert (done.cash_back_fen, done.problem) == (2520, None)
    assert done.sentence == f"{id_} 已退一部分，留下的是新单 {done.paper}：请退现金 25.20 元。下一位请插卡。"
    books = world.agreement()
    assert (books.disagreements, books.standing, books.drawer_fen) == ((), 1, 1710)


def test_a_part_wants_the_person_of_the_bill(world: World, desk: Desk, bills: PastBills) -> None:
    id_ = sell(world, desk)
    world.insert("wang-xiaomei")
    with pytest.raises(Refused, match="S-PARTPERSON"):
        bills.try_part(id_, {1: Decimal(1)}, card(desk))


def test_a_reading_that_is_too_old_is_asked_for_again(world: World, desk: Desk, bills: PastBills) -> None:
    bills.try_part(sell(world, desk), {1: Decimal(1)}, card(desk))
    world.runtime.sleep_ms(3 * 3_600_000)
    with pytest.raises(Refused, match="S-AGE"):
        bills.give_part_back(by(desk), REASON)
    assert bills.find("")[0].open


def test_a_rest_that_is_refused_waits_among_the_parked_bills(world: World, desk: Desk, bills: PastBills) -> None:
    id_ = sell(world, desk)
    bills.try_part(id_, {1: Decimal(1)}, card(desk))
    world.faults({"name": "refuse", "infno": "2102"})
    done = bills.give_part_back(by(desk), REASON)
    assert done.problem is not None
    assert (done.problem.code, done.parked, done.cash_back_fen) == ("S-PARTLEFT", True, 4230)
    (waiting,) = parked(desk.office)
    assert [(line.code, line.quantity) for line in waiting.draft.lines] == [
        (AMOXICILLIN, Decimal(1)),
        (METFORMIN, Decimal(1)),
    ]
    assert waiting.draft.label == "张**"
    names = {item.code: item.name for item in sample_catalogue()}
    dearer = [replace(item, unit_price=Decimal("13.00")) for item in sample_catalogue() if item.code == AMOXICILLIN]
    with desk.office.store.commit() as connection:
        catalogue.replace_items(connection, dearer)
    told = SaleInWork(desk).take_up(waiting.number).told
    assert f"{names[METFORMIN]} ×1" in told
    assert "12.60→13.00 元" in told


def test_a_rest_of_unknown_outcome_is_not_offered_to_be_charged_again(
    world: World, desk: Desk, bills: PastBills
) -> None:
    bills.try_part(sell(world, desk), {1: Decimal(1)}, card(desk))
    world.faults({"name": "drop_answer", "infno": "2102", "times": 1})
    done = bills.give_part_back(by(desk), REASON)
    assert isinstance(done.problem, OutcomeUnknown)
    assert (done.problem.code, done.parked, done.cash_back_fen) == ("U-PART", False, 2520)
    assert parked(desk.office) == []


def test_a_bill_of_the_clinic_goes_back_whole_without_lines(office: Office) -> None:
    patient = Outpatient.of(office)
    patient.register()
    patient.describe()
    patient.charge(AMOXICILLIN)
    id_ = patient.pay(patient.quote()).id
    cards = CardProcess(office.books.runtime, "pcsc:", read_timeout_ms=1000)  # a whole bill goes back without a card
    desk = desk_of(office.books, cards, office.by)
    bills = PastBills(desk, SaleInWork(desk))
    found = bills.to_refund(id_)
    assert (found.bill.row.what, found.bill.lines, found.in_parts) == ("门诊", (), False)
    assert bills.give_back(id_, office.by, REASON).cash_back_fen == found.cash_back_fen > 0

"""What a reply means for the books: outcome, settlement, visit and money, all in one commit."""

import pytest

from pos_client.offline import audit, settlements, visits
from pos_client.offline.journal import State
from pos_client.offline.money_book import Entry
from pos_client.runtime import HttpAnswer
from tests.in_memory import count_commits

from .counter import PURCHASE_FEN, ROW_FEN, Counter
from .tiny_bureau import DROPPED, LOST, NOT_SENT, Fault, Json, Refusal

GARBAGE = HttpAnswer(200, {}, b"<html>")
UNKNOWN = [LOST, DROPPED, GARBAGE, HttpAnswer(500, {}, b"")]


def test_an_accepted_settlement_is_written_whole(desk: Counter) -> None:
    sale = desk.intend("2102", tender_fen=10_000)
    counted = count_commits(desk.store)
    conclusion = desk.send(sale)
    assert counted() == 1
    assert (conclusion.state, desk.state(sale)) == (State.OK, State.OK)
    assert conclusion.booked is not None
    with desk.store.read() as connection:
        kept = settlements.settlement_of(connection, sale.id)
        assert audit.first_broken_row(connection) is None
    assert kept is not None
    assert (kept.settlement_id, kept.total_fen) == (desk.bureau_side.settled[0].settlement_id, PURCHASE_FEN)
    assert (kept.cash_fen, kept.account_fen, kept.fund_fen) == (PURCHASE_FEN, 0, 0)
    assert (kept.insurance_type, kept.clearing_type, kept.clearing_agency) == ("310", "41", "439900")
    assert desk.entries(sale) == {Entry.TENDER: 10_000, Entry.RECEIPT: PURCHASE_FEN, Entry.CHANGE: 2_139}
    assert desk.outcomes(sale)[-1].answer is not None


@pytest.mark.parametrize(("fault", "state"), [(Refusal("余额不足"), State.REFUSED), (NOT_SENT, State.NOT_SENT)])
def test_what_was_certainly_not_booked_gives_the_tender_back(desk: Counter, fault: Fault, state: State) -> None:
    sale = desk.book("2102", fault)
    assert sale.state is state
    assert desk.entries(sale) == {Entry.TENDER: PURCHASE_FEN, Entry.HAND_BACK: PURCHASE_FEN}
    assert desk.outcomes(sale)[-1].evidence["why"] in ("余额不足", "refused")


@pytest.mark.parametrize("fault", UNKNOWN)
def test_what_may_have_been_booked_leaves_the_tender_where_it_is(desk: Counter, fault: Fault) -> None:
    sale = desk.lose("2102", fault)
    assert desk.entries(sale) == {Entry.TENDER: PURCHASE_FEN}
    with desk.store.read() as connection:
        assert settlements.settlement_of(connection, sale.id) is None


@pytest.mark.parametrize(
    "changes",
    [{"medins_setl_id": "P" * 30}, {"psn_no": "another"}, {"medfee_sumamt": "1.00"}, {"psn_cash_pay": None}],
)
def test_an_accepted_answer_that_is_not_to_this_settlement_leaves_it_open(desk: Counter, changes: Json) -> None:
    def altered(document: Json) -> HttpAnswer:
        desk.bureau_side._executed(document)
        return desk.bureau_side.answer({"setlinfo": desk.bureau_side.setlinfo(desk.bureau_side.settled[0]) | changes})

    sale = desk.lose("2102", altered)
    assert desk.outcomes(sale)[-1].answer is not None
    assert desk.resolve(sale).is_final
    assert desk.state(sale) is State.OK


def test_a_void_refunds_what_the_sale_has_kept(desk: Counter) -> None:
    sale = desk.book("2102")
    void = desk.book("2103", about=sale)
    assert (void.state, void.amount_fen) == (State.OK, -PURCHASE_FEN)
    assert desk.entries(void) == {Entry.REFUND: PURCHASE_FEN}
    with desk.store.read() as connection:
        cancelled = settlements.settlement_of(connection, void.id)
    assert cancelled is not None
    assert cancelled.total_fen == -PURCHASE_FEN


@pytest.mark.parametrize("transaction", ["2201", "2401"])
def test_an_accepted_opening_keeps_the_bureaus_number(desk: Counter, transaction: str) -> None:
    opened = desk.book(transaction)
    with desk.store.read() as connection:
        assert visits.bureau_number(connection, opened.id) == desk.visit_id(opened) != "V0"


@pytest.mark.parametrize("transaction", ["2201", "2401"])
@pytest.mark.parametrize("output", [{}, {"data": {}}, {"result": {"mdtrt_id": ""}}])
def test_an_accepted_opening_without_a_number_stays_open(desk: Counter, transaction: str, output: Json) -> None:
    opened = desk.lose(transaction, desk.bureau_side.answer(output))
    with desk.store.read() as connection:
        assert visits.bureau_number(connection, opened.id) == ""


def test_a_registration_that_answers_for_another_stays_open(desk: Counter) -> None:
    desk.lose("2201", desk.bureau_side.answer({"data": {"mdtrt_id": "V9", "ipt_otp_no": "MZ9999"}}))


@pytest.mark.parametrize("transaction", ["2203", "2204", "2202"])
def test_the_answer_of_a_settlement_to_what_settles_nothing_leaves_it_open(desk: Counter, transaction: str) -> None:
    visit = desk.book("2201")
    lost = desk.lose(transaction, desk.bureau_side.answer({"setlinfo": {}}), visit=visit)
    assert desk.outcomes(lost)[-1].evidence == {"why": "the answer of a settlement"}


@pytest.mark.parametrize("transaction", ["2203", "2204", "2202"])
def test_what_settles_nothing_moves_no_money(desk: Counter, transaction: str) -> None:
    done = desk.book(transaction, visit=desk.book("2201"))
    assert (done.state, desk.entries(done)) == (State.OK, {})


def test_a_settlement_of_a_visit_is_one_like_any_other(desk: Counter) -> None:
    visit = desk.book("2201")
    desk.book("2204", visit=visit)
    settle = desk.book("2207", visit=visit)
    assert desk.entries(settle)[Entry.RECEIPT] == ROW_FEN
    desk.book("2208", about=settle, visit=visit)
    assert desk.bureau_side.in_force() == []


def test_what_was_queued_and_could_not_be_sent_waits_again_and_keeps_its_tender(desk: Counter) -> None:
    waiting = desk.intend("2102", queued=True)
    desk.bureau_side.fault("2102", NOT_SENT)
    desk.drain()
    assert desk.state(waiting) is State.QUEUED
    assert desk.entries(waiting) == {Entry.TENDER: PURCHASE_FEN}
    assert [one.state for one in desk.outcomes(waiting)] == [State.QUEUED, State.INTENT, State.QUEUED]


def test_a_settlement_above_the_tender_is_a_task(desk: Counter) -> None:
    sale = desk.book("2102", tender_fen=1_000)
    assert desk.entries(sale) == {Entry.TENDER: 1_000, Entry.RECEIPT: 1_000}
    assert desk.tasks() == [("collect", sale.id)]

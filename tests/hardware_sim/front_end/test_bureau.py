"""Every transaction is answered by the tables of its edition; whatever happens, the money adds up."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import simplejson
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware_sim.front_end import settlements
from hardware_sim.front_end.region import Edition
from hardware_sim.front_end.tables import tables_of

from . import hospital
from .counter import Counter, counter
from .desk import WANG, ZHANG, cancellation, credential, entitlement, purchase
from .figures import assert_by_the_tables
from .hospital import HUNAN_PLACES, HUNAN_STAY, named, period, visit_rows


@pytest.fixture(params=["base", "hunan"])
def edition(request: pytest.FixtureRequest) -> Edition:
    chosen: Edition = request.param
    return chosen


@pytest.fixture
def desk(edition: Edition) -> Iterator[Counter]:
    with counter(edition) as desk:
        yield desk


@pytest.fixture
def desk_anywhere(edition: Edition, database: str) -> Iterator[Counter]:
    """A counter whose bureau keeps its ledger in each kind of database in turn."""
    with counter(edition, database=database) as desk:
        yield desk


class Recorder:
    """Sends messages that must succeed and keeps what was answered to each transaction."""

    def __init__(self, desk: Counter) -> None:
        self.desk = desk
        self.answered: dict[str, Any] = {}

    def __call__(self, infno: str, content: dict[str, Any]) -> Any:
        answer = self.desk.call(infno, content)
        assert answer["infcode"] == 0, answer["err_msg"]
        self.answered[infno] = answer["output"]
        return answer["output"]


def queries(send: Recorder, person_and_pharmacy: dict[str, Any]) -> None:
    send("9001", {"signIn": {"opter_no": "TEST009", "mac": "00-00-5E-00-53-01", "ip": "192.0.2.10"}})
    send("9002", {"signOut": {"opter_no": "TEST009", "sign_no": send.answered["9001"]["signinoutb"]["sign_no"]}})
    send("1101", {"data": credential()})
    send("2001", entitlement(fixmedins_code=send.desk.institution))
    send("5206", {"data": {"psn_no": ZHANG}})
    send("5201", period(med_type="41"))
    info = person_and_pharmacy["setlinfo"]
    names = named(info["mdtrt_id"], setl_id=info["setl_id"])
    send("5203", names)
    send("5204", names)
    send("3201", hospital.statement("0", "0", "0", 0, clr_type="41", **_flag(send.desk)))


def _flag(desk: Counter) -> dict[str, str]:
    return {"fixmedins_refd_setl_flag": "1"} if desk.office.tables.edition == "hunan" else {}


def a_day_at_the_pharmacy(send: Recorder) -> None:
    send("2101", purchase())
    bought = send("2102", purchase())
    queries(send, bought)
    send("2103", cancellation(bought["setlinfo"]))
    message = send.desk.message("2102", purchase())
    send.desk.send(message)
    send("2601", {"data": {"psn_no": ZHANG, "omsgid": message["msgid"], "oinfno": "2102"}})


def a_day_at_the_clinic(send: Recorder) -> None:
    visit = send("2201", hospital.registration())["data"]["mdtrt_id"]
    send("2203", hospital.description(visit))
    send("2204", visit_rows(visit))
    send("2204", visit_rows(visit, "PC0002", first=4))
    tried = send("2206", hospital.batch_trial(visit, "78.60"))["setlinfo"]
    settled = send("2207", hospital.batch_settlement(visit, tried))["setlinfo"]
    send("2208", named(visit, setl_id=settled["setl_id"]))
    send("2205", named(visit, chrg_bchno="0000"))
    send("2202", named(visit, ipt_otp_no="MZ0001"))


def a_stay(send: Recorder) -> None:
    hunan = send.desk.office.tables.edition == "hunan"
    category, places = ("2101", HUNAN_PLACES) if hunan else ("21", {})
    stay = send("2401", hospital.admission(**(HUNAN_STAY if hunan else {})))["result"]["mdtrt_id"]
    send("5303", period())
    send("2403", hospital.stay_change(stay, med_type=category))
    send("2301", hospital.stay_rows(stay, med_type=category))
    send("2303", hospital.stay_payment(stay, "78.60", **places))
    send("2402", hospital.discharge(stay))
    settled = send("2304", hospital.stay_payment(stay, "78.60", **places))["setlinfo"]
    send("5201", period(med_type=category))
    send("2305", named(stay, setl_id=settled["setl_id"]))
    send("2405", named(stay))
    send("2302", {"data": [{"mdtrt_id": stay, "psn_no": ZHANG, "feedetl_sn": "0000"}]})
    send("2404", named(stay))


def test_every_answer_has_exactly_the_fields_of_its_edition(desk_anywhere: Counter, edition: Edition) -> None:
    send = Recorder(desk_anywhere)
    for story in (a_day_at_the_pharmacy, a_day_at_the_clinic, a_stay):
        story(send)
    tables = tables_of(edition)
    assert set(send.answered) == set(tables.transactions)
    for infno, output in send.answered.items():
        assert_by_the_tables(tables, infno, output)


def test_after_everything_was_undone_the_person_is_as_before(desk: Counter) -> None:
    send = Recorder(desk)
    for story in (a_day_at_the_pharmacy, a_day_at_the_clinic, a_stay):
        story(send)
    assert desk.balance_fen() == 120355
    assert not any(desk.counters().counts.values())
    assert not any(desk.counters().amounts_fen.values())


def test_a_repeated_message_is_refused_whatever_became_of_the_first(desk: Counter) -> None:
    visit = hospital.begin_visit(desk)
    rows = desk.message("2204", visit_rows(visit))
    wrong = desk.message("2204", visit_rows("V9"))
    registration = desk.message("2201", hospital.registration(WANG, ipt_otp_no="MZ0002"))
    assert desk.send(registration)["infcode"] == 0
    assert desk.send(rows)["infcode"] == 0
    assert desk.send(wrong)["infcode"] == -1
    for message in (registration, rows, wrong):
        assert "发送方报文ID(msgid)重复" in desk.send(message)["err_msg"]
    assert len(desk.rows_of("5204", _all_of(desk, visit))) == (3 if desk.office.tables.edition == "base" else 0)


def _all_of(desk: Counter, visit: str) -> dict[str, Any]:
    return named(visit) if desk.office.tables.edition == "base" else named(visit, setl_id="none")


def test_a_mistake_of_the_simulator_books_nothing_and_leaves_the_id_free(
    desk: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = desk.message("2102", purchase())

    def fail(*_: object) -> None:
        raise RuntimeError("a mistake")

    with monkeypatch.context() as broken:
        broken.setattr("hardware_sim.front_end.settling.settlement_nodes", fail)
        with pytest.raises(RuntimeError, match="a mistake"):
            desk.send(message)
    assert desk.booked() == []
    assert desk.balance_fen() == 120355
    assert desk.send(message)["infcode"] == 0


class Customer:
    """Does at random what a counter may do, and believes only what it was answered."""

    def __init__(self, desk: Counter) -> None:
        self.desk = desk
        self.visit = hospital.begin_visit(desk)
        self.batches = 0
        self.in_force: dict[str, dict[str, Any]] = {}
        self.messages: list[tuple[str, str]] = []

    def send(self, infno: str, content: dict[str, Any]) -> dict[str, Any]:
        message = self.desk.message(infno, content)
        answer = self.desk.send(message)
        if answer["infcode"] == 0:
            self.messages.append((infno, message["msgid"]))
        return answer

    def buy(self, _: int) -> None:
        self.send("2102", purchase())

    def treat(self, _: int) -> None:
        self.batches += 1
        batch = f"PC{self.batches:04d}"
        self.desk.output("2204", visit_rows(self.visit, batch, first=3 * self.batches))
        tried = self.desk.output("2206", hospital.batch_trial(self.visit, "78.60", batch))["setlinfo"]
        self.send("2207", hospital.batch_settlement(self.visit, tried, batch))

    def cancel(self, choice: int) -> None:
        booked = self.desk.booked()
        if booked:
            chosen = booked[choice % len(booked)]
            infno = "2103" if chosen.infno in {"2102", "2103"} else "2208"
            self.send(infno, named(chosen.mdtrt_id, setl_id=chosen.setl_id))

    def reverse(self, choice: int) -> None:
        if self.messages:
            infno, msgid = self.messages[choice % len(self.messages)]
            self.desk.reverse(msgid, infno=infno)

    def withdraw(self, _: int) -> None:
        self.desk.call("2205", named(self.visit, chrg_bchno="0000"))


ACTS: list[Callable[[Customer, int], None]] = [
    Customer.buy,
    Customer.treat,
    Customer.cancel,
    Customer.reverse,
    Customer.withdraw,
]


@settings(max_examples=25, deadline=None)
@given(acts=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 99)), max_size=25))
def test_whatever_is_done_balance_statement_and_rows_agree_with_the_settlements_in_force(
    acts: list[tuple[Callable[[Customer, int], None], int]],
) -> None:
    with counter() as desk:
        customer = Customer(desk)
        for act, choice in acts:
            act(customer, choice)
        counted = [row for row in desk.booked() if not row.reversed]
        in_force = [row for row in counted if row.kind == settlements.SETTLE and not row.voided]
        assert desk.balance_fen() == 120355 - sum(row.amounts.acct_pay for row in in_force)
        assert sum(row.amounts.acct_pay for row in counted) == sum(row.amounts.acct_pay for row in in_force)
        settled = [row["setl_id"] for row in desk.rows_of("5204", named(customer.visit)) if row["setl_id"]]
        assert set(settled) == {row.setl_id for row in counted if row.mdtrt_id == customer.visit}
        for row in in_force:
            assert sum(split["amount_fen"] for split in simplejson.loads(row.rows)) == row.amounts.medfee_sumamt
        assert_totals_agree(desk, "41", counted)
        assert_totals_agree(desk, "11", counted)


def assert_totals_agree(desk: Counter, clr_type: str, counted: list[settlements.Settlement]) -> None:
    group = [row for row in counted if row.clr_type == clr_type]
    total, account = (sum(getattr(row.amounts, name) for row in group) for name in ("medfee_sumamt", "acct_pay"))
    yuan = (f"{total / 100:.2f}", "0.00", f"{account / 100:.2f}")
    info = desk.output("3201", hospital.statement(*yuan, len(group), clr_type=clr_type))["stmtinfo"]
    assert info["stmt_rslt"] == "0", info["stmt_rslt_dscr"]

"""Money and counters in the ledger, settled and taken back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Connection

from hardware_sim.front_end import register, settlements
from hardware_sim.front_end.amounts import AMOUNT_NAMES, Amounts
from hardware_sim.front_end.ledger import Ledger
from hardware_sim.front_end.refusal import Refusal
from hardware_sim.front_end.register import Counters, Insured
from hardware_sim.front_end.settlements import Settlement

from .desk import LI

CHANGES = Counters(year=2026, amounts_fen={"pool_paid": 1000}, counts={"local_admissions": 1})


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    ledger = Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}")
    with ledger.begin() as connection:
        register.load_personas(connection, "base", date(2026, 11, 21))
        yield connection
    ledger.close()


def settlement(number: int, acct_pay: int, changes: Counters = CHANGES) -> Settlement:
    figures = {**dict.fromkeys(AMOUNT_NAMES, 0), "medfee_sumamt": acct_pay, "acct_pay": acct_pay}
    return Settlement(
        setl_id=f"S{number}",
        mdtrt_id=f"V{number}",
        msgid=f"M{number}",
        infno="2102",
        kind=settlements.SETTLE,
        cancels=None,
        institution_code="P43999900001",
        institution_name="测试大药房",
        psn_no=LI,
        insutype="310",
        med_type="41",
        clr_type="41",
        mdtrt_cert_type="03",
        chrg_bchno="",
        begun="2026-11-21 09:17:40",
        ended="2026-11-21 09:17:40",
        setl_time="2026-11-21 09:18:12",
        pool_prop_selfpay=Decimal("0.83"),
        process="",
        balance_fen=0,
        rows="[]",
        counter_changes=changes,
        amounts=Amounts(**{**figures, "psn_part_amt": acct_pay}),
    )


def cancellation_of(original: Settlement) -> Settlement:
    return replace(
        original,
        setl_id=original.setl_id + "C",
        msgid=original.msgid + "C",
        kind=settlements.CANCEL,
        cancels=original.setl_id,
        counter_changes=settlements.negative_changes(original.counter_changes),
        amounts=original.amounts.negative(),
    )


def li(connection: Connection) -> Insured:
    return register.by_psn_no(connection, LI, lock=True)


def test_a_settlement_is_read_back_as_it_was_written(connection: Connection) -> None:
    booked = settlement(1, 100)
    settlements.book(connection, li(connection), booked)
    assert settlements.by_setl_id(connection, "S1") == booked
    assert settlements.by_msgid(connection, "M1") == booked
    assert settlements.everything(connection) == [booked]
    assert settlements.by_msgid(connection, "M2") is None


def test_booking_counts_and_cancelling_counts_back(connection: Connection) -> None:
    before = li(connection)
    settlements.book(connection, before, settlement(1, 100))
    after = li(connection)
    assert after.balance_fen == before.balance_fen - 100
    assert after.counters.amounts_fen["pool_paid"] == 671500
    assert after.counters.counts["local_admissions"] == 2
    settlements.book(connection, after, cancellation_of(settlement(1, 100)))
    assert li(connection) == before


def test_a_reversed_settlement_counts_back_too(connection: Connection) -> None:
    before = li(connection)
    settlements.book(connection, before, settlement(1, 100))
    settlements.reverse(connection, li(connection), settlement(1, 100))
    assert li(connection) == before


def test_the_first_settlement_of_a_year_starts_its_counters_from_zero(connection: Connection) -> None:
    changes = Counters(year=2027, amounts_fen={"pool_paid": 5}, counts={})
    settlements.book(connection, li(connection), settlement(1, 0, changes))
    counters = li(connection).counters
    assert (counters.year, counters.amounts_fen["pool_paid"], counters.counts["local_admissions"]) == (2027, 5, 0)


def test_taking_back_last_year_s_settlement_leaves_this_year_s_counters(connection: Connection) -> None:
    settlements.book(connection, li(connection), settlement(1, 100))
    this_year = Counters(year=2027, amounts_fen={"pool_paid": 5}, counts={})
    settlements.book(connection, li(connection), settlement(2, 0, this_year))
    settlements.reverse(connection, li(connection), settlement(1, 100))
    person = li(connection)
    assert person.balance_fen == 35620
    assert person.counters.amounts_fen["pool_paid"] == 5


def test_the_account_never_falls_below_zero(connection: Connection) -> None:
    with pytest.raises(Refusal, match="个人账户余额不足"):
        settlements.book(connection, li(connection), settlement(1, 35621))
    assert settlements.everything(connection) == []


def test_changes_between_two_states_are_what_was_added() -> None:
    before = Counters(year=2026, amounts_fen={"pool_paid": 7, "relief_paid": 3}, counts={"local_admissions": 1})
    after = Counters(year=2026, amounts_fen={"pool_paid": 9, "relief_paid": 3}, counts={"local_admissions": 2})
    assert settlements.changes_between(before, after) == Counters(
        year=2026, amounts_fen={"pool_paid": 2}, counts={"local_admissions": 1}
    )
    new_year = replace(after, year=2027)
    assert settlements.changes_between(before, new_year).amounts_fen == {"pool_paid": 9, "relief_paid": 3}

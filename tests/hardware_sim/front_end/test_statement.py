"""3201: the totals of a day, equal or not and why."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from hardware_sim.front_end.faults import Fault

from .counter import Counter, counter
from .desk import cancellation, purchase
from .hospital import begin_visit, named, settle_batch, statement, visit_rows

#: Two purchases of the three rows.
TWO = ("157.20", "0.00", "127.20", 2)
ONE = ("78.60", "0.00", "63.60", 1)
NONE = ("0.00", "0.00", "0.00", 0)


@pytest.fixture
def desk() -> Iterator[Counter]:
    with counter() as desk:
        yield desk


def compare(desk: Counter, totals: tuple[str, str, str, int], **changes: str) -> tuple[str, str]:
    content = statement(*totals)
    content["data"].update({"clr_type": "41", **changes})
    info = desk.output("3201", content)["stmtinfo"]
    assert info["setl_optins"] == changes.get("setl_optins", "439900")
    return info["stmt_rslt"], info["stmt_rslt_dscr"]


def test_equal_totals_are_equal(desk: Counter) -> None:
    assert compare(desk, NONE) == ("0", "总账平")
    desk.settle()
    desk.settle()
    assert compare(desk, TWO) == ("0", "总账平")


@pytest.mark.parametrize(
    ("totals", "words"),
    [
        (("157.20", "0.00", "127.20", 3), "总账不平:笔数中心2,医药机构3"),
        (("157.21", "0.00", "127.20", 2), "总账不平:医疗费总额中心157.20,医药机构157.21"),
        (("157.20", "0.01", "127.20", 2), "总账不平:基金支付总额中心0.00,医药机构0.01"),
        (
            ("78.60", "0.00", "63.60", 1),
            "总账不平:笔数中心2,医药机构1;医疗费总额中心157.20,医药机构78.60;个人账户支付中心127.20,医药机构63.60",
        ),
    ],
)
def test_a_difference_is_named(desk: Counter, totals: tuple[str, str, str, int], words: str) -> None:
    desk.settle()
    desk.settle()
    assert compare(desk, totals) == ("1", words)


def test_each_group_is_for_itself(desk: Counter) -> None:
    desk.settle()
    visit = begin_visit(desk)
    desk.output("2204", visit_rows(visit))
    settle_batch(desk, visit)
    assert compare(desk, ONE)[0] == "0"
    assert compare(desk, ONE, clr_type="11")[0] == "0"
    assert compare(desk, NONE, clr_type="21")[0] == "0"
    assert compare(desk, NONE, insutype="390")[0] == "0"
    assert compare(desk, NONE, setl_optins="439901")[0] == "0"
    assert compare(desk.neighbour("H43999900002"), NONE)[0] == "0"


def test_a_day_is_that_of_the_bureau_s_settlement_time(desk: Counter) -> None:
    desk.set_clock("2026-11-21T23:59:59+08:00")
    desk.settle()
    desk.set_clock("2026-11-22T00:00:00+08:00")
    desk.settle()
    assert compare(desk, ONE)[0] == "0"
    assert compare(desk, ONE, stmt_begndate="2026-11-22", stmt_enddate="2026-11-22")[0] == "0"
    assert compare(desk, TWO, stmt_enddate="2026-11-22")[0] == "0"
    assert "早于stmt_begndate" in desk.refusal("3201", statement(*NONE, stmt_enddate="2026-11-20"))


def test_a_cancelled_pair_comes_to_nothing_and_counts_twice_or_not_at_all(desk: Counter) -> None:
    desk.settle()
    desk.output("2103", cancellation(desk.settle()["setlinfo"]))
    with_refunds = ("78.60", "0.00", "63.60", 3)
    for flag in ({}, {"refd_setl_flag": "1"}, {"refd_setl_flag": ""}):
        assert compare(desk, with_refunds, **flag)[0] == "0"
    assert compare(desk, ONE, refd_setl_flag="0")[0] == "0"


def test_a_pair_of_two_days_is_one_record_on_each(desk: Counter) -> None:
    settled = desk.settle()["setlinfo"]
    desk.set_clock("2026-11-22T08:00:00+08:00")
    desk.output("2103", cancellation(settled))
    tomorrow = {"stmt_begndate": "2026-11-22", "stmt_enddate": "2026-11-22"}
    assert compare(desk, ONE)[0] == "0"
    assert compare(desk, ("-78.60", "0.00", "-63.60", 1), **tomorrow)[0] == "0"
    assert compare(desk, NONE, refd_setl_flag="0")[0] == "0"
    assert compare(desk, NONE, refd_setl_flag="0", **tomorrow)[0] == "0"


def test_what_was_reversed_never_counts(desk: Counter) -> None:
    message = desk.message("2102", purchase())
    desk.send(message)
    desk.reverse(message["msgid"])
    assert compare(desk, NONE)[0] == "0"


def test_hunan_has_a_flag_of_the_institution_s_too() -> None:
    with counter("hunan") as desk:
        desk.output("2103", cancellation(desk.settle()["setlinfo"]))
        assert compare(desk, ("0.00", "0.00", "0.00", 2), fixmedins_refd_setl_flag="1")[0] == "0"
        assert compare(desk, NONE, fixmedins_refd_setl_flag="0")[0] == "0"


def test_a_bureau_that_lost_a_settlement_is_found_out(desk: Counter) -> None:
    desk.settle()
    desk.settle()
    desk.switch_on(Fault(name="recon_missing", infno="3201", times=1))
    assert compare(desk, TWO) == (
        "1",
        "总账不平:笔数中心1,医药机构2;医疗费总额中心78.60,医药机构157.20;个人账户支付中心63.60,医药机构127.20",
    )
    assert compare(desk, TWO)[0] == "0"


def test_a_bureau_that_counts_one_twice_is_found_out(desk: Counter) -> None:
    desk.settle()
    desk.switch_on(Fault(name="recon_extra", infno="3201", times=1))
    assert "笔数中心2,医药机构1" in compare(desk, ONE)[1]
    assert compare(desk, ONE)[0] == "0"


def test_a_shifted_settlement_is_missing_today_and_too_many_tomorrow(desk: Counter) -> None:
    desk.settle()
    desk.settle()
    desk.switch_on(Fault(name="recon_shifted", infno="3201", times=1))
    assert "笔数中心1,医药机构2" in compare(desk, TWO)[1]
    assert compare(desk, ONE)[0] == "0"
    assert compare(desk, ONE, stmt_begndate="2026-11-22", stmt_enddate="2026-11-22")[0] == "0"
    assert compare(desk, TWO, stmt_enddate="2026-11-22")[0] == "0"


def test_a_fault_waits_for_a_day_with_settlements(desk: Counter) -> None:
    desk.switch_on(Fault(name="recon_missing", infno="3201", times=1))
    assert compare(desk, NONE)[0] == "0"
    desk.settle()
    assert compare(desk, ONE)[0] == "1"


def test_a_settlement_of_the_clinic_counts_with_what_the_funds_paid(desk: Counter) -> None:
    visit = begin_visit(desk)
    desk.output("2204", visit_rows(visit))
    settled = settle_batch(desk, visit)
    desk.output("2208", named(visit, setl_id=settled["setl_id"]))
    assert settled["fund_pay_sumamt"] == Decimal(0)
    assert compare(desk, ("0.00", "0.00", "0.00", 2), clr_type="11")[0] == "0"

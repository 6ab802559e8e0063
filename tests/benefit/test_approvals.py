from datetime import date
from pathlib import Path

import pytest

from pos_client.benefit import Approval, Counters, Line, split
from tests.benefit.bills import approval, bill, counters, line, person, stay, visit
from tests.benefit.policies import SHIPPED, changed, yizheng

COUNTY = SHIPPED.pick("county001", date(2010, 5, 4))
MAY_4 = date(2010, 5, 4)


def transferred(given: Approval | None) -> tuple[str, ...]:
    approvals = {} if given is None else {"transfer_approval": given}
    event = stay(line("5000.00"), level=3, place="out", approvals=approvals)
    return split(yizheng(), bill(event)).reasons


@pytest.mark.parametrize(
    ("given", "in_time"),
    [
        (approval(date(2010, 5, 3)), True),
        (approval(MAY_4), True),
        (approval(date(2010, 5, 5)), False),
        (approval(date(2010, 5, 7), emergency=True), True),
        (approval(date(2010, 5, 8), emergency=True), False),
        (None, False),
    ],
)
def test_a_transfer_is_approved_before_or_in_an_emergency_within_three_days(
    given: Approval | None, in_time: bool
) -> None:
    assert transferred(given) == (() if in_time else ("TRANSFER_NOT_APPROVED",))


def test_a_patient_who_waits_is_not_asked_for_approvals() -> None:
    event = stay(line("5000.00"), place="out")

    result = split(yizheng(), bill(event, who=person(first_contribution=date(2010, 4, 1))))

    assert (result.entitlement, result.reasons, result.mode) == ("waiting", ("WAITING",), "bureau")


@pytest.mark.parametrize(("missing", "own_expense_fen"), [("own_expense", 500000), ("no_share", 0)])
def test_a_bill_without_its_approval_may_be_own_expense_or_get_no_share(
    tmp_path: Path, missing: str, own_expense_fen: int
) -> None:
    library = changed(
        tmp_path,
        "yizheng/2010-01-01",
        (
            'missing = "hold"\nreason = "TRANSFER_NOT_APPROVED"',
            f'missing = "{missing}"\nreason = "TRANSFER_NOT_APPROVED"',
        ),
    )
    event = stay(line("5000.00"), place="out", use_account=True)

    result = split(library.pick("yizheng", MAY_4), bill(event, before=counters(balance_fen=70000)))

    assert (result.status, result.entitlement, result.reasons) == ("settled", "ok", ("TRANSFER_NOT_APPROVED",))
    assert (result.fund_total_fen, result.own_expense_fen) == (0, own_expense_fen)
    assert result.account_pay_fen == (0 if own_expense_fen else 70000)
    assert result.counters_after.amounts_fen["inpatient_eligible"] == 0


FIRST_STAY = Counters(
    year=2010,
    amounts_fen={"inpatient_eligible": 0, "pool_paid": 0},
    counts={"admissions": 0},
    account_balance_fen=0,
)


def admitted(*lines: Line) -> tuple[str, tuple[str, ...], tuple[str, ...], int]:
    event = stay(*lines, approvals={"admission_approval": approval(MAY_4)})
    result = split(COUNTY, bill(event, before=FIRST_STAY, pool_pct="80"))
    return result.status, result.reasons, result.details, result.own_expense_fen


def test_an_unapproved_examination_is_own_expense_and_names_its_lines() -> None:
    exams = [line("150.00", id=name, kind="exam", performed=date(2010, 5, 6)) for name in ("ct", "mri")]

    assert admitted(line("3000.00"), *exams) == ("settled", ("EXAM_NOT_APPROVED",), ("ct, mri",), 30000)


def test_an_approval_of_an_examination_of_unknown_day_cannot_be_judged() -> None:
    undated = line("150.00", id="ct", kind="exam", approval=approval(MAY_4))

    assert admitted(line("3000.00"), undated)[:3] == ("hold", ("FACT_UNKNOWN",), ("performed: ct",))


def test_an_examination_without_any_approval_needs_no_day() -> None:
    assert admitted(line("3000.00"), line("150.00", id="ct", kind="exam"))[1] == ("EXAM_NOT_APPROVED",)


def test_an_item_of_unknown_kind_cannot_be_judged() -> None:
    assert admitted(line("3000.00"), line("150.00", id="x", kind=None))[2] == ("kind: x",)


def test_an_approval_of_an_item_may_hold_the_bill(tmp_path: Path) -> None:
    library = changed(tmp_path, "county001/2005-01-01", ('missing = "own_expense"', 'missing = "hold"'))
    event = stay(
        line("3000.00"),
        line("150.00", id="ct", kind="exam"),
        approvals={"admission_approval": approval(MAY_4)},
    )

    result = split(library.pick("county001", MAY_4), bill(event, pool_pct="80"))

    assert (result.status, result.reasons, result.details) == ("hold", ("EXAM_NOT_APPROVED",), ("ct",))


def test_an_item_without_a_share_stays_with_the_patient_in_a_layered_benefit(tmp_path: Path) -> None:
    library = changed(tmp_path, "county001/2005-01-01", ('missing = "own_expense"', 'missing = "no_share"'))
    event = stay(
        line("3000.00"),
        line("150.00", id="ct", kind="exam"),
        approvals={"admission_approval": approval(MAY_4)},
    )

    result = split(library.pick("county001", MAY_4), bill(event, before=FIRST_STAY, pool_pct="80"))

    assert (result.eligible_fen, result.fund_total_fen, result.patient_total_fen) == (315000, 192000, 123000)
    assert result.counters_after.amounts_fen["inpatient_eligible"] == 300000


def test_both_approvals_of_an_admission_away_are_asked_in_their_order() -> None:
    result = split(COUNTY, bill(stay(line("3000.00"), place="out"), pool_pct="80"))

    assert result.reasons == ("ADMISSION_NOT_APPROVED",)


def test_whether_an_approval_is_needed_must_be_known() -> None:
    result = split(yizheng(), bill(stay(line("3000.00"), place=None)))

    assert (result.reasons, result.details) == (("FACT_UNKNOWN",), ("place",))


def test_a_visit_is_approved_on_its_day() -> None:
    examined = line("300.00", kind="exam", approval=approval(MAY_4))

    assert split(yizheng(), bill(visit(examined, type="special_exam"))).fund_total_fen == 15000

"""5201 and 5303: visits and open stays are found again, also those whose answer was lost."""

from collections.abc import Iterator
from typing import Any

import pytest

from .counter import Counter, counter, only
from .desk import LI, ZHANG, cancellation, purchase
from .hospital import begin_stay, begin_visit, named, period, registration


@pytest.fixture
def desk() -> Iterator[Counter]:
    with counter() as desk:
        yield desk


def visits(desk: Counter, med_type: str, psn_no: str = ZHANG, **more: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = desk.output("5201", period(psn_no, med_type=med_type, **more))["mdtrtinfo"]
    return rows


def test_a_purchase_is_a_visit(desk: Counter) -> None:
    settled = desk.settle()["setlinfo"]
    visit = only(visits(desk, "41"))
    assert (visit["mdtrt_id"], visit["begntime"], visit["endtime"]) == (
        settled["mdtrt_id"],
        "2026-11-21 09:17:40",
        "2026-11-21 09:17:40",
    )
    assert visits(desk, "11") == []


def test_a_cancelled_purchase_is_still_a_visit_and_a_reversed_one_is_none(desk: Counter) -> None:
    desk.output("2103", cancellation(desk.settle()["setlinfo"]))
    message = desk.message("2102", purchase())
    desk.send(message)
    assert len(visits(desk, "41")) == 2
    assert desk.reverse(message["msgid"])["infcode"] == 0
    assert len(visits(desk, "41")) == 1


def test_a_registration_that_is_not_described_yet_is_any_visit(desk: Counter) -> None:
    mdtrt_id = desk.output("2201", registration())["data"]["mdtrt_id"]
    for med_type in ("11", "13"):
        visit = only(visits(desk, med_type))
        assert (visit["mdtrt_id"], visit["ipt_otp_no"], visit["med_type"]) == (mdtrt_id, "MZ0001", med_type)
    assert visits(desk, "21") == []


def test_a_described_visit_is_found_under_its_category_only(desk: Counter) -> None:
    begin_visit(desk)
    assert len(visits(desk, "11")) == 1
    assert visits(desk, "13") == []


def test_the_period_is_that_of_the_beginning_both_ends_included(desk: Counter) -> None:
    desk.output("2201", registration())
    exactly = "2026-11-21 08:30:00"
    assert len(visits(desk, "11", begntime=exactly, endtime=exactly)) == 1
    assert visits(desk, "11", begntime="2026-11-21 08:30:01") == []
    assert visits(desk, "11", endtime="2026-11-21 08:29:59") == []
    assert "早于begntime(开始时间)" in desk.refusal("5201", period(med_type="11", endtime="2026-10-01 00:00:00"))


def test_one_visit_can_be_asked_for(desk: Counter) -> None:
    first, second = (begin_visit(desk, number=number) for number in ("MZ0001", "MZ0002"))
    assert only(visits(desk, "11", mdtrt_id=second))["ipt_otp_no"] == "MZ0002"
    assert [visit["mdtrt_id"] for visit in visits(desk, "11")] == [first, second]


def test_nobody_sees_another_person_s_or_institution_s_visits(desk: Counter) -> None:
    begin_visit(desk)
    desk.settle()
    stranger = desk.neighbour("H43999900002")
    for med_type in ("11", "41"):
        assert visits(desk, med_type, LI) == []
        assert visits(stranger, med_type) == []


def test_who_is_in_the_hospital_is_listed_with_or_without_a_name(desk: Counter) -> None:
    stay = begin_stay(desk)
    begin_stay(desk, LI)
    everybody = {"data": {"begntime": "2026-11-01 00:00:00", "endtime": "2026-11-30 00:00:00"}}
    assert [row["psn_no"] for row in desk.output("5303", everybody)["data"]] == [ZHANG, LI]
    row = only(desk.output("5303", period())["data"])
    assert (row["mdtrt_id"], row["ipt_otp_no"], row["begndate"], row["psn_name"]) == (
        stay,
        "ZY0001",
        "2026-11-11",
        "张建国",
    )
    assert desk.neighbour("H43999900002").output("5303", everybody)["data"] == []
    desk.call("2404", named(stay))
    assert desk.output("5303", period())["data"] == []

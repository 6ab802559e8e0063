"""What ``pos-client split`` makes of lines: good ones, held ones, and everything that can be wrong with one."""

import copy
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.benefit import PolicyLibrary, split_records
from tests.benefit.policies import SHIPPED, changed

GOOD: dict[str, Any] = {
    "id": "one",
    "locality": "yizheng-2010",
    "person": {"category": "active", "birth": "1970-03-03", "sex": "M", "first_contribution": "2005-01-01"},
    "acc_before": {
        "year": 2010,
        "inpatient_eligible": "0.00",
        "pool_paid": "0.00",
        "local_admissions": 0,
        "pa_balance": "500.00",
    },
    "event": {
        "type": "outpatient",
        "date": "2010-05-04",
        "use_pa": True,
        "lines": [
            {"kind": "drug", "cls": "A", "unit_price": "12.60", "qty": "2"},
            {"kind": "drug", "cls": "B", "unit_price": "38.50", "qty": "3", "pre_pct": "10", "limit_price": "40.00"},
        ],
    },
}  # fmt: skip


def read(text: str, library: PolicyLibrary = SHIPPED) -> dict[str, Any]:
    [(record, accepted)] = split_records([text], library)
    assert accepted is (record["status"] != "refused")
    return record


def broken(at: str, value: object) -> str:
    """The good record with the value at a place such as event.lines[1].qty replaced; ... removes it."""
    record = copy.deepcopy(GOOD)
    *way, last = at.replace("[", ".").replace("]", "").split(".")
    here: Any = record
    for step in way:
        here = here[int(step)] if step.isdigit() else here.setdefault(step, {})
    key = int(last) if last.isdigit() else last
    if value is ...:
        del here[key]
    else:
        here[key] = value
    return json.dumps(record)


def refusal(text: str) -> tuple[str, str]:
    record = read(text)
    assert record["status"] == "refused"
    assert set(record) == {"id", "status", "error"}
    assert set(record["error"]) == {"code", "message", "at"}
    return record["error"]["code"], record["error"]["at"]


def test_a_good_line_is_split() -> None:
    record = read(json.dumps(GOOD))

    assert (record["id"], record["status"], record["total"], record["pa_pay"]) == ("one", "settled", "140.70", "140.70")
    assert record["policy"]["id"] == "yizheng"
    assert [part["pre_self_pay"] for part in record["lines"]] == ["0.00", "11.55"]


def test_one_line_out_for_each_line_in_and_in_the_same_order() -> None:
    lines = [json.dumps(GOOD | {"id": "a"}), "not json", json.dumps(GOOD | {"id": 7}), ""]

    found = [(record["id"], accepted) for record, accepted in split_records(lines, SHIPPED)]

    assert found == [("a", True), (None, False), (7, True), (None, False)]


@pytest.mark.parametrize(
    ("locality", "day"), [("yizheng-2010", "2009-12-31"), ("rizhao-2012", "2011-01-01"), ("nowhere", "2010-05-04")]
)
def test_a_place_or_day_without_a_policy_is_a_hold(locality: str, day: str) -> None:
    record = copy.deepcopy(GOOD)
    record["locality"] = locality
    record["event"]["date"] = day

    found = read(json.dumps(record))

    assert (found["status"], found["reasons"], found["details"]) == ("hold", ["NO_POLICY_VERSION"], [locality])
    assert found["acc_after"] == GOOD["acc_before"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '"text"',
        json.dumps(GOOD)[:-1],
        json.dumps(GOOD) + "}",
        '{"id": NaN}',
        '{"id": "x", "id": "y"}',
        "[" * 100_000,
        '{"id": ' + "9" * 5000 + "}",
        '{"event": {"estimate": 1e999999999999999999999}}',
        "\x00",
    ],
)
def test_a_line_that_is_no_record_is_refused(text: str) -> None:
    assert refusal(text)[0] in {"BILL-01", "BILL-02"}


MISSING = ["event", "person", "acc_before", "locality", "acc_before.year", "event.type", "event.date", "event.lines"]


@pytest.mark.parametrize("at", [*MISSING, "event.lines[0].unit_price", "event.lines[1].qty"])
def test_what_is_missing_is_named(at: str) -> None:
    assert refusal(broken(at, ...)) == ("BILL-02", at)
    assert refusal(broken(at, None)) == ("BILL-02", at)


@pytest.mark.parametrize(
    "at",
    [
        "person.catagory",
        "event.usepa",
        "event.lines[0].limt_price",
        "event.transfer_approval.by",
        "person.contract.until",
    ],
)
def test_an_unknown_field_is_refused_before_something_is_overlooked(at: str) -> None:
    assert refusal(broken(at, "x")) == ("BILL-03", at)


@pytest.mark.parametrize(
    ("at", "value"),
    [
        ("person", []),
        ("person.category", 5),
        ("person.category", " "),
        ("person.category", "a\nb"),
        ("person.category", "\ud800"),
        ("person.birth", "1970-02-30"),
        ("person.birth", "1970-3-3"),
        ("person.birth", "19700303"),
        ("person.birth", "1970-03-03T00:00"),
        ("person.birth", "２０１０-01-01"),
        ("person.birth", "0001-01-01"),
        ("person.birth", "2010-05-05"),
        ("person.birth", 19700303),
        ("person.sex", "m"),
        ("person.sex", 1),
        ("person.first_contribution", "9999-12-31"),
        ("person.first_unpaid_month", "2010-13"),
        ("person.first_unpaid_month", "2010-04-01"),
        ("person.chronic_approved", "yes"),
        ("person.insured_years", -1),
        ("person.contract", "站"),
        ("acc_before.year", "2010"),
        ("acc_before.year", 10**9),
        ("acc_before.local_admissions", -1),
        ("acc_before.local_admissions", True),
        ("acc_before.pool_paid", "-0.01"),
        ("acc_before.pool_paid", "0.001"),
        ("acc_before.pool_paid", "1,000.00"),
        ("acc_before.pool_paid", []),
        ("acc_before.pa_balance", "x"),
        ("event.type", 3),
        ("event.level", "2"),
        ("event.level", 4),
        ("event.level", 2.0),
        ("event.place", "abroad"),
        ("event.date", "2010-02-29"),
        ("event.use_pa", "true"),
        ("event.delivery", "water"),
        ("event.estimate", "-1.00"),
        ("event.transfer_approval", "2010-05-03"),
        ("event.transfer_approval.date", "yesterday"),
        ("event.lines", []),
        ("event.lines", {}),
        ("event.lines[0]", "x"),
        ("event.lines[0].kind", "gift"),
        ("event.lines[0].cls", "D"),
        ("event.lines[0].cls", "a"),
        ("event.lines[0].unit_price", "-12.60"),
        ("event.lines[0].unit_price", "12.6000001"),
        ("event.lines[0].unit_price", "1e2"),
        ("event.lines[0].unit_price", "１２"),
        ("event.lines[0].unit_price", "Infinity"),
        ("event.lines[0].unit_price", "99999999999"),
        ("event.lines[0].unit_price", True),
        ("event.lines[0].qty", "0.00001"),
        ("event.lines[0].qty", "9999999999999"),
        ("event.lines[0].limit_price", "-1"),
        ("event.lines[1].pre_pct", "105"),
        ("event.lines[1].pre_pct", "-1"),
        ("event.lines[0].performed", "2010"),
        ("event.lines[0].approval", True),
        ("site", []),
        ("site.pool_pct", "many"),
        ("locality", 5),
    ],
)  # fmt: skip
def test_a_wrong_value_is_refused_at_its_place(at: str, value: object) -> None:
    assert refusal(broken(at, value)) == ("BILL-04", at)


def test_a_refund_line_is_refused_with_a_way_on() -> None:
    record = read(broken("event.lines[1].qty", "-3"))

    assert (record["error"]["code"], record["error"]["at"]) == ("BILL-05", "event.lines[1].returns")
    assert "void the settlement and settle what remains" in record["error"]["message"]


def test_two_lines_of_one_id_are_refused() -> None:
    assert refusal(broken("event.lines[0].id", "2")) == ("BILL-04", "event.lines")


def test_a_bill_beyond_the_interface_is_refused() -> None:
    record = copy.deepcopy(GOOD)
    for line in record["event"]["lines"]:
        line |= {"unit_price": "9999999999", "qty": "99999"}

    assert refusal(json.dumps(record)) == ("BILL-04", "event.lines")


@pytest.mark.parametrize(
    ("changes", "at", "code"),
    [
        ({"admit": "2010-05-01"}, "event.date", "BILL-04"),
        ({"date": None, "admit": "2010-05-01"}, "event.discharge", "BILL-02"),
        ({"date": None, "discharge": "2010-05-01"}, "event.admit", "BILL-02"),
        ({"date": None, "admit": "2010-05-02", "discharge": "2010-05-01"}, "event.discharge", "BILL-04"),
        ({"transfer_approval": {}}, "event.transfer_approval.date", "BILL-02"),
    ],
)
def test_days_that_do_not_fit_together_are_refused(changes: dict[str, object], at: str, code: str) -> None:
    record = copy.deepcopy(GOOD)
    record["event"] |= changes

    assert refusal(json.dumps(record)) == (code, at)


def test_a_value_entered_by_hand_out_of_its_bounds_is_refused() -> None:
    record = copy.deepcopy(GOOD) | {"locality": "county001", "site": {"pool_pct": "105"}}
    record["event"] = {
        "type": "inpatient",
        "admit": "2010-05-04",
        "discharge": "2010-05-05",
        "lines": GOOD["event"]["lines"],
    }

    assert refusal(json.dumps(record)) == ("BILL-04", "site.pool_pct")


def test_numbers_may_be_written_as_json_numbers_and_stay_exact() -> None:
    text = json.dumps(GOOD).replace('"12.60"', "12.60").replace('"2"', "2").replace('"500.00"', "500.00")

    assert read(text)["total"] == "140.70"


def test_null_is_unknown_where_false_is_what_absence_means() -> None:
    record = copy.deepcopy(GOOD)
    record["event"]["type"] = "chronic"

    assert read(json.dumps(record))["reasons"] == ["CHRONIC_NOT_APPROVED"]
    record["person"]["chronic_approved"] = None
    assert (read(json.dumps(record))["reasons"], read(json.dumps(record))["details"]) == (
        ["FACT_UNKNOWN"],
        ["chronic_approved"],
    )


def test_a_counter_that_is_null_is_unknown() -> None:
    record = copy.deepcopy(GOOD)
    record["acc_before"] |= {"pa_balance": None}

    found = read(json.dumps(record))

    assert (found["reasons"], found["details"]) == (["COUNTER_UNKNOWN"], ["account_balance"])
    assert "pa_balance" not in found["acc_after"]


def test_a_simulated_policy_may_be_replayed() -> None:
    record = copy.deepcopy(GOOD) | {"locality": "jiangsu-city-2004-asrun"}
    record["event"] = {
        "type": "inpatient", "admit": "2004-05-04", "discharge": "2004-05-05", "level": 2, "place": "local",
        "lines": [{"kind": "service", "cls": "A", "unit_price": "3000", "qty": "1"}],
    }  # fmt: skip
    record["acc_before"]["year"] = 2003

    assert read(json.dumps(record))["pool_pay"] == "2132.00"


def test_a_fund_of_its_own_gets_a_field_of_its_own(tmp_path: Path) -> None:
    library = changed(tmp_path, "rizhao/2012-01-01", ('fund = "pool"\n', 'fund = "outpatient_pool"\n'))
    record = copy.deepcopy(GOOD) | {"locality": "rizhao"}
    record["person"] |= {"category": "employee", "contract": {"institution": "站", "from": "2012-01-01"}}
    record["event"] |= {"date": "2012-03-01", "institution": "站"}

    assert read(json.dumps(record), library)["outpatient_pool_pay"] == "7.60"


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["2010-05-04", "12.60", "A", "-1"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
PLACES = [
    "id",
    "person",
    "person.birth",
    "person.contract",
    "acc_before",
    "acc_before.pool_paid",
    "event",
    "event.type",
    "event.level",
    "event.lines",
    "event.lines[0]",
    "event.lines[0].unit_price",
    "event.lines[1].qty",
    "event.lines[1].pre_pct",
    "site",
]


@given(st.sampled_from(PLACES), JSON)
def test_whatever_stands_in_a_record_it_is_answered(at: str, value: object) -> None:
    assert read(broken(at, value))["status"] in {"settled", "hold", "refused"}


@given(st.text())
def test_whatever_a_line_is_it_is_answered(text: str) -> None:
    assert read(text)["status"] == "refused"


def test_a_record_reads_as_of_its_day() -> None:
    assert date.fromisoformat(read(json.dumps(GOOD))["policy"]["includes"][0]["valid_from"]) == date(2000, 1, 1)

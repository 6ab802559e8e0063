"""Writing requests and reading answers as real gateways give them."""

from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import simplejson
from hypothesis import given
from hypothesis import strategies as st

from pos_client.sync.envelope import (
    Request,
    Sender,
    UnreadableError,
    node,
    place_of_insurance,
    read_answer,
    request_body,
    rows_of,
    same_request,
)
from pos_client.sync.region import Region, load_region
from tests.virtual import NOON

SENDER = Sender("P43999900001", "示例大药房", "01", "收费员01")


@pytest.fixture
def region(tmp_path: Path) -> Region:
    return load_region("training", tmp_path, "training")


def test_a_request_carries_the_eighteen_keys_of_the_interface(region: Region) -> None:
    request = Request("2601", {"data": {"psn_no": "1"}}, "439901")
    body = simplejson.loads(request_body(region, SENDER, request, message_id="M" * 30, sign_no="S1", now=NOON))
    assert list(body) == [
        "infno", "msgid", "mdtrtarea_admvs", "insuplc_admdvs", "recer_sys_code", "dev_no", "dev_safe_info", "cainfo",
        "signtype", "infver", "opter_type", "opter", "opter_name", "inf_time", "fixmedins_code", "fixmedins_name",
        "sign_no", "input",
    ]  # fmt: skip
    assert (body["inf_time"], body["insuplc_admdvs"], body["sign_no"]) == ("2026-11-21 12:00:00", "439901", "S1")


def test_money_leaves_as_an_exact_json_number(region: Region) -> None:
    request = Request("2101", {"data": {"medfee_sumamt": Decimal("78.60")}})
    text = request_body(region, SENDER, request, message_id="M", sign_no="", now=NOON)
    assert '"medfee_sumamt": 78.60' in text


def test_a_region_may_want_numbers_as_texts(region: Region, tmp_path: Path) -> None:
    shipped = Path("pos_client/sync/regions/training.toml").read_text(encoding="utf-8")
    (tmp_path / "own.toml").write_text(shipped.replace('numbers = "number"', 'numbers = "string"'), encoding="utf-8")
    own = load_region("own", tmp_path, "training")
    request = Request("2101", {"data": {"medfee_sumamt": Decimal("78.60")}, "rows": [{"cnt": Decimal(2)}]})
    text = request_body(own, SENDER, request, message_id="M", sign_no="", now=NOON)
    assert '"medfee_sumamt": "78.60"' in text
    assert '"cnt": "2"' in text


def _answer(**envelope: object) -> bytes:
    return simplejson.dumps({"infcode": 0, "respond_time": "20261121120000123"} | envelope).encode()


@pytest.mark.parametrize("code", [0, "0"])
@pytest.mark.parametrize("output", [{"setlinfo": {"a": "1"}}, '{"setlinfo": {"a": "1"}}', {"setlinfo": [{"a": "1"}]}])
def test_dialects_of_one_answer_read_the_same(code: object, output: object) -> None:
    answer = read_answer(_answer(infcode=code, output=output))
    assert answer.accepted
    assert node(answer.output, "setlinfo") == {"a": "1"}
    assert answer.responded_at == datetime(2026, 11, 21, 4, 0, 0, 123_000, tzinfo=UTC)


@pytest.mark.parametrize("output", [None, "", [], {}])
def test_no_output_is_no_output_however_it_is_written(output: object) -> None:
    assert read_answer(_answer(output=output)).output == {}


@pytest.mark.parametrize("code", [-1, "-1"])
def test_a_refusal_keeps_the_words_of_the_bureau(code: object) -> None:
    answer = read_answer(_answer(infcode=code, err_msg=" 余额不足 ", output="whatever"))
    assert (answer.accepted, answer.error_message, answer.output) == (False, "余额不足", {})


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'"text"',
        b"[" * 100_000,
        _answer(infcode=1),
        _answer(infcode=None),
        _answer(output="done"),
        _answer(output=7),
        _answer(output="[" * 100_000),
    ],
)
def test_what_is_no_answer_of_the_interface_is_unreadable(body: bytes) -> None:
    with pytest.raises(UnreadableError):
        read_answer(body)


@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_an_answer_or_unreadable(body: bytes) -> None:
    with suppress(UnreadableError):
        read_answer(body)


def test_numbers_are_read_as_exact_decimals() -> None:
    answer = read_answer(b'{"infcode": 0, "output": {"setlinfo": {"a": 0.1}}}')
    assert node(answer.output, "setlinfo")["a"] == Decimal("0.1")
    assert isinstance(node(answer.output, "setlinfo")["a"], Decimal)


@pytest.mark.parametrize("found", ["a text", ["a text"], 7, [{}, {}], None])
def test_a_node_that_is_not_one_object_is_unreadable(found: object) -> None:
    with pytest.raises(UnreadableError):
        node({"setlinfo": found}, "setlinfo")


def test_a_missing_list_is_empty_and_one_object_is_a_list_of_one() -> None:
    assert rows_of({}, "x") == rows_of({"x": None}, "x") == rows_of({"x": ""}, "x") == []
    assert rows_of({"x": {"a": 1}}, "x") == [{"a": 1}]


@pytest.mark.parametrize("when", ["", None, "yesterday", "2026"])
def test_a_clock_that_cannot_be_read_is_no_clock(when: object) -> None:
    assert read_answer(_answer(respond_time=when, refmsg_time=when)).responded_at is None


def test_the_bureau_says_when_it_got_a_message_and_when_it_answered() -> None:
    answer = read_answer(_answer(refmsg_time="20261121120000", respond_time="20261121120001007", inf_refmsgid=" R1 "))
    assert answer.received_at == datetime(2026, 11, 21, 4, 0, 0, tzinfo=UTC)
    assert answer.responded_at == datetime(2026, 11, 21, 4, 0, 1, 7_000, tzinfo=UTC)
    assert answer.reference == "R1"


def test_either_time_of_the_bureau_stands_for_the_other() -> None:
    only = datetime(2026, 11, 21, 4, 0, 0, 5_000, tzinfo=UTC)
    for there, missing in (("respond_time", "refmsg_time"), ("refmsg_time", "respond_time")):
        answer = read_answer(_answer(**{there: "20261121120000005", missing: "soon"}))
        assert (answer.received_at, answer.responded_at) == (only, only)


def test_milliseconds_that_are_none_are_left_out() -> None:
    answer = read_answer(_answer(respond_time="20261121120000x7"))
    assert answer.responded_at == datetime(2026, 11, 21, 4, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize("output", [[{"a": 1}], '[{"a": 1}]'])
def test_rows_without_a_node_stand_under_no_name(output: object) -> None:
    assert read_answer(_answer(output=output)).output == {"": [{"a": 1}]}


def test_what_undoes_a_message_goes_to_the_same_place_and_what_repeats_it_says_the_same(region: Region) -> None:
    request = Request("2203", {"data": {"psn_no": "1", "sum": Decimal("1.50")}}, "439901")
    body = request_body(region, SENDER, request, message_id="M" * 30, sign_no="S1", now=NOON)
    assert place_of_insurance(body) == "439901"
    assert same_request(body) == request

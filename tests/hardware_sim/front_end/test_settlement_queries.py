"""5203 and 5204: the way from a lost answer to the settlement that it carried (protocol 5.2)."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import simplejson

from .counter import Counter, counter, only
from .desk import LI, ZHANG, cancellation, purchase
from .figures import AMOUNTS, assert_identities, with_common_names
from .hospital import begin_stay, begin_visit, end_stay, named, period, settle_batch, stay_rows, visit_rows


@pytest.fixture
def desk() -> Iterator[Counter]:
    with counter() as desk:
        yield desk


def rows(desk: Counter, mdtrt_id: str, **more: Any) -> list[tuple[str, str, Decimal]]:
    found = desk.rows_of("5204", named(mdtrt_id, **more))
    return [(row["setl_id"], row["feedetl_sn"], row["det_item_fee_sumamt"]) for row in found]


def shown(desk: Counter, mdtrt_id: str, setl_id: str) -> dict[str, Any]:
    return desk.output("5203", named(mdtrt_id, setl_id=setl_id))


def test_a_lost_purchase_is_found_by_its_message_id(desk: Counter) -> None:
    message = desk.message("2102", purchase())
    desk.bureau.receive(_body(message))
    visit = only(desk.output("5201", period(med_type="41"))["mdtrtinfo"])
    setl_ids = {setl_id for setl_id, _, _ in rows(desk, visit["mdtrt_id"])}
    (setl_id,) = setl_ids
    info = shown(desk, visit["mdtrt_id"], setl_id)["setlinfo"]
    assert (info["medins_setl_id"], info["medfee_sumamt"]) == (message["msgid"], Decimal("78.60"))


def _body(message: dict[str, Any]) -> bytes:

    return simplejson.dumps(message, use_decimal=True, ensure_ascii=False).encode()


def test_a_settlement_is_shown_as_it_was_answered(desk: Counter) -> None:
    settled = desk.settle()
    info = settled["setlinfo"]
    found = shown(desk, info["mdtrt_id"], info["setl_id"])
    assert_identities(found)
    again = with_common_names(found["setlinfo"])
    same = (*AMOUNTS, "setl_id", "mdtrt_id", "psn_no", "setl_time", "balc", "med_type", "clr_type", "medins_setl_id")
    assert {name: again[name] for name in same} == {name: info[name] for name in same}
    assert found["setldetail"] == settled["setldetail"]
    assert (again["refd_setl_flag"], again["fixmedins_code"], again["year"]) == ("0", desk.institution, "2026")


def test_a_stay_is_shown_with_its_days_and_how_the_pool_paid(desk: Counter) -> None:
    mdtrt_id = begin_stay(desk)
    desk.output("2301", stay_rows(mdtrt_id, rows=(("XTEST0000000000000000A1", "1000", "5", "5000.00"),)))
    settled = end_stay(desk, mdtrt_id, "5000.00")
    found = shown(desk, mdtrt_id, settled["setl_id"])
    assert (found["setlinfo"]["begndate"], found["setlinfo"]["enddate"]) == ("2026-11-11", "2026-11-21")
    assert found["setldetail"][0]["setl_proc_info"] == "pool:(5000.00-600.00)*83%"


def test_a_cancellation_is_found_through_its_rows(desk: Counter) -> None:
    settled = desk.settle()["setlinfo"]
    message = desk.message("2103", cancellation(settled))
    desk.send(message)
    found = rows(desk, settled["mdtrt_id"])
    originals, repeated = found[:3], found[3:]
    assert {setl_id for setl_id, _, _ in originals} == {settled["setl_id"]}
    assert [(serial, -amount) for _, serial, amount in repeated] == [
        (serial, amount) for _, serial, amount in originals
    ]
    (setl_id,) = {setl_id for setl_id, _, _ in repeated}
    info = shown(desk, settled["mdtrt_id"], setl_id)["setlinfo"]
    assert (info["medins_setl_id"], info["refd_setl_flag"]) == (message["msgid"], "1")
    assert info["medfee_sumamt"] == Decimal("-78.60")


def test_rows_that_are_not_settled_have_no_settlement_id(desk: Counter) -> None:
    visit = begin_visit(desk)
    desk.output("2204", visit_rows(visit))
    desk.output("2204", visit_rows(visit, "PC0002", first=4))
    settled = settle_batch(desk, visit)
    found = rows(desk, visit)
    assert [(setl_id, serial) for setl_id, serial, _ in found] == [
        *((settled["setl_id"], serial) for serial in ("1", "2", "3")),
        *(("", serial) for serial in ("4", "5", "6")),
    ]
    assert rows(desk, visit, setl_id=settled["setl_id"]) == found[:3]
    desk.output("2208", named(visit, setl_id=settled["setl_id"]))
    assert [serial for setl_id, serial, _ in rows(desk, visit) if setl_id == ""] == ["1", "2", "3", "4", "5", "6"]


def test_a_row_says_what_it_is(desk: Counter) -> None:
    stay = begin_stay(desk)
    desk.output("2301", stay_rows(stay, drord_no="YZ0001", memo="饭后", dscg_tkdrug_flag="1"))
    row = desk.rows_of("5204", named(stay))[1]
    expected = {
        "med_type": "21",
        "hilist_name": "乙类片",
        "list_type": "101",
        "chrgitm_lv": "02",
        "medins_list_codg": "YY0002",
        "rx_drord_no": "YZ0001",
        "memo": "饭后",
        "dscg_tkdrug_flag": "1",
        "bilg_dr_name": "测试医师",
        "preselfpay_amt": Decimal("3.86"),
        "pric": Decimal("38.6"),
    }
    assert {name: row[name] for name in expected} == expected


def test_hunan_asks_for_the_settlement_id() -> None:
    with counter("hunan") as desk:
        settled = desk.settle()["setlinfo"]
        assert "setl_id(结算ID)为必填项" in desk.refusal("5204", named(settled["mdtrt_id"]))
        assert len(rows(desk, settled["mdtrt_id"], setl_id=settled["setl_id"])) == 3


def test_what_was_reversed_is_found_by_no_query(desk: Counter) -> None:
    message = desk.message("2102", purchase())
    info = desk.send(message)["output"]["setlinfo"]
    desk.reverse(message["msgid"])
    assert "未找到结算信息" in desk.refusal("5203", named(info["mdtrt_id"], setl_id=info["setl_id"]))
    assert rows(desk, info["mdtrt_id"]) == []
    assert desk.output("5201", period(med_type="41"))["mdtrtinfo"] == []


def test_what_is_asked_wrongly_is_not_found(desk: Counter) -> None:
    info = desk.settle()["setlinfo"]
    other = desk.settle()["setlinfo"]
    for psn_no, mdtrt_id, setl_id in (
        (LI, info["mdtrt_id"], info["setl_id"]),
        (ZHANG, other["mdtrt_id"], info["setl_id"]),
        (ZHANG, info["mdtrt_id"], "439900S9"),
    ):
        assert "未找到结算信息" in desk.refusal("5203", named(mdtrt_id, psn_no, setl_id=setl_id))
    stranger = desk.neighbour("H43999900002")
    assert "未找到结算信息" in stranger.refusal("5203", named(info["mdtrt_id"], setl_id=info["setl_id"]))
    assert rows(stranger, info["mdtrt_id"]) == []
    assert desk.rows_of("5204", named(info["mdtrt_id"], LI)) == []

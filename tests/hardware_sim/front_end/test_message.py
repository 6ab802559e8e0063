"""The server is as strict as its field tables: every message here is one step away from a good one."""

import contextlib
import copy
import json
from collections.abc import Iterator
from decimal import Decimal
from importlib import resources
from typing import Any

import pytest
import simplejson
from hypothesis import given
from hypothesis import strategies as st

from hardware_sim.front_end.message import parse
from hardware_sim.front_end.refusal import Refusal

from . import hospital
from .counter import Counter, counter
from .desk import PHARMACY, ZHANG, Desk, credential, entitlement, new_msgid, purchase, refusal_of

FIELDS = json.loads((resources.files("hardware_sim.front_end") / "fields.json").read_text(encoding="utf-8"))


def good_input(infno: str, edition: str) -> dict[str, Any]:
    """An input with every required field of the transaction."""
    bought = purchase()
    if infno == "2102" and edition == "hunan":
        trace = {"feedetl_sn": "1", "drug_trac_codg": "80000000000000000001", "trdn_flag": "0"}
        bought["drugdetail"][0]["durg_trac_info"] = [trace]
    inputs: dict[str, dict[str, Any]] = {
        "9001": {"signIn": {"opter_no": "TEST002", "mac": "00-00-5E-00-53-01", "ip": "192.0.2.10"}},
        "9002": {"signOut": {"sign_no": "439900S0000000009999", "opter_no": "TEST002"}},
        "1101": {"data": credential()},
        "2001": entitlement(),
        "5206": {"data": {"psn_no": ZHANG}},
        "2101": bought,
        "2102": bought,
        "2103": {"data": {"setl_id": "439900S9", "mdtrt_id": "439900S9", "psn_no": ZHANG}},
        "2601": {"data": {"psn_no": ZHANG, "omsgid": "none", "oinfno": "2102"}},
        **hospital_inputs(hunan=edition == "hunan"),
    }
    return inputs[infno]


def hospital_inputs(*, hunan: bool) -> dict[str, dict[str, Any]]:
    """The inputs of clinic, ward, queries and reconciliation; they name visits that nobody knows."""
    sums = dict.fromkeys(("medfee_sumamt", "fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt"), Decimal(0))
    tried = {**sums, "inscp_scp_amt": Decimal(0)}
    places = hospital.HUNAN_PLACES if hunan else {}
    totals = hospital.statement("0", "0", "0", 0, **({"fixmedins_refd_setl_flag": "1"} if hunan else {}))
    return {
        "2201": hospital.registration(),
        "2202": hospital.named("V1", ipt_otp_no="MZ0001"),
        "2203": hospital.description("V1"),
        "2204": hospital.visit_rows("V1"),
        "2205": hospital.named("V1", chrg_bchno="PC0001"),
        "2206": hospital.batch_trial("V1", "78.60"),
        "2207": hospital.batch_settlement("V1", tried),
        "2208": hospital.named("V1", setl_id="S1"),
        "2301": hospital.stay_rows("V1", med_type="2101" if hunan else "21"),
        "2302": {"data": [{"mdtrt_id": "V1", "psn_no": ZHANG, "feedetl_sn": "0000"}]},
        "2303": hospital.stay_payment("V1", "78.60", **places),
        "2304": hospital.stay_payment("V1", "78.60", **places),
        "2305": hospital.named("V1", setl_id="S1"),
        "2401": hospital.admission(**(hospital.HUNAN_STAY if hunan else {})),
        "2402": hospital.discharge("V1"),
        "2403": hospital.stay_change("V1", **({"med_type": "2101"} if hunan else {})),
        "2404": hospital.named("V1"),
        "2405": hospital.named("V1"),
        "3201": totals,
        "5201": hospital.period(med_type="11"),
        "5203": hospital.named("V1", setl_id="S1"),
        "5204": hospital.named("V1", setl_id="S1"),
        "5303": hospital.period(),
    }


def required_fields() -> list[Any]:
    """(edition, transaction, node, field, Chinese name) of everything that the tables require."""
    cases = []
    for infno, transaction in FIELDS["transactions"].items():
        for node, table in transaction["input"].items():
            for field in table["fields"]:
                for edition in ("base", "hunan"):
                    if field[edition] == "Y":
                        case = (infno, node, field["name"], field["cn"])
                        cases.append(pytest.param(edition, *case, id="-".join((edition, *case[:3]))))
    return cases


def object_of(node: str, content: dict[str, Any]) -> Any:
    """The (first) object of a node, wherever it lies."""
    if node == "durg_trac_info":
        return content["drugdetail"][0][node][0]
    return content[node][0] if isinstance(content[node], list) else content[node]


@pytest.fixture(scope="module")
def counters() -> Iterator[dict[str, Counter]]:
    """A counter at a bureau of each edition, for messages that are refused."""
    with counter("base", PHARMACY) as base, counter("hunan", PHARMACY) as hunan:
        yield {"base": base, "hunan": hunan}


@pytest.mark.parametrize("edition", ["base", "hunan"])
@pytest.mark.parametrize("infno", FIELDS["transactions"])
def test_a_message_with_everything_required_passes_the_tables(
    counters: dict[str, Counter], edition: str, infno: str
) -> None:
    answer = counters[edition].call(infno, good_input(infno, edition))
    assert "字段" not in answer["err_msg"]
    assert "节点" not in answer["err_msg"]


@pytest.mark.parametrize(("edition", "infno", "node", "field", "cn"), required_fields())
def test_a_required_field_that_is_missing_or_empty_is_refused_by_name(
    counters: dict[str, Counter], edition: str, infno: str, node: str, field: str, cn: str
) -> None:
    without = copy.deepcopy(good_input(infno, edition))
    del object_of(node, without)[field]
    contents = [without]
    for empty in ("", None):
        contents.append(copy.deepcopy(good_input(infno, edition)))
        object_of(node, contents[-1])[field] = empty
    for content in contents:
        sentence = counters[edition].refusal(infno, content)
        assert sentence.startswith(f"[{infno}] ")
        assert f"节点{node}" in sentence
        assert f"字段{field}({cn})为必填项,不能为空" in sentence


@pytest.mark.parametrize(
    "field", [row["name"] for row in FIELDS["envelope"] if row["base"] == "Y" and row["name"] != "msgid"]
)
def test_a_required_field_of_the_envelope_is_refused_by_name(edition_desk: Desk, field: str) -> None:
    message = edition_desk.message("1101", {"data": credential()})
    del message[field]
    assert f"报文头字段{field}(" in refusal_of(edition_desk.send(message))


@pytest.mark.parametrize(
    "msgid",
    [
        "",
        "550e8400-e29b-41d4-a716-44665544",
        PHARMACY + "20261121080000001",
        PHARMACY + "202611210800000A01",
        PHARMACY + "202613210800000001",
        "X43999900001202611210800000001",
        None,
        12,
    ],
)
def test_a_message_id_has_institution_time_and_four_digits(edition_desk: Desk, msgid: object) -> None:
    sentence = edition_desk.refusal("1101", {"data": credential()}, msgid=msgid)
    assert "msgid(发送方报文ID)应为定点医药机构编号(12)+时间(14)+顺序号(4)" in sentence


def test_the_message_id_belongs_to_the_sender(edition_desk: Desk) -> None:
    sentence = edition_desk.refusal("1101", {"data": credential()}, msgid=new_msgid("P43999900002"))
    assert "与fixmedins_code(定点医药机构编号)不一致" in sentence


@pytest.mark.parametrize(
    ("envelope", "words"),
    [
        ({"recer_sys_code": None}, "recer_sys_code(接收方系统代码)为必填项"),
        ({"cainfo": []}, "cainfo(数字签名信息)应为字符串"),
        ({"colour": "red"}, "报文头有未知字段colour"),
        ({"inf_time": "2026/11/21 08:00"}, "inf_time(交易时间)的格式应为yyyy-MM-dd HH:mm:ss"),
        ({"opter_type": "7"}, "opter_type(经办人类别)的取值不在字典opter_type中"),
        ({"opter_name": "长" * 51}, "opter_name(经办人姓名)的长度超过50"),
        ({"mdtrtarea_admvs": "43990X"}, "mdtrtarea_admvs(就医地医保区划)应为6位数字"),
        ({"infver": 1}, "infver(接口版本号)应为字符串"),
        ({"input": None}, "input(交易输入)应为JSON对象"),
        ({"input": {}}, "缺少节点data(交易数据)"),
        ({"input": {"data": credential(), "more": {}}}, "未知节点more"),
        ({"input": {"data": [credential()]}}, "节点data(交易数据)应为JSON对象"),
    ],
)
def test_an_envelope_that_is_not_by_the_book_is_refused(
    edition_desk: Desk, envelope: dict[str, Any], words: str
) -> None:
    assert words in edition_desk.refusal("1101", {"data": credential()}, **envelope)


def test_a_transaction_that_is_not_open_here_is_refused(edition_desk: Desk) -> None:
    assert edition_desk.refusal("9999", {}) == "[9999] 交易编号不存在或未开通"


@pytest.mark.parametrize("code", ["439999000010", "Q43999900001", "P4399990001X"])
def test_an_institution_code_is_h_or_p_and_eleven_digits(edition_desk: Desk, code: str) -> None:
    sentence = edition_desk.refusal("1101", {"data": credential()}, fixmedins_code=code)
    assert "fixmedins_code(定点医药机构编号)应为H或P加11位数字" in sentence


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("medfee_sumamt", "abc", "medfee_sumamt(医疗费总额)应为数值型N16,2"),
        ("medfee_sumamt", True, "medfee_sumamt(医疗费总额)应为数值型N16,2"),
        ("medfee_sumamt", Decimal("78.605"), "medfee_sumamt(医疗费总额)的小数位超过2位"),
        ("medfee_sumamt", 10**14, "medfee_sumamt(医疗费总额)超出长度N16,2"),
        ("medfee_sumamt", Decimal("1e99"), "medfee_sumamt(医疗费总额)超出长度N16,2"),
        ("med_type", "77", "med_type(医疗类别)的取值不在字典med_type中"),
        ("insutype", "999", "insutype(险种类型)的取值不在字典insutype中"),
        ("begntime", "2026-02-30 09:00:00", "begntime(开始时间)的格式应为yyyy-MM-dd HH:mm:ss"),
        ("begntime", "2026-11-21", "begntime(开始时间)的格式应为yyyy-MM-dd HH:mm:ss"),
        ("psn_name", "长" * 21, "psn_name(人员姓名)的长度超过20"),
        ("psn_name", 5, "psn_name(人员姓名)应为字符串"),
        ("favourite", "x", "节点druginfo有未知字段favourite"),
    ],
)
def test_a_field_is_held_to_type_length_decimals_and_code(
    edition_desk: Desk, field: str, value: Any, words: str
) -> None:
    assert words in edition_desk.refusal("2101", purchase(**{field: value}))


def test_a_list_node_names_the_row_that_is_wrong(edition_desk: Desk) -> None:
    content = purchase()
    content["drugdetail"][1]["cnt"] = "1.00001"
    sentence = edition_desk.refusal("2102", content)
    assert "节点drugdetail第2行字段cnt(数量)的小数位超过4位" in sentence


@pytest.mark.parametrize("rows", [{}, [], "text", {"feedetl_sn": "1"}])
def test_a_list_node_is_a_list_with_at_least_one_row(edition_desk: Desk, rows: object) -> None:
    sentence = edition_desk.refusal("2102", {**purchase(), "drugdetail": rows})
    assert "节点drugdetail(购药明细)应为非空的数组" in sentence


def test_the_base_edition_knows_no_trace_codes_and_hunan_does(edition_desk: Desk, edition: str) -> None:
    content = purchase()
    content["drugdetail"][0]["durg_trac_info"] = [{"feedetl_sn": "1", "drug_trac_codg": "8", "trdn_flag": "9"}]
    sentence = edition_desk.refusal("2102", content)
    if edition == "base":
        assert "有未知字段durg_trac_info" in sentence
    else:
        place = "节点drugdetail第1行节点durg_trac_info第1行"
        assert f"{place}字段trdn_flag(拆零标志)的取值不在字典flag中" in sentence


def test_the_place_of_insurance_is_needed_as_soon_as_a_person_is_named(edition_desk: Desk) -> None:
    assert edition_desk.call("1101", {"data": credential()}, insuplc_admdvs="")["infcode"] == 0
    sentence = edition_desk.refusal("2001", entitlement(), insuplc_admdvs="")
    assert "insuplc_admdvs(参保地医保区划)在交易输入含psn_no时为必填项,不能为空" in sentence


def test_numbers_may_come_as_texts(edition_desk: Desk) -> None:
    content = purchase(medfee_sumamt="78.60")
    for row in content["drugdetail"]:
        row["cnt"], row["pric"] = str(row["cnt"]), str(row["pric"])
        row["feedetl_sn"] = int(row["feedetl_sn"])
    assert edition_desk.output("2101", content)["setlinfo"]["medfee_sumamt"] == Decimal("78.60")


@pytest.mark.parametrize(
    "body", [b"", b"[1]", b"null", b'{"infno":', b"\xff\xfe", b'{"a": NaN}', b'{"a": "\\ud800"}', b'{"a":"\\u0000"}']
)
def test_a_body_that_is_no_plain_json_object_is_refused(body: bytes) -> None:
    with pytest.raises(Refusal):
        parse(body)


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: simplejson.dumps({"infno": text}).encode()))
def test_any_bytes_are_either_a_message_or_a_refusal(body: bytes) -> None:
    with contextlib.suppress(Refusal):
        assert isinstance(parse(body), dict)

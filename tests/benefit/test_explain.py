"""The sentences that a patient reads, checked against the figures that they explain."""

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest

from pos_client.benefit import ABSENT, Bill, Policy, Sentence, bill_of_record, explain, reasons, split
from pos_client.benefit.known_facts import BILL_FACTS, LINE_FACTS
from pos_client.benefit.library import NoVersionInForce
from pos_client.benefit.reason_words import NAMES, WHY, WHY_HELD
from pos_client.money import yuan_grouped
from pos_client.phrase import Language
from tests.benefit.bills import approval, bill, counters, line, person, stay, visit
from tests.benefit.policies import SHIPPED, changed, yizheng
from tests.benefit.vector_files import VECTORS

LANGUAGES: tuple[Language, ...] = get_args(Language)


def said(drawn: Bill, policy: Policy | None = None, language: Language = "zh") -> dict[str, str]:
    rules = policy or yizheng()
    return {sentence.key: sentence.text for sentence in explain(rules, drawn, split(rules, drawn), language)}


def vector(name: str) -> tuple[Policy, Bill]:
    record = next(vector for vector in VECTORS if vector["id"] == name)
    drawn = bill_of_record(record)
    return SHIPPED.pick_for(record["locality"], drawn.event, paying=False), drawn


def told(name: str, language: Language = "zh") -> dict[str, str]:
    policy, drawn = vector(name)
    return said(drawn, policy, language)


def test_a_pharmacy_bill_is_explained_line_by_line() -> None:
    sale = visit(
        line("12.60", id="1", name="阿莫西林胶囊", quantity=Decimal(2)),
        line("38.50", id="2", name="瑞舒伐他汀", quantity=Decimal(3), cls="B", pre_self_pay_percent=Decimal(10)),
        line("6.00", id="3", name="维生素C", cls="C"),
        line("12.5", id="4", name="纱布", quantity=Decimal("1.5"), limit_price=Decimal(10)),
    )

    text = said(bill(sale, before=counters(balance_fen=10000)))

    assert text == {
        "pre_self_pay.2": "瑞舒伐他汀：乙类，115.50 元 × 10% = 11.55 元由您先行自付。",
        "own_expense.3": "维生素C 6.00 元：不在医保目录内（丙类），全部自费。",
        "over_limit.4": "纱布：单价 12.50 元，限价 10.00 元，超出部分 2.50 元 × 1.5 = 3.75 元自费。",
        "own_expense": "自费合计 9.75 元，由您承担，不能用个人账户支付。",
        "pre_self_pay": "先行自付合计 11.55 元。",
        "eligible": "本次符合医保规定的费用 144.15 元。",
        "benefit": "普通门诊和购药由个人账户支付，账户不够的付现金，统筹基金不支付。",
        "patient": "您承担 165.45 元：个人账户 100.00 元，现金 65.45 元。",
        "account": "可用账户支付的有 155.70 元，账户余额只有 100.00 元，已全部用完，其余付现金。",
    }


def test_a_stay_names_the_deductible_every_slice_and_where_each_rule_stands() -> None:
    policy, drawn = vector("Y-C1.2")

    sentences = explain(policy, drawn, split(policy, drawn), "zh")

    assert sentences[1].text == "今年第 2 次住院，起付线 600.00 − 100.00 = 500.00 元，由您承担。"
    assert [sentence.text.partition("：") for sentence in sentences[2:4]] == [
        (
            "今年累计 3,500.00 元到 5,000.00 元这一段",
            "：",
            "1,500.00 元 × 83% = 1,245.00 元由统筹基金支付，其余 255.00 元由您承担。",
        ),
        (
            "今年累计 5,000.00 元到 6,000.00 元这一段",
            "：",
            "1,000.00 元 × 86% = 860.00 元由统筹基金支付，其余 140.00 元由您承担。",
        ),
    ]
    assert [sentence.source for sentence in sentences[1:3]] == [
        "仪征市城镇职工医疗保险 2010，住院第 1 条",
        "仪征市城镇职工医疗保险 2010，住院第 2 条",
    ]


@pytest.mark.parametrize(
    ("name", "key", "sentence"),
    [
        ("Y-C1.4", "deductible", "今年第 4 次住院，起付线从 600.00 元降到最低 400.00 元，由您承担。"),
        ("K-A05", "deductible", "今年第 2 次住院，起付线 500.00 × 80% = 400.00 元，由您承担。"),
        ("Y-D03", "deductible.counted", "本次符合规定的费用里，计入起付线的是 250.00 元。"),
        ("Y-C5.1", "deductible", "本次不设起付线。"),
        ("Y-M02", "deductible", "本次不设起付线。"),
        ("Y-C6.2", "deductible", "每年起付线 1,000.00 元，今年以前已计 600.00 元，本次再计 400.00 元，由您承担。"),
        ("Y-C6.3", "deductible", "今年的起付线 1,000.00 元已经付满，本次不再计。"),
        ("R-X02", "deductible", "每次就诊先由您自付 10.00 元。"),
        ("R-X02", "deductible.counted", "本次符合规定的费用里，计入起付线的是 5.00 元。"),
        ("J-A12", "cap.pool", "统筹基金今年支付已到最高限额 21,000.00 元，再往上的费用不由它支付。"),
        ("J-L02", "above_limits", "超过最高限额的 4,600.00 元，没有基金支付，由您承担。"),
        ("J-L02", "fund", "本次没有基金支付。"),
        ("Y-M02", "fund.relief", "医疗救助基金支付合计 2,550.00 元。"),
        ("Y-E19", "grant.1", "exam：360.00 元 × 50% = 180.00 元由统筹基金补助。"),
        ("Y-G01", "flat_benefit", "另有一次性补助 800.00 元，不在本次费用内，请到医保处领取。"),
        ("Y-G03", "reason.MATERNITY_INSURANCE_PAYS", "已享受生育保险待遇，医保基金不再补助。"),
        ("Y-W01", "reason.WAITING", "连续缴费的等待期还没有满，基金暂不支付。2010-07-15 起可以享受。"),
        ("Y-W08", "reason.WAITING", "连续缴费的等待期还没有满，基金暂不支付。2011-02-10 起可以享受。"),
        ("Y-W07", "reason.LAPSED", "医保缴费中断，待遇已停止，基金不支付。"),
        ("Y-W13", "account", "在目前的待遇状态下，个人账户不能使用。"),
        ("J-P01", "account", "按规定，这类费用不能用个人账户支付。"),
        ("Y-A01", "account", "本次没有使用个人账户。"),
        ("R-E06", "reason.NOT_ENROLLED", "这项待遇还没有开始，基金暂不支付。2012-04-01 起可以享受。"),
        ("R-E08", "reason.NOT_ENROLLED", "这项待遇还没有开始，基金暂不支付。2013-01-01 起可以享受。"),
        ("R-E10", "reason.NO_CONTRACT", "没有与本机构签约，或签约已到期，基金不支付。"),
        ("R-S01", "own_expense.6", "exam 200.00 元：不在本地支付范围内，全部自费。"),
        ("K-E02", "own_expense.2", "exam 100.00 元：没有按时审批，全部自费。"),
        ("Y-N01", "reason.EXCLUDED_CAUSE", "这种原因造成的费用不属于医保支付范围，全部自费。"),
        ("Y-T01", "settled_at", "本次费用不在窗口结算：请先垫付，再带材料到医保处报销。"),
        ("K-D06", "deposit", "押金应交 3,000.00 元，结算后退还您 1,520.00 元。"),
        ("K-D01", "deposit", "押金应交 800.00 元，结算后还要补交 680.00 元。"),
        ("K-D09", "deposit", "押金应交 3,000.00 元，结算后不退不补。"),
        (
            "Y-D10",
            "held.NO_RULE_DEDUCTIBLE",
            "本机不能核对这张费用：政策没有给出这种情况的起付线。以医保中心的结果为准。",
        ),
        (
            "Y-B04",
            "held.NO_RULE_CLASS_B",
            "本机不能核对这张费用：第 2 项乙类项目没有先行自付比例。以医保中心的结果为准。",
        ),
        (
            "K-P04",
            "held.SITE_PARAM_MISSING",
            "本机不能核对这张费用：本地参数“统筹基金支付比例 (%)”还没有填写。以医保中心的结果为准。",
        ),
    ],
)
def test_what_a_patient_reads(name: str, key: str, sentence: str) -> None:
    assert told(name)[key] == sentence


def test_an_excluded_bill_says_why_and_whose_rule_it_is() -> None:
    policy, drawn = vector("Y-N03")

    sentences = explain(policy, drawn, split(policy, drawn), "zh")

    assert sentences[0] == Sentence(
        "reason.RECOVER_FROM_THIRD_PARTY",
        "第三人没有支付，由医保基金先行支付，以后向第三人追偿。",
        "社会保险法第三十条",
    )


@pytest.mark.parametrize(
    ("drawn", "why"),
    [
        (bill(visit(line("1.00")), who=person(first_contribution=None)), "不知道首次缴费日期"),
        (bill(visit(line("1.00", cls=None))), "不知道第 1 项的目录类别"),
        (bill(visit(line("1.00")), before=counters(balance_fen=None)), "不知道个人账户余额"),
        (bill(visit(line("1.00"), type="massage")), "政策里没有这种就诊类型（massage）的规定"),
        (bill(visit(line("1.00")), who=person(category="soldier")), "这份政策不适用于该人员类别（soldier）"),
        (bill(stay(line("1.00"), place="out")), "转院没有按时审批"),
    ],
)
def test_a_held_bill_says_in_words_what_is_not_known(drawn: Bill, why: str) -> None:
    [(_, sentence)] = said(drawn).items()

    assert sentence == f"本机不能核对这张费用：{why}。以医保中心的结果为准。"


def test_a_bill_without_its_approval_explains_no_benefit(tmp_path: Path) -> None:
    text = 'missing = "hold"\nreason = "TRANSFER_NOT_APPROVED"'
    library = changed(tmp_path, "yizheng/2010-01-01", (text, text.replace("hold", "no_share")))

    sentences = said(bill(stay(line("5000.00"), place="out")), library.pick("yizheng", date(2010, 5, 4)))

    assert sentences["reason.TRANSFER_NOT_APPROVED"] == "按当地规定处理（TRANSFER_NOT_APPROVED）。"
    assert not any(key.startswith(("slice", "deductible", "fund")) for key in sentences)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("record", [pytest.param(vector, id=vector["id"]) for vector in VECTORS])
def test_every_amount_of_every_vector_is_said_once_and_whole(record: dict[str, Any], language: Language) -> None:
    drawn = bill_of_record(record)
    try:
        policy = SHIPPED.pick_for(record["locality"], drawn.event, paying=False)
    except NoVersionInForce:
        return
    result = split(policy, drawn)

    sentences = explain(policy, drawn, result, language)

    assert len({sentence.key for sentence in sentences}) == len(sentences)
    text = "\n".join(sentence.text for sentence in sentences)
    assert not re.search(r"[{}]|None|Decimal", text)
    assert all(sentence.source for sentence in sentences)
    amounts = [piece.pays_fen for piece in result.slices] + [grant.pays_fen for grant in result.grants]
    amounts += [result.deductible_fen, result.flat_benefit_fen, result.above_limits_fen, *result.fund_pay_fen.values()]
    if result.status == "settled":
        amounts += [result.patient_total_fen, result.cash_pay_fen, result.account_pay_fen]
    for amount in amounts:
        assert not amount or yuan_grouped(amount) in text


def test_chinese_sentences_end_as_chinese_sentences_do() -> None:
    for record in VECTORS:
        drawn = bill_of_record(json.loads(json.dumps(record)))
        try:
            policy = SHIPPED.pick_for(record["locality"], drawn.event, paying=False)
        except NoVersionInForce:
            continue
        for sentence in explain(policy, drawn, split(policy, drawn), "zh"):
            assert sentence.text.endswith("。")
            assert not re.search(r"[\u4e00-\u9fff][,:;]", sentence.text)


def test_every_reason_that_holds_a_bill_has_words() -> None:
    codes = {value for name, value in vars(reasons).items() if name.isupper() and not name.startswith("LINE_")}
    not_reasons = {reasons.ENTITLED, reasons.EXCLUDED, reasons.NOT_ASSESSED}

    assert codes - not_reasons <= WHY.keys() | WHY_HELD.keys()


def test_every_reason_of_the_shipped_policies_has_words() -> None:
    found = set()
    for policy_id in SHIPPED.ids():
        for file in SHIPPED.versions(policy_id):
            found |= set(
                re.findall(r'(?:reason|then_reason|otherwise_reason) = "([A-Z_]+)"', file.path.read_text("utf-8"))
            )
            found |= {state.upper() for state in file.document.get("state", {})}

    assert found <= WHY.keys() | WHY_HELD.keys()


def test_every_fact_that_a_policy_can_ask_about_has_words() -> None:
    assert (BILL_FACTS.keys() | LINE_FACTS.keys()) - {"event", "unit_price"} <= NAMES.keys()


def test_an_approved_examination_and_an_unnamed_item_are_named_by_their_number() -> None:
    examined = visit(
        line("300.00", id="7", name="", kind="exam", approval=approval(date(2010, 5, 3))), type="special_exam"
    )

    assert said(bill(examined, who=person(first_unpaid_month=ABSENT)))["grant.7"].startswith("7：")

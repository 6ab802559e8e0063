"""A slip on 80 mm paper: forty-eight columns, never more, amounts at the right margin."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pos_client.desk.line_breaks import NEVER_FIRST, NEVER_LAST, broken, width
from pos_client.desk.slip import Pair, SliceRow, Slip, SlipLine, Sum, Who, masked
from pos_client.desk.slip_text import COLUMNS, slip_text, wrapped

SLIP = Slip(
    training=True,
    institution="示例大药房",
    title="医保结算单（药店购药）",
    number="01-000001",
    at="2026-11-21 12:00:00",
    who=Who("张建国", "男 56 岁", rows=(Pair("卡 **** 0011", "证 4399 **** 0012"),)),
    lines=(SlipLine("1 阿莫西林胶囊 0.25g×24粒", "12.60 × 2 盒", "甲", 2520),),
    sentences=("本次合计 25.20 元，其中账户支付 25.20 元。",),
    slices=(
        SliceRow("起付线", 60_000, None, 0, 60_000),
        SliceRow("至 5,000.00", 440_000, Decimal("83.00"), 365_200, 74_800),
    ),
    sums=(Sum("合计", 2520), Sum("现金支付", 0)),
    big=Sum("应收现金", 25_000_000),
    after=(Pair("个人账户余额", "1,178.35"),),
    policy="仪征市城镇职工医疗保险 2010（2010-01-01 起，第 1 版）",
    notices=("医保结算号 439900S0001", "本单不是医疗收费电子票据。"),
    operator="01",
)


def test_no_line_is_wider_than_the_paper() -> None:
    for line in slip_text(SLIP).splitlines():
        assert width(line) <= COLUMNS, line


def test_amounts_stand_at_the_right_margin() -> None:
    text = slip_text(SLIP)
    amounts = [line for line in text.splitlines() if line.endswith(("25.20", "250,000.00", "748.00", "1,178.35"))]
    assert len(amounts) == 5
    assert all(width(line) == COLUMNS for line in amounts)


def test_a_training_slip_says_so_first_and_a_real_one_does_not() -> None:
    assert "模拟" in slip_text(SLIP).splitlines()[0]
    assert "模拟" not in slip_text(replace(SLIP, training=False))


def test_a_slip_says_what_it_is_not_and_keeps_room_for_the_number() -> None:
    text = slip_text(SLIP)
    assert "本单不是医疗收费电子票据。" in text
    assert "电子票据号 ____" in text


def test_a_long_name_goes_to_a_line_of_its_own() -> None:
    long = replace(SLIP, lines=(SlipLine("1 " + "药" * 40, "1 × 1 盒", "乙 10%", 100),))
    assert all(width(line) <= COLUMNS for line in slip_text(long).splitlines())


@given(st.text(alphabet="统筹支付，。；：）123,.456% abc元—", max_size=200))
def test_wrapping_loses_no_character_and_leaves_no_closing_mark_first(text: str) -> None:
    lines = wrapped(text)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width(line) <= COLUMNS for line in lines)


@given(st.text(alphabet="统筹（《“，）1 ", max_size=120))
def test_no_opening_mark_is_left_at_the_end_of_a_line(text: str) -> None:
    assert all(line[-1] not in NEVER_LAST for line in broken(text, lambda line: width(line) <= 130)[:-1])


def test_an_opening_mark_goes_to_the_next_line_with_its_word() -> None:
    assert wrapped("药" * 23 + "（一）")[1] == "（一）"


def test_the_table_adds_up_and_stands_in_columns() -> None:
    lines = slip_text(SLIP).splitlines()
    place = next(number for number, line in enumerate(lines) if line.startswith("段"))
    head, deductible, first, total = lines[place : place + 4]
    assert head.split() == ["段", "金额", "比例", "基金", "您承担"]
    assert deductible.split() == ["起付线", "600.00", "—", "0.00", "600.00"]
    assert first.split() == ["至", "5,000.00", "4,400.00", "83%", "3,652.00", "748.00"]
    assert total.split() == ["合计", "5,000.00", "3,652.00", "1,348.00"]
    assert {width(line) for line in (head, deductible, first, total)} == {COLUMNS}


def test_figures_too_wide_for_a_row_go_under_their_label() -> None:
    wide = SliceRow("公务员 5,000.00 以上", 10**12, Decimal("83.5"), 10**11, 9 * 10**11)
    assert all(width(line) <= COLUMNS for line in slip_text(replace(SLIP, slices=(wide,))).splitlines())


def test_a_masked_slip_keeps_everything_but_the_given_name() -> None:
    assert "张建国" in slip_text(SLIP)
    assert "张** 男 56 岁" in slip_text(masked(SLIP))
    assert "张建国" not in slip_text(masked(SLIP))


def test_a_closing_mark_stays_with_its_word() -> None:
    text = "药" * 24 + "，" + "药" * 23
    assert all(line[0] not in NEVER_FIRST for line in wrapped(text))


def test_an_amount_is_not_cut_in_two() -> None:
    lines = wrapped("药" * 22 + "12,345.67 元")
    assert any("12,345.67" in line for line in lines)

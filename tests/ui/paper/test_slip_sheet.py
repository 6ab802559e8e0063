"""A slip laid out: in its order, within 72 mm, nothing over something else."""

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtWidgets import QApplication

from pos_client.desk.line_breaks import NEVER_FIRST, NEVER_LAST
from pos_client.desk.slip import Slip, SlipLine, Who
from pos_client.ui.paper.faces import BIG, TABLE, TABLE_BOLD, TEXT, advance
from pos_client.ui.paper.sheet import PRINT_WIDTH, Bar, Sheet, Written
from pos_client.ui.paper.slip_sheet import sheet_of
from tests.ui.paper.slips import ORDINARY, TOO_LONG


def texts(sheet: Sheet) -> list[Written]:
    return [mark for mark in sheet.marks if isinstance(mark, Written)]


@pytest.mark.parametrize("slip", [ORDINARY, TOO_LONG], ids=["ordinary", "too long"])
def test_nothing_stands_outside_the_print(qapp: QApplication, slip: Slip) -> None:
    sheet = sheet_of(slip)
    for mark in sheet.marks:
        right = mark.left + (advance(mark.text, mark.face) if isinstance(mark, Written) else mark.width)
        assert mark.left >= 0, mark
        assert right <= PRINT_WIDTH + 1, mark
    assert all(0 < mark.baseline < sheet.height for mark in texts(sheet))


@pytest.mark.parametrize("slip", [ORDINARY, TOO_LONG], ids=["ordinary", "too long"])
def test_no_text_runs_into_another_on_its_line(qapp: QApplication, slip: Slip) -> None:
    lines: dict[int, list[Written]] = {}
    for mark in texts(sheet_of(slip)):
        lines.setdefault(round(mark.baseline / 10), []).append(mark)
    for on_one_line in lines.values():
        ordered = sorted(on_one_line, key=lambda mark: mark.left)
        for one, other in pairwise(ordered):
            assert one.left + advance(one.text, one.face) <= other.left, (one, other)


def test_no_character_of_a_long_slip_is_lost(qapp: QApplication) -> None:
    shown = "".join(mark.text for mark in texts(sheet_of(TOO_LONG))).replace(" ", "")
    for wanted in (TOO_LONG.institution, TOO_LONG.title, TOO_LONG.who.name, *TOO_LONG.sentences, *TOO_LONG.notices):
        assert wanted.replace(" ", "") in shown


def test_the_parts_stand_in_their_order(qapp: QApplication) -> None:
    said = [mark.text for mark in texts(sheet_of(ORDINARY))]
    wanted = [
        "模拟・演练单据，不作凭证",
        "示例市人民医院",
        "医保结算单（出院）",
        "No. 03-000087",
        "陈秀英  女 45 岁",
        "1 阿莫西林胶囊 0.25g×24粒",
        "段",
        "合计",
        "统筹支付",
        "应退现金",
        "1,789.77",
        "结算后",
        "规定：仪征市 2010（2010-01-01 起），住院第 2 条",
        "本单不是医疗收费电子票据。",
        "电子票据号",
        "收费员 03    参保人签字",
    ]
    places = [said.index(text) for text in wanted]
    assert places == sorted(places)


def test_amounts_end_at_the_right_margin(qapp: QApplication) -> None:
    wanted = {("25.20", TABLE), ("6,158.27", TEXT), ("1,789.77", BIG), ("8,150.27", TABLE), ("2,070.63", TABLE_BOLD)}
    amounts = [mark for mark in texts(sheet_of(ORDINARY)) if (mark.text, mark.face) in wanted]
    rights = [mark.left + advance(mark.text, mark.face) for mark in amounts]
    assert rights == pytest.approx([PRINT_WIDTH] * len(wanted))


def test_wrapped_sentences_keep_their_marks(qapp: QApplication) -> None:
    said = [mark.text for mark in texts(sheet_of(replace(TOO_LONG, who=Who(), notices=(), about="")))]
    assert all(text[0] not in NEVER_FIRST and text[-1] not in NEVER_LAST for text in said)


def test_only_a_training_slip_has_the_black_band(qapp: QApplication) -> None:
    def bands(slip: Slip) -> int:
        return sum(isinstance(mark, Bar) and mark.height > 10 for mark in sheet_of(slip).marks)

    assert (bands(ORDINARY), bands(replace(ORDINARY, training=False))) == (1, 0)


def test_the_paper_is_as_long_as_what_stands_on_it(qapp: QApplication) -> None:
    one_more = replace(ORDINARY, lines=(*ORDINARY.lines, SlipLine("2 维生素C", "6.00 × 1", "自费", 600)))
    assert sheet_of(one_more).height - sheet_of(ORDINARY).height == 62
    bare = Slip(False, "示例大药房", "医保结算单", "01-000001", "2026-11-21 12:00:00", "01")
    assert sheet_of(bare).height < 500


def test_a_name_without_a_glyph_shows_its_code_point(qapp: QApplication) -> None:
    said = [mark.text for mark in texts(sheet_of(replace(ORDINARY, who=Who("马\U0003fffd"))))]
    assert "马(U+3FFFD)" in said

"""Fields, tables, lists and pictures of the kit: what is typed, chosen, shown and spoken."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from pos_client.ui import theme
from pos_client.ui.kit.bar import BAR, Part, SliceBar
from pos_client.ui.kit.button import ActionButton
from pos_client.ui.kit.cards import Card, Cards
from pos_client.ui.kit.choices import Choice, Choices
from pos_client.ui.kit.fields import Field, Kind
from pos_client.ui.kit.form import Form
from pos_client.ui.kit.options import Options
from pos_client.ui.kit.sign import Sign
from pos_client.ui.kit.table import Cell, Column, Table
from pos_client.ui.kit.tendered_row import TenderedRow
from pos_client.ui.tokens import TABLE_ROW, TASK_ROW, Role


def _shown(qtbot: QtBot, widget: QWidget, width: int = 600, height: int = 300) -> None:
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    QApplication.processEvents()


def _put(edit: QLineEdit, text: str) -> None:
    QApplication.sendEvent(edit, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, text))


# --- fields ---


@pytest.mark.parametrize("kind", [Kind.SCAN, Kind.MONEY, Kind.CODE])
def test_full_width_becomes_half_width_where_figures_are_wanted(qtbot: QtBot, kind: Kind) -> None:
    field = Field(kind, "编码")
    _shown(qtbot, field)
    _put(field.edit, "１２。５")
    assert field.text == "12.5"


def test_a_text_stays_as_it_was_typed(qtbot: QtBot) -> None:
    field = Field(Kind.TEXT, "姓名")
    _shown(qtbot, field)
    _put(field.edit, "马𬍛䶮（甲）")
    assert field.text == "马𬍛䶮（甲）"


@pytest.mark.parametrize("kind", Kind)
def test_no_input_method_where_it_would_swallow_scans(qtbot: QtBot, kind: Kind) -> None:
    field = Field(kind, "扫码")
    qtbot.addWidget(field)
    allowed = field.edit.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    assert allowed == (kind is Kind.TEXT)


def test_a_password_shows_dots_and_keeps_its_spaces(qtbot: QtBot) -> None:
    field = Field(Kind.SECRET, "口令")
    _shown(qtbot, field)
    QTest.keyClicks(field.edit, " ab ")
    assert field.edit.displayText() == "●●●●"
    assert field.text == " ab "


def test_an_amount_has_an_end(qtbot: QtBot) -> None:
    field = Field(Kind.MONEY, "实收")
    _shown(qtbot, field)
    QTest.keyClicks(field.edit, "9" * 50)
    assert len(field.text) == 12


def test_coming_back_to_a_field_chooses_nothing(qtbot: QtBot) -> None:
    ground = QWidget()
    field, other = Field(Kind.SCAN, "扫码", parent=ground), Field(Kind.SCAN, "别处", parent=ground)
    _shown(qtbot, ground)
    ground.activateWindow()
    field.set_text("YD00")
    other.setFocus()
    field.edit.setCursorPosition(2)
    field.setFocus()
    assert field.edit.hasFocus()
    assert (field.edit.selectedText(), field.edit.cursorPosition()) == ("", 2)


def test_enter_and_typing_are_told_and_the_label_is_spoken(qtbot: QtBot) -> None:
    field = Field(Kind.SCAN, "扫码", hint="随时可扫")
    _shown(qtbot, field)
    said: list[str] = []
    field.typed.connect(said.append)
    field.entered.connect(lambda: said.append("entered"))
    QTest.keyClicks(field.edit, "a")
    QTest.keyClick(field.edit, Qt.Key.Key_Return)
    assert said == ["a", "entered"]
    assert field.edit.accessibleName() == "扫码"
    field.relabel("金额")
    assert field.edit.accessibleName() == "金额"


# --- a form ---


def _form(qtbot: QtBot) -> tuple[Form, list[Field]]:
    fields = [Field(Kind.TEXT, name) for name in ("工号", "姓名", "口令")]
    form = Form("登录", fields)
    _shown(qtbot, form)
    form.activateWindow()
    form.go_to(fields[0])
    return form, fields


def test_enter_goes_on_and_from_the_last_field_means_done(qtbot: QtBot) -> None:
    form, fields = _form(qtbot)
    done: list[bool] = []
    form.done.connect(lambda: done.append(True))
    for field in fields:
        assert form.current is field
        assert done == []
        QTest.keyClick(field.edit, Qt.Key.Key_Return)
    assert done == [True]


def test_a_field_that_is_hidden_is_left_out(qtbot: QtBot) -> None:
    form, fields = _form(qtbot)
    fields[1].hide()
    QTest.keyClick(fields[0].edit, Qt.Key.Key_Return)
    assert form.current is fields[2]


def test_the_arrows_stop_at_both_ends(qtbot: QtBot) -> None:
    form, fields = _form(qtbot)
    for key, wanted in ((Qt.Key.Key_Up, 0), (Qt.Key.Key_Down, 1), (Qt.Key.Key_Down, 2), (Qt.Key.Key_Down, 2)):
        assert form.pressed(QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))
        assert form.current is fields[wanted]


# --- tables and lists ---


def _table(qtbot: QtBot, count: int) -> Table:
    table = Table("费用", [Column("#", 28), Column("名称"), Column("金额", 96, right=True, narrow=76)])
    _shown(qtbot, table, 700, 32 + 5 * TABLE_ROW)
    table.fill([_row(number) for number in range(count)])
    QApplication.processEvents()
    return table


def _row(number: int) -> tuple[Cell, ...]:
    sign = Sign.LOOK if number % 2 else None
    return (Cell(str(number), role=Role.SOFT, small=True), Cell("阿莫西林", "0.25g×24", sign), Cell("12.60", bold=True))


def test_the_last_row_is_in_sight_and_the_chosen_one_when_there_is_one(qtbot: QtBot) -> None:
    table = _table(qtbot, 214)
    area = table.viewport().rect()
    assert area.intersects(table.visualRect(table.model().index(213, 0)))
    table.fill(table.rows, 3)
    QApplication.processEvents()
    assert area.contains(table.visualRect(table.model().index(3, 0)))
    table.grab()


@pytest.mark.parametrize("selected", [-1, 3, 99])
def test_a_choice_outside_of_the_rows_is_none(qtbot: QtBot, selected: int) -> None:
    table = _table(qtbot, 3)
    table.fill(table.rows, selected)
    assert table.selected is None


def test_a_table_takes_all_its_width_and_never_the_focus(qtbot: QtBot) -> None:
    table = _table(qtbot, 3)
    for width in (520, 700, 1304):
        table.resize(width, 300)
        assert sum(table.columnWidth(number) for number in range(3)) == table.viewport().width()
    assert table.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert table.horizontalScrollBar().maximum() == 0


def test_a_click_on_a_row_names_it(qtbot: QtBot) -> None:
    table = _table(qtbot, 3)
    rows: list[int] = []
    table.clicked_row.connect(rows.append)
    place = table.visualRect(table.model().index(1, 1)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert rows == [1]


def test_a_cell_speaks_both_its_texts(qtbot: QtBot) -> None:
    table = _table(qtbot, 1)
    said = table.model().index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "阿莫西林 0.25g×24"


def _choices(qtbot: QtBot, count: int) -> Choices:
    choices = Choices("找到的")
    _shown(qtbot, choices, 500, 4 * TABLE_ROW)
    choices.fill([Choice(f"药 {number}", "0.25g", "12.60", Sign.LOOK) for number in range(count)])
    return choices


def test_a_choice_stops_at_both_ends_and_a_click_picks(qtbot: QtBot) -> None:
    choices = _choices(qtbot, 3)
    picked: list[int] = []
    choices.picked.connect(picked.append)
    choices.move_choice(-1)
    assert choices.chosen == 0
    choices.move_choice(99)
    assert choices.chosen == 2
    for row in range(4):
        QTest.mouseClick(choices, Qt.MouseButton.LeftButton, pos=QPoint(9, row * TABLE_ROW + 9))
    assert picked == [0, 1, 2]


def test_without_choices_nothing_can_be_chosen(qtbot: QtBot) -> None:
    choices = _choices(qtbot, 0)
    choices.move_choice(1)
    QTest.mouseClick(choices, Qt.MouseButton.LeftButton)
    choices.grab()
    assert (choices.chosen, choices.choices) == (0, ())


def test_the_selected_card_is_in_sight_and_a_click_finds_its_card(qtbot: QtBot) -> None:
    cards = Cards("待办")
    _shown(qtbot, cards, 700, 3 * TASK_ROW)
    cards.fill([Card(Sign.UNKNOWN, f"{number}", "张**", "11:02", "12.60", "查一次") for number in range(10)], 9)
    cards.grab()
    clicked: list[int] = []
    cards.clicked_card.connect(clicked.append)
    QTest.mouseClick(cards, Qt.MouseButton.LeftButton, pos=QPoint(9, 9))
    assert clicked == [7]
    assert cards.accessibleDescription().splitlines()[9] == "9 12.60 张** 11:02 查一次"


@pytest.mark.parametrize("width", [400, 800])
def test_options_answer_to_a_click_in_one_column_or_two(qtbot: QtBot, width: int) -> None:
    options = Options("原因")
    _shown(qtbot, options, width, 200)
    words = ["开错药", "多收", "本人要求"]
    options.fill(words, None, asked=True)
    options.grab()
    picked: list[int] = []
    options.picked.connect(picked.append)
    for y in range(4, options.height(), 8):
        for x in (20, width - 20):
            QTest.mouseClick(options, Qt.MouseButton.LeftButton, pos=QPoint(x, y))
    assert set(picked) == {0, 1, 2}


# --- pictures ---


def test_the_bar_shows_who_pays_by_area(qtbot: QtBot) -> None:
    bar = SliceBar("谁付钱")
    _shown(qtbot, bar, 400, BAR + 28)
    bar.fill([Part(100, 0, Role.OWN_1, Role.FUND_1), Part(300, 500, Role.OWN_2, Role.FUND_2, "150.00", "到 5,000")])
    image = bar.grab().toImage()
    ratio = image.devicePixelRatio()

    def at(x: int, y: int) -> str:
        return image.pixelColor(round(x * ratio), round(y * ratio)).name()

    assert at(50, 10) == at(50, BAR - 4) == theme.colour(Role.OWN_1).name()
    assert at(390, 4) == theme.colour(Role.OWN_2).name()
    assert at(390, BAR - 4) == theme.colour(Role.FUND_2).name()
    assert "到 5,000 150.00" in bar.accessibleDescription()


@pytest.mark.parametrize("weights", [(), (0,), (0, 0), (1, 10_000_000), (10_000_000, 1, 1, 1)])
def test_the_bar_bears_any_amounts(qtbot: QtBot, weights: tuple[int, ...]) -> None:
    bar = SliceBar("谁付钱")
    _shown(qtbot, bar, 400, BAR + 28)
    bar.fill([Part(weight, 1000, Role.OWN_1, Role.FUND_1, "1.00", "以上") for weight in weights])
    assert not bar.grab().isNull()


def test_the_button_is_there_while_there_is_something_to_do(qtbot: QtBot) -> None:
    ground = QWidget()
    _shown(qtbot, ground)
    button = ActionButton(ground)
    button.resize(264, 56)
    pressed: list[bool] = []
    button.pressed.connect(lambda: pressed.append(True))
    assert not button.isVisible()
    button.show_action("F8", "收款 12.60")
    button.grab()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert (button.isVisible(), button.words, button.accessibleName()) == (True, "收款 12.60", "F8 收款 12.60")
    assert pressed == [True]
    button.show_action("", "")
    assert not button.isVisible()


def test_the_change_is_spoken_with_its_label(qtbot: QtBot) -> None:
    row = TenderedRow()
    _shown(qtbot, row, 264, 56)
    row.show_row("找零", "1,037.40")
    row.grab()
    assert (row.figure, row.accessibleName()) == ("1,037.40", "找零 1,037.40")

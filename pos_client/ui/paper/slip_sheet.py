"""A slip laid out: who, lines, sentences, slices, sums, the one big amount, counters, policy, what it is not."""

from pos_client.desk.slip import NOT_A_FISCAL_BILL, TRAINING_BAND, SliceRow, Slip
from pos_client.desk.slip_words import HEADS, percent_text
from pos_client.money import yuan_grouped
from pos_client.ui.paper.faces import BIG, INSTITUTION, TABLE, TABLE_BOLD, TEXT, TEXT_BOLD, Face, advance
from pos_client.ui.paper.sheet import PRINT_WIDTH, Sheet

_MARGIN, _FOOT = 24, 48
_TEXT_ROW, _TABLE_ROW, _SMALL_ROW = 36, 36, 34
_BETWEEN_COLUMNS, _NARROWEST_FIGURE, _NARROWEST_PERCENT = 28, 88, 44


def sheet_of(slip: Slip) -> Sheet:
    """Measures a slip; the sheet is as long as its content."""
    sheet = Sheet()
    sheet.gap(_MARGIN)
    _head(sheet, slip)
    for part in (_who, _lines, _sentences, _table, _sums, _after):
        before = sheet.height
        part(sheet, slip)
        if sheet.height > before:
            sheet.gap(8)
            sheet.rule(dashed=part is _after)
            sheet.gap(6)
    _foot(sheet, slip)
    sheet.gap(_FOOT)
    return sheet


def _head(sheet: Sheet, slip: Slip) -> None:
    if slip.training:
        sheet.band(TRAINING_BAND, TEXT_BOLD, 44)
        sheet.gap(12)
    sheet.centred(slip.institution, INSTITUTION, 48)
    sheet.centred(slip.title, TEXT, _TEXT_ROW)
    if slip.reprint:
        sheet.centred(slip.reprint, TEXT_BOLD, _TEXT_ROW)
    sheet.spread(f"No. {slip.number}", slip.at, TABLE, _SMALL_ROW)
    if slip.about:
        sheet.text(slip.about, TABLE_BOLD, _SMALL_ROW)
    sheet.gap(6)
    sheet.rule()
    sheet.gap(6)


def _who(sheet: Sheet, slip: Slip) -> None:
    who = slip.who
    named = f"{who.name}  {who.description}".strip()
    if named or who.right:
        sheet.spread(named, who.right, TABLE, _SMALL_ROW)
    for row in who.rows:
        sheet.spread(row.left, row.right, TABLE, _SMALL_ROW)


def _lines(sheet: Sheet, slip: Slip) -> None:
    for line in slip.lines:
        sheet.text(line.name, TABLE, 30)
        figures = f"{line.price_and_quantity}  {line.mark}"
        sheet.spread(figures, yuan_grouped(line.amount_fen), TABLE, 32, indent=24)


def _sentences(sheet: Sheet, slip: Slip) -> None:
    for number, sentence in enumerate(slip.sentences):
        sheet.gap(8 if number else 2)
        sheet.text(sentence, TEXT, _TEXT_ROW)


def _table(sheet: Sheet, slip: Slip) -> None:
    if not slip.slices:
        return
    rows = [_figures(row) for row in slip.slices]
    total = _figures(slip.total, total=True)
    edges = _edges(rows, total)
    sheet.cells(HEADS[0], HEADS[1:], edges, TABLE, _SMALL_ROW)
    sheet.rule(dashed=True)
    for row, figures in zip(slip.slices, rows, strict=True):
        sheet.cells(row.label, figures, edges, TABLE, _TABLE_ROW)
    sheet.rule(dashed=True)
    sheet.gap(4)
    sheet.cells(slip.total.label, total, edges, TABLE_BOLD, _TABLE_ROW)


def _figures(row: SliceRow, *, total: bool = False) -> tuple[str, ...]:
    percent = "" if total else percent_text(row.percent)
    return (yuan_grouped(row.amount_fen), percent, yuan_grouped(row.fund_fen), yuan_grouped(row.own_fen))


def _edges(rows: list[tuple[str, ...]], total: tuple[str, ...]) -> list[int]:
    """The right edges of the four columns of figures: each as wide as its widest figure, the last one at the margin."""
    faces: list[tuple[tuple[str, ...], Face]] = [(row, TABLE) for row in (*rows, tuple(HEADS[1:]))]
    faces.append((total, TABLE_BOLD))
    least = (_NARROWEST_FIGURE, _NARROWEST_PERCENT, _NARROWEST_FIGURE, _NARROWEST_FIGURE)
    wide = [max(advance(row[n], face) for row, face in faces) for n in range(len(least))]
    widths = [max(round(one), narrowest) for one, narrowest in zip(wide, least, strict=True)]
    spare = PRINT_WIDTH - sum(widths)
    between = max(min(_BETWEEN_COLUMNS, spare // (len(widths) + 1)), 8)
    return [PRINT_WIDTH - sum(widths[n + 1 :]) - between * (len(widths) - 1 - n) for n in range(len(widths))]


def _sums(sheet: Sheet, slip: Slip) -> None:
    for one in slip.sums:
        sheet.spread(one.label, yuan_grouped(one.amount_fen), TEXT, _TEXT_ROW)
    if slip.big is not None:
        sheet.spread(slip.big.label, yuan_grouped(slip.big.amount_fen), TEXT_BOLD, 64, big=BIG)


def _after(sheet: Sheet, slip: Slip) -> None:
    if slip.after:
        sheet.text("结算后", TABLE_BOLD, 32)
    for row in slip.after:
        sheet.spread(row.left, row.right, TABLE, 32)
    if slip.policy:
        sheet.gap(2)
        sheet.text(f"规定：{slip.policy}", TABLE, _SMALL_ROW)


def _foot(sheet: Sheet, slip: Slip) -> None:
    for notice in slip.notices:
        sheet.text(notice, TABLE_BOLD if notice == NOT_A_FISCAL_BILL else TABLE, _SMALL_ROW)
    sheet.to_fill_in("电子票据号", TABLE, _SMALL_ROW)
    sheet.gap(6)
    sheet.to_fill_in(f"收费员 {slip.operator}    参保人签字", TABLE, _SMALL_ROW)

"""Billed rows, checked before anything is computed: serials, catalogue codes, prices, amounts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from pos_client.money import fen_of_yuan, line_amount_fen

from .catalogue import Item
from .message import Row
from .refusal import Refusal

#: What a row says of itself beside the figures; 5204 repeats it.
_FACTS: Final = (
    *("rxno", "drord_no", "fee_ocur_time", "medins_list_codg", "sin_dos_dscr", "used_frqu_dscr", "prd_days"),
    *("medc_way_dscr", "bilg_dept_codg", "bilg_dept_name", "bilg_dr_codg", "bilg_dr_name", "acord_dept_codg"),
    *("acord_dept_name", "orders_dr_code", "orders_dr_name", "hosp_appr_flag", "tcmdrug_used_way", "etip_flag"),
    *("etip_hosp_code", "dscg_tkdrug_flag", "matn_fee_flag", "memo"),
)
_NOT_APPROVED: Final = "2"
#: acct_used_flag: an account of the family pays (家庭共济, Hunan).
FAMILY_ACCOUNT: Final = "2"

Facts = Mapping[str, str | Decimal]


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One billed row: price in yuan for one unit, amount in fen, and the catalogue row behind it.

    ``returns`` is the serial of the row that this one takes something back of; quantity and amount are then negative.
    """

    feedetl_sn: str
    item: Item
    unit_price: Decimal
    quantity: Decimal
    amount_fen: int
    returns: str | None
    facts: Facts


@dataclass(frozen=True, slots=True)
class RowSplit:
    """One row split: own expense, part above the ceiling, first share and eligible part add up to its amount."""

    line: FeeLine
    own_expense_fen: int
    over_limit_fen: int
    pre_self_pay_fen: int
    eligible_fen: int

    def negative(self) -> "RowSplit":
        """The row of a cancellation."""
        line = replace(self.line, quantity=-self.line.quantity, amount_fen=-self.line.amount_fen)
        return RowSplit(line, -self.own_expense_fen, -self.over_limit_fen, -self.pre_self_pay_fen, -self.eligible_fen)


@dataclass(frozen=True, slots=True)
class Charges:
    """What is split at once: a visit (one day) or a stay. ``event`` is the word of the benefit rules for it."""

    event: str
    begun_on: date
    ended_on: date
    use_account: bool
    lines: tuple[FeeLine, ...]

    @property
    def total_fen(self) -> int:
        """What all rows come to."""
        return sum(line.amount_fen for line in self.lines)


def check_row(row: Row, place: str, catalogue: Mapping[str, Item]) -> FeeLine:
    """A row of drugdetail or feedetail.

    Raises:
        Refusal: a serial that is not above zero, an unknown catalogue code, an amount that is not price times
            quantity (half up to the fen), a quantity that is not above zero although nothing is returned.
    """
    serial = row.number("feedetl_sn")
    if serial <= 0:
        raise Refusal(f"{place}字段feedetl_sn(费用明细流水号)应大于0")
    facts = row.plain(_FACTS)
    item = item_of(catalogue, row.text("med_list_codg"), facts)
    if item is None:
        raise Refusal(f"{place}字段med_list_codg(医疗目录编码)不在医保目录中")
    quantity, price = row.number("cnt"), row.number("pric")
    returns = serial_of(row.text("init_feedetl_sn")) if row.has("init_feedetl_sn") else None
    if returns is None and quantity <= 0:
        raise Refusal(f"{place}字段cnt(数量)应大于0")
    if returns is not None and quantity >= 0:
        raise Refusal(f"{place}为退费明细(init_feedetl_sn不为空),字段cnt(数量)应小于0")
    if price < 0:
        raise Refusal(f"{place}字段pric(单价)不能为负数")
    amount_fen = fen_of_yuan(row.number("det_item_fee_sumamt"))
    if amount_fen != line_amount_fen(price, quantity):
        raise Refusal(f"{place}字段det_item_fee_sumamt(明细项目费用总额)不等于单价乘以数量(四舍五入到分)")
    return FeeLine(f"{serial:f}", item, price, quantity, amount_fen, returns, facts)


def item_of(catalogue: Mapping[str, Item], code: str, facts: Facts) -> Item | None:
    """The catalogue row; an item that the hospital did not approve is own expense (hosp_appr_flag 2, protocol 4)."""
    item = catalogue.get(code)
    return replace(item, cls="C") if item is not None and facts.get("hosp_appr_flag") == _NOT_APPROVED else item


def serial_of(text: str) -> str:
    """A serial that came as a text, in the form in which it is kept: 0017 and 17 are the same."""
    return str(int(text)) if text.isascii() and text.isdigit() else text


def uses_account(flag: str) -> bool:
    """Whether acct_used_flag lets an account pay: the person's own (1) or the family's."""
    return flag in ("1", FAMILY_ACCOUNT)

"""A purchase as billed, checked before anything is computed: rows, prices, sums, catalogue codes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pos_client.money import fen_of_yuan, line_amount_fen

from .catalogue import Item
from .message import Row
from .refusal import Refusal


@dataclass(frozen=True, slots=True)
class PurchaseLine:
    """One billed row: price in yuan for one unit, amount in fen, and the catalogue row behind it."""

    feedetl_sn: str
    item: Item
    unit_price: Decimal
    quantity: Decimal
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Purchase:
    """A whole purchase; the day of the purchase decides entitlement and policy version."""

    bought_on: date
    use_account: bool
    lines: tuple[PurchaseLine, ...]


def check_purchase(head: Row, rows: Sequence[Row], catalogue: Mapping[str, Item]) -> Purchase:
    """The purchase of ``druginfo`` and ``drugdetail``.

    Raises:
        Refusal: a row serial that stands twice, an unknown catalogue code, a row amount that is not price times
            quantity (half up to the fen), rows that do not add up to ``medfee_sumamt``.
    """
    lines: dict[str, PurchaseLine] = {}
    for position, row in enumerate(rows, start=1):
        line = _line(row, f"节点drugdetail第{position}行", catalogue)
        if line.feedetl_sn in lines:
            raise Refusal(f"节点drugdetail第{position}行字段feedetl_sn(费用明细流水号)重复")
        lines[line.feedetl_sn] = line
    total_fen = sum(line.amount_fen for line in lines.values())
    if total_fen != fen_of_yuan(head.number("medfee_sumamt")):
        raise Refusal("明细项目费用总额之和与medfee_sumamt(医疗费总额)不一致")
    return Purchase(
        bought_on=date.fromisoformat(head.text("begntime")[:10]),
        use_account=_use_account(head.text("acct_used_flag")),
        lines=tuple(lines.values()),
    )


def _line(row: Row, place: str, catalogue: Mapping[str, Item]) -> PurchaseLine:
    serial = row.number("feedetl_sn")
    if serial <= 0:
        raise Refusal(f"{place}字段feedetl_sn(费用明细流水号)应大于0")
    item = catalogue.get(row.text("med_list_codg"))
    if item is None:
        raise Refusal(f"{place}字段med_list_codg(医疗目录编码)不在医保目录中")
    quantity, price = row.number("cnt"), row.number("pric")
    if quantity <= 0:
        raise Refusal(f"{place}字段cnt(数量)应大于0")
    if price < 0:
        raise Refusal(f"{place}字段pric(单价)不能为负数")
    amount_fen = fen_of_yuan(row.number("det_item_fee_sumamt"))
    if amount_fen != line_amount_fen(price, quantity):
        raise Refusal(f"{place}字段det_item_fee_sumamt(明细项目费用总额)不等于单价乘以数量(四舍五入到分)")
    return PurchaseLine(f"{serial:f}", item, price, quantity, amount_fen)


def _use_account(flag: str) -> bool:
    if flag == "2":
        raise Refusal("该人员未办理家庭共济,不能使用共济个账")
    return flag == "1"

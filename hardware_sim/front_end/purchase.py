"""A purchase as billed, checked before anything is computed: rows and their sum."""

from collections.abc import Mapping, Sequence
from datetime import date

from pos_client.money import fen_of_yuan

from .catalogue import Item
from .fees import Charges, FeeLine, check_row, uses_account
from .message import Row
from .refusal import Refusal
from .region import OUTPATIENT_EVENT


def check_purchase(head: Row, rows: Sequence[Row], catalogue: Mapping[str, Item]) -> Charges:
    """The purchase of ``druginfo`` and ``drugdetail``; its day decides entitlement and policy version.

    Raises:
        Refusal: a row that is not right (see :func:`check_row`), a row serial that stands twice, rows that do not add
            up to ``medfee_sumamt``.
    """
    lines: dict[str, FeeLine] = {}
    for position, row in enumerate(rows, start=1):
        line = check_row(row, f"节点drugdetail第{position}行", catalogue)
        if line.feedetl_sn in lines:
            raise Refusal(f"节点drugdetail第{position}行字段feedetl_sn(费用明细流水号)重复")
        lines[line.feedetl_sn] = line
    bought_on = date.fromisoformat(head.text("begntime")[:10])
    use_account = uses_account(head.text("acct_used_flag"))
    charges = Charges(OUTPATIENT_EVENT, bought_on, bought_on, use_account, tuple(lines.values()))
    if charges.total_fen != fen_of_yuan(head.number("medfee_sumamt")):
        raise Refusal("明细项目费用总额之和与medfee_sumamt(医疗费总额)不一致")
    return charges

"""The bill in parts as a slip shows it, and what the year has counted afterwards."""

from collections.abc import Mapping

from pos_client.benefit import Split
from pos_client.desk.bill_parts import Part, PartKind, parts_of
from pos_client.desk.slip import Pair, SliceRow
from pos_client.money import yuan_grouped

_LABELS = {
    PartKind.DEDUCTIBLE: "起付线",
    PartKind.ITEM: "单项",
    PartKind.SUPPLEMENT: "补助",
    PartKind.ABOVE_LIMITS: "限额以上",
    PartKind.NOT_COVERED: "基金不支付",
    PartKind.FIRST_SHARE: "乙类先自付",
    PartKind.OWN_EXPENSE: "自费",
}
_FUNDS = {"relief": "救助", "civil_servant": "公务员"}
_COUNTED = {
    "inpatient_eligible": "今年住院符合报销",
    "outpatient_eligible": "今年门诊符合报销",
    "chronic_eligible": "今年慢病符合报销",
    "pool_paid": "今年统筹已付",
    "outpatient_paid": "今年门诊统筹已付",
    "chronic_paid": "今年慢病统筹已付",
    "special_exam_paid": "今年特检统筹已付",
    "relief_paid": "今年救助已付",
}


def slice_rows(split: Split) -> tuple[SliceRow, ...]:
    """A settled split in parts that add up to the bill, to what the funds pay and to what the person bears."""
    parts = parts_of(split)
    slices = [part for part in parts if part.kind is PartKind.SLICE]
    return tuple(
        SliceRow(_label(part, slices), part.amount_fen, part.percent, part.fund_fen, part.own_fen) for part in parts
    )


def _label(part: Part, slices: list[Part]) -> str:
    if part.kind is not PartKind.SLICE:
        text = _LABELS[part.kind]
    elif part is not slices[-1]:
        text = f"至 {yuan_grouped(part.to_fen)}"
    else:  # where the bill ends on the axis is nobody's limit
        text = f"{yuan_grouped(part.from_fen)} 以上" if len(slices) > 1 else "符合报销"
    return f"{_FUNDS.get(part.fund, '')} {text}".strip()


def after_rows(amounts_fen: Mapping[str, int]) -> tuple[Pair, ...]:
    """The counters of the year that are not zero."""
    return tuple(
        Pair(label, yuan_grouped(amounts_fen[name])) for name, label in _COUNTED.items() if amounts_fen.get(name)
    )

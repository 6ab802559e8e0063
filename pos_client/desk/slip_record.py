"""What a slip says of a bill before the bureau books it, kept with the sale so that it can be printed again.

Kept are the parts of the bill, the counters, the policy and masked numbers; never a credential.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pos_client.desk.assess import Assessment
from pos_client.desk.customer import middle_hidden
from pos_client.desk.identify import Identified
from pos_client.desk.slip import Pair, SliceRow, Who
from pos_client.desk.slip_rows import after_rows, slice_rows
from pos_client.money import fen_of_yuan, yuan

SEX = {"1": "男", "2": "女"}
DIFFERS = "本机计算与医保中心不一致，以医保中心为准，差异已登记待核对。"
_KEY = "slip"
_NOT_CHECKED = "本机不能核对这一笔"


@dataclass(frozen=True, slots=True)
class Explained:
    """Whose bill it is and how it comes about by our own calculation; without slices where that holds."""

    who: Who
    sentences: tuple[str, ...] = ()
    slices: tuple[SliceRow, ...] = ()
    after: tuple[Pair, ...] = ()
    policy: str = ""


def who_of(identified: Identified, assessment: Assessment) -> Who:
    """The person as a slip names him: full name, age on the day of the bill, ends of the numbers."""
    person, credential = identified.person, identified.credential
    day = assessment.bill.event.last_day
    age = None if day is None else person.age_on(day)
    described = (SEX.get(person.sex, ""), "" if age is None else f"{age} 岁")
    card = f"卡 {middle_hidden(credential.card_number, 0)}" if credential.card_number else ""
    document = f"证 {middle_hidden(person.id_number, 4)}"
    return Who(person.name, " ".join(filter(None, described)), rows=(Pair(card, document),))


def slip_record(identified: Identified, assessment: Assessment) -> dict[str, object]:
    """The part of a sale's record that its slips are made from; the name stands elsewhere in the record."""
    who, split = who_of(identified, assessment), assessment.settled
    return {
        _KEY: {
            "description": who.description,
            "rows": [[row.left, row.right] for row in who.rows],
            "slices": [] if split is None else [_sliced(row) for row in slice_rows(split)],
            "after": []
            if split is None
            else [[row.left, row.right] for row in after_rows(split.counters_after.amounts_fen)],
            "policy": _policy(assessment),
        }
    }


def explained_of(record: Mapping[str, Any]) -> Explained:
    """What a record explains; one of an older program, or of a visit, may have little more than the name."""
    kept, name = record.get(_KEY, {}), record.get("person", {}).get("name", "")
    return Explained(
        who=Who(str(name), kept.get("description", ""), rows=_pairs(kept.get("rows", ()))),
        sentences=tuple(record.get("sentences", ())),
        slices=tuple(_slice_row(row) for row in kept.get("slices", ())),
        after=_pairs(kept.get("after", ())),
        policy=kept.get("policy", ""),
    )


def _sliced(row: SliceRow) -> dict[str, str | None]:
    return {
        "label": row.label,
        "amount": yuan(row.amount_fen),
        "percent": None if row.percent is None else str(row.percent),
        "fund": yuan(row.fund_fen),
        "own": yuan(row.own_fen),
    }


def _slice_row(kept: Mapping[str, Any]) -> SliceRow:
    percent = kept["percent"]
    return SliceRow(
        label=kept["label"],
        amount_fen=fen_of_yuan(kept["amount"]),
        percent=None if percent is None else Decimal(percent),
        fund_fen=fen_of_yuan(kept["fund"]),
        own_fen=fen_of_yuan(kept["own"]),
    )


def _pairs(rows: Any) -> tuple[Pair, ...]:
    return tuple(Pair(left, right) for left, right in rows)


def _policy(assessment: Assessment) -> str:
    if assessment.split is None:
        return _NOT_CHECKED
    used = assessment.split.policy
    return f"{assessment.policy_title}（{used.valid_from} 起，第 {used.revision} 版）"

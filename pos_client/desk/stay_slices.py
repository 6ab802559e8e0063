"""The parts of a stay's bill as the window draws them: label, remark, and who pays how much of each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pos_client.benefit.stay_deductible import StayDeductible
from pos_client.desk.bill_parts import Part, PartKind
from pos_client.money import yuan_grouped
from pos_client.phrase import Language, Phrase

_LABELS = {
    PartKind.DEDUCTIBLE: Phrase("起付线", "deductible"),
    PartKind.SLICE: Phrase("{percent}% 段", "{percent} %"),
    PartKind.ITEM: Phrase("单项 {percent}%", "item {percent} %"),
    PartKind.SUPPLEMENT: Phrase("{fund}补助", "{fund}"),
    PartKind.ABOVE_LIMITS: Phrase("限额以上", "above limits"),
    PartKind.SHARED: Phrase("符合报销", "covered"),
    PartKind.NOT_COVERED: Phrase("基金不支付", "no fund pays"),
    PartKind.FIRST_SHARE: Phrase("乙类先自付", "first share"),
    PartKind.OWN_EXPENSE: Phrase("自费", "own expense"),
}
_NOTES = {
    PartKind.SUPPLEMENT: Phrase("从您承担的部分里", "out of your part"),
    PartKind.SHARED: Phrase("各段比例以医保中心为准", "percentages as the bureau has them"),
    PartKind.FIRST_SHARE: Phrase("按目录比例", "by the catalogue"),
    PartKind.OWN_EXPENSE: Phrase("目录外、超限价", "outside the catalogue, above ceilings"),
}
_FUNDS = {
    "pool": Phrase("", ""),
    "relief": Phrase("救助", "relief"),
    "civil_servant": Phrase("公务员", "civil servants"),
}
_FROM_TO = Phrase("{start} 至 {end}", "{start} to {end}")
_FROM_ON = Phrase("{start} 以上", "above {start}")
_FIRST_STAY = Phrase("第 {stay} 次住院", "stay {stay}")
_LESS = Phrase("第 {stay} 次住院 {first} − {less}", "stay {stay}: {first} − {less}")
_OF_YEAR = Phrase("全年 {first}", "{first} a year")


@dataclass(frozen=True, slots=True)
class SliceRow:
    """One part of the bill in words; the rows add up to the totals beside them. Amounts in fen."""

    kind: PartKind
    label: str
    note: str
    amount_fen: int
    percent: Decimal | None
    fund_fen: int
    own_fen: int


def slice_rows(parts: Sequence[Part], deductible: StayDeductible | None, language: Language) -> tuple[SliceRow, ...]:
    """The rows in the order of the parts."""
    return tuple(_rows(parts, deductible, language))


def _rows(parts: Sequence[Part], deductible: StayDeductible | None, language: Language) -> Iterator[SliceRow]:
    slices = [part for part in parts if part.kind is PartKind.SLICE]
    capped = any(part.kind is PartKind.ABOVE_LIMITS for part in parts)
    for part in parts:
        percent = "" if part.percent is None else f"{part.percent.normalize():f}"
        fund = _FUNDS.get(part.fund, Phrase(part.fund, part.fund)).say(language)
        label = _LABELS[part.kind].say(language, percent=percent, fund=fund)
        if part.kind is PartKind.SLICE:
            label = f"{fund} {label}".strip()
            note = _between(part, open_end=part is slices[-1] and not capped, language=language)
        elif part.kind is PartKind.DEDUCTIBLE:
            note = _about_deductible(deductible, language)
        else:
            note = _NOTES.get(part.kind, Phrase("", "")).say(language)
        yield SliceRow(part.kind, label, note, part.amount_fen, part.percent, part.fund_fen, part.own_fen)


def _between(part: Part, *, open_end: bool, language: Language) -> str:
    start, end = yuan_grouped(part.from_fen), yuan_grouped(part.to_fen)
    return (_FROM_ON if open_end else _FROM_TO).say(language, start=start, end=end)


def _about_deductible(deductible: StayDeductible | None, language: Language) -> str:
    if deductible is None:
        return ""
    if deductible.yearly:
        return _OF_YEAR.say(language, first=_short(deductible.first_fen))
    if deductible.stay is None:
        return ""
    less_fen = deductible.first_fen - deductible.due_fen
    phrase = _LESS if less_fen else _FIRST_STAY
    return phrase.say(language, stay=deductible.stay, first=_short(deductible.first_fen), less=_short(less_fen))


def _short(amount_fen: int) -> str:
    """Whole yuan without their two noughts: 600, but 612.50."""
    return yuan_grouped(amount_fen).removesuffix(".00")

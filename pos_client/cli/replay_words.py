"""How a replay looks on a terminal and as JSON: sums first, then each bill that differs, then what is left out."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from pos_client.benefit.explain_words import FUNDS
from pos_client.benefit.replay import Replayed, SplitRecord, Totals, by_category, by_figure, totals
from pos_client.desk.replay_report import Report, UsedVersion
from pos_client.money import yuan, yuan_grouped
from pos_client.phrase import Language, Phrase

_UNDER = Phrase("改用  {version}（{status}）", "Under  {version} ({status})")
_BEFORE = Phrase("原来  {version}  {bills} 张", "Before  {version}  {bills} bills")
_COUNTER_NOTE = Phrase(
    "每张费用按当时的累计数各自重算，不累积到下一张；只是试算，什么也没有入账。",
    "Each bill is computed with the counters of its day, not carried on to the next; nothing is booked.",
)
_SUMS = Phrase(
    "{name}  {bills} 张，{differing} 张不同；个人负担 {before} → {after}（{net}）；"
    "多付 {dearer} 张 {dearer_fen}，少付 {cheaper} 张 {cheaper_fen}",
    "{name}  {bills} bills, {differing} differ; patients pay {before} → {after} ({net}); "
    "{dearer} pay more, {dearer_fen}; {cheaper} pay less, {cheaper_fen}",
)
_ALL = Phrase("合计", "All")
_NO_CATEGORY = Phrase("类别不明", "category unknown")
_BY_CATEGORY = Phrase("按人员类别", "By category")
_BY_FIGURE = Phrase("按变化的项目", "By what changed")
_FIGURE = Phrase("  {name}  {bills} 张  {change}", "  {name}  {bills} bills  {change}")
_DIFFERENT = Phrase(
    "不同的费用（个人负担 原来 → 改用，差额）", "Bills that differ (the patient's part before → under, harm)"
)
_HELD = Phrase("暂不能核对、没有比较的费用（原来 / 改用）", "Held bills, not compared (before / under)")
_REFUSED = Phrase("读不出来、没有重算的费用", "Bills that could not be read")
_SETTLED = Phrase("可算", "settled")
_FIGURES: Mapping[str, Phrase] = {
    "own_expense": Phrase("自费", "own expense"),
    "pre_self_pay": Phrase("先行自付", "first share"),
    "deductible": Phrase("起付线", "deductible"),
    "patient_total": Phrase("个人负担", "the patient's part"),
    "pa_pay": Phrase("个人账户支付", "the account"),
    "cash_pay": Phrase("现金支付", "cash"),
    "flat_benefit": Phrase("定额补助", "flat benefit"),
    "entitlement": Phrase("待遇状态", "entitlement"),
    "mode": Phrase("结算地点", "place of settlement"),
}


def lines(report: Report, language: Language) -> Iterator[str]:
    """The whole report in words."""
    for version in report.after:
        yield _UNDER.say(language, version=_version_text(version), status=report.status)
    for version, bills in report.before:
        yield _BEFORE.say(language, version=_version_text(version), bills=bills)
    yield _COUNTER_NOTE.say(language)
    yield _sums_line(_ALL.say(language), totals(report.replayed), language)
    yield _BY_CATEGORY.say(language)
    for category, sums in by_category(report.replayed).items():
        yield "  " + _sums_line(category or _NO_CATEGORY.say(language), sums, language)
    yield from _titled(_BY_FIGURE, _figure_lines(report, language), language)
    yield from _titled(_DIFFERENT, [_bill_line(bill) for bill in _of(report, "differs")], language)
    yield from _titled(_HELD, [_held_line(bill, language) for bill in _of(report, "held")], language)
    yield from _titled(
        _REFUSED, [f"  {bill.id}  {_error(bill)['message']}" for bill in _of(report, "refused")], language
    )


def records(report: Report) -> Iterator[dict[str, Any]]:
    """The report as ``--json`` prints it: each bill that is not the same, then the sums; money in yuan as texts."""
    for bill in report.replayed:
        if bill.kind == "differs":
            yield _bill_record(bill)
        elif bill.kind == "held":
            before, after = (_reasons(side) for side in (bill.before, bill.after))
            yield {"kind": "held", "id": bill.id, "category": bill.category, "before": before, "after": after}
        elif bill.kind == "refused":
            yield {"kind": "refused", "id": bill.id, "error": _error(bill)}
    figures = by_figure(report.replayed)
    yield {
        "kind": "summary",
        "policy_file": str(report.policy_file),
        "status": report.status,
        "policy_before": [_version_record(version) | {"bills": bills} for version, bills in report.before],
        "policy_after": [_version_record(version) for version in report.after],
        "totals": _sums_record(totals(report.replayed)),
        "by_category": {category: _sums_record(sums) for category, sums in by_category(report.replayed).items()},
        "by_figure": {name: {"bills": bills, "change": yuan(fen)} for name, (bills, fen) in figures.items()},
        "held": len(_of(report, "held")),
        "refused": len(_of(report, "refused")),
    }


def _of(report: Report, kind: str) -> list[Replayed]:
    return [bill for bill in report.replayed if bill.kind == kind]


def _titled(title: Phrase, body: list[str], language: Language) -> Iterator[str]:
    if body:
        yield title.say(language)
        yield from body


def _sums_line(name: str, sums: Totals, language: Language) -> str:
    return _SUMS.say(
        language,
        name=name,
        bills=sums.bills,
        differing=sums.differing,
        before=yuan_grouped(sums.patient_before_fen),
        after=yuan_grouped(sums.patient_after_fen),
        net=_change(sums.net_fen),
        dearer=sums.dearer,
        dearer_fen=yuan_grouped(sums.dearer_fen),
        cheaper=sums.cheaper,
        cheaper_fen=yuan_grouped(sums.cheaper_fen),
    )


def _figure_lines(report: Report, language: Language) -> list[str]:
    return [
        _FIGURE.say(language, name=_figure_name(name, language), bills=bills, change=_change(fen) if fen else "")
        for name, (bills, fen) in by_figure(report.replayed).items()
    ]


def _figure_name(name: str, language: Language) -> str:
    phrase = _FIGURES.get(name) or FUNDS.get(name.removesuffix("_pay"))
    return name if phrase is None else phrase.say(language)


def _bill_line(bill: Replayed) -> str:
    before, after = yuan_grouped(bill.patient_before_fen), yuan_grouped(bill.patient_after_fen)
    return f"  {bill.id}  {bill.category}  {before} → {after}  {_change(bill.harm_fen)}"


def _held_line(bill: Replayed, language: Language) -> str:
    before, after = (", ".join(_reasons(side)) or _SETTLED.say(language) for side in (bill.before, bill.after))
    return f"  {bill.id}  {bill.category}  {before} / {after}"


def _bill_record(bill: Replayed) -> dict[str, Any]:
    return {
        "kind": "differs",
        "id": bill.id,
        "category": bill.category,
        "patient_before": yuan(bill.patient_before_fen),
        "patient_after": yuan(bill.patient_after_fen),
        "harm": yuan(bill.harm_fen),
        "changed": {name: yuan(fen) for name, fen in bill.changed_fen().items()},
        "changed_words": {name: [bill.before[name], bill.after[name]] for name in bill.changed_words()},
    }


def _sums_record(sums: Totals) -> dict[str, Any]:
    amounts = {name.removesuffix("_fen"): yuan(value) for name, value in asdict(sums).items() if name.endswith("_fen")}
    counts = {name: value for name, value in asdict(sums).items() if not name.endswith("_fen")}
    return {
        **{f"{name}_bills" if name in ("dearer", "cheaper") else name: value for name, value in counts.items()},
        **amounts,
        "net": yuan(sums.net_fen),
    }


def _reasons(side: SplitRecord) -> list[str]:
    """Why a side is held, each code with what it is about; nothing when it is settled."""
    if side["status"] != "hold":
        return []
    return [f"{reason} {detail}".rstrip() for reason, detail in zip(side["reasons"], side["details"], strict=True)]


def _error(bill: Replayed) -> Mapping[str, Any]:
    error: Mapping[str, Any] = bill.before["error"]
    return error


def _version_text(version: UsedVersion) -> str:
    includes = "".join(f" + {_version_text(one)}" for one in version.includes)
    return f"{version.id} {version.valid_from} r{version.revision} {version.sha256[:16]}{includes}"


def _version_record(version: UsedVersion) -> dict[str, Any]:
    return version._asdict() | {"includes": [_version_record(one) for one in version.includes]}


def _change(fen: int) -> str:
    return f"+{yuan_grouped(fen)}" if fen > 0 else yuan_grouped(fen)

"""The signs that an account is being cashed out (防止医保账户套现, rule F16), each a function of a stream of bills.

A sign with a threshold finds what reaches it, as an alarm. Without one it lists what there is, with the figures that
a threshold would be held against, and raises no alarm: no source names a number, and none is invented.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Final, NamedTuple

from pos_client.benefit.audit_bills import AuditBill, Finding
from pos_client.benefit.thresholds import Threshold
from pos_client.phrase import Phrase

NO_RECORD: Final = Phrase(
    "账单 {bills}：个人账户支付 {account_pay_fen} 元，没有病历。请补病历或说明原因。",
    "Bill {bills}: the account paid {account_pay_fen} yuan and there is no medical record. Add it or say why not.",
)
REPEATED: Final = Phrase(
    "同一人 {times} 次购买 {drug}，最短相隔 {shortest_days} 天（账单 {bills}）。请核对用量和病情。",
    "One person bought {drug} {times} times, at the shortest {shortest_days} days apart (bills {bills})."
    " Check dose and need.",
)
MANY_CARDS: Final = Phrase(
    "窗口 {window} 在 {minutes} 分钟内刷了 {cards} 张不同的卡（账单 {bills}）。请核对持卡人是否本人到场。",
    "Window {window} took {cards} different cards within {minutes} minutes (bills {bills})."
    " Check that the holders were there.",
)
CARDS_OF_A_DAY: Final = Phrase(
    "窗口 {window} 一天刷了 {cards} 张不同的卡，最短相隔 {shortest_minutes} 分钟（账单 {bills}）。"
    "文件没有规定界限，只供查看。",
    "Window {window} took {cards} different cards in one day, at the shortest {shortest_minutes} minutes apart"
    " (bills {bills}). No source sets a limit, so this is only shown.",
)
EMPTIED: Final = Phrase(
    "账单 {bills}：一次用完个人账户余额 {account_pay_fen} 元。请核对所购药品和数量。",
    "Bill {bills}: the whole account, {account_pay_fen} yuan, was used up at once. Check what was sold and how much.",
)


class Sign(NamedTuple):
    """One sign that a rule watches for, in the policy's words.

    The threshold is in the sign's own unit: yuan from the account (no record, emptied), days between two purchases,
    or different cards, then ``within_minutes``, which is None while the policy names no span.
    """

    rule: str
    text: str
    threshold: Threshold
    within_minutes: int | None = None

    def finding(self, phrase: Phrase, bills: Sequence[AuditBill], figures: Mapping[str, int], **names: str) -> Finding:
        """Something found, as an alarm if there is a threshold to hold it against."""
        return Finding(
            rule=self.rule,
            sign=self.text,
            severity="look" if self.threshold.number is None else "alarm",
            bills=tuple(bill.id for bill in bills),
            figures=figures,
            phrase=phrase,
            names=names,
        )

    def reached_by_fen(self, amount_fen: int) -> bool:
        """Whether an amount is to be told: at or above the threshold in yuan, or whatever it is without one."""
        number = self.threshold.number
        return number is None or Decimal(amount_fen) >= number * 100


#: Finds one sign in bills that are in the order of their settlement.
Detector = Callable[[Sign, Sequence[AuditBill]], Iterator[Finding]]


def paid_without_record(sign: Sign, bills: Sequence[AuditBill]) -> Iterator[Finding]:
    """Bills that the account paid a part of although the visit is known to have no medical record."""
    for bill in bills:
        if bill.account_pay_fen > 0 and bill.medical_record is False and sign.reached_by_fen(bill.account_pay_fen):
            yield sign.finding(NO_RECORD, [bill], {"account_pay_fen": bill.account_pay_fen})


def emptied_at_once(sign: Sign, bills: Sequence[AuditBill]) -> Iterator[Finding]:
    """Bills that took all that was in the account."""
    for bill in bills:
        emptied = bill.account_pay_fen > 0 and bill.account_pay_fen == bill.account_before_fen
        if emptied and sign.reached_by_fen(bill.account_pay_fen):
            yield sign.finding(EMPTIED, [bill], {"account_pay_fen": bill.account_pay_fen})


def bought_again(sign: Sign, bills: Sequence[AuditBill]) -> Iterator[Finding]:
    """The same person buying the same drug on another bill, within the days of the threshold where there is one."""
    purchases: dict[tuple[str, str], list[AuditBill]] = defaultdict(list)
    for bill in bills:
        for drug in sorted(bill.drugs):
            purchases[bill.person, drug].append(bill)
    for (_, drug), bought in purchases.items():
        close = [(one, other) for one, other in pairwise(bought) if _is_close(sign, one, other)]
        if close:
            again = list(dict.fromkeys(bill for pair in close for bill in pair))
            figures = {"times": len(again), "shortest_days": min(_days(one, other) for one, other in close)}
            yield sign.finding(REPEATED, again, figures, drug=drug)


def _days(one: AuditBill, other: AuditBill) -> int:
    return (other.day - one.day).days


def _is_close(sign: Sign, one: AuditBill, other: AuditBill) -> bool:
    return sign.threshold.number is None or _days(one, other) <= sign.threshold.number


def many_cards(sign: Sign, bills: Sequence[AuditBill]) -> Iterator[Finding]:
    """Different cards whose accounts paid at one window within minutes; without a threshold, those of each day."""
    at_window: dict[str, list[AuditBill]] = defaultdict(list)
    for bill in bills:
        if bill.account_pay_fen > 0:
            at_window[bill.window].append(bill)
    for window, paid in sorted(at_window.items()):
        if sign.threshold.number is None or sign.within_minutes is None:
            yield from _cards_of_days(sign, window, paid)
        else:
            yield from _crowds(sign, window, paid, sign.threshold.number, sign.within_minutes)


def _cards_of_days(sign: Sign, window: str, paid: Iterable[AuditBill]) -> Iterator[Finding]:
    by_day: dict[object, list[AuditBill]] = defaultdict(list)
    for bill in paid:
        by_day[bill.day].append(bill)
    for of_day in by_day.values():
        gaps = [other.settled_at - one.settled_at for one, other in pairwise(of_day) if one.card != other.card]
        if gaps:
            cards = len({bill.card for bill in of_day})
            figures = {"cards": cards, "shortest_minutes": min(gaps) // timedelta(minutes=1)}
            yield sign.finding(CARDS_OF_A_DAY, of_day, figures, window=window)


def _crowds(
    sign: Sign, window: str, paid: Sequence[AuditBill], least_cards: Decimal, within_minutes: int
) -> Iterator[Finding]:
    """Spans of so many minutes with so many cards; spans that share a bill are told as one, by the fullest of them."""
    span = timedelta(minutes=within_minutes)
    cards: Counter[str] = Counter()
    start = 0
    crowd: tuple[int, int, int] | None = None
    for end, bill in enumerate(paid):
        cards[bill.card] += 1
        while bill.settled_at - paid[start].settled_at > span:
            gone = paid[start].card
            cards[gone] -= 1
            if not cards[gone]:
                del cards[gone]
            start += 1
        if len(cards) < least_cards:
            continue
        if crowd is not None and start > crowd[1]:
            yield _crowd(sign, window, paid, crowd, within_minutes)
            crowd = None
        first, most = (start, 0) if crowd is None else (crowd[0], crowd[2])
        crowd = (first, end, max(most, len(cards)))
    if crowd is not None:
        yield _crowd(sign, window, paid, crowd, within_minutes)


def _crowd(
    sign: Sign, window: str, paid: Sequence[AuditBill], crowd: tuple[int, int, int], within_minutes: int
) -> Finding:
    first, last, cards = crowd
    return sign.finding(MANY_CARDS, paid[first : last + 1], {"cards": cards, "minutes": within_minutes}, window=window)

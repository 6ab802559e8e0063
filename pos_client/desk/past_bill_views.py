"""Bills of the past, and what goes back of them, as the window shows them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from pos_client.desk import past_bill_words as words
from pos_client.desk import sale_words
from pos_client.desk.bill_view import Bill, BillLine, BillRow, PartTried, Reason
from pos_client.desk.customer import Customer
from pos_client.desk.money_words import MEANS
from pos_client.desk.recent import SaleDetail, SaleRow
from pos_client.desk.return_part import Rest
from pos_client.desk.sale_view import Amount
from pos_client.desk.shown_figures import price
from pos_client.desk.void_reasons import VOID_REASONS
from pos_client.money import yuan_grouped
from pos_client.offline.money_book import Entry, Means, Paid
from pos_client.offline.settlements import SettlementState
from pos_client.phrase import Language
from pos_client.runtime import business_date

_SIGNS = {
    SettlementState.SETTLED: "done",
    SettlementState.PROVISIONAL: "look",
    SettlementState.PENDING: "unknown",
    SettlementState.UNKNOWN: "unknown",
    SettlementState.VOIDING: "unknown",
}
_COMMA = {"zh": "，", "en": ", "}


def row_of(row: SaleRow, total: Mapping[Entry, int], now: datetime, language: Language) -> BillRow:
    """One bill of the list; ``total`` is its money by kind of entry."""
    today = row.at.date() == business_date(now)
    return BillRow(
        id=row.id,
        at=f"{row.at:%Y-%m-%d %H:%M:%S}",
        when=f"{row.at:%H:%M}" if today else f"{row.at:%m-%d %H:%M}",
        name_masked=row.name,
        what=row.what,
        sign=_SIGNS.get(row.state, "note"),
        state=row.state_word,
        open=row.voidable,
        total_fen=row.total_fen,
        cash_fen=row.cash_fen,
        sums=(
            Amount(words.FUNDS.say(language), row.fund_fen),
            Amount(sale_words.ACCOUNT.say(language), row.account_fen),
            Amount(sale_words.CASH.say(language), row.cash_fen, bold=True),
        ),
        means=_COMMA[language].join(row.means),
        tendered_fen=total[Entry.TENDER],
        change_fen=total[Entry.CHANGE],
    )


def bill_of(detail: SaleDetail, now: datetime, language: Language) -> Bill:
    """One bill with its lines."""
    money = {Entry.TENDER: detail.tendered_fen, Entry.CHANGE: detail.change_fen}
    return Bill(
        row_of(detail.row, money, now, language),
        tuple(
            BillLine(
                one.number, one.name, one.spec, one.unit_price, price(one.unit_price), one.quantity, one.amount_fen
            )
            for one in detail.lines
        ),
    )


def reasons(language: Language) -> tuple[Reason, ...]:
    """The reasons to choose from."""
    return tuple(Reason(key.value, word.say(language)) for key, word in VOID_REASONS.items())


def cash_of(paid: Sequence[Paid]) -> int:
    """The cash of it, in fen."""
    return sum(one.amount_fen for one in paid if one.means is Means.CASH)


def back_rows(paid: Sequence[Paid], account_fen: int, fund_fen: int, language: Language) -> tuple[Amount, ...]:
    """What goes back where; what is nothing is left out, but for the cash."""
    other = [
        Amount(words.BACK_MEANS.say(language, means=MEANS[one.means].say(language)), one.amount_fen)
        for one in paid
        if one.means is not Means.CASH
    ]
    account = words.BACK_ACCOUNT if account_fen > 0 else words.MORE_BY_ACCOUNT
    if account_fen:
        other.append(Amount(account.say(language), abs(account_fen)))
    if fund_fen:
        other.append(Amount(words.BACK_FUNDS.say(language), fund_fen))
    return (Amount(words.BACK_CASH.say(language), cash_of(paid), bold=True), *other)


def tried(rest: Rest, customer: Customer, language: Language) -> PartTried:
    """What the bureau's trial of the rest comes to."""
    trial, booked, back = rest.quoted.trial, rest.found.booked, rest.back_about
    account_fen = booked.account_fen - trial.account_pay_fen
    return PartTried(
        customer=customer,
        kept=(
            Amount(words.KEPT_TOTAL.say(language), trial.total_fen, bold=True),
            Amount(words.KEPT_FUNDS.say(language), trial.fund_total_fen),
            Amount(words.KEPT_ACCOUNT.say(language), trial.account_pay_fen),
            Amount(words.KEPT_CASH.say(language), trial.cash_pay_fen),
        ),
        back=back_rows(back, account_fen, booked.fund_fen - trial.fund_total_fen, language),
        cash_back_fen=cash_of(back),
        more_fen=max(-rest.back_about_fen, 0),
    )


def told(paid: Sequence[Paid], account_fen: int, language: Language) -> str:
    """What the clerk does with the money, as a part of a sentence."""
    cash_fen = cash_of(paid)
    cash = words.HAND_OUT.say(language, amount=yuan_grouped(cash_fen)) if cash_fen else words.NO_CASH.say(language)
    parts = [cash, *(_sent_back(one, language) for one in paid if one.means is not Means.CASH)]
    if account_fen > 0:
        parts.append(words.TO_ACCOUNT.say(language, amount=yuan_grouped(account_fen)))
    return _COMMA[language].join(parts)


def _sent_back(paid: Paid, language: Language) -> str:
    amount, means = yuan_grouped(paid.amount_fen), MEANS[paid.means].say(language)
    if paid.means is Means.DEPOSIT:
        return words.TO_DEPOSIT.say(language, amount=amount)
    phrase = words.SEND_BACK_REFERENCE if paid.reference else words.SEND_BACK
    return phrase.say(language, means=means, amount=amount, reference=paid.reference)

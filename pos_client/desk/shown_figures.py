"""Figures as the window shows them wherever a sale is told: a price, what was paid, rows of sums, a settled sale."""

from pos_client.benefit import Split
from pos_client.desk import differences, sale_words
from pos_client.desk.money_words import MEANS
from pos_client.desk.recent import LastSale
from pos_client.desk.sale_view import Amount, PaidView, SoldView
from pos_client.desk.settle import Sold
from pos_client.offline.money_book import Paid
from pos_client.offline.settlements import SettlementState
from pos_client.phrase import Language
from pos_client.sync.setlinfo import BureauFigures


def price(value: object) -> str:
    """A price with the decimals that it has, but at least two."""
    whole, _, decimals = f"{value:f}".partition(".")
    return f"{int(whole):,}.{decimals.ljust(2, '0')}"


def paid_view(paid: Paid, language: Language) -> PaidView:
    """What was laid down or goes back by one means."""
    return PaidView(paid.means.value, MEANS[paid.means].say(language), paid.amount_fen, paid.reference)


def estimated_sums(split: Split, language: Language) -> tuple[Amount, ...]:
    """Our own figures as rows, where the bureau has said nothing yet."""
    pool_fen = split.fund_pay_fen.get("pool", 0)
    return (
        Amount(sale_words.TOTAL.say(language), split.total_fen, bold=True),
        Amount(sale_words.POOL.say(language), pool_fen),
        Amount(sale_words.RELIEF.say(language), split.fund_total_fen - pool_fen),
        Amount(sale_words.ACCOUNT.say(language), split.account_pay_fen),
        Amount(sale_words.CASH.say(language), split.cash_pay_fen, bold=True),
    )


def booked_sums(figures: BureauFigures, language: Language) -> tuple[Amount, ...]:
    """The bureau's figures as rows."""
    pool_fen = figures.fund_pay_fen.get("pool", 0)
    return (
        Amount(sale_words.TOTAL.say(language), figures.total_fen, bold=True),
        Amount(sale_words.POOL.say(language), pool_fen),
        Amount(sale_words.RELIEF.say(language), figures.fund_total_fen - pool_fen),
        Amount(sale_words.ACCOUNT.say(language), figures.account_pay_fen),
        Amount(sale_words.CASH.say(language), figures.cash_pay_fen, bold=True),
    )


def sold_view(sold: Sold, name_masked: str, language: Language) -> SoldView:
    """A settled sale as the next glance tells it."""
    figures = sold.booked.figures
    return SoldView(
        id=sold.id,
        at=sold.booked.settled_at,
        name_masked=name_masked,
        sums=booked_sums(figures, language),
        change_fen=sold.change_fen,
        tendered_fen=sold.tendered_fen,
        elsewhere=tuple(paid_view(one, language) for one in sold.elsewhere),
        short_fen=sold.short_fen,
        differences=tuple(differences.sentence(one, language) for one in sold.differences),
    )


def last_view(last: LastSale, language: Language) -> SoldView:
    """The last bill of the shift as the empty page tells it."""
    row = last.row
    return SoldView(
        id=row.id,
        at=f"{row.at:%Y-%m-%d %H:%M:%S}",
        name_masked=row.name,
        sums=(
            Amount(sale_words.TOTAL.say(language), row.total_fen, bold=True),
            Amount(sale_words.POOL.say(language), row.fund_fen),
            Amount(sale_words.ACCOUNT.say(language), row.account_fen),
            Amount(sale_words.CASH.say(language), row.cash_fen, bold=True),
        ),
        change_fen=last.change_fen,
        tendered_fen=last.tendered_fen,
        provisional=row.state is SettlementState.PROVISIONAL,
        state_word="" if row.state is SettlementState.SETTLED else row.state_word,
    )

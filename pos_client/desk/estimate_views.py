"""Makes what the window shows of a stay as it would be settled now, and of one that is (``stay_view``)."""

from decimal import Decimal

from pos_client.desk import differences as difference_words
from pos_client.desk import stay_desk_words as words
from pos_client.desk.bill_parts import PartKind
from pos_client.desk.leave import Left
from pos_client.desk.masking import masked_name
from pos_client.desk.money_words import MEANS
from pos_client.desk.sale_view import Amount
from pos_client.desk.sale_words import ACCOUNT, ACCOUNTS, TOTAL
from pos_client.desk.slip_words import percent_text
from pos_client.desk.stay_book import Stage
from pos_client.desk.stay_estimate import StayEstimate, StayFigures
from pos_client.desk.stay_slices import SliceRow
from pos_client.desk.stay_view import EstimateView, LeftView, SliceView, StayView
from pos_client.desk.stay_views import documents_words
from pos_client.desk.year_counters import CounterRow
from pos_client.money import yuan_grouped
from pos_client.phrase import Language

#: What stands under the bar where the label is too long for it.
_SHORT = {PartKind.FIRST_SHARE: ("先自付", "1st share"), PartKind.OWN_EXPENSE: ("自费", "own")}


def estimate_view(
    stay: StayView, estimate: StayEstimate, after: tuple[CounterRow, ...], language: Language
) -> EstimateView:
    """A stay as it would be settled now; ``after`` is what the year has counted then."""
    figures, split = estimate.figures, estimate.assessment.settled
    fund_fen = 0 if figures is None else figures.fund_total_fen
    own_fen = 0 if figures is None else figures.own_total_fen
    only_pool = figures is not None and all(row.name == "pool" or not row.amount_fen for row in figures.funds)
    account_fen = None if stay.customer is None else stay.customer.account_fen
    used_fen = 0 if figures is None else figures.account_fen
    return EstimateView(
        stay=stay,
        quoted=estimate.quoted is not None,
        agrees=None if estimate.quoted is None or split is None else not estimate.differences,
        rows=estimate.rows,
        days=estimate.days,
        total_fen=estimate.total_fen,
        stay_number=estimate.stay_number,
        sums=_sums(estimate, figures, language),
        deposit_sums=_deposit_sums(estimate, figures, language),
        fund_label=(words.POOL if only_pool else words.ALL_FUNDS).say(language),
        fund_fen=fund_fen,
        fund_share=_share(fund_fen, estimate.total_fen),
        own_fen=own_fen,
        own_share=_rest_of(fund_fen, estimate.total_fen),
        slices=tuple(_slice(row, language) for row in estimate.slices),
        sentences=estimate.sentences,
        line_sentences=estimate.line_sentences,
        receipts=len(estimate.deposit.receipts),
        due_fen=estimate.due_fen,
        back_fen=estimate.back_fen,
        account_word=ACCOUNTS[estimate.account].say(language),
        account_after_fen=None if account_fen is None or figures is None else account_fen - used_fen,
        after=after,
        policy=estimate.assessment.policy_title,
    )


def finishing_view(stay: StayView, stage: Stage, held_fen: int, language: Language) -> EstimateView:
    """A stay that is settled or was taken back, of which deposit and documents are left."""
    documents = stay.line.documents
    said = [(words.FINISHING if stage is Stage.SETTLED else words.TAKEN_BACK).say(language)]
    said += [words.DEPOSIT_GOES_BACK.say(language, held=yuan_grouped(held_fen))] if held_fen else []
    said += [words.DOCUMENTS_GO_BACK.say(language, documents=documents)] if documents else []
    return EstimateView(
        stay=stay,
        quoted=False,
        agrees=None,
        rows=len(stay.charges),
        days=stay.line.days,
        total_fen=stay.line.charges_fen,
        stay_number=None,
        sums=stay.sums,
        deposit_sums=(Amount(words.DEPOSIT_LEFT.say(language), held_fen, bold=True),),
        fund_label="",
        fund_fen=0,
        fund_share="",
        own_fen=0,
        own_share="",
        slices=(),
        sentences=tuple(said),
        line_sentences=(),
        receipts=len(stay.receipts),
        due_fen=0,
        back_fen=held_fen,
        account_word="",
        account_after_fen=None,
        after=(),
        policy="",
        finishing=True,
    )


def left_view(left: Left, name: str, language: Language) -> LeftView:
    """A stay that is over."""
    booked = left.booked
    return LeftView(
        id=left.id,
        settle_id=left.settle_id,
        name_masked=masked_name(name) if name else "",
        sums=(
            Amount(TOTAL.say(language), booked.total_fen, bold=True),
            Amount(words.ALL_FUNDS.say(language), booked.fund_fen),
            Amount(ACCOUNT.say(language), booked.account_fen),
            Amount(words.CASH_PART.say(language), booked.cash_fen, bold=True),
        ),
        back=tuple(Amount(MEANS[paid.means].say(language), paid.amount_fen) for paid in left.back),
        back_fen=sum(paid.amount_fen for paid in left.back),
        change_fen=left.change_fen,
        short_fen=left.short_fen,
        documents=documents_words(left.documents, language),
        differences=tuple(difference_words.sentence(one, language) for one in left.differences),
    )


def _sums(estimate: StayEstimate, figures: StayFigures | None, language: Language) -> tuple[Amount, ...]:
    total = Amount(TOTAL.say(language), estimate.total_fen, bold=True)
    if figures is None:
        return (total,)
    return (
        total,
        *(Amount(row.label[:1].upper() + row.label[1:], row.amount_fen) for row in figures.funds),
        Amount(ACCOUNT.say(language), figures.account_fen),
        Amount(words.CASH_PART.say(language), figures.cash_fen, bold=True),
    )


def _deposit_sums(estimate: StayEstimate, figures: StayFigures | None, language: Language) -> tuple[Amount, ...]:
    deposit = estimate.deposit
    held = Amount(words.DEPOSIT.say(language, count=len(deposit.receipts)), deposit.held_fen)
    if figures is None:
        return (held,)
    due = words.TO_COLLECT if estimate.due_fen else words.TO_GIVE_BACK
    rest_fen = estimate.due_fen or estimate.back_fen
    return (
        held,
        Amount(words.LESS_CASH.say(language), -figures.cash_fen),
        Amount(due.say(language), rest_fen, bold=True),
    )


def _slice(row: SliceRow, language: Language) -> SliceView:
    short = _SHORT.get(row.kind)
    return SliceView(
        kind=row.kind.value,
        label=row.label,
        short=short[language == "en"] if short else percent_text(row.percent) if row.percent else row.label,
        note=row.note,
        amount_fen=row.amount_fen,
        percent=percent_text(row.percent),
        fund_fen=row.fund_fen,
        own_fen=row.own_fen,
        fund_per_mille=_per_mille(row.fund_fen, row.amount_fen),
    )


def _per_mille(part_fen: int, whole_fen: int) -> int:
    return 0 if whole_fen <= 0 else min(max((2_000 * part_fen + whole_fen) // (2 * whole_fen), 0), 1_000)


def _share(part_fen: int, whole_fen: int) -> str:
    return "" if whole_fen <= 0 else _percent(_per_mille(part_fen, whole_fen))


def _rest_of(part_fen: int, whole_fen: int) -> str:
    """The other share, so that both are a hundred."""
    return "" if whole_fen <= 0 else _percent(1_000 - _per_mille(part_fen, whole_fen))


def _percent(per_mille: int) -> str:
    return f"{Decimal(per_mille) / 10:.1f}%"

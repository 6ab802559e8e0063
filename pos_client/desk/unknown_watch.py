"""A settlement whose answer was lost, step by step: what was sent, what is asked, from when an answer counts."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from pos_client.desk import known_later, sale_words, settled_slip, shown_figures
from pos_client.desk import unknown_words as words
from pos_client.desk.message_words import ASKING
from pos_client.desk.sale_view import Amount
from pos_client.desk.station import Office
from pos_client.desk.todo_view import Fate, StepView, UnknownView
from pos_client.desk.words import NO_SUCH_SALE
from pos_client.errors import Refused
from pos_client.offline import journal, money_book, sales_found
from pos_client.offline.journal import Kind, Message, Outcome, Pending, Remark, State
from pos_client.offline.money_book import Means, Paid
from pos_client.offline.store import StoreConnection
from pos_client.phrase import Language, Phrase
from pos_client.runtime import GIVEN_UP, shanghai
from pos_client.sync.resolve import ORPHANED

#: What is not waited for at least so long was no time-out.
_A_WAIT_S = 3


def watch(office: Office, id_: str) -> UnknownView:
    """How finding out about a settlement stands.

    Raises:
        Refused: S-NOSALE.
    """
    language, now = office.settings.language, office.bureau.now
    with office.store.read() as connection:
        message = journal.find(connection, id_)
        if message is None or message.kind is not Kind.SETTLE:
            raise Refused(NO_SUCH_SALE, id=id_)
        fate = known_later.fate_of(connection, message)
        left = journal.has_remark(connection, id_, Remark.CUSTOMER_LEFT)
        pending = journal.pending_of(connection, id_)
        on_counter = [one for one in money_book.open_tender(connection, id_) if one.means is not Means.DEPOSIT]
        back = known_later.out_of_drawer(connection, message)
        return UnknownView(
            id=id_,
            fate=fate,
            total_fen=message.amount_fen,
            on_counter_fen=sum(one.amount_fen for one in on_counter),
            on_counter=tuple(shown_figures.paid_view(one, language) for one in on_counter),
            hand_back_fen=sum(one.amount_fen for one in back),
            hand_back=tuple(shown_figures.paid_view(one, language) for one in back),
            sums=_sums(office, connection, message, language),
            steps=tuple(_steps(office, connection, message, pending, left=left)),
            cases=() if fate is not Fate.OPEN else _cases(on_counter, language, left=left),
            asked=0 if pending is None else pending.tries,
            next_try_s=0 if pending is None else max(int((pending.next_try_at - now).total_seconds()), 0),
            customer_left=left,
            sentence="" if fate is Fate.OPEN else known_later.sentence_of(connection, message, language),
        )


def _sums(office: Office, connection: StoreConnection, message: Message, language: Language) -> tuple[Amount, ...]:
    """The bureau's figures where its answer was kept, else the sums that it was shown with."""
    figures = settled_slip.figures_of(office, connection, message)
    if figures is not None:
        return shown_figures.booked_sums(figures, language)
    head = sales_found.head_of(connection, message.id)
    if head is None:
        return ()
    return (
        Amount(sale_words.TOTAL.say(language), message.amount_fen, bold=True),
        Amount(words.FUNDS.say(language), head.fund_fen),
        Amount(sale_words.ACCOUNT.say(language), head.account_fen),
        Amount(sale_words.CASH.say(language), head.cash_fen, bold=True),
    )


def _steps(
    office: Office, connection: StoreConnection, message: Message, pending: Pending | None, *, left: bool
) -> Sequence[StepView]:
    language = office.settings.language
    steps = [StepView("done", _clock(message.created_at), words.SENT.say(language))]
    outcomes = journal.outcomes_of(connection, message.id)
    lost = next((one for one in outcomes if one.state is State.UNKNOWN), None)
    if lost is not None:
        steps.append(StepView("look", _clock(lost.at), _how_lost(message, lost, language)))
    if left:
        steps.append(StepView("note", "", words.LEFT.say(language)))
    fate = known_later.fate_of(connection, message)
    if fate is not Fate.OPEN:
        what = {
            Fate.BOOKED: words.IS_BOOKED,
            Fate.NOT_BOOKED: words.IS_NOT_BOOKED,
            Fate.TAKEN_BACK: words.IS_TAKEN_BACK,
        }[fate]
        known = words.KNOWN.say(language, what=what.say(language))
        return [*steps, StepView("done", _clock(outcomes[-1].at), known)]
    if message.state is State.OK:
        return [*steps, StepView("unknown", words.NOW.say(language), words.BOOKED_LEFT.say(language))]
    if pending is not None and pending.tries:
        steps.append(StepView("look", "", ASKING[pending.asking].say(language)))
    return [*steps, StepView("unknown", words.NOW.say(language), _question(office, connection, message))]


def _how_lost(message: Message, lost: Outcome, language: Language) -> str:
    why = lost.evidence.get("why")
    if why == GIVEN_UP:
        return words.STOPPED.say(language)
    if why == ORPHANED:
        return words.INTERRUPTED.say(language)
    waited_s = int((lost.at - message.created_at).total_seconds())
    return words.WAITED.say(language, seconds=waited_s) if waited_s >= _A_WAIT_S else words.UNCLEAR.say(language)


def _question(office: Office, connection: StoreConnection, message: Message) -> str:
    """Before the gateway's own time-out has passed, the message may still be executing: "not found" says nothing."""
    language, transport = office.settings.language, office.region.transport
    left_at, _ = journal.left_at(connection, message)
    patience = timedelta(seconds=transport.gateway_timeout_s, milliseconds=transport.connect_timeout_ms)
    if office.bureau.now >= left_at + patience:
        return words.QUESTION_COUNTS.say(language)
    return words.QUESTION.say(language, counts=_clock(left_at + patience))


def _cases(on_counter: Sequence[Paid], language: Language, *, left: bool) -> tuple[tuple[str, str], ...]:
    booked: Phrase = words.VOID if left else words.FINISH
    if left:
        not_booked = words.NOTHING_TO_DO.say(language)
    elif on_counter:
        not_booked = words.HAND_BACK.say(language, means=known_later.means_in_words(on_counter, language))
    else:
        not_booked = words.NO_MONEY.say(language)
    return (
        (words.IF_BOOKED.say(language), booked.say(language)),
        (words.IF_NOT_BOOKED.say(language), not_booked),
    )


def _clock(instant: datetime) -> str:
    return f"{shanghai(instant):%H:%M:%S}"

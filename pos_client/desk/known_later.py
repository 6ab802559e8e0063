"""An outcome that was unknown and is known now: what it is, what goes out of the drawer, and who has to be told.

Whoever finds out (the drain beside the window, the evening, a person), the customer has gone by then: a task stays
until somebody has told him and given him slip or money.
"""

from collections.abc import Iterable, Sequence

from pos_client.desk import outcome_words as words
from pos_client.desk.masking import masked_name
from pos_client.desk.money_words import MEANS
from pos_client.desk.station import Office
from pos_client.desk.todo_view import Fate, News
from pos_client.errors import Refused
from pos_client.money import yuan_grouped
from pos_client.offline import audit, journal, lost_answers, money_book, sales_found, settlements, tasks
from pos_client.offline.journal import FINAL, Kind, Message, Remark, State
from pos_client.offline.money_book import Entry, Means, Paid
from pos_client.offline.settlements import SettlementState
from pos_client.offline.store import StoreConnection
from pos_client.offline.tasks import TaskKind
from pos_client.phrase import Language


def look(office: Office) -> tuple[News, ...]:
    """What has become known since the last look; each gets its task. Cheap: it may be asked every other second.

    Raises:
        EnvironmentProblem: D-….
    """
    with office.store.read() as connection:
        before = lost_answers.last_seen(connection)
        seen = lost_answers.seen_now(connection, before)
        if seen == before:  # nothing was learned of any message since
            return ()
        found = [one for id_ in sorted(seen.ids) if (one := journal.find(connection, id_)) is not None]
        known = [one for one in found if is_known(connection, one)]
        told = [news_of(connection, one, office.settings.language) for one in known]
    with office.store.commit() as connection:
        for message in known:
            _ask_to_tell(office, connection, message)
        lost_answers.remember(connection, seen.upto, seen.ids - {one.id for one in known})
    return tuple(told)


def _ask_to_tell(office: Office, connection: StoreConnection, message: Message) -> None:
    """What waited in the queue was told when it was made; who left took his money along."""
    left = journal.has_remark(connection, message.id, Remark.CUSTOMER_LEFT)
    if left or journal.was_queued(connection, message.id):
        return
    evidence = {"outcome": outcome_of(connection, message), "amount_fen": abs(message.amount_fen)}
    tasks.add_task(connection, TaskKind.TELL, message.id, evidence, now=office.bureau.now)


def told(office: Office, id_: str, how: str = "told") -> None:
    """The customer was told what became of it, and got what is his.

    Raises:
        Refused: S-TOLD.
    """
    now, operator = office.bureau.now, office.drawer.operator
    with office.store.commit() as connection:
        wanted = [one for one in tasks.open_tasks(connection) if one.kind is TaskKind.TELL and one.subject == id_]
        if not wanted:
            raise Refused(words.NOTHING_TO_TELL, id=id_)
        for one in wanted:
            tasks.close_task(connection, one.number, how, now=now, operator=operator)
        audit.append(connection, "outcome.told", id_, {"how": how}, now=now, operator=operator)


# --- what it is ------------------------------------------------------------------------------------------------------


def is_known(connection: StoreConnection, message: Message) -> bool:
    """Whether nothing is asked any more; what a customer left behind is only known when it is taken back."""
    if message.state is not State.OK or message.kind is not Kind.SETTLE:
        return message.state in FINAL
    left = journal.has_remark(connection, message.id, Remark.CUSTOMER_LEFT)
    return not left or settlements.state_of(connection, message) is SettlementState.VOIDED


def outcome_of(connection: StoreConnection, message: Message) -> str:
    """``settled``, ``not_settled``, ``taken_back``, ``voided`` or ``not_voided``: of a message that is known."""
    if message.kind is Kind.VOID:
        return "voided" if message.state is State.OK else "not_voided"
    if message.state is not State.OK:
        return "not_settled"
    state = settlements.state_of(connection, message)
    return "taken_back" if state is SettlementState.VOIDED else "settled"


def fate_of(connection: StoreConnection, message: Message) -> Fate:
    """What became of a settlement."""
    if not is_known(connection, message):
        return Fate.OPEN
    outcome = outcome_of(connection, message)
    return {"settled": Fate.BOOKED, "taken_back": Fate.TAKEN_BACK}.get(outcome, Fate.NOT_BOOKED)


def out_of_drawer(connection: StoreConnection, message: Message) -> list[Paid]:
    """What goes to the customer now, by means; a deposit stays where it is."""
    if message.kind is Kind.VOID:
        found = money_book.refunds(connection, message.id)
    else:
        change_fen = money_book.totals_fen(connection, message.id)[Entry.CHANGE]
        found = [
            *money_book.handed_back(connection, message.id),
            *([Paid(Means.CASH, change_fen)] if change_fen else []),
        ]
    return [one for one in found if one.means is not Means.DEPOSIT]


# --- in words --------------------------------------------------------------------------------------------------------


def news_of(connection: StoreConnection, message: Message, language: Language) -> News:
    """What became of a message, in one or two sentences."""
    outcome = outcome_of(connection, message)
    good = outcome in ("settled", "taken_back", "voided")
    return News(message.id, good, sentence_of(connection, message, language))


def sentence_of(connection: StoreConnection, message: Message, language: Language) -> str:
    """What became of a message that is known, and what to do with its money."""
    outcome = outcome_of(connection, message)
    phrase = {
        "settled": words.SETTLED,
        "not_settled": words.NOT_SETTLED,
        "taken_back": words.TAKEN_BACK,
        "voided": words.VOIDED,
        "not_voided": words.NOT_VOIDED,
    }[outcome]
    who = whose_name(connection, message) or words.SOMEBODY.say(language)
    said = phrase.say(language, who=who, total=yuan_grouped(abs(message.amount_fen)))
    return joined((said, what_to_do(connection, message, language)), language)


def what_to_do(connection: StoreConnection, message: Message, language: Language) -> str:
    """What goes out of the drawer, or has to come in, now that the outcome is known; may be empty."""
    outcome = outcome_of(connection, message)
    back = out_of_drawer(connection, message)
    means = means_in_words(back, language)
    if outcome in ("taken_back", "not_voided"):
        return ""
    if outcome == "voided":
        return words.REFUND.say(language, means=means) if back else ""
    if journal.has_remark(connection, message.id, Remark.CUSTOMER_LEFT):
        return words.LEFT_ALREADY.say(language)
    if outcome == "not_settled":
        return words.HAND_BACK.say(language, means=means) if back else words.NOTHING_BACK.say(language)
    handed = words.GIVE_CHANGE.say(language, means=means) if back else words.GIVE_SLIP.say(language)
    short_fen = missing_fen(connection, message.id)
    more = words.COLLECT_MORE.say(language, short=yuan_grouped(short_fen)) if short_fen else ""
    return joined((handed, more), language)


def missing_fen(connection: StoreConnection, id_: str) -> int:
    """What is still to be collected for a settlement."""
    wanted = [one for one in tasks.open_tasks(connection) if one.kind is TaskKind.COLLECT and one.subject == id_]
    return sum(int(one.evidence["short_fen"]) for one in wanted)


def means_in_words(paid: Sequence[Paid], language: Language) -> str:
    """Amounts by means: 现金 24.50 元、微信 10.00 元."""
    said = (
        words.OF_MEANS.say(language, word=MEANS[one.means].say(language), amount=yuan_grouped(one.amount_fen))
        for one in paid
    )
    return ("、" if language == "zh" else ", ").join(said)


def joined(sentences: Iterable[str], language: Language) -> str:
    """Sentences one after the other."""
    return ("" if language == "zh" else " ").join(filter(None, sentences))


def whose_name(connection: StoreConnection, message: Message) -> str:
    """The masked name of whose bill it is, where the desk knows it."""
    about = message.about if message.kind is Kind.VOID and message.about is not None else message.id
    head = sales_found.head_of(connection, about)
    if head is None and message.visit is not None:
        head = sales_found.head_of(connection, message.visit)
    return "" if head is None or not head.name else masked_name(head.name)

"""What happens after the bill: a customer leaves while its outcome is unknown, a difference is collected later."""

from pos_client.desk.station import Office
from pos_client.desk.tender import total_fen
from pos_client.desk.words import NO_SUCH_SALE, NOT_UNKNOWN, NOTHING_TO_COLLECT
from pos_client.errors import Refused
from pos_client.money import yuan_grouped
from pos_client.offline import audit, journal, money_book, money_moves, tasks
from pos_client.offline.journal import Kind, State
from pos_client.offline.money_book import Means, Paid
from pos_client.offline.store import StoreConnection
from pos_client.offline.tasks import TaskKind
from pos_client.phrase import Phrase

_NOT_BOOKED = Phrase("没有入账", "not booked")
_MONEY_BACK = Phrase("收下的钱请退还。", "Hand back what was laid down.")
#: What an outcome that is known already means, and what to do next.
_KNOWN = {
    State.QUEUED: (
        Phrase("离线暂结，待上传", "settled offline, waiting to be sent"),
        Phrase("请等上传结果。", "Wait until it was sent."),
    ),
    State.OK: (
        Phrase("已入账", "booked"),
        Phrase("参保人不要了请按 F9 退费。", "If it is not wanted, take it back with F9."),
    ),
    State.REFUSED: (_NOT_BOOKED, _MONEY_BACK),
    State.NOT_SENT: (_NOT_BOOKED, _MONEY_BACK),
    State.REVERSED: (Phrase("已冲正，没有入账", "reversed, not booked"), _MONEY_BACK),
}


def customer_left(office: Office, id_: str) -> int:
    """The customer takes the money back and leaves without the goods; found booked later, the bill is voided.

    Returns what is to be handed back, in fen.

    Raises:
        Refused: S-NOSALE, S-KNOWN when the outcome is known already.
    """
    now, drawer = office.bureau.now, office.drawer
    with office.store.commit() as connection:
        message = journal.find(connection, id_)
        if message is None or message.kind is not Kind.SETTLE:
            raise Refused(NO_SUCH_SALE, id=id_)
        if message.state not in (State.INTENT, State.UNKNOWN):
            language = office.settings.language
            state, then = _KNOWN[message.state]
            raise Refused(NOT_UNKNOWN, id=message.id, state=state.say(language), next=then.say(language))
        tender = money_book.open_tender(connection, message.id)
        money_moves.customer_left(connection, message, now=now, drawer=drawer)
        handed_back_fen = total_fen([paid for paid in tender if paid.means is not Means.DEPOSIT])
        detail = {"handed_back_fen": handed_back_fen}
        audit.append(connection, "settle.customer_left", message.id, detail, now=now, operator=drawer.operator)
    return handed_back_fen


def collect(office: Office, id_: str, paid: Paid) -> None:
    """Books what was collected afterwards, not from a deposit: the bureau had settled for more than was laid down.

    Raises:
        Refused: S-COLLECT, nothing or another amount is to be collected.
    """
    assert paid.means is not Means.DEPOSIT, "a deposit pays with the settlement or goes back"
    now, drawer = office.bureau.now, office.drawer
    with office.store.commit() as connection:
        _close_money_task(office, connection, TaskKind.COLLECT, id_, "short_fen", paid.amount_fen)
        money_moves.collect(connection, id_, paid, now=now, drawer=drawer)
        detail = {"amount_fen": paid.amount_fen, "means": paid.means}
        audit.append(connection, "settle.collect", id_, detail, now=now, operator=drawer.operator)


def give_back(office: Office, id_: str, paid: Paid) -> None:
    """Books what was given back because a provisional settlement had taken more than the bureau left to pay.

    Raises:
        Refused: S-COLLECT, nothing or another amount is to be given back.
    """
    now, drawer = office.bureau.now, office.drawer
    with office.store.commit() as connection:
        _close_money_task(office, connection, TaskKind.GIVE_BACK, id_, "over_fen", paid.amount_fen)
        money_moves.give_back(connection, id_, paid, now=now, drawer=drawer)
        detail = {"amount_fen": paid.amount_fen, "means": paid.means}
        audit.append(connection, "settle.give_back", id_, detail, now=now, operator=drawer.operator)


def _close_money_task(
    office: Office, connection: StoreConnection, kind: TaskKind, id_: str, figure: str, amount_fen: int
) -> None:
    wanted = [
        one
        for one in tasks.open_tasks(connection)
        if one.kind is kind and one.subject == id_ and one.evidence[figure] == amount_fen
    ]
    if not wanted:
        raise Refused(NOTHING_TO_COLLECT, id=id_, amount=yuan_grouped(amount_fen))
    how = "collected" if kind is TaskKind.COLLECT else "given back"
    tasks.close_task(connection, wanted[0].number, how, now=office.bureau.now, operator=office.drawer.operator)

"""How money follows an outcome, always in the outcome's own commit (design, section 5, "cash").

A settlement's tender becomes a receipt up to what the bureau left to pay, and goes back with every other certain
outcome. Where the bureau settled for more than was laid down, there is no receipt without money: a task asks to collect
the rest. A void gives back what was kept, by the means by which it came; that of a stay goes back to its deposit.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from pos_client.offline import journal, money_book, tasks
from pos_client.offline.journal import Kind, Message, Remark
from pos_client.offline.money_book import Drawer, Entry, Means, Paid
from pos_client.offline.tasks import TaskKind


@dataclass(frozen=True, slots=True)
class _Writing:
    """Where and as whom entries are written."""

    connection: Connection
    now: datetime
    drawer: Drawer

    def book(self, id_: str, entry: Entry, paid: Paid) -> None:
        money_book.book(self.connection, id_, entry, paid, now=self.now, drawer=self.drawer)


def lay_down(connection: Connection, id_: str, tender: Sequence[Paid], *, now: datetime, drawer: Drawer) -> None:
    """Books a customer's tender, in the commit of the intent."""
    for paid in tender:
        _Writing(connection, now, drawer).book(id_, Entry.TENDER, paid)


def move_money(
    connection: Connection, message: Message, cash_fen: int | None, *, now: datetime, drawer: Drawer
) -> None:
    """Moves the money of a message whose outcome is certain now.

    ``cash_fen`` is what the bureau left for the person to pay, below zero for a void, and None when nothing was booked.
    """
    writing = _Writing(connection, now, drawer)
    if message.kind is Kind.SETTLE and cash_fen is None:
        _hand_back(writing, message)
    elif message.kind is Kind.SETTLE and cash_fen is not None:
        _receive(writing, message, cash_fen)
    elif message.kind is Kind.VOID and cash_fen is not None:
        _refund(writing, message)


def customer_left(connection: Connection, message: Message, *, now: datetime, drawer: Drawer) -> None:
    """The customer takes the tender and leaves while the outcome is unknown; an adoption later becomes a void."""
    journal.remark_on(connection, message.id, Remark.CUSTOMER_LEFT, now=now, operator=drawer.operator)
    _hand_back(_Writing(connection, now, drawer), message)


def collect(connection: Connection, id_: str, paid: Paid, *, now: datetime, drawer: Drawer) -> None:
    """Books what was collected afterwards for a settlement."""
    _Writing(connection, now, drawer).book(id_, Entry.COLLECT, paid)


def give_back(connection: Connection, id_: str, paid: Paid, *, now: datetime, drawer: Drawer) -> None:
    """Books what was given back afterwards of a settlement that was kept too dear."""
    _Writing(connection, now, drawer).book(id_, Entry.REFUND, paid)


def carry_over(connection: Connection, from_id: str, to_id: str, *, now: datetime, drawer: Drawer) -> None:
    """Moves what was kept of a provisional settlement to the message that takes its place."""
    writing = _Writing(connection, now, drawer)
    for paid in money_book.kept(connection, from_id, []):
        writing.book(from_id, Entry.REFUND, paid)
        writing.book(to_id, Entry.TENDER, paid)
        writing.book(to_id, Entry.RECEIPT, paid)


def _hand_back(writing: _Writing, message: Message) -> None:
    for paid in money_book.open_tender(writing.connection, message.id):
        writing.book(message.id, Entry.HAND_BACK, paid)


def _receive(writing: _Writing, message: Message, due_fen: int) -> None:
    # Of a provisional settlement the money was kept before the bureau has agreed.
    left_fen = due_fen - sum(paid.amount_fen for paid in money_book.kept(writing.connection, message.id, []))
    # What cannot be given back at the counter is used up first; change is given in cash.
    for laid_down in sorted(money_book.open_tender(writing.connection, message.id), key=_used_up_first):
        used = replace(laid_down, amount_fen=max(min(laid_down.amount_fen, left_fen), 0))
        rest = replace(laid_down, amount_fen=laid_down.amount_fen - used.amount_fen)
        left_fen -= used.amount_fen
        writing.book(message.id, Entry.RECEIPT, used)
        writing.book(message.id, Entry.CHANGE if laid_down.means is Means.CASH else Entry.HAND_BACK, rest)
        if laid_down.means is Means.DEPOSIT:
            assert message.visit is not None, "a deposit belongs to a stay"
            writing.book(message.visit, Entry.DEPOSIT_USED, used)
    if left_fen > 0 and not journal.has_remark(writing.connection, message.id, Remark.CUSTOMER_LEFT):
        tasks.add_task(writing.connection, TaskKind.COLLECT, message.id, {"short_fen": left_fen}, now=writing.now)
    if left_fen < 0:
        tasks.add_task(writing.connection, TaskKind.GIVE_BACK, message.id, {"over_fen": -left_fen}, now=writing.now)


def _used_up_first(paid: Paid) -> int:
    return (Means.DEPOSIT, Means.BANK_CARD, Means.WECHAT, Means.ALIPAY, Means.CASH).index(paid.means)


def _refund(writing: _Writing, void: Message) -> None:
    assert void.about is not None, "a void is about a settlement"
    voids = [one.id for one in journal.messages_about(writing.connection, void.about) if one.kind is Kind.VOID]
    for paid in money_book.kept(writing.connection, void.about, voids):
        stay = _stay_of(writing.connection, void)
        if stay is None:
            writing.book(void.id, Entry.REFUND, paid)
        else:
            to_deposit = Paid(Means.DEPOSIT, paid.amount_fen)
            writing.book(void.id, Entry.REFUND, to_deposit)
            writing.book(stay, Entry.DEPOSIT, to_deposit)
    for settled_otherwise in (TaskKind.COLLECT, TaskKind.GIVE_BACK):
        tasks.close_tasks_about(writing.connection, settled_otherwise, void.about, "voided", now=writing.now)


def _stay_of(connection: Connection, void: Message) -> str | None:
    opening = journal.find(connection, void.visit) if void.visit is not None else None
    return opening.id if opening is not None and opening.kind is Kind.ADMIT else None

"""Bills of the past, found again: for a return, a reprint, a question; and the last one, for "what was my change?"."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from pos_client.desk.bill_words import BILL_KINDS, BILL_STATES
from pos_client.desk.books import Books
from pos_client.desk.masking import HIDDEN, masked_name
from pos_client.desk.money_words import MEANS
from pos_client.desk.station import Office
from pos_client.desk.words import NO_SUCH_SALE
from pos_client.errors import Refused
from pos_client.money import fen_of_yuan
from pos_client.offline import journal, money_book, sales_found, settlements
from pos_client.offline.journal import Kind, Message
from pos_client.offline.money_book import Entry
from pos_client.offline.settlements import SettlementState
from pos_client.offline.store import StoreConnection
from pos_client.phrase import Language
from pos_client.runtime import business_date, shanghai

MOST_LISTED = 50
_NUMBER = re.compile(r"[0-9-]+", re.ASCII)
_AMOUNT = re.compile(r"\d{1,9}(\.\d{1,2})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class SaleRow:
    """One bill in a list; ``at`` on the wall clock of the business, amounts in fen.

    They are the bureau's where it booked, else what the trial or our own calculation said. ``what``, ``state_word``
    and ``means`` are words in the clerk's language; ``lines`` is 0 for a bill of a visit, whose charges stand there.
    """

    id: str
    at: datetime
    name: str
    what: str
    total_fen: int
    fund_fen: int
    account_fen: int
    cash_fen: int
    state: SettlementState
    state_word: str
    means: tuple[str, ...]
    lines: int

    @property
    def voidable(self) -> bool:
        """Whether it can be taken back now; a cashier wants a supervisor's word for it."""
        return self.state is SettlementState.SETTLED


@dataclass(frozen=True, slots=True)
class LastSale:
    """The last bill of a shift with what was laid down for it and what went back, in fen."""

    row: SaleRow
    tendered_fen: int
    change_fen: int


@dataclass(frozen=True, slots=True)
class SoldLine:
    """One line of a sale as it was priced; ``unit_price`` in yuan."""

    number: int
    code: str
    name: str
    spec: str
    cls: str
    unit_price: Decimal
    quantity: Decimal
    amount_fen: int


@dataclass(frozen=True, slots=True)
class SaleDetail:
    """One bill with its lines; ``name`` is the person's full name, for the clerk's screen and the person's paper."""

    row: SaleRow
    name: str
    person_no: str
    lines: tuple[SoldLine, ...]
    tendered_fen: int
    change_fen: int
    undone_by: tuple[str, ...]


def recent_sales(books: Books, *, text: str = "", limit: int = MOST_LISTED) -> list[SaleRow]:
    """The bills that ``text`` may mean, newest first: all, or those whose number ends so or whose total or cash is
    that many yuan, or those of people whose name begins so (a masked name is enough).
    """
    with books.store.read() as connection:
        ids = _ids(connection, text.strip(), limit)
        return [_row(connection, _settle(connection, id_), books.settings.language) for id_ in ids]


def last_sale(office: Office) -> LastSale | None:
    """The last bill of this shift, or None."""
    day = business_date(office.bureau.now).isoformat()
    with office.store.read() as connection:
        id_ = sales_found.last_of_shift(connection, day, office.drawer.operator)
        if id_ is None:
            return None
        row = _row(connection, _settle(connection, id_), office.settings.language)
        total = money_book.totals_fen(connection, id_)
    return LastSale(row, total[Entry.TENDER], total[Entry.CHANGE])


def sale_detail(books: Books, id_: str) -> SaleDetail:
    """One bill with its lines, for a return of a part.

    Raises:
        Refused: S-NOSALE.
    """
    with books.store.read() as connection:
        settle = _settle(connection, id_)
        row = _row(connection, settle, books.settings.language)
        record = settlements.sale_record(connection, settle.id) or {}
        total = money_book.totals_fen(connection, settle.id)
        undone_by = [one.id for one in journal.messages_about(connection, settle.id) if one.kind is Kind.VOID]
    return SaleDetail(
        row=row,
        name=record.get("person", {}).get("name", ""),  # a record of an older program may lack it
        person_no=settle.person_no,
        lines=tuple(_line(line) for line in record.get("lines", ())),
        tendered_fen=total[Entry.TENDER],
        change_fen=total[Entry.CHANGE],
        undone_by=tuple(undone_by),
    )


def _ids(connection: StoreConnection, text: str, limit: int) -> Sequence[str]:
    if not text:
        return sales_found.newest(connection, limit)
    digits = unicodedata.normalize("NFKC", text)
    fen = fen_of_yuan(digits) if _AMOUNT.fullmatch(digits) else None
    if fen is not None or _NUMBER.fullmatch(digits):
        return sales_found.ending_or_amounting(connection, digits, fen, limit)
    return sales_found.named(connection, text.rstrip(HIDDEN), limit)


def _settle(connection: StoreConnection, id_: str) -> Message:
    settle = journal.find(connection, id_)
    if settle is None or settle.kind is not Kind.SETTLE:
        raise Refused(NO_SUCH_SALE, id=id_)
    return settle


def _row(connection: StoreConnection, settle: Message, language: Language) -> SaleRow:
    head = sales_found.head_of(connection, settle.id)
    assert head is not None, "a settle message has its sale, both are written in one commit"
    booked = settlements.settlement_of(connection, settle.id)
    state = settlements.state_of(connection, settle)
    return SaleRow(
        id=settle.id,
        at=shanghai(settle.created_at),
        name=masked_name(head.name),
        what=BILL_KINDS[settle.transaction].say(language),
        total_fen=head.total_fen if booked is None else booked.total_fen,
        fund_fen=head.fund_fen if booked is None else booked.fund_fen,
        account_fen=head.account_fen if booked is None else booked.account_fen,
        cash_fen=head.cash_fen if booked is None else booked.cash_fen,
        state=state,
        state_word=BILL_STATES[state].say(language),
        means=tuple(MEANS[one].say(language) for one in sales_found.means_of(connection, settle.id)),
        lines=head.lines,
    )


def _line(kept: Mapping[str, Any]) -> SoldLine:
    return SoldLine(
        number=int(kept["number"]),
        code=kept["code"],
        name=kept["name"],
        spec=kept["spec"],
        cls=kept["cls"],
        unit_price=Decimal(kept["unit_price"]),
        quantity=Decimal(kept["quantity"]),
        amount_fen=fen_of_yuan(kept["amount"]),
    )

"""The bill in work, kept line by line so that a crash loses nothing, and bills that wait for their customer (挂单).

What is kept is what the clerk entered: no card or certificate number, no figure that is charged. Prices are looked up
and the person is identified again when a bill is taken up; names, prices and money of then are kept only to say what
has changed since.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from pos_client.desk.station import Office
from pos_client.errors import Refused, Words
from pos_client.offline import audit, open_bills
from pos_client.offline.money_book import Means, Paid
from pos_client.offline.open_bills import KeptBill
from pos_client.offline.store import StoreConnection
from pos_client.sync.region import AccountUse

NO_SUCH_BILL = Words(
    "S-NOBILL",
    "没有第 {number} 号挂单，可能已被取回或放弃，什么也没有改变。请在挂单列表里重新选。",
    "There is no parked bill {number}; it may have been taken up or given up. Nothing was changed. Choose again "
    "from the list.",
)
STILL_IN_WORK = Words(
    "S-INWORK",
    "手上还有一张没收完的单子，没有取回挂单。请先按 F12 挂起手上这一张。",
    "The bill in work is not finished, so the parked one was not taken up. Park the one in work first (F12).",
)

BillKind = Literal["sale", "stay"]
_KINDS: dict[str, BillKind] = {"sale": "sale", "stay": "stay"}


@dataclass(frozen=True, slots=True)
class OpenLine:
    """One line as it was entered; ``consent``: the person signed for an item outside the insurance.

    ``name`` and ``unit_price`` (yuan) are those of then; empty and None where a bill was kept without them.
    """

    code: str
    quantity: Decimal
    consent: bool = False
    name: str = ""
    unit_price: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What is on a bill that is being made. ``whose`` is the bureau's number of the person, empty while unknown;
    ``label`` the masked name that the list of parked bills shows; ``paid`` is what was laid down by other means than
    cash, without its references.
    """

    lines: tuple[OpenLine, ...]
    account: AccountUse = AccountUse.NO
    kind: BillKind = "sale"
    whose: str = ""
    label: str = ""
    paid: tuple[Paid, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenBill:
    """A kept draft; ``parked_at`` (UTC) is None while it is in work."""

    number: int
    opened_at: datetime
    operator: str
    parked_at: datetime | None
    draft: Draft


def save(office: Office, draft: Draft) -> int:
    """Keeps the bill in work as it is now and returns its number.

    Raises:
        EnvironmentProblem: D-….
    """
    with office.store.commit() as connection:
        return _write(office, connection, draft)


def park(office: Office, draft: Draft) -> int:
    """Lays the bill in work aside for a customer who comes back, and returns its number.

    Raises:
        EnvironmentProblem: D-….
    """
    now, operator = office.bureau.now, office.drawer.operator
    with office.store.commit() as connection:
        number = _write(office, connection, draft)
        open_bills.move(connection, number, now, operator=operator)
        _audit(office, connection, "bill.park", number, len(draft.lines))
    return number


def take_up(office: Office, number: int) -> OpenBill:
    """Puts a parked bill into work again.

    Raises:
        Refused: S-INWORK, S-NOBILL. EnvironmentProblem: D-….
    """
    with office.store.commit() as connection:
        if open_bills.in_work(connection) is not None:
            raise Refused(STILL_IN_WORK)
        found = _found(connection, number)
        open_bills.move(connection, number, None, operator=office.drawer.operator)
        _audit(office, connection, "bill.take_up", number, len(found.draft.lines))
        return _found(connection, number)


def discard(office: Office, number: int) -> None:
    """Gives a bill up, in work or parked; the audit chain keeps who did and how many lines it had.

    Raises:
        Refused: S-NOBILL. EnvironmentProblem: D-….
    """
    with office.store.commit() as connection:
        found = _found(connection, number)
        open_bills.remove(connection, number)
        _audit(office, connection, "bill.discard", number, len(found.draft.lines))


def in_work(office: Office) -> OpenBill | None:
    """The bill that was being made when the program last ended, or None."""
    with office.store.read() as connection:
        found = open_bills.in_work(connection)
    return None if found is None else _open_bill(found)


def parked(office: Office) -> list[OpenBill]:
    """The bills that wait, in the order in which they were begun."""
    with office.store.read() as connection:
        return [_open_bill(one) for one in open_bills.parked(connection)]


def _write(office: Office, connection: StoreConnection, draft: Draft) -> int:
    drawer = office.drawer
    record = {
        "kind": draft.kind,
        "whose": draft.whose,
        "account": draft.account.value,
        "lines": [_line_record(line) for line in draft.lines],
        "paid": [{"means": one.means.value, "amount_fen": one.amount_fen} for one in draft.paid],
    }
    now = office.bureau.now
    return open_bills.write(connection, record, draft.label, now=now, desk=drawer.desk, operator=drawer.operator)


def _line_record(line: OpenLine) -> dict[str, object]:
    price = None if line.unit_price is None else str(line.unit_price)
    return {
        "code": line.code,
        "quantity": str(line.quantity),
        "consent": line.consent,
        "name": line.name,
        "unit_price": price,
    }


def _line(record: Mapping[str, Any]) -> OpenLine:
    """Older programs kept neither name nor price."""
    price = record.get("unit_price")
    return OpenLine(
        code=record["code"],
        quantity=Decimal(record["quantity"]),
        consent=bool(record["consent"]),
        name=record.get("name", ""),
        unit_price=None if price is None else Decimal(price),
    )


def _found(connection: StoreConnection, number: int) -> OpenBill:
    found = open_bills.find(connection, number)
    if found is None:
        raise Refused(NO_SUCH_BILL, number=number)
    return _open_bill(found)


def _open_bill(kept: KeptBill) -> OpenBill:
    record = kept.record
    draft = Draft(
        lines=tuple(_line(line) for line in record["lines"]),
        account=AccountUse(record["account"]),
        kind=_KINDS[record["kind"]],
        whose=record["whose"],
        label=kept.label,
        paid=tuple(Paid(Means(one["means"]), one["amount_fen"]) for one in record.get("paid", ())),
    )
    return OpenBill(kept.number, kept.opened_at, kept.operator, kept.parked_at, draft)


def _audit(office: Office, connection: StoreConnection, act: str, number: int, lines: int) -> None:
    now, operator = office.bureau.now, office.drawer.operator
    audit.append(connection, act, str(number), {"lines": lines}, now=now, operator=operator)

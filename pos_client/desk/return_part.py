"""A part of a sale comes back: the bureau cancels the whole settlement, what is kept is settled anew, shown as one act.

The person must be there again: a settlement wants a credential. The prices are those of the sale. Before the void is
certain nothing else happens; after it nothing is lost: what was paid is refunded, and what is kept is either settled
with that money or left as a bill that is still to be charged.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from pos_client.desk import return_words as words
from pos_client.desk.cart import CartLine, Order
from pos_client.desk.identify import Identified, identify
from pos_client.desk.operators import SignedIn
from pos_client.desk.quote import VISIT, Quote, quote_for
from pos_client.desk.settle import Sold, settle_bill
from pos_client.desk.slip import Slip
from pos_client.desk.slip_file import write_slip
from pos_client.desk.station import Desk
from pos_client.desk.tender import total_fen
from pos_client.desk.void import Voidable, book_void, find_voidable
from pos_client.desk.void_reasons import VoidReason
from pos_client.desk.void_slip import void_slip
from pos_client.errors import EnvironmentProblem, OutcomeUnknown, Problem, Refused
from pos_client.money import line_amount_fen, yuan_grouped
from pos_client.offline import money_book
from pos_client.offline.catalogue_file import Item
from pos_client.offline.journal import Message
from pos_client.offline.money_book import Means, Paid
from pos_client.sync import pharmacy
from pos_client.sync.person import fetch_counters, fetch_person
from pos_client.sync.region import AccountUse


@dataclass(frozen=True, slots=True)
class Rest:
    """What is kept of a sale, before anything is done.

    ``quoted`` is the bureau's trial while the old settlement still stands: account and yearly totals change with the
    void, so its figures are only near. ``paid`` is what was paid for the old one, by means.
    """

    found: Voidable
    cart: tuple[CartLine, ...]
    quoted: Quote
    paid: tuple[Paid, ...]

    @property
    def id(self) -> str:
        """The number of the sale of which a part comes back."""
        return self.found.settle.id

    @property
    def back_about_fen(self) -> int:
        """About what goes back to the customer; below zero, what is to be added."""
        return total_fen(self.paid) - self.quoted.due_fen

    @property
    def back_about(self) -> tuple[Paid, ...]:
        """About what goes back, by means."""
        return _less(self.paid, _tender(self.quoted.due_fen, self.paid))


@dataclass(frozen=True, slots=True)
class Returned:
    """A part that was taken back; ``back`` is handed out now, by means.

    Where what is kept could not be settled for certain, ``sold`` is None, ``problem`` says where it stands, and
    ``rest`` is what is still to be charged: empty while the outcome of its settlement is unknown. With ``sold``, a
    ``problem`` is only S-SLIP: the paper could not be kept.
    """

    about: str
    void_id: str
    sold: Sold | None
    back: tuple[Paid, ...]
    rest: tuple[Order, ...]
    slip: Slip = field(repr=False)
    slip_file: Path
    problem: Problem | None = None


def quote_rest(desk: Desk, id_: str, keep: Mapping[int, Decimal], identified: Identified | None = None) -> Rest:
    """What is kept of a sale, tried at the bureau; ``keep`` holds the quantity by line, a missing line stays whole.

    The person is the one given, else the one whose card is in the reader. Nothing is booked.

    Raises:
        Refused: S-NOSALE, S-VOID, S-PARTKIND, S-PART, S-PARTNONE, S-PARTALL, S-PARTPERSON, R-… of the bureau.
        EnvironmentProblem: K-… of the card, N-… of the network.
    """
    office = desk.office
    found = find_voidable(office, id_)
    cart = _kept_cart(found, keep)
    if identified is None:
        identified = identify(desk, office.region.visits[VISIT])
    if identified.person.person_no != found.settle.person_no:
        raise Refused(words.PERSON_WANTED, id=found.settle.id)
    with office.store.read() as connection:
        paid = tuple(money_book.kept(connection, found.settle.id, []))
    return Rest(found, cart, quote_for(desk, identified, cart, account=_account(found.record)), paid)


def return_part(
    desk: Desk, rest: Rest, supervisor: SignedIn | None = None, reason: VoidReason = VoidReason.RETURNED
) -> Returned:
    """Voids the sale and settles what is kept of it, with the money that was paid; hands back what is over.

    Raises:
        Refused: S-SUPERVISOR, S-VOID, R-2103; the sale stands as it was.
        EnvironmentProblem: N-…, D-…; the sale stands as it was.
        OutcomeUnknown: U-PARTVOID, U-DISK; nothing is refunded and nothing of the rest is charged until it is known.
    """
    office = desk.office
    found = find_voidable(office, rest.id)
    kept = {str(line.number): str(line.quantity) for line in rest.cart}
    try:
        void = book_void(office, found, supervisor, reason, {"kept": kept})
    except OutcomeUnknown as problem:
        raise OutcomeUnknown(
            words.VOID_UNKNOWN, {**problem.evidence, "code": problem.code}, id=rest.id, count=len(rest.cart)
        ) from problem
    with office.store.read() as connection:
        refunds = tuple(money_book.refunds(connection, void.id))
    tender: tuple[Paid, ...] = ()
    try:
        quoted = quote_for(desk, _asked_again(desk, rest), rest.cart, account=rest.quoted.purchase.account)
        tender = _tender(quoted.due_fen, refunds)
        sold = settle_bill(desk, quoted, total_fen(_in_cash(tender)), _not_in_cash(tender), replaces=rest.id)
    except (Refused, EnvironmentProblem, OutcomeUnknown) as problem:
        return _with_paper(desk, _not_settled(desk, rest, void, refunds, tender, problem))
    with office.store.read() as connection:
        receipts = money_book.kept(connection, sold.id, [])
    return _with_paper(desk, Returned(rest.id, void.id, sold, _less(refunds, receipts), (), sold.slip, sold.slip_file))


def _with_paper(desk: Desk, returned: Returned) -> Returned:
    """Writes the paper; what goes back must be told even where that fails."""
    try:
        write_slip(desk.office.books.home, returned.slip.number, returned.slip)
    except EnvironmentProblem as problem:
        return replace(returned, problem=returned.problem or problem)
    return returned


def _kept_cart(found: Voidable, keep: Mapping[int, Decimal]) -> tuple[CartLine, ...]:
    id_, lines = found.settle.id, found.record.get("lines", ())
    if found.settle.transaction != pharmacy.SETTLE or not lines:
        raise Refused(words.NOT_IN_PARTS, id=id_)
    sold = {int(line["number"]): Decimal(line["quantity"]) for line in lines}
    kept = sold | dict(keep)
    for number, quantity in kept.items():
        if not 0 <= quantity <= sold.get(number, 0):
            raise Refused(words.WRONG_PART, id=id_, line=number, sold=sold.get(number, 0), kept=quantity)
    if kept == sold:
        raise Refused(words.NOTHING_RETURNED, id=id_)
    if not any(kept.values()):
        raise Refused(words.ALL_RETURNED, id=id_)
    remaining = [line for line in lines if kept[int(line["number"])]]
    essential = {line["id"]: line["essential"] for line in found.record["bill"]["event"]["lines"]}
    return tuple(
        _kept_line(number, line, kept[int(line["number"])], essential[str(line["number"])])
        for number, line in enumerate(remaining, start=1)
    )


def _kept_line(number: int, line: dict[str, Any], quantity: Decimal, essential: bool) -> CartLine:
    """A line of the old bill at the price of then; what it wanted of consent was given then."""

    def decimal(name: str) -> Decimal | None:
        return None if line[name] is None else Decimal(line[name])

    price = Decimal(line["unit_price"])
    item = Item(
        code=line["code"],
        name=line["name"],
        spec=line["spec"],
        unit=line.get("unit", ""),
        maker="",
        barcode="",
        national_code=line["national_code"],
        kind=line["kind"],
        cls=line["cls"],
        pre_self_pay_percent=decimal("pre_self_pay_percent"),
        limit_price=decimal("limit_price"),
        unit_price=price,
        consent=False,
        essential=essential,
        rx=False,
        initials="",
    )
    return CartLine(number, item, quantity, line_amount_fen(price, quantity))


def _account(record: Mapping[str, Any]) -> AccountUse:
    """Which account paid; records of older programs say only whether one did."""
    return AccountUse(record.get("account", AccountUse.OWN if record["use_account"] else AccountUse.NO))


def _asked_again(desk: Desk, rest: Rest) -> Identified:
    """The person as the bureau knows him after the void: balance and yearly totals have changed."""
    bureau, before = desk.office.bureau, rest.quoted.identified
    person = fetch_person(bureau, before.credential, desk.office.region.visits[VISIT])
    return replace(before, person=person, counters=fetch_counters(bureau, person))


def _tender(due_fen: int, refunds: Sequence[Paid]) -> tuple[Paid, ...]:
    """The old bill's money laid down for the new one up to what is due, cash last."""
    tender, left_fen = [], due_fen
    for paid in (*_not_in_cash(refunds), *_in_cash(refunds)):
        used_fen = min(paid.amount_fen, left_fen)
        left_fen -= used_fen
        tender.append(replace(paid, amount_fen=used_fen))
    return tuple(tender)


def _in_cash(paid: Sequence[Paid]) -> tuple[Paid, ...]:
    return tuple(one for one in paid if one.means is Means.CASH)


def _not_in_cash(paid: Sequence[Paid]) -> tuple[Paid, ...]:
    return tuple(one for one in paid if one.means is not Means.CASH)


def _less(refunds: Sequence[Paid], taken: Sequence[Paid]) -> tuple[Paid, ...]:
    """What of the refunds is left, by means and reference."""
    left = {(paid.means, paid.reference): paid.amount_fen for paid in refunds}
    for paid in taken:
        left[paid.means, paid.reference] -= paid.amount_fen
    return tuple(Paid(means, amount_fen, reference) for (means, reference), amount_fen in left.items() if amount_fen)


def _not_settled(
    desk: Desk, rest: Rest, void: Message, refunds: Sequence[Paid], tender: Sequence[Paid], cause: Problem
) -> Returned:
    """Where it stands when the void is done and what is kept is not settled, or not for certain."""
    language = desk.office.settings.language
    unknown = isinstance(cause, OutcomeUnknown)
    back = _less(refunds, tender) if unknown else tuple(refunds)
    told: dict[str, object] = {"id": rest.id, "void": void.id, "count": len(rest.cart)}
    evidence = {**cause.evidence, "code": cause.code}
    problem: Problem
    if unknown:
        told |= {"back": yuan_grouped(total_fen(back)), "tendered": yuan_grouped(total_fen(tender))}
        problem = OutcomeUnknown(words.REST_UNKNOWN, evidence, **told)
    else:
        told |= {"paid": yuan_grouped(total_fen(refunds)), "why": cause.sentence(language)}
        problem = type(cause)(words.REST_NOT_SETTLED, evidence, **told)
    orders = () if unknown else tuple(Order(line.item.code, line.quantity) for line in rest.cart)
    slip = void_slip(desk.office, void)
    file = desk.office.books.home.slips / f"{void.id}.txt"
    return Returned(rest.id, void.id, None, back, orders, slip, file, problem)

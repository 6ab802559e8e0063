"""The sale that is being made: who, what, by which account, what was laid down; kept after every change.

One object a window, used in one thread. Every act gives back what there is to show (``sale_view``). The bureau is asked
only by :meth:`SaleInWork.try_out` and :meth:`SaleInWork.settle`; everything between is our own estimate.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from pos_client.desk import open_bills, provisional, sale_figures, sale_offline
from pos_client.desk.assess import Assessment
from pos_client.desk.cart import CartLine
from pos_client.desk.customer import Customer, customer_of
from pos_client.desk.identify import Identified
from pos_client.desk.masking import masked_name
from pos_client.desk.open_bills import Draft, OpenLine
from pos_client.desk.operators import SignedIn
from pos_client.desk.other_name import NameWord
from pos_client.desk.provisional import Estimate
from pos_client.desk.quote import VISIT, Quote, estimate_for, quote_for
from pos_client.desk.sale_view import OfflineView, SaleView, SoldView
from pos_client.desk.sale_words import NOBODY_IDENTIFIED, READING_TOO_OLD
from pos_client.desk.settle import settle_bill
from pos_client.desk.slip import Slip
from pos_client.desk.slip_file import write_slip
from pos_client.desk.station import Desk
from pos_client.desk.words import (
    AMBIGUOUS_ITEM,
    CONSENT_MISSING,
    NO_CHANGE_FOR,
    NOTHING_TO_SELL,
    QUANTITY_NOT_POSITIVE,
    UNKNOWN_ITEM,
)
from pos_client.errors import EnvironmentProblem, OutcomeUnknown, Problem, Refused
from pos_client.money import line_amount_fen, yuan_grouped
from pos_client.money import quantity as checked_quantity
from pos_client.offline import catalogue
from pos_client.offline.catalogue_file import Item
from pos_client.offline.money_book import Means, Paid
from pos_client.sync.region import AccountUse, Visit

#: Somebody as the bureau last told about him, and when.
Recall = Callable[[], tuple[Identified, datetime]]


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One line: what, how many, and whether the person signed for it where that is wanted."""

    item: Item
    quantity: Decimal
    signed: bool = False


class SaleInWork:
    """One sale from the first scan or card to its settlement."""

    def __init__(self, desk: Desk, visit: str = VISIT) -> None:
        """``visit`` is the kind of visit in the region's file."""
        self._desk = desk
        self._visit: Visit = desk.office.region.visits[visit]
        self.clear()

    def clear(self) -> None:
        """Nobody and nothing; what was kept of the bill stays as it is."""
        self.lines: list[WorkLine] = []
        self.identified: Identified | None = None
        self.customer: Customer | None = None
        self.account = AccountUse.NO
        self.quote: Quote | None = None
        self.assessment: Assessment | None = None
        self.offline: Estimate | None = None
        self.offline_view: OfflineView | None = None
        self.offer = ""
        self.known_since: datetime | None = None
        self.paid: list[Paid] = []
        self._number: int | None = None
        self._ask: Callable[[Visit], Identified] | None = None
        self._word = NameWord()

    # --- who ---

    def identify(self, ask: Callable[[Visit], Identified], recall: Recall | None = None) -> SaleView:
        """Asks the bureau who that is; lines that are there already stay.

        While the bureau is out of reach and the region allows to settle provisionally, the person is taken as the
        bureau last told about him.

        Raises:
            EnvironmentProblem, Refused: as ``desk.identify``; S-PERSON-OLD; nothing changes.
        """
        office, known_since = self._desk.office, None
        try:
            identified = ask(self._visit)
        except EnvironmentProblem as problem:
            if recall is None or not provisional.is_allowed(office) or not sale_offline.is_outage(problem):
                raise
            identified, known_since = recall()
        self.known_since, self._ask = known_since, ask
        customer = customer_of(office, self._desk.policies, identified, self._visit, at=office.bureau.now)
        self._somebody_comes()
        before, self.identified = self.identified, identified
        self.customer = self._word.shown(customer, identified)
        if before is None or before.person.person_no != identified.person.person_no:  # whoever is read again has chosen
            self.account = AccountUse.OWN if identified.person.account_balance_fen > 0 else AccountUse.NO
        return self._changed()

    def allow_other_name(self, by: SignedIn) -> SaleView:
        """A supervisor has looked: this is the person, although the card names him otherwise than the bureau.

        Raises:
            Refused: S-SUPERVISOR.
        """
        assert self.identified is not None, "somebody was identified"
        assert self.customer is not None, "both come together"
        self._word.give(self._desk.office, self.identified, by)
        self.customer = self._word.shown(self.customer, self.identified)
        return self.view()

    def reading_too_old(self, now: datetime) -> bool:
        """Whether the card, number or voucher was read so long ago that it is asked for again."""
        if self.customer is None:
            return False
        minutes = self._desk.office.settings.number("card.reading_age_min")
        return now - self.customer.read_at > timedelta(minutes=minutes)

    # --- what ---

    def add(self, typed: str, count: str = "1") -> SaleView:
        """Adds what was scanned or typed; one that is there already becomes more.

        Raises:
            Refused: S-ITEM, nothing fits; S-ITEMS, more than one does; S-QTY; S-TRACE.
        """
        return self.add_item(self._find(typed), count)

    def add_item(self, item: Item, count: str = "1") -> SaleView:
        """Adds an item that was found."""
        quantity = _quantity(item, count)
        self._somebody_comes()
        same = next((n for n, line in enumerate(self.lines) if line.item.code == item.code), None)
        if same is None:
            self.lines.append(WorkLine(item, quantity))
        else:
            self.lines[same] = replace(self.lines[same], quantity=self.lines[same].quantity + quantity)
        self._desk.devices.item_added(item.unit_price)
        return self._changed()

    def set_quantity(self, number: int, count: str) -> SaleView:
        """How many of a line.

        Raises:
            Refused: S-QTY.
        """
        line = self.lines[number - 1]
        self.lines[number - 1] = replace(line, quantity=_quantity(line.item, count))
        return self._changed()

    def remove(self, number: int) -> SaleView:
        """Takes a line off the bill."""
        del self.lines[number - 1]
        return self._changed()

    def sign(self, number: int) -> SaleView:
        """The person signed for the line, or it was a mistake that he had."""
        line = self.lines[number - 1]
        if line.item.consent:
            self.lines[number - 1] = replace(line, signed=not line.signed)
        return self._changed(figures=False)

    def next_account(self) -> SaleView:
        """The next account that the region knows: none, the own one, the family's."""
        known = [use for use in AccountUse if use in self._desk.office.region.account_used]
        self.account = known[(known.index(self.account) + 1) % len(known)]
        return self._changed()

    # --- how much ---

    def try_out(self) -> SaleView:
        """Asks the bureau what it comes to.

        Raises:
            Refused: S-EMPTY, S-NOBODY, S-CONSENT, S-AGE with nothing asked; R-…; S-OFFLINE while the bureau is out of
                reach, where nothing may be settled then; elsewhere the view has the offer.
            EnvironmentProblem: N-….
        """
        self._ready()
        self.offline, self.offline_view, self.offer = None, None, ""
        try:
            identified = self._as_of_today()
            self.quote = quote_for(self._desk, identified, self.cart(), account=self.account)
        except EnvironmentProblem as problem:
            self.offer = sale_offline.offer(self._desk.office, problem)
            self.quote = None
            return self.view()
        self.assessment = self.quote.assessment
        self._desk.devices.total_known(self.quote.due_fen)
        return self.view()

    def _as_of_today(self) -> Identified:
        """Who was taken as last told is asked about before his bill is tried."""
        if self.known_since is not None and self._ask is not None:
            self.identify(self._ask)
        assert self.identified is not None, "somebody is ready to be tried"
        self._word.require(self.identified)
        return self.identified

    def try_offline(self) -> SaleView:
        """What it comes to by our own calculation, to be settled provisionally.

        Raises:
            Refused: S-EMPTY … as :meth:`try_out`; S-OFFLINE, S-ONLINE, S-OFFLINE-CARD, S-ESTIMATE, S-LIMIT.
        """
        identified, office = self._ready(), self._desk.office
        provisional.require_outage(office)
        estimated = provisional.estimate_identified(self._desk, identified, self.cart(), account=self.account)
        provisional.require_within_limits(office, estimated)
        self.quote, self.offline, self.assessment = None, estimated, estimated.assessment
        self.offline_view, self.offer = sale_offline.offline_view(office, estimated), ""
        self._desk.devices.total_known(estimated.due_fen)
        return self.view()

    @property
    def due_fen(self) -> int | None:
        """What the person is to pay, once the bureau has said it, or our own calculation where that may be settled."""
        if self.offline is not None:
            return self.offline.due_fen
        return None if self.quote is None else self.quote.due_fen

    def reopen(self) -> SaleView:
        """Back from the money to the bill: what the bureau tried out counts no more."""
        return self._changed()

    def lay_down(self, means: str, amount_fen: int, reference: str = "") -> SaleView:
        """The person pays a part by another means than cash.

        Raises:
            Refused: S-CHANGE, more than there is to pay.
        """
        assert self.due_fen is not None, "nothing is laid down before the trial"
        paid = Paid(Means(means), amount_fen, reference)
        laid_down_fen = sum(one.amount_fen for one in (*self.paid, paid))
        if laid_down_fen > self.due_fen:
            due, too_much = yuan_grouped(self.due_fen), yuan_grouped(laid_down_fen)
            raise Refused(NO_CHANGE_FOR, due=due, paid=too_much)
        self.paid.append(paid)
        return self.view()

    def take_back(self) -> SaleView:
        """What was laid down last by another means than cash is not."""
        if self.paid:
            self.paid.pop()
        return self.view()

    def settle(self, cash_fen: int) -> SoldView:
        """Takes the money and settles. The open bill goes in the commit of the intent: a crash never charges twice.

        Raises:
            Refused: S-TENDER … with nothing done; R-2102: the bill stays, the money goes back.
            EnvironmentProblem: N-SEND …; the bill stays.
            OutcomeUnknown: the bill is closed; the program asks on.
        """
        if self.offline is not None:
            return self._settle_offline(self.offline, cash_fen)
        assert self.quote is not None, "nothing is settled before the trial"
        self._ready()
        customer = self.customer
        try:
            sold = settle_bill(self._desk, self.quote, cash_fen, self.paid, bill=self._number)
        except OutcomeUnknown:
            self.clear()
            raise
        except Problem:
            self._number = open_bills.save(self._desk.office, self._draft())
            raise
        name_masked = "" if customer is None else masked_name(customer.name)
        self._money_taken(cash_fen, sold.change_fen)
        self.clear()
        language = self._desk.office.settings.language
        return self._with_slip(sale_figures.sold_view(sold, name_masked, language), sold.slip)

    def _settle_offline(self, estimated: Estimate, cash_fen: int) -> SoldView:
        self._ready()
        sold = provisional.keep_provisionally(self._desk, estimated, cash_fen, self.paid, bill=self._number)
        name_masked = masked_name(estimated.identified.person.name)
        self._money_taken(cash_fen, sold.change_fen)
        self.clear()
        language = self._desk.office.settings.language
        return self._with_slip(sale_offline.sold_view(sold, estimated, name_masked, language), sold.slip)

    def _with_slip(self, view: SoldView, slip: Slip) -> SoldView:
        """The sale stands, slip or not."""
        try:
            write_slip(self._desk.office.books.home, view.id, slip)
        except EnvironmentProblem as problem:
            return replace(view, slip_problem=problem.sentence(self._desk.office.settings.language))
        return view

    # --- aside and back ---

    def park(self) -> SaleView:
        """Lays the bill aside.

        Raises:
            Refused: S-EMPTY.
        """
        if not self.lines:
            raise Refused(NOTHING_TO_SELL)
        open_bills.park(self._desk.office, self._draft())
        self._desk.devices.bill_left()
        self.clear()
        return self.view()

    def take_up(self, number: int) -> SaleView:
        """Takes a parked bill up again; the person has to be identified again."""
        return self._restore(open_bills.take_up(self._desk.office, number))

    def bring_back(self) -> SaleView | None:
        """What was being made when the program last ended, or None."""
        left = open_bills.in_work(self._desk.office)
        if left is not None and left.draft.kind == "stay":  # it waits for its stay to be opened
            open_bills.park(self._desk.office, left.draft)
            return None
        return None if left is None or not left.draft.lines else self._restore(left)

    def give_up(self) -> SaleView:
        """Throws the bill away; the audit chain keeps who did."""
        if self._number is not None:
            open_bills.discard(self._desk.office, self._number)
        self._desk.devices.bill_left()
        self.clear()
        return self.view()

    def _restore(self, bill: open_bills.OpenBill) -> SaleView:
        self.clear()
        for line in bill.draft.lines:
            with self._desk.office.store.read() as connection:
                found = catalogue.find_items(connection, line.code)
            if len(found) == 1:
                self.lines.append(WorkLine(found[0], line.quantity, line.consent))
        self.account, self._number = bill.draft.account, bill.number
        return self._changed()

    # --- the state of it ---

    def cart(self) -> tuple[CartLine, ...]:
        """The lines, priced."""
        return tuple(
            CartLine(number, line.item, line.quantity, line_amount_fen(line.item.unit_price, line.quantity))
            for number, line in enumerate(self.lines, start=1)
        )

    def view(self) -> SaleView:
        """What there is to show."""
        return sale_figures.view_of(self, self._desk.office)

    def unsigned(self) -> list[str]:
        """Names of the items that still want a signature."""
        return [line.item.name for line in self.lines if line.item.consent and not line.signed]

    def _ready(self) -> Identified:
        if not self.lines:
            raise Refused(NOTHING_TO_SELL)
        if self.identified is None:
            raise Refused(NOBODY_IDENTIFIED)
        if self.reading_too_old(self._desk.office.bureau.now):
            raise Refused(READING_TOO_OLD, minutes=self._desk.office.settings.number("card.reading_age_min"))
        self._word.require(self.identified)
        unsigned = self.unsigned()
        if unsigned:
            raise Refused(CONSENT_MISSING, names="、".join(unsigned))
        return self.identified

    def _somebody_comes(self) -> None:
        """The next customer does not see what the one before paid."""
        if not self.lines and self.identified is None:
            self._desk.devices.bill_left()

    def _money_taken(self, cash_fen: int, change_fen: int) -> None:
        """It is booked now: the customer sees what he gave and gets back, the drawer opens for cash."""
        self._desk.devices.money_taken((*self.paid, Paid(Means.CASH, cash_fen)), change_fen)

    def _changed(self, *, figures: bool = True) -> SaleView:
        if figures:
            self.quote, self.assessment, self.paid = None, None, []
            self.offline, self.offline_view, self.offer = None, None, ""
            if self.identified is not None and self.lines:
                _, self.assessment = estimate_for(self._desk, self.identified, self.cart(), account=self.account)
        if self.lines or self._number is not None:
            self._number = open_bills.save(self._desk.office, self._draft())
        return self.view()

    def _draft(self) -> Draft:
        lines = tuple(OpenLine(line.item.code, line.quantity, line.signed) for line in self.lines)
        whose = "" if self.identified is None else self.identified.person.person_no
        label = "" if self.customer is None else masked_name(self.customer.name)
        return Draft(lines, self.account, "sale", whose, label)

    def _find(self, typed: str) -> Item:
        with self._desk.office.store.read() as connection:
            found = catalogue.find_items(connection, typed)
        if not found:
            raise Refused(UNKNOWN_ITEM, typed=typed)
        if len(found) > 1:
            raise Refused(AMBIGUOUS_ITEM, typed=typed, found=_named(found))
        return found[0]


MOST_NAMED = 5


def _named(found: Sequence[Item]) -> str:
    named = "、".join(f"{item.code} {item.name}" for item in found[:MOST_NAMED])
    return named + ("…" if len(found) > MOST_NAMED else "")


def _quantity(item: Item, count: str) -> Decimal:
    try:
        quantity = checked_quantity(count)
    except ValueError:
        raise Refused(QUANTITY_NOT_POSITIVE, name=item.name, quantity=count) from None
    if quantity <= 0:
        raise Refused(QUANTITY_NOT_POSITIVE, name=item.name, quantity=count)
    return quantity

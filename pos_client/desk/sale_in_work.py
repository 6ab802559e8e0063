"""The sale that is being made: who, what, by which account, what was laid down; kept after every change.

One object a window, used in one thread. Every act gives back what there is to show (``sale_view``). The bureau is asked
only by :meth:`SaleInWork.try_out` and :meth:`SaleInWork.settle`; everything between is our own estimate.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from pos_client.desk import open_bills, provisional, sale_figures, sale_offline, shown_figures
from pos_client.desk.assess import Assessment
from pos_client.desk.at_counter import AtCounter
from pos_client.desk.bill_in_work import BillInWork
from pos_client.desk.customer import Customer
from pos_client.desk.identify import Identified
from pos_client.desk.masking import masked_name
from pos_client.desk.open_bills import Draft
from pos_client.desk.operators import SignedIn
from pos_client.desk.provisional import Estimate
from pos_client.desk.quote import VISIT, Quote, estimate_for, quote_for
from pos_client.desk.restored_bill import laid_down_told
from pos_client.desk.sale_offline import Recall
from pos_client.desk.sale_view import OfflineView, SaleView, SoldView
from pos_client.desk.sale_words import NOBODY_IDENTIFIED
from pos_client.desk.settle import settle_bill
from pos_client.desk.slip import Slip
from pos_client.desk.slip_file import write_slip
from pos_client.desk.station import Desk
from pos_client.desk.tender import check_no_change
from pos_client.desk.words import CONSENT_MISSING, NOTHING_TO_SELL
from pos_client.errors import EnvironmentProblem, OutcomeUnknown, Problem, Refused
from pos_client.offline.money_book import Means, Paid
from pos_client.phrase import Language
from pos_client.sync.region import Visit


class SaleInWork(BillInWork):
    """One sale from the first scan or card to its settlement."""

    def __init__(self, desk: Desk, visit: str = VISIT) -> None:
        """``visit`` is the kind of visit in the region's file."""
        self._visit: Visit = desk.office.region.visits[visit]
        super().__init__(desk)

    def clear(self) -> None:
        """Nobody, nothing tried, nothing laid down."""
        super().clear()
        self.known_since: datetime | None = None
        self._ask: Callable[[Visit], Identified] | None = None
        self._person = AtCounter(self._desk, self._visit)
        self._nothing_tried()

    def _nothing_tried(self) -> None:
        self.quote: Quote | None = None
        self.assessment: Assessment | None = None
        self.offline: Estimate | None = None
        self.offline_view: OfflineView | None = None
        self.offer = ""
        self.paid: list[Paid] = []

    # --- who ---

    @property
    def identified(self) -> Identified | None:
        """Whoever was identified last."""
        return self._person.identified

    @property
    def customer(self) -> Customer | None:
        """The same as the window shows him."""
        return self._person.customer

    def identify(self, ask: Callable[[Visit], Identified], recall: Recall | None = None) -> SaleView:
        """Asks the bureau who that is; lines that are there already stay.

        While the bureau is out of reach and the region allows to settle provisionally, the person is taken as the
        bureau last told about him.

        Raises:
            EnvironmentProblem, Refused: as ``desk.identify``; S-PERSON-OLD; nothing changes.
        """
        identified, known_since = sale_offline.asked_or_recalled(self._desk.office, lambda: ask(self._visit), recall)
        self._somebody_comes()
        customer = self._person.comes(identified)
        self.known_since, self._ask = known_since, ask
        if identified.person.person_no != self._whose:  # whoever is read again, or comes back to his bill, has chosen
            self.account = self._person.account
        self._whose, self._label = identified.person.person_no, masked_name(customer.name)
        self._count_anew()
        return self._keep()

    def allow_other_name(self, by: SignedIn) -> SaleView:
        """A supervisor has looked: this is the person, although the card names him otherwise than the bureau.

        Raises:
            Refused: S-SUPERVISOR.
        """
        self._person.allow_other_name(by)
        return self.view()

    def reading_too_old(self, now: datetime) -> bool:
        """Whether the card, number or voucher was read so long ago that it is asked for again."""
        return self._person.reading_too_old(now)

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
        self.assessment, self.told = self.quote.assessment, ""
        self._desk.devices.total_known(self.quote.due_fen)
        return self.view()

    def _as_of_today(self) -> Identified:
        """Who was taken as last told is asked about before his bill is tried."""
        if self.known_since is not None and self._ask is not None:
            self.identify(self._ask)
        return self._person.require_fresh()

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
        self.offline_view, self.offer, self.told = sale_offline.offline_view(office, estimated), "", ""
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
        check_no_change(self.due_fen, (*self.paid, paid))
        return self._note((*self.paid, paid))

    def take_back(self) -> SaleView:
        """What was laid down last by another means than cash is not."""
        return self._note(self.paid[:-1]) if self.paid else self.view()

    def _note(self, paid: Sequence[Paid]) -> SaleView:
        """Kept, too: what was laid down before a crash is told of after it."""
        self._number = open_bills.save(self._desk.office, replace(self._draft(), paid=tuple(paid)))
        self.paid = list(paid)
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
        try:
            sold = settle_bill(self._desk, self.quote, cash_fen, self.paid, bill=self._number)
        except OutcomeUnknown:
            self.clear()
            raise
        except Problem:
            self._number = open_bills.save(self._desk.office, self._draft())
            raise
        name_masked = masked_name(self.quote.identified.person.name)
        return self._closed(shown_figures.sold_view(sold, name_masked, self._language), sold.slip, cash_fen)

    def _settle_offline(self, estimated: Estimate, cash_fen: int) -> SoldView:
        self._ready()
        sold = provisional.keep_provisionally(self._desk, estimated, cash_fen, self.paid, bill=self._number)
        name_masked = masked_name(estimated.identified.person.name)
        return self._closed(sale_offline.sold_view(sold, estimated, name_masked, self._language), sold.slip, cash_fen)

    def _closed(self, view: SoldView, slip: Slip, cash_fen: int) -> SoldView:
        """It is booked now: the customer sees what he gave and gets back, the drawer opens for cash. The sale stands,
        slip or not.
        """
        self._desk.devices.money_taken((*self.paid, Paid(Means.CASH, cash_fen)), view.change_fen)
        self.clear()
        try:
            write_slip(self._desk.office.books.home, view.id, slip)
        except EnvironmentProblem as problem:
            return replace(view, slip_problem=problem.sentence(self._language))
        return view

    # --- the state of it ---

    def view(self) -> SaleView:
        """What there is to show."""
        return sale_figures.view_of(self, self._desk.office)

    def _ready(self) -> Identified:
        if not self.lines:
            raise Refused(NOTHING_TO_SELL)
        if self.identified is None:
            raise Refused(NOBODY_IDENTIFIED)
        identified, unsigned = self._person.require_fresh(), self.unsigned()
        if unsigned:
            raise Refused(CONSENT_MISSING, names="、".join(unsigned))
        return identified

    def _somebody_comes(self) -> None:
        """The next customer does not see what the one before paid."""
        if not self.lines and self.identified is None:
            self._desk.devices.bill_left()

    def _count_anew(self) -> None:
        """What was tried counts no more; of money that was noted for it the clerk is told."""
        self.told = laid_down_told(self.paid, self._language) or self.told
        self._nothing_tried()
        if self.identified is not None and self.lines:
            _, self.assessment = estimate_for(self._desk, self.identified, self.cart(), account=self.account)

    def _draft(self) -> Draft:
        return replace(super()._draft(), paid=tuple(self.paid))

    @property
    def _language(self) -> Language:
        return self._desk.office.settings.language

"""A bill that is being made: what is on it and whose it is, kept after every change, laid aside and brought back."""

from abc import ABC, abstractmethod
from dataclasses import replace

from pos_client.desk import open_bills
from pos_client.desk.cart import CartLine
from pos_client.desk.open_bills import Draft, OpenBill
from pos_client.desk.restored_bill import in_one, laid_down_told, restored
from pos_client.desk.sale_view import SaleView
from pos_client.desk.station import Desk
from pos_client.desk.words import NOTHING_TO_SELL
from pos_client.desk.work_lines import WorkLine, cart_of, counted, found_item, kept_of, unsigned_of, with_more
from pos_client.errors import Refused
from pos_client.offline.catalogue_file import Item
from pos_client.sync.region import AccountUse


class BillInWork(ABC):
    """Lines that are being entered; what they come to, and for whom, its children know."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.clear()

    def clear(self) -> None:
        """Nobody and nothing; what was kept of the bill stays as it is."""
        self.lines: list[WorkLine] = []
        self.account = AccountUse.NO
        self.told = ""
        """What is not on the bill as it was, until the clerk does something with it."""
        self._number: int | None = None
        self._whose = self._label = ""

    # --- what its children say ---

    @abstractmethod
    def view(self) -> SaleView:
        """What there is to show."""

    @abstractmethod
    def _somebody_comes(self) -> None:
        """Something is about to be on the bill."""

    @abstractmethod
    def _count_anew(self) -> None:
        """The figures so far count no more."""

    # --- what ---

    def add(self, typed: str, count: str = "1") -> SaleView:
        """Adds what was scanned or typed; one that is there already becomes more.

        Raises:
            Refused: S-ITEM, nothing fits; S-ITEMS, more than one does; S-QTY.
        """
        return self.add_item(found_item(self._desk.office, typed), count)

    def add_item(self, item: Item, count: str = "1") -> SaleView:
        """Adds an item that was found."""
        quantity = counted(item, count)
        self._somebody_comes()
        self.lines = with_more(self.lines, item, quantity)
        self._desk.devices.item_added(item.unit_price)
        return self._changed()

    def set_quantity(self, number: int, count: str) -> SaleView:
        """How many of a line.

        Raises:
            Refused: S-QTY.
        """
        line = self.lines[number - 1]
        self.lines[number - 1] = replace(line, quantity=counted(line.item, count))
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
        if left is None:
            return None
        if not left.draft.lines:
            open_bills.discard(self._desk.office, left.number)  # else it would keep parked ones from being taken up
            return None
        if left.draft.kind == "stay":  # it waits for its stay to be opened
            open_bills.park(self._desk.office, left.draft)
            return None
        return self._restore(left)

    def give_up(self) -> SaleView:
        """Throws the bill away; the audit chain keeps who did."""
        if self._number is not None:
            open_bills.discard(self._desk.office, self._number)
        self._desk.devices.bill_left()
        self.clear()
        return self.view()

    def _restore(self, bill: OpenBill) -> SaleView:
        """The bill as it can be charged now. What is kept of it changes with the next act only: after another crash the
        same is told again.
        """
        self.clear()
        office, draft = self._desk.office, bill.draft
        language, back = office.settings.language, restored(office, draft.lines)
        self.lines, self._number = list(back.lines), bill.number
        self.account = draft.account if draft.account in office.region.account_used else AccountUse.NO
        self._whose, self._label = draft.whose, draft.label
        self.told = in_one((back.told, laid_down_told(draft.paid, language)), language)
        return self.view()

    # --- the state of it ---

    def cart(self) -> tuple[CartLine, ...]:
        """The lines, priced."""
        return cart_of(self.lines)

    def unsigned(self) -> list[str]:
        """Names of the items that still want a signature."""
        return unsigned_of(self.lines)

    def _changed(self, *, figures: bool = True) -> SaleView:
        self.told = ""
        if figures:
            self._count_anew()
        return self._keep()

    def _keep(self) -> SaleView:
        if self.lines or self._number is not None:
            self._number = open_bills.save(self._desk.office, self._draft())
        return self.view()

    def _draft(self) -> Draft:
        return Draft(kept_of(self.lines), self.account, "sale", self._whose, self._label)

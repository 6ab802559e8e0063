"""Charges of a stay as they are being entered: kept after every line, uploaded in hundreds, never twice.

They are an open bill of the kind "stay" under the bureau's number of the person. Whoever goes on with something else
leaves them parked, and they come back with the stay. What a power cut or an unknown outcome left uncertain is seen by
the uploads that stand: a draft whose first lines were uploaded after it was begun has those lines no more.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from pos_client.desk import open_bills, stay, stay_charges, visit_desk
from pos_client.desk.counter_devices import CounterDevices
from pos_client.desk.open_bills import Draft, OpenBill, OpenLine
from pos_client.desk.sale_in_work import SaleInWork
from pos_client.desk.station import Desk
from pos_client.desk.words import CONSENT_MISSING, NOTHING_TO_SELL
from pos_client.desk.work_lines import kept_of
from pos_client.errors import Refused
from pos_client.offline.visits import Visit
from pos_client.sync.charge_rows import ROWS_PER_UPLOAD
from pos_client.sync.charged_rows import sent_rows


class ChargesInWork(SaleInWork):
    """The lines that are entered for one stay. Nobody is identified for them and nothing is tried."""

    def __init__(self, desk: Desk, id_: str, person_no: str, label: str) -> None:
        """``label`` is the masked name of the patient."""
        super().__init__(replace(desk, devices=CounterDevices()), stay.VISIT)  # whose charges they are lies in bed
        self._id, self._person_no, self._masked = id_, person_no, label

    @property
    def id(self) -> str:
        """The stay."""
        return self._id

    def resume(self) -> None:
        """Takes up what was entered for this stay and is not uploaded yet; what stands by now is left out."""
        office = self._desk.office
        for bill in _of_stays(open_bills.parked(office)):
            if bill.draft.whose == self._person_no:
                taken = open_bills.take_up(office, bill.number)
                visit = visit_desk.find(office, self._id)
                left = replace(taken.draft, lines=tuple(_not_uploaded(visit, taken)))
                self._restore(replace(taken, draft=left))
                return

    def leave(self) -> int:
        """Lays what is not uploaded aside and says how many lines that are."""
        count = len(self.lines)
        if self.lines:
            open_bills.park(self._desk.office, self._draft())
        elif self._number is not None:
            open_bills.discard(self._desk.office, self._number)
        self.clear()
        return count

    def upload(self) -> int:
        """Uploads the lines (2301), a hundred a message, and says how many.

        Raises:
            Refused: S-EMPTY, S-CONSENT, S-BLOCKED, S-VISIT, S-NOFACE, R-2301. EnvironmentProblem. OutcomeUnknown:
                U-2301. What was uploaded before is off the list, the rest stays on it.
        """
        if not self.lines:
            raise Refused(NOTHING_TO_SELL)
        if self.unsigned():
            raise Refused(CONSENT_MISSING, names="、".join(self.unsigned()))
        count = 0
        while self.lines:
            portion = self.cart()[:ROWS_PER_UPLOAD]
            stay_charges.enter(self._desk.office, self._id, portion)
            count += len(portion)
            del self.lines[: len(portion)]
            self._changed()
        self.leave()
        return count

    def _draft(self) -> Draft:
        return Draft(kept_of(self.lines), self.account, "stay", self._person_no, self._masked)


def waiting_lines(desk: Desk, person_no: str) -> int:
    """How many lines wait to be uploaded for the stay of a person."""
    bills = _of_stays(open_bills.parked(desk.office))
    return sum(len(bill.draft.lines) for bill in bills if bill.draft.whose == person_no)


def _of_stays(bills: Sequence[OpenBill]) -> list[OpenBill]:
    return [bill for bill in bills if bill.draft.kind == "stay"]


def _not_uploaded(visit: Visit, bill: OpenBill) -> Sequence[OpenLine]:
    """The lines of a draft without those at its head that were uploaded since it was begun.

    An item stands in a draft once, so the same rows twice are two drafts.
    """
    left = list(bill.draft.lines)
    for upload in _since(visit, bill.opened_at):
        if upload == [(line.code, line.quantity) for line in left[: len(upload)]]:
            left = left[len(upload) :]
    return left


def _since(visit: Visit, instant: datetime) -> list[list[tuple[str, object]]]:
    uploads = [one for one in visit.standing_charges if one.created_at >= instant]
    return [[(row.own_code, row.quantity) for row in sent_rows(one)] for one in uploads]

"""The stays as the window works on them: who stands there, which stay is open, what was tried; one object a window.

Used in one thread. Every act gives back what there is to show (``stay_view``).
"""

from pos_client.desk import (
    admission,
    custody,
    deposit_at_counter,
    leave,
    stay_book,
    stay_charges,
    stay_estimate,
    stay_undo,
)
from pos_client.desk import stay_desk_words as words
from pos_client.desk.admission_choices import AdmissionChoices, Which
from pos_client.desk.charge_files import ChargeFile
from pos_client.desk.charges_in_work import ChargesInWork
from pos_client.desk.counted_after import counted_after
from pos_client.desk.deposit import DepositMoved
from pos_client.desk.estimate_views import estimate_view, finishing_view, left_view
from pos_client.desk.leave import Leaving
from pos_client.desk.masking import masked_name
from pos_client.desk.money_words import MEANS
from pos_client.desk.operators import SignedIn
from pos_client.desk.station import Desk
from pos_client.desk.stay_book import Stage
from pos_client.desk.stay_person import StayPerson
from pos_client.desk.stay_view import (
    AdmissionDraft,
    AdmissionStart,
    EstimateView,
    LeftView,
    MoneyMoved,
    Option,
    StayLine,
    StayView,
    Undo,
)
from pos_client.desk.stay_views import line_of, person_no_of, view_of
from pos_client.errors import Refused
from pos_client.offline.money_book import Means, Paid
from pos_client.sync.region import AccountUse

#: How the rest of a deposit goes back as it came.
AS_IT_CAME = "as_it_came"
__all__ = ["AS_IT_CAME", "StayDesk", "Which"]


class StayDesk(StayPerson):
    """Stays at this window. ``identified`` is whoever was identified last, for admission, trial and discharge."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._choices = AdmissionChoices(desk.office)
        self.entering: ChargesInWork | None = None
        self.file = ChargeFile(desk.office)

    # --- which ---

    def listed(self, text: str = "") -> tuple[StayLine, ...]:
        """Stays with something left to do, or found by number, name, bed or department."""
        language = self._language
        return tuple(line_of(row, language) for row in stay_book.stays_of(self._office, text))

    def open(self, id_: str) -> StayView:
        """One stay.

        Raises:
            Refused: S-NOVISIT.
        """
        return view_of(self._desk, id_, self.customer if self._stands_there(id_) else None)

    # --- admission ---

    def begin_admission(self) -> AdmissionStart:
        """What an admission begins with; reads the lists anew.

        Raises:
            Refused: L-01, L-02.
        """
        return self._choices.begin()

    def options(self, which: Which, typed: str, department: str = "") -> tuple[Option, ...]:
        """What the clerk may mean, the best first; doctors of the department stand before others."""
        return self._choices.options(which, typed, department)

    def admit(self, draft: AdmissionDraft) -> StayView:
        """Admits whoever stands there (2401) and takes the documents.

        Raises:
            Refused: S-STAYWHO, S-CHOICE, S-BED, S-STAYNUMBER, S-AGE, R-2401. EnvironmentProblem: N-…, D-…; S-SLIP, the
                person is admitted. OutcomeUnknown: U-2401; the program finds out.
        """
        identified = self._fresh()
        form = self._choices.form(draft)
        return self.open(admission.admit(self._office, identified, form).id)

    # --- deposit ---

    def take_deposit(self, id_: str, means: str, amount_fen: int, reference: str = "") -> MoneyMoved:
        """Takes a deposit and writes its receipt.

        Raises:
            Refused: S-NOVISIT, S-VISIT. EnvironmentProblem: D-…; S-SLIP, the money is booked.
        """
        paid = Paid(Means(means), amount_fen, reference)
        return self._moved(deposit_at_counter.take(self._desk, id_, paid))

    def give_deposit_back(self, id_: str, means: str, amount_fen: int) -> MoneyMoved:
        """Gives a part of the deposit back and writes a paper for it.

        Raises:
            Refused: S-NOVISIT, S-DEPOSIT. EnvironmentProblem: D-…; S-SLIP, the money is booked.
        """
        paid = Paid(Means(means), amount_fen)
        return self._moved(deposit_at_counter.hand_back(self._desk, id_, paid))

    def _moved(self, moved: DepositMoved) -> MoneyMoved:
        self._estimate = None
        means = MEANS[moved.paid.means].say(self._language)
        return MoneyMoved(moved.number, means, moved.paid.amount_fen, moved.held_fen)

    # --- charges ---

    def begin_entering(self, id_: str) -> ChargesInWork:
        """Charges for a stay: what was entered before and not uploaded is there again."""
        if self.entering is not None and self.entering.lines:
            self.entering.leave()
        detail = stay_book.stay_detail(self._office, id_)
        label = masked_name(detail.name) if detail.name else ""
        self.entering = ChargesInWork(self._desk, id_, person_no_of(self._office, id_), label)
        self.entering.resume()
        return self.entering

    def withdraw(self, id_: str, upload: str) -> StayView:
        """Takes the rows of one upload back (2302).

        Raises:
            Refused: S-UPLOAD, S-BLOCKED, S-VISIT, R-2302. EnvironmentProblem. OutcomeUnknown: U-2302.
        """
        stay_charges.withdraw_upload(self._office, id_, upload)
        self._estimate = None
        return self.open(id_)

    # --- what it comes to ---

    def next_account(self, id_: str) -> EstimateView:
        """The next account that the region knows, and what it comes to with it."""
        known = [use for use in AccountUse if use in self._office.region.account_used]
        self.account = known[(known.index(self.account) + 1) % len(known)]
        return self.estimate(id_)

    def estimate(self, id_: str) -> EstimateView:
        """What the unsettled charges come to, by the bureau's trial and our own calculation.

        Raises:
            Refused: S-STAYWHO, S-STAYPERSON, S-AGE, S-BLOCKED, S-VISIT, S-NOCHARGES, S-FAMILY.
        """
        identified = self._fresh()
        account = self.account
        found = stay_estimate.estimate(self._office, self._desk.policies, id_, identified, account=account)
        self._estimate = found
        view = estimate_view(self.open(id_), found, counted_after(self._desk, identified, found), self._language)
        if view.quoted and view.due_fen:
            self._desk.devices.total_known(view.due_fen)
        return view

    def rest(self, id_: str) -> EstimateView:
        """What is left to hand back of a stay that is settled or was taken back."""
        detail = stay_book.stay_detail(self._office, id_)
        return finishing_view(self.open(id_), detail.row.stage, detail.row.deposit_fen, self._language)

    def leave(self, id_: str, tender: tuple[tuple[str, int, str], ...], back: str) -> LeftView:
        """Discharge, settlement, deposit, documents, slip: what of it is left to do. ``tender`` is means, fen and
        reference of what is laid down on top of the deposit; ``back`` how its rest goes back (``AS_IT_CAME``).

        Raises:
            As ``desk.leave.leave``; S-STAYWHO, S-AGE with nothing done.
        """
        name = self.open(id_).name
        paid = tuple(Paid(Means(means), amount_fen, reference) for means, amount_fen, reference in tender)
        identified = self._fresh() if self._estimate is not None else self._who()
        leaving = Leaving(id_, identified, self._estimate, paid, None if back == AS_IT_CAME else Means(back))
        self._estimate = None
        left = leave.leave(self._office, leaving)
        if paid:
            self._desk.devices.money_taken(paid, left.change_fen)
        if left.back:
            self._desk.devices.money_given_back(left.back)
        return left_view(left, name, self._language)

    def hand_back_rest(self, id_: str, back: str) -> StayView:
        """Deposit and documents of an admission that was taken back or never was.

        Raises:
            Refused: S-NOCLOSE, S-DEPOSIT. EnvironmentProblem: D-….
        """
        row = stay_book.stay_detail(self._office, id_).row
        if not row.deposit_fen and not row.documents:
            raise Refused(words.NOTHING_TO_CLOSE, id=id_)
        if row.deposit_fen:
            means = Means.CASH if back == AS_IT_CAME else Means(back)
            self.give_deposit_back(id_, means, row.deposit_fen)
        custody.give_back(self._office, id_, row.documents)
        return self.open(id_)

    def settled_without_person(self, id_: str) -> bool:
        """Whether what is left to do is handing back after a taken-back admission: nobody has to be identified."""
        return stay_book.stay_detail(self._office, id_).row.stage in (Stage.TAKEN_BACK, Stage.REFUSED)

    # --- taking back ---

    def undo(self, id_: str, what: Undo, by: SignedIn) -> StayView:
        """Takes the last step of a stay back by a supervisor's word; a settlement goes back as every bill does.

        Raises:
            Refused: S-SUPERVISOR, S-BLOCKED, S-VISIT, R-2405, R-2404, R-2302. EnvironmentProblem. OutcomeUnknown.
        """
        self._estimate = None
        stay_undo.undo(self._office, id_, what, by)
        return self.open(id_)

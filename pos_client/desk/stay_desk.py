"""The stays as the window works on them: who stands there, which stay is open, what was tried; one object a window.

Used in one thread. Every act gives back what there is to show (``stay_view``).
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Literal, TypeVar

from pos_client.card.social_security.identity import CardIdentity
from pos_client.desk import (
    admission,
    care_lists,
    custody,
    deposit,
    identify,
    leave,
    stay,
    stay_book,
    stay_charges,
    stay_estimate,
)
from pos_client.desk import stay_desk_words as words
from pos_client.desk.admission import AdmissionForm
from pos_client.desk.care_lists import CareLists, Choice, Department, Disease
from pos_client.desk.charge_files import ChargeFile
from pos_client.desk.charges_in_work import ChargesInWork
from pos_client.desk.custody import DOCUMENTS, Document
from pos_client.desk.customer import Customer, customer_of
from pos_client.desk.estimate_views import estimate_view, finishing_view, left_view
from pos_client.desk.identify import Identified
from pos_client.desk.leave import Leaving
from pos_client.desk.masking import masked_name
from pos_client.desk.money_words import MEANS
from pos_client.desk.operators import SignedIn
from pos_client.desk.other_name import NameWord
from pos_client.desk.sale_words import READING_TOO_OLD
from pos_client.desk.station import Desk, Office
from pos_client.desk.stay import Ward
from pos_client.desk.stay_book import Stage
from pos_client.desk.stay_estimate import StayEstimate
from pos_client.desk.stay_view import (
    AdmissionDraft,
    AdmissionStart,
    Arrived,
    EstimateView,
    LeftView,
    MoneyMoved,
    Option,
    StayLine,
    StayView,
    Undo,
)
from pos_client.desk.stay_views import line_of, person_no_of, view_of
from pos_client.desk.stay_words import OTHER_PERSONS_STAY
from pos_client.desk.words import SLIP_NOT_WRITTEN
from pos_client.desk.year_counters import CounterRow, counter_rows
from pos_client.errors import EnvironmentProblem, Refused
from pos_client.offline.money_book import Means, Paid
from pos_client.phrase import Language, Phrase
from pos_client.sync.person import YearlyCounters
from pos_client.sync.region import AccountUse, Visit

T = TypeVar("T")
#: What an admission chooses from.
Which = Literal["department", "doctor", "diagnosis"]
_WHAT = {
    "department": Phrase("科室", "The department"),
    "doctor": Phrase("医生", "The doctor"),
    "diagnosis": Phrase("主要诊断", "The main diagnosis"),
}
#: How the rest of a deposit goes back as it came.
AS_IT_CAME = "as_it_came"


class StayDesk:
    """Stays at this window. ``identified`` is whoever was identified last, for admission, trial and discharge."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._visit: Visit = desk.office.region.visits[stay.VISIT]
        self.identified: Identified | None = None
        self.customer: Customer | None = None
        self.account = AccountUse.NO
        self._word = NameWord()
        self._lists: CareLists | None = None
        self._estimate: StayEstimate | None = None
        self.entering: ChargesInWork | None = None
        self.file = ChargeFile(desk.office)

    # --- who, and which ---

    def listed(self, text: str = "") -> tuple[StayLine, ...]:
        """Stays with something left to do, or found by number, name, bed or department."""
        language = self._language
        return tuple(line_of(row, language) for row in stay_book.stays_of(self._office, text))

    def identify_card(self, card: CardIdentity, stay_id: str = "") -> Arrived:
        """The holder of a card comes; with a stay another person is refused."""
        return self._identify(lambda visit: identify.identify_card(self._office, card, visit), stay_id)

    def identify_id_number(self, id_number: str, name: str, stay_id: str = "") -> Arrived:
        """The holder of an identity number comes."""
        return self._identify(lambda visit: identify.identify_id_number(self._office, id_number, name, visit), stay_id)

    def identify_voucher(self, token: str, stay_id: str = "") -> Arrived:
        """Whoever shows an electronic voucher comes."""
        return self._identify(lambda visit: identify.identify_voucher(self._office, token, visit), stay_id)

    def _identify(self, ask: Callable[[Visit], Identified], stay_id: str) -> Arrived:
        """Asks the bureau who that is, and finds the stay to go on with by the bureau's number of the person.

        Raises:
            EnvironmentProblem, Refused: as ``desk.identify``; S-STAYPERSON, the open stay is another person's. Whoever
                stood there before still does.
        """
        identified = ask(self._visit)
        if stay_id and identified.person.person_no != person_no_of(self._office, stay_id):
            raise Refused(OTHER_PERSONS_STAY, id=stay_id)
        customer = customer_of(self._office, self._desk.policies, identified, self._visit, at=self._office.bureau.now)
        customer = self._word.shown(customer, identified)
        self.identified, self.customer, self._estimate = identified, customer, None
        self.account = AccountUse.OWN if identified.person.account_balance_fen > 0 else AccountUse.NO
        return self._arrival(customer, identified)

    def allow_other_name(self, by: SignedIn) -> Arrived:
        """A supervisor has looked: this is the person, although the card names him otherwise than the bureau.

        Raises:
            Refused: S-STAYWHO, S-SUPERVISOR.
        """
        identified = self._who()
        assert self.customer is not None, "both come together"
        self._word.give(self._office, identified, by)
        self.customer = self._word.shown(self.customer, identified)
        return self._arrival(self.customer, identified)

    def arrived(self) -> Arrived | None:
        """Whoever stands there, with the stay as it is now."""
        if self.identified is None or self.customer is None:
            return None
        return self._arrival(self.customer, self.identified)

    def _arrival(self, customer: Customer, identified: Identified) -> Arrived:
        found = stay_book.stay_of_person(self._office, identified.person.person_no)
        return Arrived(customer, "" if found is None else found.id)

    def forget(self) -> None:
        """Nobody stands there any more."""
        self.identified, self.customer, self._estimate = None, None, None
        self._desk.devices.bill_left()

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
        self._lists = care_lists.care_lists(self._office.books.home, self._office.settings.mode)
        level = words.LEVELS[self._office.settings.number("institution.level")]
        return AdmissionStart(
            own_number=admission.propose_own_number(self._office),
            level=level.say(self._language),
            certificate=DOCUMENTS[Document.INSURANCE_CERTIFICATE].say(self._language),
            card=DOCUMENTS[Document.IC_CARD].say(self._language),
        )

    def options(self, which: Which, typed: str, department: str = "") -> tuple[Option, ...]:
        """What the clerk may mean, the best first; doctors of the department stand before others."""
        lists = self._care_lists()
        names = {one.code: one.name for one in lists.departments}
        if which == "department":
            return tuple(_option(one) for one in care_lists.find(lists.departments, typed))
        if which == "diagnosis":
            return tuple(_option(one) for one in care_lists.find(lists.diseases, typed))
        chosen = next((one.value for one in lists.departments if one.code == department), None)
        doctors = lists.doctors if chosen is None else lists.doctors_of(chosen)
        found = care_lists.find(doctors, typed)
        return tuple(Option(one.code, one.name, names.get(one.value.department, "")) for one in found)

    def admit(self, draft: AdmissionDraft) -> StayView:
        """Admits whoever stands there (2401) and takes the documents.

        Raises:
            Refused: S-STAYWHO, S-CHOICE, S-BED, S-STAYNUMBER, S-AGE, R-2401. EnvironmentProblem: N-…, D-…; S-SLIP, the
                person is admitted. OutcomeUnknown: U-2401; the program finds out.
        """
        identified = self._fresh()
        lists = self._care_lists()
        if not draft.bed.strip():
            raise Refused(words.NO_BED)
        ward = Ward(
            _chosen(lists.departments, draft.department, "department"),
            _chosen(lists.doctors, draft.doctor, "doctor").doctor,
            draft.bed.strip(),
        )
        disease = _chosen(lists.diseases, draft.diagnosis, "diagnosis")
        ticks = {Document.INSURANCE_CERTIFICATE: draft.certificate, Document.IC_CARD: draft.card}
        documents = tuple(document for document, ticked in ticks.items() if ticked)
        form = AdmissionForm(ward, (disease,), draft.own_number, documents)
        return self.open(admission.admit(self._office, identified, form).id)

    def _care_lists(self) -> CareLists:
        if self._lists is None:
            self._lists = care_lists.care_lists(self._office.books.home, self._office.settings.mode)
        return self._lists

    # --- deposit ---

    def take_deposit(self, id_: str, means: str, amount_fen: int, reference: str = "") -> MoneyMoved:
        """Takes a deposit and writes its receipt.

        Raises:
            Refused: S-NOVISIT, S-VISIT. EnvironmentProblem: D-…; S-SLIP, the money is booked.
        """
        paid = Paid(Means(means), amount_fen, reference)
        with self._telling(lambda: self._desk.devices.money_taken([paid], 0)):
            moved = deposit.receive(self._office, id_, paid)
        return self._moved(moved)

    def give_deposit_back(self, id_: str, means: str, amount_fen: int) -> MoneyMoved:
        """Gives a part of the deposit back and writes a paper for it.

        Raises:
            Refused: S-NOVISIT, S-DEPOSIT. EnvironmentProblem: D-…; S-SLIP, the money is booked.
        """
        paid = Paid(Means(means), amount_fen)
        with self._telling(lambda: self._desk.devices.money_given_back([paid])):
            moved = deposit.hand_back(self._office, id_, paid)
        return self._moved(moved)

    @contextmanager
    def _telling(self, tell: Callable[[], None]) -> Iterator[None]:
        """Tells the customer once the money is booked, paper or not."""
        try:
            yield
        except EnvironmentProblem as problem:
            if problem.words is SLIP_NOT_WRITTEN:
                tell()
            raise
        tell()

    def _moved(self, moved: deposit.DepositMoved) -> MoneyMoved:
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
        view = estimate_view(self.open(id_), found, self._counted_then(identified, found), self._language)
        if view.quoted and view.due_fen:
            self._desk.devices.total_known(view.due_fen)
        return view

    def _counted_then(self, identified: Identified, found: StayEstimate) -> tuple[CounterRow, ...]:
        """What the year has counted after the stay, by our own calculation; nothing where it cannot say or differs."""
        split, day = found.assessment.settled, found.assessment.bill.event.last_day
        if split is None or day is None or found.differences:
            return ()
        counted = split.counters_after
        then = replace(identified, counters=YearlyCounters(counted.year, counted.amounts_fen, counted.counts))
        policy = self._desk.policies.pick(self._office.settings.text("policy.id"), day)
        level = self._office.settings.number("institution.level")
        return tuple(counter_rows(then, policy, day, level, self._language))

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
        if what is Undo.DISCHARGE:
            stay.undischarge(self._office, id_, by)
        elif what is Undo.ADMISSION:
            stay.unadmit(self._office, id_, by)
        elif what is Undo.CHARGES:
            for upload in dict.fromkeys(one.upload for one in self.open(id_).charges if not one.settled):
                stay_charges.withdraw_upload(self._office, id_, upload)
        return self.open(id_)

    # --- small things ---

    @property
    def _office(self) -> Office:
        return self._desk.office

    @property
    def _language(self) -> Language:
        return self._desk.office.settings.language

    def _stands_there(self, id_: str) -> bool:
        return self.identified is not None and self.identified.person.person_no == person_no_of(self._office, id_)

    def _who(self) -> Identified:
        if self.identified is None:
            raise Refused(words.WHO_FIRST)
        return self.identified

    def _fresh(self) -> Identified:
        """Whoever stands there, read not too long ago, and allowed where the card gives another name."""
        identified = self._who()
        assert self.customer is not None, "both come together"
        limit_min = self._office.settings.number("card.reading_age_min")
        if self._office.bureau.now - self.customer.read_at > timedelta(minutes=limit_min):
            raise Refused(READING_TOO_OLD, minutes=limit_min)
        self._word.require(identified)
        return identified


def _option(choice: Choice[Department] | Choice[Disease]) -> Option:
    return Option(choice.code, choice.name, choice.code)


def _chosen(choices: Sequence[Choice[T]], code: str, which: Which) -> T:
    found = next((one.value for one in choices if one.code == code), None)
    if found is None:
        what = _WHAT[which]
        raise Refused(words.NO_CHOICE, what_zh=what.zh, what_en=what.en, typed=code)
    return found

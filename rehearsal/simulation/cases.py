"""Outpatient visits and stays as they go on over a day, one sitting after the other.

A sitting goes as far as the program lets it: it always asks the program where the visit stands and does the next thing,
so that it goes on by itself after a message of unknown outcome, a crash or an outage.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal

from pos_client.desk import outpatient, stay, visit_desk
from pos_client.desk.cart import CartLine, Order, fill_cart
from pos_client.desk.identify import Identified, identify
from pos_client.desk.station import Desk
from pos_client.desk.stay import Ward
from pos_client.money import yuan
from pos_client.offline.journal import Kind, Message, State
from pos_client.offline.money_book import Means, Paid
from pos_client.offline.visits import Visit, VisitState
from pos_client.sync.care import Department, Diagnosis, Doctor

from .clerk import Clerk, Deal, Told, shown_by
from .script import Act, ActKind

_DEPARTMENT = Department("A03.01", "消化内科", "A03")
_DOCTOR = Doctor("D439900000001", "示例医师")
_WARD = Ward(_DEPARTMENT, _DOCTOR, "12")
#: So often the bureau may refuse before everything is taken back, and then before the case is given up.
_PATIENCE = 3
_STEPS_IN_A_SITTING = 14

_Work = Callable[[Desk], None]


class Case:
    """One visit or stay of one person at one desk."""

    def __init__(self, clerk: Clerk, act: Act) -> None:
        self.act = act
        self.visit_id = ""
        self.deal: Deal | None = None
        self.done = False
        self._clerk = clerk
        self._is_stay = act.kind is ActKind.STAY
        self._openings = 0
        self._refusals = 0
        self._deposited = False
        self._thought_again = not act.thinks_again
        self._taking_back = False
        self._identified: Identified | None = None

    @property
    def _is_settled(self) -> bool:
        return self.deal is not None and bool(self.deal.settled) and not self.deal.voided

    def sit(self, why: str) -> None:
        """One sitting."""
        if self.done:
            return
        self._clerk.tell(f"{why}: {self.act.kind} of {self.act.person} {self.visit_id}")
        for _ in range(_STEPS_IN_A_SITTING):
            if self.deal is not None:
                self._clerk.look_at(self.deal)
            if self.done or (self.deal is not None and self.deal.is_open) or self._step() is not Told.DONE:
                return

    # --- the next thing ----------------------------------------------------------------------------------------------

    def _step(self) -> Told:
        """Does the next thing; SILENCE also when there is nothing to be done now."""
        if not self.visit_id:
            return self._open()
        visit = self._visit()
        if visit.state is VisitState.OPENING or visit.blocked_by is not None:
            return Told.SILENCE
        if visit.state in (VisitState.REFUSED, VisitState.CLOSED):
            self.visit_id = ""
            self.done = visit.state is VisitState.CLOSED or self._openings >= self.act.tries
            return Told.DONE
        told = self._back(visit) if self._taking_back else self._forward(visit)
        if told is Told.NOTHING:
            self._refusals += 1
            self.done = self.done or (self._taking_back and self._refusals >= 2 * _PATIENCE)
            self._taking_back = self._taking_back or self._refusals >= _PATIENCE
        return told

    def _forward(self, visit: Visit) -> Told:
        if self._is_settled:
            self._taking_back = self.act.takes_all_back
            if not self._taking_back:
                return self._finish(visit)
            return Told.DONE
        if not self._is_stay and not _certain(visit, Kind.DESCRIBE):
            return self._do(self._describe)
        if self._is_stay and not self._deposited:
            return self._move_deposit(visit, self.act.deposit_fen, back=False)
        if not visit.unsettled_charges:
            return self._do(self._charge)
        if not self._thought_again:
            self._thought_again = True
            return self._do(lambda desk: self._withdraw(desk, visit.unsettled_charges[-1]))
        if self._is_stay and visit.state is VisitState.OPEN:
            return self._do(self._discharge)
        return self._settle(visit)

    def _back(self, visit: Visit) -> Told:
        """Everything is taken back, in the order that the interface wants."""
        if self._is_settled:
            assert self.deal is not None
            return self._clerk.void(self.deal)
        if visit.state is VisitState.DISCHARGED:
            return self._do(lambda desk: stay.undischarge(desk.office, visit.id))
        if visit.standing_charges:
            return self._do(lambda desk: self._withdraw(desk, visit.standing_charges[-1]))
        if self._held_fen(visit):
            return self._move_deposit(visit, self._held_fen(visit), back=True)
        take_back = stay.unadmit if self._is_stay else outpatient.unregister
        return self._do(lambda desk: take_back(desk.office, visit.id))

    def _finish(self, visit: Visit) -> Told:
        held_fen = self._held_fen(visit) if self._is_stay else 0
        if held_fen:
            return self._move_deposit(visit, held_fen, back=True)
        self.done = True
        return Told.DONE

    def _do(self, work: _Work) -> Told:
        """A step of which the visit itself shows later whether it was done."""
        return self._clerk.attempt(work)[0]

    # --- the steps ---------------------------------------------------------------------------------------------------

    def _open(self) -> Told:
        self._openings += 1
        told, id_ = self._clerk.attempt(self._register)
        if told is Told.SILENCE:
            fresh = self._clerk.newest("admit" if self._is_stay else "register")
            id_ = "" if fresh is None else fresh.id
        if id_:
            self.visit_id = id_
        self.done = not self.visit_id and self._openings >= self.act.tries
        return told

    def _register(self, desk: Desk) -> None:
        self._clerk.machine.slot.insert(self.act.person, self.act.troubles.card if self._openings == 1 else None)
        office = desk.office
        kind = "inpatient" if self._is_stay else "outpatient"
        self._identified = identify(desk, office.region.visits[kind])
        own_number = f"{'ZY' if self._is_stay else 'MZ'}{self.act.number:04d}-{self._openings}"
        if self._is_stay:
            self.visit_id = stay.admit(office, self._identified, _WARD, self._diagnoses(desk), own_number)
        else:
            self.visit_id = outpatient.register(office, self._identified, _DEPARTMENT, _DOCTOR, own_number)
        self._clerk.know(self.visit_id)
        self._clerk.tell(f"told: {self.visit_id} is open")

    def _person(self, desk: Desk) -> Identified:
        """Who it is; the card is read again when the program was started again since."""
        if self._identified is None:
            self._clerk.machine.slot.insert(self.act.person, None)
            kind = "inpatient" if self._is_stay else "outpatient"
            self._identified = identify(desk, desk.office.region.visits[kind])
        return self._identified

    def _diagnoses(self, desk: Desk) -> Sequence[Diagnosis]:
        return [Diagnosis(1, "1", "K29.500", "慢性胃炎", _DEPARTMENT, _DOCTOR, desk.office.bureau.now, main=True)]

    def _describe(self, desk: Desk) -> None:
        person, diagnoses = self._person(desk), self._diagnoses(desk)
        outpatient.describe(desk.office, self.visit_id, person, diagnoses, _DEPARTMENT, _DOCTOR)

    def _charge(self, desk: Desk) -> None:
        cart = self._cart(desk)
        if self._is_stay:
            stay.charge(desk.office, self.visit_id, self._person(desk), cart, _WARD)
        else:
            outpatient.charge(desk.office, self.visit_id, self._person(desk), cart, _DEPARTMENT, _DOCTOR)

    def _cart(self, desk: Desk) -> tuple[CartLine, ...]:
        orders = [Order(code, Decimal(count)) for code, count in self.act.basket]
        return fill_cart(desk.office.store, orders, consent_signed=True)

    def _withdraw(self, desk: Desk, upload: Message) -> None:
        (stay if self._is_stay else outpatient).withdraw(desk.office, self.visit_id, upload)

    def _discharge(self, desk: Desk) -> None:
        stay.discharge(desk.office, self.visit_id, self._person(desk), _WARD, self._diagnoses(desk))

    def _settle(self, visit: Visit) -> Told:
        if self.deal is None:
            self.deal = Deal(self.act, of_stay=self._is_stay)
            self._clerk.deals.append(self.deal)
        deal = self.deal
        told, id_ = self._clerk.attempt(lambda desk: self._pay(desk, visit, deal))
        if told is Told.SILENCE:
            fresh = self._clerk.newest("settle")
            id_ = "" if fresh is None else fresh.id
        if id_:
            self._clerk.know(id_, deal)
            deal.waits_for = id_
            self._clerk.look_at(deal)
        elif told is not Told.DONE:
            deal.laid_fen = 0
        return told

    def _pay(self, desk: Desk, visit: Visit, deal: Deal) -> None:
        office, person = desk.office, self._person(desk)
        if self._is_stay:
            quoted = stay.quote(office, visit.id, person, account=self.act.account)
            tender = stay.tender_with_deposit(office, quoted)
        else:
            upload = visit.unsettled_charges[0]
            quoted = outpatient.quote(office, visit.id, person, upload, account=self.act.account)
            tender = ()
        deal.shown = shown_by(quoted.trial)
        due_fen = quoted.due_fen - sum(paid.amount_fen for paid in tender)
        deal.laid_fen = due_fen + self.act.over_fen if due_fen else 0
        settled = visit_desk.settle(office, quoted, (*tender, Paid(Means.CASH, deal.laid_fen)))
        self._clerk.tell(f"told: {settled.id} is settled, {yuan(settled.change_fen)} change")
        self._clerk.know(settled.id, deal)
        deal.settled = settled.id
        self._clerk.keep(deal, settled.change_fen)

    # --- the deposit -------------------------------------------------------------------------------------------------

    def _move_deposit(self, visit: Visit, amount_fen: int, *, back: bool) -> Told:
        """Takes a deposit or gives it back; whether it was booked is looked up when the program could not say."""
        before_fen = self._held_fen(visit)
        paid = Paid(Means.CASH, amount_fen)
        move = stay.give_deposit_back if back else stay.take_deposit
        told, _ = self._clerk.attempt(lambda desk: _ignore(move(desk.office, visit.id, paid)))
        if self._held_fen(visit) != before_fen:
            self._clerk.cash_fen += -amount_fen if back else amount_fen
            self._deposited = True
            self._clerk.tell(f"deposit of {visit.id}: {'-' if back else '+'}{yuan(amount_fen)}")
        return told

    def _held_fen(self, visit: Visit) -> int:
        with self._clerk.machine.desk() as desk:
            return stay.deposit_held_fen(desk.office, visit_desk.find(desk.office, visit.id))

    def _visit(self) -> Visit:
        with self._clerk.machine.desk() as desk:
            return visit_desk.find(desk.office, self.visit_id)


def _certain(visit: Visit, kind: Kind) -> bool:
    return any(one.kind is kind and one.state is State.OK for one in visit.messages)


def _ignore(_: object) -> None:
    """What a deposit comes to is read from the books."""

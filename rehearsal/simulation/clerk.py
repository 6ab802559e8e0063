"""The clerk of one desk: he does what the program's sentences allow, and counts the cash.

What he believes comes only from what he was told: a sentence, a figure on the screen, or a look at the queue after the
program had ended without a word. His cash must in the end be what the money book says.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from pos_client.desk.afterwards import collect, give_back
from pos_client.desk.evening import Evening, nightly
from pos_client.desk.queue import QueueRow, list_queue, show, sync_once
from pos_client.desk.station import Desk, Office
from pos_client.desk.void import void
from pos_client.errors import OurBug, OutcomeUnknown, Problem
from pos_client.money import fen_of_yuan, yuan
from pos_client.offline.money_book import Means, Paid
from pos_client.offline.tasks import TaskKind, open_tasks
from pos_client.sync.setlinfo import BureauFigures

from .machine import Machine
from .program import Killed
from .script import Act, Troubles
from .story import Story

#: A sentence with such a code may come after something was written: what became of it is looked up.
_LOOK_IT_UP = ("D-", "S-SLIP")
_STILL_OPEN = ("INTENT", "UNKNOWN", "QUEUED")


class Told(StrEnum):
    """What an attempt came to, as the clerk was told."""

    DONE = "done"
    NOTHING = "nothing"  # nothing was booked
    UNKNOWN = "unknown"  # nobody knows yet; the message has a number
    SILENCE = "silence"  # the program ended or could not say: to be looked up


@dataclass(slots=True)
class Deal:
    """One bill of one customer, from the first attempt on; amounts in fen.

    ``shown`` is what the screen said before he settled, ``laid_fen`` lies on the counter in cash and ``other_laid_fen``
    was paid by other means for it, ``other_kept_fen`` of that is ours; ``waits_for`` is the message whose outcome it
    waits for, ``settled`` what he was told is settled, ``voiding`` a void of unknown outcome, ``left`` that the
    customer went without the goods, ``of_stay`` that a refund goes to the deposit instead of a hand. ``provisional``:
    he went with the goods while the bureau was out of reach; ``queued_again``: the message never arrived and was queued
    once more; ``lost``: the bureau refused afterwards.
    """

    act: Act
    of_stay: bool = False
    laid_fen: int = 0
    other_laid_fen: int = 0
    other_kept_fen: int = 0
    waits_for: str = ""
    settled: str = ""
    voiding: str = ""
    voided: bool = False
    left: bool = False
    provisional: bool = False
    queued_again: bool = False
    lost: bool = False
    shown: Mapping[str, int] = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether he waits for an outcome."""
        return bool(self.waits_for or self.voiding)

    def hand_back(self, fen: int) -> None:
        """So much of what was laid down goes back, what was paid by other means first, as it came."""
        elsewhere_fen = min(fen, self.other_laid_fen)
        self.other_laid_fen -= elsewhere_fen
        self.laid_fen -= fen - elsewhere_fen


class Clerk:
    """Works at one machine."""

    def __init__(self, machine: Machine, story: Story) -> None:
        self.machine = machine
        self._story = story
        self._known: set[str] = set()
        self.deals: list[Deal] = []
        self.cash_fen = 0
        #: What was taken by other means than cash and not given back.
        self.elsewhere_fen: Counter[Means] = Counter()
        #: Promises of the program that were broken before his eyes.
        self.complaints: list[str] = []
        self.last_evening: Evening | None = None

    def tell(self, what: str) -> None:
        """Adds to the day's story."""
        self._story.tell(self.machine.number, what)

    # --- any attempt -------------------------------------------------------------------------------------------------

    def attempt(self, work: Callable[[Desk], None]) -> tuple[Told, str]:
        """Lets the program do something at the desk; returns what he was told, and the number of what is unknown."""
        told, id_ = self._judged(lambda: self._at_desk(work))
        if told is Told.SILENCE:  # there is space again, or he starts the program again
            self.machine.expect(Troubles())
        return told, id_

    def _at_desk(self, work: Callable[[Desk], None]) -> None:
        with self.machine.desk() as desk:
            work(desk)

    def _in_back_office(self, troubles: Troubles, work: Callable[[Office], None]) -> None:
        with self.machine.back_office(troubles) as office:
            work(office)

    def _judged(self, work: Callable[[], None]) -> tuple[Told, str]:
        try:
            work()
        except OutcomeUnknown as problem:
            self._said(problem)
            id_ = str(problem.fill["id"])
            self._known.add(id_)
            return Told.UNKNOWN, id_
        except Problem as problem:
            self._said(problem)
            if problem.code.startswith(_LOOK_IT_UP):
                return Told.SILENCE, ""
            self._known.add(str(problem.evidence.get("id", "")))
            return Told.NOTHING, ""
        except Killed as killed:
            self.tell(f"the program is killed ({killed})")
            return Told.SILENCE, ""
        return Told.DONE, ""

    def _said(self, problem: Problem) -> None:
        self.tell(f"told: {problem.sentence('en')}")
        if isinstance(problem, OurBug):
            self.complaints.append(str(problem))

    # --- looking things up -------------------------------------------------------------------------------------------

    def know(self, id_: str, deal: Deal | None = None) -> None:
        """He was told this number, perhaps for a customer's bill."""
        self._known.add(id_)
        if deal is not None:
            deal.messages.append(id_)

    def newest(self, kind: str) -> QueueRow | None:
        """The newest message of a kind that he was not told of; a killed program is started again for it.

        Older ones of which he was not told came to nothing, or he would have been.
        """
        with self.machine.desk(), self.machine.books() as books:
            rows = list_queue(books, everything=True)
        fresh = [row for row in rows if row.kind == kind and row.id not in self._known]
        if kind == "settle":  # what takes the place of an earlier one was not begun at the counter
            fresh = [row for row in fresh if self.shown(row.id)["about"] is None]
        self._known.update(row.id for row in fresh)
        self.tell(f"the queue shows {fresh[-1].id}: {fresh[-1].state}" if fresh else "the queue shows nothing new")
        return fresh[-1] if fresh else None

    def shown(self, id_: str) -> dict[str, Any]:
        """What ``queue show`` says of a message."""
        with self.machine.books() as books:
            return show(books, id_)

    def look_at_open_ones(self) -> None:
        """Looks whether the program knows by now what became of what he waits for."""
        for deal in self.deals:
            self.look_at(deal)

    def look_at(self, deal: Deal) -> None:
        """Looks what became of one bill."""
        if deal.waits_for:
            self._look_at_settlement(deal)
        if deal.voiding:
            self._look_at_void(deal)

    def _look_at_settlement(self, deal: Deal) -> None:
        told = self.shown(deal.waits_for)
        if deal.provisional:
            self._look_at_provisional(deal, told)
            return
        if told["state"] in _STILL_OPEN or (deal.left and told["settlement"] in ("SETTLED", "VOIDING")):
            return  # not known, or still to be taken back because the customer has left
        settled = told["state"] == "OK" and not deal.left
        change_fen = money_in(told, "change") if settled else deal.laid_fen
        elsewhere_fen = money_in(told, "hand_back") if settled else deal.other_laid_fen
        self.tell(f"looks up {deal.waits_for}: {told['settlement']}, hands {yuan(change_fen + elsewhere_fen)} back")
        self.keep(deal, change_fen, elsewhere_fen)
        deal.settled = deal.waits_for if settled else ""
        deal.waits_for = ""

    def keep(self, deal: Deal, change_fen: int, elsewhere_fen: int = 0) -> None:
        """Keeps what lies on the counter, less the cash and what was paid by other means that he hands back."""
        self.cash_fen += deal.laid_fen - change_fen
        deal.other_kept_fen += deal.other_laid_fen - elsewhere_fen
        self.elsewhere_fen[deal.act.other_means] += deal.other_laid_fen - elsewhere_fen
        deal.laid_fen = deal.other_laid_fen = 0

    def _look_at_provisional(self, deal: Deal, told: dict[str, Any]) -> None:
        if told["state"] in _STILL_OPEN:
            return
        self.tell(f"looks up {deal.waits_for}: {told['settlement']}")
        again = next((one["id"] for one in told["undone_by"] if one["kind"] == "settle"), "")
        if again:  # it never arrived, and waits under another number
            self.know(again, deal)
            deal.waits_for, deal.queued_again = again, True
            self._look_at_settlement(deal)
        elif told["state"] == "OK":
            deal.settled, deal.waits_for = deal.waits_for, ""
        elif TaskKind.LOSS in told["tasks"]:
            deal.lost, deal.waits_for = True, ""

    def _look_at_void(self, deal: Deal) -> None:
        told = self.shown(deal.voiding)
        if told["state"] in _STILL_OPEN:
            return
        self.tell(f"looks up {deal.voiding}: {told['state']}")
        if told["state"] == "OK":
            elsewhere = [Paid(deal.act.other_means, deal.other_kept_fen)]  # as it came
            self._refunded(deal, money_in(told, "refund") - deal.other_kept_fen, elsewhere)
        deal.voiding = ""

    def _refunded(self, deal: Deal, cash_fen: int, elsewhere: Sequence[Paid]) -> None:
        deal.voided = True
        if not deal.of_stay:
            self.cash_fen -= cash_fen
            for paid in elsewhere:
                self.elsewhere_fen[paid.means] -= paid.amount_fen

    # --- taking back -------------------------------------------------------------------------------------------------

    def take_back(self, act: Act) -> None:
        """Voids an earlier sale, if he was told that it is settled."""
        deal = next((one for one in self.deals if one.act.number == act.about), None)
        if deal is not None and deal.settled and not deal.voiding and not deal.voided:
            self.tell(f"act {act.number}: void of {deal.settled}{act.troubles}")
            self.void(deal)

    def void(self, deal: Deal) -> Told:
        """Voids a settlement."""
        told, id_ = self.attempt(lambda desk: self._void(desk, deal))
        if told is Told.SILENCE:
            fresh = self.newest("void")
            of_this = fresh is not None and self.shown(fresh.id)["about"] == deal.settled
            id_ = fresh.id if fresh is not None and of_this else ""
        if id_:
            self.know(id_, deal)
            deal.voiding = id_
            self.look_at(deal)
        return told

    def _void(self, desk: Desk, deal: Deal) -> None:
        voided = void(desk.office, deal.settled)
        self.tell(f"told: {voided.about} is void, {yuan(voided.refund_fen)} to refund")
        self.know(voided.id, deal)
        self._refunded(deal, voided.refund_fen, voided.elsewhere)

    # --- the back office ---------------------------------------------------------------------------------------------

    def sync(self, troubles: Troubles, why: str) -> bool:
        """One pass over what is open; whether it ended in good order and found nothing to do."""
        self.tell(f"{why}: sync{troubles}")
        done = 0

        def work(office: Office) -> None:
            nonlocal done
            for attempt in sync_once(office):
                self.tell(f"sync: {attempt.message.id} {attempt.result} {attempt.why}")
                done += 1

        told, _ = self._judged(lambda: self._in_back_office(troubles, work))
        if told is Told.DONE:
            self.look_at_open_ones()
        return told is Told.DONE and not done

    def close_the_day(self, troubles: Troubles) -> None:
        """The nightly."""
        self.tell(f"nightly{troubles}")

        def work(office: Office) -> None:
            self.last_evening = nightly(office)
            days = ", ".join(f"{one.day} {one.standing}" for one in self.last_evening.days)
            self.tell(f"nightly: {days}; {len(self.last_evening.tasks)} tasks")

        self._judged(lambda: self._in_back_office(troubles, work))
        self.look_at_open_ones()

    def settle_up(self) -> None:
        """What the bureau settled above or below what was taken changes hands before the day is closed."""
        with self.machine.books() as books, books.store.read() as connection:
            wanted = open_tasks(connection)
        for task in wanted:
            if task.kind is TaskKind.COLLECT:
                self._move(collect, task.subject, int(task.evidence["short_fen"]), 1)
            elif task.kind is TaskKind.GIVE_BACK:
                self._move(give_back, task.subject, int(task.evidence["over_fen"]), -1)

    def _move(self, move: Callable[[Office, str, Paid], None], id_: str, fen: int, sign: int) -> None:
        with self.machine.desk() as desk:
            move(desk.office, id_, Paid(Means.CASH, fen))
        self.tell(f"{'collects' if sign > 0 else 'gives back'} {yuan(fen)} for {id_}")
        self.cash_fen += sign * fen

    def reopen(self, act: Act) -> None:
        """Closes the window and opens it again."""
        self.tell(f"act {act.number}: closes the program and opens it again{act.troubles}")
        self.machine.close()
        self.attempt(lambda _: None)


def shown_by(trial: BureauFigures) -> dict[str, int]:
    """What the screen says before a bill is settled, by the names of differences."""
    return {"fund_total": trial.fund_total_fen, "account": trial.account_pay_fen, "cash": trial.cash_pay_fen}


def money_in(told: dict[str, Any], entry: str) -> int:
    """What of an entry the money book has for a message, by ``queue show``; in fen."""
    return fen_of_yuan(told["money"].get(entry, "0.00"))

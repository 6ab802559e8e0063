"""Leaving the hospital as one act for the clerk: discharge, settlement with the deposit, the rest of it, the documents.

2402 → 2303 → 2304 → deposit back → documents back → slip. Every step is durable before the next begins. Where one
fails, the store says how far it came, and the same act goes on from there: nothing is done twice.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pos_client.desk import custody, deposit, stay, visit_desk
from pos_client.desk.custody import Document
from pos_client.desk.identify import Identified
from pos_client.desk.records import record_of
from pos_client.desk.slip import Slip
from pos_client.desk.slip_file import write_slip
from pos_client.desk.slip_record import slip_record
from pos_client.desk.station import Office
from pos_client.desk.stay_estimate import StayEstimate
from pos_client.desk.stay_face import face_of
from pos_client.desk.stay_papers import STAY_NUMBER, discharge_slip, stay_unknown_slip
from pos_client.desk.stay_words import FIGURES_CHANGED, NO_FACE, NO_MONEY_WANTED, NO_TRIAL, NOTHING_LEFT
from pos_client.desk.tender import check_tender
from pos_client.desk.visit_desk import VisitQuote
from pos_client.errors import EnvironmentProblem, OutcomeUnknown, Refused
from pos_client.money import yuan_grouped
from pos_client.offline import deposits, money_book, settlements
from pos_client.offline.journal import Kind, Message
from pos_client.offline.money_book import Entry, Means, Paid
from pos_client.offline.settlements import Difference, Settlement
from pos_client.offline.visits import Visit, VisitState
from pos_client.phrase import Phrase
from pos_client.sync.care import Diagnosis
from pos_client.sync.region import AccountUse

_ACT = Phrase("出院结算", "settle the stay")


@dataclass(frozen=True, slots=True)
class Leaving:
    """What the clerk has agreed to: the estimate on the screen, and what the patient lays down on top of the deposit.

    ``back`` is how the rest of the deposit goes back; None: as it came. ``way`` is how the person leaves, as in
    :class:`pos_client.sync.stay.Discharge`. Ward and diagnoses are those of the stay unless they are given. When it is
    settled already and only money and documents are left, there is no estimate.
    """

    id: str
    identified: Identified
    estimate: StayEstimate | None
    tender: tuple[Paid, ...] = ()
    back: Means | None = Means.CASH
    way: str = stay.AS_ORDERED
    ward: stay.Ward | None = None
    diagnoses: tuple[Diagnosis, ...] = ()


@dataclass(frozen=True, slots=True)
class Left:
    """A stay that is over. ``from_deposit_fen`` of the cash part came from the deposit, ``back`` was handed out.

    ``short_fen`` is still to be collected because the bureau settled for more than its trial had said.
    """

    id: str
    settle_id: str
    booked: Settlement
    from_deposit_fen: int
    collected: tuple[Paid, ...]
    change_fen: int
    back: tuple[Paid, ...]
    short_fen: int
    documents: tuple[Document, ...]
    differences: tuple[Difference, ...]
    slip: Slip
    slip_file: Path


def leave(office: Office, leaving: Leaving) -> Left:
    """Does what is left to do of a discharge.

    Raises:
        Refused: S-NOVISIT, S-BLOCKED, S-VISIT, S-STAYPERSON, S-NOCHARGES, S-NOTRIAL, S-NOFACE, S-TENDER, S-CHANGE with
            nothing done; S-CHANGED, the figures are no longer those of the estimate; S-PAID, it is settled and wants no
            money; S-LEFT, all is done; R-2402, R-2303, R-2304: what came before stands, and the same act goes on there.
        EnvironmentProblem: N-…, D-…, S-SLIP. OutcomeUnknown: U-2402, U-2304; the program finds out, then the same act
            goes on.
    """
    visit = visit_desk.free(office, leaving.id, _ACT, VisitState.OPEN, VisitState.DISCHARGED)
    stay.require_same_person(visit, leaving.identified)
    if visit.unsettled_charges or not visit.standing_settlements:
        visit_desk.unsettled_fen(visit)
        _settle(office, visit, leaving)
    elif leaving.tender:
        raise Refused(NO_MONEY_WANTED, id=visit.id)
    return _finish(office, visit_desk.find(office, visit.id), leaving.back)


def _settle(office: Office, visit: Visit, leaving: Leaving) -> None:
    agreed = leaving.estimate
    if agreed is None or agreed.id != visit.id or agreed.quoted is None:
        raise Refused(NO_TRIAL, id=visit.id)
    held_fen = stay.deposit_held_fen(office, visit)
    check_tender(max(agreed.quoted.due_fen - held_fen, 0), leaving.tender)
    if visit.state is VisitState.OPEN:
        _asked_again(office, leaving, agreed.quoted, agreed.account)
        _discharge(office, visit, leaving)
    quoted = _asked_again(office, leaving, agreed.quoted, agreed.account)
    tender = stay.tender_with_deposit(office, quoted, leaving.tender)
    try:
        visit_desk.settle(office, quoted, tender, _kept(agreed, leaving.identified), agreed.differences)
    except OutcomeUnknown as problem:
        _write_unknown(office, visit, quoted, tender, problem)
        raise


def _asked_again(office: Office, leaving: Leaving, seen: VisitQuote, account: AccountUse) -> VisitQuote:
    """The trial of now, if it is what clerk and patient have seen.

    Raises:
        Refused: S-CHANGED.
    """
    quoted = stay.quote(office, leaving.id, leaving.identified, account=account)
    if quoted.trial.by_name() != seen.trial.by_name():
        raise Refused(FIGURES_CHANGED, before=yuan_grouped(seen.due_fen), now=yuan_grouped(quoted.due_fen))
    return quoted


def _discharge(office: Office, visit: Visit, leaving: Leaving) -> None:
    with office.store.read() as connection:
        face = face_of(connection, visit)
    if face is None:
        raise Refused(NO_FACE, id=visit.id)
    ward, diagnoses = leaving.ward or face.ward, leaving.diagnoses or face.diagnoses
    stay.discharge(office, visit.id, leaving.identified, ward, diagnoses, leaving.way)


def _kept(agreed: StayEstimate, identified: Identified) -> dict[str, object]:
    """What the record of the sale holds: the bill, so that it can be replayed, and what its slip says."""
    record = record_of(identified.person, (), agreed.assessment, account=agreed.account)
    told = {"sentences": list(agreed.sentences), STAY_NUMBER: agreed.stay_number}
    return record | slip_record(identified, agreed.assessment) | told


def _write_unknown(
    office: Office, visit: Visit, quoted: VisitQuote, tender: Sequence[Paid], problem: OutcomeUnknown
) -> None:
    settles = [one for one in visit_desk.find(office, visit.id).messages if one.kind is Kind.SETTLE]
    slip = stay_unknown_slip(office, visit, settles[-1], quoted.total_fen, tender, problem)
    with suppress(EnvironmentProblem):  # what must be told is that the outcome is unknown, slip or not
        write_slip(office.books.home, settles[-1].id, slip)


def _finish(office: Office, visit: Visit, back: Means | None) -> Left:
    """After the settlement: the rest of the deposit, the documents, the slip."""
    settle = visit.standing_settlements[-1]
    held_fen, documents = stay.deposit_held_fen(office, visit), custody.held(office, visit.id)
    slip_missing = not (office.books.home.slips / f"{settle.id}.txt").exists()
    if not held_fen and not documents and not slip_missing:
        raise Refused(NOTHING_LEFT, id=visit.id)
    given = _give_back(office, visit, held_fen, back)
    custody.give_back(office, visit.id, documents)
    return _left(office, visit, settle, given, documents)


def _give_back(office: Office, visit: Visit, held_fen: int, back: Means | None) -> tuple[Paid, ...]:
    if not held_fen:
        return ()
    with office.store.read() as connection:
        came = deposits.moves_of(connection, visit.id)
    given = deposit.as_it_came(came, held_fen) if back is None else (Paid(back, held_fen),)
    for paid in given:
        stay.give_deposit_back(office, visit.id, paid)
    return given


def _left(
    office: Office, visit: Visit, settle: Message, given: tuple[Paid, ...], documents: tuple[Document, ...]
) -> Left:
    with office.store.read() as connection:
        booked = settlements.settlement_of(connection, settle.id)
        paid = money_book.kept(connection, settle.id, [])
        change_fen = money_book.totals_fen(connection, settle.id)[Entry.CHANGE]
        found = settlements.differences_of(connection, settle.id)
    assert booked is not None, "a settlement that stands has its figures"
    from_deposit_fen = sum(one.amount_fen for one in paid if one.means is Means.DEPOSIT)
    slip = discharge_slip(office, visit, settle)
    return Left(
        id=visit.id,
        settle_id=settle.id,
        booked=booked,
        from_deposit_fen=from_deposit_fen,
        collected=tuple(one for one in paid if one.means is not Means.DEPOSIT),
        change_fen=change_fen,
        back=given,
        short_fen=max(booked.cash_fen - sum(one.amount_fen for one in paid), 0),
        documents=documents,
        differences=tuple(found),
        slip=slip,
        slip_file=write_slip(office.books.home, settle.id, slip),
    )

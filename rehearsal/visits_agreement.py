"""Whether the journal and the bureau have the same visits and stays, with the same rows of charges in them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pos_client.offline import tasks, visits
from pos_client.offline.store import StoreConnection
from pos_client.offline.tasks import TaskKind
from pos_client.offline.visits import Visit, VisitState
from pos_client.sync.search import serials_of
from rehearsal.agreement import Disagreement, Sort

_STANDING = (VisitState.OPEN, VisitState.DISCHARGED)


@dataclass(frozen=True, slots=True)
class BureauVisit:
    """A visit or stay as the bureau has it.

    ``msgid`` is the message that opened it, ``stands`` whether it was not taken back, ``ended`` whether a stay is over;
    ``rows`` are the serials of its charges, each with the settlement in force that it belongs to, or None.
    """

    msgid: str
    visit_id: str
    stands: bool
    ended: bool
    rows: Mapping[str, str | None]


def disagreements(connection: StoreConnection, bureau: Sequence[BureauVisit]) -> list[Disagreement]:
    """Everything on which a desk's visits and those that this desk has opened at the bureau do not agree."""
    doubtful = {one.subject for one in tasks.open_tasks(connection) if one.kind is TaskKind.CANNOT_RESOLVE}
    found: list[Disagreement] = []
    there = {one.msgid: one for one in bureau if one.stands}
    for ours in visits.all_visits(connection):
        theirs = there.pop(ours.opening.message_id, None)
        if not doubtful & {one.id for one in ours.messages}:
            found += (Disagreement(sort, f"visit {ours.id}: {what}") for sort, what in _against(ours, theirs))
    found += (Disagreement(Sort.LOST, f"{msgid}: the bureau has a visit, the journal does not") for msgid in there)
    return found


def _against(ours: Visit, theirs: BureauVisit | None) -> Iterator[tuple[Sort, str]]:
    if ours.state is VisitState.OPENING or ours.blocked_by is not None:
        yield Sort.UNEXPLAINED, f"{ours.state}, waits for {ours.blocked_by.id if ours.blocked_by else 'nothing'}"
        return
    if (theirs is not None) != (ours.state in _STANDING):
        yield Sort.LOST, f"the journal says {ours.state}, the bureau {'has it' if theirs else 'does not have it'}"
        return
    if theirs is None:
        return
    if ours.visit_id != theirs.visit_id:
        yield Sort.UNEXPLAINED, f"its number is {ours.visit_id}, the bureau's {theirs.visit_id}"
    if ours.is_stay and theirs.ended != (ours.state is VisitState.DISCHARGED):
        yield Sort.LOST, f"the journal says {ours.state}, the bureau says ended: {theirs.ended}"
    serials = sorted(serial for charge in ours.standing_charges for serial in serials_of(charge))
    if serials != sorted(theirs.rows):
        yield Sort.LOST, f"the journal has the rows {serials}, the bureau {sorted(theirs.rows)}"
    unsettled = sorted(serial for charge in ours.unsettled_charges for serial in serials_of(charge))
    if unsettled != sorted(serial for serial, settlement in theirs.rows.items() if settlement is None):
        yield Sort.UNEXPLAINED, f"the journal has {unsettled} unsettled, the bureau has other rows unsettled"

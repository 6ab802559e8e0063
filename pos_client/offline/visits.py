"""Outpatient visits and stays, read from their messages: where each stands, what of its charges is unsettled.

Nothing here is a state of its own: a visit is what the messages say that carry its number (design, section 5).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, insert, select

from pos_client.offline import journal
from pos_client.offline.journal import AUXILIARY, Kind, Message, State
from pos_client.offline.schema import visit


class VisitState(StrEnum):
    """Where a visit or stay stands."""

    OPENING = "OPENING"  # registration or admission under way or of unknown outcome
    OPEN = "OPEN"
    DISCHARGED = "DISCHARGED"  # a stay after 2402
    CLOSED = "CLOSED"  # registration or admission taken back
    REFUSED = "REFUSED"  # it never came to be


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit or stay with all its messages, oldest first."""

    opening: Message
    visit_id: str
    messages: tuple[Message, ...]

    @property
    def id(self) -> str:
        """This store's number of the visit: its opening message's."""
        return self.opening.id

    @property
    def own_number(self) -> str:
        """The institution's number of the visit."""
        return self.opening.own_number

    @property
    def is_stay(self) -> bool:
        """Whether the person was admitted."""
        return self.opening.kind is Kind.ADMIT

    @property
    def state(self) -> VisitState:
        """Where it stands; only what is certain counts."""
        if self.opening.state in (State.QUEUED, State.INTENT, State.UNKNOWN):
            return VisitState.OPENING
        if self.opening.state is not State.OK:
            return VisitState.REFUSED
        certain = [one.kind for one in self.messages if one.state is State.OK]
        if Kind.UNREGISTER in certain or Kind.UNADMIT in certain:
            return VisitState.CLOSED
        turns = [kind for kind in certain if kind in (Kind.DISCHARGE, Kind.UNDISCHARGE)]
        return VisitState.DISCHARGED if turns[-1:] == [Kind.DISCHARGE] else VisitState.OPEN

    @property
    def blocked_by(self) -> Message | None:
        """The message whose outcome must be known before the visit may go on, or None."""
        open_ones = (one for one in self.messages if one.state in (State.INTENT, State.UNKNOWN))
        return next((one for one in open_ones if one.kind not in AUXILIARY), None)

    @property
    def standing_charges(self) -> tuple[Message, ...]:
        """The uploads of rows that the bureau has and that were not withdrawn."""
        withdrawn = {one.about for one in self.messages if one.kind is Kind.WITHDRAW and one.state is State.OK}
        return tuple(one for one in self._certain(Kind.CHARGE) if one.id not in withdrawn)

    @property
    def standing_settlements(self) -> tuple[Message, ...]:
        """The settlements in force."""
        voided = {one.about for one in self.messages if one.kind is Kind.VOID and one.state is State.OK}
        return tuple(one for one in self._certain(Kind.SETTLE) if one.id not in voided)

    @property
    def unsettled_charges(self) -> tuple[Message, ...]:
        """The standing uploads that no settlement in force covers: a settlement covers what stood before it."""

        def covers(settle: Message, charge: Message) -> bool:
            return settle.order > charge.order and settle.own_number in ("", charge.own_number)

        settled = self.standing_settlements
        return tuple(one for one in self.standing_charges if not any(covers(settle, one) for settle in settled))

    def _certain(self, kind: Kind) -> Sequence[Message]:
        return [one for one in self.messages if one.kind is kind and one.state is State.OK]


def record_visit(connection: Connection, id_: str, visit_id: str) -> None:
    """Keeps the bureau's number of a visit, in the commit of the outcome."""
    connection.execute(insert(visit).values(id=id_, visit_id=visit_id))


def bureau_number(connection: Connection, id_: str) -> str:
    """The bureau's number of the visit that a message opened; empty while there is none."""
    return connection.scalar(select(visit.c.visit_id).where(visit.c.id == id_)) or ""


def find_visit(connection: Connection, id_: str) -> Visit | None:
    """The visit that a message opened, or None when no such message opened one."""
    messages = journal.messages_of_visit(connection, id_)
    if not messages or messages[0].kind not in (Kind.REGISTER, Kind.ADMIT):
        return None
    return Visit(messages[0], bureau_number(connection, id_), tuple(messages))


def all_visits(connection: Connection) -> list[Visit]:
    """Every visit and stay, oldest first."""
    found = (find_visit(connection, one.id) for one in journal.visits_opened(connection))
    return [one for one in found if one is not None]

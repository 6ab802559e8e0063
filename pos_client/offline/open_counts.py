"""What is open in the journal, counted where it lies: after an outage ten thousand messages may wait."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from pos_client.offline.journal import Kind, State
from pos_client.offline.schema import message, outcome, pending, sale


@dataclass(frozen=True, slots=True)
class OpenCount:
    """How many open messages are alike in kind, state, business date and operator, and whether they began in the queue.

    ``at_risk_fen`` is the fund's and the accounts' money in them, as the trial or our own calculation said.
    """

    kind: Kind
    state: State
    business_date: str
    operator: str
    was_queued: bool
    count: int
    at_risk_fen: int


_OUTCOMES = select(outcome.c.state).where(outcome.c.id == message.c.id).limit(1)
_STATE = func.coalesce(_OUTCOMES.order_by(outcome.c.number.desc()).scalar_subquery(), State.INTENT.value)
_FIRST_STATE = _OUTCOMES.order_by(outcome.c.number).scalar_subquery()
_FUND_FEN = func.coalesce(func.json_extract(sale.c.record, "$.trial_fen.fund_total"), 0)
_ACCOUNT_FEN = func.coalesce(func.json_extract(sale.c.record, "$.trial_fen.account"), 0)
_ALIKE = (
    message.c.kind,
    _STATE.label("state"),
    message.c.business_date,
    message.c.operator,
    _FIRST_STATE.label("first_state"),
)
_COUNTS = (
    select(*_ALIKE, func.count().label("how_many"), func.sum(_FUND_FEN + _ACCOUNT_FEN).label("at_risk_fen"))
    .select_from(pending)
    .join(message, message.c.id == pending.c.id)
    .outerjoin(sale, sale.c.id == message.c.id)
    .group_by(*_ALIKE)
)


def open_counts(connection: Connection) -> list[OpenCount]:
    """All messages without a final outcome, in groups."""
    return [
        OpenCount(
            Kind(row.kind),
            State(row.state),
            row.business_date,
            row.operator,
            row.first_state == State.QUEUED,
            row.how_many,
            row.at_risk_fen,
        )
        for row in connection.execute(_COUNTS)
    ]

"""Settlements and voids whose outcome was unknown for a while: their customers went away without an answer.

How far the journal was read, and which of them are still open, is remembered beside the tables, so that what another
process finds out, or the evening, is noticed too.
"""

from collections.abc import Collection
from dataclasses import dataclass

import simplejson
from sqlalchemy import Connection, bindparam, func, select

from pos_client.offline import notes
from pos_client.offline.journal import Kind, State
from pos_client.offline.schema import message, outcome, pending

_NOTE = "lost_answers"
_KINDS = (Kind.SETTLE.value, Kind.VOID.value)
_NEWEST = select(func.max(outcome.c.number))
_SINCE = (
    select(outcome.c.id)
    .join(message, message.c.id == outcome.c.id)
    .where(outcome.c.number > bindparam("upto"), outcome.c.state == State.UNKNOWN, message.c.kind.in_(_KINDS))
)
_PENDING = select(message.c.id).join(pending, pending.c.id == message.c.id).where(message.c.kind.in_(_KINDS))
_LAST_STATE = select(outcome.c.state).where(outcome.c.id == message.c.id).order_by(outcome.c.number.desc()).limit(1)
_ASKED = _PENDING.where(func.coalesce(_LAST_STATE.scalar_subquery(), State.INTENT.value) != State.QUEUED.value)


@dataclass(frozen=True, slots=True)
class LostAnswers:
    """The ids that were open when the journal was read up to the outcome of that number."""

    upto: int
    ids: frozenset[str]


def last_seen(connection: Connection) -> LostAnswers | None:
    """What was remembered last; None before the first time."""
    kept = notes.read(connection, _NOTE)
    if kept is None:
        return None
    record = simplejson.loads(kept)
    return LostAnswers(int(record["upto"]), frozenset(record["ids"]))


def seen_now(connection: Connection, before: LostAnswers | None) -> LostAnswers:
    """All that were open before, and those that have become unknown since; before the first time: what is open, but for
    what waits in the queue: nobody stands at the counter for that.
    """
    newest = int(connection.scalar(_NEWEST) or 0)
    if before is None:
        return LostAnswers(newest, frozenset(connection.scalars(_ASKED)))
    if newest == before.upto:
        return before
    return LostAnswers(newest, before.ids | frozenset(connection.scalars(_SINCE, {"upto": before.upto})))


def remember(connection: Connection, upto: int, ids: Collection[str]) -> None:
    """Remembers how far the journal was read and which are still open."""
    notes.write(connection, _NOTE, simplejson.dumps({"upto": upto, "ids": sorted(ids)}))

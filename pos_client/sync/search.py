"""Asks the bureau what became of a message whose answer was lost (protocol, 5.2). Books nothing.

There is no query by message id. A settlement is found through its visit, the rows of the visit and the settlements that
the rows name: the one that stores our message id is ours. Everything here only asks; what the answer means for the
books is decided in ``resolve``.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

import simplejson

from pos_client.offline.journal import Kind, Message
from pos_client.sync import visit_queries
from pos_client.sync.bureau import Bureau, Conversation
from pos_client.sync.envelope import Answer, Request, UnreadableError, place_of_insurance
from pos_client.sync.reply import Accepted, Rejected
from pos_client.sync.setlinfo import Booked, Found, message_id_of, read_found
from pos_client.sync.visit_queries import RowFound, VisitFound

T = TypeVar("T")

#: A visit may have begun this long before the message, and clocks may differ by less.
_AROUND = timedelta(days=1)
_LONGEST_STAY = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class FoundSettlement:
    """The bureau has it booked, with these figures."""

    booked: Booked


@dataclass(frozen=True, slots=True)
class FoundVisit:
    """The bureau has the visit or stay under this number."""

    visit_id: str


@dataclass(frozen=True, slots=True)
class Done:
    """What the message was to do is done."""


@dataclass(frozen=True, slots=True)
class Absent:
    """The bureau does not have it, by its answers to questions that it got from that time of its clock on."""

    received_at: datetime | None


@dataclass(frozen=True, slots=True)
class CannotAsk:
    """The region does not answer the question, or the answer decides nothing."""

    why: str


@dataclass(frozen=True, slots=True)
class Silent:
    """No clear answer; to be asked again."""

    why: str


SearchResult = FoundSettlement | FoundVisit | Done | Absent | CannotAsk | Silent


class _NoClearAnswer(Exception):
    """What came back instead of an answer."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the journal knows about the message: the bureau's number of its visit, and settlements known already."""

    visit_id: str
    med_type: str
    settlement_ids: frozenset[str]
    visit_ids: frozenset[str]


class Searcher:
    """One search; keeps when the bureau got the first question, by its clock: what it booked later may be missing."""

    def __init__(self, bureau: Bureau, message: Message, known: Known) -> None:
        self._bureau = bureau
        self._message = message
        self._known = known
        self._place = place_of_insurance(message.request)
        self._received_at: datetime | None = None

    def settlement(self) -> Conversation[SearchResult]:
        """Whether the bureau has booked a settlement or cancellation for the message."""
        if not self._bureau.region.queries.rows_without_settlement:
            return CannotAsk("5204 wants a settlement here")
        if not self._known.visit_id and not self._bureau.region.queries.purchases:
            return CannotAsk("5201 lists no purchases here")
        try:
            visit_ids = [self._known.visit_id] if self._known.visit_id else (yield from self._visits_unknown_to_us())
            for visit_id in visit_ids:
                found = yield from self._settlement_of_visit(visit_id)
                if isinstance(found, CannotAsk):
                    return found
                if found is not None:
                    return FoundSettlement(found)
        except _NoClearAnswer as silence:
            return Silent(str(silence))
        return Absent(self._received_at)

    def visit(self) -> Conversation[SearchResult]:
        """Whether the bureau has the visit or stay that the message was to open."""
        try:
            for one in (yield from self._visits()):
                if one.own_number == self._message.own_number:
                    return FoundVisit(one.visit_id)
        except _NoClearAnswer as silence:
            return Silent(str(silence))
        return Absent(self._received_at)

    def rows(self) -> Conversation[SearchResult]:
        """Whether the bureau has the rows that the message carried."""
        if not self._bureau.region.queries.rows_without_settlement:
            return CannotAsk("5204 wants a settlement here")
        try:
            found = {one.serial for one in (yield from self._rows(self._known.visit_id))}
        except _NoClearAnswer as silence:
            return Silent(str(silence))
        sent = set(serials_of(self._message))
        if sent <= found:
            return Done()
        return Absent(self._received_at) if not sent & found else CannotAsk("some of the rows are there, some not")

    def in_hospital(self) -> Conversation[SearchResult]:
        """Whether the person still is in hospital: a discharge is done when not."""
        try:
            shown = yield from self._visits(_LONGEST_STAY)
            stays: dict[str, bool | None] = {one.visit_id: one.in_hospital for one in shown}
            if stays.get(self._known.visit_id) is None and self._bureau.region.queries.open_stays:
                # Not to be among the open ones says something only of a stay that the bureau has shown at all.
                stays = {self._known.visit_id: False} if self._known.visit_id in stays else {}
                stays |= {one.visit_id: True for one in (yield from self._open_stays())}
        except _NoClearAnswer as silence:
            return Silent(str(silence))
        match stays.get(self._known.visit_id):
            case False:
                return Done()
            case True:
                return Absent(self._received_at)
            case _:
                return CannotAsk("the bureau does not say who is in hospital")

    def _visits_unknown_to_us(self) -> Conversation[list[str]]:
        found = yield from self._visits()
        return [one.visit_id for one in found if one.visit_id not in self._known.visit_ids]

    def _settlement_of_visit(self, visit_id: str) -> Conversation[Booked | CannotAsk | None]:
        rows = yield from self._rows(visit_id)
        candidates = dict.fromkeys(one.settlement_id for one in rows if one.settlement_id)
        for settlement_id in [one for one in candidates if one not in self._known.settlement_ids]:
            request = visit_queries.settlement_request(self._message.person_no, self._place, visit_id, settlement_id)
            read = partial(self._read_settlement, visit_id, settlement_id)
            found = yield from self._ask(request, read)
            if isinstance(found, CannotAsk):
                return found
            if found is not None and found.message_id == self._message.message_id:
                return found.booked
        return None

    def _read_settlement(self, visit_id: str, settlement_id: str, answer: Answer) -> Found | CannotAsk | None:
        """What 5203 shows; a settlement of ours whose own figures do not add up cannot be adopted, only undone."""
        try:
            return read_found(
                self._bureau.region,
                answer,
                person_no=self._message.person_no,
                visit_id=visit_id,
                settlement_id=settlement_id,
            )
        except UnreadableError as error:
            if message_id_of(answer) == self._message.message_id:
                return CannotAsk(f"the bureau's own figures are unusable: {error}")
            raise

    def _visits(self, back: timedelta = _AROUND) -> Conversation[tuple[VisitFound, ...]]:
        sent_at = self._message.bureau_time
        request = visit_queries.visits_request(
            self._message.person_no, self._place, self._known.med_type, sent_at - back, sent_at + _AROUND
        )
        found = yield from self._ask(request, visit_queries.read_visits)
        self._require_person(found)
        return found

    def _open_stays(self) -> Conversation[tuple[VisitFound, ...]]:
        sent_at = self._message.bureau_time
        begin, end = sent_at - _LONGEST_STAY, sent_at + _AROUND
        request = visit_queries.open_stays_request(self._message.person_no, self._place, begin, end)
        found = yield from self._ask(request, visit_queries.read_open_stays)
        self._require_person(found)
        return found

    def _require_person(self, found: tuple[VisitFound, ...]) -> None:
        if any(one.person_no not in ("", self._message.person_no) for one in found):
            raise _NoClearAnswer("visits of another person")

    def _rows(self, visit_id: str) -> Conversation[tuple[RowFound, ...]]:
        request = visit_queries.rows_request(self._message.person_no, self._place, visit_id)
        return (yield from self._ask(request, lambda answer: visit_queries.read_rows(answer, visit_id=visit_id)))

    def _ask(self, request: Request, read: Callable[[Answer], T]) -> Conversation[T]:
        reply = yield self._bureau.question(request)
        if isinstance(reply, Rejected):
            raise _NoClearAnswer(f"{request.transaction}: {reply.said}")
        if not isinstance(reply, Accepted):
            raise _NoClearAnswer(f"{request.transaction}: {reply.why}")
        try:
            result = read(reply.answer)
        except UnreadableError as error:
            raise _NoClearAnswer(f"{request.transaction}: {error}") from error
        self._received_at = self._received_at or reply.answer.received_at
        return result


def serials_of(charge: Message) -> Iterator[str]:
    """The serials of the rows that an upload carried."""
    assert charge.kind is Kind.CHARGE, "only an upload carries rows"
    document: dict[str, Any] = simplejson.loads(charge.request)
    return (str(row["feedetl_sn"]) for row in document["input"]["feedetail"])

"""A counter for tests: a store in memory, a desk's connection to the tiny bureau, two clocks that may disagree."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from typing import Any

from pos_client.offline import journal, money_book, money_moves, tasks
from pos_client.offline.ids import MessageIds
from pos_client.offline.journal import AUXILIARY, FINAL, Draft, Kind, Message, Outcome, State
from pos_client.offline.money_book import Drawer, Entry, Means, Paid
from pos_client.offline.store import Store
from pos_client.runtime import Lanes, OneByOne, Runtime
from pos_client.sync.attempts import Attempt
from pos_client.sync.bureau import Bureau
from pos_client.sync.conclude import Conclusion, conclude
from pos_client.sync.drain import drain_once
from pos_client.sync.envelope import Request, Sender
from pos_client.sync.region import Queries, Region
from pos_client.sync.resolve import Resolver
from pos_client.sync.transactions import TRANSACTIONS
from tests.in_memory import memory_store
from tests.virtual import VirtualClock, virtual_runtime

from .messages import PERSON_NO, every_message, region_of
from .tiny_bureau import LOST, Fault, TinyBureau

PURCHASE_FEN, ROW_FEN = 7861, 2500
DRAWER = Drawer(1, "01")
_AMOUNTS = dict.fromkeys(("2204", "2301", "2207", "2304"), ROW_FEN) | {"2102": PURCHASE_FEN}
_OWN_NUMBERS = {"2201": "MZ0001", "2401": "ZY0001", "2204": "MZ1", "2207": "MZ1"}
#: The training region's gateway gives up after this, counted from the intent.
PATIENCE = timedelta(seconds=8)


@dataclass
class Counter:
    """One desk; ``ours`` is this machine's clock, ``bureau_side.clock`` the bureau's."""

    store: Store
    ours: VirtualClock
    bureau_side: TinyBureau
    runtime: Runtime
    region: Region
    bureau: Bureau = field(init=False)
    resolver: Resolver = field(init=False)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        """A program that was just started: it knows what the store knows, nothing else."""
        ids = MessageIds(self.store, self.ours, "P43999900001", 1)
        sender = Sender("P43999900001", "示例大药房", "01", "收费员01")
        self.bureau = Bureau(self.region, sender, "http://x", self.runtime, ids.for_query)
        self.resolver = Resolver(self.store, self.bureau, ids, DRAWER, 1)

    def speaks(self, **changes: Any) -> None:
        """Another dialect, of the region or its queries, from the next start on."""
        asks = {name: changes.pop(name) for name in list(changes) if name in Queries.__dataclass_fields__}
        self.region = replace(self.region, queries=replace(self.region.queries, **asks), **changes)
        self.start()

    def pass_time(self, **duration: float) -> None:
        """Time passes for both."""
        self.ours.advance(**duration)
        self.bureau_side.clock.advance(**duration)

    # --- a desk's acts ---------------------------------------------------------------------------------------------

    def intend(
        self,
        transaction: str,
        *,
        person_no: str = PERSON_NO,
        about: Message | None = None,
        visit: Message | None = None,
        settlement_id: str = "",
        tender_fen: int | None = None,
        queued: bool = False,
    ) -> Message:
        """Writes an intent, of a settlement with its tender: what it will cost if nothing else is said."""
        self.bureau.sign_in()
        visit_id = "" if visit is None else self.visit_id(visit)
        if about is not None and about.kind is Kind.SETTLE:
            booked = next(one for one in self.bureau_side.settled if one.message_id == about.message_id)
            visit_id, settlement_id = booked.visit_id, booked.settlement_id
        request = request_of(self.region, transaction, person_no, visit_id, settlement_id)
        amount_fen = -about.amount_fen if about is not None else _AMOUNTS.get(transaction, 0)
        with self.store.commit() as connection:
            message_id = self.resolver.ids.for_booking(connection)
            draft = Draft(
                kind=TRANSACTIONS[transaction].kind,
                transaction=transaction,
                message_id=message_id,
                person_no=person_no,
                amount_fen=amount_fen,
                request=self.bureau.compose(request, message_id),
                about=None if about is None else about.id,
                visit=None if visit is None else visit.id,
                own_number=_OWN_NUMBERS.get(transaction, ""),
                skew_ms=self.bureau.lowest_skew_ms,
                queued=queued,
            )
            written = journal.record_intent(connection, draft, now=self.bureau.now, desk=1, operator="01")
            if tender_fen is None:
                tender_fen = amount_fen if written.kind is Kind.SETTLE else 0
            tender = [Paid(Means.CASH, tender_fen)]
            money_moves.lay_down(connection, written.id, tender, now=self.bureau.now, drawer=DRAWER)
        return written

    def send(self, message: Message) -> Conclusion:
        """Sends what was intended, and concludes."""
        reply = self.bureau.exchange(self.bureau.booking(message.transaction, message.request))
        return conclude(self.store, self.bureau, message, reply, DRAWER)

    def book(self, transaction: str, fault: Fault | None = None, **more: Any) -> Message:
        """Intends and sends; the message as it stands then."""
        intended = self.intend(transaction, **more)
        if fault is not None:
            self.bureau_side.fault(transaction, fault)
        self.send(intended)
        return self.found(intended)

    def lose(self, transaction: str, fault: Fault = LOST, **more: Any) -> Message:
        """A message whose answer does not come."""
        lost = self.book(transaction, fault, **more)
        assert lost.state is State.UNKNOWN
        self.bureau_side.posted.clear()
        return lost

    def leave(self, message: Message) -> None:
        """The customer takes the tender and goes."""
        with self.store.commit() as connection:
            money_moves.customer_left(connection, message, now=self.bureau.now, drawer=DRAWER)

    def resolve(self, message: Message) -> Attempt:
        """One attempt to find out."""
        return self.bureau.hold(self.resolver.resolve(self.found(message)))

    def drain(
        self, carriers: Callable[[int], "Lanes[Any, Any]"] = lambda width: OneByOne(), **more: Any
    ) -> list[Attempt]:
        """One pass."""
        runtime = replace(self.runtime, lanes=carriers)
        return drain_once(self.store, self.resolver, runtime, **more)

    # --- what it knows ---------------------------------------------------------------------------------------------

    def found(self, message: Message) -> Message:
        """The message as it stands now."""
        with self.store.read() as connection:
            found = journal.find(connection, message.id)
        assert found is not None
        return found

    def state(self, message: Message) -> State:
        """Where it stands now."""
        return self.found(message).state

    def messages(self) -> list[Message]:
        """Everything that was ever sent."""
        with self.store.read() as connection:
            return journal.all_messages(connection)

    def outcomes(self, message: Message) -> list[Outcome]:
        """All that was learned of it."""
        with self.store.read() as connection:
            return journal.outcomes_of(connection, message.id)

    def entries(self, message: Message) -> dict[Entry, int]:
        """The money of it."""
        with self.store.read() as connection:
            return {entry: fen for entry, fen in money_book.totals_fen(connection, message.id).items() if fen}

    def tasks(self) -> list[tuple[str, str]]:
        """What a person has to do."""
        with self.store.read() as connection:
            return [(one.kind.value, one.subject) for one in tasks.open_tasks(connection)]

    def visit_id(self, opening: Message) -> str:
        """The bureau's number of a visit that it has."""
        return next((one.visit_id for one in self.bureau_side.visits if one.by == opening.message_id), "V0")


@cache
def _requests(edition: str) -> dict[str, Request]:
    return every_message(region_of(edition))


def request_of(region: Region, transaction: str, person_no: str, visit_id: str, settlement_id: str) -> Request:
    """A message of that transaction, about that person, visit and settlement."""
    made = _requests(region.edition)[transaction]
    nodes = deepcopy(dict(made.input))
    names = {"psn_no": person_no, "mdtrt_id": visit_id or "V0", "setl_id": settlement_id or "S0"}
    for node in nodes.values():
        for row in node if isinstance(node, list) else [node]:
            assert isinstance(row, dict)
            row.update({name: value for name, value in names.items() if name in row})
    return replace(made, input=nodes)


@contextmanager
def counter() -> Iterator[Counter]:
    """A desk with an empty store at an empty bureau."""
    ours, theirs = VirtualClock(), VirtualClock()
    bureau_side = TinyBureau(theirs)

    def sleep_ms(duration_ms: int) -> None:
        ours.advance(milliseconds=duration_ms)
        theirs.advance(milliseconds=duration_ms)

    runtime = replace(virtual_runtime(ours), sleep_ms=sleep_ms, http=bureau_side)
    with memory_store(runtime) as store:
        yield Counter(store, ours, bureau_side, runtime, region_of("base"))


def disagreements(desk: Counter) -> list[str]:
    """Where the journal and the bureau do not say the same; nothing once every outcome is known."""
    side, messages = desk.bureau_side, desk.messages()
    undone = {one.about for one in messages if one.state is State.OK and one.kind in (Kind.VOID, Kind.WITHDRAW)}
    there = {
        Kind.SETTLE: set(side.in_force()),
        Kind.REGISTER: {one.by for one in side.visits},
        Kind.ADMIT: {one.by for one in side.visits},
        Kind.CHARGE: {row["by"] for row in side.rows},
    }
    found = [f"{one.id} {one.state}" for one in messages if one.kind not in AUXILIARY and one.state not in FINAL]
    for one in messages:
        stands = one.state is State.OK and one.id not in undone
        if one.kind in there and stands != (one.message_id in there[one.kind]):
            found.append(f"{one.id} {one.kind} {one.state}, at the bureau: {not stands}")
        with desk.store.read() as connection:
            if money_book.open_tender_fen(connection, one.id):
                found.append(f"{one.id} has an open tender")
    return found

"""One pass over everything that is open: queued messages are sent, unknown outcomes are found out.

One process a home drains, under an operating-system lock. People are served in lanes side by side; within a lane the
messages of one person keep their order, and what is queued behind an unknown outcome waits for it, unless that one is
a person's task already. What is written when several replies came together shares one commit; a message leaves only
after the commit of its intent. The pass may be killed at any point and simply started again.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial

from pos_client.errors import EnvironmentProblem, Refused
from pos_client.offline import journal, settlements, tasks
from pos_client.offline.journal import Kind, Message, Remark, State
from pos_client.offline.settlements import SettlementState
from pos_client.offline.store import Store, StoreConnection
from pos_client.offline.tasks import TaskKind
from pos_client.runtime import Lanes, Runtime
from pos_client.sync.attempts import Attempt, Result
from pos_client.sync.bureau import Bureau, Conversation, Outgoing
from pos_client.sync.reply import Reply
from pos_client.sync.resolve import Resolver

LANES = 8
#: How often one message is asked about in a pass: where clocks jump, it may never be late enough for an answer.
ASKED_IN_A_PASS = 4
#: A wall clock that is being corrected runs this much slower than the sleep, at the most.
_CLOCK_SLEW_MS = 20

_Lane = Conversation[list[Attempt]]
_Key = tuple[str, bool]
_Ready = tuple[_Lane, Reply | None]
_Lanes = Lanes[tuple[_Lane, datetime], Reply]


def drain_once(
    store: Store, resolver: Resolver, runtime: Runtime, *, lanes: int = LANES, sends: bool = True
) -> list[Attempt]:
    """Sends and resolves all that can be now and returns the last attempt on each message.

    With ``sends`` off, what is queued stays there. A "not found" that came too early is waited for (the region's
    gateway time-out), and asked again.
    """
    resolver.adopt_orphans(of_queue=True)
    last: dict[_Key, Attempt] = {}
    asked: Counter[_Key] = Counter()
    while work := _work(store, last, asked, runtime.clock.now_utc(), sends=sends):
        try:
            resolver.bureau.sign_in()
        except (EnvironmentProblem, Refused) as problem:
            with store.together():
                last |= {_key(message): resolver.put_off(message, problem.code) for message in work}
            break
        for attempt in _serve(store, resolver, runtime, work, lanes):
            last[_key(attempt.message)] = attempt
            asked[_key(attempt.message)] += 1
        _wait_for_the_early(resolver.bureau, runtime, [one for key, one in last.items() if _is_early(one, asked[key])])
    return list(last.values())


def _is_early(attempt: Attempt, asked: int) -> bool:
    return attempt.result is Result.TOO_EARLY and asked < ASKED_IN_A_PASS


def _wait_for_the_early(bureau: Bureau, runtime: Runtime, early: Sequence[Attempt]) -> None:
    """Waits for the first of them to be due, but never longer than a right clock would ask for."""
    due = [one.next_try_at for one in early if one.next_try_at is not None]
    if due:
        wait_ms = round((min(due) - runtime.clock.now_utc()).total_seconds() * 1000) + _CLOCK_SLEW_MS
        transport = bureau.region.transport
        longest_ms = 2 * (transport.gateway_timeout_s * 1000 + transport.connect_timeout_ms)
        runtime.sleep_ms(min(max(wait_ms, _CLOCK_SLEW_MS), longest_ms))


def _work(
    store: Store, last: Mapping[_Key, Attempt], asked: Counter[_Key], now: datetime, *, sends: bool
) -> list[Message]:
    """What is to be done and was not tried in this pass, or was tried too early and is due again."""
    with store.read() as connection:
        found = [*journal.open_messages(connection), *left_but_settled(connection)]
    not_now = {State.INTENT} if sends else {State.INTENT, State.QUEUED, State.OK}

    def is_due(message: Message) -> bool:
        tried = last.get(_key(message))
        if tried is None and _came_to_nothing_twice(message, last):
            return False
        return tried is None or (_is_early(tried, asked[_key(message)]) and (tried.next_try_at or now) <= now)

    work: list[Message] = []
    held_up: set[str] = set()  # people of whom an older message stays open for now
    for message in sorted(found, key=lambda one: one.order):
        if message.state in not_now or not is_due(message):
            if not _is_left_to_a_person(last.get(_key(message))):
                held_up.add(message.person_no)
        elif message.state is not State.QUEUED or message.person_no not in held_up:
            work.append(message)
    return work


def _is_left_to_a_person(attempt: Attempt | None) -> bool:
    """Whether somebody has to ask the bureau about it: nothing may wait for that, it may take days."""
    return attempt is not None and attempt.result is Result.REFUSED


def _came_to_nothing_twice(message: Message, last: Mapping[_Key, Attempt]) -> bool:
    """Whether it takes the place of one that took another's place in this very pass: then the next pass sends it."""
    before = last.get((message.about or "", False))
    return before is not None and before.message.kind is Kind.SETTLE and before.message.about is not None


def _key(message: Message) -> _Key:
    """A settlement may be found in a pass, and voided in the same one because its customer has left."""
    return message.id, message.state is State.OK


def left_but_settled(connection: StoreConnection) -> list[Message]:
    """Settlements whose customers have left, unless a void of theirs was refused and a person has the task."""
    return [
        one
        for one in journal.remarked(connection, Remark.CUSTOMER_LEFT)
        if settlements.state_of(connection, one) is SettlementState.SETTLED
        and not tasks.is_open(connection, TaskKind.LEFT_BUT_SETTLED, one.id)
    ]


def _serve(
    store: Store, resolver: Resolver, runtime: Runtime, work: Sequence[Message], width: int
) -> Iterator[Attempt]:
    people: dict[str, list[Message]] = {}
    for message in work:
        people.setdefault(message.person_no, []).append(message)
    waiting: list[_Ready] = [(_lane(resolver, messages), None) for messages in people.values()]
    with _open_lanes(runtime, width) as lanes:
        ready: list[_Ready] = []
        under_way = 0
        while waiting or ready or under_way:
            room = width - under_way - len(ready)
            ready, waiting = ready + waiting[:room], waiting[room:]
            outgoing, attempts = _advance(store, ready)
            yield from attempts
            for lane, leaving in outgoing:
                lanes.start((lane, resolver.bureau.now), partial(resolver.bureau.carry, leaving))
            under_way += len(outgoing)
            ready = _returned(resolver.bureau, lanes) if under_way else []
            under_way -= len(ready)


def _advance(store: Store, ready: Sequence[_Ready]) -> tuple[list[tuple[_Lane, Outgoing]], list[Attempt]]:
    """Lets every lane go on until its next message; all that they write is one commit."""
    outgoing: list[tuple[_Lane, Outgoing]] = []
    attempts: list[Attempt] = []
    with store.together():
        for lane, reply in ready:
            try:
                outgoing.append((lane, next(lane) if reply is None else lane.send(reply)))
            except StopIteration as end:
                attempts += end.value
    return outgoing, attempts


def _returned(bureau: Bureau, lanes: _Lanes) -> list[_Ready]:
    return [(lane, bureau.noted(reply, sent_at)) for (lane, sent_at), reply in lanes.finished()]


def _lane(resolver: Resolver, messages: Sequence[Message]) -> _Lane:
    """The messages of one person, in their order."""
    attempts: list[Attempt] = []
    held_up = False
    for message in sorted(messages, key=lambda one: one.order):
        if message.state is State.QUEUED:
            if held_up:
                continue
            attempt = yield from resolver.send(message)
        elif message.state is State.UNKNOWN:
            attempt = yield from resolver.resolve(message)
        else:
            attempt = yield from resolver.void_what_was_left(message)
        held_up = held_up or not (attempt.is_final or _is_left_to_a_person(attempt))
        attempts.append(attempt)
    return attempts


@contextmanager
def _open_lanes(runtime: Runtime, width: int) -> Iterator[_Lanes]:
    lanes: _Lanes = runtime.lanes(width)
    try:
        yield lanes
    finally:
        lanes.close()

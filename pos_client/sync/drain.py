"""One pass over everything that is open: the work of ``sync --once``.

One process a home drains, under an operating-system lock. Every attempt is written before the next begins, so the
pass may be killed at any point and simply started again.
"""

from pos_client.offline import journal
from pos_client.offline.journal import State
from pos_client.offline.store import Store
from pos_client.runtime import Runtime
from pos_client.sync.resolve import Attempt, Resolver, Result


def drain_once(store: Store, resolver: Resolver, runtime: Runtime) -> list[Attempt]:
    """Resolves every UNKNOWN message that can be resolved now and returns the last attempt on each.

    A "not found" that came too early is waited for (the region's gateway time-out), and asked again.
    """
    last: dict[str, Attempt] = {}
    with store.read() as connection:
        work = [message for message in journal.open_messages(connection) if message.state is State.UNKNOWN]
    while work:
        early = []
        for message in work:
            attempt = resolver.resolve(message)
            last[message.id] = attempt
            if attempt.result is Result.TOO_EARLY:
                early.append(attempt)
        if early:
            due = min(attempt.next_try_at for attempt in early if attempt.next_try_at is not None)
            wait = due - runtime.clock.now_utc()
            runtime.sleep_ms(max(0, round(wait.total_seconds() * 1000)) + 1)
        work = [attempt.message for attempt in early]
    return list(last.values())

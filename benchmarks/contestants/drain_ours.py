"""The drain of pos_client over real HTTP: its back office, opened as ``pos-client sync`` opens it."""

from collections.abc import Sequence
from contextlib import ExitStack, closing
from pathlib import Path

from benchmarks.backlog import queue_settlements
from benchmarks.counters import Buyer
from benchmarks.kept import Kept
from pos_client.config import Home, prepare, write_whole
from pos_client.desk.station import Office, open_back_office
from pos_client.offline import journal, tasks
from pos_client.offline.journal import FINAL, Kind, Message, State
from pos_client.offline.tasks import TaskKind
from pos_client.runtime import Runtime, system_runtime
from pos_client.sync.drain import LANES, drain_once
from pos_client.sync.http import RequestsHttp


class Ours:
    """One home; several people are served side by side."""

    def __init__(self, folder: Path, url: str, desk: int, *, lanes: int = LANES) -> None:
        self._stack = ExitStack()
        self._lanes = lanes
        self._runtime: Runtime = system_runtime(self._stack.enter_context(closing(RequestsHttp())))
        self._office: Office = self._stack.enter_context(
            open_back_office(_home(folder, desk), {"POS_CLIENT_FRONT_END": url}, self._runtime)
        )

    @classmethod
    def one_lane(cls, folder: Path, url: str, desk: int) -> "Ours":
        """The same, one person after the other."""
        return cls(folder, url, desk, lanes=1)

    def fill(self, buyers: Sequence[Buyer]) -> None:
        """Queues a settlement for each."""
        self.queue(buyers)

    def queue(self, buyers: Sequence[Buyer]) -> list[Message]:
        """Queues a settlement for each and shows what is to be sent."""
        return queue_settlements(self._office, buyers)

    def drain(self) -> None:
        """One pass."""
        drain_once(self._office.store, self._office.resolver, self._runtime, lanes=self._lanes)

    def pragma(self, name: str) -> str:
        """SQLite's answer on the store's connection."""
        connection = self._office.store._engine.raw_connection()  # noqa: SLF001  # a desk has no PRAGMA to ask for
        answer = connection.cursor().execute(f"PRAGMA {name}").fetchone()
        connection.close()
        return str(answer[0])

    def kept(self) -> Kept:
        """What the journal says."""
        with self._office.store.read() as connection:
            found = [one for one in journal.all_messages(connection) if one.kind is Kind.SETTLE]
            losses = {one.subject for one in tasks.open_tasks(connection) if one.kind is TaskKind.LOSS}
        return Kept(
            done=[one.person_no for one in found if one.state is State.OK],
            open=[one.person_no for one in found if one.state not in FINAL],
            tasks=[one.person_no for one in found if one.id in losses],
        )

    def close(self) -> None:
        """Closes the store."""
        self._stack.close()


def _home(folder: Path, desk: int) -> Home:
    """A training home whose desk number is no other's at this bureau: message ids carry it."""
    home = Home(folder / "home")
    if not home.config_file.exists():
        home.folder.mkdir(parents=True, mode=0o700)
        write_whole(home.config_file, f"[institution]\ndesks = 99\n[desk]\nnumber = {desk}\n")
    prepare(home)
    return home

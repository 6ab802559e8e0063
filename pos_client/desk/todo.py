"""What is to be done, for the window: the list, each of its acts, and the drain beside the window.

Used in the desk's thread. Nothing here waits for the drain; only asking about one message waits for the bureau.
"""

from collections.abc import Mapping

from pos_client.desk import afterwards, backups, known_later, queue, todo_list
from pos_client.desk import outcome_words as outcomes
from pos_client.desk import todo_words as words
from pos_client.desk import unknown_words as unknown
from pos_client.desk.counter_devices import CounterDevices
from pos_client.desk.drainer import Drained, Drainer, next_due
from pos_client.desk.money_words import MEANS
from pos_client.desk.operators import SignedIn
from pos_client.desk.station import Office
from pos_client.desk.strip import Contact
from pos_client.desk.todo_view import Act, Tended, TodoRow, UnknownView
from pos_client.desk.unknown_watch import watch
from pos_client.errors import EnvironmentProblem
from pos_client.money import yuan_grouped
from pos_client.offline import audit, differences_found, journal
from pos_client.offline.journal import Remark
from pos_client.offline.locks import drain_lock
from pos_client.offline.money_book import Means, Paid
from pos_client.offline.words import DRAIN_TAKEN
from pos_client.phrase import Phrase
from pos_client.sync.attempts import Attempt, Result

_STILL_OPEN: Mapping[Result, Phrase] = {
    Result.TOO_EARLY: outcomes.TOO_EARLY,
    Result.UNREACHABLE: outcomes.UNREACHABLE,
    Result.REFUSED: outcomes.REFUSED,
}


class Todo:
    """The work that is left over, of one desk."""

    def __init__(self, office: Office, contact: Contact, devices: CounterDevices | None = None) -> None:
        self._office, self._contact = office, contact
        self._devices = devices or CounterDevices()
        home, language = office.books.home, office.settings.language
        self._drainer = Drainer(office.books.runtime, home, language)

    # --- beside the window ---

    def tend(self) -> Tended:
        """Hears how a pass over what is open went, begins one when something is due, and sees what became known.

        While the bureau is out of reach a pass also looks, once a minute, whether it is back.

        Raises:
            EnvironmentProblem: D-….
        """
        ended = self._drainer.poll()
        if ended is not None:
            self._note_contact(ended)
        online = self._contact.offline_since is None
        self._drainer.start_when_due(next_due(self._office.store), in_contact=online)
        news = known_later.look(self._office)
        return Tended(news, ended is not None, "" if ended is None else ended.sentence)

    def _note_contact(self, ended: Drained) -> None:
        if ended.in_contact is True:
            self._contact.reached()
        elif ended.in_contact is False:
            self._contact.failed(self._office.bureau.now)

    def close(self) -> None:
        """Ends a pass that is under way; whatever it had sent is found out by the next one."""
        self._drainer.close()

    # --- one unknown outcome ---

    def unknown(self, id_: str) -> UnknownView:
        """How finding out about a settlement stands.

        Raises:
            Refused: S-NOSALE.
        """
        return watch(self._office, id_)

    def customer_left(self, id_: str) -> str:
        """The customer takes his money and leaves; says what to hand back.

        Raises:
            Refused: S-NOSALE, S-KNOWN.
        """
        language = self._office.settings.language
        afterwards.customer_left(self._office, id_)
        with self._office.store.read() as connection:
            message = journal.find(connection, id_)
            assert message is not None, "the customer has left it"
            means = known_later.means_in_words(known_later.out_of_drawer(connection, message), language)
        return unknown.HANDED_BACK.say(language, means=means) if means else unknown.LEFT_NOTED.say(language)

    def told(self, id_: str) -> str:
        """The customer was told of an outcome, and got what is his.

        Raises:
            Refused: S-TOLD.
        """
        known_later.look(self._office)
        known_later.told(self._office, id_)
        return words.TOLD.say(self._office.settings.language)

    def ask(self, id_: str) -> str:
        """Asks the bureau about one message now and says what came of it.

        Raises:
            Refused: S-NOSALE, R-9001. EnvironmentProblem: N-….
        """
        language = self._office.settings.language
        known_later.look(self._office)  # what is open now is what somebody waits for
        try:
            with drain_lock(self._office.books.home):
                attempt = queue.resolve_one(self._office, id_)
        except EnvironmentProblem as problem:
            if problem.words is not DRAIN_TAKEN:
                raise
            return outcomes.ASKING_ALREADY.say(language)
        return self._in_words(id_, attempt)

    def _in_words(self, id_: str, attempt: Attempt | None) -> str:
        language = self._office.settings.language
        if attempt is not None and not attempt.is_final:
            why = attempt.why.rstrip("。. ")
            return _STILL_OPEN[attempt.result].say(language, at=attempt.next_try_local(), why=why)
        known_later.look(self._office)
        with self._office.store.read() as connection:
            message = journal.find(connection, id_)
            assert message is not None, "it was asked about"
            if message.kind not in (journal.Kind.SETTLE, journal.Kind.VOID):
                return outcomes.KNOWN_ALREADY.say(language)
            return known_later.sentence_of(connection, message, language)

    # --- the list ---

    def rows(self) -> tuple[TodoRow, ...]:
        """All that is to be done."""
        return todo_list.todo_list(self._office)

    def send_now(self) -> str:
        """Begins a pass over what waits now."""
        running = self._drainer.is_running
        self._drainer.start()
        return (words.SENDING_ALREADY if running else words.SENDING).say(self._office.settings.language)

    def collect(self, row: TodoRow, means: str, reference: str) -> str:
        """Books what was collected afterwards.

        Raises:
            Refused: S-COLLECT.
        """
        paid = Paid(Means(means), row.money_fen, reference)
        afterwards.collect(self._office, row.id, paid)
        self._devices.money_taken([paid], 0)
        language = self._office.settings.language
        return words.COLLECTED.say(language, money=_money(row), means=MEANS[paid.means].say(language))

    def give_back(self, row: TodoRow) -> str:
        """Books what was given back in cash.

        Raises:
            Refused: S-COLLECT.
        """
        back = Paid(Means.CASH, row.money_fen)
        afterwards.give_back(self._office, row.id, back)
        self._devices.money_given_back([back])
        return words.GIVEN_BACK.say(self._office.settings.language, money=_money(row))

    def finish(self, row: TodoRow, how: str, by: SignedIn | None) -> str:
        """Notes how a person settled something; ``by`` is the supervisor whose word it wanted.

        Raises:
            Refused: S-NOTASK, S-SUPERVISOR, S-REASON.
        """
        if row.act is Act.ACCEPT:
            assert by is not None, "only a supervisor lets a restored store take money"
            backups.accept(self._office.books, how, by=by)
        elif row.act is Act.SEEN:
            self._seen(row.id, how, by)
        else:
            assert row.task is not None, "a task is finished"
            authorised_by = "" if by is None else by.name
            queue.finish_task(self._office, row.task, how, authorised_by=authorised_by)
        return words.DONE.say(self._office.settings.language, title=row.title)

    def _seen(self, day: str, how: str, by: SignedIn | None) -> None:
        office, now = self._office, self._office.bureau.now
        operator = office.drawer.operator
        with office.store.commit() as connection:
            ids = differences_found.unseen(connection).get(day, [])
            for id_ in ids:
                journal.remark_on(connection, id_, Remark.DIFFERENCE_SEEN, now=now, operator=operator)
            detail = {"how": how, "bills": len(ids), "authorised_by": "" if by is None else by.name}
            audit.append(connection, "difference.seen", day, detail, now=now, operator=operator)


def _money(row: TodoRow) -> str:
    return yuan_grouped(row.money_fen)

"""One list of all that waits for a person: tasks, unknown outcomes, what waits to be sent, figures that differ."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pos_client.desk import differences, known_later
from pos_client.desk import todo_words as words
from pos_client.desk.message_words import ASKING, KINDS
from pos_client.desk.station import Office
from pos_client.desk.todo_view import Act, Evidence, TodoRow, WhoseView
from pos_client.money import yuan_grouped
from pos_client.offline import differences_found, journal, money_book, sales_found, settlements, tasks
from pos_client.offline.journal import Kind, Message, Remark, State
from pos_client.offline.money_book import Means
from pos_client.offline.open_counts import OpenCount
from pos_client.offline.store import StoreConnection
from pos_client.offline.tasks import Task, TaskKind
from pos_client.phrase import Language, Phrase
from pos_client.runtime import shanghai

_ACTS = {
    TaskKind.COLLECT: Act.COLLECT,
    TaskKind.GIVE_BACK: Act.GIVE_BACK,
    TaskKind.TELL: Act.TOLD,
    TaskKind.RESTORED: Act.ACCEPT,
}
#: What a cashier may finish without a supervisor's word.
_OF_CASHIERS = (TaskKind.COLLECT, TaskKind.GIVE_BACK, TaskKind.TELL)
#: These are about a message that may still be asked about: one row for both.
_ABOUT_OPEN = (TaskKind.CANNOT_RESOLVE,)
_ORDER = (
    TaskKind.RESTORED,
    TaskKind.TELL,
    TaskKind.COLLECT,
    TaskKind.GIVE_BACK,
    TaskKind.CANNOT_RESOLVE,
    TaskKind.LEFT_BUT_SETTLED,
    TaskKind.LOSS,
    TaskKind.TOTALS_DIFFER,
    TaskKind.TOTALS_MISSING,
)
_MOST_EVIDENCE = 6


@dataclass(frozen=True, slots=True)
class _Open:
    """Everything that the list is made of."""

    tasks: tuple[Task, ...]
    unknown: tuple[Message, ...]
    waiting: tuple[Message, ...]
    differing: dict[str, list[str]]


def count(connection: StoreConnection, opened: Sequence[OpenCount]) -> int:
    """How many rows the list has; ``opened`` is what is open now."""
    todo = tasks.open_tasks(connection)
    named = sum(journal.state_of(connection, one) is State.UNKNOWN for one in _named_by(todo))
    unknown = sum(one.count for one in opened if one.state is State.UNKNOWN) - named
    waits = any(one.state is State.QUEUED for one in opened)
    return len(todo) + unknown + waits + len(differences_found.unseen(connection))


def todo_list(office: Office) -> tuple[TodoRow, ...]:
    """The rows: first what stops the desk or somebody waits for, then what the program works at, then figures."""
    language = office.settings.language
    with office.store.read() as connection:
        found = _read(connection)
        build = _Rows(office, connection, language)
        ordered = sorted(found.tasks, key=lambda one: (_ORDER.index(one.kind), one.number))
        first = [build.of_task(one) for one in ordered if one.kind in _ORDER[:2]]
        rest = [build.of_task(one) for one in ordered if one.kind not in _ORDER[:2]]
        unknown = [build.of_unknown(one) for one in found.unknown]
        waiting = [build.of_waiting(found.waiting)] if found.waiting else []
        differing = [build.of_differences(day, ids) for day, ids in found.differing.items()]
    return (*first, *unknown, *rest, *waiting, *differing)


def _read(connection: StoreConnection) -> _Open:
    opened = journal.open_messages(connection)
    todo = tuple(tasks.open_tasks(connection))
    named = _named_by(todo)
    return _Open(
        tasks=todo,
        unknown=tuple(one for one in opened if one.state is State.UNKNOWN and one.id not in named),
        waiting=tuple(one for one in opened if one.state is State.QUEUED),
        differing=differences_found.unseen(connection),
    )


def _named_by(todo: Iterable[Task]) -> set[str]:
    """The messages that a row of a task stands for already."""
    return {one.subject for one in todo if one.kind in _ABOUT_OPEN}


@dataclass(frozen=True, slots=True)
class _Rows:
    """Makes rows of one view of the store."""

    office: Office
    connection: StoreConnection
    language: Language

    def say(self, phrase: Phrase, **fill: object) -> str:
        return phrase.say(self.language, **fill)

    # --- tasks ---

    def of_task(self, task: Task) -> TodoRow:
        about = journal.find(self.connection, task.subject)
        act = _ACTS.get(task.kind, Act.FINISH)
        money_fen = int(task.evidence.get("short_fen", task.evidence.get("over_fen", 0)))
        fill = self._fill(task, money_fen)
        title = self._title(task, about)
        known = known_later.sentence_of(self.connection, about, self.language) if about and act is Act.TOLD else ""
        amount_fen = money_fen or (abs(about.amount_fen) if about else task.evidence.get("total_fen"))
        return TodoRow(
            key=f"task:{task.number}",
            sign=words.SIGNS.get(task.kind, "stop"),
            title=title,
            first=task.subject if about is None else self._who_and_when(about),
            second=self._second(task, about),
            amount_fen=amount_fen,
            act=act,
            act_words=self.say(words.ACTS[act], money=fill["money"]),
            sentence=known or self.say(words.SENTENCES[task.kind], **fill),
            id="" if about is None else about.id,
            task=task.number,
            money_fen=money_fen,
            authority="" if task.kind in _OF_CASHIERS else self.say(words.AUTHORITY, title=title),
            whose=None if about is None else self._whose(about),
            evidence=tuple(self._evidence(task, about)),
            prints=about is not None and about.kind in (Kind.SETTLE, Kind.VOID) and about.state is State.OK,
        )

    def _fill(self, task: Task, money_fen: int) -> dict[str, object]:
        evidence = task.evidence
        return {
            "money": yuan_grouped(money_fen),
            "said": str(evidence.get("said", "")).rstrip("。. "),
            "desks": ", ".join(str(desk) for desk in evidence.get("desks", ())),
            "wanted": evidence.get("wanted", ""),
        }

    def _title(self, task: Task, about: Message | None) -> str:
        if task.kind is TaskKind.TELL and about is not None:
            return self.say(words.TELL_TITLES[known_later.outcome_of(self.connection, about)])
        return self.say(words.TITLES[task.kind])

    def _second(self, task: Task, about: Message | None) -> str:
        if task.kind is TaskKind.TELL and about is not None:
            return known_later.what_to_do(self.connection, about, self.language)
        said = str(task.evidence.get("said", "")).rstrip("。. ")
        return said or ("" if about is None else self.say(words.OF_BILL, id=about.id))

    def _evidence(self, task: Task, about: Message | None) -> Iterator[Evidence]:
        if task.kind is TaskKind.TOTALS_DIFFER:
            yield from self._of_totals(task)
        elif about is not None:
            yield from self._of_bill(about)
            yield Evidence(self.say(words.MESSAGE), _grouped(about.message_id))
        if (said := str(task.evidence.get("said", ""))) and task.kind is not TaskKind.TOTALS_DIFFER:
            yield Evidence(self.say(words.BUREAU_SAYS), said)

    def _of_totals(self, task: Task) -> Iterator[Evidence]:
        evidence = task.evidence
        names = ((words.TOTAL, "total_fen"), (words.FUNDS, "fund_fen"), (words.ACCOUNT, "account_fen"))
        yield Evidence(self.say(words.COUNT), str(evidence.get("count", 0)))
        for phrase, name in names:
            yield Evidence(self.say(phrase), yuan_grouped(int(evidence.get(name, 0))))

    # --- unknown outcomes ---

    def of_unknown(self, message: Message) -> TodoRow:
        pending = journal.pending_of(self.connection, message.id)
        tries = 0 if pending is None else pending.tries
        left = journal.has_remark(self.connection, message.id, Remark.CUSTOMER_LEFT)
        settles = message.kind is Kind.SETTLE
        title = words.UNKNOWN_LEFT if left else words.UNKNOWN if settles else words.UNKNOWN_OTHER
        says = words.UNKNOWN_LEFT_SAYS if left else words.UNKNOWN_SAYS if settles else words.UNKNOWN_OTHER_SAYS
        tender = [one for one in money_book.open_tender(self.connection, message.id) if one.means is not Means.DEPOSIT]
        means = known_later.means_in_words(tender, self.language)
        asked = words.ASKED if means else words.ASKED_NO_MONEY
        who = known_later.whose_name(self.connection, message)
        told = self.say(asked, at=_time(message), means=means, count=tries)
        asking = self.say(ASKING["" if pending is None else pending.asking])
        return TodoRow(
            key=f"message:{message.id}",
            sign="unknown",
            title=self.say(title, kind=self.say(KINDS[message.kind])),
            first=f"{who} {told}".strip(),
            second=self.say(words.SLIP_AND_NEXT, id=message.id, asking=asking),
            amount_fen=abs(message.amount_fen),
            act=Act.ASK,
            act_words=self.say(words.ACTS[Act.ASK]),
            sentence=self.say(says),
            code=f"U-{message.transaction}",
            id=message.id,
            whose=self._whose(message),
            evidence=(*self._of_bill(message), *self._of_asking(message, tries)),
            prints=settles,
        )

    def _of_asking(self, message: Message, tries: int) -> Iterator[Evidence]:
        pending = journal.pending_of(self.connection, message.id)
        yield Evidence(self.say(words.MESSAGE), _grouped(message.message_id))
        yield Evidence(self.say(words.ASKED_TIMES), self.say(words.TIMES, count=tries), minor=True)
        if pending is not None and tries:
            yield Evidence(self.say(words.NEXT), f"{shanghai(pending.next_try_at):%H:%M:%S}", minor=True)

    # --- what waits, and what differs ---

    def of_waiting(self, waiting: Sequence[Message]) -> TodoRow:
        at = _time(waiting[0])
        total_fen = sum(abs(one.amount_fen) for one in waiting)
        return TodoRow(
            key="waiting",
            sign="note",
            title=self.say(words.WAITING),
            first=self.say(words.WAITING_FIRST, count=len(waiting), at=at),
            second=self.say(words.WAITING_SECOND),
            amount_fen=total_fen,
            act=Act.SEND,
            act_words=self.say(words.ACTS[Act.SEND]),
            sentence=self.say(words.WAITING_SAYS),
            evidence=tuple(self._listed(waiting)),
        )

    def _listed(self, waiting: Sequence[Message]) -> Iterator[Evidence]:
        for one in waiting[:_MOST_EVIDENCE]:
            who = known_later.whose_name(self.connection, one)
            yield Evidence(f"{who} {_time(one)}".strip(), yuan_grouped(abs(one.amount_fen)))
        if len(waiting) > _MOST_EVIDENCE:
            yield Evidence(self.say(words.MORE, count=len(waiting) - _MOST_EVIDENCE))

    def of_differences(self, day: str, ids: Sequence[str]) -> TodoRow:
        found = [(id_, one) for id_ in ids for one in settlements.differences_of(self.connection, id_)]
        evidence = [
            Evidence(
                f"{id_} {self.say(differences.FIGURES[one.figure])}",
                bureau=yuan_grouped(one.bureau_fen),
                ours=yuan_grouped(one.ours_fen),
            )
            for id_, one in found[:_MOST_EVIDENCE]
        ]
        if len(found) > _MOST_EVIDENCE:
            evidence.append(Evidence(self.say(words.MORE, count=len(found) - _MOST_EVIDENCE)))
        first = found[0]
        title = self.say(words.DIFFERENCES, day=day[5:], count=len(ids))
        return TodoRow(
            key=f"differences:{day}",
            sign="look",
            title=title,
            first=differences.sentence(first[1], self.language),
            second=self.say(words.DIFFERENCES_SECOND),
            amount_fen=None,
            act=Act.SEEN,
            act_words=self.say(words.ACTS[Act.SEEN]),
            sentence=self.say(words.DIFFERENCES_SAYS),
            id=day,
            authority=self.say(words.AUTHORITY, title=title),
            evidence=tuple(evidence),
        )

    # --- whose it is ---

    def _who_and_when(self, message: Message) -> str:
        who = known_later.whose_name(self.connection, message)
        return self.say(words.SINCE, who=who, at=_time(message)).strip()

    def _whose(self, message: Message) -> WhoseView:
        who = known_later.whose_name(self.connection, message)
        return WhoseView(who, self.say(KINDS[message.kind]), _time(message))

    def _of_bill(self, message: Message) -> Iterator[Evidence]:
        """What the bureau booked beside what was shown, or only what was shown."""
        head = sales_found.head_of(self.connection, message.id)
        booked = settlements.settlement_of(self.connection, message.id)
        if head is None:
            return
        shown = (head.total_fen, head.fund_fen, head.account_fen, head.cash_fen)
        there = None if booked is None else (booked.total_fen, booked.fund_fen, booked.account_fen, booked.cash_fen)
        for number, phrase in enumerate((words.TOTAL, words.FUNDS, words.ACCOUNT, words.CASH)):
            ours = yuan_grouped(shown[number])
            if there is None:
                yield Evidence(self.say(phrase), ours, minor=not shown[number])
            else:
                yield Evidence(self.say(phrase), bureau=yuan_grouped(there[number]), ours=ours)


def _time(message: Message) -> str:
    return f"{shanghai(message.created_at):%m-%d %H:%M}"


def _grouped(message_id: str) -> str:
    """A message id as it is read out: institution, time, desk and counter apart."""
    return " ".join(filter(None, (message_id[:12], message_id[12:20], message_id[20:26], message_id[26:])))

"""Bills computed again under another version of the rules: who would have paid what.

Each bill is computed with the counters that it had on its day: what an earlier bill of the same year would have left
otherwise is not carried on.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from pos_client.benefit.event_days import day_of
from pos_client.benefit.facts import Bill, Event
from pos_client.benefit.library import NOT_FOR_PAYING, NoVersionInForce, PolicyLibrary
from pos_client.benefit.policy import Policy
from pos_client.benefit.policy_file import PolicyFile
from pos_client.benefit.reasons import Held
from pos_client.benefit.record_stream import split_records
from pos_client.benefit.records import record_of_split
from pos_client.benefit.split import split
from pos_client.money import fen_of_yuan

Kind = Literal["same", "differs", "held", "refused"]
SplitRecord = Mapping[str, Any]

#: What of a bill's split is compared beside what each fund pays, in the order in which it is told.
_AMOUNTS: Final = ("own_expense", "pre_self_pay", "deductible", "patient_total", "pa_pay", "cash_pay", "flat_benefit")
_WORDS: Final = ("entitlement", "mode")


class Candidate(PolicyLibrary):
    """Answers for every place and day with one file, as if that had been in force; never when something is paid.

    For a day before the file begins, its includes are those of its first day.
    """

    def __init__(self, file: PolicyFile, includes: PolicyLibrary) -> None:
        super().__init__(())
        self.file = file
        self._includes = includes
        self._by_day: dict[date, Policy] = {}

    @property
    def policy(self) -> Policy:
        """The file on its first day."""
        return self._on(self.file.valid_from)

    def pick(self, id_or_alias: str, on: date, *, paying: bool = True) -> Policy:
        """The file.

        Raises:
            NoVersionInForce: something is to be paid by it.
            PolicyFileProblem: a promise of the file is broken, or an include cannot be used.
        """
        if paying:
            raise NoVersionInForce(NOT_FOR_PAYING, name=self.file.id, day=on)
        return self._on(max(on, self.file.valid_from))

    def pick_for(self, id_or_alias: str, event: Event, *, paying: bool = True) -> Policy:
        """The file, with the includes of the event's day.

        Raises:
            Held: the event does not carry the day that decides.
            NoVersionInForce, PolicyFileProblem: as for :meth:`pick`.
        """
        version_by = self.file.document.get("dates", {}).get("version_by", "discharge")
        return self.pick(id_or_alias, day_of(event, version_by), paying=paying)

    def _on(self, day: date) -> Policy:
        if day not in self._by_day:
            self._by_day[day] = self._includes.compile_candidate(self.file, day)
        return self._by_day[day]


@dataclass(frozen=True, slots=True)
class Replayed:
    """One bill before and after, each as a record of its split; a bill that cannot be read has its refusal."""

    id: str
    category: str
    before: SplitRecord
    after: SplitRecord

    @property
    def kind(self) -> Kind:
        """same, differs, held (on either side, so there is nothing to compare), or refused."""
        states = {self.before["status"], self.after["status"]}
        if "refused" in states:
            return "refused"
        if "hold" in states:
            return "held"
        return "differs" if self.changed_fen() or self.changed_words() else "same"

    @property
    def patient_before_fen(self) -> int:
        """The patient's part as it was."""
        return fen_of_yuan(self.before["patient_total"])

    @property
    def patient_after_fen(self) -> int:
        """The patient's part under the other version."""
        return fen_of_yuan(self.after["patient_total"])

    @property
    def harm_fen(self) -> int:
        """What the patient would have paid more; below zero: less."""
        return self.patient_after_fen - self.patient_before_fen

    def changed_fen(self) -> dict[str, int]:
        """By how much each amount that is not the same has risen or fallen."""
        names = dict.fromkeys((*_AMOUNTS, *_funds(self.before), *_funds(self.after)))
        change = {name: self._fen(self.after, name) - self._fen(self.before, name) for name in names}
        return {name: fen for name, fen in change.items() if fen}

    def changed_words(self) -> tuple[str, ...]:
        """Whether the entitlement or the place of settlement is another."""
        return tuple(name for name in _WORDS if self.before[name] != self.after[name])

    @staticmethod
    def _fen(record: SplitRecord, name: str) -> int:
        return fen_of_yuan(record.get(name, "0"))


def _funds(record: SplitRecord) -> list[str]:
    return [name for name in record if name.endswith("_pay") and name not in _AMOUNTS]


def replay_lines(lines: Sequence[tuple[str, str]], policies: PolicyLibrary, candidate: Candidate) -> Iterator[Replayed]:
    """Lines of the vectors' form, each with its category, under the policies of their day and under the candidate.

    A bill without an id is called by the number of its line.

    Raises:
        PolicyFileProblem: a policy file that a bill needs cannot be used.
    """
    before = split_records((line for line, _ in lines), policies)
    after = split_records((line for line, _ in lines), candidate)
    for number, ((_, category), (was, _), (would_be, _)) in enumerate(zip(lines, before, after, strict=True), start=1):
        id_ = f"#{number}" if was["id"] is None else str(was["id"])
        yield Replayed(id_, category, was, would_be)


def replay_bill(id_: str, bill: Bill, before: SplitRecord, candidate: Candidate) -> Replayed:
    """One bill of which the split is already known, under the candidate."""
    try:
        after = record_of_split(id_, split(candidate.pick_for("", bill.event, paying=False), bill))
    except Held as held:
        after = {"status": "hold", "reasons": [held.reason], "details": [held.detail]}
    return Replayed(id_, bill.person.category or "", before, after)


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over bills that were settled on both sides; ``dearer`` and ``cheaper`` count bills, for the patient."""

    bills: int
    differing: int
    total_fen: int
    patient_before_fen: int
    patient_after_fen: int
    dearer: int
    dearer_fen: int
    cheaper: int
    cheaper_fen: int

    @property
    def net_fen(self) -> int:
        """What the patients together would have paid more; below zero: less."""
        return self.patient_after_fen - self.patient_before_fen


def totals(replayed: Iterable[Replayed]) -> Totals:
    """The sums; held and refused bills are left out."""
    compared = [one for one in replayed if one.kind in ("same", "differs")]
    harms = [one.harm_fen for one in compared]
    return Totals(
        bills=len(compared),
        differing=sum(one.kind == "differs" for one in compared),
        total_fen=sum(fen_of_yuan(one.before["total"]) for one in compared),
        patient_before_fen=sum(one.patient_before_fen for one in compared),
        patient_after_fen=sum(one.patient_after_fen for one in compared),
        dearer=sum(harm > 0 for harm in harms),
        dearer_fen=sum(harm for harm in harms if harm > 0),
        cheaper=sum(harm < 0 for harm in harms),
        cheaper_fen=-sum(harm for harm in harms if harm < 0),
    )


def by_category(replayed: Iterable[Replayed]) -> dict[str, Totals]:
    """The sums for each category of the register, in alphabetical order."""
    grouped: defaultdict[str, list[Replayed]] = defaultdict(list)
    for one in replayed:
        grouped[one.category].append(one)
    found = {category: totals(grouped[category]) for category in sorted(grouped)}
    return {category: sums for category, sums in found.items() if sums.bills}


def by_figure(replayed: Iterable[Replayed]) -> dict[str, tuple[int, int]]:
    """For each amount or word that differs: on how many bills, and by how many fen together (a word: zero)."""
    found: dict[str, tuple[int, int]] = {}
    for one in replayed:
        if one.kind != "differs":
            continue
        for name, fen in {**one.changed_fen(), **dict.fromkeys(one.changed_words(), 0)}.items():
            bills, sum_fen = found.get(name, (0, 0))
            found[name] = (bills + 1, sum_fen + fen)
    return found

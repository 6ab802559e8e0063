"""Consent before own expense: what the insurance does not cover is agreed to first (``[consent]``; N6, N23)."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from pos_client.benefit.facts import Bill
from pos_client.benefit.objections import Objection
from pos_client.benefit.reasons import EXCLUDED_CAUSE, LINE_OUTSIDE_BILL
from pos_client.benefit.result import Split
from pos_client.benefit.shapes import list_of, one_of
from pos_client.errors import Words

NOT_AGREED = Words(
    "HOUSE-17",
    "目录外或自费项目还没有征得同意：{what}。先不要收费。请说明后征求参保人员意见。",
    "No consent was given yet to items outside the insurance: {what}. Do not charge. Explain them and ask first.",
)
FORM_NOT_SIGNED = Words(
    "HOUSE-18",
    "自费同意单还没有签字：{what}。先不要收费。请打印同意单，由本人或家属签字。",
    "The own-expense form is not signed for: {what}. Do not charge. Print the form and have it signed.",
)

CLASS_C: Final = "class_c"
OWN_EXPENSE_ITEM: Final = "own_expense_item"
#: Own expense because of the whole bill, not of the item: a form about the item would say nothing.
_OF_THE_WHOLE_BILL: Final = frozenset({EXCLUDED_CAUSE, LINE_OUTSIDE_BILL})


class ConsentRule(NamedTuple):
    """Before which items consent is asked, and whether on a signed form."""

    before: frozenset[str]
    signed_form: bool

    def needed_for(self, bill: Bill, result: Split) -> tuple[str, ...]:
        """The ids of the lines that want consent, in the order of the bill.

        Class C is known from the catalogue, also where the bill is held; other own expense only from its split.
        """
        wanting: set[str] = set()
        if CLASS_C in self.before:
            wanting |= {line.id for line in bill.event.remaining if line.cls == "C"}
        if OWN_EXPENSE_ITEM in self.before:
            wanting |= set(_own_expense(result))
        return tuple(line.id for line in bill.event.lines if line.id in wanting)

    def objections(
        self, bill: Bill, result: Split, *, agreed: Collection[str], form_signed: bool
    ) -> tuple[Objection, ...]:
        """What stands against charging; ``agreed`` are the ids of the lines that the person agreed to."""
        needed = self.needed_for(bill, result)
        open_lines = [line_id for line_id in needed if line_id not in agreed]
        objections = []
        if open_lines:
            objections.append(Objection(NOT_AGREED, _names(bill, open_lines)))
        if needed and self.signed_form and not form_signed:
            objections.append(Objection(FORM_NOT_SIGNED, _names(bill, needed)))
        return tuple(objections)


def _own_expense(result: Split) -> Iterator[str]:
    for line in result.remaining:
        if line.own_expense_fen and not _OF_THE_WHOLE_BILL.intersection(line.reasons):
            yield line.id


def _names(bill: Bill, wanted: Iterable[str]) -> tuple[str, ...]:
    by_id = {line.id: line.name for line in bill.event.lines}
    return tuple(by_id[line_id] for line_id in wanted)


def compile_consent(document: Mapping[str, Any]) -> ConsentRule | None:
    """The rule written in a policy file that has passed its checks; None if it has none.

    Raises:
        Fault: consent is to be asked before something that the window cannot tell.
    """
    section = document.get("consent")
    if section is None:
        return None
    list_of(one_of(CLASS_C, OWN_EXPENSE_ITEM))(section["before"], ("consent", "before"))
    return ConsentRule(frozenset(section["before"]), section["signed_form"])

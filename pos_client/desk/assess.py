"""Our own calculation beside the bureau's: entitlement, split and a sentence for every amount.

Where the calculator holds, only the explanation is missing ("不能核对" with the reason); the bureau's figures stand
and the sale goes on (design, section 4). Of a family account the bureau tells no balance: there the split says what the
person bears, and the bureau alone how much of it the family's account pays.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from pos_client.benefit import Bill, Event, Line, PolicyLibrary, Sentence, Split, explain, split
from pos_client.desk.bill_facts import counters_of, person_of
from pos_client.desk.cart import CartLine
from pos_client.desk.identify import Identified
from pos_client.errors import Problem
from pos_client.money import yuan_grouped
from pos_client.phrase import Language, Phrase
from pos_client.sync.region import AccountUse, Visit

#: What :func:`pos_client.benefit.explain` says of account and cash, which a family account makes unknowable here.
_ABOUT_ACCOUNT = frozenset({"patient", "account", "deposit"})
_FAMILY_PAYS = Phrase(
    "您承担 {patient} 元：由家庭共济账户和现金支付。共济账户的余额本机不知道，各付多少以医保中心为准。",
    "Your part is {patient} yuan, paid from the family's account and in cash. This machine does not know what that "
    "account holds, so the bureau says how much it pays.",
)


@dataclass(frozen=True, slots=True)
class Assessment:
    """Our split of a bill, or why there is none; ``sentences`` explain either.

    With a family account the split leaves the account out: of its figures those of account and cash say nothing.
    """

    bill: Bill
    split: Split | None
    sentences: tuple[Sentence, ...]
    policy_title: str
    account: AccountUse = AccountUse.OWN

    @property
    def settled(self) -> Split | None:
        """The split when our calculator could make one."""
        return self.split if self.split is not None and self.split.status == "settled" else None


def assess(
    policies: PolicyLibrary,
    policy_id: str,
    identified: Identified,
    visit: Visit,
    cart: tuple[CartLine, ...],
    *,
    day: date,
    account: AccountUse,
    language: Language,
) -> Assessment:
    """Splits the bill of a visit by the policy in force on that day."""
    event = Event(type=visit.event, date=day, lines=tuple(line_of(line) for line in cart))
    return assess_event(policies, policy_id, identified, event, day=day, account=account, language=language)


def assess_event(
    policies: PolicyLibrary,
    policy_id: str,
    identified: Identified,
    event: Event,
    *,
    day: date,
    account: AccountUse,
    language: Language,
) -> Assessment:
    """Splits any event, a stay for example, by the policy in force on that day; ``account`` says which account pays."""
    event = replace(event, use_account=account is AccountUse.OWN)
    bill = Bill(person=person_of(identified), counters=counters_of(identified), event=event)
    try:
        policy = policies.pick(policy_id, day)
    except Problem as problem:
        sentence = Sentence("policy", problem.sentence(language), policy_id)
        return Assessment(bill, None, (sentence,), policy_id, account)
    result = split(policy, bill)
    sentences = explain(policy, bill, result, language)
    if account is AccountUse.FAMILY and result.status == "settled":
        sentences = tuple(_told_of_family(sentences, result, language))
    return Assessment(bill, result, sentences, policy.title, account)


def _told_of_family(sentences: Iterable[Sentence], result: Split, language: Language) -> Iterator[Sentence]:
    for sentence in sentences:
        if sentence.key == "patient":
            said = _FAMILY_PAYS.say(language, patient=yuan_grouped(result.patient_total_fen))
            yield sentence._replace(text=said)
        elif sentence.key not in _ABOUT_ACCOUNT:
            yield sentence


def line_of(line: CartLine) -> Line:
    """A line of the cart as the calculator reads it."""
    item = line.item
    return Line(
        id=str(line.number),
        name=item.name,
        kind=item.kind,
        cls=item.cls,
        unit_price=item.unit_price,
        quantity=line.quantity,
        limit_price=item.limit_price,
        pre_self_pay_percent=item.pre_self_pay_percent,
        essential=item.essential,
    )

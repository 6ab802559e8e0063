"""What is shown of the person at the counter, in the clerk's language: who, may the pool pay, what the year counted.

Light on purpose: the window imports this before it opens the store. The name is in full, it must be compared with the
person and the paper; numbers are masked.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from pos_client.benefit import Bill, Policy, PolicyLibrary, Standing, standing
from pos_client.benefit.reason_words import WHY, WHY_OTHERWISE
from pos_client.benefit.reasons import ENTITLED, Held
from pos_client.desk.identify import Identified
from pos_client.desk.year_counters import CounterRow, counter_rows, probe_of
from pos_client.errors import Problem
from pos_client.phrase import Language, Phrase
from pos_client.runtime import business_date
from pos_client.sync.person import CredentialKind, Entitlement
from pos_client.sync.region import Visit

if TYPE_CHECKING:
    from pos_client.desk.station import Office

_SEXES = {"1": Phrase("男", "M"), "2": Phrase("女", "F")}
_CATEGORIES = {
    "active": Phrase("在职", "working"),
    "flexible": Phrase("灵活就业", "flexible"),
    "retired": Phrase("退休", "retired"),
}
_CREDENTIALS = {
    CredentialKind.CARD: Phrase("社保卡", "by card"),
    CredentialKind.ID_NUMBER: Phrase("身份证", "by ID number"),
    CredentialKind.VOUCHER: Phrase("医保码", "by voucher"),
}
_ENTITLED = Phrase("待遇正常", "Entitled")
_NOT_ENTITLED = Phrase("统筹不支付", "The pool does not pay")
_NOT_ENTITLED_BECAUSE = Phrase("统筹不支付：{reason}", "The pool does not pay: {reason}")
_NOTHING_SAID = Phrase("医保中心没有说明待遇", "The bureau does not say what the person may use")
_WE_SAY_YES = Phrase(
    "{said}。本机按政策算待遇正常，以医保中心为准。", "{said}. Our rules say entitled; the bureau's word stands."
)
_WE_SAY_NO = Phrase("{said}。本机按政策算：{why}以医保中心为准。", "{said}. Our rules: {why} The bureau's word stands.")
_WE_SAY_ANOTHER_DAY = Phrase(
    "{said}。本机按政策算自 {day} 起享受，以医保中心为准。",
    "{said}. Our rules say from {day}; the bureau's word stands.",
)


@dataclass(frozen=True, slots=True)
class Customer:
    """The person at the counter as the window shows him.

    ``entitled`` is the bureau's word on the pool, None when it said nothing; ``since`` the first covered day, which
    lies ahead while the pool does not pay yet. ``state_words`` say it, and where our own rules say otherwise
    (``doubtful``). ``category`` is empty and ``age`` None where they are not known, ``card_masked`` empty without a
    card. ``read_at`` is when the bureau was asked.
    """

    name: str
    sex: str
    age: int | None
    category: str
    credential: str
    card_masked: str
    id_masked: str
    entitled: bool | None
    doubtful: bool
    state_words: str
    since: date | None
    account_fen: int
    counters: tuple[CounterRow, ...]
    name_differs: bool
    read_at: datetime
    name_on_card: str = ""
    """The name on the card, where it is another one than the bureau's."""
    name_allowed: bool = False
    """Whether a supervisor has agreed to go on with another name on the card."""
    notices: tuple[str, ...] = ()
    """What the card is worth a word for, in a few words each."""
    notice_sentences: tuple[str, ...] = ()

    @property
    def wants_word(self) -> bool:
        """Whether a supervisor has to agree before anything goes on."""
        return bool(self.name_on_card) and not self.name_allowed


def customer_of(
    office: "Office", policies: PolicyLibrary, identified: Identified, visit: Visit, *, at: datetime
) -> Customer:
    """What to show of a person who was identified at that instant."""
    person, language, day = identified.person, office.settings.language, business_date(at)
    level = office.settings.number("institution.level")
    policy = _policy(policies, office.settings.text("policy.id"), day)
    said = identified.entitlement(office.region.entitlement_fund)
    ours = None if policy is None else _standing(policy, probe_of(identified, visit.event, day, level))
    doubt = "" if said is None or ours is None else _doubt(said, ours, day, language)
    category = _CATEGORIES.get(str(person.facts.get("category")))
    return Customer(
        name=person.name,
        sex=_SEXES[person.sex].say(language) if person.sex in _SEXES else "",
        age=person.age_on(day),
        category="" if category is None else category.say(language),
        credential=_CREDENTIALS[identified.credential.kind].say(language),
        card_masked=middle_hidden(identified.credential.card_number, 0),
        id_masked=middle_hidden(person.id_number, 4),
        entitled=None if said is None else said.entitled,
        doubtful=bool(doubt),
        state_words=doubt or _said(said, language),
        since=None if said is None else _since(said, ours, day),
        account_fen=person.account_balance_fen,
        counters=tuple(counter_rows(identified, policy, day, level, language)),
        name_differs=identified.name_differs,
        read_at=at,
        name_on_card=identified.credential.name if identified.wants_word else "",
        notices=tuple(one.short.say(language) for one in identified.notices),
        notice_sentences=tuple(one.sentence.say(language) for one in identified.notices),
    )


def middle_hidden(number: str, head: int) -> str:
    """A number as it stands on the screen: its beginning, four stars, its last four places; a short one only stars."""
    if len(number) <= head + 4:
        return "*" * len(number)
    return f"{number[:head]} **** {number[-4:]}".lstrip()


def _policy(policies: PolicyLibrary, policy_id: str, day: date) -> Policy | None:
    try:
        return policies.pick(policy_id, day)
    except Problem:
        return None


def _standing(policy: Policy, probe: Bill) -> Standing | None:
    try:
        return standing(policy, probe)
    except Held:
        return None


def _said(said: Entitlement | None, language: Language) -> str:
    if said is None:
        return _NOTHING_SAID.say(language)
    if said.entitled:
        return _ENTITLED.say(language)
    return _NOT_ENTITLED_BECAUSE.say(language, reason=said.reason) if said.reason else _NOT_ENTITLED.say(language)


def _doubt(said: Entitlement, ours: Standing, day: date, language: Language) -> str:
    """What the bureau said and what our rules say instead; empty where they agree."""
    words = _said(said, language).rstrip("。. ")
    if said.entitled and ours.state != ENTITLED:
        reason = ours.state.upper()
        why = WHY.get(reason, WHY_OTHERWISE).say(language, reason=reason)
        return _WE_SAY_NO.say(language, said=words, why=why)
    if not said.entitled and ours.state == ENTITLED:
        return _WE_SAY_YES.say(language, said=words)
    theirs, own = _since(said, None, day), ours.first_covered_day
    if not said.entitled and theirs is not None and own is not None and theirs != own:
        return _WE_SAY_ANOTHER_DAY.say(language, said=words, day=own)
    return ""


def _since(said: Entitlement, ours: Standing | None, day: date) -> date | None:
    """The bureau's first covered day; while it does not pay, a day that is over says nothing and ours may."""
    told = _day(said.first_covered_day)
    if said.entitled or (told is not None and told > day):
        return told
    return None if ours is None else ours.first_covered_day


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None

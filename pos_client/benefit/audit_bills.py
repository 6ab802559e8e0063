"""What the audit of accounts looks at: settled bills with their window and minute, and what it found in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Final, Literal

from pos_client.money import yuan_grouped
from pos_client.phrase import Language, Phrase

#: An alarm is above a figure that the policy names, or breaks a demand; a look is only shown to whoever audits.
Severity = Literal["alarm", "look"]

_BUSINESS_TIME: Final = timezone(timedelta(hours=8), "Asia/Shanghai")
_BETWEEN: Final = Phrase("、", ", ")


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditBill:
    """One settled bill that stands. ``None`` is not known: no sign is then read into the bill.

    ``person`` and ``card`` only tell people and cards apart, so a keyed hash will do; no finding repeats them.
    ``settled_at`` is aware. ``account_before_fen`` is the account's balance before the bill. ``medical_record`` says
    whether the visit has one; None also where none is kept, as at a pharmacy. ``drugs`` are the codes or names of
    the drugs sold. ``diagnoses`` are words or codes; ``cause_proved`` says whether a proof of the cause is on file.
    """

    id: str
    person: str
    card: str
    window: str
    settled_at: datetime
    account_pay_fen: int
    account_before_fen: int | None = None
    medical_record: bool | None = None
    drugs: frozenset[str] = frozenset()
    diagnoses: tuple[str, ...] = ()
    cause_proved: bool | None = None

    @property
    def day(self) -> date:
        """The business day of the settlement (UTC+8)."""
        return self.settled_at.astimezone(_BUSINESS_TIME).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that an audit rule found: on which bills, with which figures, and how it is told.

    ``figures`` are fen (``*_fen``), days, minutes or counts, by names that say which; ``names`` fill the sentence too.
    """

    rule: str
    sign: str
    severity: Severity
    bills: tuple[str, ...]
    figures: Mapping[str, int]
    phrase: Phrase
    names: Mapping[str, str | Phrase]

    def sentence(self, language: Language) -> str:
        """What was found, on which bills, and what to do."""
        figures = {
            name: yuan_grouped(figure) if name.endswith("_fen") else figure for name, figure in self.figures.items()
        }
        names = {name: text.say(language) if isinstance(text, Phrase) else text for name, text in self.names.items()}
        return self.phrase.say(language, **figures, **names, bills=_BETWEEN.say(language).join(self.bills))

"""What an explanation is told with: the bill, its split, the language, and where each rule stands."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from pos_client.benefit.explain_words import FUNDS
from pos_client.benefit.facts import Bill
from pos_client.benefit.policy import Policy
from pos_client.benefit.result import Split
from pos_client.benefit.rounding import plain_decimal
from pos_client.money import yuan_grouped
from pos_client.phrase import Language, Phrase


class Sentence(NamedTuple):
    """One sentence of an explanation, what it is about, and the document and part that the rule stands in."""

    key: str
    text: str
    source: str


class Telling(NamedTuple):
    """One explanation in one language."""

    policy: Policy
    bill: Bill
    result: Split
    language: Language

    def say(self, key: str, phrase: Phrase, source: str, **fill: object) -> Sentence:
        """A sentence; an amount in fen, a decimal or a fund's phrase is written as people read it."""
        return Sentence(
            key, phrase.say(self.language, **{name: self._written(value) for name, value in fill.items()}), source
        )

    def fund(self, name: str) -> str:
        """The name of a fund."""
        phrase = FUNDS.get(name)
        return name if phrase is None else phrase.say(self.language)

    def source(self, section: str, *tables: Mapping[str, Any]) -> str:
        """The document that a section comes from, and the most exact part that one of the tables names."""
        title = self.policy.titles.get(section, self.policy.title)
        part = next((table["part"] for table in tables if "part" in table), "")
        return f"{title}，{part}" if part else title

    def _written(self, value: object) -> object:
        if isinstance(value, Decimal):
            return plain_decimal(value)
        return yuan_grouped(value) if isinstance(value, int) else value

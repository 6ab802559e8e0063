"""The four kinds of things that go wrong, and what each one owes the clerk and the IT staff.

environment       reader, disk, network, configuration: somebody repairs something outside the program
refused           a rule, the card or the bureau said no: nothing was booked
outcome unknown   a message may have been booked: nobody guesses, the program asks
our bug           a promise of the program was broken

Every problem carries a code, one sentence (what happened, what it means, what to do next) in Chinese and in
English, and evidence for the IT staff. Evidence never holds a PIN, a key, a token or an unmasked number.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from pos_client.phrase import Language, Phrase

EXIT_REFUSED = 1
EXIT_WRONG_USE = 2
EXIT_UNKNOWN = 3
EXIT_ENVIRONMENT = 4
EXIT_BUG = 70


@dataclass(frozen=True, slots=True)
class Words:
    """One sentence for the clerk in two languages; ``{names}`` are filled in when the problem is raised.

    The code is stable, shown small at the end, and unique in the program (a test compares them all).
    """

    code: str
    zh: str
    en: str


class Problem(Exception):
    """Something that went wrong, told so that a tired person knows what to do next."""

    kind: ClassVar[str] = "bug"
    exit_code: ClassVar[int] = EXIT_BUG

    def __init__(self, words: Words, evidence: Mapping[str, object] | None = None, **fill: object) -> None:
        super().__init__(words.code)
        self.words = words
        self.fill: Mapping[str, object] = MappingProxyType(dict(fill))
        self.evidence: Mapping[str, object] = MappingProxyType(dict(evidence or {}))

    @property
    def code(self) -> str:
        """The stable code of this problem, such as ``K-12``."""
        return self.words.code

    def sentence(self, language: Language) -> str:
        """The clerk's sentence with its code at the end."""
        mark = f"({self.code})" if language == "zh" else f" ({self.code})"
        return Phrase(self.words.zh, self.words.en).say(language, **self.fill) + mark

    def __str__(self) -> str:
        return f"{self.sentence('en')} {dict(self.evidence)}" if self.evidence else self.sentence("en")


class EnvironmentProblem(Problem):
    """Reader, disk, network or configuration: nothing was booked, something outside wants repair."""

    kind = "environment"
    exit_code = EXIT_ENVIRONMENT


class Refused(Problem):
    """A rule, the card or the bureau said no; nothing was booked."""

    kind = "refused"
    exit_code = EXIT_REFUSED


class OutcomeUnknown(Problem):
    """A message that books money may or may not have been executed; the program keeps asking."""

    kind = "unknown"
    exit_code = EXIT_UNKNOWN


class OurBug(Problem):
    """A promise of this program was broken; nothing may go on from here."""

    kind = "bug"
    exit_code = EXIT_BUG

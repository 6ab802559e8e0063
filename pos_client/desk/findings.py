"""What a test of something found, told in both languages, so that a window may show it while it chooses its own."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from pos_client.errors import Problem
from pos_client.phrase import Language, Phrase


class Mark(StrEnum):
    """Green, amber or red."""

    OK = "ok"
    LOOK = "look"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found; ``code`` is that of the problem, where there is one."""

    mark: Mark
    zh: str
    en: str
    code: str = ""

    @classmethod
    def of(cls, problem: Problem, mark: Mark = Mark.STOP) -> "Finding":
        """The finding that a problem is."""
        return cls(mark, problem.sentence("zh"), problem.sentence("en"), problem.code)

    def say(self, language: Language) -> str:
        """The sentence in one language."""
        return self.zh if language == "zh" else self.en


def found(phrase: Phrase, mark: Mark = Mark.OK, **fill: object) -> Finding:
    """A finding in words; a phrase among what fills the blanks is said in the language of the sentence."""
    zh = {name: value.zh if isinstance(value, Phrase) else value for name, value in fill.items()}
    en = {name: value.en if isinstance(value, Phrase) else value for name, value in fill.items()}
    return Finding(mark, phrase.say("zh", **zh), phrase.say("en", **en))


def tried(test: Callable[[], Finding]) -> Finding:
    """What a test found, or the problem that it met."""
    try:
        return test()
    except Problem as problem:
        return Finding.of(problem)

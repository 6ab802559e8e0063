"""A piece of text in the two languages of the program."""

from typing import Literal, NamedTuple

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


class Phrase(NamedTuple):
    """Chinese and English of one text; ``{names}`` in it are filled in when it is said."""

    zh: str
    en: str

    def say(self, language: Language, **fill: object) -> str:
        """The text in one language."""
        return (self.zh if language == "zh" else self.en).format(**fill)

"""Why the window may not go on yet: what a duty of the house rules finds missing before a sale or a prescription."""

from typing import Final, NamedTuple

from pos_client.errors import Words
from pos_client.phrase import Language, Phrase

_BETWEEN: Final = Phrase("、", ", ")


class Objection(NamedTuple):
    """One thing that is missing, and what it is about: fields, drugs or items by their names."""

    words: Words
    about: tuple[Phrase | str, ...] = ()

    def sentence(self, language: Language) -> str:
        """What is missing, what that means, what to do."""
        named = (about.say(language) if isinstance(about, Phrase) else about for about in self.about)
        return Phrase(self.words.zh, self.words.en).say(language, what=_BETWEEN.say(language).join(named))

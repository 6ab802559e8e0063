"""What the simulators say to whoever watches them, in Chinese and English."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """One saying in both languages; places in braces are filled in by :meth:`said`."""

    zh: str
    en: str

    def said(self, language: Language, **places: object) -> str:
        """The saying in one language."""
        return (self.zh if language == "zh" else self.en).format(**places)

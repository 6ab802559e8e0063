"""What an examination of reader and card found: one step, how it stands, and what to do about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Self

from pos_client.phrase import Phrase

State = Literal["good", "warn", "bad", "left_out"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One step. Says nothing that names a person."""

    step: str
    """``service``, ``readers``, ``slots``, ``power``, ``atr``, ``application``, ``files``, ``psam``, ``times``."""
    state: State
    said: Phrase
    advice: Phrase | None = None
    duration_ms: int = 0
    evidence: Mapping[str, object] = field(default_factory=dict)

    def as_value(self) -> dict[str, Any]:
        """The finding as JSON carries it."""
        advice = None if self.advice is None else [self.advice.zh, self.advice.en]
        return {
            "step": self.step,
            "state": self.state,
            "said": [self.said.zh, self.said.en],
            "advice": advice,
            "duration_ms": self.duration_ms,
            "evidence": dict(self.evidence),
        }

    @classmethod
    def of(cls, value: Mapping[str, Any]) -> Self:
        """The finding that crossed the pipe."""
        advice = None if value["advice"] is None else Phrase(*value["advice"])
        return cls(**{**value, "said": Phrase(*value["said"]), "advice": advice})

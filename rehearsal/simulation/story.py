"""What happened on a simulated day, line by line, so that a person can follow it."""

from dataclasses import dataclass, field

from pos_client.runtime import SHANGHAI

from .virtual_time import VirtualTime


@dataclass(slots=True)
class Story:
    """The lines of a day."""

    time: VirtualTime
    lines: list[str] = field(default_factory=list)

    def tell(self, desk: int, what: str) -> None:
        """Adds a line; desk 0 is the world."""
        at = self.time.now().astimezone(SHANGHAI)
        who = f"desk {desk}" if desk else "world"
        self.lines.append(f"{at:%d %H:%M:%S}.{at.microsecond // 1000:03d}  {who:7} {what}")

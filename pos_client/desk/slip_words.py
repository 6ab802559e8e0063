"""The fixed words of a slip that stand on paper and in its text file alike."""

from decimal import Decimal

HEADS = ("段", "金额", "比例", "基金", "您承担")
NO_PERCENT = "—"


def percent_text(percent: Decimal | None) -> str:
    """A percentage as people read it, a dash where none is applied."""
    return NO_PERCENT if percent is None else f"{percent.normalize():f}%"

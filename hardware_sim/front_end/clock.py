"""The bureau's own clock: the machine's clock plus an offset that can be set while the simulator runs."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

#: Business dates and wire times of the interface are Asia/Shanghai, a fixed UTC+8 since 1991.
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")


def machine_now() -> datetime:
    """The machine's present instant, aware."""
    return datetime.now(UTC)


class BureauClock:
    """Gives the bureau's wall-clock time; ``settlement time`` and all answer times come from here."""

    def __init__(self, source: Callable[[], datetime] = machine_now) -> None:
        self._source = source
        self._offset = timedelta(0)
        self._skew_s: Callable[[], float] = _no_skew

    def now(self) -> datetime:
        """The bureau's present time, aware, in UTC+8."""
        return (self._source() + self._offset + timedelta(seconds=self._skew_s())).astimezone(SHANGHAI)

    def follow_skew(self, skew_s: Callable[[], float]) -> None:
        """Runs ahead by these seconds besides the offset: ``FaultPlan.clock_skew_s`` of the faults that are on."""
        self._skew_s = skew_s

    def today(self) -> date:
        """The bureau's present business day."""
        return self.now().date()

    def set_offset(self, offset: timedelta) -> None:
        """Runs ahead of (or behind) the machine's clock by that much."""
        self._offset = offset

    def set_now(self, instant: datetime) -> None:
        """Takes this instant as the present and runs on from it; a naive one is read as UTC+8."""
        if instant.tzinfo is None:
            instant = instant.replace(tzinfo=SHANGHAI)
        self._offset = instant - self._source()


def _no_skew() -> float:
    return 0.0


def wire_time(instant: datetime) -> str:
    """``yyyy-MM-dd HH:mm:ss``, the DT format of the interface."""
    return instant.strftime("%Y-%m-%d %H:%M:%S")


def wire_time_17(instant: datetime) -> str:
    """``yyyyMMddHHmmssSSS``, the format of refmsg_time and respond_time."""
    return instant.strftime("%Y%m%d%H%M%S") + f"{instant.microsecond // 1000:03d}"

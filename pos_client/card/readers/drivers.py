"""Finds the driver of a kind of readers: three come with the program, other packages add theirs by entry points.

What a driver needs is imported when it is used: a serial reader works without PC/SC installed, and a window that
starts does not wait for libraries of readers that it does not have.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import EntryPoint, distributions
from typing import Final

from pos_client.card import words
from pos_client.card.readers.reader import CardReader, ReaderDriver, ReaderState
from pos_client.card.readers.serial_address import SerialAddress
from pos_client.errors import EnvironmentProblem

GROUP: Final = "pos_client.reader_drivers"
_PARTS: Final = ("means", "open", "states")
#: A machine without PC/SC may lack even this; readers of other kinds need it not.
_PCSC_LIBRARY: Final = "smartcard"


class NoDriver(Exception):
    """No driver has that scheme."""


@contextmanager
def telling_that_pcsc_lacks() -> Iterator[None]:
    """Says of a machine without any PC/SC what is said of one whose service does not run.

    Raises:
        EnvironmentProblem: K-04, the library that speaks to the service could not be imported.
    """
    try:
        yield
    except ImportError as missing:
        if (missing.name or "").partition(".")[0] != _PCSC_LIBRARY:
            raise
        raise EnvironmentProblem(words.SERVICE_NOT_RUNNING, {"missing": missing.name}) from None


class PcscDriver:
    """Readers of the PC/SC service."""

    def means(self, target: str) -> bool:
        """Anything: a reader's name, the beginning of one, or nothing for whichever reader has a card."""
        return True

    def open(self, target: str) -> CardReader:
        """The reader of that name."""
        from pos_client.card.readers.pcsc import PcscReader

        return PcscReader(target)

    def states(self) -> Sequence[ReaderState]:
        """The readers that the service knows."""
        from pos_client.card.readers import pcsc

        return pcsc.reader_states()


class SerialDriver:
    """Serial CCID readers."""

    def means(self, target: str) -> bool:
        """A device path or ``socket://host:port``, then ``?pinpad`` and ``#slot`` where they are needed."""
        return SerialAddress.parse(target) is not None

    def open(self, target: str) -> CardReader:
        """The reader on that port."""
        from pos_client.card.readers.ccid_serial import CcidSerialReader

        return CcidSerialReader(target)

    def states(self) -> Sequence[ReaderState]:
        """The machine's serial ports, whatever hangs on them."""
        from pos_client.card.readers import ccid_serial

        return ccid_serial.port_states()


def _library_driver() -> ReaderDriver:
    from pos_client.card.makers.library import LibraryDriver

    return LibraryDriver()


_BUILT_IN: Final[dict[str, Callable[[], ReaderDriver]]] = {
    "pcsc": PcscDriver,
    "ccid-serial": SerialDriver,
    "library": _library_driver,
}


def schemes() -> tuple[str, ...]:
    """All schemes that a reader's address may begin with, those of the program itself first; loads no driver."""
    others = {entry.name for entry in _entry_points()} - _BUILT_IN.keys()
    return (*_BUILT_IN, *sorted(others))


def driver(scheme: str) -> ReaderDriver:
    """The driver of a scheme; the program's own ones cannot be replaced.

    Raises:
        NoDriver: there is none.
        EnvironmentProblem: K-61, another package's driver does not work.
    """
    if scheme in _BUILT_IN:
        return _BUILT_IN[scheme]()
    for entry in _entry_points():
        if entry.name == scheme:
            return _loaded(entry)
    raise NoDriver(scheme)


def states_of(scheme: str) -> list[ReaderState]:
    """The readers that a driver tells of; one that cannot tell hides none of the others."""
    try:
        told: list[object] = list(driver(scheme).states())
    except (ImportError, OSError, EnvironmentProblem):
        return []
    except Exception:
        if scheme in _BUILT_IN:
            raise
        return []  # another package's code, which may raise anything
    return [state for state in told if isinstance(state, ReaderState)]


def _entry_points() -> Iterator[EntryPoint]:
    """The drivers that other packages offer; a package whose own description is broken hides none but itself."""
    for package in distributions():
        try:
            yield from package.entry_points.select(group=GROUP)
        except Exception:  # noqa: BLE001, S112 (whatever stands in another package's description)
            continue


def _loaded(entry: EntryPoint) -> ReaderDriver:
    try:
        found: ReaderDriver = entry.load()
        lacking = [part for part in _PARTS if not callable(getattr(found, part, None))]
    except Exception as trouble:  # noqa: BLE001 (another package's code, which may raise anything)
        raise _unusable(entry, type(trouble).__name__) from None
    if lacking:
        raise _unusable(entry, f"lacks {', '.join(lacking)}")
    return found


def _unusable(entry: EntryPoint, detail: str) -> EnvironmentProblem:
    return EnvironmentProblem(
        words.LIBRARY_UNUSABLE,
        {"entry_point": entry.value, "detail": detail},
        library=entry.value.partition(":")[0],
        why_zh="它装不上",
        why_en="it does not load",
    )

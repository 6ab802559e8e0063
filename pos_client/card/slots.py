"""Tells slots apart by what is in them: which reader holds the person's card, and which the PSAM.

Names do not tell: to PC/SC every slot is a reader, and their numbers change with the plug. What was found is
remembered by reader and answer to reset, so that a PSAM which stays in its slot is asked once.
"""

from collections.abc import Callable
from typing import Final

from pos_client.card import words
from pos_client.card.psam import Psam, PsamTrouble, is_psam
from pos_client.card.readers import drivers
from pos_client.card.readers.reader import PCSC, SERIAL, CardReader, ReaderUrl, WholeCardReader
from pos_client.card.readers.reader_url import parse
from pos_client.card.readers.serial_address import SerialAddress
from pos_client.errors import EnvironmentProblem

#: Settings of ``reader.psam``: found by itself; there is none. Anything else is a reader's URL.
PSAM_AUTOMATIC: Final = ""
PSAM_NONE: Final = "none"

Opened = CardReader | WholeCardReader


def open_reader(url: ReaderUrl) -> Opened:
    """The reader at an address; its driver's libraries are imported here, nothing is opened yet."""
    return drivers.driver(url.kind).open(url.target)


class Slots:
    """What is known of the slots of this machine, for as long as this process lives."""

    def __init__(self, opened: Callable[[ReaderUrl], Opened] = open_reader) -> None:
        self._opened = opened
        self._is_psam: dict[tuple[str, bytes], bool] = {}
        #: Cards that refused this desk's PSAM: another try could lock them for good.
        self._turned_away: set[bytes] = set()

    def pass_over(self, name: str, atr: bytes) -> bool:
        """Whether the card in this PC/SC reader is known to be a PSAM; touches nothing."""
        return self._is_psam.get((name, atr), False)

    def note_psam(self, url: ReaderUrl, atr: bytes) -> None:
        """What was read there turned out to be a PSAM."""
        if url.kind == PCSC:
            self._is_psam[url.target, atr] = True

    def _holds_psam(self, name: str, atr: bytes) -> bool:
        """Whether the card in this PC/SC reader is a PSAM; each is asked once."""
        known = self._is_psam.get((name, atr))
        if known is not None:
            return known
        reader = self._opened(ReaderUrl(PCSC, name))
        if isinstance(reader, WholeCardReader):
            return False
        try:
            reader.connect()
            found = self._is_psam[name, atr] = is_psam(reader)
        except EnvironmentProblem:  # pulled out or mute just now: the reading will say why
            return False
        finally:
            reader.disconnect()
        return found

    def person_reader(self, url: ReaderUrl) -> Opened:
        """The reader with the person's card: of several PC/SC readers that are meant, the one that holds one.

        Raises:
            EnvironmentProblem: K-16, cards in two readers; K-11, only a PSAM is in; the service does not run.
        """
        if url.kind != PCSC:
            return self._opened(url)
        from pos_client.card.readers.pcsc import PcscReader

        with_card = PcscReader(url.target).candidates()
        persons = [(name, atr) for name, atr in with_card if not self.pass_over(name, atr)]
        if len(persons) > 1:
            persons = [(name, atr) for name, atr in persons if not self._holds_psam(name, atr)]
        if len(persons) > 1:
            raise EnvironmentProblem(words.TWO_CARDS, {"readers": len(persons)})
        if with_card and not persons:
            raise EnvironmentProblem(words.NO_CARD, {"passed over": len(with_card)})
        return self._opened(ReaderUrl(PCSC, persons[0][0]) if persons else url)

    def psam_readers(self) -> list[str]:
        """The PC/SC readers in which a PSAM was found."""
        return [name for (name, _atr), found in self._is_psam.items() if found]

    def psam(self, beside: CardReader, at: ReaderUrl, setting: str) -> "OpenPsam | None":
        """The PSAM to use with a connected reader, which is at an address, powered; None when there is none.

        Raises:
            EnvironmentProblem: a reader was set for it and cannot be used; the line was disturbed while it was looked
                for.
        """
        if setting == PSAM_NONE:
            return None
        if setting != PSAM_AUTOMATIC:
            wanted = parse(setting)
            return self._psam_in_slot(wanted, beside) if _same_port(wanted, at) else self._psam_at(wanted)
        return self._psam_beside(beside)

    def _psam_in_slot(self, wanted: ReaderUrl, beside: CardReader) -> "OpenPsam":
        """The PSAM in another slot of a serial reader, whose port is open already and can be opened only once."""
        try:
            for neighbour in beside.neighbours():
                if _slot_of(parse(neighbour.connect())) == _slot_of(wanted) and is_psam(neighbour):
                    return OpenPsam(neighbour, self._turned_away)
                neighbour.disconnect()
        except EnvironmentProblem as trouble:
            raise PsamTrouble(trouble) from None
        raise EnvironmentProblem(words.PSAM_TROUBLE, {"slot": "holds no PSAM"})

    def _psam_at(self, url: ReaderUrl) -> "OpenPsam":
        reader = self._opened(url)
        if isinstance(reader, WholeCardReader):
            raise EnvironmentProblem(words.NEEDS_COMMANDS)
        try:
            reader.connect()
            if is_psam(reader):
                return OpenPsam(reader, self._turned_away)
        except EnvironmentProblem as trouble:
            reader.disconnect()
            raise PsamTrouble(trouble) from None
        reader.disconnect()
        raise EnvironmentProblem(words.PSAM_TROUBLE, {"slot": "holds another card"})

    def _psam_beside(self, beside: CardReader) -> "OpenPsam | None":
        unknown = None
        for neighbour in beside.neighbours():
            try:
                neighbour.connect()
                if is_psam(neighbour):
                    return OpenPsam(neighbour, self._turned_away)
            except EnvironmentProblem as trouble:  # an empty or silent slot is none
                if trouble.code == words.LINE_DISTURBED.code:  # what is in this one, nobody knows
                    unknown = trouble
            neighbour.disconnect()
        if unknown is not None:
            raise unknown
        return None


def _same_port(one: ReaderUrl, other: ReaderUrl) -> bool:
    addresses = [SerialAddress.parse(url.target) for url in (one, other) if url.kind == SERIAL]
    return len(addresses) == 2 and len({address.port for address in addresses if address is not None}) == 1


def _slot_of(url: ReaderUrl) -> int:
    address = SerialAddress.parse(url.target)
    return address.slot if address is not None else 0


class OpenPsam(Psam):
    """A PSAM in its slot, powered."""

    def __init__(self, reader: CardReader, turned_away: set[bytes]) -> None:
        super().__init__(reader, turned_away)
        self._reader = reader

    def close(self) -> None:
        """Takes the power off."""
        self._reader.disconnect()

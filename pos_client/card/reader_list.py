"""The readers of this machine, for whoever chooses one: the one that is set first, with what is wrong with it."""

from pathlib import Path
from typing import Final

from pos_client.card.readers import drivers
from pos_client.card.readers.reader import PCSC, ReaderState, ReaderUrl, WholeCardReader
from pos_client.card.slots import open_reader
from pos_client.errors import EnvironmentProblem

#: What a reader is called that no name was set for.
_ANY: Final = "PC/SC"


def reader_states(url: ReaderUrl) -> list[ReaderState]:
    """All readers that can be seen; trouble of the one that is set hides none of the others."""
    set_one = _set_one(url)
    found = [set_one] if set_one.trouble is not None or url.kind != PCSC else []
    for scheme in drivers.schemes():  # PC/SC comes first, and with it whatever fits the address
        found += drivers.states_of(scheme)
    first_of: dict[str, ReaderState] = {}
    for state in found:
        first_of.setdefault(state.url, state)
    return list(first_of.values())


def _set_one(url: ReaderUrl) -> ReaderState:
    """The reader of the settings, asked whether it is there."""
    name, present, trouble = url.target or _ANY, None, None
    try:
        with drivers.telling_that_pcsc_lacks():
            reader = open_reader(url)
        if isinstance(reader, WholeCardReader):
            name = Path(url.target.partition("?")[0]).name
        try:
            present = reader.card_present()
        finally:
            reader.disconnect()
    except EnvironmentProblem as problem:
        trouble = problem
    return ReaderState(name, str(url), present, trouble)

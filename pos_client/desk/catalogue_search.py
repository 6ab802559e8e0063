"""Finds items while the clerk types or scans, on a connection of its own: it may work beside the writer's thread."""

import re
import unicodedata

from pos_client.config import Home
from pos_client.errors import Refused, Words
from pos_client.offline import catalogue
from pos_client.offline.catalogue_file import Item
from pos_client.offline.store import StoreReader
from pos_client.runtime import Runtime

TRACE_CODE = Words(
    "S-TRACE",
    "扫到的是药品追溯码（20 位），目录里没有它和药品的对应，没有加入费用。请扫 13 位商品条码，或输编码、简码。",
    "That is a 20-digit traceability code and the catalogue does not say of which drug; nothing was added. Scan "
    "the 13-digit bar code, or type code or initials.",
)
#: What 药品追溯码 are in practice (national interface, drug_trac_codg); bar codes of goods have at most 14 digits.
_TRACE_CODE = re.compile(r"\d{20}", re.ASCII)
MOST_SHOWN = 20


class CatalogueSearch:
    """The catalogue of an open home. One thread at a time may ask; a changed catalogue is seen at once."""

    def __init__(self, home: Home, runtime: Runtime) -> None:
        self._reader = StoreReader.open(home, runtime)

    def close(self) -> None:
        """Lets the store go."""
        self._reader.close()

    def find(self, typed: str, limit: int = MOST_SHOWN) -> list[Item]:
        """What may be meant, best first: that bar code alone; else that code, those initials, longer initials that
        begin so, codes that begin so; Chinese is a part of the name.

        Raises:
            Refused: S-TRACE, a traceability code, which the catalogue cannot tell the item of.
            EnvironmentProblem: D-….
        """
        with self._reader.read() as connection:
            found = catalogue.search_items(connection, typed, limit)
        if not found and is_trace_code(typed):
            raise Refused(TRACE_CODE)
        return found


def is_trace_code(typed: str) -> bool:
    """Whether a scan is the traceability code of one pack (药品追溯码)."""
    return _TRACE_CODE.fullmatch(unicodedata.normalize("NFKC", typed).strip()) is not None

"""What the catalogue has for what is being typed, for the list under the scan field."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pos_client.config import Home
    from pos_client.desk.catalogue_search import CatalogueSearch
    from pos_client.phrase import Language
    from pos_client.runtime import Runtime

MOST_SHOWN = 8


@dataclass(frozen=True, slots=True)
class FoundItem:
    """One item; the price is a text."""

    code: str
    name: str
    spec: str
    unit_price: str
    class_word: str
    own_expense: bool
    maker: str


class ItemSearch:
    """The catalogue while somebody types; used in a thread of its own, which opens it."""

    def __init__(self, home: "Home", runtime: "Runtime", language: "Language") -> None:
        self._home, self._runtime, self._language = home, runtime, language
        self._search: CatalogueSearch | None = None

    def find(self, typed: str) -> tuple[FoundItem, ...]:
        """What fits best, at most eight.

        Raises:
            Refused: S-TRACE. EnvironmentProblem: D-….
        """
        from pos_client.desk.catalogue_search import CatalogueSearch
        from pos_client.desk.sale_words import CLASSES
        from pos_client.desk.shown_figures import price

        if self._search is None:
            self._search = CatalogueSearch(self._home, self._runtime)
        return tuple(
            FoundItem(
                code=item.code,
                name=item.name,
                spec=item.spec,
                unit_price=price(item.unit_price),
                class_word=CLASSES[item.cls].say(self._language),
                own_expense=item.cls == "C",
                maker=item.maker,
            )
            for item in self._search.find(typed, MOST_SHOWN)
        )

    def close(self) -> None:
        """Lets the store go."""
        if self._search is not None:
            self._search.close()
            self._search = None

"""A bill that comes back, parked or after a crash: its lines as they can be sold now, and what has changed.

An item is found by its own code alone: what only resembles it is another one. A price of now holds; who signed for
less signs again.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pos_client.desk import restored_words as words
from pos_client.desk.money_words import MEANS
from pos_client.desk.open_bills import OpenLine
from pos_client.desk.shown_figures import price
from pos_client.desk.station import Office
from pos_client.desk.work_lines import WorkLine, named
from pos_client.money import yuan_grouped
from pos_client.offline import catalogue
from pos_client.offline.catalogue_file import Item
from pos_client.offline.money_book import Paid
from pos_client.phrase import Language


@dataclass(frozen=True, slots=True)
class Restored:
    """The lines that are there again; ``told`` is what the clerk must know of them, empty where all is as it was."""

    lines: tuple[WorkLine, ...]
    told: str


def restored(office: Office, kept: Sequence[OpenLine]) -> Restored:
    """Finds the lines of a kept bill in the catalogue of now."""
    with office.store.read() as connection:
        items = catalogue.items_of_codes(connection, (line.code for line in kept))
    back = [(line, items[line.code]) for line in kept if line.code in items]
    lines = tuple(WorkLine(item, line.quantity, line.consent and not _dearer(line, item)) for line, item in back)
    gone = [line for line in kept if line.code not in items]
    return Restored(lines, _told(gone, back, office.settings.language))


def laid_down_told(paid: Sequence[Paid], language: Language) -> str:
    """What the clerk is told of money that was noted down for a bill and is not on it any more."""
    if not paid:
        return ""
    parts = [
        words.LAID_DOWN.say(language, means=MEANS[one.means].say(language), amount=yuan_grouped(one.amount_fen))
        for one in paid
    ]
    return words.NOT_ON_BILL.say(language, laid_down=_listed(parts, language))


def in_one(sentences: Sequence[str], language: Language) -> str:
    """Sentences one after the other; those that are empty are left out."""
    return ("" if language == "zh" else " ").join(filter(None, sentences))


def _told(gone: Sequence[OpenLine], back: Sequence[tuple[OpenLine, Item]], language: Language) -> str:
    told = []
    if gone:
        lines = [words.LINE.say(language, name=one.name or one.code, quantity=_plain(one)) for one in gone]
        told.append(words.NOT_BACK.say(language, count=len(gone), named=named(lines, language)))
    repriced = [(line, item) for line, item in back if line.unit_price not in (None, item.unit_price)]
    if repriced:
        changes = [
            words.PRICE.say(language, name=item.name, before=price(line.unit_price), now=price(item.unit_price))
            for line, item in repriced
        ]
        told.append(words.REPRICED.say(language, named=named(changes, language)))
    numbers = [
        str(number)
        for number, (line, item) in enumerate(back, start=1)
        if line.consent and item.consent and _dearer(line, item)
    ]
    if numbers:
        told.append(words.SIGN_AGAIN.say(language, numbers=_listed(numbers, language)))
    return in_one(told, language)


def _dearer(line: OpenLine, item: Item) -> bool:
    return line.unit_price is not None and item.unit_price > line.unit_price


def _plain(line: OpenLine) -> str:
    return f"{line.quantity.normalize():f}"


def _listed(parts: Sequence[str], language: Language) -> str:
    return ("、" if language == "zh" else ", ").join(parts)

"""Puts a new catalogue in force."""

from pathlib import Path

from pos_client.desk.books import Books
from pos_client.offline import audit, catalogue
from pos_client.offline.catalogue_file import read_catalogue


def import_file(books: Books, file: Path) -> int:
    """Replaces the catalogue by that of a CSV file and returns how many items it holds.

    Raises:
        Refused: C-01 … C-03, with every wrong place; the catalogue is unchanged.
    """
    items = read_catalogue(file)
    operator = books.settings.text("desk.operator")
    with books.store.commit() as connection:
        catalogue.replace_items(connection, items)
        now = books.runtime.clock.now_utc()
        audit.append(connection, "catalogue.import", file.name, {"items": len(items)}, now=now, operator=operator)
    return len(items)

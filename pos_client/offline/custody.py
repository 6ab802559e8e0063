"""Documents of a patient that the institution keeps during a stay: who took which when, who gave it back. Only grows.

The certificate and the card stay with the hospital from the admission to the discharge (rules K3 and K12).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, func, insert, select

from pos_client.offline.instants import instant_of, text_of
from pos_client.offline.schema import custody


class Document(StrEnum):
    """What may be kept."""

    INSURANCE_CERTIFICATE = "insurance_certificate"
    IC_CARD = "ic_card"


class Moved(StrEnum):
    """Into the institution's hands, or out of them."""

    TAKEN = "taken"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Move:
    """One document that changed hands."""

    document: Document
    moved: Moved
    at: datetime
    operator: str


def record(
    connection: Connection, stay: str, document: Document, moved: Moved, *, now: datetime, operator: str
) -> None:
    """Writes that a document of a stay changed hands."""
    values = {"stay": stay, "document": document, "moved": moved, "at": text_of(now), "operator": operator}
    connection.execute(insert(custody).values(values))


def moves_of(connection: Connection, stay: str) -> list[Move]:
    """All that changed hands for a stay, oldest first."""
    rows = connection.execute(select(custody).where(custody.c.stay == stay).order_by(custody.c.number))
    return [Move(Document(row.document), Moved(row.moved), instant_of(row.at), row.operator) for row in rows]


def held(connection: Connection, stay: str) -> tuple[Document, ...]:
    """The documents of a stay that the institution has now."""
    last = {move.document: move.moved for move in moves_of(connection, stay)}
    return tuple(document for document in Document if last.get(document) is Moved.TAKEN)


def stays_with_documents(connection: Connection) -> set[str]:
    """The stays of which a document is kept now."""
    newest = select(func.max(custody.c.number)).group_by(custody.c.stay, custody.c.document)
    rows = select(custody.c.stay).where(custody.c.number.in_(newest), custody.c.moved == Moved.TAKEN)
    return set(connection.scalars(rows))

"""Documents that stay with the hospital from admission to discharge: the insurance certificate and the IC card.

「《医疗保险证》、《医疗保险卡》留在医院入出院处」 (rules K3), and at discharge 「领回」 both (rules K12).
"""

from collections.abc import Collection

from pos_client.desk.station import Office
from pos_client.desk.stay_words import DOCUMENT_NOT_THERE
from pos_client.desk.visit_desk import find
from pos_client.errors import Refused
from pos_client.offline import audit, custody
from pos_client.offline.custody import Document as Document
from pos_client.offline.custody import Moved
from pos_client.offline.store import StoreConnection
from pos_client.phrase import Phrase

DOCUMENTS = {
    Document.INSURANCE_CERTIFICATE: Phrase("医疗保险证", "the insurance certificate"),
    Document.IC_CARD: Phrase("医保卡", "the insurance card"),
}
#: What the source documents leave with the hospital.
BOTH = (Document.INSURANCE_CERTIFICATE, Document.IC_CARD)
_HELD_ALREADY = Phrase("已经由医院保管", "the hospital keeps it already")
_NOT_HELD = Phrase("不在医院保管", "the hospital does not keep it")


def held(office: Office, id_: str) -> tuple[Document, ...]:
    """The documents of a stay that are kept here."""
    with office.store.read() as connection:
        return custody.held(connection, id_)


def take(office: Office, id_: str, documents: Collection[Document]) -> tuple[Document, ...]:
    """Notes that documents were taken into custody, and returns what is kept now.

    Raises:
        Refused: S-NOVISIT; S-CUSTODY, one of them is kept already. EnvironmentProblem: D-….
    """
    return _move(office, id_, documents, Moved.TAKEN)


def give_back(office: Office, id_: str, documents: Collection[Document]) -> tuple[Document, ...]:
    """Notes that documents went back to the patient, and returns what is kept still.

    Raises:
        Refused: S-NOVISIT; S-CUSTODY, one of them is not kept. EnvironmentProblem: D-….
    """
    return _move(office, id_, documents, Moved.RETURNED)


def _move(office: Office, id_: str, documents: Collection[Document], moved: Moved) -> tuple[Document, ...]:
    visit = find(office, id_)
    with office.store.commit() as connection:
        kept = custody.held(connection, visit.id)
        for document in documents:
            if (document in kept) is (moved is Moved.TAKEN):
                raise _refused(visit.id, document, moved)
        note(office, connection, visit.id, documents, moved)
    return held(office, visit.id)


def note(office: Office, connection: StoreConnection, id_: str, documents: Collection[Document], moved: Moved) -> None:
    """Writes that documents changed hands, in the commit of the act that they belong to."""
    now, operator = office.bureau.now, office.drawer.operator
    for document in documents:
        custody.record(connection, id_, document, moved, now=now, operator=operator)
    if documents:
        detail = {"documents": sorted(documents)}
        audit.append(connection, f"custody.{moved}", id_, detail, now=now, operator=operator)


def _refused(id_: str, document: Document, moved: Moved) -> Refused:
    name = DOCUMENTS[document]
    why = _HELD_ALREADY if moved is Moved.TAKEN else _NOT_HELD
    return Refused(DOCUMENT_NOT_THERE, id=id_, document_zh=name.zh, document_en=name.en, why_zh=why.zh, why_en=why.en)

"""What a desk has to send after an outage: settlements of many people, queued in the journal with all their rows."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from benchmarks.counters import Buyer
from pos_client.desk.station import Office
from pos_client.offline import audit, catalogue, journal, money_book, money_moves, settlements
from pos_client.offline.journal import Draft, Kind, Message
from pos_client.offline.money_book import Entry, Means, Paid
from pos_client.sync.person import Credential, InsuredPerson
from pos_client.sync.pharmacy import SETTLE, Purchase, PurchaseLine, purchase_request
from pos_client.sync.region import AccountUse

AMOXICILLIN: Final = "YD0001"
LINES: Final = 5
PRICE_FEN: Final = 2_00


def queue_settlements(office: Office, buyers: Sequence[Buyer]) -> list[Message]:
    """Writes one settlement a buyer with the rows of ``settle_provisionally``; all of them in one commit."""
    with office.store.read() as connection:
        (drug,) = catalogue.find_items(connection, AMOXICILLIN)
    office.bureau.sign_in()
    with office.store.together():
        return [_queued(office, _purchase(office, buyer, drug.national_code, drug.code)) for buyer in buyers]


def _purchase(office: Office, buyer: Buyer, national_code: str, own_code: str) -> Purchase:
    price = Decimal(PRICE_FEN) / 100
    lines = tuple(
        PurchaseLine(number, national_code, own_code, price, Decimal(1), PRICE_FEN) for number in range(1, LINES + 1)
    )
    visit = office.region.visits["pharmacy"]
    person = InsuredPerson(
        person_no=buyer.person_no,
        name="张建国",
        id_number=buyer.id_number,
        id_type="01",
        sex="1",
        born_on=None,
        person_type="11",
        insurance_type=visit.insurance_type,
        place_of_insurance="439900",
        account_balance_fen=0,
        facts={},
    )
    credential = Credential(buyer.card_number, buyer.card_code, buyer.id_number, person.name)
    return Purchase(person, credential, visit, lines, office.bureau.now, account=AccountUse.NO)


def _queued(office: Office, purchase: Purchase) -> Message:
    now, drawer = office.bureau.now, office.drawer
    with office.store.commit() as connection:
        message_id = office.ids.for_booking(connection)
        body = office.bureau.compose(purchase_request(office.bureau, SETTLE, purchase), message_id)
        person_no, total_fen = purchase.person.person_no, purchase.total_fen
        draft = Draft(Kind.SETTLE, SETTLE, message_id, person_no, total_fen, body, queued=True)
        message = journal.record_intent(connection, draft, now=now, desk=drawer.desk, operator=drawer.operator)
        settlements.record_sale(connection, message.id, total_fen, {})
        paid = Paid(Means.CASH, total_fen)
        money_moves.lay_down(connection, message.id, [paid], now=now, drawer=drawer)
        money_book.book(connection, message.id, Entry.RECEIPT, paid, now=now, drawer=drawer)
        detail = {"message_id": message_id, "at_risk_fen": 0}
        audit.append(connection, "settle.provisional", message.id, detail, now=now, operator=drawer.operator)
    return message

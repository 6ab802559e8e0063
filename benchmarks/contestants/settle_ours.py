"""One settlement in the books as pos_client writes it: what its desk and its sync call, without HTTP."""

from pathlib import Path
from typing import Any, Final

from benchmarks.durable_queue.ours import open_store
from pos_client.offline import audit, backup, journal, money_moves, settlements
from pos_client.offline.ids import MessageIds
from pos_client.offline.journal import Draft, Kind, Message, State
from pos_client.offline.money_book import Drawer, Means, Paid
from pos_client.offline.settlements import Settlement
from pos_client.runtime import SystemClock

DRAWER: Final = Drawer(1, "01")
TENDER_FEN: Final = 50_00
TOTAL_FEN: Final = 126_40
#: About what a message of a few lines, its answer and the sale as it was shown are long.
REQUEST: Final = '{"infno": "2102", "input": {"data": "' + "x" * 2_000 + '"}}'
ANSWER: Final = '{"infcode": "0", "output": {"setlinfo": "' + "y" * 1_500 + '"}}'
SHOWN: Final[dict[str, Any]] = {
    "person": {"person_no": "43990000001", "name": "张三丰", "place_of_insurance": "439900", "insurance_type": "310"},
    "lines": [
        {
            "number": number,
            "code": f"YD000{number}",
            "national_code": f"XTEST{number:010d}",
            "name": "阿莫西林胶囊",
            "spec": "0.25g*24",
            "kind": "drug",
            "cls": "B",
            "pre_self_pay_percent": "10",
            "limit_price": None,
            "unit_price": "12.640000",
            "quantity": "2.0000",
            "amount": "25.28",
        }
        for number in range(1, 6)
    ],
    "use_account": False,
    "sentences": ["本次费用 126.40 元，统筹基金支付 82.16 元，个人支付 44.24 元。"] * 8,
    "trial": {"total": "126.40", "fund_total": "82.16", "account": "0.00", "cash": "44.24"},
}
BOOKED: Final = Settlement(
    settlement_id="S0001",
    visit_id="V0001",
    settled_at="2026-11-21 12:00:00",
    total_fen=TOTAL_FEN,
    fund_fen=82_16,
    account_fen=0,
    cash_fen=44_24,
    insurance_type="310",
    clearing_type="11",
    clearing_agency="439900",
)


class Ours:
    """The store, open; each act is two commits."""

    def __init__(self, folder: Path) -> None:
        self._store = open_store(folder)
        self._clock = SystemClock()
        self._ids = MessageIds(self._store, self._clock, "P43999900001", DRAWER.desk)

    def settle(self) -> None:
        """One whole act: intent, then outcome."""
        self._conclude(self._intend())

    def _intend(self) -> Message:
        with self._store.commit() as connection:
            backup.refuse_when_restored(connection)
            message_id = self._ids.for_booking(connection)
            draft = Draft(Kind.SETTLE, "2102", message_id, "43990000001", TOTAL_FEN, REQUEST)
            now = self._clock.now_utc()
            message = journal.record_intent(connection, draft, now=now, desk=DRAWER.desk, operator=DRAWER.operator)
            settlements.record_sale(connection, message.id, TOTAL_FEN, SHOWN)
            tender = (Paid(Means.CASH, TENDER_FEN),)
            money_moves.lay_down(connection, message.id, tender, now=message.created_at, drawer=DRAWER)
            detail = {"message_id": message_id, "about": None, "amount_fen": TOTAL_FEN}
            audit.append(connection, "settle.intent", message.id, detail, now=now, operator=DRAWER.operator)
        return message

    def _conclude(self, message: Message) -> None:
        now = self._clock.now_utc()
        with self._store.commit() as connection:
            journal.record_outcome(connection, message.id, State.OK, now=now, answer=ANSWER, evidence={"why": ""})
            settlements.record_settlement(connection, message.id, BOOKED)
            money_moves.move_money(connection, message, BOOKED.cash_fen, now=now, drawer=DRAWER)
            detail = {"state": State.OK, "message_id": message.message_id}
            audit.append(connection, "settle.outcome", message.id, detail, now=now, operator=DRAWER.operator)

    def close(self) -> None:
        """Closes the store."""
        self._store.close()

"""The very same rows by hand: plain SQL on sqlcipher3, in a store of ours, at the same durability.

It knows what ours has to find out: that its message is an intent, and what was laid down. It reads what every writer
must read, because another process may have written since: the counters and the end of the audit chain.
"""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.hashes import SM3, Hash

from benchmarks.contestants.settle_ours import ANSWER, BOOKED, DRAWER, REQUEST, SHOWN, TENDER_FEN, TOTAL_FEN
from benchmarks.durable_queue.ours import open_store
from pos_client.config import Home
from pos_client.offline.disk import EncryptedFile

META: Final = "SELECT value FROM meta WHERE name = ?"
PUT_META: Final = "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
MESSAGE: Final = (
    'INSERT INTO message (id, message_id, "transaction", kind, about, person_no, amount_fen, business_date, '
    "created_at, desk, operator, request, visit, own_number, skew_ms) "
    "VALUES (?, ?, '2102', 'settle', NULL, ?, ?, ?, ?, ?, ?, ?, NULL, '', 0)"
)
PENDING: Final = "INSERT INTO pending (id, tries, next_try_at, asking, why) VALUES (?, 0, ?, '', '')"
SALE: Final = "INSERT INTO sale (id, total_fen, record) VALUES (?, ?, ?)"
MONEY: Final = (
    "INSERT INTO money (id, at, business_date, entry, means, amount_fen, desk, operator, reference, shift) "
    "VALUES (?, ?, ?, ?, 'cash', ?, ?, ?, '', ?)"
)
CHAIN: Final = "SELECT chain FROM audit ORDER BY number DESC LIMIT 1"
AUDIT: Final = "INSERT INTO audit (at, operator, act, subject, detail, chain) VALUES (?, ?, ?, ?, ?, ?)"
OUTCOME: Final = "INSERT INTO outcome (id, state, at, answer, evidence) VALUES (?, 'OK', ?, ?, ?)"
NOT_PENDING: Final = "DELETE FROM pending WHERE id = ?"
SETTLEMENT: Final = (
    "INSERT INTO settlement (id, settlement_id, visit_id, settled_at, total_fen, fund_fen, account_fen, cash_fen, "
    "insurance_type, clearing_type, clearing_agency) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


class ByHand:
    """One connection; each act is two commits."""

    def __init__(self, folder: Path) -> None:
        open_store(folder).close()
        home = Home(folder / "home")
        self._connection: Any = EncryptedFile().connect(home.database, bytes.fromhex(home.key_file.read_text()))

    def settle(self) -> None:
        """One whole act: intent, then outcome."""
        self._conclude(*self._intend())

    def _intend(self) -> tuple[str, str]:
        execute = self._connection.execute
        execute("BEGIN IMMEDIATE")
        now = datetime.now(UTC)
        at, day = _instant(now), _day(now)
        message_id = f"P43999900001{self._slot(now)}{DRAWER.desk:02d}00"
        number = int(self._meta("message_number") or 0) + 1
        execute(PUT_META, ("message_number", str(number)))
        id_ = f"{DRAWER.desk:02d}-{number:06d}"
        about = (id_, message_id, "43990000001", TOTAL_FEN, day, at, DRAWER.desk, DRAWER.operator, REQUEST)
        execute(MESSAGE, about)
        execute(PENDING, (id_, at))
        execute(SALE, (id_, TOTAL_FEN, json.dumps(SHOWN, ensure_ascii=False)))
        self._book(id_, "tender", TENDER_FEN, at, day)
        self._audit("settle.intent", id_, {"about": None, "amount_fen": TOTAL_FEN, "message_id": message_id}, at)
        execute("COMMIT")
        return id_, message_id

    def _conclude(self, id_: str, message_id: str) -> None:
        execute = self._connection.execute
        execute("BEGIN IMMEDIATE")
        now = datetime.now(UTC)
        at, day = _instant(now), _day(now)
        execute(OUTCOME, (id_, at, ANSWER, '{"why": ""}'))
        execute(NOT_PENDING, (id_,))
        execute(SETTLEMENT, (id_, *(getattr(BOOKED, name) for name in BOOKED.__dataclass_fields__)))
        self._book(id_, "receipt", BOOKED.cash_fen, at, day)
        self._book(id_, "change", TENDER_FEN - BOOKED.cash_fen, at, day)
        self._audit("settle.outcome", id_, {"message_id": message_id, "state": "OK"}, at)
        execute("COMMIT")

    def _meta(self, name: str) -> str | None:
        row = self._connection.execute(META, (name,)).fetchone()
        return None if row is None else str(row[0])

    def _slot(self, now: datetime) -> str:
        slot = f"{now + timedelta(hours=8):%Y%m%d%H%M%S}"
        last = self._meta("message_slot")
        if last is not None and slot <= last:
            slot = f"{datetime.strptime(f'{last}+0000', '%Y%m%d%H%M%S%z') + timedelta(seconds=1):%Y%m%d%H%M%S}"
        self._connection.execute(PUT_META, ("message_slot", slot))
        return slot

    def _book(self, id_: str, entry: str, amount_fen: int, at: str, day: str) -> None:
        shift = f"{day}/{DRAWER.operator}"
        self._connection.execute(MONEY, (id_, at, day, entry, amount_fen, DRAWER.desk, DRAWER.operator, shift))

    def _audit(self, act: str, subject: str, detail: dict[str, object], at: str) -> None:
        row = {"act": act, "at": at, "detail": json.dumps(detail, ensure_ascii=False)}
        row |= {"operator": DRAWER.operator, "subject": subject}
        last = self._connection.execute(CHAIN).fetchone()
        digest = Hash(SM3())
        digest.update(bytes.fromhex(last[0] if last is not None else "0" * 64))
        digest.update(json.dumps(row, ensure_ascii=False).encode())
        chain = digest.finalize().hex()
        self._connection.execute(AUDIT, (at, DRAWER.operator, act, subject, row["detail"], chain))

    def close(self) -> None:
        """Closes the connection."""
        self._connection.close()


def _instant(now: datetime) -> str:
    return now.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _day(now: datetime) -> str:
    return f"{now + timedelta(hours=8):%Y-%m-%d}"

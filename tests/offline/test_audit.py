"""The audit chain: any change of what was written shows."""

from pathlib import Path

from cryptography.hazmat.primitives.hashes import SM3, Hash
from sqlalchemy import text

from pos_client.offline import audit
from tests.virtual import NOON, open_store


def _with_three_acts(tmp_path: Path):  # type: ignore[no-untyped-def]
    store = open_store(tmp_path)
    for number in range(3):
        with store.commit() as connection:
            audit.append(connection, "act", f"{number}", {"amount_fen": number}, now=NOON, operator="01")
    return store


def test_an_untouched_chain_holds(tmp_path: Path) -> None:
    store = _with_three_acts(tmp_path)
    with store.read() as connection:
        assert audit.first_broken_row(connection) is None
    store.close()


def test_a_changed_row_breaks_the_chain_at_its_place(tmp_path: Path) -> None:
    store = _with_three_acts(tmp_path)
    with store.commit() as connection:
        connection.execute(text("DROP TRIGGER audit_no_update"))
        connection.execute(text("UPDATE audit SET detail = '{\"amount_fen\": 9}' WHERE number = 2"))
        assert audit.first_broken_row(connection) == 2
    store.close()


def test_a_removed_row_breaks_the_chain_at_the_next(tmp_path: Path) -> None:
    store = _with_three_acts(tmp_path)
    with store.commit() as connection:
        connection.execute(text("DROP TRIGGER audit_no_delete"))
        connection.execute(text("DELETE FROM audit WHERE number = 2"))
        assert audit.first_broken_row(connection) == 3
    store.close()


def test_the_seal_is_the_sm3_of_the_standard() -> None:
    digest = Hash(SM3())
    digest.update(b"abc")
    assert digest.finalize().hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_acts_are_counted_by_what_was_done_to_what(tmp_path: Path) -> None:
    store = _with_three_acts(tmp_path)
    with store.commit() as connection:
        audit.append(connection, "act", "1", {}, now=NOON, operator="01")
        assert [audit.count(connection, "act", subject) for subject in ("1", "2", "3")] == [2, 1, 0]
        assert audit.count(connection, "other", "1") == 0
    store.close()

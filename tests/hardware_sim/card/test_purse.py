"""The purse: either a transaction happens whole, with its record, or nothing has changed."""

from dataclasses import dataclass, field, replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from hardware_sim.card.crypto import Algorithm, mac, session_key, transaction_code
from hardware_sim.card.keys import KeyName
from hardware_sim.card.purse import Purse
from hardware_sim.card.purse_contents import Contents, Price

CARD_KEYS = {
    Algorithm.DES: bytes.fromhex("4fc50e165450bb812c47f8e5968547f9"),
    Algorithm.SM4: bytes.fromhex("34aafdf19fa1ec804b4f0fbeb26c708a"),
}
TERMINAL = "519900000001"
TIME = "20261121101530"
RANDOM = bytes.fromhex("A1B2C3D4")
INIT_LOAD, INIT_PURCHASE, CREDIT, DEBIT = "B0280001", "B0280101", "B02A0000", "B02C0100"
ACCOUNT, SELF_PAID, POOLED = "B0260001", "B0260002", "B0260003"
PROOF_OF_LOAD, PROOF_OF_PURCHASE = "B02E0031", "B02E0032"
SET_STARTING_DAY, STARTING_DAY = "B0560000", "B0560100"


@dataclass
class Records:
    """EF08, which can be made to fail."""

    written: list[str] = field(default_factory=list)
    broken: bool = False

    def append(self, record: bytes) -> None:
        if self.broken:
            raise OSError("the memory of the chip fails")
        self.written.insert(0, record.hex().upper())


@dataclass
class Bench:
    """A purse, its records, and a terminal that has its keys."""

    purse: Purse
    records: Records
    algorithm: Algorithm = Algorithm.DES

    def ask(self, header: str, data: str = "", le: int = 0, *, pin_ok: bool = True, may_set: bool = False) -> str:
        answer, status = self.purse.command(
            bytes.fromhex(header), bytes.fromhex(data), le, pin_ok=pin_ok, may_set_starting_day=may_set
        )
        return (answer + status.to_bytes(2)).hex().upper()

    @property
    def key(self) -> bytes:
        return CARD_KEYS[self.algorithm]

    def purchase_message(self, amounts: str, *, sequence: int, time: str = TIME) -> str:
        """Data of DEBIT, with the terminal's transaction number 12h."""
        key = session_key(self.algorithm, self.key, RANDOM + sequence.to_bytes(2) + b"\x00\x12")
        return "00000012" + time + mac(self.algorithm, key, bytes.fromhex(amounts + "32" + TERMINAL + time)).hex()

    def load_message(self, amount: str, *, sequence: int, time: str = TIME) -> str:
        """Data of CREDIT."""
        key = session_key(self.algorithm, self.key, RANDOM + sequence.to_bytes(2) + b"\x80\x00")
        return time + mac(self.algorithm, key, bytes.fromhex(amount + "31" + TERMINAL + time)).hex()

    def buy(self, account: int, self_paid: int = 0, pooled: int = 0, *, time: str = TIME) -> str:
        """A whole purchase; the answer to its last command."""
        amounts = f"{account:08X}{self_paid:08X}{pooled:08X}"
        sequence = self.purse.contents.purchase_sequence
        begun = self.ask(INIT_PURCHASE, "01" + amounts + TERMINAL)
        if not begun.endswith("9000"):
            return begun
        return self.ask(DEBIT, self.purchase_message(amounts, sequence=sequence, time=time))

    def load(self, amount: int) -> str:
        """A whole load; the answer to its last command."""
        sequence = self.purse.contents.load_sequence
        begun = self.ask(INIT_LOAD, f"01{amount:08X}{TERMINAL}")
        if not begun.endswith("9000"):
            return begun
        return self.ask(CREDIT, self.load_message(f"{amount:08X}", sequence=sequence))


def bench(contents: Contents | None = None, *, algorithm: Algorithm = Algorithm.DES) -> Bench:
    records = Records()
    purse = Purse(
        key_of=lambda _: CARD_KEYS[algorithm],
        algorithm=algorithm,
        records=records,
        random=lambda length: RANDOM[:length],
        contents=contents or Contents(balance_fen=10000, settlement_year=2026, purchase_sequence=5),
    )
    return Bench(purse, records, algorithm)


AMOUNTS = "000007D0" + "000003E8" + "00001388"


def test_a_purchase_as_the_vectors_have_it() -> None:
    desk = bench()
    assert desk.ask(INIT_PURCHASE, "01" + AMOUNTS + TERMINAL) == (
        "00002710" + "00000000" + "00000000" + "2026" + "0005" + "01" + "01" + "A1B2C3D4" + "9000"
    )
    assert desk.ask(DEBIT, "00000012" + TIME + "e7f08a17") == "6B981A26" + "6FDDC6B1" + "9000"
    assert desk.purse.contents == Contents(8000, 1000, 5000, 2026, "0101", 0, 6)
    assert desk.records.written == ["0005" + "32" + TERMINAL + TIME + AMOUNTS]
    assert desk.ask(PROOF_OF_PURCHASE, "0005") == "6FDDC6B1" + "6B981A26" + "9000"


def test_a_load() -> None:
    desk = bench(Contents(balance_fen=100, load_sequence=7))
    key = session_key(Algorithm.DES, desk.key, RANDOM + bytes.fromhex("00078000"))
    code = mac(Algorithm.DES, key, bytes.fromhex("00000064" + "000003E8" + "31" + TERMINAL)).hex().upper()
    begun = desk.ask(INIT_LOAD, "01" + "000003E8" + TERMINAL)
    assert begun == "00000064" + "0007" + "01" + "01" + "A1B2C3D4" + code + "9000"
    message = "00000064" + "0007" + "000003E8" + "31" + TERMINAL + TIME
    expected = transaction_code(Algorithm.DES, desk.key, bytes.fromhex(message)).hex().upper()
    assert desk.ask(CREDIT, desk.load_message("000003E8", sequence=7)) == expected + "9000"
    assert desk.purse.contents == Contents(balance_fen=1100, load_sequence=8)
    assert desk.records.written == ["0007" + "31" + TERMINAL + TIME + "000003E8" + "0" * 16]
    assert desk.ask(PROOF_OF_LOAD, "0007").endswith(expected + "9000")


def test_an_sm4_card_announces_its_algorithm_and_buys() -> None:
    desk = bench(algorithm=Algorithm.SM4)
    assert desk.ask(INIT_PURCHASE, "01" + AMOUNTS + TERMINAL)[32:36] == "0103"
    assert desk.buy(2000).endswith("9000")
    assert desk.purse.contents.balance_fen == 8000


def test_each_part_of_a_transaction_has_its_key() -> None:
    asked: list[KeyName] = []

    def key_of(key: KeyName) -> bytes:
        asked.append(key)
        return CARD_KEYS[Algorithm.DES]

    purse = Purse(key_of=key_of, algorithm=Algorithm.DES, records=Records(), random=lambda length: RANDOM[:length])
    desk = Bench(purse, Records())
    assert desk.load(1).endswith("9000")
    assert asked == [KeyName.DLK, KeyName.DTK]
    assert desk.buy(1).endswith("9000")
    assert asked[2:] == [KeyName.DPK, KeyName.DTK]


def test_balances_need_the_pin_and_the_right_length() -> None:
    desk = bench(Contents(500, 200, 300, 2026))
    assert desk.ask(ACCOUNT, le=4) == "000001F49000"
    assert desk.ask(SELF_PAID, le=6) == "000000C820269000"
    assert desk.ask(POOLED, le=6) == "0000012C20269000"
    assert desk.ask(ACCOUNT) == "6C04"
    assert desk.ask(ACCOUNT, le=4, pin_ok=False) == "6982"
    assert desk.ask(INIT_PURCHASE, "01" + AMOUNTS + TERMINAL, pin_ok=False) == "6982"
    assert desk.ask(INIT_LOAD, "01" + "00000001" + TERMINAL, pin_ok=False) == "6982"


@pytest.mark.parametrize(
    ("header", "data", "status"),
    [
        (INIT_PURCHASE, "02" + AMOUNTS + TERMINAL, "9403"),
        (INIT_PURCHASE, "01" + "00002711" + "00000000" * 2 + TERMINAL, "9401"),
        (INIT_PURCHASE, "01" + "00000000" + "FFFFFFFF" + "00000000" + TERMINAL, "6A80"),
        (INIT_PURCHASE, "01" + AMOUNTS, "6700"),
        (INIT_LOAD, "02" + "00000001" + TERMINAL, "9403"),
        (INIT_LOAD, "01" + "FFFFFFFF" + TERMINAL, "6A80"),
        (CREDIT, TIME + "00000000", "6901"),
        (DEBIT, "00000012" + TIME + "00000000", "6901"),
        (PROOF_OF_LOAD, "0000", "9406"),
        ("B0260004", "", "6A86"),
        ("B02E0003", "0000", "6A86"),
        ("B0990000", "", "6D00"),
        ("80260001", "", "6E00"),
    ],
)
def test_what_is_refused_changes_nothing(header: str, data: str, status: str) -> None:
    desk = bench(Contents(balance_fen=10000, self_paid_fen=1))
    before = desk.purse.contents
    assert desk.ask(header, data) == status
    assert desk.purse.contents == before
    assert desk.records.written == []


def test_four_bytes_hold_the_highest_sum_and_no_more() -> None:
    desk = bench(Contents(balance_fen=0xFFFFFFFE, pooled_fen=0xFFFFFFFE, settlement_year=2026))
    assert desk.load(2) == "6A80"
    assert desk.load(1).endswith("9000")
    assert desk.buy(0, 0, 2) == "6A80"
    assert desk.buy(0, 0, 1).endswith("9000")
    assert desk.ask(POOLED, le=6) == "FFFFFFFF20269000"


def test_full_counters_end_a_purse() -> None:
    desk = bench(Contents(balance_fen=10, load_sequence=0xFFFE, purchase_sequence=0xFFFE))
    assert desk.buy(1).endswith("9000")
    assert desk.buy(1) == "9402"
    assert desk.load(1).endswith("9000")
    assert desk.load(1) == "9402"


def test_a_wrong_code_takes_no_money_and_ends_the_transaction() -> None:
    desk = bench()
    before = desk.purse.contents
    desk.ask(INIT_PURCHASE, "01" + AMOUNTS + TERMINAL)
    assert desk.ask(DEBIT, "00000012" + TIME + "e7f08a18") == "9302"
    assert desk.ask(DEBIT, "00000012" + TIME + "e7f08a17") == "6901"
    desk.ask(INIT_LOAD, "01" + "00000001" + TERMINAL)
    assert desk.ask(CREDIT, TIME + "00000000") == "9302"
    assert desk.purse.contents == before


def test_a_time_that_is_none_is_refused_even_under_a_right_code() -> None:
    desk = bench()
    before = desk.purse.contents
    assert desk.buy(1, time="20261332000000") == "6A80"
    assert desk.buy(1, time="FFFFFFFFFFFFFF") == "6A80"
    assert desk.purse.contents == before


def test_looking_keeps_a_transaction_and_anything_else_ends_it() -> None:
    desk = bench()
    good = "00000012" + TIME + "e7f08a17"
    begin = "01" + AMOUNTS + TERMINAL
    desk.buy(0)
    desk.purse.contents = replace(desk.purse.contents, purchase_sequence=5)
    desk.ask(INIT_PURCHASE, begin)
    assert desk.ask(ACCOUNT, le=4).endswith("9000")
    assert desk.ask(PROOF_OF_PURCHASE, "0005").endswith("9000")
    assert desk.ask(DEBIT, good).endswith("9000")
    for ending in (
        lambda: desk.ask(STARTING_DAY, le=2),
        lambda: desk.ask(ACCOUNT, le=9),
        lambda: desk.ask(PROOF_OF_LOAD, "0000"),
        lambda: desk.ask("B0990000"),
        lambda: desk.ask(CREDIT, TIME + "00000000"),
        desk.purse.interrupt,
    ):
        desk.purse.contents = replace(desk.purse.contents, purchase_sequence=5)
        assert desk.ask(INIT_PURCHASE, begin).endswith("9000")
        ending()
        assert desk.ask(DEBIT, good) == "6901"


def test_beginning_anew_replaces_what_was_begun() -> None:
    desk = bench()
    desk.ask(INIT_LOAD, "01" + "00000001" + TERMINAL)
    desk.ask(INIT_PURCHASE, "01" + AMOUNTS + TERMINAL)
    assert desk.ask(DEBIT, "00000012" + TIME + "e7f08a17").endswith("9000")


def test_a_record_that_cannot_be_written_takes_the_transaction_with_it() -> None:
    desk = bench()
    before = desk.purse.contents
    desk.records.broken = True
    with pytest.raises(OSError, match="memory"):
        desk.buy(100)
    with pytest.raises(OSError, match="memory"):
        desk.load(100)
    assert desk.purse.contents == before
    desk.records.broken = False
    assert desk.ask(PROOF_OF_PURCHASE, "0005") == "9406"


def test_a_proof_is_only_of_the_last_transaction_of_its_type() -> None:
    desk = bench()
    desk.buy(1)
    desk.buy(1)
    assert desk.ask(PROOF_OF_PURCHASE, "0005") == "9406"
    assert desk.ask("B02E0002", "0006").endswith("9000")
    assert desk.ask(PROOF_OF_LOAD, "0006") == "9406"


def test_the_starting_day_is_read_by_anybody_and_set_with_its_key() -> None:
    desk = bench()
    assert desk.ask(STARTING_DAY, le=2) == "01019000"
    assert desk.ask(STARTING_DAY, le=0) == "6C02"
    assert desk.ask(SET_STARTING_DAY, "0401") == "6982"
    assert desk.ask(SET_STARTING_DAY, "0230", may_set=True) == "6A80"
    assert desk.ask(SET_STARTING_DAY, "0F01", may_set=True) == "6A80"
    assert desk.ask(SET_STARTING_DAY, "0401", may_set=True) == "9000"
    assert desk.ask(STARTING_DAY, le=2) == "04019000"


@pytest.mark.parametrize(
    ("held", "day", "year", "sums"),
    [
        (Contents(100, 7, 9, 2026, "0101"), 20261231, 2026, (17, 29)),
        (Contents(100, 7, 9, 2026, "0101"), 20270101, 2027, (10, 20)),
        (Contents(100, 7, 9, 2026, "0401"), 20270331, 2026, (17, 29)),
        (Contents(100, 7, 9, 2026, "0401"), 20270401, 2027, (10, 20)),
        (Contents(100, 7, 9, 2026, "0401"), 20290331, 2028, (10, 20)),
        (Contents(100, 7, 9, 2026, "0101"), 20251231, 2026, (17, 29)),
        (Contents(100, 0, 0, 0, "0101"), 20261121, 2026, (10, 20)),
    ],
)
def test_a_new_settlement_year_begins_the_sums_anew(held: Contents, day: int, year: int, sums: tuple[int, int]) -> None:
    after = held.after_purchase(Price(account_fen=30, self_paid_fen=10, pooled_fen=20), day)
    assert (after.balance_fen, after.settlement_year) == (70, year)
    assert (after.self_paid_fen, after.pooled_fen) == sums


class TerminalsAtAPurse(RuleBasedStateMachine):
    """Terminals, honest ones and others, at one purse; a model keeps its own books."""

    begun = Bundle("begun")

    def __init__(self) -> None:
        super().__init__()
        self.desk = bench(Contents(balance_fen=1000))
        self.balance = 1000
        self.done = 0

    @rule(amount=st.integers(0, 5000))
    def load(self, amount: int) -> None:
        assert self.desk.load(amount).endswith("9000")
        self.balance += amount
        self.done += 1

    @rule(account=st.integers(0, 3000), pooled=st.integers(0, 0xFFFF))
    def buy(self, account: int, pooled: int) -> None:
        answer = self.desk.buy(account, 0, pooled)
        if account > self.balance:
            assert answer == "9401"
            return
        assert answer.endswith("9000")
        self.balance -= account
        self.done += 1

    @rule(target=begun, account=st.integers(0, 1000))
    def begin(self, account: int) -> tuple[str, int]:
        """Begins, and leaves it to a later moment; what would conclude it now is kept."""
        amounts = f"{account:08X}" + "00000000" * 2
        self.desk.ask(INIT_PURCHASE, "01" + amounts + TERMINAL)
        return self.desk.purchase_message(amounts, sequence=self.desk.purse.contents.purchase_sequence), account

    @rule(purchase=consumes(begun))
    def conclude_late(self, purchase: tuple[str, int]) -> None:
        message, account = purchase
        before = self.desk.purse.contents
        if self.desk.ask(DEBIT, message).endswith("9000"):
            self.balance -= account
            self.done += 1
        else:
            assert self.desk.purse.contents == before

    @rule(
        header=st.sampled_from([INIT_LOAD, INIT_PURCHASE, CREDIT, DEBIT, PROOF_OF_LOAD, SET_STARTING_DAY, "B0FF0000"]),
        data=st.binary(max_size=20),
        pin_ok=st.booleans(),
    )
    def anything(self, header: str, data: bytes, *, pin_ok: bool) -> None:
        before, written = self.desk.purse.contents, list(self.desk.records.written)
        self.desk.ask(header, data.hex(), pin_ok=pin_ok)
        assert self.desk.purse.contents == before
        assert self.desk.records.written == written

    @rule()
    def lose_power(self) -> None:
        self.desk.purse.interrupt()

    @rule()
    def fail_to_record(self) -> None:
        before = self.desk.purse.contents
        self.desk.records.broken = True
        with pytest.raises(OSError, match="memory"):
            self.desk.buy(0)
        self.desk.records.broken = False
        assert self.desk.purse.contents == before

    @invariant()
    def books_agree(self) -> None:
        held = self.desk.purse.contents
        assert held.balance_fen == self.balance
        assert held.balance_fen >= 0
        assert len(self.desk.records.written) == self.done == held.load_sequence + held.purchase_sequence


TestTerminalsAtAPurse = TerminalsAtAPurse.TestCase
TestTerminalsAtAPurse.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)

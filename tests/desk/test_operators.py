"""Who may work at the desk, and whose word is wanted."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from pos_client.config import Settings
from pos_client.desk import operators
from pos_client.desk.books import Books, open_books
from pos_client.desk.operators import SignedIn
from pos_client.errors import Refused
from pos_client.offline.operators import Role
from tests.virtual import VirtualClock, fresh_home, virtual_runtime

PASSWORD = "open sesame"
HEAD = SignedIn("boss", "王主任", Role.SUPERVISOR)


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    home, _ = fresh_home(tmp_path)
    with open_books(home, {}, virtual_runtime()) as opened:
        yield opened


@pytest.fixture
def staffed(books: Books) -> Books:
    """A desk with one supervisor and one cashier."""
    operators.add(books, "boss", "王主任", Role.SUPERVISOR, PASSWORD, by=None)
    operators.add(books, "02", "李四", Role.CASHIER, PASSWORD, by=HEAD)
    return books


def _real(books: Books) -> Books:
    return replace(books, settings=Settings({**books.settings.values, "mode": "real"}))


def _code(problem: pytest.ExceptionInfo[Refused]) -> str:
    return problem.value.code


def _audited(books: Books) -> list[tuple[str, str, str]]:
    with books.store.read() as connection:
        rows = connection.execute(text("SELECT act, subject, operator FROM audit ORDER BY number"))
        return [(row.act, row.subject, row.operator) for row in rows]


def test_a_training_home_without_operators_works_as_its_configured_one(books: Books) -> None:
    assert operators.who_acts(books) == SignedIn("01", "收费员01", Role.SUPERVISOR)


def test_a_real_home_takes_no_money_before_there_is_a_supervisor(books: Books) -> None:
    with pytest.raises(Refused) as caught:
        operators.who_acts(_real(books))
    assert _code(caught) == "S-OPERATOR"
    operators.add(books, "boss", "王主任", Role.SUPERVISOR, PASSWORD, by=None)
    assert operators.who_acts(_real(books), "boss", PASSWORD) == HEAD


def test_where_there_are_operators_somebody_must_sign_in(staffed: Books) -> None:
    with pytest.raises(Refused) as caught:
        operators.who_acts(staffed)
    assert _code(caught) == "S-SIGNIN"
    assert operators.who_acts(staffed, "02", PASSWORD) == SignedIn("02", "李四", Role.CASHIER)


@pytest.mark.parametrize(("name", "password"), [("boss", "wrong"), ("02", "open sesame "), ("nobody", PASSWORD)])
def test_a_wrong_password_tells_nothing_and_waits(staffed: Books, name: str, password: str) -> None:
    clock = staffed.runtime.clock
    assert isinstance(clock, VirtualClock)
    before = clock.monotonic_ms()
    with pytest.raises(Refused) as caught:
        operators.sign_in(staffed, name, password)
    assert _code(caught) == "S-PASSWORD"
    assert clock.monotonic_ms() - before == operators.WRONG_PASSWORD_WAIT_MS


def test_a_wrong_password_is_audited_without_what_was_typed(staffed: Books) -> None:
    for name in ("02", PASSWORD):
        with pytest.raises(Refused):
            operators.sign_in(staffed, name, "a-secret-of-mine")
    assert _audited(staffed)[-2:] == [("operator.wrong_password", "02", "02"), ("operator.wrong_password", "", "")]
    with staffed.store.read() as connection:
        everything = str(connection.execute(text("SELECT * FROM audit")).all())
        everything += str(connection.execute(text("SELECT * FROM operator")).all())
    assert "a-secret-of-mine" not in everything
    assert PASSWORD not in everything


def test_a_supervisors_word_is_a_supervisors(staffed: Books) -> None:
    assert operators.authorise(staffed, "boss", PASSWORD, "void") == HEAD
    with pytest.raises(Refused) as caught:
        operators.authorise(staffed, "02", PASSWORD, "void")
    assert _code(caught) == "S-SUPERVISOR"
    assert "void" in caught.value.sentence("zh")


def test_whoever_acts_allows_it_only_while_nobody_else_can(staffed: Books) -> None:
    assert operators.authorise(staffed, "boss", PASSWORD, "void", acting=HEAD) == HEAD
    operators.add(staffed, "deputy", "赵副主任", Role.SUPERVISOR, PASSWORD, by=HEAD)
    with pytest.raises(Refused) as caught:
        operators.authorise(staffed, "boss", PASSWORD, "void", acting=HEAD)
    assert _code(caught) == "S-EYES"
    assert operators.authorise(staffed, "deputy", PASSWORD, "void", acting=HEAD).name == "deputy"


def test_the_first_one_is_a_supervisor(books: Books) -> None:
    with pytest.raises(Refused) as caught:
        operators.add(books, "02", "李四", Role.CASHIER, PASSWORD, by=None)
    assert _code(caught) == "S-OPFIRST"
    assert operators.listed(books) == []


def test_who_is_registered_is_listed_and_each_change_is_audited(staffed: Books) -> None:
    operators.change_password(staffed, "02", "another one", by=SignedIn("02", "李四", Role.CASHIER))
    operators.remove(staffed, "02", by=HEAD)
    assert operators.listed(staffed) == [HEAD]
    assert _audited(staffed) == [
        ("operator.add", "boss", "boss"),
        ("operator.add", "02", "boss"),
        ("operator.password", "02", "02"),
        ("operator.remove", "02", "boss"),
    ]


@pytest.mark.parametrize(
    ("name", "title", "password", "code"),
    [
        ("", "李四", PASSWORD, "S-OPNAME"),
        ("李四", "李四", PASSWORD, "S-OPNAME"),
        ("x" * 21, "李四", PASSWORD, "S-OPNAME"),
        ("03", "  ", PASSWORD, "S-OPTITLE"),
        ("03", "x" * 26, PASSWORD, "S-OPTITLE"),
        ("03", "李四", "seven77", "S-OPWEAK"),
        ("02", "李四", PASSWORD, "S-OPKNOWN"),
    ],
)
def test_what_cannot_be_registered_is_said(staffed: Books, name: str, title: str, password: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        operators.add(staffed, name, title, Role.CASHIER, password, by=HEAD)
    assert _code(caught) == code
    assert len(operators.listed(staffed)) == 2


def test_only_a_supervisor_registers_removes_and_changes_others(staffed: Books) -> None:
    cashier = SignedIn("02", "李四", Role.CASHIER)
    claimed = SignedIn("02", "李四", Role.SUPERVISOR)
    for by in (cashier, claimed):
        with pytest.raises(Refused) as caught:
            operators.add(staffed, "03", "钱五", Role.CASHIER, PASSWORD, by=by)
        assert _code(caught) == "S-SUPERVISOR"
        with pytest.raises(Refused) as caught:
            operators.remove(staffed, "boss", by=by)
        assert _code(caught) == "S-SUPERVISOR"
        with pytest.raises(Refused) as caught:
            operators.change_password(staffed, "boss", PASSWORD, by=by)
        assert _code(caught) == "S-SUPERVISOR"
    with pytest.raises(Refused) as caught:
        operators.add(staffed, "03", "钱五", Role.CASHIER, PASSWORD, by=None)
    assert _code(caught) == "S-SIGNIN"


def test_the_last_supervisor_stays(staffed: Books) -> None:
    with pytest.raises(Refused) as caught:
        operators.remove(staffed, "boss", by=HEAD)
    assert _code(caught) == "S-OPLAST"
    operators.add(staffed, "deputy", "赵副主任", Role.SUPERVISOR, PASSWORD, by=HEAD)
    operators.remove(staffed, "boss", by=HEAD)
    with pytest.raises(Refused) as caught:
        operators.remove(staffed, "deputy", by=HEAD)  # who was removed removes nobody
    assert _code(caught) == "S-SUPERVISOR"


def test_a_removed_one_cannot_sign_in_and_may_come_back(staffed: Books) -> None:
    operators.remove(staffed, "02", by=HEAD)
    with pytest.raises(Refused) as caught:
        operators.sign_in(staffed, "02", PASSWORD)
    assert _code(caught) == "S-PASSWORD"
    operators.add(staffed, "02", "李四", Role.SUPERVISOR, "another one", by=HEAD)
    assert operators.sign_in(staffed, "02", "another one").is_supervisor


def test_a_new_password_takes_the_place_of_the_old(staffed: Books) -> None:
    operators.change_password(staffed, "02", "another one", by=HEAD)
    assert operators.sign_in(staffed, "02", "another one").name == "02"
    with pytest.raises(Refused):
        operators.sign_in(staffed, "02", PASSWORD)
    for name, password, code in (("09", "another one", "S-OPNONE"), ("02", "short", "S-OPWEAK")):
        with pytest.raises(Refused) as caught:
            operators.change_password(staffed, name, password, by=HEAD)
        assert _code(caught) == code
    with pytest.raises(Refused) as caught:
        operators.remove(staffed, "09", by=HEAD)
    assert _code(caught) == "S-OPNONE"


def test_an_act_of_supervisors_is_refused_to_a_cashier() -> None:
    operators.require_supervisor(HEAD, "void")
    with pytest.raises(Refused) as caught:
        operators.require_supervisor(SignedIn("02", "李四", Role.CASHIER), "void")
    assert _code(caught) == "S-SUPERVISOR"


def test_ones_own_word_counts_as_long_as_there_is_no_other_supervisor(staffed: Books) -> None:
    cashier = SignedIn("02", "李四", Role.CASHIER)
    assert operators.own_word_counts(staffed, HEAD)
    assert not operators.own_word_counts(staffed, cashier)
    operators.add(staffed, "deputy", "赵组长", Role.SUPERVISOR, PASSWORD, by=HEAD)
    assert not operators.own_word_counts(staffed, HEAD)


def test_the_configured_operator_of_a_training_home_allows_alone(books: Books) -> None:
    assert operators.own_word_counts(books, operators.configured(books))

"""Settings changed at the desk: what is the books' stays, what is money's wants a supervisor, all of it is audited."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from pos_client.config import Settings, load_settings
from pos_client.desk.books import Books, open_books
from pos_client.desk.operators import SignedIn
from pos_client.desk.settings import change_settings, home_banner
from pos_client.errors import EnvironmentProblem, Refused
from pos_client.offline.operators import Role
from tests.virtual import fresh_home, virtual_runtime

BOSS = SignedIn("boss", "王主任", Role.SUPERVISOR)
CLERK = SignedIn("02", "李四", Role.CASHIER)


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    home, _ = fresh_home(tmp_path)
    with open_books(home, {}, virtual_runtime()) as opened:
        yield opened


def _audited(books: Books) -> list[tuple[str, str, dict[str, object]]]:
    with books.store.read() as connection:
        rows = connection.execute(text("SELECT act, operator, detail FROM audit ORDER BY number"))
        return [(row.act, row.operator, json.loads(row.detail)) for row in rows]


def test_a_clerk_changes_how_the_window_looks_and_prints(books: Books) -> None:
    change_settings(books, {"ui.theme": "dark", "printer.name": "POS-80"}, by=CLERK)
    assert load_settings(books.home, {}).text("ui.theme") == "dark"
    assert _audited(books) == [("settings.change", "02", {"ui.theme": "dark", "printer.name": "POS-80"})]


def test_what_concerns_money_wants_a_supervisor(books: Books) -> None:
    values: dict[str, str | int] = {"front_end.url": "http://10.0.0.1", "desk.operator_name": "王五"}
    with pytest.raises(Refused) as caught:
        change_settings(books, values, by=CLERK)
    assert caught.value.code == "S-SUPERVISOR"
    change_settings(books, values, by=BOSS)
    assert load_settings(books.home, {}).text("front_end.url") == "http://10.0.0.1"
    assert _audited(books) == [("settings.change", "boss", {"front_end.url": "http://10.0.0.1"})]


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("mode", "real", "S-OWNED"),
        ("institution.code", "H43999900001", "S-OWNED"),
        ("desk.number", 2, "S-OWNED"),
        ("ui.scale_percent", 99, "E-SETTING"),
        ("desk.colour", 1, "E-SETTING"),
        ("region.id", "nowhere", "E-REGION"),
        ("reader.url", "usb:1", "K-01"),
        ("devices.display", "ledd:/dev/ttyS1", "G-07"),
        ("devices.announcer", "led8:/dev/ttyS1", "G-07"),
        ("devices.drawer", "drawer", "G-07"),
        ("devices.scanner", "scanner-7:/dev/ttyACM0", "G-07"),
    ],
)
def test_what_cannot_stand_changes_nothing(books: Books, key: str, value: str | int, code: str) -> None:
    before = books.home.config_file.read_bytes()
    with pytest.raises((Refused, EnvironmentProblem)) as caught:
        change_settings(books, {key: value}, by=BOSS)
    assert caught.value.code == code
    assert books.home.config_file.read_bytes() == before
    assert _audited(books) == []


def test_what_stays_as_it_is_is_no_change_of_the_books(books: Books) -> None:
    change_settings(books, {"mode": "training", "desk.number": 1, "region.id": "training-hunan"}, by=BOSS)
    assert load_settings(books.home, {}).text("region.id") == "training-hunan"


def test_a_settings_file_that_cannot_be_written_leaves_no_word_that_it_was(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pos_client.config.write_whole", full)
    with pytest.raises(EnvironmentProblem) as caught:
        change_settings(books, {"ui.theme": "dark"}, by=CLERK)
    assert caught.value.code == "E-HOME"
    assert _audited(books) == []


def test_only_a_training_window_carries_a_band() -> None:
    banner = home_banner(Settings({"mode": "training"}))
    assert banner is not None
    assert "训练" in banner.zh
    assert home_banner(Settings({"mode": "real"})) is None

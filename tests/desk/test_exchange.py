"""Day totals between the desks of an institution."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from pos_client.desk.books import open_books
from pos_client.desk.exchange import DeskDay, Exchange, exchange_of
from pos_client.errors import EnvironmentProblem
from pos_client.offline.day_totals import Group, Sums
from tests.virtual import NOON, fresh_home, virtual_runtime

TODAY = date(2026, 11, 21)
SUMS = {Group("310", "41", "439900"): Sums(10, 5, 3, 2, 1), Group("310", "11", "439900"): Sums(-1, -1, 0, 0, 1)}


def _desk(number: int, day: date = TODAY, institution: str = "P43999900001") -> DeskDay:
    return DeskDay(day, institution, number, NOON, "ab" * 32, SUMS)


def _exchange(folder: Path) -> Exchange:
    return Exchange(folder / "common", "P43999900001")


def test_what_a_desk_lays_out_the_others_read(tmp_path: Path) -> None:
    exchange = _exchange(tmp_path)
    for number in (1, 12):
        exchange.put(_desk(number))
    assert exchange.of_day(TODAY) == {1: _desk(1), 12: _desk(12)}
    assert sorted(file.name for file in exchange.folder.iterdir()) == [
        "2026-11-21-desk01.json",
        "2026-11-21-desk12.json",
    ]


def test_other_days_and_other_institutions_are_not_counted(tmp_path: Path) -> None:
    exchange = _exchange(tmp_path)
    exchange.put(_desk(1, TODAY + timedelta(days=1)))
    exchange.put(_desk(2, institution="H43999900001"))
    assert exchange.of_day(TODAY) == {}


def test_nothing_is_there_before_anybody_laid_something_out(tmp_path: Path) -> None:
    assert _exchange(tmp_path).of_day(TODAY) == {}


@pytest.mark.parametrize(("old", "new"), [('"form": 1', '"form": 2'), ("{", ""), ('"count": 1', '"count": "1"')])
def test_a_file_that_cannot_be_read_is_said_so_and_never_passed_over(tmp_path: Path, old: str, new: str) -> None:
    exchange = _exchange(tmp_path)
    exchange.put(_desk(1))
    file = exchange.folder / "2026-11-21-desk01.json"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(EnvironmentProblem) as caught:
        exchange.of_day(TODAY)
    assert caught.value.code == "D-TOTALS"


def test_a_folder_that_cannot_be_used_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "common").write_text("in the way")
    with pytest.raises(EnvironmentProblem) as caught:
        _exchange(tmp_path).put(_desk(1))
    assert caught.value.code == "D-TOTALS"
    (tmp_path / "common").unlink()
    (tmp_path / "common" / "2026-11-21-desk01.json").mkdir(parents=True)
    with pytest.raises(EnvironmentProblem) as caught:
        _exchange(tmp_path).of_day(TODAY)
    assert caught.value.code == "D-TOTALS"


def test_the_settings_name_a_common_folder(tmp_path: Path) -> None:
    home, _ = fresh_home(tmp_path)
    with open_books(home, {}, virtual_runtime()) as books:
        assert exchange_of(books).folder == home.totals
    text = home.config_file.read_text(encoding="utf-8")
    home.config_file.write_text(text.replace('folder = ""', f"folder = '{tmp_path}/share'"), encoding="utf-8")
    with open_books(home, {}, virtual_runtime()) as books:
        assert exchange_of(books).folder == tmp_path / "share"


def test_the_first_day_that_any_desk_laid_out_is_known(tmp_path: Path) -> None:
    exchange = _exchange(tmp_path)
    assert exchange.first_day(TODAY) is None
    for days in (0, 2, 40):
        exchange.put(_desk(1, TODAY - timedelta(days=days)))
    assert exchange.first_day(TODAY - timedelta(days=31)) == TODAY - timedelta(days=2)

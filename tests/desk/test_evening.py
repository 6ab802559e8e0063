"""The evening at a real front end: resolved, compared, backed up; what differs is a task."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest

from pos_client.desk import backups
from pos_client.desk.books import open_books
from pos_client.desk.compare_days import Standing
from pos_client.desk.evening import Evening, nightly
from pos_client.desk.exchange import DeskDay, Exchange
from pos_client.desk.operators import who_acts
from pos_client.errors import EnvironmentProblem, OutcomeUnknown, Refused
from pos_client.offline import tasks
from pos_client.offline.backup_file import prove
from pos_client.offline.day_totals import Group, Sums
from pos_client.offline.journal import State
from pos_client.offline.store import Store, StoreConnection
from pos_client.offline.tasks import Task, TaskKind
from pos_client.runtime import business_date
from tests.desk.world import World
from tests.virtual import NOON

PASSPHRASE = "correct horse battery staple"
PHARMACY = Group("310", "41", "439900")


def _nightly(world: World) -> Evening:
    with world.back_office() as office:
        return nightly(office)


def _today(world: World) -> date:
    return business_date(world.clock.now_utc())


def _tasks(world: World) -> list[Task]:
    with open_books(world.home, world.environment, world.runtime) as books, books.store.read() as connection:
        return tasks.open_tasks(connection)


def _set(world: World, old: str, new: str) -> None:
    text = world.home.config_file.read_text(encoding="utf-8")
    assert old in text
    world.home.config_file.write_text(text.replace(old, new), encoding="utf-8")


def _lose(world: World, fault: str = "drop_answer") -> None:
    world.faults({"name": fault, "infno": "2102", "times": 1})
    with pytest.raises(OutcomeUnknown):
        world.sell("YD0001", tendered_fen=2000)


def test_a_day_that_agrees_ends_with_nothing_to_do(world: World) -> None:
    world.sell("YD0001", use_account=True)
    world.void(world.sell("YD0002").id)
    found = _nightly(world)
    assert (found.exit_code, found.tasks, found.still_open, found.problems) == (0, (), (), ())
    (today,) = found.days
    assert (today.day, today.standing, today.desks, today.was_asked) == (_today(world), Standing.AGREED, (1,), True)
    (group,) = today.groups
    assert (group.group, group.sums.count, group.sums.total_fen) == (PHARMACY, 3, 1260)


def test_a_desk_that_was_never_used_has_a_quiet_evening(world: World) -> None:
    found = _nightly(world)
    assert found.exit_code == 0
    assert [one.groups for one in found.days] == [()]


def test_unknown_outcomes_are_found_out_first_and_then_agree(world: World) -> None:
    world.sell("YD0001")
    _lose(world)
    found = _nightly(world)
    assert [one.message.id for one in found.resolved] == ["01-000002"]
    assert (found.exit_code, found.still_open) == (0, ())
    assert world.agreement().disagreements == ()


def test_what_stays_unknown_is_named_with_its_reason(world: World) -> None:
    _lose(world)
    refusals: list[dict[str, object]] = [
        {"name": "refuse", "infno": infno} for infno in ("2601", "5201", "5203", "5204")
    ]
    world.faults(*refusals)
    found = _nightly(world)
    assert found.exit_code == 3
    (still,) = found.still_open
    assert (still.message.id, still.message.state) == ("01-000001", State.UNKNOWN)
    assert still.why


@pytest.mark.parametrize("fault", ["recon_missing", "recon_extra"])
def test_a_difference_is_a_task_with_our_figures_and_what_the_bureau_said(world: World, fault: str) -> None:
    world.sell("YD0001")
    world.faults({"name": fault, "infno": "3201"})
    found = _nightly(world)
    assert (found.exit_code, found.days[0].standing) == (1, Standing.DIFFERS)
    (task,) = found.tasks
    assert (task.kind, task.subject) == (TaskKind.TOTALS_DIFFER, f"{_today(world)} 310/41/439900")
    assert (task.evidence["total_fen"], task.evidence["count"]) == (1260, 1)
    assert "中心" in task.evidence["said"]
    assert len(_nightly(world).tasks) == 1  # asked again, still one task
    world.faults()
    assert _nightly(world).tasks == ()
    assert _nightly(world).exit_code == 0


def test_what_was_agreed_is_not_asked_again_until_it_changes(world: World) -> None:
    world.sell("YD0001")
    _nightly(world)
    world.faults({"name": "recon_missing", "infno": "3201"})
    second = _nightly(world)
    assert (second.days[0].standing, second.days[0].was_asked) == (Standing.AGREED, False)
    world.sell("YD0001")
    assert _nightly(world).days[0].standing is Standing.DIFFERS


def test_earlier_days_are_compared_later_even_those_without_a_settlement(world: World) -> None:
    world.sell("YD0001")
    world.clock.ahead += timedelta(days=3)
    found = _nightly(world)
    assert [one.standing for one in found.days] == [Standing.AGREED] * 4
    assert [[group.sums.count for group in one.groups] for one in found.days] == [[1], [0], [0], [0]]
    world.clock.ahead += timedelta(days=40)
    assert len(_nightly(world).days) == 32


def test_a_bureau_that_cannot_be_asked_is_one_problem_and_the_rest_is_done(world: World) -> None:
    world.sell("YD0001")
    world.clock.ahead += timedelta(days=2)
    world.faults({"name": "drop_request", "infno": "3201"})
    found = _nightly(world)
    assert [one.standing for one in found.days] == [Standing.NOT_ASKED] * 3
    assert [one.code for one in found.problems] == ["N-ANSWER"]
    assert found.exit_code == 4
    assert found.made is not None


def test_a_bureau_that_refuses_to_compare_is_told_in_its_words(world: World) -> None:
    world.sell("YD0001")
    world.faults({"name": "refuse", "infno": "3201"})
    found = _nightly(world)
    assert [one.code for one in found.problems] == ["R-3201"]
    assert (found.exit_code, found.days[0].standing) == (1, Standing.NOT_ASKED)


def test_an_evening_beside_an_open_window(world: World) -> None:
    with world.desk() as desk:
        quoted = world.quote(desk, "YD0001")
        assert _nightly(world).exit_code == 0
        assert quoted.due_fen


def test_the_backup_of_an_evening_opens_and_the_escrow_is_held_against_its_key(world: World, tmp_path: Path) -> None:
    world.sell("YD0001")
    made = _nightly(world).made
    assert made is not None
    assert made.escrow is None
    with open_books(world.home, world.environment, world.runtime) as books:
        backups.write_escrow(books, tmp_path / "safe.toml", PASSPHRASE, by=who_acts(books))
    made = _nightly(world).made
    assert made is not None
    assert made.escrow is not None
    assert made.escrow.fits
    key = backups.key_for(world.home, world.runtime, tmp_path / "safe.toml", PASSPHRASE)
    assert prove(made.backup.file, key).messages == 1


def test_an_escrow_of_another_key_is_told(world: World, tmp_path: Path) -> None:
    with open_books(world.home, world.environment, world.runtime) as books:
        backups.write_escrow(books, tmp_path / "safe.toml", PASSPHRASE, by=who_acts(books))
    text = world.home.escrow.read_text(encoding="utf-8")
    start = text.index('fingerprint = "') + len('fingerprint = "')
    world.home.escrow.write_text(text[:start] + "00" * 32 + text[start + 64 :], encoding="utf-8")
    found = _nightly(world)
    assert found.made is not None
    assert found.made.escrow is not None
    assert not found.made.escrow.fits
    assert found.exit_code == 1


def test_a_backup_that_fails_is_told_and_the_rest_is_done(world: World) -> None:
    world.sell("YD0001")
    world.home.backups.write_text("in the way")
    found = _nightly(world)
    assert [one.code for one in found.problems] == ["D-BACKUP"]
    assert (found.exit_code, found.made) == (4, None)
    assert found.days[0].standing is Standing.AGREED


def test_a_folder_of_totals_that_cannot_be_used_is_told_and_the_rest_is_done(world: World) -> None:
    world.sell("YD0001")
    world.home.totals.write_text("in the way")
    found = _nightly(world)
    assert [one.code for one in found.problems] == ["D-TOTALS"]
    assert (found.exit_code, found.days) == (4, ())
    assert found.made is not None


def test_desks_of_one_institution_are_compared_together(world: World) -> None:
    world.sell("YD0001")
    _set(world, "desks = 1 ", "desks = 2 ")
    found = _nightly(world)
    assert (found.exit_code, found.days[0].standing) == (1, Standing.MISSING)
    assert [(one.kind, one.subject) for one in found.tasks] == [(TaskKind.TOTALS_MISSING, _today(world).isoformat())]
    exchange = Exchange(world.home.totals, "P43999900001")
    assert list(exchange.of_day(_today(world))) == [1]
    exchange.put(DeskDay(_today(world), "P43999900001", 2, NOON, "0" * 64, {}))
    found = _nightly(world)
    assert (found.exit_code, found.tasks, found.days[0].desks) == (0, (), (1, 2))
    exchange.put(DeskDay(_today(world), "P43999900001", 2, NOON, "0" * 64, {PHARMACY: Sums(100, 0, 0, 100, 1)}))
    found = _nightly(world)
    assert found.days[0].standing is Standing.DIFFERS
    assert found.tasks[0].evidence["total_fen"] == 1360


def test_a_desk_that_had_nothing_says_so_for_every_day_of_the_others(world: World) -> None:
    _nightly(world)
    _set(world, "desks = 1 ", "desks = 2 ")
    exchange = Exchange(world.home.totals, "P43999900001")
    earlier = _today(world) - timedelta(days=3)
    exchange.put(DeskDay(earlier, "P43999900001", 2, NOON, "0" * 64, {}))
    found = _nightly(world)
    assert sorted(exchange.of_day(earlier)) == [1, 2]
    assert found.days[0].day == earlier


def test_an_evening_may_be_killed_at_any_commit_and_started_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    class KilledError(BaseException):
        pass

    commit = Store.commit
    left = 0

    @contextmanager
    def commit_and_perhaps_die(store: Store) -> Iterator[StoreConnection]:
        nonlocal left
        with commit(store) as connection:
            yield connection
        left -= 1
        if left == 0:
            raise KilledError

    world.sell("YD0001")
    _lose(world)
    monkeypatch.setattr(Store, "commit", commit_and_perhaps_die)
    killed = 0
    while True:
        left = killed + 1
        try:
            found = _nightly(world)
            break
        except KilledError:
            killed += 1
    assert killed >= 3
    assert (found.exit_code, found.tasks, found.still_open) == (0, (), ())
    assert world.agreement().disagreements == ()


# A restored store


def _backed_up_then(world: World, act: Callable[[], object]) -> None:
    """A backup, then an act, then the backup in the place of the store."""
    made = _nightly(world).made
    assert made is not None
    act()
    with open_books(world.home, world.environment, world.runtime) as books:
        settings = books.settings
    key = backups.key_for(world.home, world.runtime, None, None)
    backups.restore_file(world.home, settings, world.runtime, made.backup.file, key)


def test_a_restored_store_takes_no_money_until_the_bureau_agrees(world: World) -> None:
    world.sell("YD0001")
    _backed_up_then(world, lambda: None)
    with pytest.raises(EnvironmentProblem) as caught:
        world.sell("YD0001")
    assert caught.value.code == "D-RESTORED"
    found = _nightly(world)
    assert (found.cleared, found.exit_code) == (True, 0)
    assert found.restored_at is not None
    sold = world.sell("YD0001")
    assert sold.id > "01-001000"
    assert world.agreement().disagreements == ()
    assert _nightly(world).restored_at is None


def test_what_the_lost_database_had_booked_shows_and_only_a_supervisor_goes_on(world: World) -> None:
    world.sell("YD0001")
    _backed_up_then(world, lambda: (world.sell("YD0002"), _nightly(world)))
    found = _nightly(world)
    assert (found.cleared, found.exit_code) == (False, 1)
    kinds = {one.kind for one in found.tasks}
    assert kinds == {TaskKind.TOTALS_DIFFER, TaskKind.RESTORED}
    evidence = next(one for one in found.tasks if one.kind is TaskKind.RESTORED).evidence[_today(world).isoformat()]
    assert evidence["totals"]["310/41/439900"]["count"] == 1
    assert evidence["laid_out_before"]["310/41/439900"]["count"] == 2
    with pytest.raises(EnvironmentProblem):
        world.sell("YD0001")
    with open_books(world.home, world.environment, world.runtime) as books:
        backups.accept(books, "结算单已按医保中心明细补录", by=who_acts(books))
    assert [one.kind for one in _tasks(world)] == [TaskKind.TOTALS_DIFFER]
    assert world.sell("YD0001").id > "01-001000"


def test_lost_days_without_any_settlement_of_ours_show_too(world: World) -> None:
    world.sell("YD0001")

    def two_days_later() -> None:
        world.clock.ahead += timedelta(days=2)
        world.sell("YD0002")

    _backed_up_then(world, two_days_later)
    found = _nightly(world)
    assert [one.standing for one in found.days] == [Standing.AGREED, Standing.AGREED, Standing.DIFFERS]
    assert not found.cleared


def test_an_unreachable_bureau_clears_nothing(world: World) -> None:
    world.sell("YD0001")
    _backed_up_then(world, lambda: None)
    world.faults({"name": "refuse", "infno": "3201"})
    assert not _nightly(world).cleared
    world.faults()
    assert _nightly(world).cleared
    assert _tasks(world) == []


def test_nothing_is_accepted_without_a_reason_or_without_need(world: World) -> None:
    with open_books(world.home, world.environment, world.runtime) as books:
        for reason, code in (("  ", "S-REASON"), ("because", "S-NOTRESTORED")):
            with pytest.raises(Refused) as caught:
                backups.accept(books, reason, by=who_acts(books))
            assert caught.value.code == code

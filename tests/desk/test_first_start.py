"""The first start: every step tested by itself, left and taken up again, finished once and for all."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from pos_client.config import SETTINGS, Home, load_settings, prepare
from pos_client.desk import first_start_checks as checks
from pos_client.desk import operators
from pos_client.desk.books import open_books
from pos_client.desk.draft import Draft, load_draft, save_draft
from pos_client.desk.findings import Finding, Mark
from pos_client.desk.first_start import finish, is_first_start
from pos_client.desk.operators import SignedIn
from pos_client.errors import EnvironmentProblem, Refused
from pos_client.offline.made import was_made
from pos_client.offline.operators import Role
from tests.desk.world import World
from tests.opened_home import never_opened
from tests.virtual import virtual_runtime

PASSWORD = "open sesame"
HOSPITAL = {"institution.code": "H43999900001", "institution.name": "示例市人民医院"}
TRAINING = Draft({**HOSPITAL, "institution.desks": 5, "desk.number": 3})
STAFFED = replace(TRAINING, supervisor_name="boss", supervisor_title="王主任")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def _real(home: Home, draft: Draft = STAFFED) -> Draft:
    """A real desk, in a region file of its own that is not simulated."""
    prepare(home)
    shipped = Path("pos_client/sync/regions/training.toml").read_text(encoding="utf-8")
    own = shipped.replace('id = "training"', 'id = "hunan"').replace("simulated = true", "simulated = false")
    (home.regions / "hunan.toml").write_text(own, encoding="utf-8")
    return draft.with_values({"mode": "real", "region.id": "hunan"})


def _finish(home: Home, draft: Draft, password: str = PASSWORD) -> None:
    finish(home, {}, virtual_runtime(), draft, password)


def _refused(home: Home, draft: Draft, password: str = PASSWORD) -> str:
    with pytest.raises((Refused, EnvironmentProblem)) as caught:
        _finish(home, draft, password)
    return caught.value.code


# --- whether it is one -----------------------------------------------------------------------------------------------


def test_a_folder_without_books_is_a_first_start_until_it_is_finished(home: Home) -> None:
    assert is_first_start(home, {})
    save_draft(home, TRAINING)
    assert is_first_start(home, {})
    _finish(home, TRAINING)
    assert not is_first_start(home, {})


def test_where_the_environment_says_all_a_training_home_just_starts(home: Home) -> None:
    said = {"POS_CLIENT_READER": "pcsc:", "POS_CLIENT_FRONT_END": "http://127.0.0.1:1"}
    assert not is_first_start(home, said)
    assert is_first_start(home, {"POS_CLIENT_READER": "pcsc:"})
    save_draft(home, TRAINING)
    assert is_first_start(home, said), "somebody has begun to enter something else"


# --- left and taken up again -----------------------------------------------------------------------------------------


def test_a_draft_is_taken_up_where_it_was_left_and_holds_nothing_secret(home: Home) -> None:
    save_draft(home, STAFFED)
    again = load_draft(home, {})
    assert again.settings == STAFFED.settings
    assert (again.supervisor_name, again.supervisor_title) == ("boss", "王主任")
    assert "password" not in home.first_start.read_text(encoding="utf-8").lower()
    assert not was_made(home)


def test_a_draft_begins_with_what_the_home_and_the_environment_say(home: Home) -> None:
    prepare(home)
    home.config_file.write_text('[institution]\nname = "甲医院"\n', encoding="utf-8")
    draft = load_draft(home, {"POS_CLIENT_FRONT_END": "http://10.0.0.1"})
    assert draft.text("institution.name") == "甲医院"
    assert draft.text("front_end.url") == "http://10.0.0.1"


@pytest.mark.parametrize(
    "damaged", ["", "{", "[]", '{"values": 1, "supervisor": 2}', '{"values": {}, "supervisor": {}}']
)
def test_a_draft_that_cannot_be_read_is_begun_anew(home: Home, damaged: str) -> None:
    prepare(home)
    home.first_start.write_text(damaged, encoding="utf-8")
    assert load_draft(home, {}) == Draft({setting.key: setting.default for setting in SETTINGS})


def test_of_a_draft_only_what_is_a_setting_is_taken_up(home: Home) -> None:
    prepare(home)
    values = {"desk.number": "3", "desk.colour": 1, "institution.desks": 4}
    record = {"values": values, "supervisor": {"name": "", "title": ""}}
    home.first_start.write_text(json.dumps(record), encoding="utf-8")
    draft = load_draft(home, {})
    assert (draft.number("desk.number"), draft.number("institution.desks")) == (1, 4)


# --- each step -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "name", "mode", "expected"),
    [
        ("H43999900001", "甲医院", "training", ""),
        ("P43999900001", "甲药房", "training", ""),
        ("X43999900001", "甲医院", "training", "S-INSTCODE"),
        ("H4399990000", "甲医院", "training", "S-INSTCODE"),
        ("H4399990000１", "甲医院", "training", "S-INSTCODE"),
        ("P43999900001", "甲药房", "real", "S-SAMPLE"),
        ("H43999900001", " ", "training", "S-INSTNAME"),
    ],
)
def test_the_institution_is_written_as_the_bureau_writes_it(code: str, name: str, mode: str, expected: str) -> None:
    draft = Draft({"institution.code": code, "institution.name": name, "mode": mode})
    found = checks.check_institution(draft)
    assert found.code == expected
    assert (found.mark is Mark.OK) == (expected == "")


def test_what_is_found_is_said_in_both_languages() -> None:
    found = checks.check_institution(TRAINING)
    assert found.say("zh") == "示例市人民医院（H43999900001，医院）"
    assert found.say("en") == "示例市人民医院 (H43999900001, hospital)"


@pytest.mark.parametrize(("number", "desks", "expected"), [(3, 5, ""), (6, 5, "S-DESKNO"), (100, 5, "E-SETTING")])
def test_a_desk_is_one_of_those_that_there_are(number: int, desks: int, expected: str) -> None:
    assert checks.check_desk(Draft({"desk.number": number, "institution.desks": desks})).code == expected


def test_training_is_never_confused_with_real(home: Home) -> None:
    assert "模拟" in checks.check_mode(home, TRAINING).zh
    real = _real(home)
    assert "收真钱" in checks.check_mode(home, real).zh
    assert checks.check_region(home, TRAINING).mark is Mark.OK
    assert checks.check_region(home, real).mark is Mark.OK
    assert checks.check_region(home, real.with_values({"region.id": "training"})).code == "E-MODE"
    assert checks.check_region(home, TRAINING.with_values({"region.id": "hunan"})).code == "E-MODE"
    _finish(home, TRAINING)
    assert checks.check_mode(home, real).code == "S-OWNED"
    assert _refused(home, real) == "S-OWNED"
    assert load_settings(home, {}).mode == "training"


def test_regions_and_policies_are_told_by_their_titles(home: Home) -> None:
    _real(home)
    (home.regions / "broken.toml").write_text("[region]\n", encoding="utf-8")
    training = {choice.id: choice for choice in checks.regions(home, "training")}
    assert training["training"].title == "模拟统筹区（训练用）"
    assert "hunan" not in training
    problem = training["broken"].problem
    assert problem is not None
    assert problem.code == "E-REGION"
    assert {choice.id for choice in checks.regions(home, "real")} == {"broken", "hunan"}
    policies = {choice.id: choice.title for choice in checks.policies(home)}
    assert "仪征市" in policies["yizheng"]
    assert not {"cn", "practice", "jiangsu-city-asrun"} & set(policies), "they name no insured, or may not pay"


def test_a_broken_policy_of_the_home_is_told_when_it_is_chosen(home: Home) -> None:
    (home.policies / "mine").mkdir(parents=True)
    (home.policies / "mine" / "2026-01-01.toml").write_text("nonsense", encoding="utf-8")
    assert "mine" in {choice.id for choice in checks.policies(home)}
    found = checks.check_policy(home, TRAINING.with_values({"policy.id": "mine"}), virtual_runtime())
    assert found.mark is Mark.LOOK
    assert "可以收费" in found.zh


def test_a_policy_that_is_not_there_is_refused(home: Home) -> None:
    assert checks.check_policy(home, TRAINING, virtual_runtime()).mark is Mark.OK
    draft = TRAINING.with_values({"policy.id": "nowhere"})
    assert checks.check_policy(home, draft, virtual_runtime()).code == "S-POLICYID"
    assert _refused(home, draft) == "S-POLICYID"


def test_the_first_supervisor_is_tested_before_anything_is_written(home: Home) -> None:
    assert checks.check_supervisor(STAFFED, PASSWORD, PASSWORD).mark is Mark.OK
    assert checks.check_supervisor(STAFFED, PASSWORD, "open  sesame").code == "S-OPTWICE"
    assert checks.check_supervisor(STAFFED, "short", "short").code == "S-OPWEAK"
    assert checks.check_supervisor(replace(STAFFED, supervisor_name="王"), PASSWORD, PASSWORD).code == "S-OPNAME"
    assert checks.check_supervisor(TRAINING, "", "").mark is Mark.OK
    assert checks.check_supervisor(_real(home, TRAINING), "", "").code == "S-FIRSTBOSS"
    assert _refused(home, _real(home, TRAINING)) == "S-FIRSTBOSS"


# --- reader and front-end server, for real ---------------------------------------------------------------------------


def _draft_of(world: World) -> Draft:
    said: dict[str, str | int] = {
        "reader.url": world.reader_url,
        "front_end.url": world.front_end.url,
        "reader.timeout_ms": 60_000,
    }
    return TRAINING.with_values({**said, "institution.code": "P43999900001"})


def test_a_reader_is_found_and_a_card_in_it_is_told_masked(world: World) -> None:
    draft = _draft_of(world)
    found = checks.find_readers(world.runtime, draft)
    assert found.finding.mark is Mark.OK
    assert world.reader_url in [reader.url for reader in found.readers]
    told = checks.try_card(world.runtime, draft)
    assert told.mark is Mark.OK
    assert "张**" in told.zh
    assert "张建国" not in told.zh + told.en
    world.slot.remove()
    assert checks.try_card(world.runtime, draft) == Finding(
        Mark.OK,
        "读卡器已连上，里面没有卡。插一张社保卡可以试读。",
        "The reader answers and is empty. Insert a card to try it.",
    )


def test_a_reader_that_is_not_there_is_told(world: World) -> None:
    draft = _draft_of(world).with_values({"reader.url": "ccid-serial:socket://127.0.0.1:1"})
    assert checks.try_card(world.runtime, draft).code == "K-03"
    wrong = draft.with_values({"reader.url": "usb:1"})
    assert checks.try_card(world.runtime, wrong).code == "K-01"
    assert checks.find_readers(world.runtime, wrong).finding.code == "K-01"


def test_the_front_end_server_is_tried_by_signing_in(world: World) -> None:
    never_opened(world.home)
    found = checks.try_front_end(world.home, _draft_of(world), world.runtime)
    assert (found.mark, found.code) == (Mark.OK, "")
    assert "签到" in found.zh
    assert not was_made(world.home)


@pytest.mark.parametrize(("seconds", "mark"), [(120, Mark.LOOK), (600, Mark.STOP)])
def test_a_clock_that_is_off_is_told(world: World, seconds: int, mark: Mark) -> None:
    world.faults({"name": "clock_skew", "seconds": seconds})
    found = checks.try_front_end(world.home, _draft_of(world), world.runtime)
    assert found.mark is mark
    assert f"时钟相差 {seconds}" in found.zh or f"时钟相差 {seconds - 1}" in found.zh


def test_a_front_end_server_that_is_not_there_or_refuses_is_told(world: World) -> None:
    nobody = _draft_of(world).with_values({"front_end.url": "http://127.0.0.1:1"})
    assert checks.try_front_end(world.home, nobody, world.runtime).code == "N-DOWN"
    world.faults({"name": "refuse", "infno": "9001", "times": 1})
    assert checks.try_front_end(world.home, _draft_of(world), world.runtime).code == "R-9001"


# --- finished --------------------------------------------------------------------------------------------------------


def test_finishing_writes_the_settings_makes_the_books_and_notes_it(home: Home) -> None:
    save_draft(home, STAFFED)
    _finish(home, STAFFED.with_values({"printer.name": 'a "b" \\c', "ui.scale_percent": 150}))
    settings = load_settings(home, {})
    assert settings.text("institution.name") == "示例市人民医院"
    assert (settings.text("desk.operator"), settings.text("desk.operator_name")) == ("boss", "王主任")
    assert settings.text("printer.name") == 'a "b" \\c'
    assert not home.first_start.exists()
    with open_books(home, {}, virtual_runtime()) as books:
        assert operators.who_acts(books, "boss", PASSWORD) == SignedIn("boss", "王主任", Role.SUPERVISOR)
        with books.store.read() as connection:
            rows = connection.execute(text("SELECT act, operator, detail FROM audit ORDER BY number")).all()
    assert [(row.act, row.operator) for row in rows] == [("operator.add", "boss"), ("desk.set_up", "boss")]
    assert json.loads(rows[1].detail) == {
        "mode": "training",
        "institution.code": "H43999900001",
        "desk.number": 3,
        "region.id": "training",
        "policy.id": "yizheng",
    }


def test_a_real_desk_is_set_up_with_its_supervisor(home: Home) -> None:
    _finish(home, _real(home))
    with open_books(home, {}, virtual_runtime()) as books:
        assert books.settings.mode == "real"
        assert [one.name for one in operators.listed(books)] == ["boss"]


def test_what_cannot_stand_writes_nothing(home: Home) -> None:
    for values, code in (
        ({"desk.number": 6}, "S-DESKNO"),
        ({"institution.code": "H1"}, "E-SETTING"),
        ({"region.id": "nowhere"}, "E-REGION"),
        ({"ui.theme": "pink"}, "E-SETTING"),
        ({"reader.url": "usb:1"}, "K-01"),
    ):
        assert _refused(home, STAFFED.with_values(values)) == code
    assert _refused(home, STAFFED, "short") == "S-OPWEAK"
    assert not was_made(home)
    assert not home.config_file.exists()


def test_a_first_start_that_was_cut_short_is_finished_by_doing_it_again(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_draft(home, STAFFED)

    def power_cut(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(operators, "add", power_cut)
        with pytest.raises(KeyboardInterrupt):
            _finish(home, STAFFED)
    assert was_made(home)
    assert is_first_start(home, {})
    for _ in range(2):
        _finish(home, STAFFED)
    assert not is_first_start(home, {})
    with open_books(home, {}, virtual_runtime()) as books:
        assert [one.name for one in operators.listed(books)] == ["boss"]


def test_the_books_of_a_finished_desk_open_for_a_sale(world: World) -> None:
    never_opened(world.home)
    finish(world.home, world.environment, world.runtime, _draft_of(world), "")
    assert world.sell().booked.figures.total_fen == 1260

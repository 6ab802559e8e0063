"""Settings and the data folder."""

import os
from pathlib import Path

import pytest

from pos_client.config import (
    SETTING_OF,
    SETTINGS,
    Home,
    default_config,
    find_home,
    load_settings,
    prepare,
    system_language,
    write_settings,
)
from pos_client.errors import EnvironmentProblem, Refused
from tests.virtual import fresh_home


def test_a_fresh_home_is_a_training_home_with_every_setting_written_down(tmp_path: Path) -> None:
    home, settings = fresh_home(tmp_path)
    assert settings.mode == "training"
    text = home.config_file.read_text(encoding="utf-8")
    assert all(f"{setting.key.rpartition('.')[2]} = " in text for setting in SETTINGS)
    assert settings.values == {setting.key: setting.default for setting in SETTINGS}


def test_a_home_is_readable_by_its_user_only(tmp_path: Path) -> None:
    home, _ = fresh_home(tmp_path)
    assert home.folder.stat().st_mode & 0o077 == 0


def test_what_a_person_has_set_stays(tmp_path: Path) -> None:
    home, _ = fresh_home(tmp_path)
    home.config_file.write_text(default_config().replace("number = 1 ", "number = 7 "), encoding="utf-8")
    prepare(home)
    assert load_settings(home, {}).number("desk.number") == 7


def test_reader_and_front_end_may_come_from_the_environment(tmp_path: Path) -> None:
    home, _ = fresh_home(tmp_path)
    environment = {"POS_CLIENT_FRONT_END": "http://127.0.0.1:1", "POS_CLIENT_READER": "pcsc:X"}
    settings = load_settings(home, environment)
    assert settings.text("front_end.url") == "http://127.0.0.1:1"
    assert settings.text("reader.url") == "pcsc:X"


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('mode = "play"', "mode"),
        ("language = 3", "language"),
        ("[desk]\nnumber = 100", "desk.number"),
        ('[desk]\nnumber = "1"', "desk.number"),
        ("[desk]\nnumber = true", "desk.number"),
        ('[institution]\ncode = "short"', "institution.code"),
        ("[desk]\ncolour = 1", "desk.colour"),
        ("[desk", "(TOML)"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, line: str, key: str) -> None:
    home, _ = fresh_home(tmp_path)
    home.config_file.write_text(line, encoding="utf-8")
    with pytest.raises(EnvironmentProblem) as caught:
        load_settings(home, {})
    assert caught.value.code == "E-CONFIG"
    assert key in caught.value.sentence("en")


def test_a_home_that_cannot_be_made_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EnvironmentProblem) as caught:
        prepare(Home(tmp_path / "file" / "home"))
    assert caught.value.code == "E-HOME"


def test_the_option_goes_before_the_environment_and_that_before_the_platform(tmp_path: Path) -> None:
    environment = {"POS_CLIENT_HOME": str(tmp_path / "b")}
    assert find_home(str(tmp_path / "a"), environment).folder == tmp_path / "a"
    assert find_home(None, environment).folder == tmp_path / "b"
    assert find_home(None, {}).folder.name == "pos-client"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "zh"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "POS_CLIENT_LANGUAGE": "zh"}, "zh"),
    ],
)
def test_sentences_are_chinese_unless_english_is_asked_for(environment: dict[str, str], language: str) -> None:
    assert system_language(environment) == language


def test_a_settings_file_appears_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(EnvironmentProblem):
        prepare(Home(tmp_path / "home"))
    assert not (tmp_path / "home" / "config.toml").exists()


# --- changed ---------------------------------------------------------------------------------------------------------


def test_changed_settings_are_written_with_their_words_and_the_rest_stays(tmp_path: Path) -> None:
    home, _ = fresh_home(tmp_path)
    write_settings(home, {"desk.number": 7, "totals.folder": 'C:\\汇总 "一"'})
    write_settings(home, {"ui.scale_percent": 125})
    settings = load_settings(home, {})
    assert settings.values == {setting.key: setting.default for setting in SETTINGS} | {
        "desk.number": 7,
        "totals.folder": 'C:\\汇总 "一"',
        "ui.scale_percent": 125,
    }
    assert "窗口号" in home.config_file.read_text(encoding="utf-8")


def test_what_the_environment_says_is_not_written_into_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, _ = fresh_home(tmp_path)
    monkeypatch.setenv("POS_CLIENT_READER", "pcsc:X")
    write_settings(home, {"ui.theme": "dark"})
    assert load_settings(home, {}).text("reader.url") == "pcsc:"


def test_a_home_that_is_not_there_yet_is_made(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    write_settings(home, {"ui.theme": "dark"})
    assert load_settings(home, {}).text("ui.theme") == "dark"


@pytest.mark.parametrize(
    ("key", "value", "why"),
    [
        ("ui.theme", "pink", "之一"),
        ("ui.scale_percent", 50, "100 到 200"),
        ("ui.scale_percent", "150", "不是数字"),
        ("printer.name", 'a"\x7f', "不能用的字符"),
        ("printer.name", "a\nb", "不能用的字符"),
        ("institution.code", "H1", "12 位"),
        ("desk.colour", 1, "没有这项设置"),
    ],
)
def test_a_value_that_cannot_stand_is_refused_by_name_and_nothing_is_written(
    tmp_path: Path, key: str, value: str | int, why: str
) -> None:
    home, _ = fresh_home(tmp_path)
    before = home.config_file.read_bytes()
    with pytest.raises(Refused) as caught:
        write_settings(home, {"language": "en", key: value})
    assert caught.value.evidence == {"key": key}
    assert (SETTING_OF[key].name.zh if key in SETTING_OF else key) in caught.value.sentence("zh")
    assert why in caught.value.sentence("zh")
    assert home.config_file.read_bytes() == before


@pytest.mark.parametrize("percent", [0, 100, 200])
def test_a_size_is_the_systems_or_from_100_to_200(tmp_path: Path, percent: int) -> None:
    home, _ = fresh_home(tmp_path)
    write_settings(home, {"ui.scale_percent": percent})
    assert load_settings(home, {}).number("ui.scale_percent") == percent


def test_settings_that_cannot_be_written_stay_as_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, _ = fresh_home(tmp_path)

    def fails(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fails)
        with pytest.raises(EnvironmentProblem) as caught:
            write_settings(home, {"ui.theme": "dark"})
    assert caught.value.code == "E-HOME"
    assert load_settings(home, {}).text("ui.theme") == "auto"

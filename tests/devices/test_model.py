"""The models are data: each can be read, and says what its sources say."""

import pytest

from pos_client.devices.model import (
    AnnouncerModel,
    DisplayModel,
    DrawerModel,
    LineSettings,
    ScannerModel,
    load,
    model_ids,
)


def test_these_models_there_are() -> None:
    kinds = {name: type(load(name)) for name in model_ids()}
    assert kinds == {
        "drawer": DrawerModel,
        "led8": DisplayModel,
        "scanner": ScannerModel,
        "syc": AnnouncerModel,
        "tdkj": AnnouncerModel,
        "vfd220": DisplayModel,
    }


def test_there_is_no_other_model() -> None:
    with pytest.raises(KeyError):
        load("../words")


@pytest.mark.parametrize("name", ["led8", "vfd220"])
def test_a_display_knows_every_figure(name: str) -> None:
    model = load(name)
    assert isinstance(model, DisplayModel)
    known = model.lamps if model.lamp is not None else model.labels
    assert set(known) >= {"unit_price", "total", "received", "change", "refund"}


@pytest.mark.parametrize("name", ["syc", "tdkj"])
def test_an_announcer_knows_every_sentence(name: str) -> None:
    model = load(name)
    assert isinstance(model, AnnouncerModel)
    assert set(model.sentences) == {"due", "received", "change", "refund", "count", "clear"}
    assert "{amount}J" in model.sentences["due"]


def test_how_long_bytes_take() -> None:
    assert LineSettings(2400, 8, "none", 1).duration_ms(24) == 100
    assert LineSettings(9600, 8, "none", 1).duration_ms(1) == 2
    assert LineSettings(1200, 7, "even", 2).duration_ms(12) == 110

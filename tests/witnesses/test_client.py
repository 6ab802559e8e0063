"""Our client through the real PC/SC service and the real serial driver, with every model of reader."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from hardware_sim import personas
from hardware_sim.card.profiles import chip_of
from hardware_sim.card.psams import PSAMS
from hardware_sim.card.slot import Slot
from hardware_sim.readers.models import GEMPC_PINPAD, MODELS, POS_PRO, SEC1210, Model
from hardware_sim.readers.pin_pad import PinPadHands
from pos_client.card import words
from pos_client.card.process import CardProcess
from pos_client.errors import Problem, Refused
from pos_client.runtime import Runtime, SystemChild, SystemClock
from tests.pcscd import SERIAL_READER
from tests.virtual import virtual_runtime
from tests.witnesses.conftest import Plug
from tests.witnesses.pcsc_client import talk

FIRST = f"{SERIAL_READER} 00 00"
FREE_CARDS = ("first-generation", "second-generation", "long-name", "financial-card")
LOCKED_CARDS = ("third-generation", "contactless-card")


def real() -> Runtime:
    return replace(virtual_runtime(), clock=SystemClock(), spawn=SystemChild)


@contextmanager
def client() -> Iterator[CardProcess]:
    """The client, once the service has seen the card."""
    talk(FIRST, "connect:any")
    with CardProcess(real(), f"pcsc:{FIRST}", read_timeout_ms=60_000) as process:
        yield process


def slots(persona: str, *psam: str) -> list[Slot]:
    """A persona's card, and a PSAM beside it."""
    return [Slot(chip_of(personas.load(persona).card)), *[Slot(PSAMS[name]()) for name in psam]]


@pytest.mark.parametrize("persona", FREE_CARDS)
@pytest.mark.parametrize("model", MODELS.values(), ids=lambda model: model.name)
def test_a_card_whose_name_is_free_is_read_in_any_reader(plugged: Plug, model: Model, persona: str) -> None:
    with plugged(model, *slots(persona)), client() as process:
        assert process.read().name == personas.load(persona).card.name


@pytest.mark.parametrize("persona", LOCKED_CARDS)
@pytest.mark.parametrize("model", [POS_PRO, SEC1210], ids=lambda model: model.name)
@pytest.mark.parametrize("psam", ["nation", "city"])
def test_a_card_whose_name_is_locked_is_opened_by_the_psam_in_the_second_slot(
    plugged: Plug, model: Model, persona: str, psam: str
) -> None:
    with plugged(model, *slots(persona, psam)), client() as process:
        assert process.read().name == personas.load(persona).card.name


def test_without_a_psam_the_locked_name_stays_locked(plugged: Plug) -> None:
    with plugged(POS_PRO, *slots("third-generation")), client() as process, pytest.raises(Refused) as told:
        process.read()
    assert told.value.words is words.HOLDER_DATA_LOCKED


def test_the_holder_enters_the_pin_at_the_readers_own_pad(plugged: Plug) -> None:
    hands = PinPadHands()
    with plugged(GEMPC_PINPAD, *slots("second-generation"), hands=hands) as reader, client() as process:
        hands.enter("123456")
        process.verify_pin(None)
        hands.enter("999999")
        with pytest.raises(Problem) as wrong:
            process.verify_pin(None)
        hands.cancel()
        with pytest.raises(Problem) as cancelled:
            process.verify_pin(None)
    assert (wrong.value.words, cancelled.value.words) == (words.PIN_WRONG, words.PIN_PAD_CANCELLED)
    assert "123456" not in str(reader.frames)

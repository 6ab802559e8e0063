"""What the client sends is what the simulated display shows, for every amount; what does not fit is never cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware_sim.devices.display import MODELS, CustomerDisplay, Lamp, Shown
from pos_client.devices.display import (
    BLANK,
    GREETING,
    Amount,
    DisplayState,
    Figure,
    showing,
    state_bytes,
    too_wide,
)
from pos_client.devices.model import DisplayModel, load
from pos_client.money import LARGEST_FEN, yuan

LAMPS = {
    Figure.UNIT_PRICE: Lamp.UNIT_PRICE,
    Figure.TOTAL: Lamp.TOTAL,
    Figure.RECEIVED: Lamp.RECEIVED,
    Figure.CHANGE: Lamp.CHANGE,
    Figure.REFUND: Lamp.CHANGE,
}
LABELS = {
    Figure.UNIT_PRICE: "PRICE",
    Figure.TOTAL: "TOTAL",
    Figure.RECEIVED: "PAID",
    Figure.CHANGE: "CHANGE",
    Figure.REFUND: "REFUND",
}

amounts = st.builds(Amount, st.sampled_from(Figure), st.integers(-LARGEST_FEN, LARGEST_FEN))
fitting_led8 = st.integers(-9_999_999, 99_999_999)
states = st.one_of(st.just(BLANK), st.just(GREETING), st.builds(DisplayState, st.lists(amounts, max_size=3).map(tuple)))


def model_of(name: str) -> DisplayModel:
    model = load(name)
    assert isinstance(model, DisplayModel)
    return model


LED8, VFD220 = model_of("led8"), model_of("vfd220")


def led8() -> CustomerDisplay:
    return CustomerDisplay(MODELS["led8-2400"])


def vfd220() -> CustomerDisplay:
    return CustomerDisplay(MODELS["vfd220"])


def test_the_bytes_are_those_of_the_sources() -> None:
    assert state_bytes(LED8, showing(Figure.TOTAL, 8_640)) == b"\x1bQA86.40\r\x1bs2"
    assert state_bytes(LED8, showing(Figure.CHANGE, 5)) == b"\x1bQA0.05\r\x1bs4"
    assert state_bytes(LED8, BLANK) == b"\x1b@"
    assert LED8.start == b"\x1b@"
    two = DisplayState((Amount(Figure.RECEIVED, 10_000), Amount(Figure.CHANGE, 1_360)))
    assert state_bytes(VFD220, two) == b"\x0c\x1bQAPAID          100.00\r\x1bQBCHANGE         13.60\r"


@given(st.sampled_from(Figure), fitting_led8)
def test_an_led8_shows_every_amount_of_eight_digits(figure: Figure, amount_fen: int) -> None:
    display, state = led8(), showing(figure, amount_fen)
    display.receive(state_bytes(LED8, state))
    assert display.shown == Shown(yuan(amount_fen), LAMPS[figure])
    assert too_wide(LED8, state) == []


@given(st.sampled_from(Figure), st.integers(-LARGEST_FEN, LARGEST_FEN))
def test_an_led8_never_shows_a_part_of_an_amount(figure: Figure, amount_fen: int) -> None:
    display, state = led8(), showing(figure, amount_fen)
    display.receive(state_bytes(LED8, state))
    if too_wide(LED8, state):
        assert too_wide(LED8, state) == list(state.amounts)
        assert display.shown.digits == "--------"
        assert not -9_999_999 <= amount_fen <= 99_999_999
    else:
        assert display.shown.digits == yuan(amount_fen)


@given(amounts, amounts)
def test_a_vfd220_shows_two_amounts_with_their_words(upper: Amount, lower: Amount) -> None:
    display = vfd220()
    display.receive(state_bytes(VFD220, DisplayState((upper, lower))))
    for shown, amount in ((display.shown.digits, upper), (display.shown.second_line, lower)):
        assert shown.endswith(yuan(amount.amount_fen))
        assert shown.removesuffix(yuan(amount.amount_fen)).rstrip() in ("", LABELS[amount.figure])
        assert len(shown) <= 20
    assert too_wide(VFD220, DisplayState((upper, lower))) == []


@given(st.sampled_from([("led8", "led8-2400"), ("vfd220", "vfd220")]), st.lists(states, min_size=1, max_size=4))
def test_what_is_shown_does_not_depend_on_what_was_shown_before(
    names: tuple[str, str], several: list[DisplayState]
) -> None:
    model, used, fresh = model_of(names[0]), CustomerDisplay(MODELS[names[1]]), CustomerDisplay(MODELS[names[1]])
    for state in several:
        used.receive(state_bytes(model, state))
    fresh.receive(state_bytes(model, several[-1]))
    assert used.shown == fresh.shown


@given(st.lists(states, min_size=1, max_size=3), st.data())
def test_it_does_not_matter_in_which_pieces_the_bytes_come(several: list[DisplayState], data: st.DataObject) -> None:
    sent = b"".join(state_bytes(VFD220, state) for state in several)
    whole, pieces = vfd220(), vfd220()
    whole.receive(sent)
    while sent:
        size = data.draw(st.integers(1, len(sent)))
        pieces.receive(sent[:size])
        sent = sent[size:]
    assert pieces.shown == whole.shown


def test_one_row_shows_the_last_of_two_amounts() -> None:
    display = led8()
    display.receive(state_bytes(LED8, DisplayState((Amount(Figure.RECEIVED, 2_000), Amount(Figure.CHANGE, 740)))))
    assert display.shown == Shown("7.40", Lamp.CHANGE)


@pytest.mark.parametrize(("model", "display", "said"), [(LED8, led8(), ""), (VFD220, vfd220(), "WELCOME")])
def test_a_greeting_leaves_no_amount(model: DisplayModel, display: CustomerDisplay, said: str) -> None:
    display.receive(state_bytes(model, showing(Figure.TOTAL, 8_640)) + state_bytes(model, GREETING))
    assert display.shown == Shown(said)

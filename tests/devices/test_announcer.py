"""What the client sends is what the simulated announcer says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware_sim.devices.announcer import Heard, PriceAnnouncer
from pos_client.devices.announcer import Said, Sentence, sentence_bytes, silence_ms
from pos_client.devices.model import AnnouncerModel, load
from pos_client.money import yuan

WORDS = {Said.DUE: "请您付款{}元", Said.RECEIVED: "预收{}元", Said.CHANGE: "找零{}元"}


def model_of(name: str) -> AnnouncerModel:
    model = load(name)
    assert isinstance(model, AnnouncerModel)
    return model


def heard_of(name: str, *sentences: Sentence) -> list[Heard]:
    heard: list[Heard] = []
    announcer = PriceAnnouncer(heard.append)
    for sentence in sentences:
        announcer.receive(sentence_bytes(model_of(name), sentence))
    return heard


@given(st.sampled_from(["tdkj", "syc"]), st.sampled_from(list(WORDS)), st.integers(0, 999_999_999))
def test_every_amount_is_said_as_it_is(name: str, said: Said, amount_fen: int) -> None:
    heard = heard_of(name, Sentence(said, amount_fen))
    assert [one.said for one in heard if one.said] == [WORDS[said].format(yuan(amount_fen))]


@given(st.sampled_from(["tdkj", "syc"]), st.integers(1, 99_999_999))
def test_a_refund_is_written(name: str, amount_fen: int) -> None:
    assert heard_of(name, Sentence(Said.REFUND, amount_fen))[-1].rows[0][1] == f"退款：{yuan(amount_fen)}元"


def test_where_there_is_a_word_for_a_refund_it_is_said() -> None:
    assert [one.said for one in heard_of("tdkj", Sentence(Said.REFUND, 1_230)) if one.said] == ["退款", "12.30元"]


def test_clearing_leaves_nothing() -> None:
    for name in ("tdkj", "syc"):
        assert heard_of(name, Sentence(Said.REFUND, 1_230), Sentence(Said.CLEAR))[-1] == Heard("", ())


def test_the_bytes_are_those_of_the_sources() -> None:
    assert sentence_bytes(model_of("tdkj"), Sentence(Said.DUE, 8_640)) == b"&Sc$86.40J"
    assert sentence_bytes(model_of("syc"), Sentence(Said.CHANGE, 1_360)) == b"13.60Z"
    refund = sentence_bytes(model_of("tdkj"), Sentence(Said.REFUND, 5))
    assert refund == "&Sc$&C21退款：0.05元$ED0.05P".encode("gb18030")


@pytest.mark.parametrize(("said", "silent"), [(Said.DUE, True), (Said.COUNT, True), (Said.CLEAR, False)])
def test_a_sentence_takes_its_time(said: Said, silent: bool) -> None:
    assert bool(silence_ms(model_of("tdkj"), Sentence(said, 1))) is silent

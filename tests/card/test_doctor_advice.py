"""What IT is told to do, where that depends on what can be seen at that moment."""

from collections.abc import Callable

import pytest

from pos_client.card import doctor_words as said
from pos_client.card import words
from pos_client.card.doctor_advice import advice_on
from pos_client.card.readers import ccid_serial, pcsc, reader_url
from pos_client.card.readers.reader import ReaderState
from pos_client.errors import EnvironmentProblem, Words
from pos_client.phrase import Phrase


def advised(failed: Words, url: str) -> Phrase | None:
    return advice_on(failed, reader_url.parse(url), "", strange_beside=False)


def ended() -> list[ReaderState]:
    raise EnvironmentProblem(words.SERVICE_NOT_RUNNING)


@pytest.mark.parametrize(
    ("states", "advice"),
    [
        (list, said.NO_READERS_ADVICE.zh),
        (ended, said.SERVICE_ADVICE.zh),
        (lambda: [ReaderState("A {1}", "pcsc:A {1}", None)], "本机现有：A {1}。"),
    ],
    ids=["all readers gone", "service gone", "another reader there"],
)
def test_a_name_that_is_not_found(
    monkeypatch: pytest.MonkeyPatch, states: Callable[[], list[ReaderState]], advice: str
) -> None:
    monkeypatch.setattr(pcsc, "reader_states", states)
    told = advised(words.READER_UNAVAILABLE, "pcsc:Counter")
    assert told is not None
    assert advice in told.say("zh")


@pytest.mark.parametrize(
    ("ports", "advice"),
    [([], "本机现有的串口：没有。"), (["COM3", "COM7"], "本机现有的串口：COM3、COM7。")],
)
def test_a_port_that_is_not_there(monkeypatch: pytest.MonkeyPatch, ports: list[str], advice: str) -> None:
    states = [ReaderState("USB-Serial", f"ccid-serial:{port}", None) for port in ports]
    monkeypatch.setattr(ccid_serial, "port_states", lambda: states)
    told = advised(words.READER_UNAVAILABLE, "ccid-serial:COM5")
    assert told is not None
    assert told.zh.endswith(advice)


def test_where_the_clerks_sentence_says_it_all_nothing_is_added() -> None:
    assert advised(words.CARD_BLOCKED, "pcsc:") is None

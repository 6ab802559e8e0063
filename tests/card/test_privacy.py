"""Nothing that is written about a reading names the person: no log, no evidence, no standard error."""

import json
import logging
import subprocess
import sys
from collections.abc import Iterator

import pytest

from hardware_sim import personas
from hardware_sim.card.faults import CardFault, Fault, LineFault
from hardware_sim.readers.gempc_twin import GemPcTwin
from hardware_sim.readers.serial_lines import TcpLine
from pos_client.card import pipe
from pos_client.card.readers import ccid_serial
from pos_client.card.social_security.identity import CardIdentity
from pos_client.card.social_security.reading import read_identity
from pos_client.card.worker import Worker
from pos_client.errors import Problem
from tests.card.simulated import DirectCard, WirelessPort, inserted, outcome

CARD = personas.load("ma-yan").card
COMMANDS = range(1, 8)


def secrets() -> Iterator[str]:
    """The holder's data as text, and as hexadecimal in every coding in which it could be dumped."""
    for text in (CARD.name, CARD.id_number, CARD.card_number, CARD.identification_code):
        yield text
        for coding in ("utf-8", "gb18030", "utf-16-le", "utf-16-be"):
            yield text.encode(coding).hex()
    yield CARD.name[1:]
    yield CARD.id_number[6:14]


def assert_tells_nobody(text: str) -> None:
    for secret in secrets():
        assert secret.lower() not in text.lower().replace(" ", ""), f"{secret} in {text}"


def every_fault() -> Iterator[Fault]:
    for command in COMMANDS:
        yield from (Fault(kind, command) for kind in LineFault)
        yield from (Fault(kind, command) for kind in (CardFault.TEAR_BEFORE, CardFault.TEAR_AFTER, CardFault.MUTE))
        yield from (Fault(CardFault.STATUS, command, value=status) for status in (0x6982, 0x6A82, 0x6A83, 0x9303))
        yield from (
            Fault(kind, command, value=at) for kind in (CardFault.GARBAGE, CardFault.TRUNCATED) for at in (0, 5, 30)
        )
        yield Fault(CardFault.WRONG_LE, command, value=0x20)


def everything_told(problem: Problem) -> str:
    return "\n".join(
        [
            str(problem),
            repr(problem),
            problem.sentence("zh"),
            json.dumps(dict(problem.evidence), ensure_ascii=False),
            json.dumps({name: str(value) for name, value in problem.fill.items()}, ensure_ascii=False),
            pipe.refused(1, problem).decode(),
            str(problem.__cause__),
        ]
    )


def reading_with(fault: Fault) -> CardIdentity | Problem:
    return outcome(lambda: read_identity(DirectCard(inserted("ma-yan", fault)), "pcsc:"))


def test_no_evidence_of_any_fault_names_the_holder(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.NOTSET)
    told = [reading_with(fault) for fault in every_fault() if isinstance(fault.kind, CardFault)]
    problems = [result for result in told if isinstance(result, Problem)]
    assert len(problems) > 20
    for problem in problems:
        assert_tells_nobody(everything_told(problem))
    assert_tells_nobody(caplog.text)


def test_no_answer_about_a_fault_of_the_line_names_the_holder(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.NOTSET)
    answers: list[bytes] = []
    for fault in every_fault():
        is_card_fault = isinstance(fault.kind, CardFault)
        twice = Fault(fault.kind, fault.at, fault.value, times=2)
        slot = inserted("ma-yan", *([twice] if is_card_fault else []))
        port = WirelessPort(GemPcTwin(slot, [] if is_card_fault else [twice]))
        monkeypatch.setattr(ccid_serial, "open_port", lambda *_, port=port: port)
        Worker(answers.append).serve(pipe.request(1, "read", "ccid-serial:wireless"))
    refusals = [answer.decode() for answer in answers if b'"problem"' in answer]
    assert len(answers) == len(list(every_fault()))
    assert len(refusals) > 50
    for refusal in refusals:
        assert_tells_nobody(refusal)
    assert_tells_nobody(caplog.text)


def test_the_real_process_says_nothing_on_standard_error() -> None:
    faults = [Fault(LineFault.CHECK, 4, times=2)]
    with TcpLine(GemPcTwin(inserted("ma-yan"), faults)) as line:
        requests = [pipe.request(number, "read", line.url) for number in (1, 2)]
        done = subprocess.run(
            [sys.executable, "-m", "pos_client.card.worker"], input=b"\n".join(requests) + b"\n", capture_output=True
        )
    refusal, reading = done.stdout.splitlines()
    assert done.stderr == b""
    assert json.loads(refusal)["problem"]["code"] == "K-07"
    assert_tells_nobody(refusal.decode())
    assert json.loads(reading)["value"]["name"] == CARD.name


def test_the_check_itself_sees_a_name_in_any_dress() -> None:
    for dressed in (CARD.name, CARD.id_number.encode().hex(" "), CARD.name.encode("gb18030").hex().upper()):
        with pytest.raises(AssertionError):
            assert_tells_nobody(f"… {dressed} …")

"""The walk from the service to the PSAM: what it says of a good reader, and at which step it stops and why."""

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from hardware_sim import personas
from hardware_sim.card.faults import CardFault, Fault, LineFault
from hardware_sim.card.profiles import chip_of
from hardware_sim.card.psams import PSAMS
from hardware_sim.card.slot import Slot
from hardware_sim.readers.models import POS_PRO
from hardware_sim.readers.reader import SerialReader
from hardware_sim.readers.serial_lines import PtyLine, TcpLine
from hardware_sim.readers.vpcd import VpcdCard
from pos_client.card import doctor, pipe
from pos_client.card.doctor_words import STEPS
from pos_client.card.finding import Finding
from pos_client.card.readers import ccid_serial
from pos_client.card.readers.serial_port import open_port
from pos_client.card.worker import Worker
from tests.card.makers.compiled import compiled
from tests.card.simulated import inserted
from tests.pcscd import READER, PrivatePcscd

Examine = Callable[..., list[Finding]]


def examined(url: str, psam: str = "") -> list[Finding]:
    """Every finding, as it crosses the pipe."""
    lines: list[bytes] = []
    Worker(lines.append).serve(pipe.request(1, "examine", url, {"psam": psam}))
    *found, last = (json.loads(line) for line in lines)
    assert last == {"id": 1, "value": None}
    return [Finding.of(one["finding"]) for one in found]


@pytest.fixture
def examine() -> Iterator[Examine]:
    with ExitStack() as stack:

        def run(
            slot: Slot, second: Slot | None = None, faults: tuple[Fault, ...] = (), psam: str = ""
        ) -> list[Finding]:
            slots = [slot] if second is None else [slot, second]
            line = stack.enter_context(TcpLine(SerialReader(POS_PRO, slots, faults)))
            return examined(line.url, psam)

        yield run


def states(found: list[Finding]) -> dict[str, str]:
    return {one.step: one.state for one in found}


def the_bad_one(found: list[Finding]) -> Finding:
    (bad,) = (one for one in found if one.state == "bad")
    after = found[found.index(bad) + 1 :]
    assert {one.state for one in after} <= {"left_out"}, "nothing is said of what rests on a step that failed"
    return bad


def test_a_reader_with_card_and_psam_is_good_at_every_step(examine: Examine) -> None:
    found = examine(inserted("third-generation"), Slot(PSAMS["nation"]()))
    assert states(found) == dict.fromkeys(doctor.STEPS, "good")
    assert "SM4" in found[4].said.zh
    assert "3.00" in found[5].said.zh
    assert "通过了这张卡的验证" in found[6].said.zh
    assert all(one.advice is None for one in found)


def test_every_step_has_a_name() -> None:
    assert tuple(STEPS) == doctor.STEPS


def test_a_second_generation_card_needs_no_psam(examine: Examine) -> None:
    found = examine(inserted())
    assert states(found) == dict.fromkeys(doctor.STEPS, "good")
    assert "没有找到 PSAM" in found[6].said.zh
    assert "不用 PSAM" in examine(inserted(), psam="none")[6].said.zh


def test_a_psam_that_this_card_did_not_need_is_named_by_its_terminal(examine: Examine) -> None:
    assert "终端机编号" in examine(inserted(), Slot(PSAMS["nation"]()))[6].said.zh


def test_no_finding_names_the_holder(examine: Examine) -> None:
    told = json.dumps([one.as_value() for one in examine(inserted())], ensure_ascii=False)
    card = personas.load("zhang-jianguo").card
    assert not [secret for secret in (card.name, card.id_number, card.card_number) if secret in told]


def test_an_empty_slot_is_no_failure_and_ends_the_walk(examine: Examine) -> None:
    found = examine(Slot())
    assert [one.state for one in found] == ["good", "good", "warn", *["left_out"] * 5]
    assert found[2].advice is not None


@pytest.mark.parametrize(
    ("persona", "step", "said", "advised"),
    [
        ("bank-card", "application", "K-21", "换社会保障卡"),
        ("health-card", "application", "K-22", "换社会保障卡"),
        ("blocked-card", "application", "K-24", ""),
        ("third-generation", "files", "K-31", "确认 PSAM 卡插在"),
        ("psam-in-card-slot", "application", "K-26", ""),
    ],
)
def test_a_card_that_will_not_do_is_told_with_what_to_do(
    examine: Examine, persona: str, step: str, said: str, advised: str
) -> None:
    bad = the_bad_one(examine(inserted(persona)))
    assert (bad.step, said in bad.said.zh) == (step, True)
    assert advised in (bad.advice.zh if bad.advice else "")


def test_a_psam_without_the_key_is_told(examine: Examine) -> None:
    bad = the_bad_one(examine(inserted("third-generation"), Slot(PSAMS["without-read-key"]())))
    assert (bad.step, "K-35" in bad.said.zh) == ("files", True)
    assert bad.advice is not None


def test_a_psam_that_is_there_but_blocked_is_not_told_as_missing(examine: Examine) -> None:
    bad = the_bad_one(examine(inserted("third-generation"), Slot(PSAMS["blocked"]())))
    assert (bad.step, "K-31" in bad.said.zh) == ("files", True)
    assert bad.advice is not None
    assert "旁边卡槽里的卡没有作为 PSAM 回答" in bad.advice.zh
    found = examine(inserted(), Slot(PSAMS["blocked"]()))
    assert states(found)["psam"] == "warn"
    assert "不是能用的 PSAM" in found[6].said.zh


def test_a_psam_that_the_settings_leave_out_is_told_as_such(examine: Examine) -> None:
    bad = the_bad_one(examine(inserted("third-generation"), Slot(PSAMS["nation"]()), psam="none"))
    assert bad.advice is not None
    assert "reader.psam 是 none" in bad.advice.zh


@pytest.mark.parametrize(
    ("persona", "code", "advised"),
    [("wrong-authentication", "K-33", "停止再试"), ("cloned-card", "K-36", "每张卡都这样")],
)
def test_what_psam_and_card_do_not_like_of_each_other_is_told_with_whom_to_ask(
    examine: Examine, persona: str, code: str, advised: str
) -> None:
    bad = the_bad_one(examine(inserted(persona), Slot(PSAMS["nation"]())))
    assert code in bad.said.zh
    assert bad.advice is not None
    assert advised in bad.advice.zh


def test_a_mute_card_is_told_at_the_step_where_it_fell_silent(examine: Examine) -> None:
    bad = the_bad_one(examine(inserted("zhang-jianguo", Fault(CardFault.MUTE, 3))))
    assert (bad.step, "K-13" in bad.said.zh) == ("files", True)


def test_a_disturbed_line_is_told(examine: Examine) -> None:
    bad = the_bad_one(examine(inserted(), None, (Fault(LineFault.CHECK, 1),)))
    assert (bad.step, "K-07" in bad.said.zh) == ("application", True)


def test_a_port_that_is_not_there(tmp_path: Path) -> None:
    bad = the_bad_one(examined(f"ccid-serial:{tmp_path}/ttyUSB7"))
    assert (bad.step, "K-03" in bad.said.zh) == ("readers", True)
    assert bad.advice is not None
    assert "dialout" not in bad.advice.zh
    assert "本机现有的串口：" in bad.advice.zh


def test_a_serial_server_that_is_not_there_is_not_looked_for_among_the_serial_ports() -> None:
    bad = the_bad_one(examined("ccid-serial:socket://127.0.0.1:9"))
    assert bad.advice is not None
    assert "串口服务器" in bad.advice.zh


def test_a_port_at_which_nobody_answers_may_have_another_device(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ccid_serial, "ANSWER_LIMIT_MS", 50)
    with socket.create_server(("127.0.0.1", 0)) as server:
        bad = the_bad_one(examined(f"ccid-serial:socket://127.0.0.1:{server.getsockname()[1]}"))
    assert (bad.step, "K-06" in bad.said.zh) == ("readers", True)
    assert bad.advice is not None
    assert "可能是别的设备" in bad.advice.zh


def test_a_port_that_another_program_holds(tmp_path: Path) -> None:
    with PtyLine(SerialReader(POS_PRO, [inserted()]), tmp_path / "ttyUSB0") as line:
        holder = open_port(str(tmp_path / "ttyUSB0"), 100)
        bad = the_bad_one(examined(line.url))
        holder.close()
    assert (bad.step, "K-05" in bad.said.zh) == ("readers", True)
    assert bad.advice is not None
    assert "关掉占用它的程序" in bad.advice.zh


def test_a_library_that_is_not_there(tmp_path: Path) -> None:
    bad = the_bad_one(examined(f"library:{tmp_path}/libreader.so"))
    assert (bad.step, "libreader.so" in bad.said.zh, str(tmp_path) in bad.said.zh) == ("readers", True, False)


@pytest.mark.parametrize(("body", "code"), [("abort();", "K-08"), ("return 12345;", "K-62"), ("return 0;", "K-63")])
def test_a_library_that_fails_is_told_as_the_makers(tmp_path: Path, body: str, code: str) -> None:
    bad = the_bad_one(examined(f"library:{compiled(tmp_path, body)}"))
    assert (bad.step, code in bad.said.zh) == ("files", True)
    assert bad.advice is not None
    assert "毛病在厂家的读卡程序" in bad.advice.zh


def test_the_real_service_with_a_card(private_pcscd: PrivatePcscd) -> None:
    with VpcdCard(Slot(chip_of(personas.load("zhang-jianguo").card)), private_pcscd.port) as card:
        assert card.connected.wait(60)
        found = examined("pcsc:")
        while states(found)["slots"] == "warn":  # the service looks at its readers every 400 ms
            found = examined("pcsc:")
    assert states(found) == dict.fromkeys(doctor.STEPS, "good")
    assert READER in found[1].said.zh
    bad = the_bad_one(examined("pcsc:No such reader"))
    assert (bad.step, bad.advice is not None) == ("readers", True)


def test_a_name_that_no_reader_has_is_told_with_those_that_there_are(private_pcscd: PrivatePcscd) -> None:
    bad = the_bad_one(examined("pcsc:Another make"))
    assert (bad.step, "K-03" in bad.said.zh) == ("readers", True)
    assert bad.advice is not None
    assert f"本机现有：{READER} 00 00" in bad.advice.zh

"""A session written down: readable, the same every time, and without any PIN."""

import errno
import io
from pathlib import Path

from hardware_sim import personas
from hardware_sim.card.faults import CardFault, Fault
from hardware_sim.card.profiles import chip_of
from hardware_sim.card.record import Recorder
from hardware_sim.card.slot import Slot

CARD = chip_of(personas.load("zhang-jianguo").card)
SELECT_APPLICATION = bytes.fromhex("00A404000F7378312E73682EC9E7BBE1B1A3D5CF")
READ_NUMBER = bytes.fromhex("00B2072C0B")


def recorded(*commands: bytes, faults: tuple[Fault, ...] = ()) -> list[str]:
    """The lines of a session, without the head."""
    stream = io.StringIO()
    slot = Slot(faults=faults, log=Recorder(stream, "social_security"))
    slot.insert(CARD)
    slot.power_on()
    for command in commands:
        slot.transmit(command)
    head, *lines = stream.getvalue().splitlines()
    assert head == "# hardware-sim card session 1"
    assert lines[:2] == ["# card: social_security", "# PIN: ***"]
    return lines[2:]


def test_a_session_is_written_line_by_line() -> None:
    assert recorded(SELECT_APPLICATION, READ_NUMBER) == [
        "! inserted  卡已插入",
        "! powered 3B6D000000814A44468660439900000001  上电复位",
        "> 00A404000F7378312E73682EC9E7BBE1B1A3D5CF  选择 社会保障应用",
        "< 611E  还有 30 字节",
        "> 00B2072C0B  读 EF05 发卡机构数据 · 第 7 条",
        "< 07094130303030303031319000  卡号 A00000011",
    ]


def test_faults_and_delays_stand_beside_the_answer() -> None:
    faults = (Fault(CardFault.MUTE, 1, 700), Fault(CardFault.TEAR_BEFORE, 2))
    assert recorded(SELECT_APPLICATION, READ_NUMBER, faults=faults)[3:] == [
        "< 611E  还有 30 字节  [700 ms]  [mute@1=700]",
        "> 00B2072C0B  读 EF05 发卡机构数据 · 第 7 条",
        "< -  没有应答  [tear-before@2]",
        "! torn  读到一半，卡被拔出",
    ]


def test_no_pin_is_written() -> None:
    lines = recorded(bytes.fromhex("0020000003123456"))
    assert lines[2] == "> 0020000003***  校验密码 ***"
    assert "123456" not in "\n".join(lines)


class FullDisk(io.StringIO):
    """Takes the head and no more."""

    def write(self, text: str, /) -> int:
        if text.startswith(">"):
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(text)


def test_a_disk_that_is_full_ends_the_record_and_not_the_card() -> None:
    told: list[OSError] = []
    slot = Slot(log=Recorder(FullDisk(), failed=told.append))
    slot.insert(CARD)
    slot.power_on()
    for _ in range(2):
        assert slot.transmit(SELECT_APPLICATION).answer == b"\x61\x1e"
    assert [trouble.errno for trouble in told] == [errno.ENOSPC]


def test_a_file_is_written_line_by_line_and_replaced_by_the_next_session(tmp_path: Path) -> None:
    path = tmp_path / "session.txt"
    path.write_text("what was there before", encoding="utf-8")
    with Recorder(path, language="en") as recorder:
        slot = Slot(log=recorder)
        slot.insert(CARD)
        assert path.read_text(encoding="utf-8").splitlines()[1:] == ["# PIN: ***", "! inserted  card inserted"]
